/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The inverse of one change, and whether it can still be taken back: a field
 * must have the value that the change gave it; a record must be where the
 * change put it.
 *
 * Steps are planned until one needs what others would write: an act that
 * changed a record and then deleted it is taken back by bringing the record
 * back, and then changing it; one that emptied a field and then deleted it by
 * bringing the field back first. What is taken back like that is taken back in
 * the same order when it is done again. */

#include "config.h"

#include "cpt-undo-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-field-type.h"
#include "cpt-json.h"

static void
note_conflict (GPtrArray       *conflicts,
               const CptRecord *record,
               const CptEntity *entity)
{
  if (conflicts == NULL)
    return;

  g_ptr_array_add (conflicts, record != NULL ? cpt_record_dup_title (record) : g_strdup (cpt_entity_get_label (entity)));
}

/* "Jean Martin: Phone" */
static void
note_field (GPtrArray       *conflicts,
            const CptRecord *record,
            const char      *name)
{
  const CptField *field = cpt_entity_find_field (record->entity, name);
  g_autofree char *title = cpt_record_dup_title (record);

  if (conflicts != NULL && field != NULL)
    g_ptr_array_add (conflicts, g_strdup_printf (C_("problem", "%s: %s"), title, cpt_field_get_label (field)));
}

/* Steps for one field; FALSE when it has another value now. @record is brought
 * along, for the change before this one. */
static gboolean
add_field (CptTransaction *transaction,
           CptRecord      *record,
           const char     *name,
           JsonNode       *pair)
{
  const CptField *field = cpt_entity_find_field (record->entity, name);
  JsonArray *values = JSON_NODE_HOLDS_ARRAY (pair) ? json_node_get_array (pair) : NULL;
  g_auto(CptValue) before = CPT_VALUE_INIT;
  g_auto(CptValue) after = CPT_VALUE_INIT;

  /* A custom field that is gone takes its values with it; what a formula gives
   * follows from the rest. */
  if (field == NULL || field->formula != NULL || values == NULL || json_array_get_length (values) != 2)
    return TRUE;
  if (!cpt_field_from_json (field, json_array_get_element (values, 0), &before, NULL) ||
      !cpt_field_from_json (field, json_array_get_element (values, 1), &after, NULL))
    return FALSE;
  if (!cpt_value_equal (cpt_record_get (record, field), &after))
    return FALSE;

  cpt_transaction_set (transaction, record->entity, &record->id, field, &before);
  cpt_record_set (record, field, &before);

  return TRUE;
}

/* The same for all fields, each compared with what the record has */
static void
compare_fields (CptUndoPlan         *self,
                const CptUndoChange *change,
                CptRecord           *record,
                JsonObject          *fields,
                GPtrArray           *conflicts)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *pair;
  gboolean is_same = TRUE;

  json_object_iter_init_ordered (&iter, fields);
  while (json_object_iter_next_ordered (&iter, &name, &pair))
    {
      gboolean is_field_same = add_field (self->transaction, record, name, pair);

      if (!is_field_same && change->is_lenient)
        note_field (conflicts, record, name);
      is_same &= is_field_same;
    }
  if (!is_same && !change->is_lenient)
    note_conflict (conflicts, record, change->entity);
}

/* The same where nobody changed the record since. Of several changes the oldest
 * comes last, and wins. */
static void
add_fields (CptUndoPlan         *self,
            const CptUndoChange *change,
            JsonObject          *fields)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *pair;

  g_hash_table_add (self->changed, g_memdup2 (&change->id, sizeof change->id));
  json_object_iter_init_ordered (&iter, fields);
  while (json_object_iter_next_ordered (&iter, &name, &pair))
    {
      const CptField *field = cpt_entity_find_field (change->entity, name);
      JsonArray *values = JSON_NODE_HOLDS_ARRAY (pair) ? json_node_get_array (pair) : NULL;
      g_auto(CptValue) before = CPT_VALUE_INIT;

      if (field != NULL && field->formula == NULL && values != NULL && json_array_get_length (values) == 2 &&
          cpt_field_from_json (field, json_array_get_element (values, 0), &before, NULL))
        cpt_transaction_set (self->transaction, change->entity, &change->id, field, &before);
    }
}

