/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What screen readers see of the canvas. GTK 4.8 shows them widgets only, so each node in sight has
 * a small one, which draws nothing and takes no pointer. The keyboard stays at the canvas, whose
 * description follows it.
 */

#include "config.h"

#include "cpt-flow-canvas-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* More are not read out by anybody */
#define MAX_PROXIES 150

#define CPT_TYPE_FLOW_PROXY (cpt_flow_proxy_get_type ())

G_DECLARE_FINAL_TYPE (CptFlowProxy, cpt_flow_proxy, CPT, FLOW_PROXY, GtkWidget)

struct _CptFlowProxy
{
  GtkWidget parent_instance;

  char *id;
};

G_DEFINE_FINAL_TYPE (CptFlowProxy, cpt_flow_proxy, GTK_TYPE_WIDGET)

static void
select_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  CptFlowProxy *self = CPT_FLOW_PROXY (widget);
  CptFlowCanvas *canvas = CPT_FLOW_CANVAS (gtk_widget_get_parent (widget));
  g_autofree char *id = g_strdup (self->id);

  gtk_widget_grab_focus (GTK_WIDGET (canvas));
  cpt_flow_canvas_select (canvas, id);
}

static void
open_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CptFlowProxy *self = CPT_FLOW_PROXY (widget);
  GtkWidget *canvas = gtk_widget_get_parent (widget);
  g_autofree char *id = g_strdup (self->id);

  cpt_flow_canvas_select (CPT_FLOW_CANVAS (canvas), id);
  g_signal_emit_by_name (canvas, "activated", id);
}

static void
cpt_flow_proxy_finalize (GObject *object)
{
  g_free (CPT_FLOW_PROXY (object)->id);

  G_OBJECT_CLASS (cpt_flow_proxy_parent_class)->finalize (object);
}

static void
cpt_flow_proxy_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
}

static void
cpt_flow_proxy_class_init (CptFlowProxyClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = cpt_flow_proxy_finalize;
  widget_class->snapshot = cpt_flow_proxy_snapshot;
  gtk_widget_class_install_action (widget_class, "step.select", NULL, select_action);
  gtk_widget_class_install_action (widget_class, "step.open", NULL, open_action);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
cpt_flow_proxy_init (CptFlowProxy *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/* ------------------------------------------------------------------------ words */

/* What it does, where it leads, what is wrong with it */
static char *
dup_description (CptFlowCanvas     *self,
                 const CptFlowItem *item)
{
  g_autoptr(GString) text = g_string_new (item->face->detail);

  for (guint i = 0; i < item->ways->len; i++)
    {
      const CptFlowWay *way = g_ptr_array_index (self->ways, g_array_index (item->ways, guint, i));
      CptFlowItem *next = cpt_flow_canvas_find (self, way->connection->to);

      if (next == NULL || !g_str_equal (way->connection->from, item->id))
        continue;
      if (text->len > 0)
        g_string_append (text, ". ");
      if (way->label != NULL)
        /* Translators: a branch of a workflow and the step that it leads to, such as “Yes: to Create task” */
        g_string_append_printf (text, C_("connection", "%s: to %s"), way->label, next->face->title);
      else
        /* Translators: the step that comes next, such as “To Create task” */
        g_string_append_printf (text, C_("connection", "To %s"), next->face->title);
    }
  if (item->problem != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? ". " : "", item->problem);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
cpt_flow_canvas_announce (CptFlowCanvas *self)
{
  CptFlowItem *item = self->cursor != NULL ? cpt_flow_canvas_find (self, self->cursor) : NULL;
  g_autofree char *detail = item != NULL ? dup_description (self, item) : NULL;
  g_autofree char *text = NULL;

  if (item != NULL)
    text = detail[0] != '\0' ? g_strdup_printf ("%s. %s", item->face->title, detail) : g_strdup (item->face->title);
  else
    text = g_strdup_printf (g_dngettext (NULL, "%u step", "%u steps", self->items->len), self->items->len);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  for (guint i = 0; i < self->items->len; i++)
    {
      item = g_ptr_array_index (self->items, i);
      if (item->proxy != NULL)
        gtk_accessible_update_state (GTK_ACCESSIBLE (item->proxy), GTK_ACCESSIBLE_STATE_SELECTED,
                                     g_hash_table_contains (self->selected, item->id), -1);
    }
}

/* ------------------------------------------------------------------------ places */

static void
create_proxy (CptFlowCanvas *self,
              CptFlowItem   *item)
{
  CptFlowProxy *proxy = g_object_new (CPT_TYPE_FLOW_PROXY, NULL);

  proxy->id = g_strdup (item->id);
  item->proxy = GTK_WIDGET (proxy);
  gtk_widget_set_parent (item->proxy, GTK_WIDGET (self));
}

static void
place_proxy (CptFlowCanvas *self,
             CptFlowItem   *item)
{
  CptFlowPoint corner = cpt_flow_canvas_to_widget (self, (CptFlowPoint){ item->rect.x, item->rect.y });
  GtkAllocation allocation = { (int) corner.x, (int) corner.y, MAX ((int) (item->rect.width * self->zoom), 1),
                               MAX ((int) (item->rect.height * self->zoom), 1) };
  g_autofree char *description = dup_description (self, item);
  int minimum;

  gtk_accessible_update_property (GTK_ACCESSIBLE (item->proxy), GTK_ACCESSIBLE_PROPERTY_LABEL, item->face->title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
  gtk_widget_measure (item->proxy, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_size_allocate (item->proxy, &allocation, -1);
}

static gboolean
is_in_sight (const CptFlowItem *item,
             const CptFlowRect *view,
             guint             *n_proxies)
{
  return cpt_flow_rect_meets (&item->rect, view) && ++*n_proxies <= MAX_PROXIES;
}

/* Children come and go outside of the layout, which would begin anew */
static gboolean
update_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       data)
{
  CptFlowCanvas *self = CPT_FLOW_CANVAS (widget);
  CptFlowRect view = cpt_flow_canvas_get_view (self);
  guint n_proxies = 0;

  self->proxies = 0;
  for (guint i = 0; i < self->items->len; i++)
    {
      CptFlowItem *item = g_ptr_array_index (self->items, i);

      if (!is_in_sight (item, &view, &n_proxies))
        g_clear_pointer (&item->proxy, gtk_widget_unparent);
      else if (item->proxy == NULL)
        create_proxy (self, item);
    }

  return G_SOURCE_REMOVE;
}

void
cpt_flow_canvas_place_proxies (CptFlowCanvas *self)
{
  CptFlowRect view = cpt_flow_canvas_get_view (self);
  guint n_proxies = 0;
  gboolean is_other = FALSE;

  for (guint i = 0; i < self->items->len; i++)
    {
      CptFlowItem *item = g_ptr_array_index (self->items, i);

      is_other = is_other || is_in_sight (item, &view, &n_proxies) != (item->proxy != NULL);
      if (item->proxy != NULL)
        place_proxy (self, item);
    }
  if (is_other && self->proxies == 0)
    self->proxies = gtk_widget_add_tick_callback (GTK_WIDGET (self), update_cb, NULL, NULL);
}
