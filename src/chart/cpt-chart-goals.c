/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goals: a bar for each, filled as far as it is, with a mark where it should be
 * by today, what there is of how much, and in a word how it stands. The data has
 * an item for each goal; the first series is the part that is reached, the second,
 * a comparison, the part that there should be by today. */
#include "config.h"
#include "cpt-chart-private.h"

#include <glib/gi18n-lib.h>

/* In units of the font size */
#define ROW 3.9
#define FLAT_ROW 2.7
#define WIDE_ROW 6.2
#define TRACK 0.5
#define MARK 0.16

/* Parts above it are drawn as all of it */
#define WHOLE 1.0

static gboolean
is_behind (const CptChartData *data,
           guint               row)
{
  double share = cpt_chart_data_get_value (data, 0, row);
  double pace = cpt_chart_data_get_value (data, 1, row);

  return cpt_chart_data_get_flag (data, 0, row) == CPT_CHART_FLAG_LOW || isnan (share) || (!isnan (pace) && share < pace);
}

static void
draw_bar (CptChartContext *context,
          guint            row,
          double           y)
{
  const CptChartStyle *style = context->style;
  double em = context->em;
  double share = cpt_chart_data_get_value (context->data, 0, row);
  double pace = cpt_chart_data_get_value (context->data, 1, row);
  CptChartRect track = { 0, y, context->width, TRACK * em };
  CptChartRect filled = track;
  CptChartColor color = share >= WHOLE && !is_behind (context->data, row) ? style->good : style->accent;
  CptChartColor ink = cpt_chart_get_ink (context, &color);

  cpt_chart_fill_rect (context, &track, track.height / 2, CPT_CORNER_ALL, &style->fill);
  if (share > 0)
    {
      filled.width = CLAMP (track.width * MIN (share, WHOLE), track.height, track.width);
      cpt_chart_fill_rect (context, &filled, track.height / 2, CPT_CORNER_ALL, &ink);
    }
  if (pace > 0 && pace < WHOLE)
    {
      double x = floor (track.width * pace) + 0.5;
      CptChartRect mark = { x - MARK * em / 2, y - 0.1 * em, MARK * em, track.height + 0.2 * em };

      cpt_chart_fill_rect (context, &mark, 0, CPT_CORNER_NONE, &style->foreground);
    }
}

static void
draw_goal (CptChartContext *context,
           guint            index,
           double           top,
           double           row)
{
  const CptChartItem *item = g_ptr_array_index (context->data->items, index);
  const CptChartStyle *style = context->style;
  double em = context->em;
  double first = top + 0.75 * em;
  CptTextStyle bold = { .bold = TRUE, .color = style->foreground };
  CptTextStyle muted = { .scale = 0.92, .color = style->muted };
  CptTextStyle state = { .scale = 0.92, .anchor = CPT_ANCHOR_END };
  double width = item->when != NULL ? cpt_chart_measure (context, item->when, &state) : 0;
  CptChartRect area = { 0, top, context->width, row };
  double share = cpt_chart_data_get_value (context->data, 0, index);

  state.color = is_behind (context->data, index) ? style->bad : style->good;
  if (item->when != NULL && width < 0.5 * context->width)
    cpt_chart_draw_text_middle (context, item->when, &state, context->width, first);
  else
    width = 0;
  bold.max_width = context->width - width - (width > 0 ? 0.8 * em : 0);
  cpt_chart_draw_text_middle (context, item->title, &bold, 0, first);
  draw_bar (context, index, top + 1.6 * em);
  muted.max_width = context->width;
  if (row > FLAT_ROW * em && item->detail != NULL)
    cpt_chart_draw_text_middle (context, item->detail, &muted, 0, top + 2.85 * em);
  cpt_chart_add_mark (context, 0, (int) index, &area, isnan (share) ? 0 : CLAMP (share, 0, WHOLE) * context->width,
                      top + 1.6 * em);
}

static void
draw_goals (CptChartContext *context)
{
  guint n = context->data->items->len;
  double em = context->em;
  double row = context->height < n * ROW * em && context->height < 2 * ROW * em ? FLAT_ROW * em : ROW * em;
  guint n_rows = (guint) CLAMP (floor ((context->height + 0.4 * em) / row), 1, n);

  /* One line less when it has to be said that there are more */
  if (n_rows < n)
    n_rows = (guint) CLAMP (floor ((context->height - 1.6 * em) / row), 1, n);
  else if (row >= ROW * em)
    row = CLAMP (context->height / n, row, WIDE_ROW * em);
  for (guint i = 0; i < n_rows; i++)
    draw_goal (context, i, i * row, row);
  if (n_rows < n)
    {
      CptTextStyle style = { .color = context->style->muted };
      g_autofree char *more = cpt_chart_format_more (n - n_rows);

      cpt_chart_draw_text (context, more, &style, 0, context->height - 0.4 * em);
    }
}

static char *
describe_goal (const CptChart     *chart,
               const CptChartMark *mark)
{
  const CptChartItem *item = chart->data->items != NULL && mark->category >= 0 && (guint) mark->category < chart->data->items->len
                               ? g_ptr_array_index (chart->data->items, mark->category)
                               : NULL;

  if (item == NULL)
    return cpt_chart_describe_value (chart, mark);

  /* Translators: a goal, how it stands, and what there is of how much: "Anna, Revenue won: Behind, €3,000 of €9,000" */
  return g_strdup_printf (_("%s: %s, %s"), item->title, item->when != NULL ? item->when : "–",
                          item->detail != NULL ? item->detail : "–");
}

static char *
summarize_goals (const CptChart *chart)
{
  const CptChartData *data = chart->data;
  guint n_behind = 0;
  guint n = data->items->len;
  g_autofree char *count = g_strdup_printf (ngettext ("%u goal", "%u goals", n), n);

  for (guint i = 0; i < n; i++)
    n_behind += is_behind (data, i);

  /* Translators: title, "5 goals", a number */
  return g_strdup_printf (ngettext ("%s: %s, %u of them behind.", "%s: %s, %u of them behind.", n_behind),
                          cpt_chart_get_title (chart), count, n_behind);
}

static const char *
refuse_goals (const CptChart *chart)
{
  return chart->data->items == NULL || chart->data->items->len == 0 ? _("No goal runs at present. Goals are set in the settings.")
                                                                    : NULL;
}

static const CptChartChoice whose[] = {
  { "all", N_("All goals") },
  { "everybody", N_("Of everybody") },
  { "teams", N_("Of teams") },
  { "people", N_("Of people") },
  { "mine", N_("Mine") },
  { NULL },
};

static const CptChartOption options[] = {
  { "whose", N_("Whose goals"), whose, "all" },
  { NULL },
};

const CptChartKind cpt_chart_goals = {
  .name = "goals",
  .label = N_("Goals"),
  .description = N_("How far the goals of people and teams are"),
  .icon_name = "cpt-goal-symbolic",
  .needs = CPT_CHART_NEEDS_NOTHING,
  .min_columns = 3,
  .min_rows = 2,
  .default_columns = 4,
  .default_rows = 5,
  .options = options,
  .refuse = refuse_goals,
  .draw = draw_goals,
  .summarize = summarize_goals,
  .describe = describe_goal,
};
