/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A matrix whose cells are the darker the more there is: categories across,
 * series down; or the days of a calendar, a column for each week. Cells go
 * from the ground to the accent, so that lightness alone tells the order; what
 * is below zero goes to another colour. Where they have room, cells carry
 * their number. */
#include "config.h"
#include "cpt-chart-private.h"

#include <glib/gi18n-lib.h>

#define N_DAYS 7

/* In units of the font size */
#define MIN_COLUMN 1.0
#define MIN_ROW 1.2
#define MAX_ROW 3.2
#define MAX_CELL 2.4
#define MIN_DAY 0.72
#define MAX_LABEL 8.0
#define LINE 1.6
#define LEGEND_WIDTH 7.0

#define PALEST 0.1

/* A place in the palette that is told from the accent by every eye */
#define BELOW_ZERO 5

typedef struct
{
  CptChartContext *context;
  double low;
  double high;
  double left;
  double top;
  double cell_width;
  double cell_height;
  guint first; /* category of the first column */
  guint n_columns;
  guint n_rows;
  gboolean has_values;
} Heat;

static gboolean
is_calendar (const CptChartData *data)
{
  return data->bucket == CPT_BUCKET_DAY && data->series->len == 1;
}

/* ---- cells ---- */

static CptChartColor
get_cell_color (const Heat *heat,
                double      value)
{
  const CptChartStyle *style = heat->context->style;
  double largest = MAX (fabs (heat->low), fabs (heat->high));
  double share;

  if (heat->low < 0)
    share = largest > 0 ? fabs (value) / largest : 0;
  else
    share = heat->high > heat->low ? (value - heat->low) / (heat->high - heat->low) : 1;

  return cpt_chart_color_mix (&style->background, value < 0 ? &style->palette[BELOW_ZERO] : &style->accent,
                              PALEST + (1 - PALEST) * CLAMP (share, 0, 1));
}

/* A cell without a value is a frame: it differs from one with nothing in it */
static void
draw_cell (const Heat         *heat,
           const CptChartRect *cell,
           guint               series,
           guint               category)
{
  CptChartContext *context = heat->context;
  double value = cpt_chart_data_get_value (context->data, series, category);
  double gap = MIN (0.12 * context->em, 0.1 * cell->width);
  CptChartRect inner = { cell->x + gap / 2, cell->y + gap / 2, cell->width - gap, cell->height - gap };
  CptChartColor color;

  if (isnan (value))
    {
      inner = (CptChartRect){ inner.x + 0.5, inner.y + 0.5, inner.width - 1, inner.height - 1 };
      cpt_chart_path_rect (context->cr, &inner, 0.2 * context->em, CPT_CORNER_ALL);
      cairo_set_line_width (context->cr, 1);
      cpt_chart_set_color (context->cr, &context->style->grid);
      cairo_stroke (context->cr);
      return;
    }

  color = get_cell_color (heat, value);
  cpt_chart_fill_rect (context, &inner, 0.2 * context->em, CPT_CORNER_ALL, &color);
  if (heat->has_values)
    {
      CptTextStyle style = { .scale = 0.92, .color = cpt_chart_get_text_on (context, &color), .anchor = CPT_ANCHOR_MIDDLE };
      g_autofree char *text = cpt_chart_format_short (&context->data->unit, value);

      cpt_chart_draw_text_middle (context, text, &style, cell->x + cell->width / 2, cell->y + cell->height / 2);
    }
  cpt_chart_add_mark (context, (int) series, (int) category, cell, cell->x + cell->width / 2, cell->y + cell->height / 2);
}

/* The line at @y: how many cells have no room, and at its end the lowest and
 * the highest value with the colours between them */
