/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Brings away what is in the outbox: takes on what is due, writes down that it is about to be
 * called, calls, and writes down what that came to. Each is one transaction, so that after a
 * crash anywhere the row says what is known: not begun, or begun and nobody knows. */

#include "config.h"

#include "cpt-delivery.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-automation-breaker-private.h"
#include "cpt-automation-lease.h"
#include "cpt-delivery-private.h"
#include "cpt-enrolment.h"
#include "cpt-error.h"
#include "cpt-json.h"

#define MINUTE (60 * G_USEC_PER_SEC)
/* How many are taken on at once, and how many are called at once */
#define BATCH 64
#define MAX_CALLS 16
/* A call that has not ended by then has no end any more */
#define LEASE (5 * MINUTE)
/* After so many failures in a row an other side is left alone, for longer each time */
#define MAX_FAILURES 5
#define FIRST_REST (5 * MINUTE)
#define LONGEST_REST (360 * (gint64) MINUTE)

typedef struct
{
  CptDatabase *database;
  GPtrArray *connectors;
  CptDeliveryReport *report;
  GCancellable *cancellable;
  char *holder;
  gint64 fence;  /* of the lease that it has; 0: none yet */
  gint64 now;    /* when it began */
  gint64 began;  /* the same, on the clock that nobody sets */
  GQueue leased; /* CptOutboxEntry that this process has taken on */
  guint n_due;   /* of the last batch */
  guint n_calling;
  GError *failure; /* (owned) (nullable): the file can't be written any more */
} Delivery;

typedef struct
{
  Delivery *delivery;
  CptOutboxEntry *entry; /* (owned) */
  CptConnector *connector;
  JsonNode *request; /* (owned) */
  CptConnectorCall call;
  CptConnectorReply *reply; /* (owned) (nullable) */
} Call;

static void
call_free (Call *self)
{
  cpt_outbox_entry_free (self->entry);
  g_clear_pointer (&self->request, json_node_unref);
  cpt_connector_reply_free (self->reply);
  g_free (self);
}

static gint64
get_now (const Delivery *self)
{
  return self->now + (g_get_monotonic_time () - self->began);
}

static CptConnector *
find_connector (const Delivery *self,
                const char     *name)
{
  for (guint i = 0; i < self->connectors->len; i++)
    if (strcmp (cpt_connector_get_name (g_ptr_array_index (self->connectors, i)), name) == 0)
      return g_ptr_array_index (self->connectors, i);

  return NULL;
}

/* (transfer full) (nullable): what is to be done; %NULL when it can't be read */
static JsonNode *
read_request (const CptOutboxEntry *entry)
{
  g_autoptr(JsonNode) root = cpt_json_parse (entry->request, -1, NULL);

  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? g_steal_pointer (&root) : NULL;
}

