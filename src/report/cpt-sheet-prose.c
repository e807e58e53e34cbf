/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Headings and paragraphs on a sheet. */

#include "config.h"

#include "cpt-sheet-content.h"

#include <pango/pangocairo.h>

#include "cpt-prose.h"
#include "cpt-report-private.h"
#include "cpt-sheet-link.h"

#define FAMILY "Sans"
#define HEADING "H3"
#define SIZE 9.5
#define LINE_SPACING 1.25f
#define PARAGRAPH_GAP 4.0
#define EMPTY_LINE 6.0
#define INDENT 12.0
#define BULLET_GAP 4.0
#define PROSE_HEADING_ROOM 40.0
#define HEADING_GAP 14.0
#define HEADING_BELOW 5.0

void
cpt_sheet_add_heading (CptSheet    *self,
                       const char  *text,
                       CptCellText *texts,
                       double       below)
{
  CptCell cell = { text, TRUE, FALSE, cpt_sheet_get_width (self), 3 };
  double height = cpt_cell_text_count_lines (texts, &cell) * cpt_cell_text_get_line_height (texts) + HEADING_BELOW;

  cpt_sheet_reach (self, HEADING_GAP + height + below);
  if (!cpt_sheet_is_new (self))
    cpt_sheet_skip (self, HEADING_GAP);
  if (cpt_sheet_get_cr (self) != NULL)
    {
      cpt_sheet_add_bookmark (self, text);
      cpt_sheet_set_accent (self);
      cpt_sheet_draw_text (self, texts, "H2", &cell, 0, cpt_sheet_get_y (self));
    }
  cpt_sheet_take (self, height);
}

void
cpt_sheet_add_note (CptSheet   *self,
                    const char *text,
                    double      below)
{
  CptCellText *texts = cpt_sheet_get_texts (self);
  CptCell cell = { text, FALSE, FALSE, cpt_sheet_get_width (self), 3 };
  double height = cpt_cell_text_count_lines (texts, &cell) * cpt_cell_text_get_line_height (texts) + HEADING_BELOW;

  cpt_sheet_reach (self, height + below);
  if (cpt_sheet_get_cr (self) != NULL)
    {
      cpt_sheet_set_shade (self, CPT_SHADE_MUTED);
      cpt_sheet_draw_text (self, texts, "P", &cell, 0, cpt_sheet_get_y (self));
    }
  cpt_sheet_take (self, height);
}

static PangoLayout *
create_layout (double width)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();
  PangoFontDescription *font = pango_font_description_from_string (FAMILY);
  PangoLayout *layout;

  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  pango_cairo_context_set_font_options (context, options);
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_destroy (options);

  layout = pango_layout_new (context);
  g_object_unref (context);
  pango_font_description_set_absolute_size (font, SIZE * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing (layout, LINE_SPACING);

  return layout;
}

static void
draw_line (CptSheet        *self,
           PangoLayoutIter *iter,
           double           x,
           double           y)
{
  cairo_t *cr = cpt_sheet_get_cr (self);
  PangoLayoutLine *line = pango_layout_iter_get_line_readonly (iter);
  PangoRectangle area;

  pango_layout_iter_get_line_extents (iter, NULL, &area);
  cairo_move_to (cr, x + area.x / (double) PANGO_SCALE, y);
  pango_cairo_show_layout_line (cr, line);
}

/* Of the part of @links that is on this line */
static void
add_links (CptSheet        *self,
           PangoLayoutLine *line,
           const GArray    *links,
           double           indent,
           double           height)
{
  int end = line->start_index + line->length;

  for (guint i = 0; links != NULL && i < links->len; i++)
    {
      const CptTextLink *link = &g_array_index (links, CptTextLink, i);
      g_autofree int *ranges = NULL;
      int n_ranges = 0;

      if ((int) link->end <= line->start_index || (int) link->start >= end)
        continue;
      pango_layout_line_get_x_ranges (line, MAX ((int) link->start, line->start_index), MIN ((int) link->end, end), &ranges,
                                      &n_ranges);
      for (int j = 0; j < n_ranges; j++)
        {
          CptChartRect area = {
            indent + ranges[2 * j] / (double) PANGO_SCALE,
            cpt_sheet_get_y (self),
            (ranges[2 * j + 1] - ranges[2 * j]) / (double) PANGO_SCALE,
            height,
          };

          cpt_sheet_add_link (self, &area, link->uri);
        }
    }
}

