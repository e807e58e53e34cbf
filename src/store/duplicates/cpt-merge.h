/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-transaction.h"

G_BEGIN_DECLS

/**
 * CptMerge:
 *
 * Several records becoming one, as a person decides it: which one is kept, and
 * from which one each field is taken. Holds the records as they were when it
 * was made; one thread at a time.
 */
typedef struct _CptMerge CptMerge;

/**
 * cpt_merge_new:
 * @database: a connection
 * @entity: their kind
 * @ids: (array length=n_ids): the records, the one that is kept first
 * @n_ids: at least 2, at most %CPT_MERGE_MAX_RECORDS
 * @error: %CPT_ERROR_INVALID when one is named twice or is in the trash,
 *   %CPT_ERROR_NOT_FOUND when one is no record of that kind, %CPT_ERROR_LIMIT
 *
 * Reads the records and chooses for each field what is best: what is not empty;
 * of titles that of the kept record, unless it is a mail address or the same in
 * capitals or small letters alone; of other texts the longest, of long texts all; of sets all members; of what
 * somebody agreed to the refusal; of everything else what was set last. The
 * parts of a name are taken together.
 *
 * Returns: (transfer full): the merge
 */
CptMerge        *cpt_merge_new           (CptDatabase      *database,
                                          const CptEntity  *entity,
                                          const CptUuid    *ids,
                                          guint             n_ids,
                                          GError          **error) G_GNUC_WARN_UNUSED_RESULT;
#define CPT_MERGE_MAX_RECORDS 100
/* Where the value of a field comes from: together from several */
#define CPT_MERGE_UNITED G_MAXUINT
void             cpt_merge_free          (CptMerge *self);
guint            cpt_merge_get_length    (CptMerge *self);
/* 0 is the one that is kept */
const CptRecord *cpt_merge_get_record    (CptMerge *self,
                                          guint     index);
/* What the field will be; owned by the merge until the next choice */
const CptValue  *cpt_merge_get_value     (CptMerge       *self,
                                          const CptField *field);
/* From which record, or CPT_MERGE_UNITED */
guint            cpt_merge_get_source    (CptMerge       *self,
                                          const CptField *field);
/* Takes @field from record @index, where nothing links to what becomes the same
 * record: a child that is merged into its parent gives no parent; sets and long texts together from all with
 * CPT_MERGE_UNITED. CPT_ERROR_INVALID for what Comptoir fills in by itself, for
 * what can't be united, and where it would make a consent of somebody's refusal. */
gboolean         cpt_merge_choose        (CptMerge        *self,
                                          const CptField  *field,
                                          guint            index,
                                          GError         **error);
/**
 * cpt_merge_commit:
 * @self: what was decided
 * @database: a connection, may be another than the one it was made with
 * @commit: (out) (optional): what became of it; its sequence is what undo and
 *   cpt_merge_undo() take
 * @n_links: (out) (optional): links of other records that lead to the kept one now
 * @problems: (out) (optional): as of cpt_database_commit()
 * @error: as of cpt_database_commit(); %CPT_ERROR_CONFLICT when one of the
 *   records was changed since cpt_merge_new()
 *
 * One act: the kept record gets its values, every link of every record to the
 * others leads to it, the others go to the trash.
 *
 * Returns: %TRUE when it is stored
 */
gboolean         cpt_merge_commit        (CptMerge     *self,
                                          CptDatabase  *database,
                                          CptCommit    *commit,
                                          guint        *n_links,
                                          GPtrArray   **problems,
                                          GError      **error);
/**
 * cpt_merge_undo:
 * @database: a connection
 * @sequence: of the merge
 * @commit: (out) (optional): what became of it
 * @stays: (out) (optional) (element-type utf8): what was changed since and stays
 *   as it is: "Jean Martin: Phone"
 * @error: %CPT_ERROR_INVALID when that was no merge, %CPT_ERROR_CONFLICT when it
 *   was undone already
 *
 * Takes a merge back, however long ago it was. Unlike cpt_log_undo() it is not
 * refused because of what came since: a field that has another value now keeps
 * it, and records come back even when the trash was emptied.
 *
 * Returns: %TRUE when it is undone
 */
gboolean         cpt_merge_undo          (CptDatabase  *database,
                                          gint64        sequence,
                                          CptCommit    *commit,
                                          GPtrArray   **stays,
                                          GError      **error);

/**
 * cpt_merge_find_kept:
 * @database: a connection
 * @entity: kind of the record
 * @id: one in the trash
 * @kept: (out): the record that it became part of, which may be in the trash
 *   itself; nil when no merge put it there, or when it was taken back
 * @error: return location for an error
 *
 * Where what was merged away went.
 *
 * Returns: %FALSE on error
 */
gboolean         cpt_merge_find_kept     (CptDatabase      *database,
                                          const CptEntity  *entity,
                                          const CptUuid    *id,
                                          CptUuid          *kept,
                                          GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptMerge, cpt_merge_free)

G_END_DECLS
