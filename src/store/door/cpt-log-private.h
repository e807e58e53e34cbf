/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-log.h"
#include "cpt-statement.h"

G_BEGIN_DECLS

/* Column "state" of the log */
typedef enum
{
  CPT_LOG_DONE, /* an act of its own: undo takes it */
  CPT_LOG_SLICE, /* part of the unit named in column "unit" */
  CPT_LOG_OPEN, /* head of a unit that is being made */
  CPT_LOG_FINISH, /* the moment when a unit became visible */
  CPT_LOG_DEAD, /* head of a unit that was taken back before it was finished */
  CPT_LOG_SETTING, /* the workspace's settings changed */
  CPT_LOG_COMPUTED, /* what formulas give was brought up to date: nobody's act */
} CptLogState;

typedef struct
{
  CptOrigin    origin;
  CptLogState  state;
  const char  *label; /* (nullable) */
  gint64       unit; /* 0 when it is none's */
  gint64       undoes; /* 0 when it takes nothing back */
  guint64      n_changes;
} CptLogHead;

typedef struct
{
  guint          entity;
  gint64         row;
  gint64         last_row; /* 0 for one record */
  const CptUuid *id; /* (nullable) */
  CptChangeKind  kind;
  const char    *fields; /* (nullable): JSON */
} CptLogChange;

/* Inside a transaction. Writes one line of the log; @sequence is its number. */
gboolean cpt_log_begin        (CptDatabase       *database,
                               const CptLogHead  *head,
                               gint64            *sequence,
                               GError           **error);
gboolean cpt_log_add          (CptDatabase         *database,
                               gint64               sequence,
                               const CptLogChange  *change,
                               GError             **error);
/* Inside a transaction: what the record's fields were and are: NULL when equal */
char    *cpt_log_dup_update   (const CptRecord *before,
                               const CptRecord *after);
/* The whole record, system members included */
char    *cpt_log_dup_record   (const CptRecord *record);

/* (transfer full) (element-type CptFieldChange): out of what cpt_log_dup_update() gave; @fields (nullable) */
GPtrArray *cpt_log_list_changes (const CptEntity *entity,
                                 const char      *fields);

/* Columns "sequence, unit, at, author, device, origin, label, undoes,
 * undone_by, state, n_changes" */
#define CPT_LOG_COLUMNS \
  "sequence, unit, at, author, device, origin, label, undoes, undone_by, state, n_changes"
CptLogEntry *cpt_log_read_entry (CptStatement *statement,
                                 int           column);
/* NULL without @error when there is none */
CptLogEntry *cpt_log_find       (CptDatabase  *database,
                                 gint64        sequence,
                                 gint64       *state,
                                 GError      **error);

G_END_DECLS
