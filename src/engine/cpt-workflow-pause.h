/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"

G_BEGIN_DECLS

/**
 * CptPausePolicy:
 * @CPT_PAUSE_HOLD: nothing happens, and time stands still: who had three days left has three days left afterwards.
 *   Dates are dates: they come all the same
 * @CPT_PAUSE_HOLD_ABSOLUTE: nothing happens, but time passes
 * @CPT_PAUSE_DRAIN: nobody begins; who is under way goes on to the end
 */
typedef enum
{
  CPT_PAUSE_HOLD,
  CPT_PAUSE_HOLD_ABSOLUTE,
  CPT_PAUSE_DRAIN,
} CptPausePolicy;

/**
 * cpt_workflow_pause:
 * @database: a connection
 * @workflow: the id of a workflow that was published
 * @policy: how
 * @reason: (nullable): a sentence for those who find it paused
 * @now: microseconds since the Unix epoch
 * @error: %CPT_ERROR_INVALID when it was never published; as of any writing
 *
 * Lets it rest. Who is called already is called to the end.
 *
 * Returns: whether it is written
 */
gboolean   cpt_workflow_pause        (CptDatabase     *database,
                                      const CptUuid   *workflow,
                                      CptPausePolicy   policy,
                                      const char      *reason,
                                      gint64           now,
                                      GError         **error);

/**
 * CptOverdue:
 * @version: the number of a version
 * @node: the id of a node of it
 * @n_runs: how many stand there and would go on at once
 */
typedef struct
{
  guint  version;
  char  *node;
  guint  n_runs;
} CptOverdue;

void       cpt_overdue_free          (CptOverdue *self);
/* (transfer full) (element-type CptOverdue) (nullable): who would go on at once if the workflow went on at @now, step by
 * step; those with most in front */
GPtrArray *cpt_workflow_list_overdue (CptDatabase    *database,
                                      const CptUuid  *workflow,
                                      gint64          now,
                                      GError        **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * CptOverduePolicy:
 * @CPT_OVERDUE_ONCE: all go on now
 * @CPT_OVERDUE_SKIP: what is overdue is left out: they go on to where they wait next, and nothing is done on the way
 * @CPT_OVERDUE_SPACE: they go on one after the other, what was due first in front, as far apart as the time allows
 *
 * What becomes of waits that were over in the meantime.
 */
typedef enum
{
  CPT_OVERDUE_ONCE,
  CPT_OVERDUE_SKIP,
  CPT_OVERDUE_SPACE,
} CptOverduePolicy;

/**
 * cpt_workflow_resume:
 * @database: a connection
 * @workflow: the id of a workflow that rests
 * @policy: what becomes of what is overdue
 * @spread: with %CPT_OVERDUE_SPACE: over which time, microseconds
 * @now: microseconds since the Unix epoch
 * @n_overdue: (out) (optional): how many waits were overdue
 * @error: %CPT_ERROR_INVALID when it does not rest; as of any writing
 *
 * Lets it go on, in one transaction.
 *
 * Returns: whether it is written
 */
gboolean   cpt_workflow_resume       (CptDatabase       *database,
                                      const CptUuid     *workflow,
                                      CptOverduePolicy   policy,
                                      gint64             spread,
                                      gint64             now,
                                      guint             *n_overdue,
                                      GError           **error);

/* Stops and starts the clocks of workflows that were put on hold or taken off by any way: a switch, undo. At each tick */
gboolean   cpt_workflow_keep_holds   (CptDatabase  *database,
                                      gint64        now,
                                      GError      **error);

G_END_DECLS
