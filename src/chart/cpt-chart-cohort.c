/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cohorts: a row for each, with how large it is, and a column for each interval
 * since it began. Cells are the darker the larger the part of the cohort; what is
 * still to come has none, so that the table is a triangle. The first series are
 * the columns; one of totals is the size. */
#include "config.h"
#include "cpt-chart-private.h"

#include <glib/gi18n-lib.h>

/* In units of the font size */
#define ROW 2.0
#define MIN_ROW 1.5
#define GAP 0.9
#define MIN_CELL 1.2

#define PALEST 0.06

typedef struct
{
  CptChartContext *context;
  int size;    /* series with the sizes, or -1 */
  guint first; /* of the rows that have room: the last have */
  guint n_rows;
  guint n_columns;
  guint n_all; /* columns */
  double name_width;
  double size_width;
  double cell_width;
  double row;
  double highest; /* share, or number where there is no size */
  gboolean is_share;
  gboolean has_values;
} Cohorts;

static int
find_size (const CptChartData *data)
{
  for (guint s = 0; s < data->series->len; s++)
    if (cpt_chart_data_get_series (data, s)->role == CPT_CHART_ROLE_TOTAL)
      return (int) s;

  return -1;
}

/* Of the cohort; NAN when it is not known */
static double
get_share (const CptChartData *data,
           guint               series,
           guint               category)
{
  int size = find_size (data);
  double value = cpt_chart_data_get_value (data, series, category);
  double whole = size < 0 ? NAN : cpt_chart_data_get_value (data, (guint) size, category);

  return whole > 0 ? value / whole : NAN;
}

static double
get_number (const Cohorts *cohorts,
            guint          series,
            guint          category)
{
  return cohorts->is_share ? get_share (cohorts->context->data, series, category)
                           : cpt_chart_data_get_value (cohorts->context->data, series, category);
}

static char *
format_number (const Cohorts *cohorts,
               double         number)
{
  if (isnan (number))
    return g_strdup ("");

  return cohorts->is_share ? cpt_chart_format_share (number)
                           : cpt_chart_format_short (&cohorts->context->data->unit, number);
}

/* ---- the room ---- */

static double
measure_names (const Cohorts *cohorts)
{
  double widest = 0;

  for (guint i = 0; i < cohorts->n_rows; i++)
    {
      g_autofree char *text = cpt_chart_data_dup_label (cohorts->context->data, cohorts->first + i);

      widest = MAX (widest, cpt_chart_measure (cohorts->context, text, &(CptTextStyle){ 0 }));
    }

  return MIN (widest, 0.3 * cohorts->context->width) + GAP * cohorts->context->em;
}

static char *
format_size (const Cohorts *cohorts,
             guint          category)
{
  double value = cohorts->size < 0 ? NAN : cpt_chart_data_get_value (cohorts->context->data, (guint) cohorts->size, category);

  return isnan (value) ? g_strdup ("") : cpt_chart_format_short (&cohorts->context->data->unit, value);
}

static double
measure_sizes (const Cohorts *cohorts)
{
  double widest = 0;

  if (cohorts->size < 0 || cohorts->context->width < 14 * cohorts->context->em)
    return 0;

  widest = MIN (cpt_chart_measure (cohorts->context, C_("of a cohort", "Size"), &(CptTextStyle){ .scale = 0.92 }),
                6 * cohorts->context->em);
  for (guint i = 0; i < cohorts->n_rows; i++)
    {
      g_autofree char *text = format_size (cohorts, cohorts->first + i);

      widest = MAX (widest, cpt_chart_measure (cohorts->context, text, &(CptTextStyle){ 0 }));
    }

  return widest + GAP * cohorts->context->em;
}

/* The widest number, and the largest */
static double
measure_cells (Cohorts *cohorts)
{
  double widest = MIN_CELL * cohorts->context->em;

  for (guint i = 0; i < cohorts->n_rows; i++)
    for (guint s = 0; s < cohorts->n_all; s++)
      {
        double number = get_number (cohorts, s, cohorts->first + i);
        g_autofree char *text = format_number (cohorts, number);

        cohorts->highest = isnan (number) ? cohorts->highest : MAX (cohorts->highest, number);
        widest = MAX (widest, cpt_chart_measure (cohorts->context, text, &(CptTextStyle){ .scale = 0.92 }));
      }

  return widest + 0.6 * cohorts->context->em;
}

/* No column is wider in time than the cohorts that have room are old */
static guint
count_columns (const Cohorts *cohorts,
               guint          n_all)
{
  for (; n_all > 1; n_all--)
    for (guint i = 0; i < cohorts->n_rows; i++)
      if (!isnan (cpt_chart_data_get_value (cohorts->context->data, n_all - 1, cohorts->first + i)))
        return n_all;

  return n_all;
}

