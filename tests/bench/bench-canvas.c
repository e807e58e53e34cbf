/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the canvas of workflows costs: opening 2,000 steps, and the work of a frame while one looks about and
 * drags with 500 steps in sight. */

#include "config.h"

#include <adwaita.h>
#include <time.h>

#include "cpt-flow-canvas-private.h"
#include "cpt-workflow-layout.h"

#define WIDTH 1600
#define HEIGHT 1000
#define COLUMNS 25
#define N_FRAMES 60
#define TARGET_OPEN 300.0
#define TARGET_FRAME 8.0

static double
get_ms (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);

  return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
}

static void
report (const char *job,
        double      measured,
        double      target)
{
  g_print ("BENCH\tcanvas: %s\t%.1f ms\t%.0f ms\t%s\n", job, measured, target, measured <= target ? "ok" : "slow");
}

/* As people draw them: most lead to the row below, each third decides, some go back up */
static CptWorkflow *
create_workflow (guint n_nodes)
{
  CptWorkflow *workflow = cpt_workflow_new ();

  for (guint i = 0; i < n_nodes; i++)
    {
      g_autofree char *id = g_strdup_printf ("n%u", i);
      CptWorkflowNode *node =
        cpt_workflow_add_node (workflow, id, i == 0 ? "by_hand" : i % 3 == 0 ? "if"
                                                                             : "create_task",
                               0, 0);

      node->title = g_strdup_printf ("Step number %u", i);
      json_object_set_string_member (node->settings, i == 0 ? "entity" : "title", i == 0 ? "deal" : "Call back");
    }
  for (guint i = 0; i + 1 < n_nodes; i++)
    {
      g_autofree char *from = g_strdup_printf ("n%u", i);
      g_autofree char *next = g_strdup_printf ("n%u", MIN (i + COLUMNS, n_nodes - 1));
      g_autofree char *other = g_strdup_printf ("n%u", i % 40 == 39 ? i - 2 * COLUMNS + 12 : MIN (i + COLUMNS + 1, n_nodes - 1));

      cpt_workflow_connect (workflow, from, i % 3 == 0 && i > 0 ? "yes" : "next", next);
      cpt_workflow_connect (workflow, from, i % 3 == 0 && i > 0 ? "no" : "next", other);
    }
  /* In a block, so that so many are in sight as are wanted */
  for (guint i = 0; i < n_nodes; i++)
    {
      CptWorkflowNode *node = g_ptr_array_index (workflow->nodes, i);

      node->x = (i % COLUMNS) * CPT_WORKFLOW_STEP_X;
      node->y = (i / COLUMNS) * CPT_WORKFLOW_STEP_Y;
    }

  return workflow;
}

typedef struct
{
  double began;
  double work;
  guint n_frames;
} Frames;

static void
before_cb (GdkFrameClock *clock,
           Frames        *frames)
{
  frames->began = get_ms (CLOCK_THREAD_CPUTIME_ID);
}

static void
after_cb (GdkFrameClock *clock,
          Frames        *frames)
{
  frames->work += get_ms (CLOCK_THREAD_CPUTIME_ID) - frames->began;
  frames->n_frames++;
}

typedef void (*StepFunc) (CptFlowCanvas *canvas,
                          guint frame);

static double
measure (CptFlowCanvas *canvas,
         StepFunc       step)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (canvas));
  Frames frames = { 0, 0, 0 };
  gulong before;
  gulong after;

  /* What is drawn for the first time is another figure */
  step (canvas, 0);
  for (double end = get_ms (CLOCK_MONOTONIC) + 300; get_ms (CLOCK_MONOTONIC) < end;)
    g_main_context_iteration (NULL, FALSE);
  before = g_signal_connect (clock, "before-paint", G_CALLBACK (before_cb), &frames);
  after = g_signal_connect (clock, "after-paint", G_CALLBACK (after_cb), &frames);
  for (guint i = 1; i <= N_FRAMES; i++)
    {
      guint n_before = frames.n_frames;

      step (canvas, i);
      gtk_widget_queue_draw (GTK_WIDGET (canvas));
      while (frames.n_frames == n_before)
        g_main_context_iteration (NULL, TRUE);
    }
  g_signal_handler_disconnect (clock, before);
  g_signal_handler_disconnect (clock, after);

  return frames.work / frames.n_frames;
}

static void
pan (CptFlowCanvas *canvas,
     guint          frame)
{
  canvas->x += frame % 2 == 0 ? 25 : 10;
  gtk_widget_queue_allocate (GTK_WIDGET (canvas));
}

static void
zoom (CptFlowCanvas *canvas,
      guint          frame)
{
  cpt_flow_canvas_zoom_by (canvas, frame / 10 % 2 == 0 ? 1.01 : 1 / 1.01);
}

static void
drag (CptFlowCanvas *canvas,
      guint          frame)
{
  g_autoptr(GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  CptWorkflowNode *node = cpt_workflow_find_node (canvas->workflow, "n30");

  node->x += 5;
  node->y += 3;
  g_hash_table_add (ids, node->id);
  cpt_flow_canvas_reroute (canvas, ids);
}

static void
painted_cb (GdkFrameClock *clock,
            gboolean      *is_painted)
{
  *is_painted = TRUE;
}

static double
open_canvas (GtkWindow      *window,
             CptSchema      *schema,
             guint           n_nodes,
             CptFlowCanvas **canvas)
{
  double began = get_ms (CLOCK_MONOTONIC);
  GtkWidget *widget = cpt_flow_canvas_new (schema);
  gboolean is_painted = FALSE;
  gulong painted;

  cpt_flow_canvas_set_workflow (CPT_FLOW_CANVAS (widget), create_workflow (n_nodes));
  cpt_flow_canvas_fit (CPT_FLOW_CANVAS (widget));
  gtk_window_set_child (window, widget);
  painted = g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint", G_CALLBACK (painted_cb), &is_painted);
  while (!is_painted)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (gtk_widget_get_frame_clock (GTK_WIDGET (window)), painted);
  *canvas = CPT_FLOW_CANVAS (widget);

  return get_ms (CLOCK_MONOTONIC) - began;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(CptSchema) schema = cpt_schema_new ();
  CptFlowCanvas *canvas;
  GtkWidget *window;

  /* As the application chooses where nothing draws but the processor */
  g_setenv ("GSK_RENDERER", "cairo", FALSE);
  g_setenv ("GDK_DEBUG", "gl-disable", FALSE);
  if (!gtk_init_check ())
    {
      g_print ("no display: nothing is measured\n");
      return 0;
    }
  adw_init ();
  window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (window));
  for (double end = get_ms (CLOCK_MONOTONIC) + 500; get_ms (CLOCK_MONOTONIC) < end;)
    g_main_context_iteration (NULL, FALSE);

  report ("open 2,000 steps", open_canvas (GTK_WINDOW (window), schema, 2000, &canvas), TARGET_OPEN);
  open_canvas (GTK_WINDOW (window), schema, 500, &canvas);
  report ("frame while panning, 500 steps in sight", measure (canvas, pan), TARGET_FRAME);
  report ("frame while zooming, 500 steps in sight", measure (canvas, zoom), TARGET_FRAME);
  report ("frame while dragging, 500 steps in sight", measure (canvas, drag), TARGET_FRAME);
  cpt_flow_canvas_set_place (canvas, "0 0 1000");
  report ("frame while panning at the scale of 1", measure (canvas, pan), TARGET_FRAME);
  gtk_window_destroy (GTK_WINDOW (window));

  return 0;
}
