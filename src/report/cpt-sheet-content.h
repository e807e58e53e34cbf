/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-chart-data.h"
#include "cpt-dashboard.h"
#include "cpt-sheet.h"

G_BEGIN_DECLS

/* What stands on a sheet besides tables */

/* A line that says what follows, with an entry of the outline. It stays with @below
 * points of what follows. @texts: how large it is */
void cpt_sheet_add_heading (CptSheet    *self,
                            const char  *text,
                            CptCellText *texts,
                            double       below);

/* A line in small print about what follows, with which it stays */
void cpt_sheet_add_note    (CptSheet   *self,
                            const char *text,
                            double      below);

/**
 * cpt_sheet_add_prose:
 * @self: a sheet
 * @text: lines are paragraphs; empty lines separate them; all signs are shown
 *
 * Text over the whole width, which goes on on the next page where one is full.
 */
void cpt_sheet_add_prose   (CptSheet   *self,
                            const char *text);

/**
 * cpt_sheet_add_markup:
 * @self: a sheet
 * @text: as cpt_prose_read() reads it
 *
 * The same with headings, lists, bold and slanted words.
 */
void cpt_sheet_add_markup  (CptSheet   *self,
                            const char *text);

/**
 * cpt_sheet_add_widgets:
 * @self: a sheet
 * @dashboard: its layout is kept; no widget is cut by the end of a page
 * @data: (element-type CptChartData): of each widget
 * @style: how charts look
 * @summaries: (nullable) (element-type utf8): gets what each figure shows, as they are drawn
 *
 * The widgets of a dashboard, over as many pages as that takes.
 */
void cpt_sheet_add_widgets (CptSheet            *self,
                            const CptDashboard  *dashboard,
                            GPtrArray           *data,
                            const CptChartStyle *style,
                            GPtrArray           *summaries);

G_END_DECLS
