/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where ticks go: on numbers by the extended Wilkinson search, on dates by
 * the calendar's own steps. */
#include "config.h"
#include "cpt-chart-scale.h"

#define EPSILON 1e-10

/* Steps by preference, and how much each goal counts: Talbot, Lin, Hanrahan,
 * "An Extension of Wilkinson's Algorithm for Positioning Tick Labels on Axes",
 * InfoVis 2010 */
static const double nice_steps[] = { 1, 5, 2, 2.5, 4, 3 };

enum
{
  WEIGHT_SIMPLICITY,
  WEIGHT_COVERAGE,
  WEIGHT_DENSITY,
  WEIGHT_LEGIBILITY,
  N_WEIGHTS,
};

static const double weights[N_WEIGHTS] = { 0.25, 0.2, 0.5, 0.05 };

typedef struct
{
  double min;
  double max;
  double target;
  double smallest_step;
  double best_score;
  double best_start;
  double best_step;
  guint best_count;
} Search;

static double
get_simplicity (guint    nice,
                int      skip,
                gboolean has_zero)
{
  const guint last = G_N_ELEMENTS (nice_steps) - 1;

  return 1 - (double) nice / last - skip + (has_zero ? 1 : 0);
}

static double
get_coverage (const Search *search,
              double        first,
              double        last)
{
  double range = 0.1 * (search->max - search->min);
  double above = (search->max - last) / range;
  double below = (search->min - first) / range;

  return 1 - 0.5 * (above * above + below * below);
}

static double
get_best_coverage (const Search *search,
                   double        span)
{
  double range = search->max - search->min;
  double half;

  if (span <= range)
    return 1;
  half = (span - range) / 2 / (0.1 * range);

  return 1 - half * half;
}

static double
get_density (const Search *search,
             int           count,
             double        first,
             double        last)
{
  double have = (count - 1) / (last - first);
  double want = (search->target - 1) /
                (MAX (last, search->max) - MIN (first, search->min));

  return 2 - MAX (have / want, want / have);
}

static double
get_best_density (const Search *search,
                  int           count)
{
  return count >= search->target ? 2 - (count - 1) / (search->target - 1) : 1;
}

static double
add_up (double simplicity,
        double coverage,
        double density)
{
  return weights[WEIGHT_SIMPLICITY] * simplicity + weights[WEIGHT_COVERAGE] * coverage +
         weights[WEIGHT_DENSITY] * density + weights[WEIGHT_LEGIBILITY];
}

static gboolean
is_allowed_step (const Search *search,
                 double        step)
{
  double times;

  if (search->smallest_step <= 0)
    return TRUE;
  times = step / search->smallest_step;

  return times > 1 - EPSILON && fabs (times - round (times)) < 1e-6 * times;
}

/* All places of one step */
static void
search_starts (Search *search,
               guint   nice,
               int     skip,
               int     count,
               double  power)
{
  double step = skip * nice_steps[nice] * power;
  double low = floor (search->max / step) * skip - (count - 1) * (double) skip;
  double high = ceil (search->min / step) * skip;

  if (!is_allowed_step (search, step) || high - low > 1000)
    return;

  for (int i = 0; i <= (int) (high - low); i++)
    {
      double first = (low + i) * (step / skip);
      double last = first + step * (count - 1);
      double remainder = fabs (fmod (first, step));
      gboolean has_zero = first <= 0 && last >= 0 &&
                          (remainder < EPSILON * step || step - remainder < EPSILON * step);
      double score = add_up (get_simplicity (nice, skip, has_zero),
                             get_coverage (search, first, last),
                             get_density (search, count, first, last));

      if (score <= search->best_score)
        continue;
      search->best_score = score;
      search->best_start = first;
      search->best_step = step;
      search->best_count = (guint) count;
    }
}

/* All powers of ten for a step and a number of ticks */
static void
search_powers (Search *search,
               guint   nice,
               int     skip,
               int     count,
               double  simplicity)
{
  double delta = (search->max - search->min) / (count + 1) / (skip * nice_steps[nice]);
  int exponent = (int) ceil (log10 (delta));
  double density = get_best_density (search, count);

  for (int tries = 0; tries < 8; tries++, exponent++)
    {
      double power = pow (10, exponent);
      double span = skip * nice_steps[nice] * power * (count - 1);
      double coverage = get_best_coverage (search, span);

      if (add_up (simplicity, coverage, density) < search->best_score)
        return;
      search_starts (search, nice, skip, count, power);
    }
}

