/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One number, what it was before, and how it went: a line without an axis, whose
 * end is the number. */
#include "config.h"
#include "cpt-chart-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-chart-sample.h"

#define MIN_SCALE 1.5
#define MAX_SCALE 2.75
#define MIN_WIDTH 4.0
#define MIN_HEIGHT 2.0
#define MIN_SPARK_POINTS 3
/* Room for the line: what it needs at least, what is best above it and below, and what will do, in ems */
#define MIN_SPARK 1.2
#define FAIR_SPARK 1.5
#define MAX_SPARK 7.0
#define SPARK_ABOVE 0.9
#define SPARK_BELOW 0.4
#define MIN_SPARK_ABOVE 0.45
#define MIN_SPARK_BELOW 0.3
/* Where the line is as high as this, it has more room around it */
#define GOOD_SPARK 1.8
/* What is above it beside the number: the line that compares, and the air between them */
#define HEAD 2.3
#define BASELINE 0.76

/* The largest size at which the whole number fits; NULL when none does */
static char *
fit_value (CptChartContext *context,
           double           value,
           gboolean         is_short,
           double           largest,
           CptTextStyle    *style)
{
  const CptChartUnit *unit = &context->data->unit;
  g_autofree char *text = is_short ? cpt_chart_format_short (unit, value)
                                   : cpt_chart_format_headline (unit, value);
  double width;

  style->scale = 1;
  width = cpt_chart_measure (context, text, style);
  style->scale = MIN (largest, context->width / width);
  if (style->scale < MIN_SCALE && !is_short)
    return NULL;

  /* Steps of a quarter, so that numbers side by side are of the same size */
  style->scale = MAX (floor (style->scale * 4) / 4, 0.75);

  return g_steal_pointer (&text);
}

static const CptChartColor *
get_change_color (CptChartContext *context,
                  double           change,
                  gboolean         is_none)
{
  const CptChartStyle *style = context->style;
  gboolean rise_is_good = context->data->direction == CPT_CHART_UP_IS_GOOD;

  if (context->data->direction == CPT_CHART_NEUTRAL || is_none)
    return &style->muted;

  return (change > 0) == rise_is_good ? &style->good : &style->bad;
}

/* Direction is told by the arrow and the sign too, not only by colour */
static void
draw_arrow (CptChartContext     *context,
            double               x,
            double               y,
            double               change,
            const CptChartColor *color)
{
  double half = 0.33 * context->em;
  double tip = change > 0 ? -0.3 * context->em : 0.3 * context->em;
  cairo_t *cr = context->cr;

  cairo_new_path (cr);
  cairo_move_to (cr, x, y - tip);
  cairo_line_to (cr, x + 2 * half, y - tip);
  cairo_line_to (cr, x + half, y + tip);
  cairo_close_path (cr);
  cpt_chart_set_color (cr, color);
  cairo_fill (cr);
}

typedef enum
{
  COMPARISON_FULL,     /* "from €8,932,000, previous quarter" */
  COMPARISON_SHORT,    /* "from €8.93M, previous quarter" */
  COMPARISON_PERIOD,   /* "vs. previous quarter" */
  COMPARISON_SHORTEST, /* "from €8.93M" */
  N_COMPARISONS,
} Comparison;

static char *
format_comparison (const CptChartData *data,
                   Comparison          form)
{
  g_autofree char *before = form == COMPARISON_FULL ? cpt_chart_format_headline (&data->unit, data->comparison)
                                                    : cpt_chart_format_short (&data->unit, data->comparison);

  if (form == COMPARISON_SHORTEST || data->comparison_label == NULL || data->comparison_label[0] == '\0')
    /* Translators: the value of the earlier period */
    return g_strdup_printf (_("from %s"), before);

  if (form == COMPARISON_PERIOD)
    /* Translators: what a change is measured against: "vs. 1–21 Oct", "vs. previous month" */
    return g_strdup_printf (_("vs. %s"), data->comparison_label);

  /* Translators: the value of the earlier period, and that period's name */
  return g_strdup_printf (_("from %s, %s"), before, data->comparison_label);
}

