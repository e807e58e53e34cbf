/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bars and a line over the same categories, each with an axis of its own: two
 * measures that share nothing but what they are broken down by. Both axes have as
 * many ticks (cpt-chart-align.c), so that the grid lines are of both.
 * An axis says in the colour of its marks, and by name above it, what it is of. */
#include "config.h"
#include "cpt-chart-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-chart-sample.h"

/* In units of the font size */
#define MIN_BAND 0.9
#define MAX_BAR_WIDTH 4.5
#define RADIUS 0.28
#define LINE_WIDTH 0.17
#define DOT_RADIUS 0.28
#define MIN_PLOT 7.0
#define LEAST_BAR 0.25
#define SWATCH 0.75

/* A line with more points has no dots on them */
#define MAX_DOTS 40

enum
{
  BARS,
  LINE,
  N_SIDES
};

typedef struct
{
  CptChartContext *context;
  CptBands bands;
  CptValueAxis axes[N_SIDES];
  gboolean has_ticks[N_SIDES];
} Combo;

/* ---- the axes ---- */

static const char *const scale_options[N_SIDES] = { "scale", "line_scale" };

static void
init_axes (Combo  *combo,
           double  target)
{
  cpt_chart_align_axes (combo->context->chart, scale_options, target, combo->axes);
  for (int side = 0; side < N_SIDES; side++)
    {
      combo->axes[side].from = combo->bands.plot.y + combo->bands.plot.height;
      combo->axes[side].to = combo->bands.plot.y;
    }
}

/* Dark enough for words */
static CptChartColor
get_text_color (CptChartContext *context,
                guint            series)
{
  CptChartColor color = cpt_chart_get_color (context, series);

  for (int i = 0; i < 20 && cpt_chart_color_get_contrast (&color, &context->style->background) < 4.5; i++)
    color = cpt_chart_color_mix (&color, &context->style->foreground, 0.2);

  return color;
}

static void
draw_axes (const Combo *combo)
{
  CptChartContext *context = combo->context;
  const CptChartStyle *style = context->style;
  const CptChartRect *plot = &combo->bands.plot;
  CptChartColor zero = cpt_chart_color_mix (&style->grid, &style->muted, 0.5);
  double last = G_MAXDOUBLE;

  for (guint i = 0; i < combo->axes[BARS].ticks.count; i++)
    {
      double value = cpt_ticks_get_value (&combo->axes[BARS].ticks, i);
      double place = cpt_value_axis_map (&combo->axes[BARS], value);
      double y = floor (place) + 0.5;

      cpt_chart_draw_line (context, plot->x, y, plot->x + plot->width, y, value == 0 ? &zero : &style->grid);
      if (last - place < 1.4 * context->em)
        continue;
      last = place;
      for (int side = 0; side < N_SIDES; side++)
        {
          CptTextStyle text = { .color = get_text_color (context, (guint) side),
                                .anchor = side == BARS ? CPT_ANCHOR_END : CPT_ANCHOR_START };
          g_autofree char *label = cpt_chart_format_tick (combo->axes[side].unit, &combo->axes[side].ticks, i);
          double x = side == BARS ? plot->x - 0.7 * context->em : plot->x + plot->width + 0.7 * context->em;

          if (combo->has_ticks[side])
            cpt_chart_draw_text_middle (context, label, &text, x, place);
        }
    }
}

/* ---- the names ---- */

/* A bar, or a line with a dot on it */
static void
draw_swatch (CptChartContext *context,
             guint            series,
             double           x,
             double           y)
{
  double size = SWATCH * context->em;
  CptChartRect rect = { x, y - size / 2, size, size };
  CptChartColor color = cpt_chart_get_color (context, series);
  CptChartColor ink = cpt_chart_get_ink (context, &color);
  cairo_t *cr = context->cr;

  if (series == BARS)
    {
      cpt_chart_path_rect (cr, &rect, 0.2 * context->em, CPT_CORNER_ALL);
      cpt_chart_fill_series (context, series);
      return;
    }

  cairo_new_path (cr);
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x + size, y);
  cairo_set_line_width (cr, LINE_WIDTH * context->em);
  cpt_chart_set_color (cr, &ink);
  cairo_stroke (cr);
  cairo_arc (cr, x + size / 2, y, 0.22 * context->em, 0, 2 * G_PI);
  cairo_fill (cr);
}

static const char *
get_name (CptChartContext *context,
          guint            series)
{
  const char *label = cpt_chart_data_get_series (context->data, series)->label;

  return label != NULL ? label : cpt_chart_get_title (context->chart);
}

/* Above the axis that each is of, in a row of its own where both have no room in
 * one. Returns the height. */
