/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the canvas of workflows shows. Nodes and connections are kept; what follows the pointer is drawn above them. */

#include "config.h"

#include <math.h>

#include "cpt-flow-canvas-private.h"

/* Beyond a rectangle that is drawn: ports, pills, half a line */
#define SPILL CPT_FLOW_OVERHANG
#define OUTLINE 3

static GdkRGBA
to_rgba (const CptChartColor *colour,
         double               alpha)
{
  return (GdkRGBA){ (float) colour->red, (float) colour->green, (float) colour->blue, (float) alpha };
}

static graphene_rect_t
to_rect (const CptFlowRect *rect)
{
  return GRAPHENE_RECT_INIT ((float) rect->x, (float) rect->y, (float) rect->width, (float) rect->height);
}

/* ------------------------------------------------------------------- kept nodes */

static GskRenderNode *
draw_item (CptFlowCanvas     *self,
           const CptFlowItem *item,
           CptFlowLevel       level)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (-SPILL, -SPILL, (float) item->rect.width + 2 * SPILL,
                                               (float) item->rect.height + 2 * SPILL);
  GskRenderNode *node = gsk_cairo_node_new (&bounds);
  cairo_t *cr = gsk_cairo_node_get_draw_context (node);

  cpt_flow_paint_node (cr, item->face, &item->count, item->problem != NULL, &self->style, level);
  cairo_destroy (cr);

  return node;
}

static GskRenderNode *
draw_way (CptFlowCanvas *self,
          CptFlowWay    *way,
          CptFlowLevel   level)
{
  graphene_rect_t bounds = to_rect (&way->bounds);
  GskRenderNode *node = gsk_cairo_node_new (&bounds);
  cairo_t *cr = gsk_cairo_node_get_draw_context (node);

  cpt_flow_paint_connection (cr, &way->curve, way->label, NULL, &self->style, level);
  cairo_destroy (cr);

  return node;
}

/* Each kept node has a scale of its own: GTK 4.8 draws all of a scaled group anew when anything in it is
 * another one, but leaves alone what is the same node in the same place. */
static void
append_kept (CptFlowCanvas *self,
             GtkSnapshot   *snapshot,
             GskRenderNode *node,
             double         x,
             double         y)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_scale (snapshot, (float) self->zoom, (float) self->zoom);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) (x - self->x), (float) (y - self->y)));
  gtk_snapshot_append_node (snapshot, node);
  gtk_snapshot_restore (snapshot);
}

/* From afar a coloured rectangle is all that is seen: hundreds of them cost nothing */
static void
append_shape (CptFlowCanvas     *self,
              GtkSnapshot       *snapshot,
              const CptFlowItem *item)
{
  CptChartColor colour = item->problem != NULL ? self->style.bad : cpt_flow_get_colour (&self->style, item->face->group);
  CptFlowPoint corner = cpt_flow_canvas_to_widget (self, (CptFlowPoint){ item->rect.x, item->rect.y });
  CptFlowRect rect = { corner.x, corner.y, item->rect.width * self->zoom, item->rect.height * self->zoom };
  graphene_rect_t bounds = to_rect (&rect);
  GdkRGBA rgba = to_rgba (&colour, 1);

  gtk_snapshot_append_color (snapshot, &rgba, &bounds);
}

static void
append_item (CptFlowCanvas *self,
             GtkSnapshot   *snapshot,
             CptFlowItem   *item,
             CptFlowLevel   level)
{
  if (level == CPT_FLOW_SHAPES)
    {
      append_shape (self, snapshot, item);
      return;
    }
  if (item->drawn == NULL || item->level != level)
    {
      g_clear_pointer (&item->drawn, gsk_render_node_unref);
      item->drawn = draw_item (self, item, level);
      item->level = level;
    }
  append_kept (self, snapshot, item->drawn, item->rect.x, item->rect.y);
}

static void
append_way (CptFlowCanvas *self,
            GtkSnapshot   *snapshot,
            CptFlowWay    *way,
            CptFlowLevel   level)
{
  if (way->drawn == NULL || way->level != level)
    {
      g_clear_pointer (&way->drawn, gsk_render_node_unref);
      way->drawn = draw_way (self, way, level);
      way->level = level;
    }
  append_kept (self, snapshot, way->drawn, 0, 0);
}

