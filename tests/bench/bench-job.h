/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"

G_BEGIN_DECLS

/* Jobs that are measured in a process of their own, as they are for people: its
 * memory is told, and nothing is warm that would not be. */

/**
 * BenchUsage:
 * @wall: seconds that the job took
 * @cpu: seconds of processor time of its process
 * @memory: the most that its process had, in MiB
 * @status: how its process ended, as of waitpid()
 */
typedef struct
{
  double wall;
  double cpu;
  double memory;
  int    status;
} BenchUsage;

typedef struct
{
  GPid pid;
  int  pipe;
} BenchJob;

/* Does one of several jobs with so many records, in the process of the job;
 * returns the microseconds that count */
typedef gint64 (*BenchWork) (const char *path,
                             int         job,
                             guint       n_rows);

BenchJob   bench_job_start        (BenchWork   work,
                                   const char *path,
                                   int         job,
                                   guint       n_rows);
/* Ends the test if the job fails */
BenchUsage bench_job_wait         (BenchJob *self);
/* Of one that began then, by g_get_monotonic_time() */
BenchUsage bench_process_wait     (GPid   pid,
                                   gint64 begun);
gboolean   bench_process_has_ended (GPid pid);

/* In a process of its own too */
void       bench_workspace_create (const char *path);
void       bench_workspace_remove (const char *path);
/* Takes back what was done last */
void       bench_undo             (CptDatabase *database);
/* Creates a task; returns how many milliseconds the commit took */
double     bench_commit_task      (CptDatabase *database);

G_END_DECLS
