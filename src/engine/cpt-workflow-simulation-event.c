/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happens while a workflow is simulated: what the log tells of that time, and what somebody imagines.
 * Records that changed since are as they were when the clock begins, and change again at their time. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-field-type.h"
#include "cpt-find.h"
#include "cpt-json.h"
#include "cpt-workflow-duration.h"
#include "cpt-workflow-simulation-private.h"

/* How much of the log is read at once */
#define BATCH 500

void
cpt_simulation_event_free (gpointer data)
{
  CptSimulationEvent *self = data;

  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_clear_pointer (&self->record, cpt_record_unref);
  g_clear_pointer (&self->where, cpt_filter_unref);
  g_free (self);
}

CptSimulationEvent *
cpt_simulator_add (CptSimulator        *self,
                   gint64               at,
                   CptSimulationHappen  happen)
{
  CptSimulationEvent *event = g_new0 (CptSimulationEvent, 1);

  event->at = at;
  event->order = self->order++;
  event->happen = happen;
  g_ptr_array_add (self->events, event);

  return event;
}

CptRecord *
cpt_simulator_load (CptSimulator    *self,
                    const CptEntity *entity,
                    const CptUuid   *id)
{
  g_autoptr(CptRecord) record = cpt_database_load (self->database, entity, id, NULL);

  return record != NULL && !record->in_trash ? g_steal_pointer (&record) : NULL;
}

/* ------------------------------------------------------------------ differences */

static void
field_change_free (gpointer data)
{
  CptFieldChange *self = data;

  g_free (self->name);
  cpt_value_clear (&self->before);
  cpt_value_clear (&self->after);
  g_free (self);
}

GPtrArray *
cpt_simulation_list_changes (const CptRecord *before,
                             const CptRecord *after)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func (field_change_free);
  const CptEntity *entity = cpt_record_get_entity (after);

  for (guint i = 0; before != NULL && i < entity->n_fields; i++)
    {
      const CptField *field = entity->fields[i];
      CptFieldChange *change;

      if (cpt_value_equal (cpt_record_get (before, field), cpt_record_get (after, field)))
        continue;
      change = g_new0 (CptFieldChange, 1);
      change->field = field;
      change->name = g_strdup (field->name);
      cpt_value_copy (cpt_record_get (before, field), &change->before);
      cpt_value_copy (cpt_record_get (after, field), &change->after);
      g_ptr_array_add (changes, change);
    }

  return changes;
}

/* ------------------------------------------------------------------ out of the log */

/* What the log tells happens to what the record is by then: the workflow may have changed it */
static gboolean
happen_again (CptSimulator              *self,
              const CptSimulationEvent  *event,
              GError                   **error)
{
  g_autoptr(CptRecord) before = event->kind == CPT_CHANGE_CREATE ? NULL : cpt_simulator_load (self, event->entity, &event->id);
  g_autoptr(CptRecord) after = NULL;
  CptLogEvent told = { .at = event->at, .origin = event->origin, .entity = event->entity, .kind = event->kind, .id = event->id };
  CptAutomationChange change = { &told, event->changes, before, NULL };

  if (event->kind == CPT_CHANGE_CREATE)
    after = cpt_record_copy (event->record);
  else if (before != NULL)
    after = cpt_record_copy (before);
  if (after == NULL)
    return TRUE;

  for (guint i = 0; i < event->changes->len; i++)
    {
      const CptFieldChange *one = g_ptr_array_index (event->changes, i);

      if (one->field != NULL)
        cpt_record_set (after, one->field, &one->after);
    }
  change.after = after;

  return cpt_rehearsal_put (self->database, event->entity, &event->id, after, error) &&
         cpt_simulator_tell (self, &change, 0, error);
}

/* (transfer full) (element-type utf8): the kinds of records that are looked at */
static GHashTable *
list_entities (CptSimulator *self)
{
  const CptWorkflow *drawing = self->version->drawing;
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonArray *list = NULL;

  g_hash_table_add (names, g_strdup (self->version->entity->name));
  for (guint i = 0; i <= drawing->nodes->len; i++)
    {
      const CptWorkflowNode *node = i > 0 ? g_ptr_array_index (drawing->nodes, i - 1) : NULL;

      JsonObject *settings = node != NULL ? node->settings : drawing->settings;

      if (!cpt_json_read_array (settings, node != NULL ? "branches" : "exits", &list, NULL))
        continue;
      for (guint j = 0; list != NULL && j < json_array_get_length (list); j++)
        {
          JsonNode *branch = json_array_get_element (list, j);
          char *name = JSON_NODE_HOLDS_OBJECT (branch) ? cpt_json_dup_string (json_node_get_object (branch), "entity") : NULL;

          if (name != NULL)
            g_hash_table_add (names, name);
        }
    }

  return names;
}

