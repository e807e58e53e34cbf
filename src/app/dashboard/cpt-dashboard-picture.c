/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Small pictures of dashboards: the numbers are read and everything is drawn on a worker, as wide as
 * a window and then made small, so that it looks as it will.
 */

#include "config.h"

#include "cpt-dashboard-picture.h"

#include "cpt-chart-kind.h"
#include "cpt-query.h"
#include "cpt-question-filter.h"
#include "cpt-report.h"
#include "cpt-widget-example.h"

/* As the grid of dashboards is in a window of this width */
#define WIDTH 1060.0
#define GAP 12.0
#define ROW_HEIGHT 72.0

typedef struct
{
  CptDashboard *dashboard;
  int width;
  gboolean is_dark;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  cpt_dashboard_free (job->dashboard);
  g_free (job);
}

void
cpt_dashboard_picture_free (CptDashboardPicture *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->texture);
  g_free (self);
}

/* No overdue task is an answer where there are tasks */
static gboolean
is_answer (CptDatabase        *database,
           const CptWidget    *widget,
           const CptChartData *chart)
{
  const CptChartKind *kind = cpt_chart_kind_find (widget->kind);
  g_auto(CptQuestionSubject) subject = { NULL };
  g_autoptr(CptQuery) query = NULL;
  guint64 count = 0;

  if (kind == NULL || (kind->needs & CPT_CHART_NEEDS_DIMENSION) || !isfinite (chart->total) || widget->query == NULL ||
      !cpt_question_subject_init (&subject, database, widget->query))
    return FALSE;

  query = cpt_query_new (cpt_database_get_schema (database), subject.entity);

  return cpt_query_count (query, database, &count, NULL) && count > 0;
}

/* (transfer full): an example where there is nothing */
static CptChartData *
read_numbers (CptDashboardPicture *self,
              CptDatabase         *database,
              const CptWidget     *widget,
              JsonNode            *filters)
{
  g_autoptr(CptWidgetData) numbers = cpt_widget_data_read_filtered (database, widget, filters);
  CptChartData *chart = cpt_widget_data_get_chart (numbers);
  CptChartData *example = NULL;

  if (cpt_widget_data_is_bare (chart) && !is_answer (database, widget, chart))
    example = cpt_widget_example_new (database, widget);
  if (example == NULL)
    return cpt_chart_data_ref (chart);

  self->has_examples = TRUE;

  return example;
}

static void
draw_widget (cairo_t             *cr,
             const CptWidget     *widget,
             const CptChartData  *data,
             const CptChartStyle *style)
{
  const CptGridRect *rect = &widget->item.rect;
  double column = (WIDTH - GAP) / CPT_GRID_COLUMNS;

  cairo_save (cr);
  cairo_translate (cr, GAP + rect->x * column, GAP + rect->y * (ROW_HEIGHT + GAP));
  cpt_report_draw_widget (cr, widget, data, style, rect->w * column - GAP, rect->h * (ROW_HEIGHT + GAP) - GAP, NULL);
  cairo_restore (cr);
}

static void
draw_ground (cairo_t  *cr,
             gboolean  is_dark)
{
  if (is_dark)
    cairo_set_source_rgb (cr, 0.14, 0.14, 0.14);
  else
    cairo_set_source_rgb (cr, 0.98, 0.98, 0.98);
  cairo_paint (cr);
}

static GdkTexture *
create_texture (cairo_surface_t *surface)
{
  int stride = cairo_image_surface_get_stride (surface);
  int height = cairo_image_surface_get_height (surface);
  g_autoptr(GBytes) bytes = NULL;

  cairo_surface_flush (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface), (gsize) stride * (gsize) height);

  return gdk_memory_texture_new (cairo_image_surface_get_width (surface), height, GDK_MEMORY_DEFAULT, bytes, (gsize) stride);
}

static gpointer
read_picture (CptDatabase   *database,
              gpointer       user_data,
              GCancellable  *cancellable,
              GError       **error)
{
  const Job *job = user_data;
  int height = (int) (job->width * CPT_DASHBOARD_PICTURE_RATIO);
  double scale = job->width / WIDTH;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, job->width, height);
  cairo_t *cr = cairo_create (surface);
  g_autoptr(CptTextCache) texts = cpt_text_cache_new ();
  g_autoptr(CptDashboardPicture) self = g_new0 (CptDashboardPicture, 1);
  CptChartStyle style;

  cpt_chart_style_init (&style, job->is_dark ? CPT_CHART_THEME_DARK : CPT_CHART_THEME_LIGHT);
  style.texts = texts;
  draw_ground (cr, job->is_dark);
  cairo_scale (cr, scale, scale);
  for (guint i = 0; i < cpt_dashboard_get_n_widgets (job->dashboard) && !g_cancellable_is_cancelled (cancellable); i++)
    {
      const CptWidget *widget = cpt_dashboard_get_widget (job->dashboard, i);
      g_autoptr(CptChartData) data = NULL;

      /* What can't be seen is not read */
      if (widget->page > 0 || (widget->item.rect.y * (ROW_HEIGHT + GAP)) * scale > height)
        continue;
      data = read_numbers (self, database, widget, job->dashboard->filters);
      draw_widget (cr, widget, data, &style);
    }
  cairo_destroy (cr);
  self->texture = create_texture (surface);
  cairo_surface_destroy (surface);

  return g_cancellable_set_error_if_cancelled (cancellable, error) ? NULL : g_steal_pointer (&self);
}

void
cpt_dashboard_picture_read_async (CptStore            *store,
                                  CptDashboard        *dashboard,
                                  int                  width,
                                  gboolean             is_dark,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  Job *job;

  g_return_if_fail (dashboard != NULL);
  g_return_if_fail (width > 0);

  job = g_new0 (Job, 1);
  job->dashboard = dashboard;
  job->width = width;
  job->is_dark = is_dark;
  cpt_store_read_async (store, G_PRIORITY_DEFAULT, read_picture, job, job_free, (GDestroyNotify) cpt_dashboard_picture_free,
                        cancellable, callback, user_data);
}

CptDashboardPicture *
cpt_dashboard_picture_read_finish (CptStore      *store,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  return cpt_store_finish (store, result, error);
}
