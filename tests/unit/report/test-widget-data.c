/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a workspace to the numbers of a chart, and from a mark back to exactly
 * the records behind it. */
#include "config.h"

#include <string.h>

#include "cpt-chart-kind.h"
#include "cpt-data-table.h"
#include "cpt-query.h"
#include "cpt-transaction.h"
#include "widget-fixture.h"

static void
test_one_number (WidgetFixture *fixture,
                 gconstpointer  unused)
{
  g_autoptr(CptWidgetData) data = NULL;
  CptChartData *chart;

  data = widget_fixture_read (fixture, "number", "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}]}");
  chart = cpt_widget_data_get_chart (data);
  g_assert_null (chart->error);
  g_assert_cmpfloat (chart->total, ==, 7);
  g_assert_cmpint (chart->unit.measure, ==, CPT_CHART_COUNT);
  g_assert_true (isnan (chart->comparison));
  g_assert_cmpint (widget_fixture_count (fixture, data, 0, -1), ==, 7);
  /* Its line is no line of a chart, of which trends are told */
  g_assert_true (chart->findings == NULL || chart->findings->len == 0);
}

/* The widget says which metric, and what it is broken down by */
static void
test_a_metric (WidgetFixture *fixture,
               gconstpointer  unused)
{
  g_autoptr(CptWidgetData) number = widget_fixture_read (fixture, "number", "{\"metric\":\"deals\"}");
  g_autoptr(CptWidgetData) months = NULL;
  g_autoptr(CptWidgetData) cycle = NULL;
  g_autoptr(CptWidgetData) told = NULL;
  CptChartData *chart = cpt_widget_data_get_chart (number);

  g_assert_null (chart->error);
  g_assert_cmpfloat (chart->total, ==, 7);
  g_assert_cmpint (chart->direction, ==, CPT_CHART_UP_IS_GOOD);
  g_assert_cmpint (widget_fixture_count (fixture, number, 0, -1), ==, 7);

  months = widget_fixture_read (fixture, "line", "{\"metric\":\"deals\",\"date\":\"closed_on\",\"dimensions\":[{\"bucket\":\"month\",\"fill\":true}]}");
  chart = cpt_widget_data_get_chart (months);
  g_assert_null (chart->error);
  g_assert_cmpuint (cpt_chart_data_get_n_categories (chart), ==, 3);
  g_assert_cmpint (widget_fixture_count (fixture, months, 0, 1), ==, 3);

  cycle = widget_fixture_read (fixture, "number", "{\"metric\":\"sales_cycle\"}");
  chart = cpt_widget_data_get_chart (cycle);
  g_assert_null (chart->error);
  g_assert_true (isnan (chart->total));
  g_assert_cmpint (chart->unit.measure, ==, CPT_CHART_DURATION);
  g_assert_cmpint (chart->direction, ==, CPT_CHART_DOWN_IS_GOOD);

  told = widget_fixture_read_with (fixture, "number", "{\"metric\":\"sales_cycle\"}", "{\"direction\":\"up\"}");
  g_assert_cmpint (cpt_widget_data_get_chart (told)->direction, ==, CPT_CHART_UP_IS_GOOD);
}

/* What is wrong with a metric is said in the place of the chart */
static void
test_a_metric_that_cannot_be_counted (WidgetFixture *fixture,
                                      gconstpointer  unused)
{
  g_autoptr(CptWidgetData) none = widget_fixture_read (fixture, "number", "{\"metric\":\"nobody\"}");
  g_autoptr(CptWidgetData) wrong = widget_fixture_read (fixture, "bar", "{\"metric\":\"deals\",\"dimensions\":[{\"field\":\"x_gone\"}]}");
  g_autoptr(CptWidgetData) rate = widget_fixture_read (fixture, "pie", "{\"metric\":\"conversion_rate\",\"dimensions\":[{\"field\":\"source\"}]}");

  g_assert_nonnull (strstr (cpt_widget_data_get_chart (none)->error, "nobody"));
  g_assert_nonnull (strstr (cpt_widget_data_get_chart (wrong)->error, "x_gone"));
  g_assert_nonnull (strstr (cpt_widget_data_get_chart (rate)->error, "Parts of a whole"));
}

