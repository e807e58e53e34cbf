/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A line with the terms of the year: fitted here, told as seasons here and as a
 * forecast elsewhere. */

#include "config.h"

#include "cpt-season.h"

#include <glib/gi18n-lib.h>

#include "cpt-distribution.h"
#include "cpt-error.h"
#include "cpt-season-private.h"

#define SIGNIFICANCE 0.05
#define DAYS_PER_YEAR 365.2425

guint
cpt_season_count_terms (CptSeasonModel model,
                        CptBucket      bucket)
{
  switch (model)
    {
    case CPT_SEASON_MEAN:
      return 1;

    case CPT_SEASON_WAVE:
      return 4;

    case CPT_SEASON_WAVES:
      return 8;

    case CPT_SEASON_MONTHS:
      return bucket == CPT_BUCKET_QUARTER ? 5 : 13;

    case CPT_SEASON_LINE:
    case CPT_N_SEASONS:
    default:
      return 2;
    }
}

/* Where in the year the middle of a bucket is, from 0 to 1 */
static double
get_phase (const CptTimeSeries *series,
           guint                index)
{
  gint64 first = cpt_time_series_get_start (series, index);
  gint64 last = cpt_time_series_get_start (series, index + 1);
  int year;

  cpt_date_to_ymd ((first + last) / 2, &year, NULL, NULL);

  return ((double) (first + last) / 2 - (double) cpt_date_from_ymd (year, 1, 1)) / DAYS_PER_YEAR;
}

void
cpt_season_fill_terms (const CptSeasonFit  *fit,
                       const CptTimeSeries *series,
                       guint                index,
                       double              *terms)
{
  guint n_terms = cpt_season_count_terms (fit->model, series->bucket);
  guint n_waves = fit->model == CPT_SEASON_WAVES ? 3 : 1;
  int month;

  terms[0] = 1;
  if (n_terms > 1)
    terms[1] = (index - fit->origin) / fit->span;
  if (fit->model == CPT_SEASON_MONTHS)
    {
      cpt_time_series_get_month (series, index, NULL, &month);
      if (series->bucket == CPT_BUCKET_QUARTER)
        month = (month + 2) / 3;
      for (guint i = 2; i < n_terms; i++)
        terms[i] = month == (int) i ? 1 : 0;
    }
  else if (fit->model == CPT_SEASON_WAVE || fit->model == CPT_SEASON_WAVES)
    {
      double angle = 2 * G_PI * get_phase (series, index);

      for (guint i = 0; i < n_waves; i++)
        {
          terms[2 + 2 * i] = cos ((i + 1) * angle);
          terms[3 + 2 * i] = sin ((i + 1) * angle);
        }
    }
}

gboolean
cpt_season_fit (CptSeasonFit        *fit,
                const CptTimeSeries *series,
                guint                n_values,
                CptSeasonModel       model)
{
  guint n_terms = cpt_season_count_terms (model, series->bucket);
  g_autofree double *matrix = g_new0 (double, (gsize) MAX (n_values, 1) * n_terms);
  g_autofree double *results = g_new0 (double, MAX (n_values, 1));
  guint n = 0;

  *fit = (CptSeasonFit){ .model = model, .origin = (n_values - 1.0) / 2, .span = MAX (n_values, 2) / 2.0 };
  for (guint i = 0; i < n_values; i++)
    if (isfinite (series->values[i]))
      fit->scale = MAX (fit->scale, fabs (series->values[i]));
  if (!(fit->scale > 0))
    fit->scale = 1;

  for (guint i = 0; i < n_values; i++)
    {
      if (!isfinite (series->values[i]))
        continue;
      cpt_season_fill_terms (fit, series, i, matrix + (gsize) n * n_terms);
      results[n++] = series->values[i] / fit->scale;
    }
  fit->n_values = n;

  return n > n_terms && cpt_least_squares_fit (&fit->line, matrix, results, n, n_terms);
}

static int
compare_months (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  const double *differences = user_data;
  double first = differences[*(const guint *) a];
  double second = differences[*(const guint *) b];

  return (second > first) - (second < first);
}

static void
read_months (CptSeason           *season,
             const CptSeasonFit  *fit,
             const CptTimeSeries *series)
{
  double sum = 0;

  for (guint i = 1; i < 12; i++)
    sum += fit->line.terms[i + 1] / 12;
  for (guint i = 0; i < 12; i++)
    {
      season->differences[i] = ((i == 0 ? 0 : fit->line.terms[i + 1]) - sum) * fit->scale;
      season->order[i] = i;
    }
  season->mean = (fit->line.terms[0] + sum) * fit->scale;
  season->slope = fit->line.terms[1] / fit->span * cpt_time_series_get_year_length (series->bucket) * fit->scale;
  g_qsort_with_data (season->order, 12, sizeof (guint), compare_months, season->differences);
}

static gboolean
refuse (const char  *message,
        GError     **error)
{
  g_set_error_literal (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED, message);

  return FALSE;
}

gboolean
cpt_season_measure (const CptTimeSeries  *series,
                    CptSeason            *season,
                    GError              **error)
{
  CptSeasonFit line, months;
  double freedom, share;
  guint length;

  g_return_val_if_fail (series != NULL, FALSE);
  g_return_val_if_fail (season != NULL, FALSE);

  length = cpt_time_series_get_year_length (series->bucket);
  if (length < 12)
    return refuse (_("Seasons are told of months and weeks; choose one of them."), error);
  if (cpt_time_series_count_known (series) < 2 * length)
    return refuse (_("Seasons need the figures of two years; there are fewer."), error);
  if (!cpt_season_fit (&line, series, series->n_values, CPT_SEASON_LINE) ||
      !cpt_season_fit (&months, series, series->n_values, CPT_SEASON_MONTHS))
    return refuse (_("Seasons need figures for each month of the year; some month never had any."), error);

  freedom = (double) months.n_values - months.line.n_terms;
  share = MAX (line.line.squares - months.line.squares, 0) / (months.line.n_terms - line.line.n_terms);
  /* What is left is nothing but rounding where the terms explain everything. */
  season->probability = cpt_fisher_tail (share / (months.line.squares / freedom),
                                         months.line.n_terms - line.line.n_terms, freedom);
  /* What is left of the line is nothing but rounding. */
  if (line.line.squares < 1e-20 * line.n_values)
    season->probability = 1;
  if (season->probability > SIGNIFICANCE)
    return refuse (_("The months differ no more than chance would have it."), error);

  read_months (season, &months, series);
  for (guint i = 0; i < 12; i++)
    if (!isfinite (season->differences[i]) || !isfinite (season->mean) || !isfinite (season->slope))
      return refuse (_("These figures are too large to tell their seasons."), error);

  return TRUE;
}
