/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A line gets its trend from the room insight, put where its months are. */

#include "config.h"

#include "cpt-widget-data.h"

#include <locale.h>
#include <string.h>

#include "cpt-chart-kind.h"
#include "cpt-forecast.h"
#include "query-fixture.h"

/* January 2024 to October 2026 are over; it is 21 November. */
#define N_MONTHS 34
#define ALL "{\"trend\":true,\"forecast\":true,\"unusual\":true}"
#define MONTHS "\"dimensions\":[{\"field\":\"closed_on\",\"bucket\":\"month\",\"fill\":true}]"
#define SUM "\"measures\":[{\"agg\":\"sum\",\"field\":\"amount\"}]"

static double
get_amount (guint month)
{
  static const double around[] = { 2, -1, 0, -2, 1 };

  return 100 + 3.0 * month + around[month % 5] + (month == 20 ? 90 : 0);
}

static void
add_deal (QueryFixture *fixture,
          gint64        day,
          double        amount)
{
  g_autoptr(CptRecord) record = cpt_record_new (fixture->schema, fixture->deal);
  g_auto(CptValue) value = CPT_VALUE_INIT;

  cpt_record_set_text (record, "name", "Deal");
  cpt_record_set_integer (record, "closed_on", day);
  cpt_value_set_money (&value, (gint64) (amount * 100), "EUR");
  cpt_record_set (record, cpt_entity_find_field (fixture->deal, "amount"), &value);
  query_fixture_create (fixture, record, NULL);
}

static void
fixture_set_up (QueryFixture  *fixture,
                gconstpointer  data)
{
  query_fixture_set_up (fixture, 7, 0);
  for (guint i = 0; i < N_MONTHS; i++)
    add_deal (fixture, cpt_date_add_months (cpt_date_from_ymd (2024, 1, 15), (int) i), get_amount (i));
  add_deal (fixture, cpt_date_from_ymd (2026, 11, 3), 50);
}

static void
fixture_tear_down (QueryFixture  *fixture,
                   gconstpointer  data)
{
  query_fixture_tear_down (fixture);
}

static CptChartData *
read_chart (QueryFixture *fixture,
            const char   *kind,
            const char   *query,
            const char   *options)
{
  g_autoptr(JsonNode) node = cpt_json_parse (options, -1, NULL);
  g_autoptr(JsonNode) question = cpt_json_parse (query, -1, NULL);
  CptWidget widget = { .title = (char *) "Won", .kind = (char *) kind, .query = question, .options = json_node_get_object (node) };
  g_autoptr(CptWidgetData) data = cpt_widget_data_read (fixture->database, &widget);

  return cpt_chart_data_ref (cpt_widget_data_get_chart (data));
}

static CptForecast *
create_forecast (void)
{
  double values[N_MONTHS];
  g_autoptr(CptTimeSeries) series = NULL;

  for (guint i = 0; i < N_MONTHS; i++)
    values[i] = 100 * get_amount (i);
  series = cpt_time_series_new (CPT_BUCKET_MONTH, cpt_date_from_ymd (2024, 1, 1), values, N_MONTHS);

  return cpt_forecast_new (series, TRUE, 5000, NULL);
}

static const char *
get_finding (CptChartData *chart,
             guint         index)
{
  g_assert_cmpuint (index, <, chart->findings->len);

  return g_ptr_array_index (chart->findings, index);
}

