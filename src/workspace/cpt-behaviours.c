/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The behaviours of records: what follows from a change and can't be said by a
 * declaration. Each is a small function of one kind; it sees the record before
 * and after and may set fields of the latter. They run for every origin, so
 * that an import or a workflow gives the same records as a form. A value that
 * the change itself sets is never overruled.
 */

#include "config.h"

#include "cpt-behaviours-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-alert.h"
#include "cpt-arrangement.h"
#include "cpt-badge.h"
#include "cpt-chart-kind.h"
#include "cpt-dashboard.h"
#include "cpt-document.h"
#include "cpt-error.h"
#include "cpt-field-type.h"
#include "cpt-fields-private.h"
#include "cpt-file-name.h"
#include "cpt-json.h"
#include "cpt-metric.h"
#include "cpt-own-choices.h"
#include "cpt-page-layout.h"
#include "cpt-plan-record.h"
#include "cpt-query.h"
#include "cpt-stage-exit.h"
#include "cpt-workflow-record.h"

#define PERCENT 100 /* hundredths */

static const CptField *
find (const CptChange *change,
      const char      *field)
{
  return cpt_entity_find_field (change->entity, field);
}

static gboolean
is_changed (const CptChange *change,
            const char      *field)
{
  const CptValue *after = cpt_record_get_named (change->after, field);

  if (change->before == NULL)
    return !cpt_value_is_null (after);

  return !cpt_value_equal (cpt_record_get_named (change->before, field), after);
}

static gboolean
is_empty (const CptChange *change,
          const char      *field)
{
  return cpt_value_is_null (cpt_record_get_named (change->after, field));
}

/* "Anne Martin" from its parts; what is there of them */
static char *
join_names (const CptRecord *record)
{
  const char *first = cpt_record_get_text (record, "first_name");
  const char *last = cpt_record_get_text (record, "last_name");

  if (first != NULL && last != NULL)
    return g_strdup_printf ("%s %s", first, last);

  return g_strdup (first != NULL ? first : last);
}

/* The full name follows its parts until somebody writes another one, and comes
 * from the mail address when there are no parts. */
static gboolean
contact_before_commit (CptDoor    *door,
                       CptChange  *change,
                       GError    **error)
{
  g_autofree char *joined = NULL;
  g_autofree char *former = NULL;
  const char *name;

  if (change->after == NULL)
    return TRUE;

  joined = join_names (change->after);
  if (change->before != NULL)
    former = join_names (change->before);
  name = cpt_record_get_text (change->after, "full_name");

  if (joined != NULL && (name == NULL || (g_strcmp0 (joined, former) != 0 && g_strcmp0 (name, former) == 0)))
    cpt_record_set_text (change->after, "full_name", joined);
  else if (name == NULL && !is_empty (change, "email"))
    cpt_record_set_text (change->after, "full_name", cpt_record_get_text (change->after, "email"));

  if (is_empty (change, "full_name"))
    cpt_door_add_problem (door, find (change, "full_name"), _("A contact needs a name or an e-mail address."));

  return TRUE;
}

static gboolean
lead_before_commit (CptDoor    *door,
                    CptChange  *change,
                    GError    **error)
{
  g_autofree char *joined = NULL;
  const char *company;

  if (change->after == NULL || !is_empty (change, "name"))
    return TRUE;

  joined = join_names (change->after);
  company = cpt_record_get_text (change->after, "company");
  if (joined != NULL && company != NULL)
    {
      /* Translators: a person and where she works: "Anne Martin, Studio Lyon" */
      g_autofree char *both = g_strdup_printf (_("%s, %s"), joined, company);

      cpt_record_set_text (change->after, "name", both);
    }
  else if (joined != NULL || company != NULL)
    cpt_record_set_text (change->after, "name", joined != NULL ? joined : company);
  else if (!is_empty (change, "email"))
    cpt_record_set_text (change->after, "name", cpt_record_get_text (change->after, "email"));

  return TRUE;
}

/* The SIREN is the first nine digits of a SIRET and the last nine of a French
 * VAT number (INSEE; CGI article 286 ter). The domain comes from the web site
 * or the mail address. */
