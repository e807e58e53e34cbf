/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The grid and its model: what becomes of cursor, selection and scroll position
 * when rows come, go and move, and the calls by which others look at them. */
#include "config.h"

#include "cpt-data-grid-private.h"

static guint
shift_position (guint position,
                guint at,
                guint removed,
                guint added,
                guint n_rows)
{
  if (position == CPT_DATA_GRID_NONE || n_rows == 0)
    return CPT_DATA_GRID_NONE;
  if (position >= at + removed)
    return position - removed + added;
  if (position >= at)
    return MIN (at, n_rows - 1);

  return position;
}

/* Rows above the screen come and go without what is on it moving. */
static void
keep_scroll_position (CptDataGrid *self,
                      guint        at,
                      int          growth)
{
  GtkAdjustment *vertical = self->adjustments[GTK_ORIENTATION_VERTICAL];
  double value, limit;

  if (vertical == NULL || growth == 0)
    return;

  value = gtk_adjustment_get_value (vertical);
  limit = MAX (cpt_data_grid_get_extent (self), gtk_adjustment_get_page_size (vertical));
  if (value < 1 || (double) at * self->row_height >= value)
    {
      gtk_adjustment_set_upper (vertical, limit);
      return;
    }

  gtk_adjustment_configure (vertical, value + (double) growth * self->row_height, 0, limit, self->row_height,
                            gtk_adjustment_get_page_increment (vertical), gtk_adjustment_get_page_size (vertical));
}

static void
splice (CptDataGrid *self,
        guint        position,
        guint        removed,
        guint        added)
{
  guint n_selected = cpt_data_grid_get_n_selected (self);

  self->n_rows = self->n_rows - removed + added;
  gtk_bitset_splice (self->selection, position, removed, added);
  self->cursor = shift_position (self->cursor, position, removed, added, self->n_rows);
  self->anchor = shift_position (self->anchor, position, removed, added, self->n_rows);
  if (self->cursor == CPT_DATA_GRID_NONE && self->n_rows > 0)
    self->cursor = 0;
  keep_scroll_position (self, position, (int) (added - removed));
  if (n_selected != cpt_data_grid_get_n_selected (self))
    cpt_data_grid_selection_changed (self);
}

static void
move_row (CptDataGrid *self,
          guint        from,
          guint        to)
{
  gboolean is_selected = gtk_bitset_contains (self->selection, from);
  gboolean is_cursor = self->cursor == from;
  gboolean is_anchor = self->anchor == from;

  gtk_bitset_splice (self->selection, from, 1, 0);
  gtk_bitset_splice (self->selection, to, 0, 1);
  if (is_selected)
    gtk_bitset_add (self->selection, to);
  self->cursor = is_cursor ? to
                           : shift_position (shift_position (self->cursor, from, 1, 0, self->n_rows), to, 0, 1, self->n_rows);
  self->anchor = is_anchor ? to
                           : shift_position (shift_position (self->anchor, from, 1, 0, self->n_rows), to, 0, 1, self->n_rows);
}

static void
reset (CptDataGrid *self)
{
  GtkAdjustment *vertical = self->adjustments[GTK_ORIENTATION_VERTICAL];

  g_hash_table_remove_all (self->nodes);
  self->n_rows = self->model != NULL ? cpt_grid_model_get_length (self->model) : 0;
  self->cursor = self->n_rows > 0 ? 0 : CPT_DATA_GRID_NONE;
  self->anchor = self->cursor;
  self->hover = CPT_DATA_GRID_NONE;
  self->target = CPT_DATA_GRID_NONE;
  if (!gtk_bitset_is_empty (self->selection))
    {
      gtk_bitset_remove_all (self->selection);
      cpt_data_grid_selection_changed (self);
    }
  if (vertical != NULL)
    gtk_adjustment_set_value (vertical, 0);
}

static void
reset_columns (CptDataGrid *self)
{
  const CptGridColumn *column;

  g_array_set_size (self->tracks, 0);
  for (guint i = 0; self->model != NULL && (column = cpt_grid_model_get_column (self->model, i)) != NULL; i++)
    {
      CptGridTrack track = { .wanted = column->width };

      g_array_append_val (self->tracks, track);
    }
  if (self->cell >= self->tracks->len)
    cpt_data_grid_set_cell (self, CPT_DATA_GRID_NONE);
  self->generation++;
}

