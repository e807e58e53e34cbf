/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-workflow.h"

G_BEGIN_DECLS

/* Whether connections lead from @from, over others too, to @to */
gboolean    cpt_workflow_can_reach      (const CptWorkflow *self,
                                         const char        *from,
                                         const char        *to);

/**
 * cpt_workflow_find_successor:
 * @old: a version
 * @new: a later one
 * @node: the id of a node of @old
 *
 * Where those who stand at @node of @old best go on in @new: at the same node when it is still of that kind; else at a
 * new one of that kind that leads to what came next; else at what came next.
 *
 * Returns: (nullable): the id of a node of @new, borrowed from it; %NULL when there is none
 */
const char *cpt_workflow_find_successor (const CptWorkflow *old,
                                         const CptWorkflow *new,
                                         const char        *node);

/* Whether who waits at @old waits for the same at @new: kind and settings are the same */
gboolean    cpt_workflow_node_is_same   (const CptWorkflowNode *old,
                                         const CptWorkflowNode *new);

G_END_DECLS
