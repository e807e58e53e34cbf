/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who leads: rank, name, a bar in proportion to the first, the value, and the
 * change where there is an earlier period, with the places that were won or lost.
 * Behind the name stands what somebody has earned. The order is that of the data;
 * equal values share a rank. */
#include "config.h"
#include "cpt-chart-private.h"

#include <glib/gi18n-lib.h>

/* In units of the font size */
#define MIN_ROW 2.2
#define MAX_ROW 3.6
#define TRACK 0.34
#define CHANGE 5.2

typedef struct
{
  CptChartContext *context;
  guint n_rows; /* that have room */
  double row;
  double rank_width;
  double value_width;
  double change_width; /* 0: nothing to compare with, or no room */
  int comparison;      /* series, or -1 */
  double largest;
  gboolean in_full;
  int decimals; /* of all numbers */
} Board;

static char *
format_row (const Board *board,
            guint        row)
{
  const CptChartData *data = board->context->data;
  double value = cpt_chart_data_get_value (data, 0, row);

  return cpt_chart_format_aligned (&data->unit, value, !board->in_full, board->decimals);
}

static double
measure_rows (Board *board)
{
  const CptChartData *data = board->context->data;
  CptTextStyle style = { .bold = TRUE };
  double widest = 0;

  board->decimals = 0;
  for (guint i = 0; i < board->n_rows; i++)
    board->decimals = MAX (board->decimals, cpt_chart_count_decimals (&data->unit, cpt_chart_data_get_value (data, 0, i),
                                                                      !board->in_full));

  for (guint i = 0; i < board->n_rows; i++)
    {
      g_autofree char *text = format_row (board, i);

      widest = MAX (widest, cpt_chart_measure (board->context, text, &style));
    }

  return widest;
}

static int
find_comparison (const CptChartData *data)
{
  for (guint s = 1; s < data->series->len; s++)
    if (cpt_chart_data_get_series (data, s)->role == CPT_CHART_ROLE_COMPARISON)
      return (int) s;

  return -1;
}

static void
init_board (Board           *board,
            CptChartContext *context)
{
  const CptChartData *data = context->data;
  guint n = data->categories->len;
  double em = context->em;
  double room = context->height;

  board->context = context;
  board->n_rows = (guint) CLAMP (floor (room / (MIN_ROW * em)), 1, n);
  if (board->n_rows < n)
    {
      room -= 1.6 * em;
      board->n_rows = (guint) CLAMP (floor (room / (MIN_ROW * em)), 1, n);
    }
  board->row = MIN (room / board->n_rows, MAX_ROW * em);
  for (guint i = 0; i < n; i++)
    {
      double value = cpt_chart_data_get_value (data, 0, i);

      if (!isnan (value))
        board->largest = MAX (board->largest, fabs (value));
    }
  board->comparison = find_comparison (data);
  board->change_width = board->comparison >= 0 && context->width >= 26 * em ? CHANGE * em : 0;
  board->rank_width = (board->n_rows > 9 ? 2.3 : 1.9) * em;
  board->in_full = TRUE;
  board->value_width = measure_rows (board);
  if (board->value_width > 0.36 * context->width)
    {
      board->in_full = FALSE;
      board->value_width = measure_rows (board);
    }
}

static guint
get_rank (const CptChartData *data,
          guint               row)
{
  while (row > 0 && cpt_chart_data_get_value (data, 0, row) == cpt_chart_data_get_value (data, 0, row - 1))
    row--;

  return row + 1;
}

