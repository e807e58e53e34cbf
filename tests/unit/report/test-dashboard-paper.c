/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dashboards on printers: the pages of their PDF, one at a time and in any order. */
#include "config.h"

#define _GNU_SOURCE /* memmem */

#include <cairo-pdf.h>
#include <string.h>

#include "cpt-dashboard-file.h"
#include "cpt-dashboard-paper.h"
#include "cpt-json.h"
#include "widget-fixture.h"

/* A4, in points */
#define SHORT 595.0
#define LONG 842.0

/* Two pages; the first one needs two sheets, if they are upright three */
static CptDashboard *
create_dashboard (void)
{
  CptDashboard *dashboard = cpt_dashboard_new ("Sales");
  g_autoptr(CptDashboard) second = cpt_dashboard_new ("");
  g_autoptr(JsonNode) query = cpt_json_parse ("{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}]}", -1, NULL);

  for (int i = 0; i < 4; i++)
    {
      g_autofree char *id = g_strdup_printf ("w%d", i);

      cpt_dashboard_add_widget (dashboard, id, i == 0 ? "number" : "bar", "Deals", query, NULL, &(CptGridRect){ 0, i * 4, 12, 4 });
    }
  cpt_dashboard_add_widget (second, "n", "number", "More deals", query, NULL, NULL);
  cpt_dashboard_add_page (dashboard, "People");
  cpt_dashboard_set_page (dashboard, 1, second);

  return dashboard;
}

static CptDashboardPaper *
read_ok (WidgetFixture      *fixture,
         const CptDashboard *dashboard)
{
  g_autoptr(GError) error = NULL;
  CptDashboardPaper *paper = cpt_dashboard_paper_read (fixture->database, dashboard, NULL, &error);

  g_assert_no_error (error);

  return paper;
}

static guint
count_pdf_pages (WidgetFixture      *fixture,
                 const CptDashboard *dashboard,
                 gboolean            landscape)
{
  g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;
  const char *place, *end;
  CptReportSetup setup;
  guint count = 0;
  gsize size;

  cpt_report_setup_init (&setup, CPT_REPORT_PDF);
  setup.landscape = landscape;
  cpt_dashboard_write_file (fixture->database, dashboard, &setup, memory, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (memory, NULL, NULL);
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
  place = g_bytes_get_data (bytes, &size);
  end = place + size;
  while ((place = memmem (place, (gsize) (end - place), "/Type /Page", 11)) != NULL)
    {
      place += 11;
      count += *place != 's';
    }

  return count;
}

static void
assert_drawn (CptDashboardPaper *paper,
              guint              page)
{
  cairo_rectangle_t area = { 0, 0, LONG, SHORT };
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &area);
  cairo_t *cr = cairo_create (surface);

  cpt_dashboard_paper_draw (paper, cr, page);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_recording_surface_ink_extents (surface, &area.x, &area.y, &area.width, &area.height);
  g_assert_cmpfloat (area.x, >, 30);
  g_assert_cmpfloat (area.x + area.width, <, LONG - 30);
  g_assert_cmpfloat (area.y + area.height, <, SHORT - 30);
  g_assert_cmpfloat (area.width, >, LONG - 80);
  cairo_surface_destroy (surface);
}

static void
test_has_the_pages_of_the_pdf (WidgetFixture *fixture,
                               gconstpointer  unused)
{
  g_autoptr(CptDashboard) dashboard = create_dashboard ();
  g_autoptr(CptDashboardPaper) paper = read_ok (fixture, dashboard);
  guint upright = cpt_dashboard_paper_lay_out (paper, SHORT, LONG);
  guint n = cpt_dashboard_paper_lay_out (paper, LONG, SHORT);

  g_assert_cmpstr (cpt_dashboard_paper_get_title (paper), ==, "Sales");
  g_assert_cmpuint (upright, ==, count_pdf_pages (fixture, dashboard, FALSE));
  g_assert_cmpuint (n, ==, count_pdf_pages (fixture, dashboard, TRUE));
  g_assert_cmpuint (n, >=, 3);
  for (guint i = n; i > 0; i--)
    assert_drawn (paper, i - 1);
}

static cairo_status_t
count_cb (void                *closure,
          const unsigned char *data,
          unsigned int         length)
{
  *(gsize *) closure += length;

  return CAIRO_STATUS_SUCCESS;
}

/* "Print to File" of some pages: tags that begin on one and end on another would break it. */
static void
test_prints_a_page_alone (WidgetFixture *fixture,
                          gconstpointer  unused)
{
  g_autoptr(CptDashboard) dashboard = create_dashboard ();
  g_autoptr(CptDashboardPaper) paper = read_ok (fixture, dashboard);
  guint n = cpt_dashboard_paper_lay_out (paper, LONG, SHORT);

  for (guint i = 0; i < n; i++)
    {
      gsize size = 0;
      cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (count_cb, &size, LONG, SHORT);
      cairo_t *cr = cairo_create (surface);

      cpt_dashboard_paper_draw (paper, cr, i);
      cairo_show_page (cr);
      g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
      cairo_destroy (cr);
      cairo_surface_finish (surface);
      g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
      cairo_surface_destroy (surface);
      g_assert_cmpuint (size, >, 1000);
    }
}

/* A printer of labels, and a dashboard of nothing */
static void
test_bears_slips_and_nothing (WidgetFixture *fixture,
                              gconstpointer  unused)
{
  static const double sizes[][2] = { { 175, 80 }, { 20, 20 }, { 80, 2000 } };
  g_autoptr(CptDashboard) dashboard = create_dashboard ();
  g_autoptr(CptDashboard) empty = cpt_dashboard_new ("");
  g_autoptr(CptDashboardPaper) paper = read_ok (fixture, dashboard);
  g_autoptr(CptDashboardPaper) nothing = read_ok (fixture, empty);

  g_assert_cmpuint (cpt_dashboard_paper_lay_out (nothing, LONG, SHORT), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      guint n = cpt_dashboard_paper_lay_out (paper, sizes[i][0], sizes[i][1]);
      cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
      cairo_t *cr = cairo_create (surface);

      g_assert_cmpuint (n, >=, 2);
      for (guint page = 0; page < n; page++)
        cpt_dashboard_paper_draw (paper, cr, page);
      g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
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
    { "/dashboard-paper/has-the-pages-of-the-pdf", test_has_the_pages_of_the_pdf },
    { "/dashboard-paper/prints-a-page-alone", test_prints_a_page_alone },
    { "/dashboard-paper/bears-slips-and-nothing", test_bears_slips_and_nothing },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, WidgetFixture, NULL, widget_fixture_set_up, tests[i].run, widget_fixture_tear_down);

  return g_test_run ();
}
