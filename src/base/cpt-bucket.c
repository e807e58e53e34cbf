/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Buckets: the days, weeks, months, quarters and years that figures are
 * summed up by. A bucket is named by its first day. */

#include "config.h"

#include "cpt-date.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-locale-private.h"

static const char *const names[] = {
  [CPT_BUCKET_NONE] = "none",
  [CPT_BUCKET_DAY] = "day",
  [CPT_BUCKET_WEEK] = "week",
  [CPT_BUCKET_MONTH] = "month",
  [CPT_BUCKET_QUARTER] = "quarter",
  [CPT_BUCKET_YEAR] = "year",
};

static const char *const english_months[] = {
  "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
};

static const char *const french_months[] = {
  "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
};

const char *
cpt_bucket_get_name (CptBucket bucket)
{
  g_return_val_if_fail (bucket < G_N_ELEMENTS (names), NULL);

  return names[bucket];
}

gboolean
cpt_bucket_parse (const char *name,
                  CptBucket  *bucket)
{
  g_return_val_if_fail (name != NULL && bucket != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (strcmp (names[i], name) != 0)
        continue;
      *bucket = (CptBucket) i;
      return TRUE;
    }

  return FALSE;
}

gint64
cpt_bucket_get_start (CptBucket bucket,
                      gint64    date)
{
  int year, month, day;

  date = CLAMP (date, CPT_DATE_MIN, CPT_DATE_MAX);
  if (bucket == CPT_BUCKET_WEEK)
    return date - cpt_date_get_weekday (date) + 1;
  if (bucket == CPT_BUCKET_NONE || bucket == CPT_BUCKET_DAY)
    return date;

  cpt_date_to_ymd (date, &year, &month, &day);
  if (bucket == CPT_BUCKET_QUARTER)
    month -= (month - 1) % 3;
  else if (bucket == CPT_BUCKET_YEAR)
    month = 1;

  return cpt_date_from_ymd (year, month, 1);
}

gint64
cpt_bucket_add (CptBucket bucket,
                gint64    start,
                int       count)
{
  static const int days[] = { [CPT_BUCKET_NONE] = 1, [CPT_BUCKET_DAY] = 1, [CPT_BUCKET_WEEK] = 7 };
  static const int months[] = { [CPT_BUCKET_MONTH] = 1, [CPT_BUCKET_QUARTER] = 3, [CPT_BUCKET_YEAR] = 12 };

  g_return_val_if_fail (bucket < G_N_ELEMENTS (names), start);

  start = CLAMP (start, CPT_DATE_MIN, CPT_DATE_MAX);
  /* Nothing within the limits is more months than this apart. */
  count = CLAMP (count, -10000 * 366, 10000 * 366);
  if (bucket >= CPT_BUCKET_MONTH)
    return cpt_date_add_months (start, count * months[bucket]);

  return CLAMP (start + (gint64) count * days[bucket], CPT_DATE_MIN, CPT_DATE_MAX);
}

/* Week and year of ISO 8601: a week belongs to the year of its Thursday. */
static void
get_iso_week (gint64  date,
              int    *year,
              int    *week)
{
  gint64 thursday = date - cpt_date_get_weekday (date) + 4;
  int month, day;

  cpt_date_to_ymd (thursday, year, &month, &day);
  *week = (int) ((thursday - cpt_date_from_ymd (*year, 1, 1)) / 7) + 1;
}

static char *
format_week (CptLanguage language,
             gint64      start)
{
  int year, week;

  get_iso_week (start, &year, &week);
  if (language == CPT_LANGUAGE_FRENCH)
    return g_strdup_printf ("semaine %d, %d", week, year);
  if (language == CPT_LANGUAGE_ENGLISH)
    return g_strdup_printf ("week %d, %d", week, year);

  /* Translators: number of the week, year */
  return g_strdup_printf (_("week %d, %d"), week, year);
}

static char *
format_month (CptLanguage language,
              int         year,
              int         month)
{
  g_autoptr(GDateTime) time = NULL;
  char *text;

  if (language == CPT_LANGUAGE_FRENCH)
    return g_strdup_printf ("%s %d", french_months[month - 1], year);
  if (language == CPT_LANGUAGE_ENGLISH)
    return g_strdup_printf ("%s %d", english_months[month - 1], year);

  time = g_date_time_new_utc (year, month, 1, 0, 0, 0);
  text = g_date_time_format (time, "%b %Y");

  return text != NULL ? text : g_strdup_printf ("%04d-%02d", year, month);
}

