/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"
#include "cpt-workflow.h"

G_BEGIN_DECLS

/**
 * CptStanding:
 * @version: the number of the version that they follow
 * @node: the id of a node of it
 * @title: (nullable): what it is called there
 * @kind: (nullable): of that node; %NULL where it is not in its version
 * @n_runs: how many runs stand there
 * @to: (nullable): the id of the node of the new version where they best go on; %NULL: none, they are kept
 * @n_at_once: how many of them would go on at once there
 *
 * Those who stand at one node of an older version.
 */
typedef struct
{
  guint  version;
  char  *node;
  char  *title;
  char  *kind;
  guint  n_runs;
  char  *to;
  guint  n_at_once;
} CptStanding;

void       cpt_standing_free            (CptStanding *self);

/**
 * cpt_workflow_list_standing:
 * @database: a connection
 * @workflow: the id of a workflow
 * @number: of the new version; 0: what is drawn, as if it were published now
 * @error: %CPT_ERROR_NOT_FOUND when there is no such version; as of any reading
 *
 * Who is under way in other versions, and where each would go on in the new one. Reads all who are under way.
 *
 * Returns: (transfer full) (element-type CptStanding) (nullable): by version and in the order of the drawing
 */
GPtrArray *cpt_workflow_list_standing   (CptDatabase    *database,
                                         const CptUuid  *workflow,
                                         guint           number,
                                         GError        **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * CptMigrationAct:
 * @CPT_MIGRATION_KEEP: goes on in the version that it follows
 * @CPT_MIGRATION_MOVE: goes on at a node of the new version
 * @CPT_MIGRATION_RESTART: begins anew in the new version
 * @CPT_MIGRATION_FINISH: ends there
 */
typedef enum
{
  CPT_MIGRATION_KEEP,
  CPT_MIGRATION_MOVE,
  CPT_MIGRATION_RESTART,
  CPT_MIGRATION_FINISH,
} CptMigrationAct;

typedef struct _CptMigrationPlan CptMigrationPlan;

/* (transfer full): what becomes of those of whom nothing else is said: they move where
 * cpt_workflow_list_standing() says, or are kept */
CptMigrationPlan *cpt_migration_plan_new   (gboolean moves_others);
void              cpt_migration_plan_free  (CptMigrationPlan *self);
/**
 * cpt_migration_plan_set:
 * @self: a plan
 * @version: a number
 * @node: the id of a node of that version
 * @act: what becomes of those who stand there
 * @text: (nullable): the id of the node to move to, or the label to end with
 */
void              cpt_migration_plan_set   (CptMigrationPlan *self,
                                            guint             version,
                                            const char       *node,
                                            CptMigrationAct   act,
                                            const char       *text);
/**
 * cpt_migration_plan_parse:
 * @root: { "others": "keep" or "move", "nodes": [ { "version": 1, "node": "wait", "do": "move", "to": "other" } ] };
 *   the others are “keep”, “restart” and “finish” with "label"
 * @error: %CPT_ERROR_PARSE
 *
 * Returns: (transfer full) (nullable): the plan
 */
CptMigrationPlan *cpt_migration_plan_parse (JsonNode  *root,
                                            GError   **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * CptMigrated:
 * @n_kept: runs that go on as they were
 * @n_moved: that go on in the new version where the plan says
 * @n_restarted: that begin anew
 * @n_finished: that have ended
 * @n_at_once: of those moved, that go on at once
 */
typedef struct
{
  guint n_kept;
  guint n_moved;
  guint n_restarted;
  guint n_finished;
  guint n_at_once;
} CptMigrated;

/**
 * cpt_workflow_migrate:
 * @database: a connection
 * @workflow: the id of a workflow that was published
 * @plan: what becomes of whom
 * @is_trial: only counts
 * @migrated: (out): how many
 * @error: %CPT_ERROR_INVALID when the plan names a node that the version in force does not have
 *
 * Takes those who follow older versions into the one in force, in one transaction. A run that stands at several nodes goes
 * as a whole: it is kept if any of them is, else restarted if any of them is. What a run waits for counts from when it came
 * there. How often it came where, its variants and the names of its effects stay: nothing is done a second time.
 *
 * Returns: whether it is written
 */
gboolean          cpt_workflow_migrate      (CptDatabase             *database,
                                             const CptUuid           *workflow,
                                             const CptMigrationPlan  *plan,
                                             gboolean                 is_trial,
                                             CptMigrated             *migrated,
                                             GError                 **error);
/**
 * cpt_workflow_migrate_undo:
 * @database: a connection
 * @workflow: the id of a workflow
 * @n_back: (out): how many runs are where they were
 * @n_left: (out): how many have gone on since then, and stay
 * @error: %CPT_ERROR_NOT_FOUND when there is nothing to undo
 *
 * Takes back what the last cpt_workflow_migrate() did that was not undone, in one transaction.
 *
 * Returns: whether it is written
 */
gboolean          cpt_workflow_migrate_undo (CptDatabase    *database,
                                             const CptUuid  *workflow,
                                             guint          *n_back,
                                             guint          *n_left,
                                             GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptStanding, cpt_standing_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptMigrationPlan, cpt_migration_plan_free)

G_END_DECLS
