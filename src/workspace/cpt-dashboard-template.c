/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Dashboards that are ready to be added. Each is a file in the program, with its texts in each
 * language beside one another, as packs have them; what is read there is a program's own, so what is
 * wrong in one is a fault of the program, and a test reads them all.
 */

#include "config.h"

#include "cpt-dashboard-template.h"

#include <glib/gi18n-lib.h>

#include "cpt-badge.h"
#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-query.h"
#include "cpt-template-private.h"

/* In the order in which they are offered; %NULL ends them */
static const char *const names[] = {
  "salesperson",
  "manager",
  "management",
  "administrator",
  "pipeline",
  "activity",
  "leads",
  "advertising",
  "goals",
  NULL,
};

static const struct
{
  const char *name;
  const char *icon;
  const char *metric;
  const char *period;
  const char *rule;
} badges[] = {
  { N_("Top Closer"), "star", "deals_won", "month", "first" },
  { N_("Rising Star"), "rise", "revenue_won", "quarter", "improved" },
};

void
cpt_dashboard_template_free (CptDashboardTemplate *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->title);
  g_free (self->description);
  g_clear_pointer (&self->dashboard, cpt_dashboard_free);
  g_free (self);
}

/* -------------------------------------------------------------------- reading */

static CptDashboardTemplate *
read_template (const char *name)
{
  g_autoptr(JsonNode) node = cpt_template_read_file ("dashboards", name);
  g_autoptr(CptDashboardTemplate) self = g_new0 (CptDashboardTemplate, 1);
  g_autofree char *group = NULL;
  JsonObject *object;

  g_return_val_if_fail (node != NULL && JSON_NODE_HOLDS_OBJECT (node), NULL);

  object = json_node_get_object (node);
  group = cpt_template_dup_text (object, "group");
  self->name = g_strdup (name);
  self->is_role = g_str_equal (group, "role");
  self->title = cpt_template_dup_text (object, "title");
  self->description = cpt_template_dup_text (object, "description");
  cpt_json_read_boolean (object, "badges", &self->has_badges, NULL);
  for (const char *const *member = (const char *const[]){ "group", "description", "badges", NULL }; *member != NULL; member++)
    json_object_remove_member (object, *member);
  json_object_set_int_member (object, "version", CPT_DASHBOARD_VERSION);
  self->dashboard = cpt_dashboard_parse_node (node, NULL);
  g_return_val_if_fail (self->dashboard != NULL, NULL);

  return g_steal_pointer (&self);
}

GPtrArray *
cpt_dashboard_template_list (void)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_dashboard_template_free);

  for (guint i = 0; names[i] != NULL; i++)
    {
      CptDashboardTemplate *template = read_template (names[i]);

      if (template != NULL)
        g_ptr_array_add (all, template);
    }

  return all;
}

CptDashboardTemplate *
cpt_dashboard_template_find (const char  *name,
                             GError     **error)
{
  g_autofree char *known = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  if (g_strv_contains (names, name))
    return read_template (name);

  known = g_strjoinv (", ", (char **) names);
  g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND,
               /* Translators: the second %s lists the names */
               _("There is no ready dashboard “%s”. Choose one of these: %s."), name, known);

  return NULL;
}

/* --------------------------------------------------------------------- adding */

static gboolean
add_badges (CptDatabase     *database,
            CptTransaction  *transaction,
            GError         **error)
{
  CptSchema *schema = cpt_database_get_schema (database);
  g_autoptr(CptQuery) query = cpt_query_new (schema, cpt_schema_find_entity (schema, CPT_BADGE_ENTITY));
  guint64 count = 0;

  if (!cpt_query_count (query, database, &count, error))
    return FALSE;

  for (guint i = 0; count == 0 && i < G_N_ELEMENTS (badges); i++)
    {
      g_autoptr(CptRecord) record = cpt_template_create_record (database, CPT_BADGE_ENTITY);

      cpt_record_set_text (record, "name", _(badges[i].name));
      cpt_record_set_text (record, "icon", badges[i].icon);
      cpt_record_set_text (record, "metric", badges[i].metric);
      cpt_record_set_text (record, "period", badges[i].period);
      cpt_record_set_text (record, "rule", badges[i].rule);
      cpt_transaction_create (transaction, record);
    }

  return TRUE;
}

CptTransaction *
cpt_dashboard_template_create (const CptDashboardTemplate  *self,
                               CptDatabase                 *database,
                               const char                  *title,
                               CptOrigin                    origin,
                               CptUuid                     *id,
                               GError                     **error)
{
  g_autoptr(CptTransaction) transaction = NULL;
  g_autoptr(CptRecord) record = NULL;
  g_autoptr(CptDashboard) dashboard = NULL;
  g_autofree char *definition = NULL;
  g_autofree char *label = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (database != NULL, NULL);

  if (title == NULL || *title == '\0')
    title = self->title;
  dashboard = cpt_dashboard_copy (self->dashboard);
  g_free (dashboard->title);
  dashboard->title = g_strdup (title);
  definition = cpt_dashboard_format (dashboard);
  record = cpt_template_create_shared (database, "dashboard", title, self->description, definition);
  if (id != NULL)
    *id = record->id;

  /* Translators: what is undone; %s is the title of the dashboard */
  label = g_strdup_printf (_("Add the dashboard “%s”"), title);
  transaction = cpt_transaction_new (origin, label);
  cpt_transaction_create (transaction, record);
  if (self->has_badges && !add_badges (database, transaction, error))
    return NULL;

  return g_steal_pointer (&transaction);
}
