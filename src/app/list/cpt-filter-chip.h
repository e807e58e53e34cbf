/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpt-filter-tree.h"

G_BEGIN_DECLS

#define CPT_TYPE_FILTER_CHIP (cpt_filter_chip_get_type ())

G_DECLARE_FINAL_TYPE (CptFilterChip, cpt_filter_chip, CPT, FILTER_CHIP, GtkWidget)

/* What shows a part of a filter: its parts, side by side. @node is borrowed: chips
 * are made anew before it goes. */
GtkWidget     *cpt_filter_chip_new      (CptFilterNode *node);
void           cpt_filter_chip_append   (CptFilterChip *self,
                                         GtkWidget     *child);
CptFilterNode *cpt_filter_chip_get_node (CptFilterChip *self);
/* (nullable): the innermost chip that @widget, which may be NULL, is in or is */
CptFilterChip *cpt_filter_chip_find     (GtkWidget *widget);
/* (nullable): the chip of @node in @widget or below it */
CptFilterChip *cpt_filter_chip_find_for (GtkWidget           *widget,
                                         const CptFilterNode *node);

G_END_DECLS
