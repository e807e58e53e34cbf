/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line is split at blanks, also those that no line breaks at. Each reader looks at the words from one on and
 * says how many of them it understands; what is understood is taken out, with
 * the little words that lead to it ("on", "at", "pour le"). Readers are careful:
 * what could be a part of the title stays there. */
#include "config.h"
#include "cpt-task-line.h"

#include <string.h>

#include "cpt-text.h"

#define MAX_WORDS 200

typedef struct
{
  char gap[7];  /* what stood before it: a blank, or one that no line breaks at */
  char *text;   /* as it was written */
  char *folded; /* without case, accents and points at the ends */
  gboolean is_taken;
  gboolean is_quoted;
} Word;

typedef struct
{
  GPtrArray *words; /* Word */
  gint64 today;
  CptDateOrder order;
  CptTaskLine *line;
} Reading;

static void
word_free (gpointer data)
{
  Word *word = data;

  g_free (word->text);
  g_free (word->folded);
  g_free (word);
}

/* "" behind the end and where nothing may be read */
static const char *
get (const Reading *reading,
     guint          index)
{
  const Word *word = index < reading->words->len ? g_ptr_array_index (reading->words, index) : NULL;

  return word != NULL && !word->is_taken && !word->is_quoted ? word->folded : "";
}

static gboolean
is_one_of (const char        *word,
           const char *const *words)
{
  return word[0] != '\0' && g_strv_contains (words, word);
}

/* Digits at the beginning, at most @max_digits; the rest in @end */
static gboolean
read_number (const char  *text,
             guint        max_digits,
             int         *number,
             const char **end)
{
  guint n_digits = 0;

  *number = 0;
  while (g_ascii_isdigit (text[n_digits]) && n_digits <= max_digits)
    *number = *number * 10 + (text[n_digits++] - '0');
  *end = text + n_digits;

  return n_digits > 0 && n_digits <= max_digits;
}

/* Days */

static gboolean
set_date (Reading *reading,
          gint64   date)
{
  if (date < CPT_DATE_MIN || date > CPT_DATE_MAX)
    return FALSE;

  reading->line->has_date = TRUE;
  reading->line->date = date;

  return TRUE;
}

