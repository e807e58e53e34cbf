/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The groups of a list of records: what their rows show, and which of them are
 * folded. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-query-model-private.h"

/* (nullable): the group that the row at a position names */
static const CptSection *
get_section (CptQueryModel *self,
             guint          position)
{
  gint64 key = position < self->rows->len ? g_array_index (self->rows, gint64, position) : 0;

  return key < 0 && self->shown != NULL ? cpt_sections_find (self->shown, key) : NULL;
}

void
cpt_query_model_fill_total (CptQueryModel *self,
                            gint64         key,
                            guint          column,
                            CptGridCell   *cell)
{
  int total = self->total_columns != NULL && column < self->total_columns->len
                ? g_array_index (self->total_columns, int, column)
                : -1;

  if (total >= 0 && self->totals != NULL)
    cell->text = cpt_totals_dup_text (self->totals, key, (guint) total);
}

gboolean
cpt_query_model_get_group (CptGridModel *model,
                           guint         position,
                           CptGridGroup *group)
{
  CptQueryModel *self = CPT_QUERY_MODEL (model);
  const CptSection *section = get_section (self, position);
  g_autofree char *number = NULL;

  if (section == NULL || group == NULL)
    return section != NULL;

  number = cpt_decimal_format_local (section->rows->len, 0, 0);
  group->label = g_strdup (section->label);
  group->detail = g_strdup_printf (ngettext ("%s record", "%s records", section->rows->len), number);
  group->is_folded = self->groups != NULL && cpt_query_groups_is_folded (self->groups, section->key);

  return TRUE;
}

void
cpt_query_model_fold (CptGridModel *model,
                      guint         position,
                      gboolean      folded)
{
  CptQueryModel *self = CPT_QUERY_MODEL (model);
  const CptSection *section = get_section (self, position);

  /* What is to be replaced is not folded any more. */
  if (section == NULL || self->groups == NULL || self->groups->sections != self->shown ||
      cpt_query_groups_is_folded (self->groups, section->key) == folded)
    return;

  cpt_query_groups_set_folded (self->groups, section->key, folded);
  g_array_unref (self->rows);
  self->rows = cpt_query_groups_arrange (self->groups);
  self->header_version++;
  cpt_grid_model_changed (model, CPT_GRID_SPLICE, position + 1, folded ? section->rows->len : 0,
                          folded ? 0 : section->rows->len);
  g_signal_emit_by_name (self, "folded");
}

void
cpt_query_model_set_grouping (CptQueryModel     *self,
                              const CptGrouping *grouping,
                              const char        *folded)
{
  g_return_if_fail (CPT_IS_QUERY_MODEL (self));

  g_clear_pointer (&self->groups, cpt_query_groups_free);
  if (grouping != NULL)
    {
      self->groups = cpt_query_groups_new (grouping);
      cpt_query_groups_fold (self->groups, folded);
    }
  cpt_query_model_start_over (self);
}

const CptGrouping *
cpt_query_model_get_grouping (CptQueryModel *self)
{
  g_return_val_if_fail (CPT_IS_QUERY_MODEL (self), NULL);

  return self->groups != NULL ? &self->groups->grouping : NULL;
}

void
cpt_query_model_fold_all (CptQueryModel *self,
                          gboolean       folded)
{
  g_return_if_fail (CPT_IS_QUERY_MODEL (self));

  if (self->groups == NULL || self->groups->sections == NULL || self->groups->sections != self->shown)
    return;

  for (guint i = 0; i < self->shown->list->len; i++)
    cpt_query_groups_set_folded (self->groups, ((CptSection *) g_ptr_array_index (self->shown->list, i))->key, folded);
  g_array_unref (self->rows);
  self->rows = cpt_query_groups_arrange (self->groups);
  self->header_version++;
  cpt_grid_model_changed (CPT_GRID_MODEL (self), CPT_GRID_RESET, 0, 0, 0);
  g_signal_emit_by_name (self, "folded");
}

char *
cpt_query_model_dup_folded (CptQueryModel *self)
{
  g_return_val_if_fail (CPT_IS_QUERY_MODEL (self), NULL);

  return self->groups != NULL ? cpt_query_groups_dup_folded (self->groups) : g_strdup ("");
}

guint
cpt_query_model_get_n_records (CptQueryModel *self)
{
  g_return_val_if_fail (CPT_IS_QUERY_MODEL (self), 0);

  return self->shown != NULL ? self->shown->n_records : self->rows->len;
}

void
cpt_query_model_set_totals (CptQueryModel *self,
                            CptTotals     *totals,
                            GArray        *columns)
{
  g_return_if_fail (CPT_IS_QUERY_MODEL (self));

  g_clear_pointer (&self->totals, cpt_totals_unref);
  g_clear_pointer (&self->total_columns, g_array_unref);
  self->totals = totals != NULL ? cpt_totals_ref (totals) : NULL;
  self->total_columns = g_array_ref (columns);
  self->header_version++;
  if (self->shown != NULL)
    cpt_grid_model_changed (CPT_GRID_MODEL (self), CPT_GRID_CONTENT, 0, 0, 0);
}
