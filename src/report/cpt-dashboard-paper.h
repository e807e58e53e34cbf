/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "cpt-dashboard.h"
#include "cpt-database.h"

G_BEGIN_DECLS

/**
 * CptDashboardPaper:
 *
 * A dashboard with its numbers, to be printed: the pages of its PDF, on paper that is
 * known only when somebody has chosen a printer. Read by one thread, then laid out and
 * drawn by another one without a connection.
 */
typedef struct _CptDashboardPaper CptDashboardPaper;

/**
 * cpt_dashboard_paper_read:
 * @database: a connection, on its own thread
 * @dashboard: what to print, all of its pages; its filters apply. Copied
 * @cancellable: (nullable): looked at before reading
 * @error: return location for an error
 *
 * Reads the numbers of all widgets in one snapshot. A widget that can't be read says so
 * in its place.
 *
 * Returns: (transfer full) (nullable): what is to be printed
 */
CptDashboardPaper *cpt_dashboard_paper_read      (CptDatabase         *database,
                                                  const CptDashboard  *dashboard,
                                                  GCancellable        *cancellable,
                                                  GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void               cpt_dashboard_paper_free      (CptDashboardPaper *self);
const char        *cpt_dashboard_paper_get_title (CptDashboardPaper *self);
/* Onto sheets of this size, in points, their margins included; how many there are. Again
 * for each other size. */
guint              cpt_dashboard_paper_lay_out   (CptDashboardPaper *self,
                                                  double             width,
                                                  double             height);
/* @page: from 0, in any order; with the corner of the sheet at the origin of @cr, in points.
 * After cpt_dashboard_paper_lay_out() */
void               cpt_dashboard_paper_draw      (CptDashboardPaper *self,
                                                  cairo_t           *cr,
                                                  guint              page);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptDashboardPaper, cpt_dashboard_paper_free)

G_END_DECLS
