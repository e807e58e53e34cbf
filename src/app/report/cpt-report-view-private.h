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
  GPtrArray *templates;  /* CptRecord: reports that are not shown */
  GPtrArray *dashboards; /* CptRecord */
  GPtrArray *metrics;    /* CptMetric: what widgets may name */
  GHashTable *questions; /* (nullable) of JSON: what charts without a title say */
  GCancellable *cancellable;
  guint reading; /* source that shows the pages anew; 0: none */
  gboolean is_showing;
  gboolean is_adding; /* the last part is new: it gets the keyboard */

  /* Borrowed from the child */
  GtkWidget *stack;
  GtkWidget *begin; /* makes the first report */
  GtkWidget *parts; /* (nullable): the list */
  GtkWidget *parts_box;
  GtkWidget *nothing;     /* seen where there are no parts */
  GtkWidget *nothing_add; /* adds the first one */
  GtkWidget *parts_pane;
  GtkWidget *panes;
  GtkWidget *preview;
  GtkWidget *chooser;
  GtkWidget *head;   /* in the header bar, for @chooser */
  GtkWidget *column; /* all below it */
  GtkWidget *add;
  GtkWidget *switcher; /* seen where there is room for one pane */
  GtkWidget *status;

  /* What it is about */
  CptUuid about_id;        /* of the report that the following is about */
  JsonNode *filters;       /* (nullable) */
  GPtrArray *kinds;        /* borrowed; CptEntity: what the parts of the shown one count */
  GPtrArray *no_kinds;     /* (owned) */
  GPtrArray *all_kinds;    /* of GPtrArray: of each of the records */
  GPtrArray *subjects;     /* (nullable) CptDocumentSubject: when there is one report each */
  guint subject;           /* which of them is shown */
  GCancellable *searching; /* (nullable): for subjects */
  GtkWidget *about;
  GtkWidget *bar;
  GtkWidget *each;
  GtkWidget *pager;
  GtkWidget *subject_chooser;
  GtkWidget *previous;
  GtkWidget *next;
  GtkWidget *position;

  /* While all of them are written */
  GCancellable *writing; /* (nullable) */
  GtkWidget *progress_box;
  GtkWidget *progress_label;
  GtkWidget *progress;
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

/* The bar of filters, and what it says; what is remembered is read */
GtkWidget *cpt_report_view_create_about    (CptReportView *self);
void       cpt_report_view_show_about      (CptReportView *self);
/* The pages anew; before, what there is a report each of */
void       cpt_report_view_show_pages      (CptReportView *self);
/* (nullable): of the pages that are shown; borrowed */
JsonNode  *cpt_report_view_get_filters     (CptReportView *self);
/* To the next report, or the one before */
void       cpt_report_view_turn            (CptReportView *self,
                                            int            by);
/* A kind of record, a period, or "" */
void       cpt_report_view_set_each        (CptReportView *self,
                                            const char    *parameter);
/* Asks for a folder, then writes all of them */
void       cpt_report_view_export_each     (CptReportView *self);
GtkWidget *cpt_report_view_create_progress (CptReportView *self);

/* Asks what a new report begins with, and makes it */
void       cpt_report_view_begin            (CptReportView *self);
void       cpt_report_view_keep_as_template (CptReportView *self);

/* Asks for paper, head, foot and colour */
void cpt_report_view_set_up       (CptReportView *self);

/* Asks for a file, then writes it: a workbook, else the PDF */
void cpt_report_view_export (CptReportView *self,
                             gboolean       is_workbook);
void cpt_report_view_print        (CptReportView *self);

G_END_DECLS