static void
search_all (Search *search)
{
  for (int skip = 1; skip < 10; skip++)
    for (guint nice = 0; nice < G_N_ELEMENTS (nice_steps); nice++)
      {
        double simplicity = get_simplicity (nice, skip, TRUE);

        if (add_up (simplicity, 1, 1) < search->best_score)
          return;
        for (int count = 2; count < 30; count++)
          {
            if (add_up (simplicity, 1, get_best_density (search, count)) < search->best_score)
              break;
            search_powers (search, nice, skip, count, simplicity);
          }
      }
}

/* Where nothing was found, as when every step would be smaller than allowed */
static void
use_plain_steps (Search *search)
{
  double step = MAX (search->smallest_step, pow (10, floor (log10 (search->max - search->min))));

  search->best_step = step;
  search->best_start = floor (search->min / step) * step;
  search->best_count = 2;
}

/* The data is inside, and no tick is further out than it takes */
static void
fit_around (CptTicks *ticks,
            double    min,
            double    max)
{
  double slack = EPSILON * ticks->step;
  double last;

  while (ticks->start > min + slack && ticks->count < 100)
    {
      ticks->start -= ticks->step;
      ticks->count++;
    }
  while (ticks->start + ticks->step <= min + slack && ticks->count > 2)
    {
      ticks->start += ticks->step;
      ticks->count--;
    }
  last = ticks->start + ticks->step * (ticks->count - 1);
  while (last < max - slack && ticks->count < 100)
    {
      last += ticks->step;
      ticks->count++;
    }
  while (last - ticks->step >= max - slack && ticks->count > 2)
    {
      last -= ticks->step;
      ticks->count--;
    }
}

void
cpt_ticks_init (CptTicks *ticks,
                double    min,
                double    max,
                double    target,
                double    smallest_step)
{
  Search search = { .best_score = -2 };

  g_return_if_fail (ticks != NULL);

  min = isfinite (min) ? CLAMP (min, -1e300, 1e300) : 0;
  max = isfinite (max) ? CLAMP (max, -1e300, 1e300) : 0;
  if (min > max)
    min = max;
  /* One value, or two that differ by nothing that a double could show */
  if (max - min <= MAX (fabs (min), fabs (max)) * 1e-9)
    {
      double pad = MAX (fabs (max) * 0.1, MAX (smallest_step, 1e-9));

      if (max == 0)
        pad = MAX (smallest_step, 1);
      max = max + pad;
      min = min > 0 && min - pad < 0 ? 0 : min - (min == 0 ? 0 : pad);
    }

  search.min = min;
  search.max = max;
  search.target = CLAMP (target, 2, 20);
  search.smallest_step = smallest_step;
  search_all (&search);
  if (search.best_score <= -2 || !(search.best_step > 0))
    use_plain_steps (&search);

  *ticks = (CptTicks){ .start = search.best_start, .step = search.best_step, .count = search.best_count };
  fit_around (ticks, min, max);
}

/* ---- logarithmic ---- */

/* How fine ticks stand */
typedef enum
{
  LOG_FINE,   /* 1, 2, 5 */
  LOG_POWERS, /* of ten */
} LogGrain;

/* Of ten; neither nothing nor more than a double holds */
static double
get_power (int exponent)
{
  return pow (10, CLAMP (exponent, -303, 303));
}

/* The tick at @index of all there may be: one for each power of ten, or three */
static double
get_log_candidate (int      index,
                   LogGrain grain,
                   gboolean as_time)
{
  static const double multiples[] = { 1, 2, 5 };
  /* From one second on there are seconds, minutes and hours, and then powers of ten of a day */
  static const double times[] = { 1, 10, 60, 600, 3600, 36000 };
  const int n_times = (int) G_N_ELEMENTS (times);
  int power;

  if (as_time)
    return index >= 0 && index < n_times ? times[index]
                                         : (index < 0 ? 1 : 86400) * get_power (index < 0 ? index : index - n_times);
  if (grain == LOG_POWERS)
    return get_power (index);

  power = (int) floor (index / 3.0);

  return multiples[index - 3 * power] * get_power (power);
}

