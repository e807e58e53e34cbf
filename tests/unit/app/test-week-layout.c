/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where blocks of a week stand, and where drags take them. */

#include "config.h"

#include "cpt-week-layout.h"

#include "cpt-date.h"

static CptWeekBlock
block (int day,
       int start,
       int length)
{
  return (CptWeekBlock){ .slot = { day, start, length }, .lane = -1, .n_lanes = -1 };
}

static void
assert_slot (CptWeekSlot slot,
             int         day,
             int         start,
             int         length)
{
  g_assert_cmpint (slot.day, ==, day);
  g_assert_cmpint (slot.start, ==, start);
  g_assert_cmpint (slot.length, ==, length);
}

static void
assert_lane (const CptWeekBlock *self,
             int                 lane,
             int                 n_lanes)
{
  g_assert_cmpint (self->lane, ==, lane);
  g_assert_cmpint (self->n_lanes, ==, n_lanes);
}

static void
test_alone_fills_day (void)
{
  CptWeekBlock blocks[] = { block (0, 540, 60), block (1, 540, 60), block (0, 600, 30) };

  cpt_week_layout (NULL, 0);
  cpt_week_layout (blocks, G_N_ELEMENTS (blocks));
  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
    assert_lane (&blocks[i], 0, 1);
}

static void
test_overlapping_side_by_side (void)
{
  /* 9-11, 9-10, 10-11: the third takes the place of the second */
  CptWeekBlock blocks[] = { block (2, 600, 60), block (2, 540, 120), block (2, 540, 60), block (2, 660, 60) };

  cpt_week_layout (blocks, G_N_ELEMENTS (blocks));
  assert_lane (&blocks[1], 0, 2);
  assert_lane (&blocks[2], 1, 2);
  assert_lane (&blocks[0], 1, 2);
  assert_lane (&blocks[3], 0, 1);
}

static void
test_chain_is_one_cluster (void)
{
  /* 9-10:30, 10-11:30, 11-12: the first and the last do not meet */
  CptWeekBlock blocks[] = { block (0, 540, 90), block (0, 600, 90), block (0, 660, 60) };

  cpt_week_layout (blocks, G_N_ELEMENTS (blocks));
  assert_lane (&blocks[0], 0, 2);
  assert_lane (&blocks[1], 1, 2);
  assert_lane (&blocks[2], 0, 2);
}

static void
test_short_ones_are_as_long_as_drawn (void)
{
  CptWeekBlock blocks[] = { block (0, 540, 5), block (0, 550, 5), block (0, 1435, 0), block (0, 1439, 600) };
  int from;
  int to;

  cpt_week_layout (blocks, G_N_ELEMENTS (blocks));
  assert_lane (&blocks[0], 0, 2);
  assert_lane (&blocks[1], 1, 2);
  assert_lane (&blocks[2], 0, 2);
  assert_lane (&blocks[3], 1, 2);
  cpt_week_slot_get_drawn (&blocks[3].slot, &from, &to);
  g_assert_cmpint (from, ==, CPT_WEEK_DAY_MINUTES - CPT_WEEK_LEAST_DRAWN);
  g_assert_cmpint (to, ==, CPT_WEEK_DAY_MINUTES);
}

/* Nothing covers anything, and no lane is out of range. */
static void
test_random_blocks_never_cover (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (3);

  for (int round = 0; round < 200; round++)
    {
      CptWeekBlock blocks[24];

      for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
        blocks[i] = block (g_rand_int_range (random, 0, 2), g_rand_int_range (random, 0, CPT_WEEK_DAY_MINUTES),
                           g_rand_int_range (random, 0, 300));
      cpt_week_layout (blocks, G_N_ELEMENTS (blocks));
      for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
        {
          int from;
          int to;

          g_assert_cmpint (blocks[i].lane, >=, 0);
          g_assert_cmpint (blocks[i].lane, <, blocks[i].n_lanes);
          cpt_week_slot_get_drawn (&blocks[i].slot, &from, &to);
          for (guint j = 0; j < i; j++)
            {
              int other_from;
              int other_to;

              cpt_week_slot_get_drawn (&blocks[j].slot, &other_from, &other_to);
              if (blocks[i].slot.day != blocks[j].slot.day || from >= other_to || other_from >= to)
                continue;
              g_assert_cmpint (blocks[i].lane, !=, blocks[j].lane);
              g_assert_cmpint (blocks[i].n_lanes, ==, blocks[j].n_lanes);
            }
        }
    }
}

static void
test_move_snaps_to_quarters (void)
{
  const CptWeekSlot origin = { 2, 550, 45 }; /* 9:10 */

  assert_slot (cpt_week_slot_move (&origin, 0, 0, 7), 2, 550, 45);
  assert_slot (cpt_week_slot_move (&origin, 1.4, 7, 7), 3, 550, 45);
  assert_slot (cpt_week_slot_move (&origin, -0.6, 20, 7), 1, 570, 45);
  assert_slot (cpt_week_slot_move (&origin, 0, CPT_WEEK_STEP, 7), 2, 570, 45);
  assert_slot (cpt_week_slot_move (&origin, 0, -CPT_WEEK_STEP, 7), 2, 540, 45);
}

