/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person waits for on a dashboard of the real window: until it is first
 * painted while its numbers are still counted over a million contacts, and for each
 * frame while a widget is dragged among sixty others.
 *
 * The process before this one looked at the same dashboard; what the file itself knows
 * of its answers is forgotten, so that they are counted anew. */

#include "config.h"

#include "bench-window.h"

#include <sqlite3.h>

#include "cpt-dashboard-grid-private.h"
#include "cpt-dashboard-numbers.h"

#define THIRTY "00000000-0000-4000-8000-00000000be30"
#define SIXTY "00000000-0000-4000-8000-00000000be60"
#define PAINT_WIDGETS 30
#define TARGET_PAINT 100.0 /* ms */
#define DRAG_WIDGETS 60
#define TARGET_FRAME 16.6 /* ms of processor time of the main thread: 60 frames a second */
#define PATIENCE 60       /* seconds */

static const char *const kinds[] = { "number", "bar", "line", "pie", "table" };

/* ------------------------------------------------------------- the dashboard */

/* Each of them another question that reads all contacts */
static CptDashboard *
create_dashboard (const char *title,
                  guint       n_widgets)
{
  CptDashboard *dashboard = cpt_dashboard_new (title);

  for (guint i = 0; i < n_widgets; i++)
    {
      const char *kind = kinds[i % G_N_ELEMENTS (kinds)];
      const char *dimension = g_str_equal (kind, "number") ? "" : ",\"dimensions\":[{\"field\":\"source\"}]";
      g_autofree char *id = g_strdup_printf ("w%u", i);
      g_autofree char *name = g_strdup_printf ("Contacts whose telephone number has a %u", i + 10);
      g_autofree char *question = NULL;
      g_autoptr(JsonNode) query = NULL;

      if (g_str_equal (kind, "line"))
        dimension = ",\"dimensions\":[{\"field\":\"created_at\",\"bucket\":\"day\"}]";
      question = g_strdup_printf ("{\"source\":\"contact\",\"measures\":[{\"agg\":\"count\"}],\"where\":{\"field\":\"phone\","
                                  "\"op\":\"contains\",\"value\":\"%u\"}%s}",
                                  i + 10, dimension);
      query = json_from_string (question, NULL);
      cpt_dashboard_add_widget (dashboard, id, kind, name, query, NULL, NULL);
    }

  return dashboard;
}

static void
committed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  gboolean *is_done = user_data;

  /* An earlier run has made it. */
  cpt_store_commit_finish (CPT_STORE (source), result, NULL, NULL, NULL);
  *is_done = TRUE;
}

static void
store_dashboard (CptWindow  *window,
                 const char *id,
                 const char *title,
                 guint       n_widgets)
{
  CptSchema *schema = cpt_window_get_schema (window);
  g_autoptr(CptRecord) record = cpt_record_new (schema, cpt_schema_find_entity (schema, "dashboard"));
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(CptDashboard) dashboard = create_dashboard (title, n_widgets);
  CptValue value = CPT_VALUE_INIT;
  gboolean is_done = FALSE;

  cpt_uuid_parse (id, &record->id);
  cpt_value_set_text (&value, title);
  cpt_record_take (record, cpt_entity_find_field (record->entity, "name"), cpt_value_steal (&value));
  cpt_value_take_text (&value, cpt_dashboard_format (dashboard));
  cpt_record_take (record, cpt_entity_find_field (record->entity, "definition"), cpt_value_steal (&value));
  cpt_transaction_create (transaction, record);
  cpt_store_commit_async (cpt_window_get_store (window), g_steal_pointer (&transaction), NULL, committed_cb, &is_done);
  while (!is_done)
    g_main_context_iteration (NULL, TRUE);
}

