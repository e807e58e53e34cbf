/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes after a node; and which one of a new version takes the place of one of an older version. */

#include "config.h"

#include "cpt-workflow-successor.h"

#include <string.h>

#include "cpt-json.h"

gboolean
cpt_workflow_can_reach (const CptWorkflow *self,
                        const char        *from,
                        const char        *to)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) open = g_ptr_array_new ();

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (from != NULL && to != NULL, FALSE);

  g_ptr_array_add (open, (gpointer) from);
  while (open->len > 0)
    {
      GPtrArray *leaving = cpt_workflow_get_leaving (self, g_ptr_array_steal_index_fast (open, open->len - 1));

      for (guint i = 0; leaving != NULL && i < leaving->len; i++)
        {
          const CptWorkflowConnection *connection = g_ptr_array_index (leaving, i);

          if (strcmp (connection->to, to) == 0)
            return TRUE;
          if (g_hash_table_add (seen, connection->to))
            g_ptr_array_add (open, connection->to);
        }
    }

  return FALSE;
}

/* (nullable): the node of @self that is called @id, if it is of that kind */
static const CptWorkflowNode *
find_same (const CptWorkflow *self,
           const char        *id,
           const char        *kind)
{
  const CptWorkflowNode *node = cpt_workflow_find_node (self, id);

  return node != NULL && g_strcmp0 (node->kind_name, kind) == 0 ? node : NULL;
}

/* (nullable): the first one that @node leads to in @old, near ones first, which is still there in @new */
static const CptWorkflowNode *
find_next (const CptWorkflow *old,
           const CptWorkflow *new,
           const char        *node)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) open = g_ptr_array_new ();

  g_hash_table_add (seen, (gpointer) node);
  g_ptr_array_add (open, (gpointer) node);
  for (guint i = 0; i < open->len; i++)
    {
      GPtrArray *leaving = cpt_workflow_get_leaving (old, g_ptr_array_index (open, i));

      for (guint j = 0; leaving != NULL && j < leaving->len; j++)
        {
          const CptWorkflowConnection *connection = g_ptr_array_index (leaving, j);
          const CptWorkflowNode *there = cpt_workflow_find_node (old, connection->to);
          const CptWorkflowNode *same = there != NULL ? find_same (new, there->id, there->kind_name) : NULL;

          if (same != NULL && g_strcmp0 (same->id, node) != 0)
            return same;
          if (g_hash_table_add (seen, connection->to))
            g_ptr_array_add (open, connection->to);
        }
    }

  return NULL;
}

static gboolean
leads_to (const CptWorkflow *self,
          const char        *from,
          const char        *to)
{
  GPtrArray *leaving = cpt_workflow_get_leaving (self, from);

  for (guint i = 0; leaving != NULL && i < leaving->len; i++)
    if (g_strcmp0 (((const CptWorkflowConnection *) g_ptr_array_index (leaving, i))->to, to) == 0)
      return TRUE;

  return FALSE;
}

const char *
cpt_workflow_find_successor (const CptWorkflow *old,
                             const CptWorkflow *new,
                             const char        *node)
{
  const CptWorkflowNode *former;
  const CptWorkflowNode *next;

  g_return_val_if_fail (old != NULL && new != NULL, NULL);
  g_return_val_if_fail (node != NULL, NULL);

  former = cpt_workflow_find_node (old, node);
  if (former == NULL)
    return NULL;
  next = find_same (new, node, former->kind_name);
  if (next != NULL)
    return next->id;
  next = find_next (old, new, node);
  if (next == NULL)
    return NULL;

  for (guint i = 0; i < new->nodes->len; i++)
    {
      const CptWorkflowNode *other = g_ptr_array_index (new->nodes, i);

      if (g_strcmp0 (other->kind_name, former->kind_name) == 0 && cpt_workflow_find_node (old, other->id) == NULL &&
          leads_to (new, other->id, next->id))
        return other->id;
    }

  return next->id;
}

static char *
dup_settings (const CptWorkflowNode *node)
{
  g_autoptr(JsonNode) root = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (root, node->settings);

  return cpt_json_format_canonical (root);
}

gboolean
cpt_workflow_node_is_same (const CptWorkflowNode *old,
                           const CptWorkflowNode *new)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_return_val_if_fail (old != NULL && new != NULL, FALSE);

  before = dup_settings (old);
  after = dup_settings (new);

  return g_strcmp0 (old->kind_name, new->kind_name) == 0 && g_strcmp0 (before, after) == 0;
}
