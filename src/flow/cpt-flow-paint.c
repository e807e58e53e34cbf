/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How nodes and connections look, on every surface. */

#include "config.h"

#include "cpt-flow-paint.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cpt-money.h"
#include "cpt-workflow-layout.h"

#define RADIUS 10
#define GLYPH_X 28
#define GLYPH_RADIUS 16
#define TEXT_X 54
#define TITLE_SIZE 13
#define DETAIL_SIZE 11
#define LABEL_WIDTH 110
#define PILL_HEIGHT 18
#define ARROW 8

static const CptChartColor white = { 1, 1, 1, 1 };

CptFlowLevel
cpt_flow_level_for_zoom (double zoom)
{
  if (zoom >= 0.6)
    return CPT_FLOW_FULL;

  return zoom >= 0.35 ? CPT_FLOW_TITLES : CPT_FLOW_SHAPES;
}

CptChartColor
cpt_flow_get_colour (const CptChartStyle *style,
                     CptWorkflowGroup     group)
{
  switch (group)
    {
    case CPT_WORKFLOW_START:
      return style->palette[2];
    case CPT_WORKFLOW_DECIDE:
      return style->palette[5];
    case CPT_WORKFLOW_WAIT:
      return style->palette[6];
    case CPT_WORKFLOW_END:
      return style->palette[7];
    case CPT_WORKFLOW_DO:
    default:
      return style->palette[0];
    }
}

CptChartColor
cpt_flow_get_ground (const CptChartStyle *style)
{
  return cpt_chart_color_mix (&style->background, &style->muted, 0.07);
}

/* --------------------------------------------------------------------- shapes */

static void
set_colour (cairo_t             *cr,
            const CptChartColor *colour)
{
  cairo_set_source_rgba (cr, colour->red, colour->green, colour->blue, colour->alpha);
}

