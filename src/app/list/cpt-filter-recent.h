/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-filter.h"

G_BEGIN_DECLS

/* What was filtered by lately, as one text: a JSON array, the last one first. */

#define CPT_FILTER_RECENT_MAX 10

/**
 * cpt_filter_recent_add:
 * @text: (nullable): the filters so far; what is no such text is none
 * @filter: the one that counts now
 *
 * Filters that @filter only adds conditions to are left out: they were steps
 * on the way to it.
 *
 * Returns: (transfer full): the text with @filter in front
 */
char      *cpt_filter_recent_add  (const char *text,
                                   CptFilter  *filter);
/* (transfer full) (element-type CptFilter): those that can still be read */
GPtrArray *cpt_filter_recent_list (const char      *text,
                                   CptSchema       *schema,
                                   const CptEntity *entity);

G_END_DECLS
