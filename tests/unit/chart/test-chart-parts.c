/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What charts show of more than they have room for, of a time that is not over, and of several
 * measures. */
#include "config.h"

#include <string.h>

#include "chart-sample.h"
#include "cpt-chart-format.h"
#include "cpt-locale-private.h"

static void
test_a_radar_goes_around (void)
{
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();
  g_autoptr(CptChartData) data = chart_sample_create ("profiles");
  CptChart chart = { cpt_chart_kind_find ("radar"), NULL, data };
  double x, y;
  CptChartStyle style;

  cpt_chart_style_init (&style, CPT_CHART_THEME_PRINT);
  cairo_surface_destroy (chart_sample_draw (&chart, &style, 500, 400, layout));
  /* One of ten is missing */
  g_assert_cmpuint (layout->marks->len, ==, 9);
  x = layout->plot.x + layout->plot.width / 2;
  y = layout->plot.y + layout->plot.height / 2;
  g_assert_cmpfloat_with_epsilon (chart_sample_find_category (layout, 0)->x, x, 0.01);
  g_assert_cmpfloat (chart_sample_find_category (layout, 0)->y, <, y);
  g_assert_cmpfloat (chart_sample_find_category (layout, 1)->x, >, x);
  g_assert_cmpfloat (chart_sample_find_category (layout, 4)->x, <, x);
  g_assert_cmpint (cpt_chart_layout_walk (layout, 0, CPT_CHART_STEP_NEXT), ==, 2);
  g_assert_cmpint (cpt_chart_layout_walk (layout, 0, CPT_CHART_STEP_NEXT_SERIES), ==, 1);
}

/* Each measure has an axis of its own, which ends at its highest value; what has no line is counted */
static void
test_a_radar_compares_by_measures (void)
{
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();
  g_autoptr(CptChartData) data = chart_sample_create ("figures");
  g_autoptr(CptChartData) two = chart_sample_create ("units");
  CptChart chart = { cpt_chart_kind_find ("radar"), NULL, data };
  CptChartMark mark = { .series = 1, .category = 3 };
  const CptChartMark *best, *half, *nothing;
  g_autofree char *label = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *refused = NULL;
  double y;
  CptChartStyle style;

  cpt_locale_override ("en_US");
  cpt_chart_style_init (&style, CPT_CHART_THEME_LIGHT);
  cairo_surface_destroy (chart_sample_draw (&chart, &style, 700, 500, layout));
  /* Eight of ten lines: two axes are full, one lacks a value, one has only one */
  g_assert_cmpuint (layout->marks->len, ==, 8 + 7 + 8 + 1);
  y = layout->plot.y + layout->plot.height / 2;
  best = chart_sample_find_mark (layout, 0, 0);
  half = chart_sample_find_mark (layout, 0, 5);
  nothing = chart_sample_find_mark (layout, 3, 0);
  g_assert_cmpfloat_with_epsilon (best->y, layout->plot.y, 0.01);
  g_assert_cmpfloat_with_epsilon (half->y, y - layout->plot.height / 4, 0.01);
  g_assert_cmpfloat_with_epsilon (nothing->y, y, 0.01);
  /* Of the highest rate that has a line, not of 100 % */
  g_assert_cmpfloat_with_epsilon (chart_sample_find_mark (layout, 1, 7)->x, layout->plot.x + layout->plot.width, 0.01);
  g_assert_true (chart_sample_has_label (layout, "40%"));
  g_assert_true (chart_sample_has_label (layout, "no values"));
  g_assert_true (chart_sample_has_label (layout, "Person 8"));
  g_assert_false (chart_sample_has_label (layout, "Person 9"));
  g_assert_true (chart_sample_has_label (layout, "Each axis ends at its highest value. 8 of 10 groups are drawn."));
  label = cpt_chart_dup_mark_label (&chart, &mark);
  g_assert_cmpstr (label, ==, "Person 4, Rate: 20%");
  summary = cpt_chart_dup_summary (&chart);
  g_assert_true (g_str_has_prefix (summary, "Team: Won highest Person 1 with 20 deals, Rate highest Person 10 with 50%, "));

  chart.data = two;
  refused = cpt_chart_dup_summary (&chart);
  g_assert_nonnull (strstr (refused, "at least three"));
  cpt_locale_override (NULL);
}

