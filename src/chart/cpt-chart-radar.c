/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Profiles: an axis for each category, all from the same zero in the middle
 * and of the same scale; a line around for each series. For teams and people
 * that are compared by a few measures. */
#include "config.h"
#include "cpt-chart-private.h"

#include <glib/gi18n-lib.h>

#define MIN_AXES 3
#define MAX_AXES 12

/* In units of the font size */
#define LABEL_GAP 0.6
#define ABOVE 0.55
#define LABEL_ROOM 2.0
#define MIN_RADIUS 2.5
#define REACH 0.7
#define DOT 0.26

#define AREA_ALPHA 0.12

typedef struct
{
  CptChartContext *context;
  CptTicks ticks;
  double x;
  double y;
  double radius;
  double top;
  guint n_axes;
} Radar;

static guint
count_axes (const CptChartData *data)
{
  return MIN (data->categories->len, MAX_AXES);
}

static double
get_angle (const Radar *radar,
           guint        axis)
{
  return -0.5 * G_PI + axis * 2 * G_PI / radar->n_axes;
}

static double
get_distance (const Radar *radar,
              double       value)
{
  double end = cpt_ticks_get_value (&radar->ticks, radar->ticks.count - 1);

  return end > 0 ? CLAMP (value / end, 0, 1) * radar->radius : 0;
}

static const char *
refuse_profiles (const CptChart *chart)
{
  const CptChartData *data = chart->data;

  if (data->categories->len < MIN_AXES)
    return _("A radar needs at least three groups; choose bars to see fewer.");

  for (guint s = 0; s < data->series->len; s++)
    for (guint i = 0; i < data->categories->len; i++)
      if (cpt_chart_data_get_value (data, s, i) < 0)
        return _("A radar has no room below zero; choose bars to see such values.");

  return NULL;
}

/* ---- the web ---- */

static double
measure_names (const Radar *radar)
{
  double widest = 0;

  for (guint i = 0; i < radar->n_axes; i++)
    {
      g_autofree char *text = cpt_chart_data_dup_label (radar->context->data, i);

      widest = MAX (widest, cpt_chart_measure (radar->context, text, &(CptTextStyle){ 0 }));
    }

  return widest + LABEL_GAP * radar->context->em;
}

static void
init_radar (Radar           *radar,
            CptChartContext *context)
{
  const CptChartData *data = context->data;
  CptValueAxis axis = { 0 };
  double em = context->em;
  double min, max, room, side;

  radar->context = context;
  radar->n_axes = count_axes (data);
  radar->top = cpt_chart_draw_legend (context);
  cpt_chart_get_range (data, FALSE, TRUE, &min, &max);
  cpt_value_axis_init (&axis, &data->unit, 0, max, 4);
  radar->ticks = axis.ticks;
  room = context->height - radar->top;
  side = context->without_text ? 0 : MIN (measure_names (radar), 0.3 * context->width);
  radar->radius = MIN (context->width / 2 - side, room / 2 - (context->without_text ? 0 : LABEL_ROOM * em));
  radar->radius = MAX (radar->radius, MIN (MIN (context->width, room) / 2, MIN_RADIUS * em));
  radar->x = context->width / 2;
  radar->y = radar->top + room / 2;
}

static void
draw_web (const Radar *radar)
{
  CptChartContext *context = radar->context;
  cairo_t *cr = context->cr;

  cairo_new_path (cr);
  for (guint t = 1; t < radar->ticks.count; t++)
    {
      double distance = get_distance (radar, cpt_ticks_get_value (&radar->ticks, t));

      for (guint i = 0; i < radar->n_axes; i++)
        cairo_line_to (cr, radar->x + distance * cos (get_angle (radar, i)), radar->y + distance * sin (get_angle (radar, i)));
      cairo_close_path (cr);
      cairo_new_sub_path (cr);
    }
  for (guint i = 0; i < radar->n_axes; i++)
    {
      cairo_move_to (cr, radar->x, radar->y);
      cairo_line_to (cr, radar->x + radar->radius * cos (get_angle (radar, i)),
                     radar->y + radar->radius * sin (get_angle (radar, i)));
    }
  cairo_set_line_width (cr, 1);
  cpt_chart_set_color (cr, &context->style->grid);
  cairo_stroke (cr);
}

