/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines over time (or over categories in their order). However many points
 * there are, four for each column of pixels are drawn: the picture is the
 * same (M4). A missing value breaks the line; a value alone between two
 * missing ones is a dot. */
#include "config.h"
#include "cpt-chart-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-chart-sample.h"

/* In units of the font size */
#define LINE_WIDTH 0.17
#define DOT_RADIUS 0.28
#define MAX_DOTS 31
#define MAX_END_LABELS 8
#define MAX_FINE_POINTS 500
#define MIN_END_WIDTH 34

typedef struct
{
  CptChartContext *context;
  CptChartRect plot;
  CptValueAxis axis;
  double *xs; /* of every category */
  double first;
  double span;
  gboolean area;
  gboolean log;
} Lines;

static double
get_position (const CptChartData *data,
              guint               category)
{
  if (data->bucket == CPT_BUCKET_NONE)
    return category;

  return (double) g_array_index (data->categories, CptChartCategory, category).start;
}

static double
place_position (const Lines *lines,
                double       position)
{
  if (lines->span <= 0)
    return lines->plot.x + lines->plot.width / 2;

  return lines->plot.x + (position - lines->first) / lines->span * lines->plot.width;
}

/* All at once: of a hundred thousand points each step counts */
static void
place_all (Lines *lines,
           guint  n)
{
  const CptChartCategory *categories = (const CptChartCategory *) (gconstpointer) lines->context->data->categories->data;
  gboolean by_date = lines->context->data->bucket != CPT_BUCKET_NONE;
  double scale = lines->span > 0 ? lines->plot.width / lines->span : 0;
  double start = lines->plot.x + (lines->span > 0 ? 0 : lines->plot.width / 2);

  for (guint i = 0; i < n; i++)
    lines->xs[i] = start + ((by_date ? (double) categories[i].start : i) - lines->first) * scale;
}

static double
place_date (gint64   date,
            gpointer user_data)
{
  return place_position (user_data, (double) date);
}

static const double *
get_values (const Lines *lines,
            guint        series,
            GArray      *buffer)
{
  const CptChartData *data = lines->context->data;
  const GArray *values = cpt_chart_data_get_series (data, series)->values;
  guint n = data->categories->len;
  double *copy;

  g_array_set_size (buffer, n);
  copy = (double *) (gpointer) buffer->data;
  for (guint i = 0; i < MIN (n, values->len); i++)
    {
      double value = g_array_index (values, double, i);

      copy[i] = isfinite (value) && (!lines->log || value > 0) ? value : NAN;
    }
  for (guint i = values->len; i < n; i++)
    copy[i] = NAN;

  return copy;
}

static double
place_value (const Lines *lines,
             double       value)
{
  return cpt_value_axis_map (&lines->axis, value);
}

/* The area below the line, before the line and the grid */
static void
fill_area (const Lines  *lines,
           const double *values,
           const GArray *indices)
{
  CptChartContext *context = lines->context;
  const CptChartStyle *style = context->style;
  double zero = place_value (lines, 0);
  CptChartColor top = cpt_chart_color_mix (&style->background, &style->accent, 0.16);
  CptChartColor bottom = cpt_chart_color_mix (&style->background, &style->accent, 0.02);
  cairo_pattern_t *gradient = cairo_pattern_create_linear (0, lines->plot.y, 0,
                                                           lines->plot.y + lines->plot.height);
  cairo_t *cr = context->cr;
  double last_x = 0;
  gboolean open = FALSE;

  cairo_pattern_add_color_stop_rgb (gradient, 0, top.red, top.green, top.blue);
  cairo_pattern_add_color_stop_rgb (gradient, 1, bottom.red, bottom.green, bottom.blue);
  cairo_new_path (cr);
  for (guint i = 0; i < indices->len; i++)
    {
      guint index = g_array_index (indices, guint, i);

      if (isnan (values[index]))
        {
          if (open)
            cairo_line_to (cr, last_x, zero);
          open = FALSE;
          continue;
        }
      last_x = lines->xs[index];
      if (!open)
        cairo_move_to (cr, last_x, zero);
      cairo_line_to (cr, last_x, place_value (lines, values[index]));
      open = TRUE;
    }
  if (open)
    cairo_line_to (cr, last_x, zero);
  cairo_set_source (cr, gradient);
  cairo_fill (cr);
  cairo_pattern_destroy (gradient);
}

