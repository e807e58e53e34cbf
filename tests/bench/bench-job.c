/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the programs share that measure jobs on workspaces. */
#include "config.h"

#include "bench-job.h"

#include <glib/gstdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cpt-log.h"
#include "cpt-workspace.h"

static double
get_seconds (const struct timeval *time)
{
  return (double) time->tv_sec + (double) time->tv_usec / 1e6;
}

BenchUsage
bench_process_wait (GPid   pid,
                    gint64 begun)
{
  BenchUsage used = { 0 };
  struct rusage usage;

  g_assert_cmpint (wait4 (pid, &used.status, 0, &usage), ==, pid);
  used.wall = (double) (g_get_monotonic_time () - begun) / 1e6;
  used.cpu = get_seconds (&usage.ru_utime) + get_seconds (&usage.ru_stime);
  used.memory = (double) usage.ru_maxrss / 1024;

  return used;
}

gboolean
bench_process_has_ended (GPid pid)
{
  siginfo_t info = { 0 };

  return waitid (P_PID, (id_t) pid, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == pid;
}

BenchJob
bench_job_start (BenchWork   work,
                 const char *path,
                 int         job,
                 guint       n_rows)
{
  BenchJob self;
  int ends[2];

  g_assert_cmpint (pipe (ends), ==, 0);
  self.pid = fork ();
  g_assert_cmpint (self.pid, >=, 0);
  if (self.pid == 0)
    {
      gint64 taken = work (path, job, n_rows);

      g_assert_cmpint (write (ends[1], &taken, sizeof taken), ==, (gssize) sizeof taken);
      _exit (0);
    }
  close (ends[1]);
  self.pipe = ends[0];

  return self;
}

BenchUsage
bench_job_wait (BenchJob *self)
{
  BenchUsage used = bench_process_wait (self->pid, 0);
  gint64 taken = -1;

  g_assert_cmpint (used.status, ==, 0);
  g_assert_cmpint (read (self->pipe, &taken, sizeof taken), ==, (gssize) sizeof taken);
  close (self->pipe);
  used.wall = (double) taken / 1e6;

  return used;
}

void
bench_workspace_create (const char *path)
{
  GPid pid = fork ();

  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    _exit (cpt_workspace_create (path, NULL, NULL) ? 0 : 1);
  g_assert_cmpint (bench_process_wait (pid, 0).status, ==, 0);
}

void
bench_workspace_remove (const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (path, suffixes[i], NULL);

      g_unlink (file);
    }
}

void
bench_undo (CptDatabase *database)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptLogEntry) entry = cpt_log_peek_undo (database, &error);

  g_assert_nonnull (entry);
  cpt_log_undo (database, entry->sequence, NULL, &error);
  g_assert_no_error (error);
}

double
bench_commit_task (CptDatabase *database)
{
  CptSchema *schema = cpt_database_get_schema (database);
  const CptEntity *tasks = cpt_schema_find_entity (schema, "task");
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(CptRecord) record = cpt_record_new (schema, tasks);
  g_autoptr(GError) error = NULL;
  gint64 begun;

  cpt_record_set_text (record, "title", "Call back");
  cpt_record_apply_initial (record, cpt_database_get_now (database), NULL, NULL);
  cpt_transaction_create (transaction, record);

  begun = g_get_monotonic_time ();
  cpt_database_commit (database, transaction, NULL, NULL, &error);
  g_assert_no_error (error);

  return (double) (g_get_monotonic_time () - begun) / 1000;
}
