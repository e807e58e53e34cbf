/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The workspace, the window and the watch on its main loop that the benches of
 * the window share. The loop is watched where it waits: what it does between two
 * waits is one absence. Processor time of the thread says what the window does
 * itself; what it waits for in there, such as a lock, comes on top of that. */

#include "config.h"

#include "bench-window.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "cpt-i18n.h"
#include "cpt-query-model.h"
#include "cpt-routes.h"
#include "cpt-workspace.h"

#define BATCH 1000
#define PATIENCE 60

void
bench_report (const char *job,
              double      measured_value,
              const char *unit,
              double      target)
{
  g_print ("BENCH\t%s\t%.3g %s\t%.3g %s\t%s\n", job, measured_value, unit, target, unit,
           measured_value <= target ? "ok" : "slow");
}

/* ------------------------------------------------------------- the workspace */

static CptRecord *
make_contact (CptDatabase     *database,
              const CptEntity *entity,
              GRand           *rand,
              guint            number)
{
  static const char *const names[] = { "Anne", "Jean", "Marie", "Pierre", "Élise", "Hugo", "Chloé", "Léa", "Zoé", "Noël" };
  static const char *const parts[] = { "mar", "tin", "ber", "nard", "du", "bois", "tho", "mas", "ro", "ri", "le", "mo" };
  CptRecord *record = cpt_record_new (cpt_database_get_schema (database), entity);
  const char *first = names[g_rand_int_range (rand, 0, G_N_ELEMENTS (names))];
  CptValue value = CPT_VALUE_INIT;

  cpt_value_take_text (&value, g_strdup_printf ("%s %s%s%s", first, parts[g_rand_int_range (rand, 0, G_N_ELEMENTS (parts))],
                                                parts[g_rand_int_range (rand, 0, G_N_ELEMENTS (parts))],
                                                parts[g_rand_int_range (rand, 0, G_N_ELEMENTS (parts))]));
  cpt_record_take (record, cpt_entity_find_field (entity, "full_name"), cpt_value_steal (&value));
  cpt_value_take_text (&value, g_strdup_printf ("%s.%u@example%d.org", "contact", number, g_rand_int_range (rand, 0, 5000)));
  cpt_record_take (record, cpt_entity_find_field (entity, "email"), cpt_value_steal (&value));
  cpt_value_take_text (&value, g_strdup_printf ("+336%08d", g_rand_int_range (rand, 0, 99999999)));
  cpt_record_take (record, cpt_entity_find_field (entity, "phone"), cpt_value_steal (&value));

  return record;
}

static gboolean
fill (CptDatabase  *database,
      guint         n_contacts,
      GError      **error)
{
  const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (database), "contact");
  g_autoptr(CptUnit) unit = cpt_unit_begin (database, CPT_ORIGIN_IMPORT, "Fill", error);
  g_autoptr(GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; unit != NULL && i < n_contacts; i += BATCH)
    {
      g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_IMPORT, NULL);

      for (guint n = i; n < MIN (i + BATCH, n_contacts); n++)
        {
          g_autoptr(CptRecord) record = make_contact (database, entity, rand, n);

          cpt_transaction_create (transaction, record);
        }
      if (!cpt_unit_commit (unit, transaction, NULL, NULL, error))
        return FALSE;
    }

  return unit != NULL && cpt_unit_finish (unit, NULL, error);
}

static int
make_workspace (const char *path,
                guint       n_contacts)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptDatabase) database = NULL;

  if (!cpt_workspace_create (path, NULL, &error))
    g_error ("%s", error->message);
  database = cpt_workspace_open_database (path, CPT_OPEN_WRITE, NULL, &error);
  if (database == NULL || !fill (database, n_contacts, &error))
    g_error ("%s", error->message);

  return EXIT_SUCCESS;
}

/* ------------------------------------------------------------- the main loop */

static struct
{
  double returned;   /* processor time of this thread when the loop was given work; 0 before */
  double unhindered; /* likewise, the time in which nothing else kept it from running */
  double busy;
  double away;
  int schedule; /* file of what the scheduler knows of this thread; -1 where there is none */
} loop = { .schedule = -1 };

double
bench_get_ms (void)
{
  return (double) g_get_monotonic_time () / 1000;
}

double
bench_get_cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return (double) now.tv_sec * 1000 + (double) now.tv_nsec / 1e6;
}

/* Real time without what this thread stood in line for a processor: what is left
 * is its own work, and what it waits for, such as a lock or a disk. */
static double
get_unhindered_ms (void)
{
  char text[64] = "";
  char *end = text;

  if (loop.schedule >= 0 && pread (loop.schedule, text, sizeof text - 1, 0) > 0)
    {
      g_ascii_strtoull (text, &end, 10);
      return bench_get_ms () - (double) g_ascii_strtoull (end, NULL, 10) / 1e6;
    }

  return bench_get_ms ();
}

static int
watched_poll (GPollFD *fds,
              guint    n_fds,
              int      timeout)
{
  int result;

  if (loop.returned > 0)
    {
      loop.busy = MAX (loop.busy, bench_get_cpu_ms () - loop.returned);
      loop.away = MAX (loop.away, get_unhindered_ms () - loop.unhindered);
    }
  result = g_poll (fds, n_fds, timeout);
  loop.returned = bench_get_cpu_ms ();
  loop.unhindered = get_unhindered_ms ();

  return result;
}

