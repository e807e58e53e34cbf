/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lets records begin a workflow: by hand, or because of what happened. What the workflow says of
 * beginning again is asked here, so that it holds for each of them. */

#include "config.h"

#include "cpt-automation-start-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-automation-private.h"
#include "cpt-automation-waiter-private.h"
#include "cpt-error.h"
#include "cpt-field-type.h"
#include "cpt-json.h"
#include "cpt-workflow-duration.h"
#include "cpt-workflow-record.h"

/* ------------------------------------------------------------------- whether */

char *
cpt_automation_dup_key (CptDatabase       *database,
                        const CptWorkflow *workflow,
                        const CptRecord   *subject)
{
  g_autofree char *text = cpt_json_dup_string (workflow->settings, "key");
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_autofree char *found = NULL;
  const CptField *field;

  if (text != NULL && cpt_automation_find_value (database, subject, text, &field, &value, NULL) && !cpt_value_is_null (&value))
    found = cpt_field_format (field, &value);

  return found != NULL && found[0] != '\0' ? g_steal_pointer (&found) : cpt_uuid_dup_text (&subject->id);
}

gboolean
cpt_automation_may_begin (CptDatabase        *database,
                          const CptWorkflow  *workflow,
                          const CptEnrolment *last,
                          gint64              now)
{
  g_autofree char *rule = cpt_json_dup_string (workflow->settings, "reentry");
  JsonObject *duration = NULL;
  gint64 earliest;

  if (last == NULL || g_strcmp0 (rule, "each_event") == 0)
    return TRUE;
  if (last->ended == CPT_ENROLMENT_NEVER || g_strcmp0 (rule, "never") == 0)
    return FALSE;
  if (g_strcmp0 (rule, "after_time") != 0)
    return TRUE;

  earliest = last->entered;

  return cpt_json_read_object (workflow->settings, "reentry_after", &duration, NULL) &&
         cpt_workflow_duration_add (duration, &earliest, cpt_database_get_zone (database)) && earliest <= now;
}

/* ----------------------------------------------------------------- beginning */

void
cpt_automation_park_chain (CptToken *token)
{
  token->state = CPT_TOKEN_PARKED;
  token->due = CPT_ENROLMENT_NEVER;
  g_free (token->reason);
  token->reason = g_strdup_printf (_("Workflows started one another %d times in a row, and this is the next time. "
                                     "Change what starts them, or what they do."),
                                   CPT_AUTOMATION_MAX_DEPTH);
}

static gboolean
add (CptDatabase               *database,
     const CptAutomationStart  *start,
     CptEnrolment              *enrolment,
     guint                      depth,
     CptAutomationBegun        *begun,
     GError                   **error)
{
  g_autoptr(CptRun) run = cpt_run_new (start->node);
  CptToken *token = g_ptr_array_index (run->tokens, 0);

  g_autoptr(GHashTable) nowhere = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) waiting = cpt_automation_list_waiting (run, start->drawing);

  if (depth > CPT_AUTOMATION_MAX_DEPTH)
    cpt_automation_park_chain (token);
  cpt_automation_write_down (enrolment, run, start->now);
  begun->n_begun++;
  if (!cpt_enrolment_add (database, enrolment, error) ||
      !cpt_automation_keep_waiting (database, enrolment, nowhere, waiting, error) ||
      (depth > 0 && !cpt_enrolment_set_cause (database, enrolment->row, start->cause, depth, error)))
    return FALSE;
  if (token->state == CPT_TOKEN_PARKED)
    {
      CptEnrolmentStep step = { start->now, token->node, token->visit, (char *) "parked", token->reason, 0 };

      begun->n_parked++;
      return cpt_enrolment_add_step (database, enrolment->row, &step, error);
    }

  return TRUE;
}

