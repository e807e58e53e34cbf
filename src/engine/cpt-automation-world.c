/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What runs find in the workspace, and what they do there: conditions and dates are those
 * of the subject at that moment, and what is changed goes through the store's one door. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-automation-private.h"
#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-field-type.h"
#include "cpt-filter.h"
#include "cpt-json.h"
#include "cpt-transaction.h"
#include "cpt-workflow-duration.h"

/* As it is now: what the run itself has changed counts at once */
CptRecord *
cpt_automation_world_get_subject (CptAutomationWorld  *self,
                                  GError             **error)
{
  g_autoptr(GError) local_error = NULL;

  if (self->subject != NULL)
    return self->subject;

  self->subject = cpt_database_load (self->database, self->entity, &self->enrolment->subject, &local_error);
  if (self->subject != NULL && !self->subject->in_trash)
    return self->subject;

  g_clear_pointer (&self->subject, cpt_record_unref);
  if (local_error == NULL || g_error_matches (local_error, CPT_ERROR, CPT_ERROR_NOT_FOUND))
    g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND,
                 _("What this is about was deleted. Restore it from the trash, or end this run."));
  else
    g_propagate_error (error, g_steal_pointer (&local_error));

  return NULL;
}

static gboolean
match (gpointer     data,
       JsonObject  *condition,
       gboolean    *is_true,
       GError     **error)
{
  CptAutomationWorld *self = data;
  CptRecord *subject = cpt_automation_world_get_subject (self, error);
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr(CptFilter) filter = NULL;

  if (subject == NULL)
    return FALSE;

  json_node_set_object (node, condition);
  filter = cpt_filter_from_json (cpt_database_get_schema (self->database), self->entity, node, error);
  if (filter == NULL)
    return FALSE;
  *is_true = cpt_filter_matches (filter, self->database, subject);

  return TRUE;
}

/* ---------------------------------------------------------------------- dates */

/* (transfer full) (nullable): what the links of @path but the last step lead to; %NULL without @error when one is empty */
static CptRecord *
walk (CptDatabase      *database,
      const CptPath    *path,
      const CptRecord  *start,
      GError          **error)
{
  g_autoptr(CptRecord) record = cpt_record_ref ((CptRecord *) start);

  for (guint i = 0; i + 1 < path->n_steps; i++)
    {
      const CptValue *link = cpt_record_get (record, path->fields[i]);
      g_autoptr(CptRecord) next = NULL;

      if (link->type != CPT_VALUE_ID)
        return NULL;
      next = cpt_database_load (database, path->entities[i + 1], &link->id, error);
      if (next == NULL)
        return NULL;
      cpt_record_unref (record);
      record = g_steal_pointer (&next);
    }

  return g_steal_pointer (&record);
}

gboolean
cpt_automation_find_value (CptDatabase      *database,
                           const CptRecord  *record,
                           const char       *path,
                           const CptField  **field,
                           CptValue         *value,
                           GError          **error)
{
  g_autoptr(CptRecord) found = NULL;
  g_autoptr(GError) local_error = NULL;
  CptPath parsed;

  if (!cpt_path_parse (cpt_database_get_schema (database), cpt_record_get_entity (record), path, &parsed, error))
    return FALSE;

  *field = cpt_path_get_field (&parsed);
  found = walk (database, &parsed, record, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (found != NULL)
    cpt_value_copy (cpt_record_get (found, *field), value);

  return TRUE;
}

static gboolean
find_date (gpointer     data,
           const char  *text,
           gint64      *instant,
           gboolean    *has_value,
           GError     **error)
{
  CptAutomationWorld *self = data;
  CptRecord *subject = cpt_automation_world_get_subject (self, error);
  g_auto(CptValue) value = CPT_VALUE_INIT;
  const CptField *field;

  *has_value = FALSE;
  if (subject == NULL || !cpt_automation_find_value (self->database, subject, text, &field, &value, error))
    return FALSE;
  if (value.type != CPT_VALUE_INTEGER)
    return TRUE;

  *has_value = TRUE;
  *instant = value.integer;
  if (field->kind == CPT_FIELD_DATE)
    *instant = cpt_instant_from_date (value.integer, cpt_database_get_zone (self->database));

  return TRUE;
}

/* ---------------------------------------------------------------------- doing */

/* Whether a person can mend it in the workflow or in the record */
static gboolean
is_for_people (const GError *error)
{
  return g_error_matches (error, CPT_ERROR, CPT_ERROR_INVALID) || g_error_matches (error, CPT_ERROR, CPT_ERROR_CONFLICT) ||
         g_error_matches (error, CPT_ERROR, CPT_ERROR_NOT_FOUND);
}

/* Through the door. What it refuses is told to a person; what fails otherwise undoes the batch */
static gboolean
commit (CptAutomationWorld     *self,
        const CptWorkflowNode  *node,
        guint                   visit,
        CptTransaction         *transaction,
        GError                **error)
{
  g_autoptr(GError) local_error = NULL;
  CptCommit done = { 0 };

  g_clear_pointer (&self->subject, cpt_record_unref);
  if (cpt_database_commit (self->database, transaction, &done, NULL, &local_error))
    {
      CptAutomationAct act = { node->id, visit, done.sequence };

      if (self->acts == NULL)
        self->acts = g_array_new (FALSE, FALSE, sizeof (CptAutomationAct));
      g_array_append_val (self->acts, act);
      return TRUE;
    }

  if (!is_for_people (local_error) && self->failure == NULL)
    self->failure = g_error_copy (local_error);
  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

static CptTransaction *
begin (CptAutomationWorld *self)
{
  /* Translators: in the list of what was done; %s is the name of a workflow */
  g_autofree char *label = g_strdup_printf (_("Workflow “%s”"), self->name);

  return cpt_transaction_new (CPT_ORIGIN_WORKFLOW, label);
}

static gboolean
change_fields (CptAutomationWorld     *self,
               const CptWorkflowNode  *node,
               guint                   visit,
               GError                **error)
{
  g_autoptr(CptTransaction) transaction = begin (self);
  JsonObject *values = NULL;
  g_autoptr(GList) names = NULL;

  if (cpt_automation_world_get_subject (self, error) == NULL || !cpt_json_read_object (node->settings, "values", &values, error))
    return FALSE;

  names = values != NULL ? json_object_get_members (values) : NULL;
  for (GList *l = names; l != NULL; l = l->next)
    {
      const CptField *field = cpt_entity_find_field (self->entity, l->data);
      g_auto(CptValue) value = CPT_VALUE_INIT;

      if (field == NULL)
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("There is no field “%s” that can be changed. Choose another one."),
                       (const char *) l->data);
          return FALSE;
        }
      if (!cpt_field_from_json (field, json_object_get_member (values, l->data), &value, error))
        return FALSE;
      cpt_transaction_set (transaction, self->entity, &self->enrolment->subject, field, &value);
    }

  return commit (self, node, visit, transaction, error);
}

