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
#include <pango/pangocairo.h>
#include <string.h>

/* Words that are kept; with more all are forgotten, and begun anew */
#define MAX_WORDS 20000
#define MAX_LINES 8
#define ELLIPSIS "…"
/* Measured texts fit into what was measured */
#define TOLERANCE 0.01

typedef struct
{
  char *text;
  gsize length;
  double width;
  cairo_glyph_t *glyphs; /* from 0 on; NULL where the font lacks a letter */
  cairo_text_cluster_t *clusters;
  int n_glyphs;
  int n_clusters;
} Word;

/* A weight of the font */
typedef struct
{
  PangoFontDescription *description;
  PangoFont *font;   /* the first choice for Latin */
  GHashTable *words; /* Word -> itself */
  Word *space;
  Word *ellipsis;
} Face;

struct _CptCellText
{
  PangoContext *context;
  PangoAttrList *features;
  Face faces[2];
  double line_height;
  double baseline;
  Face *gathered;   /* (nullable): whose glyphs wait to be shown */
  gboolean is_held; /* until somebody says so */
  Word spelt;       /* put together from letters last */
  GArray *spelt_glyphs;
  GArray *spelt_clusters;
  GArray *glyphs; /* of the line that is drawn */
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

/* ----------------------------------------------------------------------- words */

static guint
word_hash (gconstpointer key)
{
  const Word *word = key;
  guint hash = 5381;

  for (gsize i = 0; i < word->length; i++)
    hash = hash * 33 + (guint8) word->text[i];

  return hash;
}

static gboolean
word_equal (gconstpointer a,
            gconstpointer b)
{
  const Word *first = a, *second = b;

  return first->length == second->length && memcmp (first->text, second->text, first->length) == 0;
}

static void
word_free (gpointer data)
{
  Word *word = data;

  if (word == NULL)
    return;

  g_free (word->text);
  g_free (word->glyphs);
  g_free (word->clusters);
  g_free (word);
}

static PangoLayout *
create_layout (CptCellText *self,
               const Face  *face,
               const char  *text,
               gsize        length)
{
  PangoLayout *layout = pango_layout_new (self->context);

  pango_layout_set_font_description (layout, face->description);
  pango_layout_set_attributes (layout, self->features);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_text (layout, text, (int) length);

  return layout;
}

/* Letters and the glyphs that show them, as cairo has them */
static void
add_clusters (Word             *word,
              PangoGlyphString *glyphs)
{
  word->clusters = g_new0 (cairo_text_cluster_t, glyphs->num_glyphs);
  for (int i = 0; i < glyphs->num_glyphs; i++)
    {
      gsize begin = (gsize) glyphs->log_clusters[i];
      gsize end = i + 1 < glyphs->num_glyphs ? (gsize) glyphs->log_clusters[i + 1] : word->length;
      cairo_text_cluster_t *last = word->n_clusters > 0 ? &word->clusters[word->n_clusters - 1] : NULL;

      if (last != NULL && i > 0 && glyphs->log_clusters[i - 1] == glyphs->log_clusters[i])
        last->num_glyphs++;
      else
        last = &word->clusters[word->n_clusters++], last->num_glyphs = 1;
      last->num_bytes = (int) (end > begin ? end - begin : (gsize) last->num_bytes);
    }
}

static void
add_glyphs (Word             *word,
            PangoGlyphString *glyphs)
{
  int x = 0;

  word->n_glyphs = glyphs->num_glyphs;
  word->glyphs = g_new0 (cairo_glyph_t, MAX (glyphs->num_glyphs, 1));
  for (int i = 0; i < glyphs->num_glyphs; i++)
    {
      const PangoGlyphInfo *glyph = &glyphs->glyphs[i];

      word->glyphs[i] = (cairo_glyph_t){
        .index = glyph->glyph,
        .x = (double) (x + glyph->geometry.x_offset) / PANGO_SCALE,
        .y = (double) glyph->geometry.y_offset / PANGO_SCALE,
      };
      x += glyph->geometry.width;
    }
  add_clusters (word, glyphs);
}

/* Whether the font has all letters, and each is seen */
static gboolean
is_complete (const PangoGlyphString *glyphs)
{
  for (int i = 0; i < glyphs->num_glyphs; i++)
    if (glyphs->glyphs[i].glyph == PANGO_GLYPH_EMPTY || (glyphs->glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0)
      return FALSE;

  return TRUE;
}

/* Without glyphs where another font would have to help out */
static Word *
shape_word (CptCellText *self,
            Face        *face,
            const char  *text,
            gsize        length)
{
  g_autoptr(PangoLayout) layout = create_layout (self, face, text, length);
  PangoLayoutLine *line = pango_layout_get_line_readonly (layout, 0);
  PangoGlyphItem *run = line->runs != NULL ? line->runs->data : NULL;
  Word *word = g_new0 (Word, 1);
  PangoRectangle extents;

  word->text = g_strndup (text, length);
  word->length = length;
  pango_layout_line_get_extents (line, NULL, &extents);
  word->width = (double) extents.width / PANGO_SCALE;
  if (run != NULL && line->runs->next == NULL && face->font == NULL)
    face->font = g_object_ref (run->item->analysis.font);
  if (run != NULL && line->runs->next == NULL && run->item->analysis.font == face->font &&
      is_complete (run->glyphs))
    add_glyphs (word, run->glyphs);

  return word;
}

static Word *
find_whole (CptCellText *self,
            Face        *face,
            const char  *text,
            gsize        length)
{
  const Word key = { .text = (char *) text, .length = length };
  Word *word = g_hash_table_lookup (face->words, &key);

  if (word != NULL)
    return word;

  if (g_hash_table_size (face->words) >= MAX_WORDS)
    g_hash_table_remove_all (face->words);
  word = shape_word (self, face, text, length);
  g_hash_table_add (face->words, word);

  return word;
}

/* Numbers and addresses: hardly any comes again */
static gboolean
is_spelt (const char *text,
          gsize       length)
{
  gsize n = 0;

  while (n < length && !g_ascii_isdigit (text[n]) && text[n] != '@')
    n++;

  return n < length && length > 1;
}

/* Letter by letter, without what they do to each other; good until the next one.
 * Nothing is shaped for it, and nothing kept. */
static Word *
spell_word (CptCellText *self,
            Face        *face,
            const char  *text,
            gsize        length)
{
  Word *word = &self->spelt;

  word->text = (char *) text;
  word->length = length;
  word->width = 0;
  g_array_set_size (self->spelt_glyphs, 0);
  g_array_set_size (self->spelt_clusters, 0);
  for (const char *at = text; at < text + length; at = g_utf8_next_char (at))
    {
      const Word *letter = find_whole (self, face, at, (gsize) (g_utf8_next_char (at) - at));

      if (letter->glyphs == NULL)
        return find_whole (self, face, text, length);
      for (int i = 0; i < letter->n_glyphs; i++)
        {
          cairo_glyph_t glyph = letter->glyphs[i];

          glyph.x += word->width;
          g_array_append_val (self->spelt_glyphs, glyph);
        }
      g_array_append_vals (self->spelt_clusters, letter->clusters, (guint) letter->n_clusters);
      word->width += letter->width;
    }
  word->glyphs = (cairo_glyph_t *) (gpointer) self->spelt_glyphs->data;
  word->n_glyphs = (int) self->spelt_glyphs->len;
  word->clusters = (cairo_text_cluster_t *) (gpointer) self->spelt_clusters->data;
  word->n_clusters = (int) self->spelt_clusters->len;

  return word;
}

static Word *
find_word (CptCellText *self,
           Face        *face,
           const char  *text,
           gsize        length)
{
  return is_spelt (text, length) ? spell_word (self, face, text, length) : find_whole (self, face, text, length);
}

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
                 Face        *face,
                 const char  *text)
{
  gsize length = strlen (text);
  gsize at = 0;

  while (at < length)
    {
      gsize gap = skip_breaks (text + at, length - at);
      gsize word = get_word_length (text + at + gap, length - at - gap);

      if (word > 0 && find_word (self, face, text + at + gap, word)->glyphs == NULL)
        return FALSE;
      at += gap + word;
    }

  return TRUE;
}

static gboolean
is_simple (CptCellText *self,
           Face        *face,
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
         Face        *face,
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
        width += find_word (self, face, text + at + gap, word)->width;
      at += gap + word;
    }

