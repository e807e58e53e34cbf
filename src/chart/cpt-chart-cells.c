/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers in rows and columns, for tables and pivot tables: a row for each
 * category, a column for each series. Totals are those that the data has, computed
 * like any other number; else they are added up where values may be. Rows and
 * columns that have no room are said at the end; the totals are of all, shown or
 * not. Where each group has several measures, its name stands above their columns. Headings
 * have a second line before they are cut. */
#include "config.h"
#include "cpt-chart-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* In units of the font size */
#define ROW 1.9
#define MIN_ROW 1.55
#define GAP 1.3
#define MAX_HEADING 10.0
#define CUT_HEADING 5.0
#define MIN_NAME 6.0
#define HEADING_LINE 1.15
/* Rows of a table that is high enough for headings of two lines */
#define ROWS_FOR_TWO 6

#define MAX_COLUMNS 64

/* In place of a series: the column of sums */
#define TOTALS (-1)

/* How much of the colour of a chart is in the darkest cell, and in the palest */
#define DARKEST 0.55
#define PALEST 0.06

typedef struct
{
  int series; /* or TOTALS */
  double width;
  int decimals; /* of its numbers */
  double low;   /* of the numbers in it, for heat */
  double high;
} Column;

typedef struct
{
  CptChartContext *context;
  Column columns[MAX_COLUMNS];
  guint n_columns;  /* that have room */
  guint n_totals;   /* the last of them, which are totals */
  guint n_measures; /* columns that a group has */
  guint n_hidden;   /* columns */
  guint n_rows;     /* that have room */
  guint first;      /* of them: of dates the last have room */
  double name_width;
  double row;
  double head; /* height of the headings */
  gboolean has_total_row;
  gboolean is_heat;
  gboolean has_two_lines; /* in the headings of columns */
  double heading;         /* widest line of one */
  gboolean in_full;
} Table;

static gboolean
is_total (const CptChartData *data,
          int                 series)
{
  return series == TOTALS || cpt_chart_data_get_series (data, (guint) series)->role == CPT_CHART_ROLE_TOTAL;
}

/* The first of the totals that the data has, or -1 */
static int
find_totals (const CptChartData *data)
{
  for (guint s = 0; s < data->series->len; s++)
    if (is_total (data, (int) s))
      return (int) s;

  return -1;
}

/* Sums, where the data has no totals of its own */
static gboolean
has_total_column (const CptChartData *data)
{
  return data->is_grouped && !data->is_part && data->series->len > 1 && data->measures == NULL && find_totals (data) < 0;
}

static gboolean
is_additive (const CptChartData *data,
             int                 series)
{
  return !data->is_part && (series == TOTALS || cpt_chart_data_get_series (data, (guint) series)->is_additive);
}

static gboolean
is_any_totalled (const CptChartData *data)
{
  for (guint s = 0; s < data->series->len; s++)
    if (is_additive (data, (int) s) || isfinite (cpt_chart_data_get_series (data, s)->total))
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

  if (series != TOTALS && isfinite (cpt_chart_data_get_series (data, (guint) series)->total))
    return cpt_chart_data_get_series (data, (guint) series)->total;
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
             int          decimals,
             double       value)
{
  const CptChartUnit *unit = get_unit (table->context->data, series);

  if (isnan (value))
    return g_strdup ("");

  return cpt_chart_format_aligned (unit, value, !table->in_full, decimals);
}

/* As many as one of the numbers of a column needs: all of them have as many */
static int
count_decimals (const Table *table,
                int          series)
{
  const CptChartData *data = table->context->data;
  const CptChartUnit *unit = get_unit (data, series);
  int decimals = 0;

  for (guint i = 0; i < table->n_rows; i++)
    decimals = MAX (decimals, cpt_chart_count_decimals (unit, get_cell (data, series, table->first + i), !table->in_full));
  if (table->has_total_row)
    decimals = MAX (decimals, cpt_chart_count_decimals (unit, get_total (data, series), !table->in_full));

  return decimals;
}

/* Of the group */
static const char *
get_heading (const Table *table,
             int          series)
{
  const char *label;

  if (is_total (table->context->data, series))
    return _("Total");

  label = cpt_chart_data_get_series (table->context->data, (guint) series)->label;

  return label != NULL ? label : cpt_chart_get_title (table->context->chart);
}

