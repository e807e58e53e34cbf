/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ticks, dates on an axis, downsampling, numbers for people. */
#include "config.h"

#include "cpt-chart-format.h"
#include "cpt-chart-sample.h"
#include "cpt-chart-scale.h"
#include "cpt-chart-style.h"
#include "cpt-locale-private.h"

static void
test_ticks_are_round (void)
{
  static const struct
  {
    double min, max, target, smallest;
    double start, step;
    guint count;
  } cases[] = {
    { 0, 1037, 6, 1, 0, 200, 7 },
    { 0, 100, 5, 0, 0, 25, 5 },
    { -1, 1, 5, 0, -1, 0.5, 5 },
    { 0, 3, 8, 1, 0, 1, 4 },
    { 0, 1, 6, 1, 0, 1, 2 },
    { 0, 0.63, 5, 0, 0, 0.2, 5 },
    { 0, 0, 5, 1, 0, 1, 2 },
    { 98, 103, 6, 0, 98, 1, 6 },
    { -37, 12, 5, 0, -40, 10, 7 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CptTicks ticks;

      cpt_ticks_init (&ticks, cases[i].min, cases[i].max, cases[i].target, cases[i].smallest);
      g_test_message ("%g to %g: from %g by %g, %u ticks", cases[i].min, cases[i].max, ticks.start, ticks.step, ticks.count);
      g_assert_cmpfloat_with_epsilon (ticks.start, cases[i].start, 1e-9);
      g_assert_cmpfloat_with_epsilon (ticks.step, cases[i].step, 1e-9);
      g_assert_cmpuint (ticks.count, ==, cases[i].count);
    }
}

static void
test_ticks_hold_any_data (void)
{
  static const double extremes[][2] = {
    { 0, 1e300 },
    { -1e300, 1e300 },
    { -G_MAXDOUBLE, G_MAXDOUBLE },
    { 0, 1e-300 },
    { NAN, NAN },
    { -INFINITY, INFINITY },
    { 1e15, 1e15 + 1 },
    { 5, 3 },
    { -7, -7 },
    { 1e-12, 2e-12 },
  };
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < 20000 + G_N_ELEMENTS (extremes); i++)
    {
      double size = pow (10, g_rand_double_range (rand, -6, 14));
      double min = g_rand_double_range (rand, -size, size);
      double max = min + g_rand_double_range (rand, 0, size);
      double smallest = i % 3 == 0 ? 1 : 0;
      CptTicks ticks;
      double last;

      if (i < G_N_ELEMENTS (extremes))
        {
          min = extremes[i][0];
          max = extremes[i][1];
        }
      cpt_ticks_init (&ticks, min, max, g_rand_double_range (rand, 2, 12), smallest);
      g_assert_true (isfinite (ticks.start) && isfinite (ticks.step));
      g_assert_cmpfloat (ticks.step, >, 0);
      g_assert_cmpuint (ticks.count, >=, 2);
      g_assert_cmpuint (ticks.count, <=, 100);
      if (smallest > 0)
        g_assert_cmpfloat (ticks.step, >=, smallest * (1 - 1e-9));
      if (i < G_N_ELEMENTS (extremes))
        continue;
      last = cpt_ticks_get_value (&ticks, ticks.count - 1);
      g_assert_cmpfloat (ticks.start, <=, min + ticks.step * 1e-6);
      g_assert_cmpfloat (last, >=, max - ticks.step * 1e-6);
      /* Room is not wasted: the data fills most of the axis */
      if (smallest == 0 && max > min)
        g_assert_cmpfloat (last - ticks.start, <=, (max - min) + 2.01 * ticks.step);
    }
}

static void
assert_log_ticks (const CptTicks *ticks,
                  double          min,
                  double          max)
{
  double last = cpt_ticks_get_value (ticks, ticks->count - 1);

  g_assert_true (ticks->is_log);
  g_assert_cmpuint (ticks->count, >=, 2);
  g_assert_cmpuint (ticks->count, <=, CPT_TICKS_MAX_LOG);
  g_assert_cmpfloat (ticks->start, >, 0);
  g_assert_cmpfloat (ticks->start, <=, min * (1 + 1e-9));
  g_assert_cmpfloat (last, >=, max * (1 - 1e-9));
  g_assert_true (isfinite (last));
  for (guint i = 1; i < ticks->count; i++)
    g_assert_cmpfloat (cpt_ticks_get_value (ticks, i), >, cpt_ticks_get_value (ticks, i - 1));
}