/* A rate of nothing is none; why is said in its place */
static void
test_a_rate_of_nothing_says_so (WidgetFixture *fixture,
                                gconstpointer  unused)
{
  static const struct
  {
    const char *kind;
    const char *query;
    const char *note; /* (nullable) */
  } cases[] = {
    { "number", "{\"metric\":\"conversion_rate\",\"period\":{\"from\":\"1990-01-01\",\"to\":\"1990-12-31\"}}",
      "Nothing in this period to divide by, so there is no rate." },
    { "gauge", "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\",\"name\":\"n\",\"hidden\":true,"
               "\"where\":{\"field\":\"name\",\"op\":\"is\",\"value\":\"nobody\"}},{\"formula\":\"n / n\",\"unit\":\"percent\"}]}",
      "Nothing to divide by, so there is no rate." },
    { "bar", "{\"source\":\"deal\",\"dimensions\":[{\"field\":\"source\"}],\"measures\":[{\"agg\":\"count\",\"name\":\"n\","
             "\"hidden\":true,\"where\":{\"field\":\"name\",\"op\":\"is\",\"value\":\"nobody\"}},"
             "{\"formula\":\"n / n\",\"unit\":\"percent\"}]}",
      "Nothing to divide by, so there is no rate." },
    { "number", "{\"metric\":\"average_deal\",\"period\":{\"from\":\"1990-01-01\",\"to\":\"1990-12-31\"}}",
      "Nothing in this period to work this number out from." },
    { "number", "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\",\"name\":\"n\",\"hidden\":true},{\"formula\":\"n / n\"}]}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(CptWidgetData) data = widget_fixture_read (fixture, cases[i].kind, cases[i].query);

      g_assert_null (cpt_widget_data_get_chart (data)->error);
      g_assert_cmpstr (cpt_widget_data_get_chart (data)->note, ==, cases[i].note);
    }
}

static void
test_a_goal_is_in_the_unit_of_the_measure (WidgetFixture *fixture,
                                           gconstpointer  unused)
{
  static const char *const sum = "{\"source\":\"deal\",\"measures\":[{\"agg\":\"sum\",\"field\":\"amount\"}]}";
  static const char *const count = "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}]}";
  g_autoptr(CptWidgetData) money = widget_fixture_read_with (fixture, "gauge", sum, "{\"target\":5000.5}");
  g_autoptr(CptWidgetData) number = widget_fixture_read_with (fixture, "gauge", count, "{\"target\":10}");
  g_autoptr(CptWidgetData) none = widget_fixture_read_with (fixture, "gauge", count, "{\"target\":\"10\"}");
  g_autoptr(CptWidgetData) other = widget_fixture_read_with (fixture, "number", count, "{\"target\":10}");

  g_assert_cmpfloat (cpt_widget_data_get_chart (money)->total, ==, 465050);
  g_assert_cmpfloat (cpt_widget_data_get_chart (money)->target, ==, 500050);
  g_assert_cmpfloat (cpt_widget_data_get_chart (number)->target, ==, 10);
  g_assert_true (isnan (cpt_widget_data_get_chart (none)->target));
  g_assert_true (isnan (cpt_widget_data_get_chart (other)->target));
  g_assert_cmpint (widget_fixture_count (fixture, number, 0, -1), ==, 7);
}

static void
test_parts_are_of_a_whole (WidgetFixture *fixture,
                           gconstpointer  unused)
{
  static const char *const by_source =
    "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}],\"dimensions\":[{\"field\":\"source\"}]}";
  static const char *const averages =
    "{\"source\":\"deal\",\"measures\":[{\"agg\":\"avg\",\"field\":\"amount\"}],\"dimensions\":[{\"field\":\"source\"}]}";
  static const char *const two =
    "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}],\"dimensions\":[{\"field\":\"source\"},{\"field\":\"stage\"}]}";
  g_autoptr(CptWidgetData) data = widget_fixture_read (fixture, "pie", by_source);
  g_autoptr(CptWidgetData) average = widget_fixture_read (fixture, "pie", averages);
  g_autoptr(CptWidgetData) crossed = widget_fixture_read (fixture, "pie", two);
  CptChartData *chart = cpt_widget_data_get_chart (data);

  g_assert_null (chart->error);
  g_assert_cmpuint (cpt_chart_data_get_n_categories (chart), ==, 5);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpint (widget_fixture_count (fixture, data, 0, (int) i), ==, (int) cpt_chart_data_get_value (chart, 0, i));
  g_assert_cmpstr (cpt_widget_data_get_chart (average)->error, ==,
                   "Parts of a whole need a number of records or a sum; choose another measure.");
  g_assert_cmpstr (cpt_widget_data_get_chart (crossed)->error, ==, "This chart shows one grouping; remove the other.");
}

static void
test_a_pivot_is_exact (WidgetFixture *fixture,
                       gconstpointer  unused)
{
  static const char *const query =
    "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}],\"order\":[{\"dimension\":0},{\"dimension\":1}],"
    "\"dimensions\":[{\"field\":\"source\"},{\"field\":\"closed_on\",\"bucket\":\"month\"}]}";
  g_autoptr(CptWidgetData) data = widget_fixture_read (fixture, "table", query);
  CptChartData *chart = cpt_widget_data_get_chart (data);
  double sum = 0;

  g_assert_null (chart->error);
  g_assert_true (chart->is_grouped);
  g_assert_cmpuint (cpt_chart_data_get_n_series (chart), ==, 4);
  g_assert_cmpstr (cpt_chart_data_get_series (chart, 0)->label, ==, "Sep 2026");
  g_assert_cmpstr (cpt_chart_data_get_series (chart, 2)->label, ==, "Nov 2026");
  for (guint s = 0; s < 4; s++)
    for (guint i = 0; i < cpt_chart_data_get_n_categories (chart); i++)
      {
        double value = cpt_chart_data_get_value (chart, s, i);
        int behind = widget_fixture_count (fixture, data, (int) s, (int) i);

        g_assert_cmpint (behind, ==, value > 0 ? (int) value : -1);
        sum += value;
      }
  g_assert_cmpfloat (sum, ==, 7);
}

/* A question without an order still has a first and a last */
static void
test_who_leads_has_most (WidgetFixture *fixture,
                         gconstpointer  unused)
{
  static const char *const query =
    "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}],\"dimensions\":[{\"field\":\"source\"}]}";
  g_autoptr(CptWidgetData) data = widget_fixture_read (fixture, "leaderboard", query);
  CptChartData *chart = cpt_widget_data_get_chart (data);

  g_assert_cmpfloat (cpt_chart_data_get_value (chart, 0, 0), ==, 2);
  for (guint i = 1; i < cpt_chart_data_get_n_categories (chart); i++)
    g_assert_cmpfloat (cpt_chart_data_get_value (chart, 0, i), <=, cpt_chart_data_get_value (chart, 0, i - 1));
}

/* A date that was mistyped: not some of the days since, which would be a wrong picture, but why not */
static void
test_days_of_four_centuries (WidgetFixture *fixture,
                             gconstpointer  unused)
{
  static const char *const query = "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}],"
                                   "\"dimensions\":[{\"field\":\"closed_on\",\"bucket\":\"%s\",\"fill\":true}]}";
  CptSchema *schema = cpt_database_get_schema (fixture->database);
  g_autoptr(CptRecord) record = cpt_record_new (schema, cpt_schema_find_entity (schema, "deal"));
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_COMMAND, "Deals");
  g_autofree char *by_day = g_strdup_printf (query, "day");
  g_autofree char *by_month = g_strdup_printf (query, "month");
  g_autoptr(CptWidgetData) days = NULL;
  g_autoptr(CptWidgetData) months = NULL;
  g_autoptr(GError) error = NULL;

  cpt_record_set_text (record, "name", "Old");
  cpt_record_set_integer (record, "closed_on", cpt_date_from_ymd (1626, 9, 15));
  cpt_transaction_create (transaction, record);
  cpt_database_commit (fixture->database, transaction, NULL, NULL, &error);
  g_assert_no_error (error);

  days = widget_fixture_read (fixture, "line", by_day);
  months = widget_fixture_read (fixture, "line", by_month);
  g_assert_nonnull (strstr (cpt_widget_data_get_chart (days)->error, "too many intervals"));
  g_assert_null (cpt_widget_data_get_chart (months)->error);
  g_assert_cmpuint (cpt_chart_data_get_n_categories (cpt_widget_data_get_chart (months)), ==, 400 * 12 + 3);
}

