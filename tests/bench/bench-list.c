/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a list of a million records costs in the real window: from the start of
 * the process to the first rows, opening, sorting, a jump to the middle, and for
 * how long the main loop was away meanwhile. */

#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench-window.h"
#include "cpt-query-model.h"

#define PATIENCE 60

#define TARGET_START 700.0
#define TARGET_MEMORY 120.0
#define TARGET_STEP 150.0

static void
report (const char *job,
        double      measured,
        const char *unit,
        double      target)
{
  g_autofree char *name = g_strconcat ("list: ", job, NULL);

  bench_report (name, measured, unit, target);
}

/* Milliseconds that the process has been there, in steps of ten */
static double
get_age (void)
{
  g_autofree char *stat = NULL;
  g_autofree char *uptime = NULL;
  const char *rest;
  g_auto(GStrv) fields = NULL;

  if (!g_file_get_contents ("/proc/self/stat", &stat, NULL, NULL) ||
      !g_file_get_contents ("/proc/uptime", &uptime, NULL, NULL) || (rest = strrchr (stat, ')')) == NULL)
    return 0;

  fields = g_strsplit (rest + 2, " ", -1);

  return g_ascii_strtod (uptime, NULL) * 1000 - g_ascii_strtod (fields[19], NULL) * 1000 / (double) sysconf (_SC_CLK_TCK);
}

/* Megabytes that are the process's own and in memory */
static double
get_memory (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL) || (line = strstr (status, "VmRSS:")) == NULL)
    return 0;

  return g_ascii_strtod (line + strlen ("VmRSS:"), NULL) / 1024;
}

typedef struct
{
  CptDataGrid *grid;
  gboolean was_reset;
  gboolean was_loaded;
  gboolean was_painted;
} Watch;

static gboolean
is_loaded (CptDataGrid *grid)
{
  CptGridModel *model = cpt_data_grid_get_model (grid);
  guint first, last;

  if (model == NULL || cpt_grid_model_get_length (model) == 0)
    return FALSE;

  cpt_data_grid_get_range (grid, &first, &last);
  for (guint i = first; i <= last; i++)
    if (cpt_grid_model_get_version (model, i) == 0)
      return FALSE;

  return TRUE;
}

static void
changed_cb (CptGridModel *model,
            int           change,
            guint         position,
            guint         removed,
            guint         added,
            Watch        *watch)
{
  watch->was_reset |= change == CPT_GRID_RESET;
}

static void
painted_cb (GdkFrameClock *clock,
            Watch         *watch)
{
  watch->was_painted |= watch->was_loaded;
}

/* Until the rows on the screen are there and drawn; after a reset if @reset */
static void
wait_for_rows (CptDataGrid *grid,
               gboolean     reset)
{
  Watch watch = { .grid = grid, .was_reset = !reset };
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (grid));
  gulong changed = g_signal_connect (cpt_data_grid_get_model (grid), "changed", G_CALLBACK (changed_cb), &watch);
  gulong painted = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &watch);
  double end = bench_get_ms () + PATIENCE * 1000;

  while (!watch.was_painted && bench_get_ms () < end)
    {
      g_main_context_iteration (NULL, TRUE);
      if (watch.was_reset && !watch.was_loaded && is_loaded (grid))
        {
          watch.was_loaded = TRUE;
          gtk_widget_queue_draw (GTK_WIDGET (grid));
        }
    }
  g_signal_handler_disconnect (cpt_data_grid_get_model (grid), changed);
  g_signal_handler_disconnect (clock, painted);
}

static void
bench_jump (CptDataGrid *grid)
{
  GtkAdjustment *vertical = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (grid));
  double began = bench_get_ms ();

  bench_forget_loop ();
  gtk_adjustment_set_value (vertical, gtk_adjustment_get_upper (vertical) / 2);
  wait_for_rows (grid, FALSE);
  report ("jump to the middle", bench_get_ms () - began, "ms", TARGET_STEP);
  bench_rest (grid);
  report ("main loop away during the jump", bench_get_busy (), "ms", BENCH_FRAME);
}

static void
bench_sort (CptDataGrid *grid,
            guint        column)
{
  double began = bench_get_ms ();

  bench_forget_loop ();
  cpt_grid_model_sort (cpt_data_grid_get_model (grid), column, TRUE, FALSE);
  wait_for_rows (grid, TRUE);
  report ("sort by an indexed column", bench_get_ms () - began, "ms", TARGET_STEP);
  bench_rest (grid);
  report ("main loop away while all rows came", bench_get_busy (), "ms", BENCH_FRAME);
}

static void
bench_scroll (CptDataGrid *grid)
{
  GtkAdjustment *vertical = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (grid));
  double end = bench_get_ms () + 1000;

  bench_forget_loop ();
  while (bench_get_ms () < end)
    {
      gtk_adjustment_set_value (vertical, gtk_adjustment_get_value (vertical) + 40);
      g_main_context_iteration (NULL, TRUE);
    }
  report ("main loop away while scrolling", bench_get_busy (), "ms", BENCH_FRAME);
}

static void
bench_open (CptWindow *window)
{
  double began;
  CptDataGrid *grid;

  cpt_window_open_place (window, "trash");
  bench_idle (400);
  began = bench_get_ms ();
  bench_forget_loop ();
  cpt_window_open_list (window, cpt_schema_find_entity (cpt_window_get_schema (window), "contact"), NULL, NULL);
  grid = bench_wait_for_grid (window);
  wait_for_rows (grid, FALSE);
  report ("open", bench_get_ms () - began, "ms", TARGET_STEP);
  bench_rest (grid);
  report ("main loop away while it opened", bench_get_busy (), "ms", BENCH_FRAME);
}

static void
bench_list (CptWindow *window)
{
  CptDataGrid *grid = bench_wait_for_grid (window);

  wait_for_rows (grid, FALSE);
  report ("start of the process to the first rows", get_age (), "ms", TARGET_START);
  bench_rest (grid);
  bench_watch_loop ();
  report ("memory with all rows known", get_memory (), "MB", TARGET_MEMORY);
  bench_jump (grid);
  bench_sort (grid, 0);
  bench_scroll (grid);
  bench_open (window);
  report ("memory at the end", get_memory (), "MB", TARGET_MEMORY);
}

int
main (int    argc,
      char **argv)
{
  return bench_window_main (argc, argv, BENCH_WORKSPACE_WARM, bench_list);
}
