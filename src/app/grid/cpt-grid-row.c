/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows and cells as assistive technology sees them. GTK 4.8 lets only widgets
 * be seen, so these are widgets that draw nothing and take no event, one for
 * each row on the screen. A row that has been given its position keeps it until
 * another one is: filling in names is cheap, but not free. */
#include "config.h"
#include "cpt-data-grid-private.h"

#include <glib/gi18n-lib.h>

struct _CptGridRow
{
  GtkWidget parent_instance;

  CptDataGrid *grid; /* the parent */
  guint position;
  guint64 version;
  gint64 key;
  guint generation;
  guint n_cells;
};

G_DEFINE_FINAL_TYPE (CptGridRow, cpt_grid_row, GTK_TYPE_WIDGET)

#define CPT_TYPE_GRID_CELL_PROXY (cpt_grid_cell_proxy_get_type ())
G_DECLARE_FINAL_TYPE (CptGridCellProxy, cpt_grid_cell_proxy, CPT, GRID_CELL_PROXY, GtkWidget)

struct _CptGridCellProxy
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (CptGridCellProxy, cpt_grid_cell_proxy, GTK_TYPE_WIDGET)

static void
cpt_grid_cell_proxy_class_init (CptGridCellProxyClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GRID_CELL);
}

static void
cpt_grid_cell_proxy_init (CptGridCellProxy *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

static void
cpt_grid_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (cpt_grid_row_parent_class)->dispose (object);
}

static void
cpt_grid_row_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  cpt_grid_row_allocate_cells (CPT_GRID_ROW (widget));
}

static void
open_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CptGridRow *self = CPT_GRID_ROW (widget);

  cpt_data_grid_activate (self->grid, self->position);
}

static void
select_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  CptGridRow *self = CPT_GRID_ROW (widget);
  GtkBitset *selection = self->grid->selection;

  if (cpt_data_grid_is_group (self->grid, self->position))
    {
      cpt_data_grid_select_group (self->grid, self->position);
      return;
    }

  if (!gtk_bitset_remove (selection, self->position))
    gtk_bitset_add (selection, self->position);
  cpt_data_grid_selection_changed (self->grid);
}

static void
cpt_grid_row_class_init (CptGridRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_grid_row_dispose;
  widget_class->size_allocate = cpt_grid_row_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ROW);
  gtk_widget_class_install_action (widget_class, "row.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "row.select", NULL, select_action);
}

static void
cpt_grid_row_init (CptGridRow *self)
{
  self->position = CPT_DATA_GRID_NONE;
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

GtkWidget *
cpt_grid_row_new (CptDataGrid *grid)
{
  CptGridRow *self = g_object_new (CPT_TYPE_GRID_ROW, NULL);

  self->grid = grid;

  return GTK_WIDGET (self);
}

const char *
cpt_grid_cell_get_words (const CptGridCell   *cell,
                         const CptGridColumn *column)
{
  if (column->look == CPT_CELL_CHECK)
    return cell->is_checked ? _("yes") : _("no");

  return cell->text != NULL ? cell->text : "";
}

char *
cpt_grid_row_describe (CptGridModel *model,
                       guint         position)
{
  GString *text = g_string_new (NULL);
  g_auto(CptGridGroup) group = { 0 };
  const CptGridColumn *column;

  if (cpt_grid_model_get_group (model, position, &group))
    g_string_append_printf (text, "%s, %s", group.label, group.detail);
  else if (cpt_grid_model_get_version (model, position) == 0)
    {
      g_string_append (text, _("Loading"));
      return g_string_free (text, FALSE);
    }

  for (guint i = 0; (column = cpt_grid_model_get_column (model, i)) != NULL; i++)
    {
      g_auto(CptGridCell) cell = { 0 };
      const char *words;

      cpt_grid_model_get_cell (model, position, i, &cell);
      words = cpt_grid_cell_get_words (&cell, column);
      if (words[0] == '\0')
        continue;
      if (text->len > 0)
        g_string_append (text, ", ");
      /* Translators: a column and its value in one row, spoken by screen readers: "Country: France" */
      g_string_append_printf (text, C_("cell", "%s: %s"), column->title, words);
    }

  return g_string_free (text, FALSE);
}

static void
update_cells (CptGridRow *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));
  const CptGridColumn *column;

  self->n_cells = 0;
  for (guint i = 0; (column = cpt_grid_model_get_column (self->grid->model, i)) != NULL; i++)
    {
      g_auto(CptGridCell) cell = { 0 };

      if (child == NULL)
        {
          child = g_object_new (CPT_TYPE_GRID_CELL_PROXY, NULL);
          gtk_widget_set_parent (child, GTK_WIDGET (self));
        }
      if (self->version != 0)
        cpt_grid_model_get_cell (self->grid->model, self->position, i, &cell);
      gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      self->version != 0 ? cpt_grid_cell_get_words (&cell, column) : "", -1);
      child = gtk_widget_get_next_sibling (child);
      self->n_cells++;
    }

  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      gtk_widget_unparent (child);
      child = next;
    }
}

void
cpt_grid_row_update (CptGridRow *self,
                     guint       position)
{
  guint64 version = cpt_grid_model_get_version (self->grid->model, position);
  gint64 key = cpt_grid_model_get_key (self->grid->model, position);
  g_auto(CptGridGroup) group = { 0 };
  g_autofree char *label = NULL;

  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED,
                               gtk_bitset_contains (self->grid->selection, position), -1);
  if (cpt_grid_model_get_group (self->grid->model, position, &group))
    gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, !group.is_folded, -1);
  else
    gtk_accessible_reset_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED);
  self->position = position;
  if (self->key == key && self->version == version && self->generation == self->grid->generation)
    return;

  self->key = key;
  self->generation = self->grid->generation;
  self->version = version;
  label = cpt_grid_row_describe (self->grid->model, position);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  update_cells (self);
}

void
cpt_grid_row_allocate_cells (CptGridRow *self)
{
  guint i = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL && i < self->grid->tracks->len;
       child = gtk_widget_get_next_sibling (child), i++)
    {
      const CptGridTrack *track = &g_array_index (self->grid->tracks, CptGridTrack, i);
      int x = cpt_data_grid_get_column_x (self->grid, i);

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_size_allocate (child, &(GtkAllocation){ x, 0, MAX (track->width, 0), self->grid->row_height }, -1);
    }
}
