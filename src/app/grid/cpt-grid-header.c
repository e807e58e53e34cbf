/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The titles of the columns: a click sorts, another one turns the order round,
 * with Shift it sorts by this column as well. The edge between two titles is
 * dragged to make a column wider, a title to put it elsewhere. Where a title
 * has the focus, keys do the same, and pin its column. Titles of pinned columns
 * are above those that are scrolled. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-data-grid-private.h"

#define EDGE_REACH 6
#define DRAG_THRESHOLD 8 /* less is a click */
#define KEY_STEP 16

struct _CptGridHeader
{
  GtkWidget parent_instance;

  CptDataGrid *grid; /* the parent */
  GPtrArray *titles; /* (element-type GtkWidget): by column; borrowed from GTK */
  guint resized;     /* column whose edge is dragged, or CPT_DATA_GRID_NONE */
  int start_width;
  guint moved;  /* column whose title is dragged, or CPT_DATA_GRID_NONE */
  guint target; /* where it would be put, or CPT_DATA_GRID_NONE before it moves */
  double start_x;
  GdkModifierType modifiers; /* of the press or key that came last */
  guint next_focus;          /* column whose title is focused when they are made anew */
};

G_DEFINE_FINAL_TYPE (CptGridHeader, cpt_grid_header, GTK_TYPE_WIDGET)

