/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Lower case without accents and ligatures: "Œuvre Élégante" -> "oeuvre elegante".
 * White space runs become one blank; invalid UTF-8 becomes U+FFFD; curly quotes
 * and dashes become those of the keyboard. Folding twice changes nothing. All
 * functions here may be called from any thread. */
char    *cpt_text_fold          (const char *text);
/* A total order for people: folded text first, then bytes. Equal only when the
 * bytes are. No allocation; an SQLite collation. Lengths in bytes, not
 * negative; the texts may hold anything. */
int      cpt_text_collate       (const char *a,
                                 gssize      a_length,
                                 const char *b,
                                 gssize      b_length);
/* Appends the folded words (letters and digits only) of @text to @words,
 * each followed by a blank: what search indexes and what it looks for. */
void     cpt_text_append_words  (GString    *words,
                                 const char *text);
/* A copy that is valid UTF-8 in NFC (with at most 30 marks on a character),
 * without C0/C1 controls (tab and, when @multiline, newline stay; CRLF becomes
 * LF), without bidirectional overrides and isolates (U+202A-202E, U+2066-2069,
 * U+200E/F, U+061C) and without noncharacters, trimmed. Linear time. */
char    *cpt_text_clean         (const char *text,
                                 gboolean    multiline);
/* Whether cpt_text_clean() takes characters out of @text, which is valid UTF-8;
 * blanks at the ends and line ends are none. No allocation. */
gboolean cpt_text_has_unwanted  (const char *text);
/* 0 equal to 1 nothing in common: Jaro-Winkler distance on folded text, of
 * which the first 256 characters count */
double   cpt_text_get_distance  (const char *a,
                                 const char *b);
/* 1 equal to 0 nothing in common: Jaro-Winkler similarity of texts that are
 * folded already, of which the first 256 characters count. Lengths in bytes;
 * no allocation. */
double   cpt_text_get_folded_similarity (const char *a,
                                         gsize       a_length,
                                         const char *b,
                                         gsize       b_length);
/* At most @max_bytes of valid UTF-8 with an ellipsis where it was cut, when
 * there is room for one; never between a letter and its accent */
char    *cpt_text_shorten       (const char *text,
                                 gsize       max_bytes);

G_END_DECLS
