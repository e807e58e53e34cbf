/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists on paper: what stands there is read back with another program. */

#include "config.h"

#include "../store/store-fixture.h"

#include "cpt-cell-text.h"
#include "cpt-error.h"
#include "cpt-table-report.h"

typedef struct
{
  CptPath columns[4];
  CptTotal total;
  CptGrouping grouping;
  CptTableReport report;
} Table;

static void
table_clear (Table *self)
{
  cpt_query_free (self->report.query);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Table, table_clear)

static void
table_init (Table      *self,
            Fixture    *fixture,
            const char *entity,
            const char *names)
{
  CptSchema *schema = cpt_database_get_schema (fixture->database);
  g_auto(GStrv) parts = g_strsplit (names, ",", -1);

  *self = (Table){ .report = { .title = "A list" } };
  self->report.query = cpt_query_new (schema, get_entity (fixture, entity));
  for (guint i = 0; parts[i] != NULL; i++)
    g_assert_true (cpt_path_parse (schema, get_entity (fixture, entity), parts[i], &self->columns[i], NULL));
  self->report.columns = self->columns;
  self->report.n_columns = g_strv_length (parts);
}

static GBytes *
write_ok (Table   *self,
          Fixture *fixture,
          guint64 *n_records)
{
  g_autoptr(GError) error = NULL;
  CptReportSetup setup;
  GBytes *bytes;

  cpt_report_setup_init (&setup, CPT_REPORT_PDF);
  setup.now = TEST_NOW;
  setup.zone = cpt_database_get_zone (fixture->database);
  setup.language = "fr";
  bytes = cpt_table_report_to_pdf (&self->report, fixture->database, &setup, n_records, NULL, &error);
  g_assert_no_error (error);

  return bytes;
}

/* What the program prints of it; NULL when it is not installed */
static char *
ask (Fixture    *self,
     GBytes     *bytes,
     const char *program,
     const char *option,
     gboolean    to_stdout)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (self->folder, "list.pdf", NULL);
  g_autofree char *found = g_find_program_in_path (program);
  const char *argv[] = { found, option, path, to_stdout ? "-" : NULL, NULL };
  char *output = NULL;
  int status = 0;

  if (found == NULL)
    return NULL;

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL));
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &output, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));

  return output;
}

static guint
count (const char *text,
       const char *part)
{
  guint n = 0;

  for (const char *at = strstr (text, part); at != NULL; at = strstr (at + 1, part))
    n++;

  return n;
}

static void
create_organisations (Fixture *self,
                      guint    n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("Société n° %03u", i);
      g_autoptr(CptRecord) record = new_record (self, "organisation", "name", name);
      g_auto(CptValue) employees = CPT_VALUE_INIT;

      set_text (record, "sector", i % 3 == 0 ? "Bois" : "Métal");
      cpt_value_set_integer (&employees, 1000 + i);
      cpt_record_set (record, get_field (self, "organisation", "employees"), &employees);
      create_ok (self, record);
    }
}

/* Every record once, each page with its headings, and the same bytes again */
static void
test_has_every_record (Fixture       *self,
                       gconstpointer  unused)
{
  g_auto(Table) table = { 0 };
  g_autoptr(GBytes) first = NULL;
  g_autoptr(GBytes) again = NULL;
  g_autofree char *text = NULL;
  guint64 n_records = 0;

  create_organisations (self, 90);
  table_init (&table, self, "organisation", "name,sector,employees");
  first = write_ok (&table, self, &n_records);
  again = write_ok (&table, self, NULL);
  g_assert_cmpuint (n_records, ==, 90);
  g_assert_true (g_bytes_equal (first, again));
  text = ask (self, first, "pdftotext", "-layout", TRUE);
  if (text == NULL)
    {
      g_test_skip ("pdftotext is not installed");
      return;
    }

  for (guint i = 0; i < 90; i++)
    {
      g_autofree char *name = g_strdup_printf ("Société n° %03u", i);
      g_autofree char *number = cpt_decimal_format_local (1000 + i, 0, 0);

      g_assert_cmpuint (count (text, name), ==, 1);
      g_assert_cmpuint (count (text, number), ==, 1);
    }
  g_assert_cmpuint (count (text, "Employees"), ==, 3);
  g_assert_nonnull (strstr (text, "Page 3 of 3"));
}

