/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-enrolment.h"
#include "cpt-run.h"

G_BEGIN_DECLS

/* The versions of one workflow, each read once */
typedef struct _CptAutomationVersions CptAutomationVersions;

CptAutomationVersions *cpt_automation_versions_new  (CptDatabase   *database,
                                                     const CptUuid *workflow);
void                   cpt_automation_versions_free (CptAutomationVersions *self);
/* (nullable) (transfer none): %NULL when it can't be read any more */
const CptWorkflow     *cpt_automation_versions_find (CptAutomationVersions *self,
                                                     guint                  number);

/**
 * CptAutomationVisit:
 * @data: as given
 * @enrolment: one that is under way
 * @drawing: (nullable): its version; %NULL when that can't be read
 * @run: (nullable): where it stands; %NULL when that can't be read
 * @error: ends the visit
 */
typedef gboolean (*CptAutomationVisit) (gpointer            data,
                                        CptEnrolment       *enrolment,
                                        const CptWorkflow  *drawing,
                                        CptRun             *run,
                                        GError            **error);

/* All who are under way in the workflow, in the order of their rows, some in memory at a time */
gboolean cpt_automation_visit_open (CptAutomationVersions  *versions,
                                    CptAutomationVisit      visit,
                                    gpointer                data,
                                    GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptAutomationVersions, cpt_automation_versions_free)

G_END_DECLS
