/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dashboards as files: what is in them is read back with other programs. */
#include "config.h"

#define _GNU_SOURCE /* memmem */

#include <glib/gstdio.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-page-plan.h"
#include "sample.h"

/* ---- pages ---- */

static CptDashboard *
create_random_dashboard (GRand *rand)
{
  CptDashboard *dashboard = cpt_dashboard_new ("Random");
  int n = g_rand_int_range (rand, 0, 20);

  for (int i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("w%d", i);
      CptGridRect place = { g_rand_int_range (rand, 0, 12), g_rand_int_range (rand, 0, 12),
                            g_rand_int_range (rand, 1, 13), g_rand_int_range (rand, 1, i % 7 == 0 ? 40 : 7) };

      cpt_dashboard_add_widget (dashboard, id, "bar", id, NULL, NULL, &place);
    }

  return dashboard;
}

static void
assert_places_apart (const CptPagePlan  *plan,
                     const CptPageSpace *space)
{
  for (guint i = 0; i < plan->places->len; i++)
    {
      const CptPagePlace *a = &g_array_index (plan->places, CptPagePlace, i);
      double top = a->page == 0 ? space->first_top : space->other_top;

      g_assert_cmpuint (a->page, <, plan->n_pages);
      g_assert_cmpfloat (a->x, >=, 0);
      g_assert_cmpfloat (a->y, >=, top - 0.01);
      g_assert_cmpfloat (a->width, >, 10);
      g_assert_cmpfloat (a->height, >, 10);
      g_assert_cmpfloat (a->x + a->width * a->scale, <=, space->width + 0.01);
      if (space->height > 0)
        g_assert_cmpfloat (a->y + a->height * a->scale, <=, space->height + 1);
      for (guint j = 0; j < i; j++)
        {
          const CptPagePlace *b = &g_array_index (plan->places, CptPagePlace, j);

          g_assert_true (a->page != b->page || a->x >= b->x + b->width * b->scale - 0.01 ||
                         b->x >= a->x + a->width * a->scale - 0.01 ||
                         a->y >= b->y + b->height * b->scale - 0.01 ||
                         b->y >= a->y + a->height * a->scale - 0.01);
        }
    }
}

static void
test_no_page_cuts_a_widget (void)
{
  static const CptPageSpace spaces[] = {
    { 1080, 700, 60, 30 },
    { 735, 1080, 60, 30 },
    { 500, 400, 60, 30 },
    { 312, 0, 60, 30 },
    { 1080, 700, 60, 30, FALSE, TRUE },
    { 735, 1080, 60, 30, FALSE, TRUE },
    { 500, 400, 60, 30, FALSE, TRUE },
  };
  g_autoptr(GRand) rand = g_rand_new_with_seed (11);

  for (guint round = 0; round < 500; round++)
    {
      g_autoptr(CptDashboard) dashboard = create_random_dashboard (rand);

      for (guint i = 0; i < G_N_ELEMENTS (spaces); i++)
        {
          g_autoptr(CptPagePlan) plan = cpt_page_plan_new (dashboard, &spaces[i]);

          g_assert_cmpuint (plan->places->len, ==, cpt_dashboard_get_n_widgets (dashboard));
          g_assert_cmpuint (plan->n_pages, >=, 1);
          if (spaces[i].height <= 0)
            g_assert_cmpuint (plan->n_pages, ==, 1);
          assert_places_apart (plan, &spaces[i]);
        }
    }
}

