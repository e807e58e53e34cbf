/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database-private.h"
#include "cpt-error.h"
#include "cpt-transaction-private.h"

G_BEGIN_DECLS

/* What a change is in the log: the first ones are CptChangeKind */
typedef enum
{
  CPT_ACT_CREATE = CPT_CHANGE_CREATE,
  CPT_ACT_UPDATE = CPT_CHANGE_UPDATE,
  CPT_ACT_DELETE = CPT_CHANGE_DELETE,
  CPT_ACT_RESTORE = CPT_CHANGE_RESTORE,
  CPT_ACT_PURGE = CPT_CHANGE_PURGE,
  CPT_ACT_UNCREATE, /* a creation undone: for readers a deletion */
  CPT_ACT_RECREATE, /* and redone: a creation */
  CPT_ACT_UNPURGE, /* a purge undone: the record is in the trash again */
  CPT_ACT_COMPUTED, /* what formulas give followed another change: an update that undo need not know */
} CptAct;

/* As readers of the log see it */
CptChangeKind cpt_act_get_kind (CptAct act);

/* One record of a transaction. Begins with its key. */
typedef struct
{
  CptUuid          id;
  guint            number; /* of the entity */

  const CptEntity *entity;
  CptAct           act;
  CptRecord       *before; /* (owned) (nullable) */
  CptRecord       *after; /* (owned) (nullable) */
  CptRecord       *original; /* (owned) (nullable): the caller's, of a creation */
  char            *custom; /* (nullable): raw custom fields out of the trash */
  char            *base_rev; /* (nullable): likewise */
  guint8          *asked; /* (owned) (nullable): by field: whether people set it; NULL where no rule is asked */
  guint            index; /* of its first step */
  guint            n_runs; /* of behaviours */
  gboolean         is_generated; /* its id was made here */
  gboolean         is_stale; /* behaviours have not seen its present state */
  gboolean         is_refused;
  gboolean         is_void; /* nothing is left to be done */
  gboolean         is_touched; /* an update that is written though it changes nothing */
} CptDoorItem;

/* In the place of a unit: refused records are left out as there */
#define CPT_DOOR_TRIAL (-1)

struct _CptDoor
{
  CptDatabase    *database;
  CptTransaction *transaction; /* the caller's */
  CptTransaction *extra; /* (owned) (nullable): what behaviours add */
  guint           first_step; /* of the caller's transaction, and how many */
  guint           n_steps;
  guint           n_extra; /* steps of it that were taken */
  CptOrigin       origin;
  gint64          unit; /* head of the unit, or 0, or CPT_DOOR_TRIAL */
  gboolean        is_exact; /* undo: no behaviours, no rules */
  gboolean        is_partial; /* what needs the records goes by another way: see cpt_door_check_needed() */
  gboolean        is_derived; /* what formulas give: no change of anybody's */
  gint64          recompute;  /* of one that is derived: whose records it works off, see table "recompute" */
  gboolean        is_in_behaviour; /* steps come from one */
  gboolean        touches_rules; /* records of the workspace's own rules are among the items */
  gint64          now;
  gint64          sequence; /* of the log entry; when it is there before the door is run, no other is written */
  gint64          undoes; /* for the log entry */
  GPtrArray      *items; /* (owned) */
  GHashTable     *by_key; /* CptDoorItem by its key */
  GHashTable     *links; /* keys of records that are known to exist */
  GPtrArray      *problems; /* (owned): CptProblem */
  CptDoorItem    *current; /* whose behaviour runs */
  CptError        code; /* of the first problem */
  char           *label; /* (owned) (nullable): as it went into the log */
  guint           n_refused;
  guint           n_created;
  guint           n_updated;
  guint           n_deleted;
};

/* Records that are known to exist, for several doors in one transaction */
GHashTable  *cpt_door_create_links  (void);
void         cpt_door_init          (CptDoor        *self,
                                     CptDatabase    *database,
                                     CptTransaction *transaction);
void         cpt_door_clear         (CptDoor *self);
/* Inside a transaction of SQLite: gathers, validates and writes. With @unit,
 * refused records are left out; otherwise one problem stops everything. */
gboolean     cpt_door_run           (CptDoor  *self,
                                     GError  **error);
/* After the commit: what the caller is told */
void         cpt_door_report        (CptDoor   *self,
                                     CptCommit *commit);
/* @item NULL is about the transaction; takes @message */
void         cpt_door_take_problem  (CptDoor        *self,
                                     CptDoorItem    *item,
                                     const CptField *field,
                                     CptError        code,
                                     char           *message);
/* FALSE, with the first of its problems as a sentence */
gboolean     cpt_door_refuse        (CptDoor  *self,
                                     GError  **error);
CptDoorItem *cpt_door_find_item     (CptDoor         *self,
                                     const CptEntity *entity,
                                     const CptUuid   *id);

/* cpt-door-gather.c: from steps to items, and what behaviours add */
gboolean     cpt_door_gather        (CptDoor  *self,
                                     GError  **error);
/* cpt-door-rules.c: problems; FALSE for what makes going on impossible */
gboolean     cpt_door_check         (CptDoor  *self,
                                     GError  **error);
/* Linked records for conditions: as the transaction will leave them, or as they
 * were. @error, of whoever asks and not NULL itself, gets the first one that
 * can't be read; what was found without it means nothing. */
typedef struct
{
  CptDoor  *door;
  gboolean  is_before;
  GError  **error;
} CptDoorSide;

void         cpt_door_side_init_host (CptDoorSide   *self,
                                      CptFilterHost *host);
/* cpt-door-conditional.c: problems of what the workspace's own rules ask */
gboolean     cpt_door_check_conditional (CptDoor  *self,
                                         GError  **error);
/* Whether the rule is still asked: not one that the transaction takes away */
gboolean     cpt_door_asks          (CptDoor       *self,
                                     const CptRule *rule);
/* cpt-door-unique.c: problems of what only one record may have */
gboolean     cpt_door_check_unique  (CptDoor  *self,
                                     GError  **error);
/* Of what is imagined: what only one record may have, for the trials that follow */
gboolean     cpt_door_note_claims   (CptDoor  *self,
                                     GError  **error);
/* cpt-door-trial.c: what cpt_unit_commit() would do, of a connection that
 * imagines: what passes is put there and nothing is stored. @commit and
 * @problems are (optional). */
gboolean     cpt_door_try           (CptDatabase     *database,
                                     CptTransaction  *transaction,
                                     CptCommit       *commit,
                                     GPtrArray      **problems,
                                     GError         **error);
/* cpt-door-needed.c: problems of what is deleted though others need it */
gboolean     cpt_door_check_needed  (CptDoor  *self,
                                     GError  **error);
/* cpt-door-schema.c: problems of what custom fields would be afterwards */
gboolean     cpt_door_check_schema  (CptDoor  *self,
                                     GError  **error);
/* cpt-door-write.c: rows, side tables, search, log */
gboolean     cpt_door_write         (CptDoor  *self,
                                     GError  **error);
/* cpt-door-label.c */
char        *cpt_door_dup_label     (CptDoor *self);

G_END_DECLS
