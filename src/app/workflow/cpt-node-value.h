/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-node-input.h"

G_BEGIN_DECLS

#define CPT_TYPE_NODE_VALUE (cpt_node_value_get_type ())

G_DECLARE_FINAL_TYPE (CptNodeValue, cpt_node_value, CPT, NODE_VALUE, GObject)

/**
 * CptNodeValue:
 *
 * What a step gives to one field: a value, a text with places, a date that counts from the step, or
 * nothing. A row; after "replaced" another one. Emits "changed" when the person has made another value,
 * and "removed" when there is to be none.
 */
/* @field (nullable): of @name, where there is such a field; @json (nullable): nothing is said yet */
CptNodeValue *cpt_node_value_new        (const CptNodeContext *context,
                                         const CptField       *field,
                                         const char           *name,
                                         JsonNode             *json);
const char   *cpt_node_value_get_name   (CptNodeValue *self);
/* (nullable): nothing is said yet */
JsonNode     *cpt_node_value_get_json   (CptNodeValue *self);
/* Owned by @self */
GtkWidget    *cpt_node_value_get_row    (CptNodeValue *self);
void          cpt_node_value_flush      (CptNodeValue *self);
/* Whether people can give @field a value */
gboolean      cpt_node_value_is_offered (const CptField *field);

G_END_DECLS