/* Eight rows of charts, of which two fit on a page and would leave a third of it empty */
static void
test_pages_are_filled (void)
{
  static const CptPageSpace space = { 1080, 700, 60, 30, FALSE, TRUE };
  g_autoptr(CptDashboard) dashboard = cpt_dashboard_new ("Sales");
  g_autoptr(CptPagePlan) plan = NULL;
  double lowest[8] = { 0 };

  for (int i = 0; i < 8; i++)
    {
      g_autofree char *id = g_strdup_printf ("w%d", i);

      cpt_dashboard_add_widget (dashboard, id, "bar", "", NULL, NULL, &(CptGridRect){ 0, i * 4, 12, 4 });
    }
  plan = cpt_page_plan_new (dashboard, &space);
  g_assert_cmpuint (plan->n_pages, ==, 4);
  for (guint i = 0; i < plan->places->len; i++)
    {
      const CptPagePlace *place = &g_array_index (plan->places, CptPagePlace, i);

      lowest[place->page] = MAX (lowest[place->page], place->y + place->height * place->scale);
    }
  for (guint i = 0; i < plan->n_pages; i++)
    g_assert_cmpfloat (lowest[i], >, 0.95 * space.height);
}

/* Three columns of which none ends where another one does: no line cuts none of them. */
static void
test_staggered_columns_are_no_smaller (void)
{
  static const CptPageSpace space = { 1080, 700, 60, 30, FALSE, TRUE };
  g_autoptr(CptDashboard) dashboard = cpt_dashboard_new ("Sales");
  g_autoptr(CptPagePlan) plan = NULL;

  for (int i = 0; i < 30; i++)
    {
      g_autofree char *id = g_strdup_printf ("w%d", i);
      int column = i % 3;

      cpt_dashboard_add_widget (dashboard, id, "bar", "", NULL, NULL,
                                &(CptGridRect){ column * 4, i < 3 ? 0 : i / 3 * 4 + column - 1, 4, i < 3 ? 3 + column : 4 });
    }
  plan = cpt_page_plan_new (dashboard, &space);
  g_assert_cmpuint (plan->places->len, ==, 30);
  g_assert_cmpuint (plan->n_pages, ==, 5);
  assert_places_apart (plan, &space);
  for (guint i = 0; i < plan->places->len; i++)
    g_assert_cmpfloat (g_array_index (plan->places, CptPagePlace, i).scale, ==, 1);
}

/* What numbers can't use, the chart below them has. */
static void
test_numbers_are_no_higher_than_they_need (void)
{
  static const CptPageSpace space = { 1080, 700, 60, 30, FALSE, TRUE };
  g_autoptr(CptDashboard) dashboard = cpt_dashboard_new ("Pipeline");
  g_autoptr(CptPagePlan) plan = NULL;
  const CptPagePlace *number, *course, *chart;
  g_autoptr(JsonNode) metric = cpt_json_parse ("{\"metric\": \"pipeline\"}", -1, NULL);

  cpt_dashboard_add_widget (dashboard, "n", "number", "", NULL, NULL, &(CptGridRect){ 0, 0, 12, 2 });
  cpt_dashboard_add_widget (dashboard, "t", "number", "", metric, NULL, &(CptGridRect){ 0, 2, 12, 2 });
  cpt_dashboard_add_widget (dashboard, "b", "bar", "", NULL, NULL, &(CptGridRect){ 0, 4, 12, 4 });
  plan = cpt_page_plan_new (dashboard, &space);
  g_assert_cmpuint (plan->n_pages, ==, 1);
  number = &g_array_index (plan->places, CptPagePlace, 0);
  course = &g_array_index (plan->places, CptPagePlace, 1);
  chart = &g_array_index (plan->places, CptPagePlace, 2);
  g_assert_cmpfloat (number->height, <, 115);
  g_assert_cmpfloat (course->height, >, number->height);
  g_assert_cmpfloat (chart->height, >, 2 * course->height + 14);
  g_assert_cmpfloat_with_epsilon (chart->y + chart->height, space.height, 1);
}

