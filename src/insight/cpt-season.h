/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-time-series.h"

G_BEGIN_DECLS

/**
 * CptSeason:
 * @mean: of a whole year, in the middle of the series; the unit is the series'
 * @differences: how far each month (January first) is from it once growth is taken out
 * @order: the months, 0 is January, from the best to the worst
 * @probability: that months which are all alike would look so different by chance
 * @slope: by how much the number grows in a year
 *
 * What the months do. The series is explained by a line and one term for each month, by ordinary
 * least squares (Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd edition,
 * sections 7.2 and 7.4); whether the months matter is the F test of these terms against the line
 * alone (Draper and Smith, Applied Regression Analysis, 3rd edition, chapter 6). Weeks count for
 * the month of their Thursday.
 */
typedef struct
{
  double mean;
  double differences[12];
  guint  order[12];
  double probability;
  double slope;
} CptSeason;

/**
 * cpt_season_measure:
 * @series: by month or by week
 * @season: (out caller-allocates): the answer
 * @error: CPT_ERROR_UNSUPPORTED with a sentence
 *
 * Returns: %FALSE when less than two years are known, when a month never had a value, when the
 *   months are as different as chance would have it (5 %), or for numbers too large
 */
gboolean cpt_season_measure (const CptTimeSeries  *series,
                             CptSeason            *season,
                             GError              **error);

G_END_DECLS
