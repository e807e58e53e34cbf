/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Axes, grid lines and the legend. Labels are measured before they are drawn
 * and left out rather than set over each other. */
#include "config.h"
#include "cpt-chart-private.h"

#include <glib/gi18n-lib.h>

#define MAX_DATE_TICKS 200

/* Of all values one by one; FALSE where there is none */
static gboolean
get_range_of_values (const CptChartData *data,
                     double             *low,
                     double             *high)
{
  gboolean any = FALSE;

  for (guint s = 0; s < data->series->len; s++)
    {
      const GArray *values = cpt_chart_data_get_series (data, s)->values;

      for (guint i = 0; i < MIN (values->len, data->categories->len); i++)
        {
          double value = g_array_index (values, double, i);

          if (!isfinite (value))
            continue;
          any = TRUE;
          *low = MIN (*low, value);
          *high = MAX (*high, value);
        }
    }

  return any;
}

/* Of what stands on each other in each category */
static gboolean
get_range_of_stacks (const CptChartData *data,
                     double             *low,
                     double             *high)
{
  gboolean any = FALSE;

  for (guint i = 0; i < data->categories->len; i++)
    {
      double above = 0;
      double below = 0;

      for (guint s = 0; s < data->series->len; s++)
        {
          double value = cpt_chart_data_get_value (data, s, i);

          if (isnan (value))
            continue;
          any = TRUE;
          *(value < 0 ? &below : &above) += value;
          *low = MIN (*low, below);
          *high = MAX (*high, above);
        }
    }

  return any;
}

gboolean
cpt_chart_get_range (const CptChartData *data,
                     gboolean            stacked,
                     gboolean            with_zero,
                     double             *min,
                     double             *max)
{
  double low = with_zero ? 0 : G_MAXDOUBLE;
  double high = with_zero ? 0 : -G_MAXDOUBLE;
  gboolean any = stacked ? get_range_of_stacks (data, &low, &high) : get_range_of_values (data, &low, &high);

  if (any && isfinite (data->target))
    {
      low = MIN (low, data->target);
      high = MAX (high, data->target);
    }
  *min = low;
  *max = high;

  return any;
}

void
cpt_chart_extend_range (const CptChartData *data,
                        double             *min,
                        double             *max)
{
  for (guint s = 0; s < data->series->len; s++)
    {
      const CptChartSeries *series = cpt_chart_data_get_series (data, s);

      for (guint i = 0; series->bands != NULL && i < data->categories->len; i++)
        {
          double low, high;

          if (!cpt_chart_data_get_band (data, s, i, &low, &high))
            continue;
          *min = MIN (*min, low);
          *max = MAX (*max, high);
        }
    }
}

void
cpt_value_axis_init (CptValueAxis       *axis,
                     const CptChartUnit *unit,
                     double              min,
                     double              max,
                     double              target)
{
  double base = 1;
  double smallest = 0;

  /* Round numbers of the unit that is written, not of seconds */
  if (unit->measure == CPT_CHART_DURATION)
    {
      double largest = MAX (fabs (min), fabs (max));

      base = cpt_chart_get_time_unit (largest);
    }
  else if (unit->measure == CPT_CHART_COUNT || unit->measure == CPT_CHART_MONEY)
    smallest = 1;
  /* A cent is no measure of nothing */
  if (unit->measure == CPT_CHART_MONEY && min == 0 && max == 0)
    max = 100;

  cpt_ticks_init (&axis->ticks, min / base, max / base, target, smallest);
  axis->unit = unit;
  axis->ticks.start *= base;
  axis->ticks.step *= base;
}

void
cpt_value_axis_init_log (CptValueAxis       *axis,
                         const CptChartUnit *unit,
                         double              min,
                         double              max,
                         double              target,
                         gboolean            from_below)
{
  cpt_ticks_init_log (&axis->ticks, min, max, target, unit->measure == CPT_CHART_DURATION);
  axis->unit = unit;
  if (from_below && axis->ticks.start > min / 1.5)
    axis->ticks.start /= 2;
}

