/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the log keeps of a change: {"name":[before,after]} with values in their
 * JSON form, or the whole record. And the history of a record read from it. */

#include "config.h"

#include "cpt-log-private.h"

#include <string.h>

#include "cpt-database-private.h"
#include "cpt-door-private.h"
#include "cpt-field-type.h"
#include "cpt-json.h"
#include "cpt-layout.h"

char *
cpt_log_dup_update (const CptRecord *before,
                    const CptRecord *after)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_node_take_object (node, object);
  for (guint i = 0; i < after->entity->n_fields; i++)
    {
      const CptField *field = after->entity->fields[i];
      JsonArray *pair;

      if (cpt_value_equal (&before->values[i], &after->values[i]))
        continue;
      pair = json_array_sized_new (2);
      json_array_add_element (pair, cpt_field_to_json (field, &before->values[i]));
      json_array_add_element (pair, cpt_field_to_json (field, &after->values[i]));
      json_object_set_array_member (object, field->name, pair);
    }

  return json_object_get_size (object) == 0 ? NULL : cpt_json_format (node);
}

char *
cpt_log_dup_record (const CptRecord *record)
{
  return cpt_record_format_json (record);
}

/* History */

static void
field_change_free (gpointer data)
{
  CptFieldChange *self = data;

  g_free (self->name);
  cpt_value_clear (&self->before);
  cpt_value_clear (&self->after);
  g_free (self);
}

void
cpt_history_entry_free (CptHistoryEntry *self)
{
  if (self == NULL)
    return;

  cpt_log_entry_free (self->entry);
  g_ptr_array_unref (self->changes);
  g_free (self);
}

/* A field that this version does not know keeps its name alone. */
static void
add_change (GPtrArray       *changes,
            const CptEntity *entity,
            const char      *name,
            JsonNode        *before,
            JsonNode        *after)
{
  CptFieldChange *change = g_new0 (CptFieldChange, 1);

  change->name = g_strdup (name);
  change->field = cpt_entity_find_field (entity, name);
  if (change->field != NULL && before != NULL)
    cpt_field_from_json (change->field, before, &change->before, NULL);
  if (change->field != NULL && after != NULL)
    cpt_field_from_json (change->field, after, &change->after, NULL);
  g_ptr_array_add (changes, change);
}

/* @only (nullable): of this field alone */
static void
read_changes (GPtrArray       *changes,
              const CptEntity *entity,
              const char      *only,
              CptAct           act,
              const char      *fields)
{
  g_autoptr(JsonNode) node = fields == NULL ? NULL : cpt_json_parse (fields, -1, NULL);
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if ((act != CPT_ACT_UPDATE && act != CPT_ACT_COMPUTED) || node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;

  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      JsonArray *pair = JSON_NODE_HOLDS_ARRAY (member) ? json_node_get_array (member) : NULL;

      if (only != NULL && !g_str_equal (name, only))
        continue;
      if (pair != NULL && json_array_get_length (pair) == 2)
        add_change (changes, entity, name, json_array_get_element (pair, 0), json_array_get_element (pair, 1));
    }
}

GPtrArray *
cpt_log_list_changes (const CptEntity *entity,
                      const char      *fields)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func (field_change_free);

  read_changes (changes, entity, NULL, CPT_ACT_UPDATE, fields);

  return changes;
}

typedef struct
{
  const CptEntity *entity;
  const CptUuid *id;
  const char *field; /* (nullable) */
  gint64 before;
  guint limit;
  GPtrArray *entries;
} HistoryRequest;

/* Creations by a unit are found by the row: the log has ranges of them. */
static gboolean
find_row (CptDatabase     *database,
          HistoryRequest  *request,
          gint64          *row,
          GError         **error)
{
  g_autoptr(CptStatement) statement = NULL;

  if (!cpt_database_find_row (database, request->entity, request->id, row, error))
    return FALSE;
  if (*row != 0)
    return TRUE;

  statement = cpt_database_prepare (database, "SELECT row_id FROM trash WHERE entity = ? AND id = ?", error);
  if (statement == NULL)
    return FALSE;
  cpt_statement_bind_int (statement, 1, request->entity->number);
  cpt_statement_bind_id (statement, 2, request->id);
  if (cpt_statement_step (statement, error) == CPT_STEP_ROW)
    *row = cpt_statement_get_int (statement, 0);

  return TRUE;
}

