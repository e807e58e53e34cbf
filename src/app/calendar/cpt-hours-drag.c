/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The pointer among the hours.
 *
 *   idle --press on a block or its lower edge--> pressed --4 px--> dragging
 *   dragging --release--> idle, "placed" or "resized"     (drag_ended_cb)
 *   dragging --release above all hours--> idle, "placed" without an hour
 *   dragging --Escape--> idle, as it was                  (cpt_hours_cancel_drag)
 *
 * Where a drag takes a block is always computed from where it began.
 */

#include "config.h"

#include "cpt-calendar-hours-private.h"

#include <math.h>

#include "cpt-calendar-day.h"
#include "cpt-drag-scroll.h"

#define THRESHOLD 4
#define EDGE 6 /* of a block, that is pulled */

static double
to_minutes (CptCalendarHours *self,
            double            pixels)
{
  return pixels * 60 / cpt_hours_get_hour_height (self);
}

/* The day at @x and the quarter of an hour at @y */
static void
find_place (CptCalendarHours *self,
            double            x,
            double            y,
            gint64           *day,
            int              *minute)
{
  int column = (int) floor ((x - CPT_CALENDAR_HOURS_GUTTER) / cpt_hours_get_day_width (self));

  *day = self->from + CLAMP (column, 0, self->n_days - 1);
  *minute = CLAMP ((int) floor (to_minutes (self, y) / CPT_WEEK_STEP) * CPT_WEEK_STEP, 0, CPT_WEEK_DAY_MINUTES - CPT_WEEK_STEP);
}

static CptCalendarBlock *
find_block (CptCalendarHours *self,
            double            x,
            double            y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  return picked != NULL ? (CptCalendarBlock *) gtk_widget_get_ancestor (picked, CPT_TYPE_CALENDAR_BLOCK) : NULL;
}

static CptHoursMode
choose_mode (CptCalendarHours *self,
             CptCalendarBlock *block,
             double            y)
{
  graphene_rect_t bounds;

  if (block == NULL || cpt_calendar_block_is_rest (block) || !cpt_hours_may_change (self) ||
      !gtk_widget_compute_bounds (GTK_WIDGET (block), GTK_WIDGET (self), &bounds))
    return CPT_HOURS_IDLE;

  return y > bounds.origin.y + bounds.size.height - EDGE ? CPT_HOURS_RESIZE : CPT_HOURS_MOVE;
}

static void
drag_began_cb (CptCalendarHours *self,
               double            x,
               double            y,
               GtkGesture       *gesture)
{
  CptCalendarBlock *block = find_block (self, x, y);

  self->mode = choose_mode (self, block, y);
  if (self->mode == CPT_HOURS_IDLE)
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
      return;
    }

  self->dragged = block;
  self->has_moved = FALSE;
  self->origin = *cpt_calendar_block_get_slot (block);
}

/* Over what has no hour, a task loses its own; the day of one that repeats stays. */
static CptWeekSlot
find_slot (CptCalendarHours *self,
           double            dx,
           double            dy,
           double            y)
{
  const CptCalendarTask *task = cpt_calendar_block_get_task (self->dragged);

  self->is_above = self->mode == CPT_HOURS_MOVE && !task->is_meeting &&
                   y < gtk_adjustment_get_value (cpt_hours_get_adjustment (self));
  cpt_calendar_block_set_has_hour (self->dragged, !self->is_above);
  if (self->mode == CPT_HOURS_RESIZE)
    return cpt_week_slot_resize (&self->origin, to_minutes (self, dy));

  return cpt_week_slot_move (&self->origin, self->is_above && task->is_repeating ? 0 : dx / cpt_hours_get_day_width (self),
                             self->is_above ? 0 : to_minutes (self, dy), self->n_days);
}

