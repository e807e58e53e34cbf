/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <math.h>

#include "cpt-date.h"

G_BEGIN_DECLS

/**
 * CptTimeSeries:
 * @bucket: week, month or quarter
 * @start: first day of the first bucket
 * @n_values: how many buckets, one after the other
 * @values: one for each, NAN where nothing is known; whatever is not finite counts as missing
 *
 * How one number went over time. A plain value, of no thread.
 */
typedef struct
{
  CptBucket  bucket;
  gint64     start;
  guint      n_values;
  double    *values;
} CptTimeSeries;

/* Copies @values; %NULL makes all of them missing */
CptTimeSeries *cpt_time_series_new             (CptBucket     bucket,
                                                gint64        start,
                                                const double *values,
                                                guint         n_values) G_GNUC_WARN_UNUSED_RESULT;
void           cpt_time_series_free            (CptTimeSeries *self);

/* Of the bucket at @index, which may lie behind the last one */
gint64         cpt_time_series_get_start       (const CptTimeSeries *self,
                                                guint                index);
/* The year and the month (1 to 12) that a bucket counts for; a week, as in ISO 8601, for
 * those of its Thursday. Both are (optional). */
void           cpt_time_series_get_month       (const CptTimeSeries *self,
                                                guint                index,
                                                int                 *year,
                                                int                 *month);
/* How many buckets make a year: 52, 12 or 4; 0 where a year is not told of them */
guint          cpt_time_series_get_year_length (CptBucket bucket);
guint          cpt_time_series_count_known     (const CptTimeSeries *self);

/**
 * cpt_time_series_roll:
 * @self: a series
 * @means: (out caller-allocates): room for as many values as the series has
 *
 * The mean of each bucket and those before it, a whole year together, so that the seasons
 * cancel out: times twelve it is the rolling sum of twelve months. Where a year is not yet
 * full, or more than a quarter of it is missing, there is NAN; fewer are left out of the mean.
 */
void           cpt_time_series_roll            (const CptTimeSeries *self,
                                                double              *means);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptTimeSeries, cpt_time_series_free)

G_END_DECLS
