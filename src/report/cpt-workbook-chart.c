/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts that a spreadsheet draws itself, of the cells of a table. The library has
 * no charts of bars and lines together: of a chart of bars, those series that are
 * lines are written by one of lines, on the same axes or on a second one. */
#include "config.h"

#include "cpt-workbook-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cpt-chart-kind.h"

/* In pixels; and what the library makes of a chart */
#define WIDTH 720.0
#define HEIGHT 380.0
#define DEFAULT_WIDTH 480.0
#define DEFAULT_HEIGHT 288.0

/* More would be no picture any more; of dates there may be many */
#define MAX_BARS 60
#define MAX_SLICES 12
#define MAX_SERIES 64
/* Points of a line that may each have a look of their own */
#define MAX_POINTS 2000

/* What a kind of chart becomes */
typedef struct
{
  const char *name;
  lxw_chart_type type;
} Native;

static const Native natives[] = {
  { "bar", LXW_CHART_COLUMN },
  { "combo", LXW_CHART_COLUMN },
  { "funnel", LXW_CHART_BAR },
  { "gauge", LXW_CHART_BAR },
  { "goals", LXW_CHART_BAR },
  { "leaderboard", LXW_CHART_BAR },
  { "line", LXW_CHART_LINE },
  { "number", LXW_CHART_LINE },
  { "pie", LXW_CHART_DOUGHNUT },
  { "radar", LXW_CHART_RADAR_WITH_MARKERS },
  { "scatter", LXW_CHART_SCATTER },
  { "treemap", LXW_CHART_BAR },
};

typedef struct
{
  const CptWorkbookSheet *on;
  const CptChartData *data;
  CptChart declared;
  CptChartStyle style;
  lxw_chart_type type;
  lxw_chart *chart;
  guint n_rows; /* that are drawn */
} Drawing;

/* ---- bars and lines together ---- */

/* Series from @first on become lines, on the axes @across and @up */
static void
write_bars_and_lines (lxw_chart *chart,
                      guint      first,
                      guint32    across,
                      guint32    up)
{
  lxw_chart *bars = lxw_chart_new (LXW_CHART_COLUMN);
  lxw_chart *lines = lxw_chart_new (LXW_CHART_LINE);
  struct lxw_chart_series_list all = *chart->series_list;
  struct lxw_chart_series_list rest = STAILQ_HEAD_INITIALIZER (rest);
  lxw_chart_series *series = STAILQ_FIRST (&all);
  lxw_chart_series *last = NULL;

  if (bars == NULL || lines == NULL)
    return;

  for (guint i = 0; i < first && series != NULL; i++)
    {
      last = series;
      series = STAILQ_NEXT (series, list_pointers);
    }
  if (last != NULL && series != NULL)
    {
      /* Lent to the chart of lines, and put back */
      chart->series_list->stqh_last = &last->list_pointers.stqe_next;
      last->list_pointers.stqe_next = NULL;
      rest.stqh_first = series;
      rest.stqh_last = all.stqh_last;
    }
  bars->write_chart_type (chart);
  if (last != NULL && series != NULL)
    {
      struct lxw_chart_series_list own = *lines->series_list;

      lines->file = chart->file;
      lines->series_index = chart->series_index;
      lines->axis_id_1 = across != 0 ? across : chart->axis_id_1;
      lines->axis_id_2 = up != 0 ? up : chart->axis_id_2;
      *lines->series_list = rest;
      lines->write_chart_type (lines);
      *lines->series_list = own;
      lines->file = NULL;
      last->list_pointers.stqe_next = series;
      *chart->series_list = all;
    }
  lxw_chart_free (bars);
  lxw_chart_free (lines);
}

static guint
count_series (const lxw_chart *chart)
{
  const lxw_chart_series *series;
  guint n = 0;

  STAILQ_FOREACH (series, chart->series_list, list_pointers)
  n++;

  return n;
}

/* The last series is a line to reach */
static void
write_with_target (lxw_chart *chart)
{
  write_bars_and_lines (chart, count_series (chart) - 1, 0, 0);
}

