/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who would get what when: a workflow over many records with a clock that jumps from one instant at which
 * something happens to the next. All at once and in time, since they share limits, turns and one another's
 * records. */

#include "config.h"

#include "cpt-workflow-simulation.h"

#include <glib/gi18n-lib.h>

#include "cpt-error.h"
#include "cpt-workflow-record.h"
#include "cpt-workflow-simulation-private.h"

/* How often somebody is told how far it is: each so many instants */
#define PULSE 256

/* ---------------------------------------------------------------------- plans */

CptSimulationPlan *
cpt_simulation_plan_new (CptWorkflow *drawing)
{
  CptSimulationPlan *self = g_new0 (CptSimulationPlan, 1);

  self->drawing = drawing;

  return self;
}

void
cpt_simulation_plan_free (CptSimulationPlan *self)
{
  if (self == NULL)
    return;

  cpt_workflow_free (self->drawing);
  g_free (self->name);
  g_clear_pointer (&self->subjects, g_array_unref);
  g_clear_pointer (&self->events, json_node_unref);
  g_free (self);
}

/* -------------------------------------------------------------------- results */

static void
step_free (gpointer data)
{
  CptSimulatedStep *self = data;

  g_free (self->node);
  g_free (self->outcome);
  g_free (self->exit);
  g_strfreev (self->effects);
  g_free (self);
}

static void
run_free (gpointer data)
{
  CptSimulatedRun *self = data;

  g_free (self->title);
  g_free (self->label);
  g_free (self->node);
  g_free (self->reason);
  g_ptr_array_set_free_func (self->steps, step_free);
  g_ptr_array_unref (self->steps);
  g_free (self);
}

static void
node_free (gpointer data)
{
  CptSimulatedNode *self = data;

  g_free (self->node);
  g_free (self);
}

static void
connection_free (gpointer data)
{
  CptSimulatedConnection *self = data;

  g_free (self->from);
  g_free (self->outcome);
  g_free (self->to);
  g_free (self);
}

void
cpt_simulation_free (CptSimulation *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->nodes);
  g_ptr_array_unref (self->connections);
  g_ptr_array_unref (self->runs);
  g_free (self);
}

static CptSimulation *
create_result (CptSimulator *self)
{
  const CptWorkflow *drawing = self->version->drawing;
  CptSimulation *result = g_new0 (CptSimulation, 1);

  result->nodes = g_ptr_array_new_with_free_func (node_free);
  result->connections = g_ptr_array_new_with_free_func (connection_free);
  result->runs = g_ptr_array_new_with_free_func (run_free);
  for (guint i = 0; i < drawing->nodes->len; i++)
    {
      CptSimulatedNode *node = g_new0 (CptSimulatedNode, 1);

      node->node = g_strdup (((const CptWorkflowNode *) g_ptr_array_index (drawing->nodes, i))->id);
      g_ptr_array_add (result->nodes, node);
      g_hash_table_insert (self->nodes, node->node, node);
    }
  for (guint i = 0; i < drawing->connections->len; i++)
    {
      const CptWorkflowConnection *drawn = g_ptr_array_index (drawing->connections, i);
      CptSimulatedConnection *connection = g_new0 (CptSimulatedConnection, 1);
      GPtrArray *leaving = g_hash_table_lookup (self->leaving, drawn->from);

      connection->from = g_strdup (drawn->from);
      connection->outcome = g_strdup (drawn->outcome);
      connection->to = g_strdup (drawn->to);
      g_ptr_array_add (result->connections, connection);
      if (leaving == NULL)
        {
          leaving = g_ptr_array_new ();
          g_hash_table_insert (self->leaving, connection->from, leaving);
        }
      g_ptr_array_add (leaving, connection);
    }

  return result;
}

/* ------------------------------------------------------------------- one pass */

