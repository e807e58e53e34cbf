/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dashboards as workbooks: taken apart again, cells and charts. */
#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "cpt-data-table.h"
#include "cpt-workbook.h"
#include "cpt-xlsx-reader.h"
#include "sample.h"

static const CptChartUnit euros = { CPT_CHART_MONEY, "EUR", NULL };

static GBytes *
write_book (CptWorkbookWidget *widgets,
            guint              n)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptWorkbook) book = cpt_workbook_new ("This year", SAMPLE_NOW, &error);
  g_autoptr(GOutputStream) stream = g_memory_output_stream_new_resizable ();

  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    g_assert_true (cpt_workbook_add_widget (book, &widgets[i], NULL));
  g_assert_true (cpt_workbook_finish (book, stream, NULL, &error));
  g_assert_no_error (error);
  g_output_stream_close (stream, NULL, NULL);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

static GBytes *
write_sample (void)
{
  g_autoptr(CptDashboard) dashboard = sample_create_dashboard (FALSE);
  g_autoptr(GPtrArray) data = sample_create_data (dashboard, FALSE);
  g_autofree CptWorkbookWidget *widgets = g_new0 (CptWorkbookWidget, data->len);

  for (guint i = 0; i < data->len; i++)
    widgets[i] = (CptWorkbookWidget){ cpt_dashboard_get_widget (dashboard, i), g_ptr_array_index (data, i), "What it asks", NULL };

  return write_book (widgets, data->len);
}

/* name -> content, of the parts of a workbook */
static GHashTable *
take_apart (GBytes *bytes)
{
  GHashTable *parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  struct archive *archive = archive_read_new ();
  struct archive_entry *entry;
  gsize length;
  gconstpointer data = g_bytes_get_data (bytes, &length);

  archive_read_support_format_zip (archive);
  g_assert_cmpint (archive_read_open_memory (archive, data, length), ==, ARCHIVE_OK);
  while (archive_read_next_header (archive, &entry) == ARCHIVE_OK)
    {
      GString *text = g_string_new (NULL);
      char buffer[4096];
      la_ssize_t n;

      while ((n = archive_read_data (archive, buffer, sizeof buffer)) > 0)
        g_string_append_len (text, buffer, n);
      g_hash_table_insert (parts, g_strdup (archive_entry_pathname (entry)), g_string_free (text, FALSE));
    }
  archive_read_free (archive);

  return parts;
}

static const char *
get_part (GHashTable *parts,
          const char *name)
{
  const char *text = g_hash_table_lookup (parts, name);

  g_assert_nonnull (text);

  return text;
}

/* The chart whose title is @title */
static const char *
find_chart (GHashTable *parts,
            const char *title)
{
  GHashTableIter iter;
  gpointer name, text;
  g_autofree char *wanted = g_strdup_printf ("<a:t>%s</a:t>", title);

  g_hash_table_iter_init (&iter, parts);
  while (g_hash_table_iter_next (&iter, &name, &text))
    if (g_str_has_prefix (name, "xl/charts/chart") && strstr (text, wanted) != NULL)
      return text;

  return NULL;
}

/* The sanitizers read all that follows at each strstr(): for fifty thousand rows, half a minute. */
static guint
count (const char *text,
       const char *what)
{
  const char *end = text + strlen (text);
  guint n = 0;

  for (const char *at = text; (at = g_strstr_len (at, end - at, what)) != NULL; at++)
    n++;

  return n;
}

