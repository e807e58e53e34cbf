/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each kind of chart promises on its own. */
#include "config.h"

#include <string.h>

#include "chart-sample.h"
#include "cpt-chart-format.h"
#include "cpt-locale-private.h"

/* A slice is hit where it is, not in the box around it */
static void
test_a_slice_is_hit_where_it_is (void)
{
  g_autoptr(CptChartData) data = chart_sample_create ("usual");
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();
  CptChart chart = { cpt_chart_kind_find ("pie"), NULL, data };
  const CptChartMark *mark;
  g_autofree char *label = NULL;
  CptChartStyle style;

  cpt_chart_style_init (&style, CPT_CHART_THEME_LIGHT);
  cairo_surface_destroy (chart_sample_draw (&chart, &style, 400, 300, layout));
  g_assert_cmpuint (layout->marks->len, ==, 4);
  for (guint i = 0; i < layout->marks->len; i++)
    {
      const CptChartMark *slice = &g_array_index (layout->marks, CptChartMark, i);

      g_assert_true (cpt_chart_layout_find (layout, slice->x, slice->y) == slice);
    }
  /* The hole */
  mark = chart_sample_find_category (layout, 0);
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
  g_autoptr(CptChartData) data = chart_sample_create ("crowd");
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();
  CptChart chart = { cpt_chart_kind_find ("pie"), NULL, data };
  g_autofree char *label = NULL;
  CptChartStyle style;
  double turn = 0;

  cpt_chart_style_init (&style, CPT_CHART_THEME_PRINT);
  cairo_surface_destroy (chart_sample_draw (&chart, &style, 600, 300, layout));
  g_assert_cmpuint (layout->marks->len, ==, 7);
  for (guint i = 0; i < layout->marks->len; i++)
    {
      const CptChartMark *slice = &g_array_index (layout->marks, CptChartMark, i);

      turn += slice->sector.to - slice->sector.from;
    }
  g_assert_cmpfloat_with_epsilon (turn, 2 * G_PI, 1e-6);
  label = cpt_chart_dup_mark_label (&chart, chart_sample_find_category (layout, CPT_CHART_OTHER));
  g_assert_cmpstr (label, ==, "Other: the smaller parts together");
}

static void
test_a_gauge_tells_how_far_it_is (void)
{
  static const char *const shapes[] = { "arc", "bar" };
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();
  g_autoptr(CptChartData) data = chart_sample_create ("goal");
  CptChartStyle style;

  cpt_locale_override ("en_US");
  cpt_chart_style_init (&style, CPT_CHART_THEME_DARK);
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr(JsonObject) options = json_object_new ();
      CptChart chart = { cpt_chart_kind_find ("gauge"), options, data };

      json_object_set_string_member (options, "shape", shapes[i]);
      cairo_surface_destroy (chart_sample_draw (&chart, &style, 300, 220, layout));
      g_assert_true (chart_sample_has_label (layout, "€93,600"));
      g_assert_true (chart_sample_has_label (layout, "78% of €120,000"));
      g_assert_cmpuint (layout->marks->len, ==, 1);
      g_assert_cmpint (g_array_index (layout->marks, CptChartMark, 0).category, ==, -1);
    }
  cpt_locale_override (NULL);
}

/* Below zero the scale begins at a round number there */
static void
test_a_gauge_goes_below_zero (void)
{
  static const struct
  {
    double value;
    double target;
    const char *start;
    const char *end;
    gboolean has_zero; /* neither end */
  } cases[] = {
    { -4200000, NAN, "−€50K", "€0", FALSE },
    { -4200000, 2000000, "−€50K", "€20K", TRUE },
    { -4200000, -2000000, "−€50K", "€0", FALSE },
    { 4200000, -2000000, "−€25K", "€50K", TRUE },
  };
  static const CptChartUnit unit = { CPT_CHART_MONEY, "EUR", NULL };
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();
  CptChartStyle style;

  cpt_locale_override ("en_US");
  cpt_chart_style_init (&style, CPT_CHART_THEME_LIGHT);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(CptChartData) data = cpt_chart_data_new ("Result", &unit);
      CptChart chart = { cpt_chart_kind_find ("gauge"), NULL, data };

      data->total = cases[i].value;
      data->target = cases[i].target;
      cairo_surface_destroy (chart_sample_draw (&chart, &style, 400, 280, layout));
      g_assert_true (chart_sample_has_label (layout, cases[i].start));
      g_assert_true (chart_sample_has_label (layout, cases[i].end));
      g_assert_true (!cases[i].has_zero || !chart_sample_has_label (layout, "€0"));
    }
  cpt_locale_override (NULL);
}