/* The lines of a paragraph that stand on one page are one for readers of the file. @links: (nullable) */
static void
add_lines (CptSheet     *self,
           PangoLayout  *layout,
           const char   *tag,
           double        indent,
           const GArray *links)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  gboolean is_begun = FALSE;

  do
    {
      int top, bottom;
      double height, baseline;
      cairo_t *cr;

      pango_layout_iter_get_line_yrange (iter, &top, &bottom);
      height = (bottom - top) / (double) PANGO_SCALE;
      baseline = (pango_layout_iter_get_baseline (iter) - top) / (double) PANGO_SCALE;
      if (is_begun && cpt_sheet_get_y (self) + height > cpt_sheet_get_height (self))
        {
          cpt_sheet_end_tag (self, tag);
          is_begun = FALSE;
        }
      cpt_sheet_reach (self, height);
      cr = cpt_sheet_get_cr (self);
      if (cr != NULL && !is_begun)
        {
          cpt_sheet_begin_tag (self, tag);
          is_begun = TRUE;
        }
      if (cr != NULL)
        {
          if (g_str_equal (tag, HEADING))
            cpt_sheet_set_accent (self);
          else
            cpt_sheet_set_shade (self, CPT_SHADE_INK);
          draw_line (self, iter, indent, cpt_sheet_get_y (self) + baseline);
          add_links (self, pango_layout_iter_get_line_readonly (iter), links, indent, height);
        }
      cpt_sheet_take (self, height);
    }
  while (pango_layout_iter_next_line (iter));

  if (is_begun)
    cpt_sheet_end_tag (self, tag);
  pango_layout_iter_free (iter);
}

static void
add_paragraph (CptSheet    *self,
               PangoLayout *layout,
               const char  *text)
{
  g_autoptr(GArray) links = NULL;

  if (*text == '\0')
    {
      cpt_sheet_skip (self, EMPTY_LINE);
      return;
    }

  links = cpt_text_link_list (text);
  pango_layout_set_text (layout, text, -1);
  add_lines (self, layout, "P", 0, links);
  cpt_sheet_skip (self, PARAGRAPH_GAP);
}

void
cpt_sheet_add_prose (CptSheet   *self,
                     const char *text)
{
  PangoLayout *layout = create_layout (cpt_sheet_get_width (self));
  g_auto(GStrv) paragraphs = g_strsplit (text, "\n", -1);

  for (guint i = 0; paragraphs[i] != NULL; i++)
    add_paragraph (self, layout, g_strchomp (paragraphs[i]));
  g_object_unref (layout);
}

/* ------------------------------------------------------------------------- markup */

static void
set_attributes (PangoLayout    *layout,
                const CptProse *prose)
{
  static const double scales[] = { 1.4, 1.2, 1.05 };
  PangoAttrList *list = pango_attr_list_copy (prose->attributes);

  if (prose->form == CPT_PROSE_HEADING)
    {
      pango_attr_list_insert (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
      pango_attr_list_insert (list, pango_attr_scale_new (scales[CLAMP (prose->level, 1, 3) - 1]));
    }
  pango_layout_set_attributes (layout, list);
  pango_attr_list_unref (list);
}

/* How far what stands behind it is set in */
static double
add_bullet (CptSheet   *self,
            const char *text)
{
  CptCellText *texts = cpt_sheet_get_texts (self);
  double width = MAX (INDENT, cpt_cell_text_measure (texts, text, FALSE) + BULLET_GAP);
  CptCell bullet = { text, FALSE, FALSE, width, 1 };

  cpt_sheet_reach (self, cpt_cell_text_get_line_height (texts) * 2);
  if (cpt_sheet_get_cr (self) != NULL)
    {
      cpt_sheet_set_shade (self, CPT_SHADE_INK);
      cpt_sheet_draw_text (self, texts, NULL, &bullet, 0, cpt_sheet_get_y (self) + 1);
    }

  return width;
}

static void
add_block (CptSheet       *self,
           PangoLayout    *layout,
           const CptProse *prose)
{
  gboolean is_heading = prose->form == CPT_PROSE_HEADING;
  double indent = 0;

  if (is_heading)
    cpt_sheet_reach (self, PROSE_HEADING_ROOM);
  if (prose->is_apart && !cpt_sheet_is_new (self))
    cpt_sheet_skip (self, EMPTY_LINE);
  if (prose->bullet != NULL)
    indent = add_bullet (self, prose->bullet);
  pango_layout_set_width (layout, (int) ((cpt_sheet_get_width (self) - indent) * PANGO_SCALE));
  pango_layout_set_text (layout, prose->text->str, (int) prose->text->len);
  set_attributes (layout, prose);
  add_lines (self, layout, is_heading ? HEADING : "P", indent, prose->links);
  cpt_sheet_skip (self, PARAGRAPH_GAP);
}

void
cpt_sheet_add_markup (CptSheet   *self,
                      const char *text)
{
  PangoLayout *layout = create_layout (cpt_sheet_get_width (self));
  g_autoptr(GPtrArray) blocks = cpt_prose_read (text, G_MAXINT, G_MAXINT);

  for (guint i = 0; i < blocks->len; i++)
    add_block (self, layout, g_ptr_array_index (blocks, i));
  g_object_unref (layout);
}