/* The second series is a line on an axis of its own, right of the chart; @scaling: what is said of it */
static void
write_combo_scaled (lxw_chart  *chart,
                    const char *scaling)
{
  guint32 across = 60010001 + 2 * chart->id;
  guint32 up = across + 1;
  const lxw_chart_series *line = STAILQ_NEXT (STAILQ_FIRST (chart->series_list), list_pointers);

  write_bars_and_lines (chart, 1, across, up);
  fprintf (chart->file,
           "<c:valAx><c:axId val=\"%u\"/><c:scaling>%s<c:orientation val=\"minMax\"/></c:scaling><c:delete val=\"0\"/>"
           "<c:axPos val=\"r\"/><c:numFmt formatCode=\"%s\" sourceLinked=\"0\"/><c:majorTickMark val=\"out\"/>"
           "<c:minorTickMark val=\"none\"/><c:tickLblPos val=\"nextTo\"/><c:crossAx val=\"%u\"/><c:crosses val=\"max\"/>"
           "<c:crossBetween val=\"between\"/></c:valAx>",
           up, scaling, line->label_num_format != NULL ? line->label_num_format : "General", across);
  fprintf (chart->file,
           "<c:catAx><c:axId val=\"%u\"/><c:scaling><c:orientation val=\"minMax\"/></c:scaling><c:delete val=\"1\"/>"
           "<c:axPos val=\"b\"/><c:majorTickMark val=\"out\"/><c:minorTickMark val=\"none\"/><c:tickLblPos val=\"nextTo\"/>"
           "<c:crossAx val=\"%u\"/><c:crosses val=\"autoZero\"/><c:auto val=\"1\"/><c:lblAlgn val=\"ctr\"/>"
           "<c:lblOffset val=\"100\"/><c:noMultiLvlLbl val=\"0\"/></c:catAx>",
           across, up);
}

static void
write_combo (lxw_chart *chart)
{
  write_combo_scaled (chart, "");
}

static void
write_log_combo (lxw_chart *chart)
{
  write_combo_scaled (chart, "<c:logBase val=\"10\"/>");
}

/* ---- which one ---- */

static gboolean
is_option (const Drawing *self,
           const char    *name,
           const char    *value)
{
  return cpt_chart_kind_has_option (self->declared.kind, name) && cpt_chart_is_option (&self->declared, name, value);
}

static gboolean
is_lying (const Drawing *self)
{
  /* As on the screen, where there is no room for many names side by side */
  return is_option (self, "orientation", "horizontal") ||
         (is_option (self, "orientation", "auto") && self->data->bucket == CPT_BUCKET_NONE && self->n_rows > 8);
}

static guint
count_values (const CptChartData *data)
{
  guint n = 0;

  for (guint s = 0; s < data->series->len; s++)
    n += cpt_chart_data_get_series (data, s)->role == CPT_CHART_ROLE_VALUE;

  return n;
}

const char *
cpt_workbook_refuse_chart (const CptChart *chart)
{
  if (chart->kind == NULL || chart->data == NULL || !g_str_equal (chart->kind->name, "radar"))
    return NULL;

  for (guint i = 0; i < chart->data->series->len; i++)
    if (cpt_chart_data_get_series (chart->data, i)->has_unit)
      return _("Spreadsheets draw all axes of a radar on one scale; of these measures there are only the numbers.");

  return NULL;
}

/* LXW_CHART_NONE where there is nothing to draw */
static lxw_chart_type
choose_type (const Drawing *self)
{
  static const lxw_chart_type bars[2][3] = {
    { LXW_CHART_COLUMN, LXW_CHART_COLUMN_STACKED, LXW_CHART_COLUMN_STACKED_PERCENT },
    { LXW_CHART_BAR, LXW_CHART_BAR_STACKED, LXW_CHART_BAR_STACKED_PERCENT },
  };
  const char *name = self->declared.kind->name;
  lxw_chart_type type = LXW_CHART_NONE;

  for (guint i = 0; i < G_N_ELEMENTS (natives); i++)
    if (g_str_equal (natives[i].name, name))
      type = natives[i].type;

  if (g_str_equal (name, "bar"))
    return bars[is_lying (self)][is_option (self, "stacking", "share") ? 2 : is_option (self, "stacking", "stacked") ? 1
                                                                                                                     : 0];
  if (g_str_equal (name, "line") && is_option (self, "area", "true") && count_values (self->data) == 1 &&
      self->data->series->len == 1)
    return LXW_CHART_AREA;
  if (g_str_equal (name, "pie"))
    return self->n_rows > MAX_SLICES ? LXW_CHART_BAR : is_option (self, "shape", "pie") ? LXW_CHART_PIE
                                                                                        : type;
  /* A number that did not develop is a number */
  if (g_str_equal (name, "number") && self->data->categories->len < 3)
    return LXW_CHART_NONE;
  if (cpt_workbook_refuse_chart (&self->declared) != NULL)
    return LXW_CHART_NONE;
  if (g_str_equal (name, "gauge") && self->on->table->n_rows < 2)
    return LXW_CHART_NONE;

  return type;
}

