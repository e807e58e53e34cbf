/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Cards are dragged and moved by keys. The drag is a gesture of our own: it works
 * the same on every display, Escape cancels it, and near an edge the strip and the
 * columns scroll.
 */

#include "config.h"

#include "cpt-board-private.h"

#include <math.h>

#define THRESHOLD 6
#define EDGE 40

CptBoardColumn *
cpt_board_get_column_of (GtkWidget *row)
{
  return CPT_BOARD_COLUMN (gtk_widget_get_ancestor (row, CPT_TYPE_BOARD_COLUMN));
}

static void
emit_moved (CptBoard       *self,
            GtkWidget      *row,
            CptBoardColumn *column)
{
  g_autofree char *id = cpt_uuid_dup_text (&cpt_board_column_get_card (row)->id);

  g_signal_emit_by_name (self, "card-moved", id, cpt_board_column_get_key (column),
                         cpt_board_lane_get_key (cpt_board_lane_get_of (column)));
}

/* What the card does not leave needs not take it. */
static gboolean
can_take (GtkWidget      *row,
          CptBoardColumn *column)
{
  CptBoardColumn *own = cpt_board_get_column_of (row);
  CptBoardLane *lane = cpt_board_lane_get_of (column);

  return (cpt_board_column_takes (column) ||
          g_str_equal (cpt_board_column_get_key (own), cpt_board_column_get_key (column))) &&
         (cpt_board_lane_takes (lane) || lane == cpt_board_lane_get_of (own));
}

/* A column that takes no cards is not offered. */
static void
set_over (CptBoard       *self,
          CptBoardColumn *column)
{
  if (column != NULL && self->dragged != NULL && !can_take (self->dragged, column))
    column = NULL;
  if (self->over == column)
    return;

  if (self->over != NULL)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->over), "drop");
      cpt_board_lane_set_over (cpt_board_lane_get_of (self->over), FALSE);
    }
  self->over = column;
  if (column != NULL)
    {
      gtk_widget_add_css_class (GTK_WIDGET (column), "drop");
      cpt_board_lane_set_over (cpt_board_lane_get_of (column), TRUE);
    }
}

/* Dragging */

static void
scroll_upwards (CptBoard *self,
                double    pixels)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled));

  if (self->has_lanes)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + pixels);
  else if (self->over != NULL)
    cpt_board_column_scroll (self->over, pixels);
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       unused)
{
  CptBoard *self = CPT_BOARD (widget);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scrolled));
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);

  if (self->dragged == NULL)
    {
      self->tick = 0;
      return G_SOURCE_REMOVE;
    }

  if (self->x < EDGE)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) - (EDGE - self->x) / 3);
  else if (self->x > width - EDGE)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + (self->x - width + EDGE) / 3);
  if (self->y < 2 * EDGE)
    scroll_upwards (self, -6);
  else if (self->y > height - EDGE)
    scroll_upwards (self, 6);
  set_over (self, cpt_board_find_column_at (self, self->x, self->y));

  return G_SOURCE_CONTINUE;
}

static void
drag_began_cb (CptBoard   *self,
               double      x,
               double      y,
               GtkGesture *gesture)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  GtkWidget *row = picked;
  graphene_point_t grip;

  while (row != NULL && cpt_board_column_get_card (row) == NULL)
    row = gtk_widget_get_parent (row);

  if (row == NULL || !self->is_editable ||
      !gtk_widget_compute_point (GTK_WIDGET (self), row, &GRAPHENE_POINT_INIT ((float) x, (float) y), &grip))
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
      return;
    }

  self->dragged = row;
  self->has_moved = FALSE;
  self->grip_x = grip.x;
  self->grip_y = grip.y;
  self->x = x;
  self->y = y;
}

