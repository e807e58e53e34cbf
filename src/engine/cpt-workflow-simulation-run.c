/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs that are simulated: as those of cpt-automation.c, but that nothing of them is kept in the file. */

#include "config.h"

#include <string.h>

#include "cpt-automation-start-private.h"
#include "cpt-automation-waiter-private.h"
#include "cpt-workflow-simulation-private.h"

/* What a run did, to be told to the others */
typedef struct
{
  GPtrArray *changes; /* (owned) */
  guint depth;
} Own;

void
cpt_simulation_own_free (gpointer data)
{
  Own *self = data;

  g_ptr_array_unref (self->changes);
  g_free (self);
}

void
cpt_simulation_run_free (gpointer data)
{
  CptSimulationRun *self = data;

  g_free (self->enrolment.entity);
  g_free (self->enrolment.key);
  cpt_run_free (self->run);
  g_free (self);
}

/* ---------------------------------------------------------------- who is due */

static gboolean
is_before (const CptSimulationDue *a,
           const CptSimulationDue *b)
{
  return a->due != b->due ? a->due < b->due : a->order < b->order;
}

static void
swap (CptSimulationDue *a,
      CptSimulationDue *b)
{
  CptSimulationDue kept = *a;

  *a = *b;
  *b = kept;
}

static void
push (CptSimulator     *self,
      CptSimulationRun *run)
{
  CptSimulationDue due = { run->enrolment.due, self->order++, run };
  CptSimulationDue *items;
  guint place = self->heap->len;

  g_array_append_val (self->heap, due);
  items = &g_array_index (self->heap, CptSimulationDue, 0);
  for (; place > 0 && is_before (&items[place], &items[(place - 1) / 2]); place = (place - 1) / 2)
    swap (&items[place], &items[(place - 1) / 2]);
}

static void
drop_first (CptSimulator *self)
{
  CptSimulationDue *items = &g_array_index (self->heap, CptSimulationDue, 0);
  guint length = self->heap->len - 1;
  guint place = 0;

  items[0] = items[length];
  g_array_set_size (self->heap, length);
  while (place * 2 + 1 < length)
    {
      guint child = place * 2 + 1;

      if (child + 1 < length && is_before (&items[child + 1], &items[child]))
        child++;
      if (!is_before (&items[child], &items[place]))
        return;
      swap (&items[child], &items[place]);
      place = child;
    }
}

/* Those that were led on in the meantime are due at another time, which has its own place */
gint64
cpt_simulator_get_due (CptSimulator *self)
{
  while (self->heap->len > 0)
    {
      const CptSimulationDue *first = &g_array_index (self->heap, CptSimulationDue, 0);

      if (first->run->run != NULL && first->run->enrolment.due == first->due)
        return first->due;
      drop_first (self);
    }

  return G_MAXINT64;
}

CptSimulationRun *
cpt_simulator_pop (CptSimulator *self,
                   gint64        until,
                   gint64       *due)
{
  CptSimulationRun *run;

  *due = cpt_simulator_get_due (self);
  if (*due == G_MAXINT64 || *due > until)
    return NULL;

  run = g_array_index (self->heap, CptSimulationDue, 0).run;
  drop_first (self);

  return run;
}

/* ------------------------------------------------------------------ going on */

static void
count_connections (CptSimulator     *self,
                   const CptRunStep *step)
{
  GPtrArray *leaving = g_hash_table_lookup (self->leaving, step->node);

  for (guint i = 0; leaving != NULL && step->outcome != NULL && i < leaving->len; i++)
    {
      CptSimulatedConnection *connection = g_ptr_array_index (leaving, i);

      if (strcmp (connection->outcome, step->outcome) == 0)
        connection->n_passed++;
    }
}

/* (nullable) */
static const CptAutomationRehearsed *
find_done (const CptAutomationWorld *world,
           const CptRunStep         *step)
{
  for (guint i = 0; world->rehearsed != NULL && i < world->rehearsed->len; i++)
    {
      const CptAutomationRehearsed *done = g_ptr_array_index (world->rehearsed, i);

      if (done->visit == step->visit && strcmp (done->node, step->node) == 0)
        return done;
    }

  return NULL;
}