static gboolean
read_log (CptSimulator  *self,
          GPtrArray     *events,
          GError       **error)
{
  g_autoptr(GHashTable) entities = list_entities (self);
  CptLogCursor cursor;
  gboolean is_end = FALSE;

  if (!cpt_log_find_before (self->database, self->plan->from, &cursor, error))
    return FALSE;

  while (!is_end)
    {
      g_autoptr(GPtrArray) read = NULL;

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      read = cpt_log_follow (self->database, &cursor, BATCH, &is_end, error);
      if (read == NULL)
        return FALSE;
      for (guint i = 0; i < read->len; i++)
        {
          CptLogEvent *event = g_ptr_array_index (read, i);

          if (g_hash_table_contains (entities, event->entity->name))
            g_ptr_array_add (events, event);
          else
            cpt_log_event_free (event);
        }
      g_ptr_array_set_free_func (read, NULL);
      if (events->len > CPT_SIMULATION_MAX_EVENTS)
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT,
                       _("More happened in this time than can be looked back on at once. Choose fewer days."));
          return FALSE;
        }
    }

  return TRUE;
}

static guint
hash_row (gconstpointer data)
{
  const gint64 *key = data;

  return g_int64_hash (&key[1]) ^ (guint) key[0];
}

static gboolean
equal_rows (gconstpointer a,
            gconstpointer b)
{
  return memcmp (a, b, 2 * sizeof (gint64)) == 0;
}

/* (nullable): what the record was after @event, when all that is behind it was taken back already */
static CptRecord *
find_state (CptSimulator      *self,
            const CptLogEvent *event,
            GHashTable        *states,
            const gint64      *key)
{
  CptRecord *state = g_hash_table_lookup (states, key);
  g_autoptr(CptRecord) record = NULL;

  if (state != NULL)
    return state;

  record = cpt_database_load_row (self->database, event->entity, event->row, NULL);
  if (record == NULL || record->in_trash || (!cpt_uuid_is_nil (&event->id) && !cpt_uuid_equal (&event->id, &record->id)))
    return NULL;
  state = cpt_record_copy (record);
  g_hash_table_insert (states, g_memdup2 (key, 2 * sizeof (gint64)), state);

  return state;
}

/* Takes @event back from what its record is, and lets it happen again at its time */
static gboolean
take_back (CptSimulator       *self,
           const CptLogEvent  *event,
           GHashTable         *states,
           GError            **error)
{
  gint64 key[2] = { event->entity->number, event->row };
  CptRecord *state = find_state (self, event, states, key);
  CptSimulationEvent *again;

  if (state == NULL || event->kind == CPT_CHANGE_RESTORE)
    return TRUE;

  again = cpt_simulator_add (self, event->at, happen_again);
  again->origin = event->origin;
  again->kind = event->kind;
  again->entity = event->entity;
  again->id = state->id;
  again->changes = cpt_log_event_list_changes (event);
  /* Those that are read first are the last ones */
  again->order = G_MAXUINT32 - again->order;
  if (event->kind == CPT_CHANGE_CREATE)
    {
      again->record = cpt_record_copy (state);
      return cpt_rehearsal_put (self->database, event->entity, &state->id, NULL, error);
    }

  for (guint i = 0; i < again->changes->len; i++)
    {
      const CptFieldChange *change = g_ptr_array_index (again->changes, i);

      if (change->field != NULL)
        cpt_record_set (state, change->field, &change->before);
    }

  return cpt_rehearsal_put (self->database, event->entity, &state->id, state, error);
}

static gboolean
read_recorded (CptSimulator  *self,
               GError       **error)
{
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_log_event_free);
  g_autoptr(GHashTable) states = g_hash_table_new_full (hash_row, equal_rows, g_free, (GDestroyNotify) cpt_record_unref);

  if (!read_log (self, events, error))
    return FALSE;

  for (guint i = events->len; i-- > 0;)
    if (!take_back (self, g_ptr_array_index (events, i), states, error))
      return FALSE;

  return TRUE;
}

/* ---------------------------------------------------------------------- imagined */

