/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-board-data-private.h"
#include "cpt-board-view.h"
#include "cpt-query-bar.h"

G_BEGIN_DECLS

struct _CptBoardView
{
  CptView parent_instance;

  CptSchema *schema;
  CptBoardSpec *spec;
  CptQuery *exported;      /* (nullable): what is on the board, once it is known */
  CptBoardData *shown;     /* (nullable): what was read last, without cards */
  GHashTable *limits;      /* key of a column to how many cards of it are wanted */
  GHashTable *titles;      /* key of a column to its title */
  GCancellable *reading;   /* (nullable): the whole board is being read */
  GCancellable *following; /* (nullable): some cards are being read */
  GCancellable *exporting;

  /* Borrowed from GTK */
  CptQueryBar *bar;
  GtkWidget *stack;
  GtkWidget *board;
  GtkWidget *notice; /* about what is not shown */
  GtkWidget *message;
  GtkWidget *scopes;
  GSimpleAction *columns; /* (owned): which field makes them */
  gboolean is_showing;
  gboolean wants_focus; /* once there is something to focus */
  GPtrArray *scope_ids; /* CptUuid, in the order of the drop-down */
};

/* The value of a column's cards; null for the one of those without */
void cpt_board_view_set_column_value (CptBoardView *self,
                                      const char   *key,
                                      CptValue     *value);

/* Cards that are held and moved, by their identifiers: cpt-board-view-moves.c */

/* Columns say what stands in the way while the card is held */
void cpt_board_view_lift_card        (CptBoardView *self,
                                      const char   *id);
void cpt_board_view_move_card        (CptBoardView *self,
                                      const char   *id,
                                      const char   *to);

G_END_DECLS