static void
simulator_init (CptSimulator            *self,
                CptDatabase             *database,
                const CptSimulationPlan *plan,
                GCancellable            *cancellable)
{
  g_autoptr(JsonNode) root = cpt_workflow_to_json (plan->drawing);

  *self = (CptSimulator){ .database = database, .plan = plan, .cancellable = cancellable };
  self->version = cpt_automation_version_new (cpt_workflow_parse (root, NULL), cpt_database_get_schema (database));
  self->events = g_ptr_array_new_with_free_func (cpt_simulation_event_free);
  self->heap = g_array_new (FALSE, FALSE, sizeof (CptSimulationDue));
  self->runs = g_ptr_array_new_with_free_func (cpt_simulation_run_free);
  self->by_subject = g_hash_table_new_full (cpt_uuid_hash, cpt_uuid_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  self->nodes = g_hash_table_new (g_str_hash, g_str_equal);
  self->leaving = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  g_queue_init (&self->changes);
  self->result = create_result (self);
}

static void
simulator_clear (CptSimulator *self)
{
  g_queue_clear_full (&self->changes, cpt_simulation_own_free);
  g_hash_table_unref (self->by_key);
  g_hash_table_unref (self->by_subject);
  g_hash_table_unref (self->nodes);
  g_hash_table_unref (self->leaving);
  g_array_unref (self->heap);
  g_ptr_array_unref (self->runs);
  g_ptr_array_unref (self->events);
  cpt_automation_version_free (self->version);
  g_clear_pointer (&self->result, cpt_simulation_free);
}

static void
tell_progress (CptSimulator *self)
{
  const CptSimulationPlan *plan = self->plan;
  double length = (double) MAX (plan->until - plan->from, 1);

  if (plan->progress != NULL)
    plan->progress (plan->progress_data, CLAMP ((double) (self->now - plan->from) / length, 0.0, 1.0));
}

static void
set_now (CptSimulator *self,
         gint64        now)
{
  self->now = MAX (self->now, now);
  cpt_rehearsal_set_now (self->database, self->now);
}

/* What happens goes before what the clock does at the same instant: it was in time. */
static gboolean
go_on (CptSimulator  *self,
       guint         *next,
       gboolean      *is_over,
       GError       **error)
{
  const CptSimulationEvent *event = *next < self->events->len ? g_ptr_array_index (self->events, *next) : NULL;
  gint64 due = cpt_simulator_get_due (self);
  CptSimulationRun *run;

  if (event != NULL && event->at <= self->plan->until && event->at <= due)
    {
      (*next)++;
      set_now (self, event->at);
      return event->happen (self, event, error) && cpt_simulator_tell_own (self, error);
    }

  run = cpt_simulator_pop (self, self->plan->until, &due);
  *is_over = run == NULL;
  if (run == NULL)
    return TRUE;
  set_now (self, due);

  return cpt_simulator_go_on (self, run, error) && cpt_simulator_tell_own (self, error);
}

static gboolean
pass (CptDatabase  *database,
      gpointer      data,
      GError      **error)
{
  CptSimulator *self = data;
  gboolean is_over = FALSE;
  guint next = 0;

  self->now = self->plan->from;
  cpt_rehearsal_set_now (database, self->now);
  if (!cpt_simulator_read_events (self, error))
    return FALSE;

  for (guint i = 0; !is_over; i++)
    {
      if (i % PULSE == 0)
        {
          if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
            return FALSE;
          tell_progress (self);
        }
      if (!go_on (self, &next, &is_over, error))
        return FALSE;
    }
  set_now (self, self->plan->until);
  cpt_simulator_count_standing (self);
  tell_progress (self);

  return TRUE;
}

/* ----------------------------------------------------------------------- sample */

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return memcmp (a, b, sizeof (CptUuid));
}