/* @from: the month that is the first category */
static void
assert_trend (CptChartData *chart,
              guint         from)
{
  g_autoptr(CptForecast) forecast = create_forecast ();
  double low, high, mean = 0;

  g_assert_null (chart->error);
  g_assert_cmpuint (cpt_chart_data_get_n_categories (chart), ==, N_MONTHS + 2 - from);
  g_assert_cmpuint (cpt_chart_data_get_n_series (chart), ==, 3);

  for (guint i = 0; i < 2; i++)
    {
      guint category = N_MONTHS + i - from;

      g_assert_true (cpt_chart_data_is_forecast (chart, 1, category));
      g_assert_cmpfloat_with_epsilon (cpt_chart_data_get_value (chart, 1, category), forecast->expected[i], 1e-6);
      g_assert_true (cpt_chart_data_get_band (chart, 1, category, &low, &high));
      g_assert_cmpfloat_with_epsilon (low, forecast->low[i], 1e-6);
      g_assert_cmpfloat_with_epsilon (high, forecast->high[i], 1e-6);
    }
  g_assert_false (cpt_chart_data_is_forecast (chart, 1, N_MONTHS - 1 - from));
  /* What runs is what there is of it, and is no part of the average. */
  g_assert_cmpfloat (cpt_chart_data_get_value (chart, 0, N_MONTHS - from), ==, 5000);
  g_assert_true (isnan (cpt_chart_data_get_value (chart, 2, N_MONTHS - from)));
  for (guint i = 0; i < 12; i++)
    mean += 100 * get_amount (N_MONTHS - 12 + i) / 12;
  g_assert_cmpfloat_with_epsilon (cpt_chart_data_get_value (chart, 2, N_MONTHS - 1 - from), mean, 1e-6);
}

static void
test_line (QueryFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr(CptChartData) chart = read_chart (fixture, "line", "{\"source\":\"deal\"," SUM "," MONTHS "}", ALL);
  g_autofree char *sentence = NULL;

  assert_trend (chart, 0);
  g_assert_cmpint (cpt_chart_data_get_flag (chart, 0, 20), ==, CPT_CHART_FLAG_HIGH);
  g_assert_cmpint (cpt_chart_data_get_flag (chart, 0, 19), ==, CPT_CHART_FLAG_NONE);
  g_assert_true (g_str_has_prefix (get_finding (chart, 0), "2026: €2,"));
  g_assert_nonnull (strstr (get_finding (chart, 1), "last 12 months"));
  g_assert_cmpstr (get_finding (chart, 2), ==, "Unusual: Sep 2025 (high).");

  sentence = cpt_chart_dup_summary (&(CptChart){ .kind = cpt_chart_kind_find ("line"), .data = chart });
  g_assert_nonnull (strstr (sentence, get_finding (chart, 0)));
  g_assert_nonnull (strstr (sentence, get_finding (chart, 2)));
}

/* The period of a chart is what it shows, not what its trend is made of. */
static void
test_period (QueryFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr(CptChartData) chart =
    read_chart (fixture, "line",
                "{\"source\":\"deal\"," SUM "," MONTHS ",\"where\":{\"all\":[{\"field\":\"closed_on\",\"op\":\"within\","
                "\"value\":{\"this\":\"year\"}},{\"field\":\"name\",\"op\":\"is\",\"value\":\"Deal\"}]}}",
                ALL);

  assert_trend (chart, 24);
  /* What is unusual but not shown is not told. */
  g_assert_cmpuint (chart->findings->len, ==, 2);
}

static void
test_refusals (QueryFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr(CptChartData) days =
    read_chart (fixture, "line",
                "{\"source\":\"deal\"," SUM ",\"dimensions\":[{\"field\":\"closed_on\",\"bucket\":\"day\"}]}", ALL);
  g_autoptr(CptChartData) lines =
    read_chart (fixture, "line",
                "{\"source\":\"deal\"," SUM ",\"dimensions\":[{\"field\":\"closed_on\",\"bucket\":\"month\"},{\"field\":\"amount\"}]}",
                ALL);
  g_autoptr(CptChartData) few =
    read_chart (fixture, "line",
                "{\"source\":\"deal\"," SUM "," MONTHS ",\"where\":{\"field\":\"closed_on\",\"op\":\"greater\",\"value\":\"2026-03-01\"}}",
                ALL);
  g_autoptr(CptChartData) bars = read_chart (fixture, "bar", "{\"source\":\"deal\"," SUM "," MONTHS "}", ALL);
  g_autoptr(CptChartData) off = read_chart (fixture, "line", "{\"source\":\"deal\"," SUM "," MONTHS "}", "{}");

  g_assert_nonnull (strstr (get_finding (days, 0), "week, month or quarter"));
  g_assert_nonnull (strstr (get_finding (lines, 0), "one line"));
  g_assert_nonnull (strstr (get_finding (few, 0), "two years"));
  g_assert_nonnull (strstr (get_finding (few, 1), "twelve months"));
  g_assert_cmpuint (cpt_chart_data_get_n_series (few), ==, 1);
  g_assert_cmpuint (bars->findings->len, ==, 0);
  g_assert_cmpuint (off->findings->len, ==, 0);
  g_assert_cmpuint (cpt_chart_data_get_n_series (off), ==, 1);
}

