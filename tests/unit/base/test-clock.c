/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cpt-clock.h"

static void
test_system_clock_follows_the_machine (void)
{
  CptClock *clock = cpt_clock_new_system ();
  gint64 before = g_get_real_time ();
  gint64 now = cpt_clock_get_now (clock);

  g_assert_cmpint (now, >=, before);
  g_assert_cmpint (now, <=, g_get_real_time ());
  g_assert_finalize_object (clock);
}

static void
test_virtual_clock_stands_still (void)
{
  CptClock *clock = cpt_clock_new_virtual (42);

  g_assert_cmpint (cpt_clock_get_now (clock), ==, 42);
  g_usleep (1000);
  g_assert_cmpint (cpt_clock_get_now (clock), ==, 42);
  cpt_clock_set_now (clock, -7);
  g_assert_cmpint (cpt_clock_get_now (clock), ==, -7);
  g_assert_finalize_object (clock);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clock/system-clock-follows-the-machine", test_system_clock_follows_the_machine);
  g_test_add_func ("/clock/virtual-clock-stands-still", test_virtual_clock_stands_still);

  return g_test_run ();
}