/* The charts below them leave them room for it, where they can: the first page of Sales, on A4 */
static void
test_numbers_have_room_for_their_course (void)
{
  static const CptPageSpace spaces[] = {
    { 1075, 702, 41, 30, FALSE, TRUE },
    { 1075, 680, 41, 30 },
  };
  static const char *const queries[] = {
    "{\"metric\": \"revenue_won\"}",
    "{\"compare\": {\"field\": \"closed_on\", \"period\": {\"this\": \"month\"}, \"with\": \"previous\"}}",
    "{\"period\": {\"this\": \"month\"}}",
    "{\"source\": \"deal\"}",
  };
  g_autoptr(CptDashboard) dashboard = cpt_dashboard_new ("Sales");

  for (int i = 0; i < 4; i++)
    {
      g_autofree char *id = g_strdup_printf ("n%d", i);
      g_autoptr(JsonNode) query = cpt_json_parse (queries[i], -1, NULL);

      cpt_dashboard_add_widget (dashboard, id, "number", "", query, NULL, &(CptGridRect){ i * 3, 0, 3, 2 });
    }
  cpt_dashboard_add_widget (dashboard, "a", "bar", "", NULL, NULL, &(CptGridRect){ 0, 2, 12, 4 });
  cpt_dashboard_add_widget (dashboard, "b", "bar", "", NULL, NULL, &(CptGridRect){ 0, 6, 12, 4 });

  for (guint i = 0; i < G_N_ELEMENTS (spaces); i++)
    {
      g_autoptr(CptPagePlan) plan = cpt_page_plan_new (dashboard, &spaces[i]);

      g_assert_cmpuint (plan->n_pages, ==, 1);
      assert_places_apart (plan, &spaces[i]);
      for (guint j = 0; j < 4; j++)
        g_assert_cmpfloat (g_array_index (plan->places, CptPagePlace, j).height, >=, 125);
      g_assert_cmpfloat (g_array_index (plan->places, CptPagePlace, 5).height, >, 4 * 46 + 3 * 14);
    }
}

static void
test_each_page_of_a_dashboard_begins_on_a_new_one (void)
{
  static const CptPageSpace space = { 1080, 700, 60, 30 };
  static const CptPageSpace picture = { 1080, 0, 60, 30 };
  g_autoptr(CptDashboard) dashboard = cpt_dashboard_new ("Sales");
  g_autoptr(CptDashboard) other = cpt_dashboard_new ("");
  g_autoptr(CptPagePlan) plan = NULL;
  g_autoptr(CptPagePlan) one = NULL;

  cpt_dashboard_add_widget (dashboard, "a", "number", "", NULL, NULL, NULL);
  cpt_dashboard_add_widget (other, "b", "number", "", NULL, NULL, NULL);
  cpt_dashboard_add_page (dashboard, "Empty");
  cpt_dashboard_add_page (dashboard, "People");
  cpt_dashboard_set_page (dashboard, 2, other);

  plan = cpt_page_plan_new (dashboard, &space);
  g_assert_cmpuint (plan->n_pages, ==, 3);
  g_assert_cmpuint (plan->places->len, ==, 2);
  g_assert_cmpuint (g_array_index (plan->places, CptPagePlace, 1).widget, ==, 1);
  g_assert_cmpuint (g_array_index (plan->places, CptPagePlace, 1).page, ==, 2);
  g_assert_cmpfloat (g_array_index (plan->places, CptPagePlace, 1).y, ==, space.other_top);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (g_array_index (plan->parts, guint, i), ==, i);

  /* A picture is one of them */
  one = cpt_page_plan_new (dashboard, &picture);
  g_assert_cmpuint (one->n_pages, ==, 1);
  g_assert_cmpuint (one->places->len, ==, 1);
}

/* ---- files ---- */

typedef struct
{
  CptDashboard *dashboard;
  GPtrArray *data;
  char *folder;
} Fixture;

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  fixture->dashboard = sample_create_dashboard (FALSE);
  fixture->data = sample_create_data (fixture->dashboard, FALSE);
  fixture->folder = g_dir_make_tmp ("cpt-report-XXXXXX", &error);
  g_assert_no_error (error);
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  unused)
{
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_ptr_array_unref (fixture->data);
  cpt_dashboard_free (fixture->dashboard);
}

static void
init_setup (CptReportSetup  *setup,
            CptReportFormat  format)
{
  cpt_report_setup_init (setup, format);
  setup->now = SAMPLE_NOW;
  setup->author = "Camille Rousseau";
  setup->organization = "Ateliers Rousseau SAS";
  setup->subtitle = "All of 2026";
  setup->language = "fr-FR";
}

