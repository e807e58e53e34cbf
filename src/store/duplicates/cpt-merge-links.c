/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The links of other records to those that are merged. Every link field of
 * every kind of record that has this kind as its target is asked, as for the
 * linked records on a page. */

#include "config.h"

#include "cpt-merge-private.h"

#include <string.h>

#include "cpt-layout.h"
#include "cpt-sql-private.h"

typedef struct
{
  CptMerge *merge;
  CptDatabase *database;
  CptTransaction *transaction;
  const CptEntity *entity; /* that links */
  const CptField *field;
  GHashTable *seen; /* of CptUuid: a set may hold several of them */
  guint n_links;
} Links;

gboolean
cpt_merge_is_one (CptMerge      *self,
                  const CptUuid *id)
{
  for (guint i = 0; i < self->records->len; i++)
    if (cpt_uuid_equal (&((CptRecord *) g_ptr_array_index (self->records, i))->id, id))
      return TRUE;

  return FALSE;
}

void
cpt_merge_replace_ids (CptMerge       *self,
                       const CptValue *from,
                       const CptUuid  *id,
                       CptValue       *value)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (CptUuid));

  if (id != NULL)
    g_array_append_val (ids, *id);
  for (guint i = 0; from->type == CPT_VALUE_IDS && i < from->ids.length; i++)
    if (!cpt_merge_is_one (self, &from->ids.items[i]))
      g_array_append_val (ids, from->ids.items[i]);
  cpt_value_set_ids (value, (const CptUuid *) (gconstpointer) ids->data, ids->len);
}

/* With the kept record in place of the others */
static void
make_value (Links          *self,
            const CptValue *before,
            CptValue       *after)
{
  const CptRecord *kept = g_ptr_array_index (self->merge->records, 0);

  if (self->field->kind == CPT_FIELD_LINK)
    cpt_value_set_id (after, &kept->id);
  else
    cpt_merge_replace_ids (self->merge, before, &kept->id, after);
}

static gboolean
add_links_to (Links          *self,
              const CptUuid  *id,
              GError        **error)
{
  g_auto(CptSql) sql = { 0 };
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  cpt_sql_init (&sql, self->database);
  cpt_sql_add (&sql, "SELECT t.id, ");
  cpt_sql_add_value (&sql, "t", self->field);
  cpt_sql_printf (&sql, " FROM \"%s\" AS t WHERE ", self->entity->name);
  cpt_sql_add_links_to (&sql, "t", self->entity, self->field, id);
  cpt_sql_add_visible (&sql, "t", self->entity);
  statement = cpt_sql_prepare (&sql, error);
  if (statement == NULL)
    return FALSE;

  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      g_auto(CptValue) before = CPT_VALUE_INIT;
      g_auto(CptValue) after = CPT_VALUE_INIT;
      CptUuid linking;

      cpt_statement_get_id (statement, 0, &linking);
      /* Those that are merged have their links looked after field by field. */
      if (cpt_merge_is_one (self->merge, &linking) || g_hash_table_contains (self->seen, &linking))
        continue;
      g_hash_table_add (self->seen, g_memdup2 (&linking, sizeof linking));
      cpt_sql_read (statement, 1, self->field, &before);
      make_value (self, &before, &after);
      cpt_transaction_set (self->transaction, self->entity, &linking, self->field, &after);
      self->n_links++;
    }

  return step == CPT_STEP_DONE;
}

static gboolean
add_field (Links   *self,
           GError **error)
{
  g_hash_table_remove_all (self->seen);
  for (guint i = 1; i < self->merge->records->len; i++)
    if (!add_links_to (self, &((CptRecord *) g_ptr_array_index (self->merge->records, i))->id, error))
      return FALSE;

  return TRUE;
}

gboolean
cpt_merge_add_links (CptMerge        *self,
                     CptDatabase     *database,
                     CptTransaction  *transaction,
                     guint           *n_links,
                     GError         **error)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (cpt_uuid_hash, cpt_uuid_equal, g_free, NULL);
  Links links = { .merge = self, .database = database, .transaction = transaction, .seen = seen };
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (cpt_database_get_schema (database), &n_entities);

  for (guint i = 0; i < n_entities; i++)
    for (guint k = 0; k < entities[i]->n_fields; k++)
      {
        links.entity = entities[i];
        links.field = entities[i]->fields[k];
        if (links.field->target != NULL && strcmp (links.field->target, self->entity->name) == 0 &&
            !add_field (&links, error))
          return FALSE;
      }
  *n_links = links.n_links;

  return TRUE;
}
