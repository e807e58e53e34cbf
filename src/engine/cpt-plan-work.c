/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a plan is about: whom its views show, and which of its tasks are there. */

#include "config.h"

#include "cpt-plan-work-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-automation-private.h"
#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-query.h"
#include "cpt-workflow-text.h"

static void
free_task (CptPlanTask *task)
{
  cpt_record_unref (task->task);
  g_free (task->title);
  g_free (task);
}

void
cpt_plan_work_free (CptPlanWork *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->record, cpt_record_unref);
  g_clear_pointer (&self->plan, cpt_plan_free);
  g_clear_pointer (&self->who, cpt_filter_unref);
  g_clear_pointer (&self->stop, cpt_filter_unref);
  g_clear_pointer (&self->subjects, g_ptr_array_unref);
  g_clear_pointer (&self->existing, g_ptr_array_unref);
  g_free (self->sort);
  g_free (self);
}

/* ----------------------------------------------------------------------- views */

/* What the view says that @field leads to. @filter and @sort (optional) stay %NULL where it says nothing. */
static gboolean
read_view (CptPlanWork      *self,
           const char       *field,
           const CptEntity **entity,
           CptFilter       **filter,
           char            **sort,
           GError          **error)
{
  const CptValue *link = cpt_record_get_named (self->record, field);
  g_autoptr(CptRecord) view =
    cpt_database_load (self->database, cpt_schema_find_entity (self->schema, "saved_view"), &link->id, error);
  const char *text = view != NULL ? cpt_record_get_text (view, "definition") : NULL;
  g_autoptr(JsonNode) node = text != NULL ? cpt_json_parse (text, -1, error) : NULL;
  JsonNode *conditions;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;

  *entity = cpt_schema_find_entity (self->schema, cpt_record_get_text (view, "entity_name"));
  conditions = json_object_get_member (json_node_get_object (node), "filter");
  if (*entity != NULL && conditions != NULL && !JSON_NODE_HOLDS_NULL (conditions))
    {
      *filter = cpt_filter_from_json (self->schema, *entity, conditions, error);
      if (*filter == NULL)
        return FALSE;
    }
  if (sort != NULL)
    *sort = cpt_json_dup_string (json_node_get_object (node), "sort");

  return TRUE;
}

static gboolean
read_stop (CptPlanWork  *self,
           GError      **error)
{
  const CptEntity *entity = NULL;

  if (cpt_value_is_null (cpt_record_get_named (self->record, "stop")))
    return TRUE;
  if (!read_view (self, "stop", &entity, &self->stop, NULL, error))
    return FALSE;
  if (entity == self->entity && self->stop != NULL)
    return TRUE;

  g_clear_pointer (&self->stop, cpt_filter_unref);
  g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
               _("“Not any more with” needs a view with conditions, of the same records as “With whom”."));

  return FALSE;
}

static gboolean
read_views (CptPlanWork  *self,
            GError      **error)
{
  if (cpt_value_is_null (cpt_record_get_named (self->record, "audience")))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
                   _("Say with whom: save a view of a list, and choose it in the plan."));
      return FALSE;
    }
  if (!read_view (self, "audience", &self->entity, &self->who, &self->sort, error))
    return FALSE;
  self->link = self->entity != NULL ? cpt_entity_find_link_to (self->tasks, self->entity) : NULL;
  if (self->link == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
                   _("Tasks can't be about the records of this view. Choose one of organisations, contacts, deals or leads."));
      return FALSE;
    }

  return read_stop (self, error);
}