static char *
draw_log (const char     *kind,
          const char     *sample,
          const char     *extra,
          CptChartLayout *layout)
{
  g_autofree char *json = g_strdup_printf ("{\"scale\":\"log\"%s}", extra);
  g_autoptr(JsonNode) node = json_from_string (json, NULL);
  g_autoptr(CptChartData) data = chart_sample_create (sample);
  CptChart chart = { cpt_chart_kind_find (kind), json_node_get_object (node), data };
  CptChartStyle style;

  cpt_chart_style_init (&style, CPT_CHART_THEME_LIGHT);
  cairo_surface_destroy (chart_sample_draw (&chart, &style, 700, 400, layout));

  return cpt_chart_dup_summary (&chart);
}

static double
get_height (const CptChartLayout *layout,
            guint                 mark)
{
  return g_array_index (layout->marks, CptChartMark, mark).y;
}

/* 120, 80, 40, 10: equal ratios are equal distances */
static void
test_a_logarithmic_scale_shows_ratios (void)
{
  static const char *const kinds[] = { "bar", "line" };
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();

  cpt_locale_override ("en_US");
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *summary = draw_log (kinds[i], "usual", "", layout);
      double doubled, quadrupled;

      g_assert_cmpuint (layout->marks->len, ==, 4);
      doubled = get_height (layout, 2) - get_height (layout, 1);
      quadrupled = get_height (layout, 3) - get_height (layout, 2);
      g_assert_cmpfloat_with_epsilon (2 * doubled, quadrupled, 0.01);
      g_assert_true (chart_sample_has_label (layout, "100"));
      g_assert_null (strstr (summary, "scale"));
    }
  cpt_locale_override (NULL);
}

/* What it can't show is said, and can still be walked to */
static void
test_a_logarithmic_scale_tells_what_it_lacks (void)
{
  static const char lost[] = "Logarithmic scale, without 2 values of 0 or less.";
  static const char none[] = "Linear scale: no value is above zero.";
  static const char stack[] = "The scale stays linear: parts are stacked.";
  static const struct
  {
    const char *kind;
    const char *sample;
    const char *extra;
    const char *note;
    guint n_marks; /* 0: any */
  } cases[] = {
    { "bar", "extreme", "", lost, 4 },
    { "line", "extreme", "", lost, 4 },
    { "bar", "negative", "", none, 3 },
    { "line", "zero", "", none, 2 },
    { "bar", "many-series", ",\"stacking\":\"stacked\"", stack, 0 },
    { "bar", "usual", ",\"stacking\":\"stacked\"", NULL, 4 },
  };
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();

  cpt_locale_override ("en_US");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *summary = draw_log (cases[i].kind, cases[i].sample, cases[i].extra, layout);

      g_assert_true (cases[i].note == NULL ? strstr (summary, "scale") == NULL : g_str_has_suffix (summary, cases[i].note));
      g_assert_true (cases[i].note == NULL || chart_sample_has_label (layout, cases[i].note));
      if (cases[i].n_marks > 0)
        g_assert_cmpuint (layout->marks->len, ==, cases[i].n_marks);
    }
  cpt_locale_override (NULL);
}

