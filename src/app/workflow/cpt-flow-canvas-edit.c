/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What changes a drawing: each function here is one act, told once. */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-flow-canvas-private.h"
#include "cpt-json.h"
#include "cpt-uuid.h"
#include "cpt-workflow-layout.h"

/* How what is in the clipboard begins: a member that says what it is */
#define CLIPBOARD_MEMBER "comptoir_steps"
#define MAX_CLIPBOARD (8 * 1024 * 1024)
/* Looked for beside each other, before a new node is put over another one */
#define MAX_TRIES 200

/* ---------------------------------------------------------------------- adding */

/* Nobody else, on any device, makes the same one */
static char *
dup_new_id (const char *kind)
{
  CptUuid id;
  g_autofree char *text = NULL;

  cpt_uuid_generate (&id, g_get_real_time () / 1000);
  text = cpt_uuid_dup_text (&id);

  return g_strdup_printf ("%s-%s", kind, text + strlen (text) - 8);
}

static gboolean
is_free (CptFlowCanvas *self,
         CptFlowPoint   place)
{
  CptFlowRect rect = { place.x + 1, place.y + 1, CPT_WORKFLOW_NODE_WIDTH - 2, CPT_WORKFLOW_NODE_HEIGHT - 2 };

  for (guint i = 0; i < self->items->len; i++)
    if (cpt_flow_rect_meets (&((CptFlowItem *) g_ptr_array_index (self->items, i))->rect, &rect))
      return FALSE;

  return TRUE;
}

static CptFlowPoint
find_free (CptFlowCanvas *self,
           CptFlowPoint   place)
{
  place.x = cpt_workflow_snap (place.x);
  place.y = cpt_workflow_snap (place.y);
  for (guint i = 0; i < MAX_TRIES && !is_free (self, place); i++)
    place.x += CPT_WORKFLOW_STEP_X;

  return place;
}

CptFlowPoint
cpt_flow_canvas_choose_place (CptFlowCanvas *self,
                              const char    *from,
                              guint          outcome)
{
  const CptWorkflowNode *node = cpt_workflow_find_node (self->workflow, from);
  g_auto(GStrv) outcomes = cpt_workflow_node_list_outcomes (node);
  guint n_outcomes = MAX (g_strv_length (outcomes), 1);

  return find_free (self, (CptFlowPoint){ node->x + (outcome - (n_outcomes - 1) / 2.0) * CPT_WORKFLOW_STEP_X,
                                          node->y + CPT_WORKFLOW_STEP_Y });
}

/* Of the node at the cursor: what leads nowhere yet; (nullable) */
static char *
find_open_outcome (CptFlowCanvas *self,
                   const char    *id)
{
  const CptWorkflowNode *node = cpt_workflow_find_node (self->workflow, id);
  g_auto(GStrv) outcomes = node != NULL ? cpt_workflow_node_list_outcomes (node) : NULL;
  GPtrArray *leaving = node != NULL ? cpt_workflow_get_leaving (self->workflow, id) : NULL;

  for (guint i = 0; outcomes != NULL && outcomes[i] != NULL; i++)
    {
      gboolean is_open = TRUE;

      for (guint j = 0; leaving != NULL && j < leaving->len; j++)
        if (g_str_equal (((const CptWorkflowConnection *) g_ptr_array_index (leaving, j))->outcome, outcomes[i]))
          is_open = FALSE;
      if (is_open)
        return g_strdup (outcomes[i]);
    }

  return NULL;
}

/* Records of the kind that the workflow begins with already */
static void
take_entity (CptFlowCanvas   *self,
             CptWorkflowNode *node)
{
  for (guint i = 0; node->kind->group == CPT_WORKFLOW_START && i < self->workflow->nodes->len; i++)
    {
      const CptWorkflowNode *other = g_ptr_array_index (self->workflow->nodes, i);
      g_autofree char *entity = cpt_json_dup_string (other->settings, "entity");

      if (other->kind == NULL || other->kind->group != CPT_WORKFLOW_START || entity == NULL)
        continue;
      json_object_set_string_member (node->settings, "entity", entity);
      return;
    }
}

/* Between the ends of a connection */
static void
part (CptFlowCanvas               *self,
      const CptWorkflowConnection *connection,
      CptWorkflowNode             *node)
{
  CptWorkflowConnection *way = cpt_flow_connection_copy (connection);
  g_auto(GStrv) outcomes = cpt_workflow_node_list_outcomes (node);

  cpt_workflow_disconnect (self->workflow, way->from, way->outcome, way->to);
  cpt_workflow_connect (self->workflow, way->from, way->outcome, node->id);
  if (outcomes[0] != NULL)
    cpt_workflow_connect (self->workflow, node->id, outcomes[0], way->to);
  cpt_flow_connection_free (way);
}

