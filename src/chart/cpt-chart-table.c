/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers in rows and columns: a row for each category, a column for each
 * series, and totals where values may be added up. Rows and columns that have
 * no room are said at the end; the totals are of all, shown or not. */
#include "config.h"
#include "cpt-chart-private.h"

#include <glib/gi18n-lib.h>

/* In units of the font size */
#define ROW 1.9
#define MIN_ROW 1.55
#define GAP 1.3
#define MAX_HEADING 10.0
#define CUT_HEADING 5.0
#define MIN_NAME 6.0

#define MAX_COLUMNS 64

/* In place of a series: the column of totals */
#define TOTALS (-1)

typedef struct
{
  int series; /* or TOTALS */
  double width;
} Column;

typedef struct
{
  CptChartContext *context;
  Column columns[MAX_COLUMNS];
  guint n_columns; /* that have room */
  guint n_hidden;  /* columns */
  guint n_rows;    /* that have room */
  guint first;     /* of them: of dates the last have room */
  double name_width;
  double row;
  gboolean has_total_row;
  double heading; /* widest one */
  gboolean in_full;
} Table;

static gboolean
has_total_column (const CptChartData *data)
{
  return data->is_grouped && data->series->len > 1;
}

static gboolean
is_additive (const CptChartData *data,
             int                 series)
{
  return series == TOTALS || cpt_chart_data_get_series (data, (guint) series)->is_additive;
}

static gboolean
is_any_additive (const CptChartData *data)
{
  for (guint s = 0; s < data->series->len; s++)
    if (is_additive (data, (int) s))
      return TRUE;

  return FALSE;
}

static const CptChartUnit *
get_unit (const CptChartData *data,
          int                 series)
{
  return series == TOTALS ? &data->unit : cpt_chart_data_get_unit (data, (guint) series);
}

/* Over the series of one row, or all rows */
static double
add_up_row (const CptChartData *data,
            guint               row)
{
  double sum = 0;
  gboolean any = FALSE;

  for (guint s = 0; s < data->series->len; s++)
    {
      double value = cpt_chart_data_get_value (data, s, row);

      if (isnan (value))
        continue;
      sum += value;
      any = TRUE;
    }

  return any ? sum : NAN;
}

static double
get_cell (const CptChartData *data,
          int                 series,
          guint               row)
{
  return series == TOTALS ? add_up_row (data, row) : cpt_chart_data_get_value (data, (guint) series, row);
}

static double
get_total (const CptChartData *data,
           int                 series)
{
  double sum = 0;
  gboolean any = FALSE;

  if (!is_additive (data, series))
    return NAN;

  for (guint i = 0; i < data->categories->len; i++)
    {
      double value = get_cell (data, series, i);

      if (isnan (value))
        continue;
      sum += value;
      any = TRUE;
    }

  return any && isfinite (sum) ? sum : NAN;
}

static char *
format_cell (const Table *table,
             int          series,
             double       value)
{
  const CptChartUnit *unit = get_unit (table->context->data, series);

  if (isnan (value))
    return g_strdup ("");

  return table->in_full ? cpt_chart_format_value (unit, value) : cpt_chart_format_short (unit, value);
}

static const char *
get_heading (const Table *table,
             int          series)
{
  const char *label;

  if (series == TOTALS)
    return _("Total");

  label = cpt_chart_data_get_series (table->context->data, (guint) series)->label;

  return label != NULL ? label : cpt_chart_get_title (table->context->chart);
}

/* ---- the room ---- */

static double
measure_column (const Table *table,
                int          series)
{
  CptChartContext *context = table->context;
  CptTextStyle bold = { .bold = TRUE };
  double widest = MIN (cpt_chart_measure (context, get_heading (table, series), &(CptTextStyle){ .scale = 0.92 }),
                       table->heading);

  for (guint i = 0; i < table->n_rows; i++)
    {
      g_autofree char *text = format_cell (table, series, get_cell (context->data, series, table->first + i));

      widest = MAX (widest, cpt_chart_measure (context, text, &bold));
    }
  if (table->has_total_row)
    {
      g_autofree char *text = format_cell (table, series, get_total (context->data, series));

      widest = MAX (widest, cpt_chart_measure (context, text, &bold));
    }

  return widest + GAP * context->em;
}

static double
measure_names (const Table *table)
{
  double widest = 0;

  for (guint i = 0; i < table->n_rows; i++)
    {
      g_autofree char *text = cpt_chart_data_dup_label (table->context->data, table->first + i);

      widest = MAX (widest, cpt_chart_measure (table->context, text, &(CptTextStyle){ 0 }));
    }

  return widest;
}