/* (transfer full): so many of @begun, the same ones each time */
static GHashTable *
draw_sample (const CptSimulationPlan *plan,
             GHashTable              *begun)
{
  GHashTable *chosen = g_hash_table_new_full (cpt_uuid_hash, cpt_uuid_equal, g_free, NULL);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (CptUuid));
  g_autoptr(GRand) rand = g_rand_new_with_seed (plan->seed);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, begun);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_array_append_vals (ids, id, 1);
  g_array_sort (ids, compare_ids);
  for (guint i = 0; i < MIN (plan->sample, ids->len); i++)
    {
      guint place = (guint) g_rand_int_range (rand, 0, (gint32) MIN (ids->len - i, G_MAXINT32));

      g_hash_table_add (chosen, g_memdup2 (&g_array_index (ids, CptUuid, place), sizeof (CptUuid)));
      g_array_index (ids, CptUuid, place) = g_array_index (ids, CptUuid, ids->len - 1 - i);
    }

  return chosen;
}

/* Whom the starts let begin is known when all of them were asked: a pass that only looks for that */
static gboolean
find_sample (CptDatabase              *database,
             const CptSimulationPlan  *plan,
             GCancellable             *cancellable,
             GHashTable              **allowed,
             GError                  **error)
{
  g_autoptr(GHashTable) begun = g_hash_table_new_full (cpt_uuid_hash, cpt_uuid_equal, g_free, NULL);
  CptSimulator self;
  gboolean done;

  simulator_init (&self, database, plan, cancellable);
  self.begun = begun;
  done = cpt_database_rehearse (database, pass, &self, error);
  simulator_clear (&self);
  if (done)
    *allowed = draw_sample (plan, begun);

  return done;
}

/* ---------------------------------------------------------------------- public */

static gboolean
check (CptDatabase              *database,
       const CptSimulationPlan  *plan,
       GError                  **error)
{
  g_autoptr(GPtrArray) problems = cpt_workflow_check_in (plan->drawing, cpt_database_get_schema (database));
  const CptWorkflowProblem *problem;

  if (problems->len == 0 && plan->from < plan->until)
    return TRUE;

  problem = problems->len > 0 ? g_ptr_array_index (problems, 0) : NULL;
  g_set_error_literal (error, CPT_ERROR, CPT_ERROR_INVALID,
                       problem != NULL ? problem->message : _("The time ends before it begins. Choose a later end."));

  return FALSE;
}

CptSimulation *
cpt_workflow_simulate (CptDatabase              *database,
                       const CptSimulationPlan  *plan,
                       GCancellable             *cancellable,
                       GError                  **error)
{
  g_autoptr(GHashTable) allowed = NULL;
  CptSimulation *result = NULL;
  CptSimulator self;

  g_return_val_if_fail (database != NULL, NULL);
  g_return_val_if_fail (plan != NULL && plan->drawing != NULL, NULL);

  if (!check (database, plan, error))
    return NULL;
  if (plan->sample > 0 && plan->subjects == NULL && !find_sample (database, plan, cancellable, &allowed, error))
    return NULL;

  simulator_init (&self, database, plan, cancellable);
  self.allowed = allowed;
  if (cpt_database_rehearse (database, pass, &self, error))
    result = g_steal_pointer (&self.result);
  simulator_clear (&self);

  return result;
}

static gpointer
simulate (CptDatabase   *database,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  return cpt_workflow_simulate (database, data, cancellable, error);
}

void
cpt_workflow_simulate_async (CptStore            *store,
                             CptSimulationPlan   *plan,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (CPT_IS_STORE (store) && plan != NULL);

  cpt_store_read_async (store, G_PRIORITY_LOW, simulate, plan, (GDestroyNotify) cpt_simulation_plan_free,
                        (GDestroyNotify) cpt_simulation_free, cancellable, callback, user_data);
}

CptSimulation *
cpt_workflow_simulate_finish (CptStore      *store,
                              GAsyncResult  *result,
                              GError       **error)
{
  return cpt_store_finish (store, result, error);
}
