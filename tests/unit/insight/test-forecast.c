/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Regression, seasons and forecasts against values that were worked out by other
 * means: by hand, by the formulas of simple regression, from printed tables. */

#include "config.h"

#include "cpt-forecast.h"

#include <locale.h>
#include <string.h>

#include "cpt-distribution.h"
#include "cpt-error.h"
#include "cpt-least-squares.h"
#include "cpt-season.h"

#define NEAR(a, b) g_assert_cmpfloat_with_epsilon (a, b, 1e-6 * MAX (1, fabs ((double) (b))))

/* Months from January of @year */
static CptTimeSeries *
create_months (int           year,
               const double *values,
               guint         n)
{
  return cpt_time_series_new (CPT_BUCKET_MONTH, cpt_date_from_ymd (year, 1, 1), values, n);
}

static void
assert_refused (const CptTimeSeries *series,
                const char          *words)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptForecast) forecast = cpt_forecast_new (series, TRUE, NAN, &error);

  g_assert_null (forecast);
  g_assert_error (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” instead of “%s”", error->message, words);
}

/* The printed tables of t and F; I_½(2, 3) is 11/16. */
static void
test_distributions (void)
{
  NEAR (cpt_incomplete_beta (2, 3, 0.5), 0.6875);
  NEAR (cpt_incomplete_beta (1, 1, 0.3), 0.3);
  NEAR (cpt_incomplete_beta (3, 2, 1), 1);
  NEAR (cpt_incomplete_beta (3, 2, 0), 0);
  NEAR (cpt_student_quantile (0.975, 1), 12.706204736);
  NEAR (cpt_student_quantile (0.975, 10), 2.228138852);
  NEAR (cpt_student_quantile (0.025, 10), -2.228138852);
  NEAR (cpt_student_quantile (0.9, 32), 1.308572793);
  g_assert_cmpfloat_with_epsilon (cpt_fisher_tail (3.32583, 5, 10), 0.05, 1e-5);
  g_assert_cmpfloat_with_epsilon (cpt_fisher_tail (4.96460, 1, 10), 0.05, 1e-5);
  NEAR (cpt_fisher_tail (0, 3, 4), 1);
  NEAR (cpt_fisher_tail (INFINITY, 3, 4), 0);
}

/* Through (1, 1), (2, 2), (3, 2): 2/3 + x/2, the squares of what is left are 1/6. */
static void
test_least_squares (void)
{
  double matrix[] = { 1, 1, 1, 2, 1, 3 };
  double results[] = { 1, 2, 2 };
  double dependent[] = { 1, 2, 1, 2, 1, 2 };
  const double middle[] = { 1, 2 }, end[] = { 1, 3 };
  CptLeastSquares line;

  g_assert_true (cpt_least_squares_fit (&line, matrix, results, 3, 2));
  NEAR (line.terms[0], 2.0 / 3);
  NEAR (line.terms[1], 0.5);
  NEAR (line.squares, 1.0 / 6);
  NEAR (cpt_least_squares_evaluate (&line, end), 13.0 / 6);
  NEAR (cpt_least_squares_get_leverage (&line, middle), 1.0 / 3);
  NEAR (cpt_least_squares_get_leverage (&line, end), 1.0 / 3 + 1.0 / 2);

  g_assert_false (cpt_least_squares_fit (&line, dependent, results, 3, 2));
  g_assert_false (cpt_least_squares_fit (&line, matrix, results, 1, 2));
}

static void
test_roll (void)
{
  double values[26], means[26];
  g_autoptr(CptTimeSeries) series = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    values[i] = i + 1;
  values[1] = NAN;
  series = create_months (2024, values, G_N_ELEMENTS (values));
  cpt_time_series_roll (series, means);

  g_assert_true (isnan (means[10]));
  NEAR (means[11], (78.0 - 2) / 11);
  NEAR (means[12], (78.0 - 2 - 1 + 13) / 11);
  NEAR (means[13], (3 + 14) * 6 / 12.0);
  NEAR (means[25], (15 + 26) * 6 / 12.0);

  for (guint i = 0; i < 4; i++)
    series->values[20 - i] = NAN;
  cpt_time_series_roll (series, means);
  g_assert_true (isnan (means[22]));
}