/* Where not all have room, those that are shown are the largest unless they have an order; what
 * the others come to is said */
static void
test_the_largest_are_shown (void)
{
  static const char *const kinds[] = { "bar", "combo", "radar" };
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();
  CptChartStyle style;

  cpt_locale_override ("en_US");
  cpt_chart_style_init (&style, CPT_CHART_THEME_LIGHT);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(CptChartData) data = chart_sample_create ("unordered");
      CptChart chart = { cpt_chart_kind_find (kinds[i]), NULL, data };

      if (i == 1)
        for (guint k = 0, series = cpt_chart_data_add_series (data, "More", CPT_CHART_ROLE_VALUE); k < 100; k++)
          cpt_chart_data_set_value (data, series, k, k);
      cairo_surface_destroy (chart_sample_draw (&chart, &style, 400, 300, layout));
      g_assert_cmpint (g_array_index (layout->marks, CptChartMark, 0).category, ==, 99);
      g_assert_nonnull (chart_sample_find_category (layout, 98));
      g_assert_null (chart_sample_find_category (layout, 0));

      data->is_unordered = FALSE;
      cairo_surface_destroy (chart_sample_draw (&chart, &style, 400, 300, layout));
      g_assert_cmpint (g_array_index (layout->marks, CptChartMark, 0).category, ==, 0);
      g_assert_null (chart_sample_find_category (layout, 99));
    }
  cpt_locale_override (NULL);
}

static void
test_what_is_not_shown_is_added_up (void)
{
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();
  g_autoptr(CptChartData) data = chart_sample_create ("unordered");
  CptChart chart = { cpt_chart_kind_find ("bar"), NULL, data };
  g_autofree char *rest = NULL;
  g_autofree char *sum = NULL;
  CptChartStyle style;
  guint n;

  cpt_locale_override ("en_US");
  cpt_chart_style_init (&style, CPT_CHART_THEME_LIGHT);
  cairo_surface_destroy (chart_sample_draw (&chart, &style, 400, 300, layout));
  n = 100 - layout->marks->len;
  sum = cpt_chart_format_short (&data->unit, 100.0 * n * (n + 1) / 2);
  rest = g_strdup_printf ("and %u more with %s in all", n, sum);
  g_assert_true (chart_sample_has_label (layout, rest));

  /* Averages come to nothing together */
  cpt_chart_data_get_series (data, 0)->is_additive = FALSE;
  g_free (rest);
  rest = g_strdup_printf ("and %u more", n);
  cairo_surface_destroy (chart_sample_draw (&chart, &style, 400, 300, layout));
  g_assert_true (chart_sample_has_label (layout, rest));
  cpt_locale_override (NULL);
}

/* Shares are of all, also of what the data has not; "Other" is that too */
static void
test_shares_are_of_the_whole (void)
{
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();
  g_autoptr(CptChartData) data = chart_sample_create ("usual");
  CptChart chart = { cpt_chart_kind_find ("pie"), NULL, data };
  g_autofree char *label = NULL;
  CptChartStyle style;

  cpt_locale_override ("en_US");
  cpt_chart_style_init (&style, CPT_CHART_THEME_LIGHT);
  data->rest = 750;
  cairo_surface_destroy (chart_sample_draw (&chart, &style, 400, 300, layout));
  g_assert_cmpuint (layout->marks->len, ==, 5);
  label = cpt_chart_dup_mark_label (&chart, chart_sample_find_category (layout, 0));
  g_assert_cmpstr (label, ==, "Prospecting: 120 deals, 12% of all");
  g_assert_nonnull (chart_sample_find_category (layout, CPT_CHART_OTHER));
  g_assert_cmpfloat_with_epsilon (chart_sample_find_category (layout, CPT_CHART_OTHER)->sector.to -
                                    chart_sample_find_category (layout, CPT_CHART_OTHER)->sector.from,
                                  0.75 * 2 * G_PI, 1e-9);
  cpt_locale_override (NULL);
}

