/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Workflows that are only simulated: on a connection that can only read and on one that writes, for more
 * records than are kept, and until somebody stops it. */

#include "config.h"

#include <glib/gstdio.h>

#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-log-follow.h"
#include "cpt-rehearsal.h"
#include "cpt-step-counter.h"
#include "cpt-workflow-simulation.h"
#include "cpt-workspace.h"

#define DAY (G_TIME_SPAN_DAY)
#define N_MANY (CPT_SIMULATION_MAX_RUNS + 20)

static const char drawing[] =
  "{\"nodes\":[{\"id\":\"s\",\"kind\":\"by_hand\",\"settings\":{\"entity\":\"contact\"}},"
  "{\"id\":\"t\",\"kind\":\"create_task\",\"settings\":{\"title\":\"Call {{last_name}}\"}},"
  "{\"id\":\"w\",\"kind\":\"wait\",\"settings\":{\"for\":{\"amount\":7,\"unit\":\"days\"}}},"
  "{\"id\":\"h\",\"kind\":\"webhook\",\"settings\":{\"url\":\"https://example.com/{{last_name}}\",\"method\":\"POST\"}},"
  "{\"id\":\"e\",\"kind\":\"end\",\"settings\":{\"label\":\"Done\"}}],"
  "\"connections\":[{\"from\":\"s\",\"outcome\":\"next\",\"to\":\"t\"},{\"from\":\"t\",\"outcome\":\"next\",\"to\":\"w\"},"
  "{\"from\":\"w\",\"outcome\":\"next\",\"to\":\"h\"},{\"from\":\"h\",\"outcome\":\"next\",\"to\":\"e\"}]}";

typedef struct
{
  char *folder;
  char *path;
  CptDatabase *database;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  CptWorkspaceOptions options = { .name = "Test", .zone = "UTC" };
  g_autoptr(GError) error = NULL;

  self->folder = g_dir_make_tmp ("cpt-simulation-XXXXXX", &error);
  self->path = g_build_filename (self->folder, "test.comptoir", NULL);
  g_assert_true (cpt_workspace_create (self->path, &options, &error));
  self->database = cpt_workspace_open_database (self->path, CPT_OPEN_WRITE, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr(GDir) folder = NULL;
  const char *name;

  cpt_database_close (self->database);
  folder = g_dir_open (self->folder, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->path);
}

static CptRecord *
create_contact (CptDatabase *database,
                const char  *name)
{
  CptSchema *schema = cpt_database_get_schema (database);
  CptRecord *record = cpt_record_new (schema, cpt_schema_find_entity (schema, "contact"));

  cpt_record_set_text (record, "last_name", name);

  return record;
}

static void
fill (Fixture *self,
      guint    n)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("Martin-%04u", i);
      g_autoptr(CptRecord) record = create_contact (self->database, name);

      cpt_transaction_create (transaction, record);
    }
  cpt_database_commit (self->database, transaction, NULL, NULL, &error);
  g_assert_no_error (error);
}

static CptSimulationPlan *
create_plan (CptDatabase *database)
{
  g_autoptr(JsonNode) root = cpt_json_parse (drawing, -1, NULL);
  CptSimulationPlan *plan = cpt_simulation_plan_new (cpt_workflow_parse (root, NULL));

  plan->from = cpt_database_get_now (database) + DAY;
  plan->until = plan->from + 30 * DAY;

  return plan;
}

static gint64
get_end (CptDatabase *database)
{
  CptLogCursor cursor;

  g_assert_true (cpt_log_get_end (database, &cursor, NULL));

  return cursor.sequence;
}

/* ------------------------------------------------------------------- rehearsing */

static gboolean
rehearse (CptDatabase  *database,
          gpointer      data,
          GError      **error)
{
  const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (database), "contact");
  CptUuid *id = data;
  g_autoptr(CptRecord) record = create_contact (database, "Only imagined");
  g_autoptr(CptRecord) nameless = cpt_record_new (cpt_database_get_schema (database), entity);
  g_autoptr(CptRecord) found = NULL;
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(CptTransaction) refused = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(GPtrArray) changes = NULL;
  g_autoptr(GError) local_error = NULL;
  gint64 period, count;

  g_assert_true (cpt_database_is_rehearsing (database));
  cpt_rehearsal_set_now (database, 42 * DAY);
  g_assert_cmpint (cpt_database_get_now (database), ==, 42 * DAY);
  cpt_transaction_create (transaction, record);
  g_assert_true (cpt_rehearsal_commit (database, transaction, &changes, error));
  g_assert_cmpuint (changes->len, ==, 1);
  *id = ((const CptRehearsedChange *) g_ptr_array_index (changes, 0))->id;
  found = cpt_database_load (database, entity, id, error);
  g_assert_nonnull (found);
  g_assert_cmpint (found->created_at, ==, 42 * DAY);

  cpt_transaction_create (refused, nameless);
  g_assert_false (cpt_rehearsal_commit (database, refused, NULL, &local_error));
  g_assert_error (local_error, CPT_ERROR, CPT_ERROR_INVALID);
  g_clear_error (&local_error);
  g_assert_false (cpt_database_commit (database, transaction, NULL, NULL, &local_error));
  g_assert_error (local_error, CPT_ERROR, CPT_ERROR_READ_ONLY);

  g_assert_true (cpt_step_counter_write (database, id, "n", 7, 3, error));
  g_assert_true (cpt_step_counter_read (database, id, "n", &period, &count, error));
  g_assert_cmpint (period, ==, 7);
  g_assert_cmpint (count, ==, 3);

  return TRUE;
}

