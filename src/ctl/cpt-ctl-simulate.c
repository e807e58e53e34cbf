/* SPDX-License-Identifier: GPL-3.0-or-later */

/* workflow simulate: who would get what when, without doing any of it. */

#include "config.h"

#include "cpt-ctl.h"

#include <glib/gi18n-lib.h>

#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-workflow-record.h"
#include "cpt-workflow-simulation.h"

/* How many runs “workflow simulate” prints unless --limit says otherwise */
#define N_RUNS 20
#define N_DAYS 30

/* --------------------------------------------------------------------- the plan */

/* (transfer full) (nullable): what is drawn, or the version in force */
static CptWorkflow *
read_drawing (CptCtl           *self,
              const CptRecord  *record,
              GError          **error)
{
  gint64 number = cpt_record_get_integer (record, "version");
  g_autoptr(CptRecord) version = NULL;

  if (self->options.draft)
    return cpt_workflow_read (record, error);
  if (number < 1)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("“%s” was never published. Try what is drawn with --draft."),
                   cpt_record_get_text (record, "name"));
      return NULL;
    }
  version = cpt_workflow_load_version (self->database, &record->id, (guint) number, error);

  return version != NULL ? cpt_workflow_read (version, error) : NULL;
}

static gint64
add_days (CptCtl *self,
          gint64  instant,
          int     days)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (instant / G_TIME_SPAN_SECOND);
  g_autoptr(GDateTime) local = g_date_time_to_timezone (utc, cpt_database_get_zone (self->database));
  g_autoptr(GDateTime) moved = g_date_time_add_days (local, days);

  return moved != NULL ? g_date_time_to_unix (moved) * G_TIME_SPAN_SECOND + instant % G_TIME_SPAN_SECOND : instant;
}

/* The last days until now, unless something else is said */
static gboolean
read_time (CptCtl             *self,
           CptSimulationPlan  *plan,
           GError            **error)
{
  int days = self->options.days != 0 ? self->options.days : N_DAYS;

  if (days < 1 || days > 36500 || self->options.sample < 0)
    {
      g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("--days and --sample are more than nothing."));
      return FALSE;
    }

  plan->until = cpt_database_get_now (self->database);
  if (!cpt_ctl_read_instant (self, self->options.from, &plan->from, error) ||
      !cpt_ctl_read_instant (self, self->options.until, &plan->until, error))
    return FALSE;
  if (self->options.from == NULL)
    plan->from = add_days (self, plan->until, -days);
  else if (self->options.until == NULL)
    plan->until = add_days (self, plan->from, days);

  return TRUE;
}

static gboolean
read_events (CptCtl             *self,
             CptSimulationPlan  *plan,
             GError            **error)
{
  g_autofree char *text = NULL;

  if (self->options.events == NULL)
    return TRUE;

  text = cpt_ctl_read_text (self->options.events, error);
  plan->events = text != NULL ? cpt_json_parse (text, -1, error) : NULL;

  return plan->events != NULL;
}

static CptSimulationPlan *
read_plan (CptCtl  *self,
           GError **error)
{
  g_autoptr(CptRecord) record = cpt_ctl_load_workflow (self, error);
  CptWorkflow *drawing = record != NULL ? read_drawing (self, record, error) : NULL;
  g_autoptr(CptSimulationPlan) plan = drawing != NULL ? cpt_simulation_plan_new (drawing) : NULL;
  const CptEntity *entity;

  if (plan == NULL || !read_time (self, plan, error) || !read_events (self, plan, error))
    return NULL;

  plan->workflow = record->id;
  plan->name = g_strdup (cpt_record_get_text (record, "name"));
  plan->sample = (guint) self->options.sample;
  plan->seed = (guint32) self->options.seed;
  entity = cpt_workflow_find_entity (drawing, cpt_database_get_schema (self->database));
  if (entity != NULL && (self->n_args > 1 || cpt_ctl_has_conditions (self)))
    {
      plan->subjects = g_array_new (FALSE, FALSE, sizeof (CptUuid));
      if (!cpt_ctl_add_subjects (self, entity, plan->subjects, error))
        return NULL;
    }

  return g_steal_pointer (&plan);
}

/* ------------------------------------------------------------------------- JSON */