/* What is added up over a part of the groups is no total */
static void
test_a_part_has_no_total (WidgetFixture *fixture,
                          gconstpointer  unused)
{
  static const char *const query = "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}],\"dimensions\":[{\"field\":\"source\"}]%s}";
  static const char *const limits[] = { "", ",\"limit\":2" };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autofree char *text = g_strdup_printf (query, limits[i]);
      g_autoptr(CptDashboard) dashboard = cpt_dashboard_new ("Sums");
      g_autoptr(CptWidgetData) data = widget_fixture_read (fixture, "table", text);
      g_autoptr(GPtrArray) tables = NULL;

      tables = cpt_data_tables_new (cpt_dashboard_add_widget (dashboard, "t", "table", "Deals", NULL, NULL, NULL),
                                    cpt_widget_data_get_chart (data), NULL);
      g_assert_cmpint (cpt_widget_data_get_chart (data)->is_part, ==, i == 1);
      g_assert_cmpint (((CptDataTable *) g_ptr_array_index (tables, 0))->has_total, ==, i == 0);
    }
}

static void
test_a_table_has_measures_of_many_units (WidgetFixture *fixture,
                                         gconstpointer  unused)
{
  static const char *const query =
    "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"},{\"agg\":\"sum\",\"field\":\"amount\"},"
    "{\"agg\":\"avg\",\"field\":\"amount\"}],\"dimensions\":[{\"field\":\"source\"}],\"order\":[{\"dimension\":0}]}";
  g_autoptr(CptWidgetData) data = widget_fixture_read (fixture, "table", query);
  g_autoptr(CptWidgetData) bars = widget_fixture_read (fixture, "bar", query);
  CptChartData *chart = cpt_widget_data_get_chart (data);

  g_assert_null (chart->error);
  g_assert_false (chart->is_grouped);
  g_assert_cmpuint (cpt_chart_data_get_n_series (chart), ==, 3);
  g_assert_cmpint (cpt_chart_data_get_unit (chart, 0)->measure, ==, CPT_CHART_COUNT);
  g_assert_cmpint (cpt_chart_data_get_unit (chart, 1)->measure, ==, CPT_CHART_MONEY);
  g_assert_cmpstr (cpt_chart_data_get_unit (chart, 1)->currency, ==, "EUR");
  g_assert_true (cpt_chart_data_get_series (chart, 1)->is_additive);
  g_assert_false (cpt_chart_data_get_series (chart, 2)->is_additive);
  g_assert_cmpuint (cpt_chart_data_get_n_series (cpt_widget_data_get_chart (bars)), ==, 1);
}