static double
measure_columns (Table *table)
{
  const CptChartData *data = table->context->data;
  double sum = 0;

  table->n_columns = 0;
  table->n_hidden = 0;
  for (guint s = 0; s < data->series->len; s++)
    {
      Column column = { .series = (int) s };

      if (table->n_columns >= MAX_COLUMNS - 1)
        {
          table->n_hidden++;
          continue;
        }
      column.width = measure_column (table, (int) s);
      sum += column.width;
      table->columns[table->n_columns++] = column;
    }
  if (has_total_column (data))
    {
      table->columns[table->n_columns] = (Column){ TOTALS, measure_column (table, TOTALS) };
      sum += table->columns[table->n_columns++].width;
    }

  return sum;
}

/* The last columns go; the totals stay as long as any other does */
static void
drop_columns (Table  *table,
              double  sum,
              double  room)
{
  gboolean has_totals = table->columns[table->n_columns - 1].series == TOTALS;

  while (sum > room && table->n_columns > (has_totals ? 2 : 1))
    {
      guint last = table->n_columns - (has_totals ? 2 : 1);

      sum -= table->columns[last].width;
      table->columns[last] = table->columns[table->n_columns - 1];
      table->n_columns--;
      table->n_hidden++;
    }
  if (sum > room && table->n_columns > 0)
    table->columns[0].width = MAX (room / table->n_columns, 1);
  for (guint i = 1; i < table->n_columns && sum > room; i++)
    table->columns[i].width = table->columns[0].width;
}

static void
init_table (Table           *table,
            CptChartContext *context)
{
  const CptChartData *data = context->data;
  double em = context->em;
  guint n = data->categories->len;
  double names, least, sum;
  int room;

  table->context = context;
  table->has_total_row = n > 1 && is_any_additive (data) && context->height >= 5 * MIN_ROW * em;
  table->row = CLAMP (context->height / (n + 1 + (table->has_total_row ? 1 : 0)), MIN_ROW * em, ROW * em);
  room = (int) floor (context->height / table->row) - 1 - (table->has_total_row ? 1 : 0);
  table->n_rows = (guint) CLAMP (room, 1, (int) n);
  if (table->n_rows < n)
    table->n_rows = (guint) MAX (room - 1, 1);
  if (data->bucket != CPT_BUCKET_NONE)
    table->first = n - table->n_rows;

  names = measure_names (table);
  least = MIN (names, MAX (0.32 * context->width, MIN_NAME * em));
  table->in_full = TRUE;
  table->heading = MAX_HEADING * em;
  sum = measure_columns (table);
  if (sum > context->width - least)
    {
      table->heading = CUT_HEADING * em;
      sum = measure_columns (table);
    }
  if (sum > context->width - least)
    {
      table->in_full = FALSE;
      sum = measure_columns (table);
    }
  if (sum > context->width - least && table->n_columns > 0)
    drop_columns (table, sum, context->width - least);
  sum = 0;
  for (guint i = 0; i < table->n_columns; i++)
    sum += table->columns[i].width;
  table->name_width = MAX (context->width - sum, 0);
}

/* ---- rows ---- */

/* Stripes would need a colour of their own: a hairline is enough */
static void
draw_rule (const Table *table,
           double       y,
           gboolean     is_strong)
{
  const CptChartStyle *style = table->context->style;
  CptChartColor strong = cpt_chart_color_mix (&style->grid, &style->muted, 0.6);

  cpt_chart_draw_line (table->context, 0, floor (y) + 0.5, table->context->width, floor (y) + 0.5,
                       is_strong ? &strong : &style->grid);
}

static void
draw_headings (const Table *table)
{
  CptChartContext *context = table->context;
  double em = context->em;
  double right = table->name_width;

  for (guint i = 0; i < table->n_columns; i++)
    {
      const Column *column = &table->columns[i];
      CptTextStyle style = { .scale = 0.92, .color = context->style->muted, .anchor = CPT_ANCHOR_END };

      right += column->width;
      style.max_width = column->width - 0.5 * GAP * em;
      cpt_chart_draw_text_middle (context, get_heading (table, column->series), &style, right, table->row / 2);
    }
  draw_rule (table, table->row, TRUE);
}

static void
draw_row (const Table *table,
          guint        place)
{
  CptChartContext *context = table->context;
  guint row = table->first + place;
  double top = (place + 1) * table->row;
  double right = table->name_width;
  CptTextStyle name_style = { .color = context->style->foreground, .max_width = table->name_width };
  g_autofree char *name = cpt_chart_data_dup_label (context->data, row);

  cpt_chart_draw_text_middle (context, name, &name_style, 0, top + table->row / 2);
  for (guint i = 0; i < table->n_columns; i++)
    {
      const Column *column = &table->columns[i];
      double value = get_cell (context->data, column->series, row);
      g_autofree char *text = format_cell (table, column->series, value);
      CptTextStyle style = { .color = context->style->foreground, .anchor = CPT_ANCHOR_END };
      CptChartRect cell = { right, top, column->width, table->row };

      right += column->width;
      style.bold = column->series == TOTALS;
      style.max_width = column->width - 0.3 * context->em;
      cpt_chart_draw_text_middle (context, text, &style, right, top + table->row / 2);
      /* The name is a part of what can be pointed at in the first column */
      if (i == 0)
        cell = (CptChartRect){ 0, top, right, table->row };
      if (!isnan (value) && column->series != TOTALS)
        cpt_chart_add_mark (context, column->series, (int) row, &cell, right - 0.5 * column->width, top + table->row / 2);
    }
  draw_rule (table, top + table->row, place + 1 == table->n_rows && table->has_total_row);
}