static void
test_kinds_have_native_charts (void)
{
  static const struct
  {
    const char *title;
    const char *element;
    guint n_series;
  } charts[] = {
    { "Revenue won", "<c:lineChart>", 1 },
    { "Revenue by month", "<c:lineChart>", 2 },
    { "Pipeline", "<c:barDir val=\"bar\"/>", 1 },
    { "Open amount by stage", "<c:barDir val=\"col\"/>", 1 },
    { "Top sellers", "<c:barDir val=\"bar\"/>", 2 },
    { "Revenue by team", "<c:lineChart>", 4 },
    { "Won and lost by quarter", "<c:grouping val=\"clustered\"/>", 2 },
    { "Leads by source", "<c:grouping val=\"stacked\"/>", 3 },
    { "Deals by source", "<c:doughnutChart>", 1 },
    { "Revenue this year", "<c:barDir val=\"bar\"/>", 1 },
    { "Activities by person", "<c:radarChart>", 2 },
    { "Deals and revenue", "<c:scatterChart>", 1 },
    { "Outlook", "<c:lineChart>", 2 },
    { "Revenue and conversion", "<c:lineChart>", 2 },
  };
  g_autoptr(GBytes) bytes = write_sample ();
  g_autoptr(GHashTable) parts = take_apart (bytes);
  const char *combo;

  for (guint i = 0; i < G_N_ELEMENTS (charts); i++)
    {
      const char *chart = find_chart (parts, charts[i].title);

      g_assert_nonnull (chart);
      g_assert_nonnull (strstr (chart, charts[i].element));
      g_assert_cmpuint (count (chart, "<c:ser>"), ==, charts[i].n_series);
      /* It shows something before a spreadsheet has computed anything */
      g_assert_nonnull (strstr (chart, "<c:numCache>"));
    }

  /* Two axes of values, one of them on the right */
  combo = find_chart (parts, "Revenue and conversion");
  g_assert_nonnull (strstr (combo, "<c:barChart>"));
  g_assert_cmpuint (count (combo, "<c:valAx>"), ==, 2);
  g_assert_cmpuint (count (combo, "<c:crosses val=\"max\"/>"), ==, 1);
  g_assert_nonnull (strstr (combo, "formatCode=\"0%\""));
  /* Tables are their own picture */
  g_assert_null (find_chart (parts, "Deals by source and stage"));
  g_assert_null (find_chart (parts, "Salespeople"));
  g_assert_nonnull (strstr (get_part (parts, "xl/worksheets/sheet16.xml"), "<colorScale>"));
}

/* What is all above zero has the scale of its picture; powers of a stack add up to nothing */
static void
test_native_charts_have_logarithmic_scales (void)
{
  static const struct
  {
    const char *id;
    const char *options;
    guint n_scales;
  } cases[] = {
    { "stages", "{\"scale\":\"log\"}", 1 },
    { "teams", "{\"scale\":\"log\"}", 1 },
    { "pairs", "{\"scale\":\"log\",\"scale_across\":\"log\"}", 2 },
    { "both", "{\"scale\":\"log\",\"line_scale\":\"log\"}", 2 },
    { "both", "{\"line_scale\":\"log\"}", 1 },
    { "stages", "{\"scale\":\"linear\"}", 0 },
    { "sources", "{\"scale\":\"log\"}", 0 },
    { "won", "{\"scale\":\"log\",\"stacking\":\"stacked\"}", 0 },
  };
  g_autoptr(CptDashboard) dashboard = sample_create_dashboard (FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(CptChartData) data = sample_create_chart (cases[i].id, FALSE);
      g_autoptr(JsonNode) options = json_from_string (cases[i].options, NULL);
      g_autoptr(GHashTable) parts = NULL;
      g_autoptr(GBytes) bytes = NULL;
      CptWidget widget = { 0 };

      for (guint k = 0; k < cpt_dashboard_get_n_widgets (dashboard); k++)
        if (g_str_equal (cpt_dashboard_get_widget (dashboard, k)->id, cases[i].id))
          widget = *cpt_dashboard_get_widget (dashboard, k);
      g_assert_nonnull (widget.id);
      widget.options = json_node_get_object (options);
      bytes = write_book (&(CptWorkbookWidget){ &widget, data, "What it asks", NULL }, 1);
      parts = take_apart (bytes);
      g_assert_cmpuint (count (get_part (parts, "xl/charts/chart1.xml"), "<c:logBase val=\"10\"/>"), ==, cases[i].n_scales);
    }
}

