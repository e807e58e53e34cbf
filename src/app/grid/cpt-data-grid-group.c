/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows that name groups: they can be folded, are drawn across all columns, and
 * are never selected themselves. */
#include "config.h"

#include "cpt-data-grid-private.h"

gboolean
cpt_data_grid_is_group (CptDataGrid *self,
                        guint        position)
{
  return self->model != NULL && position < self->n_rows && cpt_grid_model_get_group (self->model, position, NULL);
}

/* A list that is divided begins with the name of a group. */
static gboolean
is_divided (CptDataGrid *self)
{
  return cpt_data_grid_is_group (self, 0);
}

static guint
find_group (CptDataGrid *self,
            guint        position)
{
  while (position > 0 && cpt_grid_model_get_key (self->model, position) >= 0)
    position--;

  return position;
}

/* The last row of the group */
static guint
find_group_end (CptDataGrid *self,
                guint        position)
{
  while (position + 1 < self->n_rows && cpt_grid_model_get_key (self->model, position + 1) >= 0)
    position++;

  return position;
}

static gboolean
is_folded (CptDataGrid *self,
           guint        position)
{
  g_auto(CptGridGroup) group = { 0 };

  return cpt_grid_model_get_group (self->model, position, &group) && group.is_folded;
}

void
cpt_data_grid_toggle_group (CptDataGrid *self,
                            guint        position)
{
  cpt_grid_model_fold (self->model, position, !is_folded (self, position));
}

void
cpt_data_grid_select_group (CptDataGrid *self,
                            guint        position)
{
  guint end;

  cpt_grid_model_fold (self->model, position, FALSE);
  end = find_group_end (self, position);
  if (end == position)
    return;

  self->anchor = position + 1;
  if (gtk_bitset_get_size_in_range (self->selection, position + 1, end) == end - position)
    gtk_bitset_remove_range (self->selection, position + 1, end - position);
  else
    gtk_bitset_add_range (self->selection, position + 1, end - position);
  cpt_data_grid_selection_changed (self);
}

void
cpt_data_grid_unselect_groups (CptDataGrid *self)
{
  g_autoptr(GtkBitset) groups = NULL;
  GtkBitsetIter iter;
  guint position;

  if (!is_divided (self))
    return;

  groups = gtk_bitset_new_empty ();
  for (gboolean more = gtk_bitset_iter_init_first (&iter, self->selection, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    if (position < self->n_rows && cpt_grid_model_get_key (self->model, position) < 0)
      gtk_bitset_add (groups, position);
  gtk_bitset_subtract (self->selection, groups);
}

static gboolean
handle_left (CptDataGrid *self)
{
  GtkAdjustment *horizontal = self->adjustments[GTK_ORIENTATION_HORIZONTAL];

  if (!cpt_data_grid_is_group (self, self->cursor))
    {
      if (horizontal != NULL && gtk_adjustment_get_value (horizontal) > gtk_adjustment_get_lower (horizontal))
        return FALSE;
      cpt_data_grid_set_cursor (self, find_group (self, self->cursor));
      return TRUE;
    }

  cpt_grid_model_fold (self->model, self->cursor, TRUE);

  return TRUE;
}

static gboolean
handle_right (CptDataGrid *self)
{
  if (!cpt_data_grid_is_group (self, self->cursor))
    return FALSE;

  if (is_folded (self, self->cursor))
    cpt_grid_model_fold (self->model, self->cursor, FALSE);
  else if (self->cursor + 1 < self->n_rows)
    cpt_data_grid_set_cursor (self, self->cursor + 1);

  return TRUE;
}

/* Left goes to the name of the group and folds it, Right opens it and goes in. */
gboolean
cpt_data_grid_handle_group_key (CptDataGrid     *self,
                                guint            key,
                                GdkModifierType  modifiers)
{
  gboolean is_mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  gboolean is_left = key == GDK_KEY_Left || key == GDK_KEY_KP_Left;
  gboolean is_right = key == GDK_KEY_Right || key == GDK_KEY_KP_Right;

  if ((modifiers & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) != 0 || self->cursor == CPT_DATA_GRID_NONE ||
      (!is_left && !is_right) || !is_divided (self))
    return FALSE;

  return is_left != is_mirrored ? handle_left (self) : handle_right (self);
}
