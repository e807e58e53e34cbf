/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"

G_BEGIN_DECLS

/**
 * cpt_automation_enrol:
 * @database: a connection
 * @workflow: the id of an active workflow
 * @subjects: (array length=n_subjects): ids of records of its kind
 * @n_subjects: how many
 * @n_added: (out) (optional): how many began; who is under way already stays as he is
 * @error: %CPT_ERROR_INVALID when it is not active or is not started by hand,
 *   %CPT_ERROR_NOT_FOUND when there is no such workflow or record
 *
 * Lets records begin by hand, as far as the workflow lets them begin again. All do, or none. Nothing happens before the next
 * cpt_automation_tick().
 *
 * Returns: whether they have begun
 */
gboolean cpt_automation_enrol (CptDatabase    *database,
                               const CptUuid  *workflow,
                               const CptUuid  *subjects,
                               guint           n_subjects,
                               guint          *n_added,
                               GError        **error);

/**
 * cpt_automation_stop:
 * @database: a connection
 * @workflow: the id of a workflow
 * @subjects: (array length=n_subjects): ids of records
 * @n_subjects: how many
 * @n_stopped: (out) (optional): how many runs were under way
 * @error: as of any writing
 *
 * Ends what is under way for them, wherever it stands. What it has decided and not sent yet is not
 * sent any more. All end, or none.
 *
 * Returns: whether they have ended
 */
gboolean cpt_automation_stop  (CptDatabase    *database,
                               const CptUuid  *workflow,
                               const CptUuid  *subjects,
                               guint           n_subjects,
                               guint          *n_stopped,
                               GError        **error);

/**
 * CptAutomationReport:
 * @n_begun: runs that began because of what happened
 * @n_enrolments: that went on
 * @n_steps: nodes that were left
 * @n_ended: runs that ended
 * @n_parked: runs that wait for a person from now on
 * @next_due: when the next one goes on by itself, microseconds since the Unix epoch;
 *   %G_MAXINT64: none does
 */
typedef struct
{
  guint64 n_begun;
  guint64 n_enrolments;
  guint64 n_steps;
  guint64 n_ended;
  guint64 n_parked;
  gint64  next_due;
} CptAutomationReport;

/**
 * cpt_automation_tick:
 * @database: a connection
 * @now: microseconds since the Unix epoch
 * @report: (out): what happened
 * @cancellable: (nullable): stops between two batches
 * @error: as of any writing; %G_IO_ERROR_CANCELLED
 *
 * Lets begin whom active workflows start by what happened to records since the last time, and everybody
 * go on who is due at @now, in batches: what a batch does to records, where
 * its runs stand then and what is told of it is one SQL transaction, so that a process that
 * is killed has done a step or has not. What can't be done parks the run, with the reason;
 * the others go on.
 *
 * Returns: whether all batches were written
 */
gboolean cpt_automation_tick  (CptDatabase          *database,
                               gint64                now,
                               CptAutomationReport  *report,
                               GCancellable         *cancellable,
                               GError              **error);

G_END_DECLS
