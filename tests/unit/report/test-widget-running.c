/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The last bucket of a time axis is marked while today is in it, and only then. It is Saturday
 * 21 November 2026. */

#include "config.h"

#include "widget-fixture.h"

#define DEALS "\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}]"

/* The first day of the bucket that runs; 0: none does */
static gint64
find_running (WidgetFixture *fixture,
              const char    *bucket,
              const char    *rest)
{
  g_autofree char *query = g_strdup_printf ("{" DEALS ",\"dimensions\":[{\"field\":\"closed_on\",\"bucket\":\"%s\",\"fill\":true}]%s}",
                                            bucket, rest);
  g_autoptr(CptWidgetData) data = widget_fixture_read (fixture, "line", query);
  CptChartData *chart = cpt_widget_data_get_chart (data);

  g_assert_cmpstr (chart->error, ==, NULL);
  g_assert_cmpuint (cpt_chart_data_get_n_categories (chart), >, 0);
  if (chart->running == CPT_CHART_NONE_RUNNING)
    return 0;
  g_assert_cmpuint (chart->running, ==, cpt_chart_data_get_n_categories (chart) - 1);

  return g_array_index (chart->categories, CptChartCategory, chart->running).start;
}

static gint64
noon_of (int year,
         int month,
         int day)
{
  return cpt_instant_from_date (cpt_date_from_ymd (year, month, day), NULL) + 12 * G_TIME_SPAN_HOUR;
}

static void
test_every_bucket_runs_until_it_is_over (WidgetFixture *fixture,
                                         gconstpointer  unused)
{
  static const char today[] = ",\"where\":{\"field\":\"closed_on\",\"op\":\"within\",\"value\":{\"this\":\"year\"}}";

  g_assert_cmpint (find_running (fixture, "month", ""), ==, cpt_date_from_ymd (2026, 11, 1));
  g_assert_cmpint (find_running (fixture, "quarter", ""), ==, cpt_date_from_ymd (2026, 10, 1));
  g_assert_cmpint (find_running (fixture, "year", today), ==, cpt_date_from_ymd (2026, 1, 1));
  /* The last deal is of another day: its bucket is over */
  g_assert_cmpint (find_running (fixture, "day", today), ==, 0);

  /* The last day of the month, and the first one after it */
  cpt_clock_set_now (fixture->clock, noon_of (2026, 11, 30));
  g_assert_cmpint (find_running (fixture, "month", ""), ==, cpt_date_from_ymd (2026, 11, 1));
  cpt_clock_set_now (fixture->clock, noon_of (2026, 12, 1));
  g_assert_cmpint (find_running (fixture, "month", ""), ==, 0);
  g_assert_cmpint (find_running (fixture, "quarter", ""), ==, cpt_date_from_ymd (2026, 10, 1));
}

/* Nothing more comes into days that are over, however much of a bucket they are */
static void
test_a_period_that_is_over_has_no_mark (WidgetFixture *fixture,
                                        gconstpointer  unused)
{
#define WITHIN(field, period) "{\"field\":\"" field "\",\"op\":\"within\",\"value\":" period "}"
  static const char over[] = "{\"from\":\"2026-09-01\",\"to\":\"2026-11-20\"}";
  g_autofree char *alone = g_strdup_printf (",\"where\":" WITHIN ("closed_on", "%s"), over);
  g_autofree char *among = g_strdup_printf (",\"where\":{\"all\":[" WITHIN ("closed_on", "{\"this\":\"year\"}") ",{\"all\":[" WITHIN ("closed_on", "%s") "]}]}", over);
  g_autofree char *compared = g_strdup_printf (",\"compare\":{\"field\":\"closed_on\",\"period\":%s,\"with\":\"year\"}", over);

  g_assert_cmpint (find_running (fixture, "month", alone), ==, 0);
  g_assert_cmpint (find_running (fixture, "year", alone), ==, 0);
  g_assert_cmpint (find_running (fixture, "month", among), ==, 0);
  g_assert_cmpint (find_running (fixture, "month", compared), ==, 0);
  /* Up to today, and a period of another date */
  g_assert_cmpint (find_running (fixture, "month", ",\"where\":" WITHIN ("closed_on", "{\"last\":3,\"unit\":\"month\"}")), ==,
                   cpt_date_from_ymd (2026, 11, 1));
  g_assert_cmpint (find_running (fixture, "month", ",\"where\":" WITHIN ("created_at", "{\"last\":3,\"unit\":\"month\"}")), ==,
                   cpt_date_from_ymd (2026, 11, 1));
#undef WITHIN
}

static void
test_other_axes_do_not_run (WidgetFixture *fixture,
                            gconstpointer  unused)
{
  g_autoptr(CptWidgetData) sources = widget_fixture_read (fixture, "bar", "{" DEALS ",\"dimensions\":[{\"field\":\"source\"}]}");
  g_autoptr(CptWidgetData) number = widget_fixture_read (fixture, "number", "{" DEALS "}");

  g_assert_cmpuint (cpt_widget_data_get_chart (sources)->running, ==, CPT_CHART_NONE_RUNNING);
  g_assert_cmpuint (cpt_widget_data_get_chart (number)->running, ==, CPT_CHART_NONE_RUNNING);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/widget-running/every-bucket-runs-until-it-is-over", WidgetFixture, NULL, widget_fixture_set_up,
              test_every_bucket_runs_until_it_is_over, widget_fixture_tear_down);
  g_test_add ("/widget-running/a-period-that-is-over-has-no-mark", WidgetFixture, NULL, widget_fixture_set_up,
              test_a_period_that_is_over_has_no_mark, widget_fixture_tear_down);
  g_test_add ("/widget-running/other-axes-do-not-run", WidgetFixture, NULL, widget_fixture_set_up,
              test_other_axes_do_not_run, widget_fixture_tear_down);

  return g_test_run ();
}
