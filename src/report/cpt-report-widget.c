/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One widget as a card: frame, title, chart. */
#include "config.h"
#include "cpt-report.h"

#include <math.h>
#include <string.h>

#include "cpt-chart-kind.h"
#include "cpt-report-private.h"
#include "cpt-widget-data.h"

#define RADIUS 8.0
#define PADDING 15.0
#define TITLE_SIZE 1.08
/* So much smaller may a title be that is too long; then it has two lines, in the same room */
#define SMALL_TITLE 0.82

void
cpt_report_set_color (cairo_t             *cr,
                      const CptChartColor *color)
{
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha);
}

static void
draw_frame (cairo_t             *cr,
            const CptChartStyle *style,
            double               width,
            double               height)
{
  double radius = MIN (RADIUS, MIN (width, height) / 2);
  double right = width - 0.5;
  double bottom = height - 0.5;

  cairo_new_path (cr);
  cairo_arc (cr, 0.5 + radius, 0.5 + radius, radius, G_PI, 1.5 * G_PI);
  cairo_arc (cr, right - radius, 0.5 + radius, radius, 1.5 * G_PI, 2 * G_PI);
  cairo_arc (cr, right - radius, bottom - radius, radius, 0, 0.5 * G_PI);
  cairo_arc (cr, 0.5 + radius, bottom - radius, radius, 0.5 * G_PI, G_PI);
  cairo_close_path (cr);
  cpt_report_set_color (cr, &style->background);
  cairo_fill_preserve (cr);
  cpt_report_set_color (cr, &style->grid);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

/* From the chart's own coordinates to those of the card */
static void
move_layout (CptChartLayout *layout,
             double          x,
             double          y)
{
  layout->plot.x += x;
  layout->plot.y += y;
  for (guint i = 0; i < layout->marks->len; i++)
    {
      CptChartMark *mark = &g_array_index (layout->marks, CptChartMark, i);

      mark->area.x += x;
      mark->area.y += y;
      mark->x += x;
      mark->y += y;
    }
  for (guint i = 0; i < layout->labels->len; i++)
    {
      CptChartLabel *label = &g_array_index (layout->labels, CptChartLabel, i);

      label->area.x += x;
      label->area.y += y;
    }
  for (guint i = 0; i < layout->links->len; i++)
    {
      CptChartLink *link = &g_array_index (layout->links, CptChartLink, i);

      link->area.x += x;
      link->area.y += y;
    }
}

/* Where the words that fit on the first line end, at a comma if the rest has room then: bytes, 0 when not even
 * one fits */
static gsize
find_break (CptTextCache      *texts,
            const char        *title,
            const CptTextLook *look,
            double             width)
{
  gsize end = 0;
  gsize comma = 0;

  for (const char *space = strchr (title, ' '); space != NULL; space = strchr (space + 1, ' '))
    {
      g_autofree char *line = g_strndup (title, (gsize) (space - title));

      if (cpt_text_measure (texts, line, look) > width)
        break;
      end = (gsize) (space - title);
      if (end > 0 && title[end - 1] == ',')
        comma = end;
    }

  return comma > 0 && cpt_text_measure (texts, title + comma + 1, look) <= width ? comma : end;
}

/* One line of the full size, a smaller one, or two small ones: what is below begins where it does always,
 * so that the numbers of cards side by side stand on one line */
static void
draw_title_lines (cairo_t      *cr,
                  CptTextCache *texts,
                  const char   *title,
                  CptTextLook  *look)
{
  double width = look->max_width;
  double size = look->size;
  double natural;
  gsize end;

  look->max_width = 0;
  natural = cpt_text_measure (texts, title, look);
  look->size = natural > width ? MAX (size * SMALL_TITLE, floor (size * width / natural * 4) / 4) : size;
  end = cpt_text_measure (texts, title, look) > width ? find_break (texts, title, look, width) : 0;
  look->max_width = width;
  if (end > 0)
    {
      g_autofree char *first = g_strndup (title, end);

      cpt_text_draw (cr, texts, first, look, 0, 0.42 * size);
      cpt_text_draw (cr, texts, title + end + 1, look, 0, 0.42 * size + 1.2 * look->size);
    }
  else
    cpt_text_draw (cr, texts, title, look, 0, 0.78 * size);
}

static double
draw_title (const CptReportCard *card,
            cairo_t             *cr,
            CptTextCache        *texts,
            double               width)
{
  const CptChartStyle *style = card->style;
  CptTextLook look = {
    .family = style->font_family,
    .size = style->font_size * TITLE_SIZE,
    .bold = TRUE,
    .max_width = width,
  };
  /* The numbers know what period they are of */
  g_autofree char *title = card->data != NULL && card->data->title != NULL && card->data->title[0] != '\0'
                             ? g_strdup (card->data->title)
                             : cpt_widget_dup_title (card->widget, NULL);

  if (title[0] == '\0' || width <= look.size)
    return 0;

  cpt_report_begin_tag (cr, "H2", card->is_tagged);
  cpt_report_set_color (cr, &style->foreground);
  draw_title_lines (cr, texts, title, &look);
  cpt_report_end_tag (cr, "H2", card->is_tagged);

  return 2.05 * style->font_size * TITLE_SIZE;
}

/* Words of a text that lead elsewhere */
static void
add_links (cairo_t              *cr,
           const CptChartLayout *layout)
{
  for (guint i = 0; i < layout->links->len; i++)
    {
      const CptChartLink *link = &g_array_index (layout->links, CptChartLink, i);

      cpt_report_add_link (cr, &link->area, link->uri);
    }
}

void
cpt_report_card_draw (const CptReportCard *card,
                      cairo_t             *cr,
                      CptChartLayout      *layout)
{
  CptChart chart = { cpt_chart_kind_find (card->widget->kind), card->widget->options, card->data };
  CptChartStyle style = *card->style;
  double width = card->width - 2 * PADDING;
  g_autoptr(CptTextCache) texts = NULL;
  g_autoptr(CptChartLayout) own = NULL;
  double title;

  if (style.texts == NULL)
    {
      texts = cpt_text_cache_new ();
      style.texts = texts;
    }

  if (layout == NULL && card->is_tagged)
    layout = own = cpt_chart_layout_new ();

  draw_frame (cr, &style, card->width, card->height);
  cairo_save (cr);
  cairo_translate (cr, PADDING, PADDING);
  title = draw_title (card, cr, style.texts, width);
  cairo_translate (cr, 0, title);
  cpt_report_begin_tag (cr, "Figure", card->is_tagged);
  cpt_chart_draw (cr, &chart, &style, width, card->height - 2 * PADDING - title, layout);
  cpt_report_end_tag (cr, "Figure", card->is_tagged);
  if (card->is_tagged)
    add_links (cr, layout);
  cairo_restore (cr);
  cairo_new_path (cr);
  if (layout != NULL)
    move_layout (layout, PADDING, PADDING + title);
}

void
cpt_report_draw_widget (cairo_t             *cr,
                        const CptWidget     *widget,
                        const CptChartData  *data,
                        const CptChartStyle *style,
                        double               width,
                        double               height,
                        CptChartLayout      *layout)
{
  CptReportCard card = { widget, data, style, width, height, FALSE };

  g_return_if_fail (cr != NULL);
  g_return_if_fail (widget != NULL);
  g_return_if_fail (style != NULL);

  cpt_report_card_draw (&card, cr, layout);
}