static void
draw_rank (const Board *board,
           guint        row,
           double       y)
{
  CptChartContext *context = board->context;
  const CptChartStyle *style = context->style;
  guint rank = get_rank (context->data, row);
  g_autofree char *text = g_strdup_printf ("%u", rank);
  CptTextStyle number = { .scale = 0.92, .color = style->muted, .anchor = CPT_ANCHOR_MIDDLE };
  double radius = 0.78 * context->em;

  if (rank <= 3)
    {
      CptChartColor tint = cpt_chart_color_mix (&style->background, &style->accent, 0.16);

      cairo_new_path (context->cr);
      cairo_arc (context->cr, radius, y, radius, 0, 2 * G_PI);
      cpt_chart_set_color (context->cr, &tint);
      cairo_fill (context->cr);
      number.bold = TRUE;
      number.color = style->foreground;
    }
  cpt_chart_draw_text_middle (context, text, &number, radius, y);
}

static void
draw_change (const Board *board,
             guint        row,
             double       y)
{
  CptChartContext *context = board->context;
  const CptChartData *data = context->data;
  const CptChartStyle *style = context->style;
  double before = cpt_chart_data_get_value (data, board->comparison, row);
  double value = cpt_chart_data_get_value (data, 0, row);
  double change = (value - before) / fabs (before);
  gboolean good = (change > 0) == (data->direction == CPT_CHART_UP_IS_GOOD);
  CptTextStyle text_style = {
    .scale = 0.92,
    .color = good ? style->good : style->bad,
    .anchor = CPT_ANCHOR_END,
    .max_width = board->change_width,
  };
  g_autofree char *text = NULL;

  if (board->change_width <= 0 || !isfinite (change) || before == 0)
    return;
  if (data->direction == CPT_CHART_NEUTRAL || cpt_chart_is_unchanged (&data->unit, value, before))
    text_style.color = style->muted;
  text = cpt_chart_format_difference (&data->unit, value, before);
  cpt_chart_draw_text_middle (context, text, &text_style, context->width, y);
}

/* Up or down, and by how many places; nothing of who stayed where he was */
static void
draw_places (const Board *board,
             guint        row,
             double       y)
{
  CptChartContext *context = board->context;
  const CptChartStyle *style = context->style;
  guint before = g_array_index (context->data->categories, CptChartCategory, row).rank_before;
  guint rank = get_rank (context->data, row);
  gboolean is_up = rank < before;
  CptTextStyle text_style = {
    .scale = 0.85,
    .color = is_up ? style->good : style->bad,
    .anchor = CPT_ANCHOR_END,
  };
  g_autofree char *text = NULL;
  double x, size = 0.32 * context->em;

  if (board->change_width <= 0 || before == 0 || before == rank)
    return;

  text = g_strdup_printf ("%u", is_up ? before - rank : rank - before);
  cpt_chart_draw_text_middle (context, text, &text_style, context->width, y);
  x = context->width - cpt_chart_measure (context, text, &text_style) - 2 * size;
  cairo_new_path (context->cr);
  cairo_move_to (context->cr, x - size, is_up ? y + size : y - size);
  cairo_line_to (context->cr, x + size, is_up ? y + size : y - size);
  cairo_line_to (context->cr, x, is_up ? y - size : y + size);
  cairo_close_path (context->cr);
  cpt_chart_set_color (context->cr, &text_style.color);
  cairo_fill (context->cr);
}

static void
path_star (cairo_t *cr,
           double   radius)
{
  for (guint i = 0; i < 10; i++)
    {
      double angle = -0.5 * G_PI + i * G_PI / 5;
      double distance = i % 2 == 0 ? radius : 0.45 * radius;

      cairo_line_to (cr, distance * cos (angle), distance * sin (angle));
    }
  cairo_close_path (cr);
}

