/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-workflow.h"

G_BEGIN_DECLS

/* How far from a connection it is still meant, and how far what is drawn of a node reaches beyond its rectangle */
#define CPT_FLOW_NEAR 6
#define CPT_FLOW_OVERHANG 12
#define CPT_FLOW_PORT_RADIUS 6

typedef struct
{
  double x;
  double y;
} CptFlowPoint;

typedef struct
{
  double x;
  double y;
  double width;
  double height;
} CptFlowRect;

#define CPT_FLOW_CURVE_POINTS 10

/**
 * CptFlowCurve:
 * @points: where it starts; then of each piece, a cubic Bézier curve, two handles and the end
 * @n_points: 4 or 10: one piece or three
 *
 * What a connection is drawn as. All places are pixels at the scale of 1.
 */
typedef struct
{
  CptFlowPoint points[CPT_FLOW_CURVE_POINTS];
  guint        n_points;
} CptFlowCurve;

/**
 * CptFlowRouter:
 *
 * Knows where the nodes of a workflow stand, so that connections go around them.
 */
typedef struct _CptFlowRouter CptFlowRouter;

/* The rectangle of a node, without what is drawn around it */
CptFlowRect  cpt_flow_get_rect       (const CptWorkflowNode *node);
/* Where connections end; starts have none, but something may lead there nevertheless */
CptFlowPoint cpt_flow_get_inlet      (const CptWorkflowNode *node);
/* Where those by the outcome of that number begin; @n_outcomes: for those that it has no more */
CptFlowPoint cpt_flow_get_outlet     (const CptWorkflowNode *node,
                                      guint                  outcome,
                                      guint                  n_outcomes);
/* The number of an outcome, and how many there are; the latter when there is none of that name */
guint        cpt_flow_find_outcome   (const CptWorkflowNode *node,
                                      const char            *outcome,
                                      guint                 *n_outcomes);
/* @workflow must outlive it and stay as it is */
CptFlowRouter *cpt_flow_router_new  (const CptWorkflow *workflow) G_GNUC_WARN_UNUSED_RESULT;
void           cpt_flow_router_free (CptFlowRouter *self);
/**
 * cpt_flow_router_find:
 * @self: a router
 * @connection: one of its workflow
 * @curve: (out): where it goes: straight down where nothing stands there, else beside
 *   what does; a loop goes up beside all of it
 *
 * Returns: %FALSE when one of its nodes is not there
 */
gboolean     cpt_flow_router_find    (CptFlowRouter               *self,
                                      const CptWorkflowConnection *connection,
                                      CptFlowCurve                *curve);
/* From a place to another one, whatever is between */
void         cpt_flow_curve_init     (CptFlowCurve *self,
                                      CptFlowPoint  from,
                                      CptFlowPoint  to);
/* At a part of its length, roughly; 0 is the start, 1 the end */
CptFlowPoint cpt_flow_curve_at       (const CptFlowCurve *self,
                                      double              t);
/* How far a place is from it, in pixels */
double       cpt_flow_curve_distance (const CptFlowCurve *self,
                                      CptFlowPoint        point);
/* A rectangle that it is within */
CptFlowRect  cpt_flow_curve_bounds   (const CptFlowCurve *self);
/* Of all that is drawn; all 0 for an empty workflow */
CptFlowRect  cpt_flow_get_bounds     (const CptWorkflow *workflow);
gboolean     cpt_flow_rect_contains  (const CptFlowRect *self,
                                      CptFlowPoint       point);
gboolean     cpt_flow_rect_meets     (const CptFlowRect *self,
                                      const CptFlowRect *other);
CptFlowRect  cpt_flow_rect_grow      (const CptFlowRect *self,
                                      double             by);
CptFlowRect  cpt_flow_rect_unite     (const CptFlowRect *self,
                                      const CptFlowRect *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptFlowRouter, cpt_flow_router_free)

G_END_DECLS
