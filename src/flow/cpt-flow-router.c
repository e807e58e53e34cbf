/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The way of a connection: a curve where it is free, else a lane beside what stands there. */

#include "config.h"

#include <math.h>

#include "cpt-flow-geometry.h"
#include "cpt-workflow-layout.h"

/* How far a lane passes a node, and where the curves that lead to it end */
#define CLEARANCE 20
#define REACH 30
/* Nodes are found by the row of that height in which they begin */
#define ROW_HEIGHT 120.0
/* What is looked at for one connection; where more is in the way, it goes through */
#define MAX_IN_THE_WAY 400
#define MAX_ROWS 2000
#define N_SAMPLES 12

struct _CptFlowRouter
{
  const CptWorkflow *workflow;
  GHashTable *rows; /* number: GPtrArray of nodes */
};

static int
get_row (double y)
{
  return (int) floor (y / ROW_HEIGHT);
}

CptFlowRouter *
cpt_flow_router_new (const CptWorkflow *workflow)
{
  CptFlowRouter *self = g_new0 (CptFlowRouter, 1);

  self->workflow = workflow;
  self->rows = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < workflow->nodes->len; i++)
    {
      CptWorkflowNode *node = g_ptr_array_index (workflow->nodes, i);
      gpointer row = GINT_TO_POINTER (get_row (node->y));
      GPtrArray *nodes = g_hash_table_lookup (self->rows, row);

      if (nodes == NULL)
        {
          nodes = g_ptr_array_new ();
          g_hash_table_insert (self->rows, row, nodes);
        }
      g_ptr_array_add (nodes, node);
    }

  return self;
}

void
cpt_flow_router_free (CptFlowRouter *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->rows);
  g_free (self);
}

/* Rectangles between two heights; NULL when there are too many */
static GArray *
list_between (CptFlowRouter *self,
              double         top,
              double         bottom)
{
  GArray *rects = g_array_new (FALSE, FALSE, sizeof (CptFlowRect));
  int last = get_row (bottom);

  for (int row = get_row (top - CPT_WORKFLOW_NODE_HEIGHT); row <= last; row++)
    {
      const GPtrArray *nodes = g_hash_table_lookup (self->rows, GINT_TO_POINTER (row));

      for (guint i = 0; nodes != NULL && i < nodes->len; i++)
        {
          CptFlowRect rect = cpt_flow_get_rect (g_ptr_array_index (nodes, i));

          if (rect.y < bottom && rect.y + rect.height > top)
            g_array_append_val (rects, rect);
        }
    }

  return rects;
}

static gboolean
is_free_lane (const GArray *rects,
              double        x)
{
  for (guint i = 0; i < rects->len; i++)
    {
      const CptFlowRect *rect = &g_array_index (rects, CptFlowRect, i);

      if (x > rect->x - CLEARANCE / 2.0 && x < rect->x + rect->width + CLEARANCE / 2.0)
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_free_curve (const GArray       *rects,
               const CptFlowCurve *curve)
{
  for (guint i = 1; i < N_SAMPLES; i++)
    {
      CptFlowPoint point = cpt_flow_curve_at (curve, i / (double) N_SAMPLES);

      for (guint j = 0; j < rects->len; j++)
        if (cpt_flow_rect_contains (&g_array_index (rects, CptFlowRect, j), point))
          return FALSE;
    }

  return TRUE;
}

/* The nearest one that is free */
static gboolean
choose_lane (const GArray *rects,
             CptFlowPoint  from,
             CptFlowPoint  to,
             double       *lane)
{
  double least = INFINITY;

  for (guint i = 0; i < rects->len * 2 + 2; i++)
    {
      const CptFlowRect *rect = i >= 2 ? &g_array_index (rects, CptFlowRect, i / 2 - 1) : NULL;
      double x = i == 0 ? from.x : i == 1     ? to.x
                                 : i % 2 == 0 ? rect->x - CLEARANCE
                                              : rect->x + rect->width + CLEARANCE;
      double way = fabs (x - from.x) + fabs (x - to.x);

      if (way >= least || !is_free_lane (rects, x))
        continue;
      least = way;
      *lane = x;
    }

  return isfinite (least);
}

static void
take_lane (CptFlowCurve *curve,
           CptFlowPoint  from,
           CptFlowPoint  to,
           double        lane)
{
  gboolean goes_down = to.y > from.y;
  double start = goes_down ? from.y + 2 * REACH : from.y - REACH / 2.0;
  double end = goes_down ? to.y - 2 * REACH : to.y + REACH / 2.0;
  double middle = (start + end) / 2;

  curve->n_points = 10;
  curve->points[0] = from;
  curve->points[1] = (CptFlowPoint){ from.x, from.y + REACH };
  curve->points[2] = (CptFlowPoint){ lane, goes_down ? from.y + REACH : from.y + REACH * 1.5 };
  curve->points[3] = (CptFlowPoint){ lane, start };
  curve->points[4] = (CptFlowPoint){ lane, middle };
  curve->points[5] = (CptFlowPoint){ lane, middle };
  curve->points[6] = (CptFlowPoint){ lane, end };
  curve->points[7] = (CptFlowPoint){ lane, goes_down ? to.y - REACH : to.y - REACH * 1.5 };
  curve->points[8] = (CptFlowPoint){ to.x, to.y - REACH };
  curve->points[9] = to;
}

static void
route (CptFlowRouter *self,
       CptFlowPoint   from,
       CptFlowPoint   to,
       CptFlowCurve  *curve)
{
  gboolean goes_down = to.y >= from.y + REACH;
  double top = goes_down ? from.y + 1 : to.y - 1;
  double bottom = goes_down ? to.y - 1 : from.y + 1;
  g_autoptr(GArray) rects = NULL;
  double lane = 0;

  cpt_flow_curve_init (curve, from, to);
  if (bottom - top > MAX_ROWS * ROW_HEIGHT)
    return;
  rects = list_between (self, top, bottom);
  if (rects->len == 0 || rects->len > MAX_IN_THE_WAY || (goes_down && is_free_curve (rects, curve)))
    return;
  if (choose_lane (rects, from, to, &lane))
    take_lane (curve, from, to, lane);
}

gboolean
cpt_flow_router_find (CptFlowRouter               *self,
                      const CptWorkflowConnection *connection,
                      CptFlowCurve                *curve)
{
  const CptWorkflowNode *from = cpt_workflow_find_node (self->workflow, connection->from);
  const CptWorkflowNode *to = cpt_workflow_find_node (self->workflow, connection->to);
  guint n_outcomes;
  guint outcome;

  if (from == NULL || to == NULL)
    return FALSE;

  outcome = cpt_flow_find_outcome (from, connection->outcome, &n_outcomes);
  route (self, cpt_flow_get_outlet (from, outcome, n_outcomes), cpt_flow_get_inlet (to), curve);

  return TRUE;
}
