/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CptSentencePart:
 * @place: as it stands in a template: "{field}"
 * @text: what stands there
 *
 * A named place, so that a translation can put them in any order.
 */
typedef struct
{
  const char *place;
  const char *text;
} CptSentencePart;

/* Puts @parts into the places of @template; what is put in is not looked through */
char *cpt_sentence_fill (const char            *template,
                         const CptSentencePart *parts,
                         guint                  n_parts);

G_END_DECLS
