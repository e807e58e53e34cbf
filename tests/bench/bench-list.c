/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a list of a million records costs in the real window: from the start of
 * the process to the first rows, opening, sorting, a jump to the middle, typing
 * into a new record, and for how long the main loop was away meanwhile.
 *
 * The first argument is how many thousand contacts, 1000 without one. The
 * workspace is made by a process of its own, so that its memory is not counted,
 * and kept for the next run beside the build. */

#include "config.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "cpt-data-grid.h"
#include "cpt-i18n.h"
#include "cpt-query-model.h"
#include "cpt-routes.h"
#include "cpt-window.h"
#include "cpt-workspace.h"

#define BATCH 1000
#define PATIENCE 60

#define TARGET_START 700.0
#define TARGET_MEMORY 120.0
#define TARGET_STEP 150.0
#define TARGET_BLOCK 16.0

static void
report (const char *job,
        double      measured,
        const char *unit,
        double      target)
{
  g_print ("BENCH\tlist: %s\t%.3g %s\t%.3g %s\t%s\n", job, measured, unit, target, unit, measured <= target ? "ok" : "slow");
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

/* ---------------------------------------------------------------- the window */

static struct
{
  double returned; /* processor time of this thread when the main loop was given work */
  double longest;
} loop;

static double
get_ms (void)
{
  return (double) g_get_monotonic_time () / 1000;
}

/* Processor time of this thread: what else the machine does meanwhile is not
 * the window's fault, and a lock or a read that it waits for shows in the
 * times above. */
static double
get_cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return (double) now.tv_sec * 1000 + (double) now.tv_nsec / 1e6;
}

static int
watched_poll (GPollFD *fds,
              guint    n_fds,
              int      timeout)
{
  int result;

  if (loop.returned > 0)
    loop.longest = MAX (loop.longest, get_cpu_ms () - loop.returned);
  result = g_poll (fds, n_fds, timeout);
  loop.returned = get_cpu_ms ();

  return result;
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

static CptDataGrid *
find_grid (GtkWidget *widget)
{
  CptDataGrid *found = CPT_IS_DATA_GRID (widget) && gtk_widget_get_mapped (widget) ? CPT_DATA_GRID (widget) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_grid (child);

  return found;
}

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
  double end = get_ms () + PATIENCE * 1000;

  while (!watch.was_painted && get_ms () < end)
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
idle (double milliseconds)
{
  double end = get_ms () + milliseconds;

  while (get_ms () < end)
    g_main_context_iteration (NULL, FALSE);
}

static void
rest (CptDataGrid *grid)
{
  double end = get_ms () + PATIENCE * 1000;

  while (!cpt_query_model_is_complete (CPT_QUERY_MODEL (cpt_data_grid_get_model (grid))) && get_ms () < end)
    g_main_context_iteration (NULL, TRUE);
  idle (400);
}

static CptDataGrid *
wait_for_grid (CptWindow *window)
{
  CptDataGrid *grid = NULL;

  while ((grid = find_grid (GTK_WIDGET (window))) == NULL || cpt_data_grid_get_model (grid) == NULL)
    g_main_context_iteration (NULL, TRUE);

  return grid;
}

static void
bench_jump (CptDataGrid *grid)
{
  GtkAdjustment *vertical = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (grid));
  double began = get_ms ();

  loop.longest = 0;
  gtk_adjustment_set_value (vertical, gtk_adjustment_get_upper (vertical) / 2);
  wait_for_rows (grid, FALSE);
  report ("jump to the middle", get_ms () - began, "ms", TARGET_STEP);
  rest (grid);
  report ("main loop away during the jump", loop.longest, "ms", TARGET_BLOCK);
}

static void
bench_sort (CptDataGrid *grid,
            guint        column)
{
  double began = get_ms ();

  loop.longest = 0;
  cpt_grid_model_sort (cpt_data_grid_get_model (grid), column, TRUE, FALSE);
  wait_for_rows (grid, TRUE);
  report ("sort by an indexed column", get_ms () - began, "ms", TARGET_STEP);
  rest (grid);
  report ("main loop away while all rows came", loop.longest, "ms", TARGET_BLOCK);
}

static void
bench_scroll (CptDataGrid *grid)
{
  GtkAdjustment *vertical = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (grid));
  double end = get_ms () + 1000;

  loop.longest = 0;
  while (get_ms () < end)
    {
      gtk_adjustment_set_value (vertical, gtk_adjustment_get_value (vertical) + 40);
      g_main_context_iteration (NULL, TRUE);
    }
  report ("main loop away while scrolling", loop.longest, "ms", TARGET_BLOCK);
}

