/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A drag that rests on a place of the sidebar opens it, so that records can be
 * dropped on those of another list. */
#include "config.h"

#include "cpt-dragged.h"
#include "cpt-window-private.h"

#define REST 600 /* milliseconds */

void
cpt_window_stop_spring (CptWindow *self)
{
  g_clear_handle_id (&self->spring_timer, g_source_remove);
  self->spring_row = -1;
}

static gboolean
rested_cb (gpointer user_data)
{
  CptWindow *self = user_data;

  self->spring_timer = 0;
  if (self->store != NULL && self->spring_row >= 0 && self->spring_row < (int) self->routes->n_places)
    cpt_window_open_place (self, self->routes->places[self->spring_row].name);

  return G_SOURCE_REMOVE;
}

static void
moved_cb (GtkDropControllerMotion *motion,
          double                   x,
          double                   y,
          CptWindow               *self)
{
  GdkDrop *drop = gtk_drop_controller_motion_get_drop (motion);
  GtkListBoxRow *row = gtk_list_box_get_row_at_y (self->places, (int) y);
  int index = row != NULL ? gtk_list_box_row_get_index (row) : -1;

  if (index == self->spring_row || drop == NULL ||
      !gdk_content_formats_contain_gtype (gdk_drop_get_formats (drop), CPT_TYPE_DRAGGED))
    return;

  cpt_window_stop_spring (self);
  self->spring_row = index;
  if (index >= 0)
    self->spring_timer = g_timeout_add (REST, rested_cb, self);
}

static void
entered_cb (GtkDropControllerMotion *motion,
            double                   x,
            double                   y,
            CptWindow               *self)
{
  cpt_window_stop_spring (self);
  moved_cb (motion, x, y, self);
}

void
cpt_window_add_spring (CptWindow *self)
{
  GtkEventController *motion = gtk_drop_controller_motion_new ();

  self->spring_row = -1;
  g_signal_connect_object (motion, "enter", G_CALLBACK (entered_cb), self, 0);
  g_signal_connect_object (motion, "motion", G_CALLBACK (moved_cb), self, 0);
  g_signal_connect_object (motion, "leave", G_CALLBACK (cpt_window_stop_spring), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->places), motion);
}
