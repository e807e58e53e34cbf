/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes from elsewhere and goes again: an import of 750,000 contacts is
 * taken back; so is a merge of two companies, of which the one that goes has
 * a hundred thousand contacts, each re-pointed and pointed back. Each job is a
 * process of its own, as it is for people: its memory is told too.
 *
 * CPT_BENCH_ROWS sets another number of contacts that are imported, and a
 * seventh of it those of the company. */

#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdlib.h>

#include "bench-job.h"
#include "cpt-log.h"
#include "cpt-merge.h"
#include "cpt-query.h"
#include "cpt-workspace.h"

#define DEFAULT_ROWS 750000
#define PART 7 /* contacts of the company: one in so many */
#define SLICE 1000
#define LIMIT 60.0

typedef enum
{
  FILL,
  IMPORT,
  UNDO,
  MERGE,
  UNMERGE,
} Job;

/* ------------------------------------------------------------------ what there is */

static CptRecord *
create_contact (CptSchema       *schema,
                const CptEntity *contacts,
                guint            number,
                const CptUuid   *company)
{
  CptRecord *record = cpt_record_new (schema, contacts);
  g_autofree char *last = g_strdup_printf ("Martin-%u", number);
  g_autofree char *email = g_strdup_printf ("anne.martin.%u@client%u.example", number, number % 5000);

  cpt_record_set_text (record, "first_name", "Anne");
  cpt_record_set_text (record, "last_name", last);
  cpt_record_set_text (record, "email", email);
  if (company != NULL)
    cpt_record_set_id (record, "organisation", company);

  return record;
}

static void
import (CptDatabase   *database,
        guint          n_rows,
        const CptUuid *company)
{
  CptSchema *schema = cpt_database_get_schema (database);
  const CptEntity *contacts = cpt_schema_find_entity (schema, "contact");
  g_autoptr(GError) error = NULL;
  g_autoptr(CptUnit) unit = cpt_unit_begin (database, CPT_ORIGIN_IMPORT, "Contacts", &error);

  g_assert_no_error (error);
  for (guint first = 0; first < n_rows; first += SLICE)
    {
      g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_IMPORT, NULL);

      for (guint i = first; i < MIN (first + SLICE, n_rows); i++)
        {
          g_autoptr(CptRecord) record = create_contact (schema, contacts, i, company);

          cpt_transaction_create (transaction, record);
        }
      g_assert_true (cpt_unit_commit (unit, transaction, NULL, NULL, &error));
    }
  g_assert_true (cpt_unit_finish (unit, NULL, &error));
}

/* Two companies; the second one has contacts */
static void
fill (CptDatabase *database,
      guint        n_rows)
{
  static const char *const names[] = { "Moulin Neuf SARL", "Moulin Neuf" };
  CptSchema *schema = cpt_database_get_schema (database);
  const CptEntity *companies = cpt_schema_find_entity (schema, "organisation");
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_IMPORT, NULL);
  g_autoptr(GError) error = NULL;
  CptUuid id;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(CptRecord) record = cpt_record_new (schema, companies);

      cpt_record_set_text (record, "name", names[i]);
      cpt_uuid_generate (&id, cpt_database_get_now (database) / 1000);
      record->id = id;
      cpt_transaction_create (transaction, record);
    }
  cpt_database_commit (database, transaction, NULL, NULL, &error);
  g_assert_no_error (error);
  import (database, n_rows, &id);
}

static guint64
count (CptDatabase *database,
       const char  *entity)
{
  CptSchema *schema = cpt_database_get_schema (database);
  g_autoptr(CptQuery) query = cpt_query_new (schema, cpt_schema_find_entity (schema, entity));
  g_autoptr(GError) error = NULL;
  guint64 n = 0;

  cpt_query_count (query, database, &n, &error);
  g_assert_no_error (error);

  return n;
}

/* -------------------------------------------------------------------------- jobs */

static void
merge (CptDatabase *database,
       guint        n_rows)
{
  CptSchema *schema = cpt_database_get_schema (database);
  const CptEntity *companies = cpt_schema_find_entity (schema, "organisation");
  g_autoptr(CptQuery) query = cpt_query_new (schema, companies);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(CptMerge) work = NULL;
  CptUuid ids[2];
  guint n_links = 0;

  g_assert_true (cpt_query_set_sort (query, "-name", &error));
  records = cpt_query_load_records (query, database, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, G_N_ELEMENTS (ids));
  for (guint i = 0; i < records->len; i++)
    ids[i] = ((const CptRecord *) g_ptr_array_index (records, i))->id;
  work = cpt_merge_new (database, companies, ids, G_N_ELEMENTS (ids), &error);
  g_assert_no_error (error);
  cpt_merge_commit (work, database, NULL, &n_links, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_links, ==, n_rows);
}

static void
unmerge (CptDatabase *database)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptLogEntry) entry = cpt_log_peek_undo (database, &error);
  g_autoptr(GPtrArray) stays = NULL;

  g_assert_nonnull (entry);
  cpt_merge_undo (database, entry->sequence, NULL, &stays, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (stays->len, ==, 0);
  g_assert_cmpuint (count (database, "organisation"), ==, 2);
}

/* In the process of the job; the microseconds that it took */
static gint64
work (const char *path,
      int         job,
      guint       n_rows)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptDatabase) database = cpt_workspace_open_database (path, CPT_OPEN_WRITE, NULL, &error);
  guint64 n_before;
  gint64 begun;

  g_assert_no_error (error);
  n_before = count (database, "contact");
  begun = g_get_monotonic_time ();
  if (job == FILL)
    fill (database, n_rows);
  else if (job == IMPORT)
    import (database, n_rows, NULL);
  else if (job == UNDO)
    bench_undo (database);
  else if (job == MERGE)
    merge (database, n_rows);
  else
    unmerge (database);
  begun = g_get_monotonic_time () - begun;

  if (job == UNDO)
    g_assert_cmpuint (count (database, "contact"), ==, n_before - n_rows);

  return begun;
}

/* Seconds */
static double
run (const char *path,
     Job         job,
     guint       n_rows)
{
  BenchJob begun = bench_job_start (work, path, job, n_rows);
  BenchUsage usage = bench_job_wait (&begun);

  g_print ("# %.0f MiB\n", usage.memory);

  return usage.wall;
}

static void
print_time (const char *job,
            guint       n_rows,
            double      seconds)
{
  g_print ("BENCH\t%s %u contacts\t%.2f s\t%.0f s\t%s\n", job, n_rows, seconds, LIMIT, seconds <= LIMIT ? "ok" : "slow");
}

int
main (void)
{
  const char *wanted = g_getenv ("CPT_BENCH_ROWS");
  guint n_rows = wanted != NULL ? (guint) g_ascii_strtoull (wanted, NULL, 10) : DEFAULT_ROWS;
  guint n_linked = n_rows / PART;
  g_autofree char *folder = g_dir_make_tmp ("cpt-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "merge.comptoir", NULL);

  bench_workspace_create (path);
  run (path, FILL, n_linked);
  print_time ("merge: a company with", n_linked, run (path, MERGE, n_linked));
  print_time ("un-merge: a company with", n_linked, run (path, UNMERGE, n_linked));
  run (path, IMPORT, n_rows);
  print_time ("un-import:", n_rows, run (path, UNDO, n_rows));

  bench_workspace_remove (path);
  g_rmdir (folder);

  return EXIT_SUCCESS;
}
