/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-log.h"

G_BEGIN_DECLS

/* Integrity of the file (quick or whole), shape of the tables against the
 * declarations, search index against rows, side tables of sets against rows,
 * log against rows, links, units left open. (element-type utf8): one sentence
 * per finding; empty when the workspace is sound. Changes nothing. */
GPtrArray *cpt_check_run (CptDatabase   *database,
                          gboolean       whole,
                          GCancellable  *cancellable,
                          GError       **error);

G_END_DECLS
