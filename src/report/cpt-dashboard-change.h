/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-dashboard.h"

G_BEGIN_DECLS

/**
 * cpt_dashboard_describe_change:
 * @before: (nullable): %NULL when it was made
 * @after: what it became
 *
 * What was done to a dashboard, for its history: "“Revenue” added", "2 widgets moved". Of several things
 * the one that matters most.
 *
 * Returns: (transfer full): a few words for people
 */
char *cpt_dashboard_describe_change (const CptDashboard *before,
                                     const CptDashboard *after) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