static gboolean
is_lonely (const double *values,
           const GArray *indices,
           guint         i)
{
  return (i == 0 || isnan (values[g_array_index (indices, guint, i - 1)])) &&
         (i + 1 == indices->len || isnan (values[g_array_index (indices, guint, i + 1)]));
}

/* Whether the line is the same without its point @i: it goes on up or down within a pixel from
 * @before, the last one that was drawn. Where points are dense that is every other one. */
static gboolean
is_on_the_way (const Lines  *lines,
               const double *values,
               const GArray *indices,
               guint         i,
               guint         before)
{
  guint index = g_array_index (indices, guint, i);
  guint next;

  if (i + 1 >= indices->len)
    return FALSE;
  next = g_array_index (indices, guint, i + 1);

  return (lines->xs[next] - lines->xs[before]) * lines->context->style->sampling < 1 &&
         (values[next] - values[index]) * (values[index] - values[before]) >= 0;
}

/* Whether the line that leads to a point is dashed: what is expected, and what is only so far */
static gboolean
is_dashed (const Lines *lines,
           guint        series,
           guint        category)
{
  const CptChartData *data = lines->context->data;

  return cpt_chart_data_is_forecast (data, series, category) || cpt_chart_data_is_running (data, series, category);
}

/* The lines between the measured points, or those that are dashed */
static void
path_line (const Lines  *lines,
           guint         series,
           const double *values,
           const GArray *indices,
           gboolean      dashed)
{
  cairo_t *cr = lines->context->cr;
  gboolean is_dense = indices->len > MAX_FINE_POINTS;
  gboolean open = FALSE;
  guint before = 0;

  cairo_new_path (cr);
  for (guint i = 0; i < indices->len; i++)
    {
      guint index = g_array_index (indices, guint, i);
      double y;

      if (isnan (values[index]))
        {
          open = FALSE;
          continue;
        }
      if (open && is_dense && is_on_the_way (lines, values, indices, i, before))
        continue;
      y = place_value (lines, values[index]);
      if (open && is_dashed (lines, series, index) == dashed)
        cairo_line_to (cr, lines->xs[index], y);
      else
        cairo_move_to (cr, lines->xs[index], y);
      before = index;
      open = TRUE;
    }
}

/* What has no neighbour to draw a line to */
static void
fill_lonely (const Lines  *lines,
             const double *values,
             const GArray *indices)
{
  cairo_t *cr = lines->context->cr;

  cairo_new_path (cr);
  for (guint i = 0; i < indices->len; i++)
    {
      guint index = g_array_index (indices, guint, i);

      if (isnan (values[index]) || !is_lonely (values, indices, i))
        continue;
      cairo_new_sub_path (cr);
      cairo_arc (cr, lines->xs[index], place_value (lines, values[index]),
                 0.6 * DOT_RADIUS * lines->context->em, 0, 2 * G_PI);
    }
  cairo_fill (cr);
}

static void
set_dashes (CptChartContext *context,
            guint            series,
            gboolean         dashed)
{
  static const double patterns[][4] = { { 0 }, { 6, 3 }, { 2, 2 }, { 8, 3, 2, 3 } };
  const CptChartSeries *entry = cpt_chart_data_get_series (context->data, series);
  guint pattern = 0;

  if (entry->role == CPT_CHART_ROLE_COMPARISON)
    pattern = 2;
  else if (dashed)
    pattern = 1;
  else if (context->style->patterns)
    pattern = series % G_N_ELEMENTS (patterns);

  if (pattern == 0)
    cairo_set_dash (context->cr, NULL, 0, 0);
  else
    cairo_set_dash (context->cr, patterns[pattern], pattern == 3 ? 4 : 2, 0);
}

