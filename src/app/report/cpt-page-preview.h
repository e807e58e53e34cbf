/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpt-document.h"
#include "cpt-report-drawing.h"

G_BEGIN_DECLS

#define CPT_TYPE_PAGE_PREVIEW (cpt_page_preview_get_type ())

G_DECLARE_FINAL_TYPE (CptPagePreview, cpt_page_preview, CPT, PAGE_PREVIEW, GtkWidget)

/**
 * CptPagePreview:
 *
 * The pages of a report as they are printed, one below the other. Those that are
 * seen are drawn, on reading threads; what was there stays until then. Emits
 * "counted" when it knows the pages, and "failed" (boxed GError).
 */
GtkWidget        *cpt_page_preview_new         (CptStore *store);
/* Reads it again; @document (nullable) is copied; @filters (nullable): what it is about */
void              cpt_page_preview_show        (CptPagePreview    *self,
                                                const CptDocument *document,
                                                JsonNode          *filters);
/* (nullable): what is shown */
CptReportDrawing *cpt_page_preview_get_drawing (CptPagePreview *self);

G_END_DECLS