static void
draw_total_row (const Table *table,
                double       top)
{
  CptChartContext *context = table->context;
  double right = table->name_width;
  CptTextStyle style = { .bold = TRUE, .color = context->style->foreground, .max_width = table->name_width };

  cpt_chart_draw_text_middle (context, _("Total"), &style, 0, top + table->row / 2);
  style.anchor = CPT_ANCHOR_END;
  for (guint i = 0; i < table->n_columns; i++)
    {
      const Column *column = &table->columns[i];
      g_autofree char *text = format_cell (table, column->series, get_total (context->data, column->series));

      right += column->width;
      style.max_width = column->width - 0.3 * context->em;
      cpt_chart_draw_text_middle (context, text, &style, right, top + table->row / 2);
    }
}

/* Rows and columns that have no room, in the line at @top */
static void
draw_hidden (const Table *table,
             double       top)
{
  CptChartContext *context = table->context;
  guint n_rows = context->data->categories->len - table->n_rows;
  CptTextStyle style = { .scale = 0.92, .color = context->style->muted, .max_width = context->width };
  g_autofree char *rows = cpt_chart_format_more (n_rows);

  if (n_rows > 0)
    cpt_chart_draw_text_middle (context, rows, &style, 0, top + table->row / 2);
}

static void
draw_hidden_columns (const Table *table)
{
  CptChartContext *context = table->context;
  CptTextStyle style = { .scale = 0.92, .color = context->style->muted, .max_width = table->name_width };
  g_autofree char *columns = NULL;

  if (table->n_hidden == 0)
    return;

  columns = g_strdup_printf (ngettext ("%u column hidden", "%u columns hidden", table->n_hidden), table->n_hidden);
  if (cpt_chart_measure (context, columns, &(CptTextStyle){ .scale = 0.92 }) > table->name_width)
    {
      g_free (columns);
      columns = g_strdup_printf ("+%u", table->n_hidden);
    }
  cpt_chart_draw_text_middle (context, columns, &style, 0, table->row / 2);
}

static void
draw_table (CptChartContext *context)
{
  Table table = { 0 };
  double y;

  init_table (&table, context);
  draw_headings (&table);
  draw_hidden_columns (&table);
  for (guint i = 0; i < table.n_rows; i++)
    draw_row (&table, i);
  y = (table.n_rows + 1) * table.row;
  if (table.n_rows < context->data->categories->len)
    {
      draw_hidden (&table, y);
      y += table.row;
    }
  if (table.has_total_row)
    draw_total_row (&table, y);
  context->layout->plot = (CptChartRect){ 0, table.row, context->width, table.n_rows * table.row };
}

static char *
summarize_table (const CptChart *chart)
{
  const CptChartData *data = chart->data;
  guint n_rows = data->categories->len;
  int series = has_total_column (data) ? TOTALS : 0;
  double total = get_total (data, series);
  g_autofree char *rows = g_strdup_printf (ngettext ("%u row", "%u rows", n_rows), n_rows);
  g_autofree char *columns = g_strdup_printf (ngettext ("%u column", "%u columns", data->series->len), data->series->len);
  g_autofree char *text = NULL;

  if (isnan (total))
    /* Translators: title, "12 rows", "3 columns" */
    return g_strdup_printf (_("%s: %s, %s."), cpt_chart_get_title (chart), rows, columns);

  text = cpt_chart_format_spoken (get_unit (data, series), total);

  /* Translators: title, "12 rows", "3 columns", sum of them all */
  return g_strdup_printf (_("%s: %s, %s, total %s."), cpt_chart_get_title (chart), rows, columns, text);
}

const CptChartKind cpt_chart_table = {
  .name = "table",
  .label = N_("Table"),
  .description = N_("Exact numbers in rows and columns, with totals"),
  .icon_name = "cpt-chart-table-symbolic",
  .needs = CPT_CHART_NEEDS_DIMENSION | CPT_CHART_NEEDS_SERIES | CPT_CHART_NEEDS_MATRIX | CPT_CHART_NEEDS_MEASURES,
  .min_columns = 3,
  .min_rows = 3,
  .default_columns = 6,
  .default_rows = 5,
  .draw = draw_table,
  .summarize = summarize_table,
};
