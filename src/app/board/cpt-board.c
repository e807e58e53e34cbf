/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A board: columns side by side in one scrolling strip, and the card that is
 * being dragged drawn over them. The drag is a gesture of our own: it works the
 * same on every display, Escape cancels it, and near an edge the strip and the
 * columns scroll.
 */

#include "config.h"

#include "cpt-board.h"

#include <glib/gi18n.h>
#include <math.h>

#include "cpt-board-column.h"

#define THRESHOLD 6
#define EDGE 40

struct _CptBoard
{
  GtkWidget parent_instance;

  GtkWidget *scrolled;
  GtkWidget *strip; /* borrowed from scrolled */
  gboolean is_editable;

  GtkWidget *dragged;    /* (nullable): row, borrowed from its column */
  GdkPaintable *picture; /* (nullable): of the dragged row */
  CptBoardColumn *over;  /* (nullable): column under the pointer, borrowed from strip */
  gboolean has_moved;
  double grip_x; /* of the pointer in the card */
  double grip_y;
  double x;
  double y;
  guint tick;
};

enum
{
  CARD_MOVED,
  CARD_LIFTED,
  CARD_ACTIVATED,
  MORE,
  NEW_CARD,
  EDIT_COLUMN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptBoard, cpt_board, GTK_TYPE_WIDGET)

static CptBoardColumn *
find_column (CptBoard   *self,
             const char *key)
{
  for (GtkWidget *child = gtk_widget_get_first_child (self->strip); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (g_str_equal (cpt_board_column_get_key (CPT_BOARD_COLUMN (child)), key))
      return CPT_BOARD_COLUMN (child);

  return NULL;
}

static CptBoardColumn *
find_column_at (CptBoard *self,
                double    x)
{
  for (GtkWidget *child = gtk_widget_get_first_child (self->strip); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      graphene_rect_t bounds;

      if (gtk_widget_compute_bounds (child, GTK_WIDGET (self), &bounds) && x >= bounds.origin.x &&
          x < bounds.origin.x + bounds.size.width + 12)
        return CPT_BOARD_COLUMN (child);
    }

  return NULL;
}

static CptBoardColumn *
get_column_of (GtkWidget *row)
{
  return CPT_BOARD_COLUMN (gtk_widget_get_ancestor (row, CPT_TYPE_BOARD_COLUMN));
}

static void
emit_moved (CptBoard       *self,
            GtkWidget      *row,
            CptBoardColumn *column)
{
  g_autofree char *id = cpt_uuid_dup_text (&cpt_board_column_get_card (row)->id);

  g_signal_emit (self, signals[CARD_MOVED], 0, id, cpt_board_column_get_key (column));
}

/* A column that takes no cards is not offered. */
static void
set_over (CptBoard       *self,
          CptBoardColumn *column)
{
  if (column != NULL && self->dragged != NULL && column != get_column_of (self->dragged) && !cpt_board_column_takes (column))
    column = NULL;
  if (self->over == column)
    return;

  if (self->over != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->over), "drop");
  self->over = column;
  if (column != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (column), "drop");
}

/* Dragging */

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
  if (self->over != NULL && self->y < 2 * EDGE)
    cpt_board_column_scroll (self->over, -6);
  else if (self->over != NULL && self->y > height - EDGE)
    cpt_board_column_scroll (self->over, 6);
  set_over (self, find_column_at (self, self->x));

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
      g_signal_emit (self, signals[CARD_LIFTED], 0, id);
    }

  gtk_gesture_drag_get_start_point (GTK_GESTURE_DRAG (gesture), &x, &y);
  self->x = x + dx;
  self->y = y + dy;
  set_over (self, find_column_at (self, self->x));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