/* A card that is too low for notes has a sign in its corner, behind which they are. */
static void
test_notes_without_room_leave_a_sign (void)
{
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();
  g_autoptr(CptChartData) data = chart_sample_create ("usual");
  g_autofree char *none = NULL;
  g_autofree char *notes = NULL;
  CptChart chart = { cpt_chart_kind_find ("bar"), NULL, data };
  CptChartStyle style;
  int em;

  cpt_chart_style_init (&style, CPT_CHART_THEME_LIGHT);
  em = (int) style.font_size;
  none = cpt_chart_dup_notes (&chart);
  g_assert_null (none);
  cairo_surface_destroy (chart_sample_draw (&chart, &style, 300, 5 * em, layout));
  g_assert_cmpfloat (layout->note.width, ==, 0);

  cpt_chart_data_set_note (data, "2 deals have no date");
  notes = cpt_chart_dup_notes (&chart);
  g_assert_cmpstr (notes, ==, "2 deals have no date");
  cairo_surface_destroy (chart_sample_draw (&chart, &style, 300, 5 * em, layout));
  g_assert_true (cpt_chart_layout_is_at_note (layout, 300 - 0.5 * em, 4.5 * em));
  g_assert_false (cpt_chart_layout_is_at_note (layout, 150, 20));
  g_assert_false (chart_sample_has_label (layout, notes));

  cairo_surface_destroy (chart_sample_draw (&chart, &style, 300, 20 * em, layout));
  g_assert_cmpfloat (layout->note.width, ==, 0);
  g_assert_true (chart_sample_has_label (layout, notes));
}

/* What is not of the same unit is not added up, and has its own form */
static void
test_a_table_adds_up_what_can_be (void)
{
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();
  g_autoptr(CptChartData) units = chart_sample_create ("units");
  g_autoptr(CptChartData) pivot = chart_sample_create ("pivot");
  CptChart chart = { cpt_chart_kind_find ("table"), NULL, units };
  CptChartMark mark = { .series = 1, .category = 0 };
  g_autofree char *label = NULL;
  CptChartStyle style;

  cpt_locale_override ("en_US");
  cpt_chart_style_init (&style, CPT_CHART_THEME_LIGHT);
  cairo_surface_destroy (chart_sample_draw (&chart, &style, 400, 200, layout));
  g_assert_true (chart_sample_has_label (layout, "€12,345"));
  g_assert_true (chart_sample_has_label (layout, "€6"));
  g_assert_true (chart_sample_has_label (layout, "7"));
  g_assert_true (chart_sample_has_label (layout, "Total"));
  g_assert_false (chart_sample_has_label (layout, "€12,351"));
  g_assert_cmpuint (layout->marks->len, ==, 4);
  label = cpt_chart_dup_mark_label (&chart, &mark);
  g_assert_cmpstr (label, ==, "Ann, Amount: €12,345");

  chart.data = pivot;
  cairo_surface_destroy (chart_sample_draw (&chart, &style, 700, 200, layout));
  g_assert_true (chart_sample_has_label (layout, "780"));
  g_assert_true (chart_sample_has_label (layout, "7,140"));
  g_assert_cmpuint (layout->marks->len, >=, 3);
  g_assert_cmpuint (layout->marks->len % 3, ==, 0);
  cpt_locale_override (NULL);
}

/* Totals are those of the data; both measures of a group stay together */
static void
test_a_pivot_keeps_its_totals (void)
{
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();
  g_autoptr(CptChartData) data = chart_sample_create ("totals");
  CptChart chart = { cpt_chart_kind_find ("pivot"), NULL, data };
  CptChartMark mark = { .series = 1, .category = CPT_CHART_TOTAL };
  g_autofree char *total = NULL;
  g_autofree char *row = NULL;
  g_autofree char *cell = NULL;
  CptChartStyle style;

  cpt_locale_override ("en_US");
  cpt_chart_data_set_value (data, 3, 2, 100);
  cpt_chart_style_init (&style, CPT_CHART_THEME_LIGHT);
  cairo_surface_destroy (chart_sample_draw (&chart, &style, 1100, 300, layout));
  g_assert_true (chart_sample_has_label (layout, "Average amount"));
  g_assert_true (chart_sample_has_label (layout, "€100"));
  g_assert_true (chart_sample_has_label (layout, "9,000"));
  /* Of 5 × 10 cells five are missing; ten totals, of which one is not known */
  g_assert_cmpuint (layout->marks->len, ==, 5 * 10 - 5 + 10 - 1);
  total = cpt_chart_dup_mark_label (&chart, &mark);
  g_assert_cmpstr (total, ==, "Total, Website, Average amount: €20");
  mark = (CptChartMark){ .series = 8, .category = 0 };
  row = cpt_chart_dup_mark_label (&chart, &mark);
  g_assert_cmpstr (row, ==, "Jan 2026, Total, Deals: 40 deals");
  mark = (CptChartMark){ .series = 6, .category = 4 };
  cell = cpt_chart_dup_mark_label (&chart, &mark);
  g_assert_cmpstr (cell, ==, "May 2026, Event, Deals: 34 deals");

  /* Whole groups go, never the totals alone */
  cairo_surface_destroy (chart_sample_draw (&chart, &style, 420, 300, layout));
  g_assert_true (chart_sample_has_label (layout, "9,000"));
  g_assert_false (chart_sample_has_label (layout, "Event"));
  cpt_locale_override (NULL);
}

