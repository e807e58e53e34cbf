/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Good and hostile data. */
#include "config.h"
#include "chart-sample.h"

static const CptChartUnit deals = { CPT_CHART_COUNT, "", "deals" };
static const CptChartUnit euros = { CPT_CHART_MONEY, "EUR", NULL };

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

/* Of one series: a calendar */
static CptChartData *
create_year (void)
{
  CptChartData *data = cpt_chart_data_new ("Calls", &deals);
  gint64 first = cpt_date_from_ymd (2026, 1, 1);

  cpt_chart_data_add_series (data, NULL, CPT_CHART_ROLE_VALUE);
  for (int i = 0; i < 365; i++)
    cpt_chart_data_set_value (data, 0, cpt_chart_data_add_bucket (data, CPT_BUCKET_DAY, first + i),
                              i % 50 == 0 ? NAN : i % 17 - 3);

  return data;
}

static CptChartData *
create_pivot (void)
{
  CptChartData *data = cpt_chart_data_new ("Deals", &deals);
  static const char *const labels[] = { "Website", "Event", "مرحلة التفاوض مع العملاء الجدد" };

  data->is_grouped = TRUE;
  for (guint s = 0; s < 40; s++)
    {
      g_autofree char *label = g_strdup_printf ("Stage %u 👩‍👩‍👧‍👦", s);

      cpt_chart_data_get_series (data, cpt_chart_data_add_series (data, label, CPT_CHART_ROLE_VALUE))->is_additive = TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      guint category = cpt_chart_data_add_category (data, labels[i]);

      for (guint s = 0; s < 40; s++)
        cpt_chart_data_set_value (data, s, category, i * 40 + s);
    }

  return data;
}

static CptChartData *
create_units (void)
{
  CptChartData *data = create_labelled ((const char *const[]){ "Ann", "Bea" }, (const double[]){ 3, 4 }, 2);
  guint series = cpt_chart_data_add_series (data, "Amount", CPT_CHART_ROLE_VALUE);

  cpt_chart_data_get_series (data, 0)->is_additive = TRUE;
  cpt_chart_data_get_series (data, series)->has_unit = TRUE;
  cpt_chart_data_get_series (data, series)->unit = euros;
  cpt_chart_data_set_value (data, series, 0, 1234500);
  cpt_chart_data_set_value (data, series, 1, 600);

  return data;
}

/* Four measures of ten people; nothing is on the last one, and some of it is missing */
static CptChartData *
create_figures (void)
{
  static const char *const labels[] = { "Won", "Rate", "مرحلة التفاوض مع العملاء الجدد", "Nothing" };
  static const CptChartUnit percent = { CPT_CHART_PERCENT, "", NULL };
  CptChartData *data = cpt_chart_data_new ("Team", &deals);

  for (guint s = 0; s < G_N_ELEMENTS (labels); s++)
    {
      CptChartSeries *series = cpt_chart_data_get_series (data, cpt_chart_data_add_series (data, labels[s], CPT_CHART_ROLE_VALUE));

      series->has_unit = s == 1 || s == 2;
      series->unit = s == 1 ? percent : euros;
    }
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *label = g_strdup_printf ("Person %u", i + 1);
      guint category = cpt_chart_data_add_category (data, label);

      cpt_chart_data_set_value (data, 0, category, 20 - 2.0 * i);
      cpt_chart_data_set_value (data, 1, category, i == 1 ? NAN : 0.05 * (i + 1));
      cpt_chart_data_set_value (data, 2, category, 100000 + 1000 * i);
      cpt_chart_data_set_value (data, 3, category, i == 0 ? 0 : NAN);
    }

  return data;
}

/* Many small ones before the largest, in no order; a part of them is not there */
static CptChartData *
create_unordered (void)
{
  CptChartData *data = cpt_chart_data_new ("Customers", &euros);

  cpt_chart_data_get_series (data, cpt_chart_data_add_series (data, NULL, CPT_CHART_ROLE_VALUE))->is_additive = TRUE;
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *label = g_strdup_printf ("Customer %u", i + 1);

      cpt_chart_data_set_value (data, 0, cpt_chart_data_add_category (data, label), 100.0 * (i + 1));
    }
  data->is_unordered = TRUE;
  data->is_part = TRUE;
  data->rest = 100 * 50.0;

  return data;
}

