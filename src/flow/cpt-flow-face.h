/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-schema.h"
#include "cpt-workflow.h"

G_BEGIN_DECLS

/**
 * CptFlowFace:
 * @title: what its author calls it, or its kind
 * @detail: what it is set to, in one line; may be empty
 * @outcomes: (array zero-terminated=1): for people, in the order of its outlets
 * @group: where it stands in the palette
 * @is_known: %FALSE when only a newer version knows it
 *
 * What a node says about itself, in the language of the session.
 */
typedef struct
{
  char              *title;
  char              *detail;
  char             **outcomes;
  CptWorkflowGroup   group;
  gboolean           is_known;
} CptFlowFace;

/**
 * cpt_flow_face_new:
 * @node: a node
 * @schema: what its settings name
 * @entity: (nullable): the kind of records that the workflow is about
 *
 * What is named and is not there stands as it is written down.
 *
 * Returns: (transfer full): its face
 */
CptFlowFace *cpt_flow_face_new          (const CptWorkflowNode *node,
                                         CptSchema             *schema,
                                         const CptEntity       *entity) G_GNUC_WARN_UNUSED_RESULT;
void         cpt_flow_face_free         (CptFlowFace *self);
/* (transfer full): { "amount": 2, "unit": "days" } as “2 days”; empty for anything else */
char        *cpt_flow_dup_duration      (JsonNode *duration) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): an outcome of a node for people: the label of a branch, or what its kind calls it */
char        *cpt_flow_dup_outcome       (const CptWorkflowNode *node,
                                         const char            *outcome) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptFlowFace, cpt_flow_face_free)

G_END_DECLS