/* The longest form that fits into @style's width */
static char *
fit_comparison (CptChartContext    *context,
                const CptTextStyle *style)
{
  CptTextStyle natural = *style;

  natural.max_width = 0;
  for (int form = 0; form < N_COMPARISONS; form++)
    {
      g_autofree char *text = format_comparison (context->data, (Comparison) form);

      if (cpt_chart_measure (context, text, &natural) <= style->max_width)
        return g_steal_pointer (&text);
    }

  return format_comparison (context->data, COMPARISON_SHORTEST);
}

/* @y: middle of the line */
static void
draw_comparison (CptChartContext *context,
                 double           value,
                 double           y)
{
  const CptChartData *data = context->data;
  double change = (value - data->comparison) / fabs (data->comparison);
  CptTextStyle muted = { .color = context->style->muted };
  g_autofree char *before = NULL;
  double x = 0;

  if (data->comparison != 0)
    {
      gboolean is_none = cpt_chart_is_unchanged (&data->unit, value, data->comparison);
      const CptChartColor *color = get_change_color (context, change, is_none);
      CptTextStyle bold = { .bold = TRUE, .color = *color };
      g_autofree char *text = cpt_chart_format_difference (&data->unit, value, data->comparison);

      if (!is_none)
        {
          draw_arrow (context, x, y, change, color);
          x += 1.0 * context->em;
        }
      bold.max_width = context->width - x;
      cpt_chart_draw_text_middle (context, text, &bold, x, y);
      x += cpt_chart_measure (context, text, &bold) + 0.5 * context->em;
    }

  muted.max_width = context->width - x;
  if (muted.max_width <= 3 * context->em)
    return;
  before = fit_comparison (context, &muted);
  cpt_chart_draw_text_middle (context, before, &muted, x, y);
}

/* What part of the goal is reached, and, where @style has room, which it is */
static char *
format_goal (CptChartContext    *context,
             const CptTextStyle *style)
{
  const CptChartData *data = context->data;
  g_autofree char *goal = cpt_chart_format_headline (&data->unit, data->target);
  /* Translators: behind a percentage: "82%" "of the goal of €20,000" */
  g_autofree char *text = g_strdup_printf (_("of the goal of %s"), goal);
  CptTextStyle natural = *style;

  natural.max_width = 0;

  return cpt_chart_measure (context, text, &natural) <= style->max_width ? g_steal_pointer (&text) : g_strdup (_("of the goal"));
}

static gboolean
has_goal (const CptChartData *data)
{
  return isfinite (data->target) && data->target > 0;
}

/* Reached is good; beyond what is not to be passed is bad */
static const CptChartColor *
get_goal_color (CptChartContext *context,
                double           value)
{
  const CptChartData *data = context->data;

  if (data->direction == CPT_CHART_DOWN_IS_GOOD)
    return value > data->target ? &context->style->bad : &context->style->good;

  return data->direction == CPT_CHART_UP_IS_GOOD && value >= data->target ? &context->style->good : &context->style->foreground;
}

static void
draw_goal (CptChartContext *context,
           double           value,
           double           y)
{
  CptTextStyle bold = { .bold = TRUE, .color = *get_goal_color (context, value), .max_width = context->width };
  CptTextStyle muted = { .color = context->style->muted };
  g_autofree char *share = cpt_chart_format_share (value / context->data->target);
  g_autofree char *goal = NULL;
  double x = cpt_chart_measure (context, share, &bold) + 0.5 * context->em;

  cpt_chart_draw_text_middle (context, share, &bold, 0, y);
  muted.max_width = context->width - x;
  if (muted.max_width <= 3 * context->em)
    return;
  goal = format_goal (context, &muted);
  cpt_chart_draw_text_middle (context, goal, &muted, x, y);
}

