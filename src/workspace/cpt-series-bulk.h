/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-bulk.h"
#include "cpt-series.h"

G_BEGIN_DECLS

/**
 * cpt_series_bulk_concerns:
 * @database: a connection
 * @entity: kind of the records
 * @rows: (element-type gint64): which
 * @field: (nullable): what is to be changed; deletion when %NULL
 * @concerns: (out): whether somebody has to say what the change is about, of at
 *   least one of them; see cpt_series_concerns()
 * @error: return location for an error
 *
 * Reads the tasks that repeat, however many @rows there are.
 *
 * Returns: %FALSE when reading failed
 */
gboolean cpt_series_bulk_concerns (CptDatabase      *database,
                                   const CptEntity  *entity,
                                   GArray           *rows,
                                   const CptField   *field,
                                   gboolean         *concerns,
                                   GError          **error);

/**
 * cpt_series_bulk_set_scope:
 * @bulk: of tasks; not run yet
 * @scope: what it is about, of those that repeat
 *
 * Tasks that repeat are changed as cpt_series_edit_build() has it, the others as
 * they would be: still one act.
 */
void     cpt_series_bulk_set_scope (CptBulk        *bulk,
                                    CptSeriesScope  scope);

G_END_DECLS
