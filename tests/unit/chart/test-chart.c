/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts of every kind, on good and on hostile data, in every size. */
#include "config.h"

#include <string.h>

#include "cpt-chart-kind.h"
#include "cpt-locale-private.h"

typedef CptChartData *(*CreateData) (void);

static const CptChartUnit deals = { CPT_CHART_COUNT, "", "deals" };
static const CptChartUnit euros = { CPT_CHART_MONEY, "EUR", NULL };

/* ---- data ---- */

static CptChartData *
create_labelled (const char *const *labels,
                 const double      *values,
                 guint              n)
{
  CptChartData *data = cpt_chart_data_new ("Deals", &deals);

  cpt_chart_data_add_series (data, NULL, CPT_CHART_ROLE_VALUE);
  for (guint i = 0; i < n; i++)
    cpt_chart_data_set_value (data, 0, cpt_chart_data_add_category (data, labels[i]), values[i]);

  return data;
}

static CptChartData *
create_usual (void)
{
  static const char *const labels[] = { "Prospecting", "Qualified", "Proposal", "Won" };
  static const double values[] = { 120, 80, 40, 10 };

  return create_labelled (labels, values, G_N_ELEMENTS (values));
}

static CptChartData *
create_scripts (void)
{
  static const char *const labels[] = {
    "مرحلة التفاوض مع العملاء الجدد", "見積書を送付しました（第二四半期）", "👩‍👩‍👧‍👦 Família 🎉🎉", "\xff\xfe broken",
    "a\nb\tc\x01", "\xe2\x80\xae override", "", "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
  };
  static const double values[] = { 3, 5, 2, 1, 4, 6, 7, 8 };

  return create_labelled (labels, values, G_N_ELEMENTS (values));
}

static CptChartData *
create_extreme (void)
{
  static const char *const labels[] = { "Huge", "Tiny", "Negative", "Nothing", "Zero", "Infinite" };
  static const double values[] = { 1e300, 1e-300, -1e300, NAN, 0, INFINITY };

  return create_labelled (labels, values, G_N_ELEMENTS (values));
}

static CptChartData *
create_negative (void)
{
  static const char *const labels[] = { "Loss", "More loss", "Least" };
  static const double values[] = { -10, -400, -1 };

  return create_labelled (labels, values, G_N_ELEMENTS (values));
}

static CptChartData *
create_crowd (void)
{
  CptChartData *data = cpt_chart_data_new ("Crowd", &euros);

  cpt_chart_data_add_series (data, NULL, CPT_CHART_ROLE_VALUE);
  for (guint i = 0; i < 50000; i++)
    {
      g_autofree char *label = g_strdup_printf ("Customer number %u", i);

      cpt_chart_data_set_value (data, 0, cpt_chart_data_add_category (data, label), (i * 7919) % 100003);
    }

  return data;
}

static CptChartData *
create_days (int      n,
             int      step,
             gboolean gaps)
{
  CptChartData *data = cpt_chart_data_new ("Days", &euros);

  cpt_chart_data_add_series (data, "This year", CPT_CHART_ROLE_VALUE);
  cpt_chart_data_add_series (data, "Year before", CPT_CHART_ROLE_COMPARISON);
  for (int i = 0; i < n; i++)
    {
      guint category = cpt_chart_data_add_bucket (data, CPT_BUCKET_DAY, cpt_date_from_ymd (1624, 2, 27) + i * step);

      cpt_chart_data_set_value (data, 0, category, gaps && i % 3 > 0 ? NAN : (i * 31) % 997 * 1000.0);
      cpt_chart_data_set_value (data, 1, category, (i * 17) % 997 * 1000.0);
    }

  return data;
}

static CptChartData *
create_four_centuries (void)
{
  return create_days (400 * 365 / 10, 10, FALSE);
}

static CptChartData *
create_gaps (void)
{
  return create_days (40, 1, TRUE);
}

static CptChartData *
create_one_day (void)
{
  return create_days (1, 1, FALSE);
}

static CptChartData *
create_many_series (void)
{
  CptChartData *data = cpt_chart_data_new ("Teams", &deals);

  for (guint s = 0; s < 30; s++)
    {
      g_autofree char *label = g_strdup_printf ("Team with quite a long name %u", s);

      cpt_chart_data_add_series (data, label, CPT_CHART_ROLE_VALUE);
    }
  for (int i = 0; i < 12; i++)
    {
      guint category = cpt_chart_data_add_bucket (data, CPT_BUCKET_MONTH, cpt_date_from_ymd (2026, 1 + i, 1));

      for (guint s = 0; s < 30; s++)
        cpt_chart_data_set_value (data, s, category, (s + 3) * (i + 1) % 17 - 3.0);
    }

  return data;
}

