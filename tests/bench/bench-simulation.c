/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A workflow that is only simulated: ten thousand contacts over ninety days, with a split, tasks, waits, a
 * condition, a change of fields and something that is waited for, for half of them in vain. Once into the
 * future with imagined events, and once over the last ninety days, with what the log tells of them.
 *
 * CPT_BENCH_ROWS sets another number of contacts. */

#include "config.h"

#include <glib/gstdio.h>
#include <stdlib.h>

#include "bench-job.h"
#include "cpt-date.h"
#include "cpt-json.h"
#include "cpt-transaction.h"
#include "cpt-workflow-simulation.h"
#include "cpt-workspace.h"

#define DEFAULT_ROWS 10000
#define SLICE 1000
#define N_DAYS 90
#define DAY (G_TIME_SPAN_DAY)
#define MAX_S 10.0
#define MAX_MEMORY 200.0

static const char drawing[] =
  "{\"nodes\":["
  "{\"id\":\"s\",\"kind\":\"record_created\",\"settings\":{\"entity\":\"contact\"}},"
  "{\"id\":\"ab\",\"kind\":\"split\",\"settings\":{\"branches\":[{\"id\":\"a\",\"weight\":1},{\"id\":\"b\",\"weight\":1}]}},"
  "{\"id\":\"t\",\"kind\":\"create_task\",\"settings\":{\"title\":\"Call {{last_name}}\",\"due\":{\"amount\":2,\"unit\":\"days\"}}},"
  "{\"id\":\"w1\",\"kind\":\"wait\",\"settings\":{\"for\":{\"amount\":7,\"unit\":\"days\"}}},"
  "{\"id\":\"i\",\"kind\":\"if\",\"settings\":{\"where\":{\"field\":\"job_title\",\"op\":\"is-empty\"}}},"
  "{\"id\":\"c\",\"kind\":\"change_fields\",\"settings\":{\"values\":{\"job_title\":\"Buyer\"}}},"
  "{\"id\":\"f\",\"kind\":\"wait_for\",\"settings\":{\"branches\":[{\"id\":\"d\",\"where\":"
  "{\"field\":\"job_title\",\"op\":\"is\",\"value\":\"Director\"}}],\"timeout\":{\"amount\":30,\"unit\":\"days\"}}},"
  "{\"id\":\"t2\",\"kind\":\"create_task\",\"settings\":{\"title\":\"Write to {{last_name}}\"}},"
  "{\"id\":\"w2\",\"kind\":\"wait\",\"settings\":{\"for\":{\"amount\":1,\"unit\":\"months\"}}},"
  "{\"id\":\"e\",\"kind\":\"end\",\"settings\":{\"label\":\"Done\"}},"
  "{\"id\":\"g\",\"kind\":\"end\",\"settings\":{\"label\":\"Director\"}}],"
  "\"connections\":[{\"from\":\"s\",\"outcome\":\"next\",\"to\":\"ab\"},"
  "{\"from\":\"ab\",\"outcome\":\"a\",\"to\":\"t\"},{\"from\":\"ab\",\"outcome\":\"b\",\"to\":\"w1\"},"
  "{\"from\":\"t\",\"outcome\":\"next\",\"to\":\"w1\"},{\"from\":\"w1\",\"outcome\":\"next\",\"to\":\"i\"},"
  "{\"from\":\"i\",\"outcome\":\"yes\",\"to\":\"c\"},{\"from\":\"i\",\"outcome\":\"no\",\"to\":\"f\"},"
  "{\"from\":\"c\",\"outcome\":\"next\",\"to\":\"f\"},{\"from\":\"f\",\"outcome\":\"d\",\"to\":\"g\"},"
  "{\"from\":\"f\",\"outcome\":\"timeout\",\"to\":\"t2\"},{\"from\":\"t2\",\"outcome\":\"next\",\"to\":\"w2\"},"
  "{\"from\":\"w2\",\"outcome\":\"next\",\"to\":\"e\"}]}";

