/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CptRowEdit:
 * @position: where
 * @removed: how many rows go
 * @added: how many rows come
 * @target: CPT_ROW_EDIT_NO_TARGET, or the position that the row at @position
 *   moves to
 *
 * One step from an order of rows to another; steps are taken one after the other.
 */
typedef struct
{
  guint position;
  guint removed;
  guint added;
  guint target;
} CptRowEdit;

#define CPT_ROW_EDIT_NO_TARGET G_MAXUINT

/* (element-type gint64) to (element-type CptRowEdit). Rows that keep their
 * order are not touched; one that moved goes and comes again. In linear time;
 * orders too different are replaced in one edit. */
GArray *cpt_row_edit_diff   (GArray *before,
                             GArray *after);
/* Index of @row, or -1 */
gint64  cpt_row_edit_find   (GArray *rows,
                             gint64  row);
/* In a vector that only this thread sees: @row goes to @position (among the
 * others), or away when that is -1; appends the edit */
void    cpt_row_edit_place  (GArray *rows,
                             GArray *edits,
                             gint64  row,
                             gint64  from,
                             gint64  position);

G_END_DECLS
