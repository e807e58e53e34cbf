/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filters of a place that were used lately. */
#include "config.h"
#include "cpt-filter-recent.h"

#include "cpt-json.h"

/* The conditions of a filter as texts: members of "all", or itself */
static GHashTable *
collect_conditions (JsonNode *node)
{
  GHashTable *conditions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *all = object != NULL ? json_object_get_member (object, "all") : NULL;

  if (all == NULL || !JSON_NODE_HOLDS_ARRAY (all))
    {
      g_hash_table_add (conditions, cpt_json_format (node));
      return conditions;
    }

  for (guint i = 0; i < json_array_get_length (json_node_get_array (all)); i++)
    g_hash_table_add (conditions, cpt_json_format (json_array_get_element (json_node_get_array (all), i)));

  return conditions;
}

/* Whether all conditions of @part are in @whole */
static gboolean
is_part (JsonNode   *part,
         GHashTable *whole)
{
  g_autoptr(GHashTable) conditions = collect_conditions (part);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, conditions);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!g_hash_table_contains (whole, key))
      return FALSE;

  return TRUE;
}

char *
cpt_filter_recent_add (const char *text,
                       CptFilter  *filter)
{
  g_autoptr(JsonNode) before = text != NULL ? cpt_json_parse (text, -1, NULL) : NULL;
  g_autoptr(JsonNode) node = cpt_filter_to_json (filter);
  g_autoptr(GHashTable) conditions = collect_conditions (node);
  g_autoptr(JsonNode) after = NULL;
  JsonArray *filters = json_array_new ();
  JsonArray *former = before != NULL && JSON_NODE_HOLDS_ARRAY (before) ? json_node_get_array (before) : NULL;

  json_array_add_element (filters, json_node_copy (node));
  for (guint i = 0; former != NULL && i < json_array_get_length (former); i++)
    {
      JsonNode *other = json_array_get_element (former, i);

      if (json_array_get_length (filters) < CPT_FILTER_RECENT_MAX && !is_part (other, conditions))
        json_array_add_element (filters, json_node_copy (other));
    }
  after = json_node_init_array (json_node_alloc (), filters);
  json_array_unref (filters);

  return cpt_json_format (after);
}

GPtrArray *
cpt_filter_recent_list (const char      *text,
                        CptSchema       *schema,
                        const CptEntity *entity)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_filter_unref);
  g_autoptr(JsonNode) node = text != NULL ? cpt_json_parse (text, -1, NULL) : NULL;
  JsonArray *filters = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; filters != NULL && i < MIN (json_array_get_length (filters), CPT_FILTER_RECENT_MAX); i++)
    {
      CptFilter *filter = cpt_filter_from_json (schema, entity, json_array_get_element (filters, i), NULL);

      if (filter != NULL)
        g_ptr_array_add (list, filter);
    }

  return list;
}
