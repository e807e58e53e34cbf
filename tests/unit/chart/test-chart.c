/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts of every kind, on good and on hostile data, in every size. */
#include "config.h"

#include <string.h>

#include "chart-sample.h"
#include "cpt-locale-private.h"

/* ---- what must hold for all of them ---- */

static void
assert_inside (const char         *what,
               const CptChartRect *rect,
               double              width,
               double              height)
{
  /* Ink may be as much as its anti-aliasing outside */
  if (rect->width > 0 &&
      (rect->x < -1 || rect->y < -1 || rect->x + rect->width > width + 1 || rect->y + rect->height > height + 1))
    g_error ("%s: %g %g %g %g is outside of %g x %g", what, rect->x, rect->y, rect->width, rect->height, width, height);
}

static gboolean
overlap (const CptChartRect *a,
         const CptChartRect *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height && b->y < a->y + a->height;
}

static void
assert_labels_apart (const char           *what,
                     const CptChartLayout *layout)
{
  for (guint i = 0; i < layout->labels->len; i++)
    for (guint j = 0; j < i; j++)
      {
        const CptChartLabel *a = &g_array_index (layout->labels, CptChartLabel, i);
        const CptChartLabel *b = &g_array_index (layout->labels, CptChartLabel, j);

        if (overlap (&a->area, &b->area))
          g_error ("%s: “%s” (%g %g %g %g) covers “%s” (%g %g %g %g)", what, a->text, a->area.x, a->area.y,
                   a->area.width, a->area.height, b->text, b->area.x, b->area.y, b->area.width, b->area.height);
      }
}

static void
assert_marks_speak (const CptChart       *chart,
                    const CptChartLayout *layout)
{
  for (guint i = 0; i < MIN (layout->marks->len, 50); i++)
    {
      const CptChartMark *mark = &g_array_index (layout->marks, CptChartMark, i);
      g_autofree char *label = cpt_chart_dup_mark_label (chart, mark);

      g_assert_nonnull (label);
      g_assert_cmpuint (strlen (label), >, 0);
      g_assert_true (g_utf8_validate (label, -1, NULL));
    }
}

/* The options that change a picture: orientation and stacking of bars, area */
static JsonObject *
create_options (guint variant)
{
  static const char *const orientations[] = { "auto", "vertical", "horizontal", "diagonal" };
  static const char *const shapes[] = { "ring", "pie", "bar", "cube" };
  static const char *const texts[] = {
    "# Goals of **2026**\n\nWhat we *want*:\n- more calls\n- [our plan](https://example.org/plan)\n10. and ten\n\nThe end.",
    "مرحلة التفاوض مع العملاء الجدد\n見積書を送付しました（第二四半期）\n👩‍👩‍👧‍👦 Família 🎉🎉\n**",
    "####### no heading\n- \n* ** **\n[](x)[a]()[b](c\n1.\n9999. x <b>markup</b> &amp;",
    "  \n\t ",
  };
  JsonObject *options = json_object_new ();

  json_object_set_string_member (options, "orientation", orientations[variant % 4]);
  json_object_set_string_member (options, "stacking", variant % 2 == 0 ? "grouped" : "stacked");
  json_object_set_boolean_member (options, "area", variant % 2 == 0);
  json_object_set_string_member (options, "shape", shapes[variant % 4]);
  json_object_set_boolean_member (options, "heat", variant % 2 == 1);
  json_object_set_string_member (options, "text", texts[variant % 4]);

  return options;
}

static void
check_chart (const CptChart      *chart,
             const CptChartStyle *style,
             const char          *name)
{
  static const int sizes[][2] = { { 360, 240 }, { 900, 420 }, { 180, 110 }, { 60, 40 }, { 3, 3 }, { 1400, 90 } };
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();

  /* Once is enough where there are very many values */
  guint n_sizes = chart->data != NULL && cpt_chart_data_get_n_categories (chart->data) > 1000
                    ? 2
                    : G_N_ELEMENTS (sizes);

  for (guint i = 0; i < n_sizes; i++)
    {
      int width = sizes[i][0];
      int height = sizes[i][1];
      g_autofree char *what = g_strdup_printf ("%s %s %dx%d", name, chart->kind->name, width, height);
      cairo_surface_t *surface = chart_sample_draw (chart, style, width, height, layout);

      for (guint m = 0; m < layout->marks->len; m++)
        assert_inside (what, &g_array_index (layout->marks, CptChartMark, m).area, width, height);
      /* In a space for nothing text is cut by the edge, but never by text */
      for (guint l = 0; l < layout->labels->len && width > 200 && height > 150; l++)
        assert_inside (what, &g_array_index (layout->labels, CptChartLabel, l).area, width, height);
      if (layout->labels->len < 1000)
        assert_labels_apart (what, layout);
      assert_marks_speak (chart, layout);
      cairo_surface_destroy (surface);
    }
}

