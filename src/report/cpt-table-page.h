/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-table-report-private.h"

G_BEGIN_DECLS

/* Between two columns, in points */
#define CPT_TABLE_GAP 8.0
/* That a record takes at most */
#define CPT_TABLE_MAX_LINES 3

/**
 * CptTablePage:
 *
 * The pages of a table, filled from the top: what does not fit any more begins
 * the next page, below the headings of the columns again. Without a surface
 * pages are counted only.
 */
typedef struct _CptTablePage CptTablePage;

/* @columns has its widths before anything is added; all is borrowed */
CptTablePage *cpt_table_page_new         (const char           *title,
                                          const CptReportSetup *setup,
                                          const CptTableColumn *columns,
                                          guint                 n_columns);
void          cpt_table_page_free        (CptTablePage *self);
/* (nullable): a PDF's, in points */
void          cpt_table_page_set_surface (CptTablePage *self,
                                          cairo_t      *cr);
/* Of the cells */
CptCellText  *cpt_table_page_get_texts   (CptTablePage *self);
/* Between the margins, in points */
double        cpt_table_page_get_width   (CptTablePage *self);
void          cpt_table_page_get_paper   (CptTablePage *self,
                                          double       *width,
                                          double       *height);
/* @n_pages: that there will be; @is_detailed: readers of the tags are told of
 * each cell, not of rows alone */
void          cpt_table_page_begin       (CptTablePage *self,
                                          guint         n_pages,
                                          gboolean      is_detailed);
/* What follows begins a page */
void          cpt_table_page_break       (CptTablePage *self);
/* @texts: (nullable) (array): of each column */
void          cpt_table_page_add_row     (CptTablePage  *self,
                                          char         **texts,
                                          guint          n_lines);
/* Of a group; stays with its first row */
void          cpt_table_page_add_heading (CptTablePage *self,
                                          const char   *label,
                                          const char   *count);
/* @texts: (array): of each column; %NULL where there is none */
void          cpt_table_page_add_totals  (CptTablePage  *self,
                                          const char    *label,
                                          char         **texts);
void          cpt_table_page_add_note    (CptTablePage *self,
                                          const char   *text);
/* How many pages there were */
guint         cpt_table_page_end         (CptTablePage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptTablePage, cpt_table_page_free)

G_END_DECLS