/* The names at the ends of the axes; a name that would cover one is left out */
static void
draw_names (const Radar *radar)
{
  CptChartContext *context = radar->context;
  double em = context->em;
  g_autofree CptChartRect *places = g_new0 (CptChartRect, radar->n_axes);

  for (guint i = 0; i < radar->n_axes; i++)
    {
      double angle = get_angle (radar, i);
      double x = radar->x + (radar->radius + LABEL_GAP * em) * cos (angle);
      double y = radar->y + (radar->radius + (LABEL_GAP + ABOVE) * em) * sin (angle);
      CptTextStyle style = { .color = context->style->foreground };
      g_autofree char *text = cpt_chart_data_dup_label (context->data, i);
      double width = cpt_chart_measure (context, text, &style);
      gboolean is_free = TRUE;

      if (fabs (cos (angle)) < 0.1)
        style = (CptTextStyle){ .color = style.color, .anchor = CPT_ANCHOR_MIDDLE, .max_width = 0.8 * context->width };
      else
        {
          style.anchor = cos (angle) > 0 ? CPT_ANCHOR_START : CPT_ANCHOR_END;
          style.max_width = cos (angle) > 0 ? context->width - x : x;
        }
      width = MIN (width, style.max_width);
      places[i] = (CptChartRect){ style.anchor == CPT_ANCHOR_START ? x : style.anchor == CPT_ANCHOR_END ? x - width
                                                                                                        : x - width / 2,
                                  y - 0.75 * em, width, 1.5 * em };
      if (places[i].y < radar->top - 0.1 * em || places[i].y + places[i].height > context->height + 0.1 * em)
        is_free = FALSE;
      for (guint j = 0; j < i && is_free; j++)
        is_free = places[j].width <= 0 || places[j].x + places[j].width <= places[i].x ||
                  places[i].x + places[i].width <= places[j].x || places[j].y + places[j].height <= places[i].y ||
                  places[i].y + places[i].height <= places[j].y;
      if (is_free)
        cpt_chart_draw_text_middle (context, text, &style, x, y);
      else
        places[i].width = 0;
    }
}

/* ---- the profiles ---- */

