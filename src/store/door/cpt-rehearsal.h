/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"
#include "cpt-transaction.h"

G_BEGIN_DECLS

/**
 * CptRehearsedChange:
 * @kind: %CPT_CHANGE_CREATE, %CPT_CHANGE_UPDATE or another
 * @entity: of the connection's schema
 * @id: of the record
 * @before: (owned) (nullable): as it was; %NULL when it is created
 * @after: (owned) (nullable): as it is now; %NULL when it is deleted
 *
 * What a rehearsed transaction would have done to one record.
 */
typedef struct
{
  CptChangeKind    kind;
  const CptEntity *entity;
  CptUuid          id;
  CptRecord       *before;
  CptRecord       *after;
} CptRehearsedChange;

/**
 * cpt_database_rehearse:
 * @self: a connection that is in no transaction; it may be open for reading
 * @func: what is rehearsed
 * @data: for @func
 * @error: as of @func
 *
 * Lets @func see the file as it is at this moment, whatever others write meanwhile, with a clock of
 * its own. What it hands to cpt_rehearsal_commit() is as if it were stored for what it loads by
 * identifier and for conditions, and is forgotten afterwards; lists and sums do not know of it.
 * The file is not written: whoever tries is told %CPT_ERROR_READ_ONLY.
 *
 * Returns: what @func returned
 */
gboolean   cpt_database_rehearse      (CptDatabase      *self,
                                       CptDatabaseFunc   func,
                                       gpointer          data,
                                       GError          **error);
gboolean   cpt_database_is_rehearsing (CptDatabase *self);

/* What follows is of a connection that rehearses. */

/* What its clock shows from now on: microseconds since the Unix epoch */
void       cpt_rehearsal_set_now      (CptDatabase *self,
                                       gint64       now);
/**
 * cpt_rehearsal_commit:
 * @self: a connection
 * @transaction: what would be stored
 * @changes: (out) (optional) (transfer full) (element-type CptRehearsedChange): what became of it, with what
 *   behaviours and formulas added
 * @error: as of cpt_database_commit()
 *
 * Does what cpt_database_commit() does, but for writing.
 *
 * Returns: whether it would be stored
 */
gboolean   cpt_rehearsal_commit       (CptDatabase     *self,
                                       CptTransaction  *transaction,
                                       GPtrArray      **changes,
                                       GError         **error);
/* From now on @record is as given, whatever rules say; %NULL: it is not there */
gboolean   cpt_rehearsal_put          (CptDatabase      *self,
                                       const CptEntity  *entity,
                                       const CptUuid    *id,
                                       const CptRecord  *record,
                                       GError          **error);

G_END_DECLS
