/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A workflow as it is drawn: nodes, what leads from one to another, and changes of both. */

#include "config.h"

#include "cpt-workflow.h"

#include <string.h>

#include "cpt-json.h"

static void
node_free (gpointer data)
{
  CptWorkflowNode *self = data;

  g_free (self->id);
  g_free (self->kind_name);
  g_free (self->title);
  g_clear_pointer (&self->settings, json_object_unref);
  g_clear_pointer (&self->extra, json_object_unref);
  g_free (self);
}

static void
connection_free (gpointer data)
{
  CptWorkflowConnection *self = data;

  g_free (self->from);
  g_free (self->outcome);
  g_free (self->to);
  g_free (self);
}

static guint
connection_hash (gconstpointer key)
{
  const CptWorkflowConnection *self = key;

  return (g_str_hash (self->from) * 33 + g_str_hash (self->outcome)) * 33 + g_str_hash (self->to);
}

static gboolean
connection_equal (gconstpointer a,
                  gconstpointer b)
{
  const CptWorkflowConnection *first = a;
  const CptWorkflowConnection *second = b;

  return strcmp (first->from, second->from) == 0 && strcmp (first->outcome, second->outcome) == 0 &&
         strcmp (first->to, second->to) == 0;
}

CptWorkflow *
cpt_workflow_new (void)
{
  CptWorkflow *self = g_new0 (CptWorkflow, 1);

  self->nodes = g_ptr_array_new_with_free_func (node_free);
  self->connections = g_ptr_array_new_with_free_func (connection_free);
  self->settings = json_object_new ();
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->connected = g_hash_table_new (connection_hash, connection_equal);
  self->leaving = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);

  return self;
}

void
cpt_workflow_free (CptWorkflow *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->connected);
  g_hash_table_unref (self->leaving);
  g_ptr_array_unref (self->nodes);
  g_ptr_array_unref (self->connections);
  json_object_unref (self->settings);
  g_clear_pointer (&self->extra, json_object_unref);
  g_free (self);
}

/* -------------------------------------------------------------------- changing */

CptWorkflowNode *
cpt_workflow_add_node (CptWorkflow *self,
                       const char  *id,
                       const char  *kind_name,
                       double       x,
                       double       y)
{
  CptWorkflowNode *node;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (id != NULL && kind_name != NULL, NULL);

  if (self->nodes->len >= CPT_WORKFLOW_MAX_NODES || g_hash_table_contains (self->by_id, id))
    return NULL;

  node = g_new0 (CptWorkflowNode, 1);
  node->id = g_strdup (id);
  node->kind_name = g_strdup (kind_name);
  node->kind = cpt_workflow_kind_find (kind_name);
  node->x = x;
  node->y = y;
  node->settings = json_object_new ();
  g_ptr_array_add (self->nodes, node);
  g_hash_table_insert (self->by_id, node->id, node);

  return node;
}

static void
index_connection (CptWorkflow           *self,
                  CptWorkflowConnection *connection)
{
  GPtrArray *leaving = g_hash_table_lookup (self->leaving, connection->from);

  if (leaving == NULL)
    {
      leaving = g_ptr_array_new ();
      g_hash_table_insert (self->leaving, g_strdup (connection->from), leaving);
    }
  g_ptr_array_add (leaving, connection);
  g_hash_table_add (self->connected, connection);
}

static void
forget_connection (CptWorkflow           *self,
                   CptWorkflowConnection *connection)
{
  g_hash_table_remove (self->connected, connection);
  g_ptr_array_remove (g_hash_table_lookup (self->leaving, connection->from), connection);
}

gboolean
cpt_workflow_connect (CptWorkflow *self,
                      const char  *from,
                      const char  *outcome,
                      const char  *to)
{
  const CptWorkflowConnection wanted = { (char *) from, (char *) outcome, (char *) to };
  CptWorkflowConnection *connection;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (from != NULL && outcome != NULL && to != NULL, FALSE);

  if (self->connections->len >= CPT_WORKFLOW_MAX_CONNECTIONS || g_hash_table_contains (self->connected, &wanted))
    return FALSE;

  connection = g_new0 (CptWorkflowConnection, 1);
  connection->from = g_strdup (from);
  connection->outcome = g_strdup (outcome);
  connection->to = g_strdup (to);
  g_ptr_array_add (self->connections, connection);
  index_connection (self, connection);

  return TRUE;
}