stop_drag (CptBoard *self)
{
  if (self->dragged != NULL)
    gtk_widget_set_opacity (self->dragged, 1);
  self->dragged = NULL;
  self->has_moved = FALSE;
  g_clear_object (&self->picture);
  for (GtkWidget *child = gtk_widget_get_first_child (self->strip); child != NULL; child = gtk_widget_get_next_sibling (child))
    cpt_board_column_set_note (CPT_BOARD_COLUMN (child), NULL);
  set_over (self, NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_ended_cb (CptBoard *self)
{
  GtkWidget *row = self->dragged;
  CptBoardColumn *column = self->over;
  gboolean has_moved = self->has_moved;

  stop_drag (self);
  if (row != NULL && has_moved && column != NULL && column != get_column_of (row))
    emit_moved (self, row, column);
}

/* The keyboard: a card goes to the next column that takes it */

static GtkWidget *
get_neighbour (GtkWidget *column,
               gboolean   forward)
{
  return forward ? gtk_widget_get_next_sibling (column) : gtk_widget_get_prev_sibling (column);
}

static gboolean
key_pressed_cb (CptBoard        *self,
                guint            key,
                guint            code,
                GdkModifierType  state)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *row = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *column;
  gboolean forward = key == GDK_KEY_Right;

  if (key == GDK_KEY_Escape && self->dragged != NULL)
    {
      stop_drag (self);
      return GDK_EVENT_STOP;
    }

  if ((key != GDK_KEY_Left && key != GDK_KEY_Right) || row == NULL || cpt_board_column_get_card (row) == NULL)
    return GDK_EVENT_PROPAGATE;

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    forward = !forward;
  column = GTK_WIDGET (get_column_of (row));
  column = get_neighbour (column, forward);
  while (column != NULL && (state & GDK_CONTROL_MASK) && !cpt_board_column_takes (CPT_BOARD_COLUMN (column)))
    column = get_neighbour (column, forward);
  if (column == NULL)
    return GDK_EVENT_STOP;

  if ((state & GDK_CONTROL_MASK) && self->is_editable)
    emit_moved (self, row, CPT_BOARD_COLUMN (column));
  else if (!(state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)))
    cpt_board_column_focus_card (CPT_BOARD_COLUMN (column), gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)));
  else
    return GDK_EVENT_PROPAGATE;

  return GDK_EVENT_STOP;
}

static void
card_activated_cb (CptBoard  *self,
                   GtkWidget *row)
{
  g_autofree char *id = cpt_uuid_dup_text (&cpt_board_column_get_card (row)->id);

  g_signal_emit (self, signals[CARD_ACTIVATED], 0, id);
}

static void
more_cb (CptBoardColumn *column,
         CptBoard       *self)
{
  g_signal_emit (self, signals[MORE], 0, cpt_board_column_get_key (column));
}

static void
new_card_cb (CptBoardColumn *column,
             CptBoard       *self)
{
  g_signal_emit (self, signals[NEW_CARD], 0, cpt_board_column_get_key (column));
}

static void
edit_cb (CptBoardColumn *column,
         CptBoard       *self)
{
  g_signal_emit (self, signals[EDIT_COLUMN], 0, cpt_board_column_get_key (column));
}

static void
cpt_board_snapshot (GtkWidget   *widget,
                    GtkSnapshot *snapshot)
{
  CptBoard *self = CPT_BOARD (widget);

  GTK_WIDGET_CLASS (cpt_board_parent_class)->snapshot (widget, snapshot);
  if (self->picture == NULL)
    return;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) (self->x - self->grip_x), (float) (self->y - self->grip_y)));
  gtk_snapshot_rotate (snapshot, 1.5f);
  gdk_paintable_snapshot (self->picture, snapshot, gdk_paintable_get_intrinsic_width (self->picture),
                          gdk_paintable_get_intrinsic_height (self->picture));
  gtk_snapshot_restore (snapshot);
}

/* The first card, not a button above it */
static gboolean
cpt_board_grab_focus (GtkWidget *widget)
{
  GtkWidget *column = gtk_widget_get_first_child (CPT_BOARD (widget)->strip);
  GtkWidget *first = column;

  if (column == NULL || gtk_widget_get_focus_child (widget) != NULL)
    return GTK_WIDGET_CLASS (cpt_board_parent_class)->grab_focus (widget);

  while (column != NULL && cpt_board_column_get_n_cards (CPT_BOARD_COLUMN (column)) == 0)
    column = gtk_widget_get_next_sibling (column);
  cpt_board_column_focus_card (CPT_BOARD_COLUMN (column != NULL ? column : first), 0);

  return TRUE;
}

