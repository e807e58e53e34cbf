/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What becomes of the tasks of plans: they are done, planned again, or over. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-error.h"
#include "cpt-plan-work-private.h"
#include "cpt-query.h"
#include "cpt-transaction.h"

#define HOUR 3600
#define DAY (24 * HOUR)

typedef struct
{
  const CptUuid *id;
  gint64 at;
} Turn;

static void
set_text (CptTransaction  *transaction,
          const CptRecord *task,
          const char      *field,
          const char      *text)
{
  const CptEntity *entity = cpt_record_get_entity (task);
  g_auto(CptValue) value = CPT_VALUE_INIT;

  cpt_value_set_text (&value, text);
  cpt_transaction_set (transaction, entity, &task->id, cpt_entity_find_field (entity, field), &value);
}

/* (transfer full) (nullable): a task of a plan that was not done */
static CptRecord *
load_task (CptDatabase    *database,
           const CptUuid  *id,
           GError        **error)
{
  const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (database), CPT_PLAN_TASK);
  g_autoptr(CptRecord) task = cpt_database_load (database, entity, id, error);

  if (task == NULL)
    return NULL;
  if (cpt_value_is_null (cpt_record_get_named (task, "activity_plan")) || task->in_trash)
    g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("This task belongs to no plan."));
  else if (g_strcmp0 (cpt_record_get_text (task, "plan_state"), "executed") == 0)
    g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("This was done already."));
  else
    return g_steal_pointer (&task);

  return NULL;
}

/* -------------------------------------------------------------------- executing */

/* What happened, as it is told where the task led to. (transfer full) */
static CptRecord *
create_activity (CptDatabase     *database,
                 const CptRecord *task,
                 const char      *action)
{
  static const char *const links[] = { "organisation", "contact", "deal", "lead" };
  CptSchema *schema = cpt_database_get_schema (database);
  CptRecord *activity = cpt_record_new (schema, cpt_schema_find_entity (schema, "activity"));
  const CptValue *assignee = cpt_record_get_named (task, "assignee");

  cpt_record_set_text (activity, "kind", g_strcmp0 (action, "follow_up") == 0 || action == NULL ? "note" : action);
  cpt_record_set_text (activity, "subject", cpt_record_get_text (task, "title"));
  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      const CptValue *link = cpt_record_get_named (task, links[i]);

      if (link->type == CPT_VALUE_ID)
        cpt_record_set_id (activity, links[i], &link->id);
    }
  if (assignee->type == CPT_VALUE_ID)
    cpt_record_set_id (activity, "owner", &assignee->id);
  cpt_record_apply_initial (activity, cpt_database_get_now (database), cpt_database_get_author (database),
                            cpt_database_get_zone (database));

  return activity;
}

static gboolean
execute (CptDatabase  *database,
         gpointer      data,
         GError      **error)
{
  const Turn *turn = data;
  g_autoptr(CptRecord) task = load_task (database, turn->id, error);
  g_autoptr(CptRecord) plan = NULL;
  g_autoptr(CptRecord) activity = NULL;
  g_autoptr(CptTransaction) transaction = NULL;
  g_autofree char *label = NULL;

  if (task == NULL)
    return FALSE;
  plan = cpt_database_load (database, cpt_schema_find_entity (cpt_database_get_schema (database), CPT_PLAN_ENTITY),
                            &cpt_record_get_named (task, "activity_plan")->id, error);
  if (plan == NULL)
    return FALSE;

  /* Translators: in the list of what was done; %s is the title of a task */
  label = g_strdup_printf (_("Execute “%s”"), cpt_record_get_text (task, "title"));
  transaction = cpt_transaction_new (CPT_ORIGIN_FORM, label);
  set_text (transaction, task, "status", "done");
  set_text (transaction, task, "plan_state", "executed");
  activity = create_activity (database, task, cpt_record_get_text (plan, "kind"));
  cpt_transaction_create (transaction, activity);

  return cpt_database_commit (database, transaction, NULL, NULL, error);
}

gboolean
cpt_plan_execute (CptDatabase    *database,
                  const CptUuid  *task,
                  GError        **error)
{
  Turn turn = { task, 0 };

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (task != NULL, FALSE);

  return cpt_database_transact (database, execute, &turn, error);
}

/* -------------------------------------------------------------- planning again */

/* The next place that is free, beside all other tasks of the plan */
static gboolean
find_next_place (CptPlanWork        *work,
                 const CptPlanTask  *task,
                 CptPlanned         *next,
                 GError            **error)
{
  g_autoptr(GArray) kept = g_array_new (FALSE, FALSE, sizeof (CptPlanned));
  g_autoptr(GArray) planned = NULL;
  CptPlanSubject subject = { task->mark.subject, task->mark.owner, CPT_PLAN_NO_DATE };
  CptPlanAudience audience = { &subject, 1, NULL, 0 };

  for (guint i = 0; i < work->existing->len; i++)
    {
      const CptPlanTask *other = g_ptr_array_index (work->existing, i);

      if (other != task)
        g_array_append_val (kept, other->mark);
    }
  audience.kept = (const CptPlanned *) (gpointer) kept->data;
  audience.n_kept = kept->len;
  if (work->plan->offsets->len > task->mark.step)
    subject.anchor = cpt_database_get_today (work->database) - g_array_index (work->plan->offsets, int, task->mark.step);
  planned = cpt_plan_spread (work->plan, work->zone, work->now, &audience, NULL, error);
  for (guint i = 0; planned != NULL && i < planned->len; i++)
    if (g_array_index (planned, CptPlanned, i).step == task->mark.step)
      {
        *next = g_array_index (planned, CptPlanned, i);
        return TRUE;
      }
  if (planned != NULL)
    g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT, _("The plan has no free place any more. Let it go on for longer."));

  return FALSE;
}