gboolean
cpt_workflow_disconnect (CptWorkflow *self,
                         const char  *from,
                         const char  *outcome,
                         const char  *to)
{
  const CptWorkflowConnection wanted = { (char *) from, (char *) outcome, (char *) to };
  CptWorkflowConnection *connection;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (from != NULL && outcome != NULL && to != NULL, FALSE);

  connection = g_hash_table_lookup (self->connected, &wanted);
  if (connection == NULL)
    return FALSE;
  forget_connection (self, connection);
  g_ptr_array_remove (self->connections, connection);

  return TRUE;
}

/* Where the first of its outcomes that leads anywhere else leads */
static GPtrArray *
list_next (const CptWorkflow     *self,
           const CptWorkflowNode *node)
{
  g_auto(GStrv) outcomes = cpt_workflow_node_list_outcomes (node);
  GPtrArray *leaving = cpt_workflow_get_leaving (self, node->id);
  GPtrArray *next = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; leaving != NULL && outcomes[i] != NULL && next->len == 0; i++)
    for (guint j = 0; j < leaving->len; j++)
      {
        const CptWorkflowConnection *connection = g_ptr_array_index (leaving, j);

        if (strcmp (connection->outcome, outcomes[i]) == 0 && strcmp (connection->to, node->id) != 0)
          g_ptr_array_add (next, g_strdup (connection->to));
      }

  return next;
}

gboolean
cpt_workflow_remove_node (CptWorkflow *self,
                          const char  *id,
                          gboolean     is_bridged)
{
  CptWorkflowNode *node = cpt_workflow_find_node (self, id);
  g_autoptr(GPtrArray) next = NULL;
  g_autoptr(GPtrArray) before = NULL;

  if (node == NULL)
    return FALSE;

  next = list_next (self, node);
  before = g_ptr_array_new_with_free_func (connection_free);
  for (guint i = self->connections->len; i-- > 0;)
    {
      CptWorkflowConnection *connection = g_ptr_array_index (self->connections, i);
      gboolean leads_to = strcmp (connection->to, node->id) == 0;

      if (!leads_to && strcmp (connection->from, node->id) != 0)
        continue;

      forget_connection (self, connection);
      g_ptr_array_steal_index (self->connections, i);
      if (leads_to && strcmp (connection->from, node->id) != 0)
        g_ptr_array_insert (before, 0, connection);
      else
        connection_free (connection);
    }
  for (guint i = 0; is_bridged && i < before->len; i++)
    {
      const CptWorkflowConnection *connection = g_ptr_array_index (before, i);

      for (guint j = 0; j < next->len; j++)
        cpt_workflow_connect (self, connection->from, connection->outcome, g_ptr_array_index (next, j));
    }

  g_hash_table_remove (self->by_id, node->id);
  g_ptr_array_remove (self->nodes, node);

  return TRUE;
}

/* ---------------------------------------------------------------------- asking */

CptWorkflowNode *
cpt_workflow_find_node (const CptWorkflow *self,
                        const char        *id)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return g_hash_table_lookup (self->by_id, id);
}

GPtrArray *
cpt_workflow_get_leaving (const CptWorkflow *self,
                          const char        *from)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (from != NULL, NULL);

  return g_hash_table_lookup (self->leaving, from);
}

static void
add_branches (const CptWorkflowNode *self,
              GStrvBuilder          *builder)
{
  const CptWorkflowSetting *setting = cpt_workflow_kind_get_branches (self->kind);
  JsonArray *branches = NULL;

  if (setting == NULL || !cpt_json_read_array (self->settings, setting->name, &branches, NULL) || branches == NULL)
    return;

  for (guint i = 0; i < json_array_get_length (branches); i++)
    {
      JsonNode *branch = json_array_get_element (branches, i);
      g_autofree char *id = JSON_NODE_HOLDS_OBJECT (branch) ? cpt_json_dup_string (json_node_get_object (branch), "id") : NULL;

      if (id != NULL)
        g_strv_builder_add (builder, id);
    }
}

char **
cpt_workflow_node_list_outcomes (const CptWorkflowNode *self)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (self != NULL, NULL);

  if (self->kind != NULL)
    {
      add_branches (self, builder);
      for (const CptWorkflowName *outcome = self->kind->outcomes; outcome != NULL && outcome->name != NULL; outcome++)
        g_strv_builder_add (builder, outcome->name);
    }

  return g_strv_builder_end (builder);
}
