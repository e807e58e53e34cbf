/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-view.h"
#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_BOARD_VIEW (cpt_board_view_get_type ())

G_DECLARE_FINAL_TYPE (CptBoardView, cpt_board_view, CPT, BOARD_VIEW, CptView)

/**
 * cpt_board_view_new:
 * @window: the window it is for
 *
 * Deals in the columns of a pipeline's stages.
 *
 * Returns: (transfer floating): the view; it reads by itself
 */
CptView *cpt_board_view_new (CptWindow *window);

G_END_DECLS