static void
test_a_text_is_read_line_by_line (void)
{
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();
  g_autoptr(CptChartData) data = cpt_chart_data_new ("Note", NULL);
  g_autoptr(JsonObject) options = json_object_new ();
  CptChart chart = { cpt_chart_kind_find ("text"), options, data };
  g_autofree char *summary = NULL;
  CptChartStyle style;

  json_object_set_string_member (options, "text",
                                 "# Plan\n\nCall **all** of them,\nthen *rest*.\n\n- one\n2. two\n"
                                 "see [us](https://example.org) 2 * 3 * 4 <b>x</b>");
  cpt_chart_style_init (&style, CPT_CHART_THEME_LIGHT);
  cairo_surface_destroy (chart_sample_draw (&chart, &style, 400, 300, layout));
  g_assert_true (chart_sample_has_label (layout, "Plan"));
  g_assert_true (chart_sample_has_label (layout, "Call all of them,\nthen rest."));
  g_assert_true (chart_sample_has_label (layout, "one"));
  g_assert_true (chart_sample_has_label (layout, "2."));
  g_assert_true (chart_sample_has_label (layout, "see us (https://example.org) 2 * 3 * 4 <b>x</b>"));
  summary = cpt_chart_dup_summary (&chart);
  g_assert_true (g_str_has_prefix (summary, "Plan\nCall all"));
}

/* As many columns as the cohorts that are shown have lived */
static void
test_cohorts_are_a_triangle (void)
{
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();
  g_autoptr(CptChartData) data = cpt_chart_data_new ("Leads", NULL);
  CptChart chart = { cpt_chart_kind_find ("cohort"), NULL, data };
  CptChartStyle style;
  guint size;

  for (int i = 0; i < 30; i++)
    cpt_chart_data_add_bucket (data, CPT_BUCKET_MONTH, cpt_date_from_ymd (2024 + i / 12, 1 + i % 12, 1));
  for (guint s = 0; s < 30; s++)
    {
      cpt_chart_data_add_series (data, NULL, CPT_CHART_ROLE_VALUE);
      for (guint i = 0; i + s < 30; i++)
        cpt_chart_data_set_value (data, s, i, 3);
    }
  size = cpt_chart_data_add_series (data, "Size", CPT_CHART_ROLE_TOTAL);
  for (guint i = 0; i < 30; i++)
    cpt_chart_data_set_value (data, size, i, 12);

  cpt_chart_style_init (&style, CPT_CHART_THEME_LIGHT);
  cairo_surface_destroy (chart_sample_draw (&chart, &style, 700, 160, layout));
  g_assert_nonnull (chart_sample_find_mark (layout, 0, 29));
  g_assert_null (chart_sample_find_mark (layout, 1, 29));
  g_assert_nonnull (chart_sample_find_mark (layout, (int) size, 29));
  g_assert_true (chart_sample_has_label (layout, "25%"));
  g_assert_false (chart_sample_has_label (layout, "29"));
  g_assert_null (chart_sample_find_mark (layout, 0, 0));
}

/* Where not all have room, the last days have */
static void
test_a_table_of_dates_ends_today (void)
{
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();
  g_autoptr(CptChartData) data = chart_sample_create ("year");
  g_autoptr(CptChartData) names = chart_sample_create ("crowd");
  CptChart chart = { cpt_chart_kind_find ("table"), NULL, data };
  CptChartStyle style;

  cpt_chart_style_init (&style, CPT_CHART_THEME_LIGHT);
  cairo_surface_destroy (chart_sample_draw (&chart, &style, 400, 200, layout));
  g_assert_nonnull (chart_sample_find_category (layout, 364));
  g_assert_null (chart_sample_find_category (layout, 0));
  chart.data = names;
  cairo_surface_destroy (chart_sample_draw (&chart, &style, 400, 200, layout));
  g_assert_nonnull (chart_sample_find_category (layout, 0));
}

