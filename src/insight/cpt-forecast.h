/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-time-series.h"

G_BEGIN_DECLS

/* How often what comes should be inside an interval */
#define CPT_FORECAST_LEVEL 0.8

/**
 * CptForecast:
 * @year: to the end of which it goes
 * @start: first day of the first bucket
 * @n_values: how many buckets
 * @expected: of each; never below zero where the series never is
 * @low: the lower end of its interval
 * @high: the upper end
 * @is_additive: whether the buckets of a year add up; without, the next three are NAN
 * @actual: what the year has up to here, without the bucket that is running
 * @total: @actual and what is expected
 * @total_low: the lower end of its interval
 * @total_high: the upper end
 * @n_checked: how many buckets of the last year it was checked against
 * @error: how far off it was there on average, as a fraction of what came (MAPE); NAN where
 *   all of them were zero
 * @total_error: by how much of what came the sum of that year was off; below 0: too little was
 *   expected. NAN where nothing came
 * @coverage: the fraction of these buckets that were inside their interval
 *
 * What is to be expected to the end of the year, and how well that would have worked.
 */
typedef struct
{
  int      year;
  gint64   start;
  guint    n_values;
  double  *expected;
  double  *low;
  double  *high;
  gboolean is_additive;
  double   actual;
  double   total;
  double   total_low;
  double   total_high;
  guint    n_checked;
  double   error;
  double   total_error;
  double   coverage;
} CptForecast;

/**
 * cpt_forecast_new:
 * @series: by week, month or quarter, without the bucket that is running; what is not known is
 *   missing
 * @is_additive: whether the buckets of a year add up
 * @running: what the running bucket, the first one that is forecast, has so far; NAN: nothing
 *   is known of it. Less than that is not expected of it when it adds up.
 * @error: CPT_ERROR_UNSUPPORTED with a sentence
 *
 * The method is linear regression with seasonal terms by ordinary least squares (Hyndman and
 * Athanasopoulos, Forecasting: Principles and Practice, 3rd edition, sections 7.4 to 7.6): a line,
 * and beside it nothing, one wave a year, three waves (weeks) or a term for each month, whichever
 * has the smallest corrected information criterion (AICc, Hurvich and Tsai 1989). The intervals
 * are those of a new observation, of a sum for the total (section 7.9; Draper and Smith,
 * Applied Regression Analysis, 3rd edition, section 5.1), by Student's t at %CPT_FORECAST_LEVEL.
 *
 * The terms are chosen without the last year; that year is then forecast and compared with
 * what came. After that all years are used.
 *
 * Returns: (nullable) (transfer full): %NULL when there are less than two years, when nothing was
 *   there in the last one, when neither a line nor the seasons explain more than chance would
 *   (F test, 5 %), when the last year would have been told better by the mean of those before, or
 *   for numbers too large
 */
CptForecast *cpt_forecast_new  (const CptTimeSeries  *series,
                                gboolean              is_additive,
                                double                running,
                                GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void         cpt_forecast_free (CptForecast *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptForecast, cpt_forecast_free)

G_END_DECLS
