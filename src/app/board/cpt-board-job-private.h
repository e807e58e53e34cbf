/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-board-data-private.h"

G_BEGIN_DECLS

/* What a board asks of a reading thread: the whole of it, or some cards. */

typedef struct _CptBoardJob CptBoardJob;

/**
 * CptBoardResult:
 * @board: what was read
 * @query: of the records that are on it
 * @ids: (element-type CptUuid): as given to the job
 */
typedef struct
{
  CptBoardData *board;
  CptQuery     *query;
  GArray       *ids;
} CptBoardResult;

/* Copies @spec and @limits: see cpt_board_data_read(). @rows and their @ids
 * (nullable): only these, when there are any; referenced */
CptBoardJob *cpt_board_job_new     (const CptBoardSpec *spec,
                                    GHashTable         *limits,
                                    GArray             *rows,
                                    GArray             *ids);
void         cpt_board_job_free    (gpointer job);
/* A #CptStoreFunc; gives a CptBoardResult */
gpointer     cpt_board_job_run     (CptDatabase   *database,
                                    gpointer       job,
                                    GCancellable  *cancellable,
                                    GError       **error);
void         cpt_board_result_free (CptBoardResult *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptBoardResult, cpt_board_result_free)

G_END_DECLS
