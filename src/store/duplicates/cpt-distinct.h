/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-transaction.h"

G_BEGIN_DECLS

/**
 * cpt_distinct_add:
 * @transaction: gets one more step
 * @schema: the declarations
 * @a: one record
 * @b: another one of its kind
 *
 * Says that two records that look alike are not the same: cpt_duplicates_find()
 * and cpt_duplicates_scan() leave the pair out from then on. It is a record of
 * its own ("distinct_pair"): undone, exported and deleted like any.
 */
void cpt_distinct_add (CptTransaction  *transaction,
                       CptSchema       *schema,
                       const CptRecord *a,
                       const CptRecord *b);
/* Such pairs of live records of @entity, for cpt_distinct_contains() */
GHashTable *cpt_distinct_read     (CptDatabase      *database,
                                   const CptEntity  *entity,
                                   GError          **error);
gboolean    cpt_distinct_contains (GHashTable *pairs,
                                   gint64      row,
                                   gint64      other_row);

G_END_DECLS