/* The last bar is hatched, and the line to the last point dashed, while there is more to come */
static void
test_native_charts_mark_what_runs (void)
{
  static const struct
  {
    const char *id;
    const char *kind;
    const char *mark;
    guint n_marks;
  } cases[] = {
    { "won", "bar", "<a:pattFill", 2 },
    { "trend", "line", "<a:prstDash val=\"dash\"/>", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint n_running = 0; n_running < 2; n_running++)
      {
        g_autoptr(CptChartData) data = sample_create_chart (cases[i].id, FALSE);
        CptWidget widget = { .id = (char *) "a", .kind = (char *) cases[i].kind, .title = (char *) "So far" };
        g_autoptr(GHashTable) parts = NULL;
        g_autoptr(GBytes) bytes = NULL;
        guint n_dashed = i == 1 ? 1 : 0; /* the year before is dashed anyway */

        if (n_running > 0)
          cpt_chart_data_set_running (data, cpt_chart_data_get_n_categories (data) - 1);
        bytes = write_book (&(CptWorkbookWidget){ &widget, data, "What it asks", NULL }, 1);
        parts = take_apart (bytes);
        g_assert_cmpuint (count (get_part (parts, "xl/charts/chart1.xml"), cases[i].mark), ==,
                          n_running * cases[i].n_marks + n_dashed);
      }
}

/* Axes of different scales are none that a spreadsheet has: it says so below the numbers */
static void
test_a_radar_of_measures_is_a_table (void)
{
  g_autoptr(CptChartData) data = sample_create_chart ("sellers", FALSE);
  CptWidget widget = { .id = (char *) "a", .kind = (char *) "radar", .title = (char *) "Figures" };
  g_autoptr(GBytes) bytes = write_book (&(CptWorkbookWidget){ &widget, data, "What it asks", NULL }, 1);
  g_autoptr(GHashTable) parts = take_apart (bytes);

  g_assert_false (g_hash_table_contains (parts, "xl/charts/chart1.xml"));
  g_assert_nonnull (strstr (get_part (parts, "xl/sharedStrings.xml"), "draw all axes of a radar on one scale"));
  g_assert_nonnull (strstr (get_part (parts, "xl/sharedStrings.xml"), "Camille Rousseau"));
}

static void
test_equal_input_gives_equal_bytes (void)
{
  g_autoptr(GBytes) first = write_sample ();
  g_autoptr(GBytes) second = NULL;

  /* Times in archives are even */
  g_usleep (2100000);
  second = write_sample ();
  g_assert_true (g_bytes_equal (first, second));
}

/* The cells of a sheet: rows joined by "|" */
static char *
read_sheet (GBytes     *bytes,
            const char *sheet)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "test-workbook-XXXXXX.xlsx", NULL);
  g_autoptr(CptXlsxReader) reader = NULL;
  CptCsvRow row;
  int file = g_mkstemp (path);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  g_assert_cmpint (file, >=, 0);
  g_assert_true (g_file_set_contents (path, data, (gssize) length, NULL));
  reader = cpt_xlsx_reader_open (path, sheet, '.', &error);
  g_assert_no_error (error);
  while (cpt_xlsx_reader_next (reader, &row, NULL, &error))
    {
      for (guint i = 0; i < row.n_fields; i++)
        g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", row.fields[i]);
      g_string_append_c (text, '\n');
    }
  g_assert_no_error (error);
  g_close (file, NULL);
  g_unlink (path);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static CptChartData *
create_months (void)
{
  CptChartData *data = cpt_chart_data_new ("Revenue won", &euros);

  for (int i = 0; i < 2; i++)
    cpt_chart_data_add_bucket (data, CPT_BUCKET_MONTH, cpt_date_from_ymd (2026, 10 + i, 1));
  cpt_chart_data_add_series (data, "Website", CPT_CHART_ROLE_VALUE);
  cpt_chart_data_add_series (data, "=HYPERLINK(\"http://x\")", CPT_CHART_ROLE_VALUE);
  cpt_chart_data_get_series (data, 0)->is_additive = TRUE;
  cpt_chart_data_set_value (data, 0, 0, 100050);
  cpt_chart_data_set_value (data, 0, 1, 200000);
  cpt_chart_data_set_value (data, 1, 1, 7);

  return data;
}

static void
test_cells_are_typed (void)
{
  g_autoptr(CptDashboard) dashboard = cpt_dashboard_new ("Sales");
  CptWidget *widget = cpt_dashboard_add_widget (dashboard, "a", "bar", "=1+1", NULL, NULL, NULL);
  g_autoptr(CptChartData) data = create_months ();
  CptWorkbookWidget added = { widget, data, "Revenue won by Source", "Closed on" };
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GHashTable) parts = NULL;
  g_autofree char *text = NULL;
  const char *sheet;

  cpt_chart_data_set_note (data, "Amounts in other currencies are left out.");
  bytes = write_book (&added, 1);
  text = read_sheet (bytes, "=1+1");
  g_assert_cmpstr (text, ==,
                   "=1+1\nRevenue won by Source\nThis year\n"
                   "Closed on|Website|=HYPERLINK(\"http://x\")\n"
                   "2026-10-01|1000.5 EUR\n2026-11-01|2000 EUR|0.07 EUR\nTotal|3000.5 EUR\n"
                   "Amounts in other currencies are left out.\n");

  parts = take_apart (bytes);
  sheet = get_part (parts, "xl/worksheets/sheet1.xml");
  g_assert_null (strstr (sheet, "<f>"));
  g_assert_null (strstr (sheet, "<hyperlink"));
  g_assert_nonnull (strstr (get_part (parts, "xl/styles.xml"), "formatCode=\"#,##0.00 [$EUR]\""));
  g_assert_nonnull (strstr (get_part (parts, "xl/styles.xml"), "formatCode=\"mmm yyyy\""));
}