static void
test_any_data_in_any_size (gconstpointer test_data)
{
  const CptChartKind *kind = test_data;
  g_autoptr(CptTextCache) texts = cpt_text_cache_new ();
  CptChartStyle style;

  cpt_chart_style_init (&style, CPT_CHART_THEME_CONTRAST);
  style.texts = texts;
  for (const ChartSample *sample = chart_samples; sample->name != NULL; sample++)
    {
      g_autoptr(CptChartData) data = sample->create ();

      for (guint variant = 0; variant < 4; variant++)
        {
          g_autoptr(JsonObject) options = create_options (variant);
          CptChart chart = { kind, options, data };
          g_autofree char *summary = cpt_chart_dup_summary (&chart);

          g_assert_true (g_utf8_validate (summary, -1, NULL));
          check_chart (&chart, &style, sample->name);
          if (kind->options == NULL || (data != NULL && cpt_chart_data_get_n_categories (data) > 20000))
            break;
        }
    }
}

static void
test_equal_input_gives_equal_pictures (void)
{
  guint n_kinds;
  const CptChartKind *const *kinds = cpt_chart_kind_list (&n_kinds);
  CptChartStyle style;

  cpt_chart_style_init (&style, CPT_CHART_THEME_DARK);
  for (guint i = 0; i < n_kinds; i++)
    {
      g_autoptr(CptChartData) data = chart_sample_create ("usual");
      CptChart chart = { kinds[i], NULL, data };
      cairo_surface_t *first = chart_sample_draw (&chart, &style, 400, 300, NULL);
      cairo_surface_t *second = chart_sample_draw (&chart, &style, 400, 300, NULL);

      g_assert_cmpmem (cairo_image_surface_get_data (first), 400 * 300 * 4,
                       cairo_image_surface_get_data (second), 400 * 300 * 4);
      cairo_surface_destroy (first);
      cairo_surface_destroy (second);
    }
}

static void
test_marks_are_found_and_walked (void)
{
  g_autoptr(CptChartData) data = chart_sample_create ("many-series");
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();
  CptChart chart = { cpt_chart_kind_find ("bar"), NULL, data };
  const CptChartMark *mark;
  CptChartStyle style;
  int at;

  cpt_chart_style_init (&style, CPT_CHART_THEME_LIGHT);
  cairo_surface_destroy (chart_sample_draw (&chart, &style, 2000, 400, layout));
  g_assert_cmpuint (layout->marks->len, ==, 360);
  mark = &g_array_index (layout->marks, CptChartMark, 100);
  mark = cpt_chart_layout_find (layout, mark->area.x + mark->area.width / 2, mark->area.y + 1);
  g_assert_cmpint (mark->category, ==, 100 / 30);
  g_assert_cmpint (mark->series, ==, 100 % 30);
  g_assert_null (cpt_chart_layout_find (layout, -5, -5));

  at = cpt_chart_layout_walk (layout, -1, CPT_CHART_STEP_NEXT);
  g_assert_cmpint (at, ==, 0);
  at = cpt_chart_layout_walk (layout, at, CPT_CHART_STEP_NEXT);
  g_assert_cmpint (at, ==, 30);
  at = cpt_chart_layout_walk (layout, at, CPT_CHART_STEP_NEXT_SERIES);
  g_assert_cmpint (at, ==, 31);
  at = cpt_chart_layout_walk (layout, at, CPT_CHART_STEP_PREVIOUS);
  g_assert_cmpint (at, ==, 1);
  at = cpt_chart_layout_walk (layout, at, CPT_CHART_STEP_PREVIOUS_SERIES);
  g_assert_cmpint (at, ==, 0);
  g_assert_cmpint (cpt_chart_layout_walk (layout, at, CPT_CHART_STEP_PREVIOUS), ==, 0);
  g_assert_cmpint (cpt_chart_layout_walk (layout, at, CPT_CHART_STEP_LAST), ==, 359);
}

static void
assert_sentence (const char   *kind,
                 CptChartData *data,
                 const char   *sentence)
{
  CptChart chart = { cpt_chart_kind_find (kind), NULL, data };
  g_autofree char *summary = cpt_chart_dup_summary (&chart);

  g_assert_cmpstr (summary, ==, sentence);
  if (data != NULL)
    cpt_chart_data_unref (data);
}

