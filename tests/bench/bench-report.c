/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages with a table, bars and lines on each: files of a hundred of them and of a
 * thousand. Beside it, in the same run, ReportLab draws the same where it is installed
 * (python3-reportlab): as many rows, bars and points of the same numbers. Times are of the
 * processor, so that other programs on the machine do not count, and without the start of
 * either program. */
#include "config.h"

#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench-job.h"
#include "cpt-report.h"

/* A dashboard has pages, which have sheets of paper: a grid of all sheets would be one that nobody has */
#define N_SHEETS 20
#define N_PASSES 3
#define N_ROWS 22
#define N_COLUMNS 4
#define N_BARS 6
#define N_MONTHS 12
#define MEMORY 40.0
/* Of what ReportLab takes */
#define RATIO 0.8
/* Seconds for a page where there is no ReportLab: four fifths of what it took elsewhere */
#define PER_PAGE 0.008
/* 2026-11-21T09:30:00Z */
#define NOW G_GINT64_CONSTANT (1795253400000000)

static const CptChartUnit euros = { CPT_CHART_MONEY, "EUR", NULL };
static const CptChartUnit deals = { CPT_CHART_COUNT, "", "deals" };

/* The same numbers as in reportlab-report.py */
static double
get_value (guint page,
           guint series,
           guint i)
{
  return 1000 + (page * 7919 + series * 104729 + i * 1299709) % 9001;
}

static CptChartData *
create_table (guint page)
{
  static const char *const labels[N_COLUMNS] = { "Deals", "Amount", "Cost", "Margin" };
  CptChartData *data = cpt_chart_data_new ("Customers", &deals);

  for (guint s = 0; s < N_COLUMNS; s++)
    cpt_chart_data_add_series (data, labels[s], CPT_CHART_ROLE_VALUE);
  for (guint i = 0; i < N_ROWS; i++)
    {
      g_autofree char *label = g_strdup_printf ("Customer number %u", page * N_ROWS + i);
      guint row = cpt_chart_data_add_category (data, label);

      for (guint s = 0; s < N_COLUMNS; s++)
        cpt_chart_data_set_value (data, s, row, get_value (page, s, i));
    }

  return data;
}

static CptChartData *
create_bars (guint page)
{
  CptChartData *data = cpt_chart_data_new ("Deals", &deals);

  cpt_chart_data_add_series (data, NULL, CPT_CHART_ROLE_VALUE);
  for (guint i = 0; i < N_BARS; i++)
    {
      g_autofree char *label = g_strdup_printf ("Stage %u", i + 1);

      cpt_chart_data_set_value (data, 0, cpt_chart_data_add_category (data, label), get_value (page, 5, i));
    }

  return data;
}

static CptChartData *
create_lines (guint page)
{
  CptChartData *data = cpt_chart_data_new ("Revenue", &euros);

  cpt_chart_data_add_series (data, "This year", CPT_CHART_ROLE_VALUE);
  cpt_chart_data_add_series (data, "Year before", CPT_CHART_ROLE_COMPARISON);
  for (guint i = 0; i < N_MONTHS; i++)
    {
      guint month = cpt_chart_data_add_bucket (data, CPT_BUCKET_MONTH, cpt_date_from_ymd (2026, (int) i + 1, 1));

      cpt_chart_data_set_value (data, 0, month, get_value (page, 6, i));
      cpt_chart_data_set_value (data, 1, month, get_value (page, 7, i));
    }

  return data;
}

static void
add (CptDashboard      *dashboard,
     GPtrArray         *numbers,
     guint              page,
     const char        *kind,
     CptChartData      *data,
     const CptGridRect *place)
{
  CptWidget *widget = g_new0 (CptWidget, 1);

  /* Put where it is: looking for a place for each is no part of what is measured */
  widget->id = g_strdup_printf ("w%u", numbers->len);
  widget->kind = g_strdup (kind);
  widget->title = g_strdup (data->title);
  widget->page = page / N_SHEETS;
  widget->item.rect = *place;
  g_ptr_array_add (dashboard->widgets, widget);
  g_ptr_array_add (numbers, data);
}

static guint
count_pages (GBytes *pdf)
{
  static const char form[] = "/Type /Page %";
  gsize length;
  const char *text = g_bytes_get_data (pdf, &length);
  guint n_pages = 0;

  for (gsize i = 0; i + sizeof form < length; i++)
    if (text[i] == '/' && memcmp (text + i, form, sizeof form - 1) == 0)
      n_pages++;

  return n_pages;
}

