/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpt-chart-kind.h"
#include "cpt-metric.h"
#include "cpt-widget-query.h"

G_BEGIN_DECLS

#define CPT_TYPE_WIDGET_FORM (cpt_widget_form_get_type ())

G_DECLARE_FINAL_TYPE (CptWidgetForm, cpt_widget_form, CPT, WIDGET_FORM, AdwPreferencesGroup)

/**
 * cpt_widget_form_new:
 * @schema: of the workspace; referenced
 * @metrics: (element-type CptMetric): what it may name; referenced
 * @query: (transfer full): what it shows, of a source that the schema has
 * @title: of the widget
 * @kind: (nullable): of the widget
 *
 * The rows that ask what a widget counts. They are empty until it is shown. Emits
 * "changed", "kind-changed" and "source-changed".
 *
 * Returns: (transfer floating): the form
 */
GtkWidget          *cpt_widget_form_new        (CptSchema      *schema,
                                                GPtrArray      *metrics,
                                                CptWidgetQuery *query,
                                                const char     *title,
                                                const char     *kind);
/* Shows a new widget: what its kind needs is filled in */
void                cpt_widget_form_start      (CptWidgetForm *self);
/* Shows the query */
void                cpt_widget_form_show       (CptWidgetForm *self);
const CptChartKind *cpt_widget_form_get_kind   (CptWidgetForm *self);
const char         *cpt_widget_form_get_title  (CptWidgetForm *self);
/* (nullable): the one that is named */
const CptMetric    *cpt_widget_form_get_metric (CptWidgetForm *self);
const CptEntity    *cpt_widget_form_get_source (CptWidgetForm *self);
/* Borrowed; what has no row here may be changed */
CptWidgetQuery     *cpt_widget_form_get_query  (CptWidgetForm *self);
/* What the number is called, or the second one where there are two */
char               *cpt_widget_form_dup_number_label (CptWidgetForm *self,
                                                      gboolean       is_second);
void                cpt_widget_form_focus      (CptWidgetForm *self);

G_END_DECLS