static void
draw_legend (const Heat *heat,
             guint       n_hidden,
             double      y)
{
  CptChartContext *context = heat->context;
  const CptChartUnit *unit = &context->data->unit;
  double em = context->em;
  CptTextStyle start = { .scale = 0.92, .color = context->style->muted };
  CptTextStyle end = { .scale = 0.92, .color = context->style->muted, .anchor = CPT_ANCHOR_END };
  g_autofree char *more = n_hidden > 0 ? cpt_chart_format_more (n_hidden) : g_strdup ("");
  g_autofree char *low = cpt_chart_format_short (unit, heat->low);
  g_autofree char *high = cpt_chart_format_short (unit, heat->high);
  double right = context->width - cpt_chart_measure (context, high, &end) - 0.5 * em;
  double left = right - LEGEND_WIDTH * em;
  const int n_steps = 7;

  cpt_chart_draw_text_middle (context, more, &start, 0, y);
  if (heat->high <= heat->low || context->without_text ||
      left - cpt_chart_measure (context, low, &end) - 1.5 * em < cpt_chart_measure (context, more, &start))
    return;

  cpt_chart_draw_text_middle (context, high, &end, context->width, y);
  cpt_chart_draw_text_middle (context, low, &end, left - 0.5 * em, y);
  for (int i = 0; i < n_steps; i++)
    {
      CptChartRect step = { left + i * LEGEND_WIDTH * em / n_steps, y - 0.35 * em, LEGEND_WIDTH * em / n_steps, 0.7 * em };
      CptChartColor color = get_cell_color (heat, heat->low + (heat->high - heat->low) * i / (n_steps - 1));

      cpt_chart_fill_rect (context, &step, 0, CPT_CORNER_NONE, &color);
    }
}

/* ---- the matrix ---- */

static double
measure_rows (const Heat *heat)
{
  const CptChartData *data = heat->context->data;
  CptTextStyle style = { 0 };
  double widest = 0;

  for (guint s = 0; s < heat->n_rows; s++)
    {
      const char *label = cpt_chart_data_get_series (data, s)->label;

      if (label != NULL && data->series->len > 1)
        widest = MAX (widest, cpt_chart_measure (heat->context, label, &style));
    }

  return widest;
}

static gboolean
has_room_for_values (const Heat *heat)
{
  CptTextStyle style = { .scale = 0.92 };

  if (heat->cell_height < 1.4 * heat->context->em || heat->cell_width < 1.6 * heat->context->em)
    return FALSE;

  for (guint s = 0; s < heat->n_rows; s++)
    for (guint i = 0; i < heat->n_columns; i++)
      {
        double value = cpt_chart_data_get_value (heat->context->data, s, heat->first + i);
        g_autofree char *text = NULL;

        if (isnan (value))
          continue;
        text = cpt_chart_format_short (&heat->context->data->unit, value);
        if (cpt_chart_measure (heat->context, text, &style) > heat->cell_width - 0.5 * heat->context->em)
          return FALSE;
      }

  return TRUE;
}

static void
init_matrix (Heat *heat)
{
  CptChartContext *context = heat->context;
  const CptChartData *data = context->data;
  double em = context->em;
  double room;

  heat->n_columns = data->categories->len;
  heat->n_rows = data->series->len;
  heat->top = context->without_text || context->height < 9 * em ? 0 : LINE * em;
  room = context->height - heat->top - (context->without_text ? 0 : LINE * em);
  heat->n_rows = (guint) CLAMP (floor (room / (MIN_ROW * em)), 1, heat->n_rows);
  heat->cell_height = MIN (room / heat->n_rows, MAX_ROW * em);
  heat->left = context->without_text ? 0 : MIN (measure_rows (heat), 0.34 * context->width);
  if (heat->left > 0)
    heat->left += 0.8 * em;
  room = context->width - heat->left;
  heat->n_columns = (guint) CLAMP (floor (room / (MIN_COLUMN * em)), 1, heat->n_columns);
  heat->cell_width = room / heat->n_columns;
  if (data->bucket != CPT_BUCKET_NONE)
    heat->first = data->categories->len - heat->n_columns;
  heat->has_values = has_room_for_values (heat);
}

static void
draw_row_labels (const Heat *heat)
{
  CptChartContext *context = heat->context;
  CptTextStyle style = { .color = context->style->foreground, .max_width = heat->left - 0.8 * context->em };

  for (guint s = 0; s < heat->n_rows && heat->left > 0; s++)
    {
      const char *label = cpt_chart_data_get_series (context->data, s)->label;

      if (label != NULL)
        cpt_chart_draw_text_middle (context, label, &style, 0, heat->top + (s + 0.5) * heat->cell_height);
    }
}