static double
draw_names (CptChartContext *context)
{
  CptTextStyle style = { 0 };
  double swatch = (SWATCH + 0.4) * context->em;
  double first = cpt_chart_measure (context, get_name (context, BARS), &style);
  double second = cpt_chart_measure (context, get_name (context, LINE), &style);
  gboolean in_one = first + second + 2 * swatch + 1.5 * context->em <= context->width;
  double y = 0.6 * context->em;

  if (context->without_text || context->height < 9 * context->em)
    return 0;

  style.color = get_text_color (context, BARS);
  style.max_width = context->width - swatch;
  draw_swatch (context, BARS, 0, y);
  cpt_chart_draw_text_middle (context, get_name (context, BARS), &style, swatch, y);
  if (!in_one)
    y += 1.6 * context->em;
  second = MIN (second, style.max_width);
  style.color = get_text_color (context, LINE);
  draw_swatch (context, LINE, context->width - second - swatch, y);
  cpt_chart_draw_text_middle (context, get_name (context, LINE), &style, context->width - second, y);

  return y + 1.4 * context->em;
}

/* ---- the room ---- */

/* The widest ticks go first when there is not much room */
static void
init_sides (Combo *combo)
{
  CptChartContext *context = combo->context;
  double widths[N_SIDES];
  double room;

  for (int side = 0; side < N_SIDES; side++)
    {
      combo->has_ticks[side] = !context->without_text;
      widths[side] = cpt_value_axis_measure (context, &combo->axes[side]) + 1.0 * context->em;
    }
  room = context->width - widths[BARS] - widths[LINE];
  if (room < MIN_PLOT * context->em && !context->without_text)
    {
      int dropped = widths[BARS] > widths[LINE] ? BARS : LINE;

      combo->has_ticks[dropped] = FALSE;
      combo->has_ticks[1 - dropped] = room + widths[dropped] >= MIN_PLOT * context->em;
    }

  combo->bands.plot.x = combo->has_ticks[BARS] ? widths[BARS] : 0;
  combo->bands.plot.width = context->width - combo->bands.plot.x - (combo->has_ticks[LINE] ? widths[LINE] : 0);
  combo->bands.plot.width = MAX (combo->bands.plot.width, 1);
}

static void
init_bands (Combo *combo)
{
  cpt_bands_fit (&combo->bands, combo->context, combo->bands.plot.width, MIN_BAND * combo->context->em,
                 combo->context->data->bucket != CPT_BUCKET_NONE);
  cpt_bands_pick (&combo->bands, FALSE);
  combo->bands.size = combo->bands.plot.width / combo->bands.count;
}

static void
init_plot (Combo *combo)
{
  CptChartContext *context = combo->context;
  double em = context->em;
  double top = draw_names (context);
  double bottom = context->data->bucket != CPT_BUCKET_NONE ? cpt_date_axis_get_height (context) : 1.8 * em;
  CptChartRect *plot = &combo->bands.plot;

  *plot = (CptChartRect){ 0, top + 0.6 * em, context->width, MAX (context->height - top - 0.6 * em - bottom, 1) };
  init_axes (combo, plot->height / 50 + 1);
  init_sides (combo);
  init_bands (combo);
  if (cpt_bands_are_cut (&combo->bands))
    {
      CptTextStyle style = { .color = context->style->muted, .anchor = CPT_ANCHOR_END };
      g_autofree char *more = cpt_chart_format_more (context->data->categories->len - combo->bands.count);

      plot->height = MAX (plot->height - 1.5 * em, 1);
      cpt_chart_draw_text_middle (context, more, &style, context->width, context->height - 0.6 * em);
      init_axes (combo, plot->height / 50 + 1);
    }
}

/* ---- bars, line and labels ---- */

/* The line has a point for each category, also where several share a place */
static guint
count_points (const Combo *combo)
{
  return combo->bands.stride > 1 ? combo->context->data->categories->len : combo->bands.count;
}

static guint
get_category (const Combo *combo,
              guint        point)
{
  return combo->bands.stride > 1 ? point : cpt_bands_get_category (&combo->bands, point);
}

