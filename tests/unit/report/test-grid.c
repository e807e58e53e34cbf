/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The grid of a dashboard: single moves, and what must hold for any layout. */
#include "config.h"

#include "cpt-grid.h"

#define N_LAYOUTS 20000
#define MAX_ITEMS 24

static gboolean
overlap (const CptGridRect *a,
         const CptGridRect *b)
{
  return a->x < b->x + b->w && b->x < a->x + a->w && a->y < b->y + b->h && b->y < a->y + a->h;
}

static gboolean
is_equal (const CptGridRect *a,
          const CptGridRect *b)
{
  return a->x == b->x && a->y == b->y && a->w == b->w && a->h == b->h;
}

static void
assert_rect (const CptGridRect *rect,
             int                x,
             int                y,
             int                w,
             int                h)
{
  g_assert_cmpint (rect->x, ==, x);
  g_assert_cmpint (rect->y, ==, y);
  g_assert_cmpint (rect->w, ==, w);
  g_assert_cmpint (rect->h, ==, h);
}

static void
assert_valid (const CptGridItem *items,
              const CptGridRect *rects,
              guint              n,
              int                columns)
{
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpint (rects[i].x, >=, 0);
      g_assert_cmpint (rects[i].y, >=, 0);
      g_assert_cmpint (rects[i].w, >=, columns == CPT_GRID_COLUMNS ? MAX (items[i].min_w, 1) : 1);
      g_assert_cmpint (rects[i].h, >=, MAX (items[i].min_h, 1));
      g_assert_cmpint (rects[i].x + rects[i].w, <=, columns);
      if (items[i].max_h > 0)
        g_assert_cmpint (rects[i].h, <=, items[i].max_h);
      for (guint j = 0; j < i; j++)
        g_assert_false (overlap (&rects[i], &rects[j]));
    }
}

/* No item that may move has room above it */
static void
assert_compact (const CptGridItem *items,
                const CptGridRect *rects,
                guint              n)
{
  for (guint i = 0; i < n; i++)
    {
      CptGridRect above = rects[i];
      gboolean held = above.y == 0 || items[i].pinned;

      above.y--;
      for (guint j = 0; j < n && !held; j++)
        held = j != i && overlap (&above, &rects[j]);
      g_assert_true (held);
    }
}

static guint
create_layout (GRand       *rand,
               CptGridItem *items,
               gboolean     with_pinned)
{
  guint n = (guint) g_rand_int_range (rand, 1, MAX_ITEMS + 1);

  for (guint i = 0; i < n; i++)
    {
      CptGridItem *item = &items[i];

      *item = (CptGridItem){ 0 };
      item->min_w = g_rand_int_range (rand, 0, 4);
      item->min_h = g_rand_int_range (rand, 0, 3);
      item->max_h = g_rand_int_range (rand, 0, 4) == 0 ? 4 : 0;
      item->rect.x = g_rand_int_range (rand, -3, 14);
      item->rect.y = g_rand_int_range (rand, -3, 20);
      item->rect.w = g_rand_int_range (rand, -1, 14);
      item->rect.h = g_rand_int_range (rand, -1, 6);
      item->pinned = with_pinned && g_rand_int_range (rand, 0, 6) == 0;
    }
  cpt_grid_compact (items, n, CPT_GRID_COLUMNS);

  return n;
}