static gboolean
organisation_before_commit (CptDoor    *door,
                            CptChange  *change,
                            GError    **error)
{
  const char *siret;
  const char *vat;
  const char *website;
  const char *email;

  if (change->after == NULL)
    return TRUE;

  siret = cpt_record_get_text (change->after, "siret");
  vat = cpt_record_get_text (change->after, "vat_number");
  if (is_empty (change, "siren") && siret != NULL && strlen (siret) == 14)
    {
      g_autofree char *siren = g_strndup (siret, 9);

      cpt_record_set_text (change->after, "siren", siren);
    }
  else if (is_empty (change, "siren") && vat != NULL && strlen (vat) == 13)
    cpt_record_set_text (change->after, "siren", vat + 4);

  website = cpt_record_get_text (change->after, "website");
  email = cpt_record_get_text (change->after, "email");
  if (is_empty (change, "domain") && website != NULL)
    {
      g_autoptr(GUri) uri = g_uri_parse (website, G_URI_FLAGS_NONE, NULL);
      const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

      if (host != NULL && *host != '\0')
        cpt_record_set_text (change->after, "domain", g_str_has_prefix (host, "www.") ? host + 4 : host);
    }
  else if (is_empty (change, "domain") && email != NULL && strchr (email, '@') != NULL)
    cpt_record_set_text (change->after, "domain", strchr (email, '@') + 1);

  return TRUE;
}

/* The record with the smallest position, among those whose @field is @value
 * when it is given. NULL without an error when there is none. */
static CptRecord *
load_first (CptDatabase  *database,
            const char   *entity_name,
            const char   *field,
            JsonNode     *value,
            GError      **error)
{
  CptSchema *schema = cpt_database_get_schema (database);
  const CptEntity *entity = cpt_schema_find_entity (schema, entity_name);
  g_autoptr(CptQuery) query = cpt_query_new (schema, entity);
  g_autoptr(CptFilter) filter = NULL;
  g_autoptr(GArray) rows = NULL;

  if (field != NULL)
    {
      filter = cpt_filter_new_condition (schema, entity, field, CPT_OPERATOR_IS, value, error);
      if (filter == NULL)
        return NULL;
      cpt_query_set_filter (query, filter);
    }

  if (!cpt_query_set_sort (query, "position", error))
    return NULL;
  rows = cpt_query_get_rows (query, database, 0, 1, error);
  if (rows == NULL || rows->len == 0)
    return NULL;

  return cpt_database_load_row (database, entity, g_array_index (rows, gint64, 0), error);
}

/* A deal without a stage begins at the first one of its pipeline, or of the
 * workspace's first pipeline. */
