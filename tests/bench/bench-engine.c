/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Workflows over many: a tick while a million runs wait and none is due, a tick that lets a
 * hundred thousand go on, each with a change of a record, runs that begin one by one, and an event
 * that finds those who wait for it.
 * Everything is on the disk when it is counted (synchronous=FULL).
 *
 * CPT_BENCH_ROWS sets another number of runs that wait; a tenth of them is due. */

#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdlib.h>

#include "bench-job.h"
#include "cpt-automation.h"
#include "cpt-enrolment-waiter.h"
#include "cpt-enrolment.h"
#include "cpt-transaction.h"
#include "cpt-workflow-record.h"
#include "cpt-workspace.h"

#define DEFAULT_ROWS 1000000
#define PART 10 /* runs that are due: one in so many */
#define SLICE 1000
#define N_SINGLE 500
#define DAY (G_TIME_SPAN_DAY)
#define MAX_IDLE_MS 5.0
#define MAX_DUE_S 15.0
#define MIN_STEPS 10000.0
#define MIN_SINGLE 300.0
#define MAX_FIND_MS 1.0
#define MAX_MEMORY 200.0

static const char waiting[] =
  "{\"nodes\":[{\"id\":\"s\",\"kind\":\"by_hand\",\"settings\":{\"entity\":\"contact\"}},"
  "{\"id\":\"w\",\"kind\":\"wait\",\"settings\":{\"for\":{\"amount\":30,\"unit\":\"days\"}}},"
  "{\"id\":\"c\",\"kind\":\"change_fields\",\"settings\":{\"values\":{\"job_title\":\"Buyer\"}}},"
  "{\"id\":\"e\",\"kind\":\"end\",\"settings\":{\"label\":\"Done\"}}],"
  "\"connections\":[{\"from\":\"s\",\"outcome\":\"next\",\"to\":\"w\"},{\"from\":\"w\",\"outcome\":\"next\",\"to\":\"c\"},"
  "{\"from\":\"c\",\"outcome\":\"next\",\"to\":\"e\"}]}";

static const char at_once[] =
  "{\"nodes\":[{\"id\":\"s\",\"kind\":\"by_hand\",\"settings\":{\"entity\":\"contact\"}},"
  "{\"id\":\"c\",\"kind\":\"change_fields\",\"settings\":{\"values\":{\"job_title\":\"Director\"}}}],"
  "\"connections\":[{\"from\":\"s\",\"outcome\":\"next\",\"to\":\"c\"}]}";

/* ------------------------------------------------------------------ what there is */

static CptUuid
publish (CptDatabase *database,
         const char  *name,
         const char  *definition)
{
  CptSchema *schema = cpt_database_get_schema (database);
  g_autoptr(CptRecord) record = cpt_record_new (schema, cpt_schema_find_entity (schema, CPT_WORKFLOW_ENTITY));
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_COMMAND, NULL);
  g_autoptr(GError) error = NULL;

  cpt_record_set_text (record, "name", name);
  cpt_record_set_text (record, "state", "draft");
  cpt_record_set_text (record, "definition", definition);
  cpt_transaction_create (transaction, record);
  cpt_database_commit (database, transaction, NULL, NULL, &error);
  g_assert_no_error (error);
  cpt_workflow_publish (database, &record->id, NULL, NULL, &error);
  g_assert_no_error (error);

  return record->id;
}

static GArray *
create_contacts (CptDatabase *database,
                 guint        n)
{
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (CptUuid), n);
  CptSchema *schema = cpt_database_get_schema (database);
  const CptEntity *entity = cpt_schema_find_entity (schema, "contact");
  g_autoptr(GError) error = NULL;
  g_autoptr(CptUnit) unit = cpt_unit_begin (database, CPT_ORIGIN_IMPORT, "Contacts", &error);

  g_assert_no_error (error);
  for (guint first = 0; first < n; first += SLICE)
    {
      g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_IMPORT, NULL);

      for (guint i = first; i < MIN (first + SLICE, n); i++)
        {
          g_autoptr(CptRecord) record = cpt_record_new (schema, entity);
          g_autofree char *last = g_strdup_printf ("Martin-%u", i);

          cpt_uuid_generate (&record->id, cpt_database_get_now (database) / 1000);
          cpt_record_set_text (record, "last_name", last);
          cpt_transaction_create_fresh (transaction, record);
          g_array_append_val (ids, record->id);
        }
      g_assert_true (cpt_unit_commit (unit, transaction, NULL, NULL, &error));
    }
  g_assert_true (cpt_unit_finish (unit, NULL, &error));

  return ids;
}

