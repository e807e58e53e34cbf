/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is wrong with a record of a pack beyond what the door finds: rules, page
 * layouts, dashboards and views are any JSON to it. */

#include "config.h"

#include "cpt-pack-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-dashboard.h"
#include "cpt-filter.h"
#include "cpt-json.h"
#include "cpt-page-layout.h"
#include "cpt-rules.h"

static void
check_rule (CptSchema       *schema,
            const CptRecord *record,
            GPtrArray       *faults)
{
  g_autoptr(GPtrArray) problems = cpt_rule_check_record (schema, record, NULL, 0);

  for (guint i = 0; i < problems->len; i++)
    g_ptr_array_add (faults, g_strdup (((const CptRuleProblem *) g_ptr_array_index (problems, i))->message));
}

static void
check_filter (CptSchema       *schema,
              const CptRecord *record,
              JsonObject      *definition,
              GPtrArray       *faults)
{
  const CptEntity *entity = cpt_schema_find_entity (schema, cpt_record_get_text (record, "entity_name"));
  g_autoptr(CptFilter) filter = NULL;
  g_autoptr(GError) error = NULL;

  if (entity == NULL)
    g_ptr_array_add (faults, g_strdup (_("there is no such kind of record.")));
  else if (json_object_has_member (definition, "filter"))
    filter = cpt_filter_from_json (schema, entity, json_object_get_member (definition, "filter"), &error);
  if (error != NULL)
    g_ptr_array_add (faults, g_strdup (error->message));
}

static void
check_definition (const CptPackItem *item,
                  CptSchema         *schema,
                  const CptRecord   *record,
                  GPtrArray         *faults)
{
  const char *text = cpt_record_get_text (record, "definition");
  g_autoptr(JsonNode) node = text != NULL ? cpt_json_parse (text, -1, NULL) : NULL;
  g_autoptr(CptDashboard) dashboard = NULL;
  g_autoptr(GError) error = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      g_ptr_array_add (faults, g_strdup (_("the definition is missing.")));
      return;
    }
  if (strcmp (item->entity, "saved_view") == 0)
    {
      check_filter (schema, record, json_node_get_object (node), faults);
      return;
    }

  dashboard = cpt_dashboard_parse (text, -1, &error);
  if (error != NULL)
    g_ptr_array_add (faults, g_strdup (error->message));
}

GPtrArray *
cpt_pack_list_faults (const CptPackItem *item,
                      GPtrArray         *items,
                      CptSchema         *schema,
                      const CptRecord   *record)
{
  GPtrArray *faults = g_ptr_array_new_with_free_func (g_free);

  if (strcmp (item->entity, "rule") == 0)
    check_rule (schema, record, faults);
  if (strcmp (item->entity, CPT_PAGE_LAYOUT_ENTITY) == 0)
    {
      char *message = cpt_pack_check_layout (item, items, record);

      if (message != NULL)
        g_ptr_array_add (faults, message);
    }
  if (strcmp (item->entity, "dashboard") == 0 || strcmp (item->entity, "saved_view") == 0)
    check_definition (item, schema, record, faults);

  return faults;
}
