/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands on what happens by itself: tick, run, settle; on what leaves the machine: outbox list, retry,
 * skip, confirm; and on what only the keyring knows: secret set, forget. */

#include "config.h"

#include "cpt-ctl.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-automation-home.h"
#include "cpt-automation-pass.h"
#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-webhook.h"

/* How many entries are printed without --limit */
#define N_ENTRIES 100
/* How often “run” looks whether somebody else has changed something, in milliseconds */
#define GLANCE 1000

/* ------------------------------------------------------------------------ tick */

gboolean
cpt_ctl_read_instant (CptCtl      *self,
                      const char  *text,
                      gint64      *instant,
                      GError     **error)
{
  if (text == NULL || cpt_instant_parse_iso (text, cpt_database_get_zone (self->database), instant))
    return TRUE;

  g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("“%s” is no instant such as 2026-03-01T09:00:00Z."), text);

  return FALSE;
}

static void
print_pass (CptCtl                  *self,
            const CptAutomationPass *pass)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  if (!self->options.json)
    {
      cpt_ctl_print (_("Steps: %u, ended: %u, waiting for a person: %u\n"), (guint) pass->runs.n_steps,
                     (guint) pass->runs.n_ended, (guint) pass->runs.n_parked + pass->effects.n_failed + pass->effects.n_unknown);
      if (pass->effects.n_done + pass->effects.n_again + pass->effects.n_failed + pass->effects.n_unknown > 0)
        cpt_ctl_print (_("Sent: %u, to be tried again: %u, failed: %u, unknown: %u\n"), pass->effects.n_done,
                       pass->effects.n_again, pass->effects.n_failed, pass->effects.n_unknown);
      return;
    }

  json_builder_begin_object (builder);
  cpt_ctl_json_int (builder, "begun", (gint64) pass->runs.n_begun);
  cpt_ctl_json_int (builder, "runs", (gint64) pass->runs.n_enrolments);
  cpt_ctl_json_int (builder, "steps", (gint64) pass->runs.n_steps);
  cpt_ctl_json_int (builder, "ended", (gint64) pass->runs.n_ended);
  cpt_ctl_json_int (builder, "parked", (gint64) pass->runs.n_parked);
  cpt_ctl_json_int (builder, "done", pass->effects.n_done);
  cpt_ctl_json_int (builder, "again", pass->effects.n_again);
  cpt_ctl_json_int (builder, "failed", pass->effects.n_failed);
  cpt_ctl_json_int (builder, "unknown", pass->effects.n_unknown);
  cpt_ctl_json_instant (builder, "next_due", pass->next_due);
  json_builder_end_object (builder);
  cpt_ctl_print_builder (builder);
}

static gboolean
run_tick (CptCtl  *self,
          GError **error)
{
  CptAutomationPass pass = { 0 };
  gint64 now = cpt_database_get_now (self->database);
  gint64 until = G_MININT64;

  if (!cpt_ctl_read_instant (self, self->options.now, &now, error) ||
      !cpt_ctl_read_instant (self, self->options.until, &until, error))
    return FALSE;

  do
    {
      if (!cpt_automation_pass (self->database, now, self->options.local, &pass, self->cancellable, error))
        return FALSE;
      now = MAX (now, pass.next_due);
    }
  while (pass.next_due <= until);
  print_pass (self, &pass);

  return TRUE;
}

/* ------------------------------------------------------------------------- run */

/* Until the next thing is due, and no longer than somebody else may take to bring another one */
static void
wait_for_next (CptCtl *self,
               gint64  next_due)
{
  gint64 left = CLAMP (next_due - cpt_database_get_now (self->database), 0, GLANCE * (gint64) 1000) / 1000;
  GPollFD fd;

  if (!g_cancellable_make_pollfd (self->cancellable, &fd))
    return;
  g_poll (&fd, 1, (int) left);
  g_cancellable_release_fd (self->cancellable);
}

static gboolean
run_run (CptCtl  *self,
         GError **error)
{
  while (!g_cancellable_is_cancelled (self->cancellable))
    {
      CptAutomationPass pass = { .next_due = G_MAXINT64 };
      g_autoptr(GError) local_error = NULL;
      gint64 now = cpt_database_get_now (self->database);

      if (!cpt_automation_pass (self->database, now, self->options.local, &pass, self->cancellable, &local_error) &&
          !g_error_matches (local_error, CPT_ERROR, CPT_ERROR_BUSY) && !g_cancellable_is_cancelled (self->cancellable))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      wait_for_next (self, local_error != NULL ? G_MAXINT64 : pass.next_due);
    }

  return TRUE;
}