static CptWorkflowNode *
add_node (CptFlowCanvas *self,
          const char    *kind,
          CptFlowPoint   place)
{
  g_autofree char *id = dup_new_id (kind);
  CptWorkflowNode *node = cpt_workflow_add_node (self->workflow, id, kind, place.x, place.y);

  if (node != NULL && node->kind != NULL)
    take_entity (self, node);

  return node;
}

static CptFlowPoint
choose_place (CptFlowCanvas      *self,
              const char         *from,
              const char         *outcome,
              const GdkRectangle *at)
{
  CptFlowRect view = cpt_flow_canvas_get_view (self);
  CptFlowPoint place = { view.x + view.width / 2, view.y + view.height / 3 };
  guint n_outcomes;

  if (at == NULL && from != NULL)
    {
      guint number = cpt_flow_find_outcome (cpt_workflow_find_node (self->workflow, from), outcome, &n_outcomes);

      return cpt_flow_canvas_choose_place (self, from, number);
    }
  if (at != NULL)
    place = cpt_flow_canvas_to_flow (self, (CptFlowPoint){ at->x, at->y });
  else if (self->items->len == 0)
    place = (CptFlowPoint){ 0, 0 };

  return find_free (self, (CptFlowPoint){ place.x - CPT_WORKFLOW_NODE_WIDTH / 2.0,
                                          place.y - (from != NULL ? 0 : CPT_WORKFLOW_NODE_HEIGHT / 2.0) });
}

void
cpt_flow_canvas_add (CptFlowCanvas      *self,
                     const char         *kind,
                     const char         *from,
                     const char         *outcome,
                     const GdkRectangle *at)
{
  const CptWorkflowKind *declared = cpt_workflow_kind_find (kind);
  gboolean is_start = declared != NULL && declared->group == CPT_WORKFLOW_START;
  g_autofree char *before = g_strdup (from);
  g_autofree char *open = g_strdup (outcome);
  CptFlowWay *way = NULL;
  CptWorkflowNode *node;
  g_autofree char *id = NULL;

  if (!self->is_editable)
    return;
  if (at != NULL && from == NULL)
    way = cpt_flow_canvas_way_at (self, cpt_flow_canvas_to_flow (self, (CptFlowPoint){ at->x, at->y }));
  if (before == NULL && at == NULL && self->cursor != NULL && !is_start)
    {
      before = g_strdup (self->cursor);
      open = find_open_outcome (self, before);
    }
  if (before != NULL && (open == NULL || cpt_workflow_find_node (self->workflow, before) == NULL))
    g_clear_pointer (&before, g_free);

  node = add_node (self, kind, choose_place (self, before, open, at));
  if (node == NULL)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  id = g_strdup (node->id);
  if (way != NULL && !is_start)
    part (self, way->connection, node);
  else if (before != NULL && !is_start)
    cpt_workflow_connect (self->workflow, before, open, id);
  cpt_flow_canvas_edited (self);
  cpt_flow_canvas_select (self, id);
}

/* ------------------------------------------------------------------ connecting */

static gboolean
is_connected (CptFlowCanvas *self,
              const char    *from,
              const char    *outcome,
              const char    *to)
{
  GPtrArray *leaving = cpt_workflow_get_leaving (self->workflow, from);

  for (guint i = 0; leaving != NULL && i < leaving->len; i++)
    {
      const CptWorkflowConnection *connection = g_ptr_array_index (leaving, i);

      if (g_str_equal (connection->outcome, outcome) && g_str_equal (connection->to, to))
        return TRUE;
    }

  return FALSE;
}

gboolean
cpt_flow_canvas_may_connect (CptFlowCanvas  *self,
                             const char     *from,
                             const char     *outcome,
                             const char     *to,
                             char          **reason)
{
  const CptWorkflowNode *node = cpt_workflow_find_node (self->workflow, to);
  const char *why = NULL;

  if (node == NULL)
    return FALSE;
  if (g_str_equal (from, to))
    why = _("A step does not lead to itself");
  else if (node->kind != NULL && node->kind->group == CPT_WORKFLOW_START)
    why = _("Nothing leads to a start");
  else if (is_connected (self, from, outcome, to))
    why = _("They are connected already");
  if (why != NULL && reason != NULL)
    *reason = g_strdup (why);

  return why == NULL;
}

