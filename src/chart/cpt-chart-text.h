/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CptTextCache:
 *
 * Shaped text, so that what is drawn again is not shaped again. One for each
 * thread that draws. It forgets what was not used for a while, so it never
 * grows without bound.
 */
typedef struct _CptTextCache CptTextCache;

CptTextCache *cpt_text_cache_new  (void) G_GNUC_WARN_UNUSED_RESULT;
void          cpt_text_cache_free (CptTextCache *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptTextCache, cpt_text_cache_free)

G_END_DECLS
