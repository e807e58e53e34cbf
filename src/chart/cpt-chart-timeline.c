/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened last, newest first: a line in time with a knot for each thing, what
 * it was, with whom, and when. The data has items rather than numbers. */
#include "config.h"
#include "cpt-chart-private.h"

#include <glib/gi18n-lib.h>

/* In units of the font size */
#define ROW 3.3
#define FLAT_ROW 1.8
#define MARGIN 1.7
#define KNOT 0.36

static void
draw_knot (CptChartContext *context,
           double           y,
           gboolean         is_first)
{
  CptChartColor ink = cpt_chart_get_ink (context, &context->style->accent);
  cairo_t *cr = context->cr;

  cairo_new_path (cr);
  cairo_arc (cr, 0.6 * context->em, y, KNOT * context->em, 0, 2 * G_PI);
  cpt_chart_set_color (cr, is_first ? &ink : &context->style->background);
  cairo_fill_preserve (cr);
  cpt_chart_set_color (cr, &ink);
  cairo_set_line_width (cr, 0.14 * context->em);
  cairo_stroke (cr);
}

/* When it was stands behind what it was, below it where there is no room */
static void
draw_item (CptChartContext *context,
           guint            index,
           double           top,
           double           row)
{
  const CptChartItem *item = g_ptr_array_index (context->data->items, index);
  double em = context->em;
  double left = MARGIN * em;
  double first = top + (item->detail != NULL && row > FLAT_ROW * em ? 0.85 * em : row / 2);
  CptTextStyle bold = { .bold = TRUE, .color = context->style->foreground };
  CptTextStyle muted = { .scale = 0.92, .color = context->style->muted };
  double when = item->when != NULL ? cpt_chart_measure (context, item->when, &muted) : 0;
  gboolean has_when = when > 0 && context->width - left - when > 8 * em;
  CptChartRect area = { 0, top, context->width, row };

  draw_knot (context, first, index == 0);
  bold.max_width = context->width - left - (has_when ? when + 0.8 * em : 0);
  cpt_chart_draw_text_middle (context, item->title, &bold, left, first);
  if (has_when)
    {
      muted.anchor = CPT_ANCHOR_END;
      cpt_chart_draw_text_middle (context, item->when, &muted, context->width, first);
    }
  muted.anchor = CPT_ANCHOR_START;
  muted.max_width = context->width - left;
  if (row > FLAT_ROW * em && (item->detail != NULL || (!has_when && item->when != NULL)))
    cpt_chart_draw_text_middle (context, has_when || item->when == NULL ? item->detail : item->when, &muted, left,
                                first + 1.35 * em);
  cpt_chart_add_mark (context, 0, (int) index, &area, left, first);
}

static void
draw_timeline (CptChartContext *context)
{
  guint n = context->data->items->len;
  double em = context->em;
  double row = context->height < 2 * ROW * em ? FLAT_ROW * em : ROW * em;
  guint n_rows = (guint) CLAMP (floor ((context->height + 0.6 * em) / row), 1, n);
  double half = row > FLAT_ROW * em ? 0.85 * em : row / 2;

  cpt_chart_draw_line (context, floor (0.6 * em) + 0.5, half, floor (0.6 * em) + 0.5,
                       MIN ((n_rows - 1) * row + half, context->height), &context->style->grid);
  for (guint i = 0; i < n_rows; i++)
    draw_item (context, i, i * row, row);
}

static char *
describe_item (const CptChart     *chart,
               const CptChartMark *mark)
{
  const CptChartItem *item = chart->data->items != NULL && mark->category >= 0 && (guint) mark->category < chart->data->items->len
                               ? g_ptr_array_index (chart->data->items, mark->category)
                               : NULL;
  GString *text;

  if (item == NULL)
    return cpt_chart_describe_value (chart, mark);

  text = g_string_new (item->title);
  if (item->detail != NULL)
    g_string_append_printf (text, ", %s", item->detail);
  if (item->when != NULL)
    g_string_append_printf (text, ", %s", item->when);

  return g_string_free (text, FALSE);
}

static char *
summarize_timeline (const CptChart *chart)
{
  const CptChartMark first = { .series = 0, .category = 0 };
  g_autofree char *latest = describe_item (chart, &first);

  /* Translators: title, and the latest thing that happened: "Activity: latest Call with Anna, yesterday." */
  return g_strdup_printf (_("%s: latest %s."), cpt_chart_get_title (chart), latest);
}

static const char *
refuse_timeline (const CptChart *chart)
{
  return chart->data->items == NULL ? _("This chart shows records, not numbers.") : NULL;
}

const CptChartKind cpt_chart_timeline = {
  .name = "timeline",
  .label = N_("Recent activity"),
  .description = N_("What happened last, newest first"),
  .icon_name = "cpt-chart-timeline-symbolic",
  .needs = CPT_CHART_NEEDS_RECORDS,
  .min_columns = 3,
  .min_rows = 2,
  .default_columns = 4,
  .default_rows = 4,
  .refuse = refuse_timeline,
  .draw = draw_timeline,
  .summarize = summarize_timeline,
  .describe = describe_item,
};
