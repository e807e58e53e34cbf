/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-transaction.h"

G_BEGIN_DECLS

/* What a change of a task that repeats is about */
typedef enum
{
  CPT_SERIES_ONE, /* this one only */
  CPT_SERIES_FOLLOWING, /* this one and those after it */
  CPT_SERIES_ALL,
} CptSeriesScope;

/**
 * CptSeriesEdit:
 *
 * A change or the deletion of a task that repeats, for as much of its series as
 * somebody said. Pure data until it is made a transaction of.
 */
typedef struct _CptSeriesEdit CptSeriesEdit;

/* Whether records of a kind can repeat */
gboolean        cpt_series_applies       (const CptEntity *entity);

/**
 * cpt_series_concerns:
 * @task: a task as it is stored
 * @field: (nullable): what is to be changed; deletion when %NULL
 *
 * Whether somebody has to say what a change is about: the task repeats and is
 * not over, and the field is one that the others of the series share. The rule
 * itself is never asked about: it is that of those that follow.
 */
gboolean        cpt_series_concerns      (const CptRecord *task,
                                          const CptField  *field);

/**
 * cpt_series_edit_new:
 * @task: the one of the series that is stored and not over
 * @day: %G_MININT64 for the task itself; otherwise a day after it, on which it
 *   would come again
 * @scope: what the change is about
 *
 * Returns: (transfer full): without changes yet
 */
CptSeriesEdit  *cpt_series_edit_new      (const CptUuid  *task,
                                          gint64          day,
                                          CptSeriesScope  scope) G_GNUC_WARN_UNUSED_RESULT;
void            cpt_series_edit_free     (CptSeriesEdit *self);
/* A field of tasks by its name. A later value wins. */
void            cpt_series_edit_set      (CptSeriesEdit  *self,
                                          const char     *field,
                                          const CptValue *value);
void            cpt_series_edit_delete   (CptSeriesEdit *self);

/**
 * cpt_series_edit_build:
 * @self: what to do
 * @database: where; the connection that commits next
 * @origin: for the transaction
 * @error: %CPT_ERROR_NOT_FOUND, %CPT_ERROR_INVALID for a task that does not
 *   repeat, is over or does not come on that day, %CPT_ERROR_UNSUPPORTED for rules
 *   that can't be moved
 *
 * By RFC 5545: one day that is left out (EXDATE), or a task of its own for it
 * (RECURRENCE-ID); a series that is split, the earlier part with an UNTIL; or
 * the whole series. The transaction expects the records to be as they were read.
 *
 * Returns: (transfer full): to be committed
 */
CptTransaction *cpt_series_edit_build    (const CptSeriesEdit  *self,
                                          CptDatabase          *database,
                                          CptOrigin             origin,
                                          GError              **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same into @transaction, for changes of several series that are one act;
 * what is in it when this fails is not to be committed */
gboolean        cpt_series_edit_append   (const CptSeriesEdit  *self,
                                          CptDatabase          *database,
                                          CptTransaction       *transaction,
                                          GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptSeriesEdit, cpt_series_edit_free)

G_END_DECLS