static gboolean
is_bar (lxw_chart_type type)
{
  return type >= LXW_CHART_BAR && type <= LXW_CHART_COLUMN_STACKED_PERCENT;
}

static gboolean
is_standing (lxw_chart_type type)
{
  return type >= LXW_CHART_COLUMN && type <= LXW_CHART_COLUMN_STACKED_PERCENT;
}

/* ---- how it looks ---- */

static lxw_color_t
get_rgb (const CptChartColor *color)
{
  guint red = (guint) (CLAMP (color->red, 0, 1) * 255 + 0.5);
  guint green = (guint) (CLAMP (color->green, 0, 1) * 255 + 0.5);
  guint blue = (guint) (CLAMP (color->blue, 0, 1) * 255 + 0.5);

  return (lxw_color_t) (red << 16 | green << 8 | blue);
}

/* Black is said by a colour that is none to the library */
static lxw_color_t
get_palette (const Drawing *self,
             guint          index)
{
  return get_rgb (index == 0 ? &self->style.accent : &self->style.palette[index % CPT_CHART_PALETTE_SIZE]);
}

/* As it is drawn on the screen */
static lxw_color_t
get_color (const Drawing *self,
           guint          index)
{
  const CptChartSeries *series = cpt_chart_data_get_series (self->data, index);
  CptChartColor muted = cpt_chart_color_mix (&self->style.muted, &self->style.background, 0.35);
  guint place = 0;

  if (series->has_color)
    return get_rgb (&series->color);
  if (series->is_continuation && index > 0)
    return get_color (self, 0);
  if (series->role == CPT_CHART_ROLE_COMPARISON)
    return get_rgb (&muted);

  for (guint i = 0; i < index; i++)
    place += cpt_chart_data_get_series (self->data, i)->role == CPT_CHART_ROLE_VALUE;

  return get_palette (self, place);
}

/* The line is dashed from where it is a forecast, and to what is not over yet; a bar of that is
 * hatched */
static void
mark_points (const Drawing        *self,
             lxw_chart_series     *series,
             guint                 index,
             gboolean              is_line,
             const lxw_chart_line *line)
{
  const CptChartData *data = self->data;
  lxw_chart_line dashed = *line;
  lxw_chart_pattern hatched = { line->color, LXW_COLOR_WHITE, LXW_CHART_PATTERN_WIDE_UPWARD_DIAGONAL };
  lxw_chart_point point = { .line = is_line ? &dashed : NULL, .pattern = is_line ? NULL : &hatched };
  lxw_chart_point plain = { NULL };
  g_autoptr(GPtrArray) points = NULL;
  gboolean any = FALSE;

  if (self->n_rows > MAX_POINTS)
    return;

  dashed.dash_type = LXW_CHART_LINE_DASH_DASH;
  points = g_ptr_array_new ();
  for (guint i = 0; i < self->n_rows; i++)
    {
      gboolean is_marked = cpt_chart_data_is_running (data, index, i) || cpt_chart_data_is_forecast (data, index, i);

      g_ptr_array_add (points, is_marked ? &point : &plain);
      any = any || is_marked;
    }
  g_ptr_array_add (points, NULL);
  if (any)
    chart_series_set_points (series, (lxw_chart_point **) points->pdata);
}

