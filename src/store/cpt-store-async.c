/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The asynchronous calls of a store: a job for a worker in a GTask. Whether a
 * writing one was cancelled is what the job says: something that was committed was
 * not. An answer to a question that was given up is none, even when it was found
 * before: it could arrive after the answer to the next one. */

#include "config.h"

#include "cpt-store-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-error.h"
#include "cpt-log-private.h"
#include "cpt-undo-private.h"

static GTask *
create_task (CptStore            *self,
             const char          *name,
             CptStoreJob         *job,
             GCancellable        *cancellable,
             GAsyncReadyCallback  callback,
             gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_name (task, name);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_priority (task, job->priority);
  g_task_set_task_data (task, job, (GDestroyNotify) cpt_store_job_free);

  return task;
}

static CptStoreJob *
create_job (CptStoreFunc   func,
            gpointer       data,
            GDestroyNotify data_free,
            GDestroyNotify result_free)
{
  CptStoreJob *job = g_new0 (CptStoreJob, 1);

  job->func = func;
  job->data = data;
  job->data_free = data_free;
  job->result_free = result_free;
  job->priority = G_PRIORITY_DEFAULT;

  return job;
}

void
cpt_store_read_async (CptStore            *self,
                      int                  priority,
                      CptStoreFunc         func,
                      gpointer             data,
                      GDestroyNotify       data_free,
                      GDestroyNotify       result_free,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  CptStoreJob *job;
  GTask *task;

  g_return_if_fail (CPT_IS_STORE (self) && func != NULL);

  job = create_job (func, data, data_free, result_free);
  job->priority = priority;
  task = create_task (self, "cpt_store_read_async", job, cancellable, callback, user_data);
  g_task_set_check_cancellable (task, TRUE);
  cpt_store_workers_push_read (cpt_store_get_workers (self), task);
}

void
cpt_store_write_async (CptStore            *self,
                       CptStoreFunc         func,
                       gpointer             data,
                       GDestroyNotify       data_free,
                       GDestroyNotify       result_free,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_return_if_fail (CPT_IS_STORE (self) && func != NULL);

  cpt_store_workers_push_write (cpt_store_get_workers (self),
                                create_task (self, "cpt_store_write_async",
                                             create_job (func, data, data_free, result_free),
                                             cancellable, callback, user_data));
}

void
cpt_store_work_async (CptStore            *self,
                      CptStoreFunc         func,
                      gpointer             data,
                      GDestroyNotify       data_free,
                      GDestroyNotify       result_free,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_if_fail (CPT_IS_STORE (self) && func != NULL);

  cpt_store_workers_push_work (cpt_store_get_workers (self),
                               create_task (self, "cpt_store_work_async",
                                            create_job (func, data, data_free, result_free),
                                            cancellable, callback, user_data));
}

gpointer
cpt_store_finish (CptStore      *self,
                  GAsyncResult  *result,
                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Commit */

typedef struct
{
  CptTransaction *transaction;
  CptSchema *schema; /* what its entities and fields belong to */
  CptCommit commit;
  GPtrArray *problems; /* (nullable) */
  GError *error;       /* with problems an error is a result */
} CommitData;

static void
commit_data_free (gpointer data)
{
  CommitData *self = data;

  cpt_transaction_free (self->transaction);
  cpt_schema_unref (self->schema);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_free (self);
}

/* The data itself is the result: it says more than an error can. */
static gpointer
run_commit (CptDatabase   *database,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  CommitData *request = data;

  cpt_database_commit (database, request->transaction, &request->commit, &request->problems, &request->error);

  return request;
}

void
cpt_store_commit_async (CptStore            *self,
                        CptTransaction      *transaction,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  CommitData *data;

  g_return_if_fail (CPT_IS_STORE (self) && transaction != NULL);

  data = g_new0 (CommitData, 1);
  data->transaction = transaction;
  data->schema = cpt_schema_ref (cpt_store_get_schema (self));
  cpt_store_workers_push_write (cpt_store_get_workers (self),
                                create_task (self, "cpt_store_commit_async",
                                             create_job (run_commit, data, commit_data_free, NULL),
                                             cancellable, callback, user_data));
}

gboolean
cpt_store_commit_finish (CptStore      *self,
                         GAsyncResult  *result,
                         CptCommit     *commit,
                         GPtrArray    **problems,
                         GError       **error)
{
  CommitData *data;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  data = g_task_propagate_pointer (G_TASK (result), error);
  if (data == NULL)
    return FALSE;

  if (problems != NULL)
    *problems = g_steal_pointer (&data->problems);
  if (data->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&data->error));
      return FALSE;
    }
  if (commit != NULL)
    *commit = data->commit;

  return TRUE;
}

