/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CPT_GRID_COLUMNS  12
/* Larger numbers in a stored layout are cut down to these */
#define CPT_GRID_MAX_ROWS 100
#define CPT_GRID_MAX_Y    100000

typedef struct
{
  int x;
  int y;
  int w;
  int h;
} CptGridRect;

/**
 * CptGridItem:
 * @rect: in cells; x and w in columns, y and h in rows
 * @min_w: smallest width; 0 is 1. Likewise @min_h
 * @max_w: largest width; 0: no limit. Likewise @max_h
 * @pinned: stays where it is; the others flow around it
 */
typedef struct
{
  CptGridRect rect;
  int         min_w;
  int         min_h;
  int         max_w;
  int         max_h;
  gboolean    pinned;
} CptGridItem;

/**
 * cpt_grid_place:
 * @start: the layout when the drag started
 * @n_items: how many
 * @item: the one that is dragged or resized
 * @wanted: where and how large; any numbers, they are brought into bounds
 * @result: (out caller-allocates): rectangles, as many as @start; may not overlap @start
 *
 * Where everything goes when @item is put at @wanted: what it hits is pushed
 * down, gaps close upward. A pure function of the layout at the start of the
 * drag, so going back restores exactly. O(n log n).
 */
void     cpt_grid_place     (const CptGridItem *start,
                             guint              n_items,
                             guint              item,
                             const CptGridRect *wanted,
                             CptGridRect       *result);

/* Brings any rectangles into a layout without overlaps and gaps, in place:
 * repair of stored layouts, and closing up after a removal. @columns is the
 * width of the grid. */
void     cpt_grid_compact   (CptGridItem *items,
                             guint        n_items,
                             int          columns);

/* The layout of a narrower grid (6 or 1 columns): reading order is kept.
 * @result as for cpt_grid_place(). */
void     cpt_grid_derive    (const CptGridItem *items,
                             guint              n_items,
                             int                columns,
                             CptGridRect       *result);

/* The first free place for @w times @h cells, from the top */
void     cpt_grid_find_room (const CptGridItem *items,
                             guint              n_items,
                             int                w,
                             int                h,
                             CptGridRect       *result);

/* Rows in use */
int      cpt_grid_get_height (const CptGridItem *items,
                              guint              n_items);

G_END_DECLS
