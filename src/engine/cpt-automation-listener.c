/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which workflows listen to the log since when, and whether something that happened is what one
 * of their starts waits for. Where a start can't be understood any more, since a field is gone,
 * it starts nothing; checking the workflow says so. */

#include "config.h"

#include "cpt-automation-listener-private.h"

#include <string.h>

#include "cpt-error.h"
#include "cpt-field-type.h"
#include "cpt-json.h"
#include "cpt-query.h"
#include "cpt-workflow-record.h"

typedef gboolean (*Matches) (const CptAutomationTrigger *self, CptDatabase *database, const CptAutomationChange *change);

struct _CptAutomationTrigger
{
  const char *node; /* borrowed from the drawing */
  Matches matches;
  CptFilter *where;      /* (owned) (nullable) */
  const CptField *field; /* (nullable): any */
  CptValue from;         /* null: anything */
  CptValue to;
};

static void
trigger_free (gpointer data)
{
  CptAutomationTrigger *self = data;

  g_clear_pointer (&self->where, cpt_filter_unref);
  cpt_value_clear (&self->from);
  cpt_value_clear (&self->to);
  g_free (self);
}

void
cpt_automation_version_free (CptAutomationVersion *self)
{
  if (self == NULL)
    return;

  cpt_workflow_free (self->drawing);
  g_ptr_array_unref (self->triggers);
  g_free (self);
}

static void
listener_free (gpointer data)
{
  CptAutomationListener *self = data;

  g_ptr_array_unref (self->versions);
  g_free (self);
}

/* ------------------------------------------------------------------- matching */

static gboolean
meets (const CptAutomationTrigger *self,
       CptDatabase                *database,
       const CptRecord            *record)
{
  return self->where == NULL || cpt_filter_matches (self->where, database, record);
}

static gboolean
is_created (const CptAutomationTrigger *self,
            CptDatabase                *database,
            const CptAutomationChange  *change)
{
  return change->event->kind == CPT_CHANGE_CREATE && meets (self, database, change->after);
}

static gboolean
is_value (const CptField *field,
          const CptValue *asked,
          const CptValue *found)
{
  return cpt_value_is_null (asked) || (!cpt_value_is_null (found) && cpt_field_compare (field, asked, found) == 0);
}

static gboolean
is_changed (const CptAutomationTrigger *self,
            CptDatabase                *database,
            const CptAutomationChange  *change)
{
  gboolean is_found = self->field == NULL && change->changes->len > 0;

  if (change->event->kind != CPT_CHANGE_UPDATE)
    return FALSE;

  for (guint i = 0; i < change->changes->len && self->field != NULL; i++)
    {
      const CptFieldChange *one = g_ptr_array_index (change->changes, i);

      is_found |= one->field == self->field && is_value (self->field, &self->from, &one->before) &&
                  is_value (self->field, &self->to, &one->after);
    }

  return is_found && meets (self, database, change->after);
}

static gboolean
becomes_true (const CptAutomationTrigger *self,
              CptDatabase                *database,
              const CptAutomationChange  *change)
{
  return change->event->kind != CPT_CHANGE_RESTORE && meets (self, database, change->after) &&
         (change->before == NULL || !meets (self, database, change->before));
}

const char *
cpt_automation_version_match (const CptAutomationVersion *self,
                              CptDatabase                *database,
                              const CptAutomationChange  *change)
{
  if (self->entity != change->event->entity)
    return NULL;

  for (guint i = 0; i < self->triggers->len; i++)
    {
      const CptAutomationTrigger *trigger = g_ptr_array_index (self->triggers, i);

      if (trigger->matches (trigger, database, change))
        return trigger->node;
    }

  return NULL;
}

/* -------------------------------------------------------------------- reading */

static const struct
{
  const char *kind;
  Matches matches;
} kinds[] = {
  { "record_created", is_created },
  { "record_changed", is_changed },
  { "condition_true", becomes_true },
};

static gboolean
read_value (const CptWorkflowNode *node,
            const char            *member,
            const CptField        *field,
            CptValue              *value)
{
  JsonNode *json = json_object_get_member (node->settings, member);

  return json == NULL || JSON_NODE_HOLDS_NULL (json) || (field != NULL && cpt_field_from_json (field, json, value, NULL));
}

/* (nullable): none when something that it names is gone */
static CptAutomationTrigger *
read_trigger (CptSchema             *schema,
              const CptEntity       *entity,
              const CptWorkflowNode *node,
              Matches                matches)
{
  CptAutomationTrigger *self = g_new0 (CptAutomationTrigger, 1);
  JsonNode *where = json_object_get_member (node->settings, "where");
  g_autofree char *name = cpt_json_dup_string (node->settings, "field");
  gboolean is_read = TRUE;

  self->node = node->id;
  self->matches = matches;
  if (where != NULL && !JSON_NODE_HOLDS_NULL (where))
    {
      self->where = cpt_filter_from_json (schema, entity, where, NULL);
      is_read = self->where != NULL;
    }
  if (name != NULL)
    {
      self->field = cpt_entity_find_field (entity, name);
      is_read = is_read && self->field != NULL;
    }
  if (is_read && read_value (node, "from", self->field, &self->from) && read_value (node, "to", self->field, &self->to))
    return self;

  trigger_free (self);

  return NULL;
}

static void
read_triggers (CptAutomationVersion *self,
               CptSchema            *schema)
{
  for (guint i = 0; i < self->drawing->nodes->len && self->entity != NULL; i++)
    {
      const CptWorkflowNode *node = g_ptr_array_index (self->drawing->nodes, i);

      for (guint j = 0; j < G_N_ELEMENTS (kinds); j++)
        {
          CptAutomationTrigger *trigger = NULL;

          if (strcmp (node->kind_name, kinds[j].kind) == 0)
            trigger = read_trigger (schema, self->entity, node, kinds[j].matches);
          if (trigger != NULL)
            g_ptr_array_add (self->triggers, trigger);
        }
    }
}

