/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers of widgets under the filters of a dashboard, and what marks stand
 * for as filters of the others. */
#include "config.h"

#include "cpt-dashboard-filter.h"
#include "cpt-json.h"
#include "cpt-transaction.h"
#include "widget-fixture.h"

#define COUNT "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}]}"
#define BY_MONTH "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}],\"dimensions\":[{\"field\":\"closed_on\",\"bucket\":\"month\"}]}"
#define BY_SOURCE "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}],\"dimensions\":[{\"field\":\"source\"}],\"order\":[{\"dimension\":0}]}"

static CptWidgetData *
read_filtered (const WidgetFixture *fixture,
               const char          *kind,
               const char          *query,
               const char          *filters)
{
  g_autoptr(CptDashboard) dashboard = cpt_dashboard_new ("");
  g_autoptr(JsonNode) node = cpt_json_parse (query, -1, NULL);
  g_autoptr(JsonNode) list = filters != NULL ? cpt_json_parse (filters, -1, NULL) : NULL;
  g_autoptr(JsonNode) options = cpt_json_parse ("{\"steps\":\"reached\"}", -1, NULL);

  return cpt_widget_data_read_filtered (fixture->database,
                                        cpt_dashboard_add_widget (dashboard, "a", kind, "", node,
                                                                  json_node_get_object (options), NULL),
                                        list);
}

static void
assert_total (const WidgetFixture *fixture,
              const char          *query,
              const char          *filters,
              double               total,
              const char          *note)
{
  g_autoptr(CptWidgetData) data = read_filtered (fixture, "number", query, filters);
  CptChartData *chart = cpt_widget_data_get_chart (data);

  g_assert_null (chart->error);
  g_assert_cmpfloat (cpt_chart_data_get_total (chart), ==, total);
  g_assert_cmpstr (chart->note, ==, note);
}

static void
test_numbers_are_filtered (WidgetFixture *fixture,
                           gconstpointer  unused)
{
  assert_total (fixture, COUNT, NULL, 7, NULL);
  assert_total (fixture, COUNT, "[{\"source\":\"deal\",\"field\":\"source\",\"op\":\"is\",\"value\":\"website\"}]", 2, NULL);
  assert_total (fixture, COUNT, "[{\"source\":\"lead\",\"field\":\"source\",\"op\":\"in\",\"value\":[\"website\",\"event\"]}]", 3, NULL);
  assert_total (fixture, COUNT, "[{\"period\":{\"this\":\"month\"}}]", 7, "Not filtered by Period.");
  assert_total (fixture, COUNT,
                "[{\"period\":{\"this\":\"month\"}},{\"source\":\"lead\",\"field\":\"score\",\"op\":\"is\",\"value\":3}]", 7,
                "Not filtered by Period, Score.");
  assert_total (fixture, "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}],\"where\":{\"field\":\"closed_on\",\"op\":\"within\",\"value\":{\"this\":\"day\"}}}",
                "[{\"period\":{\"from\":\"2026-10-01\",\"to\":\"2026-10-31\"}}]", 3, NULL);
  assert_total (fixture, "{\"metric\":\"deals\",\"date\":\"closed_on\",\"period\":{\"this\":\"month\"}}",
                "[{\"period\":{\"previous\":\"month\"}}]", 3, NULL);
  assert_total (fixture, "{\"metric\":\"deals\",\"date\":\"closed_on\",\"period\":{\"this\":\"month\"}}",
                "[{\"period\":\"all\"}]", 7, NULL);
}