static const CptPlanTask *
find_task (const CptPlanWork *work,
           const CptUuid     *id)
{
  for (guint i = 0; i < work->existing->len; i++)
    {
      const CptPlanTask *task = g_ptr_array_index (work->existing, i);

      if (cpt_uuid_equal (&task->task->id, id))
        return task;
    }

  return NULL;
}

static CptTransaction *
create_again (const CptPlanTask *task,
              const CptPlanned  *next)
{
  const CptEntity *entity = cpt_record_get_entity (task->task);
  const char *title = cpt_record_get_text (task->task, "title");
  /* Translators: in the list of what was done; %s is the title of a task */
  g_autofree char *label = g_strdup_printf (_("Plan “%s” again"), title);
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, label);
  g_autofree char *mark = cpt_plan_mark_format (next, title);
  g_auto(CptValue) at = CPT_VALUE_INIT;

  cpt_value_set_integer (&at, next->instant);
  cpt_transaction_set (transaction, entity, &task->task->id, cpt_entity_find_field (entity, "due_at"), &at);
  set_text (transaction, task->task, "status", "to_do");
  set_text (transaction, task->task, "plan_state", "planned");
  set_text (transaction, task->task, "plan_mark", mark);

  return transaction;
}

static gboolean
plan_again (CptDatabase  *database,
            gpointer      data,
            GError      **error)
{
  Turn *turn = data;
  g_autoptr(CptRecord) record = load_task (database, turn->id, error);
  g_autoptr(CptPlanWork) work = NULL;
  g_autoptr(CptTransaction) transaction = NULL;
  const CptPlanTask *task;
  CptPlanned next;

  if (record == NULL)
    return FALSE;
  work = cpt_plan_work_open (database, &cpt_record_get_named (record, "activity_plan")->id, TRUE, error);
  if (work == NULL || !cpt_plan_work_read_tasks (work, NULL, error))
    return FALSE;

  task = find_task (work, turn->id);
  if (task == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("This task belongs to no plan."));
      return FALSE;
    }
  if (!find_next_place (work, task, &next, error))
    return FALSE;
  turn->at = next.instant;
  transaction = create_again (task, &next);

  return cpt_database_commit (database, transaction, NULL, NULL, error);
}

gboolean
cpt_plan_again (CptDatabase    *database,
                const CptUuid  *task,
                gint64         *at,
                GError        **error)
{
  Turn turn = { task, 0 };

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (task != NULL, FALSE);

  if (!cpt_database_transact (database, plan_again, &turn, error))
    return FALSE;
  if (at != NULL)
    *at = turn.at;

  return TRUE;
}

/* ------------------------------------------------------------------ as time goes */

/* Microseconds after which it is too late */
static gint64
get_patience (const CptRecord *plan)
{
  const char *action = cpt_record_get_text (plan, "kind");
  gint64 seconds = cpt_record_get_integer (plan, "expires_after");

  if (seconds <= 0 && g_strcmp0 (action, "call") == 0)
    seconds = 2 * HOUR;
  else if (seconds <= 0)
    seconds = g_strcmp0 (action, "meeting") == 0 ? DAY : 3 * DAY;

  return seconds * G_USEC_PER_SEC;
}

static gboolean
is_stopped (CptPlanWork   *work,
            const CptUuid *id)
{
  g_autoptr(CptRecord) subject = NULL;

  if (work->stop == NULL || cpt_uuid_is_nil (id))
    return FALSE;
  subject = cpt_database_load (work->database, work->entity, id, NULL);

  return subject != NULL && cpt_filter_matches (work->stop, work->database, subject);
}

static void
tend_planned (CptPlanWork    *work,
              CptTransaction *transaction,
              CptPlanTending *tending)
{
  gint64 patience = get_patience (work->record);

  for (guint i = 0; i < work->existing->len; i++)
    {
      const CptPlanTask *task = g_ptr_array_index (work->existing, i);

      gint64 end = cpt_record_get_integer (task->task, "due_at") + patience;
      gboolean is_over = is_stopped (work, &task->mark.subject);

      if (!is_over && end > work->now)
        {
          tending->next_due = MIN (tending->next_due, end);
          continue;
        }
      cpt_transaction_expect (transaction, work->tasks, &task->task->id, task->task->sequence);
      set_text (transaction, task->task, "plan_state", is_over ? "cancelled" : "expired");
      tending->n_cancelled += is_over;
      tending->n_expired += !is_over;
    }
}

