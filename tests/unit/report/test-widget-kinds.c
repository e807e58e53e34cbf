/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What widgets of a kind of their own read from a workspace. */
#include "config.h"

#include <string.h>

#include "cpt-attachment.h"
#include "cpt-chart-kind.h"
#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-widget-example.h"
#include "widget-fixture.h"

static double
get_value (CptWidgetData *data,
           guint          series,
           guint          category)
{
  return cpt_chart_data_get_value (cpt_widget_data_get_chart (data), series, category);
}

static void
assert_bucket (CptWidgetData *data,
               guint          category,
               CptBucket      bucket,
               int            year,
               int            month,
               int            day)
{
  CptChartData *chart = cpt_widget_data_get_chart (data);

  g_assert_cmpint (chart->bucket, ==, bucket);
  g_assert_cmpint (g_array_index (chart->categories, CptChartCategory, category).start, ==,
                   cpt_date_from_ymd (year, month, day));
}

/* Ends with the month that the number is about; in its currency */
static void
test_a_number_tells_how_it_came_to_be (WidgetFixture *fixture,
                                       gconstpointer  unused)
{
  static const char query[] = "{\"source\":\"deal\",\"measures\":[{\"agg\":\"sum\",\"field\":\"amount\"}],"
                              "\"compare\":{\"field\":\"closed_on\",\"period\":{\"previous\":\"month\"},\"with\":\"previous\"}}";
  g_autoptr(CptWidgetData) data = widget_fixture_read (fixture, "number", query);
  g_autoptr(CptWidgetData) without = widget_fixture_read_with (fixture, "number", query, "{\"trend\":false}");
  CptChartData *chart = cpt_widget_data_get_chart (data);

  g_assert_null (chart->error);
  g_assert_cmpfloat (chart->total, ==, 320050);
  g_assert_cmpfloat (chart->comparison, ==, 100000);
  g_assert_cmpint (cpt_chart_data_get_series (chart, 0)->role, ==, CPT_CHART_ROLE_TREND);
  g_assert_cmpuint (cpt_chart_data_get_n_categories (chart), ==, 12);
  assert_bucket (data, 0, CPT_BUCKET_MONTH, 2025, 11, 1);
  assert_bucket (data, 11, CPT_BUCKET_MONTH, 2026, 10, 1);
  g_assert_cmpfloat (get_value (data, 0, 0), ==, 0);
  g_assert_cmpfloat (get_value (data, 0, 10), ==, 100000);
  g_assert_cmpfloat (get_value (data, 0, 11), ==, 320050);
  g_assert_cmpint (widget_fixture_count (fixture, data, 0, -1), ==, 2);
  g_assert_cmpuint (cpt_chart_data_get_n_series (cpt_widget_data_get_chart (without)), ==, 0);
}

