/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A block of text that a person wrote: headings, lists, bold and slanted words,
 * links that are shown as what they are. A small part of Markdown, read line by
 * line; whatever is not of it is text. Nothing in it does anything. */
#include "config.h"
#include "cpt-chart-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-text.h"

/* More could not be seen */
#define MAX_BYTES 20000
#define MAX_LINES 500

/* In units of the font size */
#define INDENT 1.3
#define GAP 0.55
#define LIST_GAP 0.15
#define HEADING_GAP 0.7

typedef enum
{
  BLOCK_TEXT,
  BLOCK_HEADING,
  BLOCK_ITEM,
} BlockForm;

typedef struct
{
  BlockForm form;
  int level;     /* of a heading, from 1 */
  char *bullet;  /* (nullable): of an item */
  GString *text; /* as it is shown */
  PangoAttrList *attributes;
  gboolean is_apart; /* an empty line stands above it */
} Block;

static void
block_free (gpointer data)
{
  Block *block = data;

  g_free (block->bullet);
  g_string_free (block->text, TRUE);
  pango_attr_list_unref (block->attributes);
  g_free (block);
}

/* ---- reading ---- */

static void
add_attribute (Block          *block,
               PangoAttribute *attribute,
               gsize           start)
{
  attribute->start_index = (guint) start;
  attribute->end_index = (guint) block->text->len;
  pango_attr_list_insert (block->attributes, attribute);
}

/* [what it is called](where it leads): both are shown, where they differ. The
 * bytes that it takes, 0 when this is none. */
static gsize
read_link (Block      *block,
           const char *at)
{
  const char *middle = strstr (at, "](");
  const char *end = middle != NULL ? strchr (middle, ')') : NULL;
  gsize start = block->text->len;

  if (end == NULL || middle == at + 1 || end == middle + 2)
    return 0;

  g_string_append_len (block->text, at + 1, middle - at - 1);
  add_attribute (block, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE), start);
  if (middle - at - 1 != end - middle - 2 || strncmp (at + 1, middle + 2, (gsize) (end - middle - 2)) != 0)
    {
      g_string_append (block->text, " (");
      g_string_append_len (block->text, middle + 2, end - middle - 2);
      g_string_append_c (block->text, ')');
    }

  return (gsize) (end + 1 - at);
}

/* Between two of @sign, both of which touch a word */
static const char *
find_end (const char *at,
          const char *sign)
{
  gsize length = strlen (sign);
  const char *end;

  if (strncmp (at, sign, length) != 0 || at[length] == '\0' || at[length] == ' ' || at[length] == sign[0])
    return NULL;

  end = strstr (at + length, sign);

  return end != NULL && end[-1] != ' ' ? end : NULL;
}

static void
read_words (Block      *block,
            const char *line)
{
  while (*line != '\0')
    {
      const char *bold = find_end (line, "**");
      const char *slanted = bold == NULL ? find_end (line, "*") : NULL;
      const char *end = bold != NULL ? bold : slanted;
      gsize start = block->text->len;
      gsize taken = *line == '[' ? read_link (block, line) : 0;

      if (taken > 0)
        line += taken;
      else if (end != NULL)
        {
          gsize sign = bold != NULL ? 2 : 1;

          g_string_append_len (block->text, line + sign, end - line - (gssize) sign);
          if (bold != NULL)
            add_attribute (block, pango_attr_weight_new (PANGO_WEIGHT_BOLD), start);
          else
            add_attribute (block, pango_attr_style_new (PANGO_STYLE_ITALIC), start);
          line = end + sign;
        }
      else
        g_string_append_c (block->text, *line++);
    }
}

static Block *
add_block (GPtrArray *blocks,
           BlockForm  form,
           gboolean   is_apart)
{
  Block *block = g_new0 (Block, 1);

  block->form = form;
  block->text = g_string_new (NULL);
  block->attributes = pango_attr_list_new ();
  block->is_apart = is_apart;
  g_ptr_array_add (blocks, block);

  return block;
}

/* "1. ": the bytes before what follows; 0 when the line is no numbered one */
static gsize
get_number_length (const char *line)
{
  gsize digits = strspn (line, "0123456789");

  return digits > 0 && digits < 4 && strncmp (line + digits, ". ", 2) == 0 ? digits + 2 : 0;
}

