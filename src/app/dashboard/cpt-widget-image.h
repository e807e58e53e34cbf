/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpt-chart-data.h"
#include "cpt-widget-query.h"
#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_WIDGET_IMAGE (cpt_widget_image_get_type ())

G_DECLARE_FINAL_TYPE (CptWidgetImage, cpt_widget_image, CPT, WIDGET_IMAGE, AdwPreferencesGroup)

/* Asks which picture a widget shows: one from this machine, which is kept among the
 * files of the workspace, or the latest of them. Emits "chosen" with the id of a file,
 * NULL for the latest. */
GtkWidget *cpt_widget_image_new        (CptWindow *window);
/* What @query shows, and what came of it */
void       cpt_widget_image_show       (CptWidgetImage       *self,
                                        const CptWidgetQuery *query,
                                        CptChartData         *chart);
/* The widget is stored with what was chosen last; without this all of it is taken back when the
 * window goes */
void       cpt_widget_image_use        (CptWidgetImage *self);
/* Files that are dropped on @widget are as if they were chosen, while this is visible */
void       cpt_widget_image_take_drops (CptWidgetImage *self,
                                        GtkWidget      *widget);

G_END_DECLS
