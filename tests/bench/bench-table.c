/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists on paper: a hundred and a thousand pages of contacts, seven columns
 * each. Beside it, in the same run, ReportLab writes the same cells where it is
 * installed (python3-reportlab). Each job is a process of its own.
 *
 * CPT_BENCH_PAGES sets another number of pages for the long one. */
#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdlib.h>

#include "bench-job.h"
#include "cpt-export.h"
#include "cpt-table-report.h"
#include "cpt-workspace.h"

#define DEFAULT_PAGES 1000
#define ROWS_PER_PAGE 34
#define MEMORY 40.0
/* Of what ReportLab takes */
#define RATIO 0.8
/* Seconds for a page where there is no ReportLab: four fifths of what it took elsewhere */
#define PER_PAGE 0.0041

typedef enum
{
  MAKE,
  WRITE_TABLE,
  WRITE_CSV,
} Job;

static const char *const names[] = { "first_name", "last_name", "email", "job_title", "language", "organisation", "created_at" };

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
          g_autoptr(CptRecord) record = cpt_record_new (schema, contacts);
          g_autofree char *last = g_strdup_printf ("Martin-%u", i);
          g_autofree char *email = g_strdup_printf ("anne.martin.%u@client%u.example", i, i % 5000);
          const char *const texts[][2] = {
            { "first_name", i % 2 == 0 ? "Anne" : "Étienne" },
            { "last_name", last },
            { "email", email },
            { "job_title", i % 3 == 0 ? "Directrice des achats" : "Chef d’atelier" },
            { "language", "fr" },
          };

          for (guint j = 0; j < G_N_ELEMENTS (texts); j++)
            {
              CptValue value = CPT_VALUE_INIT;

              cpt_value_set_text (&value, texts[j][1]);
              cpt_record_take (record, cpt_entity_find_field (contacts, texts[j][0]), value);
            }
          cpt_transaction_create (transaction, record);
        }
      g_assert_true (cpt_unit_commit (unit, transaction, NULL, NULL, &error));
    }
  g_assert_true (cpt_unit_finish (unit, NULL, &error));
}

static void
write_table (CptDatabase *database,
             CptQuery    *query,
             GArray      *rows)
{
  CptPath columns[G_N_ELEMENTS (names)];
  CptTableReport report = { .title = "Contacts", .query = query, .rows = rows, .columns = columns };
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = NULL;
  CptReportSetup setup;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (cpt_path_parse (cpt_database_get_schema (database), query->entity, names[i], &columns[i], NULL));
  report.n_columns = G_N_ELEMENTS (columns);
  cpt_report_setup_init (&setup, CPT_REPORT_PDF);
  setup.zone = cpt_database_get_zone (database);
  bytes = cpt_table_report_to_pdf (&report, database, &setup, NULL, NULL, &error);
  g_assert_no_error (error);
  g_print ("# %.1f MiB\n", (double) g_bytes_get_size (bytes) / (1024 * 1024));
}

/* What ReportLab reads */
static void
write_csv (CptDatabase *database,
           CptQuery    *query,
           const char  *path)
{
  const char *columns[G_N_ELEMENTS (names) + 1] = { NULL };
  g_autofree char *csv = g_strconcat (path, ".csv", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (csv);
  g_autoptr(GFileOutputStream) stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    columns[i] = names[i];
  g_assert_true (cpt_export_run (database, query, columns, CPT_EXPORT_CSV, G_OUTPUT_STREAM (stream), NULL, NULL, NULL));
}

static gint64
work (const char *path,
      int         job,
      guint       n_rows)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptDatabase) database = cpt_workspace_open_database (path, CPT_OPEN_WRITE, NULL, &error);
  CptSchema *schema = cpt_database_get_schema (database);
  g_autoptr(CptQuery) query = cpt_query_new (schema, cpt_schema_find_entity (schema, "contact"));
  gint64 begun = g_get_monotonic_time ();

  g_assert_no_error (error);
  if (job == MAKE)
    {
      make (database, n_rows);
    }
  else if (job == WRITE_CSV)
    {
      write_csv (database, query, path);
    }
  else
    {
      g_autoptr(GArray) rows = cpt_query_get_rows (query, database, 0, n_rows, NULL);

      write_table (database, query, rows);
    }

  return g_get_monotonic_time () - begun;
}

static BenchUsage
run (const char *path,
     Job         job,
     guint       n_rows)
{
  BenchJob begun = bench_job_start (work, path, job, n_rows);

  return bench_job_wait (&begun);
}

/* Seconds that ReportLab says it took; 0 where it is not installed */
static double
run_reportlab (const char *path,
               guint       n_rows)
{
  g_autofree char *csv = g_strconcat (path, ".csv", NULL);
  g_autofree char *number = g_strdup_printf ("%u", n_rows);
  g_autofree char *script = g_build_filename (g_getenv ("CPT_SOURCE_ROOT"), "tests/bench/reportlab-table.py", NULL);
  const char *argv[] = { "/usr/bin/python3", script, csv, number, NULL };
  g_autofree char *output = NULL;
  int status = 0;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &output, NULL, &status, NULL) ||
      !g_spawn_check_wait_status (status, NULL))
    return 0;

  return g_ascii_strtod (output, NULL);
}

static void
measure (const char *path,
         guint       n_pages)
{
  guint n_rows = n_pages * ROWS_PER_PAGE;
  BenchUsage ours = run (path, WRITE_TABLE, n_rows);
  double theirs = run_reportlab (path, n_rows);
  double target = theirs > 0 ? theirs * RATIO : n_pages * PER_PAGE;

  g_print ("BENCH\tlist on %u pages%s\t%.2f s\t%.2f s\t%s\n", n_pages, theirs > 0 ? ", 0.8 of ReportLab" : "", ours.wall, target,
           ours.wall <= target ? "ok" : "slow");
  g_print ("BENCH\tlist on %u pages: memory\t%.1f MiB\t%.0f MiB\t%s\n", n_pages, ours.memory, MEMORY,
           ours.memory <= MEMORY ? "ok" : "slow");
}

int
main (void)
{
  const char *wanted = g_getenv ("CPT_BENCH_PAGES");
  guint n_pages = wanted != NULL ? (guint) g_ascii_strtoull (wanted, NULL, 10) : DEFAULT_PAGES;
  g_autofree char *folder = g_dir_make_tmp ("cpt-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "table.comptoir", NULL);
  g_autofree char *csv = g_strconcat (path, ".csv", NULL);

  bench_workspace_create (path);
  run (path, MAKE, n_pages * ROWS_PER_PAGE);
  run (path, WRITE_CSV, 0);
  measure (path, 100);
  measure (path, n_pages);

  bench_workspace_remove (path);
  g_unlink (csv);
  g_rmdir (folder);

  return 0;
}
