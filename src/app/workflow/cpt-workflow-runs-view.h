/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-view.h"
#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_WORKFLOW_RUNS_VIEW (cpt_workflow_runs_view_get_type ())

G_DECLARE_FINAL_TYPE (CptWorkflowRunsView, cpt_workflow_runs_view, CPT, WORKFLOW_RUNS_VIEW, CptView)

/**
 * cpt_workflow_runs_view_new:
 * @window: the window it is for
 * @workflow: the id of a workflow
 * @title: what it is called
 *
 * Who is and was under way in a workflow: where, since when, for what each waits, and what each went
 * through.
 *
 * Returns: (transfer floating): the view; it reads by itself
 */
CptView *cpt_workflow_runs_view_new (CptWindow     *window,
                                     const CptUuid *workflow,
                                     const char    *title);

G_END_DECLS