/* Three of four deals of this year; it is 21 November, of 261 working days 232 are over. */
static void
test_goals (QueryFixture  *fixture,
            gconstpointer  data)
{
  const CptEntity *entity = cpt_schema_find_entity (fixture->schema, "goal");
  g_autoptr(CptRecord) record = cpt_record_new (fixture->schema, entity);
  g_autoptr(CptChartData) chart = NULL;
  g_autoptr(CptChartData) teams = NULL;
  g_autoptr(CptWidgetData) numbers = NULL;
  g_autoptr(CptFilter) filter = NULL;
  const CptWidget widget = { .title = (char *) "Goals", .kind = (char *) "goals" };
  const CptChartItem *item;

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(CptRecord) deal = cpt_record_new (fixture->schema, fixture->deal);

      cpt_record_set_text (deal, "name", "Deal");
      cpt_record_set_integer (deal, "opened_on", cpt_date_from_ymd (2026, 3, 1 + (int) i));
      query_fixture_create (fixture, deal, NULL);
    }
  cpt_record_set_text (record, "name", "Goal");
  cpt_record_set_text (record, "metric", "deals_opened");
  cpt_record_set_integer (record, "target", 400);
  cpt_record_set_text (record, "period", "year");
  cpt_record_set_integer (record, "starts_on", cpt_date_from_ymd (2026, 1, 1));
  query_fixture_create (fixture, record, NULL);

  numbers = cpt_widget_data_read (fixture->database, &widget);
  chart = cpt_chart_data_ref (cpt_widget_data_get_chart (numbers));
  g_assert_cmpuint (chart->items->len, ==, 1);
  item = g_ptr_array_index (chart->items, 0);
  g_assert_cmpstr (item->title, ==, "Everybody, Deals opened");
  g_assert_cmpstr (item->when, ==, "Behind");
  g_assert_true (g_str_has_prefix (item->detail, "2026: 3 of 4, "));
  g_assert_cmpfloat_with_epsilon (cpt_chart_data_get_value (chart, 0, 0), 0.75, 1e-9);
  g_assert_cmpfloat_with_epsilon (cpt_chart_data_get_value (chart, 1, 0), 232.0 / 261, 1e-9);
  /* A mark leads to what counts for its goal. */
  filter = cpt_widget_data_dup_filter (numbers, 0, 0);
  g_assert_nonnull (filter);
  g_assert_true (cpt_filter_get_entity (filter) == fixture->deal);

  teams = read_chart (fixture, "goals", "null", "{\"whose\":\"teams\"}");
  g_assert_true (teams->items == NULL);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/widget-outlook/goes-on-to-the-end-of-the-year", QueryFixture, NULL, fixture_set_up, test_line, fixture_tear_down);
  g_test_add ("/widget-outlook/is-made-of-all-time", QueryFixture, NULL, fixture_set_up, test_period, fixture_tear_down);
  g_test_add ("/widget-outlook/says-why-there-is-none", QueryFixture, NULL, fixture_set_up, test_refusals, fixture_tear_down);

  g_test_add ("/widget-outlook/shows-how-far-goals-are", QueryFixture, NULL, fixture_set_up, test_goals, fixture_tear_down);

  return g_test_run ();
}
