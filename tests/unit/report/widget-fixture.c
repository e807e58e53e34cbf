/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A workspace with seven deals. */
#include "config.h"

#include "widget-fixture.h"

#include <glib/gstdio.h>

#include "cpt-json.h"
#include "cpt-transaction.h"

/* 2026-11-21T09:30:00Z */
#define NOW G_GINT64_CONSTANT (1795253400000000)

static const struct
{
  const char *name;
  const char *source;
  gint64 amount;
  const char *currency;
  int month; /* of 2026 in which it was closed; 0: not closed */
} deals[] = {
  { "A", "website", 100000, "EUR", 9 },
  { "B", "website", 250050, "EUR", 10 },
  { "C", "referral", 70000, "EUR", 10 },
  { "D", "event", 999, "USD", 10 },
  { "E", "referral", 5000, "EUR", 11 },
  { "F", NULL, 40000, "EUR", 0 },
  { "G", "partner", 0, NULL, 0 },
};

static void
set_field (CptRecord  *record,
           const char *field,
           CptValue    value)
{
  cpt_record_take (record, cpt_entity_find_field (cpt_record_get_entity (record), field), value);
}

static void
add_deal (CptDatabase    *database,
          CptTransaction *transaction,
          guint           index)
{
  CptSchema *schema = cpt_database_get_schema (database);
  g_autoptr(CptRecord) record = cpt_record_new (schema, cpt_schema_find_entity (schema, "deal"));
  CptValue value = CPT_VALUE_INIT;

  cpt_value_set_text (&value, deals[index].name);
  set_field (record, "name", cpt_value_steal (&value));
  cpt_value_set_text (&value, deals[index].source);
  set_field (record, "source", cpt_value_steal (&value));
  if (deals[index].currency != NULL)
    cpt_value_set_money (&value, deals[index].amount, deals[index].currency);
  set_field (record, "amount", cpt_value_steal (&value));
  if (deals[index].month > 0)
    cpt_value_set_integer (&value, cpt_date_from_ymd (2026, deals[index].month, 15));
  set_field (record, "closed_on", cpt_value_steal (&value));
  cpt_transaction_create (transaction, record);
}

void
widget_fixture_set_up (WidgetFixture *fixture,
                       gconstpointer  unused)
{
  CptDatabaseConfig config = { 0 };
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_COMMAND, "Deals");
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("cpt-widget-XXXXXX", &error);

  g_assert_no_error (error);
  fixture->path = g_build_filename (folder, "test.comptoir", NULL);
  fixture->clock = cpt_clock_new_virtual (NOW);
  config.clock = fixture->clock;
  fixture->database = cpt_database_open (fixture->path, CPT_OPEN_CREATE, &config, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (deals); i++)
    add_deal (fixture->database, transaction, i);
  cpt_database_commit (fixture->database, transaction, NULL, NULL, &error);
  g_assert_no_error (error);
}

void
widget_fixture_tear_down (WidgetFixture *fixture,
                          gconstpointer  unused)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autoptr(GDir) dir = NULL;
  const char *name;

  cpt_database_close (fixture->database);
  g_object_unref (fixture->clock);
  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
  g_free (fixture->path);
}

CptWidgetData *
widget_fixture_read_with (const WidgetFixture *fixture,
                          const char          *kind,
                          const char          *query,
                          const char          *options)
{
  g_autoptr(CptDashboard) dashboard = cpt_dashboard_new ("Test");
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(JsonNode) chosen = NULL;
  g_autoptr(GError) error = NULL;

  if (query != NULL)
    node = cpt_json_parse (query, -1, &error);
  g_assert_no_error (error);
  if (options != NULL)
    chosen = cpt_json_parse (options, -1, &error);
  g_assert_no_error (error);
  cpt_dashboard_add_widget (dashboard, "w", kind, "Widget", node, chosen != NULL ? json_node_get_object (chosen) : NULL, NULL);

  return cpt_widget_data_read (fixture->database, cpt_dashboard_get_widget (dashboard, 0));
}

CptWidgetData *
widget_fixture_read (const WidgetFixture *fixture,
                     const char          *kind,
                     const char          *query)
{
  return widget_fixture_read_with (fixture, kind, query, NULL);
}

/* How many records a mark leads to; -1: it leads nowhere */
int
widget_fixture_count (const WidgetFixture *fixture,
                      CptWidgetData       *data,
                      int                  series,
                      int                  category)
{
  g_autoptr(CptFilter) filter = cpt_widget_data_dup_filter (data, series, category);
  g_autoptr(CptAggregateSpec) spec = NULL;
  g_autoptr(CptAggregateResult) result = NULL;
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(GError) error = NULL;

  if (filter == NULL)
    return -1;

  node = json_from_string ("{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}]}", NULL);
  json_object_set_member (json_node_get_object (node), "where", cpt_filter_to_json (filter));
  spec = cpt_aggregate_spec_from_json (cpt_database_get_schema (fixture->database), node, &error);
  g_assert_no_error (error);
  result = cpt_aggregate_run (fixture->database, spec, &error);
  g_assert_no_error (error);

  return (int) cpt_aggregate_result_get_measure (result, 0, 0)->number;
}