static CptChartData *
create_none (void)
{
  return NULL;
}

/* Two measures that fall against each other, over scales that share nothing */
static CptChartData *
create_pairs (void)
{
  CptChartData *data = create_scripts ();
  guint series = cpt_chart_data_add_series (data, "Amount", CPT_CHART_ROLE_VALUE);

  cpt_chart_data_get_series (data, series)->has_unit = TRUE;
  cpt_chart_data_get_series (data, series)->unit = euros;
  for (guint i = 0; i < cpt_chart_data_get_n_categories (data); i++)
    cpt_chart_data_set_value (data, series, i, i == 0 ? NAN : 100000 - 10000 * cpt_chart_data_get_value (data, 0, i));

  return data;
}

static CptChartData *
create_many_pairs (void)
{
  CptChartData *data = create_crowd ();
  guint series = cpt_chart_data_add_series (data, NULL, CPT_CHART_ROLE_VALUE);

  for (guint i = 0; i < cpt_chart_data_get_n_categories (data); i++)
    cpt_chart_data_set_value (data, series, i, (i % 7 == 0 ? -1e300 : 1e300) * ((i * 31) % 101) / 101);

  return data;
}

static CptChartData *
create_profiles (void)
{
  static const char *const labels[] = { "Calls", "مرحلة التفاوض مع العملاء الجدد", "👩‍👩‍👧‍👦 Família 🎉🎉", "Visits", "E-mails" };
  static const double values[] = { 3, 5, 2, 1, 4 };
  CptChartData *data = create_labelled (labels, values, G_N_ELEMENTS (values));
  guint series = cpt_chart_data_add_series (data, "Before", CPT_CHART_ROLE_COMPARISON);

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    cpt_chart_data_set_value (data, series, i, i == 2 ? NAN : values[i] / 2);

  return data;
}

/* A year and a half to come, with what is usual around it, and what was not */
static CptChartData *
create_forecast (void)
{
  CptChartData *data = cpt_chart_data_new ("Revenue won", &euros);
  guint series = cpt_chart_data_add_series (data, "Revenue", CPT_CHART_ROLE_VALUE);

  for (int i = 0; i < 24; i++)
    {
      guint month = cpt_chart_data_add_bucket (data, CPT_BUCKET_MONTH, cpt_date_from_ymd (2025 + i / 12, 1 + i % 12, 1));
      double value = 1000000 + 40000 * i + (i == 9 ? 900000 : i == 14 ? -800000
                                                                      : 0);

      cpt_chart_data_set_value (data, series, month, i == 20 ? NAN : value);
      if (i >= 18)
        cpt_chart_data_set_band (data, series, month, value - 30000 * (i - 17), i == 23 ? INFINITY : value + 30000 * (i - 17));
    }
  cpt_chart_data_set_forecast (data, series, 18);
  cpt_chart_data_set_flag (data, series, 9, CPT_CHART_FLAG_HIGH);
  cpt_chart_data_set_flag (data, series, 14, CPT_CHART_FLAG_LOW);
  cpt_chart_data_set_flag (data, series, 20, CPT_CHART_FLAG_LOW);

  return data;
}

/* Two measures of each group, and totals that are no sums */
static CptChartData *
create_totals (void)
{
  static const char *const groups[] = { "Website", "مرحلة التفاوض مع العملاء الجدد", "👩‍👩‍👧‍👦 Família 🎉🎉", "Event", NULL };
  CptChartData *data = cpt_chart_data_new ("Deals", &deals);

  cpt_chart_data_add_measure (data, "Deals");
  cpt_chart_data_add_measure (data, "Average amount");
  for (guint i = 0; i < 5; i++)
    cpt_chart_data_add_bucket (data, CPT_BUCKET_MONTH, cpt_date_from_ymd (2026, (int) i + 1, 1));
  for (guint s = 0; s < 2 * G_N_ELEMENTS (groups); s++)
    {
      const char *group = groups[s / 2];
      guint index = cpt_chart_data_add_series (data, group, group != NULL ? CPT_CHART_ROLE_VALUE : CPT_CHART_ROLE_TOTAL);
      CptChartSeries *series = cpt_chart_data_get_series (data, index);

      series->measure = s % 2;
      series->has_unit = s % 2 == 1;
      series->unit = euros;
      series->total = s == 2 ? NAN : (s + 1) * 1000;
      for (guint i = 0; i < 5; i++)
        cpt_chart_data_set_value (data, index, i, s == 3 && i == 2 ? 1e300 : s == 4 ? NAN
                                                                                    : (s % 2 == 1 ? 100000.0 : 1.0) * (s * 5 + i));
    }

  return data;
}