double
cpt_value_axis_map (const CptValueAxis *axis,
                    double              value)
{
  return axis->from + cpt_ticks_get_share (&axis->ticks, value) * (axis->to - axis->from);
}

double
cpt_value_axis_measure (CptChartContext    *context,
                        const CptValueAxis *axis)
{
  double widest = 0;

  for (guint i = 0; i < axis->ticks.count; i++)
    {
      g_autofree char *text = cpt_chart_format_tick (axis->unit, &axis->ticks, i);
      CptTextStyle style = { 0 };

      widest = MAX (widest, cpt_chart_measure (context, text, &style));
    }

  return widest;
}

static void
draw_vertical_tick (CptChartContext    *context,
                    const CptChartRect *plot,
                    const char         *text,
                    double              place,
                    gboolean            is_zero,
                    gboolean            has_label)
{
  const CptChartStyle *style = context->style;
  CptTextStyle text_style = { .color = style->muted, .anchor = CPT_ANCHOR_END };
  CptChartColor zero = cpt_chart_color_mix (&style->grid, &style->muted, 0.5);
  double y = floor (place) + 0.5;

  cpt_chart_draw_line (context, plot->x, y, plot->x + plot->width, y,
                       is_zero ? &zero : &style->grid);
  if (has_label)
    cpt_chart_draw_text_middle (context, text, &text_style, plot->x - 0.7 * context->em, place);
}

/* Returns the right end of the label, or @last_end when it was left out */
static double
draw_horizontal_tick (CptChartContext    *context,
                      const CptChartRect *plot,
                      const char         *text,
                      double              place,
                      double              last_end)
{
  const CptChartStyle *style = context->style;
  CptTextStyle text_style = { .color = style->muted };
  double width = cpt_chart_measure (context, text, &text_style);
  double x = floor (place) + 0.5;
  double left = CLAMP (place - width / 2, 0, MAX (0, context->width - width));

  cpt_chart_draw_line (context, x, plot->y, x, plot->y + plot->height, &style->grid);
  if (left < last_end + 0.8 * context->em)
    return last_end;
  cpt_chart_draw_text (context, text, &text_style, left, plot->y + plot->height + 1.3 * context->em);

  return left + width;
}

void
cpt_value_axis_draw (CptChartContext    *context,
                     const CptValueAxis *axis,
                     const CptChartRect *plot,
                     gboolean            vertical)
{
  double last_end = -1000;
  double last_y = G_MAXDOUBLE;

  for (guint i = 0; i < axis->ticks.count; i++)
    {
      gboolean has_label;
      double value = cpt_ticks_get_value (&axis->ticks, i);
      double place = cpt_value_axis_map (axis, value);
      g_autofree char *text = cpt_chart_format_tick (axis->unit, &axis->ticks, i);

      if (vertical)
        {
          has_label = last_y - place >= 1.4 * context->em;
          draw_vertical_tick (context, plot, text, place, value == 0, has_label);
          last_y = has_label ? place : last_y;
        }
      else
        last_end = draw_horizontal_tick (context, plot, text, place, last_end);
    }
}

double
cpt_date_axis_get_height (CptChartContext *context)
{
  const CptChartData *data = context->data;

  return (data->bucket == CPT_BUCKET_YEAR && data->running == CPT_CHART_NONE_RUNNING ? 1.6 : 2.9) * context->em;
}

/* One label of the date axis */
typedef struct
{
  char *text;
  char *year; /* (nullable) below it */
  double x;
  double left;
  double width;
} DateTick;

static void
date_tick_clear (gpointer data)
{
  DateTick *tick = data;

  g_free (tick->text);
  g_free (tick->year);
}

