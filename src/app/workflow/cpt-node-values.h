/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-node-input.h"

G_BEGIN_DECLS

#define CPT_TYPE_NODE_VALUES (cpt_node_values_get_type ())

G_DECLARE_FINAL_TYPE (CptNodeValues, cpt_node_values, CPT, NODE_VALUES, AdwPreferencesGroup)

/**
 * CptNodeValues:
 *
 * Values that a step gives to fields, a row for each. Emits "changed".
 */
GtkWidget  *cpt_node_values_new      (const CptNodeContext *context);
/* @entity (nullable): whose fields; @values (nullable). Rows that show the same already stay */
void        cpt_node_values_show     (CptNodeValues   *self,
                                      const CptEntity *entity,
                                      JsonObject      *values);
/* (transfer full): what is said */
JsonObject *cpt_node_values_dup      (CptNodeValues *self);
void        cpt_node_values_flush    (CptNodeValues *self);
/* At the end of its title, before the button that adds a field */
void        cpt_node_values_set_more (CptNodeValues *self,
                                      GtkWidget     *widget);

G_END_DECLS