static void
test_charts_are_told_in_a_sentence (void)
{
  CptChartData *abbreviated = chart_sample_create ("total");

  cpt_locale_override ("en_US");
  cpt_chart_data_set_comparison (abbreviated, 893200000, "1–22 Oct.");
  assert_sentence ("number", abbreviated, "Revenue won: €10,005,534, +12% from €8,932,000, 1–22 Oct.");
  assert_sentence ("number", chart_sample_create ("total"), "Revenue won: €10,005,534, +12% from €8,932,000, previous quarter.");
  assert_sentence ("number", chart_sample_create ("from-zero"), "Revenue won: €0.05, from €0.");
  assert_sentence ("bar", chart_sample_create ("usual"), "Deals: 4 values, highest Prospecting with 120 deals, lowest Won with 10 deals.");
  assert_sentence ("line", chart_sample_create ("gaps"),
                   "Days: 40 values, highest 03/28/1624 (This year) with €9,300, "
                   "lowest 02/27/1624 (This year) with €0.");
  assert_sentence ("funnel", chart_sample_create ("usual"), "Deals: Prospecting 120 deals, Won 10 deals, that is 8.3%.");
  assert_sentence ("funnel", chart_sample_create ("negative"),
                   "Deals: Values below zero are no steps of a funnel; choose bars to see them.");
  assert_sentence ("leaderboard", chart_sample_create ("usual"), "Deals: 4 places, Prospecting leads with 120 deals.");
  assert_sentence ("pie", chart_sample_create ("usual"), "Deals: 4 parts, largest Prospecting with 120 deals, that is 48%.");
  assert_sentence ("pie", chart_sample_create ("negative"),
                   "Deals: Values below zero are no parts of a whole; choose bars to see them.");
  assert_sentence ("pie", chart_sample_create ("zero"), "Deals: All values are zero.");
  assert_sentence ("gauge", chart_sample_create ("goal"), "Revenue won: €93,600, that is 78% of the goal of €120,000.");
  assert_sentence ("gauge", chart_sample_create ("total"), "Revenue won: €10,005,534.");
  assert_sentence ("heat", chart_sample_create ("pivot"),
                   "Deals: 3 values, highest مرحلة التفاوض مع العملاء الجدد (Stage 39 👩‍👩‍👧‍👦) with 119 deals, "
                   "lowest Website (Stage 0 👩‍👩‍👧‍👦) with 0 deals.");
  assert_sentence ("table", chart_sample_create ("pivot"), "Deals: 3 rows, 40 columns, total 7,140 deals.");
  assert_sentence ("timeline", chart_sample_create ("items"), "Activities: latest Call, Call · Verdier SARL, Today.");
  assert_sentence ("timeline", chart_sample_create ("usual"), "Deals: This chart shows records, not numbers.");
  assert_sentence ("text", chart_sample_create ("empty"), "Nothing: Write a text: edit this widget.");
  assert_sentence ("image", chart_sample_create ("picture"), "Logo: picture logo.png.");
  assert_sentence ("image", chart_sample_create ("items"), "Activities: This shows a picture, not numbers.");
  assert_sentence ("cohort", chart_sample_create ("totals"), "Deals: 5 cohorts, from Jan 2026 to May 2026.");
  assert_sentence ("pivot", chart_sample_create ("totals"), "Deals: 5 rows, 4 columns, total 9,000 deals.");
  assert_sentence ("table", chart_sample_create ("units"), "Deals: 2 rows, 2 columns, total 7 deals.");
  assert_sentence ("treemap", chart_sample_create ("usual"), "Deals: 4 parts, largest Prospecting with 120 deals, that is 48%.");
  assert_sentence ("radar", chart_sample_create ("goal"), "Revenue won: no data.");
  assert_sentence ("radar", chart_sample_create ("one"),
                   "Deals: A radar needs at least three groups; choose bars to see fewer.");
  assert_sentence ("radar", chart_sample_create ("negative"),
                   "Deals: A radar has no room below zero; choose bars to see such values.");
  assert_sentence ("combo", chart_sample_create ("usual"), "Deals: Bars and a line need two measures; choose a second one.");
  assert_sentence ("scatter", chart_sample_create ("pairs"), "Deals: 7 points, where Deals rises, Amount falls.");
  assert_sentence ("scatter", chart_sample_create ("usual"), "Deals: Nothing has both measures; choose others.");
  assert_sentence ("line", chart_sample_create ("empty"), "Nothing: no data.");
  assert_sentence ("line", chart_sample_create ("error"), "Broken: The field “amount” was deleted; choose another one.");
  assert_sentence ("line", NULL, "Line: loading.");
  assert_sentence ("no-such-kind", chart_sample_create ("usual"), "Deals: this version can’t draw this kind of chart.");
  cpt_locale_override (NULL);
}

static void
test_a_step_tells_its_share (void)
{
  g_autoptr(CptChartData) data = chart_sample_create ("usual");
  CptChart chart = { cpt_chart_kind_find ("funnel"), NULL, data };
  CptChartMark mark = { .series = 0, .category = 2 };
  g_autofree char *label = cpt_chart_dup_mark_label (&chart, &mark);

  g_assert_cmpstr (label, ==, "Proposal: 40 deals, 50% of the step before, 33% of the first");
}

