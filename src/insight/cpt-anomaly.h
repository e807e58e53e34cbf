/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-time-series.h"

G_BEGIN_DECLS

/**
 * cpt_anomaly_find:
 * @series: by week, month or quarter
 * @signs: (out caller-allocates) (array): for each value: 0, or 1 and -1 where it is unusually
 *   high or low
 *
 * Marks what is far from what its neighbours and its month let expect. Nothing here is moved by
 * the values that it looks for: the level is a repeated median line (Siegel, Biometrika 69, 1982)
 * through the two years around each value, as Davies, Fried and Gather follow a signal (Journal of
 * Statistical Planning and Inference 122, 2004); from four years on the median of each month is taken
 * out in turn with it; what is left is measured by its distance from the median in median absolute deviations,
 * and marked above 3.5 (Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993), with
 * their mean absolute deviation where more than half of the values are alike.
 *
 * Nothing is marked in less than a year, and nothing when more than a tenth would be: that is no
 * exception. Of very long series only the last 1,000 values are looked at.
 *
 * Returns: how many are marked
 */
guint cpt_anomaly_find (const CptTimeSeries *series,
                        int                 *signs);

G_END_DECLS
