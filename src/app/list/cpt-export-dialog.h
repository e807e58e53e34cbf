/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-query.h"
#include "cpt-window.h"

G_BEGIN_DECLS

/**
 * CptExportTable:
 * @columns: paths separated by commas
 * @group: (nullable): as cpt_grouping_parse() takes it
 * @totals: as cpt_total_parse() takes them, separated by commas
 *
 * How a list is shown, for files that look like it.
 */
typedef struct
{
  char *columns;
  char *group;
  char *totals;
} CptExportTable;

/**
 * cpt_export_dialog_show:
 * @view: whose window asks, and tells how it went
 * @query: which records in which order; copied
 * @rows: (nullable) (element-type gint64): exactly these of them; referenced
 * @table: (nullable): as it is shown; copied. Without it no document is offered
 * @cancellable: of the view: stops the writing
 *
 * Asks for a file and writes the records of @query into it.
 */
void cpt_export_dialog_show (CptView              *view,
                             const CptQuery       *query,
                             GArray               *rows,
                             const CptExportTable *table,
                             GCancellable         *cancellable);

G_END_DECLS
