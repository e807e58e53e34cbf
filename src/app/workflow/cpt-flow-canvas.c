/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The canvas of workflows. One widget draws everything: of each node and each connection a render
 * node is kept until it looks otherwise, so that moving about costs next to nothing. Screen readers see a
 * small child for each node in sight (cpt-flow-canvas-proxy.c).
 */

#include "config.h"

#include "cpt-flow-canvas-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "cpt-card-style.h"
#include "cpt-workflow-layout.h"
#include "cpt-workflow-record.h"

#define FIT_MARGIN 40

enum
{
  EDITED,
  SELECTED,
  ACTIVATED,
  FOLLOW,
  MENU,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptFlowCanvas, cpt_flow_canvas, GTK_TYPE_WIDGET)

/* ----------------------------------------------------------------------- items */

static void
item_free (gpointer data)
{
  CptFlowItem *self = data;

  g_free (self->id);
  g_free (self->problem);
  cpt_flow_face_free (self->face);
  g_clear_pointer (&self->drawn, gsk_render_node_unref);
  g_clear_pointer (&self->proxy, gtk_widget_unparent);
  g_array_unref (self->ways);
  g_free (self);
}

static void
way_free (gpointer data)
{
  CptFlowWay *self = data;

  g_free (self->label);
  g_clear_pointer (&self->drawn, gsk_render_node_unref);
  g_free (self);
}

CptWorkflowConnection *
cpt_flow_connection_copy (const CptWorkflowConnection *connection)
{
  CptWorkflowConnection *copy = g_new0 (CptWorkflowConnection, 1);

  copy->from = g_strdup (connection->from);
  copy->outcome = g_strdup (connection->outcome);
  copy->to = g_strdup (connection->to);

  return copy;
}

void
cpt_flow_connection_free (CptWorkflowConnection *connection)
{
  g_free (connection->from);
  g_free (connection->outcome);
  g_free (connection->to);
  g_free (connection);
}

gboolean
cpt_flow_connection_is (const CptWorkflowConnection *connection,
                        const CptWorkflowConnection *other)
{
  return connection != NULL && other != NULL && g_str_equal (connection->from, other->from) &&
         g_str_equal (connection->outcome, other->outcome) && g_str_equal (connection->to, other->to);
}

static gboolean
same_faces (const CptFlowFace *a,
            const CptFlowFace *b)
{
  return g_str_equal (a->title, b->title) && g_str_equal (a->detail, b->detail) && a->group == b->group &&
         a->is_known == b->is_known && g_strv_length (a->outcomes) == g_strv_length (b->outcomes);
}

/* What looks as before is not drawn again */
static void
take_drawn (CptFlowItem *self,
            CptFlowItem *before)
{
  self->proxy = g_steal_pointer (&before->proxy);
  if (same_faces (self->face, before->face) && (self->problem == NULL) == (before->problem == NULL) &&
      memcmp (&self->count, &before->count, sizeof self->count) == 0)
    {
      self->drawn = g_steal_pointer (&before->drawn);
      self->level = before->level;
    }
}

static CptFlowItem *
create_item (CptFlowCanvas         *self,
             const CptWorkflowNode *node,
             const CptEntity       *entity,
             GHashTable            *before)
{
  CptFlowItem *item = g_new0 (CptFlowItem, 1);
  CptFlowItem *old = g_hash_table_lookup (before, node->id);
  const CptFlowCount *count = cpt_flow_numbers_find (self->numbers, node->id);

  item->id = g_strdup (node->id);
  item->rect = cpt_flow_get_rect (node);
  item->face = cpt_flow_face_new (node, self->schema, entity);
  item->problem = g_strdup (g_hash_table_lookup (self->problems, node->id));
  item->ways = g_array_new (FALSE, FALSE, sizeof (guint));
  if (count != NULL)
    item->count = *count;
  if (old != NULL)
    take_drawn (item, old);

  return item;
}