static void
test_names_of_sheets_are_legal (void)
{
  static const char *const titles[] = {
    "Deals", "deals", "", "A/B: [what] is *this*? \\ 'yes'", "Chiffre d’affaires gagné par trimestre et par équipe",
    "Chiffre d’affaires gagné par trimestre et par canal", "History",
    /* Sixteen, of two units each */
    "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀",
  };
  g_autoptr(CptDashboard) dashboard = cpt_dashboard_new ("Names");
  CptWorkbookWidget added[G_N_ELEMENTS (titles)] = { 0 };
  g_autoptr(CptChartData) data = create_months ();
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GHashTable) parts = NULL;
  g_autoptr(GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GRegex) regex = g_regex_new ("<sheet name=\"([^\"]*)\"", 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      g_autofree char *id = g_strdup_printf ("w%u", i);

      added[i].widget = cpt_dashboard_add_widget (dashboard, id, "bar", titles[i], NULL, NULL, NULL);
      added[i].data = data;
    }
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      g_autofree char *id = g_strdup_printf ("w%u", i);

      added[i].widget = cpt_dashboard_find_widget (dashboard, id, NULL);
    }

  bytes = write_book (added, G_N_ELEMENTS (titles));
  parts = take_apart (bytes);
  g_regex_match (regex, get_part (parts, "xl/workbook.xml"), 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *name = g_match_info_fetch (match, 1);
      glong length = 0;
      g_autofree gunichar2 *units = NULL;

      units = g_utf8_to_utf16 (name, -1, NULL, &length, NULL);
      g_assert_nonnull (units);
      g_assert_cmpint (length, >, 0);
      g_assert_cmpint (length, <=, 31);
      g_assert_null (strpbrk (name, "[]:*?/\\'"));
      g_assert_cmpstr (name, !=, "History");
      g_assert_true (g_hash_table_add (names, g_utf8_casefold (name, -1)));
    }
  g_assert_cmpuint (g_hash_table_size (names), ==, G_N_ELEMENTS (titles));
}

static void
test_what_is_missing_is_said (void)
{
  g_autoptr(CptDashboard) dashboard = cpt_dashboard_new ("Sales");
  CptWidget *widget = cpt_dashboard_add_widget (dashboard, "a", "pie", "Broken", NULL, NULL, NULL);
  g_autoptr(CptChartData) data = cpt_chart_data_new_error ("Broken", "There is no field “x”.");
  CptWorkbookWidget added = { widget, data, NULL, NULL };
  g_autoptr(GBytes) bytes = write_book (&added, 1);
  g_autoptr(GBytes) none = write_book (NULL, 0);
  g_autofree char *text = read_sheet (bytes, "Broken");

  g_assert_cmpstr (text, ==, "Broken\nThis year\nThere is no field “x”.\n");
  g_assert_cmpuint (g_bytes_get_size (none), >, 0);
}

/* Negative parts, one that is huge, 50,000 of them: a file that opens */
static void
test_bad_numbers_stand (void)
{
  g_autoptr(CptDashboard) dashboard = cpt_dashboard_new ("Sales");
  CptWidget *widget = cpt_dashboard_add_widget (dashboard, "a", "pie", "Parts", NULL, NULL, NULL);
  g_autoptr(CptChartData) data = cpt_chart_data_new ("Parts", &euros);
  CptWorkbookWidget added = { widget, data, NULL, NULL };
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GHashTable) parts = NULL;

  cpt_chart_data_add_series (data, NULL, CPT_CHART_ROLE_VALUE);
  for (guint i = 0; i < 50000; i++)
    {
      guint category = cpt_chart_data_add_category (data, i % 2 ? "@x" : "Anna");

      cpt_chart_data_set_value (data, 0, category, i == 3 ? 1e300 : i == 4 ? INFINITY
                                                                  : i == 5 ? -5.0
                                                                           : (double) i);
    }
  bytes = write_book (&added, 1);
  parts = take_apart (bytes);
  g_assert_null (find_chart (parts, "Parts"));
  g_assert_cmpuint (count (get_part (parts, "xl/worksheets/sheet1.xml"), "<row "), >=, 50000);
  g_assert_null (strstr (get_part (parts, "xl/worksheets/sheet1.xml"), "inf"));
}

