/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bars, standing or lying, beside each other or stacked. They always start at
 * zero. Lying bars give long labels their room, so they are taken by default
 * wherever standing ones would have to cut labels. */
#include "config.h"
#include "cpt-chart-private.h"

#include <glib/gi18n-lib.h>

/* In units of the font size */
#define MIN_BAND 0.9
#define MAX_BAR_WIDTH 4.5
#define MIN_ROW_HEIGHT 1.55
#define MAX_ROW_HEIGHT 4.2
#define MAX_BAR_HEIGHT 1.8
#define RADIUS 0.28
#define NARROW 30

/* Most bars that get their value written on them */
#define MAX_DIRECT 14

/* Both directions speak of bands (the place of a category) and of a value
 * axis across them. */
typedef struct
{
  CptChartContext *context;
  CptBands bands;
  CptValueAxis axis;
  gboolean lying;
  gboolean stacked;
  gboolean log;
  gboolean direct; /* values beside the bars rather than an axis */
  double label_width;
  double value_width;
} Bars;

static char *
format_direct (CptChartContext *context,
               double           value,
               gboolean         in_full)
{
  const CptChartUnit *unit = &context->data->unit;

  return in_full ? cpt_chart_format_value (unit, value) : cpt_chart_format_short (unit, value);
}

/* The value that a direct label names: of the one bar, or of the whole stack */
static double
get_band_value (const Bars *bars,
                guint       category)
{
  const CptChartData *data = bars->context->data;
  double sum = 0;
  gboolean any = FALSE;

  if (!bars->stacked)
    return cpt_chart_data_get_value (data, 0, category);

  for (guint s = 0; s < data->series->len; s++)
    {
      double value = cpt_chart_data_get_value (data, s, category);

      if (isnan (value))
        continue;
      sum += value;
      any = TRUE;
    }

  return any ? sum : NAN;
}

static double
measure_values (const Bars *bars,
                gboolean    in_full)
{
  CptTextStyle style = { .bold = FALSE };
  double widest = 0;

  for (guint i = 0; i < bars->bands.count; i++)
    {
      double value = get_band_value (bars, cpt_bands_get_category (&bars->bands, i));
      g_autofree char *text = format_direct (bars->context, value, in_full);

      widest = MAX (widest, cpt_chart_measure (bars->context, text, &style));
    }

  return widest;
}

static double
measure_labels (const Bars *bars)
{
  CptTextStyle style = { 0 };
  double widest = 0;

  for (guint i = 0; i < bars->bands.count; i++)
    {
      g_autofree char *text = cpt_chart_data_dup_label (bars->context->data, cpt_bands_get_category (&bars->bands, i));

      widest = MAX (widest, cpt_chart_measure (bars->context, text, &style));
    }

  return widest;
}

/* From zero, or from the bars below in a stack */
static void
get_bar_ends (const Bars *bars,
              guint       series,
              guint       category,
              double     *from,
              double     *to)
{
  const CptChartData *data = bars->context->data;
  double value = cpt_chart_data_get_value (data, series, category);
  double base = 0;

  for (guint s = 0; bars->stacked && s < series; s++)
    {
      double below = cpt_chart_data_get_value (data, s, category);

      if (!isnan (below) && (below < 0) == (value < 0))
        base += below;
    }
  /* On a logarithmic scale 0 is the start of the axis */
  *from = cpt_value_axis_map (&bars->axis, base);
  *to = cpt_value_axis_map (&bars->axis, base + value);
}

/* Whether no other part of the stack lies further out */
static gboolean
is_outermost (const Bars *bars,
              guint       series,
              guint       category)
{
  const CptChartData *data = bars->context->data;
  gboolean negative = cpt_chart_data_get_value (data, series, category) < 0;

  if (!bars->stacked)
    return TRUE;

  for (guint s = series + 1; s < data->series->len; s++)
    {
      double value = cpt_chart_data_get_value (data, s, category);

      if (!isnan (value) && value != 0 && (value < 0) == negative)
        return FALSE;
    }

  return TRUE;
}

