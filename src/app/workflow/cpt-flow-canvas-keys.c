/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The canvas of workflows by keyboard. The arrows go from node to node; what else there is, is in the table of
 * bindings below and in the window of shortcuts. */

#include "config.h"

#include <math.h>

#include "cpt-flow-canvas-private.h"
#include "cpt-workflow-layout.h"

/* --------------------------------------------------------------------- walking */

static CptFlowPoint
get_middle (const CptFlowItem *item)
{
  return (CptFlowPoint){ item->rect.x + item->rect.width / 2, item->rect.y + item->rect.height / 2 };
}

/* Where what belongs to it is offered */
static CptFlowPoint
get_foot (const CptFlowItem *item)
{
  return (CptFlowPoint){ item->rect.x + item->rect.width / 2, item->rect.y + item->rect.height };
}

/* The nearest one in that direction: what is far to the side counts twice */
static CptFlowItem *
find_in_direction (CptFlowCanvas *self,
                   CptFlowPoint   from,
                   int            dx,
                   int            dy)
{
  CptFlowItem *nearest = NULL;
  double least = INFINITY;

  for (guint i = 0; i < self->items->len; i++)
    {
      CptFlowItem *item = g_ptr_array_index (self->items, i);
      CptFlowPoint middle = get_middle (item);
      double along = (middle.x - from.x) * dx + (middle.y - from.y) * dy;
      double across = fabs ((middle.x - from.x) * dy) + fabs ((middle.y - from.y) * dx);
      double cost = along + 2 * across;

      if (along < 1 || across > 4 * along || cost >= least)
        continue;
      least = cost;
      nearest = item;
    }

  return nearest;
}

/* The first of all, from the top */
static CptFlowItem *
find_first (CptFlowCanvas *self,
            gboolean       is_last)
{
  CptFlowItem *found = NULL;

  for (guint i = 0; i < self->items->len; i++)
    {
      CptFlowItem *item = g_ptr_array_index (self->items, i);
      double order = found != NULL ? (item->rect.y - found->rect.y) * 10000 + (item->rect.x - found->rect.x) : 0;

      if (found == NULL || (is_last ? order > 0 : order < 0))
        found = item;
    }

  return found;
}

/* While something is being connected the cursor is where it would end */
static void
go_to (CptFlowCanvas *self,
       CptFlowItem   *item,
       gboolean       extends)
{
  if (item == NULL)
    return;
  if (self->from != NULL)
    {
      g_free (self->target);
      self->target = g_strdup (item->id);
      cpt_flow_canvas_set_cursor (self, item->id);
      cpt_flow_canvas_reveal (self, &item->rect);
      cpt_flow_canvas_changed_selection (self);
      return;
    }
  if (!extends)
    {
      cpt_flow_canvas_select (self, item->id);
      return;
    }
  cpt_flow_canvas_set_cursor (self, item->id);
  g_hash_table_add (self->selected, g_strdup (item->id));
  cpt_flow_canvas_reveal (self, &item->rect);
  cpt_flow_canvas_changed_selection (self);
}

static gboolean
arrow_cb (GtkWidget *widget,
          GVariant  *args,
          gpointer   data)
{
  CptFlowCanvas *self = CPT_FLOW_CANVAS (widget);
  CptFlowItem *item = self->cursor != NULL ? cpt_flow_canvas_find (self, self->cursor) : NULL;
  gboolean extends;
  int dx, dy;

  g_variant_get (args, "(iib)", &dx, &dy, &extends);
  go_to (self, item != NULL ? find_in_direction (self, get_middle (item), dx, dy) : find_first (self, FALSE), extends);

  return TRUE;
}

static gboolean
nudge_cb (GtkWidget *widget,
          GVariant  *args,
          gpointer   data)
{
  int dx, dy;

  g_variant_get (args, "(ii)", &dx, &dy);
  cpt_flow_canvas_nudge (CPT_FLOW_CANVAS (widget), dx * CPT_WORKFLOW_SNAP, dy * CPT_WORKFLOW_SNAP);

  return TRUE;
}

static gboolean
end_cb (GtkWidget *widget,
        GVariant  *args,
        gpointer   data)
{
  CptFlowCanvas *self = CPT_FLOW_CANVAS (widget);

  go_to (self, find_first (self, g_variant_get_boolean (args)), FALSE);

  return TRUE;
}

/* ------------------------------------------------------------------ connecting */

