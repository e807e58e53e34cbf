/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-board-lane.h"
#include "cpt-board.h"

G_BEGIN_DECLS

struct _CptBoard
{
  GtkWidget parent_instance;

  GtkWidget *heads_scrolled; /* visible with lanes */
  GtkWidget *scrolled;
  CptBoardLane *heads; /* borrowed from heads_scrolled, as the others */
  GtkWidget *lanes;    /* borrowed from scrolled: CptBoardLane one below the other */
  GHashTable *sizes;   /* key of a column to GtkSizeGroup: as wide in all lanes */
  gboolean has_lanes;
  gboolean is_editable;

  GtkWidget *dragged;    /* (nullable): row, borrowed from its column */
  GdkPaintable *picture; /* (nullable): of the dragged row */
  CptBoardColumn *over;  /* (nullable): column under the pointer, borrowed from strip */
  gboolean has_moved;
  double grip_x; /* of the pointer in the card */
  double grip_y;
  double x;
  double y;
  guint tick;
};

/* (nullable) */
CptBoardLane   *cpt_board_get_first_lane  (CptBoard *self);
CptBoardLane   *cpt_board_get_next_lane   (CptBoardLane *lane);
/* Where columns have their heads */
CptBoardLane   *cpt_board_get_heads       (CptBoard *self);
/* (nullable): in the same lane */
CptBoardColumn *cpt_board_get_next_column (CptBoardColumn *column,
                                           gboolean        forward);
/* (nullable): of a lane, where cards are put */
CptBoardColumn *cpt_board_find_column_at  (CptBoard *self,
                                           double    x,
                                           double    y);

/* Pointer and keys: cpt-board-input.c */

CptBoardColumn *cpt_board_get_column_of   (GtkWidget *row);
void            cpt_board_stop_drag       (CptBoard *self);
void            cpt_board_add_controllers (CptBoard *self);

G_END_DECLS
