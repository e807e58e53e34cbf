/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-board-spec.h"
#include "cpt-store.h"
#include "cpt-window.h"

G_BEGIN_DECLS

/* What columns or lanes of a board ask of a card before it is put there: of deals,
 * what their stages ask for before they are left. */

/* (nullable): the one of the two fields whose columns, or lanes, ask for anything */
const CptField *cpt_board_exit_get_field (const CptBoardSpec *spec);
/* What @card lacks for each of the columns, or lanes, of that field with these keys */
void        cpt_board_exit_read_async  (CptStore            *store,
                                        const CptBoardSpec  *spec,
                                        const CptUuid       *card,
                                        const char *const   *keys,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
/* (transfer full): key of a column to names of fields (char **), of those that
 * lack some; by cpt_store_finish() */
GHashTable *cpt_board_exit_read_finish (CptStore      *store,
                                        GAsyncResult  *result,
                                        GError       **error);
/* "First fill in: Amount, Next step" */
char       *cpt_board_exit_dup_note    (const CptBoardSpec *spec,
                                        const char *const  *fields);

/* A dialogue that asks for what is missing and moves the card: takes
 * @transaction, which moves it; @toast tells of it */
void        cpt_board_exit_ask         (CptWindow          *window,
                                        const CptBoardSpec *spec,
                                        const CptUuid      *card,
                                        const char *const  *fields,
                                        CptTransaction     *transaction,
                                        const char         *toast);

G_END_DECLS