static void
test_two_measures_make_points (WidgetFixture *fixture,
                               gconstpointer  unused)
{
  static const char *const query =
    "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"},{\"agg\":\"sum\",\"field\":\"amount\"}],"
    "\"dimensions\":[{\"field\":\"source\"}],\"order\":[{\"dimension\":0}]}";
  static const char *const one =
    "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}],\"dimensions\":[{\"field\":\"source\"}]}";
  g_autoptr(CptWidgetData) data = widget_fixture_read (fixture, "scatter", query);
  g_autoptr(CptWidgetData) single = widget_fixture_read (fixture, "scatter", one);
  CptChartData *chart = cpt_widget_data_get_chart (data);

  g_assert_null (chart->error);
  g_assert_cmpuint (cpt_chart_data_get_n_series (chart), ==, 2);
  g_assert_cmpint (cpt_chart_data_get_unit (chart, 0)->measure, ==, CPT_CHART_COUNT);
  g_assert_cmpint (cpt_chart_data_get_unit (chart, 1)->measure, ==, CPT_CHART_MONEY);
  for (guint i = 0; i < cpt_chart_data_get_n_categories (chart); i++)
    g_assert_cmpint (widget_fixture_count (fixture, data, 1, (int) i), ==, widget_fixture_count (fixture, data, 0, (int) i));
  g_assert_cmpstr (cpt_widget_data_get_chart (single)->error, ==,
                   "This chart sets two measures against each other; choose a second one.");
}

