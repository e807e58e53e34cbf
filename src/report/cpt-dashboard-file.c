/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dashboards as files of every format: what the window and the command line
 * write is the same. */
#include "config.h"

#include "cpt-dashboard-file.h"

#include <glib/gi18n-lib.h>

#include "cpt-chart-kind.h"
#include "cpt-dashboard-filter.h"
#include "cpt-data-table.h"
#include "cpt-error.h"
#include "cpt-metric.h"
#include "cpt-output.h"
#include "cpt-report-private.h"
#include "cpt-statement.h"
#include "cpt-workbook.h"

#define BYTE_ORDER_MARK "\357\273\277"

typedef struct
{
  const CptDashboard *dashboard;
  CptReportSetup setup;
  GOutputStream *stream;
  GCancellable *cancellable;
} Job;

/* What the rows of its table are called */
static char *
dup_label (CptDatabase *database,
           JsonNode    *question)
{
  g_autoptr(CptAggregateSpec) spec = question != NULL ? cpt_metric_create_spec (database, question, NULL) : NULL;

  return spec != NULL && cpt_aggregate_spec_get_n_dimensions (spec) > 0 ? cpt_aggregate_spec_dup_dimension_label (spec, 0) : NULL;
}

gboolean
cpt_workbook_add_read (CptWorkbook      *book,
                       CptDatabase      *database,
                       const CptWidget  *widget,
                       JsonNode         *filters,
                       GError          **error)
{
  g_autoptr(CptWidgetData) data = cpt_widget_data_read_filtered (database, widget, filters);
  g_autoptr(JsonNode) question = cpt_widget_dup_question (database, widget, filters);
  g_autofree char *sentence = question != NULL ? cpt_question_to_sentence (database, question) : NULL;
  g_autofree char *label = dup_label (database, question);
  CptWorkbookWidget added = { widget, cpt_widget_data_get_chart (data), sentence, label };

  return cpt_workbook_add_widget (book, &added, error);
}

static gboolean
write_workbook (Job          *job,
                CptDatabase  *database,
                GError      **error)
{
  g_autoptr(CptWorkbook) book = cpt_workbook_new (job->setup.subtitle, job->setup.now, error);

  if (book == NULL)
    return FALSE;

  for (guint i = 0; i < cpt_dashboard_get_n_widgets (job->dashboard); i++)
    if (g_cancellable_set_error_if_cancelled (job->cancellable, error) ||
        !cpt_workbook_add_read (book, database, cpt_dashboard_get_widget (job->dashboard, i), job->dashboard->filters, error))
      return FALSE;

  return cpt_workbook_finish (book, job->stream, job->cancellable, error);
}

/* Its tables, one below the other; no bytes for a widget without numbers */
static gboolean
write_csv (Job          *job,
           CptDatabase  *database,
           GError      **error)
{
  const CptWidget *widget;
  g_autoptr(CptWidgetData) data = NULL;
  g_autoptr(JsonNode) question = NULL;
  g_autoptr(GPtrArray) tables = NULL;
  g_autoptr(GString) text = NULL;
  g_autofree char *label = NULL;

  if (cpt_dashboard_get_n_widgets (job->dashboard) != 1)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_INVALID,
                           _("A file of separated values has room for one widget. Choose one of them, or a folder for all."));
      return FALSE;
    }

  widget = cpt_dashboard_get_widget (job->dashboard, 0);
  data = cpt_widget_data_read_filtered (database, widget, job->dashboard->filters);
  question = cpt_widget_dup_question (database, widget, job->dashboard->filters);
  label = dup_label (database, question);
  tables = cpt_data_tables_new (widget, cpt_widget_data_get_chart (data), label);
  text = g_string_new (tables->len > 0 ? BYTE_ORDER_MARK : "");
  for (guint i = 0; i < tables->len; i++)
    {
      g_string_append (text, i > 0 ? "\r\n" : "");
      cpt_data_table_append_csv (g_ptr_array_index (tables, i), text);
    }

  return g_output_stream_write_all (job->stream, text->str, text->len, NULL, job->cancellable, error);
}

static gboolean
write_drawing (Job          *job,
               CptDatabase  *database,
               GError      **error)
{
  g_autoptr(GPtrArray) numbers = cpt_widget_data_read_all_filtered (database, job->dashboard, job->dashboard->filters);

  return cpt_report_write_dashboard (job->dashboard, (CptChartData *const *) numbers->pdata, &job->setup, job->stream,
                                     job->cancellable, error);
}

static gboolean
write_snapshot (CptDatabase  *database,
                gpointer      data,
                GError      **error)
{
  Job *job = data;
  g_autofree char *organization = NULL;
  g_autofree char *filters = cpt_dashboard_filters_to_sentence (job->dashboard->filters, cpt_database_get_schema (database),
                                                                database);

  organization = cpt_report_setup_fill (&job->setup, database);
  job->setup.subtitle = filters;

  if (job->setup.format == CPT_REPORT_CSV)
    return write_csv (job, database, error);

  return job->setup.format == CPT_REPORT_XLSX ? write_workbook (job, database, error) : write_drawing (job, database, error);
}