static gboolean
is_mirrored (CptGridHeader *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

/* The column whose end edge is near @x */
static guint
find_edge (CptGridHeader *self,
           double         x)
{
  for (guint i = 0; i < self->grid->tracks->len; i++)
    {
      const CptGridTrack *track = &g_array_index (self->grid->tracks, CptGridTrack, i);
      int start = cpt_data_grid_get_column_x (self->grid, i);

      if (ABS ((is_mirrored (self) ? start : start + track->width) - x) > EDGE_REACH)
        continue;
      /* An edge that has gone below what is pinned is not there. */
      if (i < self->grid->n_stuck || cpt_data_grid_find_column (self->grid, x) >= self->grid->n_stuck)
        return i;
    }

  return CPT_DATA_GRID_NONE;
}

/* The column whose title is at @x; the nearest one beyond the ends */
static guint
find_title (CptGridHeader *self,
            double         x)
{
  return cpt_data_grid_find_column (self->grid, x);
}

static void
set_target (CptGridHeader *self,
            guint          target)
{
  self->target = target;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* By the person; the titles that come then keep the focus where it was. */
static void
move_column (CptGridHeader *self,
             guint          column,
             guint          target,
             gboolean       has_focus)
{
  if (target == column || target >= self->grid->tracks->len)
    return;

  self->next_focus = has_focus ? target : CPT_DATA_GRID_NONE;
  g_signal_emit_by_name (self->grid, "column-moved", column, target);
}

static void
drag_begin_cb (GtkGestureDrag *gesture,
               double          x,
               double          y,
               CptGridHeader  *self)
{
  self->modifiers = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  self->moved = CPT_DATA_GRID_NONE;
  self->resized = find_edge (self, x);
  if (self->resized == CPT_DATA_GRID_NONE)
    {
      self->moved = find_title (self, x);
      self->start_x = x;
      return;
    }

  self->start_width = cpt_data_grid_get_width (self->grid, self->resized);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
drag_update_cb (GtkGestureDrag *gesture,
                double          dx,
                double          dy,
                CptGridHeader  *self)
{
  if (self->resized != CPT_DATA_GRID_NONE)
    {
      cpt_data_grid_resize_column (self->grid, self->resized,
                                   self->start_width + (int) (is_mirrored (self) ? -dx : dx));
      return;
    }

  if (self->moved == CPT_DATA_GRID_NONE || (self->target == CPT_DATA_GRID_NONE && ABS (dx) < DRAG_THRESHOLD))
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  set_target (self, find_title (self, self->start_x + dx));
}

static void
drag_end_cb (GtkGestureDrag *gesture,
             double          dx,
             double          dy,
             CptGridHeader  *self)
{
  guint column = self->resized, target = self->target;

  self->resized = CPT_DATA_GRID_NONE;
  set_target (self, CPT_DATA_GRID_NONE);
  if (column != CPT_DATA_GRID_NONE)
    g_signal_emit_by_name (self->grid, "resized", column);
  else if (target != CPT_DATA_GRID_NONE)
    move_column (self, self->moved, target, FALSE);
}

static void
drag_cancel_cb (GtkGesture       *gesture,
                GdkEventSequence *sequence,
                CptGridHeader    *self)
{
  self->moved = CPT_DATA_GRID_NONE;
  set_target (self, CPT_DATA_GRID_NONE);
}

static void
ask_for_menu (CptGridHeader *self,
              guint          column,
              double         x)
{
  double at_x, at_y;

  if (column < self->grid->tracks->len &&
      gtk_widget_translate_coordinates (GTK_WIDGET (self), GTK_WIDGET (self->grid), x,
                                        gtk_widget_get_height (GTK_WIDGET (self)), &at_x, &at_y))
    g_signal_emit_by_name (self->grid, "column-menu", column, at_x, at_y);
}

static void
menu_pressed_cb (GtkGestureClick *gesture,
                 int              n_press,
                 double           x,
                 double           y,
                 CptGridHeader   *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  ask_for_menu (self, find_title (self, x), x);
}

static guint
find_focus (CptGridHeader *self)
{
  for (guint i = 0; i < self->titles->len; i++)
    if (gtk_widget_has_focus (g_ptr_array_index (self->titles, i)))
      return i;

  return CPT_DATA_GRID_NONE;
}

static void
sort_by (CptGridHeader *self,
         guint          column)
{
  const CptGridColumn *sorted = cpt_grid_model_get_column (self->grid->model, column);

  if (sorted == NULL || !sorted->is_sortable)
    return;

  cpt_grid_model_sort (self->grid->model, column, cpt_grid_model_get_order (self->grid->model, column) > 0,
                       (self->modifiers & GDK_SHIFT_MASK) != 0);
  cpt_grid_header_update (self);
}

/* Sideways: one column or a few pixels */
static void
handle_arrow (CptGridHeader *self,
              guint          column,
              int            direction,
              gboolean       resize)
{
  if (is_mirrored (self))
    direction = -direction;

  if (resize)
    {
      cpt_data_grid_resize_column (self->grid, column,
                                   g_array_index (self->grid->tracks, CptGridTrack, column).wanted + direction * KEY_STEP);
      g_signal_emit_by_name (self->grid, "resized", column);
    }
  else if (direction > 0 || column > 0)
    {
      move_column (self, column, direction > 0 ? column + 1 : column - 1, TRUE);
    }
}

/* The keyboard stays with the title, wherever it goes. */
static void
pin_column (CptGridHeader *self,
            guint          column)
{
  guint n_pinned = self->grid->n_pinned;

  self->next_focus = column < n_pinned ? n_pinned - 1 : n_pinned;
  g_signal_emit_by_name (self->grid, "column-pinned", column);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  key,
                guint                  code,
                GdkModifierType        modifiers,
                CptGridHeader         *self)
{
  guint column = find_focus (self);
  gboolean control = (modifiers & GDK_CONTROL_MASK) != 0;
  gboolean shift = (modifiers & GDK_SHIFT_MASK) != 0;

  self->modifiers = modifiers;
  if (column == CPT_DATA_GRID_NONE)
    return GDK_EVENT_PROPAGATE;

  if (control && (key == GDK_KEY_Left || key == GDK_KEY_KP_Left))
    handle_arrow (self, column, -1, shift);
  else if (control && (key == GDK_KEY_Right || key == GDK_KEY_KP_Right))
    handle_arrow (self, column, 1, shift);
  else if (key == GDK_KEY_Menu || (shift && key == GDK_KEY_F10))
    ask_for_menu (self, column, cpt_data_grid_get_column_x (self->grid, column) + CPT_GRID_CELL_PADDING);
  else if (control && (key == GDK_KEY_p || key == GDK_KEY_P))
    pin_column (self, column);
  else if (shift && (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_space))
    sort_by (self, column);
  else
    return GDK_EVENT_PROPAGATE;

  return GDK_EVENT_STOP;
}

static void
motion_cb (GtkEventControllerMotion *controller,
           double                    x,
           double                    y,
           CptGridHeader            *self)
{
  gboolean is_edge = self->resized != CPT_DATA_GRID_NONE || find_edge (self, x) != CPT_DATA_GRID_NONE;

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), is_edge ? "col-resize" : NULL);
}

static void
title_clicked_cb (GtkButton     *button,
                  CptGridHeader *self)
{
  guint column;

  if (g_ptr_array_find (self->titles, button, &column))
    sort_by (self, column);
}

/* "sorted, descending, 2nd" for screen readers */
static char *
describe_order (int order)
{
  const char *direction = order > 0 ? _("sorted, ascending") : _("sorted, descending");

  if (ABS (order) == 1)
    return g_strdup (direction);

  /* Translators: of a column in a list that is sorted by several: "sorted, ascending; number 2 in the order" */
  return g_strdup_printf (_("%s; number %d in the order"), direction, ABS (order));
}

/* The arrow of a column that the rows are sorted by, with its number where
 * @is_one_of_many */
static GtkWidget *
create_arrow (int      order,
              gboolean is_one_of_many)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autofree char *number = g_strdup_printf ("%d", ABS (order));
  GtkWidget *label = gtk_label_new (number);

  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_set_visible (label, is_one_of_many);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (order > 0 ? "pan-up-symbolic" : "pan-down-symbolic"));
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_set_visible (box, order != 0);

  return box;
}

