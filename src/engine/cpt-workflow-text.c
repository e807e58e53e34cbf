/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Texts with places that get their values when they are needed. */

#include "config.h"

#include "cpt-workflow-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"

/* (nullable) (transfer full): what stands between the braces at @text, and where it goes on */
static char *
read_place (const char  *text,
            const char **end)
{
  const char *close = strstr (text, "}}");
  g_autofree char *path = close != NULL ? g_strndup (text + 2, (gsize) (close - text) - 2) : NULL;

  if (path == NULL)
    return NULL;

  *end = close + 2;
  g_strstrip (path);

  return g_steal_pointer (&path);
}

static gboolean
append_place (GString              *filled,
              const char          **text,
              CptWorkflowTextFunc   find,
              gpointer              data,
              const char           *reserved,
              GError              **error)
{
  g_autofree char *path = read_place (*text, text);
  g_autofree char *value = NULL;

  if (path == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE,
                   _("“{{” has no end in “%s”. Write “}}” behind the name of the field."), *text);
      return FALSE;
    }
  if (!find (data, path, &value, NULL, error))
    return FALSE;

  if (reserved != NULL)
    g_string_append_uri_escaped (filled, value, reserved, FALSE);
  else
    g_string_append (filled, value);

  return TRUE;
}

char *
cpt_workflow_text_fill (const char           *text,
                        CptWorkflowTextFunc   find,
                        gpointer              data,
                        const char           *reserved,
                        GError              **error)
{
  g_autoptr(GString) filled = g_string_new (NULL);

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (find != NULL, NULL);

  while (*text != '\0')
    {
      const char *open = strstr (text, "{{");

      g_string_append_len (filled, text, open != NULL ? (gssize) (open - text) : -1);
      if (open == NULL)
        break;
      text = open;
      if (!append_place (filled, &text, find, data, reserved, error))
        return NULL;
    }

  return g_string_free (g_steal_pointer (&filled), FALSE);
}

/* (nullable) (transfer full): the path, when @text is one place and nothing else */
static char *
read_lone_place (const char *text)
{
  const char *end = NULL;
  g_autofree char *path = g_str_has_prefix (text, "{{") ? read_place (text, &end) : NULL;

  return path != NULL && *end == '\0' ? g_steal_pointer (&path) : NULL;
}

static JsonNode *
fill_value (JsonNode             *node,
            CptWorkflowTextFunc   find,
            gpointer              data,
            GError              **error)
{
  const char *text = json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
  g_autofree char *path = text != NULL ? read_lone_place (text) : NULL;
  g_autofree char *filled = NULL;
  JsonNode *value = NULL;

  if (text == NULL)
    return json_node_copy (node);
  if (path != NULL)
    return find (data, path, NULL, &value, error) ? value : NULL;

  filled = cpt_workflow_text_fill (text, find, data, NULL, error);
  if (filled == NULL)
    return NULL;

  return json_node_init_string (json_node_alloc (), filled);
}

static JsonNode *
fill_object (JsonObject           *object,
             CptWorkflowTextFunc   find,
             gpointer              data,
             GError              **error)
{
  g_autoptr(JsonObject) filled = json_object_new ();
  g_autoptr(GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonNode *value = cpt_workflow_text_fill_json (json_object_get_member (object, l->data), find, data, error);

      if (value == NULL)
        return NULL;
      json_object_set_member (filled, l->data, value);
    }

  return json_node_init_object (json_node_alloc (), filled);
}

static JsonNode *
fill_array (JsonArray            *array,
            CptWorkflowTextFunc   find,
            gpointer              data,
            GError              **error)
{
  g_autoptr(JsonArray) filled = json_array_new ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *value = cpt_workflow_text_fill_json (json_array_get_element (array, i), find, data, error);

      if (value == NULL)
        return NULL;
      json_array_add_element (filled, value);
    }

  return json_node_init_array (json_node_alloc (), filled);
}

JsonNode *
cpt_workflow_text_fill_json (JsonNode             *node,
                             CptWorkflowTextFunc   find,
                             gpointer              data,
                             GError              **error)
{
  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (find != NULL, NULL);

  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      return fill_object (json_node_get_object (node), find, data, error);
    case JSON_NODE_ARRAY:
      return fill_array (json_node_get_array (node), find, data, error);
    case JSON_NODE_VALUE:
      return fill_value (node, find, data, error);
    case JSON_NODE_NULL:
      break;
    }

  return json_node_copy (node);
}
