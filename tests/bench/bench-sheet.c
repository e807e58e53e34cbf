/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A million cells as a workbook: a list of contacts, and beside it, in the same
 * run, libxlsxwriter alone with the same texts. Each job is a process of its own.
 *
 * CPT_BENCH_ROWS sets another number of rows, of ten cells each. */
#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <xlsxwriter.h>

#include "bench-job.h"
#include "cpt-export.h"
#include "cpt-workspace.h"

#define DEFAULT_ROWS 100000
#define MEMORY 60.0
/* Of what libxlsxwriter takes alone */
#define RATIO 1.3

typedef enum
{
  MAKE,
  WRITE_LIST,
  WRITE_ALONE,
} Job;

#define N_TEXTS 7

/* Behind the identifier; the first ones are texts, the others times */
static const char *const names[] = { "first_name", "last_name", "email", "job_title", "language",
                                     "notes", "country", "created_at", "changed_at" };

static char *
dup_text (guint row,
          guint column)
{
  switch (column)
    {
    case 0:
      return g_strdup (row % 2 == 0 ? "Anne" : "Étienne");
    case 1:
      return g_strdup_printf ("Martin-%u", row);
    case 2:
      return g_strdup_printf ("anne.martin.%u@client%u.example", row, row % 5000);
    case 3:
      return g_strdup (row % 3 == 0 ? "Directrice des achats" : "Chef d’atelier");
    case 4:
      return g_strdup ("fr");
    case 6:
      return g_strdup ("FR");
    default:
      return g_strdup_printf ("Note %u", row);
    }
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
          g_autoptr(CptRecord) record = cpt_record_new (schema, contacts);

          for (guint j = 0; j < N_TEXTS; j++)
            {
              CptValue value = CPT_VALUE_INIT;

              cpt_value_take_text (&value, dup_text (i, j));
              cpt_record_take (record, cpt_entity_find_field (contacts, names[j]), value);
            }
          cpt_transaction_create (transaction, record);
        }
      g_assert_true (cpt_unit_commit (unit, transaction, NULL, NULL, &error));
    }
  g_assert_true (cpt_unit_finish (unit, NULL, &error));
}

static void
write_list (CptDatabase *database,
            const char  *path,
            guint        n_rows)
{
  CptSchema *schema = cpt_database_get_schema (database);
  g_autoptr(CptQuery) query = cpt_query_new (schema, cpt_schema_find_entity (schema, "contact"));
  g_autofree char *xlsx = g_strconcat (path, ".xlsx", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (xlsx);
  g_autoptr(GFileOutputStream) stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL);
  const char *columns[G_N_ELEMENTS (names) + 1] = { NULL };
  g_autoptr(GError) error = NULL;
  guint64 n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    columns[i] = names[i];
  cpt_export_run (database, query, columns, CPT_EXPORT_XLSX, G_OUTPUT_STREAM (stream), &n, NULL, &error);
  g_assert_no_error (error);
  /* A transaction whose records are refused is no error of its unit */
  g_assert_cmpuint (n, ==, n_rows);
}

/* The same cells, with nothing around them */
static void
write_alone (const char *path,
             guint       n_rows)
{
  g_autofree char *xlsx = g_strconcat (path, ".alone.xlsx", NULL);
  lxw_workbook_options options = { .constant_memory = LXW_TRUE };
  lxw_workbook *book = workbook_new_opt (xlsx, &options);
  lxw_worksheet *sheet = workbook_add_worksheet (book, "Contacts");
  lxw_format *time = workbook_add_format (book);

  format_set_num_format (time, "yyyy-mm-dd hh:mm:ss");
  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *id = g_uuid_string_random ();

      worksheet_write_string (sheet, i, 0, id, NULL);
      for (guint j = 0; j < N_TEXTS; j++)
        {
          g_autofree char *text = dup_text (i, j);

          worksheet_write_string (sheet, i, (lxw_col_t) (j + 1), text, NULL);
        }
      for (guint j = N_TEXTS; j < G_N_ELEMENTS (names); j++)
        {
          lxw_datetime now = { 2026, 11, 21, 9, 30, 0 };

          worksheet_write_datetime (sheet, i, (lxw_col_t) (j + 1), &now, time);
        }
    }
  g_assert_cmpint (workbook_close (book), ==, LXW_NO_ERROR);
}

static gint64
work (const char *path,
      int         job,
      guint       n_rows)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptDatabase) database = NULL;
  gint64 begun;

  if (job == WRITE_ALONE)
    {
      begun = g_get_monotonic_time ();
      write_alone (path, n_rows);
      return g_get_monotonic_time () - begun;
    }

  database = cpt_workspace_open_database (path, CPT_OPEN_WRITE, NULL, &error);
  g_assert_no_error (error);
  begun = g_get_monotonic_time ();
  if (job == MAKE)
    make (database, n_rows);
  else
    write_list (database, path, n_rows);

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

static void
remove_file (const char *path,
             const char *suffix)
{
  g_autofree char *name = g_strconcat (path, suffix, NULL);

  g_unlink (name);
}

int
main (void)
{
  const char *wanted = g_getenv ("CPT_BENCH_ROWS");
  guint n_rows = wanted != NULL ? (guint) g_ascii_strtoull (wanted, NULL, 10) : DEFAULT_ROWS;
  g_autofree char *folder = g_dir_make_tmp ("cpt-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "sheet.comptoir", NULL);
  BenchUsage ours, theirs;

  bench_workspace_create (path);
  run (path, MAKE, n_rows);
  ours = run (path, WRITE_LIST, n_rows);
  theirs = run (path, WRITE_ALONE, n_rows);
  g_print ("BENCH\tworkbook of %u cells, 1.3 of libxlsxwriter\t%.2f s\t%.2f s\t%s\n", n_rows * 10, ours.wall,
           theirs.wall * RATIO, ours.wall <= theirs.wall * RATIO ? "ok" : "slow");
  g_print ("BENCH\tworkbook of %u cells: memory\t%.1f MiB\t%.0f MiB\t%s\n", n_rows * 10, ours.memory, MEMORY,
           ours.memory <= MEMORY ? "ok" : "slow");

  remove_file (path, ".xlsx");
  remove_file (path, ".alone.xlsx");
  bench_workspace_remove (path);
  g_rmdir (folder);

  return 0;
}
