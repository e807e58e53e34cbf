/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-chart-kind.h"

typedef struct
{
  const char    *name;
  CptChartData *(*create) (void);
} ChartSample;

/* Ended by an empty one */
extern const ChartSample chart_samples[];

CptChartData    *chart_sample_create (const char *name);
/* On a picture of that size */
cairo_surface_t *chart_sample_draw   (const CptChart      *chart,
                                      const CptChartStyle *style,
                                      int                  width,
                                      int                  height,
                                      CptChartLayout      *layout);
/* (nullable): what was drawn of a category, or of a series of it */
const CptChartMark *chart_sample_find_category (const CptChartLayout *layout,
                                                int                   category);
const CptChartMark *chart_sample_find_mark     (const CptChartLayout *layout,
                                                int                   series,
                                                int                   category);
gboolean            chart_sample_has_label     (const CptChartLayout *layout,
                                                const char           *text);