/* The one workspace of several that are alike */
static gboolean
run_settle (CptCtl  *self,
            GError **error)
{
  return cpt_automation_home_settle (self->database, error);
}

/* ---------------------------------------------------------------------- outbox */

static void
add_entry (CptCtl               *self,
           JsonBuilder          *builder,
           CptCtlTable          *table,
           const CptOutboxEntry *entry)
{
  g_autoptr(JsonNode) request = cpt_json_parse (entry->request, -1, NULL);
  g_autoptr(JsonNode) answer = entry->answer != NULL ? cpt_json_parse (entry->answer, -1, NULL) : NULL;
  char **cells = g_new0 (char *, 7);

  json_builder_begin_object (builder);
  cpt_ctl_json_int (builder, "number", entry->row);
  cpt_ctl_json_text (builder, "key", entry->key);
  cpt_ctl_json_text (builder, "kind", entry->connector);
  cpt_ctl_json_text (builder, "node", entry->node);
  cpt_ctl_json_text (builder, "state", entry->state);
  cpt_ctl_json_text (builder, "next", entry->next);
  cpt_ctl_json_instant (builder, "due", entry->due);
  cpt_ctl_json_int (builder, "attempt", entry->attempt);
  cpt_ctl_json_instant (builder, "planned", entry->planned);
  cpt_ctl_json_instant (builder, "first_call", entry->first_call);
  cpt_ctl_json_instant (builder, "settled", entry->settled);
  cpt_ctl_json_text (builder, "target", entry->target);
  json_builder_set_member_name (builder, "request");
  json_builder_add_value (builder, request != NULL ? g_steal_pointer (&request) : json_node_new (JSON_NODE_NULL));
  json_builder_set_member_name (builder, "answer");
  json_builder_add_value (builder, answer != NULL ? g_steal_pointer (&answer) : json_node_new (JSON_NODE_NULL));
  cpt_ctl_json_text (builder, "reason", entry->reason);
  json_builder_end_object (builder);

  cells[0] = g_strdup_printf ("%" G_GINT64_FORMAT, entry->row);
  cells[1] = g_strdup (entry->state);
  cells[2] = g_strdup (entry->target);
  cells[3] = cpt_ctl_dup_instant (self, entry->planned);
  cells[4] = cpt_ctl_dup_instant (self, entry->due);
  cells[5] = g_strdup (entry->reason != NULL ? entry->reason : "");
  cpt_ctl_table_take_row (table, cells);
}

static gboolean
run_list (CptCtl  *self,
          GError **error)
{
  guint limit = cpt_ctl_get_limit (self, N_ENTRIES);
  const char *state = self->n_args > 0 ? self->args[0] : NULL;
  g_autoptr(GPtrArray) entries = cpt_outbox_list (self->database, state, limit < G_MAXUINT ? limit + 1 : limit, error);
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (6);

  if (entries == NULL)
    return FALSE;

  cpt_ctl_cut (self, entries, limit);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "effects");
  json_builder_begin_array (builder);
  for (guint i = 0; i < entries->len; i++)
    add_entry (self, builder, table, g_ptr_array_index (entries, i));
  cpt_ctl_print_list (self, builder, table);

  return TRUE;
}

static gboolean
decide (CptCtl             *self,
        CptDeliveryChoice   choice,
        JsonObject         *request,
        GError            **error)
{
  gint64 number;

  if (!g_ascii_string_to_signed (self->args[0], 10, 1, G_MAXINT64, &number, NULL))
    {
      g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("“%s” is no number of the outbox, as “outbox list” has them."),
                   self->args[0]);
      return FALSE;
    }

  return cpt_delivery_decide (self->database, number, choice, request, error);
}

static gboolean
run_retry (CptCtl  *self,
           GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) root = NULL;

  if (self->n_args < 2)
    return decide (self, CPT_DELIVERY_RETRY, NULL, error);

  text = cpt_ctl_read_text (self->args[1], error);
  root = text != NULL ? cpt_json_parse (text, -1, error) : NULL;
  if (root == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("What is to be done is an object, as “outbox list --json” has it."));
      return FALSE;
    }

  return decide (self, CPT_DELIVERY_RETRY, json_node_get_object (root), error);
}