  return width;
}

/* Addresses of mail and of pages are better cut where their parts meet, unless
 * half a line would be lost */
static gsize
find_joint (const Word *word,
            gsize       length)
{
  for (gsize end = length; end > length / 2; end--)
    if (strchr ("@-/_.,;:", word->text[end - 1]) != NULL)
      return end;

  return length;
}

/* Bytes of the letters of a word that fit; those of one letter at least */
static gsize
fit_letters (const Word *word,
             double      width)
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
          Face        *face,
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
      const Word *word = size > 0 ? find_word (self, face, text + at + gap, size) : NULL;
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
           Face        *face,
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
      const Word *found = word > 0 ? find_word (self, face, text + at + gap, word) : NULL;
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
             Face          *face,
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
add_word (CptCellText *self,
          const Word  *word,
          double       x,
          double       y)
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
           Face        *face,
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
          const Word *word = find_word (self, face, line->text + at + gap, length);

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
           Face        *face,
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
              Face          *face,
              const CptCell *cell)
{
  PangoLayout *layout = create_layout (self, face, cell->text, strlen (cell->text));
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
  Face *face = &self->faces[cell->is_bold ? 1 : 0];
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
  Face *face = &self->faces[cell->is_bold ? 1 : 0];
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
  Face *face = &self->faces[is_bold ? 1 : 0];
  g_autoptr(PangoLayout) layout = NULL;
  int width;

  g_return_val_if_fail (self != NULL && text != NULL, 0);

  if (is_simple (self, face, text))
    return measure (self, face, text, strlen (text));

  layout = create_layout (self, face, text, strlen (text));
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

static void
face_init (CptCellText *self,
           Face        *face,
           const char  *family,
           double       size,
           PangoWeight  weight)
{
  face->description = pango_font_description_new ();
  pango_font_description_set_family (face->description, family);
  pango_font_description_set_absolute_size (face->description, size * PANGO_SCALE);
  pango_font_description_set_weight (face->description, weight);
  face->words = g_hash_table_new_full (word_hash, word_equal, word_free, NULL);
  /* Letters decide which font it is */
  word_free (shape_word (self, face, "n", 1));
  face->space = shape_word (self, face, " ", 1);
  face->ellipsis = shape_word (self, face, ELLIPSIS, strlen (ELLIPSIS));
}

static void
face_clear (Face *face)
{
  pango_font_description_free (face->description);
  g_clear_object (&face->font);
  g_clear_pointer (&face->words, g_hash_table_unref);
  word_free (face->space);
  word_free (face->ellipsis);
}

/* Places depend on nothing but the text: not on a screen */
static PangoContext *
create_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, 72);
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_destroy (options);

  return context;
}