static void
assert_title (const WidgetFixture *fixture,
              const char          *title,
              const char          *query,
              const char          *filters,
              const char          *shown)
{
  g_autoptr(CptDashboard) dashboard = cpt_dashboard_new ("");
  g_autoptr(JsonNode) node = cpt_json_parse (query, -1, NULL);
  g_autoptr(JsonNode) list = filters != NULL ? cpt_json_parse (filters, -1, NULL) : NULL;
  g_autoptr(CptWidgetData) data = NULL;

  cpt_dashboard_add_widget (dashboard, "a", "number", title, node, NULL, NULL);
  data = cpt_widget_data_read_filtered (fixture->database, cpt_dashboard_get_widget (dashboard, 0), list);
  g_assert_cmpstr (cpt_widget_data_get_chart (data)->title, ==, shown);
  /* A number has no trend to be told, whatever its options are called */
  g_assert_cmpuint (cpt_widget_data_get_chart (data)->findings->len, ==, 0);
}

/* What is typed stays; that it is about another time is said */
static void
test_titles_say_which_period_counts (WidgetFixture *fixture,
                                     gconstpointer  unused)
{
  static const char *const month = "{\"metric\":\"deals\",\"period\":{\"this\":\"month\"}}";
  static const char *const compared = "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}],"
                                      "\"compare\":{\"field\":\"closed_on\",\"period\":{\"this\":\"month\"}}}";
  static const char *const year = "[{\"period\":{\"from\":\"2025-01-01\",\"to\":\"2025-12-31\"}}]";
  static const char *const within = "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}],\"where\":"
                                    "{\"field\":\"closed_on\",\"op\":\"within\",\"value\":{\"this\":\"month\"}}}";
  static const char *const two = "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}],\"where\":{\"all\":["
                                 "{\"field\":\"stage\",\"op\":\"is_set\"},"
                                 "{\"field\":\"closed_on\",\"op\":\"within\",\"value\":{\"this\":\"month\"}}]}}";
  static const char *const source = "[{\"source\":\"deal\",\"field\":\"source\",\"op\":\"is\",\"value\":\"website\"}]";
  static const char *const some = "[{\"period\":{\"from\":\"2025-01-02\",\"to\":\"2025-12-31\"}}]";

  assert_title (fixture, "Deals, {period}", month, NULL, "Deals, this month");
  assert_title (fixture, "Deals, {period}", month, year, "Deals, 2025");
  assert_title (fixture, "Deals, {period}", month, "[{\"period\":\"all\"}]", "Deals, all time");
  assert_title (fixture, "Deals this month", month, NULL, "Deals this month");
  assert_title (fixture, "Deals this month", month, year, "Deals this month · 2025");
  assert_title (fixture, "Deals this month", compared, year, "Deals this month · 2025");
  assert_title (fixture, "Deals this month", compared, some, "Deals this month · from 2025-01-02 to 2025-12-31");
  assert_title (fixture, "Deals this month", month, "[{\"period\":{\"this\":\"month\"}}]", "Deals this month");
  /* A filter that is about something else changes no period, however many conditions the widget has of its own. */
  assert_title (fixture, "Deals this month", within, source, "Deals this month");
  assert_title (fixture, "Deals, {period}", within, source, "Deals, this month");
  assert_title (fixture, "Deals this month", two, source, "Deals this month");
  assert_title (fixture, "Deals, {period}", two, source, "Deals, this month");
  assert_title (fixture, "Deals this month", month, source, "Deals this month");
  assert_title (fixture, "", month, year, "");
  assert_title (fixture, "Deals", COUNT, year, "Deals");
}

/* A mark as a filter of another widget gives the records of the mark */
static void
assert_mark (const WidgetFixture *fixture,
             const char          *kind,
             const char          *query,
             int                  category,
             const char          *filters,
             const char          *other,
             double               total)
{
  g_autoptr(CptWidgetData) data = read_filtered (fixture, kind, query, NULL);
  g_autoptr(GPtrArray) conditions = cpt_widget_data_list_conditions (data, 0, category);
  g_autoptr(JsonNode) list = cpt_dashboard_filters_new_for_conditions (conditions);
  g_autofree char *text = list != NULL ? cpt_json_format_canonical (list) : NULL;

  g_assert_cmpstr (text, ==, filters);
  if (other != NULL)
    assert_total (fixture, other, text, total, NULL);
}

