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
 * @column: in which column it stands
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
  CptUuid  column;
  char    *title;
  char    *subtitle;
  char    *figure;
  char    *detail;
} CptBoardCard;

void       cpt_board_card_free       (CptBoardCard *self);

/**
 * CptBoard:
 *
 * Columns of cards. A card is dragged to another column, or moved there with
 * Ctrl+Left and Ctrl+Right. Emits "card-moved" (card identifier, column
 * identifier), "card-activated" (card identifier), "more" (column identifier)
 * and "new-card" (column identifier), all as text. A card that was moved stays
 * where it is until the owner puts it.
 */
GtkWidget *cpt_board_new             (void);
void       cpt_board_clear           (CptBoard *self);
/* @colour: (nullable): palette name */
void       cpt_board_add_column      (CptBoard      *self,
                                      const CptUuid *id,
                                      const char    *title,
                                      const char    *colour);
gboolean   cpt_board_has_column      (CptBoard      *self,
                                      const CptUuid *id);
/* @summary: (nullable): sum and count below the title; @n_more: cards that are not shown */
void       cpt_board_set_summary     (CptBoard      *self,
                                      const CptUuid *column,
                                      const char    *summary,
                                      guint64        n_more);
/* Puts @card (taken) at the top of its column, or at its end; a card with that
 * identifier that is there is replaced and moved. */
void       cpt_board_put_card        (CptBoard     *self,
                                      CptBoardCard *card,
                                      gboolean      at_top);
void       cpt_board_remove_card     (CptBoard      *self,
                                      const CptUuid *id);
guint      cpt_board_get_n_cards     (CptBoard      *self,
                                      const CptUuid *column);
void       cpt_board_set_editable    (CptBoard *self,
                                      gboolean  editable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptBoardCard, cpt_board_card_free)

G_END_DECLS