static void
draw_profile (const Radar *radar,
              guint        series)
{
  CptChartContext *context = radar->context;
  const CptChartData *data = context->data;
  CptChartColor color = cpt_chart_get_color (context, series);
  CptChartColor ink = cpt_chart_get_ink (context, &color);
  gboolean is_before = cpt_chart_data_get_series (data, series)->role == CPT_CHART_ROLE_COMPARISON;
  const double dashes[] = { 0.4 * context->em, 0.3 * context->em };
  cairo_t *cr = context->cr;

  cairo_save (cr);
  cairo_new_path (cr);
  for (guint i = 0; i < radar->n_axes; i++)
    {
      double value = cpt_chart_data_get_value (data, series, i);
      double distance = isnan (value) ? 0 : get_distance (radar, value);

      cairo_line_to (cr, radar->x + distance * cos (get_angle (radar, i)), radar->y + distance * sin (get_angle (radar, i)));
    }
  cairo_close_path (cr);
  if (!is_before && data->series->len <= 3)
    {
      color.alpha = AREA_ALPHA;
      cpt_chart_set_color (cr, &color);
      cairo_fill_preserve (cr);
    }
  if (is_before || (context->style->patterns && series % 2 == 1))
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_set_line_width (cr, 0.15 * context->em);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cpt_chart_set_color (cr, &ink);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_points (const Radar *radar,
             guint        axis)
{
  CptChartContext *context = radar->context;
  const CptChartData *data = context->data;
  double em = context->em;
  cairo_t *cr = context->cr;

  for (guint s = 0; s < data->series->len; s++)
    {
      double value = cpt_chart_data_get_value (data, s, axis);
      double distance = isnan (value) ? 0 : get_distance (radar, value);
      double x = radar->x + distance * cos (get_angle (radar, axis));
      double y = radar->y + distance * sin (get_angle (radar, axis));
      CptChartRect reach = { x - REACH * em, y - REACH * em, 2 * REACH * em, 2 * REACH * em };
      CptChartColor color = cpt_chart_get_color (context, s);
      CptChartColor ink = cpt_chart_get_ink (context, &color);

      if (isnan (value))
        continue;
      cairo_new_path (cr);
      cairo_arc (cr, x, y, DOT * em, 0, 2 * G_PI);
      cpt_chart_set_color (cr, &ink);
      cairo_fill (cr);
      cpt_chart_add_mark (context, (int) s, (int) axis, &reach, x, y);
    }
}

/* How far the rings are, in a gap between two axes, on a ground of its own: a line may pass there */
static void
draw_scale (const Radar *radar)
{
  CptChartContext *context = radar->context;
  CptTextStyle style = { .scale = 0.85, .color = context->style->muted, .anchor = CPT_ANCHOR_MIDDLE };
  double step = get_distance (radar, radar->ticks.step) * cos (G_PI / radar->n_axes);

  if (radar->radius < 5 * context->em || step < 1.5 * context->em)
    return;

  for (guint t = 1; t < radar->ticks.count; t++)
    {
      g_autofree char *text = cpt_chart_format_tick (&context->data->unit, &radar->ticks, t);
      double angle = get_angle (radar, 0) + G_PI / radar->n_axes;
      double distance = get_distance (radar, cpt_ticks_get_value (&radar->ticks, t)) * cos (G_PI / radar->n_axes);

      double x = radar->x + distance * cos (angle);
      double y = radar->y + distance * sin (angle);
      double width = cpt_chart_measure (context, text, &style) + 0.5 * context->em;
      CptChartRect ground = { x - width / 2, y - 0.6 * context->em, width, 1.2 * context->em };

      cpt_chart_fill_rect (context, &ground, 0.3 * context->em, CPT_CORNER_ALL, &context->style->background);
      cpt_chart_draw_text_middle (context, text, &style, x, y);
    }
}

static void
draw_radar (CptChartContext *context)
{
  const CptChartData *data = context->data;
  Radar radar = { 0 };

  init_radar (&radar, context);
  draw_web (&radar);
  for (guint s = data->series->len; s > 0; s--)
    draw_profile (&radar, s - 1);
  for (guint i = 0; i < radar.n_axes; i++)
    draw_points (&radar, i);
  draw_names (&radar);
  draw_scale (&radar);
  if (data->categories->len > radar.n_axes)
    {
      CptTextStyle style = { .scale = 0.92, .color = context->style->muted };
      g_autofree char *more = cpt_chart_format_more (data->categories->len - radar.n_axes);

      if (context->width >= 2 * (radar.radius + cpt_chart_measure (context, more, &style)) + 12 * context->em)
        cpt_chart_draw_text (context, more, &style, 0, context->height - 0.4 * context->em);
    }
  context->layout->plot = (CptChartRect){ radar.x - radar.radius, radar.y - radar.radius, 2 * radar.radius, 2 * radar.radius };
}

const CptChartKind cpt_chart_radar = {
  .name = "radar",
  .label = N_("Radar"),
  .description = N_("Profiles of a few, compared by several groups"),
  .icon_name = "cpt-chart-radar-symbolic",
  .needs = CPT_CHART_NEEDS_DIMENSION | CPT_CHART_NEEDS_SERIES,
  .min_columns = 3,
  .min_rows = 4,
  .default_columns = 4,
  .default_rows = 5,
  .refuse = refuse_profiles,
  .draw = draw_radar,
  .summarize = cpt_chart_summarize_extremes,
};
