/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last known numbers of a dashboard: written and read, damaged and killed. */
#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "chart-sample.h"
#include "cpt-chart-variant.h"
#include "cpt-json.h"
#include "cpt-kept-numbers.h"

#define DIGEST_SIZE 32
#define INSTANT G_GINT64_CONSTANT (1700000000000000)

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  fixture->folder = g_dir_make_tmp ("comptoir-kept-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "numbers", "one", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  g_autofree char *numbers = g_build_filename (fixture->folder, "numbers", NULL);
  g_autoptr(GDir) dir = g_dir_open (numbers, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (numbers, name, NULL);

      g_unlink (path);
    }
  g_rmdir (numbers);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
}

/* Of few numbers, all of them @value */
static CptKeptNumbers *
create_numbers (double value)
{
  CptKeptNumbers *numbers = cpt_kept_numbers_new ();

  for (guint i = 0; i < 8; i++)
    {
      g_autoptr(CptChartData) data = cpt_chart_data_new ("Deals", NULL);
      g_autofree char *key = g_strdup_printf ("key %u", i);

      cpt_chart_data_add_series (data, "Zoé", CPT_CHART_ROLE_VALUE);
      cpt_chart_data_set_value (data, 0, cpt_chart_data_add_category (data, "Won"), value);
      cpt_kept_numbers_add (numbers, key, data, INSTANT);
    }

  return numbers;
}

static void
save (CptKeptNumbers *numbers,
      const char     *path)
{
  g_autoptr(GError) error = NULL;

  cpt_kept_numbers_save (numbers, path, &error);
  g_assert_no_error (error);
}

static void
assert_same (CptChartData *a,
             CptChartData *b)
{
  g_autoptr(GVariant) first = cpt_chart_data_to_variant (a);
  g_autoptr(GVariant) second = cpt_chart_data_to_variant (b);

  g_assert_cmpuint (g_variant_get_size (first), ==, g_variant_get_size (second));
  g_assert_cmpmem (g_variant_get_data (first), g_variant_get_size (first), g_variant_get_data (second), g_variant_get_size (second));
}

/* All that is drawn of them is the same. */
static void
assert_draws_alike (CptChartData *a,
                    CptChartData *b)
{
  CptChart charts[2] = { { cpt_chart_kind_find ("line"), NULL, a }, { cpt_chart_kind_find ("line"), NULL, b } };
  CptChartStyle style;
  cairo_surface_t *pictures[2];

  cpt_chart_style_init (&style, CPT_CHART_THEME_LIGHT);
  for (guint i = 0; i < 2; i++)
    pictures[i] = chart_sample_draw (&charts[i], &style, 300, 200, NULL);
  g_assert_cmpmem (cairo_image_surface_get_data (pictures[0]), (gsize) cairo_image_surface_get_stride (pictures[0]) * 200,
                   cairo_image_surface_get_data (pictures[1]), (gsize) cairo_image_surface_get_stride (pictures[1]) * 200);
  for (guint i = 0; i < 2; i++)
    cairo_surface_destroy (pictures[i]);
}

static void
test_numbers_come_back_as_they_were (Fixture       *fixture,
                                     gconstpointer  unused)
{
  g_autoptr(CptKeptNumbers) numbers = cpt_kept_numbers_new ();
  g_autoptr(CptKeptNumbers) read = NULL;
  guint n_small = 0;

  for (const ChartSample *sample = chart_samples; sample->name != NULL; sample++)
    {
      g_autoptr(CptChartData) data = sample->create ();

      if (data != NULL)
        cpt_kept_numbers_add (numbers, sample->name, data, INSTANT);
    }
  save (numbers, fixture->path);
  read = cpt_kept_numbers_load (fixture->path);

  for (const ChartSample *sample = chart_samples; sample->name != NULL; sample++)
    {
      CptChartData *before = cpt_kept_numbers_find (numbers, sample->name, NULL);
      gint64 instant = 0;
      CptChartData *after = cpt_kept_numbers_find (read, sample->name, &instant);

      if (after == NULL && before != NULL && before->image == NULL && cpt_chart_data_get_n_categories (before) < 20000)
        g_error ("%s did not come back", sample->name);
      if (after == NULL)
        continue;
      g_assert_cmpint (instant, ==, INSTANT);
      assert_same (before, after);
      assert_draws_alike (before, after);
      n_small++;
    }
  g_assert_cmpuint (n_small, >, 10);
}

