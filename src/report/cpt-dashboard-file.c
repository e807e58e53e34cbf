/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dashboards as files of every format: what the window and the command line
 * write is the same. */
#include "config.h"

#include "cpt-dashboard-file.h"

#include <glib/gi18n-lib.h>

#include "cpt-dashboard-filter.h"
#include "cpt-metric.h"
#include "cpt-report-private.h"
#include "cpt-statement.h"
#include "cpt-workbook.h"

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
