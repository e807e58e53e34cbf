/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lets workflows rest, and go on: what stands still meanwhile, and what becomes of what was due. */

#include "config.h"

#include "cpt-workflow-pause.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-automation-private.h"
#include "cpt-automation-visit-private.h"
#include "cpt-automation-waiter-private.h"
#include "cpt-enrolment-hold.h"
#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-transaction.h"
#include "cpt-workflow-record.h"

/* Of a place that is not to go on now, though it could: what really waits for a person has a sentence */
#define ASIDE "\001"

typedef struct
{
  CptDatabase *database;
  const CptUuid *workflow;
  CptAutomationVersions *versions;
  const char *name;
  gint64 now;
  gint64 delay; /* for how long time stood still */
  CptOverduePolicy policy;
  gint64 spread;
  GArray *overdue;    /* (element-type Place) */
  GHashTable *counts; /* (nullable): "version node" -> CptOverdue */
  guint next;         /* of @overdue */
} Resuming;

/* Where somebody stands whose time is over */
typedef struct
{
  gint64 row;
  guint index;
  gint64 due;
} Place;

/* ------------------------------------------------------------- standing still */

/* How long is left, not until when: of what waits for some time. A date is a date. */
static gboolean
is_relative (const CptToken    *token,
             const CptWorkflow *drawing)
{
  const CptWorkflowNode *node = drawing != NULL ? cpt_workflow_find_node (drawing, token->node) : NULL;

  return token->state == CPT_TOKEN_EVENT ||
         (token->state == CPT_TOKEN_TIMER && (node == NULL || g_strcmp0 (node->kind_name, "wait") == 0));
}

static gboolean
shift (CptRun            *run,
       const CptWorkflow *drawing,
       gint64             delay)
{
  gboolean is_changed = FALSE;

  for (guint i = 0; i < run->tokens->len && delay > 0; i++)
    {
      CptToken *token = g_ptr_array_index (run->tokens, i);
      gboolean is_waiting = is_relative (token, drawing) && token->due < G_MAXINT64 - delay;

      if (is_waiting)
        token->due += delay;
      if (token->since != 0 && (is_waiting || token->state == CPT_TOKEN_READY))
        token->since += delay;
      is_changed |= is_waiting || token->state == CPT_TOKEN_READY;
    }

  return is_changed;
}

static gboolean
thaw (gpointer            data,
      CptEnrolment       *enrolment,
      const CptWorkflow  *drawing,
      CptRun             *run,
      GError            **error)
{
  const Resuming *self = data;

  if (run == NULL || !shift (run, drawing, self->delay))
    return TRUE;
  cpt_automation_write_down (enrolment, run, self->now);

  return cpt_enrolment_save (self->database, enrolment, error);
}

/* A clock that went back gives nobody less time. */
static gboolean
end_hold (CptDatabase             *database,
          const CptEnrolmentHold  *hold,
          gint64                   now,
          GError                 **error)
{
  g_autoptr(CptAutomationVersions) versions = cpt_automation_versions_new (database, &hold->workflow);
  Resuming self = { .database = database, .versions = versions, .now = now, .delay = MAX (now - hold->since, 0) };

  return cpt_automation_visit_open (versions, thaw, &self, error) &&
         cpt_enrolment_set_hold (database, &hold->workflow, CPT_ENROLMENT_NEVER, error);
}

typedef struct
{
  const CptUuid *workflow; /* (nullable): only of this one */
  gint64 now;
} Keeping;

static gboolean
is_meant (const Keeping          *self,
          const CptEnrolmentHold *hold)
{
  return self->workflow == NULL || cpt_uuid_equal (self->workflow, &hold->workflow);
}

