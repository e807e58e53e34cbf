/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-grouping.h"
#include "cpt-query.h"
#include "cpt-report.h"
#include "cpt-totals.h"

G_BEGIN_DECLS

/* Records that a table on paper can have */
#define CPT_TABLE_REPORT_MAX_ROWS 100000
#define CPT_TABLE_REPORT_MAX_COLUMNS 40

/**
 * CptTableReport:
 * @title: above the first page, and small above the others
 * @query: which records, in which order
 * @rows: (nullable) (element-type gint64): exactly these records, in this order;
 *   then @grouping and @totals are not used
 * @columns: (array length=n_columns): what is told of them
 * @n_columns: how many
 * @grouping: (nullable): divides them; each group has a heading
 * @totals: (nullable) (array length=n_totals): below each group, and below all
 * @n_totals: how many
 * @breaks_groups: each group begins on a page of its own
 *
 * A list on paper.
 */
typedef struct
{
  const char        *title;
  CptQuery          *query;
  GArray            *rows;
  const CptPath     *columns;
  guint              n_columns;
  const CptGrouping *grouping;
  const CptTotal    *totals;
  guint              n_totals;
  gboolean           breaks_groups;
} CptTableReport;

/**
 * cpt_table_report_to_pdf:
 * @self: what to write
 * @database: a connection
 * @setup: paper, orientation, margin and what is told about it
 * @n_records: (out) (optional): how many were written, those in several groups each time
 * @cancellable: (nullable): looked at before each page
 * @error: return location for an error
 *
 * Writes every record of a list, however many pages that takes: each page begins
 * with the headings of the columns; long texts take up to three lines. All is
 * read in one snapshot. Equal input gives equal bytes.
 *
 * Errors: %CPT_ERROR_LIMIT when there are too many records or columns for
 * paper, those of reading, %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (nullable): the file
 */
GBytes *cpt_table_report_to_pdf (const CptTableReport  *self,
                                 CptDatabase           *database,
                                 const CptReportSetup  *setup,
                                 guint64               *n_records,
                                 GCancellable          *cancellable,
                                 GError               **error);

G_END_DECLS