static void
test_a_value_keeps_all_that_charts_have (void)
{
  g_autoptr(CptChartData) data = cpt_chart_data_new ("All", &(CptChartUnit){ CPT_CHART_MONEY, "EUR", "deals" });
  g_autoptr(GVariant) value = NULL;
  g_autoptr(CptChartData) read = NULL;
  double low, high;

  cpt_chart_data_add_measure (data, "First");
  cpt_chart_data_add_measure (data, "Second");
  cpt_chart_data_add_series (data, "A", CPT_CHART_ROLE_VALUE);
  cpt_chart_data_get_series (data, 0)->measure = 1;
  cpt_chart_data_get_series (data, 0)->total = 12;
  cpt_chart_data_add_bucket (data, CPT_BUCKET_MONTH, 20000);
  cpt_chart_data_add_bucket (data, CPT_BUCKET_MONTH, 20031);
  cpt_chart_data_set_value (data, 0, 1, 7);
  cpt_chart_data_set_band (data, 0, 1, 5, 9);
  cpt_chart_data_set_flag (data, 0, 1, CPT_CHART_FLAG_HIGH);
  cpt_chart_data_set_forecast (data, 0, 1);
  cpt_chart_data_set_rank_before (data, 1, 3);
  cpt_chart_data_add_badge (data, 1, "Rising Star", "rise");
  cpt_chart_data_add_item (data, "Call", NULL, "yesterday");
  cpt_chart_data_add_finding (data, "Best in May.");
  cpt_chart_data_set_comparison (data, 4, "previous month");
  cpt_chart_data_set_note (data, "Not filtered by Period.");
  data->direction = CPT_CHART_DOWN_IS_GOOD;
  data->is_part = TRUE;

  value = cpt_chart_data_to_variant (data);
  g_assert_cmpstr (g_variant_get_type_string (value), ==, CPT_CHART_VARIANT_TYPE);
  read = cpt_chart_data_from_variant (value);
  assert_same (data, read);
  g_assert_true (read->is_part && !read->is_grouped);
  g_assert_cmpstr (read->unit.name, ==, "deals");
  g_assert_cmpstr (read->unit.currency, ==, "EUR");
  g_assert_cmpuint (cpt_chart_data_get_series (read, 0)->measure, ==, 1);
  g_assert_true (isnan (cpt_chart_data_get_value (read, 0, 0)));
  g_assert_true (cpt_chart_data_get_band (read, 0, 1, &low, &high));
  g_assert_cmpfloat (high, ==, 9);
  g_assert_cmpint (cpt_chart_data_get_flag (read, 0, 1), ==, CPT_CHART_FLAG_HIGH);
  g_assert_true (cpt_chart_data_is_forecast (read, 0, 1));
  g_assert_cmpint (read->direction, ==, CPT_CHART_DOWN_IS_GOOD);
  g_assert_cmpuint (g_array_index (read->categories, CptChartCategory, 1).rank_before, ==, 3);
  g_assert_cmpstr (((CptChartItem *) g_ptr_array_index (read->items, 0))->when, ==, "yesterday");
}

