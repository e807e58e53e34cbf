/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One number on its way to a goal: an arc that is full at the goal, or a bar.
 * What is beyond the goal is seen behind its line. Without a goal the scale
 * ends at the next round number, that of a percentage at 100 %. What is below
 * zero makes it begin at a round number below, and is drawn from zero back. */
#include "config.h"
#include "cpt-chart-private.h"

#include <glib/gi18n-lib.h>

/* In units of the font size */
#define MIN_RADIUS 3.2
#define MAX_RADIUS 13
#define BELOW 2.0
#define BAR 1.3

#define THICKNESS 0.24
#define MIN_SCALE 1.0
#define MAX_SCALE 2.5

typedef struct
{
  CptChartContext *context;
  double value;
  double target; /* NAN: none */
  double start;  /* of the scale; at most 0 */
  double end;    /* of the scale; more than the start, or nothing was measured */
} Gauge;

static gboolean
has_goal (const CptChartData *data)
{
  return isfinite (data->target) && data->target != 0;
}

static gboolean
is_reached (const CptChartData *data)
{
  double value = cpt_chart_data_get_total (data);

  return has_goal (data) && (data->direction == CPT_CHART_DOWN_IS_GOOD ? value <= data->target : value >= data->target);
}

/* The round number at or beyond @value, on its side of zero */
static double
find_round_end (const CptChartData *data,
                double              value)
{
  CptValueAxis axis = { 0 };

  cpt_value_axis_init (&axis, &data->unit, MIN (1.05 * value, 0), MAX (1.05 * value, 0), 5);

  return cpt_ticks_get_value (&axis.ticks, value < 0 ? 0 : axis.ticks.count - 1);
}

static void
init_gauge (Gauge           *gauge,
            CptChartContext *context)
{
  const CptChartData *data = context->data;
  double reached, low;

  gauge->context = context;
  gauge->value = cpt_chart_data_get_total (data);
  reached = isnan (gauge->value) ? 0 : gauge->value;
  gauge->target = has_goal (data) ? data->target : NAN;
  low = has_goal (data) ? MIN (reached, data->target) : reached;
  if (low < 0)
    gauge->start = find_round_end (data, low);
  if (has_goal (data) && data->target > 0)
    gauge->end = MAX (reached, data->target);
  else if (low < 0 && reached <= 0)
    gauge->end = 0;
  else if (data->unit.measure == CPT_CHART_PERCENT && reached <= 1)
    gauge->end = 1;
  else
    gauge->end = find_round_end (data, reached);
}

/* 0 to 1; a value that is missing is at zero */
static double
get_place (const Gauge *gauge,
           double       value)
{
  double span = gauge->end / 2 - gauge->start / 2;

  if (!isfinite (value))
    value = 0;

  return span > 0 ? CLAMP ((value / 2 - gauge->start / 2) / span, 0, 1) : 0;
}

/* Whether the line of the goal is within the scale rather than its end */
static gboolean
has_goal_line (const Gauge *gauge)
{
  return isfinite (gauge->target) && gauge->target < gauge->end;
}

static gboolean
has_zero_line (const Gauge *gauge)
{
  return gauge->start < 0 && gauge->end > 0;
}

static CptChartColor
get_fill (const Gauge *gauge)
{
  const CptChartData *data = gauge->context->data;
  const CptChartStyle *style = gauge->context->style;

  if (data->direction == CPT_CHART_NEUTRAL || !has_goal (data))
    return style->accent;
  if (is_reached (data))
    return style->good;

  return data->direction == CPT_CHART_DOWN_IS_GOOD ? style->bad : style->accent;
}

/* "78 % of €120,000"; without a goal NULL */
static char *
dup_progress (const Gauge *gauge,
              gboolean     in_full)
{
  const CptChartData *data = gauge->context->data;
  g_autofree char *share = NULL;
  g_autofree char *goal = NULL;

  if (!has_goal (data))
    return NULL;

  goal = in_full ? cpt_chart_format_value (&data->unit, data->target) : cpt_chart_format_short (&data->unit, data->target);
  if (data->target < 0 || isnan (gauge->value))
    /* Translators: a goal that has no percentage; %s is its value */
    return g_strdup_printf (_("goal %s"), goal);
  share = cpt_chart_format_share (gauge->value / data->target);

  /* Translators: what part of a goal is reached: "78 % of €120,000" */
  return g_strdup_printf (C_("part of a goal", "%s of %s"), share, goal);
}

/* Full where it fits into @room, then short */
static char *
fit_progress (const Gauge *gauge,
              double       room)
{
  g_autofree char *text = dup_progress (gauge, TRUE);

  if (text == NULL || cpt_chart_measure (gauge->context, text, &(CptTextStyle){ 0 }) <= room)
    return g_steal_pointer (&text);

  return dup_progress (gauge, FALSE);
}

