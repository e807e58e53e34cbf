/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which records link to one: every link field of every entity that has this
 * one as its target is asked, through its index or, for sets, the table beside
 * it. */

#include "config.h"

#include "cpt-query-private.h"

#include <string.h>

typedef struct
{
  const CptEntity *target;
  const CptUuid *id;
  GArray *links;
} Backlinks;

/* A set's table is enough by itself: nothing of the records is looked at. */
static void
add_count_sql (CptSql          *sql,
               const CptEntity *entity,
               const CptField  *field,
               const CptUuid   *id)
{
  if (field->kind == CPT_FIELD_LINKS && !field->is_custom)
    {
      cpt_sql_printf (sql, "SELECT count(*) FROM \"%s__%s\" AS t WHERE t.value=", entity->name, field->name);
      cpt_sql_add_id (sql, id);
    }
  else
    {
      cpt_sql_printf (sql, "SELECT count(*) FROM \"%s\" AS t WHERE ", entity->name);
      cpt_sql_add_links_to (sql, "t", entity, field, id);
    }
  cpt_sql_add_visible (sql, "t", entity);
}

static gboolean
count_field (CptDatabase      *database,
             Backlinks        *backlinks,
             const CptEntity  *entity,
             const CptField   *field,
             GError          **error)
{
  g_auto(CptSql) sql = { 0 };
  g_autoptr(CptStatement) statement = NULL;
  CptBacklink link = { .entity = entity, .field = field };

  cpt_sql_init (&sql, database);
  add_count_sql (&sql, entity, field, backlinks->id);
  statement = cpt_sql_prepare (&sql, error);
  if (statement == NULL || cpt_statement_step (statement, error) != CPT_STEP_ROW)
    return FALSE;

  link.count = (guint64) cpt_statement_get_int (statement, 0);
  if (link.count > 0)
    g_array_append_val (backlinks->links, link);

  return TRUE;
}

static gboolean
count_all (CptDatabase  *database,
           gpointer      data,
           GError      **error)
{
  Backlinks *backlinks = data;
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (cpt_database_get_schema (database), &n_entities);

  for (guint i = 0; i < n_entities; i++)
    for (guint j = 0; j < entities[i]->n_fields; j++)
      {
        const CptField *field = entities[i]->fields[j];

        if (field->target != NULL && strcmp (field->target, backlinks->target->name) == 0 &&
            !count_field (database, backlinks, entities[i], field, error))
          return FALSE;
      }

  return TRUE;
}

/**
 * cpt_query_backlinks:
 * @database: a connection
 * @entity: kind of the record
 * @id: the record
 * @error: return location for an error
 *
 * Finds the fields by which others link to a record. Entities and fields in
 * the result belong to cpt_database_get_schema().
 *
 * Returns: (transfer full) (element-type CptBacklink): those with a count, or %NULL
 */
GArray *
cpt_query_backlinks (CptDatabase      *database,
                     const CptEntity  *entity,
                     const CptUuid    *id,
                     GError          **error)
{
  g_autoptr(GArray) links = g_array_new (FALSE, FALSE, sizeof (CptBacklink));
  Backlinks backlinks = { .target = entity, .id = id, .links = links };

  if (!cpt_database_snapshot (database, count_all, &backlinks, error))
    return NULL;

  return g_steal_pointer (&links);
}