CptPlanWork *
cpt_plan_work_open (CptDatabase    *database,
                    const CptUuid  *plan,
                    gboolean        is_whole,
                    GError        **error)
{
  g_autoptr(CptPlanWork) self = g_new0 (CptPlanWork, 1);
  g_autoptr(GError) local_error = NULL;

  self->database = database;
  self->schema = cpt_database_get_schema (database);
  self->zone = g_time_zone_ref (cpt_database_get_zone (database));
  self->now = cpt_database_get_now (database);
  self->tasks = cpt_schema_find_entity (self->schema, CPT_PLAN_TASK);
  self->record = cpt_database_load (database, cpt_schema_find_entity (self->schema, CPT_PLAN_ENTITY), plan, error);
  if (self->record == NULL)
    return NULL;

  self->plan = cpt_plan_read (self->record, cpt_database_get_country (database), &local_error);
  if (self->plan != NULL)
    read_views (self, &local_error);
  if (is_whole && local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return g_steal_pointer (&self);
}

/* -------------------------------------------------------------------- audience */

gboolean
cpt_plan_work_read_audience (CptPlanWork  *self,
                             GError      **error)
{
  g_autoptr(CptQuery) query = cpt_query_new (self->schema, self->entity);
  g_autoptr(CptFilter) filter = self->who != NULL ? cpt_filter_ref (self->who) : NULL;

  if (self->stop != NULL)
    {
      g_autoptr(CptFilter) rest = cpt_filter_new_group (self->schema, self->entity, CPT_FILTER_NOT, &self->stop, 1);
      g_autoptr(CptFilter) whole = g_steal_pointer (&filter);

      filter = cpt_filter_and (whole, rest);
    }
  cpt_query_set_filter (query, filter);
  if (self->sort != NULL && *self->sort != '\0' && !cpt_query_set_sort (query, self->sort, error))
    return FALSE;
  self->subjects = cpt_query_load_records (query, self->database, CPT_PLAN_MAX_AUDIENCE + 1, error);
  if (self->subjects == NULL)
    return FALSE;
  if (self->subjects->len <= CPT_PLAN_MAX_AUDIENCE)
    return TRUE;

  g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT,
               _("The view of this plan shows more than %d records. Narrow it by conditions."), CPT_PLAN_MAX_AUDIENCE);

  return FALSE;
}

CptUuid
cpt_plan_work_get_owner (const CptPlanWork *self,
                         const CptRecord   *subject)
{
  const CptValue *assignee = cpt_record_get_named (self->record, "assignee");
  const CptField *field = cpt_entity_find_field (self->entity, "owner");
  const CptValue *owner = field != NULL ? cpt_record_get (subject, field) : NULL;
  CptUuid nobody = { { 0 } };

  if (assignee->type == CPT_VALUE_ID)
    return assignee->id;

  return owner != NULL && owner->type == CPT_VALUE_ID ? owner->id : nobody;
}

typedef struct
{
  CptDatabase *database;
  const CptRecord *subject;
} Places;

static gboolean
find_place (gpointer     data,
            const char  *path,
            char       **text,
            JsonNode   **value,
            GError     **error)
{
  const Places *places = data;
  g_auto(CptValue) found = CPT_VALUE_INIT;
  const CptField *field;

  if (!cpt_automation_find_value (places->database, places->subject, path, &field, &found, error))
    return FALSE;
  if (text != NULL)
    *text = cpt_value_is_null (&found) ? g_strdup ("") : cpt_field_format (field, &found);
  if (value != NULL)
    *value = cpt_field_to_json (field, &found);

  return TRUE;
}

char *
cpt_plan_work_dup_title (const CptPlanWork  *self,
                         const CptRecord    *subject,
                         GError            **error)
{
  const char *text = cpt_record_get_text (self->record, "task_title");
  const CptField *action = cpt_entity_find_field (cpt_record_get_entity (self->record), "kind");
  const CptChoice *choice = cpt_field_find_choice (action, cpt_record_get_text (self->record, "kind"));
  Places places = { self->database, subject };
  g_autofree char *name = NULL;

  if (text != NULL)
    return cpt_workflow_text_fill (text, find_place, &places, NULL, error);

  name = cpt_record_dup_title (subject);
  if (choice == NULL)
    return g_steal_pointer (&name);

  /* Translators: what is to be done, and with whom: "Call: Anne Martin" */
  return g_strdup_printf (_("%s: %s"), cpt_choice_get_label (choice), name);
}

/* ----------------------------------------------------------------------- tasks */

