/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-chart-data.h"
#include "cpt-chart-scale.h"

G_BEGIN_DECLS

/* In full, exact, for people: "€1,234,567.89", "12.5 %", "1,234", "3 days".
 * A missing value is a dash. */
char *cpt_chart_format_value  (const CptChartUnit *unit,
                               double              value);
/* The same as the one large number of a card: of large amounts without cents */
char *cpt_chart_format_headline (const CptChartUnit *unit,
                                 double              value);
/* As short as can be read at a glance: "€1.2M", "12K" */
char *cpt_chart_format_short  (const CptChartUnit *unit,
                               double              value);
/* How many decimals cpt_chart_format_value() writes, or with @is_short cpt_chart_format_short() */
int   cpt_chart_count_decimals (const CptChartUnit *unit,
                                double              value,
                                gboolean            is_short);
/* The same with at least @decimals, as the others of its column have them; a number that has none
 * for what it is (a count, a short number of three digits or below ten thousand) gets none */
char *cpt_chart_format_aligned (const CptChartUnit *unit,
                                double              value,
                                gboolean            is_short,
                                int                 decimals);
/* A tick, in the same unit and with the same decimals as the others of its axis */
char *cpt_chart_format_tick   (const CptChartUnit *unit,
                               const CptTicks     *ticks,
                               guint               index);
/* A change of the fraction @change: "+12.4 %", "−3 %" */
char *cpt_chart_format_change (double change);
/* What became of @before, in the manner of their unit: of a rate, in points, since a
 * tenth more of 60 % is not 70 %: "+3.9 pts"; else as a change. A dash where there was nothing */
char *cpt_chart_format_difference (const CptChartUnit *unit,
                                   double              value,
                                   double              before);
/* Whether cpt_chart_format_difference() writes a change of nothing: neither good nor bad */
gboolean cpt_chart_is_unchanged (const CptChartUnit *unit,
                                 double              value,
                                 double              before);
/* The unit of time in which durations up to @seconds are written, in seconds */
double cpt_chart_get_time_unit (double seconds);
/* A share: "12 %", "0.4 %" */
char *cpt_chart_format_share  (double share);

G_END_DECLS
