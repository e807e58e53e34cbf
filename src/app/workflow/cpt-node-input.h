/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpt-window.h"
#include "cpt-workflow.h"

G_BEGIN_DECLS

/**
 * CptNodeAnswer:
 * @path: what stands between the braces of a place: "steps.call.status"
 * @label: what people read
 *
 * A place that is no field: what an earlier step was answered.
 */
typedef struct
{
  char *path;
  char *label;
} CptNodeAnswer;

/**
 * CptNodeContext:
 * @window: borrowed: above
 * @store: borrowed
 * @schema: borrowed
 * @subject: (nullable): the kind of records that the workflow is about
 * @kind: (nullable): of the node; %NULL for the workflow as a whole
 * @answers: (element-type CptNodeAnswer): places beside the fields of @subject
 *
 * What is around the settings that a panel shows. It belongs to the panel, and is there as long as its
 * forms are.
 */
typedef struct
{
  CptWindow             *window;
  CptStore              *store;
  CptSchema             *schema;
  const CptEntity       *subject;
  const CptWorkflowKind *kind;
  GPtrArray             *answers;
} CptNodeContext;

typedef struct _CptNodeForm CptNodeForm;

#define CPT_TYPE_NODE_INPUT (cpt_node_input_get_type ())

G_DECLARE_FINAL_TYPE (CptNodeInput, cpt_node_input, CPT, NODE_INPUT, GObject)

/**
 * CptNodeInput:
 *
 * One setting of a node, as a row or as a group of rows. It has the value as JSON; the widget is its
 * face. Emits "changed" when the person has made another value.
 */

/* @form: borrowed: what it is in */
CptNodeInput             *cpt_node_input_new         (CptNodeForm              *form,
                                                      const CptWorkflowSetting *setting);
const CptWorkflowSetting *cpt_node_input_get_setting (CptNodeInput *self);
/* A row, or a group where it is one; owned by the input */
GtkWidget                *cpt_node_input_get_widget  (CptNodeInput *self);
gboolean                  cpt_node_input_is_group    (CptNodeInput *self);
/* (nullable): %NULL where nothing is set */
JsonNode                 *cpt_node_input_get_value   (CptNodeInput *self);
/* From outside, without "changed"; (nullable). What stands there already stays as it is */
void                      cpt_node_input_set_value   (CptNodeInput *self,
                                                      JsonNode     *value);
/* What it offers may be something else by now: another setting or what is around has changed */
void                      cpt_node_input_refresh     (CptNodeInput *self);
/* Says what is typed and was not said yet */
void                      cpt_node_input_flush       (CptNodeInput *self);

G_END_DECLS
