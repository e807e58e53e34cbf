/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-card-guess.h"

G_BEGIN_DECLS

/**
 * CptCardLine:
 * @text: what is left of the line once something was found in it
 * @folded: the same, folded
 * @is_used: nothing is left of it, or all of it is something
 */
typedef struct
{
  char    *text;
  char    *folded;
  gboolean is_used;
} CptCardLine;

/**
 * CptCard:
 * @lines: of CptCardLine
 * @guess: what has been found
 * @more: (element-type utf8): what was understood and has no place, as it stands
 *   on the card
 * @country: (nullable): of numbers without a calling code
 *
 * A card being read. The order of the readers is the order of certainty: each
 * takes what it knows out of the lines and leaves the rest to the next one.
 */
typedef struct
{
  GArray       *lines;
  CptCardGuess *guess;
  GPtrArray    *more;
  const char   *country;
} CptCard;

/* cpt-card-reach.c: mail, pages, telephones */
void     cpt_card_find_reach   (CptCard *card);
/* cpt-card-place.c: address and country */
void     cpt_card_find_place   (CptCard *card);
/* cpt-card-who.c: the company, the job, the person */
void     cpt_card_find_who     (CptCard *card);

CptCardLine *cpt_card_get_line (CptCard *card,
                                guint    index);
/* Takes bytes @start to @end out of the line */
void     cpt_card_cut          (CptCardLine *line,
                                gsize        start,
                                gsize        end);
/* Takes @text where nothing is known yet; FALSE, freeing it, otherwise */
gboolean cpt_card_take         (CptCard      *card,
                                CptCardField  field,
                                char         *text);
/* Whether one of @words, folded and separated by |, stands in @folded as a word */
gboolean cpt_card_has_word     (const char *folded,
                                const char *words);
/* The part of a domain that is a name: "studio-lyon" of "www.studio-lyon.co.uk";
 * NULL for those who give mailboxes to everybody */
char    *cpt_card_dup_domain_name (const char *host);
/* Letters of the line, none of them a digit */
gboolean cpt_card_is_wordy     (const char *text);
/* With capitals at the beginnings of words, where it was all capitals */
char    *cpt_card_dup_calm     (const char *text);

G_END_DECLS
