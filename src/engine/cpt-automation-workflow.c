/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Steps that start and stop other workflows, for the subject or for what is linked to it. Who is
 * started stands one deeper than who starts him, so that a circle of them comes to an end. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-automation-action-private.h"
#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-query.h"
#include "cpt-rehearsal.h"
#include "cpt-workflow-record.h"

/* How many one step starts at once */
#define MAX_LINKED 1000

/* ----------------------------------------------------------------- starting */

static gboolean
read_id (JsonObject  *settings,
         CptUuid     *id,
         GError     **error)
{
  g_autofree char *text = cpt_json_dup_string (settings, "workflow");

  if (text != NULL && cpt_uuid_parse (text, id))
    return TRUE;

  g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("It is not said which workflow. Choose one."));

  return FALSE;
}

/* What a rehearsal says of it: whom the other workflow is begun for */
static char *
describe_start (const char *name,
                GPtrArray  *subjects)
{
  g_autoptr(GString) titles = g_string_new (NULL);

  for (guint i = 0; i < subjects->len; i++)
    {
      g_autofree char *title = cpt_record_dup_title (g_ptr_array_index (subjects, i));

      if (i > 0)
        g_string_append (titles, ", ");
      g_string_append (titles, title);
    }

  /* Translators: what a simulated step would do: the name of a workflow, and for which records */
  return g_strdup_printf (_("Starts “%s”: %s"), name, titles->str);
}

/* All of @subjects (element-type CptRecord), or a person is told why none */
static gboolean
start_all (CptAutomationWorld     *self,
           const CptWorkflowNode  *node,
           guint                   visit,
           const CptEntity        *entity,
           GPtrArray              *subjects,
           GError                **error)
{
  g_auto(CptAutomationOpening) opening = { 0 };
  g_autoptr(GError) local_error = NULL;
  CptAutomationStart start = { .now = self->now };
  CptUuid id;

  gboolean is_rehearsed = cpt_database_is_rehearsing (self->database);

  if (!read_id (node->settings, &id, error))
    return FALSE;
  if (!cpt_automation_open (self->database, &id, &opening, &local_error) ||
      (!is_rehearsed && !cpt_enrolment_get_depth (self->database, self->enrolment->row, &start.depth, &local_error)))
    return cpt_automation_world_fail (self, g_steal_pointer (&local_error), error);
  if (opening.entity != entity)
    {
      /* Translators: %s is the name of a workflow */
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("“%s” is about other records. Choose another workflow."), opening.name);
      return FALSE;
    }

  if (is_rehearsed)
    {
      cpt_automation_world_rehearse (self, node, visit, NULL, describe_start (opening.name, subjects));
      return TRUE;
    }

  start.workflow = &opening.id;
  start.drawing = opening.drawing;
  start.version = opening.version;
  start.node = opening.node;
  start.depth++;
  for (guint i = 0; i < subjects->len; i++)
    if (!cpt_automation_begin (self->database, &start, g_ptr_array_index (subjects, i), &self->begun, &local_error))
      return cpt_automation_world_fail (self, g_steal_pointer (&local_error), error);

  return TRUE;
}

gboolean
cpt_automation_start_workflow (CptAutomationWorld     *self,
                               const CptWorkflowNode  *node,
                               guint                   visit,
                               GError                **error)
{
  g_autoptr(GPtrArray) subjects = g_ptr_array_new ();
  CptRecord *subject = cpt_automation_world_get_subject (self, error);

  if (subject == NULL)
    return FALSE;
  g_ptr_array_add (subjects, subject);

  return start_all (self, node, visit, self->entity, subjects, error);
}

/* ----------------------------------------------------------------- stopping */

/* Itself is not stopped: it has ends for that. Other runs of the same workflow are. */
gboolean
cpt_automation_stop_workflow (CptAutomationWorld     *self,
                              const CptWorkflowNode  *node,
                              guint                   visit,
                              GError                **error)
{
  const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (self->database), CPT_WORKFLOW_ENTITY);
  g_autoptr(GError) local_error = NULL;
  g_autoptr(CptRecord) record = NULL;
  guint n_stopped = 0;
  CptUuid id;

  if (!read_id (node->settings, &id, error))
    return FALSE;
  record = cpt_database_load (self->database, entity, &id, &local_error);
  if (record == NULL && !g_error_matches (local_error, CPT_ERROR, CPT_ERROR_NOT_FOUND))
    return cpt_automation_world_fail (self, g_steal_pointer (&local_error), error);
  if (record == NULL || record->in_trash)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND,
                   _("The workflow that is to be stopped was deleted. Remove this step, or choose another one."));
      return FALSE;
    }

  if (cpt_database_is_rehearsing (self->database))
    {
      cpt_automation_world_rehearse (self, node, visit, NULL,
                                     /* Translators: what a simulated step would do: the name of a workflow */
                                     g_strdup_printf (_("Stops “%s”"), cpt_record_get_text (record, "name")));
      return TRUE;
    }
  if (!cpt_automation_stop_runs (self->database, &id, &self->enrolment->subject, self->enrolment->row, self->stopped, &n_stopped,
                                 &local_error))
    return cpt_automation_world_fail (self, g_steal_pointer (&local_error), error);
  self->begun.n_ended += n_stopped;

  return TRUE;
}

