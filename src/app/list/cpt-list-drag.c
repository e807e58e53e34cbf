/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a list are dragged away, into other programs or onto other records,
 * and records are dropped on rows. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-drag-source.h"
#include "cpt-link-target.h"
#include "cpt-list-view-private.h"

/* Records that are dragged at once */
#define MAX_DRAGGED 50000
/* Near its ends the list scrolls while something is over it: pixels, and pixels
 * a frame */
#define SCROLL_ZONE 36
#define SCROLL_STEP 8

/* The row of a record at @y of the grid, or %CPT_DATA_GRID_NONE */
static guint
find_record (CptListView *self,
             double       y,
             gint64      *row)
{
  g_autoptr(GArray) rows = cpt_query_model_ref_rows (self->model);
  guint position = cpt_data_grid_find_row (self->grid, y);

  if (position == CPT_DATA_GRID_NONE || position >= rows->len || g_array_index (rows, gint64, position) <= 0)
    return CPT_DATA_GRID_NONE;

  *row = g_array_index (rows, gint64, position);

  return position;
}

/* Away */

static CptDragged *
pick_up (GtkWidget *grid,
         double     x,
         double     y,
         gpointer   user_data)
{
  CptListView *self = user_data;
  CptStore *store = cpt_view_get_store (CPT_VIEW (self));
  g_autoptr(GArray) rows = NULL;
  gint64 row;
  guint position = find_record (self, y, &row);

  /* In an editor text is dragged. */
  if (position == CPT_DATA_GRID_NONE || self->cell != NULL)
    return NULL;
  if (!gtk_bitset_contains (cpt_data_grid_get_selection (self->grid), position))
    return cpt_dragged_new (store, self->schema, self->entity, &row, 1);

  rows = cpt_list_view_collect_rows (self);
  if (rows->len > MAX_DRAGGED)
    {
      cpt_window_show_toast (cpt_view_get_window (CPT_VIEW (self)), _("These are too many to be dragged. Export them instead."));
      return NULL;
    }

  return rows->len > 0 ? cpt_dragged_new (store, self->schema, self->entity, (const gint64 *) (gpointer) rows->data, rows->len)
                       : NULL;
}

/* Onto */

static gboolean
find_target (CptListView   *self,
             double         x,
             double         y,
             CptLinkTarget *target)
{
  gint64 row;
  guint position = find_record (self, y, &row);

  if (position == CPT_DATA_GRID_NONE)
    return FALSE;

  *target = (CptLinkTarget){
    .window = cpt_view_get_window (CPT_VIEW (self)),
    .entity = self->entity,
    .row = row,
    .widget = GTK_WIDGET (self->grid),
    .area = { (int) x, (int) y, 1, 1 },
  };

  return TRUE;
}

static gboolean
scroll_cb (GtkWidget     *grid,
           GdkFrameClock *clock,
           gpointer       user_data)
{
  CptListView *self = user_data;
  GtkAdjustment *vertical = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (grid));

  gtk_adjustment_set_value (vertical, gtk_adjustment_get_value (vertical) + self->drag_scroll);

  return G_SOURCE_CONTINUE;
}

/* 0: not */
static void
scroll (CptListView *self,
        int          step)
{
  self->drag_scroll = step;
  if (step != 0 && self->drag_tick == 0)
    {
      self->drag_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->grid), scroll_cb, self, NULL);
    }
  else if (step == 0 && self->drag_tick != 0)
    {
      gtk_widget_remove_tick_callback (GTK_WIDGET (self->grid), self->drag_tick);
      self->drag_tick = 0;
    }
}

static GdkDragAction
motion_cb (GtkDropTarget *drop,
           double         x,
           double         y,
           CptListView   *self)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self->grid));
  CptDragged *dragged = cpt_link_target_get_dragged (drop);
  CptLinkTarget target;
  gboolean is_taken = dragged != NULL && find_target (self, x, y, &target) && cpt_link_target_takes (&target, dragged);

  cpt_data_grid_set_target (self->grid, is_taken ? cpt_data_grid_find_row (self->grid, y) : CPT_DATA_GRID_NONE);
  scroll (self, y < SCROLL_ZONE + cpt_data_grid_get_row_height (self->grid) ? -SCROLL_STEP
                : y > height - SCROLL_ZONE                                  ? SCROLL_STEP
                                                                            : 0);

  return is_taken ? GDK_ACTION_LINK : 0;
}

static void
left_cb (CptListView *self)
{
  cpt_data_grid_set_target (self->grid, CPT_DATA_GRID_NONE);
  scroll (self, 0);
}

static gboolean
dropped_cb (GtkDropTarget *drop,
            const GValue  *value,
            double         x,
            double         y,
            CptListView   *self)
{
  CptDragged *dragged = g_value_get_boxed (value);
  CptLinkTarget target;

  left_cb (self);
  if (!find_target (self, x, y, &target) || !cpt_link_target_takes (&target, dragged))
    return FALSE;

  cpt_link_target_drop (&target, dragged);

  return TRUE;
}

void
cpt_list_view_stop_drag (CptListView *self)
{
  scroll (self, 0);
}

void
cpt_list_view_add_drag (CptListView *self)
{
  GtkDropTarget *target = cpt_link_target_add (GTK_WIDGET (self->grid));

  cpt_drag_source_add (GTK_WIDGET (self->grid), pick_up, self);
  g_signal_connect_object (target, "enter", G_CALLBACK (motion_cb), self, 0);
  g_signal_connect_object (target, "motion", G_CALLBACK (motion_cb), self, 0);
  g_signal_connect_object (target, "leave", G_CALLBACK (left_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (dropped_cb), self, 0);
}
