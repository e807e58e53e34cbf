/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-board-data-private.h"
#include "cpt-board-view.h"
#include "cpt-query-bar.h"
#include "cpt-views-button.h"

G_BEGIN_DECLS

struct _CptBoardView
{
  CptView parent_instance;

  CptSchema *schema;
  CptBoardSpec *spec;
  CptQuery *exported;      /* (nullable): what is on the board, once it is known */
  CptBoardData *shown;     /* (nullable): what was read last, without cards */
  GHashTable *limits;      /* key of a column, or of one in a lane, to how many cards of it are wanted */
  GHashTable *titles;      /* key of a column to its title */
  GHashTable *lane_titles; /* likewise */
  GHashTable *hidden;      /* set of keys: columns that the person does not want to see */
  gboolean hides_empty;    /* nor those without cards */
  GHashTable *folded;      /* set of keys: lanes whose cards are folded away */
  GCancellable *reading;   /* (nullable): the whole board is being read */
  GCancellable *following; /* (nullable): some cards are being read */
  GCancellable *with_view; /* ends with the view: what is asked of a card, exports */

  /* Borrowed from GTK */
  CptQueryBar *bar;
  GtkWidget *stack;
  GtkWidget *board;
  GtkWidget *notice; /* about what is not shown */
  GtkWidget *message;
  GtkWidget *scopes;
  CptViewsButton *views;
  GSimpleAction *columns; /* (owned): which field makes them */
  GSimpleAction *lanes;   /* (owned): which field makes the lanes */
  GSimpleAction *empty;   /* (owned): whether those without cards are hidden */
  gboolean is_showing;
  gboolean wants_focus; /* once there is something to focus */
  GPtrArray *scope_ids; /* CptUuid, in the order of the drop-down */
};

/* What is asked for has changed: read it all */
void cpt_board_view_reload           (CptBoardView *self);
/* Which field makes the columns, and which one (nullable) the lanes; without
 * reading. Lanes that are not possible are none. */
void cpt_board_view_set_fields       (CptBoardView   *self,
                                      const CptField *columns,
                                      const CptField *lanes);

/* How a board is laid out, remembered and saved: cpt-board-view-layout.c */

/* As it was seen last in this workspace, on this machine */
void       cpt_board_view_restore_layout      (CptBoardView *self);
/* (element-type CptBoardColumnData) (transfer container): the columns of @data
 * that are to be seen */
GPtrArray *cpt_board_view_list_columns        (CptBoardView       *self,
                                               const CptBoardData *data);
/* (element-type CptBoardLaneData) (transfer container): likewise */
GPtrArray *cpt_board_view_list_lanes          (CptBoardView       *self,
                                               const CptBoardData *data);
/* Folds the lanes on the board that are folded, and shows the others */
void       cpt_board_view_fold_lanes         (CptBoardView       *self,
                                              const CptBoardData *data);
/* By the person */
void       cpt_board_view_set_lane_folded    (CptBoardView *self,
                                              const char   *lane,
                                              gboolean      folded);
GtkWidget *cpt_board_view_create_menu_button  (CptBoardView *self);
GtkWidget *cpt_board_view_create_views_button (CptBoardView *self);

/* Cards that are held and moved, by their identifiers: cpt-board-view-moves.c */

/* Columns say what stands in the way while the card is held */
void cpt_board_view_lift_card        (CptBoardView *self,
                                      const char   *id);
void cpt_board_view_move_card        (CptBoardView *self,
                                      const char   *id,
                                      const char   *to,
                                      const char   *lane);

G_END_DECLS
