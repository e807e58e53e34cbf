/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Workflows as JSON. What is read may come from anywhere. */

#include "config.h"

#include "cpt-workflow.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cpt-effect-key.h"
#include "cpt-error.h"
#include "cpt-json.h"

/* Nobody scrolls that far. */
#define MAX_PLACE 1e7

static const char *const workflow_members[] = { "nodes", "connections", "settings", NULL };
static const char *const node_members[] = { "id", "kind", "title", "x", "y", "settings", NULL };

/* --------------------------------------------------------------------- reading */

static double
read_place (JsonObject *object,
            const char *member)
{
  JsonNode *node = json_object_get_member (object, member);
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  double place = type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? json_node_get_double (node) : 0;

  return isfinite (place) ? CLAMP (place, -MAX_PLACE, MAX_PLACE) : 0;
}

static gboolean
read_node (CptWorkflow  *self,
           JsonObject   *object,
           GError      **error)
{
  const char *id = NULL;
  const char *kind = NULL;
  const char *title = NULL;
  JsonObject *settings = NULL;
  CptWorkflowNode *node;

  if (!cpt_json_read_string (object, "id", &id, error) || !cpt_json_read_string (object, "kind", &kind, error) ||
      !cpt_json_read_string (object, "title", &title, error) || !cpt_json_read_object (object, "settings", &settings, error))
    return FALSE;
  if (id == NULL || id[0] == '\0' || kind == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("Each step of a workflow needs “id” and “kind”."));
      return FALSE;
    }

  node = cpt_workflow_add_node (self, id, kind, read_place (object, "x"), read_place (object, "y"));
  if (node == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("Two steps of the workflow have the same id “%s”."), id);
      return FALSE;
    }
  node->title = g_strdup (title);
  if (settings != NULL)
    cpt_json_add_members (node->settings, settings);
  node->extra = cpt_json_dup_others (object, node_members);

  return TRUE;
}

static gboolean
read_connection (CptWorkflow  *self,
                 JsonObject   *object,
                 GError      **error)
{
  const char *from = NULL;
  const char *outcome = NULL;
  const char *to = NULL;

  if (!cpt_json_read_string (object, "from", &from, error) || !cpt_json_read_string (object, "outcome", &outcome, error) ||
      !cpt_json_read_string (object, "to", &to, error))
    return FALSE;
  if (from == NULL || outcome == NULL || to == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("Each connection of a workflow needs “from”, “outcome” and “to”."));
      return FALSE;
    }

  /* The same one again is one. */
  cpt_workflow_connect (self, from, outcome, to);

  return TRUE;
}

/* The objects of one list, one by one */
static gboolean
read_list (CptWorkflow  *self,
           JsonObject   *root,
           const char   *member,
           guint         max,
           gboolean (*read) (CptWorkflow *self, JsonObject *object, GError **error),
           GError      **error)
{
  JsonArray *array = NULL;
  guint length;

  if (!cpt_json_read_array (root, member, &array, error))
    return FALSE;

  length = array != NULL ? json_array_get_length (array) : 0;
  if (length > max)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT, _("The workflow is too large: it may have at most %u steps."),
                   CPT_WORKFLOW_MAX_NODES);
      return FALSE;
    }

  for (guint i = 0; i < length; i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_OBJECT (node))
        {
          /* Translators: the first %s is a name in a file */
          g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("“%s” of a workflow is a list of objects."), member);
          return FALSE;
        }
      if (!read (self, json_node_get_object (node), error))
        return FALSE;
    }

  return TRUE;
}

CptWorkflow *
cpt_workflow_parse (JsonNode  *root,
                    GError   **error)
{
  g_autoptr(CptWorkflow) self = cpt_workflow_new ();
  JsonObject *object;
  JsonObject *settings = NULL;

  g_return_val_if_fail (root != NULL, NULL);

  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("This is no workflow."));
      return NULL;
    }

  object = json_node_get_object (root);
  if (!read_list (self, object, "nodes", CPT_WORKFLOW_MAX_NODES, read_node, error) ||
      !read_list (self, object, "connections", CPT_WORKFLOW_MAX_CONNECTIONS, read_connection, error) ||
      !cpt_json_read_object (object, "settings", &settings, error))
    return NULL;
  if (settings != NULL)
    cpt_json_add_members (self->settings, settings);
  self->extra = cpt_json_dup_others (object, workflow_members);

  return g_steal_pointer (&self);
}

/* --------------------------------------------------------------------- writing */

static JsonObject *
create_connection (const CptWorkflowConnection *connection)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "from", connection->from);
  json_object_set_string_member (object, "outcome", connection->outcome);
  json_object_set_string_member (object, "to", connection->to);

  return object;
}

/* What it does */
static JsonObject *
create_node (const CptWorkflowNode *node)
{
  JsonObject *object = json_object_new ();
  JsonObject *settings = json_object_new ();

  cpt_json_add_members (settings, node->settings);
  json_object_set_string_member (object, "id", node->id);
  json_object_set_string_member (object, "kind", node->kind_name);
  json_object_set_object_member (object, "settings", settings);
  cpt_json_add_members (object, node->extra);

  return object;
}

static JsonObject *
create_settings (const CptWorkflow *self)
{
  JsonObject *object = json_object_new ();

  cpt_json_add_members (object, self->settings);

  return object;
}

JsonNode *
cpt_workflow_to_json (const CptWorkflow *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *nodes = json_array_new ();
  JsonArray *connections = json_array_new ();
  JsonNode *root = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (root, object);
  json_object_set_array_member (object, "nodes", nodes);
  json_object_set_array_member (object, "connections", connections);

  g_return_val_if_fail (self != NULL, root);

  for (guint i = 0; i < self->nodes->len; i++)
    {
      const CptWorkflowNode *node = g_ptr_array_index (self->nodes, i);
      JsonObject *member = create_node (node);

      if (node->title != NULL)
        json_object_set_string_member (member, "title", node->title);
      json_object_set_double_member (member, "x", node->x);
      json_object_set_double_member (member, "y", node->y);
      json_array_add_object_element (nodes, member);
    }
  for (guint i = 0; i < self->connections->len; i++)
    json_array_add_object_element (connections, create_connection (g_ptr_array_index (self->connections, i)));
  if (json_object_get_size (self->settings) > 0)
    json_object_set_object_member (object, "settings", create_settings (self));
  cpt_json_add_members (object, self->extra);

  return root;
}

/* ---------------------------------------------------------------------- digest */

static char *
format_object (JsonObject *object)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);

  return cpt_json_format_canonical (node);
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
cpt_workflow_dup_digest (const CptWorkflow *self)
{
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->nodes->len; i++)
    g_ptr_array_add (parts, format_object (create_node (g_ptr_array_index (self->nodes, i))));
  for (guint i = 0; i < self->connections->len; i++)
    g_ptr_array_add (parts, format_object (create_connection (g_ptr_array_index (self->connections, i))));
  g_ptr_array_sort (parts, compare_texts);
  if (json_object_get_size (self->settings) > 0)
    g_ptr_array_add (parts, format_object (create_settings (self)));
  g_ptr_array_add (parts, NULL);

  return cpt_effect_digest_dup ((const char *const *) parts->pdata);
}
