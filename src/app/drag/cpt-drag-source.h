/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpt-dragged.h"

G_BEGIN_DECLS

/* (nullable) (transfer full): what is at that place of @widget */
typedef CptDragged *(*CptDragFunc) (GtkWidget *widget,
                                    double     x,
                                    double     y,
                                    gpointer   user_data);

/* Whether @widget may be given a source of drags: one ends the program on GTK
 * 4.8's display for browsers */
gboolean cpt_drag_source_is_possible (GtkWidget *widget);

/**
 * cpt_drag_source_add:
 * @widget: where a drag begins
 * @func: asked for the records when it does
 * @user_data: for @func; outlives @widget
 *
 * Lets records be dragged from @widget to others, in this program and out of it.
 */
void cpt_drag_source_add (GtkWidget   *widget,
                          CptDragFunc  func,
                          gpointer     user_data);

/**
 * cpt_drag_source_add_moving:
 * @place: where a drag begins
 * @type: of what is dragged, as drop targets take it: the widget of that type that
 *   is next around @place, or @place itself
 *
 * Lets part of a page be picked up, to be put elsewhere among its like.
 */
void cpt_drag_source_add_moving (GtkWidget *place,
                                 GType      type);
/* A picture that says so; to be named */
GtkWidget *cpt_drag_handle_new (void);

G_END_DECLS