static void
keep_step (CptSimulator             *self,
           CptSimulationRun         *run,
           const CptAutomationWorld *world,
           const CptRunStep         *step)
{
  const CptAutomationRehearsed *done = world != NULL ? find_done (world, step) : NULL;
  CptSimulatedStep *kept = g_new0 (CptSimulatedStep, 1);

  kept->at = self->now;
  kept->node = g_strdup (step->node);
  kept->visit = step->visit;
  kept->outcome = g_strdup (step->outcome);
  kept->exit = g_strdup (step->exit);
  kept->effects = done != NULL ? cpt_simulation_describe (self->database, done) : NULL;
  g_ptr_array_add (run->kept->steps, kept);
}

/* @world: (nullable): that did what these steps do */
static void
note_steps (CptSimulator             *self,
            CptSimulationRun         *run,
            const CptAutomationWorld *world)
{
  for (guint i = 0; i < run->run->passed->len; i++)
    {
      const CptRunStep *step = g_ptr_array_index (run->run->passed, i);
      CptSimulatedNode *node = g_hash_table_lookup (self->nodes, step->node);

      self->result->n_steps++;
      if (node != NULL)
        node->n_left++;
      count_connections (self, step);
      if (run->kept != NULL)
        keep_step (self, run, world, step);
    }
  g_ptr_array_set_size (run->run->passed, 0);
}

/* What is sent is taken for answered. */
static gboolean
answer (CptSimulator     *self,
        CptSimulationRun *run)
{
  for (guint i = 0; i < run->run->tokens->len; i++)
    {
      const CptToken *token = g_ptr_array_index (run->run->tokens, i);
      g_autofree char *node = g_strdup (token->node);

      if (token->state == CPT_TOKEN_EFFECT &&
          cpt_run_finish (run->run, self->version->drawing, node, token->visit, "next"))
        return TRUE;
    }

  return FALSE;
}

static void
queue_changes (CptSimulator             *self,
               const CptSimulationRun   *run,
               const CptAutomationWorld *world)
{
  for (guint i = 0; world->rehearsed != NULL && i < world->rehearsed->len; i++)
    {
      const CptAutomationRehearsed *done = g_ptr_array_index (world->rehearsed, i);
      Own *own;

      self->result->n_effects += done->message != NULL ? 1 : done->changes->len;
      if (done->changes == NULL)
        continue;
      own = g_new0 (Own, 1);
      own->changes = g_ptr_array_ref (done->changes);
      own->depth = run->depth + 1;
      g_queue_push_tail (&self->changes, own);
    }
}

static void
end (CptSimulator     *self,
     CptSimulationRun *run)
{
  GPtrArray *others = g_hash_table_lookup (self->by_subject, &run->enrolment.subject);

  self->result->n_ended++;
  run->enrolment.ended = self->now;
  if (run->kept != NULL)
    {
      run->kept->ended = self->now;
      run->kept->label = g_strdup (run->run->label);
    }
  g_clear_pointer (&run->run, cpt_run_free);
  if (others != NULL)
    g_ptr_array_remove_fast (others, run);
}

gboolean
cpt_simulator_go_on (CptSimulator      *self,
                     CptSimulationRun  *run,
                     GError           **error)
{
  CptAutomationWorld world = { .database = self->database,
                               .enrolment = &run->enrolment,
                               .entity = self->version->entity,
                               .name = self->plan->name != NULL ? self->plan->name : "",
                               .now = self->now };
  CptRunWorld asked;
  gboolean done;

  note_steps (self, run, NULL);
  cpt_automation_world_open (&world, &asked);
  do
    cpt_run_advance (run->run, self->version->drawing, &asked, self->now);
  while (answer (self, run));
  note_steps (self, run, &world);
  queue_changes (self, run, &world);

  run->enrolment.due = cpt_run_get_due (run->run);
  if (run->run->tokens->len == 0)
    end (self, run);
  else if (run->enrolment.due != G_MAXINT64)
    push (self, run);
  done = world.failure == NULL;
  if (!done)
    g_propagate_error (error, g_steal_pointer (&world.failure));
  cpt_automation_world_clear (&world);

  return done;
}

/* ----------------------------------------------------------------- beginning */

static void
keep_run (CptSimulator     *self,
          CptSimulationRun *run,
          const CptRecord  *subject)
{
  CptSimulatedRun *kept;

  self->result->n_runs++;
  if (self->result->runs->len >= CPT_SIMULATION_MAX_RUNS)
    return;

  kept = g_new0 (CptSimulatedRun, 1);
  kept->subject = subject->id;
  kept->title = cpt_record_dup_title (subject);
  kept->began = self->now;
  kept->ended = G_MAXINT64;
  kept->due = G_MAXINT64;
  kept->steps = g_ptr_array_new ();
  g_ptr_array_add (self->result->runs, kept);
  run->kept = kept;
}

