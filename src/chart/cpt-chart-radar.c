/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Profiles: an axis for each category, all from the same zero in the middle and
 * of the same scale, and a line around for each series. Of several measures it is
 * the other way round: an axis for each of them, which ends at its highest value,
 * and a line around for each category. For teams and people that are compared. */
#include "config.h"
#include "cpt-chart-private.h"

#include <glib/gi18n-lib.h>

#define MIN_AXES 3
#define MAX_AXES 12
/* Lines around, which are told apart by colour */
#define MAX_PROFILES CPT_CHART_PALETTE_SIZE
/* More have no areas */
#define MAX_AREAS 3
/* Rings of a web whose axes have scales of their own */
#define N_RINGS 4

/* In units of the font size */
#define LABEL_GAP 0.6
#define LINE 1.5
#define VALUE_LINE 1.25
#define MIN_RADIUS 2.5
/* Where there is less, the picture counts more than the names of its lines */
#define MIN_KEY_HEIGHT 12
#define REACH 0.7
#define DOT 0.26

#define AREA_ALPHA 0.12
/* Axes that go less to the side have their names above and below */
#define LEVEL 0.1

typedef struct
{
  CptChartContext *context;
  gboolean of_measures;  /* the axes are series, the lines categories */
  CptTicks ticks;        /* of all axes, where they have one scale */
  double ends[MAX_AXES]; /* of each axis, where it has its own; 0: nothing is on it */
  double x;
  double y;
  double radius;
  double top;
  guint n_axes;
  guint n_profiles;
  GArray *picked; /* (nullable): of guint: the categories that are drawn, where they are not the first */
} Radar;

/* What may be compared by several measures is */
static gboolean
is_of_measures (const CptChartData *data)
{
  if (data->is_grouped || data->series->len < MIN_AXES)
    return FALSE;

  for (guint s = 0; s < data->series->len; s++)
    if (cpt_chart_data_get_series (data, s)->role != CPT_CHART_ROLE_VALUE)
      return FALSE;

  return TRUE;
}

static guint
count_axes (const CptChartData *data)
{
  return MIN (is_of_measures (data) ? data->series->len : data->categories->len, MAX_AXES);
}

static guint
count_profiles (const CptChartData *data)
{
  return is_of_measures (data) ? MIN (data->categories->len, MAX_PROFILES) : data->series->len;
}

static guint
get_series (const Radar *radar,
            guint        axis,
            guint        profile)
{
  return radar->of_measures ? axis : profile;
}

static guint
get_category (const Radar *radar,
              guint        axis,
              guint        profile)
{
  guint index = radar->of_measures ? profile : axis;

  return radar->picked != NULL ? g_array_index (radar->picked, guint, index) : index;
}

static double
get_value (const Radar *radar,
           guint        axis,
           guint        profile)
{
  return cpt_chart_data_get_value (radar->context->data, get_series (radar, axis, profile), get_category (radar, axis, profile));
}

static CptChartColor
get_color (const Radar *radar,
           guint        profile)
{
  return radar->of_measures ? cpt_chart_get_palette_color (radar->context, profile)
                            : cpt_chart_get_color (radar->context, profile);
}

static double
get_angle (const Radar *radar,
           guint        axis)
{
  return -0.5 * G_PI + axis * 2 * G_PI / radar->n_axes;
}

/* Of a value from the middle */
static double
get_distance (const Radar *radar,
              guint        axis,
              double       value)
{
  double end = radar->of_measures ? radar->ends[axis] : cpt_ticks_get_value (&radar->ticks, radar->ticks.count - 1);

  return end > 0 && !isnan (value) ? CLAMP (value / end, 0, 1) * radar->radius : 0;
}

static const char *
refuse_profiles (const CptChart *chart)
{
  const CptChartData *data = chart->data;

  if (!is_of_measures (data))
    for (guint s = 1; s < data->series->len; s++)
      if (cpt_chart_data_get_series (data, s)->has_unit)
        return _("A radar of several measures needs at least three; choose another one.");
  if (!is_of_measures (data) && data->categories->len < MIN_AXES)
    return _("A radar needs at least three groups; choose bars to see fewer.");

  for (guint s = 0; s < data->series->len; s++)
    for (guint i = 0; i < data->categories->len; i++)
      if (cpt_chart_data_get_value (data, s, i) < 0)
        return _("A radar has no room below zero; choose bars to see such values.");

  return NULL;
}