static double
measure_columns (const Heat *heat)
{
  CptTextStyle style = { 0 };
  double widest = 0;

  for (guint i = 0; i < heat->n_columns; i++)
    {
      g_autofree char *text = cpt_chart_data_dup_label (heat->context->data, heat->first + i);

      widest = MAX (widest, cpt_chart_measure (heat->context, text, &style));
    }

  return MIN (widest, MAX_LABEL * heat->context->em);
}

/* As many as stand side by side, each in the middle of the columns it has */
static void
draw_column_labels (const Heat *heat)
{
  CptChartContext *context = heat->context;
  CptTextStyle style = { .color = context->style->muted, .anchor = CPT_ANCHOR_MIDDLE };
  double wanted = MIN (measure_columns (heat) + 0.8 * context->em, MAX (heat->cell_width, 4.5 * context->em));
  guint every = (guint) MAX (ceil (wanted / heat->cell_width), 1);
  double y = heat->top + heat->n_rows * heat->cell_height + 0.85 * context->em;

  style.max_width = every * heat->cell_width - 0.6 * context->em;
  for (guint i = 0; i < heat->n_columns; i += every)
    {
      g_autofree char *text = cpt_chart_data_dup_label (context->data, heat->first + i);
      double x = heat->left + (i + 0.5) * heat->cell_width;
      double half = MIN (cpt_chart_measure (context, text, &style), style.max_width) / 2;

      if (x + half <= context->width && x - half >= 0)
        cpt_chart_draw_text_middle (context, text, &style, x, y);
    }
}

static void
draw_matrix (Heat *heat)
{
  CptChartContext *context = heat->context;
  guint n_hidden;

  init_matrix (heat);
  n_hidden = context->data->series->len - heat->n_rows + context->data->categories->len - heat->n_columns;
  if (heat->top > 0)
    draw_legend (heat, n_hidden, heat->top / 2 - 0.2 * context->em);
  for (guint i = 0; i < heat->n_columns; i++)
    for (guint s = 0; s < heat->n_rows; s++)
      {
        CptChartRect cell = { heat->left + i * heat->cell_width, heat->top + s * heat->cell_height, heat->cell_width,
                              heat->cell_height };

        draw_cell (heat, &cell, s, heat->first + i);
      }
  draw_row_labels (heat);
  draw_column_labels (heat);
  context->layout->plot = (CptChartRect){ heat->left, heat->top, heat->n_columns * heat->cell_width,
                                          heat->n_rows * heat->cell_height };
}

/* ---- the calendar ---- */

static gint64
get_date (const Heat *heat,
          guint       category)
{
  return g_array_index (heat->context->data->categories, CptChartCategory, category).start;
}

static gint64
get_monday (gint64 date)
{
  return date - (cpt_date_get_weekday (date) - 1);
}

/* The weeks that have room, the last ones */
static void
init_calendar (Heat *heat)
{
  CptChartContext *context = heat->context;
  double em = context->em;
  gint64 first = get_monday (get_date (heat, 0));
  gint64 last = get_monday (get_date (heat, context->data->categories->len - 1));
  gint64 n_weeks = MAX ((last - first) / N_DAYS + 1, 1);
  double room;

  heat->left = context->without_text ? 0 : 2.6 * em;
  heat->top = context->without_text ? 0 : LINE * em;
  room = context->width - heat->left;
  heat->n_columns = (guint) CLAMP ((gint64) floor (room / (MIN_DAY * em)), 1, n_weeks);
  heat->n_rows = N_DAYS;
  heat->cell_height = (context->height - heat->top - (context->without_text ? 0 : LINE * em)) / N_DAYS;
  heat->cell_height = MAX (MIN (heat->cell_height, MIN (room / heat->n_columns, MAX_CELL * em)), 1);
  heat->cell_width = heat->cell_height;
  if (heat->cell_width * heat->n_columns < 0.6 * room)
    heat->cell_width = MIN (room / heat->n_columns, 2 * heat->cell_height);
  for (first = last - (gint64) (heat->n_columns - 1) * N_DAYS; get_date (heat, heat->first) < first;)
    heat->first++;
}

