/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The question that a change of a repeating task begins with, and the change.
 */

#include "config.h"

#include "cpt-series-change.h"

#include <glib/gi18n.h>

/* The data of the task of GLib */
typedef struct
{
  CptCalendarTask task;
  char *field; /* (nullable) */
  CptValue value;
  char *toast;
} Change;

/* In four lines they stand the other way round, and the topmost has the keyboard.
 * For one task, and for several */
static const struct
{
  const char *id;
  const char *labels[2];
  CptSeriesScope scope;
} answers[] = {
  { "all", { N_("_All"), N_("The Whole _Series") }, CPT_SERIES_ALL },
  { "following", { N_("This and _Following"), N_("The Chosen Ones and Those That _Follow") }, CPT_SERIES_FOLLOWING },
  { "one", { N_("_This One"), N_("_Only the Chosen Ones") }, CPT_SERIES_ONE },
};

typedef struct
{
  const char *heading;
  const char *question;
} Wording;

/* For one task and for several: to change, to delete */
static const Wording wordings[2][2] = {
  {
    { N_("Change a Repeating Task"), N_("Which tasks of the series are to be changed?") },
    { N_("Delete a Repeating Task"), N_("Which tasks of the series go to the trash?") },
  },
  {
    { N_("Change Repeating Tasks"), N_("Some of the chosen tasks repeat. Which tasks of their series are to be changed?") },
    { N_("Delete Repeating Tasks"), N_("Some of the chosen tasks repeat. Which tasks of their series go to the trash?") },
  },
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

/* Asking */

static void
answered_cb (AdwMessageDialog *dialog,
             const char       *response,
             GTask            *task)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (g_str_equal (response, answers[i].id))
      {
        g_task_return_int (task, answers[i].scope);
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

/* Takes @task, which gets the answer. @parent stands behind the question. */
static void
ask (GTask     *task,
     GtkWindow *parent,
     guint      n_tasks,
     gboolean   is_deletion)
{
  const Wording *wording = &wordings[n_tasks > 1 ? 1 : 0][is_deletion ? 1 : 0];
  GtkWidget *dialog = adw_message_dialog_new (parent, _(wording->heading), _(wording->question));

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"));
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), answers[i].id, _(answers[i].labels[n_tasks > 1 ? 1 : 0]));
      if (is_deletion)
        adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), answers[i].id, ADW_RESPONSE_DESTRUCTIVE);
    }
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "one");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered_cb), task, unref_task, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
cpt_series_ask_async (CptWindow           *window,
                      guint                n_tasks,
                      gboolean             is_deletion,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (CPT_IS_WINDOW (window));

  task = g_task_new (window, NULL, callback, user_data);
  g_task_set_name (task, G_STRFUNC);
  ask (task, GTK_WINDOW (window), n_tasks, is_deletion);
}