static gboolean
choose_first_stage (CptDatabase  *database,
                    CptChange    *change,
                    GError      **error)
{
  g_autoptr(CptRecord) pipeline = NULL;
  g_autoptr(CptRecord) stage = NULL;
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(GError) local_error = NULL;

  if (is_empty (change, "pipeline"))
    pipeline = load_first (database, "pipeline", NULL, NULL, &local_error);
  if (pipeline != NULL)
    cpt_record_set_id (change->after, "pipeline", &pipeline->id);

  if (local_error == NULL && !is_empty (change, "pipeline"))
    {
      node = cpt_field_to_json (find (change, "pipeline"), cpt_record_get_named (change->after, "pipeline"));
      stage = load_first (database, "stage", "pipeline", node, &local_error);
    }
  if (stage != NULL)
    cpt_record_set_id (change->after, "stage", &stage->id);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

/* What a new stage means for a deal: its pipeline and probability, and when it
 * was decided. Reopening a deal forgets the decision. */
static void
follow_stage (CptDatabase     *database,
              CptChange       *change,
              const CptRecord *stage)
{
  const char *kind = cpt_record_get_text (stage, "kind");
  const CptValue *pipeline = cpt_record_get_named (stage, "pipeline");
  gboolean decided = g_strcmp0 (kind, "won") == 0 || g_strcmp0 (kind, "lost") == 0;

  if (!cpt_value_is_null (pipeline))
    cpt_record_set_id (change->after, "pipeline", &pipeline->id);

  if (g_strcmp0 (kind, "won") == 0)
    cpt_record_set_integer (change->after, "probability", 100 * PERCENT);
  else if (decided)
    cpt_record_set_integer (change->after, "probability", 0);
  else if ((change->before != NULL && !is_changed (change, "probability")) || is_empty (change, "probability"))
    cpt_record_set (change->after, find (change, "probability"), cpt_record_get_named (stage, "probability"));

  if (decided && is_empty (change, "closed_on"))
    cpt_record_set_integer (change->after, "closed_on", cpt_database_get_today (database));
  else if (!decided && change->before != NULL && !is_changed (change, "closed_on"))
    cpt_record_set_null (change->after, "closed_on");

  if (g_strcmp0 (kind, "lost") != 0 && change->before != NULL && !is_changed (change, "lost_reason"))
    cpt_record_set_null (change->after, "lost_reason");
}

/* What came by synchronisation was let through where it was changed. */
static gboolean
check_exit (CptDoor          *door,
            CptChange        *change,
            const CptRecord  *stage,
            GError          **error)
{
  const CptValue *from = change->before != NULL ? cpt_record_get_named (change->before, "stage") : NULL;
  g_autoptr(GPtrArray) missing = NULL;

  if (change->origin == CPT_ORIGIN_SYNC || from == NULL || from->type != CPT_VALUE_ID)
    return TRUE;

  missing = cpt_stage_exit_find_missing (cpt_door_get_database (door), change->after, &from->id, stage, error);
  for (guint i = 0; missing != NULL && i < missing->len; i++)
    cpt_door_add_problem (door, g_ptr_array_index (missing, i), _("Fill this in before the deal goes on to a later stage."));

  return missing != NULL;
}

static gboolean
deal_before_commit (CptDoor    *door,
                    CptChange  *change,
                    GError    **error)
{
  CptDatabase *database = cpt_door_get_database (door);
  const CptEntity *stages;
  g_autoptr(CptRecord) stage = NULL;
  g_autoptr(GError) own_error = NULL;

  if (change->after == NULL || change->kind == CPT_CHANGE_RESTORE)
    return TRUE;

  if (is_empty (change, "stage") && !choose_first_stage (database, change, error))
    return FALSE;

  if (is_empty (change, "stage") || !is_changed (change, "stage"))
    return TRUE;

  stages = cpt_schema_get_target (cpt_database_get_schema (database), find (change, "stage"));
  stage = cpt_database_load (database, stages, &cpt_record_get_named (change->after, "stage")->id, &own_error);

  /* A stage that is not here is the door's business: the link is checked there. */
  if (g_error_matches (own_error, CPT_ERROR, CPT_ERROR_NOT_FOUND))
    return TRUE;
  if (stage == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }

  follow_stage (database, change, stage);

  return check_exit (door, change, stage, error);
}

/* A call, meeting or mail with a contact moves the day of the last contact
 * forward, in the same transaction. */
static gboolean
activity_before_commit (CptDoor    *door,
                        CptChange  *change,
                        GError    **error)
{
  CptDatabase *database = cpt_door_get_database (door);
  const CptEntity *contacts;
  const CptField *last_contacted;
  const CptValue *contact_id;
  g_autoptr(CptRecord) contact = NULL;
  g_auto(CptValue) value = CPT_VALUE_INIT;
  const char *kind;
  gint64 date;

  if (change->kind != CPT_CHANGE_CREATE || is_empty (change, "contact"))
    return TRUE;

  if (is_empty (change, "at"))
    cpt_record_set_integer (change->after, "at", cpt_database_get_now (database));

  kind = cpt_record_get_text (change->after, "kind");
  contacts = cpt_schema_get_target (cpt_database_get_schema (database), find (change, "contact"));
  contact_id = cpt_record_get_named (change->after, "contact");
  contact = cpt_database_load (database, contacts, &contact_id->id, NULL);
  if (contact == NULL || contact->in_trash || g_strcmp0 (kind, "note") == 0)
    return TRUE;

  date = cpt_instant_get_date (cpt_record_get_integer (change->after, "at"), cpt_database_get_zone (database));
  last_contacted = cpt_entity_find_field (contacts, "last_contacted_on");
  if (date > cpt_database_get_today (database) ||
      (!cpt_value_is_null (cpt_record_get (contact, last_contacted)) &&
       cpt_record_get_integer (contact, "last_contacted_on") >= date))
    return TRUE;

  cpt_value_set_integer (&value, date);
  cpt_transaction_set (cpt_door_get_transaction (door), contacts, &contact->id, last_contacted, &value);

  return TRUE;
}

static gboolean
has_kind (const CptDashboard *dashboard,
          const char         *kind)
{
  for (guint i = 0; dashboard != NULL && i < cpt_dashboard_get_n_widgets (dashboard); i++)
    if (g_strcmp0 (cpt_dashboard_get_widget (dashboard, i)->kind, kind) == 0)
      return TRUE;

  return FALSE;
}

/* What a newer Comptoir made may stay, and came by synchronisation */
static void
check_widgets (CptDoor      *door,
               CptChange    *change,
               CptDashboard *dashboard)
{
  g_autoptr(CptDashboard) before = NULL;

  if (change->before != NULL && cpt_record_get_text (change->before, "definition") != NULL)
    before = cpt_dashboard_parse (cpt_record_get_text (change->before, "definition"), -1, NULL);
  for (guint i = 0; i < cpt_dashboard_get_n_widgets (dashboard); i++)
    {
      const char *kind = cpt_dashboard_get_widget (dashboard, i)->kind;
      g_autofree char *message = NULL;

      if (cpt_chart_kind_find (kind) != NULL || has_kind (before, kind))
        continue;

      /* Translators: %s is what a file calls the kind of a widget */
      message = g_strdup_printf (_("There is no kind of widget called “%s”"), kind);
      cpt_door_add_problem (door, find (change, "definition"), message);
      return;
    }
}

/* A dashboard that can't be drawn is refused before it is stored. */
static gboolean
dashboard_before_commit (CptDoor    *door,
                         CptChange  *change,
                         GError    **error)
{
  g_autoptr(CptDashboard) dashboard = NULL;
  g_autoptr(GError) local_error = NULL;

  if (change->after == NULL || change->origin == CPT_ORIGIN_SYNC || is_empty (change, "definition"))
    return TRUE;

  dashboard = cpt_dashboard_parse (cpt_record_get_text (change->after, "definition"), -1, &local_error);
  if (dashboard == NULL)
    cpt_door_add_problem (door, find (change, "definition"), local_error->message);
  else
    check_widgets (door, change, dashboard);

  return TRUE;
}

/* Likewise. What a part asks for may be missing: the part says so on its page. */
static gboolean
report_before_commit (CptDoor    *door,
                      CptChange  *change,
                      GError    **error)
{
  g_autoptr(CptDocument) document = NULL;
  g_autoptr(GError) local_error = NULL;

  if (change->after == NULL || change->origin == CPT_ORIGIN_SYNC || is_empty (change, "definition"))
    return TRUE;

  document = cpt_document_parse (cpt_record_get_text (change->after, "definition"), -1, &local_error);
  if (document == NULL)
    cpt_door_add_problem (door, find (change, "definition"), local_error->message);

  return TRUE;
}

/* Likewise */
static gboolean
arrangement_before_commit (CptDoor    *door,
                           CptChange  *change,
                           GError    **error)
{
  g_autoptr(JsonNode) layout = NULL;
  g_autoptr(GError) local_error = NULL;

  if (change->after == NULL || change->origin == CPT_ORIGIN_SYNC || is_empty (change, "layout"))
    return TRUE;

  layout = cpt_json_parse (cpt_record_get_text (change->after, "layout"), -1, &local_error);
  if (layout == NULL || !cpt_arrangement_check (layout, &local_error))
    cpt_door_add_problem (door, find (change, "layout"), local_error->message);

  return TRUE;
}

/* Likewise: it would be left out of the declarations, with nobody there to mend it. */
static gboolean
page_layout_before_commit (CptDoor    *door,
                           CptChange  *change,
                           GError    **error)
{
  g_autoptr(GError) local_error = NULL;
  const char *field;

  if (change->after == NULL || change->origin == CPT_ORIGIN_SYNC)
    return TRUE;

  if (!cpt_page_layout_check_record (change->after, &field, &local_error))
    cpt_door_add_problem (door, find (change, field), local_error->message);

  return TRUE;
}

/* A metric that can't be counted is refused, as is a second one with its key. */
static gboolean
metric_before_commit (CptDoor    *door,
                      CptChange  *change,
                      GError    **error)
{
  CptDatabase *database = cpt_door_get_database (door);
  g_autoptr(CptMetric) metric = NULL;
  g_autoptr(CptMetric) other = NULL;
  g_autoptr(GError) local_error = NULL;

  if (change->after == NULL || change->origin == CPT_ORIGIN_SYNC || is_empty (change, "code") || is_empty (change, "definition"))
    return TRUE;

  metric = cpt_metric_new_for_record (change->after);
  if (!cpt_metric_is_key (metric->key))
    {
      cpt_door_add_problem (door, find (change, "code"),
                            _("A key is made of small letters, digits and _, and begins with a letter."));
      return TRUE;
    }
  other = cpt_metric_find (database, metric->key, NULL);
  if (other != NULL && !cpt_uuid_is_nil (&other->id) && !cpt_uuid_equal (&other->id, &metric->id))
    cpt_door_add_problem (door, find (change, "code"), _("Another metric has this key."));
  else if (!cpt_metric_check (database, metric, &local_error))
    cpt_door_add_problem (door, find (change, "definition"), local_error->message);

  return TRUE;
}

/* What names a metric names one that is there. What was stored before stays. */
static void
check_metric (CptDoor   *door,
              CptChange *change)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(CptMetric) metric = NULL;

  if (is_empty (change, "metric") || !is_changed (change, "metric"))
    return;

  metric = cpt_metric_find (cpt_door_get_database (door), cpt_record_get_text (change->after, "metric"), &local_error);
  if (metric == NULL)
    cpt_door_add_problem (door, find (change, "metric"), local_error->message);
}