static void
set_text (char       **place,
          const char  *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

/* ------------------------------------------------------------- what follows */

/* Whether it went well counts for its workflow. What has a way for failures is in order, and where nobody knows it is
 * not the workflow's fault. */
static gboolean
count (Delivery                 *self,
       const CptOutboxEntry     *entry,
       const CptEffectDecision  *decision,
       gboolean                  has_way,
       GError                  **error)
{
  gboolean is_well = decision->state == CPT_EFFECT_DONE;
  gboolean is_failed = decision->state == CPT_EFFECT_FAILED && decision->next == CPT_NEXT_SHOW && !has_way;
  const CptBreakerCount added = { is_well ? 1 : 0, is_failed ? 1 : 0, entry->reason };
  g_autoptr(CptEnrolment) enrolment = NULL;
  gboolean is_stopped;

  if (entry->enrolment == 0 || is_well == is_failed)
    return TRUE;
  enrolment = cpt_enrolment_load (self->database, entry->enrolment, NULL);

  return enrolment == NULL ||
         cpt_automation_breaker_add (self->database, &enrolment->workflow, &added, get_now (self), &is_stopped, error);
}

/* Writes @decision, and tells the run */
static gboolean
apply (Delivery                 *self,
       CptOutboxEntry           *entry,
       const CptEffectDecision  *decision,
       GError                  **error)
{
  gboolean waits = decision->next != CPT_NEXT_NOTHING && decision->next != CPT_NEXT_SHOW;
  gboolean has_way = decision->state == CPT_EFFECT_FAILED && cpt_delivery_has_failure (self->database, entry);
  const char *outcome = decision->state == CPT_EFFECT_DONE ? "next" : has_way ? "failed"
                                                                              : NULL;
  const char *what = outcome != NULL ? "left" : waits ? "tried"
                                                      : cpt_effect_state_get_name (decision->state);
  gint64 now = get_now (self);

  set_text (&entry->state, cpt_effect_state_get_name (decision->state));
  set_text (&entry->next, cpt_effect_next_get_name (outcome != NULL ? CPT_NEXT_NOTHING : decision->next));
  set_text (&entry->holder, NULL);
  entry->due = waits ? decision->not_before : CPT_OUTBOX_NEVER;
  entry->settled = waits ? CPT_OUTBOX_NEVER : now;

  self->report->n_done += decision->state == CPT_EFFECT_DONE ? 1 : 0;
  self->report->n_failed += decision->state == CPT_EFFECT_FAILED ? 1 : 0;
  self->report->n_unknown += decision->state == CPT_EFFECT_UNKNOWN && !waits ? 1 : 0;
  self->report->n_again += waits ? 1 : 0;

  return cpt_outbox_save (self->database, entry, error) && count (self, entry, decision, has_way, error) &&
         cpt_delivery_go_on (self->database, entry, outcome, what, outcome != NULL ? outcome : entry->reason, now, error);
}

static CptEffectDecision
decide (Delivery                *self,
        const CptOutboxEntry    *entry,
        CptConnector            *connector,
        const CptConnectorReply *reply)
{
  g_autoptr(JsonNode) request = read_request (entry);
  CptEffectCall call = { entry->key, MAX (entry->attempt, 1), entry->first_call, get_now (self), reply->retry_after };
  CptEffectRules rules;

  cpt_effect_rules_init (&rules);
  if (request != NULL)
    cpt_connector_get_rules (connector, json_node_get_object (request), &rules);

  return cpt_effect_decide (&rules, &call, reply->answer);
}

/* One that nobody here can do, now or ever: a person decides */
static gboolean
give_up (Delivery        *self,
         CptOutboxEntry  *entry,
         CptEffectState   state,
         const char      *reason,
         GError         **error)
{
  const CptEffectDecision decision = { state, CPT_NEXT_SHOW, get_now (self) };

  set_text (&entry->reason, reason);

  return apply (self, entry, &decision, error);
}

/* ---------------------------------------------------------------- taking on */

static gboolean
lease (Delivery        *self,
       CptOutboxEntry  *entry,
       GError         **error)
{
  if (strcmp (entry->next, cpt_effect_next_get_name (CPT_NEXT_ASK)) != 0)
    set_text (&entry->state, cpt_effect_state_get_name (CPT_EFFECT_LEASED));
  set_text (&entry->holder, self->holder);
  entry->due = get_now (self) + LEASE;
  if (!cpt_outbox_save (self->database, entry, error))
    return FALSE;
  g_queue_push_tail (&self->leased, cpt_outbox_load (self->database, entry->row, NULL));

  return TRUE;
}

/* A call without an end: by a process that died, or on a machine that did not come back */
static gboolean
give_up_waiting (Delivery        *self,
                 CptOutboxEntry  *entry,
                 CptConnector    *connector,
                 GError         **error)
{
  const CptConnectorReply lost = { .answer = CPT_ANSWER_LOST };
  CptEffectDecision decision = decide (self, entry, connector, &lost);

  set_text (&entry->reason, _("Comptoir was ended while this was under way. Look at the other side whether it was done."));

  return apply (self, entry, &decision, error);
}

static gboolean
take_on (Delivery        *self,
         CptOutboxEntry  *entry,
         GError         **error)
{
  CptConnector *connector = find_connector (self, entry->connector);
  CptEffectState state = cpt_effect_state_find (entry->state);
  gboolean is_begun = state == CPT_EFFECT_CALLING || state == CPT_EFFECT_UNKNOWN;

  if (connector == NULL)
    return give_up (self, entry, is_begun ? CPT_EFFECT_UNKNOWN : CPT_EFFECT_FAILED,
                    _("This version of Comptoir can't do this. Install a newer one, and try again."), error);

  switch (state)
    {
    case CPT_EFFECT_PLANNED:
    case CPT_EFFECT_LEASED:
      return lease (self, entry, error);
    case CPT_EFFECT_CALLING:
      return give_up_waiting (self, entry, connector, error);
    case CPT_EFFECT_UNKNOWN:
      if (strcmp (entry->next, cpt_effect_next_get_name (CPT_NEXT_ASK)) == 0)
        return lease (self, entry, error);
      return give_up (self, entry, CPT_EFFECT_UNKNOWN,
                      _("The other side has not told whether this was done. Look there, and decide."), error);
    case CPT_EFFECT_DONE:
    case CPT_EFFECT_FAILED:
      break;
    }

  entry->due = CPT_OUTBOX_NEVER;

  return cpt_outbox_save (self->database, entry, error);
}

static gboolean
take_on_batch (CptDatabase  *database,
               gpointer      data,
               GError      **error)
{
  Delivery *self = data;
  g_autoptr(GPtrArray) due = NULL;

  if (!cpt_automation_lease_keep (database, self->holder, &self->fence, error))
    return FALSE;
  due = cpt_outbox_list_due (database, get_now (self), BATCH, error);
  if (due == NULL)
    return FALSE;

  self->n_due = due->len;
  for (guint i = 0; i < due->len; i++)
    if (!take_on (self, g_ptr_array_index (due, i), error))
      return FALSE;

  return TRUE;
}

/* ------------------------------------------------------------------ calling */

/* Counts what the other side does, for all who want something of it */
static gboolean
watch_target (Delivery                 *self,
              const CptOutboxEntry     *entry,
              const CptConnectorReply  *reply,
              GError                  **error)
{
  gboolean is_down = reply->answer == CPT_ANSWER_NOT_YET || reply->answer == CPT_ANSWER_LOST;
  CptOutboxTarget before;
  CptOutboxTarget after = { 0, CPT_OUTBOX_NEVER };

  if (!cpt_outbox_load_target (self->database, entry->target, &before, error))
    return FALSE;

  if (is_down)
    {
      gint64 rest = FIRST_REST;

      after.n_failures = MIN (before.n_failures, 1000) + 1;
      for (guint i = MAX_FAILURES; i < after.n_failures && rest < LONGEST_REST; i++)
        rest *= 2;
      if (after.n_failures >= MAX_FAILURES)
        after.open_until = get_now (self) + MIN (rest, LONGEST_REST);
      if (reply->retry_after > 0)
        after.open_until = get_now (self) + reply->retry_after;
    }
  if (after.n_failures == before.n_failures && after.open_until == before.open_until)
    return TRUE;

  return cpt_outbox_save_target (self->database, entry->target, &after, error);
}

/* Whether the row still waits for the end of this call. What is known to be done counts in any
 * case, late too, unless a person has decided. */
static gboolean
is_waiting (const CptOutboxEntry *entry,
            const Call           *call)
{
  CptEffectState state = cpt_effect_state_find (entry->state);

  if (state == CPT_EFFECT_DONE || strcmp (entry->next, cpt_effect_next_get_name (CPT_NEXT_NOTHING)) == 0)
    return FALSE;
  if (call->reply->answer == CPT_ANSWER_DONE)
    return TRUE;

  return entry->attempt == call->call.attempt && g_strcmp0 (entry->holder, call->delivery->holder) == 0;
}

static gboolean
settle (CptDatabase  *database,
        gpointer      data,
        GError      **error)
{
  Call *call = data;
  Delivery *self = call->delivery;
  g_autoptr(CptOutboxEntry) entry = cpt_outbox_load (database, call->entry->row, error);
  CptEffectDecision decision;

  if (entry == NULL || !watch_target (self, entry, call->reply, error))
    return FALSE;
  if (!is_waiting (entry, call))
    return TRUE;

  decision = decide (self, entry, call->connector, call->reply);
  set_text (&entry->reason, call->reply->reason);
  g_free (entry->answer);
  entry->answer = call->reply->response != NULL ? cpt_json_format (call->reply->response) : NULL;

  return apply (self, entry, &decision, error);
}

static void
on_called (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Call *call = data;
  Delivery *self = call->delivery;
  g_autoptr(GError) error = NULL;

  call->reply = cpt_connector_call_finish (CPT_CONNECTOR (source), result);
  self->n_calling--;
  /* What can't be written is found without an end when the file can be written again. */
  if (!cpt_database_transact (self->database, settle, call, &error) && self->failure == NULL)
    self->failure = g_steal_pointer (&error);
  call_free (call);
}

/* Whether its other side is to be left alone: then it waits as well. After a while one may try whether it is there again. */
static gboolean
is_resting (Delivery        *self,
            CptOutboxEntry  *entry,
            gboolean        *rests,
            GError         **error)
{
  CptOutboxTarget target;
  gint64 now = get_now (self);

  if (!cpt_outbox_load_target (self->database, entry->target, &target, error))
    return FALSE;

  *rests = target.open_until != CPT_OUTBOX_NEVER && target.open_until > now;
  if (*rests)
    {
      if (strcmp (entry->next, cpt_effect_next_get_name (CPT_NEXT_ASK)) != 0)
        set_text (&entry->state, cpt_effect_state_get_name (CPT_EFFECT_PLANNED));
      set_text (&entry->holder, NULL);
      entry->due = target.open_until;
      return cpt_outbox_save (self->database, entry, error);
    }
  if (target.n_failures < MAX_FAILURES)
    return TRUE;

  target.open_until = now + LEASE;

  return cpt_outbox_save_target (self->database, entry->target, &target, error);
}

/* A run ends before what it decided was told only when it has left. Nothing is sent for it any more. What may have been
 * done before, since nobody answered, is for a person. */
static gboolean
give_up_left (Delivery        *self,
              CptOutboxEntry  *entry,
              gboolean        *has_left,
              GError         **error)
{
  g_autoptr(CptEnrolment) enrolment =
    entry->enrolment != 0 ? cpt_enrolment_load (self->database, entry->enrolment, NULL) : NULL;
  gboolean is_known = entry->attempt == 0 || entry->answer != NULL;
  const CptEffectDecision decision = { is_known ? CPT_EFFECT_FAILED : CPT_EFFECT_UNKNOWN,
                                       is_known ? CPT_NEXT_NOTHING : CPT_NEXT_SHOW, get_now (self) };

  *has_left = enrolment != NULL && enrolment->ended != CPT_ENROLMENT_NEVER;
  if (!*has_left)
    return TRUE;

  set_text (&entry->reason, _("The run left the workflow before this was sent."));

  return apply (self, entry, &decision, error);
}

/* Who is not as it was when it was taken on has been taken on by somebody else since then. */
static gboolean
begin (CptDatabase  *database,
       gpointer      data,
       GError      **error)
{
  Call *call = data;
  g_autoptr(CptOutboxEntry) entry = cpt_outbox_load (database, call->entry->row, error);
  gint64 now = get_now (call->delivery);
  gboolean rests = FALSE;
  gboolean has_left = FALSE;

  call->call.attempt = 0;
  if (entry == NULL || !cpt_automation_lease_keep (database, call->delivery->holder, &call->delivery->fence, error))
    return FALSE;
  if (strcmp (entry->state, call->entry->state) != 0 || entry->due != call->entry->due ||
      g_strcmp0 (entry->holder, call->delivery->holder) != 0)
    return TRUE;
  if (!call->call.is_asking && !give_up_left (call->delivery, entry, &has_left, error))
    return FALSE;
  if (!has_left && !is_resting (call->delivery, entry, &rests, error))
    return FALSE;
  if (rests || has_left)
    return TRUE;

  if (!call->call.is_asking)
    set_text (&entry->state, cpt_effect_state_get_name (CPT_EFFECT_CALLING));
  entry->attempt++;
  entry->first_call = MIN (entry->first_call, now);
  entry->due = now + LEASE;
  call->call.attempt = entry->attempt;

  return cpt_outbox_save (database, entry, error);
}

static gboolean
call_one (Delivery        *self,
          CptOutboxEntry  *entry,
          GError         **error)
{
  Call *call = g_new0 (Call, 1);

  call->delivery = self;
  call->entry = entry;
  call->connector = find_connector (self, entry->connector);
  call->request = read_request (entry);
  if (call->request == NULL)
    {
      gboolean done = give_up (self, entry, CPT_EFFECT_FAILED,
                               _("What is to be done can't be read. Edit it, and try again."), error);

      call_free (call);
      return done;
    }

  call->call = (CptConnectorCall){ .key = entry->key,
                                   .is_asking = strcmp (entry->next, cpt_effect_next_get_name (CPT_NEXT_ASK)) == 0,
                                   .request = json_node_get_object (call->request) };
  if (!cpt_database_transact (self->database, begin, call, error) || call->call.attempt == 0)
    {
      call_free (call);
      return error == NULL || *error == NULL;
    }

  self->n_calling++;
  cpt_connector_call_async (call->connector, &call->call, self->cancellable, on_called, call);

  return TRUE;
}

/* ------------------------------------------------------------------- the run */

static gboolean
is_ended (const Delivery *self)
{
  return self->failure != NULL || g_cancellable_is_cancelled (self->cancellable);
}

/* Calls as many as may be called at once; what is under way is waited for in any case. */
static void
work (Delivery     *self,
      GMainContext *context)
{
  gboolean is_drained = FALSE;

  while (self->n_calling > 0 || (!is_drained && !is_ended (self)))
    {
      while (self->n_calling < MAX_CALLS && !is_ended (self) && !g_queue_is_empty (&self->leased))
        call_one (self, g_queue_pop_head (&self->leased), &self->failure);
      if (!is_drained && !is_ended (self) && g_queue_is_empty (&self->leased))
        {
          if (cpt_database_transact (self->database, take_on_batch, self, &self->failure))
            is_drained = self->n_due == 0;
          continue;
        }
      if (self->n_calling > 0)
        g_main_context_iteration (context, TRUE);
    }
}

static gboolean
run (Delivery  *self,
     GError   **error)
{
  g_autoptr(GMainContext) context = g_main_context_new ();

  g_main_context_push_thread_default (context);
  if (cpt_outbox_release (self->database, self->holder, &self->failure))
    work (self, context);
  while (g_main_context_iteration (context, FALSE))
    ;
  g_main_context_pop_thread_default (context);

  if (self->failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->failure));
      return FALSE;
    }

  return !g_cancellable_set_error_if_cancelled (self->cancellable, error) &&
         cpt_outbox_get_next_due (self->database, &self->report->next_due, error);
}

