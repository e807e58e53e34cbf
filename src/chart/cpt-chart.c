/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawing of one chart: the states around the data (waiting, empty, error),
 * and what was drawn where. */
#include "config.h"
#include "cpt-chart-private.h"

#include <glib/gi18n-lib.h>

/* Smaller than this nothing can be seen */
#define MIN_SIZE 16
/* In units of the font size */
#define MIN_TEXT_WIDTH 8
#define MIN_TEXT_HEIGHT 4.5
#define MIN_NOTE_HEIGHT 8
#define MIN_FINDING_HEIGHT 14
#define NOTE_ROOM 1.9
/* Radius */
#define NOTE_SIGN 0.6

static void
label_clear (gpointer data)
{
  CptChartLabel *label = data;

  g_clear_pointer (&label->text, g_free);
}

static void
link_clear (gpointer data)
{
  g_free (((CptChartLink *) data)->uri);
}

CptChartLayout *
cpt_chart_layout_new (void)
{
  CptChartLayout *self = g_new0 (CptChartLayout, 1);

  self->marks = g_array_new (FALSE, FALSE, sizeof (CptChartMark));
  self->labels = g_array_new (FALSE, FALSE, sizeof (CptChartLabel));
  g_array_set_clear_func (self->labels, label_clear);
  self->links = g_array_new (FALSE, FALSE, sizeof (CptChartLink));
  g_array_set_clear_func (self->links, link_clear);

  return self;
}

void
cpt_chart_layout_free (CptChartLayout *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->marks);
  g_array_unref (self->labels);
  g_array_unref (self->links);
  g_free (self);
}

static void
draw_icon (CptChartContext *context,
           double           x,
           double           y,
           gboolean         is_error)
{
  static const double heights[] = { 0.45, 0.8, 0.6 };
  CptChartColor color = cpt_chart_color_mix (&context->style->muted, &context->style->background,
                                             is_error ? 0 : 0.5);
  cairo_t *cr = context->cr;
  double em = context->em;

  cpt_chart_set_color (cr, &color);
  cairo_new_path (cr);
  if (is_error)
    {
      cairo_arc (cr, x, y, 0.9 * em, 0, 2 * G_PI);
      cairo_set_line_width (cr, 0.13 * em);
      cairo_stroke (cr);
      cairo_rectangle (cr, x - 0.08 * em, y - 0.45 * em, 0.16 * em, 0.55 * em);
      cairo_rectangle (cr, x - 0.08 * em, y + 0.26 * em, 0.16 * em, 0.17 * em);
      cairo_fill (cr);
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (heights); i++)
    {
      double height = heights[i] * 1.9 * em;
      CptChartRect bar = { x + (i - 1.4) * 0.7 * em, y + 0.9 * em - height, 0.45 * em, height };

      cpt_chart_fill_rect (context, &bar, 0.12 * em, CPT_CORNER_TOP, &color);
    }
}

/* A sentence in the middle, with an icon above it when there is room */
static void
draw_message (CptChartContext *context,
              const char      *message,
              gboolean         is_error)
{
  CptTextStyle style = { .color = context->style->muted, .anchor = CPT_ANCHOR_MIDDLE };
  CptChartRect all = { 0, 0, context->width, context->height };
  double middle = context->width / 2;
  gboolean has_icon = context->height >= 6 * context->em;
  double y;

  style.max_width = MIN (context->width, 26 * context->em);
  style.lines = (int) CLAMP (context->height / (1.6 * context->em) - (has_icon ? 2 : 0), 1, 4);
  y = context->height / 2 + (has_icon ? 1.3 : 0.35) * context->em;
  if (style.lines > 1 && cpt_chart_measure (context, message, &(CptTextStyle){ 0 }) > style.max_width)
    y -= 0.6 * context->em;

  if (has_icon)
    draw_icon (context, middle, y - 2.6 * context->em, is_error);
  cpt_chart_draw_text (context, message, &style, middle, y);
  cpt_chart_add_mark (context, -1, -1, &all, middle, context->height / 2);
}

/* Quiet shapes where the chart will be */
static void
draw_waiting (CptChartContext *context)
{
  static const double heights[] = { 0.35, 0.5, 0.42, 0.62, 0.55, 0.74, 0.68, 0.86 };
  const CptChartColor *color = &context->style->fill;
  const CptChartKind *kind = context->chart->kind;
  const guint n_bars = G_N_ELEMENTS (heights);
  double band = context->width / n_bars;

  if (kind == NULL || (kind->needs & CPT_CHART_NEEDS_DIMENSION) == 0)
    {
      CptChartRect value = { 0, 0.3 * context->em, MIN (context->width, 9 * context->em),
                             MIN (context->height, 2.2 * context->em) };
      CptChartRect change = { 0, 3.4 * context->em, MIN (context->width, 6 * context->em),
                              context->em };

      cpt_chart_fill_rect (context, &value, 0.4 * context->em, CPT_CORNER_ALL, color);
      if (context->height > 5 * context->em)
        cpt_chart_fill_rect (context, &change, 0.3 * context->em, CPT_CORNER_ALL, color);
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (heights); i++)
    {
      double height = heights[i] * context->height;
      CptChartRect bar = { i * band + 0.15 * band, context->height - height, 0.7 * band, height };

      cpt_chart_fill_rect (context, &bar, 0.3 * context->em, CPT_CORNER_TOP, color);
    }
}

