/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What runs find in the workspace, and what they do there: conditions and dates are those
 * of the subject at that moment, and what is changed goes through the store's one door. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-automation-action-private.h"
#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-filter.h"
#include "cpt-rehearsal.h"
#include "cpt-transaction.h"

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

gboolean
cpt_automation_world_fail (CptAutomationWorld  *self,
                           GError              *failure,
                           GError             **error)
{
  if (!is_for_people (failure) && self->failure == NULL)
    self->failure = g_error_copy (failure);
  g_propagate_error (error, failure);

  return FALSE;
}

static void
rehearsed_free (gpointer data)
{
  CptAutomationRehearsed *self = data;

  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_free (self->message);
  g_free (self);
}

void
cpt_automation_world_rehearse (CptAutomationWorld    *self,
                               const CptWorkflowNode *node,
                               guint                  visit,
                               GPtrArray             *changes,
                               char                  *message)
{
  CptAutomationRehearsed *done = g_new0 (CptAutomationRehearsed, 1);

  done->node = node->id;
  done->visit = visit;
  done->changes = changes;
  done->message = message;
  if (self->rehearsed == NULL)
    self->rehearsed = g_ptr_array_new_with_free_func (rehearsed_free);
  g_ptr_array_add (self->rehearsed, done);
}

static gboolean
commit_rehearsed (CptAutomationWorld     *self,
                  const CptWorkflowNode  *node,
                  guint                   visit,
                  CptTransaction         *transaction,
                  GError                **error)
{
  g_autoptr(GError) local_error = NULL;
  GPtrArray *changes = NULL;

  if (!cpt_rehearsal_commit (self->database, transaction, &changes, &local_error))
    return cpt_automation_world_fail (self, g_steal_pointer (&local_error), error);

  cpt_automation_world_rehearse (self, node, visit, changes, NULL);

  return TRUE;
}

gboolean
cpt_automation_world_commit (CptAutomationWorld     *self,
                             const CptWorkflowNode  *node,
                             guint                   visit,
                             CptTransaction         *transaction,
                             GError                **error)
{
  g_autoptr(GError) local_error = NULL;
  CptCommit done = { 0 };

  g_clear_pointer (&self->subject, cpt_record_unref);
  if (cpt_database_is_rehearsing (self->database))
    return commit_rehearsed (self, node, visit, transaction, error);
  if (cpt_database_commit (self->database, transaction, &done, NULL, &local_error))
    {
      CptAutomationAct act = { node->id, visit, done.sequence };

      if (self->acts == NULL)
        self->acts = g_array_new (FALSE, FALSE, sizeof (CptAutomationAct));
      g_array_append_val (self->acts, act);
      return TRUE;
    }

  return cpt_automation_world_fail (self, g_steal_pointer (&local_error), error);
}

CptTransaction *
cpt_automation_world_begin (CptAutomationWorld *self)
{
  /* Translators: in the list of what was done; %s is the name of a workflow */
  g_autofree char *label = g_strdup_printf (_("Workflow “%s”"), self->name);

  return cpt_transaction_new (CPT_ORIGIN_WORKFLOW, label);
}

typedef struct
{
  const char *kind;
  gboolean (*act) (CptAutomationWorld *self, const CptWorkflowNode *node, guint visit, GError **error);
  /* (nullable) */
  gboolean (*check) (JsonObject *settings, CptSchema *schema, const CptEntity *entity, GError **error);
  gboolean is_later; /* only written down: it is told how it ends */
} Action;

static const Action actions[] = {
  { "change_fields", cpt_automation_change_fields },
  { "create_records", cpt_automation_create_records, cpt_automation_check_records },
  { "add_tag", cpt_automation_add_tags, cpt_automation_check_tags },
  { "remove_tag", cpt_automation_remove_tags, cpt_automation_check_tags },
  { "assign", cpt_automation_assign, cpt_automation_check_assign },
  { "create_task", cpt_automation_create_task, cpt_automation_check_task },
  { "log_activity", cpt_automation_log_activity, cpt_automation_check_activity },
  { "notify", cpt_automation_notify, cpt_automation_check_notify },
  { "start_workflow", cpt_automation_start_workflow },
  { "stop_workflow", cpt_automation_stop_workflow },
  { "for_each", cpt_automation_for_each, cpt_automation_check_for_each },
  { "webhook", cpt_automation_plan_webhook, cpt_automation_check_webhook, .is_later = TRUE },
};

/* (nullable) */
static const Action *
find_action (const CptWorkflowKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (strcmp (actions[i].kind, kind->name) == 0)
      return &actions[i];

  return NULL;
}

static gboolean
act (gpointer                data,
     const CptWorkflowNode  *node,
     guint                   visit,
     gboolean               *is_done,
     GError                **error)
{
  const Action *action = find_action (node->kind);

  *is_done = action == NULL || !action->is_later;
  if (action != NULL)
    return action->act (data, node, visit, error);

  g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
               _("This version of Comptoir can draw this step, but not carry it out yet. Remove it."));

  return FALSE;
}

gboolean
cpt_automation_can_run (const CptWorkflowKind *kind)
{
  g_return_val_if_fail (kind != NULL, FALSE);

  return kind->group != CPT_WORKFLOW_DO || find_action (kind) != NULL;
}

gboolean
cpt_automation_check_action (const CptWorkflowNode  *node,
                             CptSchema              *schema,
                             const CptEntity        *entity,
                             GError                **error)
{
  const Action *action;

  g_return_val_if_fail (node != NULL && node->kind != NULL, FALSE);

  action = find_action (node->kind);

  return action == NULL || action->check == NULL || action->check (node->settings, schema, entity, error);
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
                          .count = cpt_automation_count,
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
  g_clear_pointer (&self->rehearsed, g_ptr_array_unref);
  g_clear_error (&self->failure);
}
