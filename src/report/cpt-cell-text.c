/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Text in the cells of tables: the same words again and again.
 *
 * Where letters do not depend on their neighbours beyond a word (Latin, Greek,
 * Cyrillic without combining marks), each word is shaped once, kept, and set
 * behind the one before. Any other text is laid out as a whole by Pango. Both
 * give the text itself to the surface, so that it can be found in a PDF. */

#include "config.h"

#include "cpt-cell-text.h"

#include <math.h>
#include <string.h>

#include "cpt-cell-words.h"

#define MAX_LINES 8
/* Measured texts fit into what was measured */
#define TOLERANCE 0.01

struct _CptCellText
{
  CptCellWords words;
  double line_height;
  double baseline;
  CptCellFace *gathered; /* (nullable): whose glyphs wait to be shown */
  gboolean is_held;      /* until somebody says so */
  GArray *glyphs;        /* of the line that is drawn */
  GArray *clusters;
  GString *line;
};

/* A part of a text */
typedef struct
{
  const char *text;
  gsize length;
  gboolean is_cut; /* an ellipsis follows */
} Line;

/* What stands between two words: never a space that does not break */
static gboolean
is_break (char letter)
{
  return letter == ' ' || letter == '\n' || letter == '\r' || letter == '\t';
}

static gsize
get_word_length (const char *text,
                 gsize       length)
{
  gsize end = 0;

  while (end < length && !is_break (text[end]))
    end++;

  return end;
}

static gsize
skip_breaks (const char *text,
             gsize       length)
{
  gsize end = 0;

  while (end < length && is_break (text[end]))
    end++;

  return end;
}

/* Whether words can be shaped by themselves, all with the one font */
static gboolean
has_plain_words (CptCellText *self,
                 CptCellFace *face,
                 const char  *text)
{
  gsize length = strlen (text);
  gsize at = 0;

  while (at < length)
    {
      gsize gap = skip_breaks (text + at, length - at);
      gsize word = get_word_length (text + at + gap, length - at - gap);

      if (word > 0 && cpt_cell_words_find (&self->words, face, text + at + gap, word)->glyphs == NULL)
        return FALSE;
      at += gap + word;
    }

  return TRUE;
}

static gboolean
is_simple (CptCellText *self,
           CptCellFace *face,
           const char  *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter;

      if ((guint8) *at < 0x80)
        continue;
      letter = g_utf8_get_char (at);
      if ((letter >= 0x300 && letter < 0x370) || (letter >= 0x590 && letter < 0x1e00) || letter >= 0x2c00)
        return FALSE;
    }

  return has_plain_words (self, face, text);
}

/* ----------------------------------------------------------------------- lines */

static double
measure (CptCellText *self,
         CptCellFace *face,
         const char  *text,
         gsize        length)
{
  double width = 0;
  gsize at = 0;

  while (at < length)
    {
      gsize gap = skip_breaks (text + at, length - at);
      gsize word = get_word_length (text + at + gap, length - at - gap);

      if (gap > 0 && at > 0 && word > 0)
        width += face->space->width;
      if (word > 0)
        width += cpt_cell_words_find (&self->words, face, text + at + gap, word)->width;
      at += gap + word;
    }

  return width;
}

/* Addresses of mail and of pages are better cut where their parts meet, unless
 * half a line would be lost */
static gsize
find_joint (const CptCellWord *word,
            gsize              length)
{
  for (gsize end = length; end > length / 2; end--)
    if (strchr ("@-/_.,;:", word->text[end - 1]) != NULL)
      return end;

  return length;
}

/* Bytes of the letters of a word that fit; those of one letter at least */
static gsize
fit_letters (const CptCellWord *word,
             double             width)
{
  gsize length = 0;
  int glyph = 0;

  for (int i = 0; i < word->n_clusters; i++)
    {
      int next = glyph + word->clusters[i].num_glyphs;
      double end = next < word->n_glyphs ? word->glyphs[next].x : word->width;

      if (i > 0 && end > width + TOLERANCE)
        break;
      length += (gsize) word->clusters[i].num_bytes;
      glyph = next;
    }

  return length < word->length ? find_joint (word, length) : length;
}

/* What fits into a line, be it in the middle of a word */
static gsize
fit_text (CptCellText *self,
          CptCellFace *face,
          const char  *text,
          gsize        length,
          double       width)
{
  double used = 0;
  gsize at = 0;

  while (at < length)
    {
      gsize gap = skip_breaks (text + at, length - at);
      gsize size = get_word_length (text + at + gap, length - at - gap);
      const CptCellWord *word = size > 0 ? cpt_cell_words_find (&self->words, face, text + at + gap, size) : NULL;
      double begin = used + (at > 0 ? face->space->width : 0);

      if (word == NULL || begin + word->width > width + TOLERANCE)
        {
          double first = word != NULL && word->n_glyphs > 1 ? word->glyphs[1].x : 0;

          return word != NULL && (at == 0 || begin + first < width) ? at + gap + fit_letters (word, width - begin) : at;
        }
      used = begin + word->width;
      at += gap + size;
    }

  return at;
}

