/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-board-limits.h"
#include "cpt-window.h"

G_BEGIN_DECLS

/**
 * cpt_board_limits_dialog_show:
 * @window: over which it is shown
 * @spec: which board; copied
 * @keys: of its columns, from left to right
 * @titles: theirs
 * @limits: those that there are; copied
 *
 * Asks how many records each column should hold, and stores it in one
 * transaction.
 */
void cpt_board_limits_dialog_show (CptWindow            *window,
                                   const CptBoardSpec   *spec,
                                   const char *const    *keys,
                                   const char *const    *titles,
                                   const CptBoardLimits *limits);

G_END_DECLS