static void
test_marks_filter_others (WidgetFixture *fixture,
                          gconstpointer  unused)
{
  assert_mark (fixture, "bar", BY_MONTH, 1, "[{\"period\":{\"from\":\"2026-10-01\",\"to\":\"2026-10-31\"}}]",
               "{\"metric\":\"deals\",\"date\":\"closed_on\"}", 3);
  assert_mark (fixture, "bar", BY_SOURCE, 0,
               "[{\"field\":\"source\",\"op\":\"is\",\"source\":\"deal\",\"value\":\"website\"}]", COUNT, 2);
  /* Who reached a step is at it or behind it */
  assert_mark (fixture, "funnel", "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}],\"dimensions\":[{\"field\":\"source\"}],"
                                  "\"where\":{\"field\":\"source\",\"op\":\"in\",\"value\":[\"website\",\"referral\"]},\"order\":[{\"dimension\":0}]}",
               0,
               "[{\"field\":\"source\",\"op\":\"in\",\"source\":\"deal\",\"value\":[\"website\",\"referral\"]}]", COUNT, 4);
  assert_mark (fixture, "number", COUNT, -1, NULL, NULL, 0);
  assert_mark (fixture, "bar", BY_SOURCE, 99, NULL, NULL, 0);
}

/* With its text fields, and links to others */
static CptUuid
add_record (const WidgetFixture *fixture,
            const char          *entity,
            const char          *name,
            const char          *choice,
            const char          *link,
            const CptUuid       *target)
{
  CptSchema *schema = cpt_database_get_schema (fixture->database);
  g_autoptr(CptRecord) record = cpt_record_new (schema, cpt_schema_find_entity (schema, entity));
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_COMMAND, "Record");
  g_autoptr(GError) error = NULL;
  gboolean is_lead = g_str_equal (entity, "lead");

  cpt_uuid_generate (&record->id, cpt_database_get_now (fixture->database) / 1000);
  cpt_record_set_text (record, "name", name);
  if (choice != NULL)
    cpt_record_set_text (record, is_lead ? "status" : "kind", choice);
  if (link != NULL)
    cpt_record_set_id (record, link, target);
  cpt_transaction_create (transaction, record);
  cpt_database_commit (fixture->database, transaction, NULL, NULL, &error);
  g_assert_no_error (error);

  return record->id;
}

static void
assert_step (CptWidgetData *data,
             guint          step,
             const char    *label,
             double         value)
{
  CptChartData *chart = cpt_widget_data_get_chart (data);
  g_autofree char *shown = cpt_chart_data_dup_label (chart, step);

  g_assert_cmpstr (shown, ==, label);
  g_assert_cmpfloat (cpt_chart_data_get_value (chart, 0, step), ==, value);
}

/* What was lost counts at the first step; what nobody stands at is a step too */
static void
test_funnels_count_what_was_lost (WidgetFixture *fixture,
                                  gconstpointer  unused)
{
  static const char *const statuses[] = { "contacted", "qualified", "lost", "lost" };
  g_autoptr(CptWidgetData) data = NULL;
  CptChartData *chart;

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    add_record (fixture, "lead", "Lead", statuses[i], NULL, NULL);

  data = read_filtered (fixture, "funnel", "{\"metric\":\"leads\",\"dimensions\":[{\"field\":\"status\"}],\"order\":[{\"dimension\":0}]}", NULL);
  chart = cpt_widget_data_get_chart (data);
  g_assert_null (chart->error);
  g_assert_cmpuint (cpt_chart_data_get_n_categories (chart), ==, 4);
  assert_step (data, 0, "New", 4);
  assert_step (data, 1, "Contacted", 2);
  assert_step (data, 2, "Qualified", 1);
  assert_step (data, 3, "Converted", 0);
  g_assert_cmpstr (chart->note, ==, "Lost: 2. How far they had come is not known; only the first step counts them.");
}

