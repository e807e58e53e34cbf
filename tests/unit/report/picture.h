/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a chart looks like, as a few lines of text that a person can read and a
 * program can compare without minding how letters are rendered. */
#pragma once

#include "cpt-chart-kind.h"

G_BEGIN_DECLS

/* Pixels for each unit of the chart */
#define PICTURE_SCALE 2

/* @layout is what cpt_chart_draw() said of @surface, which is PICTURE_SCALE times as large as the
 * chart. With @is_whole also where everything is, else only which colours it has. */
char    *picture_describe (cairo_surface_t      *surface,
                           const CptChartLayout *layout,
                           gboolean              is_whole);
/* (nullable): how @actual differs from @expected, more than another rendering of letters explains */
char    *picture_compare  (const char *expected,
                           const char *actual);
/* (nullable): what is wrong with the labels: one covers another, is cut by the edge, or can't be read
 * on what it stands */
char    *picture_find_fault (cairo_surface_t      *surface,
                             const CptChartLayout *layout);

G_END_DECLS