/* The last candidate at or below @value */
static int
find_log_candidate (double   value,
                    LogGrain grain,
                    gboolean as_time)
{
  int index = (int) floor (log10 (value));

  if (grain == LOG_FINE)
    index *= 3;
  index -= 4;
  while (get_log_candidate (index + 1, grain, as_time) <= value * (1 + EPSILON))
    index++;

  return index;
}

void
cpt_ticks_init_log (CptTicks *ticks,
                    double    min,
                    double    max,
                    double    target,
                    gboolean  as_time)
{
  LogGrain grain = as_time ? LOG_POWERS : LOG_FINE;
  int first, last, stride = 1;

  g_return_if_fail (ticks != NULL);

  min = isfinite (min) ? CLAMP (min, 1e-300, 1e300) : 1;
  max = isfinite (max) ? CLAMP (max, min, 1e300) : min;
  target = CLAMP (target, 2, CPT_TICKS_MAX_LOG - 2);
  first = find_log_candidate (min, grain, as_time);
  last = find_log_candidate (max, grain, as_time);
  if (grain == LOG_FINE && last - first + 1 > 1.5 * target)
    {
      grain = LOG_POWERS;
      first = find_log_candidate (min, grain, as_time);
      last = find_log_candidate (max, grain, as_time);
    }
  if (get_log_candidate (last, grain, as_time) < max * (1 - EPSILON) || last == first)
    last++;
  /* One in so many, from a power that is a multiple of them: 1, 1000, 1000000 */
  if (last - first > 1.5 * target)
    {
      stride = (int) ceil ((last - first) / target);
      first = (int) floor ((double) first / stride) * stride;
      last = first + (int) ceil ((double) (last - first) / stride) * stride;
    }

  *ticks = (CptTicks){ .is_log = TRUE, .count = (guint) MIN ((last - first) / stride + 1, CPT_TICKS_MAX_LOG) };
  for (guint i = 0; i < ticks->count; i++)
    ticks->values[i] = get_log_candidate (first + (int) i * stride, grain, as_time);
  ticks->start = ticks->values[0];
}

/* The largest of 1, 2 and 5 times a power of ten, or with @only_powers the largest power, at or below @value */
static double
round_down (double   value,
            gboolean only_powers)
{
  static const double nice[] = { 5, 2, 1 };
  double power = pow (10, floor (log10 (value) + 1e-9));

  for (guint i = only_powers ? 2 : 0; i < G_N_ELEMENTS (nice); i++)
    if (nice[i] * power <= value * (1 + 1e-9))
      return nice[i] * power;

  return power;
}

void
cpt_ticks_fit_log (CptTicks *ticks,
                   double    min,
                   double    max,
                   guint     count)
{
  double first, powers;

  g_return_if_fail (ticks != NULL);
  g_return_if_fail (min > 0 && max >= min);

  min = CLAMP (min, 1e-300, 1e300);
  max = CLAMP (max, min, 1e300);
  *ticks = (CptTicks){ .is_log = TRUE, .count = CLAMP (count, 2, CPT_TICKS_MAX_LOG) };
  ticks->start = round_down (min, FALSE);
  if (ldexp (ticks->start, (int) ticks->count - 1) >= max * (1 - 1e-9))
    {
      for (guint i = 0; i < ticks->count; i++)
        ticks->values[i] = ldexp (ticks->start, (int) i);
      return;
    }

  /* From tick to tick; in exponents, since the ratio of hostile numbers is none that a double holds */
  ticks->start = round_down (min, TRUE);
  first = round (log10 (ticks->start));
  powers = MAX (ceil ((log10 (max) - first) / (ticks->count - 1) - 1e-9), 1);
  for (guint i = 0; i < ticks->count; i++)
    ticks->values[i] = MIN (pow (10, first + powers * i), 1e305 * (i + 1));
  ticks->start = ticks->values[0];
}

/* ---- both ---- */