/* From the cursor; asked again, by the next outcome */
static gboolean
connect_cb (GtkWidget *widget,
            GVariant  *args,
            gpointer   data)
{
  CptFlowCanvas *self = CPT_FLOW_CANVAS (widget);
  const char *id = self->from != NULL ? self->from : self->cursor;
  const CptWorkflowNode *node = id != NULL ? cpt_workflow_find_node (self->workflow, id) : NULL;
  g_auto(GStrv) outcomes = node != NULL ? cpt_workflow_node_list_outcomes (node) : NULL;
  guint n_outcomes = outcomes != NULL ? g_strv_length (outcomes) : 0;
  guint outcome = 0;

  if (n_outcomes == 0 || !self->is_editable)
    {
      gtk_widget_error_bell (widget);
      return TRUE;
    }
  if (self->from != NULL)
    outcome = (cpt_flow_find_outcome (node, self->outcome, &n_outcomes) + 1) % n_outcomes;
  else
    self->from = g_strdup (node->id);
  g_free (self->outcome);
  self->outcome = g_strdup (outcomes[outcome]);
  cpt_flow_canvas_announce (self);
  gtk_widget_queue_draw (widget);

  return TRUE;
}

static void
finish_connect (CptFlowCanvas *self)
{
  g_autofree char *from = g_steal_pointer (&self->from);
  g_autofree char *outcome = g_steal_pointer (&self->outcome);
  g_autofree char *target = g_steal_pointer (&self->target);

  if (target == NULL || !cpt_flow_canvas_connect (self, from, outcome, target))
    gtk_widget_error_bell (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* What can follow the cursor, at it */
static gboolean
follow_cb (GtkWidget *widget,
           GVariant  *args,
           gpointer   data)
{
  CptFlowCanvas *self = CPT_FLOW_CANVAS (widget);
  CptFlowItem *item = self->cursor != NULL ? cpt_flow_canvas_find (self, self->cursor) : NULL;
  CptFlowPoint place = { gtk_widget_get_width (widget) / 2.0, gtk_widget_get_height (widget) / 3.0 };

  if (!self->is_editable)
    return FALSE;
  if (item != NULL)
    place = cpt_flow_canvas_to_widget (self, get_foot (item));
  cpt_flow_canvas_ask_follow (self, "", "", place);

  return TRUE;
}

static gboolean
menu_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   data)
{
  CptFlowCanvas *self = CPT_FLOW_CANVAS (widget);
  CptFlowItem *item = self->cursor != NULL ? cpt_flow_canvas_find (self, self->cursor) : NULL;
  CptFlowPoint place = { gtk_widget_get_width (widget) / 2.0, gtk_widget_get_height (widget) / 3.0 };

  if (item != NULL)
    place = cpt_flow_canvas_to_widget (self, get_foot (item));
  cpt_flow_canvas_ask_menu (self, place);

  return TRUE;
}

static gboolean
activate_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   data)
{
  CptFlowCanvas *self = CPT_FLOW_CANVAS (widget);

  if (self->from != NULL)
    finish_connect (self);
  else if (self->cursor != NULL)
    g_signal_emit_by_name (self, "activated", self->cursor);

  return TRUE;
}

static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *args,
           gpointer   data)
{
  CptFlowCanvas *self = CPT_FLOW_CANVAS (widget);

  if (self->mode == CPT_FLOW_NOTHING && self->from == NULL && g_hash_table_size (self->selected) == 0 && self->way == NULL)
    return FALSE;
  if (self->mode == CPT_FLOW_NOTHING && self->from == NULL)
    cpt_flow_canvas_select (self, NULL);
  cpt_flow_canvas_stop (self);

  return TRUE;
}

/* ----------------------------------------------------------------------- other */

static gboolean
delete_cb (GtkWidget *widget,
           GVariant  *args,
           gpointer   data)
{
  cpt_flow_canvas_delete (CPT_FLOW_CANVAS (widget));

  return TRUE;
}

static gboolean
select_all_cb (GtkWidget *widget,
               GVariant  *args,
               gpointer   data)
{
  cpt_flow_canvas_select_all (CPT_FLOW_CANVAS (widget));

  return TRUE;
}

static gboolean
zoom_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   data)
{
  CptFlowCanvas *self = CPT_FLOW_CANVAS (widget);
  int by = g_variant_get_int32 (args);

  if (by == 0)
    cpt_flow_canvas_fit (self);
  else
    cpt_flow_canvas_zoom_by (self, by > 0 ? 1.2 : 1 / 1.2);

  return TRUE;
}

