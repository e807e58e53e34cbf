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
 */
typedef enum
{
  CPT_BOARD_COLUMN_PLAIN = 0,
  CPT_BOARD_COLUMN_TAKES = 1 << 0,
  CPT_BOARD_COLUMN_HAS_PAGE = 1 << 1,
} CptBoardColumnFlags;

/**
 * CptBoard:
 *
 * Columns of cards. A column has a key, which is a text. A card is dragged to
 * another column, or moved there with Ctrl+Left and Ctrl+Right. Emits
 * "card-moved" (card identifier, column key), "card-lifted" (card identifier) when
 * it begins to be dragged, "card-activated" (card identifier), "more" (column key), "new-card" (column key) and "edit-column"
 * (column key), all as text. A card that was moved stays where it is until the
 * owner puts it.
 */
GtkWidget *cpt_board_new             (void);
void       cpt_board_clear           (CptBoard *self);
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
/* @summary: (nullable): sum and count below the title; @n_more: cards that are
 * not shown; @is_over: it holds more than it should */
void       cpt_board_set_summary     (CptBoard   *self,
                                      const char *key,
                                      const char *summary,
                                      guint64     n_more,
                                      gboolean    is_over);
/* Of the card that is held: why it can't go into the column yet; until it is let go */
void       cpt_board_set_note        (CptBoard   *self,
                                      const char *key,
                                      const char *note);
/* (nullable): the card that is held */
const CptBoardCard *cpt_board_get_lifted (CptBoard *self);
/* Shows @cards (taken) (element-type CptBoardCard), and no others, in a column.
 * Cards that are there in that order stay as they are. */
void       cpt_board_set_cards       (CptBoard   *self,
                                      const char *key,
                                      GPtrArray  *cards);
/* Puts @card (taken) at the top of its column; a card with that identifier that
 * is there is replaced and moved. */
void       cpt_board_put_card        (CptBoard     *self,
                                      CptBoardCard *card);
void       cpt_board_remove_card     (CptBoard      *self,
                                      const CptUuid *id);
guint      cpt_board_get_n_cards     (CptBoard   *self,
                                      const char *key);
/* (nullable): the card with the keyboard, if it is a card */
const CptBoardCard *cpt_board_get_focused (CptBoard *self);
/* Gives a card the keyboard; FALSE when it is not there */
gboolean   cpt_board_focus_card      (CptBoard      *self,
                                      const CptUuid *id);
void       cpt_board_set_editable    (CptBoard *self,
                                      gboolean  editable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptBoardCard, cpt_board_card_free)

G_END_DECLS
