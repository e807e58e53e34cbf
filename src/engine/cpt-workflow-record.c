/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Workflows and their versions as records: reading them, and publishing. */

#include "config.h"

#include "cpt-workflow-record.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-automation-home.h"
#include "cpt-error.h"
#include "cpt-filter.h"
#include "cpt-json.h"
#include "cpt-query.h"
#include "cpt-transaction.h"

CptWorkflow *
cpt_workflow_read (const CptRecord  *record,
                   GError          **error)
{
  const char *text;
  g_autoptr(JsonNode) root = NULL;

  g_return_val_if_fail (record != NULL, NULL);

  text = cpt_record_get_text (record, "definition");
  if (text == NULL)
    return cpt_workflow_new ();

  root = cpt_json_parse (text, -1, error);

  return root != NULL ? cpt_workflow_parse (root, error) : NULL;
}

/* ------------------------------------------------------------------- versions */

/* (transfer full) (nullable): the record with the greatest number, or with @number unless that is 0; %NULL without
 * @error when there is none */
static CptRecord *
find_version (CptDatabase    *database,
              const CptUuid  *workflow,
              guint           number,
              GError        **error)
{
  CptSchema *schema = cpt_database_get_schema (database);
  const CptEntity *entity = cpt_schema_find_entity (schema, CPT_WORKFLOW_VERSION_ENTITY);
  g_autoptr(CptQuery) query = cpt_query_new (schema, entity);
  g_autoptr(JsonNode) id = json_node_new (JSON_NODE_VALUE);
  g_autoptr(CptFilter) filter = NULL;
  g_autoptr(GPtrArray) records = NULL;
  char text[CPT_UUID_TEXT_SIZE];

  cpt_uuid_format (workflow, text);
  json_node_set_string (id, text);
  filter = cpt_filter_new_condition (schema, entity, "workflow", CPT_OPERATOR_IS, id, error);
  if (filter == NULL)
    return NULL;
  if (number > 0)
    {
      g_autoptr(JsonNode) value = json_node_init_int (json_node_alloc (), number);
      g_autoptr(CptFilter) other = cpt_filter_new_condition (schema, entity, "number", CPT_OPERATOR_IS, value, error);
      g_autoptr(CptFilter) whole = g_steal_pointer (&filter);

      if (other == NULL)
        return NULL;
      filter = cpt_filter_and (whole, other);
    }
  cpt_query_set_filter (query, filter);
  if (!cpt_query_set_sort (query, "-number", error))
    return NULL;
  records = cpt_query_load_records (query, database, 1, error);

  return records != NULL && records->len > 0 ? g_ptr_array_steal_index (records, 0) : NULL;
}

CptRecord *
cpt_workflow_load_version (CptDatabase    *database,
                           const CptUuid  *workflow,
                           guint           number,
                           GError        **error)
{
  g_autoptr(GError) local_error = NULL;
  CptRecord *record;

  g_return_val_if_fail (database != NULL, NULL);
  g_return_val_if_fail (workflow != NULL, NULL);
  g_return_val_if_fail (number > 0, NULL);

  record = find_version (database, workflow, number, &local_error);
  if (record == NULL && local_error == NULL)
    g_set_error (&local_error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("There is no version %u of this workflow."), number);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return record;
}

/* ----------------------------------------------------------------- publishing */

typedef struct
{
  const CptUuid *workflow;
  guint number;
  GPtrArray *problems; /* (owned) (nullable) */
} Publishing;

static CptRecord *
create_version (CptDatabase       *database,
                const CptRecord   *workflow,
                const CptWorkflow *drawing,
                const char        *digest,
                guint              number)
{
  CptSchema *schema = cpt_database_get_schema (database);
  CptRecord *version = cpt_record_new (schema, cpt_schema_find_entity (schema, CPT_WORKFLOW_VERSION_ENTITY));
  g_autoptr(JsonNode) definition = cpt_workflow_to_json (drawing);
  g_autofree char *text = cpt_json_format_canonical (definition);

  cpt_record_set_text (version, "name", cpt_record_get_text (workflow, "name"));
  cpt_record_set_id (version, "workflow", &workflow->id);
  cpt_record_set_integer (version, "number", number);
  cpt_record_set_text (version, "definition", text);
  cpt_record_set_text (version, "digest", digest);

  return version;
}

