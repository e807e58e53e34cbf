/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-automation.h"
#include "cpt-enrolment.h"
#include "cpt-run.h"

G_BEGIN_DECLS

/**
 * CptAutomationWorld:
 *
 * What a run finds in the workspace, and what it does there.
 */
typedef struct
{
  CptDatabase        *database;
  const CptEnrolment *enrolment;
  const CptEntity    *entity; /* of the subject */
  CptRecord          *subject; /* (owned) (nullable): as it is now; %NULL when it has changed */
  const char         *name; /* of the workflow, for the log */
  gint64              now;
  GError             *failure; /* (owned) (nullable): the file can't be written: nothing of this batch counts */
  GArray             *acts; /* (owned) (nullable) (element-type CptAutomationAct): what was done, in that order */
} CptAutomationWorld;

/* What a visit of a node has done, and the line of the log that tells it */
typedef struct
{
  const char *node;
  guint       visit;
  gint64      sequence;
} CptAutomationAct;

/* Whether the engine carries out nodes of @kind */
gboolean cpt_automation_can_run     (const CptWorkflowKind *kind);
/* What @self answers to a run; borrows from it */
void     cpt_automation_world_open  (CptAutomationWorld *self,
                                     CptRunWorld        *world);
void     cpt_automation_world_clear (CptAutomationWorld *self);

G_END_DECLS
