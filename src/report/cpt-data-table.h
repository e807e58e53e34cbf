/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-chart.h"
#include "cpt-dashboard.h"

G_BEGIN_DECLS

/**
 * CptColumnKind:
 * @CPT_COLUMN_TEXT: words
 * @CPT_COLUMN_DATE: first days of buckets
 * @CPT_COLUMN_NUMBER: numbers of one unit
 *
 * What is in the cells of a column.
 */
typedef enum
{
  CPT_COLUMN_TEXT,
  CPT_COLUMN_DATE,
  CPT_COLUMN_NUMBER,
} CptColumnKind;

/**
 * CptColumnRole:
 * @CPT_COLUMN_LABEL: names the rows
 * @CPT_COLUMN_SERIES: a series of the chart
 * @CPT_COLUMN_LOW: what a value of a series is expected to be at least
 * @CPT_COLUMN_HIGH: at most
 * @CPT_COLUMN_SUM: of the row over all series
 * @CPT_COLUMN_SHARE: of the whole
 * @CPT_COLUMN_TARGET: the line to reach, in each row
 * @CPT_COLUMN_RANK: place in the earlier period
 * @CPT_COLUMN_BADGES: what somebody has earned
 * @CPT_COLUMN_DETAIL: what else is told of a record
 *
 * Where the cells of a column come from.
 */
typedef enum
{
  CPT_COLUMN_LABEL,
  CPT_COLUMN_SERIES,
  CPT_COLUMN_LOW,
  CPT_COLUMN_HIGH,
  CPT_COLUMN_SUM,
  CPT_COLUMN_SHARE,
  CPT_COLUMN_TARGET,
  CPT_COLUMN_RANK,
  CPT_COLUMN_BADGES,
  CPT_COLUMN_DETAIL,
} CptColumnRole;

/**
 * CptDataColumn:
 * @heading: without its unit; may be empty
 * @kind: of its cells
 * @role: where they come from
 * @bucket: of dates
 * @unit: of numbers
 * @divisor: what the chart's numbers were divided by: of cents 100, of seconds those in
 *   the unit of time that suits the largest
 * @series: index in the chart's data, where @role is of a series
 *
 * A column of a #CptDataTable.
 */
typedef struct
{
  char         *heading;
  CptColumnKind kind;
  CptColumnRole role;
  CptBucket     bucket;
  CptChartUnit  unit;
  double        divisor;
  guint         series;
} CptDataColumn;

/**
 * CptDataTable:
 * @title: (nullable): where a widget has several
 * @columns: of #CptDataColumn
 * @n_rows: without the total
 * @has_total: whether a row of totals follows them
 *
 * Numbers of a widget in rows and columns, typed: amounts in units of the currency
 * rather than cents, times in days or hours, shares as fractions.
 */
typedef struct
{
  char      *title;
  GArray    *columns;
  guint      n_rows;
  gboolean   has_total;
  GPtrArray *texts;   /* of char *, row by row: cells of words */
  GArray    *numbers; /* of double, likewise: dates and numbers, NAN: empty */
} CptDataTable;

void        cpt_data_table_free         (CptDataTable *self);
CptDataColumn *cpt_data_table_get_column (const CptDataTable *self,
                                          guint               column);
/* A day for dates; NAN for an empty cell, and for words */
double      cpt_data_table_get_number   (const CptDataTable *self,
                                         guint               row,
                                         guint               column);
/* (nullable) */
const char *cpt_data_table_get_text     (const CptDataTable *self,
                                         guint               row,
                                         guint               column);
/* With the unit, where the numbers alone do not tell it: "Revenue won (EUR)",
 * "Sales cycle (days)". @with_currency: currencies too */
char       *cpt_data_column_dup_heading (const CptDataColumn *self,
                                         gboolean             with_currency);

/**
 * cpt_data_tables_new:
 * @widget: what it is
 * @data: its numbers
 * @label: (nullable): what the rows are called: "Owner"
 *
 * All that a widget shows, without rounding and without what has no room on a
 * screen: categories and series, bounds of forecasts, the line to reach, totals
 * where they may be added up. A number has its development in a second table. A
 * picture has none, nor has what could not be read.
 *
 * Returns: (transfer full) (element-type CptDataTable): those that have rows
 */
GPtrArray  *cpt_data_tables_new         (const CptWidget    *widget,
                                         const CptChartData *data,
                                         const char         *label);

/* cpt-data-csv.c: appends it to @out, RFC 4180, with its headings and without its total.
 * No cell is a formula. */
void        cpt_data_table_append_csv   (const CptDataTable *self,
                                         GString            *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptDataTable, cpt_data_table_free)

G_END_DECLS
