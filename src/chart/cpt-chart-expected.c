/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a line is expected to do: bands behind it, and signs at the points that
 * did otherwise. A sign is a ring and an arrow, so that it is told without
 * colours. */
#include "config.h"
#include "cpt-chart-private.h"

#include <glib/gi18n-lib.h>

/* How much of the colour of a line is in its band */
#define BAND_PART 0.2

/* In units of the font size */
#define RING 0.5
#define RING_WIDTH 0.13
#define ARROW_DISTANCE 0.85
#define ARROW 0.3

typedef struct
{
  double x;
  double low;
  double high;
} Edge;

static void
fill_stretch (CptChartContext *context,
              const GArray    *edges)
{
  cairo_t *cr = context->cr;
  double half = 0.35 * context->em;

  cairo_new_path (cr);
  if (edges->len == 1)
    {
      const Edge *edge = &g_array_index (edges, Edge, 0);

      cairo_rectangle (cr, edge->x - half, edge->high, 2 * half, edge->low - edge->high);
    }
  else
    {
      for (guint i = 0; i < edges->len; i++)
        cairo_line_to (cr, g_array_index (edges, Edge, i).x, g_array_index (edges, Edge, i).high);
      for (guint i = edges->len; i > 0; i--)
        cairo_line_to (cr, g_array_index (edges, Edge, i - 1).x, g_array_index (edges, Edge, i - 1).low);
      cairo_close_path (cr);
    }
  cairo_fill (cr);
}

void
cpt_chart_draw_band (CptChartContext    *context,
                     const CptValueAxis *axis,
                     guint               series,
                     const double       *xs,
                     const GArray       *indices)
{
  g_autoptr(GArray) edges = NULL;
  CptChartColor line = cpt_chart_get_color (context, series);
  CptChartColor color = cpt_chart_color_mix (&context->style->background, &line, BAND_PART);

  if (cpt_chart_data_get_series (context->data, series)->bands == NULL)
    return;

  edges = g_array_new (FALSE, FALSE, sizeof (Edge));
  cpt_chart_set_color (context->cr, &color);
  for (guint i = 0; i < indices->len; i++)
    {
      guint index = g_array_index (indices, guint, i);
      double low, high;

      if (cpt_chart_data_get_band (context->data, series, index, &low, &high))
        {
          Edge edge = { xs[index], cpt_value_axis_map (axis, low), cpt_value_axis_map (axis, high) };

          g_array_append_val (edges, edge);
          continue;
        }
      if (edges->len > 0)
        fill_stretch (context, edges);
      g_array_set_size (edges, 0);
    }
  if (edges->len > 0)
    fill_stretch (context, edges);
}

static void
draw_sign (CptChartContext    *context,
           const CptChartRect *plot,
           double              x,
           double              y,
           gboolean            is_high)
{
  cairo_t *cr = context->cr;
  double em = context->em;
  double sign = is_high ? -1 : 1;
  double tip = y + sign * (ARROW_DISTANCE + ARROW) * em;
  CptChartColor ink = cpt_chart_get_ink (context, &context->style->foreground);

  cpt_chart_set_color (cr, &ink);
  cairo_new_path (cr);
  cairo_arc (cr, x, y, RING * em, 0, 2 * G_PI);
  cairo_set_line_width (cr, RING_WIDTH * em);
  cairo_stroke (cr);
  if (tip < plot->y || tip > plot->y + plot->height)
    return;

  cairo_move_to (cr, x, tip);
  cairo_line_to (cr, x - ARROW * em, y + sign * ARROW_DISTANCE * em - sign * 0.1 * em);
  cairo_line_to (cr, x + ARROW * em, y + sign * ARROW_DISTANCE * em - sign * 0.1 * em);
  cairo_close_path (cr);
  cairo_fill (cr);
}

void
cpt_chart_draw_flags (CptChartContext    *context,
                      const CptValueAxis *axis,
                      guint               series,
                      const double       *xs,
                      const CptChartRect *plot)
{
  const GArray *flags = cpt_chart_data_get_series (context->data, series)->flags;

  for (guint i = 0; flags != NULL && i < MIN (flags->len, context->data->categories->len); i++)
    {
      CptChartFlag flag = cpt_chart_data_get_flag (context->data, series, i);
      double value = cpt_chart_data_get_value (context->data, series, i);

      if (flag != CPT_CHART_FLAG_NONE && !isnan (value))
        draw_sign (context, plot, xs[i], cpt_value_axis_map (axis, value), flag == CPT_CHART_FLAG_HIGH);
    }
}

/* "… (forecast, between €8,000 and €12,000)" */
static char *
describe_forecast (const CptChart     *chart,
                   const CptChartMark *mark,
                   const char         *value)
{
  const CptChartUnit *unit = cpt_chart_data_get_unit (chart->data, (guint) mark->series);
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  double low, high;

  if (!cpt_chart_data_get_band (chart->data, (guint) mark->series, (guint) mark->category, &low, &high))
    /* Translators: what a point of a chart says: "November: 12 deals" */
    return g_strdup_printf (_("%s (forecast)"), value);

  from = cpt_chart_format_value (unit, low);
  to = cpt_chart_format_spoken (unit, high);

  /* Translators: "November: 12 deals (forecast, between 9 and 15 deals)" */
  return g_strdup_printf (_("%s (forecast, between %s and %s)"), value, from, to);
}

char *
cpt_chart_describe_expected (const CptChart     *chart,
                             const CptChartMark *mark)
{
  g_autofree char *value = cpt_chart_describe_value (chart, mark);

  if (cpt_chart_data_is_forecast (chart->data, (guint) mark->series, (guint) mark->category))
    return describe_forecast (chart, mark, value);

  switch (cpt_chart_data_get_flag (chart->data, (guint) mark->series, (guint) mark->category))
    {
    case CPT_CHART_FLAG_HIGH:
      /* Translators: what a point of a chart says: "November: 12 deals" */
      return g_strdup_printf (_("%s (unusually high)"), value);

    case CPT_CHART_FLAG_LOW:
      return g_strdup_printf (_("%s (unusually low)"), value);

    case CPT_CHART_FLAG_NONE:
    default:
      return g_steal_pointer (&value);
    }
}

char *
cpt_chart_summarize_expected (const CptChart *chart)
{
  const CptChartData *data = chart->data;
  g_autofree char *measured = cpt_chart_summarize_extremes (chart);

  for (guint s = 0; s < data->series->len; s++)
    for (guint i = data->categories->len; i > 0 && cpt_chart_data_is_forecast (data, s, i - 1); i--)
      {
        double value = cpt_chart_data_get_value (data, s, i - 1);
        g_autofree char *label = NULL;
        g_autofree char *text = NULL;

        if (isnan (value))
          continue;
        label = cpt_chart_data_dup_label (data, i - 1);
        text = cpt_chart_format_spoken (cpt_chart_data_get_unit (data, s), value);

        /* Translators: a sentence on a chart; then the last period of a forecast and its value */
        return g_strdup_printf (_("%s Forecast for %s: %s."), measured, label, text);
      }

  return g_steal_pointer (&measured);
}