/* How far the axes go, and what has no line or no axis */
static char *
annotate_profiles (const CptChart *chart)
{
  static const CptChartUnit count = { CPT_CHART_COUNT, "", NULL };
  const CptChartData *data = chart->data;
  gboolean of_measures = is_of_measures (data);
  guint n = data->categories->len;
  guint n_drawn = of_measures ? count_profiles (data) : count_axes (data);
  g_autofree char *scale = of_measures ? g_strdup (_("Each axis ends at its highest value.")) : NULL;
  g_autofree char *drawn = cpt_chart_format_value (&count, n_drawn);
  g_autofree char *all = cpt_chart_format_value (&count, n);
  g_autofree char *cut = NULL;

  if (n > n_drawn)
    /* Translators: two numbers: how many of all groups a radar shows */
    cut = g_strdup_printf (_("%s of %s groups are drawn."), drawn, all);
  if (scale != NULL && cut != NULL)
    /* Translators: two sentences */
    return g_strdup_printf (_("%s %s"), scale, cut);

  return scale != NULL ? g_steal_pointer (&scale) : g_steal_pointer (&cut);
}

/* ---- the web ---- */

static char *
dup_axis_name (const Radar *radar,
               guint        axis)
{
  const CptChartData *data = radar->context->data;

  if (!radar->of_measures)
    return cpt_chart_data_dup_label (data, get_category (radar, axis, 0));

  return g_strdup (cpt_chart_data_get_series (data, axis)->label != NULL ? cpt_chart_data_get_series (data, axis)->label
                                                                         : cpt_chart_get_title (radar->context->chart));
}

/* (nullable): where an axis ends, where each has an end of its own */
static char *
dup_axis_end (const Radar *radar,
              guint        axis)
{
  if (!radar->of_measures)
    return NULL;
  if (radar->ends[axis] <= 0)
    /* Translators: at the end of an axis on which nothing is */
    return g_strdup (C_("radar", "no values"));

  return cpt_chart_format_short (cpt_chart_data_get_unit (radar->context->data, axis), radar->ends[axis]);
}

static double
measure_name (const Radar *radar,
              guint        axis)
{
  g_autofree char *name = dup_axis_name (radar, axis);
  g_autofree char *end = dup_axis_end (radar, axis);
  double width = cpt_chart_measure (radar->context, name, &(CptTextStyle){ 0 });

  return end != NULL ? MAX (width, cpt_chart_measure (radar->context, end, &(CptTextStyle){ 0 })) : width;
}

/* Of the name of an axis, in units of the font size */
static double
get_name_height (const Radar *radar)
{
  return radar->of_measures ? LINE + VALUE_LINE : LINE;
}

static double
draw_key (const Radar *radar)
{
  CptChartContext *context = radar->context;
  g_auto(GStrv) names = NULL;
  g_autofree CptChartColor *colors = NULL;

  if (context->height < MIN_KEY_HEIGHT * context->em)
    return 0;
  if (!radar->of_measures)
    return cpt_chart_draw_legend (context);

  names = g_new0 (char *, radar->n_profiles + 1);
  colors = g_new (CptChartColor, radar->n_profiles + 1);
  for (guint i = 0; i < radar->n_profiles; i++)
    {
      names[i] = cpt_chart_data_dup_label (context->data, get_category (radar, 0, i));
      colors[i] = get_color (radar, i);
    }

  return cpt_chart_draw_names (context, (const char *const *) names, colors, radar->n_profiles);
}

static void
init_scales (Radar *radar)
{
  const CptChartData *data = radar->context->data;
  CptValueAxis axis = { 0 };
  double max = 0;

  for (guint i = 0; i < radar->n_axes; i++)
    for (guint p = 0; p < radar->n_profiles; p++)
      {
        double value = get_value (radar, i, p);

        radar->ends[i] = isnan (value) ? radar->ends[i] : MAX (radar->ends[i], value);
        max = MAX (max, radar->ends[i]);
      }
  if (!radar->of_measures)
    {
      cpt_value_axis_init (&axis, &data->unit, 0, max, 4);
      radar->ticks = axis.ticks;
    }
}

/* As large as the axes and their names have room, which do not go as far in all directions */
static void
init_place (Radar *radar)
{
  CptChartContext *context = radar->context;
  double em = context->em;
  double height = context->without_text ? 0 : get_name_height (radar);
  double gap = context->without_text ? 0 : LABEL_GAP;
  double room = context->height - radar->top;
  double reach[2] = { 0, 0 }; /* parts of the radius: up and down */
  double names[2];
  double whole;

  for (guint i = 0; i < radar->n_axes; i++)
    {
      reach[0] = MAX (reach[0], -sin (get_angle (radar, i)));
      reach[1] = MAX (reach[1], sin (get_angle (radar, i)));
    }
  for (guint k = 0; k < G_N_ELEMENTS (names); k++)
    names[k] = (gap * reach[k] + (reach[k] + 1) * height / 2) * em;

  radar->radius = (room - names[0] - names[1]) / (reach[0] + reach[1]);
  for (guint i = 0; i < radar->n_axes; i++)
    {
      double across = fabs (cos (get_angle (radar, i)));
      double width = context->without_text ? 0 : MIN (measure_name (radar, i), 0.3 * context->width);

      if (across >= LEVEL)
        radar->radius = MIN (radar->radius, (context->width / 2 - width) / across - gap * em);
    }
  radar->radius = MAX (radar->radius, MIN (MIN (context->width, room) / 2, MIN_RADIUS * em));
  whole = names[0] + names[1] + (reach[0] + reach[1]) * radar->radius;
  radar->x = context->width / 2;
  radar->y = radar->top + (room - whole) / 2 + names[0] + reach[0] * radar->radius;
}

