/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"

G_BEGIN_DECLS

/* Records that are there twice. Which fields tell comes from the declarations
 * alone: the title and fields flagged as names, e-mail addresses, phone
 * numbers, pages, domains, identifiers, and as circumstances links, addresses
 * and personal dates. */

/* From which score two records are taken for one, unless somebody says otherwise */
#define CPT_DUPLICATES_MIN_SCORE 0.8
/* More pairs than that are not kept, the ones with the least score are left out */
#define CPT_DUPLICATES_MAX_PAIRS 500000

/**
 * CptDuplicatePair:
 * @row: the older one; of a search for one record that record's, 0 when it is new
 * @other_row: the other one
 * @score: 0 to 1: how likely they are the same
 * @evidence: what they have in common: see cpt_duplicates_dup_reasons()
 *
 * Two records that look like one.
 */
typedef struct
{
  gint64  row;
  gint64  other_row;
  float   score;
  guint32 evidence;
} CptDuplicatePair;

/**
 * CptDuplicates:
 *
 * Pairs, the best first; holds the schema. Pure data.
 */
typedef struct _CptDuplicates CptDuplicates;

void                    cpt_duplicates_free         (CptDuplicates *self);
const CptEntity        *cpt_duplicates_get_entity   (CptDuplicates *self);
guint                   cpt_duplicates_get_length   (CptDuplicates *self);
const CptDuplicatePair *cpt_duplicates_get_pair     (CptDuplicates *self,
                                                     guint          index);
/* Whether there were more than CPT_DUPLICATES_MAX_PAIRS */
gboolean                cpt_duplicates_is_truncated (CptDuplicates *self);
/* Parts of a sentence, translated, the strongest first: "E-mail: identical" */
GStrv                   cpt_duplicates_dup_reasons  (CptDuplicates *self,
                                                     guint          index);

/**
 * cpt_duplicates_find:
 * @database: a connection
 * @record: as it is being typed; need not be stored
 * @min_score: see %CPT_DUPLICATES_MIN_SCORE
 * @limit: how many at most
 * @error: return location for an error
 *
 * Looks for live records that look like @record, through indexes: a few
 * milliseconds whatever their number.
 *
 * Returns: (transfer full): pairs of @record with others. %CPT_ERROR_UNSUPPORTED
 *   when nothing in the declaration tells such records apart
 */
CptDuplicates          *cpt_duplicates_find         (CptDatabase      *database,
                                                     const CptRecord  *record,
                                                     double            min_score,
                                                     guint             limit,
                                                     GError          **error) G_GNUC_WARN_UNUSED_RESULT;

/* @fraction: 0 to 1 */
typedef void (*CptDuplicatesProgressFunc) (double   fraction,
                                           gpointer user_data);

/**
 * cpt_duplicates_scan:
 * @database: a connection
 * @entity: which records
 * @min_score: see %CPT_DUPLICATES_MIN_SCORE
 * @progress: (nullable): called on this thread about a hundred times
 * @user_data: for @progress
 * @cancellable: (nullable): stops it within milliseconds
 * @error: return location for an error
 *
 * Compares all live records of one kind. Reads each once, in one pass; takes
 * about 150 bytes for each.
 *
 * Returns: (transfer full): all pairs. Errors as of cpt_duplicates_find()
 */
CptDuplicates          *cpt_duplicates_scan         (CptDatabase                *database,
                                                     const CptEntity            *entity,
                                                     double                      min_score,
                                                     CptDuplicatesProgressFunc   progress,
                                                     gpointer                    user_data,
                                                     GCancellable               *cancellable,
                                                     GError                    **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptDuplicates, cpt_duplicates_free)

G_END_DECLS