/* ------------------------------------------------------------- linked records */

typedef struct
{
  const CptEntity *entity; /* of the linked records */
  const CptField *link;    /* of theirs, or of the subject when @is_own */
  gboolean is_own;
} Linked;

static gboolean
read_linked (JsonObject       *settings,
             CptSchema        *schema,
             const CptEntity  *subject,
             Linked           *linked,
             GError          **error)
{
  JsonObject *object = NULL;
  g_autofree char *name = NULL;
  g_autofree char *link = NULL;
  const CptEntity *owner = subject;

  *linked = (Linked){ 0 };
  if (!cpt_json_read_object (settings, "records", &object, error))
    return FALSE;

  name = object != NULL ? cpt_json_dup_string (object, "entity") : NULL;
  link = object != NULL ? cpt_json_dup_string (object, "link") : NULL;
  if (name != NULL)
    owner = cpt_automation_find_entity (schema, name);
  linked->is_own = name == NULL;
  linked->link = owner != NULL && link != NULL ? cpt_entity_find_field (owner, link) : NULL;
  if (linked->link != NULL && cpt_field_kind_is_link (linked->link->kind))
    linked->entity = linked->is_own ? cpt_automation_find_entity (schema, linked->link->target)
                                    : owner;
  if (linked->entity != NULL && (linked->is_own || g_strcmp0 (linked->link->target, subject->name) == 0))
    return TRUE;

  g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("The linked records are not there any more. Choose others."));

  return FALSE;
}

/* (transfer full) (nullable): those that the subject's own link leads to */
static GPtrArray *
load_own (CptAutomationWorld  *self,
          const Linked        *linked,
          const CptRecord     *subject,
          GError             **error)
{
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_record_unref);
  const CptValue *value = cpt_record_get (subject, linked->link);
  const CptUuid *ids = value->type == CPT_VALUE_ID ? &value->id : value->type == CPT_VALUE_IDS ? value->ids.items
                                                                                               : NULL;
  guint n_ids = value->type == CPT_VALUE_ID ? 1 : value->type == CPT_VALUE_IDS ? value->ids.length
                                                                               : 0;

  for (guint i = 0; i < n_ids; i++)
    {
      g_autoptr(GError) local_error = NULL;
      CptRecord *record = cpt_database_load (self->database, linked->entity, &ids[i], &local_error);

      if (record == NULL && !g_error_matches (local_error, CPT_ERROR, CPT_ERROR_NOT_FOUND))
        {
          cpt_automation_world_fail (self, g_steal_pointer (&local_error), error);
          return NULL;
        }
      if (record != NULL)
        g_ptr_array_add (records, record);
    }

  return g_steal_pointer (&records);
}

/* (transfer full) (nullable): those whose link leads to the subject, the first that was created in front */
static GPtrArray *
load_leading (CptAutomationWorld  *self,
              const Linked        *linked,
              GError             **error)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  g_autoptr(CptQuery) query = cpt_query_new (schema, linked->entity);
  g_autofree char *id = cpt_uuid_dup_text (&self->enrolment->subject);
  g_autofree char *json = g_strdup_printf ("{\"field\":\"%s\",\"op\":\"%s\",\"value\":\"%s\"}", linked->link->name,
                                           linked->link->kind == CPT_FIELD_LINKS ? "contains" : "is", id);
  g_autoptr(CptFilter) filter = cpt_filter_parse (schema, linked->entity, json, error);

  if (filter == NULL)
    return NULL;
  cpt_query_set_filter (query, filter);
  cpt_query_set_sort (query, "", NULL);

  return cpt_query_load_records (query, self->database, MAX_LINKED + 1, error);
}

gboolean
cpt_automation_for_each (CptAutomationWorld     *self,
                         const CptWorkflowNode  *node,
                         guint                   visit,
                         GError                **error)
{
  CptRecord *subject = cpt_automation_world_get_subject (self, error);
  g_autoptr(GPtrArray) records = NULL;
  Linked linked;

  if (subject == NULL ||
      !read_linked (node->settings, cpt_database_get_schema (self->database), self->entity, &linked, error))
    return FALSE;
  records = linked.is_own ? load_own (self, &linked, subject, error) : load_leading (self, &linked, error);
  if (records == NULL)
    return FALSE;
  if (records->len > MAX_LINKED)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
                   _("More than %d records are linked, which is more than one step may start. "
                     "Start the workflow for them from their list."),
                   MAX_LINKED);
      return FALSE;
    }

  return start_all (self, node, visit, linked.entity, records, error);
}

gboolean
cpt_automation_check_for_each (JsonObject       *settings,
                               CptSchema        *schema,
                               const CptEntity  *entity,
                               GError          **error)
{
  Linked linked;

  return !json_object_has_member (settings, "records") || read_linked (settings, schema, entity, &linked, error);
}