static void
model_changed_cb (CptDataGrid *self,
                  int          change,
                  guint        position,
                  guint        removed,
                  guint        added)
{
  switch ((CptGridChange) change)
    {
    case CPT_GRID_RESET:
      reset (self);
      cpt_grid_header_update (CPT_GRID_HEADER (self->header));
      break;

    case CPT_GRID_COLUMNS:
      reset_columns (self);
      cpt_grid_header_update (CPT_GRID_HEADER (self->header));
      break;

    case CPT_GRID_SPLICE:
      splice (self, position, removed, added);
      break;

    case CPT_GRID_MOVE:
      move_row (self, position, removed);
      break;

    case CPT_GRID_CONTENT:
    default:
      break;
    }

  if (change == CPT_GRID_CONTENT || change == CPT_GRID_MOVE)
    gtk_widget_queue_allocate (GTK_WIDGET (self));
  else
    gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
cpt_data_grid_set_model (CptDataGrid  *self,
                         CptGridModel *model)
{
  g_return_if_fail (CPT_IS_DATA_GRID (self));
  g_return_if_fail (model == NULL || CPT_IS_GRID_MODEL (model));

  if (self->model == model)
    return;

  if (self->model != NULL)
    g_clear_signal_handler (&self->model_handler, self->model);
  g_set_object (&self->model, model);
  if (model != NULL)
    self->model_handler = g_signal_connect_swapped (model, "changed", G_CALLBACK (model_changed_cb), self);
  reset_columns (self);
  reset (self);
  cpt_grid_header_update (CPT_GRID_HEADER (self->header));
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

CptGridModel *
cpt_data_grid_get_model (CptDataGrid *self)
{
  g_return_val_if_fail (CPT_IS_DATA_GRID (self), NULL);

  return self->model;
}

void
cpt_data_grid_set_compact (CptDataGrid *self,
                           gboolean     compact)
{
  g_return_if_fail (CPT_IS_DATA_GRID (self));

  if (self->is_compact == compact)
    return;

  self->is_compact = compact;
  gtk_widget_set_visible (self->header, !compact);
  cpt_data_grid_invalidate (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

guint
cpt_data_grid_get_cursor (CptDataGrid *self)
{
  g_return_val_if_fail (CPT_IS_DATA_GRID (self), CPT_DATA_GRID_NONE);

  return self->cursor;
}

void
cpt_data_grid_set_cursor (CptDataGrid *self,
                          guint        position)
{
  GtkAdjustment *vertical;
  double top;

  g_return_if_fail (CPT_IS_DATA_GRID (self));

  if (position >= self->n_rows)
    return;

  self->cursor = position;
  vertical = self->adjustments[GTK_ORIENTATION_VERTICAL];
  top = (double) position * self->row_height;
  if (vertical != NULL)
    gtk_adjustment_clamp_page (vertical, top,
                               top + self->row_height + (self->cell != CPT_DATA_GRID_NONE ? CPT_GRID_TOAST_ROOM : 0));
  if (cpt_grid_model_get_version (self->model, position) != 0)
    {
      g_autofree char *text = cpt_grid_row_describe (self->model, position);

      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
    }
  if (self->cell != CPT_DATA_GRID_NONE)
    cpt_data_grid_set_cell (self, self->cell);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit_by_name (self, "cursor-moved");
}

const GtkBitset *
cpt_data_grid_get_selection (CptDataGrid *self)
{
  g_return_val_if_fail (CPT_IS_DATA_GRID (self), NULL);

  return self->selection;
}

guint
cpt_data_grid_get_n_selected (CptDataGrid *self)
{
  g_return_val_if_fail (CPT_IS_DATA_GRID (self), 0);

  return (guint) gtk_bitset_get_size (self->selection);
}

void
cpt_data_grid_selection_changed (CptDataGrid *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_signal_emit_by_name (self, "selected");
}

void
cpt_data_grid_activate (CptDataGrid *self,
                        guint        position)
{
  if (cpt_data_grid_is_group (self, position))
    cpt_data_grid_toggle_group (self, position);
  else if (position < self->n_rows)
    g_signal_emit_by_name (self, "activated", position);
}

void
cpt_data_grid_select_all (CptDataGrid *self)
{
  g_return_if_fail (CPT_IS_DATA_GRID (self));

  if (self->n_rows > 0)
    gtk_bitset_add_range (self->selection, 0, self->n_rows);
  cpt_data_grid_unselect_groups (self);
  cpt_data_grid_selection_changed (self);
}

void
cpt_data_grid_unselect_all (CptDataGrid *self)
{
  g_return_if_fail (CPT_IS_DATA_GRID (self));

  gtk_bitset_remove_all (self->selection);
  cpt_data_grid_selection_changed (self);
}

int
cpt_data_grid_get_width (CptDataGrid *self,
                         guint        column)
{
  g_return_val_if_fail (CPT_IS_DATA_GRID (self), 0);
  g_return_val_if_fail (column < self->tracks->len, 0);

  return g_array_index (self->tracks, CptGridTrack, column).width;
}

void
cpt_data_grid_resize_column (CptDataGrid *self,
                             guint        column,
                             int          width)
{
  cpt_data_grid_set_width (self, column, MAX (width, CPT_GRID_MIN_WIDTH));
}

void
cpt_data_grid_set_width (CptDataGrid *self,
                         guint        column,
                         int          width)
{
  g_return_if_fail (CPT_IS_DATA_GRID (self));

  if (column >= self->tracks->len)
    return;

  g_array_index (self->tracks, CptGridTrack, column).wanted = MAX (width, CPT_GRID_MIN_WIDTH);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
cpt_data_grid_set_pinned (CptDataGrid *self,
                          guint        n_pinned)
{
  g_return_if_fail (CPT_IS_DATA_GRID (self));

  self->n_pinned = n_pinned;
  cpt_grid_header_update (CPT_GRID_HEADER (self->header));
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

guint
cpt_data_grid_get_pinned (CptDataGrid *self)
{
  g_return_val_if_fail (CPT_IS_DATA_GRID (self), 0);

  return self->n_pinned;
}

int
cpt_data_grid_get_row_height (CptDataGrid *self)
{
  g_return_val_if_fail (CPT_IS_DATA_GRID (self), 0);

  return self->row_height;
}