/* In ems: by the height alone, so that cards side by side agree. Where a line can be below it at all, there is room for it. */
static double
get_largest (double height)
{
  double left = height - HEAD - MIN_SPARK_ABOVE - MIN_SPARK_BELOW;
  gboolean has_room = left >= BASELINE * MIN_SCALE + MIN_SPARK;
  double largest = height * 0.42;

  return CLAMP (has_room ? MIN (largest, (left - FAIR_SPARK) / BASELINE) : largest, MIN_SCALE, MAX_SCALE);
}

static guint
count_values (const CptChartData *data)
{
  guint count = 0;

  for (guint i = 0; i < data->categories->len; i++)
    if (!isnan (cpt_chart_data_get_value (data, 0, i)))
      count++;

  return count;
}

static void
draw_sparkline (CptChartContext    *context,
                const CptChartRect *area)
{
  const CptChartData *data = context->data;
  guint n = data->categories->len;
  g_autoptr(GArray) buffer = g_array_new (FALSE, FALSE, sizeof (double));
  double *xs, *values;
  g_autoptr(GArray) indices = g_array_new (FALSE, FALSE, sizeof (guint));
  CptChartColor ink = cpt_chart_get_ink (context, &context->style->accent);
  double min, max, x = 0, y = 0;
  gboolean open = FALSE;
  cairo_t *cr = context->cr;

  /* A line of nothing but zeros tells nothing. */
  if (!cpt_chart_get_range (data, FALSE, FALSE, &min, &max) || (min == 0 && max == 0))
    return;

  g_array_set_size (buffer, 2 * n);
  xs = (double *) buffer->data;
  values = xs + n;
  for (guint i = 0; i < n; i++)
    {
      xs[i] = i;
      values[i] = cpt_chart_data_get_value (data, 0, i);
    }
  cpt_chart_sample_m4 (xs, values, n, (guint) MAX (area->width * context->style->sampling, 1), indices);
  cairo_new_path (cr);
  for (guint i = 0; i < indices->len; i++)
    {
      guint index = g_array_index (indices, guint, i);

      if (isnan (values[index]))
        {
          open = FALSE;
          continue;
        }
      x = area->x + area->width * index / (n - 1);
      y = area->y + area->height * (max > min ? 1 - (values[index] - min) / (max - min) : 0.5);
      if (open)
        cairo_line_to (cr, x, y);
      else
        cairo_move_to (cr, x, y);
      open = TRUE;
    }
  cairo_set_line_width (cr, 0.14 * context->em);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_BEVEL);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cpt_chart_set_color (cr, &ink);
  cairo_stroke (cr);
  if (open)
    {
      cairo_arc (cr, x, y, 0.24 * context->em, 0, 2 * G_PI);
      cairo_fill (cr);
    }
}

/* Between @top, where the text ends, and the end of the card */
static CptChartRect
get_spark_area (CptChartContext *context,
                double           top)
{
  double em = context->em;
  double room = context->height - top;
  gboolean is_roomy = room >= (SPARK_ABOVE + GOOD_SPARK + SPARK_BELOW) * em;
  double above = (is_roomy ? SPARK_ABOVE : MIN_SPARK_ABOVE) * em;
  double below = (is_roomy ? SPARK_BELOW : MIN_SPARK_BELOW) * em;
  double height = MIN (room - above - below, MAX_SPARK * em);

  return (CptChartRect){ 0.3 * em, context->height - below - height, context->width - 0.6 * em, height };
}