static void
init_cohorts (Cohorts         *cohorts,
              CptChartContext *context)
{
  const CptChartData *data = context->data;
  guint n = data->categories->len;
  double room, wanted;
  int fitting;

  cohorts->context = context;
  cohorts->size = find_size (data);
  cohorts->is_share = cohorts->size >= 0 && cpt_chart_is_option (context->chart, "show", "share");
  cohorts->n_all = data->series->len - (cohorts->size >= 0 ? 1 : 0);
  if (cohorts->size >= 0)
    cohorts->n_all = MIN (cohorts->n_all, (guint) cohorts->size);
  cohorts->row = CLAMP (context->height / (n + 1), MIN_ROW * context->em, ROW * context->em);
  fitting = (int) floor (context->height / cohorts->row) - 1;
  cohorts->n_rows = (guint) CLAMP (fitting, 1, (int) n);
  if (cohorts->n_rows < n)
    cohorts->n_rows = (guint) CLAMP (fitting - 1, 1, (int) n);
  cohorts->first = n - cohorts->n_rows;
  cohorts->n_all = count_columns (cohorts, cohorts->n_all);

  cohorts->name_width = context->without_text ? 0 : measure_names (cohorts);
  cohorts->size_width = context->without_text ? 0 : measure_sizes (cohorts);
  room = MAX (context->width - cohorts->name_width - cohorts->size_width, 1);
  wanted = measure_cells (cohorts);
  cohorts->has_values = !context->without_text && room / MAX (cohorts->n_all, 1) >= 0.5 * wanted;
  if (!cohorts->has_values)
    wanted = MIN_CELL * context->em;
  cohorts->n_columns = (guint) CLAMP (floor (room / wanted), 1, MAX (cohorts->n_all, 1));
  cohorts->cell_width = MIN (room / cohorts->n_columns, 1.6 * wanted);
}

/* ---- drawing ---- */

static void
draw_heading (const Cohorts *cohorts)
{
  CptChartContext *context = cohorts->context;
  CptTextStyle style = { .scale = 0.92, .color = context->style->muted, .anchor = CPT_ANCHOR_END };
  double left = cohorts->name_width + cohorts->size_width;
  double y = cohorts->row / 2;
  guint every = (guint) ceil (1.8 * context->em / cohorts->cell_width);

  style.max_width = cohorts->size_width - 0.3 * context->em;
  if (cohorts->size_width > 0)
    cpt_chart_draw_text_middle (context, C_("of a cohort", "Size"), &style, left - 0.5 * GAP * context->em, y);
  style.anchor = CPT_ANCHOR_MIDDLE;
  style.max_width = 0;
  for (guint s = 0; s < cohorts->n_columns; s += MAX (every, 1))
    {
      g_autofree char *text = g_strdup_printf ("%u", s);
      double x = left + (s + 0.5) * cohorts->cell_width;

      if (x + cpt_chart_measure (context, text, &style) / 2 <= context->width)
        cpt_chart_draw_text_middle (context, text, &style, x, y);
    }
  if (cohorts->n_columns < cohorts->n_all)
    {
      g_autofree char *more = g_strdup_printf ("+%u", cohorts->n_all - cohorts->n_columns);

      style.anchor = CPT_ANCHOR_START;
      style.max_width = cohorts->name_width - 0.5 * context->em;
      cpt_chart_draw_text_middle (context, more, &style, 0, y);
    }
}

static void
draw_cell (const Cohorts *cohorts,
           guint          series,
           guint          category,
           double         top)
{
  CptChartContext *context = cohorts->context;
  const CptChartStyle *style = context->style;
  double number = get_number (cohorts, series, category);
  double left = cohorts->name_width + cohorts->size_width + series * cohorts->cell_width;
  CptChartRect cell = { left, top, cohorts->cell_width, cohorts->row };
  CptChartRect inner = { left + 0.5, top + 0.5, MAX (cell.width - 1, 0.5), MAX (cell.height - 1, 0.5) };
  double part = cohorts->highest > 0 ? CLAMP (number / cohorts->highest, 0, 1) : 0;
  CptTextStyle text_style = { .scale = 0.92, .anchor = CPT_ANCHOR_MIDDLE };
  g_autofree char *text = format_number (cohorts, number);
  CptChartColor color;

  if (isnan (cpt_chart_data_get_value (context->data, series, category)) || isnan (number))
    return;

  color = cpt_chart_color_mix (&style->background, &style->accent, PALEST + (1 - PALEST) * part);
  cpt_chart_fill_rect (context, &inner, 0.15 * context->em, CPT_CORNER_ALL, &color);
  text_style.color = cpt_chart_get_text_on (context, &color);
  text_style.max_width = cell.width - 0.2 * context->em;
  if (cohorts->has_values)
    cpt_chart_draw_text_middle (context, text, &text_style, left + cell.width / 2, top + cell.height / 2);
  cpt_chart_add_mark (context, (int) series, (int) category, &cell, left + cell.width / 2, top + cell.height / 2);
}