/* Old data, seen today: {"this":"week"} has nothing, {"last":1,"unit":"year"} has */
static void
test_nothing_in_the_period_says_since_when (WidgetFixture *fixture,
                                            gconstpointer  unused)
{
  static const char *const queries[] = {
    "{\"source\":\"deal\",\"where\":{\"field\":\"source\",\"op\":\"is\",\"value\":\"website\"},\"measures\":[{\"agg\":\"count\"}],"
    "\"compare\":{\"field\":\"closed_on\",\"period\":{\"this\":\"day\"},\"with\":\"previous\"}}",
    "{\"source\":\"deal\",\"where\":{\"all\":[{\"field\":\"source\",\"op\":\"is\",\"value\":\"website\"},"
    "{\"field\":\"closed_on\",\"op\":\"within\",\"value\":{\"last\":2,\"unit\":\"day\"}}]},"
    "\"measures\":[{\"agg\":\"count\"}],\"dimensions\":[{\"field\":\"source\"}]}",
    "{\"source\":\"deal\",\"where\":{\"all\":[{\"field\":\"source\",\"op\":\"is\",\"value\":\"website\"},"
    "{\"field\":\"closed_on\",\"op\":\"within\",\"value\":{\"this\":\"month\"}}]},"
    "\"measures\":[{\"agg\":\"sum\",\"field\":\"amount\"}]}",
  };
  static const char *const notes[] = { "Nothing since 2026-10-15.", "Nothing since 2026-10-15.", "Nothing since Oct 2026." };

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr(CptWidgetData) data = widget_fixture_read (fixture, i == 1 ? "bar" : "number", queries[i]);

      g_assert_cmpstr (cpt_widget_data_get_chart (data)->note, ==, notes[i]);
      g_assert_cmpint (widget_fixture_count (fixture, data, -1, -1), ==, 1);
    }
}

/* Neither of the future, nor where the period was chosen by its ends, nor where
 * there is something to compare with */
static void
test_something_in_the_period_has_no_note (WidgetFixture *fixture,
                                          gconstpointer  unused)
{
  static const char *const periods[] = { "{\"this\":\"year\"}", "{\"this\":\"month\"}", "{\"next\":1,\"unit\":\"day\"}",
                                         "{\"from\":\"2026-11-19\",\"to\":\"2026-11-20\"}" };

  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    {
      g_autofree char *query = g_strdup_printf ("{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}],"
                                                "\"compare\":{\"field\":\"closed_on\",\"period\":%s,\"with\":\"previous\"}}",
                                                periods[i]);
      g_autoptr(CptWidgetData) data = widget_fixture_read (fixture, "number", query);

      g_assert_null (cpt_widget_data_get_chart (data)->note);
    }
}

static void
test_currencies_are_not_added_up (WidgetFixture *fixture,
                                  gconstpointer  unused)
{
  g_autoptr(CptWidgetData) data = NULL;
  CptChartData *chart;

  data = widget_fixture_read (fixture, "number", "{\"source\":\"deal\",\"measures\":[{\"agg\":\"sum\",\"field\":\"amount\"}]}");
  chart = cpt_widget_data_get_chart (data);
  g_assert_null (chart->error);
  g_assert_cmpfloat (chart->total, ==, 465050);
  g_assert_cmpstr (chart->unit.currency, ==, "EUR");
  g_assert_nonnull (strstr (chart->note, "EUR"));
  /* The deal without an amount is counted where the workspace's currency is */
  g_assert_cmpint (widget_fixture_count (fixture, data, 0, -1), ==, 6);
}