static void
cpt_board_dispose (GObject *object)
{
  CptBoard *self = CPT_BOARD (object);

  g_clear_object (&self->picture);
  self->dragged = NULL;
  self->over = NULL;
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);

  G_OBJECT_CLASS (cpt_board_parent_class)->dispose (object);
}

static guint
add_signal (GType       type,
            const char *name,
            guint       n_texts)
{
  return g_signal_new (name, type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n_texts, G_TYPE_STRING, G_TYPE_STRING);
}

static void
cpt_board_class_init (CptBoardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_board_dispose;
  widget_class->snapshot = cpt_board_snapshot;
  widget_class->grab_focus = cpt_board_grab_focus;
  signals[CARD_MOVED] = add_signal (G_TYPE_FROM_CLASS (klass), "card-moved", 2);
  signals[CARD_LIFTED] = add_signal (G_TYPE_FROM_CLASS (klass), "card-lifted", 1);
  signals[CARD_ACTIVATED] = add_signal (G_TYPE_FROM_CLASS (klass), "card-activated", 1);
  signals[MORE] = add_signal (G_TYPE_FROM_CLASS (klass), "more", 1);
  signals[NEW_CARD] = add_signal (G_TYPE_FROM_CLASS (klass), "new-card", 1);
  signals[EDIT_COLUMN] = add_signal (G_TYPE_FROM_CLASS (klass), "edit-column", 1);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "board");
}

static void
cpt_board_init (CptBoard *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->strip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_add_css_class (self->strip, "board-strip");
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->strip);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (drag_began_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_updated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-end", G_CALLBACK (drag_ended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "cancel", G_CALLBACK (stop_drag), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
cpt_board_new (void)
{
  return g_object_new (CPT_TYPE_BOARD, NULL);
}

void
cpt_board_clear (CptBoard *self)
{
  GtkWidget *child;

  g_return_if_fail (CPT_IS_BOARD (self));

  stop_drag (self);
  while ((child = gtk_widget_get_first_child (self->strip)) != NULL)
    gtk_box_remove (GTK_BOX (self->strip), child);
}

void
cpt_board_add_column (CptBoard            *self,
                      const char          *key,
                      const char          *title,
                      const char          *colour,
                      CptBoardColumnFlags  flags)
{
  GtkWidget *column;

  g_return_if_fail (CPT_IS_BOARD (self));

  column = cpt_board_column_new (key, title, colour, flags);
  cpt_board_column_set_editable (CPT_BOARD_COLUMN (column), self->is_editable);
  g_signal_connect_object (column, "card-activated", G_CALLBACK (card_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (column, "more", G_CALLBACK (more_cb), self, 0);
  g_signal_connect_object (column, "new-card", G_CALLBACK (new_card_cb), self, 0);
  g_signal_connect_object (column, "edit", G_CALLBACK (edit_cb), self, 0);
  gtk_box_append (GTK_BOX (self->strip), column);
}

guint
cpt_board_get_n_columns (CptBoard *self)
{
  guint n = 0;

  g_return_val_if_fail (CPT_IS_BOARD (self), 0);

  for (GtkWidget *child = gtk_widget_get_first_child (self->strip); child != NULL; child = gtk_widget_get_next_sibling (child))
    n++;

  return n;
}

gboolean
cpt_board_is_column (CptBoard   *self,
                     guint       position,
                     const char *key,
                     const char *title,
                     const char *colour)
{
  GtkWidget *child;

  g_return_val_if_fail (CPT_IS_BOARD (self), FALSE);

  child = gtk_widget_get_first_child (self->strip);
  while (child != NULL && position-- > 0)
    child = gtk_widget_get_next_sibling (child);

  return child != NULL && g_str_equal (cpt_board_column_get_key (CPT_BOARD_COLUMN (child)), key) &&
         g_str_equal (cpt_board_column_get_title (CPT_BOARD_COLUMN (child)), title) &&
         g_strcmp0 (cpt_board_column_get_colour (CPT_BOARD_COLUMN (child)), colour) == 0;
}

void
cpt_board_set_summary (CptBoard   *self,
                       const char *key,
                       const char *summary,
                       guint64     n_more,
                       gboolean    is_over)
{
  CptBoardColumn *found;

  g_return_if_fail (CPT_IS_BOARD (self));

  found = find_column (self, key);
  if (found != NULL)
    cpt_board_column_set_summary (found, summary, n_more, is_over);
}

void
cpt_board_set_note (CptBoard   *self,
                    const char *key,
                    const char *note)
{
  CptBoardColumn *found;

  g_return_if_fail (CPT_IS_BOARD (self));

  found = find_column (self, key);
  if (found != NULL && self->has_moved)
    cpt_board_column_set_note (found, note);
}

const CptBoardCard *
cpt_board_get_lifted (CptBoard *self)
{
  g_return_val_if_fail (CPT_IS_BOARD (self), NULL);

  return self->dragged != NULL && self->has_moved ? cpt_board_column_get_card (self->dragged) : NULL;
}

const CptBoardCard *
cpt_board_get_focused (CptBoard *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  g_return_val_if_fail (CPT_IS_BOARD (self), NULL);

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)) ? cpt_board_column_get_card (focus) : NULL;
}

static GtkWidget *
find_row (CptBoard      *self,
          const CptUuid *id)
{
  GtkWidget *row = NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (self->strip); child != NULL && row == NULL;
       child = gtk_widget_get_next_sibling (child))
    row = cpt_board_column_find (CPT_BOARD_COLUMN (child), id);

  return row;
}