static void
style_series (const Drawing    *self,
              lxw_chart_series *series,
              guint             index,
              gboolean          is_line)
{
  const CptChartSeries *entry = cpt_chart_data_get_series (self->data, index);
  lxw_color_t color = get_color (self, index);
  lxw_chart_fill fill = { .color = color, .transparency = self->type == LXW_CHART_AREA ? 60 : 0 };
  lxw_chart_line line = { .color = color, .width = 2.25f };
  lxw_chart_line none = { .none = LXW_TRUE };

  if (entry->role == CPT_CHART_ROLE_COMPARISON || entry->is_continuation)
    line.dash_type = LXW_CHART_LINE_DASH_DASH;
  if (self->type == LXW_CHART_SCATTER)
    {
      chart_series_set_line (series, &none);
      chart_series_set_marker_type (series, LXW_CHART_MARKER_CIRCLE);
      chart_series_set_marker_size (series, 7);
      chart_series_set_marker_fill (series, &fill);
      chart_series_set_marker_line (series, &none);
      return;
    }

  if (is_line || self->type == LXW_CHART_AREA || self->type == LXW_CHART_RADAR_WITH_MARKERS)
    chart_series_set_line (series, &line);
  if (!is_line && self->type != LXW_CHART_RADAR_WITH_MARKERS)
    chart_series_set_fill (series, &fill);
  if (is_line || is_bar (self->type))
    mark_points (self, series, index, is_line, &line);
}

/* Each slice has a colour; what it is and its share stand beside it */
static void
style_slices (const Drawing    *self,
              lxw_chart_series *series)
{
  lxw_chart_fill fills[MAX_SLICES];
  lxw_chart_point points[MAX_SLICES];
  lxw_chart_point *list[MAX_SLICES + 1] = { NULL };

  for (guint i = 0; i < MIN (self->n_rows, MAX_SLICES); i++)
    {
      fills[i] = (lxw_chart_fill){ .color = get_palette (self, i) };
      points[i] = (lxw_chart_point){ .fill = &fills[i] };
      list[i] = &points[i];
    }
  chart_series_set_points (series, list);
  chart_series_set_labels (series);
  chart_series_set_labels_options (series, LXW_FALSE, LXW_FALSE, LXW_FALSE);
  chart_series_set_labels_percentage (series);
}

/* Ticks are round: decimals of amounts say nothing */
static char *
dup_tick_code (const Drawing *self,
               guint          column)
{
  const CptDataTable *table = self->on->table;
  const CptDataColumn *entry = cpt_data_table_get_column (table, column);
  double largest = 0;

  for (guint i = 0; i < self->n_rows; i++)
    {
      double number = cpt_data_table_get_number (table, i, column);

      largest = isnan (number) ? largest : MAX (largest, fabs (number));
    }

  if (entry->unit.measure == CPT_CHART_MONEY && largest >= 10)
    return g_strdup_printf ("#,##0 [$%s]", entry->unit.currency);
  if (entry->unit.measure == CPT_CHART_PERCENT && largest >= 0.05)
    return g_strdup ("0%");
  if (entry->unit.measure == CPT_CHART_NUMBER || entry->unit.measure == CPT_CHART_DURATION)
    return g_strdup (largest >= 10 ? "#,##0" : "General");

  return cpt_workbook_dup_code (table, column);
}

/* ---- what it is of ---- */

static lxw_chart_series *
add_series (const Drawing *self,
            guint          across,
            guint          up)
{
  const CptWorkbookSheet *on = self->on;
  lxw_chart_series *series = chart_add_series (self->chart, NULL, NULL);
  lxw_row_t first = on->head + 1;
  lxw_row_t last = on->head + self->n_rows;

  if (series == NULL)
    return NULL;

  chart_series_set_categories (series, on->sheet->name, first, (lxw_col_t) across, last, (lxw_col_t) across);
  chart_series_set_values (series, on->sheet->name, first, (lxw_col_t) up, last, (lxw_col_t) up);
  chart_series_set_name_range (series, on->sheet->name, on->head, (lxw_col_t) up);

  return series;
}

/* A line in the colour of what is bad: where it ought to be */
static void
add_target (const Drawing *self,
            guint          column)
{
  lxw_chart_series *series = add_series (self, 0, column);
  lxw_chart_line line = { .color = get_rgb (&self->style.bad), .width = 1.5f, .dash_type = LXW_CHART_LINE_DASH_DASH };

  if (series == NULL)
    return;

  chart_series_set_line (series, &line);
  if (is_standing (self->type))
    self->chart->write_chart_type = write_with_target;
}

/* The number of a gauge has no series */
static void
add_number (const Drawing *self)
{
  lxw_chart_series *series = add_series (self, 0, 1);
  lxw_chart_fill fill = { .color = get_rgb (&self->style.accent) };

  if (series != NULL)
    chart_series_set_fill (series, &fill);
}

