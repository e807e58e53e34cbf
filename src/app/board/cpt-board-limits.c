/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How many records the columns of a board should hold at most, as a record. */

#include "config.h"

#include "cpt-board-limits.h"

#include <string.h>

#include "cpt-field-type.h"
#include "cpt-json.h"

CptBoardLimits *
cpt_board_limits_new (void)
{
  CptBoardLimits *self = g_new0 (CptBoardLimits, 1);

  self->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

CptBoardLimits *
cpt_board_limits_copy (const CptBoardLimits *self)
{
  CptBoardLimits *copy = cpt_board_limits_new ();
  GHashTableIter iter;
  gpointer key;
  gpointer limit;

  copy->id = self->id;
  g_hash_table_iter_init (&iter, self->by_key);
  while (g_hash_table_iter_next (&iter, &key, &limit))
    g_hash_table_insert (copy->by_key, g_strdup (key), limit);

  return copy;
}

void
cpt_board_limits_free (CptBoardLimits *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->by_key);
  g_free (self);
}

guint
cpt_board_limits_get (const CptBoardLimits *self,
                      const char           *key)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->by_key, key));
}

void
cpt_board_limits_set (CptBoardLimits *self,
                      const char     *key,
                      guint           limit)
{
  if (limit > 0)
    g_hash_table_insert (self->by_key, g_strdup (key), GUINT_TO_POINTER (MIN (limit, CPT_BOARD_LIMIT_MAX)));
  else
    g_hash_table_remove (self->by_key, key);
}

/* What others wrote may be anything: what does not fit is no limit. FALSE when
 * it is about something else. */
static gboolean
take_definition (CptBoardLimits *self,
                 const char     *definition,
                 const char     *field)
{
  g_autoptr(JsonNode) node = cpt_json_parse (definition, -1, NULL);
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *form = NULL, *about = NULL;
  JsonObject *limits = NULL;
  g_autoptr(GList) members = NULL;

  if (object == NULL || !json_object_has_member (object, "limits") ||
      !cpt_json_read_string (object, "form", &form, NULL) || g_strcmp0 (form, "board") != 0 ||
      !cpt_json_read_string (object, "field", &about, NULL) || g_strcmp0 (about, field) != 0)
    return FALSE;

  if (cpt_json_read_object (object, "limits", &limits, NULL) && limits != NULL)
    members = json_object_get_members (limits);
  for (GList *member = members; member != NULL; member = member->next)
    {
      gint64 limit = 0;

      if (cpt_json_read_int (limits, member->data, &limit, NULL) && limit > 0 && limit <= CPT_BOARD_LIMIT_MAX)
        cpt_board_limits_set (self, member->data, (guint) limit);
    }

  return TRUE;
}

CptBoardLimits *
cpt_board_limits_read (CptDatabase         *database,
                       const CptBoardSpec  *spec,
                       GError             **error)
{
  const CptEntity *entity = cpt_schema_find_entity (spec->schema, "saved_view");
  g_autoptr(CptBoardLimits) self = cpt_board_limits_new ();
  g_autoptr(CptQuery) query = cpt_query_new (spec->schema, entity);
  g_autoptr(JsonNode) value = json_node_init_string (json_node_alloc (), spec->entity->name);
  g_autoptr(CptFilter) filter =
    cpt_filter_new_condition (spec->schema, entity, "entity_name", CPT_OPERATOR_IS, value, error);
  g_autoptr(GPtrArray) records = NULL;

  if (filter == NULL || !cpt_query_set_sort (query, "created_at", error))
    return NULL;
  cpt_query_set_filter (query, filter);
  records = cpt_query_load_records (query, database, 0, error);
  if (records == NULL)
    return NULL;

  for (guint i = 0; i < records->len; i++)
    {
      const CptRecord *record = g_ptr_array_index (records, i);
      const char *definition = cpt_record_get_text (record, "definition");

      if (definition == NULL || !take_definition (self, definition, spec->columns->name))
        continue;
      self->id = record->id;
      break;
    }

  return g_steal_pointer (&self);
}

static JsonNode *
create_definition (const CptBoardLimits *self,
                   const CptBoardSpec   *spec)
{
  JsonObject *object = json_object_new ();
  JsonObject *limits = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  GHashTableIter iter;
  gpointer key;
  gpointer limit;

  g_hash_table_iter_init (&iter, self->by_key);
  while (g_hash_table_iter_next (&iter, &key, &limit))
    json_object_set_int_member (limits, key, GPOINTER_TO_UINT (limit));
  json_object_set_string_member (object, "form", "board");
  json_object_set_string_member (object, "field", spec->columns->name);
  json_object_set_object_member (object, "limits", limits);
  json_node_take_object (node, object);

  return node;
}

void
cpt_board_limits_save (CptBoardLimits     *self,
                       const CptBoardSpec *spec,
                       const char         *title,
                       gint64              now,
                       CptTransaction     *transaction)
{
  const CptEntity *entity = cpt_schema_find_entity (spec->schema, "saved_view");
  const CptField *field = cpt_entity_find_field (entity, "definition");
  g_autoptr(JsonNode) node = create_definition (self, spec);
  g_autoptr(CptRecord) record = NULL;
  g_auto(CptValue) definition = CPT_VALUE_INIT;
  g_auto(CptValue) value = CPT_VALUE_INIT;

  cpt_field_from_json (field, node, &definition, NULL);
  if (!cpt_uuid_is_nil (&self->id))
    {
      cpt_transaction_set (transaction, entity, &self->id, field, &definition);
      return;
    }

  record = cpt_record_new (spec->schema, entity);
  cpt_uuid_generate (&record->id, now / 1000);
  self->id = record->id;
  cpt_record_set (record, field, &definition);
  cpt_value_set_text (&value, title);
  cpt_record_set (record, cpt_entity_find_field (entity, "name"), &value);
  cpt_value_set_text (&value, spec->entity->name);
  cpt_record_set (record, cpt_entity_find_field (entity, "entity_name"), &value);
  cpt_value_set_integer (&value, TRUE);
  cpt_record_set (record, cpt_entity_find_field (entity, "is_shared"), &value);
  cpt_transaction_create (transaction, record);
}
