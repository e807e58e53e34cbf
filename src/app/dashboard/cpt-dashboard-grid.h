/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-chart-card.h"

G_BEGIN_DECLS

#define CPT_TYPE_DASHBOARD_GRID (cpt_dashboard_grid_get_type ())

G_DECLARE_FINAL_TYPE (CptDashboardGrid, cpt_dashboard_grid, CPT, DASHBOARD_GRID, GtkWidget)

/**
 * CptDashboardGrid:
 *
 * Cards on a grid of 12 columns. A card is dragged by its title and resized by
 * its lower right corner; with the keyboard, Ctrl and arrows move the focused
 * card, Ctrl+Shift and arrows resize it. Where there is less room the cards
 * stand in 6 columns or in one, in the same order, and stay in place.
 *
 * Emits "placed" (identifier, boxed #CptGridRect as four integers: x, y, w, h)
 * when a card was put somewhere else by a person, and "mark-activated"
 * (identifier, CptMarkUse, series, category) when she wants something of a mark.
 */
GtkWidget    *cpt_dashboard_grid_new           (void);
/* Shows @dashboard: cards of widgets that stay are kept, others come and go */
void          cpt_dashboard_grid_set_dashboard (CptDashboardGrid   *self,
                                                const CptDashboard *dashboard);
CptChartCard *cpt_dashboard_grid_find_card     (CptDashboardGrid *self,
                                                const char       *id);
/* Where a card of the size of @place goes when it is dropped at a point of the grid:
 * the cells around it, or, where cards stand in fewer columns, the place of the card
 * there; @shown is where that is now. FALSE where there is none. */
gboolean      cpt_dashboard_grid_find_place    (CptDashboardGrid *self,
                                                double            x,
                                                double            y,
                                                CptGridRect      *place,
                                                graphene_rect_t  *shown);
/* Whether a person may move cards */
void          cpt_dashboard_grid_set_editable  (CptDashboardGrid *self,
                                                gboolean          editable);

G_END_DECLS
