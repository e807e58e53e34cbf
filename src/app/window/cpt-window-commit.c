/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the window changes records, takes changes back, and tells about both. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-window-private.h"

#define TOAST_SECONDS 5
#define TOAST_MAX_LENGTH 90
/* In milliseconds, between showing a toast and doing away with it: libadwaita
 * 1.2 forgets one that is gone before it has come, which takes 500 to come and
 * 300 to go, and ends the program */
#define TOAST_PAUSE 400

/* What a commit came to; the result of its GTask */
typedef struct
{
  char *toast;         /* (nullable) */
  GPtrArray *problems; /* (nullable) */
} Outcome;

static void
outcome_free (Outcome *outcome)
{
  g_free (outcome->toast);
  g_clear_pointer (&outcome->problems, g_ptr_array_unref);
  g_free (outcome);
}

static gboolean toast_pause_cb (gpointer user_data);

/* Takes @toast, and lets it take the place of the one before: what waits in a
 * line is no answer to the last key. */
static void
show_now (CptWindow *self,
          AdwToast  *toast)
{
  AdwToast *former = self->toast;

  g_set_weak_pointer (&self->toast, toast);
  self->toast_source = g_timeout_add (TOAST_PAUSE, toast_pause_cb, self);
  adw_toast_overlay_add_toast (self->toasts, toast);
  if (former != NULL)
    adw_toast_dismiss (former);
}

static gboolean
toast_pause_cb (gpointer user_data)
{
  CptWindow *self = user_data;
  AdwToast *late = self->late_toast;

  self->toast_source = 0;
  g_clear_weak_pointer (&self->late_toast);
  if (self->next_toast != NULL)
    show_now (self, g_steal_pointer (&self->next_toast));
  else if (late != NULL)
    adw_toast_dismiss (late);

  return G_SOURCE_REMOVE;
}

/* Takes @toast. Of several at once the last one is shown. */
static void
show (CptWindow *self,
      AdwToast  *toast)
{
  if (self->is_closing)
    {
      g_object_unref (toast);
      return;
    }

  if (self->toast_source == 0)
    {
      show_now (self, toast);
      return;
    }

  g_clear_object (&self->next_toast);
  self->next_toast = toast;
}

void
cpt_window_drop_toasts (CptWindow *self)
{
  g_clear_handle_id (&self->toast_source, g_source_remove);
  g_clear_weak_pointer (&self->toast);
  g_clear_weak_pointer (&self->undo_toast);
  g_clear_weak_pointer (&self->late_toast);
  g_clear_object (&self->next_toast);
}

void
cpt_window_show_toast (CptWindow  *self,
                       const char *text)
{
  g_autofree char *escaped = NULL;
  AdwToast *toast;

  g_return_if_fail (CPT_IS_WINDOW (self));
  g_return_if_fail (text != NULL);

  escaped = g_markup_escape_text (text, -1);
  toast = adw_toast_new (escaped);
  adw_toast_set_timeout (toast, TOAST_SECONDS);
  show (self, toast);
}

void
cpt_window_show_file_toast (CptWindow  *self,
                            const char *text,
                            const char *name)
{
  g_autofree char *escaped = NULL;
  AdwToast *toast;

  g_return_if_fail (CPT_IS_WINDOW (self));
  g_return_if_fail (text != NULL && name != NULL);

  escaped = g_markup_escape_text (text, -1);
  toast = adw_toast_new (escaped);
  adw_toast_set_timeout (toast, TOAST_SECONDS);
  adw_toast_set_button_label (toast, _("_Open"));
  adw_toast_set_action_name (toast, "win.open-file");
  adw_toast_set_action_target_value (toast, g_variant_new_string (name));
  show (self, toast);
}

static void
uri_shown_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autofree char *advice = user_data;
  g_autoptr(GError) error = NULL;

  if (gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  /* What the system says of it is for programmers. */
  g_clear_error (&error);
  g_set_error_literal (&error, CPT_ERROR, CPT_ERROR_UNSUPPORTED, advice);
  cpt_window_show_error (CPT_WINDOW (source), error);
}

