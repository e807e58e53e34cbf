/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-automation-listener-private.h"
#include "cpt-enrolment.h"
#include "cpt-run.h"

G_BEGIN_DECLS

/* (element-type utf8) a set: the places where @run waits for something to happen */
GHashTable *cpt_automation_list_waiting (const CptRun *run);
/* Inside a transaction: makes those who are told that @enrolment waits the places of @run; @before: those that were */
gboolean    cpt_automation_keep_waiting (CptDatabase         *database,
                                         const CptEnrolment  *enrolment,
                                         const CptRun        *run,
                                         GHashTable          *before,
                                         GError             **error);
/**
 * cpt_automation_tell:
 * @database: a connection, inside a transaction
 * @drawings: (element-type utf8 CptWorkflow): versions that were read before; filled in
 * @change: what happened
 * @now: microseconds since the Unix epoch
 * @error: as of any writing
 *
 * Tells those who wait for something to happen with the record, or with whom it links to. The first
 * branch that it is leads on; the run goes on with the others that are due.
 *
 * Returns: whether it is written
 */
gboolean    cpt_automation_tell         (CptDatabase                *database,
                                         GHashTable                 *drawings,
                                         const CptAutomationChange  *change,
                                         gint64                      now,
                                         GError                    **error);

G_END_DECLS
