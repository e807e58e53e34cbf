/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-dashboard-filter.h"
#include "cpt-dashboard-numbers.h"
#include "cpt-dashboard-view.h"

G_BEGIN_DECLS

struct _CptDashboardView
{
  CptView parent_instance;

  CptSchema *schema;
  CptUuid id;              /* of the one that is shown; nil when there is none */
  CptDashboard *dashboard; /* (nullable) */
  CptDashboardNumbers *numbers;
  GPtrArray *ids;     /* CptUuid, in the order of the drop-down */
  GPtrArray *metrics; /* CptMetric: what widgets may name */
  GMenuModel *widget_menu;
  GCancellable *cancellable; /* of the view */
  gboolean is_showing;

  JsonNode *filters;    /* (nullable): what counts now */
  gboolean has_filters; /* other ones than those of the dashboard */

  /* Borrowed from the child */
  GtkWidget *bar;
  GtkWidget *stack;
  GtkWidget *grid;
  GtkWidget *message;
  GtkWidget *chooser;
  GtkWidget *add;
};

/* Stores @dashboard as what is shown; @toast says what was done */
void          cpt_dashboard_view_save            (CptDashboardView   *self,
                                                  const CptDashboard *dashboard,
                                                  const char         *toast);
/* Asks for the numbers of all widgets, under what counts now */
void          cpt_dashboard_view_read            (CptDashboardView *self);

/* cpt-dashboard-view-filters.c */
void          cpt_dashboard_view_create_bar      (CptDashboardView *self);
/* A dashboard is shown, perhaps another one: its filters as they were left */
void          cpt_dashboard_view_load_filters    (CptDashboardView *self);
void          cpt_dashboard_view_reset_filters   (CptDashboardView *self);
void          cpt_dashboard_view_save_filters    (CptDashboardView *self);
/* A copy with the filters that count now in place of its own; NULL without one */
CptDashboard *cpt_dashboard_view_dup_filtered    (CptDashboardView *self);

G_END_DECLS