/* Contacts, and for each second one a change later: what happened in the last ninety days */
static GArray *
fill (CptDatabase *database,
      guint        n_rows)
{
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (CptUuid), n_rows);
  CptSchema *schema = cpt_database_get_schema (database);
  const CptEntity *entity = cpt_schema_find_entity (schema, "contact");
  const CptField *title = cpt_entity_find_field (entity, "job_title");
  g_auto(CptValue) director = CPT_VALUE_INIT;
  g_autoptr(GError) error = NULL;

  cpt_value_set_text (&director, "Director");
  for (guint first = 0; first < n_rows; first += SLICE)
    {
      g_autoptr(CptTransaction) made = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
      g_autoptr(CptTransaction) changed = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);

      for (guint i = first; i < MIN (first + SLICE, n_rows); i++)
        {
          g_autoptr(CptRecord) record = cpt_record_new (schema, entity);
          g_autofree char *name = g_strdup_printf ("Martin-%u", i);

          cpt_uuid_generate (&record->id, cpt_database_get_now (database) / 1000);
          cpt_record_set_text (record, "last_name", name);
          cpt_transaction_create_fresh (made, record);
          g_array_append_val (ids, record->id);
          if (i % 2 == 0)
            cpt_transaction_set (changed, entity, &record->id, title, &director);
        }
      cpt_database_commit (database, made, NULL, NULL, &error);
      g_assert_no_error (error);
      cpt_database_commit (database, changed, NULL, NULL, &error);
      g_assert_no_error (error);
    }

  return ids;
}

static CptSimulationPlan *
create_plan (void)
{
  g_autoptr(JsonNode) root = cpt_json_parse (drawing, -1, NULL);

  return cpt_simulation_plan_new (cpt_workflow_parse (root, NULL));
}

static void
bench (CptDatabase             *database,
       const CptSimulationPlan *plan,
       guint                    n_rows,
       const char              *what)
{
  gint64 begun = g_get_monotonic_time ();
  g_autoptr(GError) error = NULL;
  g_autoptr(CptSimulation) result = cpt_workflow_simulate (database, plan, NULL, &error);
  double taken = (double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC;

  g_assert_no_error (error);
  g_assert_cmpuint (result->n_runs, ==, n_rows);
  g_print ("BENCH\tsimulation: %u records over %u days, %s (%u steps, %u effects)\t%.2f s\t%.0f s\t%s\n", n_rows, N_DAYS, what,
           (guint) result->n_steps, (guint) result->n_effects, taken, MAX_S, taken <= MAX_S ? "ok" : "slow");
}

static JsonNode *
create_list (JsonArray *array)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, array);

  return node;
}

static JsonNode *
imagine (GArray *ids)
{
  JsonArray *events = json_array_new ();

  for (guint i = 0; i < ids->len; i += 2)
    {
      JsonObject *event = json_object_new ();
      JsonObject *after = json_object_new ();
      JsonObject *values = json_object_new ();
      g_autofree char *id = cpt_uuid_dup_text (&g_array_index (ids, CptUuid, i));

      json_object_set_int_member (after, "amount", 10 + i % 20);
      json_object_set_string_member (after, "unit", "days");
      json_object_set_string_member (values, "job_title", "Director");
      json_object_set_object_member (event, "after", after);
      json_object_set_object_member (event, "values", values);
      json_object_set_string_member (event, "record", id);
      json_array_add_object_element (events, event);
    }

  return create_list (events);
}

/* In a process of its own, on a connection that can only read */
static gint64
work (const char *path,
      int         job,
      guint       n_rows)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptDatabase) writer = cpt_workspace_open_database (path, CPT_OPEN_WRITE, NULL, &error);
  g_autoptr(CptDatabase) database = NULL;
  g_autoptr(CptSimulationPlan) plan = create_plan ();
  g_autoptr(GArray) ids = NULL;

  g_assert_no_error (error);
  ids = fill (writer, n_rows);
  database = cpt_workspace_open_database (path, CPT_OPEN_READ, NULL, &error);
  g_assert_no_error (error);

  plan->until = cpt_database_get_now (database) + DAY;
  plan->from = plan->until - N_DAYS * DAY;
  bench (database, plan, n_rows, "as the log tells them");

  plan->from = plan->until;
  plan->until += N_DAYS * DAY;
  plan->subjects = g_array_ref (ids);
  plan->events = imagine (ids);
  bench (database, plan, n_rows, "with imagined events");

  return 0;
}

int
main (void)
{
  const char *wanted = g_getenv ("CPT_BENCH_ROWS");
  guint n_rows = wanted != NULL ? (guint) g_ascii_strtoull (wanted, NULL, 10) : DEFAULT_ROWS;
  g_autofree char *folder = g_dir_make_tmp ("cpt-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "simulation.comptoir", NULL);
  BenchJob job;
  BenchUsage usage;

  bench_workspace_create (path);
  job = bench_job_start (work, path, 0, n_rows);
  usage = bench_job_wait (&job);
  g_print ("BENCH\tsimulation: memory with %u records\t%.0f MiB\t%.0f MiB\t%s\n", n_rows, usage.memory, MAX_MEMORY,
           usage.memory <= MAX_MEMORY ? "ok" : "slow");

  bench_workspace_remove (path);
  g_rmdir (folder);

  return EXIT_SUCCESS;
}
