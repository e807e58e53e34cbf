/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-chart-data.h"

G_BEGIN_DECLS

#define CPT_TICKS_MAX_LOG 24

/**
 * CptTicks:
 * @start: the first tick; on a logarithmic scale where the axis starts, at or below it
 * @step: between ticks; positive; not of a logarithmic scale
 * @count: how many; at least 2
 * @is_log: equal ratios are equally far apart
 * @values: the ticks of a logarithmic scale, above zero and ascending
 *
 * Round values on an axis. The range that they span holds the data.
 */
typedef struct
{
  double   start;
  double   step;
  guint    count;
  gboolean is_log;
  double   values[CPT_TICKS_MAX_LOG];
} CptTicks;

/**
 * cpt_ticks_init:
 * @ticks: (out caller-allocates): the ticks
 * @min: smallest value, at least -1e300
 * @max: largest value, at most 1e300
 * @target: how many ticks would be good
 * @smallest_step: no step is smaller and every step is a multiple of it; 0: any
 *
 * Extended Wilkinson (Talbot, Lin, Hanrahan 2010): the best of simplicity,
 * coverage, density and legibility, then extended so that the data is inside.
 */
void   cpt_ticks_init      (CptTicks *ticks,
                            double    min,
                            double    max,
                            double    target,
                            double    smallest_step);
/**
 * cpt_ticks_init_log:
 * @ticks: (out caller-allocates): the ticks
 * @min: smallest value; above zero
 * @max: largest value; at least @min
 * @target: how many ticks would be good
 * @as_time: values are seconds: ticks stand at minutes, hours and days
 *
 * Ticks of a logarithmic scale: 1, 2 and 5 of each power of ten while these are few, else
 * the powers, else every so many of them.
 */
void   cpt_ticks_init_log  (CptTicks *ticks,
                            double    min,
                            double    max,
                            double    target,
                            gboolean  as_time);
/**
 * cpt_ticks_fit_log:
 * @ticks: (out caller-allocates): the ticks
 * @min: smallest value; above zero
 * @max: largest value; at least @min
 * @count: how many ticks there are; 2 to %CPT_TICKS_MAX_LOG
 *
 * Ticks of a logarithmic scale that are all equally far apart, so that another axis can have as many
 * at the same places: each is twice the one before where that is enough, else 10 times, 100 times, ...
 */
void   cpt_ticks_fit_log   (CptTicks *ticks,
                            double    min,
                            double    max,
                            guint     count);
/* 0 to 1: from the start of the axis to its end; outside of that one of these */
double cpt_ticks_get_share (const CptTicks *ticks,
                            double          value);
double cpt_ticks_get_value (const CptTicks *ticks,
                            guint           index);

/**
 * CptTimeStep:
 * @unit: of the calendar
 * @count: units from tick to tick
 *
 * Steps of a calendar: 1, 2 or 7 days, 1, 3 or 6 months, years.
 */
typedef struct
{
  CptBucket unit;
  int       count;
} CptTimeStep;

/**
 * cpt_time_step_init:
 * @step: (out caller-allocates): the step
 * @bucket: what one category of the axis is; no step is finer
 * @first: first day shown
 * @last: last day shown
 * @max_ticks: no more ticks than this
 *
 * The finest step of the calendar that has at most @max_ticks ticks.
 */
void     cpt_time_step_init (CptTimeStep *step,
                             CptBucket    bucket,
                             gint64       first,
                             gint64       last,
                             guint        max_ticks);
/* Whether a tick stands at the bucket that starts at @date */
gboolean cpt_time_step_hits (const CptTimeStep *step,
                             gint64             date);
/* The first tick at or after @date */
gint64   cpt_time_step_ceil (const CptTimeStep *step,
                             gint64             date);
gint64   cpt_time_step_next (const CptTimeStep *step,
                             gint64             tick);

G_END_DECLS
