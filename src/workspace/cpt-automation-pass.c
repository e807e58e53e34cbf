/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the engine meets those who bring its effects away. */

#include "config.h"

#include "cpt-automation-pass.h"

#include "cpt-automation-home.h"
#include "cpt-plan-record.h"
#include "cpt-query.h"
#include "cpt-webhook.h"
#include "cpt-workflow-record.h"

/* Each time something was brought away for whom a run waited; a workflow that goes in a circle from one call to the
 * next goes on in the next pass. */
#define MAX_ROUNDS 100

static void
add_runs (CptAutomationPass         *self,
          const CptAutomationReport *runs)
{
  self->runs.n_begun += runs->n_begun;
  self->runs.n_enrolments += runs->n_enrolments;
  self->runs.n_steps += runs->n_steps;
  self->runs.n_ended += runs->n_ended;
  self->runs.n_parked += runs->n_parked;
  self->runs.next_due = runs->next_due;
}

static void
add_effects (CptAutomationPass       *self,
             const CptDeliveryReport *effects)
{
  self->effects.n_done += effects->n_done;
  self->effects.n_again += effects->n_again;
  self->effects.n_failed += effects->n_failed;
  self->effects.n_unknown += effects->n_unknown;
  self->effects.next_due = effects->next_due;
}

static gboolean
has_any (CptDatabase *database,
         const char  *entity)
{
  CptSchema *schema = cpt_database_get_schema (database);
  g_autoptr(CptQuery) query = cpt_query_new (schema, cpt_schema_find_entity (schema, entity));
  g_autoptr(GArray) rows = cpt_query_get_rows (query, database, 0, 1, NULL);

  return rows == NULL || rows->len > 0;
}

gboolean
cpt_automation_is_needed (CptDatabase *database)
{
  g_return_val_if_fail (database != NULL, FALSE);

  return has_any (database, CPT_WORKFLOW_VERSION_ENTITY) || has_any (database, CPT_PLAN_ENTITY);
}

/* What plans forget and end goes nowhere: a copy may do so too. */
static gboolean
tend_plans (CptDatabase        *database,
            gint64              now,
            CptAutomationPass  *report,
            gint64             *next_due,
            GError            **error)
{
  CptPlanTending tending = { .next_due = G_MAXINT64 };

  if (has_any (database, CPT_PLAN_ENTITY) && !cpt_plan_tend (database, now, &tending, error))
    return FALSE;
  report->n_tended += tending.n_expired + tending.n_cancelled + tending.n_dropped;
  *next_due = tending.next_due;

  return TRUE;
}

static gboolean
has_done_something (const CptAutomationPass *self)
{
  return self->runs.n_begun + self->runs.n_steps + self->runs.n_parked > 0 ||
         self->effects.n_done + self->effects.n_again + self->effects.n_failed + self->effects.n_unknown > 0;
}

gboolean
cpt_automation_pass (CptDatabase        *database,
                     gint64              now,
                     gboolean            may_call_home,
                     CptAutomationPass  *report,
                     GCancellable       *cancellable,
                     GError            **error)
{
  gint64 next_expiry;
  g_autoptr(GPtrArray) connectors = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (report != NULL, FALSE);

  report->next_due = G_MAXINT64;
  if (!tend_plans (database, now, report, &next_expiry, error))
    return FALSE;
  report->next_due = next_expiry;
  if (!has_any (database, CPT_WORKFLOW_VERSION_ENTITY))
    return TRUE;
  if (!cpt_automation_home_check (database, error))
    return FALSE;

  g_ptr_array_add (connectors, cpt_webhook_new (may_call_home));
  for (guint i = 0; i < MAX_ROUNDS; i++)
    {
      CptAutomationReport runs;
      CptDeliveryReport effects;

      if (!cpt_automation_tick (database, now, &runs, cancellable, error))
        return FALSE;
      add_runs (report, &runs);
      if (!cpt_delivery_run (database, connectors, now, &effects, cancellable, error))
        return FALSE;
      add_effects (report, &effects);
      report->next_due = MIN (next_expiry, MIN (runs.next_due, effects.next_due));
      if (effects.n_done + effects.n_failed == 0)
        break;
    }
  if (has_done_something (report))
    cpt_automation_home_note (database);

  return TRUE;
}
