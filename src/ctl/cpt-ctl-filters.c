/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What dashboards and reports are filtered by on the command line: --filter,
 * --period, --where. */

#include "config.h"

#include "cpt-ctl.h"

#include <glib/gi18n-lib.h>

#include "cpt-dashboard-filter.h"
#include "cpt-json.h"

/* Takes @filter: in the place of the one about the same, or behind the others */
static void
set_filter (JsonNode   **filters,
            const char  *source,
            const char  *field,
            JsonObject  *filter)
{
  JsonNode *changed = cpt_dashboard_filters_set (*filters, cpt_dashboard_filters_find (*filters, source, field), filter);

  g_clear_pointer (filters, json_node_unref);
  *filters = changed;
  json_object_unref (filter);
}

/* "deal.owner=Zoé": a kind of record, and a condition on it */
static gboolean
set_condition (CptCtl      *self,
               JsonNode   **filters,
               const char  *text,
               GError     **error)
{
  g_auto(GStrv) parts = g_strsplit (text, ".", 2);
  const char *conditions[] = { parts[0] != NULL ? parts[1] : NULL, NULL };
  const CptEntity *entity;
  g_autoptr(CptFilter) condition = NULL;
  g_autofree char *path = NULL;

  if (conditions[0] == NULL)
    {
      g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE,
                   _("“%s” does not begin with a kind of record: deal.owner=Zoé."), text);
      return FALSE;
    }

  entity = cpt_ctl_find_entity (self, parts[0], error);
  if (entity != NULL)
    condition = cpt_ctl_build_filter (self, entity, NULL, conditions, error);
  if (condition == NULL)
    return FALSE;

  path = cpt_path_format (cpt_filter_get_path (condition));
  set_filter (filters, entity->name, path, cpt_dashboard_filter_new_condition (condition));

  return TRUE;
}

/* What the condition of a filter is, of records of @entity */
static gboolean
check_condition (CptCtl           *self,
                 const CptEntity  *entity,
                 const char       *field,
                 const char       *op,
                 JsonNode         *value,
                 GError          **error)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autoptr(CptFilter) condition = NULL;

  json_object_set_string_member (object, "field", field);
  json_object_set_string_member (object, "op", op);
  if (value != NULL)
    json_object_set_member (object, "value", json_node_copy (value));
  condition = cpt_filter_from_json (cpt_database_get_schema (self->database), entity, node, error);

  return condition != NULL;
}

/* A dashboard leaves out what it can't understand; who types it here is told. */
static gboolean
check_filters (CptCtl    *self,
               JsonNode  *filters,
               GError   **error)
{
  for (guint i = 0; i < cpt_dashboard_filters_count (filters); i++)
    {
      CptDashboardFilter filter;
      const CptEntity *entity;

      cpt_dashboard_filters_get (filters, i, &filter);
      if (!cpt_dashboard_filter_is_on (&filter) || (filter.is_period && JSON_NODE_HOLDS_VALUE (filter.period)))
        continue;

      /* Every kind of record has this date */
      entity = cpt_ctl_find_entity (self, filter.is_period ? "deal" : filter.source, error);
      if (entity == NULL || !check_condition (self, entity, filter.is_period ? "created_at" : filter.field,
                                              filter.is_period ? "within" : filter.op,
                                              filter.is_period ? filter.period : filter.value, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
cpt_ctl_choose_filters (CptCtl    *self,
                        JsonNode **filters,
                        GError   **error)
{
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) all = NULL;
  g_autoptr(JsonNode) period = NULL;

  if (self->options.filter != NULL)
    {
      text = cpt_ctl_read_text (self->options.filter, error);
      all = text != NULL ? cpt_json_parse (text, -1, error) : NULL;
      if (all == NULL || !cpt_dashboard_filters_check (all, error) || !check_filters (self, all, error))
        return FALSE;
      g_clear_pointer (filters, json_node_unref);
      *filters = g_steal_pointer (&all);
    }
  if (g_strcmp0 (self->options.period, "all") == 0)
    period = json_node_init_string (json_node_alloc (), "all");
  else if (!cpt_ctl_parse_period (self->options.period, &period, error))
    return FALSE;
  if (period != NULL && JSON_NODE_HOLDS_OBJECT (period) &&
      !check_condition (self, cpt_schema_find_entity (cpt_database_get_schema (self->database), "deal"), "created_at", "within",
                        period, error))
    return FALSE;
  if (period != NULL)
    set_filter (filters, NULL, NULL, cpt_dashboard_filter_new_period (period));

  for (guint i = 0; self->options.where != NULL && self->options.where[i] != NULL; i++)
    if (!set_condition (self, filters, self->options.where[i], error))
      return FALSE;

  return TRUE;
}