static GtkWidget *
create_title (CptGridHeader       *self,
              const CptGridColumn *column,
              int                  order,
              gboolean             is_one_of_many)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *label = gtk_label_new (column->title);
  GtkWidget *arrow = create_arrow (order, is_one_of_many);
  g_autofree char *description = order != 0 ? describe_order (order) : NULL;
  gboolean is_number = column->look == CPT_CELL_NUMBER;

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), is_number ? 1 : 0);
  gtk_widget_set_hexpand (label, TRUE);
  if (is_number)
    gtk_box_append (GTK_BOX (box), arrow);
  gtk_box_append (GTK_BOX (box), label);
  if (!is_number)
    gtk_box_append (GTK_BOX (box), arrow);

  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_can_target (button, column->is_sortable);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, column->title, -1);
  if (description != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (title_clicked_cb), self, 0);

  return button;
}

void
cpt_grid_header_update (CptGridHeader *self)
{
  const CptGridColumn *column;
  guint focused = self->next_focus != CPT_DATA_GRID_NONE ? self->next_focus : find_focus (self);
  guint n_sorted = 0;

  self->next_focus = CPT_DATA_GRID_NONE;
  for (guint i = 0; i < self->titles->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->titles, i));
  g_ptr_array_set_size (self->titles, 0);
  if (self->grid->model == NULL)
    return;

  for (guint i = 0; cpt_grid_model_get_column (self->grid->model, i) != NULL; i++)
    n_sorted += cpt_grid_model_get_order (self->grid->model, i) != 0;
  for (guint i = 0; (column = cpt_grid_model_get_column (self->grid->model, i)) != NULL; i++)
    {
      GtkWidget *title = create_title (self, column, cpt_grid_model_get_order (self->grid->model, i), n_sorted > 1);

      /* The last child is the topmost one. */
      gtk_widget_insert_before (title, GTK_WIDGET (self),
                                i < self->grid->n_pinned || self->grid->n_pinned == 0 ? NULL
                                                                                      : g_ptr_array_index (self->titles, 0));
      g_ptr_array_add (self->titles, title);
    }
  if (focused < self->titles->len)
    gtk_widget_grab_focus (g_ptr_array_index (self->titles, focused));
}

/* As high as the titles; as wide as the grid, whatever they need */
static void
cpt_grid_header_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  CptGridHeader *self = CPT_GRID_HEADER (widget);

  *minimum = 0;
  for (guint i = 0; orientation == GTK_ORIENTATION_VERTICAL && i < self->titles->len; i++)
    {
      int least;

      gtk_widget_measure (g_ptr_array_index (self->titles, i), orientation, -1, &least, NULL, NULL, NULL);
      *minimum = MAX (*minimum, least);
    }
  *natural = *minimum;
}