/* The task leads to its subject by the first field that can */
static void
link_task (CptRecord          *task,
           CptAutomationWorld *self)
{
  const CptEntity *entity = cpt_record_get_entity (task);

  for (guint i = 0; i < entity->n_fields; i++)
    if (entity->fields[i]->kind == CPT_FIELD_LINK && g_strcmp0 (entity->fields[i]->target, self->entity->name) == 0)
      {
        cpt_record_set_id (task, entity->fields[i]->name, &self->enrolment->subject);
        return;
      }
}

/* Whose task it is: the owner of the subject, where it has one */
static void
assign_task (CptRecord       *task,
             const CptRecord *subject)
{
  const CptField *owner = cpt_entity_find_field (cpt_record_get_entity (subject), "owner");
  const CptValue *value = owner != NULL ? cpt_record_get (subject, owner) : NULL;

  if (value != NULL && value->type == CPT_VALUE_ID)
    cpt_record_set_id (task, "assignee", &value->id);
}

static gboolean
create_task (CptAutomationWorld     *self,
             const CptWorkflowNode  *node,
             guint                   visit,
             GError                **error)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  GTimeZone *zone = cpt_database_get_zone (self->database);
  g_autoptr(CptRecord) task = cpt_record_new (schema, cpt_schema_find_entity (schema, "task"));
  g_autoptr(CptTransaction) transaction = begin (self);
  g_autofree char *text = cpt_json_dup_string (node->settings, "title");
  g_autofree char *title = cpt_automation_world_fill (self, text != NULL ? text : "", error);
  gint64 due = self->now;
  CptRecord *subject = title != NULL ? cpt_automation_world_get_subject (self, error) : NULL;
  JsonObject *duration = NULL;

  if (subject == NULL || !cpt_json_read_object (node->settings, "due", &duration, error))
    return FALSE;

  cpt_record_set_text (task, "title", title);
  if (duration != NULL && cpt_workflow_duration_add (duration, &due, zone))
    cpt_record_set_integer (task, "due_on", cpt_instant_get_date (due, zone));
  link_task (task, self);
  assign_task (task, subject);
  cpt_record_apply_initial (task, self->now, cpt_database_get_author (self->database), zone);
  cpt_transaction_create (transaction, task);

  return commit (self, node, visit, transaction, error);
}

static const struct
{
  const char *kind;
  gboolean (*act) (CptAutomationWorld *self, const CptWorkflowNode *node, guint visit, GError **error);
  gboolean is_later; /* only written down: it is told how it ends */
} actions[] = {
  { "change_fields", change_fields },
  { "create_task", create_task },
  { "webhook", cpt_automation_plan_webhook, .is_later = TRUE },
};

static gboolean
act (gpointer                data,
     const CptWorkflowNode  *node,
     guint                   visit,
     gboolean               *is_done,
     GError                **error)
{
  *is_done = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (strcmp (actions[i].kind, node->kind->name) == 0)
      {
        *is_done = !actions[i].is_later;
        return actions[i].act (data, node, visit, error);
      }

  g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
               _("This version of Comptoir can draw this step, but not carry it out yet. Remove it."));

  return FALSE;
}

gboolean
cpt_automation_can_run (const CptWorkflowKind *kind)
{
  g_return_val_if_fail (kind != NULL, FALSE);

  if (kind->group != CPT_WORKFLOW_DO)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (strcmp (actions[i].kind, kind->name) == 0)
      return TRUE;

  return FALSE;
}

void
cpt_automation_world_open (CptAutomationWorld *self,
                           CptRunWorld        *world)
{
  g_return_if_fail (self != NULL && self->database != NULL && self->enrolment != NULL && self->entity != NULL);
  g_return_if_fail (world != NULL);

  *world = (CptRunWorld){ .match = match,
                          .find_date = find_date,
                          .act = act,
                          .zone = cpt_database_get_zone (self->database),
                          .subject = self->enrolment->key,
                          .data = self };
}

void
cpt_automation_world_clear (CptAutomationWorld *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->subject, cpt_record_unref);
  g_clear_pointer (&self->acts, g_array_unref);
  g_clear_error (&self->failure);
}
