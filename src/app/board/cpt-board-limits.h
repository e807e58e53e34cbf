/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-board-spec.h"
#include "cpt-transaction.h"

G_BEGIN_DECLS

/* Most records that one may ask for in a column */
#define CPT_BOARD_LIMIT_MAX 9999

/**
 * CptBoardLimits:
 * @id: of the record that keeps them; nil: there is none yet
 * @by_key: key of a column to how many records should stand in it at most (GUINT_TO_POINTER)
 *
 * How much a board should hold. Kept as a saved view of the form "board", for
 * everybody, so that it travels with the workspace and is undone like anything
 * else. Its definition is
 *
 *   {"form": "board", "field": "status", "limits": {"in_progress": 3}}
 *
 * By its limits it is told from the views of a board that people save.
 */
typedef struct
{
  CptUuid     id;
  GHashTable *by_key;
} CptBoardLimits;

CptBoardLimits *cpt_board_limits_new  (void);
/* Those of boards of the same records by the same field, of all parts */
CptBoardLimits *cpt_board_limits_read (CptDatabase         *database,
                                       const CptBoardSpec  *spec,
                                       GError             **error);
CptBoardLimits *cpt_board_limits_copy (const CptBoardLimits *self);
void            cpt_board_limits_free (CptBoardLimits *self);
/* 0: none */
guint           cpt_board_limits_get  (const CptBoardLimits *self,
                                       const char           *key);
/* @limit 0: none */
void            cpt_board_limits_set  (CptBoardLimits *self,
                                       const char     *key,
                                       guint           limit);
/* Adds what stores them to @transaction; @title names the saved view if it is new */
void            cpt_board_limits_save (CptBoardLimits     *self,
                                       const CptBoardSpec *spec,
                                       const char         *title,
                                       gint64              now,
                                       CptTransaction     *transaction);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptBoardLimits, cpt_board_limits_free)

G_END_DECLS
