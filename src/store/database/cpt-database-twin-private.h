/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-statement.h"

G_BEGIN_DECLS

/**
 * CptTwin:
 *
 * A second thread that reads with a connection of its own what a connection
 * sees in its snapshot.
 */
typedef struct _CptTwin CptTwin;

/**
 * cpt_twin_start:
 * @database: inside a snapshot; goes on with its own work, and is not closed, until cpt_twin_finish()
 * @func: run in the other thread, in a snapshot of the other connection; only
 *   when that sees the same, otherwise it is not called
 * @data: for @func
 *
 * Whoever calls it does all of the work himself where @func does none of it.
 *
 * Returns: (transfer full) (nullable): %NULL where there is no second processor,
 *   or where what @database sees can't be seen by others
 */
CptTwin *cpt_twin_start  (CptDatabase     *database,
                          CptDatabaseFunc  func,
                          gpointer         data);
/* Waits until it is over. What @func said; TRUE when it was not called. Takes
 * @self (nullable). */
gboolean cpt_twin_finish (CptTwin  *self,
                          GError  **error);

G_END_DECLS
