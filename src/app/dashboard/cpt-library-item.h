/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-chart-card.h"
#include "cpt-metric.h"

G_BEGIN_DECLS

#define CPT_TYPE_LIBRARY_ITEM (cpt_library_item_get_type ())

G_DECLARE_FINAL_TYPE (CptLibraryItem, cpt_library_item, CPT, LIBRARY_ITEM, GObject)

/**
 * cpt_library_item_list:
 * @metrics: (element-type CptMetric): what widgets may name
 *
 * What the library offers: widgets that are ready, made of the metrics, and then
 * every kind of chart with an example.
 *
 * Returns: (transfer full) (element-type CptLibraryItem): the list
 */
GListStore      *cpt_library_item_list       (GPtrArray *metrics);
/* The widget that it stands for; borrowed */
const CptWidget *cpt_library_item_get_widget (CptLibraryItem *self);
/* With that widget alone; for readers on other threads */
CptDashboard    *cpt_library_item_dup_board  (CptLibraryItem *self);
/* For people: what it tells */
const char      *cpt_library_item_get_description (CptLibraryItem *self);
/* Whether it is an example of a kind, to be made one's own before it is added */
gboolean         cpt_library_item_is_example (CptLibraryItem *self);
/* Whether all words of @text are in its title or description */
gboolean         cpt_library_item_matches    (CptLibraryItem *self,
                                              const char     *text);
/* (nullable): the numbers, once they are read; borrowed */
CptChartData    *cpt_library_item_get_data   (CptLibraryItem *self);
void             cpt_library_item_take_data  (CptLibraryItem *self,
                                              CptChartData   *data);
/* (nullable): the card that shows it now */
void             cpt_library_item_set_card   (CptLibraryItem *self,
                                              CptChartCard   *card);

G_END_DECLS