static CptCorner
get_corners (const Bars *bars,
             guint       series,
             guint       category)
{
  gboolean negative = cpt_chart_data_get_value (bars->context->data, series, category) < 0;

  if (!is_outermost (bars, series, category))
    return CPT_CORNER_NONE;
  if (bars->lying)
    return negative ? CPT_CORNER_LEFT : CPT_CORNER_RIGHT;

  return negative ? CPT_CORNER_BOTTOM : CPT_CORNER_TOP;
}

/* The bar of @series in a band that starts at @start */
static CptChartRect
get_bar_rect (const Bars *bars,
              guint       series,
              guint       category,
              double      start)
{
  CptChartContext *context = bars->context;
  guint n_side = bars->stacked ? 1 : context->data->series->len;
  double fill = bars->bands.size < 6 ? 0.86 : 0.66;
  double widest = (bars->lying ? MAX_BAR_HEIGHT : MAX_BAR_WIDTH) * context->em;
  double gap = n_side > 1 && bars->bands.size > 12 ? 0.12 * context->em : 0;
  double thick = MIN (bars->bands.size * fill, widest * (n_side > 1 ? 0.6 * n_side : 1));
  double one = MAX ((thick - gap * (n_side - 1)) / n_side, 0.5);
  double across = start + (bars->bands.size - thick) / 2 + (bars->stacked ? 0 : series * (one + gap));
  double from, to;

  get_bar_ends (bars, series, category, &from, &to);
  if (bars->lying)
    return (CptChartRect){ MIN (from, to), across, fabs (to - from), one };

  return (CptChartRect){ across, MIN (from, to), one, fabs (to - from) };
}

/* What can be pointed at is never thinner than a finger's worth of pixels */
static CptChartRect
get_reach (const Bars         *bars,
           const CptChartRect *bar,
           double              start)
{
  double least = 0.5 * bars->context->em;
  CptChartRect reach = *bar;

  if (bars->context->data->series->len == 1)
    {
      if (bars->lying)
        return (CptChartRect){ bars->bands.plot.x, start, bars->bands.plot.width, bars->bands.size };
      return (CptChartRect){ start, bars->bands.plot.y, bars->bands.size, bars->bands.plot.height };
    }
  if (reach.height < least)
    {
      reach.y -= (least - reach.height) / 2;
      reach.height = least;
    }
  if (reach.width < least && bars->lying)
    {
      reach.x -= (least - reach.width) / 2;
      reach.width = least;
    }

  return reach;
}

static void
draw_bar (const Bars *bars,
          guint       series,
          guint       category,
          double      start)
{
  CptChartContext *context = bars->context;
  double value = cpt_chart_data_get_value (context->data, series, category);
  CptChartRect rect, reach;
  gboolean outward_end, is_drawn;

  if (isnan (value))
    return;

  rect = get_bar_rect (bars, series, category, start);
  is_drawn = bars->log ? value > 0 : value != 0;
  /* A hair above nothing must still be seen */
  if (is_drawn && (bars->lying ? rect.width : rect.height) < 1)
    {
      if (bars->lying)
        rect.width = 1;
      else
        {
          rect.y = value > 0 ? rect.y + rect.height - 1 : rect.y;
          rect.height = 1;
        }
    }
  if (is_drawn)
    {
      cpt_chart_path_rect (context->cr, &rect, RADIUS * context->em,
                           get_corners (bars, series, category));
      cpt_chart_fill_value (context, series, category);
    }

  reach = get_reach (bars, &rect, start);
  outward_end = value >= 0;
  if (bars->lying)
    cpt_chart_add_mark (context, series, category, &reach,
                        outward_end ? rect.x + rect.width : rect.x, rect.y + rect.height / 2);
  else
    cpt_chart_add_mark (context, series, category, &reach, rect.x + rect.width / 2,
                        outward_end ? rect.y : rect.y + rect.height);
}