static CptChartData *
create_items (void)
{
  CptChartData *data = cpt_chart_data_new ("Activities", &deals);

  cpt_chart_data_add_item (data, "Call", "Call · Verdier SARL", "Today");
  cpt_chart_data_add_item (data, "مرحلة التفاوض مع العملاء الجدد", NULL, "Yesterday");
  cpt_chart_data_add_item (data, "👩‍👩‍👧‍👦 Família 🎉🎉", "見積書を送付しました（第二四半期）", NULL);
  for (guint i = 0; i < 40; i++)
    cpt_chart_data_add_item (data, "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen", "\xff\xfe broken", "11/21/2026");

  return data;
}

/* November is not over, neither of this year's deals nor of another team's; that of last year is */
static CptChartData *
create_running (void)
{
  CptChartData *data = cpt_chart_data_new ("Deals", &deals);

  cpt_chart_data_add_series (data, NULL, CPT_CHART_ROLE_VALUE);
  cpt_chart_data_add_series (data, "Year before", CPT_CHART_ROLE_COMPARISON);
  for (int i = 0; i < 11; i++)
    {
      guint category = cpt_chart_data_add_bucket (data, CPT_BUCKET_MONTH, cpt_date_from_ymd (2026, 1 + i, 1));

      cpt_chart_data_set_value (data, 0, category, i < 10 ? 20 + i * 7 % 9 : 9);
      cpt_chart_data_set_value (data, 1, category, 15 + i * 5 % 7);
    }
  cpt_chart_data_set_running (data, 10);

  return data;
}

static CptChartData *
create_picture (void)
{
  CptChartData *data = cpt_chart_data_new ("Logo", NULL);

  data->image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 30, 4);
  cpt_chart_data_add_item (data, "logo.png", NULL, NULL);

  return data;
}

const ChartSample chart_samples[] = {
  { "picture", create_picture },
  { "items", create_items },
  { "totals", create_totals },
  { "forecast", create_forecast },
  { "running", create_running },
  { "pairs", create_pairs },
  { "many-pairs", create_many_pairs },
  { "profiles", create_profiles },
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
  { "year", create_year },
  { "pivot", create_pivot },
  { "units", create_units },
  { "figures", create_figures },
  { "unordered", create_unordered },
  { NULL },
};

CptChartData *
chart_sample_create (const char *name)
{
  for (const ChartSample *sample = chart_samples; sample->name != NULL; sample++)
    if (g_str_equal (sample->name, name))
      return sample->create ();

  g_assert_not_reached ();
}

cairo_surface_t *
chart_sample_draw (const CptChart      *chart,
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

const CptChartMark *
chart_sample_find_category (const CptChartLayout *layout,
                            int                   category)
{
  for (guint i = 0; i < layout->marks->len; i++)
    if (g_array_index (layout->marks, CptChartMark, i).category == category)
      return &g_array_index (layout->marks, CptChartMark, i);

  return NULL;
}

const CptChartMark *
chart_sample_find_mark (const CptChartLayout *layout,
                        int                   series,
                        int                   category)
{
  for (guint i = 0; i < layout->marks->len; i++)
    {
      const CptChartMark *mark = &g_array_index (layout->marks, CptChartMark, i);

      if (mark->series == series && mark->category == category)
        return mark;
    }

  return NULL;
}

gboolean
chart_sample_has_label (const CptChartLayout *layout,
                        const char           *text)
{
  for (guint i = 0; i < layout->labels->len; i++)
    if (g_str_equal (g_array_index (layout->labels, CptChartLabel, i).text, text))
      return TRUE;

  return FALSE;
}