/* Takes its room from the chart; the last line comes first */
static void
draw_line_below (CptChartContext *context,
                 const char      *text)
{
  CptTextStyle style = { .scale = 0.92, .color = context->style->muted, .max_width = context->width };

  cpt_chart_draw_text (context, text, &style, 0, context->height - 0.35 * context->em);
  context->height -= NOTE_ROOM * context->em;
}

gboolean
cpt_chart_layout_is_at_note (const CptChartLayout *self,
                             double                x,
                             double                y)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return x >= self->note.x && x < self->note.x + self->note.width && y >= self->note.y && y < self->note.y + self->note.height;
}

static gboolean
is_drawn (const CptChart *chart)
{
  return chart->data != NULL && chart->data->error == NULL && chart->kind != NULL && !cpt_chart_lacks_data (chart) &&
         cpt_chart_find_refusal (chart) == NULL;
}

char *
cpt_chart_dup_notes (const CptChart *chart)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *annotation = NULL;

  g_return_val_if_fail (chart != NULL, NULL);

  if (!is_drawn (chart))
    return NULL;

  for (guint i = 0; i < chart->data->findings->len; i++)
    g_string_append_printf (text, "%s\n", (const char *) g_ptr_array_index (chart->data->findings, i));
  if (chart->data->note != NULL)
    g_string_append_printf (text, "%s\n", chart->data->note);
  if (chart->kind->annotate != NULL)
    annotation = chart->kind->annotate (chart);
  if (annotation != NULL)
    g_string_append_printf (text, "%s\n", annotation);
  if (text->len == 0)
    return NULL;

  g_string_truncate (text, text->len - 1);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* An "i" in the corner, where notes on what is left out have no room. It is no text, which others would
 * have to keep clear of. */