static void
bench_open (CptWindow *window)
{
  double began;
  CptDataGrid *grid;

  cpt_window_open_place (window, "trash");
  idle (400);
  began = get_ms ();
  loop.longest = 0;
  cpt_window_open_list (window, cpt_schema_find_entity (cpt_window_get_schema (window), "contact"), NULL, NULL);
  grid = wait_for_grid (window);
  wait_for_rows (grid, FALSE);
  report ("open", get_ms () - began, "ms", TARGET_STEP);
  rest (grid);
  report ("main loop away while it opened", loop.longest, "ms", TARGET_BLOCK);
}

/* Typing: what one key press costs in each field of a new record, looking for
 * records that are the same included */

static void
type_text (GtkWidget *widget)
{
  static const char *const keys[] = { "A", "n", "n", "e", " ", "M", "a", "r", "t", "i", "n" };

  gtk_widget_grab_focus (widget);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_signal_emit_by_name (widget, "insert-at-cursor", keys[i]);
      idle (60);
    }
}

/* Returns how many fields there were to type into */
static guint
type_everywhere (GtkWidget *widget)
{
  guint n_fields = 0;

  if (!gtk_widget_get_mapped (widget))
    return 0;
  if ((GTK_IS_TEXT (widget) && gtk_editable_get_editable (GTK_EDITABLE (widget))) || GTK_IS_TEXT_VIEW (widget))
    {
      type_text (widget);
      return 1;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n_fields += type_everywhere (child);

  return n_fields;
}

/* Leaves the new record and says yes to what is asked */
static void
discard (CptWindow *window)
{
  g_autoptr(GList) windows = NULL;

  cpt_window_open_place (window, "trash");
  idle (400);
  windows = gtk_window_list_toplevels ();
  for (GList *link = windows; link != NULL; link = link->next)
    if (ADW_IS_MESSAGE_DIALOG (link->data))
      adw_message_dialog_response (link->data, "discard");
  idle (400);
}

static void
bench_typing (CptWindow *window)
{
  static const char *const kinds[] = { "contact", "organisation", "deal", "task" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *job = NULL;
      guint n_fields;

      cpt_window_open_new (window, cpt_schema_find_entity (cpt_window_get_schema (window), kinds[i]));
      idle (600);
      loop.longest = 0;
      n_fields = type_everywhere (GTK_WIDGET (window));
      job = g_strdup_printf ("a key press in %u fields of a new %s", n_fields, kinds[i]);
      report (job, loop.longest, "ms", TARGET_BLOCK);
      discard (window);
    }
}

static void
opened_cb (GApplication  *application,
           GFile        **files,
           int            n_files,
           const char    *hint,
           gpointer       user_data)
{
  CptWindow *window = CPT_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (application)));
  CptDataGrid *grid = wait_for_grid (window);

  wait_for_rows (grid, FALSE);
  report ("start of the process to the first rows", get_age (), "ms", TARGET_START);
  rest (grid);
  g_main_context_set_poll_func (NULL, watched_poll);
  report ("memory with all rows known", get_memory (), "MB", TARGET_MEMORY);
  bench_jump (grid);
  bench_sort (grid, 0);
  bench_scroll (grid);
  bench_open (window);
  report ("memory at the end", get_memory (), "MB", TARGET_MEMORY);
  bench_typing (window);
  gtk_window_close (GTK_WINDOW (window));
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

static int
measure (char *path)
{
  char *arguments[] = { (char *) "bench-list", path, NULL };
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

int
main (int    argc,
      char **argv)
{
  const char *thousands = argc == 2 ? argv[1] : "1000";
  const char *folder = g_getenv ("CPT_BUILD_ROOT");
  g_autofree char *name = g_strdup_printf ("bench-list-%s.comptoir", thousands);
  g_autofree char *path = g_build_filename (folder != NULL ? folder : g_get_tmp_dir (), name, NULL);

  if (argc == 4 && strcmp (argv[1], "--make") == 0)
    return make_workspace (argv[2], (guint) g_ascii_strtoull (argv[3], NULL, 10) * 1000);
  if (argc == 4 && strcmp (argv[1], "--measure") == 0)
    return measure (argv[2]);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    run_self (argv[0], "--make", path, thousands, G_SPAWN_DEFAULT);
  run_self (argv[0], "--measure", path, thousands, G_SPAWN_STDOUT_TO_DEV_NULL); /* warms the file */
  run_self (argv[0], "--measure", path, thousands, G_SPAWN_CHILD_INHERITS_STDIN);

  return EXIT_SUCCESS;
}
