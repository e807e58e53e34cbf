/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-window.h"
#include "cpt-workflow.h"

G_BEGIN_DECLS

#define CPT_TYPE_NODE_PANEL (cpt_node_panel_get_type ())

G_DECLARE_FINAL_TYPE (CptNodePanel, cpt_node_panel, CPT, NODE_PANEL, GtkWidget)

/**
 * CptNodePanel:
 *
 * What a node of a workflow does, filled in: rows as the kind of the node declares its settings. It
 * knows neither the record nor how changes are kept: whoever shows a node in it listens to “edited”.
 *
 * Emits "edited" (const char *id (nullable), const char *title (nullable), JsonNode *settings) for each
 * change as it is made, a text when the fingers rest or it is left. The settings are an object, with
 * what a newer version has set, and belong to the signal. Showing emits nothing.
 */

/* @window: above, with a workspace */
GtkWidget *cpt_node_panel_new   (CptWindow *window);

/**
 * cpt_node_panel_show:
 * @self: a panel
 * @workflow: what is drawn; not needed any more when this returns
 * @id: (nullable): of the node; %NULL for the settings of the workflow as a whole
 * @problems: (nullable) (element-type CptWorkflowProblem): of these the ones of the node stand at
 *   its top
 *
 * Shows a node. For the same one as before only what differs is shown anew: the keyboard, what is being
 * typed and a dialogue that is open stay. When another one was shown, what is typed there is said first.
 */
void       cpt_node_panel_show  (CptNodePanel      *self,
                                 const CptWorkflow *workflow,
                                 const char        *id,
                                 GPtrArray         *problems);
/* Says what is typed and was not said yet */
void       cpt_node_panel_flush (CptNodePanel      *self);

G_END_DECLS