static gboolean
imagine (CptSimulator              *self,
         const CptSimulationEvent  *event,
         GError                   **error)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(CptRecord) made = NULL;
  g_autoptr(GList) names = event->values != NULL ? json_object_get_members (event->values) : NULL;
  g_autoptr(GPtrArray) changes = NULL;

  if (cpt_uuid_is_nil (&event->id))
    made = cpt_record_new (cpt_database_get_schema (self->database), event->entity);
  for (GList *l = names; l != NULL; l = l->next)
    {
      const CptField *field = cpt_entity_find_field (event->entity, l->data);
      g_auto(CptValue) value = CPT_VALUE_INIT;

      if (!cpt_field_from_json (field, json_object_get_member (event->values, l->data), &value, error))
        return FALSE;
      if (made != NULL)
        cpt_record_set (made, field, &value);
      else
        cpt_transaction_set (transaction, event->entity, &event->id, field, &value);
    }
  if (made != NULL)
    {
      cpt_record_apply_initial (made, self->now, cpt_database_get_author (self->database),
                                cpt_database_get_zone (self->database));
      cpt_transaction_create (transaction, made);
    }

  return cpt_rehearsal_commit (self->database, transaction, &changes, error) &&
         cpt_simulator_tell_all (self, changes, CPT_ORIGIN_FORM, 0, error);
}

static gboolean
read_at (CptSimulator  *self,
         JsonObject    *object,
         gint64        *at,
         GError       **error)
{
  GTimeZone *zone = cpt_database_get_zone (self->database);
  g_autofree char *text = cpt_json_dup_string (object, "at");
  JsonObject *after = NULL;

  if (text != NULL && cpt_instant_parse_iso (text, zone, at))
    return TRUE;
  *at = self->plan->from;
  if (text == NULL && cpt_json_read_object (object, "after", &after, NULL) && after != NULL &&
      cpt_workflow_duration_add (after, at, zone))
    return TRUE;

  g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE,
               _("It is not said when the event happens. Write “at” with an instant, or “after” with a number and a unit."));

  return FALSE;
}

static gboolean
check_fields (const CptEntity  *entity,
              JsonObject       *values,
              GError          **error)
{
  g_autoptr(GList) names = values != NULL ? json_object_get_members (values) : NULL;

  for (GList *l = names; l != NULL; l = l->next)
    {
      const CptField *field = cpt_entity_find_field (entity, l->data);

      if (field == NULL || (field->flags & CPT_FIELD_READ_ONLY) != 0)
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("There is no field “%s” that can be changed. Choose another one."),
                       (const char *) l->data);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
read_imagined_one (CptSimulator  *self,
                   JsonNode      *node,
                   GError       **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autofree char *name = object != NULL ? cpt_json_dup_string (object, "entity") : NULL;
  g_autofree char *record = object != NULL ? cpt_json_dup_string (object, "record") : NULL;
  const CptEntity *entity =
    name != NULL ? cpt_automation_find_entity (cpt_database_get_schema (self->database), name) : self->version->entity;
  JsonObject *values = NULL;
  CptUuid id = { 0 };
  CptSimulationEvent *event;
  gint64 at;

  if (object == NULL || entity == NULL || !cpt_json_read_object (object, "values", &values, NULL))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE,
                   _("An imagined event is an object with “at” or “after”, “entity”, “record” and “values”."));
      return FALSE;
    }
  if (!read_at (self, object, &at, error) || !check_fields (entity, values, error) ||
      (record != NULL && !cpt_find_record (self->database, entity, record, FALSE, &id, error)))
    return FALSE;

  event = cpt_simulator_add (self, at, imagine);
  event->entity = entity;
  event->id = id;
  event->values = values;

  return TRUE;
}

static gboolean
read_imagined (CptSimulator  *self,
               GError       **error)
{
  JsonNode *root = self->plan->events;
  JsonArray *list = root != NULL && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;

  if (root != NULL && list == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("Imagined events are a list."));
      return FALSE;
    }

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    if (!read_imagined_one (self, json_array_get_element (list, i), error))
      return FALSE;

  return TRUE;
}

/* --------------------------------------------------------------------------- all */

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const CptSimulationEvent *first = *(const CptSimulationEvent *const *) a;
  const CptSimulationEvent *second = *(const CptSimulationEvent *const *) b;

  if (first->at != second->at)
    return first->at < second->at ? -1 : 1;

  return first->order < second->order ? -1 : first->order > second->order;
}

/* Imagined ones are found by what records are called now; who begins is asked of what they were */
gboolean
cpt_simulator_read_events (CptSimulator  *self,
                           GError       **error)
{
  if (!read_imagined (self, error) || !read_recorded (self, error) || !cpt_simulator_read_starts (self, error))
    return FALSE;
  g_ptr_array_sort (self->events, compare);

  return TRUE;
}
