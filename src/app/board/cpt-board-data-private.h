/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-aggregate.h"
#include "cpt-board-limits.h"
#include "cpt-board-spec.h"
#include "cpt-board.h"

G_BEGIN_DECLS

#define CPT_BOARD_PAGE 50
/* Of a column in one of several lanes */
#define CPT_BOARD_LANE_PAGE 10
#define CPT_BOARD_MAX_LANES 30
/* Of columns for the records that a link leads to; more is a list */
#define CPT_BOARD_MAX_COLUMNS 60

typedef struct
{
  char   currency[4]; /* empty for what is no money */
  gint64 sum;
} CptBoardSum;

/**
 * CptBoardColumnData:
 * @key: a choice, an identifier as text, or "" for records without one
 * @title: for people
 * @colour: (nullable): palette name
 * @sums: (element-type CptBoardSum): of the figure that matters, by currency
 * @summary: count and sums, for people
 * @count: records in it
 * @limit: how many it should hold at most; 0: any number
 * @cards: (nullable) (element-type CptBoardCard): the ones changed last; NULL when only totals are read
 *
 * A column of the board.
 */
typedef struct
{
  char      *key;
  char      *title;
  char      *colour;
  GArray    *sums;
  char      *summary;
  guint64    count;
  guint      limit;
  GPtrArray *cards;
} CptBoardColumnData;

/**
 * CptBoardLaneData:
 * @total: what is in the lane, as in a column
 * @cells: (element-type CptBoardColumnData): for each column what of it is in the
 *   lane, with cards
 *
 * A lane of the board.
 */
typedef struct
{
  CptBoardColumnData *total;
  GPtrArray          *cells;
} CptBoardLaneData;

typedef struct
{
  CptUuid  id;
  char    *title;
} CptBoardScope;

/**
 * CptBoardData:
 * @scopes: (element-type CptBoardScope): the parts that there are, in their order; empty for most boards
 * @scope: the one that is shown
 * @others: (element-type CptUuid): the ones that are not
 * @columns: (element-type CptBoardColumnData): from left to right
 * @lanes: (element-type CptBoardLaneData): from top to bottom; empty for a board
 *   without lanes. With lanes the cards are in them, not in @columns
 * @count: records on the board
 * @n_left_out: columns beyond CPT_BOARD_MAX_COLUMNS
 * @left_out_lanes: set of keys: lanes beyond CPT_BOARD_MAX_LANES
 * @limits: how much the columns should hold
 * @elsewhere: set of keys: columns of other scopes
 * @changed: (nullable) (element-type CptBoardCard): of cpt_board_data_read_changed()
 *
 * Everything on the board, read in one go on a reading thread.
 */
typedef struct
{
  GPtrArray  *scopes;
  CptUuid     scope;
  GPtrArray  *others;
  GPtrArray  *columns;
  GPtrArray  *lanes;
  guint64     count;
  guint       n_left_out;
  GHashTable *left_out_lanes;
  CptBoardLimits *limits;
  GHashTable *elsewhere;
  GPtrArray  *changed;
} CptBoardData;

/* @limits: (nullable): how many cards (GUINT_TO_POINTER) of the column with
 * that key, or of the one in a lane; CPT_BOARD_PAGE or CPT_BOARD_LANE_PAGE
 * otherwise */
CptBoardData *cpt_board_data_read         (CptDatabase         *database,
                                           const CptBoardSpec  *spec,
                                           GHashTable          *limits,
                                           GError             **error);
/* The columns without their cards, and the cards of some rows. Rows that are
 * gone or don't belong to the board (any more) are left out. */
CptBoardData *cpt_board_data_read_changed (CptDatabase         *database,
                                           const CptBoardSpec  *spec,
                                           const gint64        *rows,
                                           guint                n_rows,
                                           GError             **error);
/* The records on the board, for export */
CptQuery     *cpt_board_data_create_query (const CptBoardData  *self,
                                           const CptBoardSpec  *spec,
                                           GError             **error);
void          cpt_board_data_free         (CptBoardData *self);

/* Columns, also those of lanes */

CptBoardColumnData *cpt_board_column_data_new    (const char *key,
                                                  const char *title,
                                                  const char *colour);
void                cpt_board_column_data_free   (CptBoardColumnData *self);
/* @sum (nullable) */
void                cpt_board_column_data_add    (CptBoardColumnData *self,
                                                  const CptMeasure   *count,
                                                  const CptMeasure   *sum);
/* Puts what was added into words */
void                cpt_board_column_data_finish (CptBoardColumnData *self,
                                                  const CptBoardSpec *spec,
                                                  GTimeZone          *zone);
/* Reads the newest cards of @column; of @lane (nullable) alone when it is given */
gboolean            cpt_board_column_data_read   (CptBoardColumnData  *self,
                                                  CptDatabase         *database,
                                                  const CptBoardSpec  *spec,
                                                  const CptBoardData  *data,
                                                  const char          *lane,
                                                  guint                limit,
                                                  GError             **error);
/* All records of @entity in its order: titles and the values of @fields
 * (NULL-terminated) */
CptPage            *cpt_board_data_load_all      (CptDatabase         *database,
                                                  const CptBoardSpec  *spec,
                                                  const CptEntity     *entity,
                                                  const char *const   *fields,
                                                  GError             **error);
/* Under which the limit of a column in a lane is given */
char               *cpt_board_dup_cell_key       (const char *column,
                                                  const char *lane);

/* Lanes: cpt-board-lanes.c */

/* Those that there are whether or not they hold cards */
gboolean            cpt_board_lanes_read         (CptBoardData        *data,
                                                  CptDatabase         *database,
                                                  const CptBoardSpec  *spec,
                                                  GError             **error);
/* Counts records of @column whose lane is @key */
void                cpt_board_lanes_add          (CptBoardData             *data,
                                                  CptDatabase              *database,
                                                  const CptBoardSpec       *spec,
                                                  const CptBoardColumnData *column,
                                                  const CptValue           *key,
                                                  const CptMeasure         *count,
                                                  const CptMeasure         *sum);
/* When all is counted */
void                cpt_board_lanes_finish       (CptBoardData       *data,
                                                  const CptBoardSpec *spec,
                                                  GTimeZone          *zone);
gboolean            cpt_board_lanes_read_cards   (CptBoardData        *data,
                                                  CptDatabase         *database,
                                                  const CptBoardSpec  *spec,
                                                  GHashTable          *limits,
                                                  GError             **error);
/* (nullable): the lane with that key */
CptBoardLaneData   *cpt_board_data_find_lane     (const CptBoardData *self,
                                                  const char         *key);
void                cpt_board_lane_data_free     (CptBoardLaneData *self);

/* Cards: cpt-board-cards.c */

/* (element-type CptBoardCard): of @rows, each with the key of its value, which
 * needs not be one of a column of @data; @data (nullable) puts those without a
 * column where they belong and leaves out the others */
GPtrArray    *cpt_board_cards_read        (CptDatabase         *database,
                                           const CptBoardSpec  *spec,
                                           const CptBoardData  *data,
                                           const gint64        *rows,
                                           guint                n_rows,
                                           GError             **error);
/* More than it should hold */
gboolean      cpt_board_column_data_is_over (const CptBoardColumnData *self);
/* (transfer full): the key of the column where @value belongs */
char         *cpt_board_dup_key           (const CptValue      *value);
/* (nullable): the column with that key */
CptBoardColumnData *cpt_board_data_find_column (const CptBoardData *self,
                                                const char         *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptBoardData, cpt_board_data_free)

G_END_DECLS
