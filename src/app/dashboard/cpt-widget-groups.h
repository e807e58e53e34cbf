/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-widget-form.h"

G_BEGIN_DECLS

#define CPT_TYPE_WIDGET_GROUPS (cpt_widget_groups_get_type ())

G_DECLARE_FINAL_TYPE (CptWidgetGroups, cpt_widget_groups, CPT, WIDGET_GROUPS, AdwPreferencesGroup)

/**
 * cpt_widget_groups_new:
 * @form: whose query it edits; outlives it
 *
 * The rows that ask what becomes of the groups of a widget: which of them are
 * shown. They write into the query of @form, follow it, and are hidden where
 * there are no groups. Emits "changed" when a person changed something.
 *
 * Returns: (transfer floating): the rows
 */
GtkWidget *cpt_widget_groups_new  (CptWidgetForm *form);
/* The form shows another query, kind or measure */
void       cpt_widget_groups_show (CptWidgetGroups *self);

G_END_DECLS
