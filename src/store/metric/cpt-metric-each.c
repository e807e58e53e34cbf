/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Groups that the numbers of a metric are made of, one around the other. */

#include "config.h"

#include "cpt-metric-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-aggregate-private.h"
#include "cpt-json.h"

/* A dimension without a field is about @date (nullable) */
static gboolean
set_dates (JsonArray   *dimensions,
           const char  *date,
           GError     **error)
{
  for (guint i = 0; i < json_array_get_length (dimensions); i++)
    {
      JsonNode *element = json_array_get_element (dimensions, i);

      if (!JSON_NODE_HOLDS_OBJECT (element) || json_object_has_member (json_node_get_object (element), "field"))
        continue;
      if (date == NULL)
        return cpt_aggregate_refuse (error, _("This metric has no date, so it has no periods"));
      json_object_set_string_member (json_node_get_object (element), "field", date);
    }

  return TRUE;
}

JsonNode *
cpt_metric_nest_each (JsonObject  *query,
                      JsonNode    *inner,
                      const char  *date,
                      GError     **error)
{
  g_autofree char *text = cpt_json_format (json_object_get_member (query, "each"));
  g_autoptr(JsonNode) node = cpt_json_parse (text, -1, NULL);
  JsonObject *each = NULL;
  JsonObject *deeper;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      cpt_aggregate_refuse (error, _("“each” is an object with “dimensions” and “agg”"));
      return NULL;
    }

  for (deeper = json_node_get_object (node); deeper != NULL;)
    {
      JsonArray *dimensions = NULL;

      each = deeper;
      deeper = NULL;
      if (!cpt_json_read_array (each, "dimensions", &dimensions, error) ||
          !cpt_json_read_object (each, "each", &deeper, error) ||
          (dimensions != NULL && !set_dates (dimensions, date, error)))
        return NULL;
    }
  if (inner != NULL)
    json_object_set_member (each, "each", json_node_copy (inner));

  return g_steal_pointer (&node);
}
