/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "cpt-database.h"
#include "cpt-document.h"

G_BEGIN_DECLS

/**
 * CptDocumentReport:
 *
 * A report with its numbers, laid out on pages: what is shown, printed and
 * written is the same. Of one thread at a time; its pages are drawn with a
 * connection, since long tables are not kept in memory. A part that can't be
 * shown says why in its place; the others stand.
 */
typedef struct _CptDocumentReport CptDocumentReport;

/**
 * cpt_document_report_new:
 * @document: what it consists of; copied
 * @setup: organisation, language, instant and zone; paper and margin are the document's
 * @filters: (nullable): in the form of cpt-dashboard-filter.h: what it is about; what
 *   they mean to a part is found as on dashboards, and the subtitle says them
 * @database: a connection
 * @cancellable: (nullable): looked at before each part
 * @error: return location for an error
 *
 * Reads all numbers in one snapshot and counts the pages.
 *
 * Returns: (transfer full) (nullable): the report; %NULL when it was cancelled or
 *   nothing could be read
 */
CptDocumentReport *cpt_document_report_new         (const CptDocument     *document,
                                                    const CptReportSetup  *setup,
                                                    JsonNode              *filters,
                                                    CptDatabase           *database,
                                                    GCancellable          *cancellable,
                                                    GError               **error) G_GNUC_WARN_UNUSED_RESULT;
void               cpt_document_report_free        (CptDocumentReport *self);
guint              cpt_document_report_get_n_pages (CptDocumentReport *self);
/* Of a page, in points */
void               cpt_document_report_get_paper   (CptDocumentReport *self,
                                                    double            *width,
                                                    double            *height);
/* @page: from 0; with the corner of the paper at the origin of @cr, in points. Records
 * that have changed since are shown as they are now. */
gboolean           cpt_document_report_draw        (CptDocumentReport  *self,
                                                    CptDatabase        *database,
                                                    cairo_t            *cr,
                                                    guint               page,
                                                    GCancellable       *cancellable,
                                                    GError            **error);
/* Everything at once, in one snapshot; equal input gives equal bytes */
GBytes            *cpt_document_to_pdf             (const CptDocument     *document,
                                                    const CptReportSetup  *setup,
                                                    JsonNode              *filters,
                                                    CptDatabase           *database,
                                                    GCancellable          *cancellable,
                                                    GError               **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * cpt_document_write_workbook:
 * @document: what it consists of
 * @filters: (nullable): as for cpt_document_report_new()
 * @database: a connection
 * @stream: gets the file
 * @cancellable: (nullable): looked at before each widget, and every few hundred records
 * @error: %CPT_ERROR_IO, %CPT_ERROR_LIMIT, and what is wrong with a part
 *
 * A sheet for each widget (#CptWorkbook) and for each table: its records, without groups
 * and totals. In one snapshot.
 */
gboolean           cpt_document_write_workbook     (const CptDocument  *document,
                                                    JsonNode           *filters,
                                                    CptDatabase        *database,
                                                    GOutputStream      *stream,
                                                    GCancellable       *cancellable,
                                                    GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptDocumentReport, cpt_document_report_free)

G_END_DECLS
