/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-log.h"
#include "cpt-rules.h"

G_BEGIN_DECLS

#define CPT_TYPE_STORE (cpt_store_get_type ())

G_DECLARE_FINAL_TYPE (CptStore, cpt_store, CPT, STORE, GObject)

/**
 * CptStoreFunc:
 * @database: a connection that nobody else uses meanwhile
 * @data: what was given with it
 * @cancellable: already watched by @database
 * @error: return location for an error
 *
 * Work on a worker thread. Owns nothing of the caller but @data.
 *
 * Returns: (nullable): the result; NULL with @error unset is a result too
 */
typedef gpointer (*CptStoreFunc) (CptDatabase   *database,
                                  gpointer       data,
                                  GCancellable  *cancellable,
                                  GError       **error);

/**
 * CptStore:
 *
 * A workspace file for a main loop: one writer thread, a pool of reading
 * threads, each with its own connection. Blocking inside, asynchronous at the
 * edge. Announces every transaction once, its own and other processes'.
 */

/* Blocks: opening takes milliseconds unless the file must be migrated */
CptStore    *cpt_store_open         (const char               *path,
                                     CptOpenMode               mode,
                                     const CptDatabaseConfig  *config,
                                     GError                  **error);
const char  *cpt_store_get_path     (CptStore *self);
gboolean     cpt_store_is_read_only (CptStore *self);
/* As of the last change announced; emits notify::schema when custom fields or
 * rules change */
CptSchema   *cpt_store_get_schema   (CptStore *self);
/* (nullable): the rules in force, for that schema; NULL when there are none */
CptRules    *cpt_store_get_rules    (CptStore *self);
GTimeZone   *cpt_store_get_zone     (CptStore *self);
const char  *cpt_store_get_currency (CptStore *self);
const char  *cpt_store_get_country  (CptStore *self);
/* (nullable): what people call the workspace, as of its opening */
const char  *cpt_store_get_name     (CptStore *self);
/* (nullable): who makes the changes */
const CptUuid *cpt_store_get_author (CptStore *self);
CptClock    *cpt_store_get_clock    (CptStore *self);
/* Sequence of the last transaction announced */
gint64       cpt_store_get_sequence (CptStore *self);

/* Reads run in parallel, urgent ones (smaller G_PRIORITY_*) first; writes in
 * the order they were given. @data_free and @result_free may be NULL. */
void         cpt_store_read_async   (CptStore            *self,
                                     int                  priority,
                                     CptStoreFunc         func,
                                     gpointer             data,
                                     GDestroyNotify       data_free,
                                     GDestroyNotify       result_free,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
void         cpt_store_write_async  (CptStore            *self,
                                     CptStoreFunc         func,
                                     gpointer             data,
                                     GDestroyNotify       data_free,
                                     GDestroyNotify       result_free,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
/* Long work that writes in slices (import): a thread and a connection of its
 * own, so that the writer stays free between slices */
void         cpt_store_work_async   (CptStore            *self,
                                     CptStoreFunc         func,
                                     gpointer             data,
                                     GDestroyNotify       data_free,
                                     GDestroyNotify       result_free,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
/* For all three; the result is owned by the caller now */
gpointer     cpt_store_finish       (CptStore      *self,
                                     GAsyncResult  *result,
                                     GError       **error);

/* Takes @transaction. Frequent enough to have its own: */
void         cpt_store_commit_async  (CptStore            *self,
                                      CptTransaction      *transaction,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
/* @problems as in cpt_database_commit() */
gboolean     cpt_store_commit_finish (CptStore      *self,
                                      GAsyncResult  *result,
                                      CptCommit     *commit,
                                      GPtrArray    **problems,
                                      GError       **error);
/* @sequence 0: what cpt_log_peek_undo() / _redo() names */
void         cpt_store_undo_async    (CptStore            *self,
                                      gint64               sequence,
                                      gboolean             redo,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
/* @label (optional): what was taken back, for the toast */
gboolean     cpt_store_undo_finish   (CptStore      *self,
                                      GAsyncResult  *result,
                                      char         **label,
                                      GError       **error);

/* Signal "changed" (CptChangeSet *set): in the main loop, once per transaction
 * or batch of transactions seen, also for other processes' within 250 ms. */

G_END_DECLS
