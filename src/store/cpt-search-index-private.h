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
G_END_DECLS
