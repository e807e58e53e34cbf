/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-duplicates.h"

G_BEGIN_DECLS

/**
 * CptFoundPairs:
 *
 * What a scan found, in groups of records that hang together by pairs, the
 * likeliest first. Never changed; counted, and read on any thread.
 */
typedef struct _CptFoundPairs CptFoundPairs;

/**
 * CptFoundGroup:
 * @records: (element-type CptRecord): at least two, as they are now
 * @pairs: (element-type guint): two positions in @records for each pair
 * @score: of the likeliest pair
 * @reasons: what that one has in common, in words
 *
 * Records that are perhaps one.
 */
typedef struct
{
  GPtrArray *records;
  GArray    *pairs;
  double     score;
  char      *reasons;
} CptFoundGroup;

/**
 * CptFoundPage:
 * @groups: (element-type CptFoundGroup): what still stands
 * @has_more: whether there are others
 */
typedef struct
{
  GPtrArray *groups;
  gboolean   has_more;
} CptFoundPage;

/* Takes @found */
CptFoundPairs *cpt_found_pairs_new       (CptDuplicates *found);
CptFoundPairs *cpt_found_pairs_ref       (CptFoundPairs *self);
void           cpt_found_pairs_unref     (CptFoundPairs *self);
/* The first @limit groups without records that are gone and pairs of which
 * somebody said since that they are none */
CptFoundPage  *cpt_found_pairs_read_page (CptFoundPairs  *self,
                                          CptDatabase    *database,
                                          guint           limit,
                                          GError        **error);
void           cpt_found_page_free       (CptFoundPage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptFoundPage, cpt_found_page_free)

G_END_DECLS