static void
draw_bar (const Combo *combo,
          guint        category,
          double       x)
{
  CptChartContext *context = combo->context;
  double value = cpt_chart_data_get_value (context->data, BARS, category);
  double width = MIN (combo->bands.size * (combo->bands.size < 6 ? 0.86 : 0.66), MAX_BAR_WIDTH * context->em);
  double zero = cpt_value_axis_map (&combo->axes[BARS], 0);
  CptChartRect strip = { x - combo->bands.size / 2, combo->bands.plot.y, combo->bands.size, combo->bands.plot.height };
  gboolean is_log = combo->axes[BARS].ticks.is_log;
  double least = is_log ? LEAST_BAR * context->em : 1;
  gboolean is_drawn;
  CptChartRect bar;
  double end;

  if (isnan (value))
    return;

  end = cpt_value_axis_map (&combo->axes[BARS], value);
  is_drawn = is_log ? value > 0 : value != 0;
  /* A hair above nothing must still be seen, and so must what a logarithmic axis starts with */
  if (is_drawn && fabs (end - zero) < least)
    end = value > 0 ? zero - least : zero + least;
  bar = (CptChartRect){ x - width / 2, MIN (zero, end), MAX (width, 0.5), fabs (end - zero) };
  if (is_drawn)
    {
      cpt_chart_path_rect (context->cr, &bar, RADIUS * context->em, value < 0 ? CPT_CORNER_BOTTOM : CPT_CORNER_TOP);
      cpt_chart_fill_value (context, BARS, category);
    }
  cpt_chart_add_mark (context, BARS, (int) category, &strip, x, end);
}

static void
draw_dot (const Combo *combo,
          double       x,
          double       y)
{
  CptChartContext *context = combo->context;
  CptChartColor color = cpt_chart_get_color (context, LINE);
  CptChartColor ink = cpt_chart_get_ink (context, &color);
  cairo_t *cr = context->cr;

  cairo_new_path (cr);
  cairo_arc (cr, x, y, DOT_RADIUS * context->em, 0, 2 * G_PI);
  cpt_chart_set_color (cr, &context->style->background);
  cairo_fill_preserve (cr);
  cpt_chart_set_color (cr, &ink);
  cairo_set_line_width (cr, 0.13 * context->em);
  cairo_stroke (cr);
}

/* Which parts of the line */
typedef enum
{
  PART_SOLID = 1 << 0,
  PART_DASHED = 1 << 1, /* that lead to what is only so far */
} LinePart;

static void
path_line (const Combo  *combo,
           const double *values,
           const double *xs,
           const GArray *indices,
           LinePart      parts)
{
  const CptChartData *data = combo->context->data;
  cairo_t *cr = combo->context->cr;
  gboolean open = FALSE;

  cairo_new_path (cr);
  for (guint i = 0; i < indices->len; i++)
    {
      guint index = g_array_index (indices, guint, i);
      LinePart part = cpt_chart_data_is_running (data, LINE, get_category (combo, index)) ? PART_DASHED : PART_SOLID;
      double y;

      if (isnan (values[index]))
        {
          open = FALSE;
          continue;
        }
      y = cpt_value_axis_map (&combo->axes[LINE], values[index]);
      if (open && (part & parts))
        cairo_line_to (cr, xs[index], y);
      else
        cairo_move_to (cr, xs[index], y);
      open = TRUE;
    }
}

/* The line twice: first broader, in the colour of the ground, so that it is told
 * from the bars that it crosses */
static void
stroke_line (const Combo  *combo,
             const double *values,
             const double *xs,
             const GArray *indices)
{
  static const double dashes[] = { 6, 3 };
  CptChartContext *context = combo->context;
  CptChartColor color = cpt_chart_get_color (context, LINE);
  CptChartColor ink = cpt_chart_get_ink (context, &color);
  cairo_t *cr = context->cr;

  cairo_save (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cr, 2.6 * LINE_WIDTH * context->em);
  cpt_chart_set_color (cr, &context->style->background);
  path_line (combo, values, xs, indices, PART_SOLID | PART_DASHED);
  cairo_stroke (cr);
  cairo_set_line_width (cr, LINE_WIDTH * context->em);
  cpt_chart_set_color (cr, &ink);
  path_line (combo, values, xs, indices, PART_SOLID);
  cairo_stroke (cr);
  if (context->data->running != CPT_CHART_NONE_RUNNING)
    {
      path_line (combo, values, xs, indices, PART_DASHED);
      cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
      cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
      cairo_stroke (cr);
    }
  cairo_restore (cr);
}

/* A point that the line does not lead to is always a dot */
static gboolean
is_lonely (const double *values,
           guint         n,
           guint         i)
{
  return (i == 0 || isnan (values[i - 1])) && (i + 1 == n || isnan (values[i + 1]));
}

static void
add_point (const Combo *combo,
           guint        point,
           double       x,
           double       y)
{
  double half = MAX (combo->bands.size, 1) / 2;
  CptChartRect strip = { x - half, combo->bands.plot.y, 2 * half, combo->bands.plot.height };

  cpt_chart_add_mark (combo->context, LINE, (int) get_category (combo, point), &strip, x, y);
}