static gboolean
key_pressed_cb (CptFlowCanvas   *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  state)
{
  if (keyval != GDK_KEY_space)
    return FALSE;
  if (!self->holds_space)
    gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grab");
  self->holds_space = TRUE;

  return TRUE;
}

static void
let_space_go (CptFlowCanvas *self)
{
  self->holds_space = FALSE;
  if (self->mode != CPT_FLOW_PANNING)
    gtk_widget_set_cursor_from_name (GTK_WIDGET (self), NULL);
}

static void
key_released_cb (CptFlowCanvas   *self,
                 guint            keyval,
                 guint            keycode,
                 GdkModifierType  state)
{
  if (keyval == GDK_KEY_space)
    let_space_go (self);
}

void
cpt_flow_canvas_add_keys (CptFlowCanvas *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect_swapped (keys, "key-released", G_CALLBACK (key_released_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (let_space_go), self);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (gtk_widget_queue_draw), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (gtk_widget_queue_draw), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

static void
bind_arrows (GtkWidgetClass *class,
             guint           keyval,
             guint           keypad,
             int             dx,
             int             dy)
{
  const guint keys[] = { keyval, keypad };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      gtk_widget_class_add_binding (class, keys[i], 0, arrow_cb, "(iib)", dx, dy, FALSE);
      gtk_widget_class_add_binding (class, keys[i], GDK_SHIFT_MASK, arrow_cb, "(iib)", dx, dy, TRUE);
      gtk_widget_class_add_binding (class, keys[i], GDK_CONTROL_MASK, nudge_cb, "(ii)", dx, dy);
    }
}

void
cpt_flow_canvas_bind_keys (GtkWidgetClass *class)
{
  bind_arrows (class, GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0);
  bind_arrows (class, GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0);
  bind_arrows (class, GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1);
  bind_arrows (class, GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1);
  gtk_widget_class_add_binding (class, GDK_KEY_Home, 0, end_cb, "b", FALSE);
  gtk_widget_class_add_binding (class, GDK_KEY_End, 0, end_cb, "b", TRUE);
  gtk_widget_class_add_binding (class, GDK_KEY_c, 0, connect_cb, NULL);
  gtk_widget_class_add_binding (class, GDK_KEY_a, 0, follow_cb, NULL);
  gtk_widget_class_add_binding (class, GDK_KEY_Insert, 0, follow_cb, NULL);
  gtk_widget_class_add_binding (class, GDK_KEY_Menu, 0, menu_cb, NULL);
  gtk_widget_class_add_binding (class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_cb, NULL);
  gtk_widget_class_add_binding (class, GDK_KEY_Return, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (class, GDK_KEY_KP_Enter, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (class, GDK_KEY_Escape, 0, escape_cb, NULL);
  gtk_widget_class_add_binding (class, GDK_KEY_Delete, 0, delete_cb, NULL);
  gtk_widget_class_add_binding (class, GDK_KEY_KP_Delete, 0, delete_cb, NULL);
  gtk_widget_class_add_binding (class, GDK_KEY_BackSpace, 0, delete_cb, NULL);
  gtk_widget_class_add_binding (class, GDK_KEY_a, GDK_CONTROL_MASK, select_all_cb, NULL);
  gtk_widget_class_add_binding (class, GDK_KEY_plus, 0, zoom_cb, "i", 1);
  gtk_widget_class_add_binding (class, GDK_KEY_plus, GDK_CONTROL_MASK, zoom_cb, "i", 1);
  gtk_widget_class_add_binding (class, GDK_KEY_KP_Add, 0, zoom_cb, "i", 1);
  gtk_widget_class_add_binding (class, GDK_KEY_equal, GDK_CONTROL_MASK, zoom_cb, "i", 1);
  gtk_widget_class_add_binding (class, GDK_KEY_minus, 0, zoom_cb, "i", -1);
  gtk_widget_class_add_binding (class, GDK_KEY_minus, GDK_CONTROL_MASK, zoom_cb, "i", -1);
  gtk_widget_class_add_binding (class, GDK_KEY_KP_Subtract, 0, zoom_cb, "i", -1);
  gtk_widget_class_add_binding (class, GDK_KEY_0, 0, zoom_cb, "i", 0);
  gtk_widget_class_add_binding (class, GDK_KEY_0, GDK_CONTROL_MASK, zoom_cb, "i", 0);
}
