/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What became of an effect, told to the run that decided it; and what a person decides of
 * one that waits for her. */

#include "config.h"

#include "cpt-delivery-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-automation-private.h"
#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-workflow-record.h"

static const char *const states[] = { "planned", "leased", "calling", "done", "failed", "unknown" };
static const char *const nexts[] = { "nothing", "try", "ask", "listen", "show" };

const char *
cpt_effect_state_get_name (CptEffectState state)
{
  return states[state];
}

const char *
cpt_effect_next_get_name (CptEffectNext next)
{
  return nexts[next];
}

CptEffectState
cpt_effect_state_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (strcmp (states[i], name) == 0)
      return (CptEffectState) i;

  return CPT_EFFECT_UNKNOWN;
}

/* ------------------------------------------------------------------ the run */

static CptWorkflow *
load_workflow (CptDatabase         *database,
               const CptEnrolment  *enrolment,
               GError             **error)
{
  g_autoptr(CptRecord) record = cpt_workflow_load_version (database, &enrolment->workflow, enrolment->version, error);

  return record != NULL ? cpt_workflow_read (record, error) : NULL;
}

static void
leave (CptEnrolment         *enrolment,
       const CptWorkflow    *workflow,
       const CptOutboxEntry *entry,
       const char           *outcome,
       gint64                now)
{
  g_autoptr(JsonNode) root = cpt_json_parse (enrolment->state, -1, NULL);
  g_autoptr(CptRun) run = root != NULL ? cpt_run_parse (root, NULL) : NULL;

  if (run != NULL && cpt_run_finish (run, workflow, entry->node, entry->visit, outcome))
    cpt_automation_write_down (enrolment, run, now);
}

gboolean
cpt_delivery_go_on (CptDatabase           *database,
                    const CptOutboxEntry  *entry,
                    const char            *outcome,
                    const char            *what,
                    const char            *detail,
                    gint64                 now,
                    GError               **error)
{
  g_autoptr(CptEnrolment) enrolment = NULL;
  g_autoptr(CptWorkflow) workflow = NULL;
  g_autoptr(GError) local_error = NULL;
  CptEnrolmentStep step = { now, entry->node, entry->visit, (char *) what, (char *) detail, 0 };

  if (entry->enrolment == 0)
    return TRUE;

  enrolment = cpt_enrolment_load (database, entry->enrolment, &local_error);
  if (enrolment != NULL && outcome != NULL)
    workflow = load_workflow (database, enrolment, &local_error);
  if (g_error_matches (local_error, CPT_ERROR, CPT_ERROR_NOT_FOUND))
    return TRUE;
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (workflow != NULL)
    leave (enrolment, workflow, entry, outcome, now);

  return cpt_enrolment_add_step (database, enrolment->row, &step, error) && cpt_enrolment_save (database, enrolment, error);
}

gboolean
cpt_delivery_has_failure (CptDatabase          *database,
                          const CptOutboxEntry *entry)
{
  g_autoptr(CptEnrolment) enrolment = entry->enrolment != 0 ? cpt_enrolment_load (database, entry->enrolment, NULL) : NULL;
  g_autoptr(CptWorkflow) workflow = enrolment != NULL ? load_workflow (database, enrolment, NULL) : NULL;

  for (guint i = 0; workflow != NULL && i < workflow->connections->len; i++)
    {
      const CptWorkflowConnection *connection = g_ptr_array_index (workflow->connections, i);

      if (strcmp (connection->from, entry->node) == 0 && strcmp (connection->outcome, "failed") == 0)
        return TRUE;
    }

  return FALSE;
}

/* ---------------------------------------------------------------- a person */

typedef struct
{
  gint64 row;
  CptDeliveryChoice choice;
  JsonObject *request; /* (nullable) */
} Choice;

static void
try_again (CptOutboxEntry *entry,
           JsonObject     *request,
           gint64          now)
{
  g_free (entry->state);
  entry->state = g_strdup (cpt_effect_state_get_name (CPT_EFFECT_PLANNED));
  g_free (entry->next);
  entry->next = g_strdup (cpt_effect_next_get_name (CPT_NEXT_TRY));
  entry->due = now;
  /* Who asks for it once more has seen what came before: patience begins anew. */
  entry->attempt = 0;
  entry->first_call = CPT_OUTBOX_NEVER;
  entry->settled = CPT_OUTBOX_NEVER;
  if (request != NULL)
    {
      g_autoptr(JsonNode) root = json_node_new (JSON_NODE_OBJECT);

      json_node_set_object (root, request);
      g_free (entry->request);
      entry->request = cpt_json_format (root);
    }
}

static void
settle (CptOutboxEntry    *entry,
        CptDeliveryChoice  choice,
        gint64             now)
{
  gboolean is_done = choice == CPT_DELIVERY_CONFIRM;

  g_free (entry->state);
  entry->state = g_strdup (cpt_effect_state_get_name (is_done ? CPT_EFFECT_DONE : CPT_EFFECT_FAILED));
  g_free (entry->next);
  entry->next = g_strdup (cpt_effect_next_get_name (CPT_NEXT_NOTHING));
  entry->due = CPT_OUTBOX_NEVER;
  entry->settled = now;
}

static gboolean
is_waiting_for_people (const CptOutboxEntry *entry)
{
  return strcmp (entry->next, cpt_effect_next_get_name (CPT_NEXT_SHOW)) == 0 ||
         strcmp (entry->next, cpt_effect_next_get_name (CPT_NEXT_LISTEN)) == 0;
}

static gboolean
decide (CptDatabase  *database,
        gpointer      data,
        GError      **error)
{
  static const char *const what[] = { "again", "skipped", "confirmed" };
  const Choice *self = data;
  g_autoptr(CptOutboxEntry) entry = cpt_outbox_load (database, self->row, error);
  gint64 now = cpt_database_get_now (database);
  gboolean is_again = self->choice == CPT_DELIVERY_RETRY;

  if (entry == NULL)
    return FALSE;
  if (!is_waiting_for_people (entry))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_CONFLICT,
                   _("This does not wait for a decision. Look at the outbox again."));
      return FALSE;
    }

  if (is_again)
    try_again (entry, self->request, now);
  else
    settle (entry, self->choice, now);

  return cpt_outbox_save (database, entry, error) &&
         cpt_delivery_go_on (database, entry, is_again ? NULL : "next", what[self->choice], NULL, now, error);
}

gboolean
cpt_delivery_decide (CptDatabase        *database,
                     gint64              row,
                     CptDeliveryChoice   choice,
                     JsonObject         *request,
                     GError            **error)
{
  Choice data = { row, choice, request };

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (request == NULL || choice == CPT_DELIVERY_RETRY, FALSE);

  return cpt_database_transact (database, decide, &data, error);
}