gboolean
cpt_flow_canvas_connect (CptFlowCanvas *self,
                         const char    *from,
                         const char    *outcome,
                         const char    *to)
{
  if (!self->is_editable || !cpt_flow_canvas_may_connect (self, from, outcome, to, NULL) ||
      !cpt_workflow_connect (self->workflow, from, outcome, to))
    return FALSE;
  cpt_flow_canvas_edited (self);

  return TRUE;
}

/* --------------------------------------------------------------------- changing */

static gboolean
same_json (JsonObject *a,
           JsonObject *b)
{
  g_autoptr(JsonNode) first = json_node_init_object (json_node_alloc (), a);
  g_autoptr(JsonNode) second = json_node_init_object (json_node_alloc (), b);

  return json_node_equal (first, second);
}

void
cpt_flow_canvas_set_settings (CptFlowCanvas *self,
                              const char    *id,
                              const char    *title,
                              JsonNode      *settings)
{
  CptWorkflowNode *node = id != NULL ? cpt_workflow_find_node (self->workflow, id) : NULL;
  JsonObject **kept = node != NULL ? &node->settings : &self->workflow->settings;
  JsonObject *object;

  g_return_if_fail (JSON_NODE_HOLDS_OBJECT (settings));

  if (!self->is_editable || (id != NULL && node == NULL))
    return;
  object = json_node_get_object (settings);
  if (same_json (*kept, object) && (node == NULL || g_strcmp0 (node->title, title) == 0))
    return;

  json_object_unref (*kept);
  *kept = json_object_ref (object);
  if (node != NULL)
    {
      g_free (node->title);
      node->title = title != NULL && title[0] != '\0' ? g_strdup (title) : NULL;
    }
  cpt_flow_canvas_edited (self);
}

void
cpt_flow_canvas_delete (CptFlowCanvas *self)
{
  g_autoptr(GList) ids = g_hash_table_get_keys (self->selected);
  g_autoptr(GPtrArray) copies = g_ptr_array_new_with_free_func (g_free);
  CptWorkflowConnection *way = self->way;

  if (!self->is_editable)
    return;
  if (way != NULL)
    {
      cpt_workflow_disconnect (self->workflow, way->from, way->outcome, way->to);
      cpt_flow_canvas_edited (self);
      return;
    }
  if (ids == NULL)
    return;
  for (GList *l = ids; l != NULL; l = l->next)
    g_ptr_array_add (copies, g_strdup (l->data));
  for (guint i = 0; i < copies->len; i++)
    cpt_workflow_remove_node (self->workflow, g_ptr_array_index (copies, i), TRUE);
  cpt_flow_canvas_edited (self);
}

void
cpt_flow_canvas_arrange (CptFlowCanvas *self)
{
  GHashTable *ids = g_hash_table_size (self->selected) > 1 ? self->selected : NULL;

  if (self->is_editable && cpt_workflow_arrange (self->workflow, ids))
    cpt_flow_canvas_edited (self);
}

void
cpt_flow_canvas_align (CptFlowCanvas *self,
                       gboolean       is_row)
{
  guint n = g_hash_table_size (self->selected);
  GHashTableIter iter;
  gpointer id;
  double sum = 0;

  if (!self->is_editable || n < 2)
    return;
  g_hash_table_iter_init (&iter, self->selected);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      const CptWorkflowNode *node = cpt_workflow_find_node (self->workflow, id);

      sum += is_row ? node->y : node->x;
    }
  g_hash_table_iter_init (&iter, self->selected);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      CptWorkflowNode *node = cpt_workflow_find_node (self->workflow, id);

      *(is_row ? &node->y : &node->x) = cpt_workflow_snap (sum / n);
    }
  cpt_flow_canvas_edited (self);
}

void
cpt_flow_canvas_nudge (CptFlowCanvas *self,
                       double         dx,
                       double         dy)
{
  GHashTableIter iter;
  gpointer id;

  if (!self->is_editable || g_hash_table_size (self->selected) == 0)
    return;
  g_hash_table_iter_init (&iter, self->selected);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      CptWorkflowNode *node = cpt_workflow_find_node (self->workflow, id);

      node->x += dx;
      node->y += dy;
    }
  cpt_flow_canvas_edited (self);
  if (self->cursor != NULL)
    cpt_flow_canvas_reveal (self, &cpt_flow_canvas_find (self, self->cursor)->rect);
}

/* --------------------------------------------------------------------- clipboard */

static void
copy_node (const CptWorkflowNode *node,
           CptWorkflow           *to,
           const char            *id,
           CptFlowPoint           by)
{
  CptWorkflowNode *copy = cpt_workflow_add_node (to, id, node->kind_name, node->x + by.x, node->y + by.y);

  if (copy == NULL)
    return;
  copy->title = g_strdup (node->title);
  cpt_json_add_members (copy->settings, node->settings);
  copy->extra = node->extra != NULL ? json_object_ref (node->extra) : NULL;
}

