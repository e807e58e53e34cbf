/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-view.h"
#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_REPORT_VIEW (cpt_report_view_get_type ())

G_DECLARE_FINAL_TYPE (CptReportView, cpt_report_view, CPT, REPORT_VIEW, CptView)

/**
 * cpt_report_view_new:
 * @window: the window it is for
 *
 * The reports of the workspace: their parts on one side, their pages as they are
 * printed on the other.
 *
 * Returns: (transfer floating): the view; it reads by itself
 */
CptView *cpt_report_view_new (CptWindow *window);

/* The report @id, unless it is no more */
void     cpt_report_view_show (CptReportView *self,
                               const CptUuid *id);

G_END_DECLS
