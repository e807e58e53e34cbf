/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers of a dashboard: what of them is written down for the next start. */
#include "config.h"

#include <glib/gstdio.h>

#include "cpt-dashboard-numbers.h"
#include "cpt-json.h"
#include "cpt-workspace.h"

#define PATIENCE 60 /* seconds */

typedef struct
{
  char *folder;
  char *path;
  char *kept;
  CptStore *store;
  CptDashboardNumbers *numbers;
  CptDashboard *dashboard;
  guint n_arrived;
} Fixture;

static void
arrived_cb (Fixture    *fixture,
            const char *id)
{
  fixture->n_arrived++;
}

static void
add_widget (Fixture    *fixture,
            const char *id,
            const char *kind,
            const char *query)
{
  g_autoptr(JsonNode) node = cpt_json_parse (query, -1, NULL);

  cpt_dashboard_add_widget (fixture->dashboard, id, kind, id, node, NULL, NULL);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("comptoir-numbers-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "one.comptoir", NULL);
  fixture->kept = g_build_filename (fixture->folder, "kept", NULL);
  g_assert_true (cpt_workspace_create (fixture->path, NULL, &error));
  g_assert_no_error (error);
  fixture->store = cpt_workspace_open_store (fixture->path, CPT_OPEN_WRITE, NULL, &error);
  g_assert_no_error (error);
  fixture->numbers = cpt_dashboard_numbers_new (fixture->store);
  g_signal_connect_swapped (fixture->numbers, "arrived", G_CALLBACK (arrived_cb), fixture);
  fixture->dashboard = cpt_dashboard_new ("One");
  add_widget (fixture, "count", "number", "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}]}");
  add_widget (fixture, "owners", "bar",
              "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}],\"dimensions\":[{\"field\":\"owner\"}]}");
  add_widget (fixture, "people", "bar",
              "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}],\"dimensions\":[{\"field\":\"contact\"}]}");
  add_widget (fixture, "records", "timeline", "{\"source\":\"deal\"}");
  add_widget (fixture, "broken", "number", "{\"source\":\"nothing\",\"measures\":[{\"agg\":\"count\"}]}");
}

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Who wrote the file has still to say so */
static void
wait_for_writers (Fixture *fixture)
{
  gint64 end = g_get_monotonic_time () + PATIENCE * G_USEC_PER_SEC;
  guint source = g_timeout_add (20, wake_cb, NULL);

  while (g_atomic_int_get ((int *) &G_OBJECT (fixture->numbers)->ref_count) > 1 && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  wait_for_writers (fixture);

  cpt_dashboard_free (fixture->dashboard);
  g_assert_finalize_object (fixture->numbers);
  g_assert_finalize_object (fixture->store);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (fixture->path, suffixes[i], NULL);

      g_unlink (file);
    }
  g_unlink (fixture->kept);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->kept);
}

/* All numbers have come, and what is kept of them is in the file. */
static void
read_all (Fixture  *fixture,
          JsonNode *focus)
{
  gint64 end = g_get_monotonic_time () + PATIENCE * G_USEC_PER_SEC;
  guint source = g_timeout_add (20, wake_cb, NULL);

  fixture->n_arrived = 0;
  cpt_dashboard_numbers_keep (fixture->numbers, fixture->dashboard, NULL, NULL);
  cpt_dashboard_numbers_read (fixture->numbers, fixture->dashboard, NULL, focus, NULL);
  while (fixture->n_arrived < cpt_dashboard_get_n_widgets (fixture->dashboard) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  while (focus == NULL && !g_file_test (fixture->kept, G_FILE_TEST_EXISTS) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
  g_assert_cmpuint (fixture->n_arrived, ==, cpt_dashboard_get_n_widgets (fixture->dashboard));
}

static gboolean
is_kept (CptKeptNumbers *kept,
         Fixture        *fixture,
         const char     *id,
         JsonNode       *filters)
{
  g_autofree char *key = cpt_kept_numbers_dup_key (cpt_dashboard_find_widget (fixture->dashboard, id, NULL), filters, NULL);

  return cpt_kept_numbers_find (kept, key, NULL) != NULL;
}

static void
test_numbers_are_there_at_the_next_start (Fixture       *fixture,
                                          gconstpointer  unused)
{
  g_autoptr(CptKeptNumbers) kept = NULL;
  gint64 instant = 0;

  cpt_dashboard_numbers_take_kept (fixture->numbers, cpt_kept_numbers_new (), g_strdup (fixture->kept));
  read_all (fixture, NULL);
  kept = cpt_kept_numbers_load (fixture->kept);
  g_assert_true (is_kept (kept, fixture, "count", NULL));
  g_assert_true (is_kept (kept, fixture, "owners", NULL));

  cpt_dashboard_numbers_forget (fixture->numbers);
  g_assert_null (cpt_dashboard_numbers_find_kept (fixture->numbers, cpt_dashboard_get_widget (fixture->dashboard, 0), NULL, NULL));
  cpt_dashboard_numbers_take_kept (fixture->numbers, g_steal_pointer (&kept), g_strdup (fixture->kept));
  g_assert_nonnull (cpt_dashboard_numbers_find_kept (fixture->numbers,
                                                     cpt_dashboard_find_widget (fixture->dashboard, "count", NULL), NULL, &instant));
  g_assert_cmpint (instant, >, 0);
}

static void
test_what_tells_of_people_is_not_written (Fixture       *fixture,
                                          gconstpointer  unused)
{
  g_autoptr(CptKeptNumbers) kept = NULL;

  cpt_dashboard_numbers_take_kept (fixture->numbers, cpt_kept_numbers_new (), g_strdup (fixture->kept));
  read_all (fixture, NULL);
  kept = cpt_kept_numbers_load (fixture->kept);
  g_assert_false (is_kept (kept, fixture, "people", NULL));
  g_assert_false (is_kept (kept, fixture, "records", NULL));
  g_assert_false (is_kept (kept, fixture, "broken", NULL));
}

static void
test_what_is_asked_for_a_moment_is_not_kept (Fixture       *fixture,
                                             gconstpointer  unused)
{
  g_autoptr(JsonNode) focus = cpt_json_parse ("[{\"source\":\"deal\",\"field\":\"source\",\"op\":\"is\",\"value\":\"website\"}]", -1, NULL);
  g_autoptr(CptKeptNumbers) kept = NULL;

  cpt_dashboard_numbers_take_kept (fixture->numbers, cpt_kept_numbers_new (), g_strdup (fixture->kept));
  read_all (fixture, focus);
  cpt_dashboard_numbers_forget (fixture->numbers);
  kept = cpt_kept_numbers_load (fixture->kept);
  g_assert_cmpuint (cpt_kept_numbers_get_count (kept), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define TEST(name, function) g_test_add ("/dashboard-numbers/" name, Fixture, NULL, set_up, function, tear_down)
  TEST ("numbers-are-there-at-the-next-start", test_numbers_are_there_at_the_next_start);
  TEST ("what-tells-of-people-is-not-written", test_what_tells_of_people_is_not_written);
  TEST ("what-is-asked-for-a-moment-is-not-kept", test_what_is_asked_for_a_moment_is_not_kept);

  return g_test_run ();
}