gboolean
cpt_delivery_run (CptDatabase        *database,
                  GPtrArray          *connectors,
                  gint64              now,
                  CptDeliveryReport  *report,
                  GCancellable       *cancellable,
                  GError            **error)
{
  Delivery self = { .database = database, .connectors = connectors, .report = report, .cancellable = cancellable, .now = now };
  int turn;
  gboolean done;

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (connectors != NULL && report != NULL, FALSE);

  *report = (CptDeliveryReport){ .next_due = CPT_OUTBOX_NEVER };
  /* Who finds nothing to do locks nobody out. */
  if (!cpt_outbox_get_next_due (database, &report->next_due, error))
    return FALSE;
  if (report->next_due == CPT_OUTBOX_NEVER)
    return TRUE;

  self.began = g_get_monotonic_time ();
  g_queue_init (&self.leased);
  turn = cpt_outbox_take_turn (database);
  if (turn < 0)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_BUSY,
                   _("Another process sends what is in the outbox of this workspace. Wait until it is done."));
      return FALSE;
    }

  self.holder = cpt_automation_dup_holder ();
  done = run (&self, error);
  g_queue_clear_full (&self.leased, (GDestroyNotify) cpt_outbox_entry_free);
  g_free (self.holder);
  cpt_outbox_end_turn (turn);

  return done;
}