static void
stroke_line (const Lines  *lines,
             guint         series,
             const double *values,
             const GArray *indices)
{
  CptChartContext *context = lines->context;
  CptChartColor color = cpt_chart_get_color (context, series);
  CptChartColor ink = cpt_chart_get_ink (context, &color);
  gboolean is_comparison = cpt_chart_data_get_series (context->data, series)->role == CPT_CHART_ROLE_COMPARISON;
  cairo_t *cr = context->cr;

  if (is_comparison)
    ink = color;
  cairo_save (cr);
  cpt_chart_set_color (cr, &ink);
  path_line (lines, series, values, indices, FALSE);
  cairo_set_line_width (cr, (is_comparison ? 0.75 : 1) * LINE_WIDTH * context->em);
  /* Where a line is dense, round joins cost more than the line itself, and the
   * finest smoothing four times as much as one that looks the same */
  if (indices->len > MAX_FINE_POINTS)
    {
      cairo_set_line_join (cr, CAIRO_LINE_JOIN_BEVEL);
      cairo_set_antialias (cr, CAIRO_ANTIALIAS_FAST);
    }
  else
    cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  set_dashes (context, series, FALSE);
  cairo_stroke (cr);
  if (cpt_chart_data_get_series (context->data, series)->forecast_from != CPT_CHART_NO_FORECAST ||
      context->data->running != CPT_CHART_NONE_RUNNING)
    {
      path_line (lines, series, values, indices, TRUE);
      set_dashes (context, series, TRUE);
      cairo_stroke (cr);
    }
  fill_lonely (lines, values, indices);
  cairo_restore (cr);
}

static guint
count_values_series (const CptChartData *data)
{
  guint count = 0;

  for (guint s = 0; s < data->series->len; s++)
    if (cpt_chart_data_get_series (data, s)->role == CPT_CHART_ROLE_VALUE &&
        !cpt_chart_data_get_series (data, s)->is_continuation)
      count++;

  return count;
}

/* A dot on each point while they are few, else on the last one that was measured. That one is
 * full, unless there is more to come. */
static void
draw_dots (const Lines  *lines,
           guint         series,
           const double *values,
           guint         n)
{
  CptChartContext *context = lines->context;
  CptChartColor color = cpt_chart_get_color (context, series);
  CptChartColor ink = cpt_chart_get_ink (context, &color);
  gboolean all = n <= MAX_DOTS && lines->plot.width / MAX (n, 1) > 2.2 * context->em &&
                 count_values_series (context->data) == 1;
  cairo_t *cr = context->cr;
  int last = -1;

  if (cpt_chart_data_get_series (context->data, series)->role == CPT_CHART_ROLE_COMPARISON)
    return;

  for (guint i = n; i > 0 && last < 0; i--)
    if (!isnan (values[i - 1]) && !cpt_chart_data_is_forecast (context->data, series, i - 1))
      last = (int) i - 1;

  for (guint i = all ? 0 : (guint) MAX (last, 0); i < n && last >= 0; i++)
    {
      gboolean is_full;
      double y;

      if (isnan (values[i]) || (!all && (int) i != last))
        continue;
      is_full = (int) i == last && !cpt_chart_data_is_running (context->data, series, i);
      y = place_value (lines, values[i]);
      cairo_new_path (cr);
      cairo_arc (cr, lines->xs[i], y, DOT_RADIUS * context->em, 0, 2 * G_PI);
      cpt_chart_set_color (cr, is_full ? &ink : &context->style->background);
      cairo_fill_preserve (cr);
      cpt_chart_set_color (cr, &ink);
      cairo_set_line_width (cr, 0.13 * context->em);
      cairo_stroke (cr);
    }
}

