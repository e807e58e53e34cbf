/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-series-set.h"
#include "cpt-window.h"

G_BEGIN_DECLS

/* Which task somebody means */
typedef struct
{
  CptUuid  id;
  gint64   day; /* on which it is still to come; G_MININT64 for the task itself */
  gboolean is_repeating; /* somebody has to say what a change is about */
  gboolean is_meeting; /* a meeting or a record of another kind: no task */
  int      offset; /* of a record that lasts: which of its days, from 0 on */
  gint64   first; /* of a record: as its fields have it */
  gint64   last;
  gboolean has_last;
} CptCalendarTask;

/* Asks which tasks of a series are meant, of one task or of several among which
 * some repeat. Whoever would rather not gives %G_IO_ERROR_CANCELLED. */
void     cpt_series_ask_async     (CptWindow           *window,
                                   guint                n_tasks,
                                   gboolean             is_deletion,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
gboolean cpt_series_ask_finish    (CptWindow       *window,
                                   GAsyncResult    *result,
                                   CptSeriesScope  *scope,
                                   GError         **error);

/**
 * cpt_series_change_async:
 * @window: whose workspace the task is in
 * @task: a task that repeats; see cpt_series_concerns()
 * @field: (nullable): what is to be changed; the task is deleted when %NULL
 * @value: (nullable): its value
 * @toast: what was done, for the toast with Undo
 * @callback: when it is done; when the person would rather not, with
 *   %G_IO_ERROR_CANCELLED
 * @user_data: for @callback
 *
 * Asks whether this one, this and following or all tasks of the series are
 * meant, and does it.
 */
void     cpt_series_change_async  (CptWindow             *window,
                                   const CptCalendarTask *task,
                                   const char            *field,
                                   const CptValue        *value,
                                   const char            *toast,
                                   GAsyncReadyCallback    callback,
                                   gpointer               user_data);
/* Likewise, without a question: this one is meant */
void     cpt_series_change_one_async (CptWindow             *window,
                                      const CptCalendarTask *task,
                                      const char            *field,
                                      const CptValue        *value,
                                      const char            *toast,
                                      GAsyncReadyCallback    callback,
                                      gpointer               user_data);
gboolean cpt_series_change_finish (CptWindow     *window,
                                   GAsyncResult  *result,
                                   GError       **error);

/**
 * cpt_series_commit_async:
 * @window: whose workspace the tasks are in
 * @parent: (nullable): the window that asks, when it is not @window
 * @set: (transfer full): the values
 * @toast: what was done, for the toast with Undo
 * @callback: when it is done; when the person would rather not, with
 *   %G_IO_ERROR_CANCELLED
 * @user_data: for @callback
 *
 * Asks which tasks are meant where that has to be asked, and stores the values
 * as one act.
 */
void     cpt_series_commit_async  (CptWindow           *window,
                                   GtkWindow           *parent,
                                   CptSeriesSet        *set,
                                   const char          *toast,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
/* @problems as of cpt_window_commit_finish() */
gboolean cpt_series_commit_finish (CptWindow     *window,
                                   GAsyncResult  *result,
                                   GPtrArray    **problems,
                                   GError       **error);

G_END_DECLS