static void
test_logarithmic_ticks_are_round (void)
{
  static const struct
  {
    double min, max, target;
    gboolean as_time;
    double first[3];
    double last;
  } cases[] = {
    { 3, 80, 5, FALSE, { 2, 5, 10 }, 100 },
    { 1, 10, 5, FALSE, { 1, 2, 5 }, 10 },
    { 7, 2000000, 6, FALSE, { 1, 10, 100 }, 1e7 },
    { 0.004, 0.9, 4, FALSE, { 0.001, 0.01, 0.1 }, 1 },
    { 1, 1e20, 6, FALSE, { 1, 1e4, 1e8 }, 1e20 },
    { 5, 5, 5, FALSE, { 5, 10 }, 10 },
    { 30, 900000, 6, TRUE, { 10, 60, 600 }, 8640000 },
  };
  g_autoptr(GRand) rand = g_rand_new_with_seed (5);
  CptTicks ticks;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      cpt_ticks_init_log (&ticks, cases[i].min, cases[i].max, cases[i].target, cases[i].as_time);
      assert_log_ticks (&ticks, cases[i].min, cases[i].max);
      for (guint k = 0; k < MIN (ticks.count, G_N_ELEMENTS (cases[i].first)); k++)
        g_assert_cmpfloat_with_epsilon (cpt_ticks_get_value (&ticks, k), cases[i].first[k], 1e-9 * cases[i].first[k]);
      g_assert_cmpfloat_with_epsilon (cpt_ticks_get_value (&ticks, ticks.count - 1), cases[i].last, 1e-9 * cases[i].last);
    }
  for (guint i = 0; i < 20000; i++)
    {
      double min = pow (10, g_rand_double_range (rand, -300, 299));
      double ratio = pow (10, g_rand_double_range (rand, 0, i % 2 == 0 ? 3 : 300));
      double max = MIN (min * ratio, 1e300);

      cpt_ticks_init_log (&ticks, min, max, g_rand_double_range (rand, 2, 12), i % 3 == 0);
      assert_log_ticks (&ticks, min, max);
    }
  /* What is not above zero does no harm */
  cpt_ticks_init_log (&ticks, -4, NAN, 5, FALSE);
  assert_log_ticks (&ticks, 1e-300, 1e-300);
  cpt_ticks_init_log (&ticks, 1e-300, 1e300, 5, FALSE);
  assert_log_ticks (&ticks, 1e-300, 1e300);
}

/* As many as another axis has, all equally far apart */
static void
test_logarithmic_ticks_fit_others (void)
{
  static const struct
  {
    double min, max;
    guint count;
    double first, last;
  } cases[] = {
    { 3, 80, 5, 1, 10000 },
    { 640, 1010, 3, 500, 2000 },
    { 5, 5, 2, 5, 10 },
    { 7, 2000000, 4, 1, 1e9 },
    { 7, 2000000, 8, 1, 1e7 },
    { 0.28, 0.51, 3, 0.2, 0.8 },
  };
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);
  CptTicks ticks;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      cpt_ticks_fit_log (&ticks, cases[i].min, cases[i].max, cases[i].count);
      assert_log_ticks (&ticks, cases[i].min, cases[i].max);
      g_assert_cmpuint (ticks.count, ==, cases[i].count);
      g_assert_cmpfloat_with_epsilon (cpt_ticks_get_value (&ticks, 0), cases[i].first, 1e-9 * cases[i].first);
      g_assert_cmpfloat_with_epsilon (cpt_ticks_get_value (&ticks, ticks.count - 1), cases[i].last, 1e-9 * cases[i].last);
      for (guint k = 0; k < ticks.count; k++)
        g_assert_cmpfloat_with_epsilon (cpt_ticks_get_share (&ticks, cpt_ticks_get_value (&ticks, k)), k / (ticks.count - 1.0),
                                        1e-9);
    }
  for (guint i = 0; i < 20000; i++)
    {
      double min = pow (10, g_rand_double_range (rand, -300, 299));
      double ratio = pow (10, g_rand_double_range (rand, 0, i % 2 == 0 ? 3 : 300));
      double max = MIN (min * ratio, 1e300);

      cpt_ticks_fit_log (&ticks, min, max, (guint) g_rand_int_range (rand, 2, 12));
      assert_log_ticks (&ticks, min, max);
    }
}

