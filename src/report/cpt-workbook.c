/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sheets of a workbook. The chart's numbers are the cells of the table: who
 * changes one sees the other change. */
#include "config.h"

#include "cpt-workbook-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "cpt-chart-kind.h"
#include "cpt-error.h"
#include "cpt-report-private.h"

/* Columns, in characters */
#define MIN_WIDTH 9
#define MAX_WIDTH 48
/* Rows that are looked at for the width of a column */
#define MEASURED_ROWS 500
/* A table that is longer keeps its headings in view */
#define FROZEN_ROWS 25

struct _CptWorkbook
{
  CptXlsxFile *file;
  char *subtitle; /* (nullable) */
  guint n_sheets;
};

CptWorkbook *
cpt_workbook_new (const char  *subtitle,
                  gint64       now,
                  GError     **error)
{
  CptXlsxFile *file = cpt_xlsx_file_new (FALSE, now, error);
  CptWorkbook *self;

  if (file == NULL)
    return NULL;

  self = g_new0 (CptWorkbook, 1);
  self->file = file;
  self->subtitle = g_strdup (subtitle);

  return self;
}

void
cpt_workbook_free (CptWorkbook *self)
{
  g_return_if_fail (self != NULL);

  cpt_xlsx_file_free (self->file);
  g_free (self->subtitle);
  g_free (self);
}

/* ---- cells ---- */

static gboolean
is_whole (const CptDataTable *table,
          guint               column)
{
  for (guint i = 0; i < table->n_rows; i++)
    {
      double number = cpt_data_table_get_number (table, i, column);

      if (!isnan (number) && number != floor (number))
        return FALSE;
    }

  return TRUE;
}

static char *
dup_number_code (const CptDataTable *table,
                 guint               column)
{
  const CptChartUnit *unit = &cpt_data_table_get_column (table, column)->unit;
  char *code;

  switch (unit->measure)
    {
    case CPT_CHART_MONEY:
      code = cpt_xlsx_dup_money_code (unit->currency);
      return code != NULL ? code : g_strdup ("#,##0.00");

    case CPT_CHART_PERCENT:
      return g_strdup ("0.0%");

    case CPT_CHART_COUNT:
      return g_strdup ("#,##0");

    case CPT_CHART_DURATION:
    case CPT_CHART_NUMBER:
    default:
      return g_strdup (is_whole (table, column) ? "#,##0" : "#,##0.0#");
    }
}

char *
cpt_workbook_dup_code (const CptDataTable *table,
                       guint               column)
{
  const CptDataColumn *entry = cpt_data_table_get_column (table, column);

  if (entry->kind == CPT_COLUMN_NUMBER)
    return dup_number_code (table, column);
  if (entry->kind == CPT_COLUMN_TEXT || entry->bucket == CPT_BUCKET_QUARTER)
    return NULL;
  if (entry->bucket == CPT_BUCKET_YEAR)
    return g_strdup ("yyyy");

  return g_strdup (entry->bucket == CPT_BUCKET_MONTH ? "mmm yyyy" : "yyyy-mm-dd");
}

/* No format shows a date as "Q4 2026", and no spreadsheet has days of all times */
static void
write_date (const CptWorkbookSheet *self,
            guint                   row,
            gint64                  date,
            lxw_format             *format)
{
  CptBucket bucket = cpt_data_table_get_column (self->table, 0)->bucket;
  g_autofree char *text = NULL;

  if (bucket != CPT_BUCKET_QUARTER && cpt_xlsx_write_date (self->sheet, row, 0, date, format))
    return;

  text = cpt_bucket_format (bucket, date);
  cpt_xlsx_write_text (self->sheet, row, 0, text, NULL);
}

static void
write_column (const CptWorkbookSheet *self,
              guint                   column)
{
  const CptDataTable *table = self->table;
  const CptDataColumn *entry = cpt_data_table_get_column (table, column);
  g_autofree char *code = cpt_workbook_dup_code (table, column);
  g_autofree char *heading = cpt_data_column_dup_heading (entry, FALSE);
  /* Numbers are below their heading, the names of rows at the left */
  CptXlsxLook side = entry->kind == CPT_COLUMN_NUMBER ? CPT_XLSX_RIGHT : CPT_XLSX_LEFT;
  lxw_format *format = cpt_xlsx_file_get_format (self->file, code, side);
  lxw_format *bold = cpt_xlsx_file_get_format (self->file, code, side | CPT_XLSX_BOLD);

  cpt_xlsx_write_text (self->sheet, self->head, column, heading,
                       cpt_xlsx_file_get_format (self->file, NULL, side | CPT_XLSX_BOLD));
  for (guint i = 0; i < table->n_rows + (table->has_total ? 1 : 0); i++)
    {
      lxw_format *own = i < table->n_rows ? format : bold;
      double number = cpt_data_table_get_number (table, i, column);
      guint row = self->head + 1 + i;

      if (isnan (number))
        cpt_xlsx_write_text (self->sheet, row, column, cpt_data_table_get_text (table, i, column), own);
      else if (entry->kind == CPT_COLUMN_DATE)
        write_date (self, row, (gint64) number, own);
      else
        worksheet_write_number (self->sheet, row, (lxw_col_t) column, number, own);
    }
}

