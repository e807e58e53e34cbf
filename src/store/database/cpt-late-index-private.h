/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cpt-database.h"

G_BEGIN_DECLS

/* cpt-late-index.c: indexes that are left out while very many rows come in,
 * and the merging of the one for search.
 * All of it on the thread of the connection. */

/* Inside a transaction: drops the indexes of @entity but those of @kept, a
 * %NULL-terminated array of fields */
gboolean cpt_late_index_drop  (CptDatabase            *database,
                               const CptEntity        *entity,
                               const CptField *const  *kept,
                               GError                **error);

/* The full-text index has more parts than it should: they are merged as if it
 * were a missing index */
gboolean cpt_late_index_note_search (CptDatabase  *database,
                                     GError      **error);

/* Whether somebody has better use for the file; asked every few milliseconds */
typedef gboolean (*CptLateIndexFunc) (gpointer data);

/* Makes what is missing, one by one, each in a transaction of its own, until
 * @is_wanted (nullable) says that somebody waits: what is not made then, and
 * another process' waiting, sets @is_done to %FALSE. Stops with
 * %G_IO_ERROR_CANCELLED when the connection's cancellable says so. */
gboolean cpt_late_index_build (CptDatabase       *database,
                               CptLateIndexFunc   is_wanted,
                               gpointer           data,
                               gboolean          *is_done,
                               GError           **error);

G_END_DECLS