static void
init_radar (Radar           *radar,
            CptChartContext *context)
{
  radar->context = context;
  radar->of_measures = is_of_measures (context->data);
  radar->n_axes = count_axes (context->data);
  radar->n_profiles = count_profiles (context->data);
  radar->picked = cpt_chart_pick_largest (context->data, radar->of_measures ? radar->n_profiles : radar->n_axes,
                                          context->data->is_grouped);
  radar->top = draw_key (radar);
  init_scales (radar);
  init_place (radar);
}

static void
add_ring (const Radar *radar,
          double       distance)
{
  cairo_t *cr = radar->context->cr;

  for (guint i = 0; i < radar->n_axes; i++)
    cairo_line_to (cr, radar->x + distance * cos (get_angle (radar, i)), radar->y + distance * sin (get_angle (radar, i)));
  cairo_close_path (cr);
  cairo_new_sub_path (cr);
}

static void
draw_web (const Radar *radar)
{
  CptChartContext *context = radar->context;
  cairo_t *cr = context->cr;

  cairo_new_path (cr);
  for (guint t = 1; !radar->of_measures && t < radar->ticks.count; t++)
    add_ring (radar, get_distance (radar, 0, cpt_ticks_get_value (&radar->ticks, t)));
  for (guint t = 1; radar->of_measures && t <= N_RINGS; t++)
    add_ring (radar, radar->radius * t / N_RINGS);
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

static gboolean
is_free_place (const Radar        *radar,
               const CptChartRect *places,
               guint               index)
{
  const CptChartRect *own = &places[index];
  double slack = 0.1 * radar->context->em;

  if (own->y < radar->top - slack || own->y + own->height > radar->context->height + slack)
    return FALSE;

  for (guint i = 0; i < index; i++)
    if (places[i].width > 0 && places[i].x + places[i].width > own->x && own->x + own->width > places[i].x &&
        places[i].y + places[i].height > own->y && own->y + own->height > places[i].y)
      return FALSE;

  return TRUE;
}

/* The names at the ends of the axes; a name that would cover one is left out */
static void
draw_names (const Radar *radar)
{
  CptChartContext *context = radar->context;
  double em = context->em;
  double height = get_name_height (radar) * em;
  g_autofree CptChartRect *places = g_new0 (CptChartRect, radar->n_axes);

  for (guint i = 0; i < radar->n_axes; i++)
    {
      double angle = get_angle (radar, i);
      double x = radar->x + (radar->radius + LABEL_GAP * em) * cos (angle);
      double y = radar->y + (radar->radius + LABEL_GAP * em + height / 2) * sin (angle);
      CptTextStyle style = { .color = context->style->foreground, .anchor = CPT_ANCHOR_MIDDLE };
      g_autofree char *name = dup_axis_name (radar, i);
      g_autofree char *end = dup_axis_end (radar, i);
      double width;

      style.max_width = 0.8 * context->width;
      if (fabs (cos (angle)) >= LEVEL)
        {
          style.anchor = cos (angle) > 0 ? CPT_ANCHOR_START : CPT_ANCHOR_END;
          style.max_width = cos (angle) > 0 ? context->width - x : x;
        }
      width = MIN (measure_name (radar, i), style.max_width);
      places[i] = (CptChartRect){ x - (style.anchor == CPT_ANCHOR_START ? 0 : style.anchor == CPT_ANCHOR_END ? width
                                                                                                             : width / 2),
                                  y - height / 2, width, height };
      if (!is_free_place (radar, places, i))
        {
          places[i].width = 0;
          continue;
        }
      cpt_chart_draw_text_middle (context, name, &style, x, end != NULL ? y - VALUE_LINE / 2 * em : y);
      style.color = context->style->muted;
      if (end != NULL)
        cpt_chart_draw_text_middle (context, end, &style, x, y + VALUE_LINE / 2 * em);
    }
}

/* ---- the profiles ---- */

static void
draw_profile (const Radar *radar,
              guint        profile)
{
  CptChartContext *context = radar->context;
  const CptChartData *data = context->data;
  CptChartColor color = get_color (radar, profile);
  CptChartColor ink = cpt_chart_get_ink (context, &color);
  gboolean is_before = !radar->of_measures &&
                       cpt_chart_data_get_series (data, profile)->role == CPT_CHART_ROLE_COMPARISON;
  const double dashes[] = { 0.4 * context->em, 0.3 * context->em };
  cairo_t *cr = context->cr;

  cairo_save (cr);
  cairo_new_path (cr);
  for (guint i = 0; i < radar->n_axes; i++)
    {
      double distance = get_distance (radar, i, get_value (radar, i, profile));

      cairo_line_to (cr, radar->x + distance * cos (get_angle (radar, i)), radar->y + distance * sin (get_angle (radar, i)));
    }
  cairo_close_path (cr);
  if (!is_before && radar->n_profiles <= MAX_AREAS)
    {
      color.alpha = AREA_ALPHA;
      cpt_chart_set_color (cr, &color);
      cairo_fill_preserve (cr);
    }
  if (is_before || (context->style->patterns && profile % 2 == 1))
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
  double em = context->em;
  cairo_t *cr = context->cr;

  for (guint p = 0; p < radar->n_profiles; p++)
    {
      double value = get_value (radar, axis, p);
      double distance = get_distance (radar, axis, value);
      double x = radar->x + distance * cos (get_angle (radar, axis));
      double y = radar->y + distance * sin (get_angle (radar, axis));
      CptChartRect reach = { x - REACH * em, y - REACH * em, 2 * REACH * em, 2 * REACH * em };
      CptChartColor color = get_color (radar, p);
      CptChartColor ink = cpt_chart_get_ink (context, &color);

      if (isnan (value))
        continue;
      cairo_new_path (cr);
      cairo_arc (cr, x, y, DOT * em, 0, 2 * G_PI);
      cpt_chart_set_color (cr, &ink);
      cairo_fill (cr);
      cpt_chart_add_mark (context, (int) get_series (radar, axis, p), (int) get_category (radar, axis, p), &reach, x, y);
    }
}

/* How far the rings are, in a gap between two axes, on a ground of its own: a line may pass there */
static void
draw_scale (const Radar *radar)
{
  CptChartContext *context = radar->context;
  CptTextStyle style = { .scale = 0.85, .color = context->style->muted, .anchor = CPT_ANCHOR_MIDDLE };
  double step = get_distance (radar, 0, radar->ticks.step) * cos (G_PI / radar->n_axes);

  if (radar->radius < 5 * context->em || step < 1.5 * context->em)
    return;

  for (guint t = 1; t < radar->ticks.count; t++)
    {
      g_autofree char *text = cpt_chart_format_tick (&context->data->unit, &radar->ticks, t);
      double angle = get_angle (radar, 0) + G_PI / radar->n_axes;
      double distance = get_distance (radar, 0, cpt_ticks_get_value (&radar->ticks, t)) * cos (G_PI / radar->n_axes);

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
  Radar radar = { 0 };

  init_radar (&radar, context);
  draw_web (&radar);
  for (guint i = radar.n_profiles; i > 0; i--)
    draw_profile (&radar, i - 1);
  for (guint i = 0; i < radar.n_axes; i++)
    draw_points (&radar, i);
  draw_names (&radar);
  if (!radar.of_measures)
    draw_scale (&radar);
  context->layout->plot = (CptChartRect){ radar.x - radar.radius, radar.y - radar.radius, 2 * radar.radius, 2 * radar.radius };
  g_clear_pointer (&radar.picked, g_array_unref);
}

/* "Teams: 4 measures of 3: Revenue won highest North with €5,000, ..." */
static char *
summarize_profiles (const CptChart *chart)
{
  const CptChartData *data = chart->data;
  g_autoptr(GString) story = NULL;

  if (!is_of_measures (data))
    return cpt_chart_summarize_extremes (chart);

  story = g_string_new (NULL);
  for (guint i = 0; i < data->series->len; i++)
    {
      g_autofree char *highest = cpt_chart_summarize_highest (chart, i);

      if (highest == NULL)
        continue;
      if (story->len > 0)
        g_string_append (story, ", ");
      g_string_append (story, highest);
    }

  return g_strdup_printf (_("%s: %s."), cpt_chart_get_title (chart), story->str);
}

const CptChartKind cpt_chart_radar = {
  .name = "radar",
  .label = N_("Radar"),
  .description = N_("Profiles of a few, compared by several groups or measures"),
  .icon_name = "cpt-chart-radar-symbolic",
  .needs = CPT_CHART_NEEDS_DIMENSION | CPT_CHART_NEEDS_SERIES | CPT_CHART_NEEDS_MEASURES,
  .min_columns = 3,
  .min_rows = 4,
  .default_columns = 4,
  .default_rows = 5,
  .refuse = refuse_profiles,
  .annotate = annotate_profiles,
  .draw = draw_radar,
  .summarize = summarize_profiles,
};
