/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lets workflows run while the workspace is open: when something is due, and soon
 * after something changed, in a thread of its own. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-automation-home.h"
#include "cpt-automation-pass.h"
#include "cpt-error.h"
#include "cpt-window-private.h"

/* Who else has the file open may bring something that is due earlier than what is known. */
#define LONGEST_WAIT 60
/* A change is seldom alone. */
#define REST_SECONDS 2

static void plan (CptWindow *self,
                  guint seconds);

/* ------------------------------------------------------------- a copy, perhaps */

static gpointer
settle_in_writer (CptDatabase   *database,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  cpt_automation_home_settle (database, error);

  return NULL;
}

static void
settled_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(CptWindow) self = user_data;
  g_autoptr(GError) error = NULL;

  cpt_store_finish (CPT_STORE (source), result, &error);
  if (error != NULL)
    cpt_window_show_error (self, error);
  else if (self->store == CPT_STORE (source))
    {
      self->is_automation_resting = FALSE;
      plan (self, 0);
    }
}

static void
answered_cb (AdwMessageDialog *dialog,
             const char       *response,
             CptWindow        *self)
{
  if (g_strcmp0 (response, "start") == 0 && self->store != NULL)
    cpt_store_write_async (self->store, settle_in_writer, NULL, NULL, NULL, self->cancellable, settled_cb, g_object_ref (self));
}

/* Once for each opening: who is not sure opens it again. */
static void
ask_which (CptWindow    *self,
           const GError *error)
{
  GtkWidget *dialog;

  if (self->is_automation_resting)
    return;

  self->is_automation_resting = TRUE;
  dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Start Workflows Here?"), error->message);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "rest", _("_Not Now"), "start", _("_Start Here"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "rest");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "rest");
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ------------------------------------------------------------------------- running */

static gpointer
ask_in_reader (CptDatabase   *database,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  return GINT_TO_POINTER (cpt_automation_is_needed (database));
}

static gpointer
run_in_worker (CptDatabase   *database,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autofree CptAutomationPass *pass = g_new0 (CptAutomationPass, 1);

  if (!cpt_automation_pass (database, cpt_database_get_now (database), FALSE, pass, cancellable, error))
    return NULL;

  return g_steal_pointer (&pass);
}

static void
tell (CptWindow               *self,
      const CptAutomationPass *pass)
{
  guint n = (guint) pass->runs.n_parked + pass->effects.n_failed + pass->effects.n_unknown;
  g_autofree char *text = NULL;

  if (n == 0)
    return;

  text = g_strdup_printf (ngettext ("A workflow waits for a decision", "Workflows wait for %u decisions", n), n);
  cpt_window_show_toast (self, text);
}

/* A file that is held by another program is asked again later: no error. */
static void
run_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(CptWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree CptAutomationPass *pass = cpt_store_finish (CPT_STORE (source), result, &error);
  gint64 left = LONGEST_WAIT;

  if (self->store != CPT_STORE (source))
    return;

  self->is_automation_running = FALSE;
  if (g_error_matches (error, CPT_ERROR, CPT_ERROR_CONFLICT))
    ask_which (self, error);
  if (pass != NULL)
    {
      tell (self, pass);
      if (pass->next_due != G_MAXINT64)
        left = (pass->next_due - cpt_clock_get_now (cpt_store_get_clock (self->store))) / G_USEC_PER_SEC + 1;
    }
  plan (self, self->is_automation_due ? REST_SECONDS : (guint) CLAMP (left, 1, LONGEST_WAIT));
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(CptWindow) self = user_data;
  gboolean is_needed = GPOINTER_TO_INT (cpt_store_finish (CPT_STORE (source), result, NULL));

  if (self->store != CPT_STORE (source) || self->is_automation_running)
    return;
  if (!is_needed || self->is_automation_resting)
    {
      plan (self, LONGEST_WAIT);
      return;
    }

  self->is_automation_running = TRUE;
  self->is_automation_due = FALSE;
  cpt_store_work_async (self->store, run_in_worker, NULL, NULL, g_free, self->cancellable, run_cb, g_object_ref (self));
}

static gboolean
ask_cb (gpointer user_data)
{
  CptWindow *self = user_data;

  self->automation_timer = 0;
  cpt_store_read_async (self->store, G_PRIORITY_LOW, ask_in_reader, NULL, NULL, NULL, self->cancellable, asked_cb,
                        g_object_ref (self));

  return G_SOURCE_REMOVE;
}

static void
plan (CptWindow *self,
      guint      seconds)
{
  g_clear_handle_id (&self->automation_timer, g_source_remove);
  self->automation_timer = g_timeout_add_seconds (seconds, ask_cb, self);
}

void
cpt_window_run_automation_soon (CptWindow *self)
{
  self->is_automation_due = TRUE;
  if (self->has_automation && !self->is_automation_running)
    plan (self, REST_SECONDS);
}

void
cpt_window_run_workflows (CptWindow *self)
{
  g_return_if_fail (CPT_IS_WINDOW (self));

  self->is_automation_due = TRUE;
  if (self->has_automation && !self->is_automation_running)
    plan (self, 0);
}

void
cpt_window_start_automation (CptWindow *self)
{
  self->has_automation = self->store != NULL && !cpt_store_is_read_only (self->store);
  self->is_automation_running = FALSE;
  self->is_automation_resting = FALSE;
  cpt_window_run_automation_soon (self);
}

void
cpt_window_stop_automation (CptWindow *self)
{
  self->has_automation = FALSE;
  g_clear_handle_id (&self->automation_timer, g_source_remove);
}