static void
draw_number (CptChartContext *context)
{
  const CptChartData *data = context->data;
  CptTextStyle style = { .bold = TRUE, .color = context->style->foreground };
  CptChartRect all = { 0, 0, context->width, context->height };
  CptChartRect spark;
  double value = cpt_chart_data_get_total (data);
  double em = context->em;
  double largest = get_largest (context->height / em);
  g_autofree char *text = fit_value (context, value, FALSE, largest, &style);
  double y;

  /* Where charts give their text up there would be nothing left. */
  if (context->height >= MIN_HEIGHT * em && context->width >= MIN_WIDTH * em)
    context->without_text = FALSE;
  if (text == NULL)
    text = fit_value (context, value, TRUE, largest, &style);
  style.max_width = context->width;

  /* The same baseline whatever the number's size: cards stand side by side */
  y = BASELINE * largest * em;
  cpt_chart_draw_text (context, text, &style, 0, y);
  y += 0.6 * em;
  if (value == 0 && !(fabs (data->comparison) > 0) && data->note != NULL && !context->has_note)
    {
      CptTextStyle muted = { .color = context->style->muted, .max_width = context->width };

      cpt_chart_draw_text_middle (context, data->note, &muted, 0, y + 0.85 * em);
      context->lacks_note = FALSE;
      y += 1.7 * em;
    }
  else if (has_goal (data) && y + 1.7 * em <= context->height)
    {
      draw_goal (context, value, y + 0.85 * em);
      y += 1.7 * em;
    }
  else if (isfinite (data->comparison) && y + 1.7 * em <= context->height)
    {
      draw_comparison (context, value, y + 0.85 * em);
      y += 1.7 * em;
    }

  spark = get_spark_area (context, y);
  if (data->bucket != CPT_BUCKET_NONE && cpt_chart_is_option (context->chart, "trend", "true") &&
      spark.height >= (MIN_SPARK - 0.01) * em && count_values (data) >= MIN_SPARK_POINTS)
    draw_sparkline (context, &spark);

  cpt_chart_add_mark (context, 0, -1, &all, context->width / 2, 0.5 * style.scale * em);
}

static char *
summarize_number (const CptChart *chart)
{
  const CptChartData *data = chart->data;
  double value = cpt_chart_data_get_total (data);
  g_autofree char *text = cpt_chart_format_spoken (&data->unit, value);
  g_autofree char *before = NULL;
  g_autofree char *change = NULL;

  if (has_goal (data))
    {
      g_autofree char *share = cpt_chart_format_share (value / data->target);
      g_autofree char *goal = cpt_chart_format_spoken (&data->unit, data->target);

      /* Translators: title, number, "82%", "€20,000" */
      return g_strdup_printf (_("%s: %s, %s of the goal of %s."), cpt_chart_get_title (chart), text, share, goal);
    }
  if (!isfinite (data->comparison))
    /* Translators: a chart's title and its one number */
    return g_strdup_printf (_("%s: %s."), cpt_chart_get_title (chart), text);

  before = format_comparison (data, COMPARISON_FULL);
  if (data->comparison == 0)
    /* Translators: title, number, "from 12, previous month" */
    return g_strdup_printf (_("%s: %s, %s."), cpt_chart_get_title (chart), text, before);

  change = cpt_chart_format_difference (&data->unit, value, data->comparison);

  /* Translators: title, number, "+12 %", "from 12, previous month" */
  return g_strdup_printf (_("%s: %s, %s %s."), cpt_chart_get_title (chart), text, change, before);
}

static const CptChartOption options[] = {
  { "trend", N_("Line of its development"), NULL, "true" },
  { "direction", N_("A rise is"), cpt_chart_directions, "up" },
  { NULL },
};

const CptChartKind cpt_chart_number = {
  .name = "number",
  .label = N_("Number"),
  .description = N_("One number, compared with the period before"),
  .icon_name = "cpt-chart-number-symbolic",
  .needs = CPT_CHART_NEEDS_MEASURE,
  .min_columns = 2,
  .min_rows = 2,
  .default_columns = 3,
  .default_rows = 2,
  .options = options,
  .draw = draw_number,
  .summarize = summarize_number,
};