static void
test_divides_into_groups (Fixture       *self,
                          gconstpointer  unused)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  g_auto(Table) table = { 0 };
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GBytes) apart = NULL;
  g_autofree char *text = NULL;
  g_autofree char *text_apart = NULL;

  create_organisations (self, 12);
  table_init (&table, self, "organisation", "name,employees");
  g_assert_true (cpt_grouping_parse (schema, get_entity (self, "organisation"), "sector", &table.grouping, NULL));
  g_assert_true (cpt_total_parse (schema, get_entity (self, "organisation"), "employees:sum", &table.total, NULL));
  table.report.grouping = &table.grouping;
  table.report.totals = &table.total;
  table.report.n_totals = 1;
  bytes = write_ok (&table, self, NULL);
  table.report.breaks_groups = TRUE;
  apart = write_ok (&table, self, NULL);
  text = ask (self, bytes, "pdftotext", "-layout", TRUE);
  text_apart = ask (self, apart, "pdftotext", "-layout", TRUE);
  if (text == NULL)
    {
      g_test_skip ("pdftotext is not installed");
      return;
    }

  /* 1000 + 1003 + 1006 + 1009, and all from 1000 to 1011 */
  g_assert_nonnull (strstr (text, "Total: Bois"));
  g_assert_nonnull (strstr (text, "4,018"));
  g_assert_nonnull (strstr (text, "Grand Total"));
  g_assert_nonnull (strstr (text, "12,066"));
  g_assert_nonnull (strstr (text, "4 records"));
  g_assert_nonnull (strstr (text, "Page 1 of 1"));
  g_assert_nonnull (strstr (text_apart, "Page 1 of 2"));
}

/* At the head of a page stands the group that goes on there, not the one that is over */
static void
test_begins_groups_on_pages (Fixture       *self,
                             gconstpointer  unused)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  g_auto(Table) table = { 0 };
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  g_auto(GStrv) pages = NULL;

  create_organisations (self, 200);
  table_init (&table, self, "organisation", "name,employees");
  g_assert_true (cpt_grouping_parse (schema, get_entity (self, "organisation"), "sector", &table.grouping, NULL));
  table.report.grouping = &table.grouping;
  table.report.breaks_groups = TRUE;
  bytes = write_ok (&table, self, NULL);
  text = ask (self, bytes, "pdftotext", "-layout", TRUE);
  if (text == NULL)
    {
      g_test_skip ("pdftotext is not installed");
      return;
    }

  pages = g_strsplit (text, "\f", -1);
  g_assert_nonnull (strstr (pages[1], "A list · Bois"));
  g_assert_null (strstr (pages[2], "Bois"));
  g_assert_nonnull (strstr (pages[3], "A list · Métal"));
}

/* With any number of rows the total has one above it */
static void
test_keeps_totals_with_rows (Fixture       *self,
                             gconstpointer  unused)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  g_auto(Table) table = { 0 };

  g_assert_true (cpt_total_parse (schema, get_entity (self, "organisation"), "employees:sum", &table.total, NULL));
  create_organisations (self, 25);
  for (guint n = 25; n < 60; n++)
    {
      g_autofree char *name = g_strdup_printf ("Société n° %03u", n);
      g_autoptr(CptRecord) record = new_record (self, "organisation", "name", name);
      g_autoptr(GBytes) bytes = NULL;
      g_autofree char *text = NULL;
      const char *last;

      create_ok (self, record);
      table_clear (&table);
      table_init (&table, self, "organisation", "name,employees");
      g_assert_true (cpt_total_parse (schema, get_entity (self, "organisation"), "employees:sum", &table.total, NULL));
      table.report.totals = &table.total;
      table.report.n_totals = 1;
      bytes = write_ok (&table, self, NULL);
      text = ask (self, bytes, "pdftotext", "-layout", TRUE);
      if (text == NULL)
        {
          g_test_skip ("pdftotext is not installed");
          return;
        }
      g_strchomp (text);
      last = strrchr (text, '\f');
      g_assert_nonnull (strstr (last != NULL ? last : text, "Société"));
    }
}

