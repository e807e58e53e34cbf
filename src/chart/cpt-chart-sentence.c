/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What charts say: summaries for screen readers, marks one by one. */
#include "config.h"
#include "cpt-chart-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

char *
cpt_chart_format_spoken (const CptChartUnit *unit,
                         double              value)
{
  g_autofree char *number = cpt_chart_format_value (unit, value);

  if (unit->name == NULL || !isfinite (value))
    return g_steal_pointer (&number);

  /* Translators: a number and what is counted: "12 deals" */
  return g_strdup_printf (C_("value with unit", "%s %s"), number, unit->name);
}

const char *
cpt_chart_get_title (const CptChart *chart)
{
  if (chart->data != NULL && chart->data->title != NULL && chart->data->title[0] != '\0')
    return chart->data->title;

  return chart->kind != NULL ? _(chart->kind->label) : _("Chart");
}

gboolean
cpt_chart_lacks_data (const CptChart *chart)
{
  const CptChartData *data = chart->data;

  if (chart->kind != NULL && (chart->kind->needs & CPT_CHART_NEEDS_NOTHING))
    return FALSE;
  if (chart->kind == NULL || (chart->kind->needs & CPT_CHART_NEEDS_DIMENSION) == 0)
    return cpt_chart_data_is_empty (data);

  /* A total alone is not enough for a chart of categories */
  for (guint s = 0; s < data->series->len; s++)
    for (guint i = 0; i < data->categories->len; i++)
      if (!isnan (cpt_chart_data_get_value (data, s, i)))
        return FALSE;

  return TRUE;
}

const char *
cpt_chart_find_refusal (const CptChart *chart)
{
  if (chart->kind == NULL || chart->kind->refuse == NULL || chart->data == NULL || chart->data->error != NULL ||
      cpt_chart_lacks_data (chart))
    return NULL;

  return chart->kind->refuse (chart);
}

char *
cpt_chart_format_more (guint n_more)
{
  static const CptChartUnit unit = { CPT_CHART_COUNT, "", NULL };
  g_autofree char *number = cpt_chart_format_value (&unit, n_more);

  return g_strdup_printf (ngettext ("and %s more", "and %s more", n_more), number);
}

typedef struct
{
  guint series;
  guint category;
  double value; /* NAN: none found */
} Point;

/* The highest or lowest value of the series that the chart is about. What is not over yet can
 * be the highest, but is no lowest. */
static Point
find_extreme (const CptChartData *data,
              gboolean            highest)
{
  guint n = data->categories->len;
  Point point = { 0, 0, NAN };

  for (guint s = 0; s < data->series->len; s++)
    for (guint i = 0; i < n; i++)
      {
        double value = cpt_chart_data_get_value (data, s, i);

        if (isnan (value) || cpt_chart_data_get_series (data, s)->role != CPT_CHART_ROLE_VALUE ||
            cpt_chart_data_is_forecast (data, s, i) ||
            (!highest && n > 1 && cpt_chart_data_is_running (data, s, i)))
          continue;
        if (isnan (point.value) || (highest ? value > point.value : value < point.value))
          point = (Point){ s, i, value };
      }

  return point;
}

static char *
dup_point_label (const CptChartData *data,
                 const Point        *point)
{
  g_autofree char *label = cpt_chart_data_dup_label (data, point->category);
  const char *series = cpt_chart_data_get_series (data, point->series)->label;

  if (data->series->len < 2 || series == NULL)
    return g_steal_pointer (&label);

  /* Translators: category and series: "November (Won)" */
  return g_strdup_printf (C_("category and series", "%s (%s)"), label, series);
}

