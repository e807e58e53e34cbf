/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The keyboard among the hours: Control and arrows move a block, Shift and arrows make
 * it shorter or longer, Control, Shift and the arrow up take its hour away.
 */

#include "config.h"

#include "cpt-calendar-hours-private.h"

/* To a day beside those that are shown, too: whoever shows them follows. */
static void
move_by_key (CptCalendarHours *self,
             CptCalendarBlock *block,
             int               days,
             int               steps)
{
  const CptWeekSlot before = *cpt_calendar_block_get_slot (block);
  CptWeekSlot slot = cpt_week_slot_move (&before, days, steps * CPT_WEEK_STEP, self->n_days);

  if (days != 0 && slot.day == before.day)
    {
      g_signal_emit_by_name (self, "placed", cpt_calendar_block_get_task (block), self->from + before.day + days, before.start);
      return;
    }
  cpt_hours_set_slot (self, block, &slot);
  cpt_hours_scroll_to (self, block);
  cpt_hours_emit_change (self, block, &before);
}

static void
resize_by_key (CptCalendarHours *self,
               CptCalendarBlock *block,
               int               steps)
{
  const CptWeekSlot before = *cpt_calendar_block_get_slot (block);
  CptWeekSlot slot = cpt_week_slot_resize (&before, steps * CPT_WEEK_STEP);

  cpt_hours_set_slot (self, block, &slot);
  cpt_hours_scroll_to (self, block);
  cpt_hours_emit_change (self, block, &before);
}

/* To the days above the hours. Meetings are never without an hour. */
static void
take_hour (CptCalendarHours *self,
           CptCalendarBlock *block)
{
  const CptCalendarTask *task = cpt_calendar_block_get_task (block);

  if (task->is_meeting)
    gtk_widget_error_bell (GTK_WIDGET (self));
  else
    g_signal_emit_by_name (self, "placed", task, self->from + cpt_calendar_block_get_slot (block)->day, -1);
}

static gboolean
key_pressed_cb (CptCalendarHours *self,
                guint             key,
                guint             code,
                GdkModifierType   state)
{
  CptCalendarBlock *block = cpt_hours_get_focused (self);
  GdkModifierType modifiers = state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK);
  int days = (key == GDK_KEY_Right) - (key == GDK_KEY_Left);
  int steps = (key == GDK_KEY_Down) - (key == GDK_KEY_Up);

  if (key == GDK_KEY_Escape && self->mode != CPT_HOURS_IDLE)
    {
      cpt_hours_cancel_drag (self);
      return GDK_EVENT_STOP;
    }
  if (block == NULL || !cpt_hours_may_change (self) || self->mode != CPT_HOURS_IDLE)
    return GDK_EVENT_PROPAGATE;

  if (modifiers == GDK_CONTROL_MASK && (days != 0 || steps != 0))
    move_by_key (self, block, days, steps);
  else if (modifiers == (GDK_CONTROL_MASK | GDK_SHIFT_MASK) && key == GDK_KEY_Up)
    take_hour (self, block);
  else if (modifiers == GDK_SHIFT_MASK && steps != 0)
    resize_by_key (self, block, steps);
  else if (modifiers == 0 && key == GDK_KEY_Delete)
    g_signal_emit_by_name (self, "deleted", cpt_calendar_block_get_task (block));
  else
    return GDK_EVENT_PROPAGATE;

  return GDK_EVENT_STOP;
}

void
cpt_hours_add_keys (CptCalendarHours *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
