/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-widget-form.h"

G_BEGIN_DECLS

#define CPT_TYPE_WIDGET_EACH (cpt_widget_each_get_type ())

G_DECLARE_FINAL_TYPE (CptWidgetEach, cpt_widget_each, CPT, WIDGET_EACH, AdwPreferencesGroup)

/**
 * cpt_widget_each_new:
 * @form: whose query it edits; outlives it
 * @schema: of the workspace; referenced
 *
 * The rows that ask whether a number is made of groups: for each of what it is worked
 * out first, how these are put together, and which of them are meant. They write into
 * the query of @form and follow it. What they can't show of it they leave as it is.
 * Emits "changed" when a person changed something.
 *
 * Returns: (transfer floating): the rows
 */
GtkWidget *cpt_widget_each_new  (CptWidgetForm *form,
                                 CptSchema     *schema);
/* The form shows another query, kind or measure */
void       cpt_widget_each_show (CptWidgetEach *self);
/* What comes out of @metric, for a title: "Average per Organisation of Revenue won" */
char      *cpt_widget_each_dup_title (CptWidgetEach   *self,
                                      const CptMetric *metric);

G_END_DECLS
