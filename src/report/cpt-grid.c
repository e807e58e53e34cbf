/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the widgets of a dashboard are.
 *
 * A layout is the result of letting items rise, in reading order, until they
 * meet an item above: each column has a tide, the lowest row that is free.
 * Pinned items do not rise; the others flow around them. Items that overlap in
 * columns never change their order by rising, so a layout that has risen stays
 * as it is.
 *
 * Dragging never changes a layout step by step. The dragged item is put into
 * the reading order of the layout that was there when the drag began, and all
 * rise again: a pure function, so that coming back restores. */
#include "config.h"
#include "cpt-grid.h"

/* An item under way, with its place in the caller's array */
typedef struct
{
  CptGridRect rect;
  guint index;
  gboolean pinned;
} Cell;

static CptGridRect
clamp_rect (const CptGridItem *item,
            const CptGridRect *wanted,
            int                columns)
{
  CptGridRect rect;
  int min_w = CLAMP (item->min_w, 1, columns);
  int max_w = item->max_w > 0 ? CLAMP (item->max_w, min_w, columns) : columns;
  int min_h = CLAMP (item->min_h, 1, CPT_GRID_MAX_ROWS);
  int max_h = item->max_h > 0 ? CLAMP (item->max_h, min_h, CPT_GRID_MAX_ROWS) : CPT_GRID_MAX_ROWS;

  rect.w = CLAMP (wanted->w, min_w, max_w);
  rect.h = CLAMP (wanted->h, min_h, max_h);
  rect.x = CLAMP (wanted->x, 0, columns - rect.w);
  rect.y = CLAMP (wanted->y, 0, CPT_GRID_MAX_Y);

  return rect;
}

static gboolean
columns_overlap (const CptGridRect *a,
                 const CptGridRect *b)
{
  return a->x < b->x + b->w && b->x < a->x + a->w;
}

static gboolean
rects_overlap (const CptGridRect *a,
               const CptGridRect *b)
{
  return columns_overlap (a, b) && a->y < b->y + b->h && b->y < a->y + a->h;
}

static int
compare_cells (gconstpointer a,
               gconstpointer b)
{
  const Cell *first = a;
  const Cell *second = b;

  if (first->rect.y != second->rect.y)
    return first->rect.y < second->rect.y ? -1 : 1;
  if (first->rect.x != second->rect.x)
    return first->rect.x < second->rect.x ? -1 : 1;

  return first->index < second->index ? -1 : first->index > second->index;
}

/* The first row at or below @rect's own where it meets no obstacle */
static void
sink_below (CptGridRect  *rect,
            const GArray *obstacles)
{
  gboolean moved = TRUE;

  while (moved)
    {
      moved = FALSE;
      for (guint i = 0; i < obstacles->len; i++)
        {
          const CptGridRect *obstacle = &g_array_index (obstacles, Cell, i).rect;

          if (!rects_overlap (rect, obstacle))
            continue;
          rect->y = obstacle->y + obstacle->h;
          moved = TRUE;
        }
    }
}

/* Pinned cells keep their place; of two that overlap the later one gives way */
static void
settle_pinned (const GArray *cells,
               GArray       *obstacles,
               CptGridRect  *result)
{
  for (guint i = 0; i < cells->len; i++)
    {
      Cell cell = g_array_index (cells, Cell, i);

      if (!cell.pinned)
        continue;
      sink_below (&cell.rect, obstacles);
      g_array_append_val (obstacles, cell);
      result[cell.index] = cell.rect;
    }
}

/* Lets all cells rise in their order */
static void
rise (const GArray *cells,
      int           columns,
      CptGridRect  *result)
{
  g_autoptr(GArray) obstacles = g_array_new (FALSE, FALSE, sizeof (Cell));
  int tide[CPT_GRID_COLUMNS] = { 0 };

  g_assert (columns >= 1 && columns <= CPT_GRID_COLUMNS);

  settle_pinned (cells, obstacles, result);
  for (guint i = 0; i < cells->len; i++)
    {
      Cell cell = g_array_index (cells, Cell, i);

      if (cell.pinned)
        continue;
      cell.rect.y = 0;
      for (int x = cell.rect.x; x < cell.rect.x + cell.rect.w; x++)
        cell.rect.y = MAX (cell.rect.y, tide[x]);
      sink_below (&cell.rect, obstacles);
      for (int x = cell.rect.x; x < cell.rect.x + cell.rect.w; x++)
        tide[x] = cell.rect.y + cell.rect.h;
      result[cell.index] = cell.rect;
    }
}

/* All cells but @without, in reading order */
static GArray *
create_cells (const CptGridItem *items,
              guint              n_items,
              guint              without,
              int                columns)
{
  GArray *cells = g_array_sized_new (FALSE, FALSE, sizeof (Cell), n_items);

  for (guint i = 0; i < n_items; i++)
    {
      Cell cell = { clamp_rect (&items[i], &items[i].rect, columns), i, items[i].pinned };

      if (i != without)
        g_array_append_val (cells, cell);
    }
  g_array_sort (cells, compare_cells);

  return cells;
}

