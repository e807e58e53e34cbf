/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The question that a change of a repeating task begins with, and the change.
 */

#include "config.h"

#include "cpt-series-change.h"

#include <glib/gi18n.h>

#include "cpt-series.h"

/* The data of the task of GLib */
typedef struct
{
  CptCalendarTask task;
  char *field; /* (nullable) */
  CptValue value;
  char *toast;
} Change;

/* In four lines they stand the other way round, and the topmost has the keyboard. */
static const struct
{
  const char *id;
  const char *label;
  CptSeriesScope scope;
} answers[] = {
  { "all", N_("_All"), CPT_SERIES_ALL },
  { "following", N_("This and _Following"), CPT_SERIES_FOLLOWING },
  { "one", N_("_This One"), CPT_SERIES_ONE },
};

static void
change_free (gpointer data)
{
  Change *change = data;

  cpt_value_clear (&change->value);
  g_free (change->field);
  g_free (change->toast);
  g_free (change);
}

static gpointer
run_in_writer (CptDatabase   *database,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr(CptTransaction) transaction = cpt_series_edit_build (data, database, CPT_ORIGIN_FORM, error);
  g_autofree CptCommit *commit = g_new0 (CptCommit, 1);

  if (transaction == NULL || !cpt_database_commit (database, transaction, commit, NULL, error))
    return NULL;

  return g_steal_pointer (&commit);
}

static void
run_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  CptWindow *window = g_task_get_source_object (task);
  const Change *change = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autofree CptCommit *commit = cpt_store_finish (CPT_STORE (source), result, &error);

  if (commit == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (commit->sequence != 0 && cpt_window_get_store (window) == CPT_STORE (source))
    cpt_window_show_undo_toast (window, change->toast, commit->sequence);
  g_task_return_boolean (task, TRUE);
}

static void
run (GTask          *task,
     CptSeriesScope  scope)
{
  CptWindow *window = g_task_get_source_object (task);
  const Change *change = g_task_get_task_data (task);
  CptSeriesEdit *edit = cpt_series_edit_new (&change->task.id, change->task.day, scope);

  if (change->field != NULL)
    cpt_series_edit_set (edit, change->field, &change->value);
  else
    cpt_series_edit_delete (edit);
  cpt_store_write_async (cpt_window_get_store (window), run_in_writer, edit, (GDestroyNotify) cpt_series_edit_free, g_free,
                         NULL, run_cb, g_object_ref (task));
}

static void
answered_cb (AdwMessageDialog *dialog,
             const char       *response,
             GTask            *task)
{
  CptWindow *window = g_task_get_source_object (task);

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (g_str_equal (response, answers[i].id) && cpt_window_get_store (window) != NULL)
      {
        run (task, answers[i].scope);
        return;
      }
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
}

static void
unref_task (gpointer  data,
            GClosure *closure)
{
  g_object_unref (data);
}

static void
ask (GTask *task)
{
  const Change *change = g_task_get_task_data (task);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (g_task_get_source_object (task)),
                                              change->field != NULL ? _("Change a Repeating Task")
                                                                    : _("Delete a Repeating Task"),
                                              change->field != NULL ? _("Which tasks of the series are to be changed?")
                                                                    : _("Which tasks of the series go to the trash?"));

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"));
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), answers[i].id, _(answers[i].label));
      if (change->field == NULL)
        adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), answers[i].id, ADW_RESPONSE_DESTRUCTIVE);
    }
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "one");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered_cb), task, unref_task, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
cpt_series_change_async (CptWindow             *window,
                         const CptCalendarTask *task,
                         const char            *field,
                         const CptValue        *value,
                         const char            *toast,
                         GAsyncReadyCallback    callback,
                         gpointer               user_data)
{
  GTask *own;
  Change *change;

  g_return_if_fail (CPT_IS_WINDOW (window));
  g_return_if_fail (task != NULL);

  own = g_task_new (window, NULL, callback, user_data);
  change = g_new0 (Change, 1);
  change->task = *task;
  change->field = g_strdup (field);
  if (value != NULL)
    cpt_value_copy (value, &change->value);
  change->toast = g_strdup (toast);
  g_task_set_name (own, G_STRFUNC);
  g_task_set_task_data (own, change, change_free);
  ask (own);
}

gboolean
cpt_series_change_finish (CptWindow     *window,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, window), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
