/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-view.h"
#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_DASHBOARD_VIEW (cpt_dashboard_view_get_type ())

G_DECLARE_FINAL_TYPE (CptDashboardView, cpt_dashboard_view, CPT, DASHBOARD_VIEW, CptView)

/**
 * cpt_dashboard_view_new:
 * @window: the window it is for
 *
 * The dashboards of the workspace: widgets that are dragged and resized, whose
 * marks open the records behind them, and that are exported as they are.
 *
 * Returns: (transfer floating): the view; it reads by itself
 */
CptView *cpt_dashboard_view_new (CptWindow *window);
/* The dashboard @id, unless it is no more */
void     cpt_dashboard_view_show (CptDashboardView *self,
                                  const CptUuid    *id);

G_END_DECLS
