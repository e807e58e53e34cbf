/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-door-private.h"
#include "cpt-log-private.h"

G_BEGIN_DECLS

/* One change of one record, as the log has it */
typedef struct
{
  const CptEntity *entity; /* of the connection's schema */
  gint64           row;
  CptUuid          id;
  CptAct           act;
  const char      *fields; /* (nullable) */
  gboolean         is_last; /* nothing happened since: the record needs not be looked at */
  gboolean         is_lenient; /* what has changed since stays, and is named field by field */
} CptUndoChange;

/* How many records a refusal names */
#define CPT_UNDO_MAX_NAMED 5

/* What takes changes back, newest first, as far as it can be written in one go:
 * until one comes that is about a record, or about fields, which the steps so
 * far bring back */
typedef struct
{
  CptTransaction *transaction; /* (owned) */
  GHashTable     *records; /* (owned): CptUuid -> CptRecord: changed ones, as they are after the steps so far */
  GHashTable     *changed; /* (owned): CptUuid: changed without being looked at */
  GHashTable     *moved; /* (owned): CptUuid: brought back or taken away */
  gboolean        has_declarations; /* the steps are about fields and rules */
} CptUndoPlan;

void     cpt_undo_plan_init   (CptUndoPlan *self,
                               CptOrigin    origin);
void     cpt_undo_plan_clear  (CptUndoPlan *self);
/* After the steps so far were written, or looked at */
void     cpt_undo_plan_reset  (CptUndoPlan *self);
/* Whether the steps so far have to be written before @change can be looked at */
gboolean cpt_undo_plan_is_full (CptUndoPlan         *self,
                                const CptUndoChange *change);
/* Adds the steps that take @change back. @conflicts (nullable): gets the title
 * of the record when it is no longer as the change left it; without it such a
 * change is left out. */
gboolean cpt_undo_plan_add    (CptUndoPlan          *self,
                               CptDatabase          *database,
                               const CptUndoChange  *change,
                               GPtrArray            *conflicts,
                               GError              **error);

/* What the act ?1 changed: more conditions may follow */
#define CPT_UNDO_CHANGES_OF_ACT                                                 \
  "SELECT entity, row_id, last_row, id, kind, fields, change_id FROM log_change " \
  "WHERE (sequence = ?1 OR sequence IN (SELECT sequence FROM log WHERE unit = ?1)) "

/* An act that is being taken back: cpt-undo.c */
typedef struct
{
  CptDatabase    *database;
  gint64          sequence; /* what is taken back */
  gint64          last; /* its last line */
  CptLogEntry    *entry; /* (owned): it */
  gboolean        is_redo;
  gboolean        is_merge; /* what was changed since stays: it is no reason to refuse */
  gboolean        is_last; /* nobody wrote anything at all since the act: every record is as it left it */
  gboolean        is_quiet; /* nobody wrote anything since the act: no record needs to be asked for */
  gboolean        is_in_parts; /* some of it was written before all of it was planned */
  CptUndoPlan     plan;
  GPtrArray      *conflicts; /* (owned): titles */
  GArray         *ranges; /* (owned): of CptLogChange */
  guint64         n_changes;
  CptCommit       commit;
} CptUndo;

void     cpt_undo_clear       (CptUndo *self);
/* The act that is meant: the undo of a redo takes back what that did again */
gboolean cpt_undo_find_entry  (CptUndo  *self,
                               GError  **error);
/* That, and the ranges of rows that it made or removed */
gboolean cpt_undo_prepare     (CptUndo  *self,
                               GError  **error);
/* Adds what takes @change back to the plan, or to the conflicts */
gboolean cpt_undo_take_record (CptUndo        *self,
                               CptUndoChange  *change,
                               GError        **error);
/* Whether it is hidden or shown with the range of its row */
gboolean cpt_undo_is_in_range (CptUndo             *self,
                               const CptUndoChange *change);
/* FALSE with the conflicts in @error */
gboolean cpt_undo_refuse      (CptUndo  *self,
                               GError  **error);
char    *cpt_undo_dup_label   (CptUndo *self);
/* Inside a transaction: notes who took it back, and turns the ranges, told to
 * readers of the log by @line */
gboolean cpt_undo_end         (CptUndo  *self,
                               gint64    sequence,
                               gint64    line,
                               GError  **error);

/* cpt-undo-slices.c: whether it changed so much that it is taken back in slices,
 * so that others can write in between. @act (optional) (out): the one that is
 * meant, see cpt_undo_find_entry() */
gboolean cpt_undo_is_large    (CptDatabase  *database,
                               gint64        sequence,
                               gint64       *act,
                               gboolean     *is_large,
                               GError      **error);
gboolean cpt_undo_in_slices   (CptUndo  *self,
                               GError  **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CptUndoPlan, cpt_undo_plan_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CptUndo, cpt_undo_clear)

G_END_DECLS