gboolean
cpt_automation_begin (CptDatabase               *database,
                      const CptAutomationStart  *start,
                      const CptRecord           *subject,
                      CptAutomationBegun        *begun,
                      GError                   **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(CptEnrolment) last = NULL;
  g_autoptr(CptEnrolment) enrolment = g_new0 (CptEnrolment, 1);
  guint depth = start != NULL ? start->depth : 0;

  g_return_val_if_fail (start != NULL && subject != NULL && begun != NULL, FALSE);

  if (subject->in_trash)
    return TRUE;
  enrolment->key = cpt_automation_dup_key (database, start->drawing, subject);
  last = cpt_enrolment_find_last (database, start->workflow, enrolment->key, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (!cpt_automation_may_begin (database, start->drawing, last, start->now))
    return TRUE;
  if (start->cause != 0 && !cpt_enrolment_find_depth (database, start->cause, &depth, error))
    return FALSE;

  enrolment->workflow = *start->workflow;
  enrolment->version = start->version;
  enrolment->entity = g_strdup (cpt_record_get_entity (subject)->name);
  enrolment->subject = subject->id;
  enrolment->entered = start->now;
  enrolment->ended = CPT_ENROLMENT_NEVER;

  return add (database, start, enrolment, depth, begun, error);
}

/* ------------------------------------------------------------------- by hand */

typedef struct
{
  const CptUuid *workflow;
  const CptUuid *subjects;
  guint n_subjects;
  CptAutomationBegun begun;
} Enrolling;

/* (nullable): the node that people start */
static const CptWorkflowNode *
find_start (const CptWorkflow *workflow)
{
  for (guint i = 0; i < workflow->nodes->len; i++)
    {
      const CptWorkflowNode *node = g_ptr_array_index (workflow->nodes, i);

      if (g_strcmp0 (node->kind_name, "by_hand") == 0)
        return node;
    }

  return NULL;
}

void
cpt_automation_opening_clear (CptAutomationOpening *self)
{
  g_clear_pointer (&self->drawing, cpt_workflow_free);
  g_clear_pointer (&self->name, g_free);
}

/* (transfer full) (nullable): the workflow, when it is active */
static CptRecord *
load_active (CptDatabase    *database,
             const CptUuid  *workflow,
             GError        **error)
{
  const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (database), CPT_WORKFLOW_ENTITY);
  g_autoptr(GError) local_error = NULL;
  g_autoptr(CptRecord) record = cpt_database_load (database, entity, workflow, &local_error);

  if (record == NULL && !g_error_matches (local_error, CPT_ERROR, CPT_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (record == NULL || record->in_trash)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND,
                   _("The workflow that is to be started was deleted. Restore it, or choose another one."));
      return NULL;
    }
  if (cpt_record_get_integer (record, "version") < 1 || g_strcmp0 (cpt_record_get_text (record, "state"), "active") != 0)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("“%s” is not active. Publish it first."),
                   cpt_record_get_text (record, "name"));
      return NULL;
    }

  return g_steal_pointer (&record);
}

gboolean
cpt_automation_open (CptDatabase           *database,
                     const CptUuid         *workflow,
                     CptAutomationOpening  *opening,
                     GError               **error)
{
  g_autoptr(CptRecord) record = load_active (database, workflow, error);
  guint number = record != NULL ? (guint) cpt_record_get_integer (record, "version") : 0;
  g_autoptr(CptRecord) version = record != NULL ? cpt_workflow_load_version (database, workflow, number, error) : NULL;
  g_autoptr(CptWorkflow) drawing = version != NULL ? cpt_workflow_read (version, error) : NULL;
  const CptWorkflowNode *node = drawing != NULL ? find_start (drawing) : NULL;
  const CptEntity *entity = node != NULL ? cpt_workflow_find_entity (drawing, cpt_database_get_schema (database)) : NULL;

  if (drawing == NULL)
    return FALSE;
  if (entity == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("“%s” is not started by hand. Give it such a start, and publish it."),
                   cpt_record_get_text (record, "name"));
      return FALSE;
    }

  *opening = (CptAutomationOpening){ .id = *workflow,
                                     .name = g_strdup (cpt_record_get_text (record, "name")),
                                     .drawing = g_steal_pointer (&drawing),
                                     .version = number,
                                     .node = node->id,
                                     .entity = entity };

  return TRUE;
}

static gboolean
begin_all (CptDatabase  *database,
           gpointer      data,
           GError      **error)
{
  Enrolling *self = data;
  g_auto(CptAutomationOpening) opening = { 0 };
  CptAutomationStart start = { .workflow = self->workflow, .now = cpt_database_get_now (database) };

  if (!cpt_automation_open (database, self->workflow, &opening, error))
    return FALSE;

  start.drawing = opening.drawing;
  start.version = opening.version;
  start.node = opening.node;
  for (guint i = 0; i < self->n_subjects; i++)
    {
      g_autoptr(CptRecord) record = cpt_database_load (database, opening.entity, &self->subjects[i], error);

      if (record == NULL || !cpt_automation_begin (database, &start, record, &self->begun, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
cpt_automation_enrol (CptDatabase    *database,
                      const CptUuid  *workflow,
                      const CptUuid  *subjects,
                      guint           n_subjects,
                      guint          *n_added,
                      GError        **error)
{
  Enrolling enrolling = { workflow, subjects, n_subjects, { 0 } };
  gboolean done;

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (workflow != NULL, FALSE);
  g_return_val_if_fail (subjects != NULL || n_subjects == 0, FALSE);

  done = cpt_database_transact (database, begin_all, &enrolling, error);
  if (done && n_added != NULL)
    *n_added = (guint) enrolling.begun.n_begun;

  return done;
}