CptCellText *
cpt_cell_text_new (const char *family,
                   double      size)
{
  CptCellText *self = g_new0 (CptCellText, 1);
  g_autoptr(PangoLayout) layout = NULL;
  PangoRectangle extents;

  self->context = create_context ();
  self->features = pango_attr_list_new ();
  /* Digits of equal width, so that columns of numbers align */
  pango_attr_list_insert (self->features, pango_attr_font_features_new ("tnum=1"));
  face_init (self, &self->faces[0], family, size, PANGO_WEIGHT_NORMAL);
  face_init (self, &self->faces[1], family, size, PANGO_WEIGHT_BOLD);
  self->spelt_glyphs = g_array_new (FALSE, FALSE, sizeof (cairo_glyph_t));
  self->spelt_clusters = g_array_new (FALSE, FALSE, sizeof (cairo_text_cluster_t));
  self->glyphs = g_array_new (FALSE, FALSE, sizeof (cairo_glyph_t));
  self->clusters = g_array_new (FALSE, FALSE, sizeof (cairo_text_cluster_t));
  self->line = g_string_new (NULL);

  layout = create_layout (self, &self->faces[0], "Äg", strlen ("Äg"));
  pango_layout_get_extents (layout, NULL, &extents);
  self->line_height = (double) extents.height / PANGO_SCALE;
  self->baseline = (double) pango_layout_get_baseline (layout) / PANGO_SCALE;

  return self;
}

void
cpt_cell_text_free (CptCellText *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (self->faces); i++)
    face_clear (&self->faces[i]);
  g_array_unref (self->spelt_glyphs);
  g_array_unref (self->spelt_clusters);
  g_array_unref (self->glyphs);
  g_array_unref (self->clusters);
  g_string_free (self->line, TRUE);
  pango_attr_list_unref (self->features);
  g_object_unref (self->context);
  g_free (self);
}
