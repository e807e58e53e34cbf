/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-page-plan.h"
#include "cpt-report.h"

G_BEGIN_DECLS

/**
 * CptReportPages:
 * @setup: as passed in
 * @style: with a text cache of its own
 * @space: of a page's content
 * @footer: height of the footer below the content; 0: none
 *
 * A dashboard being drawn. All lengths in units: pixels of a screen at its
 * usual size, which is what charts are designed in.
 */
typedef struct
{
  const CptDashboard   *dashboard;
  CptChartData *const  *data;
  const CptReportSetup *setup;
  CptChartStyle         style;
  CptPageSpace          space;
  double                footer;
  CptPagePlan          *plan;
} CptReportPages;

void     cpt_report_set_color      (cairo_t             *cr,
                                    const CptChartColor *color);
/* @space->width, @space->height and @footer are set; the rest is made here */
void     cpt_report_pages_init     (CptReportPages       *self,
                                    const CptDashboard   *dashboard,
                                    CptChartData *const  *data,
                                    const CptReportSetup *setup);
void     cpt_report_pages_clear    (CptReportPages *self);
/* With the content's corner at the origin of @cr. @tagged: structure for PDF. */
void     cpt_report_pages_draw     (CptReportPages *self,
                                    cairo_t        *cr,
                                    guint           page,
                                    gboolean        tagged);

/* Adds to a finished PDF what cairo 1.16 can't say: the language of the
 * document, and that viewers show its title. An incremental update: nothing
 * that is there changes. A PDF of an unexpected form is left as it is. */
void     cpt_pdf_add_language      (GByteArray *pdf,
                                    const char *language);
/* Makes the names in an SVG of cairo depend on nothing but its content */
void     cpt_svg_number_names      (GByteArray *svg);

G_END_DECLS