static void
add_date_tick (CptChartContext   *context,
               GArray            *ticks,
               const CptTimeStep *step,
               gint64             date,
               double             x)
{
  CptTextStyle style = { 0 };
  DateTick tick = { .x = x };
  int year, month, day;

  cpt_date_to_ymd (date, &year, &month, &day);
  /* Months are not called quarters for standing at the start of one */
  tick.text = cpt_bucket_format_short (step->unit == CPT_BUCKET_QUARTER &&
                                           context->data->bucket != CPT_BUCKET_QUARTER
                                         ? CPT_BUCKET_MONTH
                                         : step->unit,
                                       date);
  if (step->unit != CPT_BUCKET_YEAR)
    tick.year = g_strdup_printf ("%d", year);
  tick.width = cpt_chart_measure (context, tick.text, &style);
  if (tick.year != NULL)
    tick.width = MAX (tick.width, cpt_chart_measure (context, tick.year, &style));
  tick.left = CLAMP (x - tick.width / 2, 0, MAX (0, context->width - tick.width));
  g_array_append_val (ticks, tick);
}

static gboolean
date_ticks_collide (CptChartContext *context,
                    GArray          *ticks)
{
  for (guint i = 1; i < ticks->len; i++)
    {
      const DateTick *before = &g_array_index (ticks, DateTick, i - 1);
      const DateTick *tick = &g_array_index (ticks, DateTick, i);

      if (tick->left < before->left + before->width + 0.5 * context->em)
        return TRUE;
    }

  return FALSE;
}

static GArray *
create_date_ticks (CptChartContext *context,
                   guint            max_ticks,
                   CptDatePlace     place,
                   gpointer         place_data)
{
  const CptChartData *data = context->data;
  const CptChartCategory *first = &g_array_index (data->categories, CptChartCategory, 0);
  const CptChartCategory *last = &g_array_index (data->categories, CptChartCategory,
                                                 data->categories->len - 1);
  GArray *ticks = g_array_new (FALSE, TRUE, sizeof (DateTick));
  CptTimeStep step;
  gint64 date;

  g_array_set_clear_func (ticks, date_tick_clear);
  cpt_time_step_init (&step, data->bucket, first->start, last->start, max_ticks);
  date = cpt_time_step_ceil (&step, first->start);
  while (date <= last->start && ticks->len < MAX_DATE_TICKS)
    {
      gint64 next = cpt_time_step_next (&step, date);

      add_date_tick (context, ticks, &step, date, place (date, place_data));
      if (next <= date)
        break;
      date = next;
    }
  /* A short range may hold no first of a month: then its first day says where
   * it is */
  if (ticks->len == 0)
    {
      step = (CptTimeStep){ CPT_BUCKET_DAY, 1 };
      add_date_tick (context, ticks, &step, first->start, place (first->start, place_data));
    }

  return ticks;
}

/* Below the bucket that is not over yet, as far right as there is room; with its name where no tick
 * has it. @end: of what stands in that row */
static void
draw_so_far (CptChartContext *context,
             gboolean         has_tick,
             double           x,
             double           y,
             double           end)
{
  const CptChartData *data = context->data;
  gint64 start = g_array_index (data->categories, CptChartCategory, data->running).start;
  g_autofree char *name = cpt_bucket_format_short (data->bucket, start);
  /* Translators: a bucket of a time axis that is not over: "Nov so far" */
  g_autofree char *named = g_strdup_printf (C_("time axis", "%s so far"), name);
  /* Translators: below the last bucket of a time axis, which is not over */
  const char *const texts[] = { named, C_("time axis", "so far") };

  for (guint i = has_tick ? 1 : 0; i < G_N_ELEMENTS (texts); i++)
    {
      CptTextStyle style = { .color = context->style->muted };
      double width = cpt_chart_measure (context, texts[i], &style);
      double left = MIN (x - width / 2, context->width - width);

      if (left < end + 0.6 * context->em)
        continue;
      cpt_chart_draw_text (context, texts[i], &style, left, y);
      return;
    }
}