static void
add_marks (const Lines  *lines,
           guint         series,
           const double *values,
           const GArray *indices)
{
  for (guint i = 0; i < indices->len; i++)
    {
      guint index = g_array_index (indices, guint, i);
      double x = lines->xs[index];
      double left = i == 0 ? lines->plot.x : (x + lines->xs[g_array_index (indices, guint, i - 1)]) / 2;
      double right = i + 1 == indices->len ? lines->plot.x + lines->plot.width
                                           : (x + lines->xs[g_array_index (indices, guint, i + 1)]) / 2;
      CptChartRect strip = { left, lines->plot.y, right - left, lines->plot.height };

      double value = cpt_chart_data_get_value (lines->context->data, series, index);

      /* Also of what a logarithmic scale can't show: it can be read */
      if (!isnan (value))
        cpt_chart_add_mark (lines->context, (int) series, (int) index, &strip, x, place_value (lines, value));
    }
}

/* What of a series is drawn */
typedef enum
{
  LAYER_AREA, /* below the line */
  LAYER_BAND, /* what was to be expected */
  LAYER_LINE,
} Layer;

static void
draw_series (const Lines *lines,
             guint        series,
             Layer        layer)
{
  CptChartContext *context = lines->context;
  guint n = context->data->categories->len;
  g_autoptr(GArray) buffer = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr(GArray) indices = g_array_new (FALSE, FALSE, sizeof (guint));
  const double *values = get_values (lines, series, buffer);
  double columns = lines->plot.width * MAX (context->style->sampling, 0.1);

  cpt_chart_sample_m4 (lines->xs, values, n, (guint) CLAMP (columns, 1, 20000), indices);
  if (layer == LAYER_AREA)
    fill_area (lines, values, indices);
  else if (layer == LAYER_BAND)
    cpt_chart_draw_band (context, &lines->axis, series, lines->xs, indices);
  if (layer != LAYER_LINE)
    return;

  stroke_line (lines, series, values, indices);
  draw_dots (lines, series, values, n);
  cpt_chart_draw_flags (context, &lines->axis, series, lines->xs, &lines->plot);
  add_marks (lines, series, values, indices);
}

/* Names at the right end of the lines */
typedef struct
{
  guint series;
  double y;
} EndLabel;

static int
compare_end_labels (gconstpointer a,
                    gconstpointer b)
{
  double first = ((const EndLabel *) a)->y;
  double second = ((const EndLabel *) b)->y;

  return (first > second) - (first < second);
}

static gboolean
has_end_labels (CptChartContext *context)
{
  return cpt_chart_has_legend (context->data) && context->data->series->len <= MAX_END_LABELS &&
         context->width >= MIN_END_WIDTH * context->em &&
         context->height >= (context->data->series->len * 1.3 + 4) * context->em;
}

static double
measure_end_labels (CptChartContext *context)
{
  CptTextStyle style = { .max_width = MIN (12 * context->em, 0.25 * context->width) };
  double widest = 0;

  for (guint s = 0; s < context->data->series->len; s++)
    {
      const char *label = cpt_chart_data_get_series (context->data, s)->label;

      if (label != NULL)
        widest = MAX (widest, cpt_chart_measure (context, label, &style));
    }

  return widest;
}

/* Pushes labels apart, downward and then up from the bottom */
static void
spread_end_labels (const Lines *lines,
                   GArray      *labels)
{
  double line = 1.25 * lines->context->em;
  double bottom = lines->plot.y + lines->plot.height;

  g_array_sort (labels, compare_end_labels);
  for (guint i = 1; i < labels->len; i++)
    {
      EndLabel *label = &g_array_index (labels, EndLabel, i);

      label->y = MAX (label->y, g_array_index (labels, EndLabel, i - 1).y + line);
    }
  for (guint i = labels->len; i > 0; i--)
    {
      EndLabel *label = &g_array_index (labels, EndLabel, i - 1);

      label->y = MIN (label->y, bottom);
      bottom = label->y - line;
    }
}

static double
get_last_y (const Lines *lines,
            guint        series)
{
  const CptChartData *data = lines->context->data;

  for (guint i = data->categories->len; i > 0; i--)
    {
      double value = cpt_chart_data_get_value (data, series, i - 1);

      if (!isnan (value))
        return place_value (lines, value);
    }

  return lines->plot.y + lines->plot.height;
}

