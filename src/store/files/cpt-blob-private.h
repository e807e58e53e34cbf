/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-blob.h"

G_BEGIN_DECLS

/* Inside a transaction: keeps @bytes, unless they are there */
gboolean cpt_blob_store (CptDatabase  *database,
                         GBytes       *bytes,
                         const char   *digest,
                         GError      **error);

/* Sentences about bytes that are not what they were and records without theirs
 * are added to @findings */
gboolean cpt_blob_check (CptDatabase  *database,
                         GPtrArray    *findings,
                         GError      **error);

G_END_DECLS
