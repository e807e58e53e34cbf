/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"
#include "cpt-workflow.h"

G_BEGIN_DECLS

#define CPT_WORKFLOW_ENTITY "workflow"
#define CPT_WORKFLOW_VERSION_ENTITY "workflow_version"

/**
 * cpt_workflow_read:
 * @record: one of %CPT_WORKFLOW_ENTITY or %CPT_WORKFLOW_VERSION_ENTITY
 * @error: as of cpt_workflow_parse()
 *
 * Returns: (transfer full) (nullable): what is drawn; an empty workflow where nothing is yet
 */
CptWorkflow *cpt_workflow_read         (const CptRecord  *record,
                                        GError          **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * cpt_workflow_load_version:
 * @database: a connection
 * @workflow: the id of a workflow
 * @number: of the version
 * @error: %CPT_ERROR_NOT_FOUND when there is none with that number
 *
 * Returns: (transfer full) (nullable): the version; %NULL with @error
 */
CptRecord   *cpt_workflow_load_version (CptDatabase    *database,
                                        const CptUuid  *workflow,
                                        guint           number,
                                        GError        **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * cpt_workflow_check_in:
 * @self: a workflow
 * @schema: the declarations
 *
 * What cpt_workflow_check() finds, and what of its settings does not fit the workspace:
 * kinds of records, fields, choices and conditions that are not there.
 *
 * Returns: (transfer full) (element-type CptWorkflowProblem): empty when it may be published
 */
GPtrArray   *cpt_workflow_check_in     (const CptWorkflow *self,
                                        CptSchema         *schema) G_GNUC_WARN_UNUSED_RESULT;

/* (nullable): the kind of records that it is about, as its first start says */
const CptEntity *cpt_workflow_find_entity (const CptWorkflow *self,
                                           CptSchema         *schema);

/**
 * cpt_workflow_publish:
 * @database: a connection
 * @workflow: the id of a workflow
 * @number: (out) (optional): of the version that new runs follow from now on
 * @problems: (out) (optional) (transfer full) (element-type CptWorkflowProblem): why not
 * @error: %CPT_ERROR_INVALID with the first problem
 *
 * Makes what is drawn a version that is never changed again, and the workflow active. When
 * it does what the last version does, that one stays. Runs that are under way go on in
 * theirs. One act, to be undone.
 *
 * Returns: whether it is published
 */
gboolean     cpt_workflow_publish      (CptDatabase    *database,
                                        const CptUuid  *workflow,
                                        guint          *number,
                                        GPtrArray     **problems,
                                        GError        **error);

G_END_DECLS