void
cpt_grid_header_allocate_titles (CptGridHeader *self)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self));

  for (guint i = 0; i < self->titles->len && i < self->grid->tracks->len; i++)
    {
      const CptGridTrack *track = &g_array_index (self->grid->tracks, CptGridTrack, i);
      GtkWidget *title = g_ptr_array_index (self->titles, i);
      int least;

      gtk_widget_measure (title, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      gtk_widget_size_allocate (title,
                                &(GtkAllocation){ cpt_data_grid_get_column_x (self->grid, i), 0, MAX (track->width, least),
                                                  height },
                                -1);
    }
}

static void
cpt_grid_header_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  cpt_grid_header_allocate_titles (CPT_GRID_HEADER (widget));
}

/* Those that are scrolled do not come below those that are pinned. */
static void
snapshot_titles (CptGridHeader *self,
                 GtkSnapshot   *snapshot)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  graphene_rect_t area = cpt_data_grid_get_scrolled_area (self->grid, height);

  for (guint i = 0; i < self->titles->len; i++)
    {
      gboolean is_scrolled = self->grid->n_stuck > 0 && i >= self->grid->n_stuck;

      if (is_scrolled)
        gtk_snapshot_push_clip (snapshot, &area);
      gtk_widget_snapshot_child (GTK_WIDGET (self), g_ptr_array_index (self->titles, i), snapshot);
      if (is_scrolled)
        gtk_snapshot_pop (snapshot);
    }
  if (self->grid->n_stuck > 0)
    gtk_snapshot_append_color (snapshot, &self->grid->style.borders,
                               &GRAPHENE_RECT_INIT (is_mirrored (self) ? area.size.width - 1 : area.origin.x - 1, 0, 1, height));
}

/* With a line where a dragged title would go */
static void
cpt_grid_header_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  CptGridHeader *self = CPT_GRID_HEADER (widget);
  const CptGridTrack *track;
  gboolean is_after;
  int x;

  snapshot_titles (self, snapshot);
  if (self->target >= self->grid->tracks->len || self->target == self->moved)
    return;

  track = &g_array_index (self->grid->tracks, CptGridTrack, self->target);
  is_after = (self->target > self->moved) != is_mirrored (self);
  x = cpt_data_grid_get_column_x (self->grid, self->target) + (is_after ? track->width - 3 : 0);
  gtk_snapshot_append_color (snapshot, &self->grid->style.accent,
                             &GRAPHENE_RECT_INIT ((float) x, 0, 3, (float) gtk_widget_get_height (widget)));
}

static void
cpt_grid_header_dispose (GObject *object)
{
  CptGridHeader *self = CPT_GRID_HEADER (object);

  for (guint i = 0; i < self->titles->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->titles, i));
  g_ptr_array_set_size (self->titles, 0);

  G_OBJECT_CLASS (cpt_grid_header_parent_class)->dispose (object);
}

static void
cpt_grid_header_finalize (GObject *object)
{
  g_ptr_array_unref (CPT_GRID_HEADER (object)->titles);

  G_OBJECT_CLASS (cpt_grid_header_parent_class)->finalize (object);
}

static void
cpt_grid_header_class_init (CptGridHeaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_grid_header_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_grid_header_finalize;
  widget_class->measure = cpt_grid_header_measure;
  widget_class->size_allocate = cpt_grid_header_size_allocate;
  widget_class->snapshot = cpt_grid_header_snapshot;
  gtk_widget_class_set_css_name (widget_class, "header");
}

static void
cpt_grid_header_init (CptGridHeader *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *menu = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  self->titles = g_ptr_array_new ();
  self->resized = CPT_DATA_GRID_NONE;
  self->moved = CPT_DATA_GRID_NONE;
  self->target = CPT_DATA_GRID_NONE;
  self->next_focus = CPT_DATA_GRID_NONE;
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self, 0);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_update_cb), self, 0);
  g_signal_connect_object (drag, "drag-end", G_CALLBACK (drag_end_cb), self, 0);
  g_signal_connect_object (drag, "cancel", G_CALLBACK (drag_cancel_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (menu, "pressed", G_CALLBACK (menu_pressed_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (menu));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
cpt_grid_header_new (CptDataGrid *grid)
{
  CptGridHeader *self = g_object_new (CPT_TYPE_GRID_HEADER, NULL);

  self->grid = grid;

  return GTK_WIDGET (self);
}
