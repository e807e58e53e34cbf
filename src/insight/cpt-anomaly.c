/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is unusual in a series, by medians only. */

#include "config.h"

#include "cpt-anomaly.h"

#include <string.h>

#define MAX_VALUES 1000
#define THRESHOLD 3.5
/* Medians and means of absolute deviations, in standard deviations of what is normal */
#define FROM_MEDIAN 0.6745
#define FROM_MEAN 1.253314
#define MIN_YEARS_OF_SEASONS 4
#define N_PASSES 3

/* The value that would be at @place if @values were in order (Hoare's selection); what
 * is before it is not above it */
static double
select_value (double *values,
              guint   n,
              guint   place)
{
  guint low = 0, high = n - 1;

  while (low < high)
    {
      double pivot = values[low + (high - low) / 2];
      guint i = low, j = high;

      for (;;)
        {
          double other;

          while (values[i] < pivot)
            i++;
          while (values[j] > pivot)
            j--;
          if (i >= j)
            break;
          other = values[i];
          values[i++] = values[j];
          values[j--] = other;
        }
      if (place <= j)
        high = j;
      else
        low = j + 1;
    }

  return values[place];
}

/* Moves @values about */
static double
find_median (double *values,
             guint   n)
{
  double upper, lower = -INFINITY;

  if (n == 0)
    return NAN;

  upper = select_value (values, n, n / 2);
  if (n % 2 == 1)
    return upper;

  for (guint i = 0; i < n / 2; i++)
    lower = MAX (lower, values[i]);

  return lower / 2 + upper / 2;
}

/* The line through values @from to @to, at @place: the median over the points of the median
 * of the slopes to all others, then the median of where it would start */
static double
find_level (const double *values,
            guint         from,
            guint         to,
            guint         place,
            double       *buffer)
{
  double *slopes = buffer;
  double *inner = buffer + (to - from);
  guint n_slopes = 0, n_levels = 0;
  double slope;

  for (guint i = from; i < to; i++)
    {
      guint n = 0;

      if (isnan (values[i]))
        continue;
      for (guint j = from; j < to; j++)
        if (j != i && !isnan (values[j]))
          inner[n++] = (values[j] - values[i]) / ((double) j - (double) i);
      if (n > 0)
        slopes[n_slopes++] = find_median (inner, n);
    }
  slope = n_slopes > 0 ? find_median (slopes, n_slopes) : 0;

  for (guint i = from; i < to; i++)
    if (!isnan (values[i]))
      inner[n_levels++] = values[i] - slope * ((double) i - (double) place);

  return find_median (inner, n_levels);
}

/* What is left of @values when the line around each is taken out */
static void
take_out_level (const double *values,
                guint         n,
                guint         length,
                double       *rest)
{
  guint window = MIN (2 * length + 1, n);
  g_autofree double *buffer = g_new (double, 2 * window);

  for (guint i = 0; i < n; i++)
    {
      guint from = MIN (i > window / 2 ? i - window / 2 : 0, n - window);

      rest[i] = isnan (values[i]) ? NAN : values[i] - find_level (values, from, from + window, i, buffer);
    }
}

/* Takes the median of each month of @rest out of @values */
static void
take_out_months (const CptTimeSeries *series,
                 guint                first,
                 guint                n,
                 const double        *rest,
                 double              *values)
{
  g_autofree double *buffer = g_new (double, n);
  g_autofree int *months = g_new (int, n);

  for (guint i = 0; i < n; i++)
    cpt_time_series_get_month (series, first + i, NULL, &months[i]);
  for (int month = 1; month <= 12; month++)
    {
      guint n_values = 0;
      double median;

      for (guint i = 0; i < n; i++)
        if (months[i] == month && !isnan (rest[i]))
          buffer[n_values++] = rest[i];
      median = find_median (buffer, n_values);
      for (guint i = 0; i < n; i++)
        if (months[i] == month)
          values[i] -= median;
    }
}

/* One deviation of what is left around @median; 0 when nothing deviates */
static double
find_deviation (const double *rest,
                guint         n,
                double        median,
                double        least)
{
  g_autofree double *distances = g_new (double, n);
  guint n_distances = 0;
  double mean = 0, middle;

  for (guint i = 0; i < n; i++)
    if (!isnan (rest[i]))
      distances[n_distances++] = fabs (rest[i] - median);
  for (guint i = 0; i < n_distances; i++)
    mean += distances[i] / n_distances;
  middle = find_median (distances, n_distances);
  if (middle > least)
    return middle / FROM_MEDIAN;

  return mean > least ? mean * FROM_MEAN : 0;
}

static double
find_largest (const double *values,
              guint         n)
{
  double largest = 0;

  for (guint i = 0; i < n; i++)
    if (!isnan (values[i]))
      largest = MAX (largest, fabs (values[i]));

  return largest;
}

static guint
mark (const double *rest,
      guint         n,
      double        least,
      int          *signs)
{
  g_autofree double *copy = g_new (double, n);
  guint n_known = 0, n_marked = 0;
  double median, deviation;

  for (guint i = 0; i < n; i++)
    if (!isnan (rest[i]))
      copy[n_known++] = rest[i];
  median = find_median (copy, n_known);
  deviation = find_deviation (rest, n, median, least);
  if (!(deviation > 0))
    return 0;

  for (guint i = 0; i < n; i++)
    if (!isnan (rest[i]) && fabs (rest[i] - median) > THRESHOLD * deviation)
      {
        signs[i] = rest[i] > median ? 1 : -1;
        n_marked++;
      }
  if (n_marked * 10 <= n_known)
    return n_marked;

  memset (signs, 0, n * sizeof *signs);

  return 0;
}

guint
cpt_anomaly_find (const CptTimeSeries *series,
                  int                 *signs)
{
  g_autofree double *values = NULL;
  g_autofree double *rest = NULL;
  guint length, first, n;
  double largest;

  g_return_val_if_fail (series != NULL, 0);
  g_return_val_if_fail (signs != NULL, 0);

  memset (signs, 0, series->n_values * sizeof *signs);
  length = cpt_time_series_get_year_length (series->bucket);
  if (length == 0 || cpt_time_series_count_known (series) < length)
    return 0;

  first = series->n_values > MAX_VALUES ? series->n_values - MAX_VALUES : 0;
  n = series->n_values - first;
  largest = find_largest (series->values + first, n);
  if (!(largest > 0))
    return 0;

  /* In parts of the largest, so that no difference overflows */
  values = g_new (double, n);
  rest = g_new (double, n);
  for (guint i = 0; i < n; i++)
    values[i] = isfinite (series->values[first + i]) ? series->values[first + i] / largest : NAN;
  take_out_level (values, n, length, rest);
  /* The months bend the line and the line the months: they are taken out in turn. */
  for (guint i = 0; i < N_PASSES && n >= MIN_YEARS_OF_SEASONS * length; i++)
    {
      take_out_months (series, first, n, rest, values);
      take_out_level (values, n, length, rest);
    }

  return mark (rest, n, 1e-12, signs + first);
}
