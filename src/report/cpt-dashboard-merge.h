/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-dashboard.h"

G_BEGIN_DECLS

/**
 * cpt_dashboard_merge:
 * @base: what @mine was made of
 * @mine: what somebody made of it
 * @theirs: what others made of it meanwhile
 * @error: CPT_ERROR_LIMIT when both together are too much for one dashboard
 *
 * Both changes, widget by widget, what stands in one apart from where it stands, and likewise the title,
 * the filters and each page: what only one of them changed is as that one has it, of what both did @mine
 * counts. A widget that one removed and the other changed stays, and so does its page. Pages have no
 * names of their own: one is the same as another by its title, else by what is on it, else by its place.
 * Where places then collide, the grid makes room.
 *
 * Returns: (transfer full): the dashboard, or %NULL
 */
CptDashboard *cpt_dashboard_merge (const CptDashboard  *base,
                                   const CptDashboard  *mine,
                                   const CptDashboard  *theirs,
                                   GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
