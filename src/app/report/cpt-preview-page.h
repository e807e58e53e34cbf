/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CPT_TYPE_PREVIEW_PAGE (cpt_preview_page_get_type ())

G_DECLARE_FINAL_TYPE (CptPreviewPage, cpt_preview_page, CPT, PREVIEW_PAGE, GtkWidget)

/**
 * CptPreviewPage:
 *
 * A sheet of paper, as wide as there is room, with what was drawn on it.
 */
GtkWidget *cpt_preview_page_new         (void);
/* Its size, in any unit: what counts is the proportion */
void       cpt_preview_page_set_paper   (CptPreviewPage *self,
                                         double          width,
                                         double          height);
/* @drawing (nullable) (transfer none): a recording in the units of the paper */
void       cpt_preview_page_set_drawing (CptPreviewPage  *self,
                                         cairo_surface_t *drawing);

G_END_DECLS