static void
route (CptFlowWay    *way,
       CptFlowRouter *router)
{
  g_clear_pointer (&way->drawn, gsk_render_node_unref);
  way->is_there = cpt_flow_router_find (router, way->connection, &way->curve);
  if (way->is_there)
    way->bounds = cpt_flow_curve_bounds (&way->curve);
  way->bounds = cpt_flow_rect_grow (&way->bounds, 60);
}

static void
add_to_item (CptFlowCanvas *self,
             const char    *id,
             guint          way)
{
  CptFlowItem *item = cpt_flow_canvas_find (self, id);

  if (item != NULL)
    g_array_append_val (item->ways, way);
}

static void
create_ways (CptFlowCanvas *self)
{
  g_autoptr(CptFlowRouter) router = cpt_flow_router_new (self->workflow);

  g_ptr_array_set_size (self->ways, 0);
  for (guint i = 0; i < self->workflow->connections->len; i++)
    {
      CptFlowWay *way = g_new0 (CptFlowWay, 1);
      const CptWorkflowConnection *connection = g_ptr_array_index (self->workflow->connections, i);
      guint64 n_passed = cpt_flow_numbers_find_way (self->numbers, connection->from, connection->outcome);

      way->connection = connection;
      way->label = cpt_flow_dup_label (self->workflow, connection, n_passed);
      route (way, router);
      g_ptr_array_add (self->ways, way);
      add_to_item (self, way->connection->from, i);
      if (!g_str_equal (way->connection->from, way->connection->to))
        add_to_item (self, way->connection->to, i);
    }
}

/* Without what is gone */
static void
clean_selection (CptFlowCanvas *self)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->selected);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (cpt_flow_canvas_find (self, id) == NULL)
      g_hash_table_iter_remove (&iter);
  if (self->cursor != NULL && cpt_flow_canvas_find (self, self->cursor) == NULL)
    g_clear_pointer (&self->cursor, g_free);
  for (guint i = 0; self->way != NULL && i < self->ways->len; i++)
    if (cpt_flow_connection_is (((CptFlowWay *) g_ptr_array_index (self->ways, i))->connection, self->way))
      return;
  g_clear_pointer (&self->way, cpt_flow_connection_free);
}

static void
measure (CptFlowCanvas *self)
{
  self->bounds = (CptFlowRect){ 0, 0, 0, 0 };
  for (guint i = 0; i < self->items->len; i++)
    {
      const CptFlowItem *item = g_ptr_array_index (self->items, i);

      self->bounds = i == 0 ? item->rect : cpt_flow_rect_unite (&self->bounds, &item->rect);
    }
  g_clear_pointer (&self->map, gsk_render_node_unref);
}

