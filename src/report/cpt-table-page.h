/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-sheet.h"
#include "cpt-table-report-private.h"

G_BEGIN_DECLS

/* Between two columns, in points */
#define CPT_TABLE_GAP 8.0
/* That a record takes at most */
#define CPT_TABLE_MAX_LINES 3

/**
 * CptTablePage:
 *
 * A table on the pages of a sheet: where one is full, the next one begins with
 * the headings of the columns again.
 */
typedef struct _CptTablePage CptTablePage;

/* @columns has its widths before anything is added; all is borrowed */
CptTablePage *cpt_table_page_new         (CptSheet             *sheet,
                                          const CptTableColumn *columns,
                                          guint                 n_columns);
void          cpt_table_page_free        (CptTablePage *self);
/* @is_detailed: readers of the tags are told of each cell, not of rows alone */
void          cpt_table_page_begin       (CptTablePage *self,
                                          gboolean      is_detailed);
/* What follows begins a page */
void          cpt_table_page_break       (CptTablePage *self);
/* Makes sure that a row has its place, with @n_totals below it; whether it is drawn there */
gboolean      cpt_table_page_reach_row   (CptTablePage *self,
                                          guint         n_lines,
                                          guint         n_totals);
/* Where it was made sure of. @texts: (nullable) (array): of each column; %NULL where
 * it is not drawn */
void          cpt_table_page_add_row     (CptTablePage  *self,
                                          char         **texts,
                                          guint          n_lines);
/* Of a group; stays with its first row */
void          cpt_table_page_add_heading (CptTablePage *self,
                                          const char   *label,
                                          const char   *count);
/* @text: what they are of, "Total: Won"; @texts: (array): of each column; %NULL where there is none */
void          cpt_table_page_add_totals  (CptTablePage  *self,
                                          const char    *text,
                                          char         **texts);
void          cpt_table_page_add_note    (CptTablePage *self,
                                          const char   *text);
void          cpt_table_page_end         (CptTablePage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptTablePage, cpt_table_page_free)

G_END_DECLS
