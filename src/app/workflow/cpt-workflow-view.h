/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-view.h"
#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_WORKFLOW_VIEW (cpt_workflow_view_get_type ())

G_DECLARE_FINAL_TYPE (CptWorkflowView, cpt_workflow_view, CPT, WORKFLOW_VIEW, CptView)

/**
 * cpt_workflow_view_new:
 * @window: the window it is for
 * @id: of a workflow
 *
 * The page on which a workflow is drawn, published and looked at. Each change is stored
 * at once, as one act to be undone.
 *
 * Returns: (transfer floating): the view; it reads the workflow by itself
 */
CptView *cpt_workflow_view_new       (CptWindow     *window,
                                      const CptUuid *id);
/* The same for a new one, which is stored at once; @draft: what it starts with */
CptView *cpt_workflow_view_new_draft (CptWindow *window,
                                      CptRecord *draft);

G_END_DECLS