/* Where the dragged cell stands in the order: behind the last one that stays
 * above it. Going down it passes what it covers by half; going up likewise. */
static guint
find_place (const GArray      *cells,
            const CptGridRect *rect,
            gboolean           goes_down)
{
  int edge = goes_down ? rect->y + rect->h : rect->y;
  guint place = 0;

  for (guint i = 0; i < cells->len; i++)
    {
      const CptGridRect *other = &g_array_index (cells, Cell, i).rect;

      if (columns_overlap (rect, other) && 2 * other->y + other->h < 2 * edge)
        place = i + 1;
    }

  return place;
}

void
cpt_grid_place (const CptGridItem *start,
                guint              n_items,
                guint              item,
                const CptGridRect *wanted,
                CptGridRect       *result)
{
  g_autoptr(GArray) cells = NULL;
  CptGridRect from;
  Cell dragged;
  guint place;

  g_return_if_fail (start != NULL);
  g_return_if_fail (item < n_items);
  g_return_if_fail (wanted != NULL);
  g_return_if_fail (result != NULL);

  cells = create_cells (start, n_items, item, CPT_GRID_COLUMNS);
  from = clamp_rect (&start[item], &start[item].rect, CPT_GRID_COLUMNS);
  dragged = (Cell){ clamp_rect (&start[item], wanted, CPT_GRID_COLUMNS), item, start[item].pinned };

  place = dragged.pinned ? 0 : find_place (cells, &dragged.rect, dragged.rect.y > from.y);
  g_array_insert_val (cells, place, dragged);
  rise (cells, CPT_GRID_COLUMNS, result);
}

void
cpt_grid_compact (CptGridItem *items,
                  guint        n_items,
                  int          columns)
{
  g_autoptr(GArray) cells = NULL;
  g_autofree CptGridRect *result = NULL;

  g_return_if_fail (n_items == 0 || items != NULL);
  g_return_if_fail (columns >= 1 && columns <= CPT_GRID_COLUMNS);

  cells = create_cells (items, n_items, G_MAXUINT, columns);
  result = g_new0 (CptGridRect, MAX (n_items, 1));
  rise (cells, columns, result);
  for (guint i = 0; i < n_items; i++)
    items[i].rect = result[i];
}

void
cpt_grid_derive (const CptGridItem *items,
                 guint              n_items,
                 int                columns,
                 CptGridRect       *result)
{
  g_autoptr(GArray) cells = NULL;
  int x = 0;

  g_return_if_fail (n_items == 0 || (items != NULL && result != NULL));
  g_return_if_fail (columns >= 1 && columns <= CPT_GRID_COLUMNS);

  cells = create_cells (items, n_items, G_MAXUINT, CPT_GRID_COLUMNS);
  for (guint i = 0; i < cells->len; i++)
    {
      Cell *cell = &g_array_index (cells, Cell, i);
      int width = (cell->rect.w * columns + CPT_GRID_COLUMNS - 1) / CPT_GRID_COLUMNS;

      if (columns == CPT_GRID_COLUMNS)
        continue;
      /* Half of a narrow grid is the least that can be read */
      cell->rect.w = CLAMP (width, (columns + 1) / 2, columns);
      if (x + cell->rect.w > columns)
        x = 0;
      cell->rect.x = x;
      cell->pinned = FALSE;
      x += cell->rect.w;
    }
  rise (cells, columns, result);
}

/* Where @rect ceases to meet the item that ends first of those that it meets; 0 when it meets none */
static int
find_end (const CptGridItem *items,
          guint              n_items,
          const CptGridRect *rect)
{
  int end = 0;

  for (guint i = 0; i < n_items; i++)
    {
      int bottom = items[i].rect.y + items[i].rect.h;

      if (rects_overlap (&items[i].rect, rect) && (end == 0 || bottom < end))
        end = bottom;
    }

  return end;
}

void
cpt_grid_find_room (const CptGridItem *items,
                    guint              n_items,
                    int                w,
                    int                h,
                    CptGridRect       *result)
{
  int y = 0;

  g_return_if_fail (n_items == 0 || items != NULL);
  g_return_if_fail (result != NULL);

  w = CLAMP (w, 1, CPT_GRID_COLUMNS);
  h = CLAMP (h, 1, CPT_GRID_MAX_ROWS);
  for (;;)
    {
      int next = G_MAXINT;

      for (int x = 0; x <= CPT_GRID_COLUMNS - w; x++)
        {
          int end;

          *result = (CptGridRect){ x, y, w, h };
          end = find_end (items, n_items, result);
          if (end == 0)
            return;
          next = MIN (next, end);
        }
      /* In no row before does any of these places become free */
      y = next;
    }
}

int
cpt_grid_get_height (const CptGridItem *items,
                     guint              n_items)
{
  int height = 0;

  g_return_val_if_fail (n_items == 0 || items != NULL, 0);

  for (guint i = 0; i < n_items; i++)
    height = MAX (height, items[i].rect.y + items[i].rect.h);

  return height;
}