/* ------------------------------------------------------------------ above them */

static void
append_outline (GtkSnapshot         *snapshot,
                const CptFlowRect   *rect,
                double               by,
                double               width,
                const CptChartColor *colour)
{
  CptFlowRect around = cpt_flow_rect_grow (rect, by);
  graphene_rect_t bounds = to_rect (&around);
  GdkRGBA rgba = to_rgba (colour, 1);
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &bounds, (float) (10 + by));
  gtk_snapshot_append_border (snapshot, &outline, (float[]){ (float) width, (float) width, (float) width, (float) width },
                              (GdkRGBA[]){ rgba, rgba, rgba, rgba });
}

static void
append_selection (CptFlowCanvas *self,
                  GtkSnapshot   *snapshot,
                  CptFlowItem   *item)
{
  double width = OUTLINE / MIN (self->zoom, 1);

  if (g_hash_table_contains (self->selected, item->id))
    append_outline (snapshot, &item->rect, width / 2, width, &self->style.accent);
  if (g_strcmp0 (item->id, self->cursor) == 0 && gtk_widget_has_visible_focus (GTK_WIDGET (self)))
    append_outline (snapshot, &item->rect, width * 1.5 + 2, width / 2, &self->style.foreground);
  if (g_strcmp0 (item->id, self->target) == 0)
    append_outline (snapshot, &item->rect, width / 2, width, &self->style.good);
}

static void
append_curve (CptFlowCanvas       *self,
              GtkSnapshot         *snapshot,
              const CptFlowCurve  *curve,
              const CptChartColor *colour)
{
  CptFlowRect around = cpt_flow_curve_bounds (curve);
  graphene_rect_t bounds;
  cairo_t *cr;

  around = cpt_flow_rect_grow (&around, SPILL);
  bounds = to_rect (&around);
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  cpt_flow_paint_connection (cr, curve, NULL, colour, &self->style, CPT_FLOW_FULL);
  cairo_destroy (cr);
}

static void
append_pending (CptFlowCanvas *self,
                GtkSnapshot   *snapshot)
{
  const CptWorkflowNode *from = self->from != NULL ? cpt_workflow_find_node (self->workflow, self->from) : NULL;
  const CptWorkflowNode *target = self->target != NULL ? cpt_workflow_find_node (self->workflow, self->target) : NULL;
  CptFlowPoint end = target != NULL ? cpt_flow_get_inlet (target) : cpt_flow_canvas_to_flow (self, self->pointer);
  guint n_outcomes = 0;
  guint outcome;
  CptFlowCurve curve;
  gboolean may_be;

  if (from == NULL)
    return;
  outcome = cpt_flow_find_outcome (from, self->outcome, &n_outcomes);
  may_be = self->target == NULL || cpt_flow_canvas_may_connect (self, self->from, self->outcome, self->target, NULL);
  cpt_flow_curve_init (&curve, cpt_flow_get_outlet (from, outcome, n_outcomes), end);
  append_curve (self, snapshot, &curve, may_be ? &self->style.accent : &self->style.bad);
}

/* The outlets of the node under the pointer, larger, so that they are found */
static void
append_outlets (CptFlowCanvas *self,
                GtkSnapshot   *snapshot)
{
  const CptWorkflowNode *node = self->over != NULL ? cpt_workflow_find_node (self->workflow, self->over) : NULL;
  CptFlowItem *item = node != NULL ? cpt_flow_canvas_find (self, node->id) : NULL;
  guint n_outcomes = item != NULL ? g_strv_length (item->face->outcomes) : 0;
  GdkRGBA accent = to_rgba (&self->style.accent, 1);
  double radius = (CPT_FLOW_PORT_RADIUS + 1) / MIN (self->zoom, 1);

  if (!self->is_editable || self->mode != CPT_FLOW_NOTHING)
    return;
  for (guint i = 0; i < n_outcomes; i++)
    {
      CptFlowPoint outlet = cpt_flow_get_outlet (node, i, n_outcomes);
      CptFlowRect rect = { outlet.x - radius, outlet.y - radius, 2 * radius, 2 * radius };
      graphene_rect_t bounds = to_rect (&rect);
      GskRoundedRect disc;

      gsk_rounded_rect_init_from_rect (&disc, &bounds, (float) radius);
      gtk_snapshot_push_rounded_clip (snapshot, &disc);
      gtk_snapshot_append_color (snapshot, &accent, &bounds);
      gtk_snapshot_pop (snapshot);
    }
}

