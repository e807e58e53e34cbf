/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-automation-listener-private.h"
#include "cpt-automation-private.h"
#include "cpt-rehearsal.h"
#include "cpt-workflow-simulation.h"

G_BEGIN_DECLS

/* A run that is simulated */
typedef struct
{
  CptEnrolment     enrolment; /* its texts are owned */
  CptRun          *run; /* (owned) (nullable): %NULL when it has ended */
  guint            depth; /* how many workflows led one another to where it is */
  CptSimulatedRun *kept; /* (nullable): its part of the result */
} CptSimulationRun;

/* What waits for its time */
typedef struct
{
  gint64            due;
  guint64           order;
  CptSimulationRun *run;
} CptSimulationDue;

typedef struct _CptSimulator CptSimulator;
typedef struct _CptSimulationEvent CptSimulationEvent;

typedef gboolean (*CptSimulationHappen) (CptSimulator             *simulator,
                                         const CptSimulationEvent *event,
                                         GError                  **error);

/**
 * CptSimulationEvent:
 * @at: when it happens
 * @order: of those at the same time
 * @happen: what it does
 * @origin: who did it, of what the log tells
 * @kind: likewise
 * @entity: (nullable): of which records
 * @id: of which one; nil: one that is created
 * @changes: (owned) (nullable) (element-type CptFieldChange): of an update out of the log
 * @record: (owned) (nullable): of a creation out of the log: as it was made
 * @values: (nullable): of what is imagined: fields and what they become
 * @node: (nullable): the start that it is
 * @where: (owned) (nullable): what that asks
 *
 * Something that happens while it is simulated.
 */
struct _CptSimulationEvent
{
  gint64           at;
  guint64          order;
  CptSimulationHappen happen;
  CptOrigin        origin;
  CptChangeKind    kind;
  const CptEntity *entity;
  CptUuid          id;
  GPtrArray       *changes;
  CptRecord       *record;
  JsonObject      *values;
  const char      *node;
  CptFilter       *where;
};

struct _CptSimulator
{
  CptDatabase             *database;
  const CptSimulationPlan *plan;
  GCancellable            *cancellable;
  CptSimulation           *result;
  CptAutomationVersion    *version; /* (owned) */
  gint64                   now;
  guint64                  order;
  GPtrArray               *events; /* (owned) (element-type CptSimulationEvent): in time */
  GQueue                   changes; /* (element-type CptSimulationOwn): what the workflow did, to be told */
  GArray                  *heap; /* (owned) (element-type CptSimulationDue) */
  GPtrArray               *runs; /* (owned) (element-type CptSimulationRun) */
  GHashTable              *by_subject; /* (owned): CptUuid -> GPtrArray of CptSimulationRun under way */
  GHashTable              *by_key; /* (owned): key -> the last CptSimulationRun */
  GHashTable              *nodes; /* (owned): id -> CptSimulatedNode of the result */
  GHashTable              *leaving; /* (owned): id -> GPtrArray of CptSimulatedConnection of the result */
  GHashTable              *begun; /* (owned) (nullable): whom the starts let begin, while only that is looked for */
  GHashTable              *allowed; /* (nullable): a set of those who may begin: the sample */
};

/* cpt-workflow-simulation-run.c: lets @subject begin at @node, unless it may not (again) */
gboolean cpt_simulator_begin         (CptSimulator     *self,
                                      const CptRecord  *subject,
                                      const char       *node,
                                      guint             depth,
                                      GError          **error);
/* Lets @run go on at this moment */
gboolean cpt_simulator_go_on         (CptSimulator      *self,
                                      CptSimulationRun  *run,
                                      GError           **error);
/* Tells @change to those who wait for it, and to the starts. @depth: of the workflows that led to it */
gboolean cpt_simulator_tell          (CptSimulator               *self,
                                      const CptAutomationChange  *change,
                                      guint                       depth,
                                      GError                    **error);
/* Likewise of all that is in @changes (element-type CptRehearsedChange) */
gboolean cpt_simulator_tell_all      (CptSimulator  *self,
                                      GPtrArray     *changes,
                                      CptOrigin      origin,
                                      guint          depth,
                                      GError       **error);
/* Tells what the workflow itself did, until nothing follows from it any more */
gboolean cpt_simulator_tell_own      (CptSimulator  *self,
                                      GError       **error);
/* (nullable): the next one that is due before @until; taken off */
CptSimulationRun *cpt_simulator_pop  (CptSimulator *self,
                                      gint64        until,
                                      gint64       *due);
/* When that is; %G_MAXINT64: nobody is due */
gint64   cpt_simulator_get_due       (CptSimulator *self);
/* Where everybody stands in the end */
void     cpt_simulator_count_standing (CptSimulator *self);
void     cpt_simulation_run_free     (gpointer data);
void     cpt_simulation_own_free     (gpointer data);

/* cpt-workflow-simulation-event.c: all that is going to happen, sorted */
gboolean cpt_simulator_read_events   (CptSimulator  *self,
                                      GError       **error);
void     cpt_simulation_event_free   (gpointer data);
/* (transfer full) (element-type CptFieldChange): what differs */
GPtrArray *cpt_simulation_list_changes (const CptRecord *before,
                                        const CptRecord *after);

/* cpt-workflow-simulation-start.c: who begins, by hand and by the clock */
gboolean cpt_simulator_read_starts   (CptSimulator  *self,
                                      GError       **error);
/* (transfer none): added to what happens */
CptSimulationEvent *cpt_simulator_add (CptSimulator        *self,
                                       gint64               at,
                                       CptSimulationHappen  happen);
/* (transfer full) (nullable): %NULL where it is not there at this moment */
CptRecord *cpt_simulator_load        (CptSimulator    *self,
                                      const CptEntity *entity,
                                      const CptUuid   *id);

/* cpt-workflow-simulation-text.c: (transfer full) (nullable): for people, a line for each */
char   **cpt_simulation_describe     (CptDatabase                  *database,
                                      const CptAutomationRehearsed *done);

G_END_DECLS