/* What fits into one line, word by word; a word that is too long is cut */
static gsize
fill_line (CptCellText *self,
           CptCellFace *face,
           const char  *text,
           gsize        length,
           double       width)
{
  double used = 0;
  gsize at = 0;

  while (at < length)
    {
      gsize gap = skip_breaks (text + at, length - at);
      gsize word = get_word_length (text + at + gap, length - at - gap);
      const CptCellWord *found = word > 0 ? cpt_cell_words_find (&self->words, face, text + at + gap, word) : NULL;
      double needed = (found != NULL ? found->width : 0) + (at > 0 ? face->space->width : 0);

      if (used + needed > width + TOLERANCE)
        return at > 0 || found == NULL ? at : gap + fit_letters (found, width);
      used += needed;
      at += gap + word;
    }

  return at;
}

static guint
break_lines (CptCellText   *self,
             CptCellFace   *face,
             const CptCell *cell,
             Line           lines[MAX_LINES])
{
  guint max_lines = CLAMP (cell->max_lines, 1, MAX_LINES);
  const char *text = cell->text + skip_breaks (cell->text, strlen (cell->text));
  gsize length = strlen (text);
  guint n_lines = 0;

  while (length > 0)
    {
      gsize taken = fill_line (self, face, text, length, cell->width);
      gsize gap = skip_breaks (text + taken, length - taken);
      Line *line = &lines[n_lines++];

      *line = (Line){ .text = text, .length = taken };
      if (n_lines == max_lines && taken + gap < length)
        {
          line->length = fit_text (self, face, text, length, cell->width - face->ellipsis->width);
          line->is_cut = TRUE;
          break;
        }
      text += taken + gap;
      length -= taken + gap;
    }

  return n_lines;
}

/* --------------------------------------------------------------------- drawing */

static void
add_word (CptCellText       *self,
          const CptCellWord *word,
          double             x,
          double             y)
{
  for (int i = 0; i < word->n_glyphs; i++)
    {
      cairo_glyph_t glyph = word->glyphs[i];

      glyph.x += x;
      glyph.y += y;
      g_array_append_val (self->glyphs, glyph);
    }
  g_array_append_vals (self->clusters, word->clusters, (guint) word->n_clusters);
  g_string_append_len (self->line, word->text, (gssize) word->length);
}

/* Behind what is gathered already */
static void
add_words (CptCellText *self,
           CptCellFace *face,
           const Line  *line,
           double       x,
           double       y)
{
  gboolean is_first = TRUE;
  gsize at = 0;

  while (at < line->length)
    {
      gsize gap = skip_breaks (line->text + at, line->length - at);
      gsize length = get_word_length (line->text + at + gap, line->length - at - gap);

      if (length > 0 && !is_first)
        {
          add_word (self, face->space, x, y);
          x += face->space->width;
        }
      if (length > 0)
        {
          const CptCellWord *word = cpt_cell_words_find (&self->words, face, line->text + at + gap, length);

          add_word (self, word, x, y);
          x += word->width;
          is_first = FALSE;
        }
      at += gap + length;
    }
  if (line->is_cut)
    add_word (self, face->ellipsis, x, y);
}

/* Shows what was gathered, in one go: surfaces take each call for a thing of its own */
static void
show_gathered (CptCellText *self,
               cairo_t     *cr)
{
  if (self->gathered == NULL || self->glyphs->len == 0)
    return;

  cairo_set_scaled_font (cr, pango_cairo_font_get_scaled_font (PANGO_CAIRO_FONT (self->gathered->font)));
  cairo_show_text_glyphs (cr, self->line->str, (int) self->line->len, (cairo_glyph_t *) (gpointer) self->glyphs->data,
                          (int) self->glyphs->len, (cairo_text_cluster_t *) (gpointer) self->clusters->data,
                          (int) self->clusters->len, 0);
  g_array_set_size (self->glyphs, 0);
  g_array_set_size (self->clusters, 0);
  g_string_truncate (self->line, 0);
}

void
cpt_cell_text_hold (CptCellText *self)
{
  g_return_if_fail (self != NULL);

  self->is_held = TRUE;
}

void
cpt_cell_text_release (CptCellText *self,
                       cairo_t     *cr)
{
  g_return_if_fail (self != NULL && cr != NULL);

  show_gathered (self, cr);
  self->is_held = FALSE;
}