CptAutomationVersion *
cpt_automation_version_new (CptWorkflow *drawing,
                            CptSchema   *schema)
{
  CptAutomationVersion *self = g_new0 (CptAutomationVersion, 1);

  self->drawing = drawing;
  self->entity = cpt_workflow_find_entity (drawing, schema);
  self->triggers = g_ptr_array_new_with_free_func (trigger_free);
  read_triggers (self, schema);

  return self;
}

/* What is wrong with one workflow stops none of the others */
static gboolean
is_its_own (const GError *error)
{
  return error == NULL || g_error_matches (error, CPT_ERROR, CPT_ERROR_NOT_FOUND) ||
         g_error_matches (error, CPT_ERROR, CPT_ERROR_PARSE) || g_error_matches (error, CPT_ERROR, CPT_ERROR_INVALID) ||
         g_error_matches (error, CPT_ERROR, CPT_ERROR_LIMIT);
}

/* (nullable): %NULL without @error where it can't be understood */
static CptAutomationVersion *
load_version (CptDatabase    *database,
              const CptUuid  *workflow,
              guint           number,
              GError        **error)
{
  CptSchema *schema = cpt_database_get_schema (database);
  g_autoptr(GError) local_error = NULL;
  g_autoptr(CptRecord) record = cpt_workflow_load_version (database, workflow, number, &local_error);
  g_autoptr(CptWorkflow) drawing = record != NULL ? cpt_workflow_read (record, &local_error) : NULL;
  CptAutomationVersion *self;

  if (drawing == NULL)
    {
      if (!is_its_own (local_error))
        g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  self = cpt_automation_version_new (g_steal_pointer (&drawing), schema);
  self->number = number;
  self->sequence = record->sequence;
  self->at = record->created_at;

  return self;
}

/* The one in force, and those before it until one was in force at @after */
static gboolean
load_versions (CptAutomationListener  *self,
               CptDatabase            *database,
               guint                   number,
               gint64                  after,
               GError                **error)
{
  g_autoptr(GError) local_error = NULL;
  gint64 sequence = G_MAXINT64;

  for (guint i = number; i > 0 && (i == number || sequence > MAX (after, self->since)); i--)
    {
      CptAutomationVersion *version = load_version (database, &self->workflow, i, &local_error);

      if (version == NULL)
        break;
      sequence = version->sequence;
      g_ptr_array_add (self->versions, version);
    }
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return local_error == NULL;
}

/* When it became active last */
static gboolean
find_since (CptAutomationListener  *self,
            CptDatabase            *database,
            const CptEntity        *entity,
            GError                **error)
{
  g_autoptr(GPtrArray) history = cpt_log_get_history_before (database, entity, &self->workflow, "state", 0, 1, error);

  if (history != NULL && history->len > 0)
    {
      const CptHistoryEntry *entry = g_ptr_array_index (history, 0);

      self->since = entry->sequence;
      self->since_at = entry->entry->at;
    }

  return history != NULL;
}

static GPtrArray *
load_active (CptDatabase  *database,
             GError      **error)
{
  CptSchema *schema = cpt_database_get_schema (database);
  const CptEntity *entity = cpt_schema_find_entity (schema, CPT_WORKFLOW_ENTITY);
  g_autoptr(CptQuery) query = cpt_query_new (schema, entity);
  g_autoptr(JsonNode) state = json_node_new (JSON_NODE_VALUE);
  g_autoptr(CptFilter) filter = NULL;

  json_node_set_string (state, "active");
  filter = cpt_filter_new_condition (schema, entity, "state", CPT_OPERATOR_IS, state, error);
  if (filter == NULL)
    return NULL;
  cpt_query_set_filter (query, filter);

  return cpt_query_load_records (query, database, 0, error);
}

GPtrArray *
cpt_automation_list_listeners (CptDatabase  *database,
                               gint64        after,
                               GError      **error)
{
  g_autoptr(GPtrArray) listeners = g_ptr_array_new_with_free_func (listener_free);
  g_autoptr(GPtrArray) records = load_active (database, error);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      const CptRecord *record = g_ptr_array_index (records, i);
      gint64 number = cpt_record_get_integer (record, "version");
      CptAutomationListener *self = g_new0 (CptAutomationListener, 1);

      self->workflow = record->id;
      self->versions = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_automation_version_free);
      g_ptr_array_add (listeners, self);
      if (!find_since (self, database, cpt_record_get_entity (record), error) ||
          !load_versions (self, database, (guint) CLAMP (number, 0, G_MAXINT), after, error))
        return NULL;
    }

  return records != NULL ? g_steal_pointer (&listeners) : NULL;
}

const CptAutomationVersion *
cpt_automation_listener_find (const CptAutomationListener *self,
                              gint64                       sequence)
{
  for (guint i = 0; sequence > self->since && i < self->versions->len; i++)
    {
      const CptAutomationVersion *version = g_ptr_array_index (self->versions, i);

      if (version->sequence < sequence)
        return version;
    }

  return NULL;
}

gboolean
cpt_automation_listener_hears (const CptAutomationListener *self,
                               const CptEntity             *entity)
{
  for (guint i = 0; i < self->versions->len; i++)
    {
      const CptAutomationVersion *version = g_ptr_array_index (self->versions, i);

      if ((entity == NULL || version->entity == entity) && version->triggers->len > 0)
        return TRUE;
    }

  return FALSE;
}
