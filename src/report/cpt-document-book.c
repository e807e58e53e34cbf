/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A report as a workbook: a sheet for each widget, and one for each table, with its
 * records as a list is exported. Headings, texts and page breaks are of the paper. */

#include "config.h"

#include "cpt-document-report.h"

#include <glib/gi18n-lib.h>

#include "cpt-dashboard-filter.h"
#include "cpt-document-table.h"
#include "cpt-query.h"
#include "cpt-report-private.h"
#include "cpt-statement.h"
#include "cpt-xlsx-sheet.h"

#define PAGE_ROWS 500

typedef struct
{
  const CptDocument *document;
  JsonNode *filters; /* (nullable) */
  gint64 now;
  GOutputStream *stream;
  GCancellable *cancellable;
  CptWorkbook *book;
} Job;

static gboolean
add_widgets (Job             *job,
             const CptBlock  *block,
             CptDatabase     *database,
             GError         **error)
{
  g_autoptr(CptDashboard) dashboard = cpt_block_load_widgets (block, database, error);
  g_autoptr(JsonNode) all = NULL;

  if (dashboard == NULL)
    return FALSE;

  all = cpt_dashboard_filters_join (dashboard->filters, job->filters);
  for (guint i = 0; i < cpt_dashboard_get_n_widgets (dashboard); i++)
    if (g_cancellable_set_error_if_cancelled (job->cancellable, error) ||
        !cpt_workbook_add_read (job->book, database, cpt_dashboard_get_widget (dashboard, i), all, error))
      return FALSE;

  return TRUE;
}

static gboolean
add_header (const CptTableReport  *report,
            CptXlsxSheet          *sheet,
            GError               **error)
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < report->n_columns; i++)
    g_ptr_array_add (labels, cpt_path_get_label (&report->columns[i]));

  return cpt_xlsx_sheet_add_header (sheet, (const char *const *) labels->pdata, labels->len, error);
}

static gboolean
add_page (const CptTableReport  *report,
          CptPage               *page,
          guint                  n_rows,
          CptXlsxSheet          *sheet,
          GError               **error)
{
  for (guint row = 0; row < n_rows; row++)
    {
      if (!cpt_page_has_row (page, row))
        continue;
      if (!cpt_xlsx_sheet_begin_row (sheet, error))
        return FALSE;
      for (guint c = 0; c < report->n_columns; c++)
        {
          const CptField *field = cpt_path_get_field (&report->columns[c]);
          const CptValue *value = cpt_page_get_value (page, row, c);
          const char *title = field->target != NULL ? cpt_page_get_title (page, row, c) : NULL;
          g_autofree char *text = title != NULL ? g_strdup (title) : cpt_field_format (field, value);

          cpt_xlsx_sheet_add_value (sheet, field, value, text);
        }
    }

  return TRUE;
}

static gboolean
add_table (Job             *job,
           const CptBlock  *block,
           CptDatabase     *database,
           GError         **error)
{
  g_autoptr(CptDocumentTable) table = cpt_document_table_new (database, block, job->filters, error);
  const CptTableReport *report = table != NULL ? cpt_document_table_get_report (table) : NULL;
  g_autoptr(CptXlsxSheet) sheet = NULL;
  g_autoptr(GArray) rows = NULL;

  if (report == NULL)
    return FALSE;

  rows = cpt_query_get_rows (report->query, database, 0, 0, error);
  if (rows == NULL)
    return FALSE;
  sheet = cpt_xlsx_sheet_new_in (cpt_workbook_get_file (job->book),
                                 *block->text != '\0' ? block->text : cpt_entity_get_label_plural (report->query->entity),
                                 cpt_database_get_zone (database), error);
  if (sheet == NULL || !add_header (report, sheet, error))
    return FALSE;

  for (guint i = 0; i < rows->len; i += PAGE_ROWS)
    {
      guint n = MIN (PAGE_ROWS, rows->len - i);
      g_autoptr(CptPage) page = cpt_page_load (database, report->query->schema, report->query->entity, report->columns,
                                               report->n_columns, &g_array_index (rows, gint64, i), n, error);

      if (page == NULL || g_cancellable_set_error_if_cancelled (job->cancellable, error) ||
          !add_page (report, page, n, sheet, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_snapshot (CptDatabase  *database,
                gpointer      data,
                GError      **error)
{
  Job *job = data;
  g_autofree char *sentence = cpt_dashboard_filters_to_sentence (job->filters, cpt_database_get_schema (database), database);
  g_autoptr(CptWorkbook) book = cpt_workbook_new (sentence, job->now, error);

  if (book == NULL)
    return FALSE;

  job->book = book;
  for (guint i = 0; i < cpt_document_get_n_blocks (job->document); i++)
    {
      const CptBlock *block = cpt_document_get_block (job->document, i);

      if (block->kind == CPT_BLOCK_WIDGETS && !add_widgets (job, block, database, error))
        return FALSE;
      if (block->kind == CPT_BLOCK_TABLE && !add_table (job, block, database, error))
        return FALSE;
    }

  return cpt_workbook_finish (book, job->stream, job->cancellable, error);
}

gboolean
cpt_document_write_workbook (const CptDocument  *document,
                             JsonNode           *filters,
                             CptDatabase        *database,
                             GOutputStream      *stream,
                             GCancellable       *cancellable,
                             GError            **error)
{
  Job job = { .document = document, .filters = filters, .stream = stream, .cancellable = cancellable };

  g_return_val_if_fail (document != NULL && database != NULL && G_IS_OUTPUT_STREAM (stream), FALSE);

  job.now = cpt_database_get_now (database);

  return cpt_database_snapshot (database, write_snapshot, &job, error);
}