char *
cpt_chart_tell_running (const CptChart *chart,
                        char           *story)
{
  const CptChartData *data = chart->data;
  g_autofree char *before = story;
  g_autofree char *label = NULL;
  g_autofree char *value = NULL;

  if (data->running >= data->categories->len)
    return g_steal_pointer (&before);

  label = cpt_chart_data_dup_label (data, data->running);
  for (guint s = 1; s < data->series->len; s++)
    if (cpt_chart_data_is_running (data, s, data->running))
      /* Translators: a sentence on a chart; then the last period, for which numbers still come in */
      return g_strdup_printf (_("%s %s is not over yet."), before, label);
  if (isnan (cpt_chart_data_get_value (data, 0, data->running)))
    return g_strdup_printf (_("%s %s is not over yet."), before, label);

  value = cpt_chart_format_spoken (&data->unit, cpt_chart_data_get_value (data, 0, data->running));

  /* Translators: a sentence on a chart; then the last period, which is not over, and its value up to now */
  return g_strdup_printf (_("%s %s so far: %s."), before, label, value);
}

static char *
summarize_points (const CptChart *chart)
{
  const CptChartData *data = chart->data;
  guint n = data->categories->len;
  Point highest = find_extreme (data, TRUE);
  Point lowest = find_extreme (data, FALSE);
  g_autofree char *count = g_strdup_printf (ngettext ("%u value", "%u values", n), n);
  g_autofree char *high_label = NULL;
  g_autofree char *high = NULL;
  g_autofree char *low_label = NULL;
  g_autofree char *low = NULL;

  if (isnan (highest.value))
    /* Translators: a chart's title and how many values it shows */
    return g_strdup_printf (_("%s: %s."), cpt_chart_get_title (chart), count);

  high_label = dup_point_label (data, &highest);
  high = cpt_chart_format_spoken (&data->unit, highest.value);
  if (n == 1 && data->series->len == 1)
    /* Translators: a chart's title, the one category and its value */
    return g_strdup_printf (_("%s: %s with %s."), cpt_chart_get_title (chart), high_label, high);

  low_label = dup_point_label (data, &lowest);
  low = cpt_chart_format_spoken (&data->unit, lowest.value);

  /* Translators: title; "12 values"; the highest category and its value; the lowest likewise */
  return g_strdup_printf (_("%s: %s, highest %s with %s, lowest %s with %s."),
                          cpt_chart_get_title (chart), count, high_label, high, low_label, low);
}

char *
cpt_chart_summarize_extremes (const CptChart *chart)
{
  return cpt_chart_tell_running (chart, summarize_points (chart));
}

char *
cpt_chart_summarize_highest (const CptChart *chart,
                             guint           series)
{
  const CptChartData *data = chart->data;
  const char *name = cpt_chart_data_get_series (data, series)->label;
  g_autofree char *label = NULL;
  g_autofree char *value = NULL;
  double best = NAN;
  guint where = 0;

  for (guint i = 0; i < data->categories->len; i++)
    {
      double other = cpt_chart_data_get_value (data, series, i);

      if (isnan (other) || other <= best)
        continue;
      best = other;
      where = i;
    }
  if (isnan (best))
    return NULL;

  label = cpt_chart_data_dup_label (data, where);
  value = cpt_chart_format_spoken (cpt_chart_data_get_unit (data, series), best);

  /* Translators: a measure, the category in which it is highest, and its value */
  return g_strdup_printf (_("%s highest %s with %s"), name != NULL ? name : cpt_chart_get_title (chart), label, value);
}

/* Puts @sentence behind @story, which it takes */
static char *
tell_more (char       *story,
           const char *sentence)
{
  g_autofree char *before = story;

  /* Translators: two sentences: what a chart shows, and what it leaves out */
  return g_strdup_printf (_("%s %s"), before, sentence);
}

/* @sentence, what the numbers do, how they are shown and what is left out */
static char *
tell_all (const CptChart *chart,
          const char     *sentence)
{
  char *story = g_strdup (sentence);
  g_autofree char *annotation = chart->kind->annotate != NULL ? chart->kind->annotate (chart) : NULL;

  for (guint i = 0; i < chart->data->findings->len; i++)
    story = tell_more (story, g_ptr_array_index (chart->data->findings, i));
  if (chart->data->note != NULL)
    story = tell_more (story, chart->data->note);
  if (annotation != NULL)
    story = tell_more (story, annotation);

  return story;
}

