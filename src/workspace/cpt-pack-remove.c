/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Taking a pack away. What it brought and nobody touched goes to the trash; what
 * somebody changed, and fields that hold something, stay unless they are to go
 * as well; what other records need, such as the choices that they have, stays in
 * any case. */

#include "config.h"

#include "cpt-pack-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-fields.h"
#include "cpt-own-choices.h"
#include "cpt-query.h"
#include "cpt-statement.h"
#include "cpt-transaction.h"

typedef struct
{
  CptDatabase *database;
  CptSchema *schema; /* borrowed from @database */
  const char *name;
  gboolean with_data;
  gboolean is_dry;
  GPtrArray *items;            /* (owned) */
  GHashTable *going;           /* CptUuid of what goes, borrowed from @items */
  CptTransaction *transaction; /* (owned) (nullable): NULL when it is only counted */
  CptPackResult result;
} Removal;

/* Which items go as far as they themselves are concerned */
static gboolean
mark_items (Removal  *self,
            GError  **error)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      CptPackItem *item = g_ptr_array_index (self->items, i);
      const CptEntity *entity = cpt_schema_find_entity (self->schema, item->entity);
      g_autoptr(CptRecord) record = NULL;
      g_autoptr(GError) missing = NULL;
      g_autofree char *digest = NULL;

      if (entity == NULL)
        continue;
      record = cpt_database_load (self->database, entity, &item->id, &missing);
      if (record == NULL && !g_error_matches (missing, CPT_ERROR, CPT_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&missing));
          return FALSE;
        }
      if (record == NULL || record->in_trash)
        continue;

      if (item->brought != NULL)
        {
          item->joined = g_steal_pointer (&record);
          continue;
        }
      digest = cpt_pack_get_digest (record);
      if (g_strcmp0 (digest, item->digest) != 0 && !self->with_data)
        self->result.n_changed++;
      else
        g_hash_table_add (self->going, &item->id);
    }

  return TRUE;
}

/* Rows of @entity by a condition; @text (nullable): its value */
static GArray *
find_rows (Removal          *self,
           const CptEntity  *entity,
           const CptField   *field,
           CptOperator       op,
           const char       *text,
           GError          **error)
{
  g_autoptr(CptQuery) query = cpt_query_new (self->schema, entity);
  g_autoptr(JsonNode) value = text != NULL ? json_node_init_string (json_node_alloc (), text) : NULL;
  g_autoptr(CptFilter) filter = cpt_filter_new_condition (self->schema, entity, field->name, op, value, error);

  if (filter == NULL)
    return NULL;

  cpt_query_set_filter (query, filter);

  return cpt_query_get_rows (query, self->database, 0, 0, error);
}

static GArray *
find_chosen (Removal          *self,
             const CptEntity  *entity,
             const CptField   *field,
             const char       *choice,
             GError          **error)
{
  return find_rows (self, entity, field, field->kind == CPT_FIELD_MULTI_CHOICE ? CPT_OPERATOR_CONTAINS : CPT_OPERATOR_IS,
                    choice, error);
}

/* The identifiers of @rows that stay */
static GArray *
list_staying (Removal          *self,
              const CptEntity  *entity,
              GArray           *rows,
              GError          **error)
{
  GArray *staying = g_array_new (FALSE, FALSE, sizeof (CptUuid));
  g_autoptr(CptPage) page = NULL;
  CptPath path;

  if (!cpt_path_parse (self->schema, entity, entity->title, &path, error))
    {
      g_array_unref (staying);
      return NULL;
    }
  page = cpt_page_load (self->database, self->schema, entity, &path, 1, (const gint64 *) (gpointer) rows->data,
                        rows->len, error);
  if (page == NULL)
    {
      g_array_unref (staying);
      return NULL;
    }

  for (guint i = 0; i < cpt_page_get_length (page); i++)
    if (cpt_page_has_row (page, i) && !g_hash_table_contains (self->going, cpt_page_get_id (page, i)))
      g_array_append_vals (staying, cpt_page_get_id (page, i), 1);

  return staying;
}