static GBytes *export(const Fixture *fixture,
                      const CptReportSetup *setup)
{
  g_autoptr(GError) error = NULL;
  GBytes *bytes = cpt_report_export_dashboard (fixture->dashboard, (CptChartData *const *) fixture->data->pdata,
                                               setup, &error);

  g_assert_no_error (error);

  return bytes;
}

/* What a program prints about a file with @bytes; NULL when it is not installed */
static char *
ask (const Fixture *fixture,
     GBytes        *bytes,
     const char    *program,
     const char    *option,
     gboolean       to_stdout)
{
  g_autofree char *path = g_build_filename (fixture->folder, "report.pdf", NULL);
  g_autofree char *found = g_find_program_in_path (program);
  const char *argv[] = { found, option != NULL ? option : path, option != NULL ? path : NULL,
                         to_stdout ? "-" : NULL, NULL };
  g_autoptr(GError) error = NULL;
  char *output = NULL;
  int status = 0;

  if (found == NULL)
    return NULL;
  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &output, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  g_unlink (path);

  return output;
}

static void
assert_contains (const char        *text,
                 const char *const *parts)
{
  for (; *parts != NULL; parts++)
    if (strstr (text, *parts) == NULL)
      g_error ("“%s” is not in: %s", *parts, text);
}

static void
test_pdf_text_can_be_found (Fixture       *fixture,
                            gconstpointer  unused)
{
  static const char *const parts[] = {
    "Sales performance", "All of 2026", "Ateliers Rousseau SAS", "Page 1 of ", "Page 2 of ",
    "10,005,534", "Prospecting", "Anne-Sophie", "1,840", "419,750.50", "Marseille", NULL,
  };
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  CptReportSetup setup;

  init_setup (&setup, CPT_REPORT_PDF);
  bytes = export(fixture, &setup);
  g_assert_cmpuint (g_bytes_get_size (bytes), <, 200000);
  text = ask (fixture, bytes, "pdftotext", "-layout", TRUE);
  if (text == NULL)
    g_test_skip ("pdftotext is not installed");
  else
    assert_contains (text, parts);
}

static guint
count_parts (GBytes     *bytes,
             const char *part)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  const char *place = data;
  guint count = 0;

  while ((place = memmem (place, length - (gsize) (place - data), part, strlen (part))) != NULL)
    {
      count++;
      place++;
    }

  return count;
}

static void
test_pdf_tells_about_itself (Fixture       *fixture,
                             gconstpointer  unused)
{
  static const char *const parts[] = {
    "Title:           Sales performance\n", "Author:          Camille Rousseau\n", "Subject:         All of 2026\n",
    "Tagged:          yes\n", "Pages:           3\n", "841.89 x 1190.55 pts (A3)", "2026", NULL,
  };
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  CptReportSetup setup;

  init_setup (&setup, CPT_REPORT_PDF);
  setup.paper = CPT_PAPER_A3;
  setup.landscape = FALSE;
  bytes = export(fixture, &setup);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (bytes, NULL), 5, "%PDF-"));
  g_assert_nonnull (memmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "/Lang (fr-FR)", 13));
  /* Every chart has words for those who can't see it: as it was, and as it is */
  g_assert_cmpuint (count_parts (bytes, "/S /Figure"), ==, 2 * fixture->data->len);
  g_assert_cmpuint (count_parts (bytes, "/Alt <FEFF"), ==, fixture->data->len);
  text = ask (fixture, bytes, "pdfinfo", "-isodates", FALSE);
  if (text == NULL)
    g_test_skip ("pdfinfo is not installed");
  else
    assert_contains (text, parts);
}