static char *
fit_value (const Gauge  *gauge,
           double        room,
           double        largest,
           CptTextStyle *style)
{
  CptChartContext *context = gauge->context;
  g_autofree char *text = cpt_chart_format_value (&context->data->unit, gauge->value);

  style->scale = 1;
  if (cpt_chart_measure (context, text, style) * MAX (MIN_SCALE, 0.6 * largest) > room)
    {
      g_free (text);
      text = cpt_chart_format_short (&context->data->unit, gauge->value);
    }
  style->scale = CLAMP (room / cpt_chart_measure (context, text, style), MIN_SCALE, largest);
  style->scale = floor (style->scale * 4) / 4;
  style->max_width = room;

  return g_steal_pointer (&text);
}

/* ---- as an arc ---- */

typedef struct
{
  double x;
  double y;
  double outer;
  double inner;
} Arc;

static void
fill_arc (const Gauge         *gauge,
          const Arc           *arc,
          double               from,
          double               to,
          const CptChartColor *color)
{
  cairo_t *cr = gauge->context->cr;

  cairo_new_path (cr);
  cairo_arc (cr, arc->x, arc->y, arc->outer, G_PI * (1 + from), G_PI * (1 + to));
  cairo_arc_negative (cr, arc->x, arc->y, arc->inner, G_PI * (1 + to), G_PI * (1 + from));
  cairo_close_path (cr);
  cpt_chart_set_color (cr, color);
  cairo_fill (cr);
}

static void
draw_line_on_arc (const Gauge         *gauge,
                  const Arc           *arc,
                  double               value,
                  double               width,
                  const CptChartColor *color)
{
  double angle = G_PI * (1 + get_place (gauge, value));
  cairo_t *cr = gauge->context->cr;

  cairo_new_path (cr);
  cairo_move_to (cr, arc->x + (arc->inner - 2) * cos (angle), arc->y + (arc->inner - 2) * sin (angle));
  cairo_line_to (cr, arc->x + arc->outer * cos (angle), arc->y + arc->outer * sin (angle));
  cairo_set_line_width (cr, width * gauge->context->em);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  cpt_chart_set_color (cr, color);
  cairo_stroke (cr);
}

/* Start and end of the scale, where they differ, below the ends of the arc; what is reached
 * between them, and the ends make way for it */
static void
draw_below_arc (const Gauge *gauge,
                const Arc   *arc)
{
  CptChartContext *context = gauge->context;
  const CptChartUnit *unit = &context->data->unit;
  double em = context->em;
  double middle = (arc->outer + arc->inner) / 2;
  double y = arc->y + 1.05 * em;
  CptTextStyle muted = { .scale = 0.92, .color = context->style->muted, .anchor = CPT_ANCHOR_MIDDLE };
  CptTextStyle progress_style = { .color = context->style->foreground, .anchor = CPT_ANCHOR_MIDDLE, .max_width = context->width };
  g_autofree char *start = cpt_chart_format_short (unit, gauge->start);
  g_autofree char *end = cpt_chart_format_short (unit, gauge->end);
  g_autofree char *progress = fit_progress (gauge, context->width);
  double ends = MAX (cpt_chart_measure (context, start, &muted), cpt_chart_measure (context, end, &muted));
  double room = 2 * MIN (middle, arc->x - ends / 2) - ends - 1.2 * em;

  if (progress != NULL)
    cpt_chart_draw_text_middle (context, progress, &progress_style, arc->x, y);
  if ((progress != NULL ? cpt_chart_measure (context, progress, &(CptTextStyle){ 0 }) : 0) > room ||
      room < 0 || g_str_equal (start, end))
    return;

  middle = MIN (middle, arc->x - ends / 2);
  cpt_chart_draw_text_middle (context, start, &muted, arc->x - middle, y);
  cpt_chart_draw_text_middle (context, end, &muted, arc->x + middle, y);
}

static void
draw_arc (const Gauge *gauge)
{
  CptChartContext *context = gauge->context;
  double em = context->em;
  double below = context->without_text ? 0 : BELOW * em;
  double outer = MIN (MIN (context->width / 2, context->height - below), MAX_RADIUS * em);
  Arc arc = { context->width / 2, (context->height - below - outer) / 2 + outer, outer, outer * (1 - THICKNESS) };
  CptTextStyle style = { .bold = TRUE, .color = context->style->foreground, .anchor = CPT_ANCHOR_MIDDLE };
  CptChartColor color = get_fill (gauge);
  double largest = CLAMP (0.42 * arc.inner / em, MIN_SCALE, MAX_SCALE);
  double zero = get_place (gauge, 0);
  double reached = get_place (gauge, gauge->value);
  g_autofree char *text = fit_value (gauge, 1.5 * arc.inner, largest, &style);

  fill_arc (gauge, &arc, 0, 1, &context->style->fill);
  fill_arc (gauge, &arc, MIN (zero, reached), MAX (zero, reached), &color);
  if (has_zero_line (gauge))
    draw_line_on_arc (gauge, &arc, 0, 0.1, &context->style->muted);
  if (has_goal_line (gauge))
    draw_line_on_arc (gauge, &arc, gauge->target, 0.2, &context->style->foreground);
  cpt_chart_draw_text_middle (context, text, &style, arc.x, arc.y - 0.55 * style.scale * em);
  draw_below_arc (gauge, &arc);
  context->layout->plot = (CptChartRect){ arc.x - outer, arc.y - outer, 2 * outer, outer };
}

