/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"

G_BEGIN_DECLS

/* Where a change comes from; kept in the log */
typedef enum
{
  CPT_ORIGIN_FORM,
  CPT_ORIGIN_IMPORT,
  CPT_ORIGIN_UNDO,
  CPT_ORIGIN_REDO,
  CPT_ORIGIN_COMMAND,
  CPT_ORIGIN_DEMO,
  CPT_ORIGIN_WORKFLOW,
  CPT_ORIGIN_SYNC,
  CPT_ORIGIN_API,
  CPT_ORIGIN_MERGE, /* records that were there twice became one */
  CPT_ORIGIN_CREATION, /* of the workspace: what it begins with can't be undone */
  CPT_ORIGIN_COMPUTED, /* what formulas give, worked out later */
} CptOrigin;

typedef enum
{
  CPT_CHANGE_CREATE,
  CPT_CHANGE_UPDATE,
  CPT_CHANGE_DELETE, /* to the trash */
  CPT_CHANGE_RESTORE, /* out of the trash */
  CPT_CHANGE_PURGE, /* out of the trash, for good */
} CptChangeKind;

/**
 * CptTransaction:
 *
 * Changes that are stored together or not at all. Pure data: built anywhere,
 * handed to the one door, cpt_database_commit(). The same record may be named
 * several times; later values win.
 */
typedef struct _CptTransaction CptTransaction;

/* @label: (nullable): for people, translated: "Move deal to Won"; a label made
 * from the content when NULL */
CptTransaction *cpt_transaction_new         (CptOrigin   origin,
                                             const char *label);
/* The same steps; records to create are shared with it */
CptTransaction *cpt_transaction_copy        (CptTransaction *self);
void            cpt_transaction_free        (CptTransaction *self);
gboolean        cpt_transaction_is_empty    (CptTransaction *self);
guint           cpt_transaction_get_length  (CptTransaction *self);
/* Takes a reference. A nil id is filled in when it is committed, as are times
 * and authors. */
void            cpt_transaction_create      (CptTransaction *self,
                                             CptRecord      *record);
/* The same for an id that was generated for the record just now: it is not
 * looked for among those that are there */
void            cpt_transaction_create_fresh (CptTransaction *self,
                                              CptRecord      *record);
void            cpt_transaction_set         (CptTransaction  *self,
                                             const CptEntity *entity,
                                             const CptUuid   *id,
                                             const CptField  *field,
                                             const CptValue  *value);
/* Of a set: @members join what the record has when it is committed, or leave it */
void            cpt_transaction_add_members (CptTransaction  *self,
                                             const CptEntity *entity,
                                             const CptUuid   *id,
                                             const CptField  *field,
                                             const CptValue  *members);
void            cpt_transaction_remove_members (CptTransaction  *self,
                                                const CptEntity *entity,
                                                const CptUuid   *id,
                                                const CptField  *field,
                                                const CptValue  *members);
/* The commit fails with CPT_ERROR_CONFLICT when the record's sequence is another */
void            cpt_transaction_expect      (CptTransaction  *self,
                                             const CptEntity *entity,
                                             const CptUuid   *id,
                                             gint64           sequence);
void            cpt_transaction_delete      (CptTransaction  *self,
                                             const CptEntity *entity,
                                             const CptUuid   *id);
void            cpt_transaction_restore     (CptTransaction  *self,
                                             const CptEntity *entity,
                                             const CptUuid   *id);
void            cpt_transaction_purge       (CptTransaction  *self,
                                             const CptEntity *entity,
                                             const CptUuid   *id);

/**
 * CptProblem:
 * @entity: the record's kind
 * @id: the record; nil when it is new without one
 * @index: position of the change in the transaction, from 0
 * @field: (nullable): NULL when it is about the whole record
 * @message: translated, one sentence
 *
 * Why a transaction was refused; all of them are found at once.
 */
typedef struct
{
  const CptEntity *entity;
  CptUuid          id;
  guint            index;
  const CptField  *field;
  char            *message;
} CptProblem;

void            cpt_problem_free            (CptProblem *self);

/**
 * CptChange:
 * @entity: the record's kind
 * @kind: what happens
 * @before: (nullable): as it was; NULL when it is created
 * @after: (nullable): as it will be: behaviours may set fields; NULL when it is deleted
 * @origin: who asks
 *
 * One record in a transaction, as behaviours see it.
 */
typedef struct
{
  const CptEntity *entity;
  CptChangeKind    kind;
  CptRecord       *before;
  CptRecord       *after;
  CptOrigin        origin;
} CptChange;

typedef struct _CptDoor CptDoor;

