/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-node-input.h"

G_BEGIN_DECLS

#define CPT_TYPE_NODE_FORM (cpt_node_form_get_type ())

G_DECLARE_FINAL_TYPE (CptNodeForm, cpt_node_form, CPT, NODE_FORM, GtkWidget)

/**
 * CptNodeForm:
 *
 * Settings as they are declared, below each other: those of a node, of a workflow, of one branch. What
 * is not declared stays in the object as it is. Emits "changed" when the person has set something.
 */

/* @settings: ended by an empty one, static; @object (nullable): what is set, which is copied */
GtkWidget            *cpt_node_form_new         (const CptNodeContext     *context,
                                                 const CptWorkflowSetting *settings,
                                                 JsonObject               *object);
/* (transfer none): what is set now; not to be changed */
JsonObject           *cpt_node_form_get_object  (CptNodeForm *self);
/* From outside, without "changed"; the keyboard stays where it is */
void                  cpt_node_form_set_object  (CptNodeForm *self,
                                                 JsonObject  *object);
const CptNodeContext *cpt_node_form_get_context (CptNodeForm *self);
/* (nullable): the kind of records that its conditions and fields are about */
const CptEntity      *cpt_node_form_find_entity (CptNodeForm *self);
/* (nullable): the first group of rows, whose title is free */
GtkWidget            *cpt_node_form_get_group   (CptNodeForm *self);
/* What the context has is something else by now */
void                  cpt_node_form_refresh     (CptNodeForm *self);
void                  cpt_node_form_flush       (CptNodeForm *self);

G_END_DECLS