/* ---- as a bar ---- */

static void
draw_line_on_bar (const Gauge         *gauge,
                  const CptChartRect  *track,
                  double               value,
                  double               width,
                  const CptChartColor *color)
{
  double em = gauge->context->em;
  CptChartRect line = { get_place (gauge, value) * track->width - width / 2 * em, track->y - 0.25 * em, width * em,
                        track->height + 0.5 * em };

  cpt_chart_fill_rect (gauge->context, &line, 0, CPT_CORNER_NONE, color);
}

static void
draw_bar (const Gauge *gauge)
{
  CptChartContext *context = gauge->context;
  const CptChartStyle *style = context->style;
  double em = context->em;
  double largest = CLAMP (context->height / em * 0.36, MIN_SCALE, MAX_SCALE);
  CptTextStyle value_style = { .bold = TRUE, .color = style->foreground };
  CptTextStyle progress_style = { .color = style->muted, .max_width = context->width };
  CptChartColor color = get_fill (gauge);
  g_autofree char *text = fit_value (gauge, context->width, largest, &value_style);
  g_autofree char *progress = fit_progress (gauge, context->width);
  CptChartRect track = { 0, 0.76 * largest * em + 0.8 * em, context->width, BAR * em };
  double zero = get_place (gauge, 0);
  double reached = get_place (gauge, gauge->value);
  CptChartRect bar;

  if (context->without_text)
    track.y = (context->height - track.height) / 2;
  track.y = MIN (track.y, MAX (context->height - track.height, 0));
  bar = track;
  bar.x = MIN (zero, reached) * track.width;
  bar.width = fabs (reached - zero) * track.width;
  cpt_chart_draw_text (context, text, &value_style, 0, 0.76 * largest * em);
  cpt_chart_fill_rect (context, &track, 0.3 * em, CPT_CORNER_ALL, &style->fill);
  if (bar.width > 0)
    cpt_chart_fill_rect (context, &bar, 0.3 * em, CPT_CORNER_ALL, &color);
  if (has_zero_line (gauge))
    draw_line_on_bar (gauge, &track, 0, 0.1, &style->muted);
  if (has_goal_line (gauge))
    draw_line_on_bar (gauge, &track, gauge->target, 0.2, &style->foreground);
  if (progress != NULL && track.y + track.height + 1.9 * em <= context->height)
    cpt_chart_draw_text_middle (context, progress, &progress_style, 0, track.y + track.height + 1.15 * em);
  context->layout->plot = track;
}

static void
draw_gauge (CptChartContext *context)
{
  CptChartRect all = { 0, 0, context->width, context->height };
  double room = MIN (context->width / 2, context->height - BELOW * context->em);
  Gauge gauge = { 0 };

  init_gauge (&gauge, context);
  if (cpt_chart_is_option (context->chart, "shape", "bar") || room < MIN_RADIUS * context->em)
    draw_bar (&gauge);
  else
    draw_arc (&gauge);
  cpt_chart_add_mark (context, 0, -1, &all, context->width / 2, context->height / 2);
}

static char *
summarize_gauge (const CptChart *chart)
{
  const CptChartData *data = chart->data;
  double value = cpt_chart_data_get_total (data);
  g_autofree char *text = cpt_chart_format_spoken (&data->unit, value);
  g_autofree char *goal = NULL;
  g_autofree char *share = NULL;

  if (!has_goal (data))
    return g_strdup_printf (_("%s: %s."), cpt_chart_get_title (chart), text);

  goal = cpt_chart_format_spoken (&data->unit, data->target);
  if (data->target < 0 || isnan (value))
    /* Translators: title, value, value of the goal */
    return g_strdup_printf (_("%s: %s, goal %s."), cpt_chart_get_title (chart), text, goal);
  share = cpt_chart_format_share (value / data->target);

  /* Translators: title, value, "78 %", value of the goal */
  return g_strdup_printf (_("%s: %s, that is %s of the goal of %s."), cpt_chart_get_title (chart), text, share, goal);
}

static const CptChartChoice shapes[] = {
  { "arc", N_("Arc") },
  { "bar", N_("Bar") },
  { NULL },
};

static const CptChartOption options[] = {
  { "target", N_("Goal"), NULL, NULL },
  { "direction", N_("A rise is"), cpt_chart_directions, "up" },
  { "shape", N_("Shape"), shapes, "arc" },
  { NULL },
};

const CptChartKind cpt_chart_gauge = {
  .name = "gauge",
  .label = N_("Gauge"),
  .description = N_("One number on its way to a goal"),
  .icon_name = "cpt-chart-gauge-symbolic",
  .needs = CPT_CHART_NEEDS_MEASURE,
  .min_columns = 2,
  .min_rows = 2,
  .default_columns = 3,
  .default_rows = 3,
  .options = options,
  .draw = draw_gauge,
  .summarize = summarize_gauge,
};
