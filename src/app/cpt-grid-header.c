/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The titles of the columns: a click sorts, another one turns the order round,
 * the edge between two titles is dragged to make a column wider. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-data-grid-private.h"

#define EDGE_REACH 6

struct _CptGridHeader
{
  GtkWidget parent_instance;

  CptDataGrid *grid; /* the parent */
  guint resized;     /* column whose edge is dragged, or CPT_DATA_GRID_NONE */
  int start_width;
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
  if (is_mirrored (self))
    x = self->grid->content_width - x;

  for (guint i = 0; i < self->grid->tracks->len; i++)
    {
      const CptGridTrack *track = &g_array_index (self->grid->tracks, CptGridTrack, i);

      if (ABS (track->x + track->width - x) <= EDGE_REACH)
        return i;
    }

  return CPT_DATA_GRID_NONE;
}

static void
drag_begin_cb (GtkGestureDrag *gesture,
               double          x,
               double          y,
               CptGridHeader  *self)
{
  self->resized = find_edge (self, x);
  if (self->resized == CPT_DATA_GRID_NONE)
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
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
    cpt_data_grid_resize_column (self->grid, self->resized,
                                 self->start_width + (int) (is_mirrored (self) ? -dx : dx));
}

static void
drag_end_cb (GtkGestureDrag *gesture,
             double          dx,
             double          dy,
             CptGridHeader  *self)
{
  guint column = self->resized;

  self->resized = CPT_DATA_GRID_NONE;
  if (column != CPT_DATA_GRID_NONE)
    g_signal_emit_by_name (self->grid, "resized", column);
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
  guint column = 0;
  gboolean descending;
  int sorted;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != GTK_WIDGET (button);
       child = gtk_widget_get_next_sibling (child))
    column++;

  sorted = cpt_grid_model_get_sort (self->grid->model, &descending);
  cpt_grid_model_sort (self->grid->model, column, sorted == (int) column && !descending);
  cpt_grid_header_update (self);
}

static GtkWidget *
create_title (CptGridHeader       *self,
              const CptGridColumn *column,
              int                  order)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *label = gtk_label_new (column->title);
  GtkWidget *arrow = gtk_image_new_from_icon_name (order > 0 ? "pan-up-symbolic" : "pan-down-symbolic");
  gboolean is_number = column->look == CPT_CELL_NUMBER;

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), is_number ? 1 : 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_visible (arrow, order != 0);
  if (is_number)
    gtk_box_append (GTK_BOX (box), arrow);
  gtk_box_append (GTK_BOX (box), label);
  if (!is_number)
    gtk_box_append (GTK_BOX (box), arrow);

  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_can_target (button, column->is_sortable);
  gtk_widget_set_focusable (button, column->is_sortable);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, column->title, -1);
  if (order != 0)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    order > 0 ? _("sorted, ascending") : _("sorted, descending"), -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (title_clicked_cb), self, 0);

  return button;
}

void
cpt_grid_header_update (CptGridHeader *self)
{
  const CptGridColumn *column;
  GtkWidget *child, *focus = NULL;
  guint focused = CPT_DATA_GRID_NONE, index = 0;
  gboolean descending = FALSE;
  int sorted = -1;

  for (child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (gtk_widget_has_focus (child))
        focused = index;
      index++;
    }
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  if (self->grid->model == NULL)
    return;

  sorted = cpt_grid_model_get_sort (self->grid->model, &descending);
  for (guint i = 0; (column = cpt_grid_model_get_column (self->grid->model, i)) != NULL; i++)
    {
      int order = sorted != (int) i ? 0 : descending ? -1
                                                     : 1;

      child = create_title (self, column, order);
      gtk_widget_set_parent (child, GTK_WIDGET (self));
      if (i == focused)
        focus = child;
    }
  if (focus != NULL)
    gtk_widget_grab_focus (focus);
}

static void
cpt_grid_header_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  *minimum = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int least;

      gtk_widget_measure (child, orientation, -1, &least, NULL, NULL, NULL);
      *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? *minimum + least : MAX (*minimum, least);
    }
  *natural = *minimum;
}

static void
cpt_grid_header_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  CptGridHeader *self = CPT_GRID_HEADER (widget);
  guint i = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && i < self->grid->tracks->len;
       child = gtk_widget_get_next_sibling (child), i++)
    {
      const CptGridTrack *track = &g_array_index (self->grid->tracks, CptGridTrack, i);
      int least;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      gtk_widget_size_allocate (child,
                                &(GtkAllocation){ is_mirrored (self) ? width - track->x - track->width : track->x, 0,
                                                  MAX (track->width, least), height },
                                -1);
    }
}

static void
cpt_grid_header_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (cpt_grid_header_parent_class)->dispose (object);
}

static void
cpt_grid_header_class_init (CptGridHeaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_grid_header_dispose;
  widget_class->measure = cpt_grid_header_measure;
  widget_class->size_allocate = cpt_grid_header_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "header");
}

static void
cpt_grid_header_init (CptGridHeader *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  self->resized = CPT_DATA_GRID_NONE;
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self, 0);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_update_cb), self, 0);
  g_signal_connect_object (drag, "drag-end", G_CALLBACK (drag_end_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
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