static void
drag_updated_cb (CptBoard   *self,
                 double      dx,
                 double      dy,
                 GtkGesture *gesture)
{
  double x;
  double y;

  if (self->dragged == NULL || (!self->has_moved && hypot (dx, dy) < THRESHOLD))
    return;

  if (!self->has_moved)
    {
      g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (self->dragged);
      g_autofree char *id = cpt_uuid_dup_text (&cpt_board_column_get_card (self->dragged)->id);

      self->has_moved = TRUE;
      self->picture = gdk_paintable_get_current_image (paintable);
      gtk_widget_set_opacity (self->dragged, 0.35);
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
      if (self->tick == 0)
        self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
      g_signal_emit_by_name (self, "card-lifted", id);
    }

  gtk_gesture_drag_get_start_point (GTK_GESTURE_DRAG (gesture), &x, &y);
  self->x = x + dx;
  self->y = y + dy;
  set_over (self, cpt_board_find_column_at (self, self->x, self->y));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
cpt_board_stop_drag (CptBoard *self)
{
  if (self->dragged != NULL)
    gtk_widget_set_opacity (self->dragged, 1);
  self->dragged = NULL;
  self->has_moved = FALSE;
  g_clear_object (&self->picture);
  if (self->scrolled == NULL) /* the board is going */
    return;

  for (CptBoardLane *lane = cpt_board_get_first_lane (self); lane != NULL; lane = cpt_board_get_next_lane (lane))
    cpt_board_lane_set_note (lane, NULL);
  for (CptBoardColumn *column = cpt_board_lane_get_first (cpt_board_get_heads (self)); column != NULL;
       column = cpt_board_get_next_column (column, TRUE))
    cpt_board_column_set_note (column, NULL);
  set_over (self, NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_ended_cb (CptBoard *self)
{
  GtkWidget *row = self->dragged;
  CptBoardColumn *column = self->over;
  gboolean has_moved = self->has_moved;

  cpt_board_stop_drag (self);
  if (row != NULL && has_moved && column != NULL && column != cpt_board_get_column_of (row))
    emit_moved (self, row, column);
}

/* The keyboard: a card goes to the next column, or lane, that takes it */

static void
move_sideways (CptBoard  *self,
               GtkWidget *row,
               gboolean   forward,
               gboolean   with_card)
{
  CptBoardColumn *column = cpt_board_get_next_column (cpt_board_get_column_of (row), forward);

  while (column != NULL && (with_card ? !can_take (row, column)
                                      : self->has_lanes && cpt_board_column_get_n_cards (column) == 0))
    column = cpt_board_get_next_column (column, forward);
  if (column != NULL && with_card)
    emit_moved (self, row, column);
  else if (column != NULL)
    cpt_board_column_focus_card (column, gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)));
}

/* The same column in the next lane; (nullable) */
static CptBoardColumn *
get_column_beside (CptBoardColumn *column,
                   gboolean        below)
{
  GtkWidget *lane = GTK_WIDGET (cpt_board_lane_get_of (column));

  lane = below ? gtk_widget_get_next_sibling (lane) : gtk_widget_get_prev_sibling (lane);

  return lane != NULL ? cpt_board_lane_find_column (CPT_BOARD_LANE (lane), cpt_board_column_get_key (column)) : NULL;
}

static gboolean
has_cards_to_see (CptBoardColumn *column)
{
  return cpt_board_column_get_n_cards (column) > 0 && !cpt_board_lane_is_folded (cpt_board_lane_get_of (column));
}

/* The keyboard goes there with the card. */
static void
unfold (CptBoardColumn *column)
{
  CptBoardLane *lane = cpt_board_lane_get_of (column);

  if (!cpt_board_lane_is_folded (lane))
    return;

  cpt_board_lane_set_folded (lane, FALSE);
  g_signal_emit_by_name (lane, "folded");
}

static void
move_across (CptBoard  *self,
             GtkWidget *row,
             gboolean   below,
             gboolean   with_card)
{
  CptBoardColumn *column = get_column_beside (cpt_board_get_column_of (row), below);

  while (column != NULL && (with_card ? !can_take (row, column) : !has_cards_to_see (column)))
    column = get_column_beside (column, below);
  if (column != NULL && with_card)
    {
      unfold (column);
      emit_moved (self, row, column);
    }
  else if (column != NULL)
    cpt_board_column_focus_card (column, below ? 0 : G_MAXINT);
}

/* Whether there is no card beyond @row in its column */
static gboolean
is_at_end (GtkWidget *row,
           gboolean   below)
{
  int index = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));

  return below ? (guint) index + 1 == cpt_board_column_get_n_cards (cpt_board_get_column_of (row)) : index == 0;
}

static gboolean
key_pressed_cb (CptBoard        *self,
                guint            key,
                guint            code,
                GdkModifierType  state)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *row = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean is_sideways = key == GDK_KEY_Left || key == GDK_KEY_Right;
  gboolean is_across = self->has_lanes && (key == GDK_KEY_Up || key == GDK_KEY_Down);
  gboolean is_mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  gboolean with_card = (state & GDK_CONTROL_MASK) != 0;

  if (key == GDK_KEY_Escape && self->dragged != NULL)
    {
      cpt_board_stop_drag (self);
      return GDK_EVENT_STOP;
    }

  if ((!is_sideways && !is_across) || row == NULL || cpt_board_column_get_card (row) == NULL ||
      (state & (GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0 || (with_card && !self->is_editable))
    return GDK_EVENT_PROPAGATE;
  /* Within a column the list moves the keyboard. */
  if (is_across && !with_card && !is_at_end (row, key == GDK_KEY_Down))
    return GDK_EVENT_PROPAGATE;

  if (is_sideways)
    move_sideways (self, row, (key == GDK_KEY_Right) != is_mirrored, with_card);
  else
    move_across (self, row, key == GDK_KEY_Down, with_card);

  return GDK_EVENT_STOP;
}

void
cpt_board_add_controllers (CptBoard *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (drag_began_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_updated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-end", G_CALLBACK (drag_ended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "cancel", G_CALLBACK (cpt_board_stop_drag), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