char *
cpt_plan_mark_format (const CptPlanned *planned,
                      const char       *title)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autofree char *at = cpt_instant_format_iso (planned->instant);
  char owner[CPT_UUID_TEXT_SIZE];

  json_object_set_int_member (object, "step", planned->step);
  json_object_set_string_member (object, "at", at);
  if (!cpt_uuid_is_nil (&planned->owner))
    {
      cpt_uuid_format (&planned->owner, owner);
      json_object_set_string_member (object, "owner", owner);
    }
  json_object_set_string_member (object, "title", title);
  json_node_take_object (node, object);

  return cpt_json_format_canonical (node);
}

static CptPlanTask *
read_task (const CptPlanWork *self,
           CptRecord         *record)
{
  CptPlanTask *task = g_new0 (CptPlanTask, 1);
  const char *text = cpt_record_get_text (record, "plan_mark");
  g_autoptr(JsonNode) node = text != NULL ? cpt_json_parse (text, -1, NULL) : NULL;
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const CptValue *subject = self->link != NULL ? cpt_record_get (record, self->link) : NULL;
  gint64 step = 0;
  g_autofree char *at = NULL;
  g_autofree char *owner = NULL;

  task->task = cpt_record_ref (record);
  task->mark.instant = cpt_record_get_integer (record, "due_at");
  if (subject != NULL && subject->type == CPT_VALUE_ID)
    task->mark.subject = subject->id;
  if (object == NULL)
    return task;

  at = cpt_json_dup_string (object, "at");
  owner = cpt_json_dup_string (object, "owner");
  task->title = cpt_json_dup_string (object, "title");
  if (at != NULL)
    cpt_instant_parse_iso (at, NULL, &task->mark.instant);
  if (owner != NULL)
    cpt_uuid_parse (owner, &task->mark.owner);
  if (cpt_json_read_int (object, "step", &step, NULL))
    task->mark.step = (guint) CLAMP (step, 0, CPT_PLAN_MAX_OFFSETS);

  return task;
}

gboolean
cpt_plan_work_read_tasks (CptPlanWork  *self,
                          const char   *state,
                          GError      **error)
{
  g_autoptr(CptQuery) query = cpt_query_new (self->schema, self->tasks);
  char id[CPT_UUID_TEXT_SIZE];
  g_autofree char *and = state != NULL ? g_strdup_printf (",{\"field\":\"plan_state\",\"op\":\"is\",\"value\":\"%s\"}", state)
                                       : g_strdup ("");
  g_autofree char *json = NULL;
  g_autoptr(CptFilter) filter = NULL;
  g_autoptr(GPtrArray) records = NULL;

  cpt_uuid_format (&self->record->id, id);
  json = g_strdup_printf ("{\"all\":[{\"field\":\"activity_plan\",\"op\":\"is\",\"value\":\"%s\"}%s]}", id, and);
  filter = cpt_filter_parse (self->schema, self->tasks, json, error);
  if (filter == NULL)
    return FALSE;
  cpt_query_set_filter (query, filter);
  if (!cpt_query_set_sort (query, "due_at", error))
    return FALSE;
  records = cpt_query_load_records (query, self->database, 0, error);
  if (records == NULL)
    return FALSE;

  self->existing = g_ptr_array_new_with_free_func ((GDestroyNotify) free_task);
  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (self->existing, read_task (self, g_ptr_array_index (records, i)));

  return TRUE;
}

gboolean
cpt_plan_work_is_free (const CptPlanWork *self,
                       const CptPlanTask *task)
{
  const CptRecord *record = task->task;
  const CptValue *assignee = cpt_record_get_named (record, "assignee");
  gboolean has_owner = !cpt_uuid_is_nil (&task->mark.owner);

  return g_strcmp0 (cpt_record_get_text (record, "plan_state"), "planned") == 0 &&
         g_strcmp0 (cpt_record_get_text (record, "status"), "to_do") == 0 && task->mark.instant > self->now &&
         cpt_record_get_integer (record, "due_at") == task->mark.instant &&
         g_strcmp0 (cpt_record_get_text (record, "title"), task->title) == 0 &&
         cpt_value_is_null (cpt_record_get_named (record, "notes")) &&
         (has_owner ? assignee->type == CPT_VALUE_ID && cpt_uuid_equal (&assignee->id, &task->mark.owner)
                    : cpt_value_is_null (assignee));
}
