/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The asynchronous calls of a store: a job for a worker in a GTask. Whether it
 * was cancelled is what the job says: something that was committed was not. */

#include "config.h"

#include "cpt-store-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-error.h"
#include "cpt-log-private.h"

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

  g_return_if_fail (CPT_IS_STORE (self) && func != NULL);

  job = create_job (func, data, data_free, result_free);
  job->priority = priority;
  cpt_store_workers_push_read (cpt_store_get_workers (self),
                               create_task (self, "cpt_store_read_async", job, cancellable, callback, user_data));
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
} UndoData;

static gpointer
run_undo (CptDatabase   *database,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  UndoData *request = data;
  g_autoptr(CptLogEntry) entry = NULL;
  gint64 sequence = request->sequence;
  GError *own_error = NULL;

  if (sequence == 0)
    entry = request->redo ? cpt_log_peek_redo (database, &own_error) : cpt_log_peek_undo (database, &own_error);
  else
    entry = cpt_log_find (database, sequence, NULL, &own_error);

  if (entry == NULL)
    {
      if (own_error != NULL)
        g_propagate_error (error, own_error);
      else if (request->redo)
        g_set_error_literal (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("There is nothing to redo."));
      else
        g_set_error_literal (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("There is nothing to undo."));
      return NULL;
    }

  if (!cpt_log_undo (database, entry->sequence, NULL, error))
    return NULL;

  return cpt_log_dup_undone_label (database, entry);
}

void
cpt_store_undo_async (CptStore            *self,
                      gint64               sequence,
                      gboolean             redo,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  UndoData *data;

  g_return_if_fail (CPT_IS_STORE (self));

  data = g_new0 (UndoData, 1);
  data->sequence = sequence;
  data->redo = redo;
  cpt_store_workers_push_write (cpt_store_get_workers (self),
                                create_task (self, "cpt_store_undo_async",
                                             create_job (run_undo, data, g_free, g_free),
                                             cancellable, callback, user_data));
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
