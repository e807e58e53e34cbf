/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Tabs of pages are dragged along their strip: they make way while one is held, and
 * the dashboard changes when it is let go of. The gesture is the strip's, whose places
 * stay where they are. Fingers scroll the strip; they have the menu.
 */

#include "config.h"

#include "cpt-dashboard-view-private.h"

#include "cpt-drag-scroll.h"

#define THRESHOLD 8 /* pixels: what is no click any more */

static GtkWidget *
find_tab (CptDashboardView *self,
          double            x,
          double            y)
{
  GtkWidget *tab = gtk_widget_pick (self->tabs, x, y, GTK_PICK_DEFAULT);

  while (tab != NULL && gtk_widget_get_parent (tab) != self->tabs)
    tab = tab != self->tabs ? gtk_widget_get_parent (tab) : NULL;

  return tab;
}

static guint
get_position (GtkWidget *tab)
{
  guint position = 0;

  while ((tab = gtk_widget_get_prev_sibling (tab)) != NULL)
    position++;

  return position;
}

static void
put_tab (CptDashboardView *self,
         guint             position)
{
  GtkWidget *after = NULL;
  GtkWidget *next = gtk_widget_get_first_child (self->tabs);

  for (guint i = 0; next != NULL && i < position; next = gtk_widget_get_next_sibling (next))
    if (next != self->held_tab)
      {
        after = next;
        i++;
      }
  gtk_box_reorder_child_after (GTK_BOX (self->tabs), self->held_tab, after);
}

/* How many of the other tabs are before @x */
static guint
count_before (CptDashboardView *self,
              double            x)
{
  gboolean is_mirrored = gtk_widget_get_direction (self->tabs) == GTK_TEXT_DIR_RTL;
  guint count = 0;

  for (GtkWidget *tab = gtk_widget_get_first_child (self->tabs); tab != NULL; tab = gtk_widget_get_next_sibling (tab))
    {
      graphene_rect_t bounds;

      if (tab == self->held_tab || !gtk_widget_compute_bounds (tab, self->tabs, &bounds))
        continue;
      if ((bounds.origin.x + bounds.size.width / 2 < x) != is_mirrored)
        count++;
    }

  return count;
}

static void
begin_cb (GtkGestureDrag   *gesture,
          double            x,
          double            y,
          CptDashboardView *self)
{
  GdkDevice *device = gtk_event_controller_get_current_event_device (GTK_EVENT_CONTROLLER (gesture));
  gboolean is_finger = device != NULL && gdk_device_get_source (device) == GDK_SOURCE_TOUCHSCREEN;

  self->held_tab = is_finger || cpt_store_is_read_only (cpt_view_get_store (CPT_VIEW (self))) ? NULL : find_tab (self, x, y);
  self->is_tab_moving = FALSE;
  if (self->held_tab == NULL)
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
  else
    self->held_from = get_position (self->held_tab);
}

static void
update_cb (GtkGestureDrag   *gesture,
           double            dx,
           double            dy,
           CptDashboardView *self)
{
  double x, y;

  if (self->held_tab == NULL || (!self->is_tab_moving && dx > -THRESHOLD && dx < THRESHOLD))
    return;

  if (!self->is_tab_moving)
    {
      self->is_tab_moving = TRUE;
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->held_tab), TRUE);
    }
  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  put_tab (self, count_before (self, x + dx));
  cpt_drag_scroll_follow (gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->strip)), x + dx);
}

static void
end_cb (GtkGestureDrag   *gesture,
        double            dx,
        double            dy,
        CptDashboardView *self)
{
  GtkWidget *tab = g_steal_pointer (&self->held_tab);
  guint position = tab != NULL ? get_position (tab) : 0;

  if (tab == NULL || !self->is_tab_moving)
    return;

  self->is_tab_moving = FALSE;
  if (position != self->held_from)
    cpt_dashboard_view_move_page (self, self->held_from, position);
}

static void
cancel_cb (GtkGesture       *gesture,
           GdkEventSequence *sequence,
           CptDashboardView *self)
{
  if (self->held_tab != NULL && self->is_tab_moving)
    put_tab (self, self->held_from);
  self->held_tab = NULL;
  self->is_tab_moving = FALSE;
}

void
cpt_dashboard_view_add_tab_drag (CptDashboardView *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  /* Before the buttons take the press */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (begin_cb), self, 0);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (update_cb), self, 0);
  g_signal_connect_object (drag, "drag-end", G_CALLBACK (end_cb), self, 0);
  g_signal_connect_object (drag, "cancel", G_CALLBACK (cancel_cb), self, 0);
  gtk_widget_add_controller (self->tabs, GTK_EVENT_CONTROLLER (drag));
}
