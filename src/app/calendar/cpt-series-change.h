/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-window.h"

G_BEGIN_DECLS

/* Which task somebody means */
typedef struct
{
  CptUuid  id;
  gint64   day; /* on which it is still to come; G_MININT64 for the task itself */
  gboolean is_repeating; /* somebody has to say what a change is about */
} CptCalendarTask;

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
gboolean cpt_series_change_finish (CptWindow     *window,
                                   GAsyncResult  *result,
                                   GError       **error);

G_END_DECLS