/* As the statement below writes them */
G_STATIC_ASSERT (CPT_LOG_DEAD == 4);

static const char history_sql[] =
  "SELECT h.sequence, h.unit, l.at, h.author, h.device, h.origin, h.label, h.undoes, h.undone_by, h.state, h.n_changes, "
  "c.kind, c.fields, c.sequence "
  "FROM (SELECT sequence, kind, fields FROM log_change WHERE id = ?1 "
  "UNION ALL SELECT sequence, kind, fields FROM log_change "
  "WHERE entity = ?2 AND last_row IS NOT NULL AND row_id <= ?3 AND last_row >= ?3 AND ?3 > 0) AS c "
  "JOIN log AS l ON l.sequence = c.sequence "
  /* What was given up before it was finished never happened. */
  "JOIN log AS h ON h.sequence = ifnull (l.unit, l.sequence) AND h.state <> 4 "
  "WHERE c.sequence < ?5 AND (?6 IS NULL OR (c.kind IN (?7, ?8) AND "
  "CASE WHEN json_valid (c.fields) THEN json_type (c.fields, ?6) END IS NOT NULL)) "
  "ORDER BY c.sequence DESC LIMIT ?4";

static gboolean
get_history (CptDatabase  *database,
             gpointer      data,
             GError      **error)
{
  HistoryRequest *request = data;
  g_autofree char *path = request->field != NULL ? g_strdup_printf ("$.\"%s\"", request->field) : NULL;
  g_autoptr(CptStatement) statement = NULL;
  gint64 row = 0;
  CptStep step;

  request->entity = cpt_database_localise (database, request->entity);
  if (request->entity == NULL)
    return TRUE;
  if (!find_row (database, request, &row, error))
    return FALSE;
  statement = cpt_database_prepare (database, history_sql, error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_id (statement, 1, request->id);
  cpt_statement_bind_int (statement, 2, request->entity->number);
  cpt_statement_bind_int (statement, 3, row);
  cpt_statement_bind_int (statement, 4, request->limit == 0 ? -1 : (gint64) request->limit);
  cpt_statement_bind_int (statement, 5, request->before == 0 ? G_MAXINT64 : request->before);
  cpt_statement_bind_text (statement, 6, path);
  cpt_statement_bind_int (statement, 7, CPT_ACT_UPDATE);
  cpt_statement_bind_int (statement, 8, CPT_ACT_COMPUTED);
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      CptHistoryEntry *entry = g_new0 (CptHistoryEntry, 1);
      CptAct act = (CptAct) cpt_statement_get_int (statement, 11);

      entry->entry = cpt_log_read_entry (statement, 0);
      entry->sequence = cpt_statement_get_int (statement, 13);
      entry->kind = cpt_act_get_kind (act);
      entry->changes = g_ptr_array_new_with_free_func (field_change_free);
      read_changes (entry->changes, request->entity, request->field, act, cpt_statement_get_text (statement, 12));
      g_ptr_array_add (request->entries, entry);
    }

  return step == CPT_STEP_DONE;
}

GPtrArray *
cpt_log_get_history (CptDatabase      *database,
                     const CptEntity  *entity,
                     const CptUuid    *id,
                     guint             limit,
                     GError          **error)
{
  return cpt_log_get_history_before (database, entity, id, NULL, 0, limit, error);
}

GPtrArray *
cpt_log_get_history_before (CptDatabase      *database,
                            const CptEntity  *entity,
                            const CptUuid    *id,
                            const char       *field,
                            gint64            before,
                            guint             limit,
                            GError          **error)
{
  g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_history_entry_free);
  HistoryRequest request = {
    .entity = entity, .id = id, .field = field, .before = before, .limit = limit, .entries = entries
  };

  if (!cpt_database_snapshot (database, get_history, &request, error))
    return NULL;

  return g_steal_pointer (&entries);
}