static gboolean
badge_before_commit (CptDoor    *door,
                     CptChange  *change,
                     GError    **error)
{
  if (change->after == NULL || change->kind == CPT_CHANGE_RESTORE || change->origin == CPT_ORIGIN_SYNC)
    return TRUE;

  check_metric (door, change);
  if (g_strcmp0 (cpt_record_get_text (change->after, "rule"), "reached") == 0 && is_empty (change, "threshold"))
    cpt_door_add_problem (door, find (change, "threshold"), _("Say which number is to be reached."));

  return TRUE;
}

static gboolean
goal_before_commit (CptDoor    *door,
                    CptChange  *change,
                    GError    **error)
{
  if (change->after != NULL && change->kind != CPT_CHANGE_RESTORE && change->origin != CPT_ORIGIN_SYNC)
    {
      check_metric (door, change);
      if (is_changed (change, "target") && !is_empty (change, "target") && cpt_record_get_integer (change->after, "target") == 0)
        cpt_door_add_problem (door, find (change, "target"), _("A goal needs a target above 0."));
    }

  return TRUE;
}

/* An alert that can't be checked is refused. What it asks for anew has not been
 * found yet, and what is out of force holds no more. */
static gboolean
alert_before_commit (CptDoor    *door,
                     CptChange  *change,
                     GError    **error)
{
  static const char *const asked[] = { "metric", "condition", "kind", "threshold", "days", "period", "is_active" };
  g_autoptr(GError) local_error = NULL;
  const char *field;
  gboolean is_other = FALSE;

  if (change->after == NULL || change->origin == CPT_ORIGIN_SYNC || change->origin == CPT_ORIGIN_WORKFLOW ||
      is_empty (change, "metric") || is_empty (change, "kind"))
    return TRUE;

  if (!cpt_alert_check_record (cpt_door_get_database (door), change->after, &field, &local_error))
    cpt_door_add_problem (door, find (change, field), local_error->message);
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    is_other |= is_changed (change, asked[i]);
  if (is_other)
    {
      cpt_record_set_null (change->after, "state");
      cpt_record_set_null (change->after, "problem");
    }

  return TRUE;
}