static gboolean
drop_executed (CptPlanWork     *work,
               CptTransaction  *transaction,
               CptPlanTending  *tending,
               GError         **error)
{
  gint64 days = cpt_record_get_integer (work->record, "keep_days");

  if (days <= 0)
    return TRUE;
  g_clear_pointer (&work->existing, g_ptr_array_unref);
  if (!cpt_plan_work_read_tasks (work, "executed", error))
    return FALSE;

  for (guint i = 0; i < work->existing->len; i++)
    {
      const CptPlanTask *task = g_ptr_array_index (work->existing, i);
      gint64 done = cpt_record_get_integer (task->task, "completed_at");

      if (done == 0 || done + days * DAY * G_USEC_PER_SEC >= work->now)
        continue;
      cpt_transaction_expect (transaction, work->tasks, &task->task->id, task->task->sequence);
      cpt_transaction_delete (transaction, work->tasks, &task->task->id);
      tending->n_dropped++;
    }

  return TRUE;
}

static gboolean
tend (CptDatabase     *database,
      const CptUuid   *plan,
      gint64           now,
      CptPlanTending  *tending,
      GError         **error)
{
  g_autoptr(CptPlanWork) work = cpt_plan_work_open (database, plan, FALSE, error);
  g_autoptr(CptTransaction) transaction = NULL;
  g_autoptr(GError) local_error = NULL;
  g_autofree char *label = NULL;
  CptPlanTending one = { .next_due = tending->next_due };

  if (work == NULL || !cpt_plan_work_read_tasks (work, "planned", error))
    return FALSE;
  work->now = now;

  /* Translators: in the list of what was done; %s is the name of a plan */
  label = g_strdup_printf (_("What is over in “%s”"), cpt_record_get_text (work->record, "name"));
  transaction = cpt_transaction_new (CPT_ORIGIN_WORKFLOW, label);
  tend_planned (work, transaction, &one);
  if (!drop_executed (work, transaction, &one, error))
    return FALSE;

  tending->next_due = one.next_due;
  if (cpt_transaction_is_empty (transaction))
    return TRUE;
  if (!cpt_database_commit (database, transaction, NULL, NULL, &local_error))
    {
      if (g_error_matches (local_error, CPT_ERROR, CPT_ERROR_CONFLICT))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  tending->n_expired += one.n_expired;
  tending->n_cancelled += one.n_cancelled;
  tending->n_dropped += one.n_dropped;

  return TRUE;
}

gboolean
cpt_plan_tend (CptDatabase     *database,
               gint64           now,
               CptPlanTending  *tending,
               GError         **error)
{
  CptPlanTending ignored;
  CptSchema *schema;
  g_autoptr(CptQuery) query = NULL;
  g_autoptr(GPtrArray) plans = NULL;

  g_return_val_if_fail (database != NULL, FALSE);

  if (tending == NULL)
    tending = &ignored;
  *tending = (CptPlanTending){ .next_due = G_MAXINT64 };
  schema = cpt_database_get_schema (database);
  query = cpt_query_new (schema, cpt_schema_find_entity (schema, CPT_PLAN_ENTITY));
  plans = cpt_query_load_records (query, database, 0, error);
  if (plans == NULL)
    return FALSE;

  for (guint i = 0; i < plans->len; i++)
    {
      const CptRecord *plan = g_ptr_array_index (plans, i);

      if (!tend (database, &plan->id, now, tending, error))
        return FALSE;
    }

  return TRUE;
}

/* ---------------------------------------------------------------------- counting */

gboolean
cpt_plan_count (CptDatabase    *database,
                const CptUuid  *plan,
                CptPlanCounts  *counts,
                GError        **error)
{
  g_autoptr(CptPlanWork) work = NULL;
  g_autoptr(GHashTable) treated = g_hash_table_new (cpt_uuid_hash, cpt_uuid_equal);

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (plan != NULL, FALSE);
  g_return_val_if_fail (counts != NULL, FALSE);

  *counts = (CptPlanCounts){ 0 };
  work = cpt_plan_work_open (database, plan, FALSE, error);
  if (work == NULL || !cpt_plan_work_read_tasks (work, NULL, error))
    return FALSE;

  for (guint i = 0; i < work->existing->len; i++)
    {
      CptPlanTask *task = g_ptr_array_index (work->existing, i);
      const char *state = cpt_record_get_text (task->task, "plan_state");

      counts->n_failed += g_strcmp0 (state, "failed") == 0;
      counts->n_cancelled += g_strcmp0 (state, "cancelled") == 0;
      counts->n_expired += g_strcmp0 (state, "expired") == 0;
      if (g_strcmp0 (state, "planned") == 0)
        {
          counts->n_planned++;
          counts->n_late += cpt_record_get_integer (task->task, "due_at") <= work->now;
        }
      if (g_strcmp0 (state, "executed") == 0)
        {
          counts->n_executed++;
          if (!cpt_uuid_is_nil (&task->mark.subject))
            g_hash_table_add (treated, &task->mark.subject);
        }
    }
  counts->n_treated = g_hash_table_size (treated);

  return TRUE;
}