/* In characters */
static double
measure_column (const CptDataTable *table,
                guint               column)
{
  const CptDataColumn *entry = cpt_data_table_get_column (table, column);
  g_autofree char *heading = cpt_data_column_dup_heading (entry, FALSE);
  glong width = g_utf8_strlen (heading, -1);

  for (guint i = 0; i < MIN (table->n_rows, MEASURED_ROWS); i++)
    {
      const char *text = cpt_data_table_get_text (table, i, column);
      double number = cpt_data_table_get_number (table, i, column);

      if (text != NULL)
        width = MAX (width, g_utf8_strlen (text, -1));
      else if (!isnan (number) && entry->kind == CPT_COLUMN_NUMBER && fabs (number) >= 1)
        /* Digits in groups of three, decimals, and the currency */
        width = MAX (width, (glong) (MIN (floor (log10 (fabs (number))), 20) * 4 / 3 + 9));
    }

  return CLAMP (width + 2, MIN_WIDTH, MAX_WIDTH);
}

/* Columns that a sheet has room for */
static guint
get_n_columns (const CptDataTable *table)
{
  return MIN (table->columns->len, LXW_COL_MAX - 16);
}

static gboolean
is_shaded (const CptWidget *widget)
{
  const CptChart chart = { .kind = cpt_chart_kind_find (widget->kind), .options = widget->options };

  if (chart.kind == NULL)
    return FALSE;

  return g_str_equal (chart.kind->name, "heat") || g_str_equal (chart.kind->name, "cohort") ||
         (cpt_chart_kind_has_option (chart.kind, "heat") && cpt_chart_is_option (&chart, "heat", "true"));
}

static gboolean
is_value (const CptWorkbookSheet *self,
          guint                   column)
{
  const CptDataColumn *entry = cpt_data_table_get_column (self->table, column);

  return entry->role == CPT_COLUMN_SERIES &&
         cpt_chart_data_get_series (self->widget->data, entry->series)->role == CPT_CHART_ROLE_VALUE;
}

/* The darker the more, as on the screen; columns of several measures each by itself */
static void
shade (const CptWorkbookSheet *self)
{
  const CptChartData *data = self->widget->data;
  gboolean is_apart = data->measures != NULL && data->measures->len > 1;
  lxw_conditional_format format = {
    .type = LXW_CONDITIONAL_2_COLOR_SCALE,
    .min_rule_type = LXW_CONDITIONAL_RULE_TYPE_MINIMUM,
    .max_rule_type = LXW_CONDITIONAL_RULE_TYPE_MAXIMUM,
    .min_color = 0xf3f7fc,
    .max_color = 0x7fb0ea,
  };

  if (self->table->n_rows == 0 || !is_shaded (self->widget->widget))
    return;

  for (guint c = 1; c < get_n_columns (self->table); c++)
    {
      guint last = c;

      if (!is_value (self, c))
        continue;
      while (!is_apart && last + 1 < get_n_columns (self->table) && is_value (self, last + 1))
        last++;
      worksheet_conditional_format_range (self->sheet, self->head + 1, (lxw_col_t) c, self->head + self->table->n_rows,
                                          (lxw_col_t) last, &format);
      c = last;
    }
}

/* ---- sheets ---- */

static const char *
get_title (const CptWorkbookWidget *widget)
{
  const CptChartKind *kind = cpt_chart_kind_find (widget->widget->kind);

  if (*widget->widget->title != '\0')
    return widget->widget->title;

  return kind != NULL ? _(kind->label) : _("Sheet");
}

/* Returns the row behind it */
static guint
write_table (const CptWorkbookSheet *self)
{
  guint row = self->head + 1 + self->table->n_rows + (self->table->has_total ? 1 : 0);

  for (guint c = 0; c < get_n_columns (self->table); c++)
    write_column (self, c);
  shade (self);
  if (get_n_columns (self->table) < self->table->columns->len)
    {
      guint n = self->table->columns->len - get_n_columns (self->table);
      g_autofree char *note = g_strdup_printf (ngettext ("%u column has no room in a spreadsheet.",
                                                         "%u columns have no room in a spreadsheet.", n),
                                               n);

      cpt_xlsx_write_text (self->sheet, ++row, 0, note, NULL);
    }

  return row;
}

static void
write_picture (lxw_worksheet   *sheet,
               guint            row,
               cairo_surface_t *image)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();

  if (cairo_surface_write_to_png_stream (image, cpt_report_append_cb, bytes) == CAIRO_STATUS_SUCCESS)
    worksheet_insert_image_buffer (sheet, row, 0, bytes->data, bytes->len);
}

