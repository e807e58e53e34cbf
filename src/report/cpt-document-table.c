/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From what a report says of a table to a list on paper. */

#include "config.h"

#include "cpt-document-table.h"

#include <glib/gi18n-lib.h>

#include "cpt-error.h"

struct _CptDocumentTable
{
  CptTableReport report;
  CptPath columns[CPT_TABLE_REPORT_MAX_COLUMNS];
  CptGrouping grouping;
  GArray *totals; /* of CptTotal */
};

void
cpt_document_table_free (CptDocumentTable *self)
{
  g_clear_pointer (&self->report.query, cpt_query_free);
  g_array_unref (self->totals);
  g_free (self);
}

static gboolean
set_query (CptDocumentTable  *self,
           CptSchema         *schema,
           const CptEntity   *entity,
           const CptBlock    *block,
           GError           **error)
{
  g_autoptr(CptFilter) filter = NULL;

  self->report.query = cpt_query_new (schema, entity);
  if (block->where != NULL)
    {
      filter = cpt_filter_from_json (schema, entity, block->where, error);
      if (filter == NULL)
        return FALSE;
      cpt_query_set_filter (self->report.query, filter);
    }

  return block->sort == NULL || *block->sort == '\0' || cpt_query_set_sort (self->report.query, block->sort, error);
}

static gboolean
set_columns (CptDocumentTable   *self,
             CptSchema          *schema,
             const CptEntity    *entity,
             const char *const  *names,
             GError            **error)
{
  guint n = names != NULL ? g_strv_length ((char **) names) : 0;

  if (n == 0)
    {
      names = entity->columns;
      n = names != NULL ? g_strv_length ((char **) names) : 0;
    }
  if (n > CPT_TABLE_REPORT_MAX_COLUMNS)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT, _("A list on paper has 1 to %d columns."), CPT_TABLE_REPORT_MAX_COLUMNS);
      return FALSE;
    }

  for (guint i = 0; i < n; i++)
    if (!cpt_path_parse (schema, entity, names[i], &self->columns[i], error))
      return FALSE;
  self->report.columns = self->columns;
  self->report.n_columns = n;

  return TRUE;
}

static gboolean
set_totals (CptDocumentTable   *self,
            CptSchema          *schema,
            const CptEntity    *entity,
            const char *const  *names,
            GError            **error)
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      CptTotal total;

      if (!cpt_total_parse (schema, entity, names[i], &total, error))
        return FALSE;
      g_array_append_val (self->totals, total);
    }
  self->report.totals = (const CptTotal *) (gconstpointer) self->totals->data;
  self->report.n_totals = self->totals->len;

  return TRUE;
}

CptDocumentTable *
cpt_document_table_new (CptSchema       *schema,
                        const CptBlock  *block,
                        GError         **error)
{
  g_autoptr(CptDocumentTable) self = NULL;
  const CptEntity *entity;

  g_return_val_if_fail (block != NULL && block->kind == CPT_BLOCK_TABLE, NULL);

  entity = block->entity != NULL ? cpt_schema_find_entity (schema, block->entity) : NULL;
  if (entity == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("There are no records of the kind “%s”."),
                   block->entity != NULL ? block->entity : "");
      return NULL;
    }

  self = g_new0 (CptDocumentTable, 1);
  self->totals = g_array_new (FALSE, FALSE, sizeof (CptTotal));
  self->report.title = block->text;
  self->report.breaks_groups = block->breaks_groups;
  if (!set_query (self, schema, entity, block, error) ||
      !set_columns (self, schema, entity, (const char *const *) block->columns, error) ||
      !set_totals (self, schema, entity, (const char *const *) block->totals, error))
    return NULL;
  if (block->group != NULL && *block->group != '\0')
    {
      if (!cpt_grouping_parse (schema, entity, block->group, &self->grouping, error))
        return NULL;
      self->report.grouping = &self->grouping;
    }

  return g_steal_pointer (&self);
}

const CptTableReport *
cpt_document_table_get_report (CptDocumentTable *self)
{
  return &self->report;
}
