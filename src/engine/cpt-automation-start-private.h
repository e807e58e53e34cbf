/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-automation.h"
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

/* What workflows make one another do over and over, by what they do, is stopped there and shown. */
void     cpt_automation_park_chain (CptToken *token);

/* cpt-automation-follow.c: reads on in the log, as far as it goes, and lets begin what it
 * starts. In batches, each one transaction with how far was read. */
gboolean cpt_automation_follow_log (CptDatabase         *database,
                                    gint64               now,
                                    CptAutomationBegun  *begun,
                                    GCancellable        *cancellable,
                                    GError             **error);

G_END_DECLS
