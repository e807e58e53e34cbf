/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cpt-csv.h"

G_BEGIN_DECLS

/**
 * CptXlsxReader:
 *
 * The rows of one sheet of a workbook, as rows of a file of separated values
 * are: numbers with a point or comma, dates as ISO writes them, percentages and
 * amounts with their sign, formulas by their result. Memory does not grow with
 * the number of rows. Blocks; one thread at a time.
 */
typedef struct _CptXlsxReader CptXlsxReader;

/**
 * cpt_xlsx_reader_open:
 * @path: a workbook
 * @sheet: (nullable): which of its sheets; NULL for the first
 * @decimal: '.' or ',': the mark in front of a fraction
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): a reader; %CPT_ERROR_NOT_FOUND when there is
 *   no such sheet
 */
CptXlsxReader     *cpt_xlsx_reader_open        (const char  *path,
                                                const char  *sheet,
                                                char         decimal,
                                                GError     **error);
void               cpt_xlsx_reader_free        (CptXlsxReader *self);
/* NULL-terminated names of its sheets, and the one that is read */
const char *const *cpt_xlsx_reader_get_sheets  (CptXlsxReader *self);
const char        *cpt_xlsx_reader_get_sheet   (CptXlsxReader *self);
/* Like cpt_csv_reader_next(): FALSE without error at the end; empty rows are
 * passed over; line is the number of the row in the sheet. A row has at least
 * as many cells as the first. */
gboolean           cpt_xlsx_reader_next        (CptXlsxReader  *self,
                                                CptCsvRow      *row,
                                                GCancellable   *cancellable,
                                                GError        **error);
/* Whether a cell of the last row is the error of a formula: its text is that error */
gboolean           cpt_xlsx_reader_is_error    (CptXlsxReader *self,
                                                guint          column);
/* Bytes of the file read so far, about */
guint64            cpt_xlsx_reader_get_offset  (CptXlsxReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptXlsxReader, cpt_xlsx_reader_free)

G_END_DECLS
