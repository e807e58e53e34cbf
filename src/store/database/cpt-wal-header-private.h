/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The first @length bytes of the database at @path as its write-ahead log has
 * them; FALSE when there is no such log or it does not have them. Whether the
 * log holds what it says is left to SQLite. */
gboolean cpt_wal_header_read (const char *path,
                              guint8     *header,
                              gsize       length);
/* A number of four bytes as SQLite stores it, in any of its files */
guint32  cpt_wal_header_get_u32 (const guint8 *bytes);

G_END_DECLS
