/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpt-chart.h"
#include "cpt-dashboard.h"

G_BEGIN_DECLS

#define CPT_TYPE_CHART_CARD (cpt_chart_card_get_type ())

G_DECLARE_FINAL_TYPE (CptChartCard, cpt_chart_card, CPT, CHART_CARD, GtkWidget)

/**
 * CptMarkUse:
 * @CPT_MARK_OPEN: the records behind it: a click, Enter
 * @CPT_MARK_FOCUS: what it stands for, everywhere: Ctrl and a click, Shift+Enter
 * @CPT_MARK_MENU: what can be done with it: the other button, the menu key
 *
 * What a person wants of a mark.
 */
typedef enum
{
  CPT_MARK_OPEN,
  CPT_MARK_FOCUS,
  CPT_MARK_MENU,
} CptMarkUse;

/**
 * CptChartCard:
 *
 * One widget of a dashboard: its title and its chart. Marks have tool tips and
 * are walked with the arrow keys; what a person wants of one is emitted as
 * "mark-activated" (CptMarkUse, series, category). What is chosen in its menu is
 * emitted as "command".
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
/* What was last known, until cpt_chart_card_set_data(): dimmed, with @note ("As of 14:05") below, and
 * said. Its marks speak but lead nowhere. */
void        cpt_chart_card_set_known  (CptChartCard *self,
                                       CptChartData *data,
                                       const char   *note);
gboolean    cpt_chart_card_is_known   (CptChartCard *self);
/* (nullable): of actions "card.edit", "card.duplicate" and "card.remove" */
void        cpt_chart_card_set_menu   (CptChartCard *self,
                                       GMenuModel   *menu);
/* This mark stands out, the others step back; series -1 and category -1: none does */
void        cpt_chart_card_set_chosen (CptChartCard *self,
                                       int           series,
                                       int           category);
/* A button in front of the title, which emits the command "back" */
void        cpt_chart_card_set_way_back (CptChartCard *self,
                                         gboolean      has_way_back);
/* Below the mark, or in the middle when there is none such; of actions of widgets
 * around the card */
void        cpt_chart_card_popup_menu (CptChartCard *self,
                                       GMenuModel   *menu,
                                       int           series,
                                       int           category);
/* Height of the strip with the title, by which the card is dragged */
int         cpt_chart_card_get_title_height (CptChartCard *self);

G_END_DECLS
