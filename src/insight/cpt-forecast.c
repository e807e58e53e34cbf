/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Forecasts to the end of the year by regression, checked against the last year.
 * What can't be told is refused with a sentence: nothing is invented. */

#include "config.h"

#include "cpt-forecast.h"

#include <float.h>
#include <glib/gi18n-lib.h>

#include "cpt-distribution.h"
#include "cpt-error.h"
#include "cpt-season-private.h"

#define SIGNIFICANCE 0.05

void
cpt_forecast_free (CptForecast *self)
{
  if (self == NULL)
    return;

  g_free (self->expected);
  g_free (self->low);
  g_free (self->high);
  g_free (self);
}

/* ---- which terms ---- */

/* The corrected information criterion, without what all models share; rounding is no
 * difference, so the squares have a floor. */
static double
get_criterion (const CptSeasonFit *fit)
{
  double n = fit->n_values;
  double parameters = fit->line.n_terms + 1.0;
  double squares = MAX (fit->line.squares / n, DBL_EPSILON);

  if (n - parameters - 1 <= 0)
    return INFINITY;

  return n * log (squares) + 2 * parameters + 2 * parameters * (parameters + 1) / (n - parameters - 1);
}

/* Of those that may be fitted to the first @n_values: two values for each term at least */
static gboolean
choose_model (const CptTimeSeries *series,
              guint                n_values,
              CptSeasonFit        *best)
{
  double lowest = INFINITY;
  gboolean is_found = FALSE;

  for (CptSeasonModel model = CPT_SEASON_LINE; model < CPT_N_SEASONS; model++)
    {
      CptSeasonFit fit;
      gboolean is_for_weeks = model == CPT_SEASON_WAVES;

      if (is_for_weeks != (series->bucket == CPT_BUCKET_WEEK) && (is_for_weeks || model == CPT_SEASON_MONTHS))
        continue;
      if (!cpt_season_fit (&fit, series, n_values, model) || fit.n_values < 2 * fit.line.n_terms ||
          get_criterion (&fit) >= lowest)
        continue;
      lowest = get_criterion (&fit);
      *best = fit;
      is_found = TRUE;
    }

  return is_found;
}

/* Whether the terms say more than the mean does */
static gboolean
is_pattern (const CptTimeSeries *series,
            const CptSeasonFit  *fit)
{
  CptSeasonFit mean;
  double freedom = (double) fit->n_values - fit->line.n_terms;
  double share;

  if (!cpt_season_fit (&mean, series, series->n_values, CPT_SEASON_MEAN) ||
      mean.line.squares < 1e-20 * mean.n_values)
    return FALSE;

  share = MAX (mean.line.squares - fit->line.squares, 0) / (fit->line.n_terms - 1);

  return cpt_fisher_tail (share / (fit->line.squares / freedom), fit->line.n_terms - 1.0, freedom) <= SIGNIFICANCE;
}

/* ---- one bucket, and a sum ---- */

typedef struct
{
  double expected;
  double low;
  double high;
} Interval;

/* Of the sum of @n new observations whose terms add up to @terms */
static Interval
predict (const CptSeasonFit *fit,
         const double       *terms,
         double              n)
{
  double freedom = (double) fit->n_values - fit->line.n_terms;
  double variance = fit->line.squares / freedom;
  double expected = cpt_least_squares_evaluate (&fit->line, terms);
  double width = cpt_student_quantile (0.5 + CPT_FORECAST_LEVEL / 2, freedom) *
                 sqrt (variance * (n + cpt_least_squares_get_leverage (&fit->line, terms)));

  return (Interval){ expected * fit->scale, (expected - width) * fit->scale, (expected + width) * fit->scale };
}

static Interval
predict_bucket (const CptSeasonFit  *fit,
                const CptTimeSeries *series,
                guint                index)
{
  double terms[CPT_LEAST_SQUARES_MAX_TERMS];

  cpt_season_fill_terms (fit, series, index, terms);

  return predict (fit, terms, 1);
}

static double
find_lowest (const CptTimeSeries *series)
{
  double lowest = INFINITY;

  for (guint i = 0; i < series->n_values; i++)
    if (isfinite (series->values[i]))
      lowest = MIN (lowest, series->values[i]);

  return lowest;
}

/* What never was below zero is not expected there. */
static void
lift (Interval *interval,
      double    floor)
{
  interval->expected = MAX (interval->expected, floor);
  interval->low = MAX (interval->low, floor);
  interval->high = MAX (interval->high, floor);
}

/* ---- the check against the last year ---- */

/* FALSE when the mean of the years before would have done better */
static gboolean
check_last_year (CptForecast         *self,
                 const CptTimeSeries *series,
                 const CptSeasonFit  *fit,
                 guint                n_before,
                 double               floor)
{
  CptSeasonFit mean;
  const double rounding = 1e-9 * fit->scale;
  double squares = 0, mean_squares = 0, came = 0, expected = 0, errors = 0;
  guint n_inside = 0, n_relative = 0;

  if (!cpt_season_fit (&mean, series, n_before, CPT_SEASON_MEAN))
    return FALSE;

  for (guint i = n_before; i < series->n_values; i++)
    {
      Interval interval = predict_bucket (fit, series, i);
      double value = series->values[i];
      double scaled;

      if (!isfinite (value))
        continue;
      lift (&interval, floor);
      self->n_checked++;
      n_inside += value >= interval.low - rounding && value <= interval.high + rounding;
      came += value / fit->scale;
      expected += interval.expected / fit->scale;
      scaled = (interval.expected - value) / fit->scale;
      squares += scaled * scaled;
      scaled = mean.line.terms[0] * (mean.scale / fit->scale) - value / fit->scale;
      mean_squares += scaled * scaled;
      if (value == 0)
        continue;
      errors += fabs (interval.expected / value - 1);
      n_relative++;
    }
  self->error = n_relative > 0 ? errors / n_relative : NAN;
  self->total_error = came != 0 ? (expected - came) / fabs (came) : NAN;
  self->coverage = self->n_checked > 0 ? (double) n_inside / self->n_checked : NAN;

  return squares <= mean_squares;
}

