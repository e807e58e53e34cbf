/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-dashboard.h"
#include "cpt-window.h"

G_BEGIN_DECLS

/* Asks how, then prints all pages of the dashboard, with the filters that are in it: on
 * paper or into a file. @dashboard is copied; what goes wrong is told in @window */
void cpt_dashboard_print (CptWindow          *window,
                          const CptDashboard *dashboard);

G_END_DECLS