void
cpt_date_axis_draw (CptChartContext    *context,
                    const CptChartRect *plot,
                    CptDatePlace        place,
                    gpointer            place_data)
{
  guint max_ticks = (guint) CLAMP (plot->width / (2.2 * context->em), 1, MAX_DATE_TICKS);
  guint running = context->data->running;
  CptTextStyle style = { .color = context->style->muted };
  g_autoptr(GArray) ticks = create_date_ticks (context, max_ticks, place, place_data);
  double y = plot->y + plot->height + 1.35 * context->em;
  const char *year = NULL;
  double end = -1000;
  double end_below = -1000;
  double last_x = -1000;

  while (max_ticks > 1 && date_ticks_collide (context, ticks))
    {
      max_ticks = MIN (max_ticks - 1, ticks->len - 1);
      g_array_unref (ticks);
      ticks = create_date_ticks (context, MAX (max_ticks, 1), place, place_data);
    }

  for (guint i = 0; i < ticks->len; i++)
    {
      const DateTick *tick = &g_array_index (ticks, DateTick, i);

      if (tick->left < end + 0.5 * context->em)
        continue;
      end = tick->left + tick->width;
      last_x = tick->x;
      style.anchor = CPT_ANCHOR_MIDDLE;
      cpt_chart_draw_text (context, tick->text, &style, tick->left + tick->width / 2, y);
      if (tick->year != NULL && g_strcmp0 (tick->year, year) != 0)
        {
          cpt_chart_draw_text (context, tick->year, &style, tick->left + tick->width / 2, y + 1.3 * context->em);
          end_below = tick->left + tick->width;
        }
      year = tick->year;
    }
  if (running < context->data->categories->len)
    {
      double x = place (g_array_index (context->data->categories, CptChartCategory, running).start, place_data);

      draw_so_far (context, fabs (x - last_x) < 1, x, y + 1.3 * context->em, end_below);
    }
}

gboolean
cpt_chart_has_legend (const CptChartData *data)
{
  guint named = 0;

  for (guint i = 0; i < data->series->len; i++)
    if (cpt_chart_data_get_series (data, i)->label != NULL)
      named++;

  return data->series->len > 1 && named > 0;
}

static void
draw_swatch (CptChartContext     *context,
             guint                index,
             const CptChartColor *color,
             double               x,
             double               y)
{
  double size = 0.75 * context->em;
  CptChartRect rect = { x, y - size / 2, size, size };

  cpt_chart_path_rect (context->cr, &rect, 0.2 * context->em, CPT_CORNER_ALL);
  cpt_chart_fill_color (context, color, index);
}

double
cpt_chart_draw_names (CptChartContext     *context,
                      const char *const   *names,
                      const CptChartColor *colors,
                      guint                n_names)
{
  CptTextStyle style = { .color = context->style->muted, .max_width = 16 * context->em };
  double line = 1.6 * context->em;
  double x = 0;
  double y = 0.6 * context->em;

  style.max_width = MIN (style.max_width, context->width - 1.3 * context->em);
  for (guint i = 0; i < n_names; i++)
    {
      double width;

      if (names[i] == NULL)
        continue;
      width = 1.15 * context->em + cpt_chart_measure (context, names[i], &style);
      if (x > 0 && x + width > context->width - (i + 1 < n_names && y > line ? 3.5 * context->em : 0))
        {
          if (y > line)
            {
              g_autofree char *more = g_strdup_printf ("+%u", n_names - i);

              cpt_chart_draw_text_middle (context, more, &style, x, y);
              break;
            }
          x = 0;
          y += line;
        }
      draw_swatch (context, i, &colors[i], x, y);
      cpt_chart_draw_text_middle (context, names[i], &style, x + 1.15 * context->em, y);
      x += width + 1.4 * context->em;
    }

  return y + 1.4 * context->em;
}

double
cpt_chart_draw_legend (CptChartContext *context)
{
  guint n_series = context->data->series->len;
  g_autofree const char **names = g_new0 (const char *, n_series + 1);
  g_autofree CptChartColor *colors = g_new (CptChartColor, n_series + 1);

  if (!cpt_chart_has_legend (context->data))
    return 0;

  for (guint i = 0; i < n_series; i++)
    {
      names[i] = cpt_chart_data_get_series (context->data, i)->label;
      colors[i] = cpt_chart_get_color (context, i);
    }

  return cpt_chart_draw_names (context, names, colors, n_series);
}
