/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-dashboard.h"

G_BEGIN_DECLS

#define CPT_ARRANGEMENT_ENTITY "arrangement"

/* How one person has arranged a dashboard that others see too: where its widgets are, and which of
 * them she does not want to see.
 *
 *   {"places":{"w1":{"x":0,"y":0,"w":3,"h":2}}, "hidden":["w4"]}
 *
 * What is on the widgets, their titles and pages, stays shared. Places of widgets that are gone mean
 * nothing; widgets that have come since stand below the others. All of these are pure functions. */

/* Whether it has the form above. CPT_ERROR_PARSE or CPT_ERROR_LIMIT with a sentence. */
gboolean      cpt_arrangement_check   (JsonNode  *layout,
                                       GError   **error);

/* (transfer full): @shared as it is in the arrangement @layout */
CptDashboard *cpt_arrangement_apply   (const CptDashboard *shared,
                                       JsonNode           *layout) G_GNUC_WARN_UNUSED_RESULT;

/* (transfer full): how @arranged is: what it has not of @shared is hidden */
JsonNode     *cpt_arrangement_new     (const CptDashboard *arranged,
                                       const CptDashboard *shared) G_GNUC_WARN_UNUSED_RESULT;

/**
 * cpt_arrangement_share:
 * @shared: what everybody sees
 * @arranged: what somebody made of her own arrangement of it
 *
 * What everybody is to see of that: what stands in widgets, new widgets, filters. Places stay as they
 * are, and so does what @arranged does not have, which is hidden there.
 *
 * Returns: (transfer full): the shared dashboard
 */
CptDashboard *cpt_arrangement_share   (const CptDashboard *shared,
                                       const CptDashboard *arranged) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
