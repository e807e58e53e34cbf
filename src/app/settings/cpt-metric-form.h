/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-window.h"

G_BEGIN_DECLS

/* Whether the row of a field is seen with what @record says by now */
typedef gboolean (*CptMetricFormShows) (const CptRecord *record,
                                        const char      *field);

/**
 * CptMetricFormSpec:
 * @title: of the dialogue
 * @toast: what is told when it is stored
 * @fields: (array zero-terminated=1): names of the fields that have rows, in their order; the one
 *   called "metric" is a row of which a metric is chosen, "condition" the bar of
 *   conditions about its records, below the others
 * @shows: (nullable): all rows are always seen without it
 *
 * What a form is about; static.
 */
typedef struct
{
  const char         *title;
  const char         *toast;
  const char *const  *fields;
  CptMetricFormShows  shows;
} CptMetricFormSpec;

/**
 * cpt_metric_form_present:
 * @window: on top of which it stands
 * @record: of a kind with a field "metric"; one that is not stored yet is created
 * @metrics: (element-type CptMetric): that may be chosen
 * @spec: static
 *
 * A dialogue in which a record that names a metric is filled in, and stored as one act.
 * What the store refuses stands beside its field.
 */
void cpt_metric_form_present (CptWindow               *window,
                              CptRecord               *record,
                              GPtrArray               *metrics,
                              const CptMetricFormSpec *spec);

G_END_DECLS