static void
append_band (CptFlowCanvas *self,
             GtkSnapshot   *snapshot)
{
  CptFlowRect rect = { MIN (self->start.x, self->pointer.x), MIN (self->start.y, self->pointer.y),
                       fabs (self->pointer.x - self->start.x), fabs (self->pointer.y - self->start.y) };
  graphene_rect_t bounds = to_rect (&rect);
  GdkRGBA fill = to_rgba (&self->style.accent, 0.15);
  GdkRGBA line = to_rgba (&self->style.accent, 0.8);
  GskRoundedRect outline;

  gtk_snapshot_append_color (snapshot, &fill, &bounds);
  gsk_rounded_rect_init_from_rect (&outline, &bounds, 2);
  gtk_snapshot_append_border (snapshot, &outline, (float[]){ 1, 1, 1, 1 }, (GdkRGBA[]){ line, line, line, line });
}

/* --------------------------------------------------------------------- minimap */

/* Where there is room for it and anything is out of sight; empty otherwise */
CptFlowRect
cpt_flow_canvas_get_map (CptFlowCanvas *self)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  CptFlowRect view = cpt_flow_canvas_get_view (self);
  CptFlowRect all = cpt_flow_rect_unite (&self->bounds, &view);

  if (width < 500 || height < 350 || self->items->len == 0 ||
      (all.width <= view.width + 1 && all.height <= view.height + 1))
    return (CptFlowRect){ 0, 0, 0, 0 };

  return (CptFlowRect){ width - CPT_FLOW_MINIMAP_WIDTH - CPT_FLOW_MINIMAP_MARGIN,
                        height - CPT_FLOW_MINIMAP_HEIGHT - CPT_FLOW_MINIMAP_MARGIN, CPT_FLOW_MINIMAP_WIDTH,
                        CPT_FLOW_MINIMAP_HEIGHT };
}

static double
get_map_scale (CptFlowCanvas *self,
               CptFlowPoint  *origin)
{
  CptFlowRect all = cpt_flow_rect_grow (&self->bounds, 80);
  double scale = MIN (CPT_FLOW_MINIMAP_WIDTH / all.width, CPT_FLOW_MINIMAP_HEIGHT / all.height);

  origin->x = all.x - (CPT_FLOW_MINIMAP_WIDTH / scale - all.width) / 2;
  origin->y = all.y - (CPT_FLOW_MINIMAP_HEIGHT / scale - all.height) / 2;

  return scale;
}

CptFlowPoint
cpt_flow_canvas_from_map (CptFlowCanvas *self,
                          CptFlowPoint   point)
{
  CptFlowRect map = cpt_flow_canvas_get_map (self);
  CptFlowPoint origin;
  double scale = get_map_scale (self, &origin);

  return (CptFlowPoint){ (point.x - map.x) / scale + origin.x, (point.y - map.y) / scale + origin.y };
}

static GskRenderNode *
draw_map (CptFlowCanvas *self)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, CPT_FLOW_MINIMAP_WIDTH, CPT_FLOW_MINIMAP_HEIGHT);
  GskRenderNode *node = gsk_cairo_node_new (&bounds);
  cairo_t *cr = gsk_cairo_node_get_draw_context (node);
  const CptChartColor *ground = &self->style.background;
  CptFlowPoint origin;
  double scale = get_map_scale (self, &origin);

  cairo_set_source_rgba (cr, ground->red, ground->green, ground->blue, 0.92);
  cairo_paint (cr);
  for (guint i = 0; i < self->items->len; i++)
    {
      const CptFlowItem *item = g_ptr_array_index (self->items, i);
      CptChartColor colour = item->problem != NULL ? self->style.bad : cpt_flow_get_colour (&self->style, item->face->group);

      cairo_set_source_rgb (cr, colour.red, colour.green, colour.blue);
      cairo_rectangle (cr, (item->rect.x - origin.x) * scale, (item->rect.y - origin.y) * scale,
                       MAX (item->rect.width * scale, 1), MAX (item->rect.height * scale, 1));
      cairo_fill (cr);
    }
  cairo_destroy (cr);

  return node;
}

