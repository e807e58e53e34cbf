/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The pointer on the canvas of workflows.
 *
 *   nothing --press on an outlet--> connecting --release--> connected, or asked what follows
 *           --press on a node-----> pressed --4 px--> moving --release--> moved
 *           --press on nothing----> rubber band --release--> selected
 *           --middle button, Space--> panning        --press on the minimap--> minimap
 *
 * Escape, or what takes the pointer away, puts everything back as it was at the press.
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cpt-flow-canvas-private.h"
#include "cpt-workflow-layout.h"

#define THRESHOLD 4
/* Pixels of the widget: how near to an outlet is on it; how near to the edge scrolls, and how fast */
#define PORT_NEAR 12
#define EDGE 30
#define EDGE_SPEED 15
#define WHEEL 40
#define ZOOM_STEP 1.1

/* ---------------------------------------------------------------------- finding */

/* The outlet at a place of the widget: of the node nearest to it; (nullable), with its outcome */
static CptFlowItem *
find_outlet (CptFlowCanvas  *self,
             CptFlowPoint    point,
             char          **outcome)
{
  CptFlowPoint place = cpt_flow_canvas_to_flow (self, point);
  double near = PORT_NEAR / self->zoom;

  for (guint i = self->items->len; i-- > 0;)
    {
      CptFlowItem *item = g_ptr_array_index (self->items, i);
      CptFlowRect around = cpt_flow_rect_grow (&item->rect, near);
      const CptWorkflowNode *node = cpt_workflow_find_node (self->workflow, item->id);
      g_auto(GStrv) outcomes = NULL;
      guint n_outcomes;

      if (node == NULL || place.y < item->rect.y + item->rect.height * 0.6 || !cpt_flow_rect_contains (&around, place))
        continue;
      outcomes = cpt_workflow_node_list_outcomes (node);
      n_outcomes = g_strv_length (outcomes);
      for (guint j = 0; j < n_outcomes; j++)
        {
          CptFlowPoint outlet = cpt_flow_get_outlet (node, j, n_outcomes);

          if (hypot (outlet.x - place.x, outlet.y - place.y) > near)
            continue;
          *outcome = g_strdup (outcomes[j]);
          return item;
        }
    }

  return NULL;
}

static gboolean
is_on_map (CptFlowCanvas *self,
           CptFlowPoint   point)
{
  CptFlowRect map = cpt_flow_canvas_get_map (self);

  return map.width > 0 && cpt_flow_rect_contains (&map, point);
}

/* ---------------------------------------------------------------------- moving */

static void
begin_move (CptFlowCanvas *self)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_remove_all (self->start_places);
  g_hash_table_iter_init (&iter, self->selected);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      const CptWorkflowNode *node = cpt_workflow_find_node (self->workflow, id);
      CptFlowPoint *place = g_new (CptFlowPoint, 1);

      *place = (CptFlowPoint){ node->x, node->y };
      g_hash_table_insert (self->start_places, g_strdup (id), place);
    }
}

/* From where they were at the press: going back restores. FALSE when nothing has moved */
static gboolean
move_by (CptFlowCanvas *self,
         double         dx,
         double         dy)
{
  GHashTableIter iter;
  gpointer id;
  gpointer data;
  gboolean has_moved = FALSE;

  g_hash_table_iter_init (&iter, self->start_places);
  while (g_hash_table_iter_next (&iter, &id, &data))
    {
      CptWorkflowNode *node = cpt_workflow_find_node (self->workflow, id);
      const CptFlowPoint *place = data;
      double x = dx != 0 || dy != 0 ? cpt_workflow_snap (place->x + dx) : place->x;
      double y = dx != 0 || dy != 0 ? cpt_workflow_snap (place->y + dy) : place->y;

      if (node == NULL)
        continue;
      has_moved = has_moved || x != place->x || y != place->y;
      node->x = x;
      node->y = y;
    }
  cpt_flow_canvas_reroute (self, self->start_places);

  return has_moved;
}

static gboolean
update_move (CptFlowCanvas *self)
{
  CptFlowPoint now = cpt_flow_canvas_to_flow (self, self->pointer);

  return move_by (self, now.x - self->start_view.x, now.y - self->start_view.y);
}

/* ------------------------------------------------------------------ rubber band */

static void
update_band (CptFlowCanvas *self)
{
  CptFlowPoint a = cpt_flow_canvas_to_flow (self, self->start);
  CptFlowPoint b = cpt_flow_canvas_to_flow (self, self->pointer);
  CptFlowRect band = { MIN (a.x, b.x), MIN (a.y, b.y), fabs (a.x - b.x), fabs (a.y - b.y) };

  g_hash_table_remove_all (self->selected);
  for (guint i = 0; i < self->items->len; i++)
    {
      CptFlowItem *item = g_ptr_array_index (self->items, i);

      if (cpt_flow_rect_meets (&item->rect, &band) ||
          (self->start_selected != NULL && g_hash_table_contains (self->start_selected, item->id)))
        g_hash_table_add (self->selected, g_strdup (item->id));
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static GHashTable *
dup_selected (CptFlowCanvas *self)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->selected);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (copy, g_strdup (id));

  return copy;
}

