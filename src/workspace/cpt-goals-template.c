/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The dashboard “Goals”, ready to be added to a workspace. */

#include "config.h"

#include "cpt-goals-template.h"

#include <glib/gi18n-lib.h>

#include "cpt-badge.h"
#include "cpt-dashboard.h"
#include "cpt-json.h"
#include "cpt-query.h"

#define BY_OWNER(metric, period) "{\"metric\":\"" metric "\",\"dimensions\":[{\"field\":\"owner\"}],\"limit\":10," \
                                 "\"order\":[{\"measure\":0,\"descending\":true}],\"period\":{\"this\":\"" period "\"},\"compare\":\"previous\"}"

static const struct
{
  const char *kind;
  const char *title;
  CptGridRect place;
  const char *query;   /* (nullable) */
  const char *options; /* (nullable) */
} widgets[] = {
  { "goals", N_("Goals"), { 0, 0, 5, 8 }, NULL, NULL },
  { "leaderboard", N_("Revenue this quarter"), { 5, 0, 7, 4 }, BY_OWNER ("revenue_won", "quarter"), NULL },
  { "leaderboard", N_("Deals won this quarter"), { 5, 4, 4, 4 }, BY_OWNER ("deals_won", "quarter"), NULL },
  { "leaderboard", N_("Conversion this quarter"), { 9, 4, 3, 4 }, BY_OWNER ("conversion_rate", "quarter"), NULL },
  { "radar", N_("What teams did in 90 days"), { 0, 8, 5, 5 }, "{\"metric\":\"activities\",\"dimensions\":[{\"field\":\"kind\"},{\"field\":\"owner.team\"}],"
                                                               "\"period\":{\"last\":90,\"unit\":\"day\"}}",
    NULL },
  { "line", N_("Revenue, and where it goes"), { 5, 8, 7, 5 }, "{\"metric\":\"revenue_won\",\"dimensions\":[{\"bucket\":\"month\",\"fill\":true}],\"period\":{\"last\":24,\"unit\":\"month\"}}", "{\"trend\":true,\"forecast\":true,\"unusual\":true}" },
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

static CptRecord *
create_record (CptDatabase *database,
               const char  *kind)
{
  CptSchema *schema = cpt_database_get_schema (database);
  CptRecord *record = cpt_record_new (schema, cpt_schema_find_entity (schema, kind));

  cpt_record_apply_initial (record, cpt_database_get_now (database), cpt_database_get_author (database),
                            cpt_database_get_zone (database));

  return record;
}

static gboolean
add_dashboard (CptDatabase     *database,
               CptTransaction  *transaction,
               GError         **error)
{
  g_autoptr(CptDashboard) dashboard = cpt_dashboard_new (_("Goals"));
  g_autoptr(CptRecord) record = create_record (database, "dashboard");
  g_autofree char *definition = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (widgets); i++)
    {
      g_autofree char *id = g_strdup_printf ("g%u", i + 1);
      g_autoptr(JsonNode) query = widgets[i].query != NULL ? cpt_json_parse (widgets[i].query, -1, error) : NULL;
      g_autoptr(JsonNode) options = widgets[i].options != NULL ? cpt_json_parse (widgets[i].options, -1, error) : NULL;

      if ((widgets[i].query != NULL && query == NULL) || (widgets[i].options != NULL && options == NULL))
        return FALSE;
      cpt_dashboard_add_widget (dashboard, id, widgets[i].kind, _(widgets[i].title), query,
                                options != NULL ? json_node_get_object (options) : NULL, &widgets[i].place);
    }

  definition = cpt_dashboard_format (dashboard);
  cpt_record_set_text (record, "name", _("Goals"));
  cpt_record_set_text (record, "definition", definition);
  cpt_record_set_integer (record, "is_shared", TRUE);
  cpt_transaction_create (transaction, record);

  return TRUE;
}

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
      g_autoptr(CptRecord) record = create_record (database, CPT_BADGE_ENTITY);

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
cpt_goals_template_create (CptDatabase  *database,
                           CptOrigin     origin,
                           GError      **error)
{
  g_autoptr(CptTransaction) transaction = NULL;

  g_return_val_if_fail (database != NULL, NULL);

  transaction = cpt_transaction_new (origin, _("Add a dashboard of goals"));
  if (!add_dashboard (database, transaction, error) || !add_badges (database, transaction, error))
    return NULL;

  return g_steal_pointer (&transaction);
}
