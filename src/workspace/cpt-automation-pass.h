/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-automation.h"
#include "cpt-delivery.h"

G_BEGIN_DECLS

/**
 * CptAutomationPass:
 * @runs: what happened in workflows, all in all
 * @effects: what became of what left the machine
 * @n_tended: tasks of plans that expired, ended or went to the trash
 * @next_due: when something happens next by itself, microseconds since the Unix epoch;
 *   %G_MAXINT64: nothing does
 */
typedef struct
{
  CptAutomationReport runs;
  CptDeliveryReport   effects;
  guint               n_tended;
  gint64              next_due;
} CptAutomationPass;

/* Whether anything was ever published, or there are plans: else nothing happens by itself. Where
 * nothing was published nobody is asked which file this is */
gboolean cpt_automation_is_needed (CptDatabase *database);

/**
 * cpt_automation_pass:
 * @database: a connection
 * @now: microseconds since the Unix epoch
 * @may_call_home: whether addresses of this machine and its own network may be called
 * @report: (inout): what happened is added to what is there
 * @cancellable: (nullable): ends it between two steps
 * @error: as of cpt_automation_home_check(), cpt_automation_tick() and cpt_delivery_run()
 *
 * Does everything that is to happen by itself at @now: lets runs go on, brings away what they
 * decided, and lets those go on that waited for it. Blocks.
 *
 * Returns: whether all was written
 */
gboolean cpt_automation_pass (CptDatabase        *database,
                              gint64              now,
                              gboolean            may_call_home,
                              CptAutomationPass  *report,
                              GCancellable       *cancellable,
                              GError            **error);

G_END_DECLS