void
cpt_window_open_uri (CptWindow  *self,
                     const char *uri,
                     const char *advice)
{
  g_return_if_fail (CPT_IS_WINDOW (self));
  g_return_if_fail (uri != NULL && advice != NULL);

  gtk_show_uri_full (GTK_WINDOW (self), uri, GDK_CURRENT_TIME, NULL, uri_shown_cb, g_strdup (advice));
}

void
cpt_window_open_file (CptWindow  *self,
                      const char *name)
{
  g_autoptr(GFile) file = g_file_parse_name (name);
  g_autofree char *uri = g_file_get_uri (file);

  if (g_file_is_native (file) && !g_file_query_exists (file, NULL))
    cpt_window_show_toast (self, _("The file is not there any more."));
  else
    cpt_window_open_uri (self, uri, _("No program for files of this kind could be started. Open it from your files."));
}

/* What it offered has been done, or something newer can be taken back */
static void
dismiss_undo_toast (CptWindow *self)
{
  AdwToast *toast = self->undo_toast;

  g_clear_weak_pointer (&self->undo_toast);
  if (toast == NULL)
    return;
  if (toast == self->next_toast)
    g_clear_object (&self->next_toast);
  else if (self->toast_source != 0)
    g_set_weak_pointer (&self->late_toast, toast);
  else
    adw_toast_dismiss (toast);
}

void
cpt_window_show_undo_toast (CptWindow  *self,
                            const char *text,
                            gint64      sequence)
{
  g_autofree char *escaped = NULL;
  AdwToast *toast;

  g_return_if_fail (CPT_IS_WINDOW (self));
  g_return_if_fail (text != NULL);

  escaped = g_markup_escape_text (text, -1);
  toast = adw_toast_new (escaped);
  adw_toast_set_timeout (toast, TOAST_SECONDS);
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_action_name (toast, "win.undo-act");
  adw_toast_set_action_target_value (toast, g_variant_new_int64 (sequence));
  dismiss_undo_toast (self);
  g_set_weak_pointer (&self->undo_toast, toast);
  show (self, toast);
}

static void
error_response_cb (CptWindow *self)
{
  g_clear_weak_pointer (&self->error_dialog);
}

/* What several readings meet at once is told once. */
static void
show_error_dialog (CptWindow  *self,
                   const char *message)
{
  const char *body = self->error_dialog != NULL ? adw_message_dialog_get_body (self->error_dialog) : NULL;
  g_autofree char *both = NULL;
  GtkWidget *dialog;

  if (body != NULL)
    {
      if (strstr (body, message) == NULL)
        both = g_strdup_printf ("%s\n\n%s", body, message);
      if (both != NULL)
        adw_message_dialog_set_body (self->error_dialog, both);
      gtk_window_present (GTK_WINDOW (self->error_dialog));
      return;
    }

  dialog = adw_message_dialog_new (GTK_WINDOW (self), _("This Did Not Work"), NULL);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), message);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  g_signal_connect_object (dialog, "response", G_CALLBACK (error_response_cb), self, G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->error_dialog, ADW_MESSAGE_DIALOG (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
}

void
cpt_window_show_error (CptWindow    *self,
                       const GError *error)
{
  g_return_if_fail (self == NULL || CPT_IS_WINDOW (self));
  g_return_if_fail (error != NULL);

  if (self == NULL || self->is_closing || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (g_utf8_strlen (error->message, -1) <= TOAST_MAX_LENGTH)
    {
      cpt_window_show_toast (self, error->message);
      return;
    }

  show_error_dialog (self, error->message);
}

static void
committed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  CptWindow *self = g_task_get_source_object (task);
  Outcome *outcome = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  CptCommit commit = { 0 };

  if (!cpt_store_commit_finish (CPT_STORE (source), result, &commit, &outcome->problems, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (outcome->toast != NULL && commit.sequence != 0)
    cpt_window_show_undo_toast (self, outcome->toast, commit.sequence);
  g_task_return_boolean (task, TRUE);
}

/* For callers that leave errors to the window */
static void
show_outcome_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!cpt_window_commit_finish (CPT_WINDOW (source), result, NULL, &error))
    cpt_window_show_error (CPT_WINDOW (source), error);
}

void
cpt_window_commit (CptWindow           *self,
                   CptTransaction      *transaction,
                   const char          *toast,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Outcome *outcome;

  g_return_if_fail (CPT_IS_WINDOW (self));
  g_return_if_fail (self->store != NULL);
  g_return_if_fail (transaction != NULL);

  task = g_task_new (self, cancellable, callback != NULL ? callback : show_outcome_cb, user_data);
  g_task_set_name (task, G_STRFUNC);
  outcome = g_new0 (Outcome, 1);
  outcome->toast = g_strdup (toast);
  g_task_set_task_data (task, outcome, (GDestroyNotify) outcome_free);

  cpt_store_commit_async (self->store, transaction, cancellable, committed_cb, g_steal_pointer (&task));
}

gboolean
cpt_window_commit_finish (CptWindow     *self,
                          GAsyncResult  *result,
                          GPtrArray    **problems,
                          GError       **error)
{
  Outcome *outcome;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  outcome = g_task_get_task_data (G_TASK (result));
  if (problems != NULL)
    *problems = g_steal_pointer (&outcome->problems);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
committed_by_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GtkWidget) button = user_data;
  g_autoptr(GError) error = NULL;

  if (cpt_window_commit_finish (CPT_WINDOW (source), result, NULL, &error))
    return;

  gtk_widget_set_sensitive (button, TRUE);
  cpt_window_show_error (CPT_WINDOW (source), error);
}