void
cpt_flow_canvas_rebuild (CptFlowCanvas *self)
{
  GPtrArray *before = g_steal_pointer (&self->items);
  g_autoptr(GHashTable) old = g_steal_pointer (&self->by_id);
  const CptEntity *entity = cpt_workflow_find_entity (self->workflow, self->schema);

  self->items = g_ptr_array_new_with_free_func (item_free);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < self->workflow->nodes->len; i++)
    {
      CptFlowItem *item = create_item (self, g_ptr_array_index (self->workflow->nodes, i), entity, old);

      g_ptr_array_add (self->items, item);
      g_hash_table_insert (self->by_id, item->id, item);
    }
  g_ptr_array_unref (before);
  create_ways (self);
  clean_selection (self);
  measure (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
cpt_flow_canvas_reroute (CptFlowCanvas *self,
                         GHashTable    *ids)
{
  g_autoptr(CptFlowRouter) router = cpt_flow_router_new (self->workflow);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      CptFlowItem *item = cpt_flow_canvas_find (self, id);
      const CptWorkflowNode *node = cpt_workflow_find_node (self->workflow, id);

      if (item == NULL || node == NULL)
        continue;
      item->rect = cpt_flow_get_rect (node);
      for (guint i = 0; i < item->ways->len; i++)
        route (g_ptr_array_index (self->ways, g_array_index (item->ways, guint, i)), router);
    }
  measure (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
cpt_flow_canvas_edited (CptFlowCanvas *self)
{
  cpt_flow_canvas_rebuild (self);
  g_signal_emit (self, signals[EDITED], 0);
  cpt_flow_canvas_changed_selection (self);
}

/* ---------------------------------------------------------------------- places */

CptFlowPoint
cpt_flow_canvas_to_flow (CptFlowCanvas *self,
                         CptFlowPoint   point)
{
  return (CptFlowPoint){ point.x / self->zoom + self->x, point.y / self->zoom + self->y };
}

CptFlowPoint
cpt_flow_canvas_to_widget (CptFlowCanvas *self,
                           CptFlowPoint   point)
{
  return (CptFlowPoint){ (point.x - self->x) * self->zoom, (point.y - self->y) * self->zoom };
}

CptFlowRect
cpt_flow_canvas_get_view (CptFlowCanvas *self)
{
  return (CptFlowRect){ self->x, self->y, gtk_widget_get_width (GTK_WIDGET (self)) / self->zoom,
                        gtk_widget_get_height (GTK_WIDGET (self)) / self->zoom };
}

CptFlowItem *
cpt_flow_canvas_find (CptFlowCanvas *self,
                      const char    *id)
{
  return g_hash_table_lookup (self->by_id, id);
}

/* The one on top */
CptFlowItem *
cpt_flow_canvas_item_at (CptFlowCanvas *self,
                         CptFlowPoint   point)
{
  for (guint i = self->items->len; i-- > 0;)
    {
      CptFlowItem *item = g_ptr_array_index (self->items, i);

      if (cpt_flow_rect_contains (&item->rect, point))
        return item;
    }

  return NULL;
}

CptFlowWay *
cpt_flow_canvas_way_at (CptFlowCanvas *self,
                        CptFlowPoint   point)
{
  double near = CPT_FLOW_NEAR / MIN (self->zoom, 1);

  for (guint i = self->ways->len; i-- > 0;)
    {
      CptFlowWay *way = g_ptr_array_index (self->ways, i);

      if (way->is_there && cpt_flow_rect_contains (&way->bounds, point) && cpt_flow_curve_distance (&way->curve, point) <= near)
        return way;
    }

  return NULL;
}

static void
set_view (CptFlowCanvas *self,
          double         x,
          double         y,
          double         zoom)
{
  self->x = x;
  self->y = y;
  self->zoom = CLAMP (zoom, CPT_FLOW_MIN_ZOOM, CPT_FLOW_MAX_ZOOM);
  self->fits = FALSE;
  if (!self->is_allocating)
    gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
cpt_flow_canvas_zoom_at (CptFlowCanvas *self,
                         double         zoom,
                         CptFlowPoint   point)
{
  CptFlowPoint fixed = cpt_flow_canvas_to_flow (self, point);

  zoom = CLAMP (zoom, CPT_FLOW_MIN_ZOOM, CPT_FLOW_MAX_ZOOM);
  set_view (self, fixed.x - point.x / zoom, fixed.y - point.y / zoom, zoom);
}

void
cpt_flow_canvas_zoom_by (CptFlowCanvas *self,
                         double         factor)
{
  CptFlowPoint middle = { gtk_widget_get_width (GTK_WIDGET (self)) / 2.0, gtk_widget_get_height (GTK_WIDGET (self)) / 2.0 };

  cpt_flow_canvas_zoom_at (self, self->zoom * factor, middle);
}

double
cpt_flow_canvas_get_zoom (CptFlowCanvas *self)
{
  return self->zoom;
}

void
cpt_flow_canvas_fit (CptFlowCanvas *self)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  CptFlowRect all = cpt_flow_rect_grow (&self->bounds, FIT_MARGIN);
  double zoom;

  if (width <= 0 || height <= 0)
    {
      self->fits = TRUE;
      return;
    }

  zoom = CLAMP (MIN (width / all.width, height / all.height), CPT_FLOW_MIN_ZOOM, 1);
  /* What is not as high as there is room begins at the top, where one reads it */
  set_view (self, all.x + all.width / 2 - width / zoom / 2, all.y - MAX (0, height / zoom - all.height) / 6, zoom);
}

void
cpt_flow_canvas_reveal (CptFlowCanvas     *self,
                        const CptFlowRect *rect)
{
  CptFlowRect view = cpt_flow_canvas_get_view (self);
  CptFlowRect wanted = cpt_flow_rect_grow (rect, 20);
  double x = self->x;
  double y = self->y;

  if (view.width <= 0 || view.height <= 0)
    return;
  if (wanted.x + wanted.width > view.x + view.width)
    x = wanted.x + wanted.width - view.width;
  if (wanted.x < x)
    x = wanted.x;
  if (wanted.y + wanted.height > view.y + view.height)
    y = wanted.y + wanted.height - view.height;
  if (wanted.y < y)
    y = wanted.y;
  if (x != self->x || y != self->y)
    set_view (self, x, y, self->zoom);
}

char *
cpt_flow_canvas_dup_place (CptFlowCanvas *self)
{
  return g_strdup_printf ("%d %d %d", (int) CLAMP (self->x, -1e8, 1e8), (int) CLAMP (self->y, -1e8, 1e8),
                          (int) (self->zoom * 1000));
}

gboolean
cpt_flow_canvas_set_place (CptFlowCanvas *self,
                           const char    *text)
{
  g_auto(GStrv) parts = text != NULL ? g_strsplit (text, " ", 4) : NULL;
  gint64 numbers[3];

  if (parts == NULL || g_strv_length (parts) != 3)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    if (!g_ascii_string_to_signed (parts[i], 10, -100000000, 100000000, &numbers[i], NULL))
      return FALSE;
  if (numbers[2] <= 0)
    return FALSE;
  set_view (self, (double) numbers[0], (double) numbers[1], numbers[2] / 1000.0);

  return TRUE;
}

/* ------------------------------------------------------------------- selecting */

void
cpt_flow_canvas_changed_selection (CptFlowCanvas *self)
{
  cpt_flow_canvas_announce (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SELECTED], 0);
}

void
cpt_flow_canvas_set_cursor (CptFlowCanvas *self,
                            const char    *id)
{
  char *cursor = g_strdup (id);

  g_free (self->cursor);
  self->cursor = cursor;
}

void
cpt_flow_canvas_set_way (CptFlowCanvas               *self,
                         const CptWorkflowConnection *connection)
{
  CptWorkflowConnection *copy = connection != NULL ? cpt_flow_connection_copy (connection) : NULL;

  g_clear_pointer (&self->way, cpt_flow_connection_free);
  self->way = copy;
  if (copy == NULL)
    return;
  g_hash_table_remove_all (self->selected);
  g_clear_pointer (&self->cursor, g_free);
}

const char *
cpt_flow_canvas_get_cursor (CptFlowCanvas *self)
{
  return self->cursor;
}

guint
cpt_flow_canvas_count_selected (CptFlowCanvas *self)
{
  return g_hash_table_size (self->selected);
}

gboolean
cpt_flow_canvas_has_selection (CptFlowCanvas *self)
{
  return self->way != NULL || g_hash_table_size (self->selected) > 0;
}

void
cpt_flow_canvas_select (CptFlowCanvas *self,
                        const char    *id)
{
  CptFlowItem *item = id != NULL ? cpt_flow_canvas_find (self, id) : NULL;

  cpt_flow_canvas_set_way (self, NULL);
  cpt_flow_canvas_set_cursor (self, item != NULL ? item->id : NULL);
  g_hash_table_remove_all (self->selected);
  if (item != NULL)
    {
      g_hash_table_add (self->selected, g_strdup (item->id));
      cpt_flow_canvas_reveal (self, &item->rect);
    }
  cpt_flow_canvas_changed_selection (self);
}

void
cpt_flow_canvas_select_all (CptFlowCanvas *self)
{
  cpt_flow_canvas_set_way (self, NULL);
  for (guint i = 0; i < self->items->len; i++)
    g_hash_table_add (self->selected, g_strdup (((CptFlowItem *) g_ptr_array_index (self->items, i))->id));
  cpt_flow_canvas_changed_selection (self);
}

static gboolean
says (const CptFlowItem *item,
      const char        *text)
{
  return g_str_match_string (text, item->face->title, TRUE) || g_str_match_string (text, item->face->detail, TRUE);
}

gboolean
cpt_flow_canvas_find_next (CptFlowCanvas *self,
                           const char    *text)
{
  guint first = 0;

  for (guint i = 0; self->cursor != NULL && i < self->items->len; i++)
    if (g_str_equal (((CptFlowItem *) g_ptr_array_index (self->items, i))->id, self->cursor))
      first = i + 1;
  for (guint i = 0; i < self->items->len; i++)
    {
      const CptFlowItem *item = g_ptr_array_index (self->items, (first + i) % self->items->len);

      if (!says (item, text))
        continue;
      cpt_flow_canvas_select (self, item->id);
      return TRUE;
    }

  return FALSE;
}

void
cpt_flow_canvas_ask_follow (CptFlowCanvas *self,
                            const char    *from,
                            const char    *outcome,
                            CptFlowPoint   point)
{
  GdkRectangle rectangle = { (int) point.x, (int) point.y, 1, 1 };

  g_signal_emit (self, signals[FOLLOW], 0, from, outcome, &rectangle);
}

void
cpt_flow_canvas_ask_menu (CptFlowCanvas *self,
                          CptFlowPoint   point)
{
  GdkRectangle rectangle = { (int) point.x, (int) point.y, 1, 1 };

  g_signal_emit (self, signals[MENU], 0, &rectangle);
}

/* --------------------------------------------------------------------- setting */

void
cpt_flow_canvas_set_workflow (CptFlowCanvas *self,
                              CptWorkflow   *workflow)
{
  g_return_if_fail (CPT_IS_FLOW_CANVAS (self));
  g_return_if_fail (workflow != NULL);

  /* What is being moved is not there any more as it was */
  cpt_flow_canvas_stop (self);
  cpt_workflow_free (self->workflow);
  self->workflow = workflow;
  cpt_flow_canvas_rebuild (self);
  cpt_flow_canvas_changed_selection (self);
}

const CptWorkflow *
cpt_flow_canvas_get_workflow (CptFlowCanvas *self)
{
  return self->workflow;
}

void
cpt_flow_canvas_set_problems (CptFlowCanvas *self,
                              GPtrArray     *problems)
{
  g_hash_table_remove_all (self->problems);
  for (guint i = 0; i < problems->len; i++)
    {
      const CptWorkflowProblem *problem = g_ptr_array_index (problems, i);

      if (problem->node != NULL && !g_hash_table_contains (self->problems, problem->node))
        g_hash_table_insert (self->problems, g_strdup (problem->node), g_strdup (problem->message));
    }
  cpt_flow_canvas_rebuild (self);
}

void
cpt_flow_canvas_set_numbers (CptFlowCanvas  *self,
                             CptFlowNumbers *numbers)
{
  cpt_flow_numbers_free (self->numbers);
  self->numbers = numbers;
  cpt_flow_canvas_rebuild (self);
}

void
cpt_flow_canvas_set_editable (CptFlowCanvas *self,
                              gboolean       is_editable)
{
  self->is_editable = is_editable;
}

/* -------------------------------------------------------------------- building */

static void
update_style (CptFlowCanvas *self)
{
  cpt_card_style_init (GTK_WIDGET (self), &self->style);
  self->style.texts = self->texts;
  for (guint i = 0; i < self->items->len; i++)
    g_clear_pointer (&((CptFlowItem *) g_ptr_array_index (self->items, i))->drawn, gsk_render_node_unref);
  for (guint i = 0; i < self->ways->len; i++)
    g_clear_pointer (&((CptFlowWay *) g_ptr_array_index (self->ways, i))->drawn, gsk_render_node_unref);
  g_clear_pointer (&self->map, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
cpt_flow_canvas_css_changed (GtkWidget         *widget,
                             GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (cpt_flow_canvas_parent_class)->css_changed (widget, change);

  update_style (CPT_FLOW_CANVAS (widget));
}

static void
cpt_flow_canvas_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  *minimum = 100;
  *natural = 600;
}

static void
cpt_flow_canvas_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  CptFlowCanvas *self = CPT_FLOW_CANVAS (widget);

  CptFlowItem *item = self->cursor != NULL ? cpt_flow_canvas_find (self, self->cursor) : NULL;

  self->is_allocating = TRUE;
  if (self->fits)
    cpt_flow_canvas_fit (self);
  /* What one works at stays in sight when there is less room */
  else if (item != NULL && self->mode == CPT_FLOW_NOTHING && (width < self->last_width || height < self->last_height))
    cpt_flow_canvas_reveal (self, &item->rect);
  self->last_width = width;
  self->last_height = height;
  self->is_allocating = FALSE;
  cpt_flow_canvas_place_proxies (self);
}

static void
cpt_flow_canvas_dispose (GObject *object)
{
  CptFlowCanvas *self = CPT_FLOW_CANVAS (object);

  cpt_flow_canvas_stop (self);
  g_ptr_array_set_size (self->items, 0);
  g_hash_table_remove_all (self->by_id);
  g_ptr_array_set_size (self->ways, 0);

  G_OBJECT_CLASS (cpt_flow_canvas_parent_class)->dispose (object);
}

static void
cpt_flow_canvas_finalize (GObject *object)
{
  CptFlowCanvas *self = CPT_FLOW_CANVAS (object);

  g_ptr_array_unref (self->items);
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->ways);
  g_hash_table_unref (self->selected);
  g_hash_table_unref (self->problems);
  g_hash_table_unref (self->start_places);
  g_clear_pointer (&self->way, cpt_flow_connection_free);
  g_clear_pointer (&self->under, cpt_flow_connection_free);
  g_clear_pointer (&self->map, gsk_render_node_unref);
  g_free (self->cursor);
  g_free (self->over);
  cpt_text_cache_free (self->texts);
  cpt_flow_numbers_free (self->numbers);
  cpt_workflow_free (self->workflow);
  cpt_schema_unref (self->schema);

  G_OBJECT_CLASS (cpt_flow_canvas_parent_class)->finalize (object);
}

