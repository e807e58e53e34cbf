/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shaped text.
 *
 * All text is measured without hinting of metrics and without rounding to
 * pixels, so that a layout is the same on screen, on paper and at every scale.
 * An entry lives in one of two generations; when the young one is full, the
 * old one is dropped and the young one becomes the old one. What is used moves
 * back to the young generation. */
#include "config.h"
#include "cpt-chart-text-private.h"

#include <math.h>

#define GENERATION_SIZE 1000

typedef struct
{
  CptShapedText shaped;
  char *text;
  char *family; /* interned */
  int size;     /* 1/64 pixel, so that equal means equal */
  int width;    /* likewise */
  gint16 bold;
  gint16 lines;
} Entry;

struct _CptTextCache
{
  PangoContext *context;
  GHashTable *young;
  GHashTable *old;
};

static guint
entry_hash (gconstpointer key)
{
  const Entry *entry = key;

  return g_str_hash (entry->text) ^ (guint) entry->size * 31u ^ (guint) entry->width * 17u ^
         (guint) entry->bold;
}

static gboolean
entry_equal (gconstpointer a,
             gconstpointer b)
{
  const Entry *first = a;
  const Entry *second = b;

  return first->size == second->size && first->width == second->width &&
         first->bold == second->bold && first->lines == second->lines &&
         first->family == second->family && g_str_equal (first->text, second->text);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_clear_object (&entry->shaped.layout);
  g_free (entry->text);
  g_free (entry);
}

static GHashTable *
create_generation (void)
{
  return g_hash_table_new_full (entry_hash, entry_equal, NULL, entry_free);
}

CptTextCache *
cpt_text_cache_new (void)
{
  CptTextCache *self = g_new0 (CptTextCache, 1);
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_SLIGHT);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);

  self->context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  pango_cairo_context_set_font_options (self->context, options);
  pango_context_set_round_glyph_positions (self->context, FALSE);
  cairo_font_options_destroy (options);
  self->young = create_generation ();
  self->old = create_generation ();

  return self;
}

void
cpt_text_cache_free (CptTextCache *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->young);
  g_hash_table_unref (self->old);
  g_object_unref (self->context);
  g_free (self);
}

PangoContext *
cpt_text_cache_get_context (CptTextCache *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->context;
}

void
cpt_text_cache_age (CptTextCache *self)
{
  g_return_if_fail (self != NULL);

  if (g_hash_table_size (self->young) < GENERATION_SIZE)
    return;

  g_hash_table_unref (self->old);
  self->old = self->young;
  self->young = create_generation ();
}

static void
set_attributes (PangoLayout *layout,
                const Entry *entry)
{
  PangoFontDescription *font = pango_font_description_new ();
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_font_description_set_family (font, entry->family);
  pango_font_description_set_absolute_size (font, entry->size / 64.0 * PANGO_SCALE);
  pango_font_description_set_weight (font, entry->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);

  /* Digits of equal width, so that columns of numbers align */
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
}

static void
set_width (PangoLayout *layout,
           const Entry *entry)
{
  PangoRectangle natural;
  int width = (int) round (entry->width / 64.0 * PANGO_SCALE);

  if (entry->width == 0)
    return;

  pango_layout_get_extents (layout, NULL, &natural);
  /* What was measured as this wide must fit: half a pixel makes up for rounding */
  if (natural.width <= width + PANGO_SCALE / 2 && entry->lines <= 1)
    return;

  pango_layout_set_width (layout, width);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  if (entry->lines > 1)
    {
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
      pango_layout_set_height (layout, -entry->lines);
      pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
    }
}

static void
entry_shape (Entry        *entry,
             PangoContext *context)
{
  CptShapedText *shaped = &entry->shaped;
  PangoRectangle ink, logical;

  shaped->layout = pango_layout_new (context);
  pango_layout_set_single_paragraph_mode (shaped->layout, entry->lines <= 1);
  set_attributes (shaped->layout, entry);
  pango_layout_set_text (shaped->layout, entry->text, -1);
  set_width (shaped->layout, entry);

  pango_layout_get_extents (shaped->layout, &ink, &logical);
  shaped->baseline = (double) pango_layout_get_baseline (shaped->layout) / PANGO_SCALE;
  shaped->x = (double) logical.x / PANGO_SCALE;
  shaped->width = (double) logical.width / PANGO_SCALE;
  shaped->height = (double) logical.height / PANGO_SCALE;
  shaped->ink.x = (double) (ink.x - logical.x) / PANGO_SCALE;
  shaped->ink.y = (double) ink.y / PANGO_SCALE - shaped->baseline;
  shaped->ink.width = (double) ink.width / PANGO_SCALE;
  shaped->ink.height = (double) ink.height / PANGO_SCALE;
}

static Entry *
find_entry (CptTextCache *self,
            const Entry  *key)
{
  Entry *entry = g_hash_table_lookup (self->young, key);

  if (entry != NULL)
    return entry;

  entry = g_hash_table_lookup (self->old, key);
  if (entry == NULL)
    return NULL;

  g_hash_table_steal (self->old, key);
  g_hash_table_add (self->young, entry);

  return entry;
}

const CptShapedText *
cpt_text_cache_shape (CptTextCache      *self,
                      const char        *text,
                      const CptTextLook *look)
{
  Entry key = { 0 };
  Entry *entry;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (look != NULL, NULL);

  key.text = (char *) text;
  key.family = (char *) g_intern_string (look->family);
  key.size = (int) lround (CLAMP (look->size, 1, 1000) * 64);
  key.width = look->max_width > 0 ? (int) ceil (MIN (look->max_width, 100000) * 64) : 0;
  key.bold = look->bold ? 1 : 0;
  key.lines = (gint16) look->lines;

  entry = find_entry (self, &key);
  if (entry == NULL)
    {
      entry = g_memdup2 (&key, sizeof key);
      entry->text = g_strdup (text);
      entry_shape (entry, self->context);
      g_hash_table_add (self->young, entry);
    }

  return &entry->shaped;
}

double
cpt_text_measure (CptTextCache      *texts,
                  const char        *text,
                  const CptTextLook *look)
{
  return cpt_text_cache_shape (texts, text, look)->width;
}

void
cpt_text_draw (cairo_t           *cr,
               CptTextCache      *texts,
               const char        *text,
               const CptTextLook *look,
               double             x,
               double             y)
{
  const CptShapedText *shaped;

  g_return_if_fail (cr != NULL);

  shaped = cpt_text_cache_shape (texts, text, look);
  cairo_new_path (cr);
  cairo_move_to (cr, x - shaped->x, y - shaped->baseline);
  pango_cairo_show_layout (cr, shaped->layout);
  cairo_new_path (cr);
}
