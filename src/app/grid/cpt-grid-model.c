/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a data grid knows about rows: see the header. */
#include "config.h"
#include "cpt-grid-model.h"

G_DEFINE_INTERFACE (CptGridModel, cpt_grid_model, G_TYPE_OBJECT)

static guint changed_signal;

static void
cpt_grid_model_default_init (CptGridModelInterface *iface)
{
  changed_signal = g_signal_new ("changed", CPT_TYPE_GRID_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 4, G_TYPE_INT, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_UINT);
}

guint
cpt_grid_model_get_length (CptGridModel *self)
{
  return CPT_GRID_MODEL_GET_IFACE (self)->get_length (self);
}

const CptGridColumn *
cpt_grid_model_get_column (CptGridModel *self,
                           guint         column)
{
  return CPT_GRID_MODEL_GET_IFACE (self)->get_column (self, column);
}

gint64
cpt_grid_model_get_key (CptGridModel *self,
                        guint         position)
{
  return CPT_GRID_MODEL_GET_IFACE (self)->get_key (self, position);
}

guint64
cpt_grid_model_get_version (CptGridModel *self,
                            guint         position)
{
  return CPT_GRID_MODEL_GET_IFACE (self)->get_version (self, position);
}

void
cpt_grid_model_get_cell (CptGridModel *self,
                         guint         position,
                         guint         column,
                         CptGridCell  *cell)
{
  CPT_GRID_MODEL_GET_IFACE (self)->get_cell (self, position, column, cell);
}

void
cpt_grid_model_set_range (CptGridModel *self,
                          guint         first,
                          guint         last)
{
  if (CPT_GRID_MODEL_GET_IFACE (self)->set_range != NULL)
    CPT_GRID_MODEL_GET_IFACE (self)->set_range (self, first, last);
}

int
cpt_grid_model_get_order (CptGridModel *self,
                          guint         column)
{
  return CPT_GRID_MODEL_GET_IFACE (self)->get_order != NULL
           ? CPT_GRID_MODEL_GET_IFACE (self)->get_order (self, column)
           : 0;
}

void
cpt_grid_model_sort (CptGridModel *self,
                     guint         column,
                     gboolean      descending,
                     gboolean      as_well)
{
  if (CPT_GRID_MODEL_GET_IFACE (self)->sort != NULL)
    CPT_GRID_MODEL_GET_IFACE (self)->sort (self, column, descending, as_well);
}

gboolean
cpt_grid_model_get_group (CptGridModel *self,
                          guint         position,
                          CptGridGroup *group)
{
  return CPT_GRID_MODEL_GET_IFACE (self)->get_group != NULL &&
         CPT_GRID_MODEL_GET_IFACE (self)->get_group (self, position, group);
}

void
cpt_grid_model_fold (CptGridModel *self,
                     guint         position,
                     gboolean      folded)
{
  if (CPT_GRID_MODEL_GET_IFACE (self)->fold != NULL)
    CPT_GRID_MODEL_GET_IFACE (self)->fold (self, position, folded);
}

void
cpt_grid_model_changed (CptGridModel  *self,
                        CptGridChange  change,
                        guint          position,
                        guint          removed,
                        guint          added)
{
  g_signal_emit (self, changed_signal, 0, (int) change, position, removed, added);
}

void
cpt_grid_cell_clear (CptGridCell *self)
{
  g_clear_pointer (&self->text, g_free);
  for (guint i = 0; i < self->n_pills; i++)
    g_clear_pointer (&self->pills[i].text, g_free);
  self->n_pills = 0;
}

void
cpt_grid_cell_add_pill (CptGridCell *self,
                        const char  *text,
                        const char  *colour)
{
  if (self->n_pills == CPT_GRID_MAX_PILLS)
    return;

  self->pills[self->n_pills].text = g_strdup (text);
  self->pills[self->n_pills].colour = colour;
  self->n_pills++;
}

void
cpt_grid_column_clear (CptGridColumn *self)
{
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->name, g_free);
}

void
cpt_grid_group_clear (CptGridGroup *self)
{
  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->detail, g_free);
}