/* Deals without an amount have a row in the currency of the workspace */
static void
test_a_currency_that_only_stands_for_nothing (WidgetFixture *fixture,
                                              gconstpointer  unused)
{
  static const char *const query =
    "{\"source\":\"deal\",\"where\":{\"field\":\"name\",\"op\":\"in\",\"value\":[\"D\",\"G\"]},"
    "\"measures\":[{\"agg\":\"sum\",\"field\":\"amount\"}]%s}";
  g_autofree char *one = g_strdup_printf (query, "");
  g_autofree char *grouped = g_strdup_printf (query, ",\"dimensions\":[{\"field\":\"name\"}]");
  g_autoptr(CptWidgetData) data = widget_fixture_read (fixture, "number", one);
  CptChartData *chart = cpt_widget_data_get_chart (data);

  g_assert_cmpfloat (chart->total, ==, 999);
  g_assert_cmpstr (chart->unit.currency, ==, "USD");
  g_assert_null (chart->note);
  g_assert_cmpint (widget_fixture_count (fixture, data, 0, -1), ==, 1);

  cpt_widget_data_unref (data);
  data = widget_fixture_read (fixture, "bar", grouped);
  chart = cpt_widget_data_get_chart (data);
  g_assert_cmpuint (cpt_chart_data_get_n_categories (chart), ==, 2);
  g_assert_cmpfloat (cpt_chart_data_get_value (chart, 0, 0), ==, 999);
  g_assert_cmpfloat (cpt_chart_data_get_value (chart, 0, 1), ==, 0);
  g_assert_null (chart->note);
}

static void
test_a_comparison (WidgetFixture *fixture,
                   gconstpointer  unused)
{
  g_autoptr(CptWidgetData) data = NULL;
  CptChartData *chart;

  data = widget_fixture_read (fixture, "number",
                              "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}],"
                              "\"compare\":{\"field\":\"closed_on\",\"period\":{\"this\":\"month\"},\"with\":\"previous\"}}");
  chart = cpt_widget_data_get_chart (data);
  g_assert_null (chart->error);
  g_assert_cmpfloat (chart->total, ==, 1);
  g_assert_cmpfloat (chart->comparison, ==, 3);
  g_assert_cmpstr (chart->comparison_label, ==, "Oct 1–21");
  g_assert_cmpint (widget_fixture_count (fixture, data, 0, -1), ==, 1);
}

static void
test_a_date_axis (WidgetFixture *fixture,
                  gconstpointer  unused)
{
  g_autoptr(CptWidgetData) data = NULL;
  CptChartData *chart;
  int behind = 0;

  data = widget_fixture_read (fixture, "line",
                              "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"},"
                              "{\"agg\":\"sum\",\"field\":\"amount\"}],"
                              "\"dimensions\":[{\"field\":\"closed_on\",\"bucket\":\"month\"}],"
                              "\"order\":[{\"measure\":0,\"descending\":true}]}");
  chart = cpt_widget_data_get_chart (data);
  g_assert_null (chart->error);
  g_assert_cmpint (chart->bucket, ==, CPT_BUCKET_MONTH);
  g_assert_cmpuint (cpt_chart_data_get_n_categories (chart), ==, 3);
  for (guint i = 1; i < 3; i++)
    g_assert_cmpint (g_array_index (chart->categories, CptChartCategory, i).start, >,
                     g_array_index (chart->categories, CptChartCategory, i - 1).start);
  g_assert_cmpstr (chart->note, !=, NULL);
  for (guint i = 0; i < 3; i++)
    behind += widget_fixture_count (fixture, data, 0, (int) i);
  /* The deal in another currency and the one without a date are left out */
  g_assert_cmpint (behind, ==, 4);
  g_assert_cmpfloat (cpt_chart_data_get_value (chart, 0, 1), ==, 2);
}