static void
drag_updated_cb (CptCalendarHours *self,
                 double            dx,
                 double            dy,
                 GtkGesture       *gesture)
{
  CptWeekSlot slot;
  double y;

  if (self->mode == CPT_HOURS_IDLE || (!self->has_moved && hypot (dx, dy) < THRESHOLD) ||
      !gtk_gesture_drag_get_start_point (GTK_GESTURE_DRAG (gesture), NULL, &y))
    return;

  if (!self->has_moved)
    {
      self->has_moved = TRUE;
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
      gtk_widget_grab_focus (GTK_WIDGET (self->dragged));
      cpt_calendar_block_set_dragged (self->dragged, TRUE);
    }

  slot = find_slot (self, dx, dy, y + dy);
  cpt_hours_set_slot (self, self->dragged, &slot);
  if (!self->is_above)
    cpt_drag_scroll_follow (cpt_hours_get_adjustment (self), y + dy);
}

void
cpt_hours_finish_drag (CptCalendarHours *self)
{
  if (self->dragged != NULL)
    cpt_calendar_block_set_dragged (self->dragged, FALSE);
  self->mode = CPT_HOURS_IDLE;
  self->has_moved = FALSE;
  self->is_above = FALSE;
  self->dragged = NULL;
}

static void
drag_ended_cb (CptCalendarHours *self)
{
  CptCalendarBlock *block = self->has_moved ? self->dragged : NULL;
  gboolean is_above = self->is_above;

  if (self->mode == CPT_HOURS_IDLE)
    return;

  cpt_hours_finish_drag (self);
  if (is_above)
    g_signal_emit_by_name (self, "placed", cpt_calendar_block_get_task (block),
                           self->from + cpt_calendar_block_get_slot (block)->day, -1);
  else if (block != NULL)
    cpt_hours_emit_change (self, block, &self->origin);
}

void
cpt_hours_cancel_drag (CptCalendarHours *self)
{
  CptCalendarBlock *block = self->dragged;

  if (self->mode == CPT_HOURS_IDLE)
    return;

  cpt_hours_finish_drag (self);
  cpt_hours_set_slot (self, block, &self->origin);
}

static void
pointer_moved_cb (CptCalendarHours *self,
                  double            x,
                  double            y)
{
  static const char *const names[] = { [CPT_HOURS_IDLE] = NULL, [CPT_HOURS_MOVE] = "grab", [CPT_HOURS_RESIZE] = "s-resize" };

  if (self->mode == CPT_HOURS_IDLE)
    gtk_widget_set_cursor_from_name (GTK_WIDGET (self), names[choose_mode (self, find_block (self, x, y), y)]);
}

static gboolean
dropped_cb (GtkDropTarget    *target,
            const GValue     *value,
            double            x,
            double            y,
            CptCalendarHours *self)
{
  gint64 day;
  int minute;

  if (!cpt_hours_may_change (self))
    return FALSE;

  find_place (self, x, y, &day, &minute);
  g_signal_emit_by_name (self, "placed", cpt_calendar_chip_get_task (g_value_get_object (value)), day, minute);

  return TRUE;
}

static void
clicked_cb (CptCalendarHours *self,
            int               n_presses,
            double            x,
            double            y)
{
  gint64 day;
  int minute;

  if (n_presses != 2 || x < CPT_CALENDAR_HOURS_GUTTER || !cpt_hours_may_change (self) || find_block (self, x, y) != NULL)
    return;

  find_place (self, x, y, &day, &minute);
  g_signal_emit_by_name (self, "created", day, minute);
}

void
cpt_hours_add_drag (CptCalendarHours *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkDropTarget *target = gtk_drop_target_new (CPT_TYPE_CALENDAR_CHIP, GDK_ACTION_MOVE);

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (drag_began_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_updated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-end", G_CALLBACK (drag_ended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "cancel", G_CALLBACK (cpt_hours_cancel_drag), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "motion", G_CALLBACK (pointer_moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (dropped_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  g_signal_connect_object (click, "pressed", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}
