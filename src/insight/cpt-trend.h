/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-aggregate.h"
#include "cpt-time-series.h"

G_BEGIN_DECLS

/* As far back as is looked */
#define CPT_TREND_YEARS 10

/**
 * CptTrend:
 * @series: the whole buckets that are over, to the one before today's; ten years at most
 * @running: what today's bucket has so far; NAN when that is nothing to speak of
 * @is_additive: whether buckets may be added up; what has no records is then 0, else it is missing
 * @unit: of all values; money in minor units of @currency, percentages as fractions
 * @currency: of money, else empty
 * @label: of the measure, for people
 * @n_other_currencies: rows in others, which are left out
 *
 * How the number of a question went until now.
 */
typedef struct
{
  CptTimeSeries  *series;
  double          running;
  gboolean        is_additive;
  CptMeasureUnit  unit;
  char            currency[4];
  char           *label;
  guint           n_other_currencies;
} CptTrend;

/**
 * cpt_trend_read:
 * @database: a connection, on its own thread
 * @question: of a chart, also one that names a metric
 * @bucket: week, month or quarter; %CPT_BUCKET_NONE: as the question has it
 * @currency: (nullable): of which amounts are read; that of the workspace by default
 * @error: CPT_ERROR_UNSUPPORTED for other buckets, without a date and for what is no number; or
 *   as aggregates have it
 *
 * Asks for the first measure over all time: what the question says of its period, of order
 * and of limits does not count. @question has one dimension, over a date, or names a metric
 * that has one.
 *
 * Returns: (transfer full): the series, which may be empty
 */
CptTrend *cpt_trend_read (CptDatabase  *database,
                          JsonNode     *question,
                          CptBucket     bucket,
                          const char   *currency,
                          GError      **error) G_GNUC_WARN_UNUSED_RESULT;
void      cpt_trend_free (CptTrend     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptTrend, cpt_trend_free)

G_END_DECLS
