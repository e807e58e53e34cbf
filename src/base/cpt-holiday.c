/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Holidays of a country are a table: a day of a month, or days from Easter. */

#include "config.h"

#include "cpt-holiday.h"

#include <glib/gi18n-lib.h>

#include "cpt-date.h"

typedef struct
{
  int month; /* 0: days from Easter Sunday */
  int day;
  const char *name;
} Holiday;

static const Holiday france[] = {
  { 1, 1, NC_("holiday", "New Year’s Day") },
  { 0, 1, NC_("holiday", "Easter Monday") },
  { 5, 1, NC_("holiday", "Labour Day") },
  { 5, 8, NC_("holiday", "Victory in Europe Day") },
  { 0, 39, NC_("holiday", "Ascension Day") },
  { 0, 50, NC_("holiday", "Whit Monday") },
  { 7, 14, NC_("holiday", "National Day") },
  { 8, 15, NC_("holiday", "Assumption Day") },
  { 11, 1, NC_("holiday", "All Saints’ Day") },
  { 11, 11, NC_("holiday", "Armistice Day") },
  { 12, 25, NC_("holiday", "Christmas Day") },
};

/* The rule of the Gregorian calendar, as J. Meeus gives it (Astronomical
 * Algorithms, chapter 8) */
gint64
cpt_holiday_get_easter (int year)
{
  int golden = year % 19;
  int century = year / 100;
  int skipped = century - century / 4;
  int moon = (century - (century + 8) / 25 + 1) / 3;
  int epact = (19 * golden + skipped - moon + 15) % 30;
  int weekday = (32 + 2 * (century % 4) + 2 * (year % 100 / 4) - epact - year % 100 % 4) % 7;
  int correction = (golden + 11 * epact + 22 * weekday) / 451;
  int days = epact + weekday - 7 * correction + 114;

  return cpt_date_from_ymd (year, days / 31, days % 31 + 1);
}

static const Holiday *
get_holidays (const char *country,
              guint      *n)
{
  gboolean is_known = g_strcmp0 (country, "FR") == 0;

  *n = is_known ? G_N_ELEMENTS (france) : 0;

  return is_known ? france : NULL;
}

static gint64
get_date (const Holiday *holiday,
          int            year)
{
  return holiday->month == 0 ? cpt_holiday_get_easter (year) + holiday->day
                             : cpt_date_from_ymd (year, holiday->month, holiday->day);
}

const char *
cpt_holiday_get_name (const char *country,
                      gint64      date)
{
  int year;
  guint n;
  const Holiday *holidays = get_holidays (country, &n);

  cpt_date_to_ymd (date, &year, NULL, NULL);
  for (guint i = 0; i < n; i++)
    if (get_date (&holidays[i], year) == date)
      return g_dpgettext2 (GETTEXT_PACKAGE, "holiday", holidays[i].name);

  return NULL;
}

/* Of the days from a Monday to before @day */
static gint64
count_weekdays (gint64 day)
{
  gint64 days = day - cpt_bucket_get_start (CPT_BUCKET_WEEK, CPT_DATE_MIN + 7);

  return days / 7 * 5 + MIN (days % 7, 5);
}

/* Days on which nobody works though they are Monday to Friday. 1 May may be Ascension Day too. */
static guint
count_on_weekdays (const Holiday *holidays,
                   guint          n,
                   int            year,
                   gint64         first,
                   gint64         last)
{
  guint count = 0;

  for (guint i = 0; i < n; i++)
    {
      gint64 date = get_date (&holidays[i], year);
      gboolean is_new = TRUE;

      for (guint j = 0; j < i; j++)
        is_new = is_new && get_date (&holidays[j], year) != date;
      if (is_new && date >= first && date <= last && cpt_date_get_weekday (date) <= 5)
        count++;
    }

  return count;
}

gint64
cpt_holiday_count_working_days (const char *country,
                                gint64      first,
                                gint64      last)
{
  guint n;
  const Holiday *holidays = get_holidays (country, &n);
  int first_year, last_year;
  gint64 count;

  first = CLAMP (first, CPT_DATE_MIN + 14, CPT_DATE_MAX);
  last = CLAMP (last, CPT_DATE_MIN + 13, CPT_DATE_MAX);
  if (last < first)
    return 0;

  count = count_weekdays (last + 1) - count_weekdays (first);
  cpt_date_to_ymd (first, &first_year, NULL, NULL);
  cpt_date_to_ymd (last, &last_year, NULL, NULL);
  for (int year = first_year; n > 0 && year <= last_year; year++)
    count -= count_on_weekdays (holidays, n, year, first, last);

  return count;
}