/* Whether something that stays can't be without @item; -1 on failure */
static int
is_used (Removal            *self,
         const CptPackItem  *item,
         GError            **error)
{
  const CptEntity *entity = cpt_schema_find_entity (self->schema, item->entity);
  g_autoptr(GArray) links = cpt_query_backlinks (self->database, entity, &item->id, error);
  g_autofree char *id = cpt_uuid_dup_text (&item->id);

  if (links == NULL)
    return -1;

  for (guint i = 0; i < links->len; i++)
    {
      const CptBacklink *link = &g_array_index (links, CptBacklink, i);
      g_autoptr(GArray) rows = NULL;
      g_autoptr(GArray) staying = NULL;

      if (!cpt_field_is_needed (link->field))
        continue;

      rows = find_rows (self, link->entity, link->field, CPT_OPERATOR_IS, id, error);
      staying = rows != NULL ? list_staying (self, link->entity, rows, error) : NULL;
      if (staying == NULL)
        return -1;
      if (staying->len > 0)
        return 1;
    }

  return 0;
}

/* What stays keeps others: until nothing more is kept */
static gboolean
keep_used (Removal  *self,
           GError  **error)
{
  gboolean is_over = FALSE;

  while (!is_over)
    {
      is_over = TRUE;
      for (guint i = 0; i < self->items->len; i++)
        {
          CptPackItem *item = g_ptr_array_index (self->items, i);
          int used;

          if (cpt_pack_item_is_field (item) || !g_hash_table_contains (self->going, &item->id))
            continue;

          used = is_used (self, item, error);
          if (used < 0)
            return FALSE;
          if (used > 0)
            {
              g_hash_table_remove (self->going, &item->id);
              self->result.n_used++;
              is_over = FALSE;
            }
        }
    }

  return TRUE;
}

/* Fields that hold something in records that stay */
static gboolean
settle_field (Removal      *self,
              CptPackItem  *item,
              GError      **error)
{
  g_autoptr(CptRecord) record =
    cpt_database_load (self->database, cpt_schema_find_entity (self->schema, "custom_field"), &item->id, error);
  const CptEntity *entity;
  const CptField *field;
  g_autoptr(GArray) rows = NULL;
  g_autoptr(GArray) staying = NULL;

  if (record == NULL)
    return FALSE;

  entity = cpt_schema_find_entity (self->schema, cpt_record_get_text (record, "entity_name"));
  field = entity != NULL ? cpt_entity_find_field (entity, cpt_record_get_text (record, "name")) : NULL;
  /* What is worked out is nobody's: it goes, whatever it says of records that stay. */
  if (field == NULL || field->formula != NULL)
    return TRUE;

  rows = find_rows (self, entity, field, CPT_OPERATOR_IS_NOT_EMPTY, NULL, error);
  staying = rows != NULL ? list_staying (self, entity, rows, error) : NULL;
  if (staying == NULL)
    return FALSE;
  if (staying->len == 0)
    return TRUE;

  self->result.n_values += staying->len;
  if (!self->with_data)
    {
      self->result.n_fields++;
      g_hash_table_remove (self->going, &item->id);
      return TRUE;
    }
  for (guint i = 0; self->transaction != NULL && i < staying->len; i++)
    {
      g_auto(CptValue) nothing = CPT_VALUE_INIT;

      cpt_transaction_set (self->transaction, entity, &g_array_index (staying, CptUuid, i), field, &nothing);
    }

  return TRUE;
}

/* A list that adds choices stays with the records that have one, in the trash too:
 * they would be left with a name that says nothing. */
static gboolean
is_chosen (Removal          *self,
           const CptEntity  *entity,
           const CptField   *field,
           const char       *name,
           gboolean         *is_used,
           GError          **error)
{
  g_autoptr(GArray) rows = find_chosen (self, entity, field, name, error);
  g_autoptr(GArray) staying = rows != NULL ? list_staying (self, entity, rows, error) : NULL;
  guint64 n_in_trash = 0;

  if (staying == NULL || !cpt_fields_count_trash (self->database, entity, field->name, name, &n_in_trash, error))
    return FALSE;
  *is_used = staying->len > 0 || n_in_trash > 0;

  return TRUE;
}

/* Of a list that is the workspace's own, what the pack put there and no record has goes. */
static gboolean
part_choices (Removal      *self,
              CptPackItem  *item,
              GError      **error)
{
  const CptEntity *entity;
  const CptField *field;
  g_autoptr(GPtrArray) added = cpt_pack_list_own_choices (self->database, item->joined, &entity, &field);
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  g_auto(GStrv) unused = NULL;
  g_autoptr(CptRecord) rest = NULL;
  gboolean is_any_used = FALSE;

  for (guint i = 0; item->brought[i] != NULL; i++)
    {
      gboolean is_used = FALSE;

      if (g_ptr_array_find_with_equal_func (added, item->brought[i], g_str_equal, NULL) &&
          !is_chosen (self, entity, field, item->brought[i], &is_used, error))
        return FALSE;
      if (!is_used)
        g_strv_builder_add (names, item->brought[i]);
      is_any_used = is_any_used || is_used;
    }
  unused = g_strv_builder_end (names);
  rest = cpt_pack_part_choices (item->joined, (const char *const *) unused);
  if (self->transaction != NULL)
    cpt_pack_store_choices (self->transaction, rest);
  self->result.n_used += is_any_used ? 1 : 0;

  return TRUE;
}

