/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Imports a million contacts of twelve columns, and has the sqlite3 program do
 * the same by SQL in the same run: table, five indexes, full-text index.
 * Measures time, memory, how long another writer waits meanwhile, and how soon
 * a cancelled import has ended.
 *
 * CPT_BENCH_ROWS sets another number of rows; the figures to reach are for a
 * million. CPT_BENCH_WAITS alone measures what others have to wait. */
#include "config.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench-job.h"
#include "cpt-import.h"
#include "cpt-query.h"
#include "cpt-workspace.h"

#define DEFAULT_ROWS 1000000
#define ROUNDS 3
/* Between two commits of the other writer, in microseconds: a busy one, and one
 * who comes when the import does not expect anybody any more */
static const gulong pauses[] = { 20000, 1500000 };

/* That the other one makes when the import is over */
#define COMMITS_AFTER 200

static const char *const first_names[] = { "Anna", "Bruno", "Chloé", "Denis", "Élodie", "Farid", "Gaëlle", "Hugo", "Inès",
                                           "Jules", "Karim", "Léa", "Maël", "Nadia", "Olivier", "Paul", "Quentin", "Rose",
                                           "Sofia", "Théo" };
static const char *const last_names[] = { "Martin", "Bernard", "Dubois", "Thomas", "Robert", "Richard", "Petit", "Durand",
                                          "Leroy", "Moreau", "Simon", "Laurent", "Lefèvre", "Michel", "Garcia", "David",
                                          "Bertrand", "Roux", "Vincent", "Fournier", "Morel", "Girard", "André", "Mercier" };
static const char *const titles[] = { "Directrice commerciale", "Acheteur", "Gérante", "Responsable qualité", "Comptable",
                                      "Chef de projet", "Assistante", "Ingénieur", "Consultant, senior" };
static const char *const countries[] = { "FR", "FR", "FR", "BE", "CH", "LU", "DE", "ES" };

static guint32
next_number (guint32 *state)
{
  *state = *state * 1664525u + 1013904223u;

  return *state >> 8;
}

static void
append_row (GString *out,
            guint    i,
            guint32 *state)
{
  const char *first = first_names[next_number (state) % G_N_ELEMENTS (first_names)];
  const char *last = last_names[next_number (state) % G_N_ELEMENTS (last_names)];

  g_string_append_printf (out, "%s,%s-%u,%c%u@client%u.example,", first, last, next_number (state) % 5000,
                          g_ascii_tolower (last[0]), i, next_number (state) % 50000);
  g_string_append_printf (out, "+3361%07u,+3314%07u,\"%s\",", next_number (state) % 10000000,
                          next_number (state) % 10000000, titles[next_number (state) % G_N_ELEMENTS (titles)]);
  g_string_append_printf (out, "Société %u,%s,%s,19%02u-%02u-%02u,%s,", next_number (state) % 20000,
                          countries[next_number (state) % G_N_ELEMENTS (countries)],
                          next_number (state) % 3 == 0 ? "en" : "fr", 50 + next_number (state) % 50,
                          1 + next_number (state) % 12, 1 + next_number (state) % 28,
                          next_number (state) % 2 == 0 ? "true" : "false");
  g_string_append_printf (out, "\"Rencontré au salon %u, rappeler en %u\"\n", next_number (state) % 40,
                          2026 + next_number (state) % 4);
}

static void
write_file (const char *path,
            guint       n_rows)
{
  g_autoptr(GString) out = g_string_new ("first_name,last_name,email,mobile,phone,job_title,organisation,country,"
                                         "language,birthday,opted_in,notes\n");
  FILE *file = fopen (path, "w");
  guint32 state = 1;

  g_assert_nonnull (file);
  for (guint i = 0; i < n_rows; i++)
    {
      append_row (out, i, &state);
      if (out->len < 1024 * 1024 && i + 1 < n_rows)
        continue;
      g_assert_cmpuint (fwrite (out->str, 1, out->len, file), ==, out->len);
      g_string_truncate (out, 0);
    }
  g_assert_cmpint (fclose (file), ==, 0);
}