/* The last version, when it does what is drawn; else a new one */
static gboolean
add_version (CptDatabase        *database,
             Publishing         *self,
             const CptRecord    *workflow,
             const CptWorkflow  *drawing,
             CptTransaction     *transaction,
             GError            **error)
{
  g_autofree char *digest = cpt_workflow_dup_digest (drawing);
  g_autoptr(GError) local_error = NULL;
  g_autoptr(CptRecord) last = find_version (database, &workflow->id, 0, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  self->number = last != NULL ? (guint) cpt_record_get_integer (last, "number") : 0;
  if (last == NULL || g_strcmp0 (cpt_record_get_text (last, "digest"), digest) != 0)
    {
      g_autoptr(CptRecord) version = create_version (database, workflow, drawing, digest, ++self->number);

      cpt_transaction_create (transaction, version);
    }

  return TRUE;
}

static void
set_running (CptTransaction  *transaction,
             const CptRecord *workflow,
             guint            number)
{
  const CptEntity *entity = cpt_record_get_entity (workflow);
  g_auto(CptValue) state = CPT_VALUE_INIT;
  g_auto(CptValue) version = CPT_VALUE_INIT;
  const CptValue nothing = CPT_VALUE_INIT;

  cpt_value_set_text (&state, "active");
  cpt_transaction_set (transaction, entity, &workflow->id, cpt_entity_find_field (entity, "state"), &state);
  cpt_value_set_integer (&version, number);
  cpt_transaction_set (transaction, entity, &workflow->id, cpt_entity_find_field (entity, "version"), &version);
  cpt_transaction_set (transaction, entity, &workflow->id, cpt_entity_find_field (entity, "pause"), &nothing);
  cpt_transaction_set (transaction, entity, &workflow->id, cpt_entity_find_field (entity, "pause_reason"), &nothing);
}

static gboolean
publish (CptDatabase  *database,
         gpointer      data,
         GError      **error)
{
  Publishing *self = data;
  CptSchema *schema = cpt_database_get_schema (database);
  g_autoptr(CptRecord) record =
    cpt_database_load (database, cpt_schema_find_entity (schema, CPT_WORKFLOW_ENTITY), self->workflow, error);
  g_autoptr(CptWorkflow) drawing = NULL;
  g_autoptr(CptTransaction) transaction = NULL;
  g_autofree char *label = NULL;

  if (record == NULL)
    return FALSE;
  drawing = cpt_workflow_read (record, error);
  if (drawing == NULL)
    return FALSE;

  self->problems = cpt_workflow_check_in (drawing, schema);
  if (self->problems->len > 0)
    {
      const CptWorkflowProblem *first = g_ptr_array_index (self->problems, 0);

      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_INVALID, first->message);
      return FALSE;
    }

  /* Translators: in the list of what was done; %s is the name of a workflow */
  label = g_strdup_printf (_("Publish “%s”"), cpt_record_get_text (record, "name"));
  transaction = cpt_transaction_new (CPT_ORIGIN_FORM, label);
  if (!add_version (database, self, record, drawing, transaction, error))
    return FALSE;
  set_running (transaction, record, self->number);

  return cpt_database_commit (database, transaction, NULL, NULL, error);
}

gboolean
cpt_workflow_publish (CptDatabase    *database,
                      const CptUuid  *workflow,
                      guint          *number,
                      GPtrArray     **problems,
                      GError        **error)
{
  Publishing publishing = { workflow, 0, NULL };
  gboolean done;

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (workflow != NULL, FALSE);

  done = cpt_database_transact (database, publish, &publishing, error);
  /* From now on a copy is one; what stands in the way of running is told when it is to run. */
  if (done)
    cpt_automation_home_check (database, NULL);
  if (done && number != NULL)
    *number = publishing.number;
  if (problems != NULL)
    *problems = g_steal_pointer (&publishing.problems);
  g_clear_pointer (&publishing.problems, g_ptr_array_unref);

  return done;
}