static void
draw_bars (const Bars *bars)
{
  const CptChartData *data = bars->context->data;

  for (guint i = 0; i < bars->bands.count; i++)
    {
      double start = (bars->lying ? bars->bands.plot.y : bars->bands.plot.x) + i * bars->bands.size;
      guint category = cpt_bands_get_category (&bars->bands, i);

      for (guint s = 0; s < data->series->len; s++)
        draw_bar (bars, s, category, start);
    }
}

static void
init_axis (Bars   *bars,
           double  target)
{
  const CptChartData *data = bars->context->data;
  double min = 0, max = 0;

  if (bars->log)
    {
      cpt_chart_get_log_range (data, CPT_CHART_ALL_SERIES, &min, &max);
      cpt_value_axis_init_log (&bars->axis, &data->unit, min, max, target, TRUE);
      return;
    }

  cpt_chart_get_range (data, bars->stacked, TRUE, &min, &max);
  cpt_value_axis_init (&bars->axis, &data->unit, min, max, target);
  /* Without an axis there is no need for round ends */
  if (bars->lying && bars->direct)
    bars->axis.ticks = (CptTicks){ .start = min, .step = max > min ? max - min : 1, .count = 2 };
}

/* ---- standing ---- */

static void
draw_standing_values (const Bars *bars)
{
  CptChartContext *context = bars->context;
  CptTextStyle style = { .color = context->style->foreground, .anchor = CPT_ANCHOR_MIDDLE };

  for (guint i = 0; i < bars->bands.count; i++)
    {
      double value = get_band_value (bars, cpt_bands_get_category (&bars->bands, i));
      g_autofree char *text = NULL;
      double top;

      if (isnan (value))
        continue;
      text = format_direct (context, value, FALSE);
      top = cpt_value_axis_map (&bars->axis, MAX (value, 0));
      cpt_chart_draw_text (context, text, &style, cpt_bands_get_middle (&bars->bands, i),
                           top - 0.55 * context->em);
    }
}

/* Takes the bands that have room */
static void
cut_bands (Bars   *bars,
           double  room,
           double  least)
{
  cpt_bands_fit (&bars->bands, bars->context, room, least, bars->context->data->bucket != CPT_BUCKET_NONE && !bars->lying);
  cpt_bands_pick (&bars->bands, bars->stacked);
}

static void
draw_standing (Bars *bars)
{
  CptChartContext *context = bars->context;
  double em = context->em;
  double top = cpt_chart_draw_legend (context);
  double bottom = context->data->bucket != CPT_BUCKET_NONE ? cpt_date_axis_get_height (context)
                                                           : 1.8 * em;
  CptChartRect *plot = &bars->bands.plot;
  double left;
  guint n;

  *plot = (CptChartRect){ 0, top + 0.6 * em, context->width, context->height - top - 0.6 * em - bottom };
  init_axis (bars, plot->height / 45 + 1);

  n = context->data->categories->len;
  cut_bands (bars, plot->width, MIN_BAND * em);
  bars->direct = !bars->log && n <= MAX_DIRECT && (context->data->series->len == 1 || bars->stacked) &&
                 measure_values (bars, FALSE) + 0.5 * em < plot->width / n;
  left = bars->direct ? 0 : cpt_value_axis_measure (context, &bars->axis) + 1.0 * em;
  if (bars->direct)
    {
      plot->y += 1.1 * em;
      plot->height -= 1.1 * em;
    }
  plot->x = left;
  plot->width -= left;
  cut_bands (bars, plot->width, MIN_BAND * em);
  if (cpt_bands_are_cut (&bars->bands))
    {
      plot->y += 1.5 * em;
      plot->height -= 1.5 * em;
    }
  plot->height = MAX (plot->height, 1);
  bars->bands.size = plot->width / bars->bands.count;
  bars->axis.from = plot->y + plot->height;
  bars->axis.to = plot->y;

  if (bars->direct)
    {
      double zero = floor (cpt_value_axis_map (&bars->axis, 0)) + 0.5;

      cpt_chart_draw_line (context, plot->x, zero, plot->x + plot->width, zero,
                           &context->style->grid);
    }
  else
    cpt_value_axis_draw (context, &bars->axis, plot, TRUE);
  draw_bars (bars);
  cpt_chart_draw_target (context, &bars->axis, plot, bars->lying);
  if (bars->direct)
    draw_standing_values (bars);
  cpt_bands_draw_labels (&bars->bands);
  if (cpt_bands_are_cut (&bars->bands))
    {
      CptTextStyle style = { .color = context->style->muted, .anchor = CPT_ANCHOR_END };
      g_autofree char *more = cpt_bands_dup_rest (&bars->bands, bars->stacked);

      cpt_chart_draw_text_middle (context, more, &style, context->width, top + 0.7 * em);
    }
}

