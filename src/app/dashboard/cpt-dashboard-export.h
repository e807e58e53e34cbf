/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-dashboard.h"
#include "cpt-window.h"

G_BEGIN_DECLS

/**
 * cpt_dashboard_export_ask:
 * @window: the window it is for
 * @dashboard: what to export, under its filters; copied
 * @page: of it that is on the screen: what pictures show
 * @title: of the dashboard, for the name of the file
 *
 * Asks for a form, a size of paper and a file, then writes it with the newest
 * numbers on a reading thread and says so.
 */
void cpt_dashboard_export_ask (CptWindow          *window,
                               const CptDashboard *dashboard,
                               guint               page,
                               const char         *title);

G_END_DECLS
