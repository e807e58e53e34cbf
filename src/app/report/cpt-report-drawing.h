/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-document-report.h"
#include "cpt-store.h"

G_BEGIN_DECLS

/**
 * CptReportDrawing:
 *
 * A report that was laid out on a reading thread, and whose pages are drawn on
 * such threads, one after the other. Counted atomically.
 */
typedef struct _CptReportDrawing CptReportDrawing;

CptReportDrawing *cpt_report_drawing_ref         (CptReportDrawing *self);
void              cpt_report_drawing_unref       (CptReportDrawing *self);
guint             cpt_report_drawing_get_n_pages (CptReportDrawing *self);
/* In points */
void              cpt_report_drawing_get_paper   (CptReportDrawing *self,
                                                  double           *width,
                                                  double           *height);
/* Reads and lays out; @filters (nullable) as for cpt_document_report_new(); cpt_store_finish() gives the drawing */
void              cpt_report_drawing_read_async  (CptStore            *store,
                                                  const CptDocument   *document,
                                                  JsonNode            *filters,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
/* @page from 0; cpt_store_finish() gives a recording (cairo_surface_t), in points */
void              cpt_report_drawing_draw_async  (CptReportDrawing    *self,
                                                  CptStore            *store,
                                                  guint                page,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptReportDrawing, cpt_report_drawing_unref)

G_END_DECLS
