/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Public holidays against calendars that were printed. */

#include "config.h"

#include <locale.h>

#include "cpt-date.h"
#include "cpt-holiday.h"

static gint64
date (const char *text)
{
  gint64 result;

  g_assert_true (cpt_date_parse_iso (text, &result));

  return result;
}

/* Earliest and latest possible, 2000 (a leap year of a century), and the years around this one */
static void
test_easter (void)
{
  static const char *const easters[] = { "1818-03-22", "1943-04-25", "1954-04-18", "1981-04-19", "2000-04-23", "2008-03-23",
                                         "2011-04-24", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16",
                                         "2035-03-25", "2038-04-25", "2049-04-18", "2076-04-19", "2285-03-22" };

  for (guint i = 0; i < G_N_ELEMENTS (easters); i++)
    {
      int year;

      cpt_date_to_ymd (date (easters[i]), &year, NULL, NULL);
      g_assert_cmpint (cpt_holiday_get_easter (year), ==, date (easters[i]));
    }
}

/* As the French administration lists them for 2026 */
static void
test_names (void)
{
  static const char *const days[] = { "2026-01-01", "2026-04-06", "2026-05-01", "2026-05-08", "2026-05-14", "2026-05-25",
                                      "2026-07-14", "2026-08-15", "2026-11-01", "2026-11-11", "2026-12-25" };
  guint n = 0;

  for (gint64 day = date ("2026-01-01"); day <= date ("2026-12-31"); day++)
    if (cpt_holiday_get_name ("FR", day) != NULL)
      g_assert_cmpint (day, ==, date (days[n++]));
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (days));

  g_assert_cmpstr (cpt_holiday_get_name ("FR", date ("2026-05-25")), ==, "Whit Monday");
  g_assert_null (cpt_holiday_get_name ("DE", date ("2026-05-25")));
  g_assert_null (cpt_holiday_get_name (NULL, date ("2026-05-25")));
}

static void
test_working_days (void)
{
  const gint64 first = date ("2026-05-01"), last = date ("2026-05-31");

  g_assert_cmpint (cpt_holiday_count_working_days ("BE", first, last), ==, 21);
  /* 1, 8, 14 and 25 May */
  g_assert_cmpint (cpt_holiday_count_working_days ("FR", first, last), ==, 17);
  g_assert_cmpint (cpt_holiday_count_working_days ("FR", date ("2026-01-01"), date ("2026-12-31")), ==, 252);
  /* Ascension Day on 1 May, and on 8 May, is one day off */
  g_assert_cmpint (cpt_holiday_count_working_days ("FR", date ("2008-05-01"), date ("2008-05-01")), ==, 0);
  g_assert_cmpint (cpt_holiday_count_working_days ("FR", date ("2008-04-28"), date ("2008-05-02")), ==, 4);
  /* Saturday and Sunday, one day, none */
  g_assert_cmpint (cpt_holiday_count_working_days ("FR", date ("2026-08-15"), date ("2026-08-16")), ==, 0);
  g_assert_cmpint (cpt_holiday_count_working_days ("FR", date ("2026-11-10"), date ("2026-11-10")), ==, 1);
  g_assert_cmpint (cpt_holiday_count_working_days ("FR", last, first), ==, 0);
}

/* One by one, and all dates there are */
static void
test_ranges (void)
{
  const gint64 first = date ("1999-12-20"), last = date ("2030-01-12");
  gint64 count = 0;

  for (gint64 day = first; day <= last; day++)
    {
      gboolean works = cpt_date_get_weekday (day) <= 5 && cpt_holiday_get_name ("FR", day) == NULL;

      count += works;
      g_assert_cmpint (cpt_holiday_count_working_days ("FR", day, day), ==, works);
    }
  g_assert_cmpint (cpt_holiday_count_working_days ("FR", first, last), ==, count);

  g_assert_cmpint (cpt_holiday_count_working_days ("FR", G_MININT64, G_MAXINT64), >, 2500000);
  g_assert_cmpint (cpt_holiday_count_working_days ("FR", G_MAXINT64, G_MININT64), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/holiday/easter", test_easter);
  g_test_add_func ("/holiday/names", test_names);
  g_test_add_func ("/holiday/working-days", test_working_days);
  g_test_add_func ("/holiday/ranges", test_ranges);

  return g_test_run ();
}
