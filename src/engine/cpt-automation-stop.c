/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A person ends runs, or a step of another workflow does: those that nobody can mend, or that are not wanted any more. */

#include "config.h"

#include "cpt-automation.h"

#include "cpt-automation-private.h"
#include "cpt-automation-start-private.h"
#include "cpt-enrolment-waiter.h"
#include "cpt-json.h"

typedef struct
{
  const CptUuid *workflow;
  const CptUuid *subjects;
  guint n_subjects;
  guint n_stopped;
} Stopping;

/* Also one whose place can't be read */
static gboolean
stop_one (CptDatabase   *database,
          CptEnrolment  *enrolment,
          GError       **error)
{
  gint64 now = cpt_database_get_now (database);
  g_autoptr(JsonNode) root = cpt_json_parse (enrolment->state, -1, NULL);
  g_autoptr(CptRun) run = root != NULL ? cpt_run_parse (root, NULL) : NULL;
  CptEnrolmentStep step = { .at = now, .node = (char *) "", .what = (char *) "stopped" };
  g_autofree char *node = NULL;

  if (run != NULL && run->tokens->len > 0)
    {
      const CptToken *token = g_ptr_array_index (run->tokens, 0);

      node = g_strdup (token->node);
      step.node = node;
      step.visit = token->visit;
      g_ptr_array_set_size (run->tokens, 0);
      cpt_automation_write_down (enrolment, run, now);
    }
  enrolment->ended = now;
  enrolment->due = CPT_ENROLMENT_NEVER;

  return cpt_enrolment_add_step (database, enrolment->row, &step, error) && cpt_enrolment_save (database, enrolment, error) &&
         cpt_enrolment_remove_waiters (database, enrolment, error);
}

gboolean
cpt_automation_stop_runs (CptDatabase    *database,
                          const CptUuid  *workflow,
                          const CptUuid  *subject,
                          gint64          except,
                          GHashTable     *stopped,
                          guint          *n_stopped,
                          GError        **error)
{
  g_autoptr(GPtrArray) runs = cpt_enrolment_list (database, workflow, subject, G_MAXINT, error);

  if (runs == NULL)
    return FALSE;

  for (guint i = 0; i < runs->len; i++)
    {
      CptEnrolment *enrolment = g_ptr_array_index (runs, i);

      if (enrolment->ended != CPT_ENROLMENT_NEVER || enrolment->row == except)
        continue;
      if (!stop_one (database, enrolment, error))
        return FALSE;
      if (stopped != NULL)
        g_hash_table_add (stopped, g_memdup2 (&enrolment->row, sizeof enrolment->row));
      (*n_stopped)++;
    }

  return TRUE;
}

static gboolean
stop_all (CptDatabase  *database,
          gpointer      data,
          GError      **error)
{
  Stopping *self = data;

  for (guint i = 0; i < self->n_subjects; i++)
    if (!cpt_automation_stop_runs (database, self->workflow, &self->subjects[i], 0, NULL, &self->n_stopped, error))
      return FALSE;

  return TRUE;
}

gboolean
cpt_automation_stop (CptDatabase    *database,
                     const CptUuid  *workflow,
                     const CptUuid  *subjects,
                     guint           n_subjects,
                     guint          *n_stopped,
                     GError        **error)
{
  Stopping stopping = { workflow, subjects, n_subjects, 0 };
  gboolean done;

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (workflow != NULL, FALSE);
  g_return_val_if_fail (subjects != NULL || n_subjects == 0, FALSE);

  done = cpt_database_transact (database, stop_all, &stopping, error);
  if (done && n_stopped != NULL)
    *n_stopped = stopping.n_stopped;

  return done;
}
