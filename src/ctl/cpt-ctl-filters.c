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
      if (all == NULL || !cpt_dashboard_filters_check (all, error))
        return FALSE;
      g_clear_pointer (filters, json_node_unref);
      *filters = g_steal_pointer (&all);
    }
  if (g_strcmp0 (self->options.period, "all") == 0)
    period = json_node_init_string (json_node_alloc (), "all");
  else if (!cpt_ctl_parse_period (self->options.period, &period, error))
    return FALSE;
  if (period != NULL)
    set_filter (filters, NULL, NULL, cpt_dashboard_filter_new_period (period));

  for (guint i = 0; self->options.where != NULL && self->options.where[i] != NULL; i++)
    if (!set_condition (self, filters, self->options.where[i], error))
      return FALSE;

  return TRUE;
}