static guint
read_near_day (Reading *reading,
               guint    at)
{
  static const struct
  {
    const char *words[4];
    int days;
  } phrases[] = {
    { { "day", "after", "tomorrow" }, 2 },
    { { "apres", "demain" }, 2 },
    { { "apres-demain" }, 2 },
    { { "today" }, 0 },
    { { "aujourd'hui" }, 0 },
    { { "tonight" }, 0 },
    { { "tomorrow" }, 1 },
    { { "demain" }, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (phrases); i++)
    {
      guint n_words = 0;

      while (phrases[i].words[n_words] != NULL && strcmp (phrases[i].words[n_words], get (reading, at + n_words)) == 0)
        n_words++;
      if (phrases[i].words[n_words] == NULL && set_date (reading, reading->today + phrases[i].days))
        return n_words;
    }

  return 0;
}

static guint
read_weekday (Reading *reading,
              guint    at)
{
  static const char *const names[][2] = {
    { "monday", "lundi" },
    { "tuesday", "mardi" },
    { "wednesday", "mercredi" },
    { "thursday", "jeudi" },
    { "friday", "vendredi" },
    { "saturday", "samedi" },
    { "sunday", "dimanche" },
  };
  static const char *const nexts[] = { "prochain", "prochaine", NULL };
  static const char *const before[] = { "next", "this", NULL };
  guint skipped = is_one_of (get (reading, at), before) ? 1 : 0;

  for (int i = 0; i < (int) G_N_ELEMENTS (names); i++)
    if (strcmp (get (reading, at + skipped), names[i][0]) == 0 || strcmp (get (reading, at + skipped), names[i][1]) == 0)
      {
        int days = (i + 1 - cpt_date_get_weekday (reading->today) + 7) % 7;

        if (set_date (reading, reading->today + (days > 0 ? days : 7)))
          return skipped + (is_one_of (get (reading, at + skipped + 1), nexts) ? 2 : 1);
      }

  return 0;
}

/* The first day of the next week or month */
static guint
read_next_period (Reading *reading,
                  guint    at)
{
  static const struct
  {
    const char *first;
    const char *second;
    CptBucket bucket;
  } phrases[] = {
    { "next", "week", CPT_BUCKET_WEEK },
    { "semaine", "prochaine", CPT_BUCKET_WEEK },
    { "next", "month", CPT_BUCKET_MONTH },
    { "mois", "prochain", CPT_BUCKET_MONTH },
  };

  for (guint i = 0; i < G_N_ELEMENTS (phrases); i++)
    if (strcmp (get (reading, at), phrases[i].first) == 0 && strcmp (get (reading, at + 1), phrases[i].second) == 0 &&
        set_date (reading, cpt_bucket_add (phrases[i].bucket, cpt_bucket_get_start (phrases[i].bucket, reading->today), 1)))
      return 2;

  return 0;
}

/* "in 3 days", "dans une semaine" */
static guint
read_distance (Reading *reading,
               guint    at)
{
  static const char *const leads[] = { "in", "dans", NULL };
  static const char *const ones[] = { "a", "an", "one", "un", "une", NULL };
  static const char *const days[] = { "day", "days", "jour", "jours", NULL };
  static const char *const weeks[] = { "week", "weeks", "semaine", "semaines", NULL };
  static const char *const months[] = { "month", "months", "mois", NULL };
  const char *unit = get (reading, at + 2);
  const char *end;
  int number = 1;
  gint64 date;

  if (!is_one_of (get (reading, at), leads) ||
      (!is_one_of (get (reading, at + 1), ones) && (!read_number (get (reading, at + 1), 3, &number, &end) || *end != '\0')))
    return 0;

  if (is_one_of (unit, days))
    date = reading->today + number;
  else if (is_one_of (unit, weeks))
    date = reading->today + (gint64) 7 * number;
  else if (is_one_of (unit, months))
    date = cpt_date_add_months (reading->today, number);
  else
    return 0;

  return set_date (reading, date) ? 3 : 0;
}

/* The next day that is written so; a past one only with its year */
static gboolean
set_day_without_year (Reading    *reading,
                      const char *text,
                      const char *separator)
{
  int year;

  cpt_date_to_ymd (reading->today, &year, NULL, NULL);
  /* 29 February may be some years away. */
  for (int i = 0; i < 9; i++)
    {
      g_autofree char *whole = g_strdup_printf ("%s%s%04d", text, separator, year + i);
      gint64 date;

      if (cpt_date_parse (whole, reading->order, &date) && date >= reading->today)
        return set_date (reading, date);
    }

  return FALSE;
}

static gboolean
is_month (const char *word)
{
  static const char *const names[] = {
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
    NULL,
  };

  return is_one_of (word, names);
}

/* "3", "1er", "3rd" */
static gboolean
read_day_of_month (const char *word,
                   int        *day)
{
  static const char *const ends[] = { "er", "st", "nd", "rd", "th", NULL };
  const char *end;

  return read_number (word, 2, day, &end) && *day >= 1 && *day <= 31 && (*end == '\0' || g_strv_contains (ends, end));
}

/* "3 December", "December 3rd", "1er mars 2027" */
static guint
read_named_month (Reading *reading,
                  guint    at)
{
  guint month = is_month (get (reading, at)) ? at : at + 1;
  const char *year = get (reading, at + 2);
  g_autofree char *text = NULL;
  const char *end;
  gint64 date;
  int day, number;

  if (!is_month (get (reading, month)) || !read_day_of_month (get (reading, month == at ? at + 1 : at), &day))
    return 0;

  text = g_strdup_printf ("%d %s", day, get (reading, month));
  if (strlen (year) == 4 && read_number (year, 4, &number, &end) && *end == '\0')
    {
      g_autofree char *whole = g_strconcat (text, " ", year, NULL);

      return cpt_date_parse (whole, reading->order, &date) && set_date (reading, date) ? 3 : 0;
    }

  return set_day_without_year (reading, text, " ") ? 2 : 0;
}

/* "12/3", "12/3/2027", "2027-03-12" */
static guint
read_written_date (Reading *reading,
                   guint    at)
{
  const char *word = get (reading, at);
  const char *end;
  gint64 date;
  int number;

  if (cpt_date_parse_iso (word, &date))
    return set_date (reading, date) ? 1 : 0;
  if (!read_number (word, 2, &number, &end) || *end != '/' || !read_number (end + 1, 2, &number, &end))
    return 0;
  if (*end == '\0')
    return set_day_without_year (reading, word, "/") ? 1 : 0;

  return *end == '/' && read_number (end + 1, 4, &number, &end) && *end == '\0' &&
             cpt_date_parse (word, reading->order, &date) && set_date (reading, date)
           ? 1
           : 0;
}

/* Times */

static gboolean
set_time (Reading *reading,
          int      hours,
          int      minutes)
{
  if (hours > 23 || minutes > 59)
    return FALSE;

  reading->line->minutes = hours * 60 + minutes;

  return TRUE;
}

/* "10 h 30", "10 h", but not "10 h de route" */
static guint
read_spaced_clock (Reading *reading,
                   guint    at,
                   int      hours)
{
  const char *next = get (reading, at + 2);
  const char *end;
  int minutes;

  if (strcmp (get (reading, at + 1), "h") != 0)
    return 0;
  if (read_number (next, 2, &minutes, &end) && end == next + 2 && *end == '\0' && set_time (reading, hours, minutes))
    return 3;
  if (strcmp (next, "de") == 0 || g_str_has_prefix (next, "d'"))
    return 0;

  return set_time (reading, hours, 0) ? 2 : 0;
}

/* "10:00", "10h", "10h30", "10 h 30", "3pm", "3:30pm" */
static guint
read_clock (Reading *reading,
            guint    at)
{
  const char *digits, *end;
  int hours, minutes = 0;
  gboolean is_time = FALSE;

  if (!read_number (get (reading, at), 2, &hours, &end))
    return 0;
  if (*end == '\0')
    return read_spaced_clock (reading, at, hours);

  if (*end == ':' || (*end == 'h' && g_ascii_isdigit (end[1])))
    {
      digits = end + 1;
      if (!read_number (digits, 2, &minutes, &end) || end != digits + 2)
        return 0;
      is_time = TRUE;
    }
  else if (*end == 'h')
    {
      end++;
      is_time = TRUE;
    }
  if (strcmp (end, "am") == 0 || strcmp (end, "pm") == 0)
    return hours >= 1 && hours <= 12 && set_time (reading, hours % 12 + (*end == 'p' ? 12 : 0), minutes) ? 1 : 0;

  return is_time && *end == '\0' && set_time (reading, hours, minutes) ? 1 : 0;
}

static guint
read_named_time (Reading *reading,
                 guint    at)
{
  static const char *const noons[] = { "noon", "midi", NULL };

  return is_one_of (get (reading, at), noons) && set_time (reading, 12, 0) ? 1 : 0;
}

/* Priorities */

static guint
read_priority (Reading *reading,
               guint    at)
{
  static const struct
  {
    const char *word;
    const char *priority;
  } names[] = {
    { "!", "high" },
    { "!!", "urgent" },
    { "!!!", "urgent" },
    { "!urgent", "urgent" },
    { "!urgente", "urgent" },
    { "!high", "high" },
    { "!haute", "high" },
    { "!haut", "high" },
    { "!important", "high" },
    { "!importante", "high" },
    { "!normal", "normal" },
    { "!normale", "normal" },
    { "!low", "low" },
    { "!basse", "low" },
    { "!bas", "low" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (get (reading, at), names[i].word) == 0)
      {
        reading->line->priority = names[i].priority;
        return 1;
      }

  return 0;
}

/* All of it */

typedef enum
{
  PART_DATE,
  PART_TIME,
  PART_PRIORITY,
} Part;

static const struct
{
  Part part;
  guint (*read) (Reading *reading,
                 guint at);
} readers[] = {
  { PART_DATE, read_near_day },
  { PART_DATE, read_weekday },
  { PART_DATE, read_next_period },
  { PART_DATE, read_distance },
  { PART_DATE, read_named_month },
  { PART_DATE, read_written_date },
  { PART_TIME, read_clock },
  { PART_TIME, read_named_time },
  { PART_PRIORITY, read_priority },
};

static gboolean
has_part (const CptTaskLine *line,
          Part               part)
{
  switch (part)
    {
    case PART_DATE:
      return line->has_date;
    case PART_TIME:
      return line->minutes >= 0;
    case PART_PRIORITY:
      return line->priority != NULL;
    default:
      g_assert_not_reached ();
    }
}

static void
take (Reading *reading,
      guint    at)
{
  ((Word *) g_ptr_array_index (reading->words, at))->is_taken = TRUE;
}

/* The little words before what was read at @at */
static void
take_leads (Reading *reading,
            Part     part,
            guint    at)
{
  static const char *const of_dates[] = { "on", "by", "for", "before", "the", "le", "la", "pour", "avant", "d'ici", NULL };
  static const char *const of_times[] = { "at", "a", "@", "vers", NULL };

  while (part != PART_PRIORITY && at > 0 && is_one_of (get (reading, at - 1), part == PART_DATE ? of_dates : of_times))
    take (reading, --at);
}

static void
read_parts (Reading *reading)
{
  for (guint at = 0; at < reading->words->len; at++)
    for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
      {
        guint n_words = has_part (reading->line, readers[i].part) ? 0 : readers[i].read (reading, at);

        if (n_words == 0)
          continue;

        take_leads (reading, readers[i].part, at);
        for (guint j = 0; j < n_words; j++)
          take (reading, at + j);
      }
}

static char *
fold_word (const char *text)
{
  g_autofree char *folded = cpt_text_fold (text);
  gsize length;

  /* The apostrophe that people type and the one that programs make of it */
  for (char *p = strstr (folded, "’"); p != NULL; p = strstr (p, "’"))
    {
      *p++ = '\'';
      memmove (p, p + strlen ("’") - 1, strlen (p + strlen ("’") - 1) + 1);
    }
  length = strlen (folded);
  while (length > 0 && strchr (",;.:", folded[length - 1]) != NULL)
    folded[--length] = '\0';

  return g_steal_pointer (&folded);
}

/* Its quotation mark at the beginning or the end, in bytes; 0 without one */
static gsize
get_mark (const char *word,
          gboolean    is_end)
{
  static const char *const marks[][2] = { { "\"", "\"" }, { "«", "»" }, { "“", "”" } };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (is_end ? g_str_has_suffix (word, marks[i][1]) : g_str_has_prefix (word, marks[i][0]))
      return strlen (marks[i][is_end]);

  return 0;
}

/* Takes a blank, or several as one, of any kind; those that no line breaks at
 * stay when they are alone. */
static void
take_gap (const char **text,
          char         gap[7])
{
  const char *start = *text;

  while (g_unichar_isspace (g_utf8_get_char (*text)))
    *text = g_utf8_next_char (*text);

  g_strlcpy (gap, " ", 7);
  if (g_utf8_next_char (start) == *text && (g_utf8_get_char (start) == 0xa0 || g_utf8_get_char (start) == 0x202f))
    gap[g_unichar_to_utf8 (g_utf8_get_char (start), gap)] = '\0';
}

static char *
take_word (const char **text)
{
  const char *start = *text;

  while (**text != '\0' && !g_unichar_isspace (g_utf8_get_char (*text)))
    *text = g_utf8_next_char (*text);

  return g_strndup (start, (gsize) (*text - start));
}

static GPtrArray *
split (const char *text)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (word_free);
  gboolean is_quoted = FALSE;

  for (;;)
    {
      gboolean was_quoted = is_quoted;
      char gap[7];
      Word *word;

      take_gap (&text, gap);
      if (*text == '\0')
        break;

      word = g_new0 (Word, 1);
      memcpy (word->gap, gap, sizeof gap);
      word->text = take_word (&text);
      word->folded = fold_word (word->text);
      is_quoted = is_quoted || get_mark (word->text, FALSE) > 0;
      /* What is far behind is nobody's date. */
      word->is_quoted = is_quoted || words->len >= MAX_WORDS;
      g_ptr_array_add (words, word);
      if (get_mark (word->text, TRUE) > 0 && (was_quoted || strlen (word->text) > get_mark (word->text, TRUE)))
        is_quoted = FALSE;
    }

  return words;
}

static char *
join_title (GPtrArray *words)
{
  GString *title = g_string_new (NULL);
  gboolean is_behind = FALSE; /* the word before was taken */

  for (guint i = 0; i < words->len; i++)
    {
      const Word *word = g_ptr_array_index (words, i);
      gboolean is_sign = word->text[strspn (word->text, ",;:-")] == '\0';
      const char *gap = is_behind ? " " : word->gap;

      /* "Demain : appeler" */
      if (!word->is_taken && !(is_behind && is_sign && title->len == 0))
        g_string_append_printf (title, "%s%s", title->len > 0 ? gap : "", word->text);
      is_behind = word->is_taken;
    }
  while (title->len > 0)
    {
      const char *last = g_utf8_prev_char (title->str + title->len);

      if (strchr (",;:-", *last) == NULL && !g_unichar_isspace (g_utf8_get_char (last)))
        break;
      g_string_truncate (title, (gsize) (last - title->str));
    }

  return g_string_free (title, FALSE);
}

void
cpt_task_line_parse (CptTaskLine  *self,
                     const char   *text,
                     gint64        today,
                     int           minutes,
                     CptDateOrder  order)
{
  g_autofree char *valid = NULL;
  g_autoptr(GPtrArray) words = NULL;
  Reading reading;

  g_return_if_fail (self != NULL && text != NULL);

  valid = g_utf8_make_valid (text, -1);
  words = split (valid);
  *self = (CptTaskLine){ .minutes = -1 };
  reading = (Reading){ words, today, order, self };
  read_parts (&reading);
  if (self->minutes >= 0 && !self->has_date)
    set_date (&reading, self->minutes > minutes ? today : today + 1);
  self->title = join_title (words);
}

void
cpt_task_line_clear (CptTaskLine *self)
{
  g_clear_pointer (&self->title, g_free);
}