/* Friday 21 August 2026 is in the column of its week, in the fifth row */
static void
test_a_calendar_has_a_column_for_each_week (void)
{
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();
  g_autoptr(CptChartData) data = chart_sample_create ("year");
  CptChart chart = { cpt_chart_kind_find ("heat"), NULL, data };
  const CptChartMark *friday, *monday, *next;
  CptChartStyle style;
  int category = (int) (cpt_date_from_ymd (2026, 8, 21) - cpt_date_from_ymd (2026, 1, 1));

  cpt_chart_style_init (&style, CPT_CHART_THEME_LIGHT);
  cairo_surface_destroy (chart_sample_draw (&chart, &style, 900, 200, layout));
  g_assert_cmpuint (layout->marks->len, ==, 365 - 8);
  friday = chart_sample_find_category (layout, category);
  monday = chart_sample_find_category (layout, category - 4);
  next = chart_sample_find_category (layout, category + 3);
  g_assert_cmpfloat_with_epsilon (friday->area.x, monday->area.x, 0.01);
  g_assert_cmpfloat_with_epsilon (friday->area.y, monday->area.y + 4 * monday->area.height, 0.01);
  g_assert_cmpfloat_with_epsilon (next->area.x, friday->area.x + friday->area.width, 0.01);
  g_assert_cmpfloat_with_epsilon (next->area.y, monday->area.y, 0.01);
  g_assert_true (cpt_chart_layout_find (layout, friday->x, friday->y) == friday);
}

static void
test_a_matrix_is_walked_in_both_directions (void)
{
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();
  g_autoptr(CptChartData) data = chart_sample_create ("many-series");
  CptChart chart = { cpt_chart_kind_find ("heat"), NULL, data };
  const CptChartMark *marks;
  CptChartStyle style;
  int at;

  cpt_chart_style_init (&style, CPT_CHART_THEME_CONTRAST_DARK);
  cairo_surface_destroy (chart_sample_draw (&chart, &style, 900, 700, layout));
  g_assert_cmpuint (layout->marks->len, ==, 12 * 30);
  marks = (const CptChartMark *) layout->marks->data;
  at = cpt_chart_layout_walk (layout, -1, CPT_CHART_STEP_FIRST);
  at = cpt_chart_layout_walk (layout, at, CPT_CHART_STEP_NEXT);
  g_assert_cmpint (marks[at].category, ==, 1);
  g_assert_cmpfloat (marks[at].x, >, marks[0].x);
  at = cpt_chart_layout_walk (layout, at, CPT_CHART_STEP_NEXT_SERIES);
  g_assert_cmpint (marks[at].series, ==, 1);
  g_assert_cmpfloat (marks[at].y, >, marks[0].y);
}

static void
test_tiles_are_as_large_as_their_share (void)
{
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();
  g_autoptr(CptChartData) data = chart_sample_create ("usual");
  CptChart chart = { cpt_chart_kind_find ("treemap"), NULL, data };
  CptChartStyle style;

  cpt_chart_style_init (&style, CPT_CHART_THEME_LIGHT);
  cairo_surface_destroy (chart_sample_draw (&chart, &style, 500, 300, layout));
  g_assert_cmpuint (layout->marks->len, ==, 4);
  for (guint i = 0; i < layout->marks->len; i++)
    {
      const CptChartMark *tile = &g_array_index (layout->marks, CptChartMark, i);
      double share = cpt_chart_data_get_value (data, 0, (guint) tile->category) / 250;

      g_assert_cmpfloat_with_epsilon (tile->area.width * tile->area.height, share * 500 * 300, 0.01);
      g_assert_true (cpt_chart_layout_find (layout, tile->x, tile->y) == tile);
      g_assert_true (cpt_chart_layout_find (layout, tile->area.x + 1, tile->area.y + 1) == tile);
    }
}

