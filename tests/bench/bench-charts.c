/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What drawing costs: a dashboard as a file, a line of very many points, a
 * drag on the grid. Times are of the processor, so that other programs on the
 * machine do not count; the best of several runs, the first one apart, since
 * it reads fonts. */
#include "config.h"

#include <time.h>

#include "../unit/report/sample.h"
#include "cpt-chart-kind.h"

#define N_POINTS 100000
#define N_WIDGETS 500

static double
get_milliseconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);

  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static void
print_time (const char *job,
            double      measured,
            double      target)
{
  g_print ("BENCH\t%s\t%.2f ms\t%g ms\t%s\n", job, measured, target, measured <= target ? "ok" : "slow");
}

static void
bench_dashboard (void)
{
  static const char *const names[] = { "PDF", "SVG", "PNG" };
  static const double targets[] = { 300, 300, 600 };
  g_autoptr(CptDashboard) dashboard = sample_create_dashboard (FALSE);
  g_autoptr(GPtrArray) data = sample_create_data (dashboard, FALSE);

  for (guint format = 0; format < G_N_ELEMENTS (names); format++)
    {
      g_autofree char *job = g_strdup_printf ("dashboard of 12 widgets as %s", names[format]);
      CptReportSetup setup;
      gsize size = 0;
      double best = G_MAXDOUBLE;

      cpt_report_setup_init (&setup, (CptReportFormat) format);
      setup.now = SAMPLE_NOW;
      for (guint run = 0; run < 5; run++)
        {
          double start = get_milliseconds ();
          g_autoptr(GError) error = NULL;
          g_autoptr(GBytes) bytes = cpt_report_export_dashboard (dashboard, (CptChartData *const *) data->pdata,
                                                                 &setup, &error);
          double measured = get_milliseconds () - start;

          g_assert_no_error (error);
          size = g_bytes_get_size (bytes);
          if (run == 0 && format == 0)
            print_time ("the first dashboard as PDF, fonts included", measured, 300);
          best = MIN (best, measured);
        }
      print_time (job, best, targets[format]);
      if (format == CPT_REPORT_PDF)
        g_print ("BENCH\tsize of that PDF\t%.0f kB\t200 kB\t%s\n", size / 1000.0, size < 200000 ? "ok" : "slow");
    }
}

static void
bench_line (void)
{
  static const CptChartUnit unit = { CPT_CHART_NUMBER, "", NULL };
  g_autoptr(CptChartData) data = cpt_chart_data_new ("Points", &unit);
  g_autoptr(CptTextCache) texts = cpt_text_cache_new ();
  g_autoptr(CptChartLayout) layout = cpt_chart_layout_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 800, 300);
  cairo_t *cr = cairo_create (surface);
  CptChart chart = { cpt_chart_kind_find ("line"), NULL, data };
  double best = G_MAXDOUBLE;
  CptChartStyle style;

  cpt_chart_data_add_series (data, NULL, CPT_CHART_ROLE_VALUE);
  for (int i = 0; i < N_POINTS; i++)
    {
      guint category = cpt_chart_data_add_bucket (data, CPT_BUCKET_DAY, i);

      cpt_chart_data_set_value (data, 0, category, 100 + sin (i / 900.0) * 40 + (i * 7919 % 1009) / 60.0);
    }
  cpt_chart_style_init (&style, CPT_CHART_THEME_LIGHT);
  style.texts = texts;
  for (guint run = 0; run < 20; run++)
    {
      double start = get_milliseconds ();

      cpt_chart_draw (cr, &chart, &style, 800, 300, layout);
      best = MIN (best, get_milliseconds () - start);
    }
  print_time ("line of 100,000 points, one frame", best, 4);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
bench_grid (void)
{
  g_autofree CptGridItem *items = g_new0 (CptGridItem, N_WIDGETS);
  g_autofree CptGridRect *result = g_new0 (CptGridRect, N_WIDGETS);
  g_autoptr(GRand) rand = g_rand_new_with_seed (1);
  double start;

  for (guint i = 0; i < N_WIDGETS; i++)
    items[i].rect = (CptGridRect){ g_rand_int_range (rand, 0, 12), g_rand_int_range (rand, 0, 400),
                                   g_rand_int_range (rand, 1, 7), g_rand_int_range (rand, 1, 6) };
  cpt_grid_compact (items, N_WIDGETS, CPT_GRID_COLUMNS);
  start = get_milliseconds ();
  for (int y = 0; y < 1000; y++)
    cpt_grid_place (items, N_WIDGETS, 250, &(CptGridRect){ 3, y % 300, 4, 3 }, result);
  print_time ("a step of a drag among 500 widgets", (get_milliseconds () - start) / 1000, 1);
}

int
main (void)
{
  bench_dashboard ();
  bench_line ();
  bench_grid ();

  return 0;
}
