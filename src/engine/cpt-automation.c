/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lets runs begin and go on: who is due is read, goes as far as it can, and is written back,
 * together with what it did, in one SQL transaction for each batch. */

#include "config.h"

#include "cpt-automation.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-automation-breaker-private.h"
#include "cpt-automation-clock-private.h"
#include "cpt-automation-lease.h"
#include "cpt-automation-private.h"
#include "cpt-automation-start-private.h"
#include "cpt-automation-waiter-private.h"
#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-workflow-pause.h"
#include "cpt-workflow-record.h"

/* How many go on before others may write */
#define BATCH 500

/* ------------------------------------------------------------------- versions */

typedef struct
{
  CptWorkflow *workflow; /* (owned) */
  char *name;
} Version;

static void
version_free (gpointer data)
{
  Version *self = data;

  cpt_workflow_free (self->workflow);
  g_free (self->name);
  g_free (self);
}

/* How the runs of a workflow did in this batch */
typedef struct
{
  CptUuid workflow;
  guint n_well; /* that was not counted yet */
  gboolean is_stopped;
} Tally;

typedef struct
{
  CptDatabase *database;
  gint64 now;
  CptAutomationReport *report;
  GHashTable *versions; /* of this batch: text of id and number -> Version */
  GHashTable *tallies;  /* of this batch: text of the id of a workflow -> Tally */
  const char *holder;   /* this device */
  gint64 fence;         /* of the lease that it has; 0: none yet */
  char *why;            /* (owned) (nullable): why the last one waits for a person */
  GHashTable *stopped;  /* of this batch: rows of those that a step of another one has ended */
  guint n_due;
} Tick;

static Version *
load_version (Tick                *self,
              const CptEnrolment  *enrolment,
              GError             **error)
{
  g_autofree char *id = cpt_uuid_dup_text (&enrolment->workflow);
  g_autofree char *key = g_strdup_printf ("%s %u", id, enrolment->version);
  Version *version = g_hash_table_lookup (self->versions, key);
  g_autoptr(CptRecord) record = NULL;
  g_autoptr(CptWorkflow) workflow = NULL;

  if (version != NULL)
    return version;

  record = cpt_workflow_load_version (self->database, &enrolment->workflow, enrolment->version, error);
  workflow = record != NULL ? cpt_workflow_read (record, error) : NULL;
  if (workflow == NULL)
    return NULL;

  version = g_new0 (Version, 1);
  version->workflow = g_steal_pointer (&workflow);
  version->name = g_strdup (cpt_record_get_text (record, "name"));
  g_hash_table_insert (self->versions, g_steal_pointer (&key), version);

  return version;
}

/* ---------------------------------------------------------------------- steps */

/* What it went through, and where it waits for a person who did not know of it yet */
static gboolean
write_steps (Tick                      *self,
             const CptEnrolment        *enrolment,
             const CptRun              *run,
             GHashTable                *known,
             const CptAutomationWorld  *world,
             GError                   **error)
{
  guint n_acts = world->acts != NULL ? world->acts->len : 0;
  guint next = 0;

  for (guint i = 0; i < run->passed->len; i++)
    {
      const CptRunStep *step = g_ptr_array_index (run->passed, i);
      const CptAutomationAct *act = next < n_acts ? &g_array_index (world->acts, CptAutomationAct, next) : NULL;
      gboolean is_act = act != NULL && act->visit == step->visit && strcmp (act->node, step->node) == 0;

      const char *what = step->exit != NULL ? "exit" : step->outcome != NULL ? "left"
                                                                             : "ended";
      CptEnrolmentStep written = { self->now, step->node, step->visit, (char *) what,
                                   step->exit != NULL ? step->exit : step->outcome, is_act ? act->sequence : 0 };

      next += is_act ? 1 : 0;
      if (!cpt_enrolment_add_step (self->database, enrolment->row, &written, error))
        return FALSE;
    }

  for (guint i = 0; i < run->tokens->len; i++)
    {
      const CptToken *token = g_ptr_array_index (run->tokens, i);
      CptEnrolmentStep written = { self->now, token->node, token->visit, (char *) "parked", token->reason, 0 };

      if (token->state != CPT_TOKEN_PARKED || g_hash_table_contains (known, token->node))
        continue;
      self->report->n_parked++;
      g_free (self->why);
      self->why = g_strdup (token->reason);
      if (!cpt_enrolment_add_step (self->database, enrolment->row, &written, error))
        return FALSE;
    }

  return TRUE;
}

