/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is unusual is found, and nothing else is. */

#include "config.h"

#include "cpt-anomaly.h"

#include <string.h>

static CptTimeSeries *
create_months (guint n)
{
  return cpt_time_series_new (CPT_BUCKET_MONTH, cpt_date_from_ymd (2020, 1, 1), NULL, n);
}

static void
assert_signs (const CptTimeSeries *series,
              const char          *wanted)
{
  g_autofree int *signs = g_new (int, series->n_values + 1);
  g_autoptr(GString) found = g_string_new (NULL);

  cpt_anomaly_find (series, signs);
  for (guint i = 0; i < series->n_values; i++)
    if (signs[i] != 0)
      g_string_append_printf (found, "%s%u%c", found->len > 0 ? " " : "", i, signs[i] > 0 ? '+' : '-');
  g_assert_cmpstr (found->str, ==, wanted);
}

/* Straight lines, waves of a year and the same number for ever are nothing unusual. */
static void
test_nothing (void)
{
  g_autoptr(CptTimeSeries) series = create_months (60);

  assert_signs (series, "");
  for (guint i = 0; i < 60; i++)
    series->values[i] = 5;
  assert_signs (series, "");
  for (guint i = 0; i < 60; i++)
    series->values[i] = 3e6 + 1e5 * i;
  assert_signs (series, "");
  for (guint i = 0; i < 60; i++)
    series->values[i] = 100 + i + 30 * sin (i * G_PI / 6);
  assert_signs (series, "");
}

static void
test_spikes (void)
{
  static const double around[] = { 2, -1, 0, -2, 1 };
  g_autoptr(CptTimeSeries) series = create_months (40);

  for (guint i = 0; i < 40; i++)
    series->values[i] = 100 + 2.0 * i + around[i % 5];
  series->values[17] += 40;
  series->values[39] -= 30;
  assert_signs (series, "17+ 39-");

  /* A gap moves nothing. */
  series->values[18] = NAN;
  series->values[3] = NAN;
  assert_signs (series, "17+ 39-");

  for (guint i = 0; i < 40; i++)
    series->values[i] = 8;
  series->values[20] = 9;
  assert_signs (series, "20+");
  series->values[20] = 1e300;
  assert_signs (series, "20+");
  series->values[20] = -1.7e308;
  series->values[21] = 1.7e308;
  assert_signs (series, "20- 21+");
}

/* Every December is high: the one that is not stands out. */
static void
test_months (void)
{
  static const double around[] = { 2, -1, 0, -2, 1 };
  g_autoptr(CptTimeSeries) series = create_months (72);

  for (guint i = 0; i < 72; i++)
    series->values[i] = 100 + around[i % 5] + (i % 12 == 11 ? 80 : 0);
  assert_signs (series, "");
  series->values[47] = 100;
  assert_signs (series, "47-");
}

/* What happens more often than one time in ten is no exception. */
static void
test_common (void)
{
  g_autoptr(CptTimeSeries) series = create_months (40);

  for (guint i = 0; i < 40; i++)
    series->values[i] = i % 5 == 0 ? 50 : 0;
  assert_signs (series, "");
}

static void
test_short_and_long (void)
{
  g_autoptr(CptTimeSeries) series = create_months (11);
  g_autoptr(CptTimeSeries) weeks = cpt_time_series_new (CPT_BUCKET_WEEK, -300000, NULL, 3000);
  g_autoptr(CptTimeSeries) nothing = create_months (0);

  for (guint i = 0; i < 11; i++)
    series->values[i] = i == 5 ? 1000 : 1;
  assert_signs (series, "");
  assert_signs (nothing, "");

  for (guint i = 0; i < 3000; i++)
    weeks->values[i] = 10 + i % 7;
  weeks->values[100] = 1000;
  weeks->values[2500] = 1000;
  assert_signs (weeks, "2500+");
}

/* Marks stay when all values are multiplied and moved. */
static void
test_moves_along (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (3);

  for (guint round = 0; round < 50; round++)
    {
      g_autoptr(CptTimeSeries) series = create_months (48);
      g_autofree int *signs = g_new (int, 48);
      g_autofree int *others = g_new (int, 48);
      double factor = g_rand_double_range (random, 0.1, 100);

      for (guint i = 0; i < 48; i++)
        series->values[i] = g_rand_double_range (random, 90, 110) + (g_rand_int_range (random, 0, 20) == 0 ? 100 : 0);
      cpt_anomaly_find (series, signs);
      for (guint i = 0; i < 48; i++)
        series->values[i] = series->values[i] * factor + 1000;
      cpt_anomaly_find (series, others);
      g_assert_cmpmem (signs, 48 * sizeof (int), others, 48 * sizeof (int));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/anomaly/is-not-what-is-regular", test_nothing);
  g_test_add_func ("/anomaly/is-what-stands-out", test_spikes);
  g_test_add_func ("/anomaly/knows-the-months", test_months);
  g_test_add_func ("/anomaly/is-rare", test_common);
  g_test_add_func ("/anomaly/stands-any-length", test_short_and_long);
  g_test_add_func ("/anomaly/moves-along-with-its-series", test_moves_along);

  return g_test_run ();
}