static void
note_run (CptSimulator     *self,
          CptSimulationRun *run)
{
  GPtrArray *others = g_hash_table_lookup (self->by_subject, &run->enrolment.subject);

  g_ptr_array_add (self->runs, run);
  g_hash_table_replace (self->by_key, run->enrolment.key, run);
  if (others == NULL)
    {
      others = g_ptr_array_new ();
      g_hash_table_insert (self->by_subject, g_memdup2 (&run->enrolment.subject, sizeof (CptUuid)), others);
    }
  g_ptr_array_add (others, run);
}

gboolean
cpt_simulator_begin (CptSimulator     *self,
                     const CptRecord  *subject,
                     const char       *node,
                     guint             depth,
                     GError          **error)
{
  g_autofree char *key = NULL;
  const CptSimulationRun *last;
  CptSimulationRun *run;

  if (subject->in_trash || (self->allowed != NULL && !g_hash_table_contains (self->allowed, &subject->id)))
    return TRUE;
  if (self->begun != NULL)
    {
      g_hash_table_add (self->begun, g_memdup2 (&subject->id, sizeof (CptUuid)));
      return TRUE;
    }

  key = cpt_automation_dup_key (self->database, self->version->drawing, subject);
  last = g_hash_table_lookup (self->by_key, key);
  if (!cpt_automation_may_begin (self->database, self->version->drawing, last != NULL ? &last->enrolment : NULL, self->now))
    return TRUE;

  run = g_new0 (CptSimulationRun, 1);
  run->enrolment.workflow = self->plan->workflow;
  run->enrolment.entity = g_strdup (cpt_record_get_entity (subject)->name);
  run->enrolment.subject = subject->id;
  run->enrolment.key = g_steal_pointer (&key);
  run->enrolment.run = last != NULL ? last->enrolment.run + 1 : 1;
  run->enrolment.entered = self->now;
  run->enrolment.ended = CPT_ENROLMENT_NEVER;
  run->run = cpt_run_new (node);
  run->depth = depth;
  if (depth > CPT_AUTOMATION_MAX_DEPTH)
    cpt_automation_park_chain (g_ptr_array_index (run->run->tokens, 0));
  keep_run (self, run, subject);
  note_run (self, run);

  return cpt_simulator_go_on (self, run, error);
}

/* ------------------------------------------------------------------- telling */

/* (nullable): where it waits for what @change is, and by which way it goes on */
static CptToken *
find_token (CptSimulator               *self,
            CptSimulationRun           *run,
            const CptAutomationChange  *change,
            const char                **branch)
{
  for (guint i = 0; i < run->run->tokens->len; i++)
    {
      CptToken *token = g_ptr_array_index (run->run->tokens, i);
      const CptWorkflowNode *node = cpt_workflow_find_node (self->version->drawing, token->node);

      if (token->state != CPT_TOKEN_EVENT || token->due <= self->now || node == NULL)
        continue;
      *branch = cpt_automation_find_branch (self->database, change, node->settings, "branches", &run->enrolment.subject,
                                            token->visit);
      if (*branch != NULL)
        return token;
    }

  return NULL;
}

static gboolean
tell_run (CptSimulator               *self,
          CptSimulationRun           *run,
          const CptAutomationChange  *change,
          guint                       depth,
          GError                    **error)
{
  const CptWorkflow *drawing = self->version->drawing;
  const char *branch = NULL;
  const char *exit = NULL;
  CptToken *token;

  if (json_object_has_member (drawing->settings, "exits"))
    exit = cpt_automation_find_branch (self->database, change, drawing->settings, "exits", &run->enrolment.subject, 1);
  if (exit != NULL && cpt_run_leave (run->run, drawing, exit))
    return cpt_simulator_go_on (self, run, error);

  token = find_token (self, run, change, &branch);
  if (token == NULL)
    return TRUE;
  run->depth = depth;
  if (depth > CPT_AUTOMATION_MAX_DEPTH)
    cpt_automation_park_chain (token);
  else
    {
      g_autofree char *node = g_strdup (token->node);

      cpt_run_finish (run->run, drawing, node, token->visit, branch);
    }

  return cpt_simulator_go_on (self, run, error);
}