static void
draw_line (CptCellText *self,
           cairo_t     *cr,
           CptCellFace *face,
           const Line  *line,
           double       x,
           double       y)
{
  if (self->gathered != face)
    show_gathered (self, cr);
  self->gathered = face;
  add_words (self, face, line, x, y + self->baseline);
  if (!self->is_held)
    show_gathered (self, cr);
}

/* A whole cell by Pango: any script, in any direction */
static PangoLayout *
create_whole (CptCellText   *self,
              CptCellFace   *face,
              const CptCell *cell)
{
  PangoLayout *layout = cpt_cell_words_create_layout (&self->words, face, cell->text, strlen (cell->text));
  guint max_lines = CLAMP (cell->max_lines, 1, MAX_LINES);

  pango_layout_set_width (layout, (int) (MAX (cell->width, 1) * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_height (layout, -(int) max_lines);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_alignment (layout, cell->is_right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  pango_layout_set_auto_dir (layout, TRUE);

  return layout;
}

void
cpt_cell_text_draw (CptCellText   *self,
                    cairo_t       *cr,
                    const CptCell *cell,
                    double         x,
                    double         y)
{
  CptCellFace *face = &self->words.faces[cell->is_bold ? 1 : 0];
  Line lines[MAX_LINES];
  guint n_lines;

  g_return_if_fail (self != NULL && cr != NULL && cell != NULL);

  if (!is_simple (self, face, cell->text))
    {
      g_autoptr(PangoLayout) layout = create_whole (self, face, cell);

      cairo_move_to (cr, x, y);
      pango_cairo_show_layout (cr, layout);
      cairo_new_path (cr);
      return;
    }

  n_lines = break_lines (self, face, cell, lines);
  for (guint i = 0; i < n_lines; i++)
    {
      double width = measure (self, face, lines[i].text, lines[i].length);

      if (lines[i].is_cut)
        width += face->ellipsis->width;
      draw_line (self, cr, face, &lines[i], cell->is_right ? x + cell->width - width : x, y + i * self->line_height);
    }
}

guint
cpt_cell_text_count_lines (CptCellText   *self,
                           const CptCell *cell)
{
  CptCellFace *face = &self->words.faces[cell->is_bold ? 1 : 0];
  Line lines[MAX_LINES];
  g_autoptr(PangoLayout) layout = NULL;

  g_return_val_if_fail (self != NULL && cell != NULL, 1);

  if (is_simple (self, face, cell->text))
    return MAX (break_lines (self, face, cell, lines), 1);

  layout = create_whole (self, face, cell);

  return (guint) MAX (pango_layout_get_line_count (layout), 1);
}

double
cpt_cell_text_measure (CptCellText *self,
                       const char  *text,
                       gboolean     is_bold)
{
  CptCellFace *face = &self->words.faces[is_bold ? 1 : 0];
  g_autoptr(PangoLayout) layout = NULL;
  int width;

  g_return_val_if_fail (self != NULL && text != NULL, 0);

  if (is_simple (self, face, text))
    return measure (self, face, text, strlen (text));

  layout = cpt_cell_words_create_layout (&self->words, face, text, strlen (text));
  pango_layout_get_size (layout, &width, NULL);

  return (double) width / PANGO_SCALE;
}

double
cpt_cell_text_get_line_height (CptCellText *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->line_height;
}

/* ---------------------------------------------------------------- the beginning */

CptCellText *
cpt_cell_text_new (const char *family,
                   double      size)
{
  CptCellText *self = g_new0 (CptCellText, 1);
  g_autoptr(PangoLayout) layout = NULL;
  PangoRectangle extents;

  cpt_cell_words_init (&self->words, family, size);
  self->glyphs = g_array_new (FALSE, FALSE, sizeof (cairo_glyph_t));
  self->clusters = g_array_new (FALSE, FALSE, sizeof (cairo_text_cluster_t));
  self->line = g_string_new (NULL);

  layout = cpt_cell_words_create_layout (&self->words, &self->words.faces[0], "Äg", strlen ("Äg"));
  pango_layout_get_extents (layout, NULL, &extents);
  self->line_height = (double) extents.height / PANGO_SCALE;
  self->baseline = (double) pango_layout_get_baseline (layout) / PANGO_SCALE;

  return self;
}

void
cpt_cell_text_free (CptCellText *self)
{
  g_return_if_fail (self != NULL);

  cpt_cell_words_clear (&self->words);
  g_array_unref (self->glyphs);
  g_array_unref (self->clusters);
  g_string_free (self->line, TRUE);
  g_free (self);
}
