/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands on workflows: workflow draw, check, publish, start, stop, runs, steps. */

#include "config.h"

#include "cpt-ctl.h"

#include <glib/gi18n-lib.h>

#include "cpt-automation.h"
#include "cpt-date.h"
#include "cpt-enrolment.h"
#include "cpt-error.h"
#include "cpt-find.h"
#include "cpt-json.h"
#include "cpt-workflow-record.h"

/* What “workflow runs” prints unless --limit says otherwise */
#define N_RUNS 50

static const CptEntity *
get_entity (CptCtl *self)
{
  return cpt_schema_find_entity (cpt_database_get_schema (self->database), CPT_WORKFLOW_ENTITY);
}

CptRecord *
cpt_ctl_load_workflow (CptCtl  *self,
                       GError **error)
{
  const CptEntity *entity = get_entity (self);
  CptUuid id;

  if (!cpt_find_record (self->database, entity, self->args[0], FALSE, &id, error))
    return NULL;

  return cpt_database_load (self->database, entity, &id, error);
}

/* ---- draw ---- */

/* (transfer full) (nullable): what is drawn in the argument, as it is kept */
static char *
read_drawing (CptCtl  *self,
              GError **error)
{
  g_autofree char *text = cpt_ctl_read_text (self->args[1], error);
  g_autoptr(JsonNode) root = text != NULL ? cpt_json_parse (text, -1, error) : NULL;
  g_autoptr(CptWorkflow) workflow = root != NULL ? cpt_workflow_parse (root, error) : NULL;
  g_autoptr(JsonNode) written = workflow != NULL ? cpt_workflow_to_json (workflow) : NULL;

  return written != NULL ? cpt_json_format (written) : NULL;
}

static gboolean
run_draw (CptCtl  *self,
          GError **error)
{
  const CptEntity *entity = get_entity (self);
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_COMMAND, NULL);
  g_autoptr(CptRecord) record = NULL;
  g_autoptr(GError) local_error = NULL;
  g_autofree char *definition = read_drawing (self, error);
  g_auto(CptValue) value = CPT_VALUE_INIT;
  CptUuid id;

  if (definition == NULL)
    return FALSE;

  if (cpt_find_record (self->database, entity, self->args[0], FALSE, &id, &local_error))
    {
      cpt_value_take_text (&value, g_steal_pointer (&definition));
      cpt_transaction_set (transaction, entity, &id, cpt_entity_find_field (entity, "definition"), &value);
      return cpt_database_commit (self->database, transaction, NULL, NULL, error);
    }
  if (!g_error_matches (local_error, CPT_ERROR, CPT_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  record = cpt_record_new (cpt_database_get_schema (self->database), entity);
  cpt_record_set_text (record, "name", self->args[0]);
  cpt_record_set_text (record, "definition", definition);
  cpt_record_apply_initial (record, cpt_database_get_now (self->database), cpt_database_get_author (self->database), NULL);
  cpt_transaction_create (transaction, record);
  if (!cpt_database_commit (self->database, transaction, NULL, NULL, error))
    return FALSE;
  cpt_ctl_print_made (self, &record->id);

  return TRUE;
}

/* ---- check and publish ---- */

static void
print_problems (CptCtl    *self,
                GPtrArray *problems)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (2);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "problems");
  json_builder_begin_array (builder);
  for (guint i = 0; i < problems->len; i++)
    {
      const CptWorkflowProblem *problem = g_ptr_array_index (problems, i);
      char **cells = g_new0 (char *, 3);

      cells[0] = g_strdup (problem->node != NULL ? problem->node : "");
      cells[1] = g_strdup (problem->message);
      cpt_ctl_table_take_row (table, cells);
      json_builder_begin_object (builder);
      cpt_ctl_json_text (builder, "node", problem->node);
      cpt_ctl_json_text (builder, "message", problem->message);
      json_builder_end_object (builder);
    }
  cpt_ctl_print_list (self, builder, table);
}

