/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two measures of each category against each other: the first series across,
 * the second up, each on a scale of its own. Points that would lie on the same
 * spot are drawn once. Names stand beside points as long as they cover
 * neither names nor points. */
#include "config.h"
#include "cpt-chart-private.h"

#include <glib/gi18n-lib.h>

#define ACROSS 0
#define UP 1

/* In units of the font size */
#define DOT 0.36
#define REACH 0.7
#define SPOT 0.2
#define ABOVE 2.1
#define TITLE 1.5
#define TICKS 1.6
#define NARROW 14

/* More would be a cloud of names */
#define MAX_NAMED 80

/* Beyond these, both measures are said to go together */
#define CLEAR 0.5
#define MIN_POINTS 3

typedef struct
{
  double x;
  double y;
  guint category;
} Point;

typedef struct
{
  CptChartContext *context;
  CptChartRect plot;
  CptValueAxis across;
  CptValueAxis up;
  GArray *points;
} Cloud;

static gboolean
get_pair (const CptChartData *data,
          guint               category,
          double             *across,
          double             *up)
{
  *across = cpt_chart_data_get_value (data, ACROSS, category);
  *up = cpt_chart_data_get_value (data, UP, category);

  return !isnan (*across) && !isnan (*up);
}

static const char *
get_label (const CptChart *chart,
           guint           series)
{
  const char *label = series < chart->data->series->len ? cpt_chart_data_get_series (chart->data, series)->label : NULL;

  return label != NULL ? label : cpt_chart_get_title (chart);
}

/* Lowest and highest of a series, of the categories that have both values */
static guint
get_range (const CptChartData *data,
           guint               series,
           double             *low,
           double             *high)
{
  guint n_pairs = 0;

  *low = G_MAXDOUBLE;
  *high = -G_MAXDOUBLE;
  for (guint i = 0; i < data->categories->len; i++)
    {
      double pair[2];

      if (!get_pair (data, i, &pair[ACROSS], &pair[UP]))
        continue;
      *low = MIN (*low, pair[series]);
      *high = MAX (*high, pair[series]);
      n_pairs++;
    }

  return n_pairs;
}

static const char *
refuse_pairs (const CptChart *chart)
{
  double low, high;

  if (get_range (chart->data, ACROSS, &low, &high) == 0)
    return _("Nothing has both measures; choose others.");

  return NULL;
}

/* ---- the room ---- */

/* The options that choose them, in the order of the series */
static const char *const scales[] = { "scale_across", "scale" };

static void
init_axis (const Cloud  *cloud,
           guint         series,
           double        target,
           CptValueAxis *axis)
{
  const CptChartUnit *unit = cpt_chart_data_get_unit (cloud->context->data, series);
  double low, high;

  if (cpt_chart_is_log (cloud->context->chart, scales[series], (int) series))
    {
      cpt_chart_get_log_range (cloud->context->data, (int) series, &low, &high);
      cpt_value_axis_init_log (axis, unit, low, high, MAX (target, 2), FALSE);
      return;
    }

  get_range (cloud->context->data, series, &low, &high);
  if (low == high)
    {
      low = MIN (low, 0);
      high = MAX (high, 0);
    }
  cpt_value_axis_init (axis, unit, low, high, MAX (target, 2));
}

static void
init_cloud (Cloud           *cloud,
            CptChartContext *context)
{
  double em = context->em;
  gboolean has_titles = !context->without_text && context->height >= 9 * em;
  double top = (has_titles ? ABOVE : 0.6) * em;
  double bottom = context->without_text ? 0.5 * em : (TICKS + (has_titles ? TITLE : 0)) * em;
  double left;

  cloud->context = context;
  init_axis (cloud, UP, (context->height - top - bottom) / (4 * em), &cloud->up);
  left = context->without_text ? 0.5 * em : cpt_value_axis_measure (context, &cloud->up) + 1.0 * em;
  left = MIN (left, 0.5 * context->width);
  cloud->plot = (CptChartRect){ left, top, MAX (context->width - left - 0.6 * em, 1), MAX (context->height - top - bottom, 1) };
  init_axis (cloud, ACROSS, cloud->plot.width / (7.5 * em), &cloud->across);
  cloud->across.from = cloud->plot.x;
  cloud->across.to = cloud->plot.x + cloud->plot.width;
  cloud->up.from = cloud->plot.y + cloud->plot.height;
  cloud->up.to = cloud->plot.y;
}

static void
draw_titles (const Cloud *cloud)
{
  CptChartContext *context = cloud->context;
  CptTextStyle style = { .scale = 0.92, .color = context->style->muted, .max_width = context->width };

  if (cloud->plot.y < ABOVE * context->em)
    return;

  cpt_chart_draw_text_middle (context, get_label (context->chart, UP), &style, 0, 0.6 * context->em);
  style.anchor = CPT_ANCHOR_END;
  cpt_chart_draw_text_middle (context, get_label (context->chart, ACROSS), &style, context->width,
                              context->height - 0.65 * context->em);
}