static void
cpt_flow_canvas_class_init (CptFlowCanvasClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = cpt_flow_canvas_dispose;
  object_class->finalize = cpt_flow_canvas_finalize;
  widget_class->snapshot = cpt_flow_canvas_snapshot;
  widget_class->measure = cpt_flow_canvas_measure;
  widget_class->size_allocate = cpt_flow_canvas_size_allocate;
  widget_class->css_changed = cpt_flow_canvas_css_changed;

  signals[EDITED] =
    g_signal_new ("edited", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SELECTED] =
    g_signal_new ("selected", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[FOLLOW] = g_signal_new ("follow", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                  G_TYPE_STRING, G_TYPE_STRING, GDK_TYPE_RECTANGLE | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[MENU] = g_signal_new ("menu", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                GDK_TYPE_RECTANGLE | G_SIGNAL_TYPE_STATIC_SCOPE);
  cpt_flow_canvas_bind_keys (widget_class);
  gtk_widget_class_set_css_name (widget_class, "flow-canvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cpt_flow_canvas_init (CptFlowCanvas *self)
{
  self->items = g_ptr_array_new_with_free_func (item_free);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->ways = g_ptr_array_new_with_free_func (way_free);
  self->selected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->problems = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->start_places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->workflow = cpt_workflow_new ();
  self->texts = cpt_text_cache_new ();
  self->zoom = 1;
  self->is_editable = TRUE;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  cpt_chart_style_init (&self->style, CPT_CHART_THEME_LIGHT);
  self->style.texts = self->texts;
  cpt_flow_canvas_add_input (self);
  cpt_flow_canvas_add_keys (self);
}

GtkWidget *
cpt_flow_canvas_new (CptSchema *schema)
{
  CptFlowCanvas *self = g_object_new (CPT_TYPE_FLOW_CANVAS, NULL);

  self->schema = cpt_schema_ref (schema);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Workflow"), -1);

  return GTK_WIDGET (self);
}
