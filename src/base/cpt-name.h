/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Names as they are compared, not as they are shown. Any thread. */

typedef enum
{
  CPT_NAME_PERSON, /* titles in front (M., Mme, Dr) don't count */
  CPT_NAME_COMPANY, /* legal forms (SARL, GmbH, Inc.) and a leading article don't count */
} CptNameKind;

/* The folded words of a name, one blank between two of them: "S.A.R.L. Les
 * Frères Müller & Cie" -> "freres muller". What would leave nothing stays:
 * "SA" -> "sa". May be "" when there are no letters and no digits. */
char    *cpt_name_normalise       (const char  *text,
                                   CptNameKind  kind);
/**
 * cpt_name_append_phonetic:
 * @code: where to append
 * @word: one folded word
 * @length: in bytes
 *
 * Appends how a word sounds in French: equal for "Lefèvre" and
 * "Lefebvre", "Faure" and "Phore". The algorithm is Phonex of Frédéric Brouard
 * (1999, sqlpro.developpez.com/cours/soundex), without its last step, which
 * makes a number of the code, and with mute s, z and e dropped at the end. Of long words the first 32 letters count.
 */
void     cpt_name_append_phonetic (GString    *code,
                                   const char *word,
                                   gsize       length);

/* How two names are alike, the closest first */
typedef enum
{
  CPT_NAME_SAME,
  CPT_NAME_SWAPPED, /* the same words in another order */
  CPT_NAME_CLOSE, /* each word has its like: a typing error */
  CPT_NAME_SOUND, /* each word sounds like the other's */
  CPT_NAME_PART, /* all words of one are in the other, which has more */
  CPT_NAME_ALIKE, /* similar as a whole */
  CPT_NAME_DIFFERENT,
  CPT_NAME_MISSING, /* one of them is empty */
} CptNameLikeness;

/* Compares two normalised names word by word with Jaro-Winkler, in whatever
 * order the words are. @similarity (optional): 0 to 1. Of long names the first
 * eight words count. */
CptNameLikeness cpt_name_compare  (const char *a,
                                   const char *b,
                                   double     *similarity);

G_END_DECLS