/* ---- the points ---- */

/* Those that are seen: a spot holds one */
static void
place_points (Cloud *cloud)
{
  const CptChartData *data = cloud->context->data;
  double spot = SPOT * cloud->context->em;
  guint n_columns = (guint) (cloud->plot.width / spot) + 1;
  guint n_rows = (guint) (cloud->plot.height / spot) + 1;
  g_autofree guint8 *taken = g_new0 (guint8, (gsize) n_columns * n_rows);

  for (guint i = 0; i < data->categories->len; i++)
    {
      Point point = { .category = i };
      double across, up;
      gsize place;

      if (!get_pair (data, i, &across, &up) || (cloud->across.ticks.is_log && across <= 0) ||
          (cloud->up.ticks.is_log && up <= 0))
        continue;
      point.x = cpt_value_axis_map (&cloud->across, across);
      point.y = cpt_value_axis_map (&cloud->up, up);
      place = (gsize) ((point.y - cloud->plot.y) / spot) * n_columns + (gsize) ((point.x - cloud->plot.x) / spot);
      if (place >= (gsize) n_columns * n_rows || taken[place])
        continue;
      taken[place] = 1;
      g_array_append_val (cloud->points, point);
    }
}

static void
draw_points (const Cloud *cloud)
{
  CptChartContext *context = cloud->context;
  double em = context->em;
  double radius = (cloud->points->len > 400 ? 0.6 : 1) * DOT * em;
  CptChartColor ink = cpt_chart_get_ink (context, &context->style->accent);
  cairo_t *cr = context->cr;

  for (guint i = 0; i < cloud->points->len; i++)
    {
      const Point *point = &g_array_index (cloud->points, Point, i);
      CptChartRect reach = { point->x - REACH * em, point->y - REACH * em, 2 * REACH * em, 2 * REACH * em };

      cairo_new_path (cr);
      cairo_arc (cr, point->x, point->y, radius, 0, 2 * G_PI);
      cpt_chart_set_color (cr, &ink);
      cairo_fill_preserve (cr);
      cairo_set_line_width (cr, 0.08 * em);
      cpt_chart_set_color (cr, &context->style->background);
      cairo_stroke (cr);
      cpt_chart_add_mark (context, UP, (int) point->category, &reach, point->x, point->y);
    }
}

static gboolean
overlap (const CptChartRect *a,
         const CptChartRect *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height && b->y < a->y + a->height;
}

/* Neither over a name nor over a point nor outside */
static gboolean
is_free (const Cloud        *cloud,
         const GArray       *names,
         const CptChartRect *area)
{
  double radius = DOT * cloud->context->em;

  if (area->x < cloud->plot.x || area->y < cloud->plot.y || area->x + area->width > cloud->context->width ||
      area->y + area->height > cloud->plot.y + cloud->plot.height)
    return FALSE;

  for (guint i = 0; i < names->len; i++)
    if (overlap (area, &g_array_index (names, CptChartRect, i)))
      return FALSE;

  for (guint i = 0; i < cloud->points->len; i++)
    {
      const Point *point = &g_array_index (cloud->points, Point, i);
      CptChartRect dot = { point->x - radius, point->y - radius, 2 * radius, 2 * radius };

      if (overlap (area, &dot))
        return FALSE;
    }

  return TRUE;
}

/* Right of the point, else left of it */
static void
draw_names (const Cloud *cloud)
{
  CptChartContext *context = cloud->context;
  double em = context->em;
  g_autoptr(GArray) names = g_array_new (FALSE, FALSE, sizeof (CptChartRect));

  for (guint i = 0; i < cloud->points->len && cloud->points->len <= MAX_NAMED && context->width >= NARROW * em; i++)
    {
      const Point *point = &g_array_index (cloud->points, Point, i);
      g_autofree char *text = cpt_chart_data_dup_label (context->data, point->category);
      CptTextStyle style = { .scale = 0.92, .color = context->style->foreground };
      double width = cpt_chart_measure (context, text, &style);
      CptChartRect right = { point->x + 0.6 * em, point->y - 0.75 * em, width + 0.2 * em, 1.5 * em };
      CptChartRect left = { point->x - 0.8 * em - width, right.y, right.width, right.height };
      const CptChartRect *area = is_free (cloud, names, &right) ? &right : &left;

      if (area == &left && !is_free (cloud, names, &left))
        continue;
      cpt_chart_draw_text_middle (context, text, &style, area->x + (area == &left ? 0.2 * em : 0), point->y);
      g_array_append_val (names, *area);
    }
}