typedef struct
{
  CptUuid workflow;
  GArray *contacts;
  guint first;
  guint n_rows;
  gint64 now;
} Fill;

/* As cpt_automation_enrol() and a tick would leave them, without their tenth of a millisecond each */
static gboolean
fill_slice (CptDatabase  *database,
            gpointer      data,
            GError      **error)
{
  Fill *self = data;

  for (guint i = self->first; i < MIN (self->first + SLICE, self->n_rows); i++)
    {
      gint64 due = self->now + (i % PART == 0 ? DAY : 30 * DAY) + i;
      CptEnrolment enrolment = {
        .workflow = self->workflow,
        .version = 1,
        .entity = (char *) "contact",
        .subject = g_array_index (self->contacts, CptUuid, i / PART),
        .entered = self->now,
        .ended = CPT_ENROLMENT_NEVER,
        .due = due,
      };
      g_autofree char *key = g_strdup_printf ("%u", i);
      g_autofree char *state =
        g_strdup_printf ("{\"tokens\":[{\"node\":\"w\",\"visit\":1,\"state\":\"timer\",\"due\":%" G_GINT64_FORMAT "}],"
                         "\"visits\":{\"s\":1,\"w\":1}}",
                         due);

      enrolment.key = key;
      enrolment.state = state;
      if (!cpt_enrolment_add (database, &enrolment, error))
        return FALSE;
    }

  return TRUE;
}

/* --------------------------------------------------------------------- the ticks */

