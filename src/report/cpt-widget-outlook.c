/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a line is told beside its numbers: the average of a year, where it is
 * expected to go, what is unusual. The room insight works it out over all time;
 * here it is put where the chart has the same week, month or quarter. */

#include "config.h"

#include "cpt-widget-data-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-anomaly.h"
#include "cpt-trend-words.h"

#define NO_CATEGORY G_MAXUINT

/* The category of a bucket; they are in the order of time */
static guint
find_category (const CptChartData *chart,
               gint64              start)
{
  guint low = 0, high = chart->categories->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      gint64 other = g_array_index (chart->categories, CptChartCategory, middle).start;

      if (other == start)
        return middle;
      if (other < start)
        low = middle + 1;
      else
        high = middle;
    }

  return NO_CATEGORY;
}

static const char *
get_average_label (CptBucket bucket)
{
  switch (bucket)
    {
    case CPT_BUCKET_WEEK:
      return _("Average of 52 weeks");

    case CPT_BUCKET_QUARTER:
      return _("Average of 4 quarters");

    case CPT_BUCKET_MONTH:
    case CPT_BUCKET_NONE:
    case CPT_BUCKET_DAY:
    case CPT_BUCKET_YEAR:
    default:
      return _("Average of 12 months");
    }
}

static void
add_average (CptChartData   *chart,
             const CptTrend *trend,
             double          factor)
{
  const CptTimeSeries *series = trend->series;
  g_autofree double *means = g_new (double, series->n_values + 1);
  CptSeason season;
  guint added = NO_CATEGORY;

  cpt_time_series_roll (series, means);
  for (guint i = 0; i < series->n_values; i++)
    {
      guint category = find_category (chart, cpt_time_series_get_start (series, i));

      if (category == NO_CATEGORY || isnan (means[i]))
        continue;
      if (added == NO_CATEGORY)
        added = cpt_chart_data_add_series (chart, get_average_label (series->bucket), CPT_CHART_ROLE_COMPARISON);
      cpt_chart_data_set_value (chart, added, category, means[i] * factor);
    }
  if (added == NO_CATEGORY)
    cpt_chart_data_add_finding (chart, _("An average of a year needs the figures of twelve months; there are fewer."));

  if (cpt_season_measure (series, &season, NULL))
    {
      g_autofree char *sentence = cpt_trend_describe_season (trend, &season);

      cpt_chart_data_add_finding (chart, sentence);
    }
}

/* Where the chart ends with what is there now, its axis goes on to the end of the year. */
static void
add_expected (CptChartData      *chart,
              const CptTrend    *trend,
              const CptForecast *forecast,
              double             factor)
{
  CptBucket bucket = trend->series->bucket;
  guint n = chart->categories->len;
  gint64 last = n > 0 ? g_array_index (chart->categories, CptChartCategory, n - 1).start : 0;
  guint series, first = NO_CATEGORY;

  if (n == 0 || last < cpt_bucket_add (bucket, forecast->start, -1))
    return;

  series = cpt_chart_data_add_series (chart, C_("series of a chart", "Forecast"), CPT_CHART_ROLE_VALUE);
  cpt_chart_data_get_series (chart, series)->is_continuation = TRUE;
  for (guint i = 0; i < forecast->n_values; i++)
    {
      gint64 start = cpt_bucket_add (bucket, forecast->start, (int) i);
      guint category = find_category (chart, start);

      if (category == NO_CATEGORY && start < last)
        continue;
      if (category == NO_CATEGORY)
        category = cpt_chart_data_add_bucket (chart, bucket, start);
      first = MIN (first, category);
      cpt_chart_data_set_value (chart, series, category, forecast->expected[i] * factor);
      cpt_chart_data_set_band (chart, series, category, forecast->low[i] * factor, forecast->high[i] * factor);
    }
  cpt_chart_data_set_forecast (chart, series, first);
}

