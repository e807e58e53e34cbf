/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is to be worked out again, as ranges of rows in table "recompute": one
 * row where a record is concerned, all rows of an entity where nobody can tell
 * more cheaply. It is written in the transaction of the change that asks for
 * it, so that nothing is forgotten when the process ends. */

#include "config.h"

#include "cpt-computed-private.h"
#include "cpt-layout.h"
#include "cpt-sql-private.h"

/* The identifiers by which @item is linked to the record before it: as it was
 * and as it is */
static void
add_own_links (CptSql            *sql,
               const CptDoorItem *item,
               const CptField    *field)
{
  const CptRecord *records[] = { item->before, item->after };
  guint n_ids = 0;

  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    {
      const CptValue *value = records[i] == NULL ? NULL : cpt_record_get (records[i], field);

      if (value != NULL && value->type == CPT_VALUE_ID)
        {
          cpt_sql_add (sql, n_ids++ > 0 ? "," : "");
          cpt_sql_add_id (sql, &value->id);
        }
      for (guint j = 0; value != NULL && value->type == CPT_VALUE_IDS && j < value->ids.length; j++)
        {
          cpt_sql_add (sql, n_ids++ > 0 ? "," : "");
          cpt_sql_add_id (sql, &value->ids.items[j]);
        }
    }
}

static void add_condition (CptSql *sql,
                           const CptComputedWatch *watch,
                           const CptDoorItem *item,
                           guint hop,
                           const char *alias);

/* "SELECT id" of those at the end of @hop that lead to the record */
static void
add_ids (CptSql                 *sql,
         const CptComputedWatch *watch,
         const CptDoorItem      *item,
         guint                   hop)
{
  const CptHop *here = &watch->hops[hop];
  g_autofree char *alias = g_strdup_printf ("w%u", hop);

  if (hop + 1 == watch->n_hops && !here->is_back)
    {
      cpt_sql_add_id (sql, &item->id);
      return;
    }
  if (hop + 1 == watch->n_hops)
    {
      add_own_links (sql, item, here->field);
      return;
    }

  cpt_sql_add (sql, "SELECT ");
  if (!here->is_back)
    cpt_sql_printf (sql, "%s.id", alias);
  else if (here->field->kind == CPT_FIELD_LINKS)
    cpt_sql_add (sql, "cpt_id(e.value)");
  else
    cpt_sql_add_link (sql, alias, here->field);
  cpt_sql_printf (sql, " FROM \"%s\" AS %s", here->entity->name, alias);
  if (here->is_back && here->field->kind == CPT_FIELD_LINKS)
    {
      cpt_sql_add (sql, ", json_each(");
      cpt_sql_add_column (sql, alias, here->field);
      cpt_sql_add (sql, ") AS e");
    }
  cpt_sql_add (sql, " WHERE ");
  add_condition (sql, watch, item, hop + 1, alias);
}

/* That the table known as @alias, where @hop begins, leads to the record */
static void
add_condition (CptSql                 *sql,
               const CptComputedWatch *watch,
               const CptDoorItem      *item,
               guint                   hop,
               const char             *alias)
{
  const CptHop *here = &watch->hops[hop];
  const CptEntity *entity = hop == 0 ? watch->entity : watch->hops[hop - 1].entity;

  if (here->is_back)
    cpt_sql_printf (sql, "%s.id IN (", alias);
  else if (here->field->kind == CPT_FIELD_LINK)
    {
      cpt_sql_add_link (sql, alias, here->field);
      cpt_sql_add (sql, " IN (");
    }
  else if (!here->field->is_custom)
    cpt_sql_printf (sql, "%s.row_id IN (SELECT s.row_id FROM \"%s__%s\" AS s WHERE s.value IN (", alias, entity->name,
                    here->field->name);
  else
    {
      cpt_sql_add (sql, "EXISTS (SELECT 1 FROM json_each(");
      cpt_sql_add_column (sql, alias, here->field);
      cpt_sql_add (sql, ") AS m WHERE cpt_id(m.value) IN (");
    }
  add_ids (sql, watch, item, hop);
  cpt_sql_add (sql, here->is_back || here->field->kind == CPT_FIELD_LINK ? ")" : "))");
}