#define BY_STAGE "\"measures\":[{\"agg\":\"count\"}],\"dimensions\":[{\"field\":\"stage\"}],\"order\":[{\"dimension\":0}]}"

static void
test_stages_are_steps (WidgetFixture *fixture,
                       gconstpointer  unused)
{
  static const char *const kinds[] = { "open", "open", "won", "lost" };
  CptUuid pipeline = add_record (fixture, "pipeline", "Sales", NULL, NULL, NULL);
  CptUuid other = add_record (fixture, "pipeline", "Others", NULL, NULL, NULL);
  CptUuid stages[G_N_ELEMENTS (kinds)];
  g_autoptr(CptWidgetData) data = NULL;
  g_autoptr(CptWidgetData) rest = NULL;

  add_record (fixture, "stage", "Elsewhere", "open", "pipeline", &other);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *stage = g_strdup_printf ("Stage %u", i);

      stages[i] = add_record (fixture, "stage", stage, kinds[i], "pipeline", &pipeline);
    }
  add_record (fixture, "deal", "In the middle", NULL, "stage", &stages[1]);
  add_record (fixture, "deal", "Gone", NULL, "stage", &stages[3]);

  data = read_filtered (fixture, "funnel", "{\"source\":\"deal\",\"where\":{\"field\":\"stage\",\"op\":\"is-not-empty\"}," BY_STAGE, NULL);
  g_assert_cmpuint (cpt_chart_data_get_n_categories (cpt_widget_data_get_chart (data)), ==, 3);
  assert_step (data, 0, "Stage 0", 2);
  assert_step (data, 1, "Stage 1", 1);
  assert_step (data, 2, "Stage 2", 0);
  /* A step leads to what it counts */
  g_assert_cmpint (widget_fixture_count (fixture, data, 0, 0), ==, 2);
  g_assert_cmpint (widget_fixture_count (fixture, data, 0, 1), ==, 1);
  g_assert_cmpint (widget_fixture_count (fixture, data, 0, 2), ==, -1);
  g_assert_cmpstr (cpt_widget_data_get_chart (data)->note, ==,
                   "Lost: 1. How far they had come is not known; only the first step counts them.");

  /* Who asks for the rest only is told */
  rest = read_filtered (fixture, "funnel",
                        "{\"source\":\"deal\",\"where\":{\"all\":[{\"field\":\"stage\",\"op\":\"is-not-empty\"},"
                        "{\"field\":\"stage.kind\",\"op\":\"is-not\",\"value\":\"lost\"}]}," BY_STAGE,
                        NULL);
  assert_step (rest, 0, "Stage 0", 1);
  g_assert_cmpstr (cpt_widget_data_get_chart (rest)->note, ==, "What was lost is left out: the shares are of the rest.");
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("LANGUAGE", "C", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/widget-filter/numbers-are-filtered", WidgetFixture, NULL, widget_fixture_set_up, test_numbers_are_filtered,
              widget_fixture_tear_down);
  g_test_add ("/widget-filter/marks-filter-others", WidgetFixture, NULL, widget_fixture_set_up, test_marks_filter_others,
              widget_fixture_tear_down);
  g_test_add ("/widget-filter/titles-say-which-period-counts", WidgetFixture, NULL, widget_fixture_set_up,
              test_titles_say_which_period_counts, widget_fixture_tear_down);

  g_test_add ("/widget-filter/funnels-count-what-was-lost", WidgetFixture, NULL, widget_fixture_set_up,
              test_funnels_count_what_was_lost, widget_fixture_tear_down);
  g_test_add ("/widget-filter/stages-are-steps", WidgetFixture, NULL, widget_fixture_set_up, test_stages_are_steps,
              widget_fixture_tear_down);

  return g_test_run ();
}
