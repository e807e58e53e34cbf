/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-workflow.h"

G_BEGIN_DECLS

/* The rectangle that a node takes, and how far apart the layout puts them; pixels at the scale of 1 */
#define CPT_WORKFLOW_NODE_WIDTH 240
#define CPT_WORKFLOW_NODE_HEIGHT 60
#define CPT_WORKFLOW_STEP_X 280
#define CPT_WORKFLOW_STEP_Y 120
/* Places are multiples of it */
#define CPT_WORKFLOW_SNAP 20

/**
 * cpt_workflow_arrange:
 * @self: a workflow
 * @ids: (nullable) (element-type utf8): the set of nodes to arrange; %NULL: all of them
 *
 * Puts nodes in layers from top to bottom, each below what leads to it, with few crossings
 * (Sugiyama, Tagawa and Toda 1981: longest path, barycentres), each as near as there is room to the
 * middle of what it is connected with. The order from left to right that the nodes have now is kept
 * where another one would not save a crossing, and the first node stays where it is. The same
 * drawing is always arranged alike. Takes some milliseconds for thousands of nodes.
 *
 * Returns: whether anything has moved
 */
gboolean cpt_workflow_arrange (CptWorkflow *self,
                               GHashTable  *ids);

/* The multiple of CPT_WORKFLOW_SNAP next to @place */
double   cpt_workflow_snap    (double place);

G_END_DECLS
