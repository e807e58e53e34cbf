/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-board.h"

G_BEGIN_DECLS

#define CPT_TYPE_BOARD_COLUMN (cpt_board_column_get_type ())

G_DECLARE_FINAL_TYPE (CptBoardColumn, cpt_board_column, CPT, BOARD_COLUMN, GtkWidget)

/**
 * CptBoardColumn:
 *
 * One column of a board: a heading, cards, and a way to see more. For
 * #CptBoard alone. Emits "card-activated" (row), "more", "new-card" and
 * "edit".
 */
GtkWidget          *cpt_board_column_new          (const char          *key,
                                                   const char          *title,
                                                   const char          *colour,
                                                   CptBoardColumnFlags  flags);
const char         *cpt_board_column_get_key      (CptBoardColumn *self);
const char         *cpt_board_column_get_title    (CptBoardColumn *self);
/* (nullable) */
const char         *cpt_board_column_get_colour   (CptBoardColumn *self);
/* Whether cards can be put into it */
gboolean            cpt_board_column_takes        (CptBoardColumn *self);
void                cpt_board_column_set_summary  (CptBoardColumn *self,
                                                   const char     *summary,
                                                   gboolean        is_over);
/* @n_more: cards that are not shown */
void                cpt_board_column_set_more     (CptBoardColumn *self,
                                                   guint64         n_more);
/* @note (nullable): what stands in the way of a card that is held */
void                cpt_board_column_set_note     (CptBoardColumn *self,
                                                   const char     *note);
/* Takes @card; the row that shows it */
GtkWidget          *cpt_board_column_add          (CptBoardColumn *self,
                                                   CptBoardCard   *card,
                                                   gboolean        at_top);
/* Takes @cards: see cpt_board_set_cards() */
void                cpt_board_column_set_cards    (CptBoardColumn *self,
                                                   GPtrArray      *cards);
GtkWidget          *cpt_board_column_find         (CptBoardColumn *self,
                                                   const CptUuid  *id);
void                cpt_board_column_remove       (CptBoardColumn *self,
                                                   GtkWidget      *row);
guint               cpt_board_column_get_n_cards  (CptBoardColumn *self);
/* The card of a row of this column */
const CptBoardCard *cpt_board_column_get_card     (GtkWidget *row);
/* The card at @index, or the last one, gets the keyboard; the head of a column
 * without cards */
void                cpt_board_column_focus_card   (CptBoardColumn *self,
                                                   int             index);
void                cpt_board_column_set_editable (CptBoardColumn *self,
                                                   gboolean        editable);
/* Scrolls by pixels, while a card is held near an edge */
void                cpt_board_column_scroll       (CptBoardColumn *self,
                                                   double          pixels);

G_END_DECLS
