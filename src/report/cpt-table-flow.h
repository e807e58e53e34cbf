/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-sheet.h"
#include "cpt-table-report.h"

G_BEGIN_DECLS

/**
 * CptTableFlow:
 *
 * A list that was read and measured, to be added to its sheet: once to count the
 * pages, then to draw them. Of one thread at a time.
 */
typedef struct _CptTableFlow CptTableFlow;

/**
 * cpt_table_flow_new:
 * @report: what to tell; borrowed as long as the flow lives, like @sheet
 * @sheet: where it will stand
 * @database: a connection, within a snapshot
 * @cancellable: (nullable): looked at now and then
 * @error: return location for an error
 *
 * Errors: %CPT_ERROR_LIMIT when there are too many records or columns for
 * paper, those of reading, %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (nullable): the list
 */
CptTableFlow *cpt_table_flow_new           (const CptTableReport  *report,
                                            CptSheet              *sheet,
                                            CptDatabase           *database,
                                            GCancellable          *cancellable,
                                            GError               **error);
void          cpt_table_flow_free          (CptTableFlow *self);
/* Below what the sheet has; its records are read where pages are drawn */
gboolean      cpt_table_flow_add           (CptTableFlow  *self,
                                            CptDatabase   *database,
                                            GCancellable  *cancellable,
                                            GError       **error);
/* That were drawn, those in several groups each time */
guint64       cpt_table_flow_get_n_records (CptTableFlow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptTableFlow, cpt_table_flow_free)

G_END_DECLS