void
bench_watch_loop (void)
{
  loop.schedule = open ("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
  g_main_context_set_poll_func (NULL, watched_poll);
}

void
bench_forget_loop (void)
{
  loop.busy = 0;
  loop.away = 0;
}

double
bench_get_busy (void)
{
  return loop.busy;
}

double
bench_get_away (void)
{
  return loop.away;
}

void
bench_idle (double milliseconds)
{
  double end = bench_get_ms () + milliseconds;

  while (bench_get_ms () < end)
    g_main_context_iteration (NULL, FALSE);
}

/* ---------------------------------------------------------------- the window */

GtkWidget *
bench_find (GtkWidget *within,
            GType      type)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (within))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (within), type))
    return within;

  for (GtkWidget *child = gtk_widget_get_first_child (within); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = bench_find (child, type);

  return found;
}

CptDataGrid *
bench_wait_for_grid (CptWindow *window)
{
  GtkWidget *grid = NULL;

  while ((grid = bench_find (GTK_WIDGET (window), CPT_TYPE_DATA_GRID)) == NULL ||
         cpt_data_grid_get_model (CPT_DATA_GRID (grid)) == NULL)
    g_main_context_iteration (NULL, TRUE);

  return CPT_DATA_GRID (grid);
}

void
bench_rest (CptDataGrid *grid)
{
  double end = bench_get_ms () + PATIENCE * 1000;

  while (!cpt_query_model_is_complete (CPT_QUERY_MODEL (cpt_data_grid_get_model (grid))) && bench_get_ms () < end)
    g_main_context_iteration (NULL, TRUE);
  bench_idle (400);
}

/* The window begins where it was left: with the contacts. */
static void
leave_at_contacts (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "comptoir", NULL);
  g_autofree char *path = g_build_filename (folder, "state.ini", NULL);

  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents (path, "[window]\nplace=contacts\n", -1, NULL);
}

static BenchFunc measured;

static void
opened_cb (GApplication  *application,
           GFile        **files,
           int            n_files,
           const char    *hint,
           gpointer       user_data)
{
  CptWindow *window = CPT_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (application)));

  measured (window);
  gtk_window_close (GTK_WINDOW (window));
}

static int
measure (char *path)
{
  char *arguments[] = { (char *) "bench", path, NULL };
  g_autoptr(CptApplication) application = NULL;

  cpt_i18n_init ();
  g_setenv ("GSK_RENDERER", "cairo", FALSE);
  g_setenv ("GDK_DEBUG", "gl-disable", FALSE);
  leave_at_contacts ();
  application = cpt_application_new (&cpt_routes);
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_HANDLES_OPEN | G_APPLICATION_NON_UNIQUE);
  g_signal_connect_after (application, "open", G_CALLBACK (opened_cb), NULL);

  return g_application_run (G_APPLICATION (application), 2, arguments);
}

/* ------------------------------------------------------------- the processes */

static void
run_self (const char  *program,
          const char  *mode,
          const char  *path,
          const char  *thousands,
          GSpawnFlags  flags)
{
  const char *const command[] = { program, mode, path, thousands, NULL };
  g_autoptr(GError) error = NULL;
  int status;

  if (!g_spawn_sync (NULL, (char **) command, NULL, flags, NULL, NULL, NULL, NULL, &status, &error) ||
      !g_spawn_check_wait_status (status, &error))
    g_error ("%s", error->message);
}

static void
remove_workspace (const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (path, suffixes[i], NULL);

      g_unlink (file);
    }
}

static char *
make_copy (const char *path)
{
  g_autofree char *copy = g_strconcat (path, "-changed", NULL);
  g_autoptr(GFile) from = g_file_new_for_path (path);
  g_autoptr(GFile) to = g_file_new_for_path (copy);
  g_autoptr(GError) error = NULL;

  remove_workspace (copy);
  if (!g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error))
    g_error ("%s", error->message);

  return g_steal_pointer (&copy);
}

int
bench_window_main (int              argc,
                   char           **argv,
                   BenchWorkspace   workspace,
                   BenchFunc        func)
{
  const char *thousands = argc == 2 ? argv[1] : "1000";
  const char *folder = g_getenv ("CPT_BUILD_ROOT");
  g_autofree char *name = g_strdup_printf ("bench-list-%s.comptoir", thousands);
  g_autofree char *path = g_build_filename (folder != NULL ? folder : g_get_tmp_dir (), name, NULL);
  g_autofree char *copy = NULL;

  measured = func;
  if (argc == 4 && strcmp (argv[1], "--make") == 0)
    return make_workspace (argv[2], (guint) g_ascii_strtoull (argv[3], NULL, 10) * 1000);
  if (argc == 4 && strcmp (argv[1], "--measure") == 0)
    return measure (argv[2]);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    run_self (argv[0], "--make", path, thousands, G_SPAWN_DEFAULT);
  if (workspace == BENCH_WORKSPACE_COPY)
    copy = make_copy (path);
  if (workspace == BENCH_WORKSPACE_WARM)
    run_self (argv[0], "--measure", path, thousands, G_SPAWN_STDOUT_TO_DEV_NULL);
  run_self (argv[0], "--measure", copy != NULL ? copy : path, thousands, G_SPAWN_CHILD_INHERITS_STDIN);
  if (copy != NULL)
    remove_workspace (copy);

  return EXIT_SUCCESS;
}
