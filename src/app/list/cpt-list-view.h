/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_LIST_VIEW (cpt_list_view_get_type ())

G_DECLARE_FINAL_TYPE (CptListView, cpt_list_view, CPT, LIST_VIEW, CptView)

/**
 * cpt_list_view_new:
 * @window: the window it is for
 * @entity: what it lists
 * @filter: (nullable): conditions that it begins with
 * @title: (nullable): the plural of the entity when %NULL
 *
 * The records of one kind in a data grid, with search, conditions and sorting.
 *
 * Returns: (transfer floating): the view; it reads by itself
 */
CptView *cpt_list_view_new (CptWindow       *window,
                            const CptEntity *entity,
                            CptFilter       *filter,
                            const char      *title);

/**
 * cpt_list_view_new_place:
 * @window: the window it is for
 * @place: of the sidebar, with an entity
 *
 * The list that a place shows. Its order is remembered.
 *
 * Returns: (transfer floating): the view; it reads by itself
 */
CptView *cpt_list_view_new_place (CptWindow      *window,
                                  const CptPlace *place);

G_END_DECLS