static void
draw_line (const Combo *combo)
{
  CptChartContext *context = combo->context;
  const CptChartRect *plot = &combo->bands.plot;
  guint n = count_points (combo);
  g_autofree double *values = g_new (double, n);
  g_autofree double *xs = g_new (double, n);
  g_autoptr(GArray) indices = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean has_dots = n <= MAX_DOTS && combo->bands.size > 1.6 * context->em;

  for (guint i = 0; i < n; i++)
    {
      xs[i] = cpt_bands_get_middle (&combo->bands, (double) i / combo->bands.stride);
      values[i] = cpt_chart_data_get_value (context->data, LINE, get_category (combo, i));
      /* What has no place on a logarithmic axis breaks the line; it can be read all the same */
      if (combo->axes[LINE].ticks.is_log && values[i] <= 0)
        {
          add_point (combo, i, xs[i], plot->y + plot->height);
          values[i] = NAN;
        }
    }
  cpt_chart_sample_m4 (xs, values, n, (guint) CLAMP (plot->width * MAX (context->style->sampling, 0.1), 1, 20000), indices);
  stroke_line (combo, values, xs, indices);
  for (guint i = 0; i < indices->len; i++)
    {
      guint index = g_array_index (indices, guint, i);
      double y;

      if (isnan (values[index]))
        continue;
      y = cpt_value_axis_map (&combo->axes[LINE], values[index]);
      if (has_dots || is_lonely (values, n, index))
        draw_dot (combo, xs[index], y);
      add_point (combo, index, xs[index], y);
    }
}

static int
compare_marks (gconstpointer a,
               gconstpointer b)
{
  const CptChartMark *first = a;
  const CptChartMark *second = b;

  /* From left to right: where the largest are picked that is not the order of the data */
  if (fabs (first->x - second->x) > 0.01)
    return first->x < second->x ? -1 : 1;

  return first->series - second->series;
}

static void
draw_combo (CptChartContext *context)
{
  Combo combo = { .context = context };

  init_plot (&combo);
  draw_axes (&combo);
  for (guint i = 0; i < combo.bands.count; i++)
    draw_bar (&combo, cpt_bands_get_category (&combo.bands, i), cpt_bands_get_middle (&combo.bands, i));
  cpt_chart_draw_target (context, &combo.axes[BARS], &combo.bands.plot, FALSE);
  draw_line (&combo);
  cpt_bands_draw_labels (&combo.bands);
  g_array_sort (context->layout->marks, compare_marks);
  context->layout->plot = combo.bands.plot;
  cpt_bands_clear (&combo.bands);
}

/* ---- words ---- */

static const char *
refuse_combo (const CptChart *chart)
{
  if (chart->data->series->len < N_SIDES)
    return _("Bars and a line need two measures; choose a second one.");

  return NULL;
}

static char *
summarize_both (const CptChart *chart)
{
  guint n = chart->data->categories->len;
  g_autofree char *count = g_strdup_printf (ngettext ("%u value", "%u values", n), n);
  g_autofree char *bars = cpt_chart_summarize_highest (chart, BARS);
  g_autofree char *line = cpt_chart_summarize_highest (chart, LINE);

  if (bars == NULL && line == NULL)
    return g_strdup_printf (_("%s: %s."), cpt_chart_get_title (chart), count);
  if (bars == NULL || line == NULL)
    return g_strdup_printf (_("%s: %s, %s."), cpt_chart_get_title (chart), count, bars != NULL ? bars : line);

  /* Translators: title, "12 values", the highest value of each of two measures */
  return g_strdup_printf (_("%s: %s, %s, %s."), cpt_chart_get_title (chart), count, bars, line);
}

static char *
summarize_combo (const CptChart *chart)
{
  return cpt_chart_tell_running (chart, summarize_both (chart));
}

static char *
annotate_combo (const CptChart *chart)
{
  return cpt_chart_annotate_scales (chart, scale_options[BARS], scale_options[LINE]);
}

static const CptChartOption options[] = {
  { "scale", N_("Scale of the bars"), cpt_chart_scales, "linear" },
  { "line_scale", N_("Scale of the line"), cpt_chart_scales, "linear" },
  { "target", N_("Line at"), NULL, NULL },
  { NULL },
};

const CptChartKind cpt_chart_combo = {
  .name = "combo",
  .label = N_("Bars and line"),
  .description = N_("Two measures of different units, each with its own axis"),
  .icon_name = "cpt-chart-combo-symbolic",
  .needs = CPT_CHART_NEEDS_DIMENSION | CPT_CHART_NEEDS_PAIR,
  .min_columns = 3,
  .min_rows = 3,
  .default_columns = 6,
  .default_rows = 4,
  .options = options,
  .refuse = refuse_combo,
  .annotate = annotate_combo,
  .draw = draw_combo,
  .summarize = summarize_combo,
};
