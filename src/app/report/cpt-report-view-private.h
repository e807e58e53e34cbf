/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-document.h"
#include "cpt-page-preview.h"
#include "cpt-report-view.h"

G_BEGIN_DECLS

struct _CptReportView
{
  CptView parent_instance;

  CptSchema *schema;
  CptUuid id;            /* of the one that is shown; nil when there is none */
  CptDocument *document; /* (nullable) */
  GPtrArray *records;    /* CptRecord: the reports, in the order of the drop-down */
  GPtrArray *dashboards; /* CptRecord */
  GPtrArray *metrics;    /* CptMetric: what widgets may name */
  GCancellable *cancellable;
  guint reading; /* source that shows the pages anew; 0: none */
  gboolean is_showing;
  gboolean is_adding; /* the last part is new: it gets the keyboard */

  /* Borrowed from the child */
  GtkWidget *stack;
  GtkWidget *begin; /* makes the first report */
  GtkWidget *parts; /* (nullable): the list */
  GtkWidget *parts_box;
  GtkWidget *parts_pane;
  GtkWidget *panes;
  GtkWidget *preview;
  GtkWidget *chooser;
  GtkWidget *add;
  GtkWidget *switcher; /* seen where there is room for one pane */
  GtkWidget *status;
};

/* Stores @document; what is shown follows from the commit */
void cpt_report_view_save         (CptReportView     *self,
                                   const CptDocument *document,
                                   const char        *toast);
/* The list of parts, made anew */
void cpt_report_view_show_parts   (CptReportView *self);
/* A new part of @kind ("heading", "text", "chart", "dashboard", "table", "break") */
void cpt_report_view_add_part     (CptReportView *self,
                                   const char    *kind);

/* Asks for paper, head, foot and colour */
void cpt_report_view_set_up       (CptReportView *self);

/* Asks for a file, then writes the PDF */
void cpt_report_view_export       (CptReportView *self);
void cpt_report_view_print        (CptReportView *self);

G_END_DECLS