void
cpt_window_commit_by (CptWindow      *self,
                      CptTransaction *transaction,
                      const char     *toast,
                      GtkWidget      *button)
{
  g_return_if_fail (GTK_IS_WIDGET (button));

  gtk_widget_set_sensitive (button, FALSE);
  cpt_window_commit (self, transaction, toast, NULL, committed_by_cb, g_object_ref (button));
}

/* What was taken back; NULL when it was not, which has been shown then */
static char *
finish_undo (CptWindow    *self,
             GObject      *store,
             GAsyncResult *result,
             const char   *nothing)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *label = NULL;

  if (cpt_store_undo_finish (CPT_STORE (store), result, &label, &error))
    return label != NULL ? g_steal_pointer (&label) : g_strdup ("");

  if (g_error_matches (error, CPT_ERROR, CPT_ERROR_NOT_FOUND))
    cpt_window_show_toast (self, nothing);
  else
    cpt_window_show_error (self, error);

  return NULL;
}

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(CptWindow) self = user_data;
  g_autofree char *label = finish_undo (self, source, result, _("There is nothing to undo"));
  g_autofree char *text = NULL;

  dismiss_undo_toast (self);
  if (label == NULL)
    return;

  /* Translators: %s is what was done, for instance "Change deal" */
  text = g_strdup_printf (_("Undone: %s"), label);
  cpt_window_show_toast (self, text);
}

static void
redone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(CptWindow) self = user_data;
  g_autofree char *label = finish_undo (self, source, result, _("There is nothing to redo"));
  g_autofree char *text = NULL;

  dismiss_undo_toast (self);
  if (label == NULL)
    return;

  /* Translators: %s is what was done, for instance "Change deal" */
  text = g_strdup_printf (_("Redone: %s"), label);
  cpt_window_show_toast (self, text);
}

void
cpt_window_undo (CptWindow *self,
                 gint64     sequence)
{
  g_return_if_fail (CPT_IS_WINDOW (self));

  if (self->store != NULL)
    cpt_store_undo_async (self->store, sequence, FALSE, self->cancellable, undone_cb, g_object_ref (self));
}

void
cpt_window_redo (CptWindow *self)
{
  g_return_if_fail (CPT_IS_WINDOW (self));

  if (self->store != NULL)
    cpt_store_undo_async (self->store, 0, TRUE, self->cancellable, redone_cb, g_object_ref (self));
}
