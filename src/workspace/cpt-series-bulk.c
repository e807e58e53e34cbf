/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The same change of several tasks of which some repeat: the store's bulk asks
 * for each record what is to be done, and gets for these what
 * cpt_series_edit_append() makes. Which ones repeat is read once, when the first
 * is asked for. */

#include "config.h"

#include "cpt-series-bulk.h"

#include "cpt-query.h"
#include "cpt-series-private.h"

typedef struct
{
  CptSeriesScope scope;
  GHashTable *repeating; /* (owned) (nullable): rows (gint64); NULL until it was read */
} Series;

static void
series_free (gpointer data)
{
  Series *series = data;

  g_clear_pointer (&series->repeating, g_hash_table_unref);
  g_free (series);
}

/* Rows of the tasks that repeat and are not over: usually few */
static GHashTable *
read_repeating (CptDatabase  *database,
                GError      **error)
{
  CptSchema *schema = cpt_database_get_schema (database);
  const CptEntity *entity = cpt_schema_find_entity (schema, "task");
  g_autoptr(CptQuery) query = cpt_query_new (schema, entity);
  g_autoptr(CptFilter) filter =
    cpt_filter_parse (schema, entity,
                      "{\"all\":[{\"field\":\"recurrence\",\"op\":\"is-not-empty\"},"
                      "{\"field\":\"status\",\"op\":\"in\",\"value\":[\"to_do\",\"in_progress\"]}]}",
                      error);
  g_autoptr(GArray) rows = NULL;
  GHashTable *set;

  if (filter == NULL)
    return NULL;
  cpt_query_set_filter (query, filter);
  rows = cpt_query_get_rows (query, database, 0, 0, error);
  if (rows == NULL)
    return NULL;

  set = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < rows->len; i++)
    g_hash_table_add (set, g_memdup2 (&g_array_index (rows, gint64, i), sizeof (gint64)));

  return set;
}

gboolean
cpt_series_bulk_concerns (CptDatabase      *database,
                          const CptEntity  *entity,
                          GArray           *rows,
                          const CptField   *field,
                          gboolean         *concerns,
                          GError          **error)
{
  g_autoptr(GHashTable) repeating = NULL;

  g_return_val_if_fail (database != NULL && rows != NULL && concerns != NULL, FALSE);

  *concerns = FALSE;
  if (!cpt_series_applies (entity) || (field != NULL && !cpt_series_shares (field)))
    return TRUE;

  repeating = read_repeating (database, error);
  for (guint i = 0; repeating != NULL && !*concerns && i < rows->len; i++)
    *concerns = g_hash_table_contains (repeating, &g_array_index (rows, gint64, i));

  return repeating != NULL;
}

/* All changes of the bulk, one after the other */
static void
change_copy (CptBulk   *bulk,
             CptRecord *copy)
{
  for (guint i = 0; i < cpt_bulk_get_n_changes (bulk); i++)
    {
      g_auto(CptValue) after = CPT_VALUE_INIT;
      const CptField *field;
      const CptValue *value;
      CptBulkKind kind;

      cpt_bulk_get_change (bulk, i, &kind, &field, &value);
      field = cpt_entity_find_field (cpt_record_get_entity (copy), field->name);
      if (field == NULL)
        continue;
      cpt_value_copy (kind == CPT_BULK_SET ? value : cpt_record_get (copy, field), &after);
      if (kind == CPT_BULK_ADD)
        cpt_value_add_members (&after, value);
      else if (kind == CPT_BULK_REMOVE)
        cpt_value_remove_members (&after, value);
      cpt_record_set (copy, field, &after);
    }
}

/* Whether the scope says anything about the task; the edit has what is to change
 * then */
static gboolean
fill_edit (CptSeriesEdit   *edit,
           CptBulk         *bulk,
           const CptRecord *task)
{
  g_autoptr(CptRecord) copy = NULL;
  const CptEntity *entity = cpt_record_get_entity (task);
  const CptField *field;
  const CptValue *value;
  gboolean concerns = FALSE;
  CptBulkKind kind;

  cpt_bulk_get_change (bulk, 0, &kind, &field, &value);
  if (kind == CPT_BULK_DELETE)
    {
      cpt_series_edit_delete (edit);
      return cpt_series_concerns (task, NULL);
    }

  copy = cpt_record_copy (task);
  change_copy (bulk, copy);
  for (guint i = 0; i < entity->n_fields; i++)
    if (!cpt_value_equal (cpt_record_get (task, entity->fields[i]), cpt_record_get (copy, entity->fields[i])))
      {
        cpt_series_edit_set (edit, entity->fields[i]->name, cpt_record_get (copy, entity->fields[i]));
        concerns = concerns || cpt_series_concerns (task, entity->fields[i]);
      }

  return concerns;
}

static gboolean
make_steps (CptBulk         *bulk,
            CptDatabase     *database,
            gint64           row,
            CptTransaction  *transaction,
            gboolean        *is_made,
            gpointer         user_data,
            GError         **error)
{
  Series *series = user_data;
  g_autoptr(CptRecord) task = NULL;
  g_autoptr(CptSeriesEdit) edit = NULL;

  if (series->repeating == NULL)
    series->repeating = read_repeating (database, error);
  if (series->repeating == NULL)
    return FALSE;
  if (!g_hash_table_contains (series->repeating, &row))
    return TRUE;

  task = cpt_database_load_row (database, cpt_schema_find_entity (cpt_database_get_schema (database), "task"), row, error);
  if (task == NULL)
    return FALSE;
  edit = cpt_series_edit_new (&task->id, G_MININT64, series->scope);
  *is_made = fill_edit (edit, bulk, task);

  return !*is_made || cpt_series_edit_append (edit, database, transaction, error);
}

void
cpt_series_bulk_set_scope (CptBulk        *bulk,
                           CptSeriesScope  scope)
{
  Series *series = g_new0 (Series, 1);

  series->scope = scope;
  cpt_bulk_set_steps_func (bulk, make_steps, series, series_free);
}