/* Undo */

typedef struct
{
  gint64 sequence;
  gboolean redo;
  gboolean is_large; /* set by the first job: it is left to a second one */
} UndoData;

/* What is to be taken back; NULL with @error when there is nothing */
static CptLogEntry *
find_undone (CptDatabase     *database,
             const UndoData  *request,
             GError         **error)
{
  CptLogEntry *entry;
  GError *own_error = NULL;

  if (request->sequence == 0)
    entry = request->redo ? cpt_log_peek_redo (database, &own_error) : cpt_log_peek_undo (database, &own_error);
  else
    entry = cpt_log_find (database, request->sequence, NULL, &own_error);

  if (own_error != NULL)
    g_propagate_error (error, own_error);
  else if (entry == NULL && request->redo)
    g_set_error_literal (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("There is nothing to redo."));
  else if (entry == NULL)
    g_set_error_literal (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("There is nothing to undo."));

  return entry;
}

/* On a thread of its own */
static gpointer
run_large_undo (CptDatabase   *database,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  const UndoData *request = data;
  g_autoptr(CptLogEntry) entry = find_undone (database, request, error);

  if (entry == NULL || !cpt_log_undo (database, entry->sequence, NULL, error))
    return NULL;

  return cpt_log_dup_undone_label (database, entry);
}

/* Behind what was asked for before. What takes long is left to a thread of its
 * own. */
static gpointer
run_undo (CptDatabase   *database,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  UndoData *request = data;
  g_autoptr(CptLogEntry) entry = find_undone (database, request, error);

  if (entry == NULL || !cpt_undo_is_large (database, entry->sequence, NULL, &request->is_large, error))
    return NULL;

  request->sequence = entry->sequence;
  if (request->is_large)
    return NULL;

  return run_large_undo (database, data, cancellable, error);
}

/* Takes @label and @error */
static void
return_undo (GTask  *task,
             char   *label,
             GError *error)
{
  if (label == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, label, g_free);
}

static void
large_undo_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  char *label = cpt_store_finish (CPT_STORE (source), result, &error);

  return_undo (task, label, error);
}

static void
undo_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  CptStore *self = CPT_STORE (source);
  g_autoptr(GTask) task = user_data;
  const UndoData *request = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *label = cpt_store_finish (self, result, &error);

  if (error == NULL && request->is_large)
    cpt_store_work_async (self, run_large_undo, g_memdup2 (request, sizeof *request), g_free, g_free,
                          g_task_get_cancellable (task), large_undo_cb, g_object_ref (task));
  else
    return_undo (task, g_steal_pointer (&label), error);
}

void
cpt_store_undo_async (CptStore            *self,
                      gint64               sequence,
                      gboolean             redo,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  GTask *task;
  UndoData *data;

  g_return_if_fail (CPT_IS_STORE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_name (task, "cpt_store_undo_async");
  g_task_set_check_cancellable (task, FALSE);
  data = g_new0 (UndoData, 1);
  data->sequence = sequence;
  data->redo = redo;
  g_task_set_task_data (task, data, g_free);
  cpt_store_write_async (self, run_undo, data, NULL, g_free, cancellable, undo_cb, task);
}

gboolean
cpt_store_undo_finish (CptStore      *self,
                       GAsyncResult  *result,
                       char         **label,
                       GError       **error)
{
  g_autofree char *undone = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  undone = g_task_propagate_pointer (G_TASK (result), error);
  if (undone == NULL)
    return FALSE;
  if (label != NULL)
    *label = g_steal_pointer (&undone);

  return TRUE;
}