gboolean
cpt_series_ask_finish (CptWindow       *window,
                       GAsyncResult    *result,
                       CptSeriesScope  *scope,
                       GError         **error)
{
  g_autoptr(GError) problem = NULL;
  gssize answer;

  g_return_val_if_fail (g_task_is_valid (result, window), FALSE);

  answer = g_task_propagate_int (G_TASK (result), &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  *scope = (CptSeriesScope) answer;

  return TRUE;
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  CptWindow *window = CPT_WINDOW (source);
  g_autoptr(GError) error = NULL;
  CptSeriesScope scope;

  if (!cpt_series_ask_finish (window, result, &scope, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (cpt_window_get_store (window) == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  else
    run (task, scope);
}

/* (transfer full) */
static GTask *
create_change (CptWindow             *window,
               const CptCalendarTask *task,
               const char            *field,
               const CptValue        *value,
               const char            *toast,
               GAsyncReadyCallback    callback,
               gpointer               user_data)
{
  GTask *own = g_task_new (window, NULL, callback, user_data);
  Change *change = g_new0 (Change, 1);

  change->task = *task;
  change->field = g_strdup (field);
  if (value != NULL)
    cpt_value_copy (value, &change->value);
  change->toast = g_strdup (toast);
  g_task_set_name (own, G_STRFUNC);
  g_task_set_task_data (own, change, change_free);

  return own;
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
  g_return_if_fail (CPT_IS_WINDOW (window));
  g_return_if_fail (task != NULL);

  cpt_series_ask_async (window, 1, field == NULL, asked_cb,
                        create_change (window, task, field, value, toast, callback, user_data));
}

void
cpt_series_change_one_async (CptWindow             *window,
                             const CptCalendarTask *task,
                             const char            *field,
                             const CptValue        *value,
                             const char            *toast,
                             GAsyncReadyCallback    callback,
                             gpointer               user_data)
{
  g_autoptr(GTask) own = NULL;

  g_return_if_fail (CPT_IS_WINDOW (window));
  g_return_if_fail (task != NULL);

  own = create_change (window, task, field, value, toast, callback, user_data);
  run (own, CPT_SERIES_ONE);
}

gboolean
cpt_series_change_finish (CptWindow     *window,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, window), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Several fields and tasks */

/* The data of the task of GLib */
typedef struct
{
  CptSeriesSet *set; /* (owned) */
  GtkWindow *parent; /* (nullable): weak */
  char *toast;
  GPtrArray *problems; /* (nullable) */
} Commit;

/* On the writer; what became of it */
typedef struct
{
  CptSeriesSet *set; /* (owned) */
  CptSeriesScope scope;
} CommitJob;

typedef struct
{
  CptCommit commit;
  GPtrArray *problems; /* (nullable) */
  GError *error;       /* (nullable) */
} Outcome;

static void
commit_free (gpointer data)
{
  Commit *commit = data;

  cpt_series_set_unref (commit->set);
  g_clear_weak_pointer (&commit->parent);
  g_clear_pointer (&commit->problems, g_ptr_array_unref);
  g_free (commit->toast);
  g_free (commit);
}

static void
commit_job_free (gpointer data)
{
  CommitJob *job = data;

  cpt_series_set_unref (job->set);
  g_free (job);
}

static void
outcome_free (gpointer data)
{
  Outcome *outcome = data;

  g_clear_pointer (&outcome->problems, g_ptr_array_unref);
  g_clear_error (&outcome->error);
  g_free (outcome);
}

static gpointer
find_in_reader (CptDatabase   *database,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  gboolean concerns;

  return cpt_series_set_concerns (data, database, &concerns, error) ? g_memdup2 (&concerns, sizeof concerns) : NULL;
}

/* A transaction that is refused is no failure of the job: its problems are told. */
static gpointer
commit_in_writer (CptDatabase   *database,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  const CommitJob *job = data;
  Outcome *outcome = g_new0 (Outcome, 1);
  g_autoptr(CptTransaction) transaction =
    cpt_series_set_build (job->set, database, CPT_ORIGIN_FORM, job->scope, &outcome->error);

  if (transaction != NULL)
    cpt_database_commit (database, transaction, &outcome->commit, &outcome->problems, &outcome->error);

  return outcome;
}

static void
committed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  CptWindow *window = g_task_get_source_object (task);
  Commit *commit = g_task_get_task_data (task);
  GError *error = NULL;
  Outcome *outcome = cpt_store_finish (CPT_STORE (source), result, &error);

  if (outcome != NULL)
    {
      commit->problems = g_steal_pointer (&outcome->problems);
      error = g_steal_pointer (&outcome->error);
    }
  if (error != NULL)
    {
      g_task_return_error (task, error);
    }
  else
    {
      if (outcome->commit.sequence != 0 && cpt_window_get_store (window) == CPT_STORE (source))
        cpt_window_show_undo_toast (window, commit->toast, outcome->commit.sequence);
      g_task_return_boolean (task, TRUE);
    }
  g_clear_pointer (&outcome, outcome_free);
}

static void
commit_set (GTask          *task,
            CptSeriesScope  scope)
{
  CptWindow *window = g_task_get_source_object (task);
  Commit *commit = g_task_get_task_data (task);
  CommitJob *job;

  if (cpt_window_get_store (window) == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
      return;
    }

  job = g_new0 (CommitJob, 1);
  job->set = cpt_series_set_ref (commit->set);
  job->scope = scope;
  cpt_store_write_async (cpt_window_get_store (window), commit_in_writer, job, commit_job_free, outcome_free, NULL,
                         committed_cb, g_object_ref (task));
}

static void
asked_to_commit_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  CptSeriesScope scope;

  if (cpt_series_ask_finish (CPT_WINDOW (source), result, &scope, &error))
    commit_set (task, scope);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  CptWindow *window = g_task_get_source_object (task);
  const Commit *commit = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autofree gboolean *concerns = cpt_store_finish (CPT_STORE (source), result, &error);

  if (concerns == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (*concerns)
    ask (g_task_new (window, NULL, asked_to_commit_cb, g_object_ref (task)),
         commit->parent != NULL ? commit->parent : GTK_WINDOW (window), cpt_series_set_get_n_tasks (commit->set), FALSE);
  else
    commit_set (task, CPT_SERIES_ONE);
}

void
cpt_series_commit_async (CptWindow           *window,
                         GtkWindow           *parent,
                         CptSeriesSet        *set,
                         const char          *toast,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task;
  Commit *commit;

  g_return_if_fail (CPT_IS_WINDOW (window));
  g_return_if_fail (set != NULL);

  task = g_task_new (window, NULL, callback, user_data);
  commit = g_new0 (Commit, 1);
  commit->set = set;
  g_set_weak_pointer (&commit->parent, parent);
  commit->toast = g_strdup (toast);
  g_task_set_name (task, G_STRFUNC);
  g_task_set_task_data (task, commit, commit_free);
  cpt_store_read_async (cpt_window_get_store (window), G_PRIORITY_HIGH, find_in_reader, cpt_series_set_ref (set),
                        (GDestroyNotify) cpt_series_set_unref, g_free, NULL, found_cb, task);
}

gboolean
cpt_series_commit_finish (CptWindow     *window,
                          GAsyncResult  *result,
                          GPtrArray    **problems,
                          GError       **error)
{
  Commit *commit;

  g_return_val_if_fail (g_task_is_valid (result, window), FALSE);

  commit = g_task_get_task_data (G_TASK (result));
  if (problems != NULL)
    *problems = g_steal_pointer (&commit->problems);

  return g_task_propagate_boolean (G_TASK (result), error);
}