/* (transfer full): the nodes where a person knows already that it waits */
static GHashTable *
list_parked (const CptRun *run)
{
  GHashTable *nodes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < run->tokens->len; i++)
    {
      const CptToken *token = g_ptr_array_index (run->tokens, i);

      if (token->state == CPT_TOKEN_PARKED)
        g_hash_table_add (nodes, g_strdup (token->node));
    }

  return nodes;
}

/* ------------------------------------------------------------------ going on */

void
cpt_automation_write_down (CptEnrolment *enrolment,
                           const CptRun *run,
                           gint64        now)
{
  g_autoptr(JsonNode) root = cpt_run_to_json (run);

  g_free (enrolment->state);
  enrolment->state = cpt_json_format (root);
  g_free (enrolment->label);
  enrolment->label = g_strdup (run->label);
  enrolment->due = cpt_run_get_due (run);
  if (run->tokens->len == 0)
    enrolment->ended = now;
}

/* Nobody can tell where it stands: it waits for a person, and holds up nobody. */
static gboolean
set_aside (Tick          *self,
           CptEnrolment  *enrolment,
           const char    *reason,
           GError       **error)
{
  CptEnrolmentStep written = { self->now, (char *) "", 0, (char *) "parked", (char *) reason, 0 };

  enrolment->due = CPT_ENROLMENT_NEVER;
  self->report->n_parked++;
  g_free (self->why);
  self->why = g_strdup (reason);

  return cpt_enrolment_add_step (self->database, enrolment->row, &written, error) &&
         cpt_enrolment_save (self->database, enrolment, error);
}

static CptRun *
read_run (const CptEnrolment  *enrolment,
          GError             **error)
{
  g_autoptr(JsonNode) root = cpt_json_parse (enrolment->state, -1, error);

  return root != NULL ? cpt_run_parse (root, error) : NULL;
}

static void
add_begun (CptAutomationReport      *report,
           const CptAutomationBegun *begun)
{
  report->n_begun += begun->n_begun;
  report->n_parked += begun->n_parked;
  report->n_ended += begun->n_ended;
}

static gboolean
advance (Tick           *self,
         CptEnrolment   *enrolment,
         const Version  *version,
         CptRun         *run,
         GError        **error)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  CptAutomationWorld world = {
    .database = self->database,
    .enrolment = enrolment,
    .name = version->name,
    .now = self->now,
    .stopped = self->stopped,
  };
  g_autoptr(GHashTable) parked = list_parked (run);
  g_autoptr(GHashTable) waiting = cpt_automation_list_waiting (run, version->workflow);
  g_autoptr(GHashTable) is_waiting = NULL;
  CptRunWorld asked;
  gboolean done;

  world.entity = cpt_schema_find_entity (schema, enrolment->entity);
  if (world.entity == NULL)
    return set_aside (self, enrolment, _("The records that this is about are not there any more. Choose others."), error);

  cpt_automation_world_open (&world, &asked);
  self->report->n_steps += cpt_run_advance (run, version->workflow, &asked, self->now);
  done = world.failure == NULL;
  if (!done)
    g_propagate_error (error, g_steal_pointer (&world.failure));
  cpt_automation_write_down (enrolment, run, self->now);
  is_waiting = cpt_automation_list_waiting (run, version->workflow);
  done = done && write_steps (self, enrolment, run, parked, &world, error) &&
         cpt_enrolment_save (self->database, enrolment, error) &&
         cpt_automation_keep_waiting (self->database, enrolment, waiting, is_waiting, error);
  self->report->n_ended += enrolment->ended != CPT_ENROLMENT_NEVER ? 1 : 0;
  add_begun (self->report, &world.begun);
  cpt_automation_world_clear (&world);

  return done;
}

static gboolean
go_on (Tick          *self,
       CptEnrolment  *enrolment,
       GError       **error)
{
  g_autoptr(GError) local_error = NULL;
  const Version *version = load_version (self, enrolment, &local_error);
  g_autoptr(CptRun) run = version != NULL ? read_run (enrolment, &local_error) : NULL;

  self->report->n_enrolments++;
  if (run == NULL)
    return set_aside (self, enrolment, local_error->message, error);

  return advance (self, enrolment, version, run, error);
}