gboolean
cpt_dashboard_write_file (CptDatabase           *database,
                          const CptDashboard    *dashboard,
                          const CptReportSetup  *setup,
                          GOutputStream         *stream,
                          GCancellable          *cancellable,
                          GError               **error)
{
  Job job = { .dashboard = dashboard, .stream = stream, .cancellable = cancellable };

  g_return_val_if_fail (database != NULL && dashboard != NULL && setup != NULL && G_IS_OUTPUT_STREAM (stream), FALSE);

  job.setup = *setup;

  return cpt_database_snapshot (database, write_snapshot, &job, error);
}

/* ---- a file for each ---- */

/* The separated values of a widget, read once: whether a file is needed is seen by them. Pictures and
 * what could not be read have none. */
static GBytes *
read_values (CptDatabase           *database,
             const CptDashboard    *single,
             const CptReportSetup  *setup,
             GCancellable          *cancellable,
             GError               **error)
{
  g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable ();

  if (!cpt_dashboard_write_file (database, single, setup, memory, cancellable, error) ||
      !g_output_stream_close (memory, cancellable, error))
    return NULL;

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

/* @values: (nullable): what the file has, where that is known */
static gboolean
write_one (CptDatabase           *database,
           const CptDashboard    *single,
           const CptReportSetup  *setup,
           GBytes                *values,
           const char            *path,
           GCancellable          *cancellable,
           GError               **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(CptOutput) output = cpt_output_open (database, NULL, file, G_FILE_CREATE_PRIVATE, error);
  GError *problem = NULL;

  if (output == NULL)
    return FALSE;
  if (values == NULL)
    cpt_dashboard_write_file (database, single, setup, cpt_output_get_stream (output), cancellable, &problem);
  else
    g_output_stream_write_all (cpt_output_get_stream (output), g_bytes_get_data (values, NULL), g_bytes_get_size (values), NULL,
                               cancellable, &problem);

  return cpt_output_finish (output, problem, error);
}

static char *
choose_path (const CptWidget      *widget,
             const CptReportSetup *setup,
             const char           *folder,
             GHashTable           *taken)
{
  const CptChartKind *kind = cpt_chart_kind_find (widget->kind);
  const char *title = *widget->title != '\0' || kind == NULL ? widget->title : _(kind->label);
  g_autofree char *name = cpt_report_choose_file_name (title, NULL, cpt_report_format_get_name (setup->format), taken);

  return g_build_filename (folder, name, NULL);
}

gboolean
cpt_dashboard_write_each (CptDatabase           *database,
                          const CptDashboard    *dashboard,
                          const CptReportSetup  *setup,
                          const char            *folder,
                          GPtrArray             *written,
                          GCancellable          *cancellable,
                          GError               **error)
{
  g_autoptr(GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_return_val_if_fail (database != NULL && dashboard != NULL && setup != NULL && folder != NULL && written != NULL, FALSE);

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_IO, _("There is no folder “%s”. Create it, or choose another one."), folder);
      return FALSE;
    }

  for (guint i = 0; i < cpt_dashboard_get_n_widgets (dashboard); i++)
    {
      const CptWidget *widget = cpt_dashboard_get_widget (dashboard, i);
      g_autoptr(CptDashboard) single = cpt_dashboard_dup_widget (dashboard, widget->id);
      g_autoptr(GBytes) values = NULL;
      g_autofree char *path = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (setup->format == CPT_REPORT_CSV)
        {
          values = read_values (database, single, setup, cancellable, error);
          if (values == NULL)
            return FALSE;
          if (g_bytes_get_size (values) == 0)
            continue;
        }
      path = choose_path (widget, setup, folder, taken);
      if (!setup->replaces && g_file_test (path, G_FILE_TEST_EXISTS))
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_CONFLICT,
                       _("“%s” already exists. Choose another folder, or move what is there away."), path);
          return FALSE;
        }
      if (!write_one (database, single, setup, values, path, cancellable, error))
        return FALSE;
      g_ptr_array_add (written, g_steal_pointer (&path));
    }

  return TRUE;
}

CptDashboard *
cpt_dashboard_dup_widget (const CptDashboard *self,
                          const char         *id)
{
  CptDashboard *single;

  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  if (cpt_dashboard_find_widget (self, id, NULL) == NULL)
    return NULL;

  single = cpt_dashboard_copy (self);
  for (guint i = cpt_dashboard_get_n_widgets (single); i > 0; i--)
    {
      g_autofree char *other = g_strdup (cpt_dashboard_get_widget (single, i - 1)->id);

      if (!g_str_equal (other, id))
        cpt_dashboard_remove_widget (single, other);
    }
  for (guint i = cpt_dashboard_get_n_pages (single); i > 1; i--)
    {
      const CptWidget *widget = cpt_dashboard_get_widget (single, 0);

      cpt_dashboard_remove_page (single, widget->page == i - 1 ? i - 2 : i - 1);
    }

  return single;
}