gboolean
cpt_board_focus_card (CptBoard      *self,
                      const CptUuid *id)
{
  GtkWidget *row;

  g_return_val_if_fail (CPT_IS_BOARD (self), FALSE);

  row = find_row (self, id);

  return row != NULL && gtk_widget_grab_focus (row);
}

void
cpt_board_set_cards (CptBoard   *self,
                     const char *key,
                     GPtrArray  *cards)
{
  CptBoardColumn *column;

  g_return_if_fail (CPT_IS_BOARD (self));

  stop_drag (self);
  column = find_column (self, key);
  if (column != NULL)
    cpt_board_column_set_cards (column, cards);
  else
    g_ptr_array_unref (cards);
}

void
cpt_board_put_card (CptBoard     *self,
                    CptBoardCard *card)
{
  const CptBoardCard *focused = cpt_board_get_focused (self);
  CptBoardColumn *column;
  gboolean had_focus;
  GtkWidget *row;

  g_return_if_fail (CPT_IS_BOARD (self));

  had_focus = focused != NULL && cpt_uuid_equal (&focused->id, &card->id);
  cpt_board_remove_card (self, &card->id);

  column = find_column (self, card->column);
  if (column == NULL)
    {
      cpt_board_card_free (card);
      return;
    }

  row = cpt_board_column_add (column, card, TRUE);
  if (had_focus)
    gtk_widget_grab_focus (row);
}

void
cpt_board_remove_card (CptBoard      *self,
                       const CptUuid *id)
{
  g_return_if_fail (CPT_IS_BOARD (self));

  for (GtkWidget *child = gtk_widget_get_first_child (self->strip); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = cpt_board_column_find (CPT_BOARD_COLUMN (child), id);

      if (row == NULL)
        continue;
      if (row == self->dragged)
        stop_drag (self);
      cpt_board_column_remove (CPT_BOARD_COLUMN (child), row);
    }
}

guint
cpt_board_get_n_cards (CptBoard   *self,
                       const char *key)
{
  CptBoardColumn *found;

  g_return_val_if_fail (CPT_IS_BOARD (self), 0);

  found = find_column (self, key);

  return found != NULL ? cpt_board_column_get_n_cards (found) : 0;
}

void
cpt_board_set_editable (CptBoard *self,
                        gboolean  editable)
{
  g_return_if_fail (CPT_IS_BOARD (self));

  self->is_editable = editable;
  for (GtkWidget *child = gtk_widget_get_first_child (self->strip); child != NULL; child = gtk_widget_get_next_sibling (child))
    cpt_board_column_set_editable (CPT_BOARD_COLUMN (child), editable);
}