/* One column has as many decimals everywhere, in full and short */
static void
test_a_column_has_one_number_of_decimals (void)
{
  static const char *const kinds[] = { "table", "leaderboard" };
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();
  CptChartStyle style;

  cpt_locale_override ("en_US");
  cpt_chart_style_init (&style, CPT_CHART_THEME_LIGHT);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      static const CptChartUnit euros = { CPT_CHART_MONEY, "EUR", NULL };
      g_autoptr(CptChartData) data = cpt_chart_data_new ("Revenue", &euros);
      CptChart chart = { cpt_chart_kind_find (kinds[i]), NULL, data };

      cpt_chart_data_add_series (data, "Won", CPT_CHART_ROLE_VALUE);
      cpt_chart_data_set_value (data, 0, cpt_chart_data_add_category (data, "Ann"), 4200050);
      cpt_chart_data_set_value (data, 0, cpt_chart_data_add_category (data, "Bea"), 2100000);
      cairo_surface_destroy (chart_sample_draw (&chart, &style, 400, 200, layout));
      g_assert_true (chart_sample_has_label (layout, "€42,000.50"));
      g_assert_true (chart_sample_has_label (layout, "€21,000.00"));
    }
  cpt_locale_override (NULL);
}

/* Whether two pictures are not the same in a rectangle */
static gboolean
differ (cairo_surface_t *a,
        cairo_surface_t *b,
        int              left,
        int              top,
        int              right,
        int              bottom)
{
  int stride = cairo_image_surface_get_stride (a);

  for (int y = top; y < bottom; y++)
    if (memcmp (cairo_image_surface_get_data (a) + y * stride + left * 4, cairo_image_surface_get_data (b) + y * stride + left * 4,
                (gsize) (right - left) * 4) != 0)
      return TRUE;

  return FALSE;
}

/* What is not over is told, is no lowest, and is drawn in another way than what is; the year before
 * is over */
static void
test_what_runs_is_told_so (void)
{
  static const char *const kinds[] = { "bar", "line", "combo" };
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();

  cpt_locale_override ("en_US");
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(CptChartData) data = chart_sample_create ("running");
      CptChart chart = { cpt_chart_kind_find (kinds[i]), NULL, data };
      const CptChartMark marks[] = { { .category = 10 }, { .category = 9 }, { .series = 1, .category = 10 } };
      g_autofree char *running = cpt_chart_dup_mark_label (&chart, &marks[0]);
      g_autofree char *over = cpt_chart_dup_mark_label (&chart, &marks[1]);
      g_autofree char *before = cpt_chart_dup_mark_label (&chart, &marks[2]);
      g_autofree char *summary = cpt_chart_dup_summary (&chart);
      cairo_surface_t *pictures[2];
      CptChartStyle style;

      g_assert_cmpstr (running, ==, "Nov 2026: 9 deals (so far)");
      g_assert_cmpstr (over, ==, "Oct 2026: 20 deals");
      g_assert_cmpstr (before, ==, "Nov 2026, Year before: 16 deals");
      g_assert_true (g_str_has_suffix (summary, " Nov 2026 so far: 9 deals."));
      g_assert_null (strstr (summary, "lowest Nov"));

      cpt_chart_style_init (&style, CPT_CHART_THEME_LIGHT);
      pictures[0] = chart_sample_draw (&chart, &style, 600, 300, layout);
      g_assert_true (chart_sample_has_label (layout, "so far"));
      cpt_chart_data_set_running (data, CPT_CHART_NONE_RUNNING);
      pictures[1] = chart_sample_draw (&chart, &style, 600, 300, layout);
      g_assert_false (chart_sample_has_label (layout, "so far"));
      /* Above the labels, in the last of eleven bands */
      g_assert_true (differ (pictures[0], pictures[1], 500, 0, 600, 250));
      g_assert_false (differ (pictures[0], pictures[1], 0, 0, 450, 250));
      for (guint k = 0; k < G_N_ELEMENTS (pictures); k++)
        cairo_surface_destroy (pictures[k]);
    }
  cpt_locale_override (NULL);
}