static void
test_groups_by_label (WidgetFixture *fixture,
                      gconstpointer  unused)
{
  g_autoptr(CptWidgetData) data = NULL;
  CptChartData *chart;

  data = widget_fixture_read (fixture, "bar",
                              "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}],"
                              "\"dimensions\":[{\"field\":\"source\"}],\"order\":[{\"measure\":0,\"descending\":true}]}");
  chart = cpt_widget_data_get_chart (data);
  g_assert_null (chart->error);
  g_assert_cmpuint (cpt_chart_data_get_n_categories (chart), ==, 5);
  g_assert_cmpuint (cpt_chart_data_get_n_series (chart), ==, 1);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpint (widget_fixture_count (fixture, data, 0, (int) i), ==, (int) cpt_chart_data_get_value (chart, 0, i));
  g_assert_cmpint (widget_fixture_count (fixture, data, 0, 5), ==, -1);
  g_assert_cmpint (widget_fixture_count (fixture, data, 7, 0), ==, -1);
}

static void
test_a_second_dimension_makes_series (WidgetFixture *fixture,
                                      gconstpointer  unused)
{
  g_autoptr(CptWidgetData) data = NULL;
  CptChartData *chart;
  double sum = 0;

  data = widget_fixture_read (fixture, "bar",
                              "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}],"
                              "\"dimensions\":[{\"field\":\"closed_on\",\"bucket\":\"month\"},{\"field\":\"source\"}]}");
  chart = cpt_widget_data_get_chart (data);
  g_assert_null (chart->error);
  g_assert_cmpuint (cpt_chart_data_get_n_categories (chart), ==, 3);
  g_assert_cmpuint (cpt_chart_data_get_n_series (chart), ==, 3);
  for (guint s = 0; s < 3; s++)
    for (guint i = 0; i < 3; i++)
      {
        double value = cpt_chart_data_get_value (chart, s, i);

        if (value == 0)
          continue;
        sum += value;
        g_assert_cmpint (widget_fixture_count (fixture, data, (int) s, (int) i), ==, (int) value);
      }
  g_assert_cmpfloat (sum, ==, 5);
}

static void
assert_error (const WidgetFixture *fixture,
              const char          *kind,
              const char          *query)
{
  g_autoptr(CptWidgetData) data = widget_fixture_read (fixture, kind, query);

  g_assert_nonnull (cpt_widget_data_get_chart (data)->error);
  g_assert_null (cpt_widget_data_dup_filter (data, 0, 0));
  g_assert_null (cpt_widget_data_dup_filter (data, 0, -1));
}

static void
test_what_is_wrong_is_said_inside (WidgetFixture *fixture,
                                   gconstpointer  unused)
{
  assert_error (fixture, "number", NULL);
  assert_error (fixture, "number", "{}");
  assert_error (fixture, "number", "{\"source\":\"spaceship\",\"measures\":[{\"agg\":\"count\"}]}");
  assert_error (fixture, "number", "{\"source\":\"deal\",\"measures\":[{\"agg\":\"sum\",\"field\":\"gone\"}]}");
  assert_error (fixture, "number", "{\"source\":\"deal\",\"measures\":[{\"agg\":\"max\",\"field\":\"closed_on\"}]}");
  assert_error (fixture, "bar", "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}]}");
  assert_error (fixture, "number",
                "{\"source\":\"deal\",\"measures\":[{\"agg\":\"avg\",\"field\":\"amount\"}],"
                "\"dimensions\":[{\"field\":\"source\"}]}");
}

