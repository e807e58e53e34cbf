/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-filter.h"

G_BEGIN_DECLS

/**
 * CptFilterNode:
 * @form: %CPT_FILTER_NOT: none of the children
 * @condition: (nullable): of a condition; groups have none
 * @children: (nullable) (element-type CptFilterNode): of a group, owned
 * @parent: (nullable): NULL for the root, which is always all of its children
 *
 * A filter that is being put together. The person moves its parts about; what
 * she sees becomes a filter again.
 */
typedef struct _CptFilterNode CptFilterNode;

struct _CptFilterNode
{
  CptFilterForm  form;
  CptFilter     *condition;
  GPtrArray     *children;
  CptFilterNode *parent;
};

/* @filter (nullable) */
CptFilterNode *cpt_filter_node_new_root (CptFilter *filter);
void           cpt_filter_node_free     (CptFilterNode *self);
/* (transfer full) (nullable): NULL when there is no condition */
CptFilter     *cpt_filter_node_to_filter (CptFilterNode   *self,
                                          CptSchema       *schema,
                                          const CptEntity *entity);
gboolean       cpt_filter_node_is_group (CptFilterNode *self);
/* "0.2": the way from the root; (nullable): no such node */
CptFilterNode *cpt_filter_node_find     (CptFilterNode *root,
                                         const char    *path);
char          *cpt_filter_node_dup_path (CptFilterNode *self);
/* Behind the last child of a group */
void           cpt_filter_node_add      (CptFilterNode *self,
                                         CptFilter     *condition);
/* With all that is in it; groups that are empty then go too */
void           cpt_filter_node_remove   (CptFilterNode *self);
/* A group, any of its children, in its place and with it */
void           cpt_filter_node_wrap     (CptFilterNode *self);
/* Into the group @target, or together with the condition @target into a new
 * one. Nothing happens to a node that @target is in. */
void           cpt_filter_node_move     (CptFilterNode *self,
                                         CptFilterNode *target);
/* Out of its group, to behind it */
void           cpt_filter_node_move_out (CptFilterNode *self);
/* The children of a group in its place */
void           cpt_filter_node_dissolve (CptFilterNode *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptFilterNode, cpt_filter_node_free)

G_END_DECLS