static void
draw_weekdays (const Heat *heat)
{
  static const char *const names[N_DAYS] = {
    N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"),
  };
  CptChartContext *context = heat->context;
  CptTextStyle style = { .scale = 0.92, .color = context->style->muted, .max_width = heat->left - 0.3 * context->em };
  int every = heat->cell_height >= 1.3 * context->em ? 1 : 2;

  if (every * heat->cell_height < 1.2 * context->em)
    return;

  for (int i = 0; i < N_DAYS; i += every)
    cpt_chart_draw_text_middle (context, _(names[i]), &style, 0,
                                heat->top + (i + 0.5) * heat->cell_height);
}

/* Above the week that holds the first of the month */
static void
draw_months (const Heat *heat,
             gint64      monday)
{
  CptChartContext *context = heat->context;
  CptTextStyle style = { .scale = 0.92, .color = context->style->muted };
  double end = -1000;

  for (guint i = 0; i < heat->n_columns; i++)
    {
      gint64 sunday = monday + (gint64) i * N_DAYS + N_DAYS - 1;
      gint64 month = cpt_bucket_get_start (CPT_BUCKET_MONTH, sunday);
      double x = heat->left + i * heat->cell_width;
      g_autofree char *text = NULL;

      if (sunday - month >= N_DAYS)
        continue;
      if (end < 0 || month == cpt_bucket_get_start (CPT_BUCKET_YEAR, month))
        text = cpt_bucket_format (CPT_BUCKET_MONTH, month);
      else
        text = cpt_bucket_format_short (CPT_BUCKET_MONTH, month);
      if (x < end + 0.5 * context->em || x + cpt_chart_measure (context, text, &style) > context->width)
        continue;
      cpt_chart_draw_text_middle (context, text, &style, x, heat->top / 2);
      end = x + cpt_chart_measure (context, text, &style);
    }
}

static void
draw_calendar (Heat *heat)
{
  CptChartContext *context = heat->context;
  guint n = context->data->categories->len;
  double below;
  gint64 monday;

  init_calendar (heat);
  monday = get_monday (get_date (heat, n - 1)) - (gint64) (heat->n_columns - 1) * N_DAYS;
  for (guint i = heat->first; i < n; i++)
    {
      gint64 days = get_date (heat, i) - monday;
      CptChartRect cell = { heat->left + floor ((double) days / N_DAYS) * heat->cell_width,
                            heat->top + (double) (days % N_DAYS) * heat->cell_height, heat->cell_width, heat->cell_height };

      draw_cell (heat, &cell, 0, i);
    }
  draw_weekdays (heat);
  draw_months (heat, monday);
  below = heat->top + N_DAYS * heat->cell_height + 0.85 * context->em;
  draw_legend (heat, heat->first, below);
  context->layout->plot = (CptChartRect){ heat->left, heat->top, heat->n_columns * heat->cell_width,
                                          N_DAYS * heat->cell_height };
}

static void
draw_heat (CptChartContext *context)
{
  Heat heat = { .context = context };

  cpt_chart_get_range (context->data, FALSE, FALSE, &heat.low, &heat.high);
  if (is_calendar (context->data))
    draw_calendar (&heat);
  else
    draw_matrix (&heat);
}

const CptChartKind cpt_chart_heat = {
  .name = "heat",
  .label = N_("Heat map"),
  .description = N_("Where there is much and where little: two groupings, or the days of a year"),
  .icon_name = "cpt-chart-heat-symbolic",
  .needs = CPT_CHART_NEEDS_DIMENSION | CPT_CHART_NEEDS_SERIES | CPT_CHART_NEEDS_MATRIX,
  .min_columns = 3,
  .min_rows = 3,
  .default_columns = 6,
  .default_rows = 4,
  .draw = draw_heat,
  .summarize = cpt_chart_summarize_extremes,
};
