/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The calendar: days as numbers, and dates as people and files write them.
 * Instants are in cpt-instant.c, buckets in cpt-bucket.c. */

#include "config.h"

#include "cpt-date.h"

#include <string.h>

#include "cpt-locale-private.h"
#include "cpt-text.h"

/* Two-digit years from here on are of the twentieth century */
#define PIVOT_YEAR 70
#define MAX_WORD 16

typedef struct
{
  int value;
  gsize n_digits;
} Number;

typedef struct
{
  Number numbers[3];
  guint n_numbers;
  int month;            /* from a name; 0 when none */
  guint month_position; /* how many numbers stood before it */
} Parts;

static const char *const month_names[12][7] = {
  { "january", "jan", "janvier", "janv" },
  { "february", "feb", "fevrier", "fevr", "fev" },
  { "march", "mar", "mars" },
  { "april", "apr", "avril", "avr" },
  { "may", "mai" },
  { "june", "jun", "juin" },
  { "july", "jul", "juillet", "juil" },
  { "august", "aug", "aout", "aou" },
  { "september", "sept", "sep", "septembre" },
  { "october", "oct", "octobre" },
  { "november", "nov", "novembre" },
  { "december", "dec", "decembre" },
};

/* What may stand in a date without changing it */
static const char *const other_words[] = {
  "monday", "mon", "tuesday", "tue", "tues", "wednesday", "wed", "thursday", "thu", "thur", "thurs",
  "friday", "fri", "saturday", "sat", "sunday", "sun", "lundi", "lun", "mardi", "mercredi", "mer",
  "jeudi", "jeu", "vendredi", "ven", "samedi", "sam", "dimanche", "dim", "le", "the", "of",
};

static const char *const ordinal_suffixes[] = { "st", "nd", "rd", "th", "er" };

