/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-board.h"
#include "cpt-query.h"

G_BEGIN_DECLS

#define CPT_BOARD_PAGE 50

/**
 * CptBoardStage:
 * @id: of the stage
 * @title: its name
 * @colour: (nullable): palette name
 * @summary: count and sum, for people
 * @count: deals in it
 * @cards: (element-type CptBoardCard): the ones changed last
 *
 * A column of the board.
 */
typedef struct
{
  CptUuid    id;
  char      *title;
  char      *colour;
  char      *summary;
  guint64    count;
  GPtrArray *cards;
} CptBoardStage;

typedef struct
{
  CptUuid  id;
  char    *title;
} CptBoardPipeline;

/**
 * CptBoardData:
 *
 * Everything on the board, read in one go on a reading thread.
 */
typedef struct
{
  GPtrArray *pipelines; /* CptBoardPipeline, in their order */
  CptUuid    pipeline; /* the one that is shown */
  GPtrArray *stages; /* CptBoardStage, in their order */
} CptBoardData;

/* @pipeline nil: the first. @limits: (nullable): hash of CptUuid of a stage to
 * how many cards of it (GUINT_TO_POINTER); CPT_BOARD_PAGE otherwise */
CptBoardData *cpt_board_data_read        (CptDatabase    *database,
                                          const CptUuid  *pipeline,
                                          GHashTable     *limits,
                                          GError        **error);
void          cpt_board_data_free        (CptBoardData *self);
/* The cards of some rows, whatever stage they are in; rows that are gone are
 * left out. (element-type CptBoardCard) */
GPtrArray    *cpt_board_data_read_cards  (CptDatabase   *database,
                                          const gint64  *rows,
                                          guint          n_rows,
                                          GError       **error);
/* The stages of @pipeline with their summaries, without cards */
CptBoardData *cpt_board_data_read_totals (CptDatabase    *database,
                                          const CptUuid  *pipeline,
                                          GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptBoardData, cpt_board_data_free)

G_END_DECLS