/* Also on a connection that may write, which may do so again afterwards */
static void
test_rehearsal (Fixture       *self,
                gconstpointer  data)
{
  const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (self->database), "contact");
  gint64 sequence = get_end (self->database);
  g_autoptr(CptRecord) found = NULL;
  g_autoptr(GError) error = NULL;
  gint64 period, count;
  CptUuid id;

  g_assert_true (cpt_database_rehearse (self->database, rehearse, &id, &error));
  g_assert_no_error (error);
  g_assert_false (cpt_database_is_rehearsing (self->database));
  g_assert_cmpint (cpt_database_get_now (self->database), !=, 42 * DAY);
  g_assert_cmpint (get_end (self->database), ==, sequence);
  found = cpt_database_load (self->database, entity, &id, &error);
  g_assert_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND);
  g_assert_true (cpt_step_counter_read (self->database, &id, "n", &period, &count, NULL));
  g_assert_cmpint (count, ==, 0);
  fill (self, 1);
}

/* ------------------------------------------------------------------- simulating */

static void
assert_same (const char *path,
             const char *before)
{
  g_autofree char *content = NULL;
  g_autofree char *digest = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) content, length);
  g_assert_cmpstr (digest, ==, before);
}

static char *
dup_digest (const char *path)
{
  g_autofree char *content = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));

  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) content, length);
}

/* More than are kept: all are counted, and the file and its log stay to the byte */
static void
test_many (Fixture       *self,
           gconstpointer  data)
{
  g_autofree char *log_path = g_strconcat (self->path, "-wal", NULL);
  g_autoptr(CptSimulationPlan) plan = NULL;
  g_autoptr(CptSimulation) result = NULL;
  g_autoptr(CptDatabase) reader = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *file = NULL;
  g_autofree char *log = NULL;
  const CptSimulatedNode *waiting;
  const CptSimulatedRun *run;
  const CptSimulatedStep *step;

  fill (self, N_MANY);
  file = dup_digest (self->path);
  log = dup_digest (log_path);
  reader = cpt_workspace_open_database (self->path, CPT_OPEN_READ, NULL, &error);
  g_assert_no_error (error);
  plan = create_plan (reader);
  result = cpt_workflow_simulate (reader, plan, NULL, &error);
  g_assert_no_error (error);
  assert_same (self->path, file);
  assert_same (log_path, log);

  g_assert_cmpuint (result->n_runs, ==, N_MANY);
  g_assert_cmpuint (result->n_ended, ==, N_MANY);
  g_assert_cmpuint (result->n_effects, ==, 2 * N_MANY);
  g_assert_cmpuint (result->runs->len, ==, CPT_SIMULATION_MAX_RUNS);
  run = g_ptr_array_index (result->runs, 0);
  step = g_ptr_array_index (run->steps, 3);
  g_assert_cmpint (step->at, ==, plan->from + 7 * DAY);
  g_assert_cmpstr (step->effects[0], ==, "POST https://example.com/Martin-0000");
  waiting = g_ptr_array_index (result->nodes, 2);
  g_assert_cmpuint (waiting->n_came, ==, N_MANY);
  g_assert_cmpuint (waiting->n_waiting, ==, 0);
}

static void
stop (gpointer data,
      double   fraction)
{
  g_cancellable_cancel (data);
}

static void
test_refusals (Fixture       *self,
               gconstpointer  data)
{
  g_autoptr(CptSimulationPlan) plan = create_plan (self->database);
  g_autoptr(CptSimulationPlan) empty = cpt_simulation_plan_new (cpt_workflow_new ());
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  fill (self, 600);
  plan->progress = stop;
  plan->progress_data = cancellable;
  g_assert_null (cpt_workflow_simulate (self->database, plan, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  plan->until = plan->from;
  g_assert_null (cpt_workflow_simulate (self->database, plan, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_INVALID);
  g_clear_error (&error);
  empty->until = DAY;
  g_assert_null (cpt_workflow_simulate (self->database, empty, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_INVALID);
}

static void
on_simulated (GObject      *object,
              GAsyncResult *result,
              gpointer      data)
{
  CptSimulation **simulation = data;
  g_autoptr(GError) error = NULL;

  *simulation = cpt_workflow_simulate_finish (CPT_STORE (object), result, &error);
  g_assert_no_error (error);
}

/* On a thread that reads, with a sample */
static void
test_async (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptStore) store = NULL;
  g_autoptr(CptSimulation) result = NULL;
  CptSimulationPlan *plan = create_plan (self->database);

  fill (self, 30);
  store = cpt_store_open (self->path, CPT_OPEN_WRITE, NULL, &error);
  g_assert_no_error (error);
  plan->sample = 10;
  cpt_workflow_simulate_async (store, plan, NULL, on_simulated, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (result->n_runs, ==, 10);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/simulation/rehearsal", Fixture, NULL, set_up, test_rehearsal, tear_down);
  g_test_add ("/simulation/many", Fixture, NULL, set_up, test_many, tear_down);
  g_test_add ("/simulation/refusals", Fixture, NULL, set_up, test_refusals, tear_down);
  g_test_add ("/simulation/async", Fixture, NULL, set_up, test_async, tear_down);

  return g_test_run ();
}
