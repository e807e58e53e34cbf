/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-data-table.h"
#include "cpt-workbook.h"
#include "cpt-xlsx-file.h"

G_BEGIN_DECLS

/**
 * CptWorkbookSheet:
 * @file: the workbook
 * @sheet: of the widget
 * @name: of @sheet
 * @widget: what is on it
 * @table: of it
 * @head: row with the headings of @table; its cells follow
 *
 * A table that is on its sheet.
 */
typedef struct
{
  CptXlsxFile             *file;
  lxw_worksheet           *sheet;
  const CptWorkbookWidget *widget;
  const CptDataTable      *table;
  guint                    head;
} CptWorkbookSheet;

/* (nullable): how the cells of a column are shown; (transfer full) */
char    *cpt_workbook_dup_code  (const CptDataTable *table,
                                 guint               column);
/* cpt-workbook-chart.c: a chart of the table, right of it; nothing for kinds without one */
void     cpt_workbook_add_chart (const CptWorkbookSheet *on);
/* A sentence where a spreadsheet could not draw the same; NULL where it can, or where the kind is
 * never drawn */
const char *cpt_workbook_refuse_chart (const CptChart *chart);

G_END_DECLS
