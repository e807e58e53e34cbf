/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "cpt-window.h"

G_BEGIN_DECLS

/* By what a report is filtered while somebody looks at it: remembered on this
 * machine, for each report. In the form of cpt-dashboard-filter.h. */

/* (transfer full) (nullable) */
JsonNode *cpt_report_filters_load (CptWindow     *window,
                                   const CptUuid *report) G_GNUC_WARN_UNUSED_RESULT;
/* @filters (nullable) */
void      cpt_report_filters_keep (CptWindow     *window,
                                   const CptUuid *report,
                                   JsonNode      *filters);

G_END_DECLS
