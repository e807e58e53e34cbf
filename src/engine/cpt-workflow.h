/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-workflow-kind.h"

G_BEGIN_DECLS

/* More is no drawing of people */
#define CPT_WORKFLOW_MAX_NODES 20000
#define CPT_WORKFLOW_MAX_CONNECTIONS 60000

/**
 * CptWorkflowNode:
 * @id: stays the same over all versions
 * @kind_name: what it is; also when no kind of this version has that name
 * @kind: (nullable): of that name
 * @title: (nullable): what its author calls it
 * @x: where it stands, pixels at the scale of 1
 * @y: likewise
 * @settings: what it does, as its kind declares it; never %NULL
 * @extra: (nullable): members that a newer version has written
 */
typedef struct
{
  char                  *id;
  char                  *kind_name;
  const CptWorkflowKind *kind;
  char                  *title;
  double                 x;
  double                 y;
  JsonObject            *settings;
  JsonObject            *extra;
} CptWorkflowNode;

/**
 * CptWorkflowConnection:
 * @from: the id of a node
 * @outcome: one of its outcomes
 * @to: the id of a node
 *
 * An outcome may lead to several nodes: they are all gone to.
 */
typedef struct
{
  char *from;
  char *outcome;
  char *to;
} CptWorkflowConnection;

/**
 * CptWorkflow:
 * @nodes: (element-type CptWorkflowNode): as they were added
 * @connections: (element-type CptWorkflowConnection): as they were added; each once
 * @settings: of the workflow as a whole, see cpt_workflow_list_settings(); never %NULL
 * @extra: (nullable): all other members: what a newer version has written, notes
 *
 * A workflow as it is drawn: finished or not. It belongs to one thread at a time.
 */
typedef struct
{
  GPtrArray  *nodes;
  GPtrArray  *connections;
  JsonObject *settings;
  JsonObject *extra;
  /*< private >*/
  GHashTable *by_id;     /* nodes */
  GHashTable *leaving;   /* (element-type utf8 GPtrArray): connections by the node that they begin at */
  GHashTable *connected; /* a set of connections */
} CptWorkflow;

/**
 * CptWorkflowProblem:
 * @node: (nullable): the id of the node that it is about; %NULL: the whole workflow
 * @message: a translated sentence that says what to do
 *
 * Why a workflow can't be published.
 */
typedef struct
{
  char *node;
  char *message;
} CptWorkflowProblem;

CptWorkflow     *cpt_workflow_new         (void);

/**
 * cpt_workflow_parse:
 * @root: a workflow as JSON; see README.md of the room
 * @error: %CPT_ERROR_PARSE where it is none, %CPT_ERROR_INVALID where two nodes have the
 *   same id, %CPT_ERROR_LIMIT where it is too large
 *
 * What is not finished is read, and so is what a newer version has drawn; see
 * cpt_workflow_check().
 *
 * Returns: (transfer full) (nullable): the workflow; %NULL with @error
 */
CptWorkflow     *cpt_workflow_parse       (JsonNode  *root,
                                           GError   **error) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): as it is parsed */
JsonNode        *cpt_workflow_to_json     (const CptWorkflow *self) G_GNUC_WARN_UNUSED_RESULT;
void             cpt_workflow_free        (CptWorkflow *self);

/**
 * cpt_workflow_dup_digest:
 * @self: a workflow
 *
 * Returns: (transfer full): 64 digits of the SHA-256 over what it does: nodes by their ids,
 *   connections in order and settings, without places and titles. Two workflows with the same one do
 *   the same
 */
char            *cpt_workflow_dup_digest  (const CptWorkflow *self) G_GNUC_WARN_UNUSED_RESULT;

/* Changing; each returns whether it has */

/* (nullable) (transfer none): %NULL when @id is taken, or when there are too many. @kind_name may be unknown */
CptWorkflowNode *cpt_workflow_add_node    (CptWorkflow *self,
                                           const char  *id,
                                           const char  *kind_name,
                                           double       x,
                                           double       y);
/* With its connections. With @is_bridged what led to it leads to where its first connected outcome leads */
gboolean         cpt_workflow_remove_node (CptWorkflow *self,
                                           const char  *id,
                                           gboolean     is_bridged);
/* FALSE too when it is there already, or when there are too many; the nodes need not be there */
gboolean         cpt_workflow_connect     (CptWorkflow *self,
                                           const char  *from,
                                           const char  *outcome,
                                           const char  *to);
gboolean         cpt_workflow_disconnect  (CptWorkflow *self,
                                           const char  *from,
                                           const char  *outcome,
                                           const char  *to);

/* Asking */

/* (element-type CptWorkflowConnection) (nullable): those that begin at a node; %NULL: none. Until the next change */
GPtrArray       *cpt_workflow_get_leaving (const CptWorkflow *self,
                                           const char        *from);

/* (nullable) */
CptWorkflowNode *cpt_workflow_find_node   (const CptWorkflow *self,
                                           const char        *id);
/* (transfer full) (array zero-terminated=1): names of all outcomes that a node has by its
 * kind and its branches now */
char           **cpt_workflow_node_list_outcomes (const CptWorkflowNode *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * cpt_workflow_check:
 * @self: a workflow
 *
 * Whether it may be published: there is a start that leads somewhere, each node is led to,
 * is known and has what it needs, connections are between what is there, and no circle goes
 * round without a wait. Takes time in proportion to what is drawn.
 *
 * Returns: (transfer full) (element-type CptWorkflowProblem): why not; empty when it may
 */
GPtrArray       *cpt_workflow_check       (const CptWorkflow *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptWorkflow, cpt_workflow_free)

G_END_DECLS