gboolean
cpt_computed_queue_watch (CptDatabase             *database,
                          const CptComputedWatch  *watch,
                          const CptDoorItem       *item,
                          gint64                   unit,
                          GError                 **error)
{
  g_auto(CptSql) sql = { 0 };
  g_autoptr(CptStatement) statement = NULL;

  cpt_sql_init (&sql, database);
  cpt_sql_add (&sql, "INSERT OR IGNORE INTO recompute (entity, first_row, last_row, unit) SELECT ");
  cpt_sql_add_int (&sql, watch->entity->number);
  cpt_sql_add (&sql, ", t.row_id, t.row_id, ");
  cpt_sql_add_int (&sql, unit);
  cpt_sql_printf (&sql, " FROM \"%s\" AS t WHERE ", watch->entity->name);
  add_condition (&sql, watch, item, 0, "t");
  statement = cpt_sql_prepare (&sql, error);

  return statement != NULL && cpt_statement_run (statement, error);
}

gboolean
cpt_computed_queue_all (CptDatabase      *database,
                        const CptEntity  *entity,
                        GError          **error)
{
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("INSERT OR IGNORE INTO recompute (entity, first_row, last_row, unit) "
                         "SELECT %u, 1, max (row_id), 0 FROM \"%s\" HAVING max (row_id) IS NOT NULL",
                         entity->number, entity->name);

  return cpt_database_exec (database, sql, error);
}

gboolean
cpt_computed_queue_everything (CptDatabase  *database,
                               gboolean      only_today,
                               GError      **error)
{
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (database->schema, &n_entities);

  for (guint i = 0; i < n_entities; i++)
    {
      guint n_fields;
      const CptField *const *fields = cpt_schema_get_computed (database->schema, entities[i], &n_fields);
      gboolean is_wanted = n_fields > 0 && !only_today;

      for (guint j = 0; j < n_fields && !is_wanted; j++)
        is_wanted = cpt_expression_depends_on_today (fields[j]->expression);
      if (is_wanted && !cpt_computed_queue_all (database, entities[i], error))
        return FALSE;
    }

  return TRUE;
}

gboolean
cpt_computed_queue_rows (CptDatabase   *database,
                         const gint64  *range,
                         GError       **error)
{
  return cpt_database_run_numbers (database,
                                   "INSERT OR IGNORE INTO recompute (entity, first_row, last_row, unit) VALUES (?, ?, ?, ?)",
                                   range, 4, error);
}

gboolean
cpt_computed_queue_range (CptDatabase         *database,
                          const CptLogChange  *range,
                          gboolean             is_shown,
                          GError             **error)
{
  const CptEntity *changed = cpt_schema_find_number (database->schema, range->entity);
  const gint64 rows[] = { range->entity, range->row, range->last_row, 0 };
  GPtrArray *watches;

  if (database->computed == NULL || changed == NULL)
    return TRUE;
  /* What they read may have changed while they were hidden. */
  if (is_shown && !cpt_computed_queue_rows (database, rows, error))
    return FALSE;

  watches = cpt_computed_plan_get_watches (database->computed, changed);
  for (guint i = 0; watches != NULL && i < watches->len; i++)
    if (!cpt_computed_queue_all (database, ((const CptComputedWatch *) watches->pdata[i])->entity, error))
      return FALSE;

  return TRUE;
}

gboolean
cpt_computed_queue_release (CptDatabase  *database,
                            gint64        unit,
                            GError      **error)
{
  return cpt_database_run_numbers (database, "UPDATE OR REPLACE recompute SET unit = 0 WHERE unit = ?", &unit, 1, error);
}