static void
test_numbers_are_options_too (void)
{
  g_autoptr(JsonNode) node = json_from_string ("{\"target\":12.5,\"shape\":3}", NULL);
  g_autoptr(JsonNode) wrong = json_from_string ("{\"target\":\"12\"}", NULL);
  CptChart chart = { cpt_chart_kind_find ("gauge"), json_node_get_object (node), NULL };

  g_assert_cmpfloat (cpt_chart_get_number (&chart, "target"), ==, 12.5);
  g_assert_null (cpt_chart_get_option (&chart, "target"));
  g_assert_true (isnan (cpt_chart_get_number (&chart, "shape")));
  g_assert_true (isnan (cpt_chart_get_number (&chart, "no-such-option")));
  chart.options = json_node_get_object (wrong);
  g_assert_true (isnan (cpt_chart_get_number (&chart, "target")));
  chart.options = NULL;
  g_assert_true (isnan (cpt_chart_get_number (&chart, "target")));
}

static void
test_kinds_are_complete (void)
{
  guint n_kinds;
  const CptChartKind *const *kinds = cpt_chart_kind_list (&n_kinds);

  g_assert_cmpuint (n_kinds, >=, 5);
  for (guint i = 0; i < n_kinds; i++)
    {
      const CptChartKind *kind = kinds[i];
      CptChart chart = { kind, NULL, NULL };

      g_assert_true (cpt_chart_kind_find (kind->name) == kind);
      g_assert_nonnull (kind->label);
      g_assert_nonnull (kind->description);
      g_assert_nonnull (kind->icon_name);
      g_assert_nonnull (kind->draw);
      g_assert_nonnull (kind->summarize);
      g_assert_cmpint (kind->min_columns, >=, 1);
      g_assert_cmpint (kind->default_columns, >=, kind->min_columns);
      g_assert_cmpint (kind->default_rows, >=, kind->min_rows);
      for (const CptChartOption *option = kind->options; option != NULL && option->name != NULL; option++)
        g_assert_cmpstr (cpt_chart_get_option (&chart, option->name), ==, option->fallback);
    }
  g_assert_null (cpt_chart_kind_find ("no-such-kind"));
  g_assert_null (cpt_chart_kind_find (NULL));
}

static void
test_options_of_the_wrong_type_count_as_absent (void)
{
  g_autoptr(JsonNode) node = json_from_string ("{\"orientation\":7,\"stacking\":{\"a\":1}}", NULL);
  CptChart chart = { cpt_chart_kind_find ("bar"), json_node_get_object (node), NULL };

  g_assert_cmpstr (cpt_chart_get_option (&chart, "orientation"), ==, "auto");
  g_assert_cmpstr (cpt_chart_get_option (&chart, "stacking"), ==, "grouped");
}

static void
test_the_text_cache_forgets (void)
{
  g_autoptr(CptTextCache) texts = cpt_text_cache_new ();
  CptChartStyle style;

  cpt_chart_style_init (&style, CPT_CHART_THEME_LIGHT);
  style.texts = texts;
  for (guint i = 0; i < 400; i++)
    {
      g_autoptr(CptChartData) data = chart_sample_create ("usual");
      CptChart chart = { cpt_chart_kind_find ("bar"), NULL, data };

      for (guint j = 0; j < 4; j++)
        cpt_chart_data_set_value (data, 0, j, i * 17.0 + j);
      cairo_surface_destroy (chart_sample_draw (&chart, &style, 400, 300, NULL));
    }
}

int
main (int   argc,
      char *argv[])
{
  guint n_kinds;
  const CptChartKind *const *kinds = cpt_chart_kind_list (&n_kinds);

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < n_kinds; i++)
    {
      g_autofree char *path = g_strdup_printf ("/chart/%s-takes-any-data-in-any-size", kinds[i]->name);

      g_test_add_data_func (path, kinds[i], test_any_data_in_any_size);
    }
  g_test_add_func ("/chart/equal-input-gives-equal-pictures", test_equal_input_gives_equal_pictures);
  g_test_add_func ("/chart/marks-are-found-and-walked", test_marks_are_found_and_walked);
  g_test_add_func ("/chart/charts-are-told-in-a-sentence", test_charts_are_told_in_a_sentence);
  g_test_add_func ("/chart/a-step-tells-its-share", test_a_step_tells_its_share);
  g_test_add_func ("/chart/numbers-are-options-too", test_numbers_are_options_too);
  g_test_add_func ("/chart/kinds-are-complete", test_kinds_are_complete);
  g_test_add_func ("/chart/options-of-the-wrong-type-count-as-absent", test_options_of_the_wrong_type_count_as_absent);
  g_test_add_func ("/chart/the-text-cache-forgets", test_the_text_cache_forgets);

  return g_test_run ();
}
