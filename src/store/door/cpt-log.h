/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-transaction.h"

G_BEGIN_DECLS

/**
 * CptLogEntry:
 * @sequence: number of the transaction (of the unit's first one), only growing
 * @at: instant
 * @author: user, or nil
 * @device: (nullable): machine
 * @origin: see #CptOrigin
 * @label: for people
 * @undoes: sequence that this one took back, or 0
 * @undone_by: sequence that took this one back, or 0
 * @n_changes: records touched
 *
 * One act in the log.
 */
typedef struct
{
  gint64    sequence;
  gint64    at;
  CptUuid   author;
  char     *device;
  CptOrigin origin;
  char     *label;
  gint64    undoes;
  gint64    undone_by;
  guint64   n_changes;
} CptLogEntry;

/**
 * CptFieldChange:
 * @field: (nullable): NULL when this version does not know it
 * @name: its name
 * @before: value
 * @after: value
 *
 * One field in one entry of a record's history.
 */
typedef struct
{
  const CptField *field;
  char           *name;
  CptValue        before;
  CptValue        after;
} CptFieldChange;

/**
 * CptHistoryEntry:
 * @entry: (owned): whose act it was
 * @sequence: of the line of the log that did it; that of the act but for units
 * @kind: what happened to the record
 * @changes: (element-type CptFieldChange): empty for creations
 *
 * One entry of a record's history.
 */
typedef struct
{
  CptLogEntry  *entry;
  gint64        sequence;
  CptChangeKind kind;
  GPtrArray    *changes;
} CptHistoryEntry;

void         cpt_log_entry_free     (CptLogEntry *self);
void         cpt_history_entry_free (CptHistoryEntry *self);

/* Newest first. @before: only entries with a smaller sequence, 0 for all */
GPtrArray   *cpt_log_list           (CptDatabase  *database,
                                     gint64        before,
                                     guint         limit,
                                     GError      **error);
GPtrArray   *cpt_log_get_history    (CptDatabase      *database,
                                     const CptEntity  *entity,
                                     const CptUuid    *id,
                                     guint             limit,
                                     GError          **error);
/* The same for lines with a smaller sequence (#CptHistoryEntry); 0 for all.
 * @field: (nullable): only changes of this field, and of those nothing else */
GPtrArray   *cpt_log_get_history_before (CptDatabase      *database,
                                         const CptEntity  *entity,
                                         const CptUuid    *id,
                                         const char       *field,
                                         gint64            before,
                                         guint             limit,
                                         GError          **error);

/* What Ctrl+Z and Ctrl+Shift+Z would take back on this device; NULL when there
 * is nothing. Works across restarts. */
CptLogEntry *cpt_log_peek_undo      (CptDatabase  *database,
                                     GError      **error);
CptLogEntry *cpt_log_peek_redo      (CptDatabase  *database,
                                     GError      **error);
/* What people call what was done when @undone was taken back: the act itself,
 * also when it was an undo */
char        *cpt_log_dup_undone_label (CptDatabase       *database,
                                       const CptLogEntry *undone);
/* Takes back any act (an undo too: that is redo). CPT_ERROR_CONFLICT, naming
 * the records, when what it changed was changed again since. */
gboolean     cpt_log_undo           (CptDatabase  *database,
                                     gint64        sequence,
                                     CptCommit    *commit,
                                     GError      **error);

/**
 * CptChangeSet:
 *
 * What happened between two sequences: for lists, boards, dashboards and every
 * other reader of the log with a cursor of its own.
 */
typedef struct
{
  const CptEntity *entity; /* alive as long as the set */
  CptChangeKind    kind;
  gint64           row; /* first row */
  gint64           last_row; /* equal to row but for whole ranges created by a unit */
  CptUuid          id; /* nil for ranges */
  /* bit of each standard or custom field (index mod 64) whose value changed;
   * all bits when created or deleted */
  guint64          fields;
  gint64           sequence;
} CptRowChange;

typedef struct _CptChangeSet CptChangeSet;

CptChangeSet       *cpt_log_read             (CptDatabase  *database,
                                              gint64        after,
                                              guint         limit,
                                              GError      **error);
CptChangeSet       *cpt_change_set_ref       (CptChangeSet *self);
void                cpt_change_set_unref     (CptChangeSet *self);
/* The cursor to read on from */
gint64              cpt_change_set_get_sequence (CptChangeSet *self);
/* TRUE when there was more than @limit: read everything again */
gboolean            cpt_change_set_is_truncated (CptChangeSet *self);
const CptRowChange *cpt_change_set_get_rows  (CptChangeSet *self,
                                              guint        *length);
gboolean            cpt_change_set_has_entity (CptChangeSet *self,
                                               const char   *entity);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptLogEntry, cpt_log_entry_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptHistoryEntry, cpt_history_entry_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptChangeSet, cpt_change_set_unref)

G_END_DECLS