/* Of the second axis: where write_combo() finds it. The series has no labels. */
static void
keep_tick_code (const Drawing    *self,
                lxw_chart_series *series,
                guint             column)
{
  g_autofree char *code = dup_tick_code (self, column);

  if (code != NULL)
    chart_series_set_labels_num_format (series, code);
}

/* Whether a column of numbers has its axis in powers of ten: @option says so, and all it draws
 * is above zero, as nothing else has a place there */
static gboolean
is_log (const Drawing *self,
        const char    *option,
        guint          column)
{
  gboolean is_pair = (self->declared.kind->needs & CPT_CHART_NEEDS_PAIR) != 0;
  guint last = is_pair ? column : self->on->table->columns->len - 1;

  if (!is_option (self, option, "log") || is_option (self, "stacking", "stacked"))
    return FALSE;

  for (guint c = column; c <= last; c++)
    for (guint i = 0; i < self->n_rows; i++)
      if (cpt_data_table_get_number (self->on->table, i, c) <= 0)
        return FALSE;

  return TRUE;
}

static void
add_all_series (const Drawing *self)
{
  const CptDataTable *table = self->on->table;
  gboolean is_combo = g_str_equal (self->declared.kind->name, "combo");
  guint n = 0;

  for (guint c = 1; c < table->columns->len && n < MAX_SERIES; c++)
    {
      const CptDataColumn *column = cpt_data_table_get_column (table, c);
      gboolean is_line = self->type == LXW_CHART_LINE || (is_combo && n > 0);
      lxw_chart_series *series;

      if (column->role != CPT_COLUMN_SERIES ||
          cpt_chart_data_get_series (self->data, column->series)->role == CPT_CHART_ROLE_TOTAL)
        continue;
      if (self->type == LXW_CHART_SCATTER && c != 2)
        continue;
      series = add_series (self, self->type == LXW_CHART_SCATTER ? 1 : 0, c);
      if (series == NULL)
        return;
      style_series (self, series, self->type == LXW_CHART_SCATTER ? 0 : column->series, is_line);
      if (is_combo && n == 1)
        keep_tick_code (self, series, c);
      n++;
      if (self->type == LXW_CHART_PIE || self->type == LXW_CHART_DOUGHNUT)
        {
          style_slices (self, series);
          return;
        }
      if (self->type == LXW_CHART_SCATTER)
        return;
    }

  if (is_combo && n > 1)
    {
      self->chart->write_chart_type = is_log (self, "line_scale", 2) ? write_log_combo : write_combo;
      return;
    }
  for (guint c = 1; c < table->columns->len; c++)
    if (cpt_data_table_get_column (table, c)->role == CPT_COLUMN_TARGET &&
        (is_standing (self->type) || self->type == LXW_CHART_LINE))
      add_target (self, c);
}

/* ---- the axes ---- */

static gboolean
is_below_zero (const Drawing *self)
{
  for (guint c = 1; c < self->on->table->columns->len; c++)
    for (guint i = 0; i < self->n_rows; i++)
      if (cpt_data_table_get_number (self->on->table, i, c) < 0)
        return TRUE;

  return FALSE;
}

static void
style_scales (const Drawing  *self,
              lxw_chart_axis *names,
              lxw_chart_axis *values)
{
  gboolean is_scatter = self->type == LXW_CHART_SCATTER;

  if (is_log (self, "scale", is_scatter ? 2 : 1))
    chart_axis_set_log_base (values, 10);
  /* The length of a bar is its number */
  else if (is_bar (self->type) && !is_below_zero (self))
    chart_axis_set_min (values, 0);
  if (is_scatter && is_log (self, "scale_across", 1))
    chart_axis_set_log_base (names, 10);
}