/* ---- lying ---- */

static void
draw_lying_labels (const Bars *bars)
{
  CptChartContext *context = bars->context;
  CptTextStyle label = { .color = context->style->foreground, .max_width = bars->label_width };
  CptTextStyle number = { .color = context->style->muted };
  gboolean in_full = bars->value_width >= measure_values (bars, TRUE);

  for (guint i = 0; i < bars->bands.count; i++)
    {
      double y = bars->bands.plot.y + (i + 0.5) * bars->bands.size;
      g_autofree char *text = cpt_chart_data_dup_label (context->data, cpt_bands_get_category (&bars->bands, i));
      double value = get_band_value (bars, cpt_bands_get_category (&bars->bands, i));
      g_autofree char *value_text = NULL;

      cpt_chart_draw_text_middle (context, text, &label, 0, y);
      if (!bars->direct || isnan (value))
        continue;
      value_text = format_direct (context, value, in_full);
      cpt_chart_draw_text_middle (context, value_text, &number,
                                  cpt_value_axis_map (&bars->axis, MAX (value, 0)) + 0.5 * context->em,
                                  y);
    }
}

static void
measure_lying (Bars *bars)
{
  CptChartContext *context = bars->context;
  double full;

  bars->label_width = MIN (measure_labels (bars),
                           (context->width < NARROW * context->em ? 0.46 : 0.38) * context->width);
  /* Lengths that are no sizes need an axis that says so */
  bars->direct = !bars->log && (context->data->series->len == 1 || bars->stacked);
  bars->value_width = 0;
  if (!bars->direct)
    return;

  full = measure_values (bars, TRUE);
  bars->value_width = full <= 0.26 * context->width ? full : measure_values (bars, FALSE);
}

static void
draw_lying (Bars *bars)
{
  CptChartContext *context = bars->context;
  double em = context->em;
  double top = cpt_chart_draw_legend (context);
  guint n_side = bars->stacked ? 1 : context->data->series->len;
  double least = MAX (MIN_ROW_HEIGHT, 0.75 * n_side + 0.4) * em;
  double room = context->height - top;
  double bottom = 0;
  CptChartRect *plot = &bars->bands.plot;

  if (bars->log || (context->data->series->len > 1 && !bars->stacked))
    bottom = 1.8 * em;
  cut_bands (bars, room - bottom, least);
  if (cpt_bands_are_cut (&bars->bands))
    {
      cut_bands (bars, room - bottom - 1.6 * em, least);
      bottom += 1.6 * em;
    }
  measure_lying (bars);

  plot->x = bars->label_width + 0.9 * em;
  plot->y = top;
  plot->width = MAX (context->width - plot->x - (bars->direct ? bars->value_width + 0.6 * em : 0.6 * em), 1);
  bars->bands.size = MIN ((room - bottom) / bars->bands.count, MAX (MAX_ROW_HEIGHT * em, least * 1.5));
  plot->height = bars->bands.size * bars->bands.count;
  init_axis (bars, plot->width / 90 + 1);
  bars->axis.from = plot->x;
  bars->axis.to = plot->x + plot->width;

  if (!bars->direct)
    cpt_value_axis_draw (context, &bars->axis, plot, FALSE);
  draw_bars (bars);
  cpt_chart_draw_target (context, &bars->axis, plot, bars->lying);
  draw_lying_labels (bars);
  if (cpt_bands_are_cut (&bars->bands))
    {
      CptTextStyle style = { .color = context->style->muted };
      g_autofree char *more = cpt_bands_dup_rest (&bars->bands, bars->stacked);

      cpt_chart_draw_text (context, more, &style, 0, context->height - 0.4 * em);
    }
}