char *
cpt_flow_canvas_copy (CptFlowCanvas *self)
{
  g_autoptr(CptWorkflow) part_of = cpt_workflow_new ();
  g_autoptr(JsonNode) root = NULL;

  if (g_hash_table_size (self->selected) == 0)
    return NULL;
  for (guint i = 0; i < self->workflow->nodes->len; i++)
    {
      const CptWorkflowNode *node = g_ptr_array_index (self->workflow->nodes, i);

      if (g_hash_table_contains (self->selected, node->id))
        copy_node (node, part_of, node->id, (CptFlowPoint){ 0, 0 });
    }
  for (guint i = 0; i < self->workflow->connections->len; i++)
    {
      const CptWorkflowConnection *connection = g_ptr_array_index (self->workflow->connections, i);

      if (g_hash_table_contains (self->selected, connection->from) && g_hash_table_contains (self->selected, connection->to))
        cpt_workflow_connect (part_of, connection->from, connection->outcome, connection->to);
    }
  root = cpt_workflow_to_json (part_of);
  json_object_set_int_member (json_node_get_object (root), CLIPBOARD_MEMBER, 1);

  return cpt_json_format_pretty (root);
}

/* (transfer full): by their ids, what they are called here */
static GHashTable *
add_copies (CptFlowCanvas     *self,
            const CptWorkflow *copied)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  CptFlowRect bounds = cpt_flow_get_rect (g_ptr_array_index (copied->nodes, 0));
  CptFlowRect view = cpt_flow_canvas_get_view (self);
  CptFlowPoint by;

  for (guint i = 0; i < copied->nodes->len; i++)
    {
      CptFlowRect rect = cpt_flow_get_rect (g_ptr_array_index (copied->nodes, i));

      bounds = cpt_flow_rect_unite (&bounds, &rect);
    }
  /* To the right of what was copied; in the middle of what one sees when that is elsewhere */
  by = (CptFlowPoint){ ceil ((bounds.width + CPT_WORKFLOW_SNAP) / CPT_WORKFLOW_SNAP) * CPT_WORKFLOW_SNAP, 0 };
  if (!cpt_flow_rect_meets (&bounds, &view) && view.width > 0)
    by = (CptFlowPoint){ cpt_workflow_snap (view.x + (view.width - bounds.width) / 2 - bounds.x),
                         cpt_workflow_snap (view.y + (view.height - bounds.height) / 2 - bounds.y) };
  for (guint i = 0; i < copied->nodes->len; i++)
    {
      const CptWorkflowNode *node = g_ptr_array_index (copied->nodes, i);
      char *id = dup_new_id (node->kind_name);

      copy_node (node, self->workflow, id, by);
      g_hash_table_insert (names, g_strdup (node->id), id);
    }

  return names;
}

gboolean
cpt_flow_canvas_paste (CptFlowCanvas  *self,
                       const char     *text,
                       GError        **error)
{
  g_autoptr(JsonNode) root = NULL;
  g_autoptr(CptWorkflow) copied = NULL;
  g_autoptr(GHashTable) names = NULL;
  GHashTableIter iter;
  gpointer id;

  if (!self->is_editable)
    return TRUE;
  root = text != NULL && strlen (text) <= MAX_CLIPBOARD ? cpt_json_parse (text, -1, NULL) : NULL;
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root) || !json_object_has_member (json_node_get_object (root), CLIPBOARD_MEMBER))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("There are no steps of a workflow in the clipboard."));
      return FALSE;
    }
  copied = cpt_workflow_parse (root, error);
  if (copied == NULL)
    return FALSE;
  if (copied->nodes->len == 0)
    return TRUE;
  if (self->workflow->nodes->len + copied->nodes->len > CPT_WORKFLOW_MAX_NODES)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT, _("A workflow has at most %d steps."), CPT_WORKFLOW_MAX_NODES);
      return FALSE;
    }

  names = add_copies (self, copied);
  for (guint i = 0; i < copied->connections->len; i++)
    {
      const CptWorkflowConnection *connection = g_ptr_array_index (copied->connections, i);
      const char *from = g_hash_table_lookup (names, connection->from);
      const char *to = g_hash_table_lookup (names, connection->to);

      if (from != NULL && to != NULL)
        cpt_workflow_connect (self->workflow, from, connection->outcome, to);
    }
  cpt_flow_canvas_set_way (self, NULL);
  g_hash_table_remove_all (self->selected);
  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, NULL, &id))
    g_hash_table_add (self->selected, g_strdup (id));
  cpt_flow_canvas_edited (self);

  return TRUE;
}