/* As it is after the steps so far; NULL without @error when it is not live */
static CptRecord *
get_record (CptUndoPlan          *self,
            CptDatabase          *database,
            const CptUndoChange  *change,
            GError              **error)
{
  CptRecord *record = g_hash_table_lookup (self->records, &change->id);

  if (record != NULL)
    return record;

  record = cpt_database_load_live (database, change->entity, &change->id, error);
  if (record != NULL)
    g_hash_table_insert (self->records, &record->id, record);

  return record;
}

static gboolean
add_update (CptUndoPlan          *self,
            CptDatabase          *database,
            const CptUndoChange  *change,
            GPtrArray            *conflicts,
            GError              **error)
{
  g_autoptr(JsonNode) node = change->fields == NULL ? NULL : cpt_json_parse (change->fields, -1, NULL);
  JsonObject *fields = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  GError *own_error = NULL;
  CptRecord *record;

  if (change->is_last && fields != NULL)
    {
      add_fields (self, change, fields);
      return TRUE;
    }

  record = get_record (self, database, change, &own_error);
  if (own_error != NULL)
    {
      g_propagate_error (error, own_error);
      return FALSE;
    }
  if (record == NULL || fields == NULL)
    note_conflict (conflicts, record, change->entity);
  else
    compare_fields (self, change, record, fields, conflicts);

  return TRUE;
}

static gboolean
is_in_trash (CptDatabase          *database,
             const CptUndoChange  *change,
             gboolean             *is_there,
             GError              **error)
{
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  statement = cpt_database_prepare (database, "SELECT 1 FROM trash WHERE entity = ? AND id = ?", error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, change->entity->number);
  cpt_statement_bind_id (statement, 2, &change->id);
  step = cpt_statement_step (statement, error);
  *is_there = step == CPT_STEP_ROW;

  return step != CPT_STEP_ERROR;
}

/* The record that is gone, from the log */
static gboolean
add_recreate (CptUndoPlan          *self,
              CptDatabase          *database,
              const CptUndoChange  *change,
              GPtrArray            *conflicts,
              GError              **error)
{
  g_autoptr(CptRecord) record = NULL;

  if (change->fields != NULL)
    record = cpt_record_parse_json (database->schema, change->entity, change->fields, -1, NULL);
  if (record == NULL)
    {
      note_conflict (conflicts, NULL, change->entity);
      return TRUE;
    }

  record->id = change->id;
  record->row = change->row;
  if (change->act == CPT_ACT_PURGE)
    cpt_transaction_unpurge (self->transaction, record);
  else
    cpt_transaction_recreate (self->transaction, record);

  return TRUE;
}

/* A record that was deleted and is not in the trash any more: somebody restored
 * it, or emptied the trash */
static gboolean
add_undeleted (CptUndoPlan          *self,
               CptDatabase          *database,
               const CptUndoChange  *change,
               GPtrArray            *conflicts,
               GError              **error)
{
  gint64 row = 0;

  if (!cpt_database_find_row (database, change->entity, &change->id, &row, error))
    return FALSE;

  return row != 0 || add_recreate (self, database, change, conflicts, error);
}

/* What was deleted, or is in the trash again because somebody took its purge back */
static gboolean
add_trashed (CptUndoPlan          *self,
             CptDatabase          *database,
             const CptUndoChange  *change,
             GPtrArray            *conflicts,
             GError              **error)
{
  gboolean is_there;

  if (change->is_last)
    is_there = TRUE;
  else if (!is_in_trash (database, change, &is_there, error))
    return FALSE;
  if (!is_there && change->is_lenient && change->act == CPT_ACT_DELETE)
    return add_undeleted (self, database, change, conflicts, error);

  if (!is_there)
    note_conflict (conflicts, NULL, change->entity);
  else if (change->act == CPT_ACT_DELETE)
    cpt_transaction_restore (self->transaction, change->entity, &change->id);
  else
    cpt_transaction_purge (self->transaction, change->entity, &change->id);

  return TRUE;
}