static void
test_equal_ratios_are_equally_far (void)
{
  CptTicks ticks;

  cpt_ticks_init_log (&ticks, 1, 10000, 5, FALSE);
  g_assert_cmpfloat_with_epsilon (cpt_ticks_get_share (&ticks, 1), 0, 1e-12);
  g_assert_cmpfloat_with_epsilon (cpt_ticks_get_share (&ticks, 100), 0.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (cpt_ticks_get_share (&ticks, 1000), 0.75, 1e-12);
  g_assert_cmpfloat (cpt_ticks_get_share (&ticks, 0), ==, 0);
  g_assert_cmpfloat (cpt_ticks_get_share (&ticks, -5), ==, 0);
  g_assert_cmpfloat (cpt_ticks_get_share (&ticks, 1e300), ==, 1);
}

static void
test_logarithmic_ticks_are_told_each (void)
{
  static const struct
  {
    CptChartUnit unit;
    double value;
    const char *text;
  } cases[] = {
    { { CPT_CHART_COUNT, "", NULL }, 5, "5" },
    { { CPT_CHART_COUNT, "", NULL }, 1000, "1K" },
    { { CPT_CHART_NUMBER, "", NULL }, 0.002, "0.002" },
    { { CPT_CHART_NUMBER, "", NULL }, 1e-300, "1e-300" },
    { { CPT_CHART_NUMBER, "", NULL }, 1e300, "1e+300" },
    { { CPT_CHART_MONEY, "EUR", NULL }, 10, "€0.10" },
    { { CPT_CHART_MONEY, "EUR", NULL }, 50000000, "€500K" },
    { { CPT_CHART_PERCENT, "", NULL }, 0.0005, "0.05%" },
    { { CPT_CHART_DURATION, "", NULL }, 600, "10 min" },
    { { CPT_CHART_DURATION, "", NULL }, 864000, "10 days" },
  };

  cpt_locale_override ("en_US");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CptTicks ticks = { .is_log = TRUE, .count = 1, .start = cases[i].value, .values = { cases[i].value } };
      g_autofree char *text = cpt_chart_format_tick (&cases[i].unit, &ticks, 0);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
  cpt_locale_override (NULL);
}

/* What is written as nothing is neither good nor bad */
static void
test_small_changes_are_none (void)
{
  static const CptChartUnit rate = { CPT_CHART_PERCENT, "", NULL };
  static const CptChartUnit number = { CPT_CHART_NUMBER, "", NULL };
  g_autofree char *text = cpt_chart_format_difference (&rate, 0.0501, 0.05);

  g_assert_true (g_str_has_prefix (text, "0"));
  g_assert_true (cpt_chart_is_unchanged (&rate, 0.0501, 0.05));
  g_assert_true (cpt_chart_is_unchanged (&rate, 0.05, 0.0501));
  g_assert_false (cpt_chart_is_unchanged (&rate, 0.051, 0.05));
  g_assert_false (cpt_chart_is_unchanged (&number, 0.0501, 0.05));
  g_assert_true (cpt_chart_is_unchanged (&number, 10000, 10001));
}

static void
test_time_steps_are_the_calendars (void)
{
  static const struct
  {
    CptBucket bucket;
    int days;
    guint max_ticks;
    CptBucket unit;
    int count;
  } cases[] = {
    { CPT_BUCKET_DAY, 10, 12, CPT_BUCKET_DAY, 1 },
    { CPT_BUCKET_DAY, 60, 12, CPT_BUCKET_WEEK, 1 },
    { CPT_BUCKET_DAY, 300, 12, CPT_BUCKET_MONTH, 1 },
    { CPT_BUCKET_WEEK, 10, 12, CPT_BUCKET_WEEK, 1 },
    { CPT_BUCKET_MONTH, 365, 13, CPT_BUCKET_MONTH, 1 },
    { CPT_BUCKET_MONTH, 365, 6, CPT_BUCKET_QUARTER, 1 },
    { CPT_BUCKET_QUARTER, 730, 4, CPT_BUCKET_YEAR, 1 },
    { CPT_BUCKET_DAY, 400 * 365, 10, CPT_BUCKET_YEAR, 50 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 first = cpt_date_from_ymd (2025, 1, 1);
      CptTimeStep step;

      cpt_time_step_init (&step, cases[i].bucket, first, first + cases[i].days, cases[i].max_ticks);
      g_assert_cmpint (step.unit, ==, cases[i].unit);
      g_assert_cmpint (step.count, ==, cases[i].count);
    }
}

static void
test_time_ticks_stand_at_firsts (void)
{
  CptTimeStep step = { CPT_BUCKET_YEAR, 5 };
  gint64 tick = cpt_time_step_ceil (&step, cpt_date_from_ymd (2021, 3, 5));

  g_assert_cmpint (tick, ==, cpt_date_from_ymd (2025, 1, 1));
  g_assert_true (cpt_time_step_hits (&step, tick));
  g_assert_cmpint (cpt_time_step_next (&step, tick), ==, cpt_date_from_ymd (2030, 1, 1));
  g_assert_false (cpt_time_step_hits (&step, cpt_date_from_ymd (2026, 1, 1)));

  step = (CptTimeStep){ CPT_BUCKET_QUARTER, 2 };
  tick = cpt_time_step_ceil (&step, cpt_date_from_ymd (2026, 1, 2));
  g_assert_cmpint (tick, ==, cpt_date_from_ymd (2026, 7, 1));
}

static void
test_m4_keeps_extremes (void)
{
  const guint n = 100000;
  g_autofree double *x = g_new (double, n);
  g_autofree double *y = g_new (double, n);
  g_autoptr(GArray) indices = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(GRand) rand = g_rand_new_with_seed (3);
  guint found = 0;

  for (guint i = 0; i < n; i++)
    {
      x[i] = i;
      y[i] = g_rand_double (rand);
    }
  y[12345] = 50;
  y[67890] = -50;
  for (guint i = 40000; i < 41000; i++)
    y[i] = NAN;

  cpt_chart_sample_m4 (x, y, n, 400, indices);
  g_assert_cmpuint (indices->len, <=, 4 * 401 + 4);
  for (guint i = 0; i < indices->len; i++)
    {
      guint index = g_array_index (indices, guint, i);

      if (i > 0)
        g_assert_cmpuint (index, >, g_array_index (indices, guint, i - 1));
      if (index == 12345 || index == 67890 || index == 0 || index == n - 1 || index == 40000)
        found++;
    }
  g_assert_cmpuint (found, ==, 5);
}

static void
test_m4_keeps_few_points_whole (void)
{
  const double x[] = { 0, 1, 2, 3 };
  const double y[] = { 1, NAN, 3, 4 };
  g_autoptr(GArray) indices = g_array_new (FALSE, FALSE, sizeof (guint));

  cpt_chart_sample_m4 (x, y, 4, 100, indices);
  g_assert_cmpuint (indices->len, ==, 4);
  g_array_set_size (indices, 0);
  cpt_chart_sample_m4 (NULL, NULL, 0, 100, indices);
  g_assert_cmpuint (indices->len, ==, 0);
}

static const CptChartUnit euros = { CPT_CHART_MONEY, "EUR", NULL };
static const CptChartUnit yen = { CPT_CHART_MONEY, "JPY", NULL };
static const CptChartUnit counts = { CPT_CHART_COUNT, "", NULL };
static const CptChartUnit numbers = { CPT_CHART_NUMBER, "", NULL };
static const CptChartUnit percents = { CPT_CHART_PERCENT, "", NULL };
static const CptChartUnit durations = { CPT_CHART_DURATION, "", NULL };

typedef struct
{
  const CptChartUnit *unit;
  double value;
  const char *full;
  const char *brief;
} Format;

static void
check_formats (const char   *locale,
               const Format *cases,
               guint         n)
{
  cpt_locale_override (locale);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *full = cpt_chart_format_value (cases[i].unit, cases[i].value);
      g_autofree char *brief = cpt_chart_format_short (cases[i].unit, cases[i].value);

      g_assert_cmpstr (full, ==, cases[i].full);
      g_assert_cmpstr (brief, ==, cases[i].brief);
    }
  cpt_locale_override (NULL);
}

/* As many decimals as the others of a column have, but never more digits than can be read at a glance */
static void
test_numbers_of_a_column_are_alike (void)
{
  static const struct
  {
    const CptChartUnit *unit;
    double value;
    gboolean is_short;
    int needed;
    int given;
    const char *text;
  } cases[] = {
    { &euros, 4200050, FALSE, 2, 2, "€42,000.50" },
    { &euros, 2100000, FALSE, 0, 2, "€21,000.00" },
    { &euros, 2240000, TRUE, 1, 1, "€22.4K" },
    { &euros, 2100000, TRUE, 0, 1, "€21.0K" },
    { &euros, 41975050, TRUE, 0, 2, "€420K" },
    { &euros, 161000000, TRUE, 2, 2, "€1.61M" },
    { &euros, 90000, TRUE, 0, 2, "€900" },
    { &yen, 1234567, FALSE, 0, 2, "¥1,234,567" },
    { &numbers, 2.5, FALSE, 1, 2, "2.50" },
    { &euros, NAN, FALSE, 0, 2, "–" },
  };

  cpt_locale_override ("en_US");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = cpt_chart_format_aligned (cases[i].unit, cases[i].value, cases[i].is_short, cases[i].given);

      g_assert_cmpint (cpt_chart_count_decimals (cases[i].unit, cases[i].value, cases[i].is_short), ==, cases[i].needed);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
  cpt_locale_override (NULL);
}

/* Nobody reads the cents of millions at a glance */
static void
test_headlines (void)
{
  static const struct
  {
    const CptChartUnit *unit;
    double value;
    const char *text;
  } cases[] = {
    { &euros, 222733560, "€2,227,336" },
    { &euros, -1234567, "−€12,346" },
    { &euros, 999999, "€9,999.99" },
    { &euros, 1000000, "€10,000" },
    { &yen, 1234567, "¥1,234,567" },
    { &numbers, 12345.67, "12,345.67" },
    { &euros, NAN, "–" },
  };

  cpt_locale_override ("en_US");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = cpt_chart_format_headline (cases[i].unit, cases[i].value);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
  cpt_locale_override (NULL);
}

/* Between two rates there are points; between two sums a part of the first */
static void
test_differences (void)
{
  static const CptChartUnit rate = { .measure = CPT_CHART_PERCENT }, count = { .measure = CPT_CHART_COUNT };
  static const struct
  {
    const CptChartUnit *unit;
    double value;
    double before;
    const char *text;
  } cases[] = {
    { &rate, 0.632, 0.593, "+3.9 pts" },
    { &rate, 0.593, 0.632, "\342\210\2223.9 pts" },
    { &rate, 0.5, 0, "+50 pts" },
    { &rate, 0.5, 0.5, "0 pts" },
    { &rate, 0.50001, 0.5, "0 pts" },
    { &rate, NAN, 0.5, "\342\200\223" },
    { &count, 63, 60, "+5%" },
    { &count, 57, 60, "\342\210\2225%" },
    { &count, -57, -60, "+5%" },
    { &count, 1, 0, "\342\200\223" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = cpt_chart_format_difference (cases[i].unit, cases[i].value, cases[i].before);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_numbers_are_written_for_people (void)
{
  static const Format english[] = {
    { &euros, 1000553400, "€10,005,534", "€10M" },
    { &euros, 41975050, "€419,750.50", "€420K" },
    { &euros, -123456, "−€1,234.56", "−€1,235" },
    { &yen, 1234567, "¥1,234,567", "¥1.23M" },
    { &counts, 4238, "4,238", "4,238" },
    { &counts, 999960, "999,960", "1M" },
    { &counts, 0, "0", "0" },
    { &counts, NAN, "–", "–" },
    { &numbers, 0.1234, "0.123", "0.1" },
    { &numbers, -0.0001, "0", "0" },
    { &numbers, 1e300, "1e+300", "1e+300" },
    { &percents, 0.631, "63.1%", "63.1%" },
    { &percents, -0.0349, "−3.5%", "−3.5%" },
    { &durations, 47.9 * 86400, "47.9 days", "47.9 days" },
    { &durations, 5400, "90 min", "90 min" },
  };
  static const Format french[] = {
    { &euros, 1000553400, "10\u202f005\u202f534\u00a0€", "10M€" },
    { &euros, -123456, "−1\u202f234,56\u00a0€", "−1\u202f235\u00a0€" },
    { &numbers, 1234.5, "1\u202f234,5", "1\u202f235" },
  };

  check_formats ("en_US", english, G_N_ELEMENTS (english));
  check_formats ("fr_FR", french, G_N_ELEMENTS (french));
}

static void
assert_ticks (const CptChartUnit *unit,
              CptTicks            ticks,
              const char         *expected)
{
  g_autoptr(GString) all = g_string_new (NULL);

  for (guint i = 0; i < ticks.count; i++)
    {
      g_autofree char *text = cpt_chart_format_tick (unit, &ticks, i);

      g_string_append_printf (all, "%s%s", i > 0 ? " " : "", text);
    }
  g_assert_cmpstr (all->str, ==, expected);
}

static void
test_ticks_of_an_axis_share_a_unit (void)
{
  cpt_locale_override ("en_US");
  assert_ticks (&euros, (CptTicks){ 0, 50000000, 4 }, "€0 €0.5M €1.0M €1.5M");
  assert_ticks (&euros, (CptTicks){ -1000000, 1000000, 3 }, "−€10K €0 €10K");
  assert_ticks (&counts, (CptTicks){ 0, 250, 4 }, "0 250 500 750");
  assert_ticks (&numbers, (CptTicks){ 0, 0.25, 3 }, "0 0.25 0.50");
  assert_ticks (&percents, (CptTicks){ 0, 0.05, 3 }, "0% 5% 10%");
  assert_ticks (&durations, (CptTicks){ 0, 10 * 86400, 3 }, "0 days 10 days 20 days");
  cpt_locale_override (NULL);
}

static void
test_colors_keep_their_contrast (void)
{
  for (guint theme = 0; theme < CPT_CHART_N_THEMES; theme++)
    {
      CptChartStyle style;

      cpt_chart_style_init (&style, (CptChartTheme) theme);
      g_assert_cmpfloat (cpt_chart_color_get_contrast (&style.foreground, &style.background), >=, 7);
      g_assert_cmpfloat (cpt_chart_color_get_contrast (&style.muted, &style.background), >=, 4.5);
      g_assert_cmpfloat (cpt_chart_color_get_contrast (&style.good, &style.background), >=, 4.5);
      g_assert_cmpfloat (cpt_chart_color_get_contrast (&style.bad, &style.background), >=, 4.5);
      g_assert_cmpfloat (cpt_chart_color_get_contrast (&style.accent, &style.background), >=, 3);
    }
}

static void
test_colors_are_read (void)
{
  CptChartColor color;

  g_assert_true (cpt_chart_color_parse ("#ff0080", &color));
  g_assert_cmpfloat (color.red, ==, 1);
  g_assert_cmpfloat_with_epsilon (color.blue, 128 / 255.0, 1e-9);
  g_assert_true (cpt_chart_color_parse ("#FF008000", &color));
  g_assert_cmpfloat (color.alpha, ==, 0);
  g_assert_false (cpt_chart_color_parse ("#ff008", &color));
  g_assert_false (cpt_chart_color_parse ("#gg0000", &color));
  g_assert_false (cpt_chart_color_parse ("", &color));
  g_assert_false (cpt_chart_color_parse (NULL, &color));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chart/ticks-are-round", test_ticks_are_round);
  g_test_add_func ("/chart/ticks-hold-any-data", test_ticks_hold_any_data);
  g_test_add_func ("/chart/logarithmic-ticks-are-round", test_logarithmic_ticks_are_round);
  g_test_add_func ("/chart/equal-ratios-are-equally-far", test_equal_ratios_are_equally_far);
  g_test_add_func ("/chart/logarithmic-ticks-fit-others", test_logarithmic_ticks_fit_others);
  g_test_add_func ("/chart/logarithmic-ticks-are-told-each", test_logarithmic_ticks_are_told_each);
  g_test_add_func ("/chart/small-changes-are-none", test_small_changes_are_none);
  g_test_add_func ("/chart/time-steps-are-the-calendars", test_time_steps_are_the_calendars);
  g_test_add_func ("/chart/time-ticks-stand-at-firsts", test_time_ticks_stand_at_firsts);
  g_test_add_func ("/chart/m4-keeps-extremes", test_m4_keeps_extremes);
  g_test_add_func ("/chart/m4-keeps-few-points-whole", test_m4_keeps_few_points_whole);
  g_test_add_func ("/chart/numbers-are-written-for-people", test_numbers_are_written_for_people);
  g_test_add_func ("/chart/ticks-of-an-axis-share-a-unit", test_ticks_of_an_axis_share_a_unit);
  g_test_add_func ("/chart/colors-keep-their-contrast", test_colors_keep_their_contrast);
  g_test_add_func ("/chart/colors-are-read", test_colors_are_read);
  g_test_add_func ("/chart/numbers-of-a-column-are-alike", test_numbers_of_a_column_are_alike);
  g_test_add_func ("/chart/headlines-have-no-cents-of-large-amounts", test_headlines);
  g_test_add_func ("/chart/differences-are-written-in-their-unit", test_differences);

  return g_test_run ();
}