static void
add_forecast (CptChartData   *chart,
              const CptTrend *trend,
              double          factor)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptForecast) forecast = cpt_forecast_new (trend->series, trend->is_additive, trend->running, &error);
  g_autofree char *sentence = NULL;
  g_autofree char *check = NULL;

  if (forecast == NULL)
    {
      cpt_chart_data_add_finding (chart, error->message);
      return;
    }

  add_expected (chart, trend, forecast, factor);
  sentence = cpt_trend_describe_forecast (trend, forecast);
  check = cpt_trend_describe_check (forecast);
  cpt_chart_data_add_finding (chart, sentence);
  cpt_chart_data_add_finding (chart, check);
}

static void
add_flags (CptChartData   *chart,
           const CptTrend *trend)
{
  g_autofree int *signs = g_new (int, trend->series->n_values + 1);
  g_autofree char *sentence = NULL;

  cpt_anomaly_find (trend->series, signs);
  for (guint i = 0; i < trend->series->n_values; i++)
    {
      guint category = signs[i] != 0 ? find_category (chart, cpt_time_series_get_start (trend->series, i)) : NO_CATEGORY;

      if (category == NO_CATEGORY)
        signs[i] = 0;
      else
        cpt_chart_data_set_flag (chart, 0, category, signs[i] > 0 ? CPT_CHART_FLAG_HIGH : CPT_CHART_FLAG_LOW);
    }
  sentence = cpt_trend_describe_unusual (trend, signs);
  if (sentence != NULL)
    cpt_chart_data_add_finding (chart, sentence);
}

/* Only kinds that declare an option have it. */
static gboolean
is_on (const CptChart *chart,
       const char     *name)
{
  for (const CptChartOption *option = chart->kind != NULL ? chart->kind->options : NULL;
       option != NULL && option->name != NULL; option++)
    if (g_str_equal (option->name, name))
      return cpt_chart_is_option (chart, name, "true");

  return FALSE;
}

static gboolean
is_forecast_kind (const CptChartKind *kind)
{
  return kind != NULL && cpt_chart_kind_has_option (kind, "forecast");
}

/* Several lines have several trends: none is told. */
static gboolean
has_one_line (const CptChartData *chart)
{
  guint count = 0;

  for (guint i = 0; i < cpt_chart_data_get_n_series (chart); i++)
    if (cpt_chart_data_get_series (chart, i)->role == CPT_CHART_ROLE_VALUE)
      count++;

  return count == 1;
}

void
cpt_widget_data_add_outlook (CptWidgetData   *self,
                             CptDatabase     *database,
                             const CptWidget *widget)
{
  const CptChart chart = { .kind = cpt_chart_kind_find (widget->kind), .options = widget->options, .data = self->chart };
  gboolean has_trend = is_on (&chart, "trend");
  gboolean has_forecast = is_on (&chart, "forecast");
  gboolean has_flags = is_on (&chart, "unusual");
  const char *currency = self->chart->unit.currency[0] != '\0' ? self->chart->unit.currency : NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(CptTrend) trend = NULL;
  double factor;

  /* A number has a small line of its development, which is another thing */
  if (!is_forecast_kind (chart.kind))
    return;
  if (!(has_trend || has_forecast || has_flags) || self->chart->error != NULL || self->latest != NULL)
    return;
  if (!has_one_line (self->chart))
    {
      cpt_chart_data_add_finding (self->chart, _("A trend is told of one line; remove the second grouping."));
      return;
    }

  trend = cpt_trend_read (database, widget->query, CPT_BUCKET_NONE, currency, &error);
  if (trend == NULL)
    {
      cpt_chart_data_add_finding (self->chart, error->message);
      return;
    }
  cpt_trend_get_unit (trend, &factor);
  /* What matters most comes first: where there is little room the rest is only said. */
  if (has_forecast)
    add_forecast (self->chart, trend, factor);
  if (has_trend)
    add_average (self->chart, trend, factor);
  if (has_flags)
    add_flags (self->chart, trend);
}
