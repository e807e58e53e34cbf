/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"
#include "cpt-report.h"

G_BEGIN_DECLS

/**
 * cpt_dashboard_write_file:
 * @database: a connection, on its own thread
 * @dashboard: what to write; its filters apply
 * @setup: how; organisation, subtitle, language, instant and zone are filled in
 * @stream: gets the file
 * @cancellable: (nullable): looked at before each widget and page
 * @error: %CPT_ERROR_IO, %CPT_ERROR_LIMIT, %CPT_ERROR_INVALID, %G_IO_ERROR_CANCELLED
 *
 * Reads the numbers of all widgets in one snapshot and writes them: as pages or a
 * picture (cpt_report_write_dashboard()), as a workbook (#CptWorkbook), or as
 * separated values, which have room for one widget only.
 */
gboolean cpt_dashboard_write_file (CptDatabase           *database,
                                   const CptDashboard    *dashboard,
                                   const CptReportSetup  *setup,
                                   GOutputStream         *stream,
                                   GCancellable          *cancellable,
                                   GError               **error);

/**
 * cpt_dashboard_write_each:
 * @database: a connection, on its own thread
 * @dashboard: whose widgets; its filters apply
 * @setup: how, as for cpt_dashboard_write_file()
 * @folder: path of a folder that is there
 * @written: (element-type filename): gets the paths, also when it fails
 * @cancellable: (nullable): looked at before each widget
 * @error: %CPT_ERROR_CONFLICT, and as for cpt_dashboard_write_file()
 *
 * Writes a file for each widget that has anything to be written in that format,
 * called as the widget is. Files of the same names are an error unless @setup says
 * that they are replaced.
 */
gboolean cpt_dashboard_write_each (CptDatabase           *database,
                                   const CptDashboard    *dashboard,
                                   const CptReportSetup  *setup,
                                   const char            *folder,
                                   GPtrArray             *written,
                                   GCancellable          *cancellable,
                                   GError               **error);

/* A dashboard of this widget alone, with all filters; NULL when there is none with
 * that id */
CptDashboard *cpt_dashboard_dup_widget (const CptDashboard *self,
                                        const char         *id) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
