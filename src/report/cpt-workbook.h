/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cpt-chart-data.h"
#include "cpt-dashboard.h"
#include "cpt-xlsx-file.h"

G_BEGIN_DECLS

/**
 * CptWorkbook:
 *
 * Widgets as a workbook for spreadsheets, a sheet for each: its title, what it asks, a
 * table of typed cells, and a chart of them that the spreadsheet draws itself:
 *
 * - bars, lines and areas, pies and rings, radars and scatters as such, two axes for
 *   bars and a line
 * - funnels, leaderboards, goals, gauges and treemaps as lying bars
 * - numbers with a development as a line
 * - heat maps, cohorts and pivot tables as tables whose cells are the darker the more
 * - tables, timelines and texts as tables; pictures as pictures
 *
 * No cell is a formula. Equal input gives equal bytes. One thread at a time.
 */
typedef struct _CptWorkbook CptWorkbook;

/**
 * CptWorkbookWidget:
 * @widget: what it is
 * @data: (nullable): its numbers
 * @question: (nullable): a sentence: what it asks
 * @label: (nullable): what its rows are called
 *
 * A widget to be added; borrowed parts.
 */
typedef struct
{
  const CptWidget    *widget;
  const CptChartData *data;
  const char         *question;
  const char         *label;
} CptWorkbookWidget;

/**
 * cpt_workbook_new:
 * @subtitle: (nullable): below the title of each sheet: what all of them are about
 * @now: instant at which it is said to be made
 * @error: %CPT_ERROR_IO
 *
 * Returns: (transfer full) (nullable): a workbook without sheets
 */
CptWorkbook *cpt_workbook_new        (const char  *subtitle,
                                      gint64       now,
                                      GError     **error);
void         cpt_workbook_free       (CptWorkbook *self);
/* FALSE with CPT_ERROR_IO when there is no room for another sheet */
gboolean     cpt_workbook_add_widget (CptWorkbook              *self,
                                      const CptWorkbookWidget  *widget,
                                      GError                  **error);
/* For sheets of other content, which the caller adds; borrowed */
CptXlsxFile *cpt_workbook_get_file (CptWorkbook *self);
/* Once, at the end; one without sheets gets an empty one */
gboolean     cpt_workbook_finish     (CptWorkbook    *self,
                                      GOutputStream  *stream,
                                      GCancellable   *cancellable,
                                      GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptWorkbook, cpt_workbook_free)

G_END_DECLS
