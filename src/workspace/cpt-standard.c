/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The records that every new workspace begins with. They are ordinary records:
 * people rename, change and delete them like their own. Their texts are in the
 * language of the session that makes the workspace.
 */

#include "config.h"

#include "cpt-standard-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-dashboard.h"
#include "cpt-document.h"
#include "cpt-json.h"

typedef struct
{
  const char *name; /* N_() */
  const char *kind;
  int probability; /* percent */
  const char *colour;
} StandardStage;

typedef struct
{
  const char *kind;
  const char *title; /* N_() */
  CptGridRect place;
  const char *query;
  const char *options; /* (nullable) */
} StandardWidget;

static const StandardStage stages[] = {
  { NC_("stage", "New"), "open", 10, "blue" },
  { NC_("stage", "Qualified"), "open", 25, "blue" },
  { NC_("stage", "Proposal"), "open", 50, "purple" },
  { NC_("stage", "Negotiation"), "open", 75, "orange" },
  { NC_("stage", "Won"), "won", 100, "green" },
  { NC_("stage", "Lost"), "lost", 0, "red" },
};

#define WON "{\"field\":\"stage.kind\",\"op\":\"is\",\"value\":\"won\"}"
#define OPEN "{\"field\":\"stage.kind\",\"op\":\"is\",\"value\":\"open\"}"
#define OPENED "{\"field\":\"opened_on\",\"op\":\"within\",\"value\":{\"this\":\"year\"}}"
#define SUM "{\"agg\":\"sum\",\"field\":\"amount\"}"
#define YEAR "{\"field\":\"closed_on\",\"op\":\"within\",\"value\":{\"this\":\"year\"}}"

static const StandardWidget widgets[] = {
  { "number", N_("Won this month"), { 0, 0, 3, 2 }, "{\"source\":\"deal\",\"where\":" WON ",\"measures\":[" SUM "],"
                                                     "\"compare\":{\"field\":\"closed_on\",\"period\":{\"this\":\"month\"},\"with\":\"previous\"}}" },
  { "number", N_("Deals won this year"), { 3, 0, 3, 2 }, "{\"source\":\"deal\",\"where\":" WON ",\"measures\":[{\"agg\":\"count\"}],"
                                                          "\"compare\":{\"field\":\"closed_on\",\"period\":{\"this\":\"year\"},\"with\":\"year\"}}" },
  { "number", N_("Open pipeline"), { 6, 0, 3, 2 }, "{\"source\":\"deal\",\"where\":" OPEN ",\"measures\":[" SUM "]}" },
  { "number", N_("New deals this month"), { 9, 0, 3, 2 }, "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}],"
                                                           "\"compare\":{\"field\":\"opened_on\",\"period\":{\"this\":\"month\"},\"with\":\"previous\"}}" },
  { "line", N_("Revenue won by month"), { 0, 2, 8, 4 }, "{\"source\":\"deal\",\"where\":{\"all\":[" WON ",{\"field\":\"closed_on\",\"op\":\"within\",\"value\":{\"last\":24,\"unit\":\"month\"}}]},"
                                                         "\"measures\":[" SUM "],\"dimensions\":[{\"field\":\"closed_on\",\"bucket\":\"month\",\"fill\":true}]}" },
  { "funnel", N_("How far this year’s deals have come"), { 8, 2, 4, 4 }, "{\"source\":\"deal\",\"where\":" OPENED ",\"measures\":[{\"agg\":\"count\"}],"
                                                                          "\"dimensions\":[{\"field\":\"stage\"}],\"order\":[{\"dimension\":0}]}",
    "{\"steps\":\"reached\"}" },
  { "leaderboard", N_("Best salespeople this year"), { 0, 6, 4, 4 }, "{\"source\":\"deal\",\"where\":{\"all\":[" WON "," YEAR "]},\"measures\":[" SUM "],"
                                                                      "\"dimensions\":[{\"field\":\"owner\"}],\"order\":[{\"measure\":0,\"descending\":true}],\"limit\":8}" },
  { "bar", N_("Products sold this year"), { 4, 6, 8, 4 }, "{\"source\":\"deal\",\"where\":{\"all\":[" WON "," YEAR "]},\"measures\":[" SUM "],"
                                                           "\"dimensions\":[{\"field\":\"product\"}],\"order\":[{\"measure\":0,\"descending\":true}],\"limit\":10}" },
  /* Whenever it was: years that were imported show here at once */
  { "number", N_("Won, all time"), { 0, 10, 4, 2 }, "{\"source\":\"deal\",\"where\":" WON ",\"measures\":[" SUM "]}" },
  { "number", N_("Deals won, all time"), { 0, 12, 4, 2 }, "{\"source\":\"deal\",\"where\":" WON ",\"measures\":[{\"agg\":\"count\"}]}" },
  { "leaderboard", N_("Best salespeople, all time"), { 4, 10, 4, 4 }, "{\"source\":\"deal\",\"where\":" WON ",\"measures\":[" SUM "],"
                                                                       "\"dimensions\":[{\"field\":\"owner\"}],\"order\":[{\"measure\":0,\"descending\":true}],\"limit\":8}" },
  { "bar", N_("Products sold, all time"), { 8, 10, 4, 4 }, "{\"source\":\"deal\",\"where\":" WON ",\"measures\":[" SUM "],"
                                                            "\"dimensions\":[{\"field\":\"product\"}],\"order\":[{\"measure\":0,\"descending\":true}],\"limit\":10}" },
  { "bar", N_("Deals by stage, all time"), { 0, 14, 6, 4 }, "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}],"
                                                             "\"dimensions\":[{\"field\":\"stage\"}],\"order\":[{\"dimension\":0}],\"limit\":20}" },
  { "bar", N_("Deals by product, all time"), { 6, 14, 6, 4 }, "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}],"
                                                               "\"dimensions\":[{\"field\":\"product\"}],\"order\":[{\"measure\":0,\"descending\":true}],\"limit\":10}" },
};

