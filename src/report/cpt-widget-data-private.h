/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

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

/* Fills @self->chart, which is empty */
void cpt_widget_data_build (CptWidgetData    *self,
                            const CptWidget  *widget,
                            CptAggregateSpec *spec,
                            const char       *currency);

/* Where the chart shows nothing: says when there was something, in its note */
void cpt_widget_data_find_latest (CptWidgetData   *self,
                                  CptDatabase     *database,
                                  const CptWidget *widget);

G_END_DECLS