/* For behaviours: another change in the same transaction, validated and given
 * to behaviours in turn (at most 10,000 in all) */
CptTransaction *cpt_door_get_transaction    (CptDoor *self);
CptDatabase    *cpt_door_get_database       (CptDoor *self);
/* For behaviours: refuse, tied to a field */
void            cpt_door_add_problem        (CptDoor        *self,
                                             const CptField *field,
                                             const char     *message);
/* For behaviours: by how many records with @choice in @field there will be more
 * afterwards, as far as the caller's own changes go; below 0: less */
gint64          cpt_door_count_choice       (CptDoor         *self,
                                             const CptEntity *entity,
                                             const CptField  *field,
                                             const char      *choice);

/**
 * CptBehaviour:
 * @entity: name of the entity it belongs to; NULL ends a table
 * @before_commit: called for each changed record inside the SQL transaction,
 *   before its values are checked; FALSE with @error stops everything
 *
 * What a declaration can't say.
 */
struct _CptBehaviour
{
  const char *entity;
  gboolean  (*before_commit) (CptDoor    *door,
                              CptChange  *change,
                              GError    **error);
};

/**
 * CptCommit:
 * @sequence: of the log entry; 0 when nothing really changed
 * @n_created: records
 * @n_updated: records
 * @n_deleted: records
 *
 * What became of a transaction.
 */
typedef struct
{
  gint64 sequence;
  guint  n_created;
  guint  n_updated;
  guint  n_deleted;
} CptCommit;

/* The one door. On CPT_ERROR_INVALID @problems (optional) gets the list
 * (element-type CptProblem) and @error a sentence with the first. Created
 * records have their id, row and sequence set afterwards. */
gboolean        cpt_database_commit         (CptDatabase     *self,
                                             CptTransaction  *transaction,
                                             CptCommit       *commit,
                                             GPtrArray      **problems,
                                             GError         **error);

/**
 * CptUnit:
 *
 * Many transactions that are one act for people: one import, one bulk edit.
 * Each is committed by itself, so that other writers get between; what the
 * unit creates stays hidden from everybody else until it is finished; when the
 * process dies the unit is taken back at the next opening. Undone as one.
 */
typedef struct _CptUnit CptUnit;

CptUnit        *cpt_unit_begin              (CptDatabase  *database,
                                             CptOrigin     origin,
                                             const char   *label,
                                             GError      **error);
/* When many more records are expected (@n_records) than there are: leaves out
 * the indexes of @entity until the end, but for those of @kept
 * (%NULL-terminated), which are needed meanwhile. To be called before the first
 * commit. */
gboolean        cpt_unit_leave_out_indexes  (CptUnit                *self,
                                             const CptEntity        *entity,
                                             const CptField *const  *kept,
                                             guint64                 n_records,
                                             GError                **error);
/* @commit (optional) as in cpt_database_commit(). Changes that are refused are
 * left out, the others are stored: @problems tells which by index. */
gboolean        cpt_unit_commit             (CptUnit         *self,
                                             CptTransaction  *transaction,
                                             CptCommit       *commit,
                                             GPtrArray      **problems,
                                             GError         **error);
/* Whether what is committed on @database at present is part of one */
gboolean        cpt_database_is_in_unit     (CptDatabase *database);
/* Begins a slice unless one is open: what is read from now on is what the next
 * commit finds. Others wait until then. */
gboolean        cpt_unit_open_slice         (CptUnit  *self,
                                             GError  **error);
/* While a unit is made on @database: (element-type gint64): rows of @entity that
 * others have changed since it began. CPT_ERROR_BUSY while somebody else makes
 * one, whose rows nobody can see yet. */
GArray         *cpt_unit_list_touched       (CptDatabase      *database,
                                             const CptEntity  *entity,
                                             GError          **error);
/* After custom fields were committed: the connection's schema has them from now
 * on, so that records with values in them can follow. Others see the fields when
 * the unit is finished. */
gboolean        cpt_unit_read_fields        (CptUnit  *self,
                                             GError  **error);
/* Makes everything visible in one small transaction; @sequence (optional) is
 * what undo takes */
gboolean        cpt_unit_finish             (CptUnit  *self,
                                             gint64   *sequence,
                                             GError  **error);
/* Takes everything back: hidden and unlinked at once (under 200 ms), rows are
 * removed in slices afterwards */
gboolean        cpt_unit_abort              (CptUnit  *self,
                                             GError  **error);
/* Aborts when it was neither finished nor aborted */
void            cpt_unit_free               (CptUnit *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptTransaction, cpt_transaction_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptProblem, cpt_problem_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptUnit, cpt_unit_free)

G_END_DECLS