/* What is measured, where that is not the same in all columns; else of the group */
static const char *
get_column_heading (const Table *table,
                    int          series)
{
  const CptChartData *data = table->context->data;

  if (table->n_measures < 2 || series == TOTALS)
    return get_heading (table, series);

  return g_ptr_array_index (data->measures,
                            MIN (cpt_chart_data_get_series (data, (guint) series)->measure, table->n_measures - 1));
}

/* ---- the room ---- */

static const CptTextStyle heading_style = { .scale = 0.92 };

/* Where a heading is cut in two lines, the longer of which is as short as can be: bytes, 0 for one word */
static gsize
find_break (CptChartContext *context,
            const char      *text,
            double          *widest)
{
  gsize found = 0;

  *widest = cpt_chart_measure (context, text, &heading_style);
  for (const char *space = strchr (text, ' '); space != NULL; space = strchr (space + 1, ' '))
    {
      g_autofree char *first = g_strndup (text, (gsize) (space - text));
      double width = MAX (cpt_chart_measure (context, first, &heading_style),
                          cpt_chart_measure (context, space + 1, &heading_style));

      if (width >= *widest)
        continue;
      *widest = width;
      found = (gsize) (space - text);
    }

  return found;
}

static double
measure_heading (const Table *table,
                 int          series)
{
  const char *text = get_column_heading (table, series);
  double width = cpt_chart_measure (table->context, text, &heading_style);

  if (table->has_two_lines)
    find_break (table->context, text, &width);

  return MIN (width, table->heading);
}

static Column
create_column (const Table *table,
               int          series)
{
  CptChartContext *context = table->context;
  int decimals = count_decimals (table, series);
  CptTextStyle bold = { .bold = TRUE };
  double widest = measure_heading (table, series);

  for (guint i = 0; i < table->n_rows; i++)
    {
      g_autofree char *text = format_cell (table, series, decimals, get_cell (context->data, series, table->first + i));

      widest = MAX (widest, cpt_chart_measure (context, text, &bold));
    }
  if (table->has_total_row)
    {
      g_autofree char *text = format_cell (table, series, decimals, get_total (context->data, series));

      widest = MAX (widest, cpt_chart_measure (context, text, &bold));
    }

  return (Column){ .series = series, .width = widest + GAP * context->em, .decimals = decimals };
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

  guint most = MAX_COLUMNS - 2 * table->n_measures;

  table->n_columns = 0;
  table->n_totals = 0;
  table->n_hidden = 0;
  for (guint s = 0; s < data->series->len; s++)
    {
      Column column;
      gboolean is_last = is_total (data, (int) s);

      if ((!is_last && table->n_columns >= most) || table->n_columns >= MAX_COLUMNS - 1)
        {
          table->n_hidden++;
          continue;
        }
      column = create_column (table, (int) s);
      sum += column.width;
      table->columns[table->n_columns++] = column;
      table->n_totals += is_last ? 1 : 0;
    }
  if (has_total_column (data))
    {
      table->columns[table->n_columns] = create_column (table, TOTALS);
      sum += table->columns[table->n_columns++].width;
      table->n_totals++;
    }

  return sum;
}

/* The column @index goes, with all of its group */
static double
drop_group (Table *table,
            guint  index,
            guint  n)
{
  double width = 0;

  for (guint i = 0; i < n; i++)
    width += table->columns[index + i].width;
  for (guint i = index; i + n < table->n_columns; i++)
    table->columns[i] = table->columns[i + n];
  table->n_columns -= n;
  table->n_hidden += n;

  return width;
}

/* The last columns go; the totals stay as long as any other does */
static void
drop_columns (Table  *table,
              double  sum,
              double  room)
{
  guint n = table->n_measures;

  while (sum > room && table->n_columns >= table->n_totals + 2 * n)
    sum -= drop_group (table, table->n_columns - table->n_totals - n, n);
  if (sum > room && table->n_totals > 0 && table->n_totals < table->n_columns)
    {
      sum -= drop_group (table, table->n_columns - table->n_totals, table->n_totals);
      table->n_totals = 0;
    }
  if (sum > room && table->n_columns > 0)
    table->columns[0].width = MAX (room / table->n_columns, 1);
  for (guint i = 1; i < table->n_columns && sum > room; i++)
    table->columns[i].width = table->columns[0].width;
}

