/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pointer and keys of the grid. The cursor is where the keyboard is; the
 * selection is what the person marked, and stays where it is while the cursor
 * moves: Space and Ctrl+click mark one row, Shift a range. */
#include "config.h"

#include <math.h>

#include "cpt-data-grid-private.h"

/* From the anchor to @position, in place of what was marked */
static void
select_range (CptDataGrid *self,
              guint        position)
{
  guint start;

  if (self->anchor == CPT_DATA_GRID_NONE)
    self->anchor = self->cursor;
  start = MIN (self->anchor, position);
  gtk_bitset_remove_all (self->selection);
  gtk_bitset_add_range_closed (self->selection, start, MAX (self->anchor, position));
  cpt_data_grid_unselect_groups (self);
  cpt_data_grid_selection_changed (self);
}

void
cpt_data_grid_toggle (CptDataGrid *self,
                      guint        position)
{
  if (position >= self->n_rows)
    return;
  if (cpt_data_grid_is_group (self, position))
    {
      cpt_data_grid_select_group (self, position);
      return;
    }

  if (!gtk_bitset_remove (self->selection, position))
    gtk_bitset_add (self->selection, position);
  self->anchor = position;
  cpt_data_grid_selection_changed (self);
}

static void
move_cursor (CptDataGrid *self,
             double       target,
             gboolean     extend)
{
  guint position;

  if (self->n_rows == 0)
    return;

  position = (guint) CLAMP (target, 0, (double) self->n_rows - 1);
  if (extend)
    {
      if (gtk_bitset_is_empty (self->selection))
        self->anchor = self->cursor;
      select_range (self, position);
    }
  else
    {
      self->anchor = position;
    }
  cpt_data_grid_set_cursor (self, position);
}

static guint
get_page (CptDataGrid *self)
{
  guint first, last;

  cpt_data_grid_get_range (self, &first, &last);

  return MAX (last - first, 2) - 1;
}

static void
scroll_sideways (CptDataGrid *self,
                 int          direction)
{
  GtkAdjustment *horizontal = self->adjustments[GTK_ORIENTATION_HORIZONTAL];

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    direction = -direction;
  if (horizontal != NULL)
    gtk_adjustment_set_value (horizontal, gtk_adjustment_get_value (horizontal) +
                                            direction * gtk_adjustment_get_step_increment (horizontal));
}

/* Keys that move the cursor. FALSE for others. */
static gboolean
handle_motion_key (CptDataGrid *self,
                   guint        key,
                   gboolean     extend)
{
  double cursor = self->cursor == CPT_DATA_GRID_NONE ? -1.0 : (double) self->cursor;

  switch (key)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      move_cursor (self, cursor - 1, extend);
      return TRUE;

    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      move_cursor (self, cursor + 1, extend);
      return TRUE;

    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      move_cursor (self, cursor - get_page (self), extend);
      return TRUE;

    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      move_cursor (self, cursor + get_page (self), extend);
      return TRUE;

    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      move_cursor (self, 0, extend);
      return TRUE;

    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      move_cursor (self, (double) self->n_rows - 1, extend);
      return TRUE;

    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      scroll_sideways (self, -1);
      return TRUE;

    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      scroll_sideways (self, 1);
      return TRUE;

    default:
      return FALSE;
    }
}

static void
ask_for_menu (CptDataGrid *self,
              guint        position,
              double       x,
              double       y)
{
  if (position >= self->n_rows)
    return;

  cpt_data_grid_set_cursor (self, position);
  g_signal_emit_by_name (self, "row-menu", position, cpt_data_grid_find_column (self, x), x, y);
}

/* Below the row of the cursor, about its cell */
static void
ask_for_menu_by_key (CptDataGrid *self)
{
  GdkRectangle cell = { 0 };
  double y = cpt_data_grid_get_header_height (self) + ((double) self->cursor + 1) * self->row_height -
             cpt_data_grid_get_offset (self, GTK_ORIENTATION_VERTICAL);

  if (self->cell != CPT_DATA_GRID_NONE && !self->is_compact)
    cpt_data_grid_get_cell_area (self, self->cursor, self->cell, &cell);
  if (self->cursor != CPT_DATA_GRID_NONE)
    ask_for_menu (self, self->cursor, cell.x + CPT_GRID_CELL_PADDING,
                  CLAMP (y, 0, gtk_widget_get_height (GTK_WIDGET (self))));
}

/* What is pressed there is the editor's matter. */
static gboolean
is_in_editor (CptDataGrid *self,
              double       x,
              double       y)
{
  graphene_rect_t bounds;

  return self->editor != NULL && gtk_widget_compute_bounds (self->editor, GTK_WIDGET (self), &bounds) &&
         graphene_rect_contains_point (&bounds, &GRAPHENE_POINT_INIT ((float) x, (float) y));
}

