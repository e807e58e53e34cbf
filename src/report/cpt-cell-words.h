/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

typedef struct
{
  char *text;
  gsize length;
  double width;
  cairo_glyph_t *glyphs; /* from 0 on; NULL where the font lacks a letter */
  cairo_text_cluster_t *clusters;
  int n_glyphs;
  int n_clusters;
} CptCellWord;

/* A weight of the font */
typedef struct
{
  PangoFontDescription *description;
  PangoFont *font;   /* the first choice for Latin */
  GHashTable *words; /* CptCellWord -> itself */
  CptCellWord *space;
  CptCellWord *ellipsis;
} CptCellFace;

/**
 * CptCellWords:
 * @context: for all text
 * @features: likewise
 * @faces: regular, heavy
 *
 * Words that were shaped, in two weights of one size. The rest is its own.
 */
typedef struct
{
  PangoContext  *context;
  PangoAttrList *features;
  CptCellFace    faces[2];
  CptCellWord    spelt; /* put together from letters last */
  GArray        *spelt_glyphs;
  GArray        *spelt_clusters;
} CptCellWords;

void         cpt_cell_words_init          (CptCellWords *self,
                                           const char   *family,
                                           double        size);
void         cpt_cell_words_clear         (CptCellWords *self);
/* @text has no spaces. The word is good until the next one is asked for. Without
 * glyphs where another font would have to help out */
CptCellWord *cpt_cell_words_find          (CptCellWords *self,
                                           CptCellFace  *face,
                                           const char   *text,
                                           gsize         length);
/* Of any text, on one line */
PangoLayout *cpt_cell_words_create_layout (CptCellWords      *self,
                                           const CptCellFace *face,
                                           const char        *text,
                                           gsize              length);

G_END_DECLS
