/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where what was typed stands in a text: for snippets, for letters in bold, for
 * ranking. Case, accents and ligatures do not count; words are folded ones, as
 * cpt_text_append_words() makes them. Any thread. */

/* Words that are looked for at once */
#define CPT_MATCH_MAX_WORDS 16

/**
 * CptMatchRange:
 * @start: in bytes of the text as it is, not as it is folded
 * @end: behind the last one
 */
typedef struct
{
  guint start;
  guint end;
} CptMatchRange;

/**
 * cpt_match_split:
 * @text: as a person types it
 *
 * Returns: (transfer full): the folded words of @text, at most
 *   %CPT_MATCH_MAX_WORDS, %NULL-terminated
 */
char  **cpt_match_split (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/**
 * cpt_match_words:
 * @text: where to look; the first 65,536 characters count
 * @words: (array zero-terminated=1): folded words
 * @ranges: (nullable) (element-type CptMatchRange): gets the places, in their
 *   order, without overlaps
 *
 * Looks for words of @text that begin with one of @words.
 *
 * Returns: bits 1 << i of the words that were found
 */
guint   cpt_match_words (const char        *text,
                         const char *const *words,
                         GArray            *ranges);

/**
 * cpt_match_fuzzy:
 * @text: a short text: a label, a name; the first 256 characters count
 * @pattern: folded; blanks do not count; the first 64 characters count
 * @ranges: (nullable) (element-type CptMatchRange): gets the places, in their
 *   order; nothing when it does not match
 *
 * Whether all letters of @pattern are in @text in their order, and how well
 * they stand together or at the beginnings of words: "nc" is in "New Contact"
 * better than in "function".
 *
 * Returns: 0 when they are not, or only here and there; greater is better
 */
guint   cpt_match_fuzzy (const char *text,
                         const char *pattern,
                         GArray     *ranges);

G_END_DECLS
