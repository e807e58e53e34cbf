/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-view.h"
#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_BOARD_VIEW (cpt_board_view_get_type ())

G_DECLARE_FINAL_TYPE (CptBoardView, cpt_board_view, CPT, BOARD_VIEW, CptView)

/* Whether records of @entity have a field whose values can be columns */
gboolean cpt_board_view_can_show  (CptWindow  *window,
                                   const char *entity);

/**
 * cpt_board_view_new_place:
 * @window: the window it is for
 * @entity: name of whose records are the cards
 *
 * The board that a place of the sidebar shows: the records in the columns of
 * the field that their declaration names.
 *
 * Returns: (transfer floating): the view; it reads by itself
 */
CptView *cpt_board_view_new_place (CptWindow  *window,
                                   const char *entity);

G_END_DECLS
