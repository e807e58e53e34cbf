/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"

G_BEGIN_DECLS

/* Bytes that records refer to by their checksum, kept once however many do. A
 * digest is 64 hexadecimal digits in lower case: SHA-256. */

/* Whether the bytes are here; their number in @size (optional) */
gboolean  cpt_blob_find       (CptDatabase  *database,
                               const char   *digest,
                               gboolean     *found,
                               gint64       *size,
                               GError      **error);

/**
 * cpt_blob_read:
 * @database: a connection
 * @digest: which
 * @error: return location for an error: CPT_ERROR_NOT_FOUND; CPT_ERROR_DAMAGED
 *   when they are not what they were
 *
 * Reads and verifies them.
 *
 * Returns: (transfer full) (nullable): the bytes
 */
GBytes   *cpt_blob_read       (CptDatabase  *database,
                               const char   *digest,
                               GError      **error);

/**
 * cpt_blob_clean:
 * @database: open for writing
 * @n_removed: (out): how many were removed
 * @n_bytes: (out): and how much they took
 * @error: return location for an error
 *
 * Removes what no record refers to: no live one, none in the trash, and none
 * that the log could bring back. Reads the whole log.
 *
 * Returns: %FALSE when it failed; nothing is removed then
 */
gboolean  cpt_blob_clean      (CptDatabase  *database,
                               guint64      *n_removed,
                               guint64      *n_bytes,
                               GError      **error);

G_END_DECLS