static void
read_line (GPtrArray  *blocks,
           const char *line,
           gboolean    is_apart)
{
  gsize level = strspn (line, "#");
  gsize number = get_number_length (line);
  Block *last = blocks->len > 0 ? g_ptr_array_index (blocks, blocks->len - 1) : NULL;
  Block *block;

  if (level >= 1 && level <= 3 && line[level] == ' ')
    {
      block = add_block (blocks, BLOCK_HEADING, is_apart);
      block->level = (int) level;
      read_words (block, line + level + 1);
    }
  else if ((line[0] == '-' || line[0] == '*') && line[1] == ' ')
    {
      block = add_block (blocks, BLOCK_ITEM, is_apart);
      block->bullet = g_strdup ("•");
      read_words (block, line + 2);
    }
  else if (number > 0)
    {
      block = add_block (blocks, BLOCK_ITEM, is_apart);
      block->bullet = g_strndup (line, number - 1);
      read_words (block, line + number);
    }
  else
    {
      block = last != NULL && last->form == BLOCK_TEXT && !is_apart ? last : add_block (blocks, BLOCK_TEXT, is_apart);
      if (block->text->len > 0)
        g_string_append_c (block->text, '\n');
      read_words (block, line);
    }
}

/* (transfer full) (element-type Block) */
static GPtrArray *
read_blocks (const char *text)
{
  GPtrArray *blocks = g_ptr_array_new_with_free_func (block_free);
  g_autofree char *clean = cpt_text_clean (text, TRUE);
  g_autofree char *cut = cpt_text_shorten (clean, MAX_BYTES);
  g_auto(GStrv) lines = g_strsplit (cut, "\n", MAX_LINES);
  gboolean is_apart = FALSE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_strstrip (lines[i]);
      if (lines[i][0] != '\0')
        read_line (blocks, lines[i], is_apart);
      is_apart = lines[i][0] == '\0';
    }

  return blocks;
}

/* ---- drawing ---- */

static double
get_scale (const Block *block)
{
  static const double scales[] = { 1.55, 1.3, 1.1 };

  return block->form == BLOCK_HEADING ? scales[CLAMP (block->level, 1, 3) - 1] : 1;
}

static double
get_gap (const Block *block,
         guint        index)
{
  if (index == 0)
    return 0;
  if (block->form == BLOCK_HEADING)
    return HEADING_GAP;

  return block->form == BLOCK_ITEM && !block->is_apart ? LIST_GAP : GAP;
}

static PangoLayout *
create_layout (CptChartContext *context,
               const char      *text,
               PangoAttrList   *attributes,
               const Block     *block)
{
  PangoLayout *layout = pango_layout_new (cpt_text_cache_get_context (context->texts));
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family (font, context->style->font_family);
  pango_font_description_set_absolute_size (font, context->em * get_scale (block) * PANGO_SCALE);
  pango_font_description_set_weight (font, block->form == BLOCK_HEADING ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
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

/* Where the next one may begin; negative when there is no more room */
static double
draw_block (CptChartContext *context,
            const Block     *block,
            double           y)
{
  double indent = block->form == BLOCK_ITEM ? INDENT * context->em : 0;
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
  pango_layout_get_size (layout, NULL, &height);
  g_object_unref (layout);

  return y + (double) height / PANGO_SCALE;
}

static void
draw_text_block (CptChartContext *context)
{
  g_autoptr(GPtrArray) blocks = read_blocks (cpt_chart_get_text (context->chart, "text"));
  CptChartRect all = { 0, 0, context->width, context->height };
  double y = 0;

  for (guint i = 0; i < blocks->len && y >= 0 && !context->without_text; i++)
    {
      const Block *block = g_ptr_array_index (blocks, i);

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
  g_autoptr(GPtrArray) blocks = read_blocks (cpt_chart_get_text (chart, "text"));
  GString *sentence = g_string_new (NULL);

  for (guint i = 0; i < blocks->len; i++)
    {
      if (i > 0)
        g_string_append_c (sentence, '\n');
      g_string_append (sentence, ((const Block *) g_ptr_array_index (blocks, i))->text->str);
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