/* What was created or restored */
static gboolean
add_live (CptUndoPlan          *self,
          CptDatabase          *database,
          const CptUndoChange  *change,
          GPtrArray            *conflicts,
          GError              **error)
{
  gint64 row = change->row;

  if (!change->is_last && !cpt_database_find_row (database, change->entity, &change->id, &row, error))
    return FALSE;

  if (row == 0)
    note_conflict (conflicts, NULL, change->entity);
  else if (change->act == CPT_ACT_RESTORE)
    cpt_transaction_delete (self->transaction, change->entity, &change->id);
  else
    cpt_transaction_uncreate (self->transaction, change->entity, &change->id);

  return TRUE;
}

/* ----------------------------------------------------------------------- plans */

void
cpt_undo_plan_init (CptUndoPlan *self,
                    CptOrigin    origin)
{
  *self = (CptUndoPlan){
    .transaction = cpt_transaction_new (origin, NULL),
    .records = g_hash_table_new_full (cpt_uuid_hash, cpt_uuid_equal, NULL, (GDestroyNotify) cpt_record_unref),
    .changed = g_hash_table_new_full (cpt_uuid_hash, cpt_uuid_equal, g_free, NULL),
    .moved = g_hash_table_new_full (cpt_uuid_hash, cpt_uuid_equal, g_free, NULL),
  };
}

void
cpt_undo_plan_clear (CptUndoPlan *self)
{
  g_clear_pointer (&self->transaction, cpt_transaction_free);
  g_clear_pointer (&self->records, g_hash_table_unref);
  g_clear_pointer (&self->changed, g_hash_table_unref);
  g_clear_pointer (&self->moved, g_hash_table_unref);
}

void
cpt_undo_plan_reset (CptUndoPlan *self)
{
  CptOrigin origin = cpt_transaction_get_origin (self->transaction);

  cpt_transaction_free (self->transaction);
  self->transaction = cpt_transaction_new (origin, NULL);
  g_hash_table_remove_all (self->records);
  g_hash_table_remove_all (self->changed);
  g_hash_table_remove_all (self->moved);
  self->has_declarations = FALSE;
}

static gboolean
is_move (const CptUndoChange *change)
{
  return change->act != CPT_ACT_UPDATE && change->act != CPT_ACT_COMPUTED;
}

gboolean
cpt_undo_plan_is_full (CptUndoPlan         *self,
                       const CptUndoChange *change)
{
  if (change->act == CPT_ACT_COMPUTED)
    return FALSE;

  return (self->has_declarations && !cpt_database_is_declaration (change->entity)) ||
         g_hash_table_contains (self->moved, &change->id) ||
         (is_move (change) && (g_hash_table_contains (self->records, &change->id) ||
                               g_hash_table_contains (self->changed, &change->id)));
}

gboolean
cpt_undo_plan_add (CptUndoPlan          *self,
                   CptDatabase          *database,
                   const CptUndoChange  *change,
                   GPtrArray            *conflicts,
                   GError              **error)
{
  if (is_move (change))
    g_hash_table_add (self->moved, g_memdup2 (&change->id, sizeof change->id));
  if (cpt_database_is_declaration (change->entity))
    self->has_declarations = TRUE;

  switch (change->act)
    {
    case CPT_ACT_UPDATE:
      return add_update (self, database, change, conflicts, error);

    case CPT_ACT_COMPUTED:
      return TRUE;

    case CPT_ACT_PURGE:
    case CPT_ACT_UNCREATE:
      return add_recreate (self, database, change, conflicts, error);

    case CPT_ACT_DELETE:
    case CPT_ACT_UNPURGE:
      return add_trashed (self, database, change, conflicts, error);

    case CPT_ACT_CREATE:
    case CPT_ACT_RECREATE:
    case CPT_ACT_RESTORE:
    default:
      return add_live (self, database, change, conflicts, error);
    }
}
