/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words as glyphs. Each is shaped once and kept; what hardly ever comes again is
 * put together from letters. */

#include "config.h"

#include "cpt-cell-words.h"

#include <string.h>

/* Words that are kept; with more all are forgotten, and begun anew */
#define MAX_WORDS 20000
#define ELLIPSIS "…"

static guint
word_hash (gconstpointer key)
{
  const CptCellWord *word = key;
  guint hash = 5381;

  for (gsize i = 0; i < word->length; i++)
    hash = hash * 33 + (guint8) word->text[i];

  return hash;
}

static gboolean
word_equal (gconstpointer a,
            gconstpointer b)
{
  const CptCellWord *first = a, *second = b;

  return first->length == second->length && memcmp (first->text, second->text, first->length) == 0;
}

static void
word_free (gpointer data)
{
  CptCellWord *word = data;

  if (word == NULL)
    return;

  g_free (word->text);
  g_free (word->glyphs);
  g_free (word->clusters);
  g_free (word);
}

PangoLayout *
cpt_cell_words_create_layout (CptCellWords      *self,
                              const CptCellFace *face,
                              const char        *text,
                              gsize              length)
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
add_clusters (CptCellWord      *word,
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
add_glyphs (CptCellWord      *word,
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
static CptCellWord *
shape_word (CptCellWords *self,
            CptCellFace  *face,
            const char   *text,
            gsize         length)
{
  g_autoptr(PangoLayout) layout = cpt_cell_words_create_layout (self, face, text, length);
  PangoLayoutLine *line = pango_layout_get_line_readonly (layout, 0);
  PangoGlyphItem *run = line->runs != NULL ? line->runs->data : NULL;
  CptCellWord *word = g_new0 (CptCellWord, 1);
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

static CptCellWord *
find_whole (CptCellWords *self,
            CptCellFace  *face,
            const char   *text,
            gsize         length)
{
  const CptCellWord key = { .text = (char *) text, .length = length };
  CptCellWord *word = g_hash_table_lookup (face->words, &key);

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
static CptCellWord *
spell_word (CptCellWords *self,
            CptCellFace  *face,
            const char   *text,
            gsize         length)
{
  CptCellWord *word = &self->spelt;

  word->text = (char *) text;
  word->length = length;
  word->width = 0;
  g_array_set_size (self->spelt_glyphs, 0);
  g_array_set_size (self->spelt_clusters, 0);
  for (const char *at = text; at < text + length; at = g_utf8_next_char (at))
    {
      const CptCellWord *letter = find_whole (self, face, at, (gsize) (g_utf8_next_char (at) - at));

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

CptCellWord *
cpt_cell_words_find (CptCellWords *self,
                     CptCellFace  *face,
                     const char   *text,
                     gsize         length)
{
  return is_spelt (text, length) ? spell_word (self, face, text, length) : find_whole (self, face, text, length);
}

static void
face_init (CptCellWords *self,
           CptCellFace  *face,
           const char   *family,
           double        size,
           PangoWeight   weight)
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
face_clear (CptCellFace *face)
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

void
cpt_cell_words_init (CptCellWords *self,
                     const char   *family,
                     double        size)
{
  *self = (CptCellWords){ .context = create_context (), .features = pango_attr_list_new () };
  self->spelt_glyphs = g_array_new (FALSE, FALSE, sizeof (cairo_glyph_t));
  self->spelt_clusters = g_array_new (FALSE, FALSE, sizeof (cairo_text_cluster_t));
  /* Digits of equal width, so that columns of numbers align */
  pango_attr_list_insert (self->features, pango_attr_font_features_new ("tnum=1"));
  face_init (self, &self->faces[0], family, size, PANGO_WEIGHT_NORMAL);
  face_init (self, &self->faces[1], family, size, PANGO_WEIGHT_BOLD);
}

void
cpt_cell_words_clear (CptCellWords *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->faces); i++)
    face_clear (&self->faces[i]);
  g_array_unref (self->spelt_glyphs);
  g_array_unref (self->spelt_clusters);
  pango_attr_list_unref (self->features);
  g_object_unref (self->context);
}
