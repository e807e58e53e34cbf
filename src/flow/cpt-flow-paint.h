/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "cpt-chart-style.h"
#include "cpt-flow-face.h"
#include "cpt-flow-geometry.h"

G_BEGIN_DECLS

/**
 * CptFlowLevel:
 * @CPT_FLOW_FULL: all of it
 * @CPT_FLOW_TITLES: titles, but nothing smaller
 * @CPT_FLOW_SHAPES: coloured rectangles
 *
 * How much is drawn, so that what nobody can read costs nothing.
 */
typedef enum
{
  CPT_FLOW_FULL,
  CPT_FLOW_TITLES,
  CPT_FLOW_SHAPES,
} CptFlowLevel;

/**
 * CptFlowCount:
 * @n_waiting: runs that stand there
 * @n_passed: that have gone on
 * @n_failed: that were parked there
 *
 * What happened at a node; all 0 is drawn as nothing.
 */
typedef struct
{
  guint64 n_waiting;
  guint64 n_passed;
  guint64 n_failed;
} CptFlowCount;

/* What suits a zoom */
CptFlowLevel  cpt_flow_level_for_zoom  (double zoom);
CptChartColor cpt_flow_get_colour      (const CptChartStyle *style,
                                        CptWorkflowGroup     group);
/* The ground that nodes stand on */
CptChartColor cpt_flow_get_ground      (const CptChartStyle *style);

/**
 * cpt_flow_paint_node:
 * @cr: with the origin at the upper left corner of the node
 * @face: what it says
 * @count: (nullable): what happened there
 * @problem: whether something stands in the way of publishing
 * @style: colours and font
 * @level: how much of it
 *
 * Draws within CPT_FLOW_OVERHANG around its rectangle.
 */
void          cpt_flow_paint_node       (cairo_t             *cr,
                                         const CptFlowFace   *face,
                                         const CptFlowCount  *count,
                                         gboolean             problem,
                                         const CptChartStyle *style,
                                         CptFlowLevel         level);
/* @label (nullable) stands at its middle. @colour: (nullable): another one than usual */
void          cpt_flow_paint_connection (cairo_t             *cr,
                                         const CptFlowCurve  *curve,
                                         const char          *label,
                                         const CptChartColor *colour,
                                         const CptChartStyle *style,
                                         CptFlowLevel         level);
/* Of the group, white on a disc, around a place */
void          cpt_flow_paint_glyph      (cairo_t             *cr,
                                         CptWorkflowGroup     group,
                                         CptFlowPoint         centre,
                                         double               radius,
                                         const CptChartStyle *style);
/* (transfer full) (nullable): what stands at a connection: its outcome where there are several, and how many have gone
 * that way; NULL: nothing */
char         *cpt_flow_dup_label        (const CptWorkflow           *workflow,
                                         const CptWorkflowConnection *connection,
                                         guint64                      n_passed) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
