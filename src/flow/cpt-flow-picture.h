/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cpt-flow-paint.h"

G_BEGIN_DECLS

typedef enum
{
  CPT_FLOW_PDF,
  CPT_FLOW_SVG,
  CPT_FLOW_PNG,
} CptFlowFormat;

/**
 * CptFlowNumbers:
 * @nodes: (element-type utf8 CptFlowCount): by the ids of nodes
 * @connections: (element-type utf8 guint64): how many have gone that way, by cpt_flow_dup_key()
 *
 * What happened in a workflow.
 */
typedef struct
{
  GHashTable *nodes;
  GHashTable *connections;
} CptFlowNumbers;

CptFlowNumbers *cpt_flow_numbers_new     (void) G_GNUC_WARN_UNUSED_RESULT;
void            cpt_flow_numbers_free    (CptFlowNumbers *self);
/* Adds to what is there of a node; 0 is fine */
void            cpt_flow_numbers_add     (CptFlowNumbers     *self,
                                          const char         *node,
                                          const CptFlowCount *count);
void            cpt_flow_numbers_add_way (CptFlowNumbers *self,
                                          const char     *node,
                                          const char     *outcome,
                                          guint64         n_passed);
/* (nullable) */
const CptFlowCount *cpt_flow_numbers_find     (const CptFlowNumbers *self,
                                               const char           *node);
guint64             cpt_flow_numbers_find_way (const CptFlowNumbers *self,
                                               const char           *node,
                                               const char           *outcome);

/**
 * cpt_flow_export:
 * @workflow: what is drawn
 * @title: of the workflow
 * @schema: what its settings name
 * @numbers: (nullable): what happened, drawn with it
 * @format: of the picture
 * @error: %CPT_ERROR_LIMIT when it is too large for a picture, %CPT_ERROR_IO
 *
 * All of it on one page, as it is seen on the canvas, with dark ink on white.
 *
 * Returns: (transfer full) (nullable): the contents of the file
 */
GBytes *cpt_flow_export (const CptWorkflow     *workflow,
                         const char            *title,
                         CptSchema             *schema,
                         const CptFlowNumbers  *numbers,
                         CptFlowFormat          format,
                         GError               **error) G_GNUC_WARN_UNUSED_RESULT;

/* By the end of a file's name, “.svg”; PDF for any other */
CptFlowFormat cpt_flow_format_for_name (const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptFlowNumbers, cpt_flow_numbers_free)

G_END_DECLS