static void
style_axes (const Drawing *self)
{
  gboolean is_lying_down = is_bar (self->type) && !is_standing (self->type);
  lxw_chart_line hairline = { .color = get_rgb (&self->style.grid), .width = 0.75f };
  lxw_chart_axis *names = is_lying_down ? self->chart->y_axis : self->chart->x_axis;
  lxw_chart_axis *values = is_lying_down ? self->chart->x_axis : self->chart->y_axis;
  gboolean is_share = self->type == LXW_CHART_COLUMN_STACKED_PERCENT || self->type == LXW_CHART_BAR_STACKED_PERCENT;
  g_autofree char *dates = cpt_workbook_dup_code (self->on->table, 0);
  g_autofree char *code = dup_tick_code (self, self->type == LXW_CHART_SCATTER ? 2 : 1);

  if (dates != NULL && self->type != LXW_CHART_SCATTER)
    chart_axis_set_num_format (names, dates);
  if (!is_share && code != NULL)
    chart_axis_set_num_format (values, code);
  chart_axis_major_gridlines_set_visible (names, LXW_FALSE);
  chart_axis_major_gridlines_set_visible (values, LXW_TRUE);
  chart_axis_major_gridlines_set_line (values, &hairline);
  style_scales (self, names, values);
  if (is_lying_down)
    {
      /* The first one on top, the numbers below */
      chart_axis_set_reverse (names);
      chart_axis_set_crossing_max (names);
    }
  if (self->type == LXW_CHART_SCATTER)
    {
      g_autofree char *across = dup_tick_code (self, 1);

      chart_axis_set_num_format (names, across);
      chart_axis_set_name (names, cpt_data_table_get_column (self->on->table, 1)->heading);
      chart_axis_set_name (values, cpt_data_table_get_column (self->on->table, 2)->heading);
    }
}

/* ---- the whole ---- */

static gboolean
init_drawing (Drawing                *self,
              const CptWorkbookSheet *on)
{
  const CptWidget *widget = on->widget->widget;
  const CptChartKind *kind = cpt_chart_kind_find (widget->kind);

  *self = (Drawing){ .on = on, .data = on->widget->data };
  self->declared = (CptChart){ .kind = kind, .options = widget->options, .data = self->data };
  self->n_rows = on->table->n_rows;
  if (kind == NULL || self->n_rows == 0 || on->table->columns->len < 2 || cpt_chart_data_is_empty (self->data))
    return FALSE;
  if (kind->refuse != NULL && kind->refuse (&self->declared) != NULL)
    return FALSE;

  cpt_chart_style_init (&self->style, CPT_CHART_THEME_PRINT);
  self->type = choose_type (self);
  if (is_bar (self->type) && self->data->bucket == CPT_BUCKET_NONE)
    self->n_rows = MIN (self->n_rows, MAX_BARS);

  return self->type != LXW_CHART_NONE;
}

static void
place (const Drawing *self)
{
  const CptWorkbookSheet *on = self->on;
  const char *title = on->widget->widget->title;
  g_autofree char *summary = cpt_chart_dup_summary (&self->declared);
  lxw_chart_options options = {
    .x_scale = WIDTH / DEFAULT_WIDTH,
    .y_scale = HEIGHT / DEFAULT_HEIGHT,
    .description = summary,
  };
  lxw_chart_font font = { .bold = LXW_TRUE, .size = 12 };

  if (title[0] != '\0' && g_utf8_strlen (title, -1) < 200)
    {
      chart_title_set_name (self->chart, title);
      chart_title_set_name_font (self->chart, &font);
    }
  else
    {
      chart_title_off (self->chart);
    }
  if (self->type == LXW_CHART_PIE || self->type == LXW_CHART_DOUGHNUT)
    chart_legend_set_position (self->chart, LXW_CHART_LEGEND_RIGHT);
  else
    chart_legend_set_position (self->chart, count_series (self->chart) > 1 ? LXW_CHART_LEGEND_BOTTOM : LXW_CHART_LEGEND_NONE);
  worksheet_insert_chart_opt (on->sheet, on->head, (lxw_col_t) MIN (on->table->columns->len + 1, LXW_COL_MAX - 1),
                              self->chart, &options);
}

void
cpt_workbook_add_chart (const CptWorkbookSheet *on)
{
  Drawing self;

  if (!init_drawing (&self, on))
    return;

  self.chart = workbook_add_chart (cpt_xlsx_file_get_book (on->file), (uint8_t) self.type);
  if (self.chart == NULL)
    return;
  if (is_bar (self.type))
    chart_set_series_gap (self.chart, 60);
  if (g_str_equal (self.declared.kind->name, "gauge"))
    add_number (&self);
  else
    add_all_series (&self);
  if (self.type != LXW_CHART_PIE && self.type != LXW_CHART_DOUGHNUT)
    style_axes (&self);
  place (&self);
}