/* Title, question and what all is about; returns the next free row */
static guint
write_head (CptWorkbook             *self,
            lxw_worksheet           *sheet,
            const CptWorkbookWidget *widget)
{
  const char *lines[] = { widget->question, self->subtitle };
  lxw_format *title = workbook_add_format (cpt_xlsx_file_get_book (self->file));
  guint row = 0;

  format_set_bold (title);
  format_set_font_size (title, 14);
  cpt_xlsx_write_text (sheet, row++, 0, get_title (widget), title);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    if (lines[i] != NULL && *lines[i] != '\0')
      cpt_xlsx_write_text (sheet, row++, 0, lines[i], NULL);

  return row + 1;
}

/* What is to be known about the numbers, or why there are none */
static void
write_notes (lxw_worksheet           *sheet,
             guint                    row,
             const CptWorkbookWidget *widget)
{
  const CptChartData *data = widget->data;
  CptChart declared = { cpt_chart_kind_find (widget->widget->kind), widget->widget->options, widget->data };

  if (cpt_workbook_refuse_chart (&declared) != NULL)
    cpt_xlsx_write_text (sheet, row++, 0, cpt_workbook_refuse_chart (&declared), NULL);
  if (data->error != NULL)
    cpt_xlsx_write_text (sheet, row++, 0, data->error, NULL);
  if (data->note != NULL)
    cpt_xlsx_write_text (sheet, row++, 0, data->note, NULL);
  for (guint i = 0; data->findings != NULL && i < data->findings->len; i++)
    cpt_xlsx_write_text (sheet, row++, 0, g_ptr_array_index (data->findings, i), NULL);
}

static void
write_widget (CptWorkbook             *self,
              lxw_worksheet           *sheet,
              const CptWorkbookWidget *widget)
{
  g_autoptr(GPtrArray) tables = cpt_data_tables_new (widget->widget, widget->data, widget->label);
  guint row = write_head (self, sheet, widget);
  CptWorkbookSheet content = { .file = self->file, .sheet = sheet, .widget = widget };
  g_autofree double *widths = NULL;
  guint n_widths = 0;

  for (guint i = 0; i < tables->len; i++)
    n_widths = MAX (n_widths, get_n_columns (g_ptr_array_index (tables, i)));
  widths = g_new0 (double, n_widths + 1);
  for (guint i = 0; i < tables->len; i++)
    {
      content.table = g_ptr_array_index (tables, i);
      for (guint c = 0; c < get_n_columns (content.table); c++)
        widths[c] = MAX (widths[c], measure_column (content.table, c));
    }
  /* Who prints it gets whole rows */
  worksheet_set_landscape (sheet);
  worksheet_fit_to_pages (sheet, 1, 0);
  for (guint c = 0; c < n_widths; c++)
    worksheet_set_column (sheet, (lxw_col_t) c, (lxw_col_t) c, widths[c], NULL);

  for (guint i = 0; i < tables->len; i++)
    {
      content.table = g_ptr_array_index (tables, i);
      if (content.table->title != NULL)
        cpt_xlsx_write_text (sheet, row++, 0, content.table->title, cpt_xlsx_file_get_format (self->file, NULL, CPT_XLSX_BOLD));
      content.head = row;
      row = write_table (&content) + 1;
      if (content.table->n_rows > FROZEN_ROWS)
        worksheet_freeze_panes (sheet, content.head + 1, 1);
      if (i + 1 == tables->len)
        cpt_workbook_add_chart (&content);
    }
  if (widget->data->image != NULL)
    write_picture (sheet, row, widget->data->image);
  write_notes (sheet, row, widget);
}

gboolean
cpt_workbook_add_widget (CptWorkbook              *self,
                         const CptWorkbookWidget  *widget,
                         GError                  **error)
{
  locale_t session;
  lxw_worksheet *sheet;

  g_return_val_if_fail (self != NULL && widget != NULL && widget->widget != NULL, FALSE);

  session = cpt_xlsx_file_enter (self->file);
  sheet = cpt_xlsx_file_add_sheet (self->file, get_title (widget));
  if (sheet != NULL && widget->data != NULL)
    write_widget (self, sheet, widget);
  cpt_xlsx_file_leave (session);
  if (sheet == NULL)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_IO, _("The spreadsheet can’t be written. Export as CSV."));
      return FALSE;
    }
  self->n_sheets++;

  return TRUE;
}

CptXlsxFile *
cpt_workbook_get_file (CptWorkbook *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  self->n_sheets++;

  return self->file;
}

gboolean
cpt_workbook_finish (CptWorkbook    *self,
                     GOutputStream  *stream,
                     GCancellable   *cancellable,
                     GError        **error)
{
  g_return_val_if_fail (self != NULL && G_IS_OUTPUT_STREAM (stream), FALSE);

  if (self->n_sheets == 0)
    cpt_xlsx_file_add_sheet (self->file, "");

  return cpt_xlsx_file_finish (self->file, stream, cancellable, error);
}
