/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes a hundred thousand of two hundred thousand contacts as one act, takes
 * it back, and measures how long another writer waits meanwhile. Each job is a
 * process of its own, as it is for people.
 *
 * CPT_BENCH_ROWS sets another number of records that are changed. */
#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdlib.h>

#include "bench-job.h"
#include "cpt-bulk.h"
#include "cpt-workspace.h"

#define DEFAULT_ROWS 100000
#define LIMIT 5.0
/* Between two commits of the other writer, in microseconds */
#define PAUSE 20000

typedef enum
{
  MAKE,
  SET,
  TAG,
  DELETE,
  UNDO,
} Job;

static CptRecord *
create_contact (CptSchema       *schema,
                const CptEntity *contacts,
                guint            number)
{
  static const char *const countries[] = { "FR", "BE", "CH", "LU" };
  CptRecord *record = cpt_record_new (schema, contacts);
  g_autofree char *first = g_strdup_printf ("Anne %u", number % 997);
  g_autofree char *last = g_strdup_printf ("Martin-%u", number);
  g_autofree char *email = g_strdup_printf ("anne.martin.%u@client%u.example", number, number % 5000);
  g_autofree char *address = g_strdup_printf ("{\"country\":\"%s\"}", countries[number % G_N_ELEMENTS (countries)]);
  const char *const texts[][2] = { { "first_name", first }, { "last_name", last }, { "email", email }, { "address", address } };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      CptValue value = CPT_VALUE_INIT;

      cpt_value_set_text (&value, texts[i][1]);
      cpt_record_take (record, cpt_entity_find_field (contacts, texts[i][0]), value);
    }

  return record;
}

static void
make (CptDatabase *database,
      guint        n_rows)
{
  CptSchema *schema = cpt_database_get_schema (database);
  const CptEntity *contacts = cpt_schema_find_entity (schema, "contact");
  g_autoptr(GError) error = NULL;
  g_autoptr(CptUnit) unit = cpt_unit_begin (database, CPT_ORIGIN_IMPORT, "Contacts", &error);

  g_assert_no_error (error);
  for (guint first = 0; first < n_rows; first += 1000)
    {
      g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_IMPORT, NULL);

      for (guint i = first; i < MIN (first + 1000, n_rows); i++)
        {
          g_autoptr(CptRecord) record = create_contact (schema, contacts, i);

          cpt_transaction_create (transaction, record);
        }
      g_assert_true (cpt_unit_commit (unit, transaction, NULL, NULL, &error));
    }
  g_assert_true (cpt_unit_finish (unit, NULL, &error));
}

static void
change (CptDatabase *database,
        Job          job,
        guint        n_rows)
{
  CptSchema *schema = cpt_database_get_schema (database);
  const CptEntity *contacts = cpt_schema_find_entity (schema, "contact");
  g_autoptr(CptBulk) bulk = cpt_bulk_new (schema, contacts, CPT_ORIGIN_COMMAND);
  g_autoptr(CptQuery) query = cpt_query_new (schema, contacts);
  g_autoptr(GArray) rows = cpt_query_get_rows (query, database, 0, n_rows, NULL);
  g_autoptr(CptBulkReport) report = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(CptValue) value = CPT_VALUE_INIT;

  if (job == SET)
    {
      cpt_value_set_text (&value, "en");
      cpt_bulk_add_change (bulk, CPT_BULK_SET, cpt_entity_find_field (contacts, "language"), &value);
    }
  else if (job == TAG)
    {
      cpt_value_take_texts (&value, g_strsplit ("Salon 2026", ";", -1));
      cpt_bulk_add_change (bulk, CPT_BULK_ADD, cpt_entity_find_field (contacts, "tags"), &value);
    }
  else
    {
      cpt_bulk_add_change (bulk, CPT_BULK_DELETE, NULL, NULL);
    }
  cpt_bulk_set_rows (bulk, (const gint64 *) (gpointer) rows->data, rows->len);
  cpt_bulk_run (bulk, database, NULL, NULL, NULL, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->counts.n_changed, ==, n_rows);
}

/* In the process of the job; the microseconds that it took */
static gint64
work (const char *path,
      int         job,
      guint       n_rows)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptDatabase) database = cpt_workspace_open_database (path, CPT_OPEN_WRITE, NULL, &error);
  gint64 begun = g_get_monotonic_time ();

  g_assert_no_error (error);
  if (job == MAKE)
    make (database, 2 * n_rows);
  else if (job == UNDO)
    bench_undo (database);
  else
    change (database, (Job) job, n_rows);

  return g_get_monotonic_time () - begun;
}

/* The longest time that one commit takes while the job runs, in ms */
static double
write_beside (const char *path,
              GPid        pid)
{
  g_autoptr(CptDatabase) database = cpt_workspace_open_database (path, CPT_OPEN_WRITE, NULL, NULL);
  double longest = 0;

  g_assert_nonnull (database);
  while (!bench_process_has_ended (pid))
    {
      double wait = bench_commit_task (database);

      longest = MAX (longest, wait);
      g_usleep (PAUSE);
    }

  return longest;
}

/* Seconds; @longest_wait (nullable): of another writer beside it */
static double
run (const char *path,
     Job         job,
     guint       n_rows,
     double     *longest_wait)
{
  BenchJob begun = bench_job_start (work, path, job, n_rows);
  BenchUsage usage;

  if (longest_wait != NULL)
    {
      double longest = write_beside (path, begun.pid);

      *longest_wait = MAX (*longest_wait, longest);
    }
  usage = bench_job_wait (&begun);
  g_print ("# %.2f s of processor time\n", usage.cpu);

  return usage.wall;
}

static void
print_time (const char *job,
            guint       n_rows,
            double      seconds)
{
  g_print ("BENCH\tbulk: %s %u contacts\t%.2f s\t%.0f s\t%s\n", job, n_rows, seconds, LIMIT, seconds <= LIMIT ? "ok" : "slow");
}

int
main (void)
{
  const char *wanted = g_getenv ("CPT_BENCH_ROWS");
  guint n_rows = wanted != NULL ? (guint) g_ascii_strtoull (wanted, NULL, 10) : DEFAULT_ROWS;
  g_autofree char *folder = g_dir_make_tmp ("cpt-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "bulk.comptoir", NULL);
  double longest = 0;

  bench_workspace_create (path);
  run (path, MAKE, n_rows, NULL);
  print_time ("change a field of", n_rows, run (path, SET, n_rows, NULL));
  print_time ("undo the change of", n_rows, run (path, UNDO, n_rows, NULL));
  print_time ("tag", n_rows, run (path, TAG, n_rows, NULL));
  print_time ("undo the tag of", n_rows, run (path, UNDO, n_rows, NULL));
  print_time ("delete", n_rows, run (path, DELETE, n_rows, NULL));
  print_time ("undo the deletion of", n_rows, run (path, UNDO, n_rows, NULL));

  run (path, SET, n_rows, &longest);
  run (path, UNDO, n_rows, &longest);
  g_print ("BENCH\tbulk: another writer waits at most\t%.1f ms\t50 ms\t%s\n", longest, longest <= 50 ? "ok" : "slow");

  bench_workspace_remove (path);
  g_rmdir (folder);

  return 0;
}