/* ------------------------------------------------------------------- connecting */

/* The whole node is what one aims at */
static void
update_target (CptFlowCanvas *self)
{
  CptFlowItem *item = cpt_flow_canvas_item_at (self, cpt_flow_canvas_to_flow (self, self->pointer));

  g_clear_pointer (&self->target, g_free);
  if (item != NULL)
    self->target = g_strdup (item->id);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
end_connect (CptFlowCanvas *self)
{
  g_autofree char *from = g_steal_pointer (&self->from);
  g_autofree char *outcome = g_steal_pointer (&self->outcome);
  g_autofree char *target = g_steal_pointer (&self->target);

  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (target != NULL)
    {
      g_autofree char *reason = NULL;

      if (cpt_flow_canvas_may_connect (self, from, outcome, target, &reason))
        cpt_flow_canvas_connect (self, from, outcome, target);
      else
        gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  cpt_flow_canvas_ask_follow (self, from, outcome, self->pointer);
}

/* ------------------------------------------------------------- near the edges */

static double
get_speed (double place,
           double size)
{
  if (place < EDGE)
    return -EDGE_SPEED * MIN (1, (EDGE - place) / EDGE);

  return place > size - EDGE ? EDGE_SPEED * MIN (1, (place - size + EDGE) / EDGE) : 0;
}

static void
update_drag (CptFlowCanvas *self)
{
  switch (self->mode)
    {
    case CPT_FLOW_MOVING:
      update_move (self);
      break;
    case CPT_FLOW_CONNECTING:
      update_target (self);
      break;
    case CPT_FLOW_RUBBER_BAND:
      update_band (self);
      break;
    case CPT_FLOW_PANNING:
      self->x = self->start_view.x - (self->pointer.x - self->start.x) / self->zoom;
      self->y = self->start_view.y - (self->pointer.y - self->start.y) / self->zoom;
      gtk_widget_queue_allocate (GTK_WIDGET (self));
      gtk_widget_queue_draw (GTK_WIDGET (self));
      break;
    case CPT_FLOW_MINIMAP:
      {
        CptFlowRect view = cpt_flow_canvas_get_view (self);
        CptFlowPoint middle = cpt_flow_canvas_from_map (self, self->pointer);

        self->x = middle.x - view.width / 2;
        self->y = middle.y - view.height / 2;
        gtk_widget_queue_allocate (GTK_WIDGET (self));
        gtk_widget_queue_draw (GTK_WIDGET (self));
        break;
      }
    case CPT_FLOW_NOTHING:
    case CPT_FLOW_PRESSED:
    default:
      break;
    }
}

static gboolean
scroll_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       data)
{
  CptFlowCanvas *self = CPT_FLOW_CANVAS (widget);
  double dx = get_speed (self->pointer.x, gtk_widget_get_width (widget));
  double dy = get_speed (self->pointer.y, gtk_widget_get_height (widget));

  if (dx != 0 || dy != 0)
    {
      self->x += dx / self->zoom;
      self->y += dy / self->zoom;
      gtk_widget_queue_allocate (widget);
      update_drag (self);
    }

  return G_SOURCE_CONTINUE;
}

static void
set_mode (CptFlowCanvas *self,
          CptFlowMode    mode)
{
  gboolean scrolls = mode == CPT_FLOW_MOVING || mode == CPT_FLOW_CONNECTING;

  self->mode = mode;
  if (scrolls && self->scroll == 0)
    self->scroll = gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_cb, NULL, NULL);
  if (!scrolls && self->scroll != 0)
    {
      gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->scroll);
      self->scroll = 0;
    }
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), mode == CPT_FLOW_PANNING ? "grabbing" : self->holds_space ? "grab"
                                                                                                                : NULL);
}

