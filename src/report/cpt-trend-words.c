/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the trend of a number says, in sentences. */

#include "config.h"

#include "cpt-trend-words.h"

#include <glib/gi18n-lib.h>

#include "cpt-chart-format.h"

#define SECONDS_PER_DAY 86400.0
#define MAX_UNUSUAL 5

CptChartUnit
cpt_trend_get_unit (const CptTrend *trend,
                    double         *factor)
{
  static const CptChartMeasure measures[CPT_N_MEASURE_UNITS] = {
    [CPT_MEASURE_UNIT_COUNT] = CPT_CHART_COUNT,
    [CPT_MEASURE_UNIT_NUMBER] = CPT_CHART_NUMBER,
    [CPT_MEASURE_UNIT_MONEY] = CPT_CHART_MONEY,
    [CPT_MEASURE_UNIT_PERCENT] = CPT_CHART_PERCENT,
    [CPT_MEASURE_UNIT_DAYS] = CPT_CHART_DURATION,
    [CPT_MEASURE_UNIT_DURATION] = CPT_CHART_DURATION,
  };
  CptChartUnit unit = { .measure = measures[trend->unit] };

  g_strlcpy (unit.currency, trend->currency, sizeof unit.currency);
  *factor = trend->unit == CPT_MEASURE_UNIT_DAYS ? SECONDS_PER_DAY : 1;

  return unit;
}

/* At a glance: nobody knows the cents of next December */
static char *
format_value (const CptTrend *trend,
              double          value)
{
  double factor;
  CptChartUnit unit = cpt_trend_get_unit (trend, &factor);

  return cpt_chart_format_short (&unit, value * factor);
}

/* "December" */
static char *
format_month (guint month)
{
  g_autoptr(GDateTime) day = g_date_time_new_utc (2026, (int) month + 1, 1, 0, 0, 0);

  return g_date_time_format (day, "%OB");
}

/* "December (+40 %)" */
static char *
describe_month (const CptTrend  *trend,
                const CptSeason *season,
                guint            month)
{
  g_autofree char *name = format_month (month);
  double difference = season->differences[month];
  g_autofree char *change = season->mean > 0 ? cpt_chart_format_change (difference / season->mean)
                                             : format_value (trend, difference);

  /* Translators: a month and how far it is from the average: "December (+40 %)" */
  return g_strdup_printf (C_("month", "%s (%s)"), name, change);
}

/* One or two months from one end of the order: the second only when it is half as far */
static char *
describe_months (const CptTrend  *trend,
                 const CptSeason *season,
                 gboolean         is_best)
{
  guint first = season->order[is_best ? 0 : 11];
  guint second = season->order[is_best ? 1 : 10];
  g_autofree char *one = describe_month (trend, season, first);
  g_autofree char *other = NULL;

  if (season->differences[second] / season->differences[first] < 0.5)
    return g_steal_pointer (&one);

  other = describe_month (trend, season, second);

  /* Translators: two months: "December (+40 %) and November (+20 %)" */
  return g_strdup_printf (C_("months", "%s and %s"), one, other);
}

char *
cpt_trend_describe_season (const CptTrend  *trend,
                           const CptSeason *season)
{
  g_autofree char *best = describe_months (trend, season, TRUE);
  g_autofree char *worst = describe_months (trend, season, FALSE);

  /* Translators: "Highest in December (+40 %) and November (+20 %), lowest in August (−30 %)." */
  return g_strdup_printf (_("Highest in %s, lowest in %s."), best, worst);
}

char *
cpt_trend_describe_forecast (const CptTrend    *trend,
                             const CptForecast *forecast)
{
  guint last = forecast->n_values - 1;
  gboolean is_total = forecast->is_additive && isfinite (forecast->total);
  g_autofree char *expected = format_value (trend, is_total ? forecast->total : forecast->expected[last]);
  g_autofree char *low = format_value (trend, is_total ? forecast->total_low : forecast->low[last]);
  g_autofree char *high = format_value (trend, is_total ? forecast->total_high : forecast->high[last]);
  g_autofree char *when =
    is_total ? g_strdup_printf ("%d", forecast->year)
             : cpt_bucket_format (trend->series->bucket, cpt_bucket_add (trend->series->bucket, forecast->start, (int) last));

  /* Translators: a year or month, the value that is forecast, the ends of its interval: "2026: €1.2M expected,
   * 80% likely between €1.1M and €1.3M." */
  return g_strdup_printf (_("%s: %s expected, 80%% likely between %s and %s."), when, expected, low, high);
}

char *
cpt_trend_describe_check (const CptForecast *forecast)
{
  g_autofree char *error = cpt_chart_format_share (forecast->error);
  g_autofree char *coverage = cpt_chart_format_share (forecast->coverage);

  if (!isfinite (forecast->error))
    /* Translators: how well a forecast would have done; %s is a part: "75 %" */
    return g_strdup_printf (_("Checked against the last 12 months: %s lay between."), coverage);

  /* Translators: how well a forecast would have done: "8 %", "75 %" */
  return g_strdup_printf (_("Checked against the last 12 months: off by %s on average, %s lay between."), error, coverage);
}

char *
cpt_trend_describe_unusual (const CptTrend *trend,
                            const int      *signs)
{
  g_autoptr(GString) list = g_string_new (NULL);
  guint count = 0;

  for (guint i = trend->series->n_values; i > 0 && count < MAX_UNUSUAL; i--)
    {
      g_autofree char *when = NULL;

      if (signs[i - 1] == 0)
        continue;
      when = cpt_bucket_format (trend->series->bucket, cpt_time_series_get_start (trend->series, i - 1));
      if (count++ > 0)
        g_string_append (list, ", ");
      /* Translators: a month that is unusual: "Mar 2025 (high)" */
      g_string_append_printf (list, signs[i - 1] > 0 ? _("%s (high)") : _("%s (low)"), when);
    }

  /* Translators: a list of months: "Unusual: Aug 2026 (low), Mar 2025 (high)." */
  return count > 0 ? g_strdup_printf (_("Unusual: %s."), list->str) : NULL;
}