static CptChartData *
create_total (void)
{
  CptChartData *data = cpt_chart_data_new ("Revenue won", &euros);

  data->total = 1000553400;
  cpt_chart_data_set_comparison (data, 893200000, "previous quarter");

  return data;
}

static CptChartData *
create_from_zero (void)
{
  CptChartData *data = cpt_chart_data_new ("Revenue won", &euros);

  data->total = 5;
  cpt_chart_data_set_comparison (data, 0, NULL);

  return data;
}

static CptChartData *
create_target (void)
{
  CptChartData *data = create_usual ();

  data->target = 300;

  return data;
}

static CptChartData *
create_empty (void)
{
  return cpt_chart_data_new ("Nothing", &deals);
}

static CptChartData *
create_all_missing (void)
{
  static const char *const labels[] = { "A", "B" };
  static const double values[] = { NAN, -INFINITY };

  return create_labelled (labels, values, G_N_ELEMENTS (values));
}

static CptChartData *
create_error (void)
{
  return cpt_chart_data_new_error ("Broken", "The field “amount” was deleted; choose another one.");
}

static CptChartData *
create_one (void)
{
  static const char *const labels[] = { "Only" };
  static const double values[] = { 1e300 };

  return create_labelled (labels, values, G_N_ELEMENTS (values));
}

static CptChartData *
create_zero (void)
{
  static const char *const labels[] = { "A", "B" };
  static const double values[] = { 0, 0 };

  return create_labelled (labels, values, G_N_ELEMENTS (values));
}

/* More than a double can hold, together */
static CptChartData *
create_huge_parts (void)
{
  static const char *const labels[] = { "A", "B", "مرحلة التفاوض مع العملاء الجدد", "👩‍👩‍👧‍👦 Família 🎉🎉" };
  static const double values[] = { G_MAXDOUBLE, G_MAXDOUBLE, G_MAXDOUBLE, 1 };

  return create_labelled (labels, values, G_N_ELEMENTS (values));
}

static CptChartData *
create_goal (void)
{
  CptChartData *data = cpt_chart_data_new ("Revenue won", &euros);

  data->total = 9360000;
  data->target = 12000000;

  return data;
}

static CptChartData *
create_none (void)
{
  return NULL;
}

static const struct
{
  const char *name;
  CreateData create;
} datasets[] = {
  { "usual", create_usual },
  { "scripts", create_scripts },
  { "extreme", create_extreme },
  { "negative", create_negative },
  { "crowd", create_crowd },
  { "four-centuries", create_four_centuries },
  { "gaps", create_gaps },
  { "one-day", create_one_day },
  { "many-series", create_many_series },
  { "total", create_total },
  { "from-zero", create_from_zero },
  { "target", create_target },
  { "empty", create_empty },
  { "all-missing", create_all_missing },
  { "error", create_error },
  { "waiting", create_none },
  { "one", create_one },
  { "zero", create_zero },
  { "huge-parts", create_huge_parts },
  { "goal", create_goal },
};

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

static cairo_surface_t *
draw (const CptChart      *chart,
      const CptChartStyle *style,
      int                  width,
      int                  height,
      CptChartLayout      *layout)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, MAX (width, 1), MAX (height, 1));
  cairo_t *cr = cairo_create (surface);

  cpt_chart_draw (cr, chart, style, width, height, layout);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  g_assert_false (cairo_has_current_point (cr));
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  return surface;
}