/* As it was before the press */
void
cpt_flow_canvas_stop (CptFlowCanvas *self)
{
  CptFlowMode mode = self->mode;

  set_mode (self, CPT_FLOW_NOTHING);
  if (mode == CPT_FLOW_MOVING)
    move_by (self, 0, 0);
  g_hash_table_remove_all (self->start_places);
  g_clear_pointer (&self->start_selected, g_hash_table_unref);
  g_clear_pointer (&self->from, g_free);
  g_clear_pointer (&self->outcome, g_free);
  g_clear_pointer (&self->target, g_free);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ----------------------------------------------------------------------- drags */

static void
press_item (CptFlowCanvas *self,
            CptFlowItem   *item,
            gboolean       adds)
{
  cpt_flow_canvas_set_way (self, NULL);
  cpt_flow_canvas_set_cursor (self, item->id);
  if (adds && g_hash_table_contains (self->selected, item->id))
    g_hash_table_remove (self->selected, item->id);
  else
    {
      if (!adds && !g_hash_table_contains (self->selected, item->id))
        g_hash_table_remove_all (self->selected);
      g_hash_table_add (self->selected, g_strdup (item->id));
    }
  cpt_flow_canvas_changed_selection (self);
  self->start_view = cpt_flow_canvas_to_flow (self, self->start);
  set_mode (self, CPT_FLOW_PRESSED);
}

static void
press_empty (CptFlowCanvas *self,
             gboolean       adds)
{
  CptFlowWay *way = cpt_flow_canvas_way_at (self, cpt_flow_canvas_to_flow (self, self->start));

  if (way != NULL)
    {
      cpt_flow_canvas_set_way (self, way->connection);
      cpt_flow_canvas_changed_selection (self);
      return;
    }
  cpt_flow_canvas_set_way (self, NULL);
  if (!adds)
    {
      g_hash_table_remove_all (self->selected);
      cpt_flow_canvas_set_cursor (self, NULL);
    }
  self->start_selected = dup_selected (self);
  set_mode (self, CPT_FLOW_RUBBER_BAND);
  cpt_flow_canvas_changed_selection (self);
}

static void
drag_begin_cb (CptFlowCanvas *self,
               double         x,
               double         y,
               GtkGesture    *gesture)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  gboolean adds = (state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) != 0;
  g_autofree char *outcome = NULL;
  CptFlowItem *item;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->start = self->pointer = (CptFlowPoint){ x, y };
  if (button == GDK_BUTTON_MIDDLE || (button == GDK_BUTTON_PRIMARY && self->holds_space))
    {
      self->start_view = (CptFlowPoint){ self->x, self->y };
      set_mode (self, CPT_FLOW_PANNING);
      return;
    }
  if (button != GDK_BUTTON_PRIMARY)
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  if (is_on_map (self, self->start))
    {
      set_mode (self, CPT_FLOW_MINIMAP);
      update_drag (self);
      return;
    }

  item = self->is_editable ? find_outlet (self, self->start, &outcome) : NULL;
  if (item != NULL)
    {
      self->from = g_strdup (item->id);
      self->outcome = g_steal_pointer (&outcome);
      set_mode (self, CPT_FLOW_CONNECTING);
      return;
    }
  item = cpt_flow_canvas_item_at (self, cpt_flow_canvas_to_flow (self, self->start));
  if (item != NULL)
    press_item (self, item, adds);
  else
    press_empty (self, adds);
}

static void
drag_update_cb (CptFlowCanvas *self,
                double         dx,
                double         dy)
{
  self->pointer = (CptFlowPoint){ self->start.x + dx, self->start.y + dy };
  if (self->mode == CPT_FLOW_PRESSED && self->is_editable && hypot (dx, dy) >= THRESHOLD)
    {
      begin_move (self);
      set_mode (self, CPT_FLOW_MOVING);
    }
  update_drag (self);
}

static void
drag_end_cb (CptFlowCanvas *self,
             double         dx,
             double         dy)
{
  CptFlowMode mode = self->mode;

  self->pointer = (CptFlowPoint){ self->start.x + dx, self->start.y + dy };
  set_mode (self, CPT_FLOW_NOTHING);
  if (mode == CPT_FLOW_MOVING)
    {
      gboolean has_moved = update_move (self);

      g_hash_table_remove_all (self->start_places);
      if (has_moved)
        cpt_flow_canvas_edited (self);
    }
  else if (mode == CPT_FLOW_CONNECTING)
    end_connect (self);
  else if (mode == CPT_FLOW_RUBBER_BAND)
    cpt_flow_canvas_changed_selection (self);
  g_clear_pointer (&self->start_selected, g_hash_table_unref);
}

/* --------------------------------------------------------------- other pointers */

static void
motion_cb (CptFlowCanvas *self,
           double         x,
           double         y)
{
  CptFlowPoint point = { x, y };
  g_autofree char *outcome = NULL;
  CptFlowItem *item;

  if (self->mode != CPT_FLOW_NOTHING)
    return;
  self->pointer = point;
  item = is_on_map (self, point) ? NULL : find_outlet (self, point, &outcome);
  if (item == NULL && !is_on_map (self, point))
    item = cpt_flow_canvas_item_at (self, cpt_flow_canvas_to_flow (self, point));
  if (g_strcmp0 (item != NULL ? item->id : NULL, self->over) == 0)
    return;
  g_free (self->over);
  self->over = item != NULL ? g_strdup (item->id) : NULL;
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), item != NULL ? item->problem : NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
scrolled_cb (CptFlowCanvas            *self,
             double                    dx,
             double                    dy,
             GtkEventControllerScroll *controller)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  double step = gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_WHEEL ? WHEEL : 1;

  if (self->mode != CPT_FLOW_NOTHING)
    return TRUE;
  if (state & GDK_CONTROL_MASK)
    {
      cpt_flow_canvas_zoom_at (self, self->zoom * pow (ZOOM_STEP, -dy * (step == WHEEL ? 1 : 0.05)), self->pointer);
      return TRUE;
    }
  if (state & GDK_SHIFT_MASK && dx == 0)
    {
      dx = dy;
      dy = 0;
    }
  self->x += dx * step / self->zoom;
  self->y += dy * step / self->zoom;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));

  return TRUE;
}