static gboolean
run_check (CptCtl  *self,
           GError **error)
{
  g_autoptr(CptRecord) record = cpt_ctl_load_workflow (self, error);
  g_autoptr(CptWorkflow) workflow = record != NULL ? cpt_workflow_read (record, error) : NULL;
  g_autoptr(GPtrArray) problems = NULL;

  if (workflow == NULL)
    return FALSE;

  problems = cpt_workflow_check_in (workflow, cpt_database_get_schema (self->database));
  print_problems (self, problems);
  if (problems->len == 0)
    return TRUE;

  g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_FAULTS,
               g_dngettext (NULL, "%u thing stands in the way of publishing.", "%u things stand in the way of publishing.",
                            problems->len),
               problems->len);

  return FALSE;
}

static gboolean
run_publish (CptCtl  *self,
             GError **error)
{
  g_autoptr(CptRecord) record = cpt_ctl_load_workflow (self, error);
  guint number;

  if (record == NULL || !cpt_workflow_publish (self->database, &record->id, &number, NULL, error))
    return FALSE;

  if (self->options.json)
    {
      g_autoptr(JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      cpt_ctl_json_int (builder, "version", number);
      json_builder_end_object (builder);
      cpt_ctl_print_builder (builder);
    }
  else
    cpt_ctl_print (_("Version %u runs from now on.\n"), number);

  return TRUE;
}

/* ---- start ---- */

static gboolean
add_named (CptCtl           *self,
           const CptEntity  *entity,
           GArray           *ids,
           GError          **error)
{
  for (guint i = 1; i < self->n_args; i++)
    {
      CptUuid id;

      if (!cpt_find_record (self->database, entity, self->args[i], FALSE, &id, error))
        return FALSE;
      g_array_append_val (ids, id);
    }

  return TRUE;
}

static gboolean
add_met (CptCtl           *self,
         const CptEntity  *entity,
         GArray           *ids,
         GError          **error)
{
  g_autoptr(CptQuery) query = NULL;
  g_autoptr(GArray) rows = NULL;

  if (!cpt_ctl_has_conditions (self))
    return TRUE;

  query = cpt_ctl_create_query (self, entity, error);
  rows = query != NULL ? cpt_query_get_rows (query, self->database, 0, 0, error) : NULL;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      g_autoptr(CptRecord) record = cpt_database_load_row (self->database, entity, g_array_index (rows, gint64, i), error);

      if (record == NULL)
        return FALSE;
      g_array_append_val (ids, record->id);
    }

  return rows != NULL;
}

gboolean
cpt_ctl_add_subjects (CptCtl           *self,
                      const CptEntity  *entity,
                      GArray           *ids,
                      GError          **error)
{
  return add_named (self, entity, ids, error) && add_met (self, entity, ids, error);
}

static gboolean
run_start (CptCtl  *self,
           GError **error)
{
  g_autoptr(CptRecord) record = cpt_ctl_load_workflow (self, error);
  g_autoptr(CptWorkflow) workflow = record != NULL ? cpt_workflow_read (record, error) : NULL;
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (CptUuid));
  const CptEntity *entity;
  guint n_added = 0;

  if (workflow == NULL)
    return FALSE;

  entity = cpt_workflow_find_entity (workflow, cpt_database_get_schema (self->database));
  if (entity != NULL && !cpt_ctl_add_subjects (self, entity, ids, error))
    return FALSE;
  if (!cpt_automation_enrol (self->database, &record->id, (const CptUuid *) (gpointer) ids->data, ids->len, &n_added, error))
    return FALSE;

  if (self->options.json)
    {
      g_autoptr(JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      cpt_ctl_json_int (builder, "started", n_added);
      cpt_ctl_json_int (builder, "under_way", ids->len - n_added);
      json_builder_end_object (builder);
      cpt_ctl_print_builder (builder);
    }
  else
    cpt_ctl_print (g_dngettext (NULL, "%u record has started.\n", "%u records have started.\n", n_added), n_added);

  return TRUE;
}

/* ---- stop ---- */