static void
test_errors_and_pictures_are_not_kept (Fixture       *fixture,
                                       gconstpointer  unused)
{
  g_autoptr(CptKeptNumbers) numbers = cpt_kept_numbers_new ();
  g_autoptr(CptKeptNumbers) read = NULL;
  g_autoptr(CptChartData) error = cpt_chart_data_new_error ("Deals", "The field is gone.");
  g_autoptr(CptChartData) picture = cpt_chart_data_new ("Logo", NULL);

  picture->image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 4, 4);
  cpt_kept_numbers_add (numbers, "error", error, INSTANT);
  cpt_kept_numbers_add (numbers, "picture", picture, INSTANT);
  g_assert_null (cpt_kept_numbers_find (numbers, "error", NULL));
  save (numbers, fixture->path);
  read = cpt_kept_numbers_load (fixture->path);
  g_assert_cmpuint (cpt_kept_numbers_get_count (read), ==, 0);
}

static void
test_another_question_knows_nothing (void)
{
  static const struct
  {
    const char *kind;
    const char *title;
    const char *query;
    const char *options;
    const char *filters;
    const char *extra;
  } all[] = {
    { "bar", "Deals", "{\"source\":\"deal\"}", NULL, NULL, NULL },
    { "line", "Deals", "{\"source\":\"deal\"}", NULL, NULL, NULL },
    { "bar", "Won", "{\"source\":\"deal\"}", NULL, NULL, NULL },
    { "bar", "Deals", "{\"source\":\"lead\"}", NULL, NULL, NULL },
    { "bar", "Deals", NULL, NULL, "{\"source\":\"deal\"}", NULL },
    { "bar", "Deals", "{\"source\":\"deal\"}", "{\"target\":5}", NULL, NULL },
    { "bar", "Deals", "{\"source\":\"deal\"}", NULL, "[]", NULL },
    { "bar", "Deals", "{\"source\":\"deal\"}", NULL, NULL, "other metrics" },
  };
  g_autoptr(GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr(JsonNode) query = all[i].query != NULL ? cpt_json_parse (all[i].query, -1, NULL) : NULL;
      g_autoptr(JsonNode) options = all[i].options != NULL ? cpt_json_parse (all[i].options, -1, NULL) : NULL;
      g_autoptr(JsonNode) filters = all[i].filters != NULL ? cpt_json_parse (all[i].filters, -1, NULL) : NULL;
      CptWidget widget = { .id = (char *) "a", .kind = (char *) all[i].kind, .title = (char *) all[i].title, .query = query, .options = options != NULL ? json_node_get_object (options) : NULL };

      g_assert_true (g_hash_table_add (keys, cpt_kept_numbers_dup_key (&widget, filters, all[i].extra)));
    }
}

static void
test_what_is_not_right_is_nothing (Fixture       *fixture,
                                   gconstpointer  unused)
{
  g_autoptr(CptKeptNumbers) numbers = create_numbers (1);
  g_autofree char *text = NULL;
  gsize length;

  save (numbers, fixture->path);
  g_assert_true (g_file_get_contents (fixture->path, &text, &length, NULL));
  for (gsize i = 0; i < length; i += 41)
    {
      g_autoptr(CptKeptNumbers) cut = NULL;
      g_autoptr(CptKeptNumbers) flipped = NULL;

      g_assert_true (g_file_set_contents (fixture->path, text, (gssize) i, NULL));
      cut = cpt_kept_numbers_load (fixture->path);
      g_assert_cmpuint (cpt_kept_numbers_get_count (cut), ==, 0);

      text[i] ^= 0x10;
      g_assert_true (g_file_set_contents (fixture->path, text, (gssize) length, NULL));
      flipped = cpt_kept_numbers_load (fixture->path);
      g_assert_cmpuint (cpt_kept_numbers_get_count (flipped), ==, 0);
      text[i] ^= 0x10;
    }
  g_unlink (fixture->path);
  g_mkdir (fixture->path, 0700);
  g_clear_pointer (&numbers, cpt_kept_numbers_free);
  numbers = cpt_kept_numbers_load (fixture->path);
  g_assert_cmpuint (cpt_kept_numbers_get_count (numbers), ==, 0);
  g_rmdir (fixture->path);
}