static double
tick (CptDatabase         *database,
      gint64               now,
      CptAutomationReport *report)
{
  g_autoptr(GError) error = NULL;
  gint64 begun = g_get_monotonic_time ();

  cpt_automation_tick (database, now, report, NULL, &error);
  g_assert_no_error (error);

  return (double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC;
}

static void
bench_many (CptDatabase *database,
            GArray      *contacts,
            guint        n_rows)
{
  Fill fill = { publish (database, "Many", waiting), contacts, 0, n_rows, cpt_database_get_now (database) };
  CptAutomationReport report;
  g_autoptr(GError) error = NULL;
  double idle;
  double due;

  for (; fill.first < n_rows; fill.first += SLICE)
    g_assert_true (cpt_database_transact (database, fill_slice, &fill, &error));

  idle = tick (database, fill.now, &report) * 1000;
  g_assert_cmpuint (report.n_enrolments, ==, 0);
  g_print ("BENCH\tengine: a tick, %u wait, none is due\t%.2f ms\t%.0f ms\t%s\n", n_rows, idle, MAX_IDLE_MS,
           idle <= MAX_IDLE_MS ? "ok" : "slow");
  due = tick (database, fill.now + 2 * DAY, &report);
  g_assert_cmpuint (report.n_ended, ==, (n_rows + PART - 1) / PART);
  g_print ("BENCH\tengine: a tick, %u are due and change a record\t%.2f s\t%.0f s\t%s\n", (guint) report.n_ended, due, MAX_DUE_S,
           due <= MAX_DUE_S ? "ok" : "slow");
  g_print ("BENCH\tengine: steps with a change of a record each, in batches\t%.0f/s\t%.0f/s\t%s\n", (double) report.n_ended / due,
           MIN_STEPS, (double) report.n_ended / due >= MIN_STEPS ? "ok" : "slow");
}

static void
bench_single (CptDatabase *database)
{
  g_autoptr(GArray) contacts = create_contacts (database, N_SINGLE);
  CptUuid workflow = publish (database, "Single", at_once);
  gint64 begun = g_get_monotonic_time ();
  CptAutomationReport report;
  g_autoptr(GError) error = NULL;
  double rate;

  for (guint i = 0; i < N_SINGLE; i++)
    {
      cpt_automation_enrol (database, &workflow, &g_array_index (contacts, CptUuid, i), 1, NULL, &error);
      g_assert_no_error (error);
      tick (database, cpt_database_get_now (database), &report);
      g_assert_cmpuint (report.n_ended, ==, 1);
    }
  rate = N_SINGLE / ((double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC);
  g_print ("BENCH\tengine: runs with a change of a record, begun and done one by one\t%.0f/s\t%.0f/s\t%s\n", rate, MIN_SINGLE,
           rate >= MIN_SINGLE ? "ok" : "slow");
}

/* Those of bench_many(), in the order in which they were added */
static gboolean
add_waiters (CptDatabase  *database,
             gpointer      data,
             GError      **error)
{
  Fill *self = data;

  for (guint i = self->first; i < MIN (self->first + SLICE, self->n_rows); i++)
    {
      CptEnrolment enrolment = { .row = i + 1, .subject = g_array_index (self->contacts, CptUuid, i / PART) };

      if (!cpt_enrolment_add_waiter (database, &enrolment, "w", 1, error))
        return FALSE;
    }

  return TRUE;
}

static void
bench_waiters (CptDatabase *database,
               GArray      *contacts,
               guint        n_rows)
{
  Fill fill = { .contacts = contacts, .n_rows = n_rows };
  g_autoptr(GError) error = NULL;
  gint64 taken = 0;
  double mean;

  for (; fill.first < n_rows; fill.first += SLICE)
    g_assert_true (cpt_database_transact (database, add_waiters, &fill, &error));
  for (guint i = 0; i < N_SINGLE; i++)
    {
      const CptUuid *subject = &g_array_index (contacts, CptUuid, (guint) ((guint64) i * 7919 % (n_rows / PART)));
      gint64 begun = g_get_monotonic_time ();
      g_autoptr(GPtrArray) found = cpt_enrolment_list_waiters (database, subject, G_MAXINT64, &error);

      taken += g_get_monotonic_time () - begun;
      g_assert_no_error (error);
      g_assert_cmpuint (found->len, ==, PART);
    }
  mean = (double) taken / 1000 / N_SINGLE;
  g_print ("BENCH\tengine: an event finds its %u waiters among %u, on average\t%.3f ms\t%.0f ms\t%s\n", PART, n_rows, mean,
           MAX_FIND_MS, mean <= MAX_FIND_MS ? "ok" : "slow");
}

/* In a process of its own */
static gint64
work (const char *path,
      int         job,
      guint       n_rows)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptDatabase) database = cpt_workspace_open_database (path, CPT_OPEN_WRITE, NULL, &error);
  g_autoptr(GArray) contacts = NULL;

  g_assert_no_error (error);
  contacts = create_contacts (database, n_rows / PART + 1);
  bench_many (database, contacts, n_rows);
  bench_single (database);
  bench_waiters (database, contacts, n_rows);

  return 0;
}

int
main (void)
{
  const char *wanted = g_getenv ("CPT_BENCH_ROWS");
  guint n_rows = wanted != NULL ? (guint) g_ascii_strtoull (wanted, NULL, 10) : DEFAULT_ROWS;
  g_autofree char *folder = g_dir_make_tmp ("cpt-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "engine.comptoir", NULL);
  BenchJob job;
  BenchUsage usage;

  bench_workspace_create (path);
  job = bench_job_start (work, path, 0, n_rows);
  usage = bench_job_wait (&job);
  g_print ("BENCH\tengine: memory with %u runs\t%.0f MiB\t%.0f MiB\t%s\n", n_rows, usage.memory, MAX_MEMORY,
           usage.memory <= MAX_MEMORY ? "ok" : "slow");

  bench_workspace_remove (path);
  g_rmdir (folder);

  return EXIT_SUCCESS;
}
