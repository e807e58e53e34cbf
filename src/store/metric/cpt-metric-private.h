/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-metric.h"

G_BEGIN_DECLS

/* Those that come with the program. (nullable): NULL when there is none with this key */
CptMetric *cpt_metric_new_standard  (const char *key);
/* (transfer container): their keys, in order; NULL-terminated */
const char **cpt_metric_list_standard (void);

G_END_DECLS