/* By what a period of that length is shown, and from when on */
static void
test_a_trend_is_of_the_period (WidgetFixture *fixture,
                               gconstpointer  unused)
{
  static const struct
  {
    const char *period;
    CptBucket bucket;
    guint count;
    int first[3];
  } periods[] = {
    { "{\"this\":\"year\"}", CPT_BUCKET_MONTH, 11, { 2026, 1, 1 } },
    { "{\"previous\":\"year\"}", CPT_BUCKET_MONTH, 12, { 2025, 1, 1 } },
    { "{\"this\":\"quarter\"}", CPT_BUCKET_QUARTER, 12, { 2024, 1, 1 } },
    { "{\"this\":\"week\"}", CPT_BUCKET_WEEK, 12, { 2026, 8, 31 } },
    { "{\"last\":30,\"unit\":\"day\"}", CPT_BUCKET_DAY, 30, { 2026, 10, 23 } },
    { "{\"last\":90,\"unit\":\"day\"}", CPT_BUCKET_WEEK, 13, { 2026, 8, 24 } },
    { "{\"last\":2,\"unit\":\"month\"}", CPT_BUCKET_MONTH, 12, { 2025, 12, 1 } },
    { "{\"last\":10000,\"unit\":\"year\"}", CPT_BUCKET_MONTH, 60, { 2021, 12, 1 } },
    { "{\"from\":\"2026-09-01\",\"to\":\"2026-11-30\"}", CPT_BUCKET_WEEK, 14, { 2026, 8, 31 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    {
      g_autofree char *query = g_strdup_printf ("{\"metric\":\"revenue_won\",\"period\":%s}", periods[i].period);
      g_autoptr(CptWidgetData) data = widget_fixture_read (fixture, "number", query);

      g_test_message ("%s", periods[i].period);
      g_assert_null (cpt_widget_data_get_chart (data)->error);
      g_assert_cmpuint (cpt_chart_data_get_n_categories (cpt_widget_data_get_chart (data)), ==, periods[i].count);
      assert_bucket (data, 0, periods[i].bucket, periods[i].first[0], periods[i].first[1], periods[i].first[2]);
    }
}

/* What has no date has none, and an average of nothing is unknown */
static void
test_a_trend_needs_a_date (WidgetFixture *fixture,
                           gconstpointer  unused)
{
  g_autoptr(CptWidgetData) plain = NULL;
  g_autoptr(CptWidgetData) average = NULL;
  CptChartData *chart;

  plain = widget_fixture_read (fixture, "number", "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}]}");
  g_assert_cmpuint (cpt_chart_data_get_n_series (cpt_widget_data_get_chart (plain)), ==, 0);
  average = widget_fixture_read (fixture, "number",
                                 "{\"source\":\"deal\",\"measures\":[{\"agg\":\"avg\",\"field\":\"amount\"}],"
                                 "\"where\":{\"field\":\"closed_on\",\"op\":\"within\",\"value\":{\"this\":\"day\"}}}");
  chart = cpt_widget_data_get_chart (average);
  g_assert_null (chart->error);
  g_assert_true (isnan (cpt_chart_data_get_total (chart)));
  g_assert_cmpuint (cpt_chart_data_get_n_categories (chart), ==, 12);
  g_assert_true (isnan (get_value (average, 0, 11)));
}

/* Four metrics of each source, each of its own unit, and the records behind one of them */
static void
test_metrics_are_the_axes_of_a_radar (WidgetFixture *fixture,
                                      gconstpointer  unused)
{
  static const char query[] = "{\"metrics\":[\"revenue_won\",\"conversion_rate\",\"deals\",\"average_deal\"],\"date\":\"closed_on\","
                              "\"period\":{\"this\":\"year\"},\"dimensions\":[{\"field\":\"source\"}],\"order\":[{\"dimension\":0}]}";
  g_autoptr(CptWidgetData) data = widget_fixture_read (fixture, "radar", query);
  CptChartData *chart = cpt_widget_data_get_chart (data);

  g_assert_cmpstr (chart->error, ==, NULL);
  g_assert_cmpuint (cpt_chart_data_get_n_series (chart), ==, 4);
  g_assert_cmpint (cpt_chart_data_get_unit (chart, 0)->measure, ==, CPT_CHART_MONEY);
  g_assert_cmpint (cpt_chart_data_get_unit (chart, 1)->measure, ==, CPT_CHART_PERCENT);
  g_assert_cmpint (cpt_chart_data_get_unit (chart, 2)->measure, ==, CPT_CHART_COUNT);
  for (guint i = 0; i < cpt_chart_data_get_n_categories (chart); i++)
    g_assert_cmpint (widget_fixture_count (fixture, data, 2, (int) i), ==, (int) get_value (data, 2, i));
}

/* Of two sources of four: the largest, and the others together */
static void
test_parts_are_of_the_whole (WidgetFixture *fixture,
                             gconstpointer  unused)
{
  static const char query[] = "{\"source\":\"deal\",\"measures\":[{\"agg\":\"sum\",\"field\":\"amount\"}],"
                              "\"dimensions\":[{\"field\":\"source\"}]%s}";
  g_autofree char *all = g_strdup_printf (query, "");
  g_autofree char *some = g_strdup_printf (query, ",\"limit\":1");
  g_autoptr(CptWidgetData) whole = widget_fixture_read (fixture, "pie", all);
  g_autoptr(CptWidgetData) part = widget_fixture_read (fixture, "pie", some);
  g_autoptr(CptWidgetData) bars = widget_fixture_read (fixture, "bar", all);
  CptChartData *chart = cpt_widget_data_get_chart (part);

  g_assert_true (isnan (cpt_widget_data_get_chart (whole)->rest));
  g_assert_cmpuint (cpt_chart_data_get_n_categories (chart), ==, 1);
  g_assert_cmpstr (chart->note, ==, NULL);
  /* The website has €3,500.50 */
  g_assert_cmpfloat (get_value (part, 0, 0), ==, 350050);
  g_assert_cmpfloat (chart->total, ==, cpt_widget_data_get_chart (whole)->total);
  g_assert_cmpfloat (chart->rest, ==, chart->total - 350050);
  g_assert_true (cpt_widget_data_get_chart (bars)->is_unordered);
}

/* Two metrics of different units over the same months */
static void
test_two_metrics_are_bars_and_a_line (WidgetFixture *fixture,
                                      gconstpointer  unused)
{
  g_autoptr(CptWidgetData) data = NULL;
  CptChartData *chart;

  data = widget_fixture_read (fixture, "combo",
                              "{\"metrics\":[\"revenue_won\",\"conversion_rate\"],"
                              "\"dimensions\":[{\"bucket\":\"month\",\"fill\":true}]}");
  chart = cpt_widget_data_get_chart (data);
  g_assert_null (chart->error);
  g_assert_cmpuint (cpt_chart_data_get_n_series (chart), ==, 2);
  g_assert_cmpint (cpt_chart_data_get_unit (chart, 0)->measure, ==, CPT_CHART_MONEY);
  g_assert_cmpint (cpt_chart_data_get_unit (chart, 1)->measure, ==, CPT_CHART_PERCENT);
}

/* The average of a row is not the average of its averages */
static void
test_totals_are_counted_not_added_up (WidgetFixture *fixture,
                                      gconstpointer  unused)
{
  g_autoptr(CptWidgetData) data = NULL;
  CptChartData *chart;
  guint total;

  data = widget_fixture_read (fixture, "pivot",
                              "{\"source\":\"deal\","
                              "\"measures\":[{\"agg\":\"count\"},{\"agg\":\"avg\",\"field\":\"amount\"}],"
                              "\"dimensions\":[{\"field\":\"closed_on\",\"bucket\":\"month\"},{\"field\":\"source\"}],"
                              "\"order\":[{\"dimension\":0},{\"dimension\":1}]}");
  chart = cpt_widget_data_get_chart (data);
  g_assert_null (chart->error);
  g_assert_cmpuint (chart->measures->len, ==, 2);
  g_assert_cmpuint (cpt_chart_data_get_n_categories (chart), ==, 3);
  /* Website and referral, two measures each, and both totals; the event was in dollars */
  g_assert_cmpuint (cpt_chart_data_get_n_series (chart), ==, 6);
  total = 4;
  g_assert_cmpint (cpt_chart_data_get_series (chart, total)->role, ==, CPT_CHART_ROLE_TOTAL);
  g_assert_cmpfloat (get_value (data, total, 1), ==, 2);
  g_assert_cmpfloat (get_value (data, total + 1, 1), ==, (250050 + 70000) / 2.0);
  g_assert_cmpfloat (cpt_chart_data_get_series (chart, total)->total, ==, 4);
  g_assert_cmpfloat (cpt_chart_data_get_series (chart, total + 1)->total, ==, (100000 + 250050 + 70000 + 5000) / 4.0);
  for (guint s = 0; s < 4; s += 2)
    {
      gboolean is_website = g_str_equal (cpt_chart_data_get_series (chart, s)->label, "Website");

      g_assert_cmpfloat (cpt_chart_data_get_series (chart, s)->total, ==, 2);
      g_assert_cmpfloat (cpt_chart_data_get_series (chart, s + 1)->total, ==,
                         is_website ? (100000 + 250050) / 2.0 : (70000 + 5000) / 2.0);
      g_assert_cmpint (widget_fixture_count (fixture, data, (int) s, CPT_CHART_TOTAL), ==, 2);
    }
  g_assert_cmpint (widget_fixture_count (fixture, data, (int) total, 1), ==, 2);
  g_assert_cmpint (widget_fixture_count (fixture, data, (int) total, CPT_CHART_TOTAL), ==, 4);
  g_assert_cmpstr (chart->note, ==, "Only amounts in EUR are shown.");
}

/* With one grouping the measures are the columns; what runs on has no total */
static void
test_a_pivot_of_one_grouping (WidgetFixture *fixture,
                              gconstpointer  unused)
{
  static const char query[] = "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"%s},{\"agg\":\"distinct\",\"field\":\"source\"}],"
                              "\"dimensions\":[{\"field\":\"stage\"}],\"order\":[{\"measure\":0,\"descending\":true}]}";
  g_autofree char *plain = g_strdup_printf (query, "");
  g_autofree char *running = g_strdup_printf (query, ",\"show\":\"running\"");
  g_autoptr(CptWidgetData) data = widget_fixture_read (fixture, "pivot", plain);
  g_autoptr(CptWidgetData) without = widget_fixture_read (fixture, "pivot", running);
  CptChartData *chart = cpt_widget_data_get_chart (data);

  g_assert_null (chart->error);
  g_assert_cmpuint (cpt_chart_data_get_n_series (chart), ==, 2);
  g_assert_cmpfloat (cpt_chart_data_get_series (chart, 0)->total, ==, 7);
  g_assert_cmpfloat (cpt_chart_data_get_series (chart, 1)->total, ==, 4);
  g_assert_cmpint (widget_fixture_count (fixture, data, 0, CPT_CHART_TOTAL), ==, 7);
  g_assert_true (isnan (cpt_chart_data_get_series (cpt_widget_data_get_chart (without), 0)->total));
}

/* From when deals were opened to when they were closed; those that are open count */
static void
test_cohorts_are_as_large_as_they_began (WidgetFixture *fixture,
                                         gconstpointer  unused)
{
  static const char query[] = "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}],"
                              "\"dimensions\":[{\"field\":\"%s\",\"bucket\":\"month\"},"
                              "{\"field\":\"created_at\",\"bucket\":\"%s\"}],\"order\":[{\"dimension\":0}]}";
  g_autofree char *closed = g_strdup_printf (query, "closed_on", "month");
  g_autofree char *created = g_strdup_printf (query, "created_at", "month");
  g_autofree char *uneven = g_strdup_printf (query, "closed_on", "week");
  g_autoptr(CptWidgetData) data = widget_fixture_read (fixture, "cohort", closed);
  g_autoptr(CptWidgetData) same = widget_fixture_read (fixture, "cohort", created);
  g_autoptr(CptWidgetData) wrong = widget_fixture_read (fixture, "cohort", uneven);
  CptChartData *chart = cpt_widget_data_get_chart (data);
  CptChart drawn = { cpt_chart_kind_find ("cohort"), NULL, chart };
  CptChartMark mark = { .series = 2, .category = 0 };
  g_autofree char *label = NULL;

  g_assert_null (chart->error);
  /* September, October and November; all were written down in November */
  g_assert_cmpuint (cpt_chart_data_get_n_categories (chart), ==, 3);
  g_assert_cmpuint (cpt_chart_data_get_n_series (chart), ==, 4);
  g_assert_cmpfloat (get_value (data, 0, 0), ==, 0);
  g_assert_cmpfloat (get_value (data, 2, 0), ==, 1);
  g_assert_cmpfloat (get_value (data, 1, 1), ==, 3);
  g_assert_true (isnan (get_value (data, 2, 1)));
  g_assert_cmpfloat (get_value (data, 0, 2), ==, 1);
  g_assert_cmpfloat (get_value (data, 3, 1), ==, 3);
  g_assert_cmpint (widget_fixture_count (fixture, data, 1, 1), ==, 3);
  g_assert_cmpint (widget_fixture_count (fixture, data, 3, 1), ==, 3);
  label = cpt_chart_dup_mark_label (&drawn, &mark);
  g_assert_cmpstr (label, ==, "Sep 2026, after 2 months: 1, 100% of the cohort");

  g_assert_cmpuint (cpt_chart_data_get_n_series (cpt_widget_data_get_chart (same)), ==, 2);
  g_assert_cmpfloat (get_value (same, 0, 0), ==, 7);
  g_assert_nonnull (strstr (cpt_widget_data_get_chart (wrong)->error, "two dates"));
}

/* Newest first, each leading to its record; a text asks nothing */
static void
test_records_are_told_and_opened (WidgetFixture *fixture,
                                  gconstpointer  unused)
{
  g_autoptr(CptWidgetData) data = NULL;
  g_autoptr(CptWidgetData) wrong = widget_fixture_read (fixture, "timeline", "{\"source\":\"spaceship\"}");
  g_autoptr(CptWidgetData) text = widget_fixture_read_with (fixture, "text", NULL, "{\"text\":\"Hello\"}");
  CptChartData *chart;

  data = widget_fixture_read (fixture, "timeline",
                              "{\"source\":\"deal\",\"where\":{\"field\":\"source\",\"op\":\"is\",\"value\":\"website\"}}");
  chart = cpt_widget_data_get_chart (data);
  g_assert_null (chart->error);
  g_assert_cmpuint (chart->items->len, ==, 2);
  g_assert_cmpstr (((CptChartItem *) g_ptr_array_index (chart->items, 0))->when, ==, "Today");
  g_assert_cmpint (widget_fixture_count (fixture, data, 0, 1), ==, 1);
  g_assert_cmpint (widget_fixture_count (fixture, data, 0, 2), ==, -1);
  g_assert_nonnull (cpt_widget_data_get_chart (wrong)->error);
  g_assert_null (cpt_widget_data_get_chart (text)->error);
}

static void
attach (const WidgetFixture *fixture,
        const char          *name,
        const void          *content,
        gsize                length)
{
  CptSchema *schema = cpt_database_get_schema (fixture->database);
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_attachment_file_free);
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_COMMAND, "Deal");
  g_autoptr(CptRecord) deal = cpt_record_new (schema, cpt_schema_find_entity (schema, "deal"));
  CptAttachmentFile *file = g_new0 (CptAttachmentFile, 1);
  g_autoptr(GError) error = NULL;

  cpt_record_set_text (deal, "name", name);
  cpt_uuid_generate (&deal->id, 1);
  cpt_transaction_create (transaction, deal);
  cpt_database_commit (fixture->database, transaction, NULL, NULL, &error);
  g_assert_no_error (error);
  file->name = g_strdup (name);
  file->bytes = g_bytes_new (content, length);
  g_ptr_array_add (files, file);
  cpt_attachment_add (fixture->database, cpt_record_get_entity (deal), &deal->id, files, CPT_ORIGIN_COMMAND, NULL, &error);
  g_assert_no_error (error);
}

static cairo_status_t
append_bytes (void         *png,
              const guint8 *bytes,
              unsigned int  length)
{
  g_byte_array_append (png, bytes, length);

  return CAIRO_STATUS_SUCCESS;
}

static GByteArray *
create_png (void)
{
  GByteArray *png = g_byte_array_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 1, 1);

  cairo_surface_write_to_png_stream (surface, append_bytes, png);
  cairo_surface_destroy (surface);

  return png;
}