/* The options that change a picture: orientation and stacking of bars, area */
static JsonObject *
create_options (guint variant)
{
  static const char *const orientations[] = { "auto", "vertical", "horizontal", "diagonal" };
  static const char *const shapes[] = { "ring", "pie", "bar", "cube" };
  JsonObject *options = json_object_new ();

  json_object_set_string_member (options, "orientation", orientations[variant % 4]);
  json_object_set_string_member (options, "stacking", variant % 2 == 0 ? "grouped" : "stacked");
  json_object_set_boolean_member (options, "area", variant % 2 == 0);
  json_object_set_string_member (options, "shape", shapes[variant % 4]);

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
      cairo_surface_t *surface = draw (chart, style, width, height, layout);

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
  for (guint i = 0; i < G_N_ELEMENTS (datasets); i++)
    {
      g_autoptr(CptChartData) data = datasets[i].create ();

      for (guint variant = 0; variant < 4; variant++)
        {
          g_autoptr(JsonObject) options = create_options (variant);
          CptChart chart = { kind, options, data };
          g_autofree char *summary = cpt_chart_dup_summary (&chart);

          g_assert_true (g_utf8_validate (summary, -1, NULL));
          check_chart (&chart, &style, datasets[i].name);
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
      g_autoptr(CptChartData) data = create_usual ();
      CptChart chart = { kinds[i], NULL, data };
      cairo_surface_t *first = draw (&chart, &style, 400, 300, NULL);
      cairo_surface_t *second = draw (&chart, &style, 400, 300, NULL);

      g_assert_cmpmem (cairo_image_surface_get_data (first), 400 * 300 * 4,
                       cairo_image_surface_get_data (second), 400 * 300 * 4);
      cairo_surface_destroy (first);
      cairo_surface_destroy (second);
    }
}

static void
test_marks_are_found_and_walked (void)
{
  g_autoptr(CptChartData) data = create_many_series ();
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();
  CptChart chart = { cpt_chart_kind_find ("bar"), NULL, data };
  const CptChartMark *mark;
  CptChartStyle style;
  int at;

  cpt_chart_style_init (&style, CPT_CHART_THEME_LIGHT);
  cairo_surface_destroy (draw (&chart, &style, 2000, 400, layout));
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
  cpt_locale_override ("en_US");
  assert_sentence ("number", create_total (), "Revenue won: €10,005,534, +12% from €8,932,000, previous quarter.");
  assert_sentence ("number", create_from_zero (), "Revenue won: €0.05, from €0.");
  assert_sentence ("bar", create_usual (), "Deals: 4 values, highest Prospecting with 120 deals, lowest Won with 10 deals.");
  assert_sentence ("line", create_gaps (),
                   "Days: 40 values, highest 03/28/1624 (This year) with €9,300, "
                   "lowest 02/27/1624 (This year) with €0.");
  assert_sentence ("funnel", create_usual (), "Deals: Prospecting 120 deals, Won 10 deals, that is 8.3%.");
  assert_sentence ("leaderboard", create_usual (), "Deals: 4 places, Prospecting leads with 120 deals.");
  assert_sentence ("pie", create_usual (), "Deals: 4 parts, largest Prospecting with 120 deals, that is 48%.");
  assert_sentence ("pie", create_negative (),
                   "Deals: Values below zero are no parts of a whole; choose bars to see them.");
  assert_sentence ("pie", create_zero (), "Deals: All values are zero.");
  assert_sentence ("gauge", create_goal (), "Revenue won: €93,600, that is 78% of the goal of €120,000.");
  assert_sentence ("gauge", create_total (), "Revenue won: €10,005,534.");
  assert_sentence ("line", create_empty (), "Nothing: no data.");
  assert_sentence ("line", create_error (), "Broken: The field “amount” was deleted; choose another one.");
  assert_sentence ("line", NULL, "Line: loading.");
  assert_sentence ("no-such-kind", create_usual (), "Deals: this version can’t draw this kind of chart.");
  cpt_locale_override (NULL);
}

static void
test_a_step_tells_its_share (void)
{
  g_autoptr(CptChartData) data = create_usual ();
  CptChart chart = { cpt_chart_kind_find ("funnel"), NULL, data };
  CptChartMark mark = { .series = 0, .category = 2 };
  g_autofree char *label = cpt_chart_dup_mark_label (&chart, &mark);

  g_assert_cmpstr (label, ==, "Proposal: 40 deals, 50% of the step before, 33% of the first");
}

static const CptChartMark *
find_category (const CptChartLayout *layout,
               int                   category)
{
  for (guint i = 0; i < layout->marks->len; i++)
    if (g_array_index (layout->marks, CptChartMark, i).category == category)
      return &g_array_index (layout->marks, CptChartMark, i);

  return NULL;
}

/* A slice is hit where it is, not in the box around it */
static void
test_a_slice_is_hit_where_it_is (void)
{
  g_autoptr(CptChartData) data = create_usual ();
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();
  CptChart chart = { cpt_chart_kind_find ("pie"), NULL, data };
  const CptChartMark *mark;
  g_autofree char *label = NULL;
  CptChartStyle style;

  cpt_chart_style_init (&style, CPT_CHART_THEME_LIGHT);
  cairo_surface_destroy (draw (&chart, &style, 400, 300, layout));
  g_assert_cmpuint (layout->marks->len, ==, 4);
  for (guint i = 0; i < layout->marks->len; i++)
    {
      const CptChartMark *slice = &g_array_index (layout->marks, CptChartMark, i);

      g_assert_true (cpt_chart_layout_find (layout, slice->x, slice->y) == slice);
    }
  /* The hole */
  mark = find_category (layout, 0);
  g_assert_null (cpt_chart_layout_find (layout, mark->sector.x, mark->sector.y));
  /* Clockwise from the top: 48 % end before the bottom, on the right */
  g_assert_cmpfloat (mark->x, >, mark->sector.x);
  g_assert_cmpfloat_with_epsilon (mark->sector.to - mark->sector.from, 0.48 * 2 * G_PI, 1e-9);
  label = cpt_chart_dup_mark_label (&chart, mark);
  g_assert_cmpstr (label, ==, "Prospecting: 120 deals, 48% of all");
}

static void
test_a_pie_has_few_slices (void)
{
  g_autoptr(CptChartData) data = create_crowd ();
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();
  CptChart chart = { cpt_chart_kind_find ("pie"), NULL, data };
  g_autofree char *label = NULL;
  CptChartStyle style;
  double turn = 0;

  cpt_chart_style_init (&style, CPT_CHART_THEME_PRINT);
  cairo_surface_destroy (draw (&chart, &style, 600, 300, layout));
  g_assert_cmpuint (layout->marks->len, ==, 7);
  for (guint i = 0; i < layout->marks->len; i++)
    {
      const CptChartMark *slice = &g_array_index (layout->marks, CptChartMark, i);

      turn += slice->sector.to - slice->sector.from;
    }
  g_assert_cmpfloat_with_epsilon (turn, 2 * G_PI, 1e-6);
  label = cpt_chart_dup_mark_label (&chart, find_category (layout, CPT_CHART_OTHER));
  g_assert_cmpstr (label, ==, "Other: the smaller parts together");
}

static gboolean
has_label (const CptChartLayout *layout,
           const char           *text)
{
  for (guint i = 0; i < layout->labels->len; i++)
    if (g_str_equal (g_array_index (layout->labels, CptChartLabel, i).text, text))
      return TRUE;

  return FALSE;
}

static void
test_a_gauge_tells_how_far_it_is (void)
{
  static const char *const shapes[] = { "arc", "bar" };
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();
  g_autoptr(CptChartData) data = create_goal ();
  CptChartStyle style;

  cpt_locale_override ("en_US");
  cpt_chart_style_init (&style, CPT_CHART_THEME_DARK);
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr(JsonObject) options = json_object_new ();
      CptChart chart = { cpt_chart_kind_find ("gauge"), options, data };

      json_object_set_string_member (options, "shape", shapes[i]);
      cairo_surface_destroy (draw (&chart, &style, 300, 220, layout));
      g_assert_true (has_label (layout, "€93,600"));
      g_assert_true (has_label (layout, "78% of €120,000"));
      g_assert_cmpuint (layout->marks->len, ==, 1);
      g_assert_cmpint (g_array_index (layout->marks, CptChartMark, 0).category, ==, -1);
    }
  cpt_locale_override (NULL);
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
      g_autoptr(CptChartData) data = create_usual ();
      CptChart chart = { cpt_chart_kind_find ("bar"), NULL, data };

      for (guint j = 0; j < 4; j++)
        cpt_chart_data_set_value (data, 0, j, i * 17.0 + j);
      cairo_surface_destroy (draw (&chart, &style, 400, 300, NULL));
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
  g_test_add_func ("/chart/a-slice-is-hit-where-it-is", test_a_slice_is_hit_where_it_is);
  g_test_add_func ("/chart/a-pie-has-few-slices", test_a_pie_has_few_slices);
  g_test_add_func ("/chart/a-gauge-tells-how-far-it-is", test_a_gauge_tells_how_far_it_is);
  g_test_add_func ("/chart/numbers-are-options-too", test_numbers_are_options_too);
  g_test_add_func ("/chart/kinds-are-complete", test_kinds_are_complete);
  g_test_add_func ("/chart/options-of-the-wrong-type-count-as-absent", test_options_of_the_wrong_type_count_as_absent);
  g_test_add_func ("/chart/the-text-cache-forgets", test_the_text_cache_forgets);

  return g_test_run ();
}