/* Either axis is in powers, or both: they have as many ticks, at the same places */
static void
test_axes_of_two_scales_share_their_lines (void)
{
  static const char *const scales[][2] = { { "log", "linear" }, { "linear", "log" }, { "log", "log" } };
  CptChartStyle style;

  cpt_locale_override ("en_US");
  cpt_chart_style_init (&style, CPT_CHART_THEME_LIGHT);
  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      g_autoptr(CptChartData) data = chart_sample_create ("units");
      g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();
      g_autoptr(JsonObject) options = json_object_new ();
      CptChart chart = { cpt_chart_kind_find ("combo"), options, data };
      guint n_left = 0, n_shared = 0;
      g_autofree char *summary = NULL;

      json_object_set_string_member (options, "scale", scales[i][0]);
      json_object_set_string_member (options, "line_scale", scales[i][1]);
      cairo_surface_destroy (chart_sample_draw (&chart, &style, 500, 300, layout));
      for (guint k = 0; k < layout->labels->len; k++)
        {
          const CptChartRect *left = &g_array_index (layout->labels, CptChartLabel, k).area;

          if (left->x + left->width >= layout->plot.x || left->y < layout->plot.y - 8)
            continue;
          n_left++;
          for (guint m = 0; m < layout->labels->len; m++)
            {
              const CptChartRect *right = &g_array_index (layout->labels, CptChartLabel, m).area;

              if (right->x > layout->plot.x + layout->plot.width && fabs (right->y + right->height / 2 - left->y - left->height / 2) < 4)
                n_shared++;
            }
        }
      g_assert_cmpuint (n_left, >, 1);
      g_assert_cmpuint (n_shared, ==, n_left);
      g_assert_cmpuint (layout->marks->len, ==, 4);
      /* What has no place is said, and can be read all the same */
      cpt_chart_data_set_value (data, 1, 1, 0);
      cairo_surface_destroy (chart_sample_draw (&chart, &style, 500, 300, layout));
      g_assert_cmpuint (layout->marks->len, ==, 4);
      summary = cpt_chart_dup_summary (&chart);
      g_assert_cmpint (strstr (summary, "without 1 value of 0 or less") != NULL, ==, i > 0);
    }
  cpt_locale_override (NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chart-parts/a-radar-goes-around", test_a_radar_goes_around);
  g_test_add_func ("/chart-parts/a-radar-compares-by-measures", test_a_radar_compares_by_measures);
  g_test_add_func ("/chart-parts/the-largest-are-shown", test_the_largest_are_shown);
  g_test_add_func ("/chart-parts/what-is-not-shown-is-added-up", test_what_is_not_shown_is_added_up);
  g_test_add_func ("/chart-parts/shares-are-of-the-whole", test_shares_are_of_the_whole);
  g_test_add_func ("/chart-parts/a-column-has-one-number-of-decimals", test_a_column_has_one_number_of_decimals);
  g_test_add_func ("/chart-parts/what-runs-is-told-so", test_what_runs_is_told_so);
  g_test_add_func ("/chart-parts/axes-of-two-scales-share-their-lines", test_axes_of_two_scales_share_their_lines);

  return g_test_run ();
}