static void
pinch_begin_cb (CptFlowCanvas *self)
{
  cpt_flow_canvas_stop (self);
  self->pinch = self->zoom;
}

static void
pinched_cb (CptFlowCanvas *self,
            double         scale,
            GtkGesture    *gesture)
{
  CptFlowPoint centre = self->pointer;

  gtk_gesture_get_bounding_box_center (gesture, &centre.x, &centre.y);
  cpt_flow_canvas_zoom_at (self, self->pinch * scale, centre);
}

static void
clicked_cb (CptFlowCanvas *self,
            int            n_press,
            double         x,
            double         y)
{
  CptFlowItem *item = cpt_flow_canvas_item_at (self, cpt_flow_canvas_to_flow (self, (CptFlowPoint){ x, y }));

  if (n_press == 2 && item != NULL && !is_on_map (self, (CptFlowPoint){ x, y }))
    g_signal_emit_by_name (self, "activated", item->id);
}

/* Of what is under the pointer, which is selected first */
static void
menu_cb (CptFlowCanvas *self,
         int            n_press,
         double         x,
         double         y)
{
  CptFlowPoint place = cpt_flow_canvas_to_flow (self, (CptFlowPoint){ x, y });
  CptFlowItem *item = cpt_flow_canvas_item_at (self, place);
  CptFlowWay *way = item == NULL ? cpt_flow_canvas_way_at (self, place) : NULL;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (item != NULL && !g_hash_table_contains (self->selected, item->id))
    cpt_flow_canvas_select (self, item->id);
  else if (way != NULL)
    {
      cpt_flow_canvas_set_way (self, way->connection);
      cpt_flow_canvas_changed_selection (self);
    }
  cpt_flow_canvas_ask_menu (self, (CptFlowPoint){ x, y });
}

/* ------------------------------------------------------- out of the palette */

static const char *
get_dropped (const GValue *value)
{
  const char *text = G_VALUE_HOLDS_STRING (value) ? g_value_get_string (value) : NULL;

  return text != NULL && g_str_has_prefix (text, "comptoir-step:") ? text + strlen ("comptoir-step:") : NULL;
}

static void
set_under (CptFlowCanvas *self,
           CptFlowWay    *way)
{
  g_clear_pointer (&self->under, cpt_flow_connection_free);
  if (way != NULL)
    self->under = cpt_flow_connection_copy (way->connection);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static GdkDragAction
drop_motion_cb (CptFlowCanvas *self,
                double         x,
                double         y)
{
  if (!self->is_editable)
    return 0;
  set_under (self, cpt_flow_canvas_way_at (self, cpt_flow_canvas_to_flow (self, (CptFlowPoint){ x, y })));

  return GDK_ACTION_COPY;
}

static void
drop_leave_cb (CptFlowCanvas *self)
{
  set_under (self, NULL);
}

static gboolean
dropped_cb (CptFlowCanvas *self,
            const GValue  *value,
            double         x,
            double         y)
{
  const char *kind = get_dropped (value);
  GdkRectangle place = { (int) x, (int) y, 1, 1 };

  set_under (self, NULL);
  if (kind == NULL || !self->is_editable || cpt_workflow_kind_find (kind) == NULL)
    return FALSE;
  cpt_flow_canvas_add (self, kind, NULL, NULL, &place);
  gtk_widget_grab_focus (GTK_WIDGET (self));

  return TRUE;
}

void
cpt_flow_canvas_add_input (CptFlowCanvas *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *secondary = gtk_gesture_click_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_COPY);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), 0);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect_swapped (drag, "cancel", G_CALLBACK (cpt_flow_canvas_stop), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (clicked_cb), self);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (secondary), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (secondary, "pressed", G_CALLBACK (menu_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (secondary));
  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect_swapped (pinch, "scale-changed", G_CALLBACK (pinched_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scrolled_cb), self);
  g_signal_connect_swapped (drop, "motion", G_CALLBACK (drop_motion_cb), self);
  g_signal_connect_swapped (drop, "leave", G_CALLBACK (drop_leave_cb), self);
  g_signal_connect_swapped (drop, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}