static void
draw_row (const Cohorts *cohorts,
          guint          place)
{
  CptChartContext *context = cohorts->context;
  guint category = cohorts->first + place;
  double top = (place + 1) * cohorts->row;
  CptTextStyle style = { .color = context->style->foreground, .max_width = cohorts->name_width - 0.5 * context->em };
  g_autofree char *name = cpt_chart_data_dup_label (context->data, category);
  g_autofree char *size = format_size (cohorts, category);

  cpt_chart_draw_text_middle (context, name, &style, 0, top + cohorts->row / 2);
  if (cohorts->size_width > 0 && size[0] != '\0')
    {
      double right = cohorts->name_width + cohorts->size_width;
      CptChartRect area = { 0, top, right, cohorts->row };

      style.anchor = CPT_ANCHOR_END;
      style.color = context->style->muted;
      style.max_width = cohorts->size_width - 0.3 * context->em;
      cpt_chart_draw_text_middle (context, size, &style, right - 0.5 * GAP * context->em, top + cohorts->row / 2);
      cpt_chart_add_mark (context, cohorts->size, (int) category, &area, right - cohorts->size_width / 2,
                          top + cohorts->row / 2);
    }
  for (guint s = 0; s < cohorts->n_columns; s++)
    if (s < cohorts->n_all)
      draw_cell (cohorts, s, category, top);
}

static void
draw_cohorts (CptChartContext *context)
{
  Cohorts cohorts = { 0 };
  double left;

  init_cohorts (&cohorts, context);
  draw_heading (&cohorts);
  for (guint i = 0; i < cohorts.n_rows; i++)
    draw_row (&cohorts, i);
  if (cohorts.first > 0)
    {
      CptTextStyle style = { .scale = 0.92, .color = context->style->muted, .max_width = context->width };
      g_autofree char *more = cpt_chart_format_more (cohorts.first);

      cpt_chart_draw_text_middle (context, more, &style, 0, (cohorts.n_rows + 1.5) * cohorts.row);
    }
  left = cohorts.name_width + cohorts.size_width;
  context->layout->plot = (CptChartRect){ left, cohorts.row, cohorts.n_columns * cohorts.cell_width,
                                          cohorts.n_rows * cohorts.row };
}

/* ---- words ---- */

static char *
describe_cohort (const CptChart     *chart,
                 const CptChartMark *mark)
{
  g_autofree char *value = NULL;
  g_autofree char *share = NULL;
  double part;

  if (mark->category < 0)
    return cpt_chart_describe_cell (chart, mark);

  value = cpt_chart_describe_value (chart, mark);
  part = get_share (chart->data, (guint) mark->series, (guint) mark->category);
  if (isnan (part) || mark->series == find_size (chart->data))
    return g_steal_pointer (&value);

  share = cpt_chart_format_share (part);

  /* Translators: what a cell says, and the part of its cohort: "May 2026, after 2 months: 12 deals, 30% of the cohort" */
  return g_strdup_printf (_("%s, %s of the cohort"), value, share);
}

static char *
summarize_cohorts (const CptChart *chart)
{
  const CptChartData *data = chart->data;
  guint n = data->categories->len;
  g_autofree char *count = g_strdup_printf (ngettext ("%u cohort", "%u cohorts", n), n);
  g_autofree char *first = cpt_chart_data_dup_label (data, 0);
  g_autofree char *last = cpt_chart_data_dup_label (data, n - 1);

  /* Translators: title, "12 cohorts", the first and the last of them */
  return g_strdup_printf (_("%s: %s, from %s to %s."), cpt_chart_get_title (chart), count, first, last);
}

static const CptChartChoice shows[] = {
  { "share", N_("Share of the cohort") },
  { "number", N_("Number") },
  { NULL },
};

static const CptChartOption options[] = {
  { "show", N_("Cells show"), shows, "share" },
  { NULL },
};

const CptChartKind cpt_chart_cohort = {
  .name = "cohort",
  .label = N_("Cohorts"),
  .description = N_("What became of those that began in the same month"),
  .icon_name = "cpt-chart-cohort-symbolic",
  .needs = CPT_CHART_NEEDS_DIMENSION | CPT_CHART_NEEDS_DATE | CPT_CHART_NEEDS_SERIES | CPT_CHART_NEEDS_MATRIX |
           CPT_CHART_NEEDS_COHORT,
  .min_columns = 3,
  .min_rows = 3,
  .default_columns = 6,
  .default_rows = 5,
  .options = options,
  .draw = draw_cohorts,
  .summarize = summarize_cohorts,
  .describe = describe_cohort,
};
