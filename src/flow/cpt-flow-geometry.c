/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where what belongs to a workflow is drawn: numbers alone, for whoever draws and whoever asks what is there. */

#include "config.h"

#include "cpt-flow-geometry.h"

#include <math.h>
#include <string.h>

#include "cpt-workflow-layout.h"

/* How far the handles of a curve reach */
#define MIN_REACH 30
#define LOOP_REACH 50
#define N_SAMPLES 24

CptFlowRect
cpt_flow_get_rect (const CptWorkflowNode *node)
{
  return (CptFlowRect){ node->x, node->y, CPT_WORKFLOW_NODE_WIDTH, CPT_WORKFLOW_NODE_HEIGHT };
}

CptFlowPoint
cpt_flow_get_inlet (const CptWorkflowNode *node)
{
  return (CptFlowPoint){ node->x + CPT_WORKFLOW_NODE_WIDTH / 2.0, node->y };
}

CptFlowPoint
cpt_flow_get_outlet (const CptWorkflowNode *node,
                     guint                  outcome,
                     guint                  n_outcomes)
{
  double share = outcome < n_outcomes ? (outcome + 1.0) / (n_outcomes + 1.0) : 1;

  return (CptFlowPoint){ node->x + CPT_WORKFLOW_NODE_WIDTH * share, node->y + CPT_WORKFLOW_NODE_HEIGHT };
}

guint
cpt_flow_find_outcome (const CptWorkflowNode *node,
                       const char            *outcome,
                       guint                 *n_outcomes)
{
  g_auto(GStrv) outcomes = cpt_workflow_node_list_outcomes (node);
  guint found = g_strv_length (outcomes);

  *n_outcomes = found;
  for (guint i = 0; outcomes[i] != NULL; i++)
    if (strcmp (outcomes[i], outcome) == 0)
      return i;

  return found;
}

void
cpt_flow_curve_init (CptFlowCurve *self,
                     CptFlowPoint  from,
                     CptFlowPoint  to)
{
  double down = to.y - from.y;
  double reach = down >= MIN_REACH ? MAX (MIN_REACH, down / 2) : LOOP_REACH;

  self->n_points = 4;
  self->points[0] = from;
  self->points[1] = (CptFlowPoint){ from.x, from.y + reach };
  self->points[2] = (CptFlowPoint){ to.x, to.y - reach };
  self->points[3] = to;
}

static CptFlowPoint
get_point (const CptFlowPoint *points,
           double              t)
{
  double s = 1 - t;
  double weights[4] = { s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t };
  CptFlowPoint point = { 0, 0 };

  for (guint i = 0; i < 4; i++)
    {
      point.x += weights[i] * points[i].x;
      point.y += weights[i] * points[i].y;
    }

  return point;
}

CptFlowPoint
cpt_flow_curve_at (const CptFlowCurve *self,
                   double              t)
{
  guint n_pieces = self->n_points / 3; /* 4: one, 10: three */
  guint piece = MIN ((guint) (t * n_pieces), n_pieces - 1);

  return get_point (self->points + 3 * piece, t * n_pieces - piece);
}

static double
get_distance (CptFlowPoint a,
              CptFlowPoint b,
              CptFlowPoint point)
{
  double x = b.x - a.x;
  double y = b.y - a.y;
  double length = x * x + y * y;
  double t = length > 0 ? CLAMP (((point.x - a.x) * x + (point.y - a.y) * y) / length, 0, 1) : 0;

  return hypot (point.x - a.x - t * x, point.y - a.y - t * y);
}

double
cpt_flow_curve_distance (const CptFlowCurve *self,
                         CptFlowPoint        point)
{
  CptFlowPoint last = self->points[0];
  double nearest = INFINITY;

  for (guint i = 1; i <= N_SAMPLES; i++)
    {
      CptFlowPoint next = cpt_flow_curve_at (self, i / (double) N_SAMPLES);

      nearest = MIN (nearest, get_distance (last, next, point));
      last = next;
    }

  return nearest;
}

CptFlowRect
cpt_flow_curve_bounds (const CptFlowCurve *self)
{
  CptFlowRect bounds = { self->points[0].x, self->points[0].y, 0, 0 };

  for (guint i = 1; i < self->n_points; i++)
    {
      CptFlowRect point = { self->points[i].x, self->points[i].y, 0, 0 };

      bounds = cpt_flow_rect_unite (&bounds, &point);
    }

  return bounds;
}

CptFlowRect
cpt_flow_get_bounds (const CptWorkflow *workflow)
{
  g_autoptr(CptFlowRouter) router = cpt_flow_router_new (workflow);
  CptFlowRect bounds = { 0, 0, 0, 0 };

  for (guint i = 0; i < workflow->nodes->len; i++)
    {
      CptFlowRect rect = cpt_flow_get_rect (g_ptr_array_index (workflow->nodes, i));

      rect = cpt_flow_rect_grow (&rect, CPT_FLOW_OVERHANG);
      bounds = i == 0 ? rect : cpt_flow_rect_unite (&bounds, &rect);
    }
  for (guint i = 0; i < workflow->connections->len; i++)
    {
      CptFlowCurve curve;
      CptFlowRect rect;

      if (!cpt_flow_router_find (router, g_ptr_array_index (workflow->connections, i), &curve))
        continue;
      rect = cpt_flow_curve_bounds (&curve);
      bounds = cpt_flow_rect_unite (&bounds, &rect);
    }

  return bounds;
}

gboolean
cpt_flow_rect_contains (const CptFlowRect *self,
                        CptFlowPoint       point)
{
  return point.x >= self->x && point.x < self->x + self->width && point.y >= self->y && point.y < self->y + self->height;
}

gboolean
cpt_flow_rect_meets (const CptFlowRect *self,
                     const CptFlowRect *other)
{
  return self->x <= other->x + other->width && other->x <= self->x + self->width && self->y <= other->y + other->height &&
         other->y <= self->y + self->height;
}

CptFlowRect
cpt_flow_rect_grow (const CptFlowRect *self,
                    double             by)
{
  return (CptFlowRect){ self->x - by, self->y - by, self->width + 2 * by, self->height + 2 * by };
}

CptFlowRect
cpt_flow_rect_unite (const CptFlowRect *self,
                     const CptFlowRect *other)
{
  double x = MIN (self->x, other->x);
  double y = MIN (self->y, other->y);

  return (CptFlowRect){ x, y, MAX (self->x + self->width, other->x + other->width) - x,
                        MAX (self->y + self->height, other->y + other->height) - y };
}