double
cpt_ticks_get_share (const CptTicks *ticks,
                     double          value)
{
  double first, last;

  g_return_val_if_fail (ticks != NULL && ticks->count > 1, 0);

  if (!ticks->is_log)
    return CLAMP ((value - ticks->start) / (ticks->step * (ticks->count - 1)), 0, 1);
  if (!(value > 0))
    return 0;

  first = log10 (ticks->start);
  last = log10 (ticks->values[ticks->count - 1]);

  return CLAMP ((log10 (value) - first) / (last - first), 0, 1);
}

double
cpt_ticks_get_value (const CptTicks *ticks,
                     guint           index)
{
  double value;

  g_return_val_if_fail (ticks != NULL, 0);

  if (ticks->is_log)
    return ticks->values[MIN (index, CPT_TICKS_MAX_LOG - 1)];

  value = ticks->start + ticks->step * index;

  /* 0.1 + 0.2 - 0.3 is not zero; a tick is */
  return fabs (value) < ticks->step * 1e-9 ? 0 : value;
}

static const CptTimeStep time_steps[] = {
  { CPT_BUCKET_DAY, 1 },
  { CPT_BUCKET_WEEK, 1 },
  { CPT_BUCKET_MONTH, 1 },
  { CPT_BUCKET_QUARTER, 1 },
  { CPT_BUCKET_QUARTER, 2 },
  { CPT_BUCKET_YEAR, 1 },
  { CPT_BUCKET_YEAR, 2 },
  { CPT_BUCKET_YEAR, 5 },
  { CPT_BUCKET_YEAR, 10 },
  { CPT_BUCKET_YEAR, 20 },
  { CPT_BUCKET_YEAR, 50 },
  { CPT_BUCKET_YEAR, 100 },
  { CPT_BUCKET_YEAR, 200 },
  { CPT_BUCKET_YEAR, 500 },
  { CPT_BUCKET_YEAR, 1000 },
  { CPT_BUCKET_YEAR, 5000 },
};

static double
get_days (const CptTimeStep *step)
{
  static const double days[] = {
    [CPT_BUCKET_DAY] = 1,
    [CPT_BUCKET_WEEK] = 7,
    [CPT_BUCKET_MONTH] = 30.5,
    [CPT_BUCKET_QUARTER] = 91.5,
    [CPT_BUCKET_YEAR] = 366,
  };

  return days[step->unit] * step->count;
}

void
cpt_time_step_init (CptTimeStep *step,
                    CptBucket    bucket,
                    gint64       first,
                    gint64       last,
                    guint        max_ticks)
{
  g_return_if_fail (step != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (time_steps); i++)
    {
      *step = time_steps[i];
      if (step->unit < bucket || (bucket == CPT_BUCKET_WEEK && step->unit == CPT_BUCKET_DAY))
        continue;
      if ((last - first) / get_days (step) + 1 <= MAX (max_ticks, 1))
        return;
    }
}

/* How many units since year 1 */
static gint64
get_ordinal (const CptTimeStep *step,
             gint64             date)
{
  int year, month, day;

  cpt_date_to_ymd (date, &year, &month, &day);
  if (step->unit == CPT_BUCKET_YEAR)
    return year;

  return ((gint64) year * 12 + month - 1) / 3;
}

gboolean
cpt_time_step_hits (const CptTimeStep *step,
                    gint64             date)
{
  g_return_val_if_fail (step != NULL, FALSE);

  if (cpt_bucket_get_start (step->unit, date) != date)
    return FALSE;

  return step->count == 1 || get_ordinal (step, date) % step->count == 0;
}

gint64
cpt_time_step_ceil (const CptTimeStep *step,
                    gint64             date)
{
  gint64 tick;

  g_return_val_if_fail (step != NULL, date);

  tick = cpt_bucket_get_start (step->unit, date);
  if (tick < date)
    tick = cpt_bucket_add (step->unit, tick, 1);
  if (step->count > 1)
    {
      int behind = (int) (get_ordinal (step, tick) % step->count);

      if (behind > 0)
        tick = cpt_bucket_add (step->unit, tick, step->count - behind);
    }

  return tick;
}

gint64
cpt_time_step_next (const CptTimeStep *step,
                    gint64             tick)
{
  g_return_val_if_fail (step != NULL, tick);

  return cpt_bucket_add (step->unit, tick, step->count);
}