static void
test_pdf_embeds_subset_fonts_and_no_pictures (Fixture       *fixture,
                                              gconstpointer  unused)
{
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *fonts = NULL;
  g_autofree char *images = NULL;
  g_auto(GStrv) lines = NULL;
  CptReportSetup setup;

  init_setup (&setup, CPT_REPORT_PDF);
  bytes = export(fixture, &setup);
  fonts = ask (fixture, bytes, "pdffonts", NULL, FALSE);
  images = ask (fixture, bytes, "pdfimages", "-list", FALSE);
  if (fonts == NULL || images == NULL)
    {
      g_test_skip ("pdffonts or pdfimages is not installed");
      return;
    }

  lines = g_strsplit (fonts, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), >, 3);
  for (guint i = 2; lines[i] != NULL && lines[i][0] != '\0'; i++)
    g_assert_nonnull (strstr (lines[i], " yes yes yes "));
  g_strfreev (lines);
  lines = g_strsplit (images, "\n", -1);
  /* Two lines of a heading and nothing below */
  g_assert_cmpuint (g_strv_length (lines), <=, 3);
}

static void
test_equal_input_gives_equal_bytes (Fixture       *fixture,
                                    gconstpointer  unused)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(GBytes) first = NULL;
      g_autoptr(GBytes) second = NULL;
      CptReportSetup setup;

      init_setup (&setup, (CptReportFormat) i);
      first = export(fixture, &setup);
      second = export(fixture, &setup);
      g_assert_true (g_bytes_equal (first, second));
    }
}

static void
test_pictures_have_their_format (Fixture       *fixture,
                                 gconstpointer  unused)
{
  g_autoptr(GBytes) svg = NULL;
  g_autoptr(GBytes) png = NULL;
  CptReportSetup setup;
  const guint8 *data;

  init_setup (&setup, CPT_REPORT_SVG);
  svg = export(fixture, &setup);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (svg, NULL), 200, "<svg "));
  g_assert_null (memmem (g_bytes_get_data (svg, NULL), g_bytes_get_size (svg), "<image", 6));

  init_setup (&setup, CPT_REPORT_PNG);
  setup.width = 600;
  setup.scale = 1.5;
  png = export(fixture, &setup);
  data = g_bytes_get_data (png, NULL);
  g_assert_cmpmem (data, 8, "\x89PNG\r\n\x1a\n", 8);
  g_assert_cmpuint (data[18] * 256u + data[19], ==, 900);
}

static void
test_a_picture_may_be_too_large (Fixture       *fixture,
                                 gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = NULL;
  CptReportSetup setup;

  init_setup (&setup, CPT_REPORT_PNG);
  setup.width = 4000;
  setup.scale = 8;
  bytes = cpt_report_export_dashboard (fixture->dashboard, (CptChartData *const *) fixture->data->pdata, &setup, &error);
  g_assert_error (error, CPT_ERROR, CPT_ERROR_LIMIT);
  g_assert_null (bytes);
}