static gboolean
run_skip (CptCtl  *self,
          GError **error)
{
  return decide (self, CPT_DELIVERY_SKIP, NULL, error);
}

static gboolean
run_confirm (CptCtl  *self,
             GError **error)
{
  return decide (self, CPT_DELIVERY_CONFIRM, NULL, error);
}

/* --------------------------------------------------------------------- secrets */

/* Never an argument: other users of the machine can read those. */
static gboolean
run_secret_set (CptCtl  *self,
                GError **error)
{
  g_autofree char *secret = cpt_ctl_read_text ("-", error);

  if (secret == NULL)
    return FALSE;

  secret[strcspn (secret, "\r\n")] = '\0';
  if (secret[0] == '\0')
    {
      g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("There is no secret on standard input. Write it there."));
      return FALSE;
    }

  return cpt_webhook_store_secret (self->args[0], secret, self->cancellable, error);
}

static gboolean
run_secret_forget (CptCtl  *self,
                   GError **error)
{
  return cpt_webhook_store_secret (self->args[0], NULL, self->cancellable, error);
}

const CptCtlCommand cpt_ctl_automation_commands[] = {
  {
    .name = "tick",
    .arguments = "",
    .summary = N_("Let all runs of workflows go on that are due, and send what they decided"),
    .details = N_("With --now as if it were that instant; with --until also what is due from then on."),
    .access = CPT_CTL_WRITE,
    .min_args = 0,
    .max_args = 0,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (NOW) |
               CPT_CTL_TAKES (UNTIL),
    .more_options = CPT_CTL_TAKES_MORE (LOCAL),
    .run = run_tick,
  },
  {
    .name = "run",
    .arguments = "",
    .summary = N_("Do what “tick” does whenever something is due, until it is ended"),
    .access = CPT_CTL_WRITE,
    .min_args = 0,
    .max_args = 0,
    .options = CPT_CTL_TAKES (WORKSPACE),
    .more_options = CPT_CTL_TAKES_MORE (LOCAL),
    .run = run_run,
  },
  {
    .name = "settle",
    .arguments = "",
    .summary = N_("Let workflows run in this file, on this machine: it is the one that goes on"),
    .details = N_("A workspace that was copied or restored, or comes from another machine, does nothing by itself before."),
    .access = CPT_CTL_WRITE,
    .min_args = 0,
    .max_args = 0,
    .options = CPT_CTL_TAKES (WORKSPACE),
    .run = run_settle,
  },
  {
    .name = "outbox list",
    .arguments = N_("[STATE]"),
    .summary = N_("List what workflows send, and what became of it"),
    .details = N_("STATE is planned, leased, calling, done, failed or unknown. Unknown is what may have been done: it waits "
                  "for a person."),
    .access = CPT_CTL_READ,
    .min_args = 0,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (LIMIT),
    .run = run_list,
  },
  {
    .name = "outbox retry",
    .arguments = N_("NUMBER [JSON]"),
    .summary = N_("Send again what failed or may have been done; with JSON as that says it"),
    .access = CPT_CTL_WRITE,
    .min_args = 1,
    .max_args = 2,
    .options = CPT_CTL_TAKES (WORKSPACE),
    .run = run_retry,
  },
  {
    .name = "outbox skip",
    .arguments = N_("NUMBER"),
    .summary = N_("Do not send what failed or may have been done; its run goes on"),
    .access = CPT_CTL_WRITE,
    .min_args = 1,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE),
    .run = run_skip,
  },
  {
    .name = "outbox confirm",
    .arguments = N_("NUMBER"),
    .summary = N_("Say that something was done of which nobody knew; its run goes on"),
    .access = CPT_CTL_WRITE,
    .min_args = 1,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE),
    .run = run_confirm,
  },
  {
    .name = "secret set",
    .arguments = N_("NAME"),
    .summary = N_("Keep a secret that webhooks name, from standard input, in the keyring of this machine"),
    .access = CPT_CTL_NO_FILE,
    .min_args = 1,
    .max_args = 1,
    .run = run_secret_set,
  },
  {
    .name = "secret forget",
    .arguments = N_("NAME"),
    .summary = N_("Remove a secret from the keyring of this machine"),
    .access = CPT_CTL_NO_FILE,
    .min_args = 1,
    .max_args = 1,
    .run = run_secret_forget,
  },
  { NULL },
};