/* 100 a month and 5 more each month; December is 40 above, August 30 below, June 10 below. */
static void
test_season (void)
{
  double values[30];
  g_autoptr(CptTimeSeries) series = NULL;
  g_autoptr(GError) error = NULL;
  CptSeason season;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    values[i] = 100 + 5.0 * i + (i % 12 == 11 ? 40 : 0) - (i % 12 == 7 ? 30 : 0) - (i % 12 == 5 ? 10 : 0);
  series = create_months (2024, values, G_N_ELEMENTS (values));

  g_assert_true (cpt_season_measure (series, &season, &error));
  g_assert_no_error (error);
  NEAR (season.slope, 60);
  NEAR (season.mean, 100 + 5 * 14.5);
  NEAR (season.differences[11], 40);
  NEAR (season.differences[7], -30);
  NEAR (season.differences[5], -10);
  NEAR (season.differences[0], 0);
  g_assert_cmpuint (season.order[0], ==, 11);
  g_assert_cmpuint (season.order[10], ==, 5);
  g_assert_cmpuint (season.order[11], ==, 7);
  g_assert_cmpfloat (season.probability, <, 1e-9);
}

static void
test_no_season (void)
{
  static const double around[] = { 2, -1, 0, -2, 1 };
  double values[60];
  CptSeason season;
  g_autoptr(CptTimeSeries) series = NULL;
  g_autoptr(CptTimeSeries) quarters = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    values[i] = 50 + around[i % 5];
  series = create_months (2020, values, G_N_ELEMENTS (values));
  g_assert_false (cpt_season_measure (series, &season, &error));
  g_assert_nonnull (strstr (error->message, "chance"));
  g_clear_error (&error);

  for (guint i = 3; i < G_N_ELEMENTS (values); i += 12)
    series->values[i] = NAN;
  g_assert_false (cpt_season_measure (series, &season, &error));
  g_assert_nonnull (strstr (error->message, "some month"));
  g_clear_error (&error);

  series->n_values = 20;
  g_assert_false (cpt_season_measure (series, &season, &error));
  g_assert_nonnull (strstr (error->message, "two years"));
  g_clear_error (&error);

  quarters = cpt_time_series_new (CPT_BUCKET_QUARTER, 0, values, 40);
  g_assert_false (cpt_season_measure (quarters, &season, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED);
}

/* A line with something around it; wanted values by the formulas of simple regression */
static void
test_line (void)
{
  static const double around[] = { 2, -1, 0, -2, 1 };
  double values[34];
  g_autoptr(CptTimeSeries) series = NULL;
  g_autoptr(CptForecast) forecast = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    values[i] = 100 + 3.0 * i + around[i % 5];
  series = create_months (2024, values, G_N_ELEMENTS (values));
  forecast = cpt_forecast_new (series, TRUE, NAN, &error);
  g_assert_no_error (error);

  g_assert_cmpint (forecast->year, ==, 2026);
  g_assert_cmpuint (forecast->n_values, ==, 2);
  g_assert_cmpint (forecast->start, ==, cpt_date_from_ymd (2026, 11, 1));
  NEAR (forecast->expected[0], 201.76470588235293);
  NEAR (forecast->low[0], 199.73556144529064);
  NEAR (forecast->high[0], 203.7938503194152);
  NEAR (forecast->expected[1], 204.75294117647059);
  NEAR (forecast->low[1], 202.71388229388012);
  NEAR (forecast->high[1], 206.79200005906105);
  NEAR (forecast->actual, 1855);
  NEAR (forecast->total, 2261.5176470588235);
  NEAR (forecast->total_low, 2258.481808710354);
  NEAR (forecast->total_high, 2264.553485407293);
  g_assert_cmpuint (forecast->n_checked, ==, 12);
  NEAR (forecast->error, 0.0064064260938834685);
  NEAR (forecast->total_error, 0.0007948493760432076);
  NEAR (forecast->coverage, 1);
}

/* What fits without a rest is told exactly: growth and seasons go on. */
static void
test_exact (void)
{
  double values[39];
  g_autoptr(CptTimeSeries) series = NULL;
  g_autoptr(CptForecast) forecast = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    values[i] = 1000 + 10.0 * i + 50.0 * ((i * 7) % 12);
  series = create_months (2023, values, G_N_ELEMENTS (values));
  forecast = cpt_forecast_new (series, FALSE, NAN, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (forecast->n_values, ==, 9);
  for (guint i = 0; i < 9; i++)
    NEAR (forecast->expected[i], 1000 + 10.0 * (39 + i) + 50.0 * (((39 + i) * 7) % 12));
  g_assert_true (isnan (forecast->total));
  g_assert_cmpfloat_with_epsilon (forecast->error, 0, 1e-9);
  NEAR (forecast->coverage, 1);
}

/* Of what runs, what is there already is the least that is expected. */
static void
test_running (void)
{
  double values[34];
  g_autoptr(CptTimeSeries) series = NULL;
  g_autoptr(CptForecast) forecast = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    values[i] = 100 + 3.0 * i;
  series = create_months (2024, values, G_N_ELEMENTS (values));
  forecast = cpt_forecast_new (series, TRUE, 500, NULL);
  NEAR (forecast->expected[0], 500);
  NEAR (forecast->low[0], 500);
  NEAR (forecast->expected[1], 205);
  NEAR (forecast->total, forecast->actual + 705);
  g_clear_pointer (&forecast, cpt_forecast_free);

  /* The mean of averages does not grow by what is there. */
  forecast = cpt_forecast_new (series, FALSE, 500, NULL);
  NEAR (forecast->expected[0], 202);
}

/* What never was below zero is not expected there. */
static void
test_floor (void)
{
  double values[36];
  g_autoptr(CptTimeSeries) series = NULL;
  g_autoptr(CptForecast) forecast = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    values[i] = 180 - 5.0 * i;
  series = create_months (2024, values, G_N_ELEMENTS (values));
  forecast = cpt_forecast_new (series, TRUE, NAN, NULL);
  g_assert_nonnull (forecast);
  g_assert_cmpint (forecast->year, ==, 2027);
  g_assert_cmpuint (forecast->n_values, ==, 12);
  NEAR (forecast->expected[11], 0);
  NEAR (forecast->actual, 0);
  g_assert_cmpfloat (forecast->total_low, >=, 0);
}

static void
test_weeks (void)
{
  double values[52 * 4];
  g_autoptr(CptTimeSeries) series = NULL;
  g_autoptr(CptForecast) forecast = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    values[i] = 200 + 0.5 * i + 40 * sin (2 * G_PI * i / 52.1775) + (i * 37) % 11;
  series = cpt_time_series_new (CPT_BUCKET_WEEK, cpt_date_from_ymd (2022, 9, 5), values, G_N_ELEMENTS (values));
  forecast = cpt_forecast_new (series, TRUE, NAN, &error);
  g_assert_no_error (error);
  /* From 31 August to the week of Thursday 31 December 2026 */
  g_assert_cmpuint (forecast->n_values, ==, 18);
  for (guint i = 0; i < forecast->n_values; i++)
    g_assert_cmpfloat_with_epsilon (forecast->expected[i], 205 + 0.5 * (208 + i) + 40 * sin (2 * G_PI * (208 + i) / 52.1775), 8);
  g_assert_cmpfloat (forecast->error, <, 0.05);
}

static void
test_refusals (void)
{
  static const double around[] = { 2, -1, 0, -2, 1 };
  g_autoptr(CptTimeSeries) series = create_months (2022, NULL, 48);
  g_autoptr(CptTimeSeries) days = cpt_time_series_new (CPT_BUCKET_DAY, 0, NULL, 5);

  assert_refused (series, "two years");
  assert_refused (days, "weeks, months or quarters");

  for (guint i = 0; i < 48; i++)
    series->values[i] = 7;
  assert_refused (series, "neither");
  for (guint i = 0; i < 48; i++)
    series->values[i] = 0;
  assert_refused (series, "nothing was there");
  for (guint i = 0; i < 48; i++)
    series->values[i] = 10 + around[i % 5];
  assert_refused (series, "neither");
  series->n_values = 23;
  assert_refused (series, "two years");
  series->n_values = 1;
  assert_refused (series, "two years");
  series->n_values = 0;
  assert_refused (series, "two years");

  /* Growth that broke down in the last year */
  series->n_values = 48;
  for (guint i = 0; i < 48; i++)
    series->values[i] = i < 36 ? 10 * i : 180;
  assert_refused (series, "plain average");
}

/* Nothing here aborts, and no answer has an infinity in it. */
static void
test_hostile (void)
{
  const double extremes[] = { 1e300, -1e300, 1e308, -1e308, 0, NAN, 1, 5e-324, INFINITY };
  g_autoptr(GRand) random = g_rand_new_with_seed (11);

  for (guint round = 0; round < 500; round++)
    {
      guint n = (guint) g_rand_int_range (random, 0, 80);
      CptBucket bucket = (CptBucket) g_rand_int_range (random, CPT_BUCKET_WEEK, CPT_BUCKET_QUARTER + 1);
      g_autoptr(CptTimeSeries) series = cpt_time_series_new (bucket, g_rand_int_range (random, -100000, 100000), NULL, n);
      g_autofree double *means = g_new (double, n + 1);
      g_autoptr(CptForecast) forecast = NULL;
      CptSeason season;

      for (guint i = 0; i < n; i++)
        series->values[i] = g_rand_boolean (random) ? extremes[g_rand_int_range (random, 0, G_N_ELEMENTS (extremes))]
                                                    : g_rand_double_range (random, 0, 1e307) * i;
      cpt_time_series_roll (series, means);
      for (guint i = 0; i < n; i++)
        g_assert_false (isinf (means[i]));
      if (cpt_season_measure (series, &season, NULL))
        g_assert_true (isfinite (season.mean) && isfinite (season.differences[3]) && isfinite (season.slope));
      forecast = cpt_forecast_new (series, round % 2 == 0, NAN, NULL);
      if (forecast != NULL)
        for (guint i = 0; i < forecast->n_values; i++)
          g_assert_true (isfinite (forecast->expected[i]) && forecast->low[i] <= forecast->high[i]);
    }
}

/* A number in cents, and one that begins elsewhere, has the same forecast, moved along. */
static void
test_moves_along (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (5);
  guint n_told = 0;

  for (guint round = 0; round < 60; round++)
    {
      guint n = (guint) g_rand_int_range (random, 26, 70);
      g_autoptr(CptTimeSeries) series = create_months (2020, NULL, n);
      g_autoptr(CptTimeSeries) other = NULL;
      g_autoptr(CptForecast) forecast = NULL;
      g_autoptr(CptForecast) moved = NULL;
      double factor = g_rand_double_range (random, 0.01, 1000);
      double more = g_rand_double_range (random, 0, 500);

      for (guint i = 0; i < n; i++)
        series->values[i] = 1000 + 4 * i + 60 * cos (i * G_PI / 6) + g_rand_double_range (random, -50, 50);
      other = create_months (2020, series->values, n);
      for (guint i = 0; i < n; i++)
        other->values[i] = series->values[i] * factor + more;
      forecast = cpt_forecast_new (series, FALSE, NAN, NULL);
      moved = cpt_forecast_new (other, FALSE, NAN, NULL);
      g_assert_true ((forecast == NULL) == (moved == NULL));
      if (forecast == NULL)
        continue;

      n_told++;
      for (guint i = 0; i < forecast->n_values; i++)
        {
          NEAR (moved->expected[i], forecast->expected[i] * factor + more);
          NEAR (moved->high[i], forecast->high[i] * factor + more);
        }
      NEAR (moved->coverage, forecast->coverage);
    }
  g_assert_cmpuint (n_told, >, 40);
}

/* Four intervals in five hold what comes, over many series made so. */
static void
test_interval_holds (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (17);
  guint n_inside = 0, n_all = 0;

  for (guint round = 0; round < 300; round++)
    {
      g_autoptr(CptTimeSeries) series = create_months (2020, NULL, 48);
      g_autoptr(CptForecast) forecast = NULL;
      double next = 0;

      for (guint i = 0; i <= 48; i++)
        {
          double noise = 0;

          for (guint j = 0; j < 12; j++)
            noise += g_rand_double (random) - 0.5;
          next = 500 + 5 * i + 30 * sin (i * G_PI / 6) + 20 * noise;
          if (i < 48)
            series->values[i] = next;
        }
      forecast = cpt_forecast_new (series, TRUE, NAN, NULL);
      if (forecast == NULL)
        continue;
      n_all++;
      n_inside += next >= forecast->low[0] && next <= forecast->high[0];
    }
  g_assert_cmpuint (n_all, >, 280);
  g_assert_cmpfloat ((double) n_inside / n_all, >, 0.72);
  g_assert_cmpfloat ((double) n_inside / n_all, <, 0.88);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/insight/agrees-with-printed-tables", test_distributions);
  g_test_add_func ("/insight/fits-a-line", test_least_squares);
  g_test_add_func ("/insight/rolls-over-a-year", test_roll);
  g_test_add_func ("/season/finds-the-best-and-the-worst-month", test_season);
  g_test_add_func ("/season/sees-none-where-there-is-none", test_no_season);
  g_test_add_func ("/forecast/is-what-simple-regression-gives", test_line);
  g_test_add_func ("/forecast/goes-on-with-growth-and-seasons", test_exact);
  g_test_add_func ("/forecast/expects-no-less-than-what-is-there", test_running);
  g_test_add_func ("/forecast/stays-above-zero-where-the-series-does", test_floor);
  g_test_add_func ("/forecast/is-made-of-weeks-too", test_weeks);
  g_test_add_func ("/forecast/refuses-rather-than-guesses", test_refusals);
  g_test_add_func ("/forecast/stands-any-number", test_hostile);
  g_test_add_func ("/forecast/moves-along-with-its-series", test_moves_along);
  g_test_add_func ("/forecast/holds-what-comes-as-often-as-it-says", test_interval_holds);

  return g_test_run ();
}