static Tally *
get_tally (Tick               *self,
           const CptEnrolment *enrolment)
{
  g_autofree char *key = cpt_uuid_dup_text (&enrolment->workflow);
  Tally *tally = g_hash_table_lookup (self->tallies, key);

  if (tally != NULL)
    return tally;

  tally = g_new0 (Tally, 1);
  tally->workflow = enrolment->workflow;
  g_hash_table_insert (self->tallies, g_steal_pointer (&key), tally);

  return tally;
}

static gboolean
count (Tick    *self,
       Tally   *tally,
       guint    n_failed,
       GError **error)
{
  const CptBreakerCount added = { tally->n_well, n_failed, self->why };

  tally->n_well = 0;

  return cpt_automation_breaker_add (self->database, &tally->workflow, &added, self->now, &tally->is_stopped, error);
}

/* A workflow that was stopped in this batch stands still at once. */
static gboolean
go_on_counted (Tick          *self,
               CptEnrolment  *enrolment,
               GError       **error)
{
  Tally *tally = get_tally (self, enrolment);
  guint64 n_parked = self->report->n_parked;

  if (tally->is_stopped)
    return TRUE;
  if (!go_on (self, enrolment, error))
    return FALSE;
  if (self->report->n_parked > n_parked)
    return count (self, tally, 1, error);
  tally->n_well++;

  return TRUE;
}

static gboolean
count_rest (Tick    *self,
            GError **error)
{
  GHashTableIter iter;
  gpointer tally;

  g_hash_table_iter_init (&iter, self->tallies);
  while (g_hash_table_iter_next (&iter, NULL, &tally))
    if (((Tally *) tally)->n_well > 0 && !count (self, tally, 0, error))
      return FALSE;

  return TRUE;
}

static gboolean
run_batch (CptDatabase  *database,
           gpointer      data,
           GError      **error)
{
  Tick *self = data;
  g_autoptr(GPtrArray) due = NULL;

  if (!cpt_automation_lease_keep (database, self->holder, &self->fence, error))
    return FALSE;
  due = cpt_enrolment_list_due (database, self->now, BATCH, error);
  if (due == NULL)
    return FALSE;

  self->n_due = due->len;
  g_hash_table_remove_all (self->versions);
  g_hash_table_remove_all (self->tallies);
  g_hash_table_remove_all (self->stopped);
  for (guint i = 0; i < due->len; i++)
    if (!g_hash_table_contains (self->stopped, &((CptEnrolment *) g_ptr_array_index (due, i))->row) &&
        !go_on_counted (self, g_ptr_array_index (due, i), error))
      return FALSE;

  return count_rest (self, error);
}

/* What happened comes first: it may have begun, or ended, what is due. */
static gboolean
listen (Tick          *self,
        GCancellable  *cancellable,
        GError       **error)
{
  CptAutomationBegun begun = { 0 };
  gboolean done = cpt_workflow_keep_holds (self->database, self->now, error) &&
                  cpt_automation_follow_log (self->database, self->now, &begun, cancellable, error) &&
                  cpt_automation_run_timers (self->database, self->now, &begun, cancellable, error);

  add_begun (self->report, &begun);

  return done;
}

static gboolean
run_all (Tick          *self,
         GCancellable  *cancellable,
         GError       **error)
{
  do
    {
      gint64 next = CPT_ENROLMENT_NEVER;
      gint64 next_start = CPT_ENROLMENT_NEVER;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !listen (self, cancellable, error))
        return FALSE;
      /* Who finds nothing to do locks nobody out. */
      if (!cpt_enrolment_get_next_due (self->database, &next, error) ||
          !cpt_start_timer_get_next_due (self->database, &next_start, error))
        return FALSE;
      self->report->next_due = MIN (next, next_start);
      if (next > self->now)
        return TRUE;
      if (!cpt_database_transact (self->database, run_batch, self, error))
        return FALSE;
    }
  while (self->n_due > 0);

  return TRUE;
}

gboolean
cpt_automation_tick (CptDatabase          *database,
                     gint64                now,
                     CptAutomationReport  *report,
                     GCancellable         *cancellable,
                     GError              **error)
{
  g_autoptr(GHashTable) versions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, version_free);
  g_autoptr(GHashTable) stopped = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr(GHashTable) tallies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *holder = cpt_automation_dup_holder ();
  Tick tick = { .database = database, .now = now, .report = report, .versions = versions, .stopped = stopped };
  gboolean done;

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (report != NULL, FALSE);

  *report = (CptAutomationReport){ 0 };
  tick.tallies = tallies;
  tick.holder = holder;
  done = run_all (&tick, cancellable, error);
  g_free (tick.why);

  return done;
}
