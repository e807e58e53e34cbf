/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a number went over time, bucket by bucket. Missing values stay missing:
 * nothing here fills a gap. */

#include "config.h"

#include "cpt-time-series.h"

CptTimeSeries *
cpt_time_series_new (CptBucket     bucket,
                     gint64        start,
                     const double *values,
                     guint         n_values)
{
  CptTimeSeries *self = g_new0 (CptTimeSeries, 1);

  self->bucket = bucket;
  self->start = cpt_bucket_get_start (bucket, start);
  self->n_values = n_values;
  self->values = g_new (double, MAX (n_values, 1));
  for (guint i = 0; i < n_values; i++)
    self->values[i] = values != NULL && isfinite (values[i]) ? values[i] : NAN;

  return self;
}

void
cpt_time_series_free (CptTimeSeries *self)
{
  if (self == NULL)
    return;

  g_free (self->values);
  g_free (self);
}

gint64
cpt_time_series_get_start (const CptTimeSeries *self,
                           guint                index)
{
  g_return_val_if_fail (self != NULL, 0);

  return cpt_bucket_add (self->bucket, self->start, (int) MIN (index, G_MAXINT));
}

void
cpt_time_series_get_month (const CptTimeSeries *self,
                           guint                index,
                           int                 *year,
                           int                 *month)
{
  gint64 day = cpt_time_series_get_start (self, index);

  cpt_date_to_ymd (self->bucket == CPT_BUCKET_WEEK ? day + 3 : day, year, month, NULL);
}

guint
cpt_time_series_get_year_length (CptBucket bucket)
{
  switch (bucket)
    {
    case CPT_BUCKET_WEEK:
      return 52;

    case CPT_BUCKET_MONTH:
      return 12;

    case CPT_BUCKET_QUARTER:
      return 4;

    case CPT_BUCKET_NONE:
    case CPT_BUCKET_DAY:
    case CPT_BUCKET_YEAR:
    default:
      return 0;
    }
}

guint
cpt_time_series_count_known (const CptTimeSeries *self)
{
  guint count = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->n_values; i++)
    if (isfinite (self->values[i]))
      count++;

  return count;
}

/* Of @n values; each is divided before it is added, so that no sum overflows */
static double
find_mean (const double *values,
           guint         n)
{
  double mean = 0;
  guint count = 0;

  for (guint i = 0; i < n; i++)
    if (isfinite (values[i]))
      count++;
  if (count == 0 || count * 4 < n * 3)
    return NAN;

  for (guint i = 0; i < n; i++)
    if (isfinite (values[i]))
      mean += values[i] / count;

  return mean;
}

void
cpt_time_series_roll (const CptTimeSeries *self,
                      double              *means)
{
  guint length;

  g_return_if_fail (self != NULL);
  g_return_if_fail (means != NULL);

  length = cpt_time_series_get_year_length (self->bucket);
  for (guint i = 0; i < self->n_values; i++)
    means[i] = length > 0 && i + 1 >= length ? find_mean (self->values + i + 1 - length, length) : NAN;
}
