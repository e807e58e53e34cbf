/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpt-dashboard-filter.h"
#include "cpt-store.h"

G_BEGIN_DECLS

#define CPT_TYPE_DASHBOARD_BAR (cpt_dashboard_bar_get_type ())

G_DECLARE_FINAL_TYPE (CptDashboardBar, cpt_dashboard_bar, CPT, DASHBOARD_BAR, GtkWidget)

/**
 * CptDashboardBar:
 *
 * What a dashboard is filtered by: a period, chips that read as sentences, and
 * what a mark was chosen for. Emits "changed" when the person has changed the
 * filters, and "unfocused" when she takes away the mark. Its buttons are for the
 * actions "dashboard.reset-filters" and "dashboard.save-filters".
 */
GtkWidget *cpt_dashboard_bar_new         (CptStore  *store,
                                          CptSchema *schema);
/**
 * cpt_dashboard_bar_show:
 * @filters: (nullable): what counts now
 * @saved: (nullable): those of the dashboard
 * @sources: (element-type CptEntity): what the widgets count
 *
 * Without "changed".
 */
void       cpt_dashboard_bar_show        (CptDashboardBar *self,
                                          JsonNode        *filters,
                                          JsonNode        *saved,
                                          GPtrArray       *sources);
/* Filters of something that is no dashboard: nothing is saved with it from here. Both
 * are for screen readers: what the bar is, and what its last button does */
void       cpt_dashboard_bar_set_plain   (CptDashboardBar *self,
                                          const char      *label,
                                          const char      *add_label);
/* (nullable): borrowed */
JsonNode  *cpt_dashboard_bar_get_filters (CptDashboardBar *self);
/* What the chosen mark stands for, as filters; (nullable): none is chosen */
void       cpt_dashboard_bar_set_focus   (CptDashboardBar *self,
                                          JsonNode        *focus);

G_END_DECLS