static void
draw_end_labels (const Lines *lines)
{
  CptChartContext *context = lines->context;
  g_autoptr(GArray) labels = g_array_new (FALSE, FALSE, sizeof (EndLabel));
  double x = lines->plot.x + lines->plot.width + 0.8 * context->em;

  for (guint s = 0; s < context->data->series->len; s++)
    {
      EndLabel label = { s, get_last_y (lines, s) };

      if (cpt_chart_data_get_series (context->data, s)->label != NULL)
        g_array_append_val (labels, label);
    }
  spread_end_labels (lines, labels);

  for (guint i = 0; i < labels->len; i++)
    {
      const EndLabel *label = &g_array_index (labels, EndLabel, i);
      const CptChartSeries *series = cpt_chart_data_get_series (context->data, label->series);
      CptChartColor color = cpt_chart_get_color (context, label->series);
      CptTextStyle style = { .color = color };

      /* Words need more contrast than lines */
      while (cpt_chart_color_get_contrast (&style.color, &context->style->background) < 4.5)
        {
          CptChartColor before = style.color;

          style.color = cpt_chart_color_mix (&style.color, &context->style->foreground, 0.2);
          if (cpt_chart_color_get_contrast (&before, &style.color) < 1.01)
            break;
        }
      style.max_width = context->width - x;
      cpt_chart_draw_text_middle (context, series->label, &style, x, label->y);
    }
}

static void
draw_labels (const Lines *lines)
{
  CptChartContext *context = lines->context;
  CptTextStyle style = { .color = context->style->muted };
  double last_end = -1000;
  guint n = context->data->categories->len;
  double band = lines->plot.width / MAX (n - 1, 1);
  guint every = (guint) MAX (1, ceil (4 * context->em / band));
  double y = lines->plot.y + lines->plot.height + 1.35 * context->em;

  if (context->data->bucket != CPT_BUCKET_NONE)
    {
      cpt_date_axis_draw (context, &lines->plot, place_date, (gpointer) lines);
      return;
    }

  style.max_width = every * band - 0.6 * context->em;
  for (guint i = 0; i < n; i += every)
    {
      g_autofree char *text = cpt_chart_data_dup_label (context->data, i);
      double width = cpt_chart_measure (context, text, &style);
      double left = CLAMP (lines->xs[i] - width / 2, 0, MAX (context->width - width, 0));

      if (left < last_end + 0.4 * context->em)
        continue;
      cpt_chart_draw_text (context, text, &style, left, y);
      last_end = left + width;
    }
}

static void
init_axis (Lines *lines)
{
  CptChartContext *context = lines->context;
  double target = lines->plot.height / 45 + 1;
  double min = 0, max = 0;

  if (lines->log)
    {
      cpt_chart_get_log_range (context->data, CPT_CHART_ALL_SERIES, &min, &max);
      cpt_value_axis_init_log (&lines->axis, &context->data->unit, min, max, target, lines->area);
      return;
    }

  cpt_chart_get_range (context->data, FALSE, lines->area, &min, &max);
  cpt_chart_extend_range (context->data, &min, &max);
  /* Unlike bars a line may leave zero out, but only when it is far away */
  if (min > 0 && min < 0.6 * max)
    min = 0;
  if (max < 0 && max > 0.6 * min)
    max = 0;
  /* One value says nothing on how far it is from others: zero does */
  if (min == max)
    {
      min = MIN (min, 0);
      max = MAX (max, 0);
    }
  cpt_value_axis_init (&lines->axis, &context->data->unit, min, max, target);
}

