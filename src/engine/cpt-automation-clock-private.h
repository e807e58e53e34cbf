/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-automation-listener-private.h"
#include "cpt-automation-start-private.h"
#include "cpt-start-timer.h"

G_BEGIN_DECLS

/**
 * CptAutomationClock:
 * @database: a connection
 * @timer: how far it has come
 * @entity: the kind of records
 * @settings: of the start
 * @where: (nullable): which records
 * @now: microseconds since the Unix epoch
 *
 * A start that follows the clock, while somebody looks at it.
 */
typedef struct
{
  CptDatabase     *database;
  CptStartTimer   *timer;
  const CptEntity *entity;
  JsonObject      *settings;
  CptFilter       *where;
  gint64           now;
} CptAutomationClock;

/**
 * CptAutomationClockKind:
 * @kind: of the node
 * @find_next: when somebody has to look next, after the timer's @at
 * @find_end: until when what is due is begun now
 * @list_rows: (transfer full) (element-type gint64) (nullable): records that may be due between the timer's
 *   @at and @until, in any order
 * @is_due: (nullable): whether one of them is; %NULL: all are. @instant: when it was
 *
 * How one kind of start tells who is due. Conditions are asked by whoever calls.
 */
typedef struct
{
  const char *kind;
  gint64     (*find_next) (const CptAutomationClock *self);
  gint64     (*find_end)  (const CptAutomationClock *self);
  GArray    *(*list_rows) (const CptAutomationClock *self,
                           GError                  **error);
  gboolean   (*is_due)    (const CptAutomationClock *self,
                           const CptRecord          *record,
                           gint64                   *instant);
} CptAutomationClockKind;

/* (nullable): %NULL where it is no kind that follows the clock */
const CptAutomationClockKind *cpt_automation_clock_kind_find (const char *name);

/* cpt-automation-clock.c: makes the timers those of @listeners. Inside a transaction */
gboolean cpt_automation_keep_timers (CptDatabase  *database,
                                     GPtrArray    *listeners,
                                     GError      **error);
/* Whether they are so already */
gboolean cpt_automation_has_timers  (CptDatabase  *database,
                                     GPtrArray    *listeners,
                                     gboolean     *is_so,
                                     GError      **error);
/* Lets begin what the clock starts until @now. In batches, each one transaction with how far was looked */
gboolean cpt_automation_run_timers  (CptDatabase         *database,
                                     gint64               now,
                                     CptAutomationBegun  *begun,
                                     GCancellable        *cancellable,
                                     GError             **error);

G_END_DECLS
