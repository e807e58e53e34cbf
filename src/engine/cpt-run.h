/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-workflow.h"

G_BEGIN_DECLS

/**
 * CptTokenState:
 * @CPT_TOKEN_READY: goes on at once
 * @CPT_TOKEN_TIMER: goes on when its instant has come
 * @CPT_TOKEN_EVENT: goes on with what happens first: one of the node's branches, or its instant
 * @CPT_TOKEN_EFFECT: goes on when it is known how what was begun has ended
 * @CPT_TOKEN_GATHER: goes on when no other one can come here any more
 * @CPT_TOKEN_PARKED: waits for a person; its reason says why
 *
 * What a place where a run stands waits for.
 */
typedef enum
{
  CPT_TOKEN_READY,
  CPT_TOKEN_TIMER,
  CPT_TOKEN_EVENT,
  CPT_TOKEN_EFFECT,
  CPT_TOKEN_GATHER,
  CPT_TOKEN_PARKED,
} CptTokenState;

/**
 * CptToken:
 * @node: the id of a node
 * @visit: how often the run had come there, from 1
 * @state: what it waits for
 * @due: when it goes on by itself, microseconds since the Unix epoch; %G_MAXINT64: never
 * @since: when the run came there, likewise: what a wait counts from; 0: it has not been looked at yet
 * @reason: (nullable): a translated sentence; of parked ones
 *
 * A place where a run stands; it has several after an outcome that leads to several nodes.
 */
typedef struct
{
  char          *node;
  guint          visit;
  CptTokenState  state;
  gint64         due;
  gint64         since;
  char          *reason;
} CptToken;

/**
 * CptRunWorld:
 * @match: whether a condition is true of the subject now
 * @find_date: what a date of the subject is; @has_value is %FALSE when it is empty
 * @act: does what a node says, or writes down that it is to be done; @is_done is %FALSE when
 *   cpt_run_finish() will say how it ended
 * @count: (nullable): counts that the subject came to a limit, and says whether it is within;
 *   %NULL: everybody is
 * @zone: (nullable): the clocks of the subject; %NULL is UTC
 * @subject: whom the run is about, for variants
 * @data: for all of them
 *
 * What a run asks of the world. Each returns %FALSE with an error that a person can act on;
 * the run then waits there for one.
 */
typedef struct
{
  gboolean  (*match)     (gpointer     data,
                          JsonObject  *condition,
                          gboolean    *is_true,
                          GError     **error);
  gboolean  (*find_date) (gpointer     data,
                          const char  *path,
                          gint64      *instant,
                          gboolean    *has_value,
                          GError     **error);
  gboolean  (*act)       (gpointer                data,
                          const CptWorkflowNode  *node,
                          guint                   visit,
                          gboolean               *is_done,
                          GError                **error);
  GTimeZone *zone;
  const char *subject;
  gpointer   data;
  gboolean  (*count)     (gpointer                data,
                          const CptWorkflowNode  *node,
                          gboolean               *is_within,
                          GError                **error);
} CptRunWorld;

/**
 * CptRunStep:
 * @node: the id of a node
 * @visit: which visit of it
 * @outcome: by which of its outcomes it was left; %NULL: it was an end
 * @exit: (nullable): the id of the rule of the workflow that ended the run there instead
 */
typedef struct
{
  char  *node;
  guint  visit;
  char  *outcome;
  char  *exit;
} CptRunStep;

/**
 * CptRun:
 * @tokens: (element-type CptToken): where it stands; none: it has ended
 * @label: (nullable): of the last end that it came to
 * @passed: (element-type CptRunStep): the nodes that it left since it was made or read, in
 *   that order; not part of what is kept
 *
 * One passage of a subject through a workflow, apart from where it is kept. What it does
 * next follows from it, the workflow, the world and the time alone. It belongs to one thread
 * at a time.
 */
typedef struct
{
  GPtrArray  *tokens;
  char       *label;
  GPtrArray  *passed;
  /*< private >*/
  GHashTable *visits;  /* how often it came to a node, by its id */
  GHashTable *choices; /* the variant that a split chose, by its id */
} CptRun;

/* A run that is about to leave @start, the id of a node */
CptRun   *cpt_run_new     (const char *start);

/**
 * cpt_run_parse:
 * @root: a run as cpt_run_to_json() gives it
 * @error: %CPT_ERROR_PARSE where it is none
 *
 * Returns: (transfer full) (nullable): the run; %NULL with @error
 */
CptRun   *cpt_run_parse   (JsonNode  *root,
                           GError   **error) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full) */
JsonNode *cpt_run_to_json (const CptRun *self) G_GNUC_WARN_UNUSED_RESULT;
void      cpt_run_free    (CptRun *self);

/* How many nodes one subject may go through at once; a check lets no circle through, but
 * what runs may have been published elsewhere */
#define CPT_RUN_MAX_STEPS 10000
/* At how many places it may stand at once */
#define CPT_RUN_MAX_TOKENS 1000

/**
 * cpt_run_advance:
 * @self: a run
 * @workflow: the version that it is of
 * @world: what it asks
 * @now: microseconds since the Unix epoch
 *
 * Goes on from everywhere where it can at @now, and as far as it can; what was due earlier
 * goes first. Waits count from @now on: when nobody had asked for weeks, what should have
 * been weeks apart does not come at once.
 *
 * Where the workflow has rules of leaving ("exits"), they are asked first, and again before
 * anything is done: the first whose condition is true of the subject ends the run everywhere.
 *
 * Returns: how many nodes it went through; 0 when there was nothing to do yet
 */
guint     cpt_run_advance (CptRun            *self,
                           const CptWorkflow *workflow,
                           const CptRunWorld *world,
                           gint64             now);

/**
 * cpt_run_finish:
 * @self: a run
 * @workflow: the version that it is of
 * @node: the id of a node
 * @visit: which visit of it
 * @outcome: one of the node's outcomes
 *
 * Says how an effect has ended, that something has happened that the run waited for, or by
 * which way a person sends on what was parked. The first who says so decides;
 * cpt_run_advance() goes on from there.
 *
 * Returns: whether the run waited there; %FALSE when it is too late
 */
gboolean  cpt_run_finish  (CptRun            *self,
                           const CptWorkflow *workflow,
                           const char        *node,
                           guint              visit,
                           const char        *outcome);

/**
 * cpt_run_leave:
 * @self: a run
 * @workflow: the version that it is of
 * @exit: the id of one of the workflow's rules of leaving
 *
 * Ends it everywhere, with that rule's label.
 *
 * Returns: whether it was under way, and there is such a rule
 */
gboolean  cpt_run_leave   (CptRun            *self,
                           const CptWorkflow *workflow,
                           const char        *exit);

/* When it goes on by itself, microseconds since the Unix epoch; %G_MAXINT64: not before
 * something happens */
gint64    cpt_run_get_due (const CptRun *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptRun, cpt_run_free)

G_END_DECLS