/* Starts @argv; its output goes to @output, or nowhere */
static GPid
start (char       **argv,
       const char  *input,
       const char  *output)
{
  GPid pid = fork ();

  g_assert_cmpint (pid, >=, 0);
  if (pid != 0)
    return pid;

  if (freopen (input != NULL ? input : "/dev/null", "r", stdin) == NULL ||
      freopen (output != NULL ? output : "/dev/null", "w", stdout) == NULL)
    _exit (126);
  execvp (argv[0], argv);
  _exit (127);
}

/* the same by SQL */

/* A workspace has its tables and indexes before an import, so the peer has them
 * too. What the import does besides - identifiers, normal forms, a line of the
 * log for each record - is asked of both. */
static const char peer_sql[] =
  "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;\n"
  "CREATE TABLE contact (row_id INTEGER PRIMARY KEY, id BLOB UNIQUE, full_name TEXT, first_name TEXT, last_name TEXT,\n"
  "  email TEXT, mobile TEXT, phone TEXT, job_title TEXT, organisation TEXT, country TEXT, language TEXT,\n"
  "  birthday INTEGER, opted_in INTEGER, notes TEXT);\n"
  "CREATE INDEX i1 ON contact (full_name);\n"
  "CREATE INDEX i2 ON contact (last_name);\n"
  "CREATE INDEX i3 ON contact (email);\n"
  "CREATE INDEX i4 ON contact (organisation);\n"
  "CREATE INDEX i5 ON contact (country);\n"
  "CREATE VIRTUAL TABLE search USING fts5 (words, content='', prefix='2 3');\n"
  "CREATE TABLE log (change INTEGER PRIMARY KEY, at INTEGER, id BLOB, kind INTEGER);\n"
  "CREATE TEMP TABLE file (first_name, last_name, email, mobile, phone, job_title, organisation, country, language,\n"
  "  birthday, opted_in, notes);\n"
  ".mode csv\n"
  ".import --skip 1 \"%s\" file\n"
  "BEGIN;\n"
  "INSERT INTO contact SELECT rowid, randomblob (16), trim (first_name || ' ' || last_name), trim (first_name),\n"
  "  trim (last_name), lower (trim (email)), replace (mobile, ' ', ''), replace (phone, ' ', ''), trim (job_title),\n"
  "  trim (organisation), upper (country), language, julianday (birthday), opted_in = 'true', trim (notes) FROM file;\n"
  "INSERT INTO log SELECT row_id, unixepoch (), id, 1 FROM contact;\n"
  "INSERT INTO search (rowid, words) SELECT row_id, full_name || ' ' || job_title || ' ' || email || ' ' || phone || ' ' ||\n"
  "  mobile || ' ' || notes FROM contact;\n"
  "COMMIT;\n"
  "PRAGMA wal_checkpoint(TRUNCATE);\n";

static BenchUsage
run_sqlite (const char *folder,
            const char *csv)
{
  g_autofree char *path = g_build_filename (folder, "peer.db", NULL);
  g_autofree char *script = g_build_filename (folder, "peer.sql", NULL);
  g_autofree char *sql = g_strdup_printf (peer_sql, csv);
  char *argv[] = { (char *) "sqlite3", (char *) "-batch", path, NULL };
  gint64 begun;
  BenchUsage run;

  g_assert_true (g_file_set_contents (script, sql, -1, NULL));
  begun = g_get_monotonic_time ();
  run = bench_process_wait (start (argv, script, NULL), begun);
  bench_workspace_remove (path);

  return run;
}

/* ours: a process of its own, so that its memory can be told */

static void
import_cancelled_cb (GCancellable *cancellable,
                     gpointer      user_data)
{
  gint64 *when = user_data;

  *when = g_get_monotonic_time ();
}

typedef struct
{
  GCancellable *cancellable;
  guint64 rows; /* cancel there; 0 for not at all */
} Limit;

static void
watch_progress (const CptImportProgress *progress,
                gpointer                 user_data)
{
  Limit *limit = user_data;

  if (limit->rows > 0 && progress->n_rows >= limit->rows)
    g_cancellable_cancel (limit->cancellable);
}

/* The process that imports. With @cancel_at it prints how many milliseconds
 * passed between the wish and the end. */