static gboolean
keep_holds (CptDatabase  *database,
            gpointer      data,
            GError      **error)
{
  const Keeping *self = data;
  g_autoptr(GArray) begun = cpt_enrolment_list_holds (database, FALSE, error);
  g_autoptr(GArray) ended = begun != NULL ? cpt_enrolment_list_holds (database, TRUE, error) : NULL;

  if (ended == NULL)
    return FALSE;
  for (guint i = 0; i < begun->len; i++)
    {
      const CptEnrolmentHold *hold = &g_array_index (begun, CptEnrolmentHold, i);

      if (is_meant (self, hold) && !cpt_enrolment_set_hold (database, &hold->workflow, self->now, error))
        return FALSE;
    }
  for (guint i = 0; i < ended->len; i++)
    {
      const CptEnrolmentHold *hold = &g_array_index (ended, CptEnrolmentHold, i);

      if (is_meant (self, hold) && !end_hold (database, hold, self->now, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
cpt_workflow_keep_holds (CptDatabase  *database,
                         gint64        now,
                         GError      **error)
{
  g_autoptr(GArray) begun = NULL;
  g_autoptr(GArray) ended = NULL;
  Keeping keeping = { NULL, now };

  g_return_val_if_fail (database != NULL, FALSE);

  /* Who finds nothing to do locks nobody out. */
  begun = cpt_enrolment_list_holds (database, FALSE, error);
  ended = begun != NULL ? cpt_enrolment_list_holds (database, TRUE, error) : NULL;
  if (ended == NULL)
    return FALSE;

  return begun->len + ended->len == 0 || cpt_database_transact (database, keep_holds, &keeping, error);
}

/* --------------------------------------------------------------------- pausing */

static void
set_text (CptTransaction  *transaction,
          const CptRecord *record,
          const char      *field,
          const char      *text)
{
  const CptEntity *entity = cpt_record_get_entity (record);
  g_auto(CptValue) value = CPT_VALUE_INIT;

  if (text != NULL)
    cpt_value_set_text (&value, text);
  cpt_transaction_set (transaction, entity, &record->id, cpt_entity_find_field (entity, field), &value);
}

static CptRecord *
load_workflow (CptDatabase    *database,
               const CptUuid  *workflow,
               GError        **error)
{
  CptSchema *schema = cpt_database_get_schema (database);

  return cpt_database_load (database, cpt_schema_find_entity (schema, CPT_WORKFLOW_ENTITY), workflow, error);
}

typedef struct
{
  const CptUuid *workflow;
  CptPausePolicy policy;
  const char *reason;
  gint64 now;
} Pausing;

static gboolean
pause_one (CptDatabase  *database,
           gpointer      data,
           GError      **error)
{
  Pausing *self = data;
  g_autoptr(CptRecord) record = load_workflow (database, self->workflow, error);
  g_autoptr(CptTransaction) transaction = NULL;
  g_autofree char *label = NULL;
  gboolean drains = self->policy == CPT_PAUSE_DRAIN;
  Keeping keeping = { self->workflow, self->now };

  if (record == NULL)
    return FALSE;
  if (cpt_record_get_integer (record, "version") < 1)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("This workflow was never published. Publish it first."));
      return FALSE;
    }

  /* Translators: in the list of what was done; %s is the name of a workflow */
  label = g_strdup_printf (_("Pause “%s”"), cpt_record_get_text (record, "name"));
  transaction = cpt_transaction_new (CPT_ORIGIN_FORM, label);
  set_text (transaction, record, "state", drains ? "draining" : "paused");
  set_text (transaction, record, "pause", drains ? NULL : self->policy == CPT_PAUSE_HOLD ? "hold"
                                                                                         : "hold_absolute");
  set_text (transaction, record, "pause_reason", self->reason);

  return cpt_database_commit (database, transaction, NULL, NULL, error) && keep_holds (database, &keeping, error);
}

gboolean
cpt_workflow_pause (CptDatabase     *database,
                    const CptUuid   *workflow,
                    CptPausePolicy   policy,
                    const char      *reason,
                    gint64           now,
                    GError         **error)
{
  Pausing pausing = { workflow, policy, reason, now };

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (workflow != NULL, FALSE);

  return cpt_database_transact (database, pause_one, &pausing, error);
}

/* --------------------------------------------------------------------- overdue */

void
cpt_overdue_free (CptOverdue *self)
{
  if (self == NULL)
    return;

  g_free (self->node);
  g_free (self);
}

static gboolean
is_overdue (const CptToken *token,
            gint64          now)
{
  return (token->state == CPT_TOKEN_TIMER || token->state == CPT_TOKEN_EVENT) && token->due <= now;
}

static gboolean
count_one (gpointer            data,
           CptEnrolment       *enrolment,
           const CptWorkflow  *drawing,
           CptRun             *run,
           GError            **error)
{
  Resuming *self = data;

  if (run == NULL)
    return TRUE;
  shift (run, drawing, self->delay);
  for (guint i = 0; i < run->tokens->len; i++)
    {
      const CptToken *token = g_ptr_array_index (run->tokens, i);
      g_autofree char *key = g_strdup_printf ("%u %s", enrolment->version, token->node);
      CptOverdue *overdue = g_hash_table_lookup (self->counts, key);

      if (token->state != CPT_TOKEN_READY && !is_overdue (token, self->now))
        continue;
      if (overdue == NULL)
        {
          overdue = g_new0 (CptOverdue, 1);
          overdue->version = enrolment->version;
          overdue->node = g_strdup (token->node);
          g_hash_table_insert (self->counts, g_steal_pointer (&key), overdue);
        }
      overdue->n_runs++;
    }

  return TRUE;
}

static int
compare_overdue (gconstpointer a,
                 gconstpointer b)
{
  const CptOverdue *first = *(const CptOverdue *const *) a;
  const CptOverdue *second = *(const CptOverdue *const *) b;

  if (first->n_runs != second->n_runs)
    return first->n_runs > second->n_runs ? -1 : 1;
  if (first->version != second->version)
    return first->version < second->version ? -1 : 1;

  return strcmp (first->node, second->node);
}

GPtrArray *
cpt_workflow_list_overdue (CptDatabase    *database,
                           const CptUuid  *workflow,
                           gint64          now,
                           GError        **error)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_overdue_free);
  g_autoptr(CptAutomationVersions) versions = NULL;
  g_autoptr(GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Resuming self = { .database = database, .now = now, .counts = counts };
  GHashTableIter iter;
  gpointer value;
  gint64 since;
  gboolean done;

  g_return_val_if_fail (database != NULL, NULL);
  g_return_val_if_fail (workflow != NULL, NULL);

  if (!cpt_enrolment_find_hold (database, workflow, &since, error))
    return NULL;
  if (since != CPT_ENROLMENT_NEVER)
    self.delay = MAX (now - since, 0);
  versions = cpt_automation_versions_new (database, workflow);
  done = cpt_automation_visit_open (versions, count_one, &self, error);
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (list, value);
  g_ptr_array_sort (list, compare_overdue);

  return done ? g_steal_pointer (&list) : NULL;
}

/* -------------------------------------------------------------------- left out */

static gboolean
leave_out (gpointer                data,
           const CptWorkflowNode  *node,
           guint                   visit,
           gboolean               *is_done,
           GError                **error)
{
  *is_done = TRUE;

  return TRUE;
}

/* Those that could go on, but are not overdue, stay where they are: @is_aside, and come back */
static void
set_aside (CptRun   *run,
           gboolean  is_aside)
{
  for (guint i = 0; i < run->tokens->len; i++)
    {
      CptToken *token = g_ptr_array_index (run->tokens, i);

      if (is_aside && token->state == CPT_TOKEN_READY)
        {
          token->state = CPT_TOKEN_PARKED;
          g_free (token->reason);
          token->reason = g_strdup (ASIDE);
        }
      else if (!is_aside && token->state == CPT_TOKEN_PARKED && g_strcmp0 (token->reason, ASIDE) == 0)
        {
          token->state = CPT_TOKEN_READY;
          g_clear_pointer (&token->reason, g_free);
        }
    }
}

static gboolean
tell_left_out (Resuming            *self,
               const CptEnrolment  *enrolment,
               const CptWorkflow   *drawing,
               const CptRun        *run,
               GError             **error)
{
  for (guint i = 0; i < run->passed->len; i++)
    {
      const CptRunStep *passed = g_ptr_array_index (run->passed, i);
      const CptWorkflowNode *node = cpt_workflow_find_node (drawing, passed->node);
      gboolean is_act = node != NULL && node->kind != NULL && node->kind->group == CPT_WORKFLOW_DO;
      const char *what = passed->exit != NULL ? "exit" : passed->outcome == NULL ? "ended"
                                                       : is_act                  ? "skipped"
                                                                                 : "left";
      CptEnrolmentStep step = { self->now, passed->node, passed->visit, (char *) what,
                                passed->exit != NULL ? passed->exit : passed->outcome, 0 };

      if (!cpt_enrolment_add_step (self->database, enrolment->row, &step, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
skip_one (gpointer            data,
          CptEnrolment       *enrolment,
          const CptWorkflow  *drawing,
          CptRun             *run,
          GError            **error)
{
  Resuming *self = data;
  CptAutomationWorld world = { .database = self->database, .enrolment = enrolment, .name = self->name, .now = self->now };
  g_autoptr(GHashTable) before = NULL;
  g_autoptr(GHashTable) after = NULL;
  CptRunWorld asked;
  guint n_overdue = 0;

  for (guint i = 0; run != NULL && i < run->tokens->len; i++)
    n_overdue += is_overdue (g_ptr_array_index (run->tokens, i), self->now) ? 1 : 0;
  self->next += n_overdue;
  world.entity = cpt_schema_find_entity (cpt_database_get_schema (self->database), enrolment->entity);
  if (n_overdue == 0 || drawing == NULL || world.entity == NULL)
    return TRUE;

  before = cpt_automation_list_waiting (run, drawing);
  set_aside (run, TRUE);
  cpt_automation_world_open (&world, &asked);
  asked.act = leave_out;
  asked.count = NULL;
  cpt_run_advance (run, drawing, &asked, self->now);
  cpt_automation_world_clear (&world);
  set_aside (run, FALSE);
  cpt_automation_write_down (enrolment, run, self->now);
  after = cpt_automation_list_waiting (run, drawing);

  return tell_left_out (self, enrolment, drawing, run, error) && cpt_enrolment_save (self->database, enrolment, error) &&
         cpt_automation_keep_waiting (self->database, enrolment, before, after, error);
}

/* ---------------------------------------------------------------------- spread */

static gboolean
collect_one (gpointer            data,
             CptEnrolment       *enrolment,
             const CptWorkflow  *drawing,
             CptRun             *run,
             GError            **error)
{
  Resuming *self = data;

  for (guint i = 0; run != NULL && i < run->tokens->len; i++)
    {
      const CptToken *token = g_ptr_array_index (run->tokens, i);
      Place place = { enrolment->row, i, token->due };

      if (is_overdue (token, self->now))
        g_array_append_val (self->overdue, place);
    }

  return TRUE;
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const Place *first = a;
  const Place *second = b;

  if (first->row != second->row)
    return first->row < second->row ? -1 : 1;

  return first->index < second->index ? -1 : first->index > second->index;
}

static int
compare_dues (gconstpointer a,
              gconstpointer b)
{
  const Place *first = a;
  const Place *second = b;

  return first->due != second->due ? (first->due < second->due ? -1 : 1) : compare_rows (a, b);
}

static gboolean
space_one (gpointer            data,
           CptEnrolment       *enrolment,
           const CptWorkflow  *drawing,
           CptRun             *run,
           GError            **error)
{
  Resuming *self = data;
  gboolean is_changed = FALSE;

  for (; self->next < self->overdue->len; self->next++)
    {
      const Place *place = &g_array_index (self->overdue, Place, self->next);

      if (place->row != enrolment->row)
        break;
      ((CptToken *) g_ptr_array_index (run->tokens, place->index))->due = place->due;
      is_changed = TRUE;
    }
  if (!is_changed)
    return TRUE;
  cpt_automation_write_down (enrolment, run, self->now);

  return cpt_enrolment_save (self->database, enrolment, error);
}

/* What was due first goes first, and the last one when the time is over: the same on each device */
static gboolean
space (Resuming  *self,
       GError   **error)
{
  if (!cpt_automation_visit_open (self->versions, collect_one, self, error))
    return FALSE;

  g_array_sort (self->overdue, compare_dues);
  for (guint i = 0; i < self->overdue->len; i++)
    g_array_index (self->overdue, Place, i).due =
      self->now + (gint64) ((double) self->spread * i / MAX (self->overdue->len - 1, 1));
  g_array_sort (self->overdue, compare_rows);

  return cpt_automation_visit_open (self->versions, space_one, self, error);
}

/* -------------------------------------------------------------------- going on */

static gboolean
activate (Resuming         *self,
          const CptRecord  *record,
          GError          **error)
{
  const char *state = cpt_record_get_text (record, "state");
  Keeping keeping = { self->workflow, self->now };
  g_autoptr(CptTransaction) transaction = NULL;
  g_autofree char *label = NULL;

  if (g_strcmp0 (state, "paused") != 0 && g_strcmp0 (state, "draining") != 0)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("“%s” does not rest. Only a workflow that was paused can go on."),
                   cpt_record_get_text (record, "name"));
      return FALSE;
    }

  /* Translators: in the list of what was done; %s is the name of a workflow */
  label = g_strdup_printf (_("Let “%s” go on"), cpt_record_get_text (record, "name"));
  transaction = cpt_transaction_new (CPT_ORIGIN_FORM, label);
  set_text (transaction, record, "state", "active");
  set_text (transaction, record, "pause", NULL);
  set_text (transaction, record, "pause_reason", NULL);

  return cpt_database_commit (self->database, transaction, NULL, NULL, error) && keep_holds (self->database, &keeping, error);
}

static gboolean
resume (CptDatabase  *database,
        gpointer      data,
        GError      **error)
{
  Resuming *self = data;
  g_autoptr(CptRecord) record = load_workflow (database, self->workflow, error);

  if (record == NULL || !activate (self, record, error))
    return FALSE;
  self->name = cpt_record_get_text (record, "name");

  switch (self->policy)
    {
    case CPT_OVERDUE_ONCE:
      return cpt_automation_visit_open (self->versions, collect_one, self, error);
    case CPT_OVERDUE_SKIP:
      return cpt_automation_visit_open (self->versions, skip_one, self, error);
    case CPT_OVERDUE_SPACE:
      return space (self, error);
    }

  return TRUE;
}

gboolean
cpt_workflow_resume (CptDatabase       *database,
                     const CptUuid     *workflow,
                     CptOverduePolicy   policy,
                     gint64             spread,
                     gint64             now,
                     guint             *n_overdue,
                     GError           **error)
{
  g_autoptr(CptAutomationVersions) versions = NULL;
  g_autoptr(GArray) overdue = g_array_new (FALSE, FALSE, sizeof (Place));
  Resuming self = { .database = database, .workflow = workflow, .now = now, .policy = policy, .overdue = overdue };

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (workflow != NULL, FALSE);
  g_return_val_if_fail (spread >= 0, FALSE);

  versions = cpt_automation_versions_new (database, workflow);
  self.versions = versions;
  self.spread = spread;
  if (!cpt_database_transact (database, resume, &self, error))
    return FALSE;
  if (n_overdue != NULL)
    *n_overdue = policy == CPT_OVERDUE_SKIP ? self.next : overdue->len;

  return TRUE;
}