static char *
format_quarter (CptLanguage language,
                int         year,
                int         quarter)
{
  if (language == CPT_LANGUAGE_FRENCH)
    return g_strdup_printf ("T%d %d", quarter, year);
  if (language == CPT_LANGUAGE_ENGLISH)
    return g_strdup_printf ("Q%d %d", quarter, year);

  /* Translators: number of the quarter, year */
  return g_strdup_printf (_("Q%d %d"), quarter, year);
}

char *
cpt_bucket_format (CptBucket bucket,
                   gint64    start)
{
  CptLocale locale;
  int year, month, day;

  cpt_locale_get (&locale);
  cpt_date_to_ymd (start, &year, &month, &day);

  switch (bucket)
    {
    case CPT_BUCKET_WEEK:
      return format_week (locale.language, start);
    case CPT_BUCKET_MONTH:
      return format_month (locale.language, year, month);
    case CPT_BUCKET_QUARTER:
      return format_quarter (locale.language, year, (month + 2) / 3);
    case CPT_BUCKET_YEAR:
      return g_strdup_printf ("%d", year);
    case CPT_BUCKET_NONE:
    case CPT_BUCKET_DAY:
    default:
      return cpt_date_format (start);
    }
}

/* "Nov", "nov." */
static char *
format_month_alone (CptLanguage language,
                    int         year,
                    int         month)
{
  g_autoptr(GDateTime) time = NULL;
  char *text;

  if (language == CPT_LANGUAGE_FRENCH)
    return g_strdup (french_months[month - 1]);
  if (language == CPT_LANGUAGE_ENGLISH)
    return g_strdup (english_months[month - 1]);

  time = g_date_time_new_utc (year, month, 1, 0, 0, 0);
  text = g_date_time_format (time, "%b");

  return text != NULL ? text : g_strdup_printf ("%02d", month);
}

char *
cpt_bucket_format_short (CptBucket bucket,
                         gint64    start)
{
  g_autofree char *month_text = NULL;
  CptLocale locale;
  int year, month, day;

  cpt_locale_get (&locale);
  cpt_date_to_ymd (start, &year, &month, &day);
  if (bucket == CPT_BUCKET_YEAR)
    return g_strdup_printf ("%d", year);
  if (bucket == CPT_BUCKET_QUARTER)
    return locale.language == CPT_LANGUAGE_FRENCH
             ? g_strdup_printf ("T%d", (month + 2) / 3)
             /* Translators: number of the quarter */
             : g_strdup_printf (C_("quarter", "Q%d"), (month + 2) / 3);

  month_text = format_month_alone (locale.language, year, month);
  if (bucket == CPT_BUCKET_MONTH)
    return g_steal_pointer (&month_text);
  if (locale.language == CPT_LANGUAGE_ENGLISH && locale.date_style != CPT_DATE_STYLE_DAY)
    return g_strdup_printf ("%s %d", month_text, day);

  return g_strdup_printf ("%d %s", day, month_text);
}

char *
cpt_date_format_span (gint64 from,
                      gint64 to,
                      gint64 today)
{
  g_autofree char *first = cpt_bucket_format_short (CPT_BUCKET_DAY, from);
  g_autofree char *last = cpt_bucket_format_short (CPT_BUCKET_DAY, to);
  g_autofree char *days = NULL;
  g_autofree char *month_text = NULL;
  gboolean month_first;
  CptLocale locale;
  int year, month, day, first_year, first_month, first_day, this_year;

  cpt_locale_get (&locale);
  cpt_date_to_ymd (today, &this_year, &month, &day);
  cpt_date_to_ymd (from, &first_year, &first_month, &first_day);
  cpt_date_to_ymd (to, &year, &month, &day);
  month_text = format_month_alone (locale.language, year, month);
  month_first = g_str_has_prefix (last, month_text);

  if (from == to)
    days = g_strdup (last);
  else if (first_year != year || first_month != month)
    days = g_strdup_printf ("%s – %s", first, last);
  else if (month_first)
    days = g_strdup_printf ("%s %d–%d", month_text, first_day, day);
  else
    days = g_strdup_printf ("%d–%d %s", first_day, day, month_text);

  if (year == this_year)
    return g_steal_pointer (&days);

  return month_first ? g_strdup_printf ("%s, %d", days, year) : g_strdup_printf ("%s %d", days, year);
}
