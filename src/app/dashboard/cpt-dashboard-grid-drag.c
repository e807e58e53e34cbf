/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Moving and resizing the cards of a dashboard.
 *
 *   idle --press on a title or a corner--> pressed --4 px--> dragging
 *   dragging --release--> idle, "placed"          (cpt_dashboard_grid_end_drag)
 *   dragging --Escape--> idle, as it was          (cpt_dashboard_grid_cancel_drag)
 */

#include "config.h"

#include "cpt-dashboard-grid-private.h"

#include <glib/gi18n.h>
#include <math.h>

#define CORNER 18
#define THRESHOLD 4

static CptDashboardDrag
choose_mode (CptDashboardCell *cell,
             double            x,
             double            y)
{
  graphene_point_t end;

  graphene_rect_get_bottom_right (&cell->shown, &end);
  if (x > end.x - CORNER && y > end.y - CORNER)
    return CPT_DRAG_RESIZE;

  if (y < cell->shown.origin.y + cpt_chart_card_get_title_height (CPT_CHART_CARD (cell->card)))
    return CPT_DRAG_MOVE;

  return CPT_DRAG_NONE;
}

/* Dragging */

gboolean
cpt_dashboard_grid_begin_drag (CptDashboardGrid *self,
                               double            x,
                               double            y)
{
  CptDashboardCell *cell = cpt_dashboard_grid_find_cell (self, x, y);
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  self->mode = cell != NULL && cpt_dashboard_grid_may_drag (self) ? choose_mode (cell, x, y) : CPT_DRAG_NONE;
  if (self->mode == CPT_DRAG_NONE || (picked != NULL && gtk_widget_get_ancestor (picked, GTK_TYPE_MENU_BUTTON) != NULL))
    {
      self->mode = CPT_DRAG_NONE;
      return FALSE;
    }

  self->dragged = cell;
  self->has_moved = FALSE;
  self->origin = cell->shown;
  self->offset_x = x - cell->shown.origin.x;
  self->offset_y = y - cell->shown.origin.y;
  for (guint i = 0; i < self->cells->len; i++)
    {
      CptDashboardCell *other = g_ptr_array_index (self->cells, i);

      other->start = other->item.rect;
    }

  return TRUE;
}

gboolean
cpt_dashboard_grid_update_drag (CptDashboardGrid *self,
                                double            dx,
                                double            dy)
{
  double column = (double) (gtk_widget_get_width (GTK_WIDGET (self)) - 2 * CPT_CARD_MARGIN + CPT_CARD_GAP) / CPT_GRID_COLUMNS;
  CptGridRect wanted;

  if (self->mode == CPT_DRAG_NONE || (!self->has_moved && hypot (dx, dy) < THRESHOLD))
    return FALSE;

  if (!self->has_moved)
    {
      self->has_moved = TRUE;
      gtk_widget_grab_focus (self->dragged->card);
      gtk_widget_add_css_class (self->dragged->card, "dragged");
      cpt_dashboard_grid_start_glide (self);
    }

  wanted = self->dragged->start;
  self->dragged->shown = self->origin;
  if (self->mode == CPT_DRAG_MOVE)
    {
      self->dragged->shown.origin.x += (float) dx;
      self->dragged->shown.origin.y += (float) dy;
      wanted.x = (int) round ((self->dragged->shown.origin.x - CPT_CARD_MARGIN) / column);
      wanted.y = (int) roundf ((self->dragged->shown.origin.y - CPT_CARD_MARGIN) / CPT_CARD_ROW);
    }
  else
    {
      self->dragged->shown.size.width = MAX (self->origin.size.width + (float) dx, 120);
      self->dragged->shown.size.height = MAX (self->origin.size.height + (float) dy, 96);
      wanted.w = (int) round ((self->dragged->shown.size.width + CPT_CARD_GAP) / column);
      wanted.h = (int) roundf ((self->dragged->shown.size.height + CPT_CARD_GAP) / CPT_CARD_ROW);
    }

  cpt_dashboard_grid_place (self, self->dragged, &wanted, TRUE);
  gtk_widget_queue_allocate (GTK_WIDGET (self));

  return TRUE;
}

static void
finish_drag (CptDashboardGrid *self)
{
  if (self->dragged != NULL)
    gtk_widget_remove_css_class (self->dragged->card, "dragged");
  self->mode = CPT_DRAG_NONE;
  self->has_moved = FALSE;
  cpt_dashboard_grid_start_glide (self);
  self->dragged = NULL;
}