static int
import (const char *workspace,
        const char *csv,
        guint64     cancel_at)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptDatabase) database = cpt_workspace_open_database (workspace, CPT_OPEN_WRITE, NULL, &error);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(CptImportPlan) plan = NULL;
  g_autoptr(CptImportReport) report = NULL;
  const CptEntity *entity;
  gint64 cancelled_at = 0;
  Limit limit = { cancellable, cancel_at };

  g_assert_no_error (error);
  entity = cpt_import_guess_entity (database, csv, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (entity->name, ==, "contact");
  plan = cpt_import_plan_new (database, entity, csv, NULL, &error);
  g_assert_no_error (error);
  g_cancellable_connect (cancellable, G_CALLBACK (import_cancelled_cb), &cancelled_at, NULL);

  report = cpt_import_run (database, plan, csv, NULL, FALSE, watch_progress, &limit, cancellable, &error);
  if (cancel_at > 0)
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_print ("%.1f\n", (double) (g_get_monotonic_time () - cancelled_at) / 1000);
      return 0;
    }

  g_assert_no_error (error);
  g_assert_cmpuint (report->counts.n_rejected, ==, 0);
  g_print ("%" G_GUINT64_FORMAT "\n", report->counts.n_created);

  return 0;
}

static void
create_workspace (const char *path)
{
  g_autoptr(GError) error = NULL;

  bench_workspace_remove (path);
  g_assert_true (cpt_workspace_create (path, NULL, &error));
  g_assert_no_error (error);
}

static double
read_number (const char *path)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return -1;

  return g_ascii_strtod (text, NULL);
}

/* Commits a task now and then, and some more when the import is over, which may
 * have left work behind; returns the longest time one took, in ms */
static double
write_beside (const char *workspace,
              GPid        pid,
              gulong      pause,
              guint      *n_commits)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptDatabase) database = cpt_workspace_open_database (workspace, CPT_OPEN_WRITE, NULL, &error);
  double longest = 0;
  double longest_at = 0;
  gint64 started = g_get_monotonic_time ();

  g_assert_no_error (error);
  for (guint n_after = 0; n_after < COMMITS_AFTER; n_after += bench_process_has_ended (pid))
    {
      gint64 begun = g_get_monotonic_time ();
      double wait = bench_commit_task (database);

      if (wait > longest)
        {
          longest = wait;
          longest_at = (double) (begun - started) / 1e6;
        }
      (*n_commits)++;
      g_usleep (n_after > 0 ? MIN (pause, 1000) : pause);
    }
  g_print ("# another writer, every %.2f s, committed %u times in %.1f s, and waited longest after %.1f s: %.1f ms\n",
           (double) pause / 1e6, *n_commits, (double) (g_get_monotonic_time () - started) / 1e6, longest_at, longest);

  return longest;
}

static BenchUsage
run_ours (const char *program,
          const char *folder,
          const char *csv,
          const char *cancel_at,
          double     *printed,
          gulong      pause,
          double     *longest_wait)
{
  g_autofree char *workspace = g_build_filename (folder, "ours.comptoir", NULL);
  g_autofree char *output = g_build_filename (folder, "output", NULL);
  char *argv[] = { (char *) program, (char *) "--import", workspace, (char *) csv, (char *) cancel_at, NULL };
  guint n_commits = 0;
  gint64 begun;
  GPid pid;
  BenchUsage run;

  create_workspace (workspace);
  begun = g_get_monotonic_time ();
  pid = start (argv, NULL, output);
  if (longest_wait != NULL)
    {
      *longest_wait = write_beside (workspace, pid, pause, &n_commits);
    }
  run = bench_process_wait (pid, begun);
  *printed = read_number (output);
  bench_workspace_remove (workspace);

  return run;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return first < second ? -1 : first > second;
}

static double
get_median (double *values,
            guint   length)
{
  qsort (values, length, sizeof *values, compare_doubles);

  return values[length / 2];
}

static void
print_result (const char *job,
              const char *measured,
              const char *target,
              gboolean    reached)
{
  g_print ("BENCH\t%s\t%s\t%s\t%s\n", job, measured, target, reached ? "ok" : "slow");
}