/* One pixel; then one that says that it has 200 million; then none at all */
static void
test_pictures_are_of_a_bounded_size (WidgetFixture *fixture,
                                     gconstpointer  unused)
{
  g_autoptr(GByteArray) png = create_png ();
  g_autoptr(CptWidgetData) none = widget_fixture_read (fixture, "image", "{\"source\":\"file\"}");
  g_autoptr(CptWidgetData) others =
    widget_fixture_read (fixture, "image", "{\"source\":\"file\",\"where\":{\"field\":\"name\",\"op\":\"is\",\"value\":\"x\"}}");
  g_autoptr(CptWidgetData) wrong = widget_fixture_read (fixture, "image", "{\"source\":\"deal\"}");
  CptAttachmentFile file = { (char *) "x.png", NULL };
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GBytes) text = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(CptWidgetData) small = NULL;
  g_autoptr(CptWidgetData) large = NULL;

  g_assert_cmpstr (cpt_widget_data_get_chart (none)->error, ==, "There is no picture yet; edit this widget to choose one.");
  g_assert_cmpstr (cpt_widget_data_get_chart (others)->error, ==,
                   "There is no picture among these files; edit this widget to choose one.");
  g_assert_cmpstr (cpt_widget_data_get_chart (wrong)->error, ==, "Only files have pictures; choose Files.");
  attach (fixture, "dot.png", png->data, png->len);
  small = widget_fixture_read (fixture, "image", "{\"source\":\"file\"}");
  g_assert_cmpstr (cpt_widget_data_get_chart (small)->error, ==, NULL);
  g_assert_cmpint (cairo_image_surface_get_width (cpt_widget_data_get_chart (small)->image), ==, 1);
  png->data[18] = png->data[22] = 0x37;
  attach (fixture, "huge.png", png->data, png->len);
  large = widget_fixture_read (fixture, "image",
                               "{\"source\":\"file\",\"where\":{\"field\":\"name\",\"op\":\"contains\",\"value\":\"huge\"}}");
  g_assert_cmpstr (cpt_widget_data_get_chart (large)->error, ==,
                   "“huge.png” is too large to be shown; attach a picture of less than 50 megapixels.");

  /* Said before it is taken as well, without decoding it */
  file.bytes = bytes = g_bytes_new (png->data, png->len);
  g_assert_false (cpt_widget_check_picture (&file, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_LIMIT);
  g_clear_error (&error);
  file.bytes = text = g_bytes_new_static ("hello", 5);
  g_assert_false (cpt_widget_check_picture (&file, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_DAMAGED);
}

static CptChartData *
create_example (WidgetFixture *fixture,
                const char    *kind,
                const char    *query)
{
  g_autoptr(CptDashboard) dashboard = cpt_dashboard_new ("");
  g_autoptr(JsonNode) node = query != NULL ? cpt_json_parse (query, -1, NULL) : NULL;

  return cpt_widget_example_new (fixture->database, cpt_dashboard_add_widget (dashboard, "a", kind, "", node, NULL, NULL));
}

/* What a picture shows of a workspace without records has the form that the question gives */
static void
test_examples_have_the_form_of_the_answer (WidgetFixture *fixture,
                                           gconstpointer  unused)
{
  static const struct
  {
    const char *kind;
    const char *query;
    CptChartMeasure measure;
    guint n_categories;
    guint n_series;
  } examples[] = {
    { "number", "{\"metric\":\"revenue_won\"}", CPT_CHART_MONEY, 12, 1 },
    { "gauge", "{\"metric\":\"conversion_rate\"}", CPT_CHART_PERCENT, 12, 1 },
    { "line", "{\"metric\":\"sales_cycle\",\"dimensions\":[{\"bucket\":\"month\"}]}", CPT_CHART_DURATION, 12, 1 },
    { "combo", "{\"metrics\":[\"deals_won\",\"average_deal\"],\"dimensions\":[{\"bucket\":\"month\"}]}", CPT_CHART_COUNT, 12, 2 },
    { "bar", "{\"metric\":\"deals\",\"dimensions\":[{\"field\":\"source\"},{\"field\":\"lost_reason\"}]}", CPT_CHART_COUNT, 6, 3 },
    { "leaderboard", "{\"metric\":\"deals\",\"dimensions\":[{\"field\":\"owner\"}]}", CPT_CHART_COUNT, 5, 1 },
    { "heat", "{\"metric\":\"activities\",\"dimensions\":[{\"bucket\":\"day\"}]}", CPT_CHART_COUNT, 90, 1 },
    { "goals", NULL, CPT_CHART_PERCENT, 3, 2 },
    { "timeline", "{\"source\":\"activity\"}", CPT_CHART_NUMBER, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    {
      g_autoptr(CptChartData) data = create_example (fixture, examples[i].kind, examples[i].query);

      g_assert_nonnull (data);
      g_assert_null (data->error);
      g_assert_cmpint (data->unit.measure, ==, examples[i].measure);
      g_assert_cmpuint (data->categories->len, ==, examples[i].n_categories);
      g_assert_cmpuint (data->series->len, ==, examples[i].n_series);
      g_assert_false (cpt_widget_data_is_bare (data));
    }

  g_assert_null (create_example (fixture, "image", "{\"source\":\"file\"}"));
  g_assert_null (create_example (fixture, "bar", "{\"metric\":\"nothing\"}"));
  g_assert_null (create_example (fixture, "bar", NULL));
  g_assert_null (create_example (fixture, "hologram", NULL));
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    void (*run) (WidgetFixture *fixture, gconstpointer unused);
  } tests[] = {
    { "/widget-kinds/a-number-tells-how-it-came-to-be", test_a_number_tells_how_it_came_to_be },
    { "/widget-kinds/a-trend-is-of-the-period", test_a_trend_is_of_the_period },
    { "/widget-kinds/a-trend-needs-a-date", test_a_trend_needs_a_date },
    { "/widget-kinds/parts-are-of-the-whole", test_parts_are_of_the_whole },
    { "/widget-kinds/metrics-are-the-axes-of-a-radar", test_metrics_are_the_axes_of_a_radar },
    { "/widget-kinds/two-metrics-are-bars-and-a-line", test_two_metrics_are_bars_and_a_line },
    { "/widget-kinds/totals-are-counted-not-added-up", test_totals_are_counted_not_added_up },
    { "/widget-kinds/a-pivot-of-one-grouping", test_a_pivot_of_one_grouping },
    { "/widget-kinds/cohorts-are-as-large-as-they-began", test_cohorts_are_as_large_as_they_began },
    { "/widget-kinds/records-are-told-and-opened", test_records_are_told_and_opened },
    { "/widget-kinds/pictures-are-of-a-bounded-size", test_pictures_are_of_a_bounded_size },
    { "/widget-kinds/examples-have-the-form-of-the-answer", test_examples_have_the_form_of_the_answer },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, WidgetFixture, NULL, widget_fixture_set_up, tests[i].run, widget_fixture_tear_down);

  return g_test_run ();
}