/* As many as can be seen; no tile is too small to be hit */
static void
test_a_treemap_has_many_tiles (void)
{
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();
  g_autoptr(CptChartData) data = chart_sample_create ("crowd");
  CptChart chart = { cpt_chart_kind_find ("treemap"), NULL, data };
  double area = 0;
  CptChartStyle style;

  cpt_chart_style_init (&style, CPT_CHART_THEME_LIGHT);
  cairo_surface_destroy (chart_sample_draw (&chart, &style, 500, 300, layout));
  for (guint i = 0; i < layout->marks->len; i++)
    {
      const CptChartMark *tile = &g_array_index (layout->marks, CptChartMark, i);

      area += tile->area.width * tile->area.height;
    }
  g_assert_cmpfloat_with_epsilon (area, 500 * 300, 1);
  g_assert_nonnull (chart_sample_find_category (layout, CPT_CHART_OTHER));
}

static void
test_a_point_tells_both_measures (void)
{
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();
  g_autoptr(CptChartData) data = chart_sample_create ("units");
  g_autoptr(CptChartData) many = chart_sample_create ("many-pairs");
  CptChart chart = { cpt_chart_kind_find ("scatter"), NULL, data };
  const CptChartMark *ann, *bea;
  g_autofree char *label = NULL;
  CptChartStyle style;

  cpt_locale_override ("en_US");
  cpt_chart_style_init (&style, CPT_CHART_THEME_LIGHT);
  cairo_surface_destroy (chart_sample_draw (&chart, &style, 500, 300, layout));
  g_assert_cmpuint (layout->marks->len, ==, 2);
  ann = chart_sample_find_category (layout, 0);
  bea = chart_sample_find_category (layout, 1);
  g_assert_cmpfloat (ann->x, <, bea->x);
  g_assert_cmpfloat (ann->y, <, bea->y);
  label = cpt_chart_dup_mark_label (&chart, ann);
  g_assert_cmpstr (label, ==, "Ann: Deals 3 deals, Amount €12,345");
  g_assert_true (chart_sample_has_label (layout, "Ann"));
  g_assert_true (chart_sample_has_label (layout, "€15K"));

  /* Points on the same spot are drawn once */
  chart.data = many;
  cairo_surface_destroy (chart_sample_draw (&chart, &style, 500, 300, layout));
  g_assert_cmpuint (layout->marks->len, <, 40000);
  g_assert_cmpuint (layout->marks->len, >, 1000);
  cpt_locale_override (NULL);
}

/* Both axes have zero at the same height and their ticks on the same lines */
static void
test_two_axes_share_their_lines (void)
{
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();
  g_autoptr(CptChartData) data = chart_sample_create ("units");
  CptChart chart = { cpt_chart_kind_find ("combo"), NULL, data };
  const CptChartMark *bar, *point;
  g_autofree char *label = NULL;
  g_autofree char *summary = NULL;
  CptChartStyle style;
  guint n_ticks[2] = { 0 };

  cpt_locale_override ("en_US");
  cpt_chart_style_init (&style, CPT_CHART_THEME_LIGHT);
  cpt_chart_data_set_value (data, 0, 1, -2);
  cairo_surface_destroy (chart_sample_draw (&chart, &style, 500, 300, layout));
  for (guint i = 0; i < layout->labels->len; i++)
    {
      const CptChartLabel *one = &g_array_index (layout->labels, CptChartLabel, i);

      if (one->area.x + one->area.width < layout->plot.x)
        n_ticks[0]++;
      else if (one->area.x > layout->plot.x + layout->plot.width && g_str_has_prefix (one->text, "€"))
        n_ticks[1]++;
    }
  g_assert_cmpuint (n_ticks[0], >, 2);
  /* "−€5K" does not begin with the sign of the currency */
  g_assert_cmpuint (n_ticks[1] + 1, >=, n_ticks[0] - 1);
  g_assert_true (chart_sample_has_label (layout, "Amount"));
  g_assert_true (chart_sample_has_label (layout, "€0"));

  g_assert_cmpuint (layout->marks->len, ==, 4);
  bar = chart_sample_find_mark (layout, 0, 0);
  point = chart_sample_find_mark (layout, 1, 0);
  g_assert_cmpfloat_with_epsilon (bar->x, point->x, 0.01);
  g_assert_true (cpt_chart_layout_find (layout, bar->x, bar->y + 1) == bar || bar->y == point->y);
  label = cpt_chart_dup_mark_label (&chart, point);
  g_assert_cmpstr (label, ==, "Ann, Amount: €12,345");
  summary = cpt_chart_dup_summary (&chart);
  g_assert_cmpstr (summary, ==, "Deals: 2 values, Deals highest Ann with 3 deals, Amount highest Ann with €12,345.");
  cpt_locale_override (NULL);
}

