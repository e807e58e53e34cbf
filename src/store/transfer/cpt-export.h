/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-query.h"

G_BEGIN_DECLS

typedef enum
{
  CPT_EXPORT_CSV, /* UTF-8 with BOM, safe from formula injection, links by title */
  CPT_EXPORT_JSON_LINES, /* one record per line, exact: comes back unchanged */
  CPT_EXPORT_XLSX, /* a workbook: numbers, amounts and dates typed, links by title */
} CptExportFormat;

/* By its name or the end of a file's: "csv", "jsonl" (also "ndjson", "json"),
 * "xlsx". FALSE for any other. */
gboolean cpt_export_find_format (const char      *name,
                                 CptExportFormat *format);
/* Streams in constant memory. @columns: NULL-terminated paths; NULL for all
 * fields. Numbers and dates are machine text (points, ISO). @n_records (optional).
 * Of facts the newest day comes first, and there are no workbooks. */
gboolean cpt_export_run (CptDatabase        *database,
                         CptQuery           *query,
                         const char *const  *columns,
                         CptExportFormat     format,
                         GOutputStream      *stream,
                         guint64            *n_records,
                         GCancellable       *cancellable,
                         GError            **error);

/**
 * cpt_export_rows:
 * @database: where the records are
 * @query: kind of the records
 * @rows: (element-type gint64): exactly these records, in this order
 * @format: of the file
 * @stream: where it goes
 * @cancellable: (nullable): stops it
 * @error: return location for an error
 *
 * As cpt_export_run() with all fields, for records that somebody chose. Those
 * that are gone meanwhile are left out.
 *
 * Returns: how many were written; -1 with @error when the end was not reached
 */
gint64   cpt_export_rows (CptDatabase      *database,
                          CptQuery         *query,
                          GArray           *rows,
                          CptExportFormat   format,
                          GOutputStream    *stream,
                          GCancellable     *cancellable,
                          GError          **error);

/**
 * cpt_export_rescue:
 * @database: a damaged workspace, open for reading
 * @schema: its declarations
 * @entity: which records
 * @format: of the file; not a workbook
 * @stream: where it goes
 * @counts: (out caller-allocates) (array fixed-size=2): records written, places that could not be read
 * @cancellable: (nullable): stops it
 * @error: return location for an error
 *
 * Exports what is left: record by record in the order in which they were made,
 * passing over those that can't be read. Links are identifiers, since titles
 * may be lost.
 *
 * Returns: %TRUE when the end was reached
 */
gboolean cpt_export_rescue (CptDatabase      *database,
                            CptSchema        *schema,
                            const CptEntity  *entity,
                            CptExportFormat   format,
                            GOutputStream    *stream,
                            guint64           counts[2],
                            GCancellable     *cancellable,
                            GError          **error);

G_END_DECLS
