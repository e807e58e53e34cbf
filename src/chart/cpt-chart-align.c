/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two axes of values that share their grid lines: as many ticks on both, and zero at the same
 * height where both are linear. A logarithmic one takes every so many powers of ten (or of two,
 * where that is enough) that it has as many ticks as the other. */
#include "config.h"
#include "cpt-chart-private.h"

enum
{
  BARS,
  LINE,
  N_SIDES
};

/* Ticks less or more than would be good, and how much of the use of both axes that costs each */
#define MOST_LESS 2
#define MOST_MORE 1
#define COST 0.06

/* What the ticks of a unit are multiples of */
typedef struct
{
  double base;     /* values are divided by it: of days, not of seconds */
  double smallest; /* step; 0: any */
  double min;      /* at most 0 */
  double max;      /* at least 0 */
} Range;

static Range
get_range (const CptChartData *data,
           guint               series)
{
  const CptChartUnit *unit = cpt_chart_data_get_unit (data, series);
  Range range = { .base = 1 };

  for (guint i = 0; i < data->categories->len; i++)
    {
      double value = cpt_chart_data_get_value (data, series, i);

      if (isnan (value))
        continue;
      value = CLAMP (value, -1e300, 1e300);
      range.min = MIN (range.min, value);
      range.max = MAX (range.max, value);
    }
  if (series == BARS && isfinite (data->target))
    {
      range.min = MIN (range.min, data->target);
      range.max = MAX (range.max, data->target);
    }
  if (unit->measure == CPT_CHART_DURATION)
    range.base = cpt_chart_get_time_unit (MAX (fabs (range.min), fabs (range.max)));
  else if (unit->measure == CPT_CHART_COUNT || unit->measure == CPT_CHART_MONEY)
    range.smallest = 1;
  range.min /= range.base;
  range.max /= range.base;

  return range;
}

/* The smallest round step that is at least @step */
static double
round_up (double step,
          double smallest)
{
  static const double nice[] = { 1, 2, 2.5, 4, 5, 10 };
  double power;

  if (step <= 1e-300)
    return MAX (smallest, 1e-300) > 1e-300 ? smallest : 1;

  power = pow (10, floor (log10 (step)));
  for (guint i = 0; i < G_N_ELEMENTS (nice); i++)
    if (nice[i] * power >= step * (1 - 1e-9))
      {
        step = nice[i] * power;
        break;
      }

  return smallest > 0 ? MAX (ceil (step / smallest - 1e-9), 1) * smallest : step;
}

/* Steps of both axes, with as many of them below zero and above it */
typedef struct
{
  double steps[N_SIDES];
  int below;
  int above;
} Alignment;

/* The line's steps follow the @target that the bars have; returns how much of both
 * axes is used, 0 to 1 */
static double
align (const Range *ranges,
       double       target,
       Alignment   *result)
{
  const Range *bars = &ranges[BARS];
  const Range *line = &ranges[LINE];
  double span = line->max - line->min;
  double used;
  CptTicks ticks;

  cpt_ticks_init (&ticks, bars->min, bars->max, target, bars->smallest);
  result->below = (int) MAX (round (-ticks.start / ticks.step), 0);
  result->above = MAX ((int) ticks.count - 1 - result->below, 0);
  if (line->min < 0 && result->below == 0)
    result->below = (int) MAX (ceil (result->above * (-line->min / span)), 1);
  if (line->max > 0 && result->above == 0)
    result->above = (int) MAX (ceil (result->below * (line->max / span)), 1);

  result->steps[BARS] = ticks.step;
  result->steps[LINE] = round_up (MAX (result->below > 0 ? -line->min / result->below : 0,
                                       result->above > 0 ? line->max / result->above : 0),
                                  line->smallest);
  used = (bars->max - bars->min) / (result->steps[BARS] * (result->below + result->above));
  if (span > 0)
    used *= span / (result->steps[LINE] * (result->below + result->above));

  return used;
}

static void
align_linear (const Range  *ranges,
              double        target,
              CptValueAxis *axes)
{
  Alignment best = { { 0 } };
  double most = -1;

  for (int i = -MOST_LESS; i <= MOST_MORE; i++)
    {
      Alignment alignment;
      double used = align (ranges, MAX (target + i, 2), &alignment) - COST * ABS (i);

      if (used <= most)
        continue;
      most = used;
      best = alignment;
    }
  if (most < 0)
    align (ranges, MAX (target, 2), &best);

  for (int side = 0; side < N_SIDES; side++)
    {
      double step = best.steps[side] * ranges[side].base;

      axes[side].ticks = (CptTicks){ -best.below * step, step, (guint) MAX (best.below + best.above, 1) + 1 };
    }
}

/* Smallest and largest on a logarithmic axis; FALSE for a linear one */
typedef struct
{
  gboolean is_log;
  double min;
  double max;
} LogRange;

/* @count ticks, which the other axis has too; returns how much of the axis is used, 0 to 1 */
static double
fit_log (const LogRange *range,
         double          base,
         guint           count,
         CptTicks       *ticks)
{
  cpt_ticks_fit_log (ticks, range->min / base, range->max / base, count);
  for (guint i = 0; i < ticks->count; i++)
    ticks->values[i] *= base;
  ticks->start *= base;

  return range->max > range->min ? log (range->max / range->min) / log (ticks->values[ticks->count - 1] / ticks->start) : 1;
}

/* With at least one logarithmic axis: a linear one says how many ticks there are */
static void
align_logarithmic (const Range    *ranges,
                   const LogRange *logs,
                   double          target,
                   CptValueAxis   *axes)
{
  double most = -1;

  for (int i = -MOST_LESS; i <= MOST_MORE; i++)
    {
      guint count = (guint) CLAMP (round (target + i), 2, CPT_TICKS_MAX_LOG);
      CptTicks ticks[N_SIDES] = { 0 };
      double used = 1 - COST * ABS (i);

      for (int side = 0; side < N_SIDES; side++)
        if (!logs[side].is_log)
          {
            const Range *range = &ranges[side];

            cpt_ticks_init (&ticks[side], range->min, range->max, count, range->smallest);
            count = MIN (ticks[side].count, CPT_TICKS_MAX_LOG);
            used *= (range->max - range->min) / (ticks[side].step * (ticks[side].count - 1));
            ticks[side].start *= range->base;
            ticks[side].step *= range->base;
          }
      for (int side = 0; side < N_SIDES; side++)
        if (logs[side].is_log)
          used *= fit_log (&logs[side], ranges[side].base, count, &ticks[side]);

      if (used <= most)
        continue;
      most = used;
      for (int side = 0; side < N_SIDES; side++)
        axes[side].ticks = ticks[side];
    }
}

void
cpt_chart_align_axes (const CptChart    *chart,
                      const char *const *options,
                      double             target,
                      CptValueAxis      *axes)
{
  const CptChartData *data = chart->data;
  Range ranges[N_SIDES];
  LogRange logs[N_SIDES] = { { FALSE, 0, 0 } };

  for (int side = 0; side < N_SIDES; side++)
    {
      axes[side].unit = cpt_chart_data_get_unit (data, (guint) side);
      ranges[side] = get_range (data, (guint) side);
      logs[side].is_log = cpt_chart_is_log (chart, options[side], side) &&
                          cpt_chart_get_log_range (data, side, &logs[side].min, &logs[side].max);
    }
  if (logs[BARS].is_log || logs[LINE].is_log)
    align_logarithmic (ranges, logs, target, axes);
  else
    align_linear (ranges, target, axes);
}