void
cpt_dashboard_grid_end_drag (CptDashboardGrid *self)
{
  CptDashboardCell *cell = self->dragged;
  gboolean differs = cell != NULL && self->has_moved && memcmp (&cell->start, &cell->item.rect, sizeof (CptGridRect)) != 0;

  if (self->mode == CPT_DRAG_NONE)
    return;

  finish_drag (self);
  if (differs)
    cpt_dashboard_grid_emit_placed (self, cell);
}

void
cpt_dashboard_grid_cancel_drag (CptDashboardGrid *self)
{
  if (self->mode == CPT_DRAG_NONE)
    return;

  for (guint i = 0; i < self->cells->len; i++)
    {
      CptDashboardCell *cell = g_ptr_array_index (self->cells, i);

      cell->item.rect = cell->start;
    }
  finish_drag (self);
}

/* The keyboard */

static CptDashboardCell *
get_focused_cell (CptDashboardGrid *self)
{
  for (guint i = 0; i < self->cells->len; i++)
    {
      CptDashboardCell *cell = g_ptr_array_index (self->cells, i);

      if (gtk_widget_has_focus (cell->card))
        return cell;
    }

  return NULL;
}

static void
announce_place (CptDashboardCell *cell)
{
  const CptGridRect *rect = &cell->item.rect;
  g_autofree char *text = NULL;

  /* Translators: where a widget of a dashboard is now and its size in cells; spoken by screen readers */
  text = g_strdup_printf (_("Column %d, row %d, %d wide, %d high"), rect->x + 1, rect->y + 1, rect->w, rect->h);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell->card), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static gboolean
key_pressed_cb (CptDashboardGrid *self,
                guint             key,
                guint             code,
                GdkModifierType   state)
{
  CptDashboardCell *cell = get_focused_cell (self);
  GdkModifierType modifiers = state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK);
  gboolean resizes = modifiers == (GDK_CONTROL_MASK | GDK_SHIFT_MASK);
  CptGridRect wanted;
  CptGridRect before;
  int dx = (key == GDK_KEY_Right) - (key == GDK_KEY_Left);
  int dy = (key == GDK_KEY_Down) - (key == GDK_KEY_Up);

  if (key == GDK_KEY_Escape && self->mode != CPT_DRAG_NONE)
    {
      cpt_dashboard_grid_cancel_drag (self);
      return GDK_EVENT_STOP;
    }

  if (cell == NULL || (dx == 0 && dy == 0) || !cpt_dashboard_grid_may_drag (self) || (!resizes && modifiers != GDK_CONTROL_MASK))
    return GDK_EVENT_PROPAGATE;

  before = wanted = cell->item.rect;
  if (resizes)
    {
      wanted.w += dx;
      wanted.h += dy;
    }
  else
    {
      wanted.x += dx;
      /* A step down has to get past the card below to stay there. */
      wanted.y += dy > 0 ? MAX (wanted.h, 1) : dy;
    }
  cpt_dashboard_grid_place (self, cell, &wanted, FALSE);
  announce_place (cell);
  if (memcmp (&before, &cell->item.rect, sizeof before) != 0)
    cpt_dashboard_grid_emit_placed (self, cell);

  return GDK_EVENT_STOP;
}

static void
pointer_moved_cb (CptDashboardGrid *self,
                  double            x,
                  double            y)
{
  gboolean may_begin = self->mode == CPT_DRAG_NONE && cpt_dashboard_grid_may_drag (self);
  CptDashboardCell *cell = may_begin ? cpt_dashboard_grid_find_cell (self, x, y) : NULL;
  static const char *const names[] = { [CPT_DRAG_NONE] = NULL, [CPT_DRAG_MOVE] = "grab", [CPT_DRAG_RESIZE] = "se-resize" };

  if (self->mode == CPT_DRAG_NONE)
    gtk_widget_set_cursor_from_name (GTK_WIDGET (self), cell != NULL ? names[choose_mode (cell, x, y)] : NULL);
}

static void
drag_began_cb (CptDashboardGrid *self,
               double            x,
               double            y,
               GtkGesture       *gesture)
{
  if (!cpt_dashboard_grid_begin_drag (self, x, y))
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
}

static void
drag_updated_cb (CptDashboardGrid *self,
                 double            dx,
                 double            dy,
                 GtkGesture       *gesture)
{
  gboolean had_moved = self->has_moved;

  if (cpt_dashboard_grid_update_drag (self, dx, dy) && !had_moved)
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

void
cpt_dashboard_grid_add_drag (CptDashboardGrid *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (drag_began_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_updated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-end", G_CALLBACK (cpt_dashboard_grid_end_drag), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "cancel", G_CALLBACK (cpt_dashboard_grid_cancel_drag), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "motion", G_CALLBACK (pointer_moved_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}