static void
test_tables_have_what_charts_show (void)
{
  g_autoptr(CptDashboard) dashboard = sample_create_dashboard (FALSE);
  CptWidget *widget = cpt_dashboard_find_widget (dashboard, "cycle", NULL);
  g_autoptr(CptChartData) data = sample_create_chart ("cycle", FALSE);
  g_autoptr(GPtrArray) tables = cpt_data_tables_new (widget, data, NULL);
  const CptDataTable *table = g_ptr_array_index (tables, 0);
  g_autofree char *heading = cpt_data_column_dup_heading (cpt_data_table_get_column (table, 1), TRUE);

  /* A number, and how it came to be */
  g_assert_cmpuint (tables->len, ==, 2);
  g_assert_cmpstr (heading, ==, "Value (days)");
  g_assert_cmpfloat_with_epsilon (cpt_data_table_get_number (table, 0, 1), 47.9, 1e-9);
  g_assert_cmpstr (cpt_data_table_get_text (table, 1, 0), ==, "previous quarter");

  /* Parts with their share, without a total that nobody knows */
  g_clear_pointer (&data, cpt_chart_data_unref);
  g_clear_pointer (&tables, g_ptr_array_unref);
  data = sample_create_chart ("sources", FALSE);
  tables = cpt_data_tables_new (cpt_dashboard_find_widget (dashboard, "sources", NULL), data, "Source");
  table = g_ptr_array_index (tables, 0);
  g_assert_cmpstr (cpt_data_table_get_column (table, 0)->heading, ==, "Source");
  g_assert_cmpint (cpt_data_table_get_column (table, 2)->role, ==, CPT_COLUMN_SHARE);
  g_assert_cmpfloat (cpt_data_table_get_number (table, 0, 2), <, 1);
}

static void
test_separated_values_are_plain (void)
{
  g_autoptr(CptDashboard) dashboard = cpt_dashboard_new ("Sales");
  CptWidget *widget = cpt_dashboard_add_widget (dashboard, "a", "bar", "Revenue", NULL, NULL, NULL);
  g_autoptr(CptChartData) data = create_months ();
  g_autoptr(GPtrArray) tables = cpt_data_tables_new (widget, data, "@Closed");
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GString) rate = g_string_new (NULL);

  cpt_data_table_append_csv (g_ptr_array_index (tables, 0), text);
  g_assert_cmpstr (text->str, ==,
                   "'@Closed,Website (EUR),\"'=HYPERLINK(\"\"http://x\"\") (EUR)\"\r\n"
                   "2026-10-01,1000.50,\r\n2026-11-01,2000.00,0.07\r\n");

  g_clear_pointer (&data, cpt_chart_data_unref);
  g_clear_pointer (&tables, g_ptr_array_unref);
  data = sample_create_chart ("rate", FALSE);
  tables = cpt_data_tables_new (cpt_dashboard_add_widget (dashboard, "b", "number", "Rate", NULL, NULL, NULL), data, NULL);
  cpt_data_table_append_csv (g_ptr_array_index (tables, 0), rate);
  g_assert_true (g_str_has_prefix (rate->str, "Name,Value (%)\r\nConversion rate,63.1\r\n"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/workbook/kinds-have-native-charts", test_kinds_have_native_charts);
  g_test_add_func ("/workbook/native-charts-have-logarithmic-scales", test_native_charts_have_logarithmic_scales);
  g_test_add_func ("/workbook/a-radar-of-measures-is-a-table", test_a_radar_of_measures_is_a_table);
  g_test_add_func ("/workbook/native-charts-mark-what-runs", test_native_charts_mark_what_runs);
  g_test_add_func ("/workbook/equal-input-gives-equal-bytes", test_equal_input_gives_equal_bytes);
  g_test_add_func ("/workbook/cells-are-typed", test_cells_are_typed);
  g_test_add_func ("/workbook/names-of-sheets-are-legal", test_names_of_sheets_are_legal);
  g_test_add_func ("/workbook/what-is-missing-is-said", test_what_is_missing_is_said);
  g_test_add_func ("/workbook/bad-numbers-stand", test_bad_numbers_stand);
  g_test_add_func ("/workbook/separated-values-are-plain", test_separated_values_are_plain);
  g_test_add_func ("/workbook/tables-have-what-charts-show", test_tables_have_what_charts_show);

  return g_test_run ();
}
