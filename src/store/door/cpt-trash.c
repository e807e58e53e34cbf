/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is in the trash, for people to look through. */
#include "config.h"
#include "cpt-trash.h"

#include "cpt-statement.h"

void
cpt_trash_item_free (CptTrashItem *self)
{
  g_free (self->title);
  g_free (self->by);
  g_free (self);
}

/* The title of the record that @body is; "" when it can't be read */
static char *
dup_title (CptSchema       *schema,
           const CptEntity *entity,
           const char      *body)
{
  g_autoptr(JsonNode) node = json_from_string (body, NULL);
  g_autoptr(CptRecord) record = NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    record = cpt_record_from_json (schema, entity, json_node_get_object (node), TRUE, NULL);

  return record != NULL ? cpt_record_dup_title (record) : g_strdup ("");
}

static char *
dup_user (CptDatabase   *database,
          CptSchema     *schema,
          GHashTable    *names,
          const CptUuid *id)
{
  const CptEntity *entity = cpt_schema_find_entity (schema, "user");

  if (cpt_uuid_is_nil (id) || entity == NULL)
    return NULL;
  if (!g_hash_table_contains (names, id))
    g_hash_table_insert (names, g_memdup2 (id, sizeof *id), cpt_database_dup_title (database, entity, id));

  return g_strdup (g_hash_table_lookup (names, id));
}

/* Which kinds are meant: a JSON array of their numbers; of no kind in particular all that people look through */
static char *
dup_kinds (CptSchema       *schema,
           const CptEntity *entity)
{
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (schema, &n_entities);
  g_autoptr(GString) kinds = g_string_new ("[");

  for (guint i = 0; i < n_entities; i++)
    if (entity != NULL ? entities[i]->number == entity->number : (entities[i]->flags & CPT_ENTITY_UNSEEN) == 0)
      g_string_append_printf (kinds, "%s%u", kinds->len > 1 ? "," : "", entities[i]->number);
  g_string_append_c (kinds, ']');

  return g_string_free (g_steal_pointer (&kinds), FALSE);
}

GPtrArray *
cpt_trash_list (CptDatabase      *database,
                CptSchema        *schema,
                const CptEntity  *entity,
                guint             limit,
                GError          **error)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_trash_item_free);
  g_autoptr(GHashTable) names = g_hash_table_new_full (cpt_uuid_hash, cpt_uuid_equal, g_free, g_free);
  g_autofree char *kinds = dup_kinds (schema, entity);
  g_autoptr(CptStatement) statement =
    cpt_database_prepare (database,
                          "SELECT entity, id, at, \"by\", body FROM trash WHERE entity IN (SELECT value FROM json_each (?1)) "
                          "ORDER BY at DESC, id DESC LIMIT ?2",
                          error);
  CptStep step;

  if (statement == NULL)
    return NULL;

  cpt_statement_bind_text (statement, 1, kinds);
  cpt_statement_bind_int (statement, 2, limit);
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      const CptEntity *kind = cpt_schema_find_number (schema, (guint) cpt_statement_get_int (statement, 0));
      CptTrashItem *item;
      CptUuid by;

      if (kind == NULL)
        continue;
      item = g_new0 (CptTrashItem, 1);
      item->entity = kind;
      item->at = cpt_statement_get_int (statement, 2);
      cpt_statement_get_id (statement, 1, &item->id);
      cpt_statement_get_id (statement, 3, &by);
      item->title = dup_title (schema, kind, cpt_statement_get_text (statement, 4));
      item->by = dup_user (database, schema, names, &by);
      g_ptr_array_add (items, item);
    }

  return step == CPT_STEP_DONE ? g_steal_pointer (&items) : NULL;
}

gboolean
cpt_trash_count (CptDatabase      *database,
                 const CptEntity  *entity,
                 guint64          *count,
                 GError          **error)
{
  g_autofree char *kinds = dup_kinds (cpt_database_get_schema (database), entity);
  g_autoptr(CptStatement) statement =
    cpt_database_prepare (database, "SELECT count(*) FROM trash WHERE entity IN (SELECT value FROM json_each (?1))", error);

  if (statement == NULL)
    return FALSE;
  cpt_statement_bind_text (statement, 1, kinds);
  if (cpt_statement_step (statement, error) != CPT_STEP_ROW)
    return FALSE;
  *count = (guint64) cpt_statement_get_int (statement, 0);

  return TRUE;
}
