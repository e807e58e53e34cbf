/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpt-uuid.h"

G_BEGIN_DECLS

#define CPT_TYPE_BOARD (cpt_board_get_type ())

G_DECLARE_FINAL_TYPE (CptBoard, cpt_board, CPT, BOARD, GtkWidget)

/**
 * CptBoardCard:
 * @id: the record
 * @column: key of the column in which it stands
 * @lane: (nullable): key of its lane, where there are lanes
 * @title: first line
 * @subtitle: (nullable): second line
 * @figure: (nullable): an amount, set apart
 * @detail: (nullable): a date, dimmed
 *
 * What a card shows.
 */
typedef struct
{
  CptUuid  id;
  char    *column;
  char    *lane;
  char    *title;
  char    *subtitle;
  char    *figure;
  char    *detail;
} CptBoardCard;

void       cpt_board_card_free       (CptBoardCard *self);

/**
 * CptBoardColumnFlags:
 * @CPT_BOARD_COLUMN_TAKES: cards can be put into it
 * @CPT_BOARD_COLUMN_HAS_PAGE: it is a record, with a page of its own
 * @CPT_BOARD_COLUMN_HEAD: a head alone, above lanes; for #CptBoard
 * @CPT_BOARD_COLUMN_CARDS: cards alone, in a lane; for #CptBoard
 */
typedef enum
{
  CPT_BOARD_COLUMN_PLAIN = 0,
  CPT_BOARD_COLUMN_TAKES = 1 << 0,
  CPT_BOARD_COLUMN_HAS_PAGE = 1 << 1,
  CPT_BOARD_COLUMN_HEAD = 1 << 2,
  CPT_BOARD_COLUMN_CARDS = 1 << 3,
} CptBoardColumnFlags;

/**
 * CptBoard:
 *
 * Columns of cards, in one lane or several. Columns and lanes have keys, which
 * are texts; without lanes the key of a lane is empty. A card is dragged to another
 * column or lane, or moved there with Ctrl and the arrow keys. Emits "card-moved"
 * (card identifier, column key, lane key), "card-lifted" (card identifier) when it
 * begins to be dragged, "card-activated" (card identifier), "more" (column key,
 * lane key), "new-card" (column key) and "edit-column" (column key), all as text, and
 * "lane-folded" (lane key, whether it is folded now) by the person.
 * A card that was moved stays where it is until the owner puts it. Where a
 * function takes the key of a lane, it may be %NULL without lanes.
 */
GtkWidget *cpt_board_new             (void);
/* Takes all columns and lanes away */
void       cpt_board_clear           (CptBoard *self,
                                      gboolean  has_lanes);
/* Before its columns. @colour: (nullable): palette name; @takes: whether cards can
 * be put into it */
void       cpt_board_add_lane        (CptBoard   *self,
                                      const char *key,
                                      const char *title,
                                      const char *colour,
                                      gboolean    takes);
/* @colour: (nullable): palette name */
void       cpt_board_add_column      (CptBoard            *self,
                                      const char          *key,
                                      const char          *title,
                                      const char          *colour,
                                      CptBoardColumnFlags  flags);
guint      cpt_board_get_n_columns   (CptBoard *self);
/* Whether column number @position has that key and is called that */
gboolean   cpt_board_is_column       (CptBoard   *self,
                                      guint       position,
                                      const char *key,
                                      const char *title,
                                      const char *colour);
/* 0 without lanes */
guint      cpt_board_get_n_lanes     (CptBoard *self);
gboolean   cpt_board_is_lane         (CptBoard   *self,
                                      guint       position,
                                      const char *key,
                                      const char *title,
                                      const char *colour);
/* @summary: (nullable): sum and count below the title; @is_over: it holds more
 * than it should */
void       cpt_board_set_summary     (CptBoard   *self,
                                      const char *key,
                                      const char *summary,
                                      gboolean    is_over);
void       cpt_board_set_lane_summary (CptBoard   *self,
                                       const char *lane,
                                       const char *summary);
/* Whether the cards of the lane are folded away; at first they are not */
void       cpt_board_set_lane_folded (CptBoard   *self,
                                      const char *lane,
                                      gboolean    folded);
/* @n_more: cards that are not shown */
void       cpt_board_set_more        (CptBoard   *self,
                                      const char *key,
                                      const char *lane,
                                      guint64     n_more);
/* Of the card that is held: why it can't go into the column yet; until it is let go */
void       cpt_board_set_note        (CptBoard   *self,
                                      const char *key,
                                      const char *note);
void       cpt_board_set_lane_note   (CptBoard   *self,
                                      const char *lane,
                                      const char *note);
/* (nullable): the card that is held */
const CptBoardCard *cpt_board_get_lifted (CptBoard *self);
/* Shows @cards (taken) (element-type CptBoardCard), and no others, in a column.
 * Cards that are there in that order stay as they are. */
void       cpt_board_set_cards       (CptBoard   *self,
                                      const char *key,
                                      const char *lane,
                                      GPtrArray  *cards);
/* Puts @card (taken) at the top of its column; a card with that identifier that
 * is there is replaced and moved. */
void       cpt_board_put_card        (CptBoard     *self,
                                      CptBoardCard *card);
void       cpt_board_remove_card     (CptBoard      *self,
                                      const CptUuid *id);
guint      cpt_board_get_n_cards     (CptBoard   *self,
                                      const char *key,
                                      const char *lane);
/* (nullable): as it is shown */
const CptBoardCard *cpt_board_find_card (CptBoard      *self,
                                         const CptUuid *id);
/* (nullable): the card with the keyboard, if it is a card */
const CptBoardCard *cpt_board_get_focused (CptBoard *self);
/* Gives a card the keyboard; FALSE when it is not there */
gboolean   cpt_board_focus_card      (CptBoard      *self,
                                      const CptUuid *id);
void       cpt_board_set_editable    (CptBoard *self,
                                      gboolean  editable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptBoardCard, cpt_board_card_free)

G_END_DECLS