static void
add_node_json (JsonBuilder            *builder,
               const CptSimulatedNode *node)
{
  json_builder_begin_object (builder);
  cpt_ctl_json_text (builder, "node", node->node);
  cpt_ctl_json_int (builder, "came", (gint64) node->n_came);
  cpt_ctl_json_int (builder, "left", (gint64) node->n_left);
  cpt_ctl_json_int (builder, "waiting", (gint64) node->n_waiting);
  cpt_ctl_json_int (builder, "failed", (gint64) node->n_failed);
  json_builder_end_object (builder);
}

static void
add_connection_json (JsonBuilder                  *builder,
                     const CptSimulatedConnection *connection)
{
  json_builder_begin_object (builder);
  cpt_ctl_json_text (builder, "from", connection->from);
  cpt_ctl_json_text (builder, "outcome", connection->outcome);
  cpt_ctl_json_text (builder, "to", connection->to);
  cpt_ctl_json_int (builder, "passed", (gint64) connection->n_passed);
  json_builder_end_object (builder);
}

static void
add_step_json (JsonBuilder            *builder,
               const CptSimulatedStep *step)
{
  json_builder_begin_object (builder);
  cpt_ctl_json_instant (builder, "at", step->at);
  cpt_ctl_json_text (builder, "node", step->node);
  cpt_ctl_json_int (builder, "visit", step->visit);
  cpt_ctl_json_text (builder, "outcome", step->outcome);
  cpt_ctl_json_text (builder, "exit", step->exit);
  json_builder_set_member_name (builder, "effects");
  json_builder_begin_array (builder);
  for (char **effect = step->effects; effect != NULL && *effect != NULL; effect++)
    json_builder_add_string_value (builder, *effect);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_run_json (JsonBuilder           *builder,
              const CptSimulatedRun *run)
{
  json_builder_begin_object (builder);
  cpt_ctl_json_id (builder, "subject", &run->subject);
  cpt_ctl_json_text (builder, "title", run->title);
  cpt_ctl_json_instant (builder, "began", run->began);
  cpt_ctl_json_instant (builder, "ended", run->ended);
  cpt_ctl_json_text (builder, "label", run->label);
  cpt_ctl_json_text (builder, "node", run->node);
  cpt_ctl_json_instant (builder, "due", run->due);
  cpt_ctl_json_text (builder, "reason", run->reason);
  json_builder_set_member_name (builder, "steps");
  json_builder_begin_array (builder);
  for (guint i = 0; i < run->steps->len; i++)
    add_step_json (builder, g_ptr_array_index (run->steps, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
print_json (const CptSimulationPlan *plan,
            const CptSimulation     *result,
            guint                    n_runs)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  cpt_ctl_json_instant (builder, "from", plan->from);
  cpt_ctl_json_instant (builder, "until", plan->until);
  cpt_ctl_json_int (builder, "begun", (gint64) result->n_runs);
  cpt_ctl_json_int (builder, "ended", (gint64) result->n_ended);
  cpt_ctl_json_int (builder, "waiting", (gint64) result->n_waiting);
  cpt_ctl_json_int (builder, "failed", (gint64) result->n_failed);
  cpt_ctl_json_int (builder, "steps", (gint64) result->n_steps);
  cpt_ctl_json_int (builder, "effects", (gint64) result->n_effects);
  json_builder_set_member_name (builder, "nodes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < result->nodes->len; i++)
    add_node_json (builder, g_ptr_array_index (result->nodes, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "connections");
  json_builder_begin_array (builder);
  for (guint i = 0; i < result->connections->len; i++)
    add_connection_json (builder, g_ptr_array_index (result->connections, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "runs");
  json_builder_begin_array (builder);
  for (guint i = 0; i < MIN (n_runs, result->runs->len); i++)
    add_run_json (builder, g_ptr_array_index (result->runs, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  cpt_ctl_print_builder (builder);
}

/* ------------------------------------------------------------------- for people */

static void
add_row (CptCtlTable *table,
         char        *when,
         const char  *who,
         const char  *node,
         char        *what)
{
  char **cells = g_new0 (char *, 5);

  cells[0] = when;
  cells[1] = g_strdup (who);
  cells[2] = g_strdup (node != NULL ? node : "");
  cells[3] = what;
  cpt_ctl_table_take_row (table, cells);
}

static void
add_run_rows (CptCtl                *self,
              CptCtlTable           *table,
              const CptSimulatedRun *run)
{
  for (guint i = 0; i < run->steps->len; i++)
    {
      const CptSimulatedStep *step = g_ptr_array_index (run->steps, i);
      const char *way = step->exit != NULL ? step->exit : step->outcome != NULL ? step->outcome
                                                                                : run->label;
      char *what = step->effects != NULL ? g_strjoinv (", ", step->effects) : g_strdup (way != NULL ? way : "");

      add_row (table, cpt_ctl_dup_instant (self, step->at), run->title, step->node, what);
    }
  if (run->node != NULL)
    add_row (table, cpt_ctl_dup_instant (self, run->due), run->title, run->node,
             g_strdup (run->reason != NULL ? run->reason : _("waits")));
}

static void
print_nodes (const CptSimulation *result)
{
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (5);
  const char *heads[] = { "", _("Came"), _("Left"), _("Waiting"), _("Failed") };
  char **cells = g_new0 (char *, 6);

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    cells[i] = g_strdup (heads[i]);
  cpt_ctl_table_take_row (table, cells);
  for (guint i = 1; i < G_N_ELEMENTS (heads); i++)
    cpt_ctl_table_align (table, i);
  for (guint i = 0; i < result->nodes->len; i++)
    {
      const CptSimulatedNode *node = g_ptr_array_index (result->nodes, i);

      cells = g_new0 (char *, 6);
      cells[0] = g_strdup (node->node);
      cells[1] = g_strdup_printf ("%" G_GUINT64_FORMAT, node->n_came);
      cells[2] = g_strdup_printf ("%" G_GUINT64_FORMAT, node->n_left);
      cells[3] = g_strdup_printf ("%" G_GUINT64_FORMAT, node->n_waiting);
      cells[4] = g_strdup_printf ("%" G_GUINT64_FORMAT, node->n_failed);
      cpt_ctl_table_take_row (table, cells);
    }
  cpt_ctl_table_print (table);
}

static void
print_text (CptCtl              *self,
            const CptSimulation *result,
            guint                limit)
{
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (4);

  for (guint i = 0; i < MIN (limit, result->runs->len); i++)
    add_run_rows (self, table, g_ptr_array_index (result->runs, i));
  cpt_ctl_table_print (table);
  cpt_ctl_print ("\n");
  print_nodes (result);
  cpt_ctl_print ("\n");
  cpt_ctl_print (_("Begun: %u, ended: %u, under way: %u, waiting for a person: %u\n"), (guint) result->n_runs,
                 (guint) result->n_ended, (guint) result->n_waiting, (guint) result->n_failed);
  if (result->n_runs > limit)
    cpt_ctl_say_cut (self, limit);
}

static gboolean
run_simulate (CptCtl  *self,
              GError **error)
{
  g_autoptr(CptSimulationPlan) plan = read_plan (self, error);
  g_autoptr(CptSimulation) result = plan != NULL ? cpt_workflow_simulate (self->database, plan, self->cancellable, error) : NULL;

  if (result == NULL)
    return FALSE;

  if (self->options.json)
    print_json (plan, result, cpt_ctl_get_limit (self, CPT_SIMULATION_MAX_RUNS));
  else
    print_text (self, result, cpt_ctl_get_limit (self, N_RUNS));

  return TRUE;
}

const CptCtlCommand cpt_ctl_simulate_commands[] = {
  {
    .name = "workflow simulate",
    .arguments = N_("NAME [RECORD…]"),
    .summary = N_("Tell who would get what when in a workflow"),
    .details = N_("The clock goes from --from to --until, or over the last --days. Records that are named or meet the "
                  "conditions begin when it does; without any, those whom the starts would have let begin. What happened "
                  "in that time happens again. Nothing is written and nothing is sent: messages are taken for answered."),
    .access = CPT_CTL_READ,
    .min_args = 1,
    .max_args = G_MAXUINT,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (LIMIT) | CPT_CTL_TAKES (WHERE) |
               CPT_CTL_TAKES (FILTER) | CPT_CTL_TAKES (SEARCH) | CPT_CTL_TAKES (SEED) | CPT_CTL_TAKES (UNTIL),
    .more_options = CPT_CTL_TAKES_MORE (DAYS) | CPT_CTL_TAKES_MORE (FROM) | CPT_CTL_TAKES_MORE (SAMPLE) |
                    CPT_CTL_TAKES_MORE (EVENTS) | CPT_CTL_TAKES_MORE (DRAFT),
    .run = run_simulate,
  },
  { NULL },
};