/* Anything that can be read may be kept, finished or not. What runs is another record. */
static gboolean
workflow_before_commit (CptDoor    *door,
                        CptChange  *change,
                        GError    **error)
{
  g_autoptr(CptWorkflow) workflow = NULL;
  g_autoptr(GError) local_error = NULL;

  if (change->after == NULL || change->origin == CPT_ORIGIN_SYNC)
    return TRUE;

  workflow = cpt_workflow_read (change->after, &local_error);
  if (workflow == NULL)
    cpt_door_add_problem (door, find (change, "definition"), local_error->message);
  if (g_strcmp0 (cpt_record_get_text (change->after, "state"), "active") == 0 && is_empty (change, "version"))
    cpt_door_add_problem (door, find (change, "state"), _("This workflow was never published. Publish it first."));

  return TRUE;
}

static gboolean
workflow_version_before_commit (CptDoor    *door,
                                CptChange  *change,
                                GError    **error)
{
  if (change->kind == CPT_CHANGE_UPDATE && change->origin != CPT_ORIGIN_SYNC)
    cpt_door_add_problem (door, NULL, _("A published version is never changed. Change the workflow, and publish it again."));

  return TRUE;
}

/* What can't be kept is told where it is filled in, not when it is to be generated. */
static gboolean
plan_before_commit (CptDoor    *door,
                    CptChange  *change,
                    GError    **error)
{
  g_autoptr(CptPlan) plan = NULL;
  g_autoptr(GError) local_error = NULL;

  if (change->after == NULL || change->kind == CPT_CHANGE_RESTORE || change->origin == CPT_ORIGIN_SYNC)
    return TRUE;

  plan = cpt_plan_read (change->after, cpt_database_get_country (cpt_door_get_database (door)), &local_error);
  /* The days are filled in after the frequency was chosen. */
  if (plan == NULL && !(is_empty (change, "offsets") &&
                        g_strcmp0 (cpt_record_get_text (change->after, "frequency"), "offsets") == 0))
    cpt_door_add_problem (door, NULL, local_error->message);

  return TRUE;
}

