/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-attachment.h"
#include "cpt-database.h"
#include "cpt-document.h"
#include "cpt-page-plan.h"
#include "cpt-report.h"
#include "cpt-workbook.h"

G_BEGIN_DECLS

#define CPT_REPORT_POINTS_PER_MM (72.0 / 25.4)
/* 12 units of a chart's text are 8.6 points on paper */
#define CPT_REPORT_POINTS_PER_UNIT 0.72

/**
 * CptReportPages:
 * @setup: as passed in
 * @style: with a text cache of its own
 * @space: of a page's content
 * @footer: height of the footer below the content; 0: none
 * @margin: around content and footer, in points; of paper
 * @is_tagged: structure for PDF
 * @summaries: of char *: what each chart says, in the order they were drawn
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
  double                margin;
  CptPagePlan          *plan;
  gboolean              is_tagged;
  GPtrArray            *summaries;
} CptReportPages;

/* One widget to draw as a card */
typedef struct
{
  const CptWidget     *widget;
  const CptChartData  *data; /* (nullable) */
  const CptChartStyle *style;
  double               width;
  double               height;
  gboolean             is_tagged;
} CptReportCard;

void     cpt_report_set_color      (cairo_t             *cr,
                                    const CptChartColor *color);
/* @space->width, @space->height and @footer are set; the rest is made here */
void     cpt_report_pages_init     (CptReportPages       *self,
                                    const CptDashboard   *dashboard,
                                    CptChartData *const  *data,
                                    const CptReportSetup *setup);
/* For sheets of this size, in points; likewise */
void     cpt_report_pages_init_paper (CptReportPages       *self,
                                      const CptDashboard   *dashboard,
                                      CptChartData *const  *data,
                                      const CptReportSetup *setup,
                                      double                width,
                                      double                height);
void     cpt_report_pages_clear    (CptReportPages *self);
/* With the content's corner at the origin of @cr. Pages in their order. */
void     cpt_report_pages_draw     (CptReportPages *self,
                                    cairo_t        *cr,
                                    guint           page);
/* With the corner of the sheet there, in points */
void     cpt_report_pages_draw_paper (CptReportPages *self,
                                      cairo_t        *cr,
                                      guint           page);
/* With the card's corner at the origin of @cr; @layout is in its coordinates */
void     cpt_report_card_draw      (const CptReportCard *card,
                                    cairo_t             *cr,
                                    CptChartLayout      *layout);
void     cpt_report_begin_tag      (cairo_t    *cr,
                                    const char *tag,
                                    gboolean    is_tagged);
void     cpt_report_end_tag        (cairo_t    *cr,
                                    const char *tag,
                                    gboolean    is_tagged);
/* This part of the page leads to @uri, in the units of @cr, which is a PDF's and takes tags */
void     cpt_report_add_link       (cairo_t            *cr,
                                    const CptChartRect *area,
                                    const char         *uri);

/* For surfaces of cairo: appends to a GByteArray */
cairo_status_t cpt_report_append_cb (void                *closure,
                                     const unsigned char *data,
                                     unsigned int         length);
/* CPT_ERROR_IO with a sentence unless it is CAIRO_STATUS_SUCCESS */
gboolean cpt_report_check_status   (cairo_status_t   status,
                                    GError         **error);
/* Ends @cr and @surface, which are freed; CPT_ERROR_IO where something could not be drawn */
gboolean cpt_report_end_surface    (cairo_surface_t  *surface,
                                    cairo_t          *cr,
                                    GError          **error);
/* What the PDF says of itself; @title as it is, @now a creation date */
void     cpt_report_set_metadata   (cairo_surface_t *surface,
                                    const char      *title,
                                    gint64           now);

/* Adds to a finished PDF what cairo 1.16 can't say: the language of the
 * document (nullable), that it is tagged, that viewers show its title, and
 * what each figure shows, for those who can't see it (of char *). An
 * incremental update: nothing that is there changes. A PDF of an unexpected
 * form is left as it is. */
void     cpt_pdf_complete          (GByteArray *pdf,
                                    const char *language,
                                    GPtrArray  *figures);
/* Makes the names in an SVG of cairo depend on nothing but its content */
void     cpt_svg_number_names      (GByteArray *svg);

/* A name for a file, made of @title and @suffix (nullable), that no other in @taken (a set of
 * names, which gets it) has: "Sales.pdf", "Sales – 2026-11.pdf", "Sales (2).pdf" */
char    *cpt_report_choose_file_name (const char *title,
                                      const char *suffix,
                                      const char *extension,
                                      GHashTable *taken);
/* Reads the numbers of a widget and adds it */
gboolean cpt_workbook_add_read     (CptWorkbook      *book,
                                    CptDatabase      *database,
                                    const CptWidget  *widget,
                                    JsonNode         *filters,
                                    GError          **error);

/* (transfer full) (nullable): no larger than a page needs it. CPT_ERROR_LIMIT,
 * CPT_ERROR_DAMAGED or what reading it gives */
cairo_surface_t *cpt_report_load_picture (CptDatabase          *database,
                                          const CptAttachment  *attachment,
                                          GError              **error);
/* (transfer full) (nullable): where the document asks for one: its own, else that of the
 * organisation that is called as the workspace */
cairo_surface_t *cpt_report_load_logo    (const CptDocument *document,
                                          CptDatabase       *database);

/* (transfer full) (nullable): of a block of widgets: its own, or those of a dashboard as
 * it is stored now */
CptDashboard *cpt_block_load_widgets (const CptBlock  *block,
                                      CptDatabase     *database,
                                      GError         **error);

G_END_DECLS
