/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is scrolled follows what is dragged over it. */
#include "config.h"

#include "cpt-drag-scroll.h"

/* Pixels: what is near, and how far it goes in a frame or with a motion */
#define EDGE 48
#define STEP 8
#define MOTION_EDGE 24
#define MOTION_STEP 12

typedef struct
{
  double y;
  guint tick; /* 0 while nothing is near an edge */
} Following;

static void
following_free (gpointer  data,
                GClosure *closure)
{
  g_free (data);
}

static int
find_direction (GtkWidget *scroller,
                double     y)
{
  if (y < EDGE)
    return -1;

  return y > gtk_widget_get_height (scroller) - EDGE ? 1 : 0;
}

static gboolean
tick_cb (GtkWidget     *scroller,
         GdkFrameClock *clock,
         gpointer       data)
{
  const Following *self = data;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));

  gtk_adjustment_set_value (adjustment,
                            gtk_adjustment_get_value (adjustment) + find_direction (scroller, self->y) * STEP);

  return G_SOURCE_CONTINUE;
}

static void
stop (GtkWidget *scroller,
      Following *self)
{
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (scroller, self->tick);
  self->tick = 0;
}

static void
left_cb (GtkDropControllerMotion *motion,
         Following               *self)
{
  stop (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (motion)), self);
}

static void
moved_cb (GtkDropControllerMotion *motion,
          double                   x,
          double                   y,
          Following               *self)
{
  GtkWidget *scroller = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (motion));

  self->y = y;
  if (find_direction (scroller, y) == 0)
    stop (scroller, self);
  else if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (scroller, tick_cb, self, NULL);
}

void
cpt_drag_scroll_add (GtkWidget *scroller)
{
  GtkEventController *motion;
  Following *self;

  g_return_if_fail (GTK_IS_SCROLLED_WINDOW (scroller));

  motion = gtk_drop_controller_motion_new ();
  self = g_new0 (Following, 1);
  /* Removed with the scrolled window, whose tick callbacks end before. */
  g_signal_connect_data (motion, "leave", G_CALLBACK (left_cb), self, following_free, 0);
  g_signal_connect (motion, "enter", G_CALLBACK (moved_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (moved_cb), self);
  gtk_widget_add_controller (scroller, motion);
}

void
cpt_drag_scroll_follow (GtkAdjustment *adjustment,
                        double         position)
{
  double value;

  g_return_if_fail (GTK_IS_ADJUSTMENT (adjustment));

  value = gtk_adjustment_get_value (adjustment);
  if (position < value + MOTION_EDGE)
    gtk_adjustment_set_value (adjustment, value - MOTION_STEP);
  else if (position > value + gtk_adjustment_get_page_size (adjustment) - MOTION_EDGE)
    gtk_adjustment_set_value (adjustment, value + MOTION_STEP);
}