/* Around the origin */
static void
path_icon (cairo_t    *cr,
           const char *icon,
           double      radius)
{
  if (g_strcmp0 (icon, "medal") == 0)
    {
      cairo_arc (cr, 0, 0.3 * radius, 0.65 * radius, 0, 2 * G_PI);
      cairo_close_path (cr);
      cairo_rectangle (cr, -0.45 * radius, -radius, 0.9 * radius, 0.65 * radius);
    }
  else if (g_strcmp0 (icon, "rise") == 0)
    {
      cairo_move_to (cr, 0, -radius);
      cairo_line_to (cr, radius, 0);
      cairo_line_to (cr, 0.4 * radius, 0);
      cairo_line_to (cr, 0.4 * radius, radius);
      cairo_line_to (cr, -0.4 * radius, radius);
      cairo_line_to (cr, -0.4 * radius, 0);
      cairo_line_to (cr, -radius, 0);
      cairo_close_path (cr);
    }
  else if (g_strcmp0 (icon, "flag") == 0)
    {
      cairo_rectangle (cr, -0.8 * radius, -radius, 0.3 * radius, 2 * radius);
      cairo_move_to (cr, -0.4 * radius, -0.9 * radius);
      cairo_line_to (cr, 0.9 * radius, -0.4 * radius);
      cairo_line_to (cr, -0.4 * radius, 0.2 * radius);
      cairo_close_path (cr);
    }
  else
    {
      path_star (cr, radius);
    }
}

/* As many as have room between the name and the value; the others are said */
static void
draw_badges (const Board *board,
             guint        row,
             double       x,
             double       right,
             double       y)
{
  CptChartContext *context = board->context;
  const GPtrArray *badges = g_array_index (context->data->categories, CptChartCategory, row).badges;
  double em = context->em;
  CptTextStyle style = { .scale = 0.82, .color = context->style->foreground };
  CptChartColor tint = cpt_chart_color_mix (&context->style->background, &context->style->accent, 0.14);
  CptChartColor ink = cpt_chart_get_ink (context, &context->style->accent);

  for (guint i = 0; badges != NULL && i < badges->len; i++)
    {
      const CptChartBadge *badge = g_ptr_array_index (badges, i);
      double width = cpt_chart_measure (context, badge->name, &style) + 2.0 * em;
      CptChartRect pill = { x, y - 0.72 * em, width, 1.44 * em };

      if (x + width > right)
        break;
      cpt_chart_fill_rect (context, &pill, pill.height / 2, CPT_CORNER_ALL, &tint);
      cairo_save (context->cr);
      cairo_translate (context->cr, x + 0.8 * em, y);
      cairo_new_path (context->cr);
      path_icon (context->cr, badge->icon, 0.45 * em);
      cpt_chart_set_color (context->cr, &ink);
      cairo_fill (context->cr);
      cairo_restore (context->cr);
      cpt_chart_draw_text_middle (context, badge->name, &style, x + 1.5 * em, y);
      x += width + 0.4 * em;
    }
}

static void
draw_row (const Board *board,
          guint        row)
{
  CptChartContext *context = board->context;
  const CptChartStyle *style = context->style;
  double em = context->em;
  double value = cpt_chart_data_get_value (context->data, 0, row);
  double middle = (row + 0.5) * board->row;
  double right = context->width - board->change_width;
  double left = board->rank_width + 0.3 * em;
  double width = right - left;
  double share = board->largest > 0 && value > 0 ? value / board->largest : 0;
  CptChartRect area = { 0, row * board->row, context->width, board->row };
  CptChartRect track = { left, middle + 0.62 * em, width, TRACK * em };
  CptTextStyle name_style = { .color = style->foreground };
  CptTextStyle value_style = { .bold = TRUE, .color = style->foreground, .anchor = CPT_ANCHOR_END };
  g_autofree char *name = cpt_chart_data_dup_label (context->data, row);
  g_autofree char *text = format_row (board, row);
  double y = middle - 0.22 * em;

  draw_rank (board, row, middle);
  name_style.max_width = width - board->value_width - 0.8 * em;
  cpt_chart_draw_text_middle (context, name, &name_style, left, y);
  cpt_chart_draw_text_middle (context, text, &value_style, right, y);
  draw_change (board, row, y);
  draw_places (board, row, middle + 0.85 * em);
  draw_badges (board, row, left + MIN (cpt_chart_measure (context, name, &name_style), name_style.max_width) + 0.7 * em,
               right - board->value_width - 0.8 * em, y);

  cpt_chart_fill_rect (context, &track, track.height / 2, CPT_CORNER_ALL, &style->fill);
  if (share > 0)
    {
      track.width = MAX (track.width * share, track.height);
      cpt_chart_fill_rect (context, &track, track.height / 2, CPT_CORNER_ALL, &style->accent);
    }
  cpt_chart_add_mark (context, 0, (int) row, &area, left + width * share, middle);
}