static void
test_any_layout_keeps_its_promises (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (42);

  for (guint round = 0; round < N_LAYOUTS; round++)
    {
      CptGridItem items[MAX_ITEMS], again[MAX_ITEMS], moved[MAX_ITEMS];
      CptGridRect result[MAX_ITEMS], rects[MAX_ITEMS];
      guint n = create_layout (rand, items, round % 3 == 0);
      guint item = (guint) g_rand_int_range (rand, 0, (int) n);
      CptGridRect wanted = { g_rand_int_range (rand, -2, 14), g_rand_int_range (rand, -2, 30),
                             g_rand_int_range (rand, 0, 14), g_rand_int_range (rand, 0, 8) };

      for (guint i = 0; i < n; i++)
        rects[i] = items[i].rect;
      assert_valid (items, rects, n, CPT_GRID_COLUMNS);
      assert_compact (items, rects, n);

      /* Once risen it stays */
      memcpy (again, items, sizeof items);
      cpt_grid_compact (again, n, CPT_GRID_COLUMNS);
      for (guint i = 0; i < n; i++)
        g_assert_true (is_equal (&again[i].rect, &items[i].rect));

      /* Where it was: nothing changes */
      cpt_grid_place (items, n, item, &items[item].rect, result);
      for (guint i = 0; i < n; i++)
        g_assert_true (is_equal (&result[i], &items[i].rect));

      cpt_grid_place (items, n, item, &wanted, result);
      assert_valid (items, result, n, CPT_GRID_COLUMNS);
      assert_compact (items, result, n);
      memcpy (moved, items, sizeof items);
      for (guint i = 0; i < n; i++)
        moved[i].rect = result[i];
      cpt_grid_compact (moved, n, CPT_GRID_COLUMNS);
      for (guint i = 0; i < n; i++)
        g_assert_true (is_equal (&moved[i].rect, &result[i]));

      for (int columns = 1; columns <= 6; columns += 5)
        {
          cpt_grid_derive (items, n, columns, result);
          assert_valid (items, result, n, columns);
        }
    }
}

static void
test_swaps_when_half_covered (void)
{
  const CptGridItem items[] = { { .rect = { 0, 0, 6, 2 } }, { .rect = { 0, 2, 6, 2 } } };
  CptGridRect result[2];

  cpt_grid_place (items, 2, 0, &(CptGridRect){ 0, 1, 6, 2 }, result);
  assert_rect (&result[0], 0, 0, 6, 2);
  cpt_grid_place (items, 2, 0, &(CptGridRect){ 0, 2, 6, 2 }, result);
  assert_rect (&result[0], 0, 2, 6, 2);
  assert_rect (&result[1], 0, 0, 6, 2);
  cpt_grid_place (items, 2, 1, &(CptGridRect){ 0, 0, 6, 2 }, result);
  assert_rect (&result[1], 0, 0, 6, 2);
  assert_rect (&result[0], 0, 2, 6, 2);
}

static void
test_growing_pushes_down (void)
{
  const CptGridItem items[] = {
    { .rect = { 0, 0, 6, 2 } },
    { .rect = { 6, 0, 6, 2 } },
    { .rect = { 0, 2, 12, 3 } },
  };
  CptGridRect result[3];

  cpt_grid_place (items, 3, 0, &(CptGridRect){ 0, 0, 8, 3 }, result);
  assert_rect (&result[0], 0, 0, 8, 3);
  assert_rect (&result[1], 6, 3, 6, 2);
  assert_rect (&result[2], 0, 5, 12, 3);
}

static void
test_flows_around_what_is_pinned (void)
{
  const CptGridItem items[] = {
    { .rect = { 0, 3, 12, 1 }, .pinned = TRUE },
    { .rect = { 0, 0, 6, 3 } },
    { .rect = { 6, 0, 6, 2 } },
  };
  CptGridRect result[3];

  cpt_grid_place (items, 3, 2, &(CptGridRect){ 6, 0, 6, 4 }, result);
  assert_rect (&result[0], 0, 3, 12, 1);
  assert_rect (&result[1], 0, 0, 6, 3);
  assert_rect (&result[2], 6, 4, 6, 4);
}