/* With its identifier made, so that others can link to it at once */
static CptRecord *
create_record (CptDatabase *database,
               const char  *entity)
{
  CptSchema *schema = cpt_database_get_schema (database);
  CptRecord *record = cpt_record_new (schema, cpt_schema_find_entity (schema, entity));
  gint64 now = cpt_database_get_now (database);

  cpt_uuid_generate (&record->id, now / 1000);
  cpt_record_apply_initial (record, now, cpt_database_get_author (database), cpt_database_get_zone (database));

  return record;
}

static void
add_user (CptDatabase    *database,
          CptTransaction *transaction)
{
  g_autoptr(CptRecord) user = create_record (database, "user");
  const char *name = g_get_real_name ();

  if (name == NULL || g_str_equal (name, "Unknown") || *name == '\0')
    name = g_get_user_name ();

  cpt_record_set_text (user, "name", name);
  cpt_record_set_text (user, "role", "administrator");
  cpt_transaction_create (transaction, user);
  cpt_database_set_author (database, &user->id);
}

static void
add_pipeline (CptDatabase    *database,
              CptTransaction *transaction)
{
  g_autoptr(CptRecord) pipeline = create_record (database, "pipeline");

  cpt_record_set_text (pipeline, "name", _("Sales"));
  cpt_record_set_integer (pipeline, "is_default", TRUE);
  cpt_record_set_integer (pipeline, "position", 1);
  cpt_transaction_create (transaction, pipeline);

  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      g_autoptr(CptRecord) stage = create_record (database, "stage");

      cpt_record_set_text (stage, "name", g_dpgettext2 (NULL, "stage", stages[i].name));
      cpt_record_set_id (stage, "pipeline", &pipeline->id);
      cpt_record_set_integer (stage, "position", i + 1);
      cpt_record_set_text (stage, "kind", stages[i].kind);
      cpt_record_set_integer (stage, "probability", stages[i].probability * 100);
      cpt_record_set_text (stage, "colour", stages[i].colour);
      cpt_transaction_create (transaction, stage);
    }
}

/* The dashboard on paper, with the deals that are open below it */
static void
add_report (CptDatabase    *database,
            CptTransaction *transaction,
            const CptUuid  *dashboard)
{
  static const char *const columns[] = { "name", "organisation", "stage", "amount", "expected_close_on", NULL };
  static const char *const totals[] = { "amount:sum", NULL };
  g_autoptr(CptDocument) document = cpt_document_new (NULL);
  g_autoptr(CptRecord) record = create_record (database, "report");
  g_autofree char *definition = NULL;
  CptBlock *block;

  document->colour = g_strdup ("#1a5fb4");
  block = cpt_document_insert_block (document, 0, CPT_BLOCK_WIDGETS);
  block->dashboard = *dashboard;
  cpt_document_insert_block (document, 1, CPT_BLOCK_BREAK);
  block = cpt_document_insert_block (document, 2, CPT_BLOCK_TABLE);
  g_free (block->text);
  block->text = g_strdup (_("Open deals"));
  block->entity = g_strdup ("deal");
  block->where = cpt_json_parse (OPEN, -1, NULL);
  block->sort = g_strdup ("-amount");
  block->columns = g_strdupv ((char **) columns);
  block->group = g_strdup ("owner");
  block->totals = g_strdupv ((char **) totals);

  definition = cpt_document_format (document);
  cpt_record_set_text (record, "name", _("Sales report"));
  cpt_record_set_text (record, "definition", definition);
  cpt_record_set_integer (record, "is_shared", TRUE);
  cpt_record_set_integer (record, "position", 1);
  cpt_transaction_create (transaction, record);
}

static gboolean
add_dashboard (CptDatabase     *database,
               CptTransaction  *transaction,
               GError         **error)
{
  g_autoptr(CptDashboard) dashboard = cpt_dashboard_new (_("Sales"));
  g_autoptr(CptRecord) record = create_record (database, "dashboard");
  g_autofree char *definition = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (widgets); i++)
    {
      g_autofree char *id = g_strdup_printf ("w%u", i + 1);
      g_autoptr(JsonNode) query = cpt_json_parse (widgets[i].query, -1, error);
      g_autoptr(JsonNode) options = NULL;

      if (query == NULL)
        return FALSE;

      if (widgets[i].options != NULL)
        options = cpt_json_parse (widgets[i].options, -1, NULL);
      cpt_dashboard_add_widget (dashboard, id, widgets[i].kind, _(widgets[i].title), query,
                                options != NULL ? json_node_get_object (options) : NULL, &widgets[i].place);
    }

  definition = cpt_dashboard_format (dashboard);
  cpt_record_set_text (record, "name", _("Sales"));
  cpt_record_set_text (record, "definition", definition);
  cpt_record_set_integer (record, "is_shared", TRUE);
  cpt_record_set_integer (record, "position", 1);
  cpt_transaction_create (transaction, record);
  add_report (database, transaction, &record->id);

  return TRUE;
}

gboolean
cpt_standard_fill (CptDatabase  *database,
                   GError      **error)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_CREATION, _("Create the workspace"));

  add_user (database, transaction);
  add_pipeline (database, transaction);

  return add_dashboard (database, transaction, error) &&
         cpt_database_commit (database, transaction, NULL, NULL, error);
}