static void
add_goal (WidgetFixture *fixture,
          const char    *period,
          const char    *starts_on,
          gint64         target)
{
  CptSchema *schema = cpt_database_get_schema (fixture->database);
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(CptRecord) record = cpt_record_new (schema, cpt_schema_find_entity (schema, "goal"));
  g_autoptr(GError) error = NULL;
  gint64 day = 0;

  g_assert_true (cpt_date_parse_iso (starts_on, &day));
  cpt_record_set_text (record, "name", "Goal");
  cpt_record_set_text (record, "metric", "revenue_won");
  cpt_record_set_text (record, "period", period);
  cpt_record_set_integer (record, "starts_on", day);
  cpt_record_set_integer (record, "target", target * 100);
  cpt_transaction_create (transaction, record);
  cpt_database_commit (fixture->database, transaction, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_goal (WidgetFixture *fixture,
             const char    *period,
             double         target,
             const char    *summary,
             const char    *note)
{
  g_autofree char *query = g_strdup_printf ("{\"metric\":\"revenue_won\",\"period\":%s,\"compare\":\"goal\"}", period);
  g_autoptr(CptWidgetData) data = widget_fixture_read (fixture, "number", query);
  CptChartData *chart = cpt_widget_data_get_chart (data);
  const CptChart drawn = { .kind = cpt_chart_kind_find ("number"), .data = chart };
  g_autofree char *said = cpt_chart_dup_summary (&drawn);

  g_assert_cmpstr (chart->error, ==, NULL);
  g_assert_true (target > 0 ? chart->target == target * 100 : isnan (chart->target));
  if (strstr (said, summary) == NULL)
    g_error ("“%s” instead of “%s”", said, summary);
  g_assert_cmpstr (chart->note, ==, note);
}

/* Of a month its own goal; of a quarter that of its three months */
static void
test_compared_with_a_goal (WidgetFixture *fixture,
                           gconstpointer  unused)
{
  assert_goal (fixture, "{\"this\":\"month\"}", 0, "There is no goal for this month.", "There is no goal for this month.");
  add_goal (fixture, "month", "2026-11-01", 100);
  assert_goal (fixture, "{\"this\":\"month\"}", 100, "of the goal of €100", NULL);
  assert_goal (fixture, "{\"this\":\"quarter\"}", 0, "There is no goal for this quarter.", "There is no goal for this quarter.");
  add_goal (fixture, "month", "2026-12-01", 300);
  add_goal (fixture, "month", "2026-10-01", 1600);
  assert_goal (fixture, "{\"this\":\"quarter\"}", 2000, "of the goal of €2,000", NULL);
  add_goal (fixture, "quarter", "2026-10-01", 5000);
  assert_goal (fixture, "{\"this\":\"quarter\"}", 5000, "of the goal of €5,000", NULL);
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    void (*run) (WidgetFixture *, gconstpointer);
  } tests[] = {
    { "/widget-data/one-number", test_one_number },
    { "/widget-data/nothing-in-the-period-says-since-when", test_nothing_in_the_period_says_since_when },
    { "/widget-data/something-in-the-period-has-no-note", test_something_in_the_period_has_no_note },
    { "/widget-data/currencies-are-not-added-up", test_currencies_are_not_added_up },
    { "/widget-data/a-currency-that-only-stands-for-nothing", test_a_currency_that_only_stands_for_nothing },
    { "/widget-data/a-comparison", test_a_comparison },
    { "/widget-data/a-date-axis", test_a_date_axis },
    { "/widget-data/groups-by-label", test_groups_by_label },
    { "/widget-data/a-metric", test_a_metric },
    { "/widget-data/a-metric-that-cannot-be-counted", test_a_metric_that_cannot_be_counted },
    { "/widget-data/a-second-dimension-makes-series", test_a_second_dimension_makes_series },
    { "/widget-data/a-rate-of-nothing-says-so", test_a_rate_of_nothing_says_so },
    { "/widget-data/a-goal-is-in-the-unit-of-the-measure", test_a_goal_is_in_the_unit_of_the_measure },
    { "/widget-data/compared-with-a-goal", test_compared_with_a_goal },
    { "/widget-data/parts-are-of-a-whole", test_parts_are_of_a_whole },
    { "/widget-data/a-pivot-is-exact", test_a_pivot_is_exact },
    { "/widget-data/who-leads-has-most", test_who_leads_has_most },
    { "/widget-data/days-of-four-centuries", test_days_of_four_centuries },
    { "/widget-data/a-part-has-no-total", test_a_part_has_no_total },
    { "/widget-data/a-table-has-measures-of-many-units", test_a_table_has_measures_of_many_units },
    { "/widget-data/two-measures-make-points", test_two_measures_make_points },
    { "/widget-data/what-is-wrong-is-said-inside", test_what_is_wrong_is_said_inside },
  };

  /* Dates as they are stored, whatever the language of the one who runs it */
  g_setenv ("LANGUAGE", "C", TRUE);
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, WidgetFixture, NULL, widget_fixture_set_up, tests[i].run, widget_fixture_tear_down);

  return g_test_run ();
}