/* Whether every label has room under its bar */
static gboolean
labels_fit_standing (const Bars *bars)
{
  guint n = bars->context->data->categories->len;
  double band = (bars->context->width - 4 * bars->context->em) / n;

  return band > 2 * bars->context->em && measure_labels (bars) + 0.6 * bars->context->em < band;
}

/* Whether there is more than one series on top of each other */
static gboolean
is_stack (const CptChart *chart)
{
  return cpt_chart_is_option (chart, "stacking", "stacked") && chart->data->series->len > 1;
}

static void
draw_bar_chart (CptChartContext *context)
{
  Bars bars = { .context = context, .bands = { .context = context, .stride = 1 } };

  /* Enough to see whether they fit: nothing is measured 50,000 times */
  bars.bands.count = MIN (context->data->categories->len, 100);
  bars.stacked = cpt_chart_is_option (context->chart, "stacking", "stacked");
  bars.log = !is_stack (context->chart) && cpt_chart_is_log (context->chart, "scale", CPT_CHART_ALL_SERIES);
  if (cpt_chart_is_option (context->chart, "orientation", "horizontal"))
    bars.lying = TRUE;
  else if (cpt_chart_is_option (context->chart, "orientation", "auto"))
    bars.lying = context->data->bucket == CPT_BUCKET_NONE && !labels_fit_standing (&bars);

  if (bars.lying)
    draw_lying (&bars);
  else
    draw_standing (&bars);
  context->layout->plot = bars.bands.plot;
  cpt_bands_clear (&bars.bands);
}

static char *
annotate_bars (const CptChart *chart)
{
  if (is_stack (chart) && cpt_chart_is_option (chart, "scale", "log"))
    return g_strdup (_("The scale stays linear: parts are stacked."));

  return cpt_chart_annotate_scales (chart, "scale", NULL);
}

static const CptChartChoice orientations[] = {
  { "auto", N_("Automatic") },
  { "vertical", N_("Vertical") },
  { "horizontal", N_("Horizontal") },
  { NULL },
};

static const CptChartChoice stackings[] = {
  { "grouped", N_("Side by side") },
  { "stacked", N_("Stacked") },
  { NULL },
};

static const CptChartOption options[] = {
  { "orientation", N_("Direction"), orientations, "auto" },
  { "stacking", N_("Series"), stackings, "grouped" },
  { "scale", N_("Scale"), cpt_chart_scales, "linear" },
  { "target", N_("Line at"), NULL, NULL },
  { NULL },
};

const CptChartKind cpt_chart_bar = {
  .name = "bar",
  .label = N_("Bars"),
  .description = N_("Compares categories or periods"),
  .icon_name = "cpt-chart-bar-symbolic",
  .needs = CPT_CHART_NEEDS_DIMENSION | CPT_CHART_NEEDS_SERIES,
  .min_columns = 2,
  .min_rows = 3,
  .default_columns = 6,
  .default_rows = 4,
  .options = options,
  .annotate = annotate_bars,
  .draw = draw_bar_chart,
  .summarize = cpt_chart_summarize_extremes,
};
