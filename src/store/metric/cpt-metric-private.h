/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-metric.h"

G_BEGIN_DECLS

/* Those that come with the program. (nullable): NULL when there is none with this key */
CptMetric *cpt_metric_new_standard  (const char *key);
/* (transfer container): their keys, in order; NULL-terminated */
const char **cpt_metric_list_standard (void);

/* "each" of @query, a metric or a question, around that of what it measures: the groups of
 * one are made of groups of the other. @inner (nullable). A dimension without a field is
 * about @date (nullable). (transfer full): NULL with @error */
JsonNode  *cpt_metric_nest_each (JsonObject  *query,
                                 JsonNode    *inner,
                                 const char  *date,
                                 GError     **error);

G_END_DECLS
