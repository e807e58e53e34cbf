/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-data-grid.h"
#include "cpt-window.h"

G_BEGIN_DECLS

/* What a person notices as waiting, in milliseconds: one frame of 60 in a second */
#define BENCH_FRAME 16.0

/* A bench of the real window on a workspace of many contacts. */
typedef void (*BenchFunc) (CptWindow *window);

typedef enum
{
  BENCH_WORKSPACE_WARM, /* looked at once before, so that the file is in memory */
  BENCH_WORKSPACE_KEPT, /* as it is */
  BENCH_WORKSPACE_COPY, /* a copy, which may be changed */
} BenchWorkspace;

/* Runs @func when the window has come. The first argument is how many thousand
 * contacts, 1000 without one. The workspace is made by a process of its own, so
 * that its memory is not counted, and kept for the next run beside the build. */
int          bench_window_main   (int              argc,
                                  char           **argv,
                                  BenchWorkspace   workspace,
                                  BenchFunc        func);
void         bench_report        (const char *job,
                                  double      measured,
                                  const char *unit,
                                  double      target);
/* Milliseconds of a clock that only goes forward */
double       bench_get_ms        (void);
/* Processor time of this thread: what else the machine does meanwhile is not
 * the window's fault */
double       bench_get_cpu_ms    (void);

/* From now on the main loop is watched. */
void         bench_watch_loop    (void);
void         bench_forget_loop   (void);
/* Since it was forgotten, in milliseconds: the longest time for which the loop
 * was at work without looking for events, and for which it was away at all, but for
 * what other programs and threads kept the processors */
double       bench_get_busy      (void);
double       bench_get_away      (void);
/* Lets the main loop go on for a while */
void         bench_idle          (double milliseconds);

/* (nullable): the first that can be seen, in the order of the tree */
GtkWidget   *bench_find          (GtkWidget *within,
                                  GType      type);
CptDataGrid *bench_wait_for_grid (CptWindow *window);
/* Until all rows of the grid are known, and a moment more */
void         bench_rest          (CptDataGrid *grid);

G_END_DECLS
