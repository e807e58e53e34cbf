/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpt-chart-kind.h"
#include "cpt-metric.h"

G_BEGIN_DECLS

/**
 * CptWidgetChoice:
 * @label: untranslated
 * @value: (nullable): what is stored
 *
 * A line of a row in the editor of widgets.
 */
typedef struct
{
  const char *label;
  const char *value;
} CptWidgetChoice;

/* Ended by a line without a label */
extern const CptWidgetChoice cpt_widget_periods[];
extern const CptWidgetChoice cpt_widget_comparisons[];
/* Metrics have goals too */
extern const CptWidgetChoice cpt_widget_metric_comparisons[];
extern const CptWidgetChoice cpt_widget_buckets[];
extern const CptWidgetChoice cpt_widget_shows[];
/* How the numbers of groups are compared; the first line is all groups */
extern const CptWidgetChoice cpt_widget_having_comparisons[];

/* The lines from @first on, with the one that stands for @value chosen, else the
 * line @otherwise */
void        cpt_widget_choices_show (const CptWidgetChoice *choices,
                                     AdwComboRow           *row,
                                     const char            *value,
                                     guint                  first,
                                     guint                  otherwise);
/* (nullable): of the chosen line */
const char *cpt_widget_choices_read (const CptWidgetChoice *choices,
                                     AdwComboRow           *row,
                                     guint                  first);

/* All kinds of charts; @name (nullable) is chosen */
void                cpt_widget_kinds_show (AdwComboRow *row,
                                           const char  *name);
const CptChartKind *cpt_widget_kinds_read (AdwComboRow *row);

/* (nullable): by its key */
const CptMetric *cpt_widget_metrics_find (GPtrArray  *metrics,
                                          const char *key);
/* (nullable): member of its query: "source", "date" */
const char      *cpt_widget_metrics_get  (const CptMetric *metric,
                                          const char      *member);
/* All of them below a line for none; one with @key that is not among them last.
 * Not while the row tells that another line was chosen. */
void             cpt_widget_metrics_show (GPtrArray   *metrics,
                                          AdwComboRow *row,
                                          const char  *key);
/* What the chosen one means stands below it */
void             cpt_widget_metrics_explain (AdwComboRow     *row,
                                             const CptMetric *metric);
/* (nullable): the key of the chosen line; @key for one that is not among them */
const char      *cpt_widget_metrics_read (GPtrArray   *metrics,
                                          AdwComboRow *row,
                                          const char  *key);

G_END_DECLS