/* What is expected widens the axis, and is told of each point */
static void
test_a_forecast_is_told_from_what_was_measured (void)
{
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();
  g_autoptr(CptChartData) data = chart_sample_create ("forecast");
  CptChart chart = { cpt_chart_kind_find ("line"), NULL, data };
  CptChartMark mark = { .series = 0, .category = 18 };
  g_autofree char *forecast = NULL;
  g_autofree char *high = NULL;
  g_autofree char *usual = NULL;
  g_autofree char *summary = NULL;
  double from, to;
  CptChartStyle style;

  cpt_locale_override ("en_US");
  g_assert_false (cpt_chart_data_get_band (data, 0, 17, &from, &to));
  g_assert_false (cpt_chart_data_get_band (data, 0, 23, &from, &to));
  g_assert_true (isnan (from));
  g_assert_true (cpt_chart_data_get_band (data, 0, 18, &from, &to));
  g_assert_cmpfloat (from, ==, 1690000);
  g_assert_true (cpt_chart_data_is_forecast (data, 0, 18));
  g_assert_false (cpt_chart_data_is_forecast (data, 0, 17));
  forecast = cpt_chart_dup_mark_label (&chart, &mark);
  g_assert_cmpstr (forecast, ==, "Jul 2026: €17,200 (forecast, between €16,900 and €17,500)");
  mark.category = 9;
  high = cpt_chart_dup_mark_label (&chart, &mark);
  g_assert_cmpstr (high, ==, "Oct 2025: €22,600 (unusually high)");
  mark.category = 10;
  usual = cpt_chart_dup_mark_label (&chart, &mark);
  g_assert_cmpstr (usual, ==, "Nov 2025: €14,000");
  summary = cpt_chart_dup_summary (&chart);
  g_assert_cmpstr (summary, ==,
                   "Revenue won: 24 values, highest Oct 2025 with €22,600, lowest Mar 2026 with €7,600. "
                   "Forecast for Dec 2026: €19,200.");

  cpt_chart_data_set_band (data, 0, 18, 1690000, 9000000);
  cpt_chart_style_init (&style, CPT_CHART_THEME_LIGHT);
  cairo_surface_destroy (chart_sample_draw (&chart, &style, 500, 300, layout));
  g_assert_true (chart_sample_has_label (layout, "€80K"));
  cpt_locale_override (NULL);
}

/* Of a number: what is drawn, and the labels of it */
static cairo_surface_t *
draw_course (gboolean        has_course,
             int             height,
             CptChartLayout *layout)
{
  static const CptChartUnit unit = { .measure = CPT_CHART_MONEY, .currency = "EUR" };
  g_autoptr(CptChartData) data = cpt_chart_data_new ("Won", &unit);
  g_autoptr(JsonObject) options = json_object_new ();
  CptChart chart = { cpt_chart_kind_find ("number"), options, data };
  CptChartStyle style;

  cpt_chart_data_set_comparison (data, 90000, "previous month");
  cpt_chart_data_add_series (data, NULL, CPT_CHART_ROLE_VALUE);
  for (guint i = 0; i < 6; i++)
    cpt_chart_data_set_value (data, 0, cpt_chart_data_add_bucket (data, CPT_BUCKET_MONTH, cpt_date_from_ymd (2026, 1 + (int) i, 1)),
                              10000 * (i % 3 + 1));
  json_object_set_boolean_member (options, "trend", has_course);
  cpt_chart_style_init (&style, CPT_CHART_THEME_PRINT);

  return chart_sample_draw (&chart, &style, 210, height, layout);
}

