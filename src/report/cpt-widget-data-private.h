/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-chart-kind.h"
#include "cpt-widget-data.h"

G_BEGIN_DECLS

#define CPT_WIDGET_NO_ROW G_MAXUINT

/* Where a value of the chart comes from */
typedef struct
{
  guint row;
  guint measure;
} CptWidgetCell;

struct _CptWidgetData
{
  CptChartData       *chart;
  CptAggregateResult *result; /* (nullable): when it could not be read */
  GArray             *cells;  /* of CptWidgetCell, series by series */
  guint               n_categories;
  guint               total_row; /* of a chart without categories, or CPT_WIDGET_NO_ROW */
  CptFilter          *latest;    /* (nullable): the last records before the period, when it has none */
  gboolean            is_reached; /* each category counts what is behind it too */
};

/**
 * CptWidgetBuilder:
 * @currency: of the amounts that are shown
 * @rows: of guint: what is shown, in order
 *
 * The chart under way.
 */
typedef struct
{
  CptWidgetData      *data;
  CptChartData       *chart;
  CptAggregateSpec   *spec;
  CptAggregateResult *result;
  const CptChartKind *kind;               /* (nullable): one that this version does not know */
  char                currency[4];
  guint               n_other_currencies; /* rows left out */
  guint               n_undated;          /* rows left out */
  gboolean            is_cut_whole;       /* shares are of a part of the rows */
  GArray             *rows;
} CptWidgetBuilder;

/* In the unit of the chart; NAN for what is missing */
double   cpt_widget_get_number       (const CptMeasure *measure,
                                      double            factor);
/* What tells two keys apart: titles may be the same */
char    *cpt_widget_builder_dup_key  (const CptWidgetBuilder *self,
                                      guint                   row,
                                      guint                   dimension);
void     cpt_widget_builder_set_cell (CptWidgetBuilder *self,
                                      guint             series,
                                      guint             category,
                                      CptWidgetCell     cell);

/* cpt-widget-groups.c: the second dimension becomes the series; @categories: of
 * guint, of each row */
void     cpt_widget_builder_add_groups (CptWidgetBuilder *self,
                                        GArray           *categories,
                                        double            factor);

/* Fills @self->chart, which is empty */
void cpt_widget_data_build (CptWidgetData    *self,
                            const CptWidget  *widget,
                            CptAggregateSpec *spec,
                            const char       *currency);

/* Where the chart shows nothing: says when there was something, in its note.
 * @question: of the widget, without names of metrics */
void cpt_widget_data_find_latest (CptWidgetData *self,
                                  CptDatabase   *database,
                                  JsonNode      *question);

G_END_DECLS
