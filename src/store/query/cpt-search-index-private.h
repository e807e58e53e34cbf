/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"

G_BEGIN_DECLS

/* The writing side of the full-text index; inside a transaction. */

/* Whether any field of the entity is searched */
gboolean cpt_search_index_has_words (const CptEntity *entity);
/* What is indexed: folded words, each followed by a blank; replaces @words */
void     cpt_search_index_get_words (const CptRecord *record,
                                     GString         *words);
gboolean cpt_search_index_add       (CptDatabase      *database,
                                     const CptEntity  *entity,
                                     gint64            row,
                                     const char       *words,
                                     GError          **error);
/* @words: exactly those that were added */
gboolean cpt_search_index_remove    (CptDatabase      *database,
                                     const CptEntity  *entity,
                                     gint64            row,
                                     const char       *words,
                                     GError          **error);

/* While very much comes in, FTS5 shall merge nothing by itself: whoever writes
 * does it, in small pieces. Kept in the file until it is set back. */
gboolean cpt_search_index_set_bulk  (CptDatabase  *database,
                                     gboolean      is_bulk,
                                     GError      **error);
/* Merges for about @n_pages pages; @is_done (optional): nothing was left to do */
gboolean cpt_search_index_merge     (CptDatabase  *database,
                                     guint         n_pages,
                                     gboolean     *is_done,
                                     GError      **error);
/* After an act, whose number is @sequence, has changed words: keeps the parts
 * of the index few, a little now and then */
gboolean cpt_search_index_tidy      (CptDatabase  *database,
                                     gint64        sequence,
                                     GError      **error);

G_END_DECLS
