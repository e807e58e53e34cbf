/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_DASHBOARD_HISTORY (cpt_dashboard_history_get_type ())

G_DECLARE_FINAL_TYPE (CptDashboardHistory, cpt_dashboard_history, CPT, DASHBOARD_HISTORY, AdwWindow)

/**
 * cpt_dashboard_history_new:
 * @window: with a workspace open
 * @id: of a dashboard
 *
 * What was done to a dashboard, newest first, with a picture of each state; one of them can be put back,
 * which is a change like any other.
 *
 * Returns: (transfer none): a window to present
 */
GtkWidget *cpt_dashboard_history_new (CptWindow     *window,
                                      const CptUuid *id);

G_END_DECLS
