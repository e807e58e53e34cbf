/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-chart.h"

G_BEGIN_DECLS

/**
 * CptChartNeeds:
 * @CPT_CHART_NEEDS_MEASURE: one number, no dimension
 * @CPT_CHART_NEEDS_DIMENSION: one dimension: a field or a date bucket
 * @CPT_CHART_NEEDS_DATE: that dimension has to be a date bucket
 * @CPT_CHART_NEEDS_SERIES: a second dimension may be given; it becomes the series
 * @CPT_CHART_NEEDS_ORDER: the order of the rows is the order of steps (funnel)
 * @CPT_CHART_NEEDS_WHOLE: the categories are parts of a whole: one dimension, and a
 *   measure that may be added up
 * @CPT_CHART_NEEDS_MATRIX: series are rows or columns rather than colours: there may be many
 * @CPT_CHART_NEEDS_MEASURES: without a second dimension each measure is a series of its own unit
 * @CPT_CHART_NEEDS_TOTALS: series may have two measures each, and there are totals of rows and columns
 * @CPT_CHART_NEEDS_COHORT: two dates: when it began, and when something happened
 * @CPT_CHART_NEEDS_RECORDS: records themselves, no measure
 * @CPT_CHART_NEEDS_NOTHING: no query at all: what it shows is in its options
 * @CPT_CHART_NEEDS_PICTURE: of these records, which are files, the picture in one
 * @CPT_CHART_NEEDS_PAIR: one dimension and two measures, each of its own unit
 *
 * What a query has to give so that a kind can draw it.
 */
typedef enum
{
  CPT_CHART_NEEDS_MEASURE   = 0,
  CPT_CHART_NEEDS_DIMENSION = 1 << 0,
  CPT_CHART_NEEDS_DATE      = 1 << 1,
  CPT_CHART_NEEDS_SERIES    = 1 << 2,
  CPT_CHART_NEEDS_ORDER     = 1 << 3,
  CPT_CHART_NEEDS_WHOLE     = 1 << 4,
  CPT_CHART_NEEDS_MATRIX    = 1 << 5,
  CPT_CHART_NEEDS_MEASURES  = 1 << 6,
  CPT_CHART_NEEDS_PAIR      = 1 << 7,
  CPT_CHART_NEEDS_TOTALS    = 1 << 8,
  CPT_CHART_NEEDS_COHORT    = 1 << 9,
  CPT_CHART_NEEDS_RECORDS   = 1 << 10,
  CPT_CHART_NEEDS_NOTHING   = 1 << 11,
  CPT_CHART_NEEDS_PICTURE   = 1 << 12,
} CptChartNeeds;

typedef struct
{
  const char *name;
  const char *label; /* N_() */
} CptChartChoice;

/**
 * CptChartOption:
 * @name: the member in the options' JSON
 * @label: N_(), for the editor
 * @choices: (nullable): ended by an empty one; %NULL makes it a boolean or a number
 * @fallback: the name of the choice, or "true"/"false", when it is not given; %NULL
 *   makes it a number that may be absent, in the unit in which people write it
 * @is_text: lines that a person writes; without choices and fallback
 */
typedef struct
{
  const char           *name;
  const char           *label;
  const CptChartChoice *choices;
  const char           *fallback;
  gboolean              is_text;
} CptChartOption;

typedef struct _CptChartContext CptChartContext;

/**
 * CptChartKind:
 * @name: in JSON
 * @label: N_(), for people
 * @description: N_(), one sentence for the widget library
 * @icon_name: symbolic icon
 * @needs: of the query
 * @min_columns: smallest sensible widget on the grid of 12 columns
 * @min_rows: likewise
 * @default_columns: a new widget
 * @default_rows: likewise
 * @options: (nullable): ended by an empty one
 * @refuse: (nullable): a translated sentence, shown in place of a picture that this kind
 *   can't draw of the data; %NULL when it can
 * @annotate: (nullable): a translated sentence on how the data is shown, or what of it is not;
 *   below the chart and said with it; %NULL when there is nothing to say. Not of data that is
 *   empty, an error or refused
 * @draw: draws the data, which is neither empty nor an error nor refused
 * @summarize: a translated sentence on the same
 * @describe: (nullable): what a mark says; the category and its value when %NULL
 *
 * One kind of chart is one such declaration in a file of its own.
 */
struct _CptChartKind
{
  const char           *name;
  const char           *label;
  const char           *description;
  const char           *icon_name;
  CptChartNeeds         needs;
  int                   min_columns;
  int                   min_rows;
  int                   default_columns;
  int                   default_rows;
  const CptChartOption *options;
  const char         *(*refuse)    (const CptChart *chart);
  char               *(*annotate)  (const CptChart *chart);
  void                (*draw)      (CptChartContext *context);
  char               *(*summarize) (const CptChart *chart);
  char               *(*describe)  (const CptChart     *chart,
                                    const CptChartMark *mark);
};

/* All kinds, in the order of the widget library; @n_kinds may be NULL */
const CptChartKind *const *cpt_chart_kind_list    (guint *n_kinds);
/* (nullable) */
const CptChartKind        *cpt_chart_kind_find    (const char *name);

gboolean                   cpt_chart_kind_has_option (const CptChartKind *kind,
                                                      const char         *name);
/* What the user chose or the fallback; a static string of the declaration */
const char *cpt_chart_get_option  (const CptChart *chart,
                                   const char     *name);
/* (nullable): what the user wrote; not trusted */
const char *cpt_chart_get_text    (const CptChart *chart,
                                   const char     *name);
/* A number that the user gave, or NAN */
double      cpt_chart_get_number  (const CptChart *chart,
                                   const char     *name);
gboolean    cpt_chart_is_option   (const CptChart *chart,
                                   const char     *name,
                                   const char     *value);

G_END_DECLS
