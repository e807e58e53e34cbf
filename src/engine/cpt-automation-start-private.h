/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-automation.h"
#include "cpt-enrolment.h"
#include "cpt-run.h"

G_BEGIN_DECLS

/* Workflows that start one another one after the other, at most; the next one waits for a person */
#define CPT_AUTOMATION_MAX_DEPTH 5

/**
 * CptAutomationStart:
 * @workflow: its id
 * @drawing: the version that is followed
 * @version: its number
 * @node: the start
 * @now: microseconds since the Unix epoch
 * @cause: the line of the log that a workflow has written and that made it begin; 0: none
 * @depth: without @cause: how many stand before that began one another
 *
 * How records begin a workflow.
 */
typedef struct
{
  const CptUuid     *workflow;
  const CptWorkflow *drawing;
  guint              version;
  const char        *node;
  gint64             now;
  gint64             cause;
  guint              depth;
} CptAutomationStart;

/**
 * CptAutomationBegun:
 * @n_begun: runs
 * @n_parked: of these, that wait for a person
 * @n_ended: runs that ended because of what happened
 *
 * All are added to.
 */
typedef struct
{
  guint64 n_begun;
  guint64 n_parked;
  guint64 n_ended;
} CptAutomationBegun;

/* Lets @subject begin, unless the workflow's settings say that it may not (again). Inside a
 * transaction. FALSE when it can't be written. */
gboolean cpt_automation_begin      (CptDatabase               *database,
                                    const CptAutomationStart  *start,
                                    const CptRecord           *subject,
                                    CptAutomationBegun        *begun,
                                    GError                   **error);

/**
 * CptAutomationOpening:
 * @id: of the workflow
 * @name: of it
 * @drawing: (owned): the version in force
 * @version: its number
 * @node: the start
 * @entity: the kind of records that it is about
 *
 * A workflow that can be begun by hand, or by another one.
 */
typedef struct
{
  CptUuid          id;
  char            *name;
  CptWorkflow     *drawing;
  guint            version;
  const char      *node;
  const CptEntity *entity;
} CptAutomationOpening;

/* FALSE with a sentence when it is not active, was deleted, or has no such start */
gboolean cpt_automation_open       (CptDatabase           *database,
                                    const CptUuid         *workflow,
                                    CptAutomationOpening  *opening,
                                    GError               **error);
void     cpt_automation_opening_clear (CptAutomationOpening *self);

/* (transfer full): about what there is one run at a time. Who has nothing there, or where what is
 * named is gone, stands for himself. */
char    *cpt_automation_dup_key    (CptDatabase       *database,
                                    const CptWorkflow *workflow,
                                    const CptRecord   *subject);
/* Whether the workflow lets who has that key begin after @last (nullable) */
gboolean cpt_automation_may_begin  (CptDatabase        *database,
                                    const CptWorkflow  *workflow,
                                    const CptEnrolment *last,
                                    gint64              now);
/* What workflows make one another do over and over, by what they do, is stopped there and shown. */
void     cpt_automation_park_chain (CptToken *token);

/* cpt-automation-follow.c: reads on in the log, as far as it goes, and lets begin what it
 * starts. In batches, each one transaction with how far was read. */
gboolean cpt_automation_follow_log (CptDatabase         *database,
                                    gint64               now,
                                    CptAutomationBegun  *begun,
                                    GCancellable        *cancellable,
                                    GError             **error);

/* cpt-automation-stop.c: ends what is under way of @workflow for @subject, but for the enrolment @except (0: none).
 * @stopped (nullable) gets the rows that were stopped (gint64), @n_stopped is added to. Inside a transaction. */
gboolean cpt_automation_stop_runs  (CptDatabase    *database,
                                    const CptUuid  *workflow,
                                    const CptUuid  *subject,
                                    gint64          except,
                                    GHashTable     *stopped,
                                    guint          *n_stopped,
                                    GError        **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CptAutomationOpening, cpt_automation_opening_clear)

G_END_DECLS