/* One beside the other, so that a busy machine slows both */
static void
measure_speed (const char *program,
               const char *folder,
               const char *csv,
               guint       n_rows)
{
  double ours[ROUNDS];
  double peer[ROUNDS];
  double ours_cpu[ROUNDS];
  double peer_cpu[ROUNDS];
  double memory = 0;
  double printed;
  double fastest;
  double other;
  g_autofree char *job = g_strdup_printf ("import %u contacts, 12 columns", n_rows);
  g_autofree char *speed = NULL;
  g_autofree char *most = NULL;
  gboolean has_peer = FALSE;

  for (guint i = 0; i < ROUNDS; i++)
    {
      BenchUsage run = run_ours (program, folder, csv, "0", &printed, 0, NULL);
      BenchUsage sql = run_sqlite (folder, csv);

      g_assert_cmpint (run.status, ==, 0);
      g_assert_cmpfloat (printed, ==, n_rows);
      has_peer = sql.status == 0;
      ours[i] = run.wall;
      peer[i] = sql.wall;
      ours_cpu[i] = run.cpu;
      peer_cpu[i] = sql.cpu;
      memory = MAX (memory, run.memory);
      g_print ("# round %u: ours %.2f s (%.2f s of processor), sqlite3 %.2f s (%.2f s of processor)\n", i + 1, run.wall,
               run.cpu, sql.wall, sql.cpu);
    }

  fastest = get_median (ours, ROUNDS);
  other = get_median (peer, ROUNDS);
  if (has_peer)
    speed = g_strdup_printf ("%.2f s; sqlite3 %.2f s: %.2f x its speed", fastest, other, other / fastest);
  else
    speed = g_strdup_printf ("%.2f s; sqlite3 is not installed", fastest);
  print_result (job, speed, "0.8 x sqlite3", !has_peer || other / fastest >= 0.8);

  g_free (speed);
  speed = g_strdup_printf ("%.2f s; sqlite3 %.2f s", get_median (ours_cpu, ROUNDS), get_median (peer_cpu, ROUNDS));
  print_result ("import: processor time", speed, "for comparison", TRUE);

  most = g_strdup_printf ("%.0f MiB", memory);
  print_result ("import: memory", most, "150 MiB", memory <= 150);
}

static int
measure (const char *program)
{
  const char *wanted = g_getenv ("CPT_BENCH_ROWS");
  guint n_rows = wanted != NULL ? (guint) g_ascii_strtoull (wanted, NULL, 10) : DEFAULT_ROWS;
  g_autofree char *folder = g_dir_make_tmp ("cpt-bench-XXXXXX", NULL);
  g_autofree char *csv = g_build_filename (folder, "contacts.csv", NULL);
  g_autofree char *half = g_strdup_printf ("%u", MAX (n_rows / 2, 1));
  g_autofree char *text = NULL;
  g_autofree char *ended = NULL;
  double longest = 0;
  double printed = 0;

  write_file (csv, n_rows);
  if (g_getenv ("CPT_BENCH_WAITS") == NULL)
    measure_speed (program, folder, csv, n_rows);

  for (guint i = 0; i < G_N_ELEMENTS (pauses); i++)
    {
      double one;

      run_ours (program, folder, csv, "0", &printed, pauses[i], &one);
      longest = MAX (longest, one);
    }
  text = g_strdup_printf ("%.1f ms", longest);
  print_result ("import: another writer waits at most", text, "50 ms", longest <= 50);

  run_ours (program, folder, csv, half, &printed, 0, NULL);
  ended = g_strdup_printf ("%.1f ms", printed);
  print_result ("import: cancelled", ended, "200 ms", printed >= 0 && printed <= 200);

  {
    static const char *const names[] = { "contacts.csv", "peer.sql", "output" };

    for (guint i = 0; i < G_N_ELEMENTS (names); i++)
      {
        g_autofree char *path = g_build_filename (folder, names[i], NULL);

        g_unlink (path);
      }
    g_rmdir (folder);
  }

  return 0;
}

int
main (int    argc,
      char **argv)
{
  if (argc >= 5 && g_str_equal (argv[1], "--import"))
    return import (argv[2], argv[3], g_ascii_strtoull (argv[4], NULL, 10));

  return measure (argv[0]);
}