static gboolean
settle_choices (Removal      *self,
                CptPackItem  *item,
                GError      **error)
{
  g_autoptr(CptRecord) record =
    cpt_database_load (self->database, cpt_schema_find_entity (self->schema, CPT_CHOICE_LIST_ENTITY), &item->id, error);
  g_autoptr(GPtrArray) names = NULL;
  const CptEntity *entity;
  const CptField *field;
  gboolean is_used = FALSE;

  if (record == NULL)
    return FALSE;

  names = cpt_pack_list_own_choices (self->database, record, &entity, &field);
  for (guint i = 0; i < names->len && !is_used; i++)
    if (!is_chosen (self, entity, field, g_ptr_array_index (names, i), &is_used, error))
      return FALSE;
  if (is_used)
    {
      g_hash_table_remove (self->going, &item->id);
      self->result.n_used++;
    }

  return TRUE;
}

static gboolean
settle (Removal      *self,
        CptPackItem  *item,
        GError      **error)
{
  if (item->joined != NULL)
    return part_choices (self, item, error);
  if (!cpt_pack_item_is_declaration (item) || !g_hash_table_contains (self->going, &item->id))
    return TRUE;

  return cpt_pack_item_is_field (item) ? settle_field (self, item, error) : settle_choices (self, item, error);
}

static gboolean
plan (Removal  *self,
      GError  **error)
{
  if (!mark_items (self, error) || !keep_used (self, error))
    return FALSE;

  for (guint i = 0; i < self->items->len; i++)
    if (!settle (self, g_ptr_array_index (self->items, i), error))
      return FALSE;
  self->result.n_removed = g_hash_table_size (self->going);
  for (guint i = 0; self->transaction != NULL && i < self->items->len; i++)
    {
      const CptPackItem *item = g_ptr_array_index (self->items, i);

      if (g_hash_table_contains (self->going, &item->id))
        cpt_transaction_delete (self->transaction, cpt_schema_find_entity (self->schema, item->entity), &item->id);
    }

  return TRUE;
}

/* Nothing changes between what is counted and what is done. */
static gboolean
run_removal (CptDatabase  *database,
             gpointer      data,
             GError      **error)
{
  Removal *self = data;
  g_autoptr(GError) failed = NULL;
  g_autoptr(CptRecord) record = cpt_pack_load_record (database, self->name, &failed);
  g_autofree char *label = NULL;
  CptCommit commit = { 0 };

  if (record == NULL)
    {
      if (failed != NULL)
        g_propagate_error (error, g_steal_pointer (&failed));
      else
        g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("The pack “%s” is not installed."), self->name);
      return FALSE;
    }

  label = g_strdup_printf (_("Remove the pack “%s”"), cpt_record_get_text (record, "name"));
  self->schema = cpt_database_get_schema (database);
  self->items = cpt_pack_read_items (record, NULL);
  if (!self->is_dry)
    self->transaction = cpt_transaction_new (CPT_ORIGIN_COMMAND, label);
  if (!plan (self, error))
    return FALSE;
  if (self->is_dry)
    return TRUE;

  cpt_transaction_delete (self->transaction, record->entity, &record->id);
  if (!cpt_database_commit (database, self->transaction, &commit, NULL, error))
    return FALSE;
  self->result.sequence = commit.sequence;

  return TRUE;
}

gboolean
cpt_pack_remove (CptDatabase    *database,
                 const char     *name,
                 gboolean        with_data,
                 gboolean        dry_run,
                 CptPackResult  *result,
                 GError        **error)
{
  g_autoptr(GHashTable) going = g_hash_table_new (cpt_uuid_hash, cpt_uuid_equal);
  Removal self = { .database = database, .name = name, .with_data = with_data, .is_dry = dry_run, .going = going };
  gboolean done;

  g_return_val_if_fail (result != NULL, FALSE);

  done = dry_run ? cpt_database_snapshot (database, run_removal, &self, error)
                 : cpt_database_transact (database, run_removal, &self, error);
  g_clear_pointer (&self.items, g_ptr_array_unref);
  g_clear_pointer (&self.transaction, cpt_transaction_free);
  if (done)
    *result = self.result;

  return done;
}