static void
append_map (CptFlowCanvas *self,
            GtkSnapshot   *snapshot)
{
  CptFlowRect map = cpt_flow_canvas_get_map (self);
  CptFlowRect view = cpt_flow_canvas_get_view (self);
  graphene_rect_t bounds = to_rect (&map);
  GdkRGBA line = to_rgba (&self->style.muted, 0.6);
  GdkRGBA frame = to_rgba (&self->style.foreground, 0.8);
  CptFlowPoint origin;
  double scale;
  CptFlowRect seen;
  GskRoundedRect outline;
  GskRoundedRect frame_outline;

  if (map.width <= 0)
    return;
  if (self->map == NULL)
    self->map = draw_map (self);
  scale = get_map_scale (self, &origin);
  seen = (CptFlowRect){ map.x + (view.x - origin.x) * scale, map.y + (view.y - origin.y) * scale, view.width * scale,
                        view.height * scale };

  gsk_rounded_rect_init_from_rect (&outline, &bounds, 6);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) map.x, (float) map.y));
  gtk_snapshot_append_node (snapshot, self->map);
  gtk_snapshot_restore (snapshot);
  bounds = to_rect (&seen);
  gsk_rounded_rect_init_from_rect (&frame_outline, &bounds, 0);
  gtk_snapshot_append_border (snapshot, &frame_outline,
                              (float[]){ 2, 2, 2, 2 }, (GdkRGBA[]){ frame, frame, frame, frame });
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &outline, (float[]){ 1, 1, 1, 1 }, (GdkRGBA[]){ line, line, line, line });
}

/* ------------------------------------------------------------------------- all */

/* What follows the pointer and the keyboard; its bounds are small */
static void
append_marks (CptFlowCanvas     *self,
              GtkSnapshot       *snapshot,
              const CptFlowRect *view)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_scale (snapshot, (float) self->zoom, (float) self->zoom);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) -self->x, (float) -self->y));
  for (guint i = 0; (self->way != NULL || self->under != NULL) && i < self->ways->len; i++)
    {
      CptFlowWay *way = g_ptr_array_index (self->ways, i);

      if (way->is_there && cpt_flow_connection_is (way->connection, self->way))
        append_curve (self, snapshot, &way->curve, &self->style.accent);
      else if (way->is_there && cpt_flow_connection_is (way->connection, self->under))
        append_curve (self, snapshot, &way->curve, &self->style.good);
    }
  for (guint i = 0; i < self->items->len; i++)
    {
      CptFlowItem *item = g_ptr_array_index (self->items, i);

      if (cpt_flow_rect_meets (&item->rect, view))
        append_selection (self, snapshot, item);
    }
  append_outlets (self, snapshot);
  append_pending (self, snapshot);
  gtk_snapshot_restore (snapshot);
}

static void
append_drawing (CptFlowCanvas *self,
                GtkSnapshot   *snapshot)
{
  CptFlowLevel level = cpt_flow_level_for_zoom (self->zoom);
  CptFlowRect view = cpt_flow_canvas_get_view (self);

  view = cpt_flow_rect_grow (&view, SPILL);
  for (guint i = 0; i < self->ways->len; i++)
    {
      CptFlowWay *way = g_ptr_array_index (self->ways, i);

      if (!way->is_there || !cpt_flow_rect_meets (&way->bounds, &view))
        continue;
      append_way (self, snapshot, way, level);
    }
  for (guint i = 0; i < self->items->len; i++)
    {
      CptFlowItem *item = g_ptr_array_index (self->items, i);

      if (cpt_flow_rect_meets (&item->rect, &view))
        append_item (self, snapshot, item, level);
    }
  append_marks (self, snapshot, &view);
}

void
cpt_flow_canvas_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  CptFlowCanvas *self = CPT_FLOW_CANVAS (widget);
  CptChartColor ground = cpt_flow_get_ground (&self->style);
  GdkRGBA rgba = to_rgba (&ground, 1);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);

  gtk_snapshot_append_color (snapshot, &rgba, &GRAPHENE_RECT_INIT (0, 0, width, height));
  append_drawing (self, snapshot);
  if (self->mode == CPT_FLOW_RUBBER_BAND)
    append_band (self, snapshot);
  append_map (self, snapshot);
}