/* ---- to the end of the year ---- */

static guint
count_rest_of_year (const CptTimeSeries *series,
                    int                 *year)
{
  guint count = 0;
  int other;

  cpt_time_series_get_month (series, series->n_values, year, NULL);
  do
    cpt_time_series_get_month (series, series->n_values + ++count, &other, NULL);
  while (other == *year && count < 54);

  return count;
}

static void
set_bucket (CptForecast *self,
            guint        i,
            Interval     interval)
{
  self->expected[i] = interval.expected;
  self->low[i] = interval.low;
  self->high[i] = interval.high;
}

/* The year up to here; NAN when something of it is missing */
static double
add_up_year (const CptForecast   *self,
             const CptTimeSeries *series)
{
  double sum = 0;

  for (guint i = series->n_values; i > 0; i--)
    {
      int year;

      cpt_time_series_get_month (series, i - 1, &year, NULL);
      if (year != self->year)
        break;
      sum += series->values[i - 1];
    }

  return sum;
}

static void
predict_year (CptForecast         *self,
              const CptTimeSeries *series,
              const CptSeasonFit  *fit,
              double               running,
              double               floor)
{
  double sums[CPT_LEAST_SQUARES_MAX_TERMS] = { 0 };
  double expected = 0;
  Interval rest;

  for (guint i = 0; i < self->n_values; i++)
    {
      double terms[CPT_LEAST_SQUARES_MAX_TERMS];
      Interval interval;

      cpt_season_fill_terms (fit, series, series->n_values + i, terms);
      interval = predict (fit, terms, 1);
      lift (&interval, i == 0 && self->is_additive && isfinite (running) ? MAX (running, floor) : floor);
      set_bucket (self, i, interval);
      expected += interval.expected;
      for (guint j = 0; j < fit->line.n_terms; j++)
        sums[j] += terms[j];
    }
  if (!self->is_additive)
    return;

  rest = predict (fit, sums, self->n_values);
  /* The width is that of the sum; what was lifted moves it up. */
  rest.low += expected - rest.expected;
  rest.high += expected - rest.expected;
  rest.expected = expected;
  lift (&rest, isfinite (running) ? MAX (running, floor) : floor);
  self->actual = add_up_year (self, series);
  self->total = self->actual + rest.expected;
  self->total_low = self->actual + rest.low;
  self->total_high = self->actual + rest.high;
}

static gboolean
is_finite (const CptForecast *self)
{
  for (guint i = 0; i < self->n_values; i++)
    if (!isfinite (self->expected[i]) || !isfinite (self->low[i]) || !isfinite (self->high[i]))
      return FALSE;

  return !isinf (self->total) && !isinf (self->total_low) && !isinf (self->total_high);
}

static CptForecast *
refuse (const char  *message,
        GError     **error)
{
  g_set_error_literal (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED, message);

  return NULL;
}

/* A sentence when there is too little to begin with; NULL otherwise */
static const char *
find_lack (const CptTimeSeries *series,
           guint                length)
{
  gboolean is_there = FALSE;

  if (length == 0)
    return _("No forecast: it is made of weeks, months or quarters; choose one of them.");
  if (series->n_values < 2 * length || cpt_time_series_count_known (series) < 2 * length * 3 / 4)
    return _("No forecast: it needs the figures of two years; there are fewer.");
  for (guint i = series->n_values - length; i < series->n_values; i++)
    is_there |= isfinite (series->values[i]) && series->values[i] != 0;
  if (!is_there)
    return _("No forecast: nothing was there in the last 12 months.");

  return NULL;
}

CptForecast *
cpt_forecast_new (const CptTimeSeries  *series,
                  gboolean              is_additive,
                  double                running,
                  GError              **error)
{
  g_autoptr(CptForecast) self = NULL;
  CptSeasonFit before, whole;
  double floor;
  guint length;

  g_return_val_if_fail (series != NULL, NULL);

  length = cpt_time_series_get_year_length (series->bucket);
  if (find_lack (series, length) != NULL)
    return refuse (find_lack (series, length), error);

  self = g_new0 (CptForecast, 1);
  self->is_additive = is_additive;
  self->actual = self->total = self->total_low = self->total_high = NAN;
  floor = find_lowest (series) >= 0 ? 0 : -INFINITY;

  if (!choose_model (series, series->n_values - length, &before))
    return refuse (_("No forecast: it needs the figures of two years; there are fewer."), error);
  if (!cpt_season_fit (&whole, series, series->n_values, before.model) || !is_pattern (series, &whole))
    return refuse (_("No forecast: neither growth nor the seasons explain these figures."), error);
  if (!check_last_year (self, series, &before, series->n_values - length, floor))
    return refuse (_("No forecast: the plain average would have told the last 12 months better."), error);

  self->start = cpt_time_series_get_start (series, series->n_values);
  self->n_values = count_rest_of_year (series, &self->year);
  self->expected = g_new0 (double, self->n_values);
  self->low = g_new0 (double, self->n_values);
  self->high = g_new0 (double, self->n_values);
  predict_year (self, series, &whole, running, floor);
  if (!is_finite (self))
    return refuse (_("No forecast: these figures are too large."), error);

  return g_steal_pointer (&self);
}