static void
set_rows (Table    *table,
          gboolean  has_two_lines)
{
  const CptChartData *data = table->context->data;
  double em = table->context->em;
  double height = table->context->height - (has_two_lines ? HEADING_LINE * em : 0);
  guint n = data->categories->len;
  int n_heads = table->n_measures > 1 ? 2 : 1;
  int room;

  table->has_two_lines = has_two_lines;
  table->row = CLAMP (height / (n + n_heads + (table->has_total_row ? 1 : 0)), MIN_ROW * em, ROW * em);
  table->head = n_heads * table->row + (has_two_lines ? HEADING_LINE * em : 0);
  room = (int) floor (height / table->row) - n_heads - (table->has_total_row ? 1 : 0);
  table->n_rows = (guint) CLAMP (room, 1, (int) n);
  if (table->n_rows < n)
    table->n_rows = (guint) MAX (room - 1, 1);
  if (data->bucket != CPT_BUCKET_NONE)
    table->first = n - table->n_rows;
}

static gboolean
is_any_heading_cut (const Table *table)
{
  for (guint i = 0; i < table->n_columns; i++)
    if (cpt_chart_measure (table->context, get_column_heading (table, table->columns[i].series), &heading_style) >
        table->columns[i].width - 0.5 * GAP * table->context->em)
      return TRUE;

  return FALSE;
}

/* Of names and of columns @least and the rest of the width; returns how wide the columns are */
static double
choose_headings (Table  *table,
                 double  least)
{
  double em = table->context->em;
  double room = table->context->width - least;
  double sum;

  table->in_full = TRUE;
  table->heading = MAX_HEADING * em;
  sum = measure_columns (table);
  if (sum <= room && !is_any_heading_cut (table))
    return sum;

  if (table->context->height >= ROWS_FOR_TWO * MIN_ROW * em)
    {
      set_rows (table, TRUE);
      sum = measure_columns (table);
    }
  if (sum > room)
    {
      table->heading = CUT_HEADING * em;
      sum = measure_columns (table);
    }
  if (sum > room)
    {
      table->in_full = FALSE;
      sum = measure_columns (table);
    }

  return sum;
}