static gboolean
run_stop (CptCtl  *self,
          GError **error)
{
  g_autoptr(CptRecord) record = cpt_ctl_load_workflow (self, error);
  g_autoptr(CptWorkflow) workflow = record != NULL ? cpt_workflow_read (record, error) : NULL;
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (CptUuid));
  const CptEntity *entity;
  guint n_stopped = 0;

  if (workflow == NULL)
    return FALSE;

  entity = cpt_workflow_find_entity (workflow, cpt_database_get_schema (self->database));
  if (entity == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("“%s” has no start yet."), self->args[0]);
      return FALSE;
    }
  if (!cpt_ctl_add_subjects (self, entity, ids, error) ||
      !cpt_automation_stop (self->database, &record->id, (const CptUuid *) (gpointer) ids->data, ids->len, &n_stopped, error))
    return FALSE;

  if (self->options.json)
    {
      g_autoptr(JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      cpt_ctl_json_int (builder, "stopped", n_stopped);
      json_builder_end_object (builder);
      cpt_ctl_print_builder (builder);
    }
  else
    cpt_ctl_print (g_dngettext (NULL, "%u run was ended.\n", "%u runs were ended.\n", n_stopped), n_stopped);

  return TRUE;
}

/* ---- runs and steps ---- */

static void
add_run (CptCtl             *self,
         JsonBuilder        *builder,
         CptCtlTable        *table,
         const CptEnrolment *run)
{
  const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (self->database), run->entity);
  g_autofree char *title = entity != NULL ? cpt_database_dup_title (self->database, entity, &run->subject) : NULL;
  char **cells = g_new0 (char *, 6);

  json_builder_begin_object (builder);
  cpt_ctl_json_id (builder, "subject", &run->subject);
  cpt_ctl_json_text (builder, "title", title);
  cpt_ctl_json_int (builder, "version", run->version);
  cpt_ctl_json_int (builder, "run", run->run);
  cpt_ctl_json_instant (builder, "entered", run->entered);
  cpt_ctl_json_instant (builder, "due", run->due);
  cpt_ctl_json_instant (builder, "ended", run->ended);
  cpt_ctl_json_text (builder, "label", run->label);
  json_builder_end_object (builder);

  cells[0] = g_strdup (title != NULL ? title : run->key);
  cells[1] = cpt_ctl_dup_instant (self, run->entered);
  cells[2] = cpt_ctl_dup_instant (self, run->due);
  cells[3] = cpt_ctl_dup_instant (self, run->ended);
  cells[4] = g_strdup (run->label != NULL ? run->label : "");
  cpt_ctl_table_take_row (table, cells);
}

static gboolean
run_runs (CptCtl  *self,
          GError **error)
{
  guint limit = cpt_ctl_get_limit (self, N_RUNS);
  g_autoptr(CptRecord) record = cpt_ctl_load_workflow (self, error);
  g_autoptr(GPtrArray) runs = NULL;
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (5);

  if (record == NULL)
    return FALSE;
  runs = cpt_enrolment_list (self->database, &record->id, NULL, limit < G_MAXUINT ? limit + 1 : limit, error);
  if (runs == NULL)
    return FALSE;

  cpt_ctl_cut (self, runs, limit);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "runs");
  json_builder_begin_array (builder);
  for (guint i = 0; i < runs->len; i++)
    add_run (self, builder, table, g_ptr_array_index (runs, i));
  cpt_ctl_print_list (self, builder, table);

  return TRUE;
}

static void
add_step (CptCtl                 *self,
          JsonBuilder            *builder,
          CptCtlTable            *table,
          const CptEnrolment     *run,
          const CptEnrolmentStep *step)
{
  char **cells = g_new0 (char *, 5);

  json_builder_begin_object (builder);
  cpt_ctl_json_int (builder, "run", run->run);
  cpt_ctl_json_instant (builder, "at", step->at);
  cpt_ctl_json_text (builder, "node", step->node);
  cpt_ctl_json_int (builder, "visit", step->visit);
  cpt_ctl_json_text (builder, "what", step->what);
  cpt_ctl_json_text (builder, "detail", step->detail);
  cpt_ctl_json_int (builder, "sequence", step->sequence);
  json_builder_end_object (builder);

  cells[0] = cpt_ctl_dup_instant (self, step->at);
  cells[1] = g_strdup (step->node);
  cells[2] = g_strdup (step->what);
  cells[3] = g_strdup (step->detail != NULL ? step->detail : "");
  cpt_ctl_table_take_row (table, cells);
}