static void
menu_pressed_cb (GtkGestureClick *gesture,
                 int              n_press,
                 double           x,
                 double           y,
                 CptDataGrid     *self)
{
  if (is_in_editor (self, x, y))
    return;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  ask_for_menu (self, cpt_data_grid_find_row (self, y), x, y);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  key,
                guint                  code,
                GdkModifierType        modifiers,
                CptDataGrid           *self)
{
  gboolean control = (modifiers & GDK_CONTROL_MASK) != 0;
  gboolean shift = (modifiers & GDK_SHIFT_MASK) != 0;

  if ((modifiers & GDK_ALT_MASK) != 0 || !gtk_widget_has_focus (GTK_WIDGET (self)))
    return GDK_EVENT_PROPAGATE;

  if (cpt_data_grid_handle_cell_key (self, key, modifiers) || cpt_data_grid_handle_group_key (self, key, modifiers) ||
      handle_motion_key (self, key, shift))
    return GDK_EVENT_STOP;

  if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_ISO_Enter)
    cpt_data_grid_activate (self, self->cursor);
  else if (key == GDK_KEY_space)
    cpt_data_grid_toggle (self, self->cursor);
  else if (control && !shift && (key == GDK_KEY_a || key == GDK_KEY_A))
    cpt_data_grid_select_all (self);
  else if (control && shift && (key == GDK_KEY_a || key == GDK_KEY_A))
    cpt_data_grid_unselect_all (self);
  else if (key == GDK_KEY_Menu || (shift && key == GDK_KEY_F10))
    ask_for_menu_by_key (self);
  else if (key == GDK_KEY_Escape && !gtk_bitset_is_empty (self->selection))
    cpt_data_grid_unselect_all (self);
  else
    return GDK_EVENT_PROPAGATE;

  return GDK_EVENT_STOP;
}

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            CptDataGrid     *self)
{
  GdkModifierType modifiers = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  guint position = cpt_data_grid_find_row (self, y);
  gboolean is_again = position == self->cursor && gtk_widget_has_focus (GTK_WIDGET (self));

  if (position == CPT_DATA_GRID_NONE || is_in_editor (self, x, y))
    return;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if ((modifiers & GDK_SHIFT_MASK) != 0)
    {
      select_range (self, position);
    }
  else if ((modifiers & GDK_CONTROL_MASK) != 0)
    {
      cpt_data_grid_toggle (self, position);
    }
  else
    {
      self->anchor = position;
      /* What is selected may be dragged away from here as a whole. */
      if (gtk_bitset_contains (self->selection, position))
        self->is_pressed = TRUE;
      else if (!gtk_bitset_is_empty (self->selection))
        cpt_data_grid_unselect_all (self);
    }
  cpt_data_grid_set_cursor (self, position);

  /* The first click is for the row, the next one for a cell of it. */
  if (n_press == 1 && !self->is_compact && (modifiers & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) == 0 &&
      (is_again || self->cell != CPT_DATA_GRID_NONE))
    cpt_data_grid_set_cell (self, cpt_data_grid_find_column (self, x));
}

static void
released_cb (GtkGestureClick *gesture,
             int              n_press,
             double           x,
             double           y,
             CptDataGrid     *self)
{
  GdkModifierType modifiers = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  guint position = cpt_data_grid_find_row (self, y);

  if (self->is_pressed)
    cpt_data_grid_unselect_all (self);
  self->is_pressed = FALSE;
  if ((modifiers & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) != 0 || position != self->cursor || is_in_editor (self, x, y))
    return;

  if (n_press == 2 || (n_press == 1 && (self->is_compact || cpt_data_grid_is_group (self, position))))
    cpt_data_grid_activate (self, position);
}

/* It became something else than a click */
static void
stopped_cb (CptDataGrid *self)
{
  self->is_pressed = FALSE;
}

static void
set_hover (CptDataGrid *self,
           guint        position)
{
  if (self->hover == position)
    return;

  self->hover = position;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
motion_cb (GtkEventControllerMotion *controller,
           double                    x,
           double                    y,
           CptDataGrid              *self)
{
  set_hover (self, cpt_data_grid_find_row (self, y));
}

static void
leave_cb (GtkEventControllerMotion *controller,
          CptDataGrid              *self)
{
  set_hover (self, CPT_DATA_GRID_NONE);
}

void
cpt_data_grid_add_controllers (CptDataGrid *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *menu = gtk_gesture_click_new ();

  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, 0);
  cpt_data_grid_add_input (self, GTK_EVENT_CONTROLLER_KEY (keys));
  gtk_widget_add_controller (widget, keys);

  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self, 0);
  g_signal_connect_object (motion, "leave", G_CALLBACK (leave_cb), self, 0);
  gtk_widget_add_controller (widget, motion);

  g_signal_connect_object (focus, "enter", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, focus);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_PRIMARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, 0);
  g_signal_connect_object (click, "released", G_CALLBACK (released_cb), self, 0);
  g_signal_connect_object (click, "cancel", G_CALLBACK (stopped_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (menu, "pressed", G_CALLBACK (menu_pressed_cb), self, 0);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (menu));
}
