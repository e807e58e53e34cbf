/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether the window can be used while a hundred thousand contacts of a million
 * are changed, deleted and all of that is undone: for how long its main loop was
 * away at most, from the key that begins it until all rows are known again. */

#include "config.h"

#include "bench-window.h"
#include "cpt-list-view-private.h"

#define N_ROWS 100000
/* In milliseconds: up to here an answer comes at once. The loop also waits for
 * the display, which has less of the processors then. */
#define TARGET_AWAY 50.0

static struct
{
  double busy;
  double away;
  gboolean is_undone;
} measured;

static void
note (void)
{
  measured.busy = MAX (measured.busy, bench_get_busy ());
  measured.away = MAX (measured.away, bench_get_away ());
}

static void
report (const char *job)
{
  g_autofree char *busy = g_strdup_printf ("window: main loop busy while %u contacts %s", N_ROWS, job);
  g_autofree char *away = g_strdup_printf ("window: main loop away while %u contacts %s", N_ROWS, job);

  bench_report (busy, measured.busy, "ms", BENCH_FRAME);
  bench_report (away, measured.away, "ms", TARGET_AWAY);
  measured.busy = 0;
  measured.away = 0;
}

/* The first of those in the list */
static GArray *
collect_rows (CptListView *list)
{
  g_autoptr(GArray) all = cpt_query_model_ref_rows (list->model);
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_vals (rows, all->data, MIN (all->len, N_ROWS));

  return rows;
}

/* As when a person has answered what is asked */
static void
change (CptListView    *list,
        CptBulkKind     kind,
        const char     *field,
        const CptValue *value)
{
  g_autoptr(GArray) rows = collect_rows (list);

  bench_forget_loop ();
  cpt_list_view_change_rows (list, rows, kind, field != NULL ? cpt_entity_find_field (list->entity, field) : NULL, value);
  while (list->bulk != NULL)
    g_main_context_iteration (NULL, TRUE);
  bench_idle (600);
  bench_rest (list->grid);
  note ();
}

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  cpt_store_undo_finish (CPT_STORE (source), result, NULL, &error);
  g_assert_no_error (error);
  measured.is_undone = TRUE;
}

static void
undo (CptListView *list)
{
  measured.is_undone = FALSE;
  bench_forget_loop ();
  cpt_store_undo_async (cpt_view_get_store (CPT_VIEW (list)), 0, FALSE, NULL, undone_cb, NULL);
  while (!measured.is_undone)
    g_main_context_iteration (NULL, TRUE);
  bench_idle (600);
  bench_rest (list->grid);
  note ();
}

static void
bench_responsive (CptWindow *window)
{
  CptDataGrid *grid = bench_wait_for_grid (window);
  CptListView *list = CPT_LIST_VIEW (gtk_widget_get_ancestor (GTK_WIDGET (grid), CPT_TYPE_LIST_VIEW));
  g_auto(CptValue) title = CPT_VALUE_INIT;
  g_auto(CptValue) tags = CPT_VALUE_INIT;

  cpt_value_set_text (&title, "Buyer");
  cpt_value_take_texts (&tags, g_strsplit ("Salon 2026", ";", -1));
  bench_rest (grid);
  bench_watch_loop ();

  change (list, CPT_BULK_SET, "job_title", &title);
  report ("change");
  undo (list);
  report ("are changed back");
  change (list, CPT_BULK_ADD, "tags", &tags);
  report ("are tagged");
  undo (list);
  report ("lose the tag");
  change (list, CPT_BULK_DELETE, NULL, NULL);
  report ("are deleted");
  undo (list);
  report ("come back");
}

int
main (int    argc,
      char **argv)
{
  return bench_window_main (argc, argv, BENCH_WORKSPACE_COPY, bench_responsive);
}
