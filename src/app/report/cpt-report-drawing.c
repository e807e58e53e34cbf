/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pages of a report, drawn off the main loop. */

#include "config.h"

#include "cpt-report-drawing.h"

struct _CptReportDrawing
{
  gatomicrefcount count;
  GMutex lock; /* of what follows: pages are drawn one after the other */
  CptDocumentReport *report;
};

typedef struct
{
  CptDocument *document;
  JsonNode *filters; /* (nullable) */
} Order;

typedef struct
{
  CptReportDrawing *drawing;
  guint page;
} Page;

CptReportDrawing *
cpt_report_drawing_ref (CptReportDrawing *self)
{
  g_atomic_ref_count_inc (&self->count);

  return self;
}

void
cpt_report_drawing_unref (CptReportDrawing *self)
{
  if (!g_atomic_ref_count_dec (&self->count))
    return;

  cpt_document_report_free (self->report);
  g_mutex_clear (&self->lock);
  g_free (self);
}

guint
cpt_report_drawing_get_n_pages (CptReportDrawing *self)
{
  return cpt_document_report_get_n_pages (self->report);
}

void
cpt_report_drawing_get_paper (CptReportDrawing *self,
                              double           *width,
                              double           *height)
{
  cpt_document_report_get_paper (self->report, width, height);
}

static void
order_free (gpointer data)
{
  Order *order = data;

  cpt_document_free (order->document);
  g_clear_pointer (&order->filters, json_node_unref);
  g_free (order);
}

static gpointer
read_report (CptDatabase   *database,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  const Order *order = data;
  g_autofree char *organization = NULL;
  CptDocumentReport *report;
  CptReportDrawing *self;
  CptReportSetup setup;

  cpt_report_setup_init (&setup, CPT_REPORT_PDF);
  organization = cpt_report_setup_fill (&setup, database);
  report = cpt_document_report_new (order->document, &setup, order->filters, database, cancellable, error);
  if (report == NULL)
    return NULL;

  self = g_new0 (CptReportDrawing, 1);
  g_atomic_ref_count_init (&self->count);
  g_mutex_init (&self->lock);
  self->report = report;

  return self;
}

void
cpt_report_drawing_read_async (CptStore            *store,
                               const CptDocument   *document,
                               JsonNode            *filters,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  Order *order = g_new0 (Order, 1);

  order->document = cpt_document_copy (document);
  order->filters = filters != NULL ? json_node_ref (filters) : NULL;
  cpt_store_read_async (store, G_PRIORITY_DEFAULT, read_report, order, order_free, (GDestroyNotify) cpt_report_drawing_unref,
                        cancellable, callback, user_data);
}

static void
page_free (gpointer data)
{
  Page *page = data;

  cpt_report_drawing_unref (page->drawing);
  g_free (page);
}

static gpointer
draw_page (CptDatabase   *database,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  const Page *page = data;
  cairo_rectangle_t area = { 0, 0, 0, 0 };
  cairo_surface_t *surface;
  gboolean done;
  cairo_t *cr;

  cpt_document_report_get_paper (page->drawing->report, &area.width, &area.height);
  surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &area);
  cr = cairo_create (surface);
  g_mutex_lock (&page->drawing->lock);
  done = cpt_document_report_draw (page->drawing->report, database, cr, page->page, cancellable, error);
  g_mutex_unlock (&page->drawing->lock);
  cairo_destroy (cr);
  if (!done)
    g_clear_pointer (&surface, cairo_surface_destroy);

  return surface;
}

void
cpt_report_drawing_draw_async (CptReportDrawing    *self,
                               CptStore            *store,
                               guint                page,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  Page *job = g_new0 (Page, 1);

  job->drawing = cpt_report_drawing_ref (self);
  job->page = page;
  cpt_store_read_async (store, G_PRIORITY_DEFAULT, draw_page, job, page_free, (GDestroyNotify) cairo_surface_destroy,
                        cancellable, callback, user_data);
}