/* What a file is called is the name of its copies: no way to other folders. */
static gboolean
file_before_commit (CptDoor    *door,
                    CptChange  *change,
                    GError    **error)
{
  const char *name = change->after != NULL ? cpt_record_get_text (change->after, "name") : NULL;
  CptValue value = CPT_VALUE_INIT;

  if (name == NULL || change->kind == CPT_CHANGE_RESTORE || change->origin == CPT_ORIGIN_SYNC)
    return TRUE;

  cpt_value_take_text (&value, cpt_file_name_clean (name));
  cpt_record_take (change->after, find (change, "name"), value);

  return TRUE;
}

const CptBehaviour cpt_behaviours[] = {
  { "organisation", organisation_before_commit },
  { "contact", contact_before_commit },
  { "lead", lead_before_commit },
  { "deal", deal_before_commit },
  { "task", cpt_task_before_commit },
  { "activity", activity_before_commit },
  { "dashboard", dashboard_before_commit },
  { "report", report_before_commit },
  { "custom_field", cpt_fields_before_commit },
  { "file", file_before_commit },
  { "metric", metric_before_commit },
  { "goal", goal_before_commit },
  { CPT_ARRANGEMENT_ENTITY, arrangement_before_commit },
  { CPT_BADGE_ENTITY, badge_before_commit },
  { CPT_ALERT_ENTITY, alert_before_commit },
  { "report_schedule", cpt_report_schedule_before_commit },
  { CPT_WORKFLOW_ENTITY, workflow_before_commit },
  { CPT_WORKFLOW_VERSION_ENTITY, workflow_version_before_commit },
  { CPT_PLAN_ENTITY, plan_before_commit },
  { CPT_CHOICE_LIST_ENTITY, cpt_choices_before_commit },
  { CPT_PAGE_LAYOUT_ENTITY, page_layout_before_commit },
  { NULL, NULL },
};
