/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <gio/gio.h>

#include "cpt-chart.h"
#include "cpt-dashboard.h"
#include "cpt-database.h"

G_BEGIN_DECLS

typedef enum
{
  CPT_PAPER_A4,
  CPT_PAPER_A3,
  CPT_PAPER_LETTER,
} CptPaper;

/* Drawings, and then what is written by cpt_dashboard_write_file() only */
typedef enum
{
  CPT_REPORT_PDF,
  CPT_REPORT_SVG,
  CPT_REPORT_PNG,
  CPT_REPORT_XLSX,
  CPT_REPORT_CSV,
} CptReportFormat;

#define CPT_REPORT_N_FORMATS (CPT_REPORT_CSV + 1)

/**
 * CptReportSetup:
 * @format: what to write
 * @paper: PDF
 * @landscape: PDF
 * @margin: PDF, millimetres
 * @scale: PNG, pixels for each unit of length: 1 to 8
 * @width: SVG and PNG, units of length of the whole picture; 320 to 4000
 * @author: (nullable): who made it, in the PDF's metadata
 * @organization: (nullable): whose it is; in the footer
 * @subtitle: (nullable): below the title, for instance the period
 * @language: (nullable): BCP 47 tag for the PDF
 * @now: instant that the report speaks of; the PDF's creation date. Equal
 *   input, this included, gives equal bytes
 * @zone: (nullable): of the date that is shown; UTC
 * @style: (nullable): colours and font; made for paper when %NULL
 * @replaces: where several files are written: whether those of the same names are replaced
 */
typedef struct
{
  CptReportFormat      format;
  CptPaper             paper;
  gboolean             landscape;
  double               margin;
  double               scale;
  double               width;
  const char          *author;
  const char          *organization;
  const char          *subtitle;
  const char          *language;
  gint64               now;
  GTimeZone           *zone;
  const CptChartStyle *style;
  gboolean             replaces;
} CptReportSetup;

/* A4 landscape, 12 mm, PNG at 2 pixels a unit, 1200 wide; @now is not set */
void     cpt_report_setup_init       (CptReportSetup  *setup,
                                      CptReportFormat  format);
/* When, where and in which language it is made: the instant and the zone of
 * @database, what its workspace is called, the language of messages.
 * Returns: (transfer full) (nullable): @setup->organization, which @setup borrows */
char    *cpt_report_setup_fill       (CptReportSetup *setup,
                                      CptDatabase    *database) G_GNUC_WARN_UNUSED_RESULT;
/* "pdf", "svg", "png", "xlsx", "csv"; "a4", "a3", "letter" */
gboolean cpt_report_format_parse     (const char      *name,
                                      CptReportFormat *format);
const char *cpt_report_format_get_name (CptReportFormat format);
gboolean cpt_paper_parse             (const char *name,
                                      CptPaper   *paper);
/* Upright, in points */
void     cpt_paper_get_size          (CptPaper  paper,
                                      double   *width,
                                      double   *height);

/**
 * cpt_report_write_dashboard:
 * @dashboard: what to draw
 * @data: (array): one for each widget, in their order; %NULL where it could not be read
 * @setup: how
 * @stream: gets the file
 * @cancellable: (nullable): looked at before each page
 * @error: %CPT_ERROR_IO, %CPT_ERROR_LIMIT (a picture that is too large), %G_IO_ERROR_CANCELLED
 *
 * Writes a whole dashboard as a PDF of pages, or as one SVG or PNG picture.
 * Any thread; text is text and lines are lines, nothing is rastered but PNG.
 */
gboolean cpt_report_write_dashboard  (const CptDashboard    *dashboard,
                                      CptChartData *const   *data,
                                      const CptReportSetup  *setup,
                                      GOutputStream         *stream,
                                      GCancellable          *cancellable,
                                      GError               **error);
/* The same into memory */
GBytes  *cpt_report_export_dashboard (const CptDashboard    *dashboard,
                                      CptChartData *const   *data,
                                      const CptReportSetup  *setup,
                                      GError               **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * cpt_report_draw_widget:
 * @cr: where; the card's corner is at its origin
 * @widget: title, kind and options
 * @data: (nullable): its numbers
 * @style: how
 * @width: of the card
 * @height: likewise
 * @layout: (nullable): of the chart, in the card's coordinates
 *
 * Draws one widget as a card with its title, as reports do.
 */
void     cpt_report_draw_widget      (cairo_t             *cr,
                                      const CptWidget     *widget,
                                      const CptChartData  *data,
                                      const CptChartStyle *style,
                                      double               width,
                                      double               height,
                                      CptChartLayout      *layout);

/**
 * cpt_report_picture_widget:
 * @widget: title, kind and options
 * @data: (nullable): its numbers
 * @setup: SVG, or PNG and how large its pixels are; style
 * @width: of the card
 * @height: likewise
 * @error: %CPT_ERROR_IO, %CPT_ERROR_LIMIT
 *
 * One widget as a picture of its card.
 */
GBytes  *cpt_report_picture_widget   (const CptWidget       *widget,
                                      const CptChartData    *data,
                                      const CptReportSetup  *setup,
                                      double                 width,
                                      double                 height,
                                      GError               **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
