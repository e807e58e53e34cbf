/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpt-chart.h"
#include "cpt-dashboard.h"

G_BEGIN_DECLS

#define CPT_TYPE_CHART_CARD (cpt_chart_card_get_type ())

G_DECLARE_FINAL_TYPE (CptChartCard, cpt_chart_card, CPT, CHART_CARD, GtkWidget)

/**
 * CptChartCard:
 *
 * One widget of a dashboard: its title and its chart. Marks have tool tips,
 * are walked with the arrow keys and opened with a click or Enter, which emits
 * "mark-activated" (series, category). What is chosen in its menu is emitted as
 * "command".
 */
GtkWidget  *cpt_chart_card_new        (void);
const char *cpt_chart_card_get_id     (CptChartCard *self);
/* Copies what it shows of @widget */
void        cpt_chart_card_set_widget (CptChartCard    *self,
                                       const CptWidget *widget);
/* (nullable): while it is being read */
void        cpt_chart_card_set_data   (CptChartCard *self,
                                       CptChartData *data);
CptChartData *cpt_chart_card_get_data (CptChartCard *self);
/* (nullable): of actions "card.edit", "card.duplicate" and "card.remove" */
void        cpt_chart_card_set_menu   (CptChartCard *self,
                                       GMenuModel   *menu);
/* Height of the strip with the title, by which the card is dragged */
int         cpt_chart_card_get_title_height (CptChartCard *self);

G_END_DECLS
