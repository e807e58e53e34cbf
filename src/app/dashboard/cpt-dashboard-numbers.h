/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-kept-numbers.h"
#include "cpt-store.h"
#include "cpt-widget-data.h"

G_BEGIN_DECLS

#define CPT_TYPE_DASHBOARD_NUMBERS (cpt_dashboard_numbers_get_type ())

G_DECLARE_FINAL_TYPE (CptDashboardNumbers, cpt_dashboard_numbers, CPT, DASHBOARD_NUMBERS, GObject)

/**
 * CptDashboardNumbers:
 *
 * The numbers of the widgets of a dashboard, read one by one on the reading
 * threads, so that the quick ones are there while the slow ones are still
 * counted; what was there stays until then. Emits "arrived" (identifier of the
 * widget) for each. Of the main thread.
 */
CptDashboardNumbers *cpt_dashboard_numbers_new    (CptStore *store) G_GNUC_WARN_UNUSED_RESULT;
/* Asks for those of all widgets; what is still being read is cancelled.
 * @dashboard (nullable) is copied: none asks for nothing. @filters (nullable):
 * what counts of them: see cpt-dashboard-filter.h; @focus (nullable): more of them
 * for all widgets but @focus_id (nullable) */
void                 cpt_dashboard_numbers_read   (CptDashboardNumbers *self,
                                                   const CptDashboard  *dashboard,
                                                   JsonNode            *filters,
                                                   JsonNode            *focus,
                                                   const char          *focus_id);
/* (nullable): the ones that arrived last */
CptWidgetData       *cpt_dashboard_numbers_find   (CptDashboardNumbers *self,
                                                   const char          *id);
/* They are another dashboard's; what is being read is cancelled. What is to be kept is written. */
void                 cpt_dashboard_numbers_forget (CptDashboardNumbers *self);

/* Takes both: what was kept of the dashboard in the file @path, to which its numbers go
 * from now on, until it is forgotten */
void                 cpt_dashboard_numbers_take_kept (CptDashboardNumbers *self,
                                                      CptKeptNumbers      *kept,
                                                      char                *path);
gboolean             cpt_dashboard_numbers_has_kept  (CptDashboardNumbers *self);
/* Numbers of the widgets of @whole, all pages, under @filters (nullable) are kept. @extra (nullable): what they
 * hang on beside that: see cpt_kept_numbers_dup_key() */
void                 cpt_dashboard_numbers_keep      (CptDashboardNumbers *self,
                                                      const CptDashboard  *whole,
                                                      JsonNode            *filters,
                                                      const char          *extra);
/* (nullable), borrowed: the last known numbers of a widget, and as of when */
CptChartData        *cpt_dashboard_numbers_find_kept (CptDashboardNumbers *self,
                                                      const CptWidget     *widget,
                                                      JsonNode            *filters,
                                                      gint64              *instant);

G_END_DECLS