/* On a card of two low rows of paper as on the screen; the number beside one without stands as high */
static void
test_a_number_shows_its_course_on_paper (void)
{
  static const struct
  {
    int height;
    gboolean has_course;
  } rooms[] = {
    { 44, FALSE },
    { 66, TRUE },
    { 69, TRUE },
    { 82, TRUE },
    { 120, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rooms); i++)
    {
      g_autoptr(CptChartLayout) one = cpt_chart_layout_new ();
      g_autoptr(CptChartLayout) other = cpt_chart_layout_new ();
      cairo_surface_t *with = draw_course (TRUE, rooms[i].height, one);
      cairo_surface_t *without = draw_course (FALSE, rooms[i].height, other);
      gsize size = (gsize) cairo_image_surface_get_stride (with) * (gsize) cairo_image_surface_get_height (with);
      int difference;

      cairo_surface_flush (with);
      cairo_surface_flush (without);
      difference = memcmp (cairo_image_surface_get_data (with), cairo_image_surface_get_data (without), size);
      g_assert_cmpint (difference != 0, ==, rooms[i].has_course);
      g_assert_cmpuint (one->labels->len, ==, other->labels->len);
      for (guint j = 0; j < one->labels->len; j++)
        g_assert_cmpfloat (g_array_index (one->labels, CptChartLabel, j).area.y, ==,
                           g_array_index (other->labels, CptChartLabel, j).area.y);
      cairo_surface_destroy (with);
      cairo_surface_destroy (without);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chart-kinds/a-slice-is-hit-where-it-is", test_a_slice_is_hit_where_it_is);
  g_test_add_func ("/chart-kinds/a-pie-has-few-slices", test_a_pie_has_few_slices);
  g_test_add_func ("/chart-kinds/a-gauge-tells-how-far-it-is", test_a_gauge_tells_how_far_it_is);
  g_test_add_func ("/chart-kinds/a-gauge-goes-below-zero", test_a_gauge_goes_below_zero);
  g_test_add_func ("/chart-kinds/a-logarithmic-scale-shows-ratios", test_a_logarithmic_scale_shows_ratios);
  g_test_add_func ("/chart-kinds/a-logarithmic-scale-tells-what-it-lacks", test_a_logarithmic_scale_tells_what_it_lacks);
  g_test_add_func ("/chart-kinds/a-table-adds-up-what-can-be", test_a_table_adds_up_what_can_be);
  g_test_add_func ("/chart-kinds/a-pivot-keeps-its-totals", test_a_pivot_keeps_its_totals);
  g_test_add_func ("/chart-kinds/a-text-is-read-line-by-line", test_a_text_is_read_line_by_line);
  g_test_add_func ("/chart-kinds/cohorts-are-a-triangle", test_cohorts_are_a_triangle);
  g_test_add_func ("/chart-kinds/a-calendar-has-a-column-for-each-week", test_a_calendar_has_a_column_for_each_week);
  g_test_add_func ("/chart-kinds/a-matrix-is-walked-in-both-directions", test_a_matrix_is_walked_in_both_directions);
  g_test_add_func ("/chart-kinds/a-table-of-dates-ends-today", test_a_table_of_dates_ends_today);
  g_test_add_func ("/chart-kinds/tiles-are-as-large-as-their-share", test_tiles_are_as_large_as_their_share);
  g_test_add_func ("/chart-kinds/a-treemap-has-many-tiles", test_a_treemap_has_many_tiles);
  g_test_add_func ("/chart-kinds/a-point-tells-both-measures", test_a_point_tells_both_measures);

  g_test_add_func ("/chart-kinds/two-axes-share-their-lines", test_two_axes_share_their_lines);
  g_test_add_func ("/chart-kinds/a-forecast-is-told-from-what-was-measured", test_a_forecast_is_told_from_what_was_measured);
  g_test_add_func ("/chart-kinds/a-number-shows-its-course-on-paper", test_a_number_shows_its_course_on_paper);
  g_test_add_func ("/chart-kinds/notes-without-room-leave-a-sign", test_notes_without_room_leave_a_sign);

  return g_test_run ();
}