/* Records that were chosen, and those of them that are still there */
static void
test_writes_chosen_records (Fixture       *self,
                            gconstpointer  unused)
{
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  const gint64 chosen[] = { 3, 2, 77 };
  g_auto(Table) table = { 0 };
  g_autoptr(GBytes) bytes = NULL;
  guint64 n_records = 0;

  create_organisations (self, 5);
  g_array_append_vals (rows, chosen, G_N_ELEMENTS (chosen));
  table_init (&table, self, "organisation", "name,employees");
  table.report.rows = rows;
  bytes = write_ok (&table, self, &n_records);
  g_assert_cmpuint (n_records, ==, 2);
}

static void
test_tells_about_itself (Fixture       *self,
                         gconstpointer  unused)
{
  g_auto(Table) table = { 0 };
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *text = NULL;

  table_init (&table, self, "organisation", "name");
  bytes = write_ok (&table, self, NULL);
  text = ask (self, bytes, "pdfinfo", "-isodates", FALSE);
  if (text == NULL)
    {
      g_test_skip ("pdfinfo is not installed");
      return;
    }
  g_assert_nonnull (strstr (text, "A list\n"));
  g_assert_nonnull (strstr (text, "Tagged:          yes\n"));
}

static void
test_refuses_columns_without_room (Fixture       *self,
                                   gconstpointer  unused)
{
  CptPath columns[CPT_TABLE_REPORT_MAX_COLUMNS];
  g_auto(Table) table = { 0 };
  g_autoptr(GError) error = NULL;
  CptReportSetup setup;

  create_organisations (self, 1);
  table_init (&table, self, "organisation", "employees");
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    columns[i] = table.columns[0];
  table.report.columns = columns;
  table.report.n_columns = G_N_ELEMENTS (columns);
  cpt_report_setup_init (&setup, CPT_REPORT_PDF);
  setup.zone = cpt_database_get_zone (self->database);
  g_assert_null (cpt_table_report_to_pdf (&table.report, self->database, &setup, NULL, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_LIMIT);
}

/* --------------------------------------------------------------------- cells */

static guint
count_lines (CptCellText *texts,
             const char  *text,
             double       width,
             guint        max_lines)
{
  const CptCell cell = { text, FALSE, FALSE, width, max_lines };

  return cpt_cell_text_count_lines (texts, &cell);
}

static void
test_breaks_lines (void)
{
  g_autoptr(CptCellText) texts = cpt_cell_text_new ("Sans", 8);
  double word = cpt_cell_text_measure (texts, "Maison", FALSE);

  g_assert_cmpfloat (word, >, 10);
  g_assert_cmpuint (count_lines (texts, "", word, 3), ==, 1);
  g_assert_cmpuint (count_lines (texts, "Maison", word, 3), ==, 1);
  g_assert_cmpuint (count_lines (texts, "Maison Maison", word, 3), ==, 2);
  g_assert_cmpuint (count_lines (texts, "Maison\n\nMaison ", word, 3), ==, 2);
  g_assert_cmpuint (count_lines (texts, "MaisonMaison", word, 3), ==, 2);
  g_assert_cmpuint (count_lines (texts, "a b c d e f g h i j k l m n o p q r s t u v w x y z", word, 3), ==, 3);
  /* Less room than a letter needs */
  g_assert_cmpuint (count_lines (texts, "Maison", 0, 3), ==, 3);
  /* Other scripts, and what no font may have */
  g_assert_cmpuint (count_lines (texts, "شركة المثال", 1000, 3), ==, 1);
  g_assert_cmpuint (count_lines (texts, "例え話 😀 \u200b", 1000, 3), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_test ("/table-report/has-every-record", test_has_every_record);
  add_test ("/table-report/divides-into-groups", test_divides_into_groups);
  add_test ("/table-report/begins-groups-on-pages", test_begins_groups_on_pages);
  add_test ("/table-report/keeps-totals-with-rows", test_keeps_totals_with_rows);
  add_test ("/table-report/writes-chosen-records", test_writes_chosen_records);
  add_test ("/table-report/tells-about-itself", test_tells_about_itself);
  add_test ("/table-report/refuses-columns-without-room", test_refuses_columns_without_room);
  g_test_add_func ("/cell-text/breaks-lines", test_breaks_lines);

  return g_test_run ();
}
