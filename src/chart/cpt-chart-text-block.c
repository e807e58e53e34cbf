/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A block of text that a person wrote: see cpt-prose.h. */
#include "config.h"
#include "cpt-chart-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-prose.h"

/* More could not be seen */
#define MAX_BYTES 20000
#define MAX_LINES 500

/* In units of the font size */
#define INDENT 1.3
#define GAP 0.55
#define LIST_GAP 0.15
#define HEADING_GAP 0.7

/* ---- drawing ---- */

static double
get_scale (const CptProse *block)
{
  static const double scales[] = { 1.55, 1.3, 1.1 };

  return block->form == CPT_PROSE_HEADING ? scales[CLAMP (block->level, 1, 3) - 1] : 1;
}

static double
get_gap (const CptProse *block,
         guint           index)
{
  if (index == 0)
    return 0;
  if (block->form == CPT_PROSE_HEADING)
    return HEADING_GAP;

  return block->form == CPT_PROSE_ITEM && !block->is_apart ? LIST_GAP : GAP;
}

static PangoLayout *
create_layout (CptChartContext *context,
               const char      *text,
               PangoAttrList   *attributes,
               const CptProse  *block)
{
  PangoLayout *layout = pango_layout_new (cpt_text_cache_get_context (context->texts));
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family (font, context->style->font_family);
  pango_font_description_set_absolute_size (font, context->em * get_scale (block) * PANGO_SCALE);
  pango_font_description_set_weight (font, block->form == CPT_PROSE_HEADING ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_spacing (layout, (int) (0.15 * context->em * PANGO_SCALE));

  return layout;
}

static void
show_layout (CptChartContext *context,
             PangoLayout     *layout,
             double           x,
             double           y)
{
  CptChartLabel label;
  PangoRectangle ink;

  cpt_chart_set_color (context->cr, &context->style->foreground);
  cairo_new_path (context->cr);
  cairo_move_to (context->cr, x, y);
  pango_cairo_show_layout (context->cr, layout);
  cairo_new_path (context->cr);
  pango_layout_get_extents (layout, &ink, NULL);
  label.area = (CptChartRect){ x + (double) ink.x / PANGO_SCALE, y + (double) ink.y / PANGO_SCALE,
                               (double) ink.width / PANGO_SCALE, (double) ink.height / PANGO_SCALE };
  label.text = g_strdup (pango_layout_get_text (layout));
  g_array_append_val (context->layout->labels, label);
}

/* Of the part of @link that is on this line, whose corner is at @x and @y */
static void
add_link (CptChartContext   *context,
          PangoLayoutIter   *iter,
          const CptTextLink *link,
          double             x,
          double             y)
{
  PangoLayoutLine *line = pango_layout_iter_get_line_readonly (iter);
  int end = line->start_index + line->length;
  g_autofree int *ranges = NULL;
  int n_ranges = 0;
  int top, bottom;

  if ((int) link->end <= line->start_index || (int) link->start >= end)
    return;

  pango_layout_iter_get_line_yrange (iter, &top, &bottom);
  pango_layout_line_get_x_ranges (line, MAX ((int) link->start, line->start_index), MIN ((int) link->end, end), &ranges,
                                  &n_ranges);
  for (int i = 0; i < n_ranges; i++)
    {
      CptChartLink area = {
        {
          x + ranges[2 * i] / (double) PANGO_SCALE,
          y + top / (double) PANGO_SCALE,
          (ranges[2 * i + 1] - ranges[2 * i]) / (double) PANGO_SCALE,
          (bottom - top) / (double) PANGO_SCALE,
        },
        NULL,
      };

      if (area.area.width <= 0)
        continue;
      area.uri = g_strdup (link->uri);
      g_array_append_val (context->layout->links, area);
    }
}

static void
add_links (CptChartContext *context,
           PangoLayout     *layout,
           const GArray    *links,
           double           x,
           double           y)
{
  PangoLayoutIter *iter;

  if (links == NULL)
    return;

  iter = pango_layout_get_iter (layout);
  do
    {
      for (guint i = 0; i < links->len; i++)
        add_link (context, iter, &g_array_index (links, CptTextLink, i), x, y);
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}

/* Where the next one may begin; negative when there is no more room */
static double
draw_block (CptChartContext *context,
            const CptProse  *block,
            double           y)
{
  double indent = block->form == CPT_PROSE_ITEM ? INDENT * context->em : 0;
  double line = 1.35 * context->em * get_scale (block);
  PangoLayout *layout;
  int height;

  if (y + line > context->height || context->width - indent < 2 * context->em)
    return -1;

  if (block->bullet != NULL)
    {
      PangoLayout *bullet = create_layout (context, block->bullet, NULL, block);

      pango_layout_get_pixel_size (bullet, &height, NULL);
      indent = MAX (indent, height + 0.4 * context->em);
      show_layout (context, bullet, 0, y);
      g_object_unref (bullet);
    }
  layout = create_layout (context, block->text->str, block->attributes, block);
  pango_layout_set_width (layout, (int) ((context->width - indent) * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_height (layout, (int) (MAX (context->height - y - 0.15 * context->em, 1) * PANGO_SCALE));
  show_layout (context, layout, indent, y);
  add_links (context, layout, block->links, indent, y);
  pango_layout_get_size (layout, NULL, &height);
  g_object_unref (layout);

  return y + (double) height / PANGO_SCALE;
}

static void
draw_text_block (CptChartContext *context)
{
  g_autoptr(GPtrArray) blocks = cpt_prose_read (cpt_chart_get_text (context->chart, "text"), MAX_BYTES, MAX_LINES);
  CptChartRect all = { 0, 0, context->width, context->height };
  double y = 0;

  for (guint i = 0; i < blocks->len && y >= 0 && !context->without_text; i++)
    {
      const CptProse *block = g_ptr_array_index (blocks, i);

      y = draw_block (context, block, y + get_gap (block, i) * context->em);
    }
  cpt_chart_add_mark (context, -1, -1, &all, context->width / 2, context->height / 2);
}

/* ---- words ---- */

static const char *
refuse_text_block (const CptChart *chart)
{
  const char *text = cpt_chart_get_text (chart, "text");

  return text == NULL || text[strspn (text, " \t\r\n")] == '\0' ? _("Write a text: edit this widget.") : NULL;
}

static char *
summarize_text_block (const CptChart *chart)
{
  g_autoptr(GPtrArray) blocks = cpt_prose_read (cpt_chart_get_text (chart, "text"), MAX_BYTES, MAX_LINES);
  GString *sentence = g_string_new (NULL);

  for (guint i = 0; i < blocks->len; i++)
    {
      if (i > 0)
        g_string_append_c (sentence, '\n');
      g_string_append (sentence, ((const CptProse *) g_ptr_array_index (blocks, i))->text->str);
    }

  return g_string_free (sentence, FALSE);
}

static const CptChartOption options[] = {
  { .name = "text", .label = N_("Text; # heading, - list, **bold**, *slanted*"), .is_text = TRUE },
  { NULL },
};

const CptChartKind cpt_chart_text = {
  .name = "text",
  .label = N_("Text"),
  .description = N_("A heading, an explanation, a list"),
  .icon_name = "cpt-chart-text-symbolic",
  .needs = CPT_CHART_NEEDS_NOTHING,
  .min_columns = 2,
  .min_rows = 1,
  .default_columns = 4,
  .default_rows = 2,
  .options = options,
  .refuse = refuse_text_block,
  .draw = draw_text_block,
  .summarize = summarize_text_block,
};