static gboolean
is_leap_year (int year)
{
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int
get_days_in_month (int year,
                   int month)
{
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  return month == 2 && is_leap_year (year) ? 29 : days[month - 1];
}

gboolean
cpt_date_is_valid_ymd (int year,
                       int month,
                       int day)
{
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
         day <= get_days_in_month (year, month);
}

/* Years of 400 have 146,097 days; a year is counted from March, so that the
 * leap day is its last (Howard Hinnant, "chrono-Compatible Low-Level Date
 * Algorithms"). */
gint64
cpt_date_from_ymd (int year,
                   int month,
                   int day)
{
  gint64 y = month <= 2 ? (gint64) year - 1 : year;
  gint64 era = (y >= 0 ? y : y - 399) / 400;
  gint64 year_of_era = y - era * 400;
  gint64 day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  gint64 day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return era * 146097 + day_of_era - 719468;
}

void
cpt_date_to_ymd (gint64  date,
                 int    *year,
                 int    *month,
                 int    *day)
{
  gint64 z = CLAMP (date, CPT_DATE_MIN, CPT_DATE_MAX) + 719468;
  gint64 era = z / 146097; /* never negative within the limits */
  gint64 day_of_era = z - era * 146097;
  gint64 year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  gint64 day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  gint64 shifted_month = (5 * day_of_year + 2) / 153;
  int number = (int) (shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);

  if (day != NULL)
    *day = (int) (day_of_year - (153 * shifted_month + 2) / 5 + 1);
  if (month != NULL)
    *month = number;
  if (year != NULL)
    *year = (int) (year_of_era + era * 400 + (number <= 2));
}

static gboolean
parse_digits (const char *text,
              gsize       n,
              int        *value)
{
  *value = 0;
  for (gsize i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      *value = *value * 10 + (text[i] - '0');
    }

  return TRUE;
}

gboolean
cpt_date_parse_iso (const char *text,
                    gint64     *date)
{
  int year, month, day;

  g_return_val_if_fail (text != NULL && date != NULL, FALSE);

  if (strnlen (text, 11) != 10 || text[4] != '-' || text[7] != '-' ||
      !parse_digits (text, 4, &year) || !parse_digits (text + 5, 2, &month) ||
      !parse_digits (text + 8, 2, &day) || !cpt_date_is_valid_ymd (year, month, day))
    return FALSE;
  *date = cpt_date_from_ymd (year, month, day);

  return TRUE;
}

char *
cpt_date_format_iso (gint64 date)
{
  int year, month, day;

  cpt_date_to_ymd (date, &year, &month, &day);

  return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}

static gboolean
is_word_in (const char        *word,
            const char *const *words,
            gsize              n_words)
{
  for (gsize i = 0; i < n_words && words[i] != NULL; i++)
    {
      if (strcmp (words[i], word) == 0)
        return TRUE;
    }

  return FALSE;
}

static int
find_month (const char *word)
{
  for (int i = 0; i < 12; i++)
    {
      if (is_word_in (word, month_names[i], G_N_ELEMENTS (month_names[i])))
        return i + 1;
    }

  return 0;
}

/* A time of day, perhaps with a zone: 14:30, 2:30 PM, 14h30, 09:00:00.000Z. */
static gboolean
is_time (const char *text)
{
  gsize n_digits = strspn (text, "0123456789");

  if (n_digits == 0 || n_digits > 2 || strchr (":h", text[n_digits]) == NULL || text[n_digits] == '\0')
    return FALSE;
  text += n_digits + 1;

  return strspn (text, "0123456789:.,+-hms apmutczg") == strlen (text);
}

static gboolean
read_number (const char **position,
             Parts       *parts)
{
  gsize n_digits = strspn (*position, "0123456789");
  const char *p = *position;
  Number *number;

  /* 20261121 */
  if (n_digits == 8 && parts->n_numbers == 0 && parts->month == 0)
    {
      static const gsize lengths[] = { 4, 2, 2 };

      for (guint i = 0; i < 3; i++)
        {
          parse_digits (p, lengths[i], &parts->numbers[i].value);
          parts->numbers[i].n_digits = lengths[i];
          p += lengths[i];
        }
      parts->n_numbers = 3;
      *position = p;
      return TRUE;
    }
  if ((n_digits > 2 && n_digits != 4) || parts->n_numbers == 3)
    return FALSE;

  number = &parts->numbers[parts->n_numbers++];
  number->n_digits = n_digits;
  parse_digits (p, n_digits, &number->value);
  *position = p + n_digits;

  return TRUE;
}

/* @position is behind a blank or a T when a whole date was read before it. */
static gboolean
read_word (const char **position,
           Parts       *parts)
{
  char word[MAX_WORD];
  gsize n = 0;
  const char *p = *position;
  gboolean follows_digit = FALSE;

  while (g_ascii_isalpha (*p) && n < MAX_WORD - 1)
    word[n++] = *p++;
  word[n] = '\0';
  *position = p;

  if (parts->month == 0)
    {
      parts->month = find_month (word);
      parts->month_position = parts->n_numbers;
      if (parts->month != 0)
        return TRUE;
    }
  follows_digit = parts->n_numbers > 0;

  return is_word_in (word, other_words, G_N_ELEMENTS (other_words)) ||
         (follows_digit && is_word_in (word, ordinal_suffixes, G_N_ELEMENTS (ordinal_suffixes)));
}

static gboolean
is_complete (const Parts *parts)
{
  return parts->n_numbers + (parts->month != 0) >= 3;
}

/* At the end of a date: nothing, or a time that is not looked at. */
static gboolean
is_rest_harmless (const char *rest)
{
  rest += strspn (rest, " t,.");
  if (g_str_has_prefix (rest, "a "))
    rest += 2;

  return *rest == '\0' || is_time (rest);
}

/* @text is folded. */
static gboolean
read_parts (const char *text,
            Parts      *parts)
{
  const char *p = text;

  if (!g_ascii_isalnum (*p))
    return FALSE;

  while (*p != '\0')
    {
      if (is_complete (parts) && !(g_ascii_isalpha (*p) && *p != 't'))
        return is_rest_harmless (p);

      if (g_ascii_isdigit (*p) ? !read_number (&p, parts)
                               : g_ascii_isalpha (*p) && !read_word (&p, parts))
        return FALSE;
      if (is_complete (parts))
        continue;

      /* "1er", "2 of": letters may follow a digit directly */
      if (!g_ascii_isalnum (*p))
        {
          if (strchr ("/-., ", *p) == NULL || *p == '\0')
            return FALSE;
          p++;
        }
    }

  return is_complete (parts);
}

static int
get_year (const Number *number)
{
  if (number->n_digits == 4)
    return number->value;
  if (number->n_digits == 2)
    return number->value + (number->value >= PIVOT_YEAR ? 1900 : 2000);

  return 0;
}

static gboolean
try_ymd (const Number *year,
         int           month,
         const Number *day,
         gint64       *date)
{
  if (day->n_digits > 2 || !cpt_date_is_valid_ymd (get_year (year), month, day->value))
    return FALSE;
  *date = cpt_date_from_ymd (get_year (year), month, day->value);

  return TRUE;
}

static gboolean
try_order (const Parts  *parts,
           CptDateOrder  order,
           gint64       *date)
{
  static const guint positions[][3] = {
    [CPT_DATE_ORDER_YMD] = { 0, 1, 2 },
    [CPT_DATE_ORDER_DMY] = { 2, 1, 0 },
    [CPT_DATE_ORDER_MDY] = { 2, 0, 1 },
  };
  const Number *month = &parts->numbers[positions[order][1]];

  return month->n_digits <= 2 &&
         try_ymd (&parts->numbers[positions[order][0]], month->value,
                  &parts->numbers[positions[order][2]], date);
}

static gboolean
choose_date (const Parts  *parts,
             CptDateOrder  order,
             gint64       *date)
{
  const Number *numbers = parts->numbers;

  if (parts->month != 0)
    {
      /* 2026 Nov 21; otherwise the year stands last */
      if (numbers[0].n_digits == 4 || (order == CPT_DATE_ORDER_YMD && numbers[1].n_digits != 4))
        return try_ymd (&numbers[0], parts->month, &numbers[1], date);
      return try_ymd (&numbers[1], parts->month, &numbers[0], date);
    }
  if (numbers[0].n_digits == 4)
    return try_order (parts, CPT_DATE_ORDER_YMD, date);
  if (order == CPT_DATE_ORDER_YMD && numbers[2].n_digits != 4)
    return try_order (parts, CPT_DATE_ORDER_YMD, date);
  if (order == CPT_DATE_ORDER_YMD)
    order = CPT_DATE_ORDER_DMY;

  /* The other order where the wanted one can't be. */
  return try_order (parts, order, date) ||
         try_order (parts, order == CPT_DATE_ORDER_DMY ? CPT_DATE_ORDER_MDY : CPT_DATE_ORDER_DMY, date);
}

gboolean
cpt_date_parse (const char   *text,
                CptDateOrder  order,
                gint64       *date)
{
  g_autofree char *folded = NULL;
  Parts parts = { 0 };

  g_return_val_if_fail (text != NULL && date != NULL, FALSE);

  if (cpt_date_parse_iso (text, date))
    return TRUE;
  if (strnlen (text, 128) == 128)
    return FALSE;

  folded = g_strstrip (cpt_text_fold (text));

  return read_parts (folded, &parts) && choose_date (&parts, order, date);
}

static char *
format_by_system (int year,
                  int month,
                  int day)
{
  g_autoptr(GDateTime) time = g_date_time_new_utc (year, month, day, 0, 0, 0);
  char *text = g_date_time_format (time, "%x");

  return text != NULL ? text : g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}

char *
cpt_date_format (gint64 date)
{
  CptLocale locale;
  int year, month, day;

  cpt_locale_get (&locale);
  cpt_date_to_ymd (date, &year, &month, &day);

  switch (locale.date_style)
    {
    case CPT_DATE_STYLE_DAY:
      return g_strdup_printf ("%02d/%02d/%04d", day, month, year);
    case CPT_DATE_STYLE_DAY_DOT:
      return g_strdup_printf ("%02d.%02d.%04d", day, month, year);
    case CPT_DATE_STYLE_MONTH:
      return g_strdup_printf ("%02d/%02d/%04d", month, day, year);
    case CPT_DATE_STYLE_SYSTEM:
      return format_by_system (year, month, day);
    case CPT_DATE_STYLE_ISO:
    default:
      return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
    }
}

int
cpt_date_get_weekday (gint64 date)
{
  gint64 remainder = (date + 3) % 7; /* 1970-01-01 was a Thursday */

  return (int) (remainder < 0 ? remainder + 7 : remainder) + 1;
}

gint64
cpt_date_add_months (gint64 date,
                     int    months)
{
  int year, month, day;
  gint64 total;

  cpt_date_to_ymd (date, &year, &month, &day);
  total = (gint64) year * 12 + month - 1 + months;
  if (total < 12)
    return CPT_DATE_MIN;
  if (total >= 10000 * 12)
    return CPT_DATE_MAX;

  year = (int) (total / 12);
  month = (int) (total % 12) + 1;
  day = MIN (day, get_days_in_month (year, month));

  return cpt_date_from_ymd (year, month, day);
}