static gboolean
tell_subject (CptSimulator               *self,
              const CptUuid              *subject,
              const CptAutomationChange  *change,
              guint                       depth,
              GError                    **error)
{
  GPtrArray *runs = g_hash_table_lookup (self->by_subject, subject);
  g_autoptr(GPtrArray) told = runs != NULL ? g_ptr_array_copy (runs, NULL, NULL) : NULL;

  for (guint i = 0; told != NULL && i < told->len; i++)
    {
      CptSimulationRun *run = g_ptr_array_index (told, i);

      if (run->run != NULL && !tell_run (self, run, change, depth, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
tell_waiting (CptSimulator               *self,
              const CptAutomationChange  *change,
              guint                       depth,
              GError                    **error)
{
  const CptEntity *entity = cpt_record_get_entity (change->after);

  if (!tell_subject (self, &change->after->id, change, depth, error))
    return FALSE;

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CptValue *value = cpt_record_get (change->after, entity->fields[i]);

      if (value->type == CPT_VALUE_ID && !tell_subject (self, &value->id, change, depth, error))
        return FALSE;
      for (guint j = 0; value->type == CPT_VALUE_IDS && j < value->ids.length; j++)
        if (!tell_subject (self, &value->ids.items[j], change, depth, error))
          return FALSE;
    }

  return TRUE;
}

gboolean
cpt_simulator_tell (CptSimulator               *self,
                    const CptAutomationChange  *change,
                    guint                       depth,
                    GError                    **error)
{
  CptOrigin origin = change->event->origin;
  const char *node;

  if (change->after == NULL)
    return TRUE;
  if (!tell_waiting (self, change, depth, error))
    return FALSE;
  if (self->plan->subjects != NULL || origin == CPT_ORIGIN_UNDO || origin == CPT_ORIGIN_REDO)
    return TRUE;

  node = cpt_automation_version_match (self->version, self->database, change);

  return node == NULL || cpt_simulator_begin (self, change->after, node, depth, error);
}

gboolean
cpt_simulator_tell_all (CptSimulator  *self,
                        GPtrArray     *changes,
                        CptOrigin      origin,
                        guint          depth,
                        GError       **error)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const CptRehearsedChange *done = g_ptr_array_index (changes, i);
      CptLogEvent event = { .at = self->now, .origin = origin, .entity = done->entity, .kind = done->kind, .id = done->id };
      g_autoptr(GPtrArray) fields = NULL;
      CptAutomationChange change = { &event, NULL, done->before, done->after };

      if (done->after == NULL)
        continue;
      fields = cpt_simulation_list_changes (done->before, done->after);
      change.changes = fields;
      if (!cpt_simulator_tell (self, &change, depth, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
cpt_simulator_tell_own (CptSimulator  *self,
                        GError       **error)
{
  Own *own;

  while ((own = g_queue_pop_head (&self->changes)) != NULL)
    {
      gboolean done = cpt_simulator_tell_all (self, own->changes, CPT_ORIGIN_WORKFLOW, own->depth, error);

      cpt_simulation_own_free (own);
      if (!done)
        return FALSE;
    }

  return TRUE;
}

/* ------------------------------------------------------------------ the end */

static void
count_run (CptSimulator     *self,
           CptSimulationRun *run)
{
  gboolean is_failed = FALSE;

  for (guint i = 0; i < run->run->tokens->len; i++)
    {
      const CptToken *token = g_ptr_array_index (run->run->tokens, i);
      CptSimulatedNode *node = g_hash_table_lookup (self->nodes, token->node);
      gboolean is_parked = token->state == CPT_TOKEN_PARKED;

      if (node != NULL && is_parked)
        node->n_failed++;
      else if (node != NULL)
        node->n_waiting++;
      if (run->kept != NULL && (i == 0 || (is_parked && !is_failed)))
        {
          g_free (run->kept->node);
          run->kept->node = g_strdup (token->node);
          g_free (run->kept->reason);
          run->kept->reason = is_parked ? g_strdup (token->reason) : NULL;
          run->kept->due = token->due;
        }
      is_failed |= is_parked;
    }
  if (is_failed)
    self->result->n_failed++;
  else
    self->result->n_waiting++;
}

void
cpt_simulator_count_standing (CptSimulator *self)
{
  for (guint i = 0; i < self->runs->len; i++)
    {
      CptSimulationRun *run = g_ptr_array_index (self->runs, i);

      if (run->run != NULL)
        count_run (self, run);
    }
  for (guint i = 0; i < self->result->nodes->len; i++)
    {
      CptSimulatedNode *node = g_ptr_array_index (self->result->nodes, i);

      node->n_came = node->n_left + node->n_waiting + node->n_failed;
    }
}
