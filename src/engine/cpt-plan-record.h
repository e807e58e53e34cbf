/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"
#include "cpt-plan.h"

G_BEGIN_DECLS

/* Plans as records, and the tasks that they make. */

#define CPT_PLAN_ENTITY "activity_plan"
/* More are no audience of people who call them */
#define CPT_PLAN_MAX_AUDIENCE 3000

/**
 * cpt_plan_read:
 * @record: one of %CPT_PLAN_ENTITY
 * @country: whose public holidays count
 * @error: as of cpt_plan_parse(), in the words of the form
 *
 * Returns: (transfer full) (nullable): what it says; %NULL with @error
 */
CptPlan *cpt_plan_read           (const CptRecord  *record,
                                  const char       *country,
                                  GError          **error) G_GNUC_WARN_UNUSED_RESULT;

typedef enum
{
  CPT_PLAN_NEW,
  CPT_PLAN_MOVED,
  CPT_PLAN_REMOVED,
} CptPlanChangeKind;

/**
 * CptPlanChange:
 * @kind: what would happen
 * @title: of the task
 * @from: when it is now; of CPT_PLAN_NEW 0
 * @to: when it would be; of CPT_PLAN_REMOVED 0
 *
 * One line of a difference.
 */
typedef struct
{
  CptPlanChangeKind kind;
  char             *title;
  gint64            from;
  gint64            to;
} CptPlanChange;

/**
 * CptPlanDifference:
 * @changes: (element-type CptPlanChange): new, moved, removed, each in order of time
 * @n_new: tasks that would be made
 * @n_moved: that would be at another time, with another owner or called otherwise
 * @n_removed: that would go to the trash
 * @n_same: to come, and as they would be
 * @n_kept: that are not looked at: done, over, or changed by hand
 * @n_left: for which there is no time any more, or no date
 * @sequence: of the log, when something was changed; else 0
 *
 * What generating would change.
 */
typedef struct
{
  GPtrArray *changes;
  guint      n_new;
  guint      n_moved;
  guint      n_removed;
  guint      n_same;
  guint      n_kept;
  guint      n_left;
  gint64     sequence;
} CptPlanDifference;

void               cpt_plan_difference_free (CptPlanDifference *self);

/**
 * cpt_plan_compare:
 * @database: any connection
 * @plan: the id of a plan
 * @error: what stands in the way, for people
 *
 * Returns: (transfer full) (nullable): what cpt_plan_generate() would do now; %NULL with @error
 */
CptPlanDifference *cpt_plan_compare         (CptDatabase    *database,
                                             const CptUuid  *plan,
                                             GError        **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * cpt_plan_generate:
 * @database: a connection that writes
 * @plan: the id of a plan
 * @error: as of cpt_plan_compare(), and of storing
 *
 * Makes the tasks of a plan: new ones, and those to come that nobody has touched as they are
 * to be now. What was done, is over or was changed by hand stays. One act, to be undone.
 *
 * Returns: (transfer full) (nullable): what was done; %NULL with @error
 */
CptPlanDifference *cpt_plan_generate        (CptDatabase    *database,
                                             const CptUuid  *plan,
                                             GError        **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * cpt_plan_execute:
 * @database: a connection that writes
 * @task: the id of a task of a plan
 * @error: %CPT_ERROR_INVALID when it is of none, or was done
 *
 * The task is done, and an activity tells that it happened now. One act.
 */
gboolean           cpt_plan_execute         (CptDatabase    *database,
                                             const CptUuid  *task,
                                             GError        **error);

/**
 * cpt_plan_again:
 * @database: a connection that writes
 * @task: the id of a task of a plan
 * @at: (out) (optional): when it is now
 * @error: %CPT_ERROR_INVALID when it is of none or was done, %CPT_ERROR_LIMIT when there is no time
 *
 * What failed, expired, was cancelled or is late gets the next free place of its plan.
 */
gboolean           cpt_plan_again           (CptDatabase    *database,
                                             const CptUuid  *task,
                                             gint64         *at,
                                             GError        **error);

/**
 * CptPlanTending:
 * @n_expired: tasks that were not done in time
 * @n_cancelled: of those with whom it is over before
 * @n_dropped: done long enough ago to go to the trash
 * @next_due: when the next task expires; G_MAXINT64: none does
 */
typedef struct
{
  guint  n_expired;
  guint  n_cancelled;
  guint  n_dropped;
  gint64 next_due;
} CptPlanTending;

/* What time has done to the tasks of all plans by @now: they expire, end for those whom the plan
 * stops for, and go to the trash when they were done long ago. One act for each plan; what somebody
 * else changes meanwhile is left for the next time. */
gboolean           cpt_plan_tend            (CptDatabase     *database,
                                             gint64           now,
                                             CptPlanTending  *tending,
                                             GError         **error);

/**
 * CptPlanCounts:
 * @n_planned: tasks to be done
 * @n_late: of them, those whose time has come
 * @n_executed: that were done
 * @n_failed: tried in vain
 * @n_cancelled: not to be done any more
 * @n_expired: not done in time
 * @n_treated: with how many people, organisations… something was done
 */
typedef struct
{
  guint n_planned;
  guint n_late;
  guint n_executed;
  guint n_failed;
  guint n_cancelled;
  guint n_expired;
  guint n_treated;
} CptPlanCounts;

gboolean           cpt_plan_count           (CptDatabase    *database,
                                             const CptUuid  *plan,
                                             CptPlanCounts  *counts,
                                             GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptPlanDifference, cpt_plan_difference_free)

G_END_DECLS
