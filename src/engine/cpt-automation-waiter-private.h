/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-automation-listener-private.h"
#include "cpt-automation-start-private.h"
#include "cpt-enrolment.h"
#include "cpt-run.h"

G_BEGIN_DECLS

/* (transfer full) (element-type utf8) a set: the places where @run waits for something to happen; a workflow with
 * rules of leaving waits as a whole, at a node without a name */
GHashTable *cpt_automation_list_waiting (const CptRun      *run,
                                         const CptWorkflow *drawing);
/* Inside a transaction: those who are told that @enrolment waits were @before, and are @after */
gboolean    cpt_automation_keep_waiting (CptDatabase         *database,
                                         const CptEnrolment  *enrolment,
                                         GHashTable          *before,
                                         GHashTable          *after,
                                         GError             **error);
/**
 * cpt_automation_tell:
 * @database: a connection, inside a transaction
 * @drawings: (element-type utf8 CptWorkflow): versions that were read before; filled in
 * @change: what happened
 * @now: microseconds since the Unix epoch
 * @begun: counts who ends by it
 * @error: as of any writing
 *
 * Tells those who wait for something to happen with the record, or with whom it links to. The first
 * branch that it is leads on, and the run goes on with the others that are due; a rule of leaving ends it.
 *
 * Returns: whether it is written
 */
gboolean    cpt_automation_tell         (CptDatabase                *database,
                                         GHashTable                 *drawings,
                                         const CptAutomationChange  *change,
                                         gint64                      now,
                                         CptAutomationBegun         *begun,
                                         GError                    **error);

/* (nullable): the id of the first of the branches @member of @settings that @change is, for who came there the
 * @visit-th time with @subject */
const char *cpt_automation_find_branch (CptDatabase               *database,
                                        const CptAutomationChange *change,
                                        JsonObject                *settings,
                                        const char                *member,
                                        const CptUuid             *subject,
                                        guint                      visit);

G_END_DECLS