static void
draw_note_sign (CptChartContext *context)
{
  cairo_t *cr = context->cr;
  double em = context->em;
  double x = context->width - NOTE_SIGN * em;
  double y = context->height - NOTE_SIGN * em;

  cairo_new_path (cr);
  cairo_arc (cr, x, y, NOTE_SIGN * em - 0.5, 0, 2 * G_PI);
  cpt_chart_set_color (cr, &context->style->background);
  cairo_fill_preserve (cr);
  cpt_chart_set_color (cr, &context->style->muted);
  cairo_set_line_width (cr, 0.09 * em);
  cairo_stroke (cr);
  cairo_arc (cr, x, y - 0.3 * em, 0.08 * em, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_rectangle (cr, x - 0.06 * em, y - 0.12 * em, 0.12 * em, 0.46 * em);
  cairo_fill (cr);
  context->layout->note = (CptChartRect){ x - NOTE_SIGN * em, y - NOTE_SIGN * em, 2 * NOTE_SIGN * em, 2 * NOTE_SIGN * em };
}

/* What is left out, then what the numbers do, as far as the chart keeps its height */
static void
draw_notes (CptChartContext *context)
{
  const CptChartData *data = context->data;
  g_autofree char *annotation = NULL;
  guint room;

  if (!is_drawn (context->chart))
    return;

  if (context->chart->kind->annotate != NULL)
    annotation = context->chart->kind->annotate (context->chart);
  if (context->height < MIN_NOTE_HEIGHT * context->em)
    {
      context->lacks_note = annotation != NULL || data->note != NULL;
      return;
    }
  if (annotation != NULL)
    draw_line_below (context, annotation);
  if (data->note != NULL)
    draw_line_below (context, data->note);
  context->has_note = data->note != NULL;
  room = (guint) MAX ((context->height / context->em - MIN_FINDING_HEIGHT) / NOTE_ROOM, 0);
  for (guint i = MIN (room, data->findings->len); i > 0; i--)
    draw_line_below (context, g_ptr_array_index (data->findings, i - 1));
}

static void
draw_content (CptChartContext *context)
{
  const CptChart *chart = context->chart;
  const char *refusal = cpt_chart_find_refusal (chart);

  if (chart->data == NULL)
    draw_waiting (context);
  else if (chart->data->error != NULL)
    draw_message (context, chart->data->error, TRUE);
  else if (chart->kind == NULL)
    draw_message (context, _("This version can’t draw this kind of chart"), TRUE);
  else if (cpt_chart_lacks_data (chart))
    draw_message (context, chart->data->note != NULL ? chart->data->note : _("No data for this choice"), FALSE);
  else if (refusal != NULL)
    draw_message (context, refusal, TRUE);
  else
    chart->kind->draw (context);
}

/* @context->layout is there */
static void
draw_with_layout (CptChartContext *context)
{
  const CptChartStyle *style = context->style;
  cairo_t *cr = context->cr;
  g_autoptr(CptTextCache) own_texts = NULL;

  g_array_set_size (context->layout->marks, 0);
  g_array_set_size (context->layout->labels, 0);
  g_array_set_size (context->layout->links, 0);
  context->layout->note = (CptChartRect){ 0 };
  context->layout->plot = (CptChartRect){ 0, 0, MAX (context->width, 0), MAX (context->height, 0) };
  if (!(context->width >= MIN_SIZE) || !(context->height >= MIN_SIZE))
    return;

  context->texts = style->texts;
  if (context->texts == NULL)
    {
      own_texts = cpt_text_cache_new ();
      context->texts = own_texts;
    }
  cpt_text_cache_age (context->texts);
  context->em = CLAMP (style->font_size, 6, 48);
  context->without_text = context->width < MIN_TEXT_WIDTH * context->em ||
                          context->height < MIN_TEXT_HEIGHT * context->em;

  cairo_save (cr);
  cairo_new_path (cr);
  cairo_rectangle (cr, 0, 0, context->width, context->height);
  cairo_clip (cr);
  draw_notes (context);
  draw_content (context);
  if (context->lacks_note)
    draw_note_sign (context);
  cairo_restore (cr);
  cairo_new_path (cr);
}

void
cpt_chart_draw (cairo_t             *cr,
                const CptChart      *chart,
                const CptChartStyle *style,
                double               width,
                double               height,
                CptChartLayout      *layout)
{
  CptChartContext context = {
    .cr = cr,
    .chart = chart,
    .style = style,
    .width = width,
    .height = height,
    .layout = layout,
  };

  g_return_if_fail (cr != NULL);
  g_return_if_fail (chart != NULL);
  g_return_if_fail (style != NULL);

  context.data = chart->data;
  if (layout == NULL)
    context.layout = cpt_chart_layout_new ();
  draw_with_layout (&context);
  if (layout == NULL)
    cpt_chart_layout_free (context.layout);
}

/* A mark without a sector is all of its area. */
static gboolean
is_in_sector (const CptChartSector *sector,
              double                x,
              double                y)
{
  double radius = hypot (x - sector->x, y - sector->y);
  double angle = atan2 (y - sector->y, x - sector->x);

  if (sector->outer <= 0)
    return TRUE;
  if (radius < sector->inner || radius > sector->outer)
    return FALSE;
  while (angle < sector->from)
    angle += 2 * G_PI;

  return angle <= sector->to;
}

const CptChartMark *
cpt_chart_layout_find (const CptChartLayout *self,
                       double                x,
                       double                y)
{
  const CptChartMark *nearest = NULL;
  double best = G_MAXDOUBLE;

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->marks->len; i++)
    {
      const CptChartMark *mark = &g_array_index (self->marks, CptChartMark, i);
      double distance;

      if (x < mark->area.x || y < mark->area.y || x > mark->area.x + mark->area.width ||
          y > mark->area.y + mark->area.height || !is_in_sector (&mark->sector, x, y))
        continue;
      distance = hypot (x - mark->x, y - mark->y);
      if (distance >= best)
        continue;
      best = distance;
      nearest = mark;
    }

  return nearest;
}

/* The nearest series with a mark at the same category, in the direction of @sign */
static int
walk_series (const CptChartLayout *self,
             int                   from,
             int                   sign)
{
  const CptChartMark *start = &g_array_index (self->marks, CptChartMark, from);
  int best = from;
  int best_distance = G_MAXINT;

  for (guint i = 0; i < self->marks->len; i++)
    {
      const CptChartMark *mark = &g_array_index (self->marks, CptChartMark, i);
      int distance = (mark->series - start->series) * sign;

      if (mark->category != start->category || distance <= 0 || distance >= best_distance)
        continue;
      best = (int) i;
      best_distance = distance;
    }

  return best;
}

static int
walk_categories (const CptChartLayout *self,
                 int                   from,
                 int                   sign)
{
  int series = g_array_index (self->marks, CptChartMark, from).series;

  for (int i = from + sign; i >= 0 && i < (int) self->marks->len; i += sign)
    if (g_array_index (self->marks, CptChartMark, i).series == series)
      return i;

  return from;
}

int
cpt_chart_layout_walk (const CptChartLayout *self,
                       int                   mark,
                       CptChartStep          step)
{
  g_return_val_if_fail (self != NULL, -1);

  if (self->marks->len == 0)
    return -1;
  if (step == CPT_CHART_STEP_LAST)
    return (int) self->marks->len - 1;
  if (step == CPT_CHART_STEP_FIRST || mark < 0 || mark >= (int) self->marks->len)
    return 0;

  switch (step)
    {
    case CPT_CHART_STEP_NEXT:
      return walk_categories (self, mark, 1);

    case CPT_CHART_STEP_PREVIOUS:
      return walk_categories (self, mark, -1);

    case CPT_CHART_STEP_NEXT_SERIES:
      return walk_series (self, mark, 1);

    case CPT_CHART_STEP_PREVIOUS_SERIES:
      return walk_series (self, mark, -1);

    case CPT_CHART_STEP_FIRST:
    case CPT_CHART_STEP_LAST:
    default:
      return mark;
    }
}
