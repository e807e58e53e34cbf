/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"

G_BEGIN_DECLS

/* Brings the side tables of sets from @before to @after (either may be NULL)
 * for one row; inside a transaction. */
gboolean cpt_side_table_write (CptDatabase      *database,
                               const CptEntity  *entity,
                               const CptRecord  *before,
                               const CptRecord  *after,
                               gint64            row,
                               GError          **error);

G_END_DECLS
