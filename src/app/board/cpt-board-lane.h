/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-board-column.h"

G_BEGIN_DECLS

#define CPT_TYPE_BOARD_LANE (cpt_board_lane_get_type ())

G_DECLARE_FINAL_TYPE (CptBoardLane, cpt_board_lane, CPT, BOARD_LANE, GtkWidget)

/**
 * CptBoardLane:
 *
 * Columns side by side, below a title where a board has several lanes; a click on
 * it folds the columns away, or shows them again. Emits "folded" when the person
 * did either. For #CptBoard alone.
 */
/* @title (nullable): the only lane; @takes: whether cards can be put into it */
GtkWidget      *cpt_board_lane_new          (const char *key,
                                             const char *title,
                                             const char *colour,
                                             gboolean    takes);
const char     *cpt_board_lane_get_key      (CptBoardLane *self);
/* (nullable) */
const char     *cpt_board_lane_get_title    (CptBoardLane *self);
/* (nullable): palette name */
const char     *cpt_board_lane_get_colour   (CptBoardLane *self);
gboolean        cpt_board_lane_takes        (CptBoardLane *self);
void            cpt_board_lane_set_summary  (CptBoardLane *self,
                                             const char   *summary);
/* @note (nullable): what stands in the way of a card that is held */
void            cpt_board_lane_set_note     (CptBoardLane *self,
                                             const char   *note);
/* Without a title it is never folded. */
void            cpt_board_lane_set_folded   (CptBoardLane *self,
                                             gboolean      folded);
gboolean        cpt_board_lane_is_folded    (CptBoardLane *self);
/* Whether something would be dropped into it; shown while it is folded */
void            cpt_board_lane_set_over     (CptBoardLane *self,
                                             gboolean      over);
void            cpt_board_lane_add_column   (CptBoardLane *self,
                                             GtkWidget    *column);
/* (nullable): columns are siblings */
CptBoardColumn *cpt_board_lane_get_first    (CptBoardLane *self);
CptBoardColumn *cpt_board_lane_find_column  (CptBoardLane *self,
                                             const char   *key);
/* (nullable): the lane of a column; none of a head above lanes */
CptBoardLane   *cpt_board_lane_get_of       (CptBoardColumn *column);

G_END_DECLS