static void
test_can_be_cancelled (Fixture       *fixture,
                       gconstpointer  unused)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr(GError) error = NULL;
  CptReportSetup setup;

  init_setup (&setup, CPT_REPORT_PDF);
  g_cancellable_cancel (cancellable);
  g_assert_false (cpt_report_write_dashboard (fixture->dashboard, (CptChartData *const *) fixture->data->pdata,
                                              &setup, stream, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_what_could_not_be_read_says_so (Fixture       *fixture,
                                     gconstpointer  unused)
{
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GBytes) empty = NULL;
  g_autoptr(CptDashboard) none = cpt_dashboard_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  CptReportSetup setup;

  init_setup (&setup, CPT_REPORT_PDF);
  cpt_chart_data_unref (g_ptr_array_index (fixture->data, 0));
  g_ptr_array_index (fixture->data, 0) = cpt_chart_data_new_error (NULL, "The field was deleted.");
  bytes = export(fixture, &setup);
  text = ask (fixture, bytes, "pdftotext", "-layout", TRUE);
  if (text != NULL)
    g_assert_nonnull (strstr (text, "The field was deleted."));

  empty = cpt_report_export_dashboard (none, NULL, &setup, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (empty), >, 500);
}

static void
test_names_are_parsed (void)
{
  CptReportFormat format;
  CptPaper paper;

  g_assert_true (cpt_report_format_parse ("PDF", &format));
  g_assert_cmpint (format, ==, CPT_REPORT_PDF);
  g_assert_true (cpt_report_format_parse ("png", &format));
  g_assert_false (cpt_report_format_parse ("docx", &format));
  g_assert_false (cpt_report_format_parse (NULL, &format));
  g_assert_true (cpt_paper_parse ("A3", &paper));
  g_assert_cmpint (paper, ==, CPT_PAPER_A3);
  g_assert_false (cpt_paper_parse ("a9", &paper));
}

/* Words of a text lead where they say, in the PDF; no other place is offered */
static void
test_texts_have_links (void)
{
  static const char *const targets[] = {
    "/URI (https://named.example/a)",
    "/URI (http://bare.example)",
    "/URI (mailto:anna@example.org)",
  };
  g_autoptr(CptDashboard) dashboard = cpt_dashboard_new ("Links");
  g_autoptr(CptChartData) data = cpt_chart_data_new ("", NULL);
  g_autoptr(JsonObject) options = json_object_new ();
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;
  CptReportSetup setup;
  const char *pdf;
  gsize size;
  guint n = 0;

  json_object_set_string_member (options, "text",
                                 "# Where\n- [The site](https://named.example/a) and http://bare.example\n"
                                 "- anna@example.org [no](javascript:alert) [https://own.example](https://other.example)");
  cpt_dashboard_add_widget (dashboard, "t", "text", "Notes", NULL, options, &(CptGridRect){ 0, 0, 12, 4 });
  init_setup (&setup, CPT_REPORT_PDF);
  bytes = cpt_report_export_dashboard (dashboard, &data, &setup, &error);
  g_assert_no_error (error);
  pdf = g_bytes_get_data (bytes, &size);
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    g_assert_nonnull (memmem (pdf, size, targets[i], strlen (targets[i])));
  for (const char *at = pdf; (at = memmem (at, size - (gsize) (at - pdf), "/URI (", 6)) != NULL; at++)
    n++;
  /* The site twice, by its name and behind it; and the two addresses, of which neither leads to the other */
  g_assert_cmpuint (n, ==, 6);
  g_assert_null (memmem (pdf, size, "javascript", 10));
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    void (*run) (Fixture *, gconstpointer);
  } tests[] = {
    { "/report/pdf-text-can-be-found", test_pdf_text_can_be_found },
    { "/report/pdf-tells-about-itself", test_pdf_tells_about_itself },
    { "/report/pdf-embeds-subset-fonts-and-no-pictures", test_pdf_embeds_subset_fonts_and_no_pictures },
    { "/report/equal-input-gives-equal-bytes", test_equal_input_gives_equal_bytes },
    { "/report/pictures-have-their-format", test_pictures_have_their_format },
    { "/report/a-picture-may-be-too-large", test_a_picture_may_be_too_large },
    { "/report/can-be-cancelled", test_can_be_cancelled },
    { "/report/what-could-not-be-read-says-so", test_what_could_not_be_read_says_so },
  };

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/report/no-page-cuts-a-widget", test_no_page_cuts_a_widget);
  g_test_add_func ("/report/pages-are-filled", test_pages_are_filled);
  g_test_add_func ("/report/staggered-columns-are-no-smaller", test_staggered_columns_are_no_smaller);
  g_test_add_func ("/report/numbers-are-no-higher-than-they-need", test_numbers_are_no_higher_than_they_need);
  g_test_add_func ("/report/numbers-have-room-for-their-course", test_numbers_have_room_for_their_course);
  g_test_add_func ("/report/each-page-of-a-dashboard-begins-on-a-new-one", test_each_page_of_a_dashboard_begins_on_a_new_one);
  g_test_add_func ("/report/names-are-parsed", test_names_are_parsed);
  g_test_add_func ("/report/texts-have-links", test_texts_have_links);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, fixture_set_up, tests[i].run, fixture_tear_down);

  return g_test_run ();
}