/* An abbreviated month at the end has a full stop of its own: “1–22 oct.” */
static void
end_once (char *sentence)
{
  gsize length = strlen (sentence);

  if (g_str_has_suffix (sentence, "..") && !g_str_has_suffix (sentence, "..."))
    sentence[length - 1] = '\0';
}

char *
cpt_chart_dup_summary (const CptChart *chart)
{
  g_autofree char *sentence = NULL;

  g_return_val_if_fail (chart != NULL, NULL);

  if (chart->data == NULL)
    /* Translators: a chart's title; its numbers are being read */
    return g_strdup_printf (_("%s: loading."), cpt_chart_get_title (chart));
  if (chart->kind == NULL)
    return g_strdup_printf (_("%s: this version can’t draw this kind of chart."),
                            cpt_chart_get_title (chart));
  if (chart->data->error != NULL)
    /* Translators: a chart's title and why it can't be shown */
    return g_strdup_printf (_("%s: %s"), cpt_chart_get_title (chart), chart->data->error);
  if (cpt_chart_lacks_data (chart) && chart->data->note != NULL)
    return g_strdup_printf (_("%s: %s"), cpt_chart_get_title (chart), chart->data->note);
  if (cpt_chart_lacks_data (chart))
    return g_strdup_printf (_("%s: no data."), cpt_chart_get_title (chart));
  if (cpt_chart_find_refusal (chart) != NULL)
    return g_strdup_printf (_("%s: %s"), cpt_chart_get_title (chart), cpt_chart_find_refusal (chart));

  sentence = chart->kind->summarize (chart);
  end_once (sentence);

  return tell_all (chart, sentence);
}

char *
cpt_chart_describe_value (const CptChart     *chart,
                          const CptChartMark *mark)
{
  const CptChartData *data = chart->data;
  g_autofree char *label = cpt_chart_data_dup_label (data, mark->category);
  g_autofree char *value = cpt_chart_format_spoken (
    cpt_chart_data_get_unit (data, mark->series), cpt_chart_data_get_value (data, mark->series, mark->category));
  const char *series = cpt_chart_data_get_series (data, mark->series)->label;
  g_autofree char *sentence = NULL;

  if (data->series->len > 1 && series != NULL)
    /* Translators: category, series, value: "November, Won: 12 deals" */
    sentence = g_strdup_printf (_("%s, %s: %s"), label, series, value);
  else
    /* Translators: category, value: "November: 12 deals" */
    sentence = g_strdup_printf (_("%s: %s"), label, value);
  if (!cpt_chart_data_is_running (data, (guint) mark->series, (guint) mark->category))
    return g_steal_pointer (&sentence);

  /* Translators: what a part of a chart says whose time is not over: "November: 12 deals (so far)" */
  return g_strdup_printf (_("%s (so far)"), sentence);
}

char *
cpt_chart_dup_mark_label (const CptChart     *chart,
                          const CptChartMark *mark)
{
  g_return_val_if_fail (chart != NULL, NULL);
  g_return_val_if_fail (mark != NULL, NULL);

  if (mark->category == CPT_CHART_OTHER && chart->data != NULL && chart->kind != NULL && chart->kind->describe != NULL)
    return chart->kind->describe (chart, mark);
  if (mark->category == CPT_CHART_TOTAL && chart->data != NULL && chart->kind != NULL && mark->series >= 0 &&
      (guint) mark->series < chart->data->series->len)
    return cpt_chart_describe_cell (chart, mark);
  if (chart->data != NULL && chart->kind != NULL && chart->data->items != NULL && mark->category >= 0 &&
      (guint) mark->category < chart->data->items->len && chart->kind->describe != NULL)
    return chart->kind->describe (chart, mark);
  if (chart->data == NULL || chart->kind == NULL || mark->series < 0 || mark->category < 0 ||
      (guint) mark->series >= chart->data->series->len ||
      (guint) mark->category >= chart->data->categories->len)
    return cpt_chart_dup_summary (chart);
  if (chart->kind->describe != NULL)
    return chart->kind->describe (chart, mark);

  return cpt_chart_describe_value (chart, mark);
}