static void
init_table (Table           *table,
            CptChartContext *context)
{
  const CptChartData *data = context->data;
  double em = context->em;
  double least, sum;

  table->context = context;
  table->n_measures = data->measures != NULL ? MAX (data->measures->len, 1) : 1;
  table->has_total_row = data->categories->len > 1 && is_any_totalled (data) && context->height >= 5 * MIN_ROW * em;
  set_rows (table, FALSE);

  least = MIN (measure_names (table), MAX (0.32 * context->width, MIN_NAME * em));
  sum = choose_headings (table, least);
  if (sum > context->width - least && table->n_columns > 0)
    drop_columns (table, sum, context->width - least);
  if (table->has_two_lines && !is_any_heading_cut (table))
    set_rows (table, FALSE);
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

/* Names of groups above the columns of their measures */
static void
draw_groups (const Table *table)
{
  CptChartContext *context = table->context;
  double left = table->name_width;

  for (guint i = 0; i < table->n_columns;)
    {
      const Column *column = &table->columns[i];
      CptTextStyle style = { .scale = 0.92, .color = context->style->foreground, .anchor = CPT_ANCHOR_END };
      double width = 0;

      style.bold = is_total (context->data, column->series);
      for (guint m = 0; m < table->n_measures && i < table->n_columns; m++, i++)
        width += table->columns[i].width;
      style.max_width = width - 0.5 * GAP * context->em;
      cpt_chart_draw_text_middle (context, get_heading (table, column->series), &style, left + width, table->row / 2);
      if (width > GAP * context->em)
        cpt_chart_draw_line (context, left + 0.5 * GAP * context->em, floor (table->row) + 0.5, left + width,
                             floor (table->row) + 0.5, &context->style->grid);
      left += width;
    }
}

/* The end of its last line is at @right */
static void
draw_heading (const Table        *table,
              const char         *text,
              const CptTextStyle *style,
              double              right)
{
  CptChartContext *context = table->context;
  double last = table->head - table->row / 2;
  double widest;
  gsize end = 0;

  if (table->has_two_lines && cpt_chart_measure (context, text, &heading_style) > style->max_width)
    end = find_break (context, text, &widest);
  if (end > 0)
    {
      g_autofree char *first = g_strndup (text, end);

      cpt_chart_draw_text_middle (context, first, style, right, last - HEADING_LINE * context->em);
      text += end + 1;
    }
  cpt_chart_draw_text_middle (context, text, style, right, last);
}

static void
draw_headings (const Table *table)
{
  CptChartContext *context = table->context;
  double em = context->em;
  double right = table->name_width;

  if (table->n_measures > 1)
    draw_groups (table);
  for (guint i = 0; i < table->n_columns; i++)
    {
      const Column *column = &table->columns[i];
      CptTextStyle style = { .scale = 0.92, .color = context->style->muted, .anchor = CPT_ANCHOR_END };

      right += column->width;
      style.max_width = column->width - 0.5 * GAP * em;
      draw_heading (table, get_column_heading (table, column->series), &style, right - (table->is_heat ? 0.35 * em : 0));
    }
  draw_rule (table, table->head, TRUE);
}

/* Lowest and highest number of the groups, of what the column measures */
static void
get_heat_range (const CptChartData *data,
                guint               measure,
                double             *low,
                double             *high)
{
  *low = G_MAXDOUBLE;
  *high = -G_MAXDOUBLE;
  for (guint s = 0; s < data->series->len; s++)
    for (guint i = 0; i < data->categories->len && !is_total (data, (int) s) &&
                      cpt_chart_data_get_series (data, s)->measure == measure;
         i++)
      {
        double value = cpt_chart_data_get_value (data, s, i);

        if (isnan (value))
          continue;
        *low = MIN (*low, value);
        *high = MAX (*high, value);
      }
}

/* The darker the more; the colour of the number on it */
static CptChartColor
fill_heat (const Table        *table,
           const Column       *column,
           double              value,
           const CptChartRect *cell)
{
  CptChartContext *context = table->context;
  const CptChartStyle *style = context->style;
  double share = column->high > column->low ? (value / 2 - column->low / 2) / (column->high / 2 - column->low / 2) : 1;
  CptChartColor color = cpt_chart_color_mix (&style->background, &style->accent,
                                             PALEST + (DARKEST - PALEST) * CLAMP (share, 0, 1));
  CptChartRect inner = { cell->x + 0.35 * context->em, cell->y + 1, cell->width - 0.35 * context->em, cell->height - 1 };

  if (inner.width > 0 && inner.height > 0)
    cpt_chart_fill_rect (context, &inner, 0.2 * context->em, CPT_CORNER_ALL, &color);

  return cpt_chart_get_text_on (context, &color);
}

static void
draw_row (const Table *table,
          guint        place)
{
  CptChartContext *context = table->context;
  guint row = table->first + place;
  double top = table->head + place * table->row;
  double right = table->name_width;
  CptTextStyle name_style = { .color = context->style->foreground, .max_width = table->name_width };
  g_autofree char *name = cpt_chart_data_dup_label (context->data, row);

  cpt_chart_draw_text_middle (context, name, &name_style, 0, top + table->row / 2);
  for (guint i = 0; i < table->n_columns; i++)
    {
      const Column *column = &table->columns[i];
      double value = get_cell (context->data, column->series, row);
      g_autofree char *text = format_cell (table, column->series, column->decimals, value);
      CptTextStyle style = { .color = context->style->foreground, .anchor = CPT_ANCHOR_END };
      CptChartRect cell = { right, top, column->width, table->row };

      right += column->width;
      style.bold = is_total (context->data, column->series);
      style.max_width = column->width - 0.3 * context->em;
      if (table->is_heat && !style.bold && !isnan (value))
        style.color = fill_heat (table, column, value, &cell);
      cpt_chart_draw_text_middle (context, text, &style, right - (table->is_heat ? 0.35 * context->em : 0), top + table->row / 2);
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
      double total = get_total (context->data, column->series);
      g_autofree char *text = format_cell (table, column->series, column->decimals, total);
      CptChartRect cell = { right, top, column->width, table->row };

      right += column->width;
      style.max_width = column->width - 0.3 * context->em;
      cpt_chart_draw_text_middle (context, text, &style, right - (table->is_heat ? 0.35 * context->em : 0), top + table->row / 2);
      /* Sums of what is shown lead nowhere of their own */
      if (column->series != TOTALS && isfinite (cpt_chart_data_get_series (context->data, (guint) column->series)->total))
        cpt_chart_add_mark (context, column->series, CPT_CHART_TOTAL, &cell, right - 0.5 * column->width, top + table->row / 2);
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
  guint n;

  if (table->n_hidden == 0)
    return;

  n = table->n_hidden / table->n_measures;
  columns = g_strdup_printf (ngettext ("%u column hidden", "%u columns hidden", n), n);
  if (cpt_chart_measure (context, columns, &(CptTextStyle){ .scale = 0.92 }) > table->name_width)
    {
      g_free (columns);
      columns = g_strdup_printf ("+%u", n);
    }
  cpt_chart_draw_text_middle (context, columns, &style, 0, table->head - table->row / 2);
}

void
cpt_chart_draw_cells (CptChartContext *context,
                      gboolean         is_heat)
{
  Table table = { .is_heat = is_heat };
  double y;

  init_table (&table, context);
  for (guint i = 0; i < table.n_columns && is_heat; i++)
    if (table.columns[i].series != TOTALS)
      get_heat_range (context->data, cpt_chart_data_get_series (context->data, (guint) table.columns[i].series)->measure,
                      &table.columns[i].low, &table.columns[i].high);
  draw_headings (&table);
  draw_hidden_columns (&table);
  for (guint i = 0; i < table.n_rows; i++)
    draw_row (&table, i);
  y = table.head + table.n_rows * table.row;
  if (table.n_rows < context->data->categories->len)
    {
      draw_hidden (&table, y);
      y += table.row;
    }
  if (table.has_total_row)
    draw_total_row (&table, y);
  context->layout->plot = (CptChartRect){ 0, table.head, context->width, table.n_rows * table.row };
}

char *
cpt_chart_summarize_cells (const CptChart *chart)
{
  const CptChartData *data = chart->data;
  guint n_rows = data->categories->len;
  int totals = find_totals (data);
  guint n_measures = data->measures != NULL ? MAX (data->measures->len, 1) : 1;
  guint n_columns = (data->series->len - (totals >= 0 ? n_measures : 0)) / n_measures;
  int series = has_total_column (data) ? TOTALS : MAX (totals, 0);
  double total = get_total (data, series);
  g_autofree char *rows = g_strdup_printf (ngettext ("%u row", "%u rows", n_rows), n_rows);
  g_autofree char *columns = g_strdup_printf (ngettext ("%u column", "%u columns", n_columns), n_columns);
  g_autofree char *text = NULL;

  if (isnan (total))
    /* Translators: title, "12 rows", "3 columns" */
    return g_strdup_printf (_("%s: %s, %s."), cpt_chart_get_title (chart), rows, columns);

  text = cpt_chart_format_spoken (get_unit (data, series), total);

  /* Translators: title, "12 rows", "3 columns", sum of them all */
  return g_strdup_printf (_("%s: %s, %s, total %s."), cpt_chart_get_title (chart), rows, columns, text);
}

char *
cpt_chart_describe_cell (const CptChart     *chart,
                         const CptChartMark *mark)
{
  const CptChartData *data = chart->data;
  const CptChartSeries *series = cpt_chart_data_get_series (data, (guint) mark->series);
  gboolean is_last = mark->category == CPT_CHART_TOTAL;
  double value = is_last ? series->total : cpt_chart_data_get_value (data, (guint) mark->series, (guint) mark->category);
  g_autofree char *number = cpt_chart_format_spoken (cpt_chart_data_get_unit (data, (guint) mark->series), value);
  g_autofree char *row = is_last ? g_strdup (_("Total")) : cpt_chart_data_dup_label (data, (guint) mark->category);
  const char *column = is_total (data, mark->series) ? _("Total") : series->label;

  if (data->measures != NULL && data->measures->len > 1 && column != NULL)
    /* Translators: row, column, what is measured, value: "November, Website, Revenue won: €1,200" */
    return g_strdup_printf (_("%s, %s, %s: %s"), row, column,
                            (const char *) g_ptr_array_index (data->measures, MIN (series->measure, data->measures->len - 1)),
                            number);
  if (data->series->len > 1 && column != NULL)
    return g_strdup_printf (_("%s, %s: %s"), row, column, number);

  return g_strdup_printf (_("%s: %s"), row, number);
}
