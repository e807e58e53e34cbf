/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-settings-page.h"

G_BEGIN_DECLS

#define CPT_TYPE_METRICS_PAGE (cpt_metrics_page_get_type ())

/* The numbers that have a name: those of the workspace, and what those of the program mean */
G_DECLARE_FINAL_TYPE (CptMetricsPage, cpt_metrics_page, CPT, METRICS_PAGE, CptSettingsPage)

G_END_DECLS