static gboolean
run_steps (CptCtl  *self,
           GError **error)
{
  g_autoptr(CptRecord) record = cpt_ctl_load_workflow (self, error);
  g_autoptr(CptWorkflow) workflow = record != NULL ? cpt_workflow_read (record, error) : NULL;
  const CptEntity *entity;
  g_autoptr(GPtrArray) runs = NULL;
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (4);
  CptUuid subject;

  if (workflow == NULL)
    return FALSE;
  entity = cpt_workflow_find_entity (workflow, cpt_database_get_schema (self->database));
  if (entity == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("“%s” has no start yet."), self->args[0]);
      return FALSE;
    }
  if (!cpt_find_record (self->database, entity, self->args[1], FALSE, &subject, error))
    return FALSE;
  runs = cpt_enrolment_list (self->database, &record->id, &subject, N_RUNS, error);
  if (runs == NULL)
    return FALSE;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "steps");
  json_builder_begin_array (builder);
  for (guint i = runs->len; i-- > 0;)
    {
      const CptEnrolment *run = g_ptr_array_index (runs, i);
      g_autoptr(GPtrArray) steps = cpt_enrolment_list_steps (self->database, run->row, error);

      if (steps == NULL)
        return FALSE;
      for (guint j = 0; j < steps->len; j++)
        add_step (self, builder, table, run, g_ptr_array_index (steps, j));
    }
  cpt_ctl_print_list (self, builder, table);

  return TRUE;
}

const CptCtlCommand cpt_ctl_workflow_commands[] = {
  {
    .name = "workflow draw",
    .arguments = N_("NAME JSON"),
    .summary = N_("Make a workflow, or draw one anew"),
    .details = N_("JSON stands there, in the file behind “@”, or on standard input for “-”. "
                  "Anything that can be read is kept, finished or not. What runs is what was published."),
    .access = CPT_CTL_WRITE,
    .min_args = 2,
    .max_args = 2,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON),
    .run = run_draw,
  },
  {
    .name = "workflow check",
    .arguments = N_("NAME"),
    .summary = N_("Say what stands in the way of publishing a workflow"),
    .access = CPT_CTL_READ,
    .min_args = 1,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON),
    .run = run_check,
  },
  {
    .name = "workflow publish",
    .arguments = N_("NAME"),
    .summary = N_("Let a workflow run as it is drawn now"),
    .details = N_("Those who are under way go on in the version that they began with."),
    .access = CPT_CTL_WRITE,
    .min_args = 1,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON),
    .run = run_publish,
  },
  {
    .name = "workflow start",
    .arguments = N_("NAME [RECORD…]"),
    .summary = N_("Let records begin a workflow"),
    .details = N_("Those that are named, and those that meet the conditions. Those that are under way stay where they are. "
                  "They go on with “tick”."),
    .access = CPT_CTL_WRITE,
    .min_args = 1,
    .max_args = G_MAXUINT,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (WHERE) | CPT_CTL_TAKES (FILTER) |
               CPT_CTL_TAKES (SEARCH),
    .run = run_start,
  },
  {
    .name = "workflow stop",
    .arguments = N_("NAME [RECORD…]"),
    .summary = N_("End what is under way for records in a workflow"),
    .details = N_("Those that are named, and those that meet the conditions. What was not sent yet is not sent any more."),
    .access = CPT_CTL_WRITE,
    .min_args = 1,
    .max_args = G_MAXUINT,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (WHERE) | CPT_CTL_TAKES (FILTER) |
               CPT_CTL_TAKES (SEARCH),
    .run = run_stop,
  },
  {
    .name = "workflow runs",
    .arguments = N_("NAME"),
    .summary = N_("List who is or was under way in a workflow"),
    .access = CPT_CTL_READ,
    .min_args = 1,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (LIMIT),
    .run = run_runs,
  },
  {
    .name = "workflow steps",
    .arguments = N_("NAME RECORD"),
    .summary = N_("Tell what a record went through in a workflow, and why"),
    .access = CPT_CTL_READ,
    .min_args = 2,
    .max_args = 2,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON),
    .run = run_steps,
  },
  { NULL },
};
