/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-store.h"
#include "cpt-workflow.h"

G_BEGIN_DECLS

/* Of how many runs a simulation keeps what happened to them; all are counted */
#define CPT_SIMULATION_MAX_RUNS 1000
/* How much of the log it can look back on at once */
#define CPT_SIMULATION_MAX_EVENTS 500000

/**
 * CptSimulationPlan:
 * @drawing: (owned): what is tried
 * @name: (owned) (nullable): what it is called
 * @workflow: the id of the workflow, so that variants are those that people get; nil: of none yet
 * @subjects: (owned) (nullable) (element-type CptUuid): who begins, as if started by hand at @from, or when they
 *   were created after that. %NULL: whom the starts let begin between @from and @until; where it is started by
 *   hand, all records
 * @sample: of these, so many, chosen by @seed; 0: all
 * @seed: the same number chooses the same ones
 * @from: when the clock begins, microseconds since the Unix epoch
 * @until: when it ends
 * @events: (owned) (nullable): what is imagined to happen besides; see README.md of the room
 * @progress: (nullable): is told how far it is, from 0 to 1, on the thread that works
 * @progress_data: for @progress
 *
 * What is simulated. Belongs to one thread at a time.
 */
typedef struct
{
  CptWorkflow *drawing;
  char        *name;
  CptUuid      workflow;
  GArray      *subjects;
  guint        sample;
  guint32      seed;
  gint64       from;
  gint64       until;
  JsonNode    *events;
  void       (*progress) (gpointer data,
                          double   fraction);
  gpointer     progress_data;
} CptSimulationPlan;

/**
 * CptSimulatedStep:
 * @at: when, microseconds since the Unix epoch
 * @node: the id of the node that was left
 * @visit: which visit of it
 * @outcome: (nullable): by which way; %NULL: it was an end
 * @exit: (nullable): the rule of leaving that ended the run there
 * @effects: (nullable): what it would have done, for people: a line for each
 */
typedef struct
{
  gint64  at;
  char   *node;
  guint   visit;
  char   *outcome;
  char   *exit;
  char  **effects;
} CptSimulatedStep;

/**
 * CptSimulatedRun:
 * @subject: whom it is about
 * @title: what people call it
 * @began: when it began, microseconds since the Unix epoch
 * @ended: when it ended; %G_MAXINT64: not within the time
 * @label: (nullable): of the end that it came to
 * @node: (nullable): where it stands in the end
 * @due: when it goes on from there; %G_MAXINT64: not by itself
 * @reason: (nullable): why a person has to look at it, as a sentence
 * @steps: (element-type CptSimulatedStep): what it went through, in time
 */
typedef struct
{
  CptUuid    subject;
  char      *title;
  gint64     began;
  gint64     ended;
  char      *label;
  char      *node;
  gint64     due;
  char      *reason;
  GPtrArray *steps;
} CptSimulatedRun;

/**
 * CptSimulatedNode:
 * @node: its id
 * @n_came: how often somebody came there
 * @n_left: how often somebody left it, or ended there
 * @n_waiting: who waits there in the end
 * @n_failed: who needs a person there
 */
typedef struct
{
  char    *node;
  guint64  n_came;
  guint64  n_left;
  guint64  n_waiting;
  guint64  n_failed;
} CptSimulatedNode;

/* How often somebody went along a connection of the drawing */
typedef struct
{
  char    *from;
  char    *outcome;
  char    *to;
  guint64  n_passed;
} CptSimulatedConnection;

/**
 * CptSimulation:
 * @n_runs: how many began
 * @n_ended: of these, came to an end
 * @n_waiting: are under way in the end
 * @n_failed: need a person, at least in one place
 * @n_steps: nodes that were left
 * @n_effects: changes of records, and messages
 * @nodes: (element-type CptSimulatedNode): in the order of the drawing
 * @connections: (element-type CptSimulatedConnection): likewise
 * @runs: (element-type CptSimulatedRun): the first %CPT_SIMULATION_MAX_RUNS, as they began
 *
 * Who would get what when.
 */
typedef struct
{
  guint64    n_runs;
  guint64    n_ended;
  guint64    n_waiting;
  guint64    n_failed;
  guint64    n_steps;
  guint64    n_effects;
  GPtrArray *nodes;
  GPtrArray *connections;
  GPtrArray *runs;
} CptSimulation;

/* (transfer full): of @drawing (transfer full), with nobody and no time yet */
CptSimulationPlan *cpt_simulation_plan_new  (CptWorkflow *drawing);
void               cpt_simulation_plan_free (CptSimulationPlan *self);
void               cpt_simulation_free      (CptSimulation *self);

/**
 * cpt_workflow_simulate:
 * @database: a connection that is in no transaction; open for reading is enough
 * @plan: what is simulated
 * @cancellable: (nullable): stops it
 * @error: %CPT_ERROR_INVALID where the drawing could not be published, or an imagined event can't be
 *   read or would be refused; %CPT_ERROR_LIMIT where too much happened in the time
 *
 * Runs a workflow over records with a clock of its own, on the file as it is at this moment. What happened in
 * that time happens again at its time, with the records as they were then. Steps do what they do: through the
 * door's rules, but nothing is written; messages are taken for answered, well and at once.
 *
 * Returns: (transfer full) (nullable): who would get what when; %NULL with @error
 */
CptSimulation *cpt_workflow_simulate        (CptDatabase              *database,
                                             const CptSimulationPlan  *plan,
                                             GCancellable             *cancellable,
                                             GError                  **error);
/* The same on a reading thread of @store; takes @plan. cpt_workflow_simulate_finish() is (transfer full) (nullable) */
void           cpt_workflow_simulate_async  (CptStore            *store,
                                             CptSimulationPlan   *plan,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
CptSimulation *cpt_workflow_simulate_finish (CptStore      *store,
                                             GAsyncResult  *result,
                                             GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptSimulationPlan, cpt_simulation_plan_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptSimulation, cpt_simulation_free)

G_END_DECLS