static void
init_plot (Lines *lines)
{
  CptChartContext *context = lines->context;
  double em = context->em;
  guint n = context->data->categories->len;
  gboolean at_end = has_end_labels (context);
  double top = (at_end ? 0 : cpt_chart_draw_legend (context)) + 0.6 * em;
  double right = at_end ? measure_end_labels (context) + 1.0 * em : 0.5 * em;
  double bottom = context->data->bucket != CPT_BUCKET_NONE ? cpt_date_axis_get_height (context)
                                                           : 1.8 * em;
  CptChartRect *plot = &lines->plot;

  *plot = (CptChartRect){ 0, top, context->width, MAX (context->height - top - bottom, 1) };
  init_axis (lines);
  plot->x = cpt_value_axis_measure (context, &lines->axis) + 1.0 * em;
  plot->width = MAX (context->width - plot->x - right, 1);
  lines->axis.from = plot->y + plot->height;
  lines->axis.to = plot->y;

  lines->first = get_position (context->data, 0);
  lines->span = get_position (context->data, n - 1) - lines->first;
  lines->xs = g_new (double, n);
  place_all (lines, n);
}

static int
compare_marks (gconstpointer a,
               gconstpointer b)
{
  const CptChartMark *first = a;
  const CptChartMark *second = b;

  if (first->category != second->category)
    return first->category < second->category ? -1 : 1;

  return first->series - second->series;
}

static void
draw_line_chart (CptChartContext *context)
{
  const CptChartData *data = context->data;
  Lines lines = { .context = context };

  lines.area = cpt_chart_is_option (context->chart, "area", "true");
  lines.log = cpt_chart_is_log (context->chart, "scale", CPT_CHART_ALL_SERIES);
  init_plot (&lines);
  if (lines.area)
    draw_series (&lines, 0, LAYER_AREA);
  for (guint s = data->series->len; s > 0; s--)
    if (cpt_chart_data_get_series (data, s - 1)->bands != NULL)
      draw_series (&lines, s - 1, LAYER_BAND);
  cpt_value_axis_draw (context, &lines.axis, &lines.plot, TRUE);
  cpt_chart_draw_target (context, &lines.axis, &lines.plot, FALSE);

  /* What the chart is about lies on top of what it is compared with, and the
   * first series on top of the others */
  for (guint s = data->series->len; s > 0; s--)
    if (cpt_chart_data_get_series (data, s - 1)->role == CPT_CHART_ROLE_COMPARISON)
      draw_series (&lines, s - 1, LAYER_LINE);
  for (guint s = data->series->len; s > 0; s--)
    if (cpt_chart_data_get_series (data, s - 1)->role == CPT_CHART_ROLE_VALUE)
      draw_series (&lines, s - 1, LAYER_LINE);

  draw_labels (&lines);
  if (has_end_labels (context))
    draw_end_labels (&lines);
  if (data->series->len > 1)
    g_array_sort (context->layout->marks, compare_marks);
  context->layout->plot = lines.plot;
  g_free (lines.xs);
}

static char *
annotate_lines (const CptChart *chart)
{
  return cpt_chart_annotate_scales (chart, "scale", NULL);
}

static const CptChartOption options[] = {
  { "area", N_("Fill below the line"), NULL, "false" },
  { "scale", N_("Scale"), cpt_chart_scales, "linear" },
  { "target", N_("Line at"), NULL, NULL },
  { "trend", N_("Trend: the average of a year, best and weakest months"), NULL, "false" },
  { "forecast", N_("Forecast to the end of the year"), NULL, "false" },
  { "unusual", N_("Mark unusual values"), NULL, "false" },
  { NULL },
};

const CptChartKind cpt_chart_line = {
  .name = "line",
  .label = N_("Line"),
  .description = N_("How something develops over time"),
  .icon_name = "cpt-chart-line-symbolic",
  .needs = CPT_CHART_NEEDS_DIMENSION | CPT_CHART_NEEDS_DATE | CPT_CHART_NEEDS_SERIES,
  .min_columns = 3,
  .min_rows = 3,
  .default_columns = 6,
  .default_rows = 4,
  .options = options,
  .annotate = annotate_lines,
  .draw = draw_line_chart,
  .summarize = cpt_chart_summarize_expected,
  .describe = cpt_chart_describe_expected,
};