/* What the file knows of answers that took long */
static void
forget_answers (CptWindow *window)
{
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open (cpt_store_get_path (cpt_window_get_store (window)), &handle), ==, SQLITE_OK);
  sqlite3_busy_timeout (handle, 10000);
  g_assert_cmpint (sqlite3_exec (handle, "DELETE FROM aggregate_cache", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
}

/* ----------------------------------------------------------------- the paint */

typedef struct
{
  CptWindow *window;
  guint n_widgets;
  double frames; /* when all cards were painted first, 0 before */
  double values; /* when all of them had numbers */
} Watch;

static guint
count_cards (CptWindow *window,
             gboolean   with_data)
{
  GtkWidget *grid = bench_find (GTK_WIDGET (window), CPT_TYPE_DASHBOARD_GRID);
  guint n = 0;

  for (GtkWidget *card = grid != NULL ? gtk_widget_get_first_child (grid) : NULL; card != NULL;
       card = gtk_widget_get_next_sibling (card))
    if (CPT_IS_CHART_CARD (card) && (!with_data || cpt_chart_card_get_data (CPT_CHART_CARD (card)) != NULL))
      n++;

  return n;
}

static void
painted_cb (GdkFrameClock *clock,
            Watch         *watch)
{
  if (watch->frames == 0 && count_cards (watch->window, FALSE) == watch->n_widgets)
    watch->frames = bench_get_ms ();
  if (watch->values == 0 && count_cards (watch->window, TRUE) == watch->n_widgets)
    watch->values = bench_get_ms ();
}

static gboolean
is_fresh (CptWindow *window)
{
  GtkWidget *grid = bench_find (GTK_WIDGET (window), CPT_TYPE_DASHBOARD_GRID);

  for (GtkWidget *card = grid != NULL ? gtk_widget_get_first_child (grid) : NULL; card != NULL;
       card = gtk_widget_get_next_sibling (card))
    if (CPT_IS_CHART_CARD (card) &&
        (cpt_chart_card_get_data (CPT_CHART_CARD (card)) == NULL || cpt_chart_card_is_known (CPT_CHART_CARD (card))))
      return FALSE;

  return grid != NULL;
}

static void
wait_until_fresh (CptWindow *window)
{
  double end = bench_get_ms () + PATIENCE * 1000;

  while (!is_fresh (window) && bench_get_ms () < end)
    g_main_context_iteration (NULL, TRUE);
}

static void
bench_paint (CptWindow *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  Watch watch = { .window = window, .n_widgets = PAINT_WIDGETS };
  double began;
  gulong handler;

  store_dashboard (window, THIRTY, "Thirty", PAINT_WIDGETS);
  store_dashboard (window, SIXTY, "Sixty", DRAG_WIDGETS);
  forget_answers (window);
  bench_rest (bench_wait_for_grid (window));
  bench_watch_loop ();

  handler = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &watch);
  cpt_window_set_state (window, "dashboard", THIRTY);
  bench_forget_loop ();
  began = bench_get_ms ();
  cpt_window_open_place (window, "home");
  while (watch.values == 0 && bench_get_ms () < began + PATIENCE * 1000)
    g_main_context_iteration (NULL, TRUE);
  bench_report ("dashboard: first paint of 30 widgets, frames", watch.frames - began, "ms", TARGET_PAINT);
  bench_report ("dashboard: first paint of 30 widgets, last known values", watch.values - began, "ms", TARGET_PAINT);
  g_print ("# all 30 numbers were %s at that moment\n", is_fresh (window) ? "fresh" : "still being counted");
  wait_until_fresh (window);
  g_print ("# all 30 numbers were counted after %.0f ms\n", bench_get_ms () - began);
  bench_report ("dashboard: main loop busy at a time until all numbers are there", bench_get_busy (), "ms", TARGET_PAINT);
  g_signal_handler_disconnect (clock, handler);
  /* So that they are written before the window goes */
  bench_idle (500);
}

/* ------------------------------------------------------------------ the drag */

typedef struct
{
  double began; /* of the frame, 0 between two */
  double longest;
  double sum;
  guint n;
} Frames;

static void
before_paint_cb (GdkFrameClock *clock,
                 Frames        *frames)
{
  frames->began = bench_get_cpu_ms ();
}

static void
after_paint_cb (GdkFrameClock *clock,
                Frames        *frames)
{
  double spent = bench_get_cpu_ms () - frames->began;

  frames->longest = MAX (frames->longest, spent);
  frames->sum += spent;
  frames->n++;
}

/* By so much in each frame, there and back */
static void
drag_along (CptDashboardGrid *grid,
            double            step_x,
            double            step_y,
            guint             n_frames,
            Frames           *frames)
{
  for (guint i = 0; i <= 2 * n_frames; i++)
    {
      double way = i <= n_frames ? i : 2.0 * n_frames - i;
      double end = bench_get_ms () + 200;
      guint n = frames->n;

      cpt_dashboard_grid_update_drag (grid, step_x * way, step_y * way);
      while (frames->n == n && bench_get_ms () < end)
        g_main_context_iteration (NULL, FALSE);
    }
}

static void
bench_drag (CptWindow *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  Frames frames = { 0 };
  CptDashboardGrid *grid;
  CptDashboardCell *cell;

  cpt_window_open_place (window, "trash");
  bench_idle (400);
  cpt_window_set_state (window, "dashboard", SIXTY);
  cpt_window_open_place (window, "home");
  for (double end = bench_get_ms () + PATIENCE * 1000; count_cards (window, FALSE) < DRAG_WIDGETS && bench_get_ms () < end;)
    g_main_context_iteration (NULL, TRUE);
  wait_until_fresh (window);
  bench_idle (400);

  grid = CPT_DASHBOARD_GRID (bench_find (GTK_WIDGET (window), CPT_TYPE_DASHBOARD_GRID));
  cell = g_ptr_array_index (grid->cells, 1);
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), &frames);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), &frames);
  g_assert_true (cpt_dashboard_grid_begin_drag (grid, cell->shown.origin.x + 40, cell->shown.origin.y + 8));
  drag_along (grid, 7, 4, 60, &frames);
  drag_along (grid, 0, 24, 60, &frames);
  cpt_dashboard_grid_cancel_drag (grid);
  g_signal_handlers_disconnect_by_data (clock, &frames);

  bench_report ("dashboard: frame while a widget is dragged among 60, mean", frames.sum / frames.n, "ms", TARGET_FRAME);
  bench_report ("dashboard: frame while a widget is dragged among 60, longest", frames.longest, "ms", TARGET_FRAME);
}

static void
bench_dashboard (CptWindow *window)
{
  bench_paint (window);
  bench_drag (window);
}

int
main (int    argc,
      char **argv)
{
  return bench_window_main (argc, argv, BENCH_WORKSPACE_WARM, bench_dashboard);
}
