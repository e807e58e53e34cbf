/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-settings-dialog.h"

G_BEGIN_DECLS

/**
 * cpt_metric_editor_present:
 * @window: on top of which it stands
 * @record: of the kind "metric"; one that is not stored yet is created
 * @keys: (element-type CptMetric): all that there are: a new one gets another key
 *
 * A dialogue in which a metric of the workspace is defined, with what it counts
 * by now below the form.
 */
void cpt_metric_editor_present (CptWindow *window,
                                CptRecord *record,
                                GPtrArray *keys);

G_END_DECLS