/* With the right digest: whatever is read of it is drawn. */
static void
test_forged_files_do_no_harm (Fixture       *fixture,
                              gconstpointer  unused)
{
  g_autoptr(CptKeptNumbers) numbers = create_numbers (1);
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);
  g_autofree char *text = NULL;
  gsize length;

  save (numbers, fixture->path);
  g_assert_true (g_file_get_contents (fixture->path, &text, &length, NULL));
  for (guint i = 0; i < 150; i++)
    {
      g_autoptr(CptKeptNumbers) read = NULL;
      g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
      g_autofree char *forged = g_memdup2 (text, length);
      gsize size = DIGEST_SIZE;

      for (int n = g_rand_int_range (rand, 1, 6); n > 0; n--)
        forged[g_rand_int_range (rand, DIGEST_SIZE, (gint32) length)] = (char) g_rand_int_range (rand, 0, 256);
      g_checksum_update (checksum, (const guchar *) forged + DIGEST_SIZE, (gssize) (length - DIGEST_SIZE));
      g_checksum_get_digest (checksum, (guint8 *) forged, &size);
      g_assert_true (g_file_set_contents (fixture->path, forged, (gssize) length, NULL));
      read = cpt_kept_numbers_load (fixture->path);
      for (guint k = 0; k < 8; k++)
        {
          g_autofree char *key = g_strdup_printf ("key %u", k);
          CptChartData *data = cpt_kept_numbers_find (read, key, NULL);

          if (data != NULL)
            assert_draws_alike (data, data);
        }
    }
}

static void
test_nobody_else_reads_them (Fixture       *fixture,
                             gconstpointer  unused)
{
  g_autoptr(CptKeptNumbers) numbers = create_numbers (1);
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  GStatBuf status;

  save (numbers, fixture->path);
  save (numbers, fixture->path);
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (folder, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);
}

/* Whoever is killed while writing leaves what was there before or what came after. */
static void
test_a_killed_writer_leaves_one_of_them (Fixture       *fixture,
                                         gconstpointer  unused)
{
  g_autoptr(CptKeptNumbers) first = create_numbers (1);
  g_autoptr(CptKeptNumbers) second = create_numbers (2);

  save (first, fixture->path);
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr(CptKeptNumbers) read = NULL;
      CptChartData *data;
      pid_t child = fork ();
      int status;

      if (child == 0)
        for (;;)
          {
            cpt_kept_numbers_save (second, fixture->path, NULL);
            cpt_kept_numbers_save (first, fixture->path, NULL);
          }
      g_usleep (1000 * (1 + i % 7));
      kill (child, SIGKILL);
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      read = cpt_kept_numbers_load (fixture->path);
      g_assert_cmpuint (cpt_kept_numbers_get_count (read), ==, 8);
      data = cpt_kept_numbers_find (read, "key 0", NULL);
      g_assert_true (cpt_chart_data_get_value (data, 0, 0) == 1 || cpt_chart_data_get_value (data, 0, 0) == 2);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define TEST(name, function) g_test_add ("/kept-numbers/" name, Fixture, NULL, set_up, function, tear_down)
  TEST ("numbers-come-back-as-they-were", test_numbers_come_back_as_they_were);
  TEST ("errors-and-pictures-are-not-kept", test_errors_and_pictures_are_not_kept);
  TEST ("what-is-not-right-is-nothing", test_what_is_not_right_is_nothing);
  TEST ("forged-files-do-no-harm", test_forged_files_do_no_harm);
  TEST ("nobody-else-reads-them", test_nobody_else_reads_them);
  TEST ("a-killed-writer-leaves-one-of-them", test_a_killed_writer_leaves_one_of_them);
  g_test_add_func ("/kept-numbers/a-value-keeps-all-that-charts-have", test_a_value_keeps_all_that_charts_have);
  g_test_add_func ("/kept-numbers/another-question-knows-nothing", test_another_question_knows_nothing);

  return g_test_run ();
}