static void
draw_scatter (CptChartContext *context)
{
  g_autoptr(GArray) points = g_array_new (FALSE, FALSE, sizeof (Point));
  Cloud cloud = { .points = points };

  init_cloud (&cloud, context);
  place_points (&cloud);
  cpt_value_axis_draw (context, &cloud.up, &cloud.plot, TRUE);
  cpt_value_axis_draw (context, &cloud.across, &cloud.plot, FALSE);
  draw_titles (&cloud);
  draw_points (&cloud);
  draw_names (&cloud);
  context->layout->plot = cloud.plot;
}

/* ---- words ---- */

/* How both go together, -1 to 1 (Pearson), of values brought to 0 to 1 first,
 * so that none is too large; NAN where it can't be told */
static double
get_correlation (const CptChartData *data)
{
  double low[2], high[2];
  double n = get_range (data, ACROSS, &low[ACROSS], &high[ACROSS]);
  double sums[2] = { 0, 0 };
  double squares[2] = { 0, 0 };
  double products = 0;

  get_range (data, UP, &low[UP], &high[UP]);
  for (guint i = 0; i < data->categories->len; i++)
    {
      double pair[2];

      if (!get_pair (data, i, &pair[ACROSS], &pair[UP]))
        continue;
      for (guint s = 0; s < G_N_ELEMENTS (pair); s++)
        {
          pair[s] = (pair[s] / 2 - low[s] / 2) / (high[s] / 2 - low[s] / 2);
          sums[s] += pair[s];
          squares[s] += pair[s] * pair[s];
        }
      products += pair[ACROSS] * pair[UP];
    }

  return (n * products - sums[ACROSS] * sums[UP]) /
         (sqrt (n * squares[ACROSS] - sums[ACROSS] * sums[ACROSS]) * sqrt (n * squares[UP] - sums[UP] * sums[UP]));
}

static char *
summarize_scatter (const CptChart *chart)
{
  double low, high;
  guint n = get_range (chart->data, ACROSS, &low, &high);
  double correlation = get_correlation (chart->data);
  const char *title = cpt_chart_get_title (chart);
  const char *across = get_label (chart, ACROSS);
  const char *up = get_label (chart, UP);
  g_autofree char *count = g_strdup_printf (ngettext ("%u point", "%u points", n), n);

  if (n >= MIN_POINTS && correlation >= CLEAR)
    /* Translators: title, "12 points", names of two measures */
    return g_strdup_printf (_("%s: %s, %s and %s rise together."), title, count, across, up);
  if (n >= MIN_POINTS && correlation <= -CLEAR)
    /* Translators: title, "12 points", names of two measures */
    return g_strdup_printf (_("%s: %s, where %s rises, %s falls."), title, count, across, up);

  /* Translators: title, "12 points", names of two measures */
  return g_strdup_printf (_("%s: %s, %s and %s without a clear relation."), title, count, across, up);
}

static char *
describe_point (const CptChart     *chart,
                const CptChartMark *mark)
{
  const CptChartData *data = chart->data;
  guint category = (guint) mark->category;
  g_autofree char *name = cpt_chart_data_dup_label (data, category);
  double values[2];
  g_autofree char *across = NULL;
  g_autofree char *up = NULL;

  get_pair (data, category, &values[ACROSS], &values[UP]);
  across = cpt_chart_format_spoken (cpt_chart_data_get_unit (data, ACROSS), values[ACROSS]);
  up = cpt_chart_format_spoken (cpt_chart_data_get_unit (data, UP), values[UP]);

  /* Translators: a point; a measure and its value; another one and its value */
  return g_strdup_printf (_("%s: %s %s, %s %s"), name, get_label (chart, ACROSS), across, get_label (chart, UP), up);
}

static char *
annotate_points (const CptChart *chart)
{
  return cpt_chart_annotate_scales (chart, scales[ACROSS], scales[UP]);
}

static const CptChartOption options[] = {
  { "scale", N_("Scale upwards"), cpt_chart_scales, "linear" },
  { "scale_across", N_("Scale across"), cpt_chart_scales, "linear" },
  { NULL },
};

const CptChartKind cpt_chart_scatter = {
  .name = "scatter",
  .label = N_("Scatter"),
  .description = N_("How two measures go together"),
  .icon_name = "cpt-chart-scatter-symbolic",
  .needs = CPT_CHART_NEEDS_DIMENSION | CPT_CHART_NEEDS_PAIR,
  .min_columns = 3,
  .min_rows = 3,
  .default_columns = 6,
  .default_rows = 5,
  .refuse = refuse_pairs,
  .options = options,
  .annotate = annotate_points,
  .draw = draw_scatter,
  .summarize = summarize_scatter,
  .describe = describe_point,
};