static void
draw_leaderboard (CptChartContext *context)
{
  Board board = { 0 };
  guint n = context->data->categories->len;

  if (n == 0)
    return;

  init_board (&board, context);
  for (guint i = 0; i < board.n_rows; i++)
    draw_row (&board, i);
  if (board.n_rows < n)
    {
      CptTextStyle style = { .color = context->style->muted };
      g_autofree char *more = cpt_chart_format_more (n - board.n_rows);

      cpt_chart_draw_text (context, more, &style, board.rank_width + 0.3 * context->em,
                           context->height - 0.4 * context->em);
    }
  context->layout->plot = (CptChartRect){ 0, 0, context->width, board.row * board.n_rows };
}

static char *
summarize_leaderboard (const CptChart *chart)
{
  const CptChartData *data = chart->data;
  guint n = data->categories->len;
  g_autofree char *count = NULL;
  g_autofree char *name = NULL;
  g_autofree char *value = NULL;

  if (n == 0)
    return cpt_chart_summarize_extremes (chart);

  count = g_strdup_printf (ngettext ("%u place", "%u places", n), n);
  name = cpt_chart_data_dup_label (data, 0);
  value = cpt_chart_format_spoken (&data->unit, cpt_chart_data_get_value (data, 0, 0));

  /* Translators: title, "12 places", name and value of the first */
  return g_strdup_printf (_("%s: %s, %s leads with %s."), cpt_chart_get_title (chart), count, name,
                          value);
}

static char *
describe_row (const CptChart     *chart,
              const CptChartMark *mark)
{
  const CptChartData *data = chart->data;
  guint row = (guint) mark->category;
  g_autofree char *name = cpt_chart_data_dup_label (data, row);
  g_autofree char *value = cpt_chart_format_spoken (&data->unit,
                                                    cpt_chart_data_get_value (data, 0, row));
  guint before = g_array_index (data->categories, CptChartCategory, row).rank_before;
  const GPtrArray *badges = g_array_index (data->categories, CptChartCategory, row).badges;
  GString *text = g_string_new (NULL);

  /* Translators: rank, name, value */
  g_string_append_printf (text, _("%u, %s: %s"), get_rank (data, row), name, value);
  if (before > 0 && before != get_rank (data, row))
    /* Translators: the place in a list in the period before: "2, Anna: €3,000, 4 before" */
    g_string_append_printf (text, _(", %u before"), before);
  for (guint i = 0; badges != NULL && i < badges->len; i++)
    g_string_append_printf (text, ", %s", ((const CptChartBadge *) g_ptr_array_index (badges, i))->name);

  return g_string_free (text, FALSE);
}

static const CptChartOption options[] = {
  { "direction", N_("A rise is"), cpt_chart_directions, "up" },
  { NULL },
};

const CptChartKind cpt_chart_leaderboard = {
  .name = "leaderboard",
  .label = N_("Leaderboard"),
  .description = N_("Who or what leads, in order"),
  .icon_name = "cpt-chart-leaderboard-symbolic",
  .needs = CPT_CHART_NEEDS_DIMENSION,
  .min_columns = 3,
  .min_rows = 3,
  .default_columns = 4,
  .default_rows = 4,
  .options = options,
  .draw = draw_leaderboard,
  .summarize = summarize_leaderboard,
  .describe = describe_row,
};
