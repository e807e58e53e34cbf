/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-query.h"
#include "cpt-store.h"

G_BEGIN_DECLS

/**
 * CptRowCache:
 *
 * Values of rows, read on workers in pages when they are wanted, and forgotten
 * when they have not been for long. One thread's.
 */
typedef struct _CptRowCache CptRowCache;

/* @error NULL: rows have come. Otherwise they could not be read. */
typedef void (*CptRowCacheFunc) (gpointer      user_data,
                                 const GError *error);

/* Copies @columns; @func is called in the main loop whenever rows have come,
 * never again after cpt_row_cache_free() */
CptRowCache *cpt_row_cache_new        (CptStore        *store,
                                       CptSchema       *schema,
                                       const CptEntity *entity,
                                       const CptPath   *columns,
                                       guint            n_columns,
                                       CptRowCacheFunc  func,
                                       gpointer         user_data);
void         cpt_row_cache_free       (CptRowCache *self);
/* The page that has @row, or NULL; what has changed since is there until it
 * has been read again. @version (optional) differs whenever the content may. */
CptPage     *cpt_row_cache_lookup     (CptRowCache *self,
                                       gint64       row,
                                       guint       *index,
                                       guint64     *version);
/* Reads what is missing of @rows, but for those below 1: first the ones on the screen, from @first to
 * @last, and when all of them are there a screen more on both sides */
void         cpt_row_cache_want       (CptRowCache *self,
                                       GArray      *rows,
                                       guint        first,
                                       guint        last);
/* A page read elsewhere. Takes @page; @rows as it was loaded with */
void         cpt_row_cache_add        (CptRowCache  *self,
                                       CptPage      *page,
                                       const gint64 *rows,
                                       guint         n_rows);
void         cpt_row_cache_outdate    (CptRowCache *self,
                                       gint64       row);
void         cpt_row_cache_outdate_all (CptRowCache *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptRowCache, cpt_row_cache_free)

G_END_DECLS