static void
path_rounded (cairo_t *cr,
              double   x,
              double   y,
              double   width,
              double   height,
              double   radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI / 2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI / 2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI / 2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

static void
path_disc (cairo_t *cr,
           double   x,
           double   y,
           double   radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
  cairo_close_path (cr);
}

static void
path_lines (cairo_t            *cr,
            const CptFlowPoint *points,
            guint               n_points)
{
  cairo_move_to (cr, points[0].x, points[0].y);
  for (guint i = 1; i < n_points; i++)
    cairo_line_to (cr, points[i].x, points[i].y);
}

/* Within a disc of the radius 1 */
static void
draw_sign (cairo_t          *cr,
           CptWorkflowGroup  group)
{
  static const CptFlowPoint play[] = { { -0.3, -0.46 }, { 0.5, 0 }, { -0.3, 0.46 } };
  static const CptFlowPoint tick[] = { { -0.42, 0.02 }, { -0.12, 0.34 }, { 0.44, -0.32 } };
  static const CptFlowPoint fork[] = { { -0.4, 0.42 }, { -0.4, 0.1 }, { 0, -0.2 }, { 0.4, 0.1 }, { 0.4, 0.42 } };
  static const CptFlowPoint hands[] = { { 0, -0.32 }, { 0, 0.04 }, { 0.24, 0.18 } };

  cairo_new_path (cr);
  switch (group)
    {
    case CPT_WORKFLOW_START:
      path_lines (cr, play, G_N_ELEMENTS (play));
      cairo_close_path (cr);
      cairo_fill (cr);
      return;
    case CPT_WORKFLOW_DECIDE:
      path_lines (cr, fork, G_N_ELEMENTS (fork));
      cairo_move_to (cr, 0, -0.2);
      cairo_line_to (cr, 0, -0.48);
      break;
    case CPT_WORKFLOW_WAIT:
      path_disc (cr, 0, 0, 0.52);
      path_lines (cr, hands, G_N_ELEMENTS (hands));
      break;
    case CPT_WORKFLOW_END:
      path_rounded (cr, -0.36, -0.36, 0.72, 0.72, 0.08);
      cairo_fill (cr);
      return;
    case CPT_WORKFLOW_DO:
    default:
      path_lines (cr, tick, G_N_ELEMENTS (tick));
      break;
    }
  cairo_stroke (cr);
}

void
cpt_flow_paint_glyph (cairo_t             *cr,
                      CptWorkflowGroup     group,
                      CptFlowPoint         centre,
                      double               radius,
                      const CptChartStyle *style)
{
  CptChartColor colour = cpt_flow_get_colour (style, group);
  const CptChartColor *sign = cpt_chart_color_get_contrast (&colour, &white) >= 3 ? &white : &style->background;

  cairo_save (cr);
  cairo_translate (cr, centre.x, centre.y);
  cairo_scale (cr, radius, radius);
  cairo_new_path (cr);
  path_disc (cr, 0, 0, 1);
  set_colour (cr, &colour);
  cairo_fill (cr);
  set_colour (cr, sign);
  cairo_set_line_width (cr, 0.16);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  draw_sign (cr, group);
  cairo_restore (cr);
}

/* ----------------------------------------------------------------------- texts */

static void
draw_text (cairo_t             *cr,
           const CptChartStyle *style,
           const char          *text,
           const CptTextLook   *look,
           CptFlowPoint         place)
{
  cpt_text_draw (cr, style->texts, text, look, place.x, place.y);
}

/* A word on a rounded ground, around @centre */
static void
draw_pill (cairo_t             *cr,
           const CptChartStyle *style,
           const char          *text,
           CptFlowPoint         centre,
           const CptChartColor *ground,
           const CptChartColor *ink)
{
  CptTextLook look = { style->font_family, DETAIL_SIZE, FALSE, LABEL_WIDTH, 1 };
  double width = cpt_text_measure (style->texts, text, &look);

  cairo_new_path (cr);
  path_rounded (cr, centre.x - width / 2 - 7, centre.y - PILL_HEIGHT / 2.0, width + 14, PILL_HEIGHT, PILL_HEIGHT / 2.0);
  set_colour (cr, ground);
  cairo_fill (cr);
  set_colour (cr, ink);
  draw_text (cr, style, text, &look, (CptFlowPoint){ centre.x - width / 2, centre.y + DETAIL_SIZE * 0.36 });
}

static double
draw_count (cairo_t             *cr,
            const CptChartStyle *style,
            guint64              count,
            double               right,
            const CptChartColor *colour)
{
  CptTextLook look = { style->font_family, DETAIL_SIZE, TRUE, 0, 1 };
  const CptChartColor *ink = cpt_chart_color_get_contrast (colour, &white) >= 4.5 ? &white : &style->background;
  g_autofree char *text = NULL;
  double width;

  if (count == 0)
    return right;

  text = cpt_decimal_format_local ((gint64) count, 0, 0);
  width = MAX (cpt_text_measure (style->texts, text, &look) + 10, PILL_HEIGHT);
  cairo_new_path (cr);
  path_rounded (cr, right - width, -PILL_HEIGHT / 2.0 - 1, width, PILL_HEIGHT, PILL_HEIGHT / 2.0);
  set_colour (cr, colour);
  cairo_fill (cr);
  set_colour (cr, ink);
  draw_text (cr, style, text, &look,
             (CptFlowPoint){ right - width / 2 - cpt_text_measure (style->texts, text, &look) / 2, DETAIL_SIZE * 0.36 - 1 });

  return right - width - 4;
}

static void
draw_counts (cairo_t             *cr,
             const CptChartStyle *style,
             const CptFlowCount  *count)
{
  double right = CPT_WORKFLOW_NODE_WIDTH - RADIUS;

  right = draw_count (cr, style, count->n_failed, right, &style->bad);
  right = draw_count (cr, style, count->n_waiting, right, &style->accent);
  draw_count (cr, style, count->n_passed, right, &style->good);
}

/* ----------------------------------------------------------------------- nodes */

static void
draw_words (cairo_t             *cr,
            const CptFlowFace   *face,
            const CptChartStyle *style,
            CptFlowLevel         level)
{
  double width = CPT_WORKFLOW_NODE_WIDTH - TEXT_X - 10;
  CptTextLook title = { style->font_family, TITLE_SIZE, TRUE, width, 1 };
  CptTextLook detail = { style->font_family, DETAIL_SIZE, FALSE, width, 1 };
  gboolean has_detail = level == CPT_FLOW_FULL && face->detail[0] != '\0';

  set_colour (cr, &style->foreground);
  draw_text (cr, style, face->title, &title,
             (CptFlowPoint){ TEXT_X, CPT_WORKFLOW_NODE_HEIGHT / 2.0 + (has_detail ? -4 : TITLE_SIZE * 0.36) });
  if (!has_detail)
    return;
  set_colour (cr, &style->muted);
  draw_text (cr, style, face->detail, &detail, (CptFlowPoint){ TEXT_X, CPT_WORKFLOW_NODE_HEIGHT / 2.0 + 14 });
}

static void
draw_ports (cairo_t             *cr,
            const CptFlowFace   *face,
            const CptChartStyle *style)
{
  guint n = g_strv_length (face->outcomes);

  cairo_new_path (cr);
  for (guint i = 0; i < n; i++)
    path_disc (cr, CPT_WORKFLOW_NODE_WIDTH * (i + 1.0) / (n + 1.0), CPT_WORKFLOW_NODE_HEIGHT, CPT_FLOW_PORT_RADIUS - 1);
  set_colour (cr, &style->background);
  cairo_fill_preserve (cr);
  set_colour (cr, &style->muted);
  cairo_set_line_width (cr, 1.5);
  cairo_stroke (cr);
}

static void
draw_problem (cairo_t             *cr,
              const CptChartStyle *style)
{
  CptFlowPoint dot = { RADIUS, 3.5 };

  cairo_new_path (cr);
  path_disc (cr, RADIUS, 0, 9);
  set_colour (cr, &style->bad);
  cairo_fill (cr);
  set_colour (cr, &style->background);
  cairo_set_line_width (cr, 2);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_move_to (cr, RADIUS, -4.5);
  cairo_line_to (cr, RADIUS, 0.5);
  cairo_stroke (cr);
  path_disc (cr, dot.x, dot.y + 0.5, 1.2);
  cairo_fill (cr);
}

void
cpt_flow_paint_node (cairo_t             *cr,
                     const CptFlowFace   *face,
                     const CptFlowCount  *count,
                     gboolean             problem,
                     const CptChartStyle *style,
                     CptFlowLevel         level)
{
  CptChartColor colour = cpt_flow_get_colour (style, face->group);
  CptChartColor border = cpt_chart_color_mix (&style->background, &style->muted, 0.45);

  cairo_new_path (cr);
  path_rounded (cr, 0.5, 0.5, CPT_WORKFLOW_NODE_WIDTH - 1, CPT_WORKFLOW_NODE_HEIGHT - 1, RADIUS);
  if (level == CPT_FLOW_SHAPES)
    {
      set_colour (cr, problem ? &style->bad : &colour);
      cairo_fill (cr);
      return;
    }

  set_colour (cr, &style->background);
  cairo_fill_preserve (cr);
  set_colour (cr, problem ? &style->bad : &border);
  cairo_set_line_width (cr, 1);
  if (!face->is_known)
    cairo_set_dash (cr, (const double[]){ 4, 3 }, 2, 0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  cpt_flow_paint_glyph (cr, face->group, (CptFlowPoint){ GLYPH_X, CPT_WORKFLOW_NODE_HEIGHT / 2.0 }, GLYPH_RADIUS, style);
  draw_words (cr, face, style, level);
  draw_ports (cr, face, style);
  if (problem)
    draw_problem (cr, style);
  if (count != NULL)
    draw_counts (cr, style, count);
}

/* ----------------------------------------------------------------- connections */

static void
draw_arrow (cairo_t            *cr,
            const CptFlowCurve *curve)
{
  CptFlowPoint end = curve->points[curve->n_points - 1];

  cairo_move_to (cr, end.x, end.y);
  cairo_line_to (cr, end.x - ARROW / 2.0, end.y - ARROW);
  cairo_line_to (cr, end.x + ARROW / 2.0, end.y - ARROW);
  cairo_close_path (cr);
  cairo_fill (cr);
}

void
cpt_flow_paint_connection (cairo_t             *cr,
                           const CptFlowCurve  *curve,
                           const char          *label,
                           const CptChartColor *colour,
                           const CptChartStyle *style,
                           CptFlowLevel         level)
{
  CptChartColor usual = cpt_chart_color_mix (&style->background, &style->muted, 0.8);
  const CptFlowPoint *points = curve->points;

  cairo_new_path (cr);
  cairo_move_to (cr, points[0].x, points[0].y);
  for (guint i = 1; i + 2 < curve->n_points; i += 3)
    cairo_curve_to (cr, points[i].x, points[i].y, points[i + 1].x, points[i + 1].y, points[i + 2].x,
                    points[i + 2].y - (i + 3 == curve->n_points ? ARROW / 2.0 : 0));
  set_colour (cr, colour != NULL ? colour : &usual);
  cairo_set_line_width (cr, level == CPT_FLOW_SHAPES ? 3 : 2);
  cairo_stroke (cr);
  if (level == CPT_FLOW_SHAPES)
    return;
  draw_arrow (cr, curve);
  if (label != NULL && level == CPT_FLOW_FULL)
    {
      CptChartColor ground = cpt_flow_get_ground (style);

      draw_pill (cr, style, label, cpt_flow_curve_at (curve, 0.5), &ground, &style->foreground);
    }
}

char *
cpt_flow_dup_label (const CptWorkflow           *workflow,
                    const CptWorkflowConnection *connection,
                    guint64                      n_passed)
{
  const CptWorkflowNode *from = cpt_workflow_find_node (workflow, connection->from);
  guint n_outcomes = 0;
  guint outcome = from != NULL ? cpt_flow_find_outcome (from, connection->outcome, &n_outcomes) : 0;
  g_autofree char *name = NULL;
  g_autofree char *number = n_passed > 0 ? cpt_decimal_format_local ((gint64) n_passed, 0, 0) : NULL;

  if (from != NULL && (n_outcomes > 1 || outcome == n_outcomes))
    name = cpt_flow_dup_outcome (from, connection->outcome);
  if (number == NULL || name == NULL)
    return number != NULL ? g_steal_pointer (&number) : g_steal_pointer (&name);

  return g_strjoin (" · ", name, number, NULL);
}