static GBytes *
write_file (guint n_pages)
{
  g_autoptr(CptDashboard) dashboard = cpt_dashboard_new ("Review");
  g_autoptr(GPtrArray) numbers = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_chart_data_unref);
  g_autoptr(GError) error = NULL;
  GBytes *pdf;
  CptReportSetup setup;

  for (guint page = 0; page < n_pages; page++)
    {
      int y = (int) (page % N_SHEETS) * 13;

      if (page > 0 && page % N_SHEETS == 0)
        cpt_dashboard_add_page (dashboard, NULL);
      add (dashboard, numbers, page, "table", create_table (page), &(CptGridRect){ 0, y, 12, 8 });
      add (dashboard, numbers, page, "bar", create_bars (page), &(CptGridRect){ 0, y + 8, 6, 5 });
      add (dashboard, numbers, page, "line", create_lines (page), &(CptGridRect){ 6, y + 8, 6, 5 });
    }
  cpt_report_setup_init (&setup, CPT_REPORT_PDF);
  setup.landscape = FALSE;
  setup.now = NOW;
  pdf = cpt_report_export_dashboard (dashboard, (CptChartData *const *) numbers->pdata, &setup, &error);
  g_assert_no_error (error);

  return pdf;
}

static gint64
get_processor_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);

  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static gint64
work (const char *path,
      int         job,
      guint       n_pages)
{
  gint64 begun = get_processor_time ();
  g_autoptr(GBytes) pdf = write_file (n_pages);
  gint64 taken = get_processor_time () - begun;

  g_assert_cmpuint (count_pages (pdf), ==, n_pages);
  if (job > 0)
    {
      g_autoptr(GBytes) again = write_file (n_pages);

      g_assert_true (g_bytes_equal (pdf, again));
    }

  return taken;
}

/* Seconds that ReportLab says it took; 0 where it is not installed */
static double
run_reportlab (guint n_pages)
{
  g_autofree char *number = g_strdup_printf ("%u", n_pages);
  g_autofree char *script = g_build_filename (g_getenv ("CPT_SOURCE_ROOT"), "tests/bench/reportlab-report.py", NULL);
  const char *argv[] = { "/usr/bin/python3", script, number, NULL };
  g_autofree char *output = NULL;
  int status = 0;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &output, NULL, &status, NULL) ||
      !g_spawn_check_wait_status (status, NULL))
    return 0;

  return g_ascii_strtod (output, NULL);
}

/* The best of some, of both, by turns: what else the machine does slows either */
static void
measure (guint n_pages)
{
  double time = G_MAXDOUBLE, theirs = G_MAXDOUBLE, memory = 0;
  double target;

  for (int i = 0; i < N_PASSES; i++)
    {
      BenchJob job = bench_job_start (work, NULL, 0, n_pages);
      BenchUsage usage = bench_job_wait (&job);

      time = MIN (time, usage.wall);
      memory = MAX (memory, usage.memory);
      theirs = MIN (theirs, run_reportlab (n_pages));
    }
  target = theirs > 0 ? theirs * RATIO : n_pages * PER_PAGE;

  g_print ("BENCH\t%u pages of tables and charts%s\t%.2f s\t%.2f s\t%s\n", n_pages,
           theirs > 0 ? ", 0.8 of ReportLab" : "", time, target, time <= target ? "ok" : "slow");
  if (theirs > 0)
    g_print ("# %u pages: %.2f of the time of ReportLab, which took %.2f s\n", n_pages, time / theirs, theirs);
  g_print ("BENCH\t%u pages of tables and charts: memory\t%.1f MiB\t%.0f MiB\t%s\n", n_pages, memory, MEMORY,
           memory <= MEMORY ? "ok" : "slow");
}

static void
check_bytes (guint n_pages)
{
  BenchJob job = bench_job_start (work, NULL, 1, n_pages);

  bench_job_wait (&job);
  g_print ("# %u pages: equal input gave equal bytes\n", n_pages);
}

static void
tell_conditions (void)
{
  g_print ("# Both draw %u rows of %u cells, %u bars and 2 lines of %u points a page, of the same numbers, compressed.\n",
           N_ROWS, N_COLUMNS + 1, N_BARS, N_MONTHS);
  g_print ("# Only ours shapes and embeds its font, tags headings and figures, describes figures, and has bookmarks.\n");
#ifndef __OPTIMIZE__
  g_print ("# Built without optimisation: what takes how long says little (meson setup --buildtype=release).\n");
#endif
}

int
main (void)
{
  tell_conditions ();
  measure (100);
  check_bytes (100);
  measure (1000);

  return 0;
}