static void
test_repairs_what_can_not_be (void)
{
  CptGridItem items[] = {
    { .rect = { G_MININT, G_MININT, G_MININT, G_MININT } },
    { .rect = { G_MAXINT, G_MAXINT, G_MAXINT, G_MAXINT } },
    { .rect = { 5, 5, 100, 2 }, .min_w = 99, .max_w = -3, .pinned = TRUE },
    { .rect = { 5, 5, 100, 2 }, .pinned = TRUE },
  };
  CptGridRect rects[G_N_ELEMENTS (items)];

  cpt_grid_compact (items, G_N_ELEMENTS (items), CPT_GRID_COLUMNS);
  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    rects[i] = items[i].rect;
  items[2].min_w = 12;
  assert_valid (items, rects, G_N_ELEMENTS (items), CPT_GRID_COLUMNS);
  assert_rect (&rects[0], 0, 0, 1, 1);
  assert_rect (&rects[2], 0, 5, 12, 2);
  assert_rect (&rects[3], 0, 7, 12, 2);
  g_assert_cmpint (rects[1].h, ==, CPT_GRID_MAX_ROWS);
}

static void
test_derives_narrow_layouts_in_reading_order (void)
{
  const CptGridItem items[] = {
    { .rect = { 0, 0, 3, 2 } },
    { .rect = { 3, 0, 3, 2 } },
    { .rect = { 6, 0, 3, 2 } },
    { .rect = { 9, 0, 3, 2 } },
    { .rect = { 0, 2, 12, 4 } },
  };
  CptGridRect result[G_N_ELEMENTS (items)];

  cpt_grid_derive (items, G_N_ELEMENTS (items), 6, result);
  assert_rect (&result[0], 0, 0, 3, 2);
  assert_rect (&result[1], 3, 0, 3, 2);
  assert_rect (&result[2], 0, 2, 3, 2);
  assert_rect (&result[3], 3, 2, 3, 2);
  assert_rect (&result[4], 0, 4, 6, 4);
  cpt_grid_derive (items, G_N_ELEMENTS (items), 1, result);
  for (int i = 0; i < (int) G_N_ELEMENTS (items); i++)
    assert_rect (&result[i], 0, i * 2, 1, i == 4 ? 4 : 2);
}

static void
test_finds_the_first_room (void)
{
  const CptGridItem items[] = { { .rect = { 0, 0, 8, 2 } }, { .rect = { 0, 2, 12, 1 } } };
  CptGridRect result;

  cpt_grid_find_room (items, 2, 4, 2, &result);
  assert_rect (&result, 8, 0, 4, 2);
  cpt_grid_find_room (items, 2, 5, 2, &result);
  assert_rect (&result, 0, 3, 5, 2);
  g_assert_cmpint (cpt_grid_get_height (items, 2), ==, 3);
}

static void
test_passes_over_holes_that_are_too_small (void)
{
  /* Two free rows beside the second item, one to the right of the third */
  const CptGridItem items[] = { { .rect = { 0, 0, 12, 1 } }, { .rect = { 0, 1, 6, 2 } }, { .rect = { 0, 3, 11, 4 } } };
  CptGridRect result;

  cpt_grid_find_room (items, 3, 6, 2, &result);
  assert_rect (&result, 6, 1, 6, 2);
  cpt_grid_find_room (items, 3, 1, 6, &result);
  assert_rect (&result, 11, 1, 1, 6);
  cpt_grid_find_room (items, 3, 6, 3, &result);
  assert_rect (&result, 0, 7, 6, 3);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/grid/passes-over-holes-that-are-too-small", test_passes_over_holes_that_are_too_small);
  g_test_add_func ("/grid/any-layout-keeps-its-promises", test_any_layout_keeps_its_promises);
  g_test_add_func ("/grid/swaps-when-half-covered", test_swaps_when_half_covered);
  g_test_add_func ("/grid/growing-pushes-down", test_growing_pushes_down);
  g_test_add_func ("/grid/flows-around-what-is-pinned", test_flows_around_what_is_pinned);
  g_test_add_func ("/grid/repairs-what-can-not-be", test_repairs_what_can_not_be);
  g_test_add_func ("/grid/derives-narrow-layouts-in-reading-order", test_derives_narrow_layouts_in_reading_order);
  g_test_add_func ("/grid/finds-the-first-room", test_finds_the_first_room);

  return g_test_run ();
}