static void
test_move_stays_in_sight (void)
{
  const CptWeekSlot origin = { 2, 540, 45 };

  assert_slot (cpt_week_slot_move (&origin, 99, 9999, 7), 6, CPT_WEEK_DAY_MINUTES - CPT_WEEK_STEP, 45);
  assert_slot (cpt_week_slot_move (&origin, -1e300, -1e300, 7), 0, 0, 45);
}

static void
test_resize_ends_on_quarters (void)
{
  const CptWeekSlot origin = { 0, 550, 45 };     /* 9:10-9:55 */
  const CptWeekSlot long_one = { 0, 1380, 240 }; /* 23:00-3:00 */

  assert_slot (cpt_week_slot_resize (&origin, 3), 0, 550, 45);
  assert_slot (cpt_week_slot_resize (&origin, 30), 0, 550, 80);
  assert_slot (cpt_week_slot_resize (&origin, -500), 0, 550, CPT_WEEK_STEP);
  assert_slot (cpt_week_slot_resize (&origin, 1e300), 0, 550, CPT_WEEK_DAY_MINUTES - 550);
  assert_slot (cpt_week_slot_resize (&long_one, 0), 0, 1380, 240);
  assert_slot (cpt_week_slot_resize (&long_one, 30), 0, 1380, 240);
  assert_slot (cpt_week_slot_resize (&long_one, -30), 0, 1380, 30);
}

static void
test_rest_is_after_midnight (void)
{
  const CptWeekSlot night = { -1, 1380, 180 }; /* 23:00-2:00 */
  const CptWeekSlot fair = { 0, 540, 2 * CPT_WEEK_DAY_MINUTES };
  const CptWeekSlot evening = { 0, 1380, 60 };
  CptWeekSlot rest;

  g_assert_true (cpt_week_slot_find_rest (&night, 1, &rest));
  assert_slot (rest, 0, 0, 120);
  g_assert_false (cpt_week_slot_find_rest (&night, 2, &rest));
  g_assert_true (cpt_week_slot_find_rest (&fair, 1, &rest));
  assert_slot (rest, 1, 0, CPT_WEEK_DAY_MINUTES);
  g_assert_true (cpt_week_slot_find_rest (&fair, 2, &rest));
  assert_slot (rest, 2, 0, 540);
  g_assert_false (cpt_week_slot_find_rest (&evening, 1, &rest));
}

static void
test_hours_follow_the_clock (void)
{
  g_autoptr(GTimeZone) paris = g_time_zone_new_identifier ("Europe/Paris");
  gint64 spring = cpt_date_from_ymd (2026, 3, 29);
  gint64 autumn = cpt_date_from_ymd (2026, 10, 25);

  g_assert_nonnull (paris);
  for (int minute = 0; minute < CPT_WEEK_DAY_MINUTES; minute += CPT_WEEK_STEP)
    {
      gint64 instant = cpt_week_get_instant (autumn, minute, paris);

      g_assert_cmpint (cpt_week_get_minute (instant, paris), ==, minute);
      g_assert_cmpint (cpt_instant_get_date (instant, paris), ==, autumn);
      if (minute < 120 || minute >= 180)
        g_assert_cmpint (cpt_week_get_minute (cpt_week_get_instant (spring, minute, paris), paris), ==, minute);
    }
  g_assert_cmpint (cpt_week_get_minute (cpt_week_get_instant (spring, 540, NULL), NULL), ==, 540);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/week/one-alone-fills-its-day", test_alone_fills_day);
  g_test_add_func ("/week/what-overlaps-stands-side-by-side", test_overlapping_side_by_side);
  g_test_add_func ("/week/a-chain-has-the-same-lanes", test_chain_is_one_cluster);
  g_test_add_func ("/week/short-ones-are-as-long-as-they-are-drawn", test_short_ones_are_as_long_as_drawn);
  g_test_add_func ("/week/nothing-covers-anything", test_random_blocks_never_cover);
  g_test_add_func ("/week/a-move-goes-to-a-quarter-of-an-hour", test_move_snaps_to_quarters);
  g_test_add_func ("/week/a-move-stays-in-sight", test_move_stays_in_sight);
  g_test_add_func ("/week/a-new-length-ends-on-a-quarter", test_resize_ends_on_quarters);
  g_test_add_func ("/week/what-goes-on-after-midnight-is-there-the-next-day", test_rest_is_after_midnight);
  g_test_add_func ("/week/hours-are-those-of-the-clock", test_hours_follow_the_clock);

  return g_test_run ();
}
