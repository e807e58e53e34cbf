/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dashboard on a printer: what its PDF shows, without the tags of one, since
 * sheets may be printed in any order and some of them not at all. */
#include "config.h"

#include "cpt-dashboard-paper.h"

#include "cpt-dashboard-filter.h"
#include "cpt-report-private.h"
#include "cpt-statement.h"
#include "cpt-widget-data.h"

struct _CptDashboardPaper
{
  CptDashboard *dashboard;
  GPtrArray *numbers; /* CptChartData, one for each widget */
  CptReportSetup setup;
  char *organization; /* (nullable) */
  char *filters;      /* (nullable) */
  CptReportPages pages;
  gboolean is_laid_out;
};

static gboolean
read_all (CptDatabase  *database,
          gpointer      data,
          GError      **error)
{
  CptDashboardPaper *self = data;

  self->filters = cpt_dashboard_filters_to_sentence (self->dashboard->filters, cpt_database_get_schema (database), database);
  self->organization = cpt_report_setup_fill (&self->setup, database);
  self->setup.subtitle = self->filters;
  if (self->setup.zone != NULL)
    g_time_zone_ref (self->setup.zone);
  self->numbers = cpt_widget_data_read_all_filtered (database, self->dashboard, self->dashboard->filters);

  return TRUE;
}

CptDashboardPaper *
cpt_dashboard_paper_read (CptDatabase         *database,
                          const CptDashboard  *dashboard,
                          GCancellable        *cancellable,
                          GError             **error)
{
  g_autoptr(CptDashboardPaper) self = NULL;

  g_return_val_if_fail (database != NULL && dashboard != NULL, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  self = g_new0 (CptDashboardPaper, 1);
  self->dashboard = cpt_dashboard_copy (dashboard);
  cpt_report_setup_init (&self->setup, CPT_REPORT_PDF);

  return cpt_database_snapshot (database, read_all, self, error) ? g_steal_pointer (&self) : NULL;
}

static void
clear_pages (CptDashboardPaper *self)
{
  if (self->is_laid_out)
    cpt_report_pages_clear (&self->pages);
  self->is_laid_out = FALSE;
}

void
cpt_dashboard_paper_free (CptDashboardPaper *self)
{
  clear_pages (self);
  cpt_dashboard_free (self->dashboard);
  g_clear_pointer (&self->numbers, g_ptr_array_unref);
  g_clear_pointer (&self->setup.zone, g_time_zone_unref);
  g_free (self->organization);
  g_free (self->filters);
  g_free (self);
}

const char *
cpt_dashboard_paper_get_title (CptDashboardPaper *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->dashboard->title;
}

guint
cpt_dashboard_paper_lay_out (CptDashboardPaper *self,
                             double             width,
                             double             height)
{
  g_return_val_if_fail (self != NULL, 0);

  clear_pages (self);
  self->pages = (CptReportPages){ 0 };
  cpt_report_pages_init_paper (&self->pages, self->dashboard, (CptChartData *const *) self->numbers->pdata, &self->setup, width,
                               height);
  self->pages.is_tagged = FALSE;
  self->is_laid_out = TRUE;

  return self->pages.plan->n_pages;
}

void
cpt_dashboard_paper_draw (CptDashboardPaper *self,
                          cairo_t           *cr,
                          guint              page)
{
  g_return_if_fail (self != NULL && self->is_laid_out && page < self->pages.plan->n_pages);

  cpt_report_pages_draw_paper (&self->pages, cr, page);
}
