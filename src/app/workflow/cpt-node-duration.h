/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define CPT_TYPE_NODE_DURATION (cpt_node_duration_get_type ())

G_DECLARE_FINAL_TYPE (CptNodeDuration, cpt_node_duration, CPT, NODE_DURATION, AdwPreferencesRow)

/**
 * CptNodeDuration:
 *
 * A row with { "amount": 2, "unit": "days" }. Emits "changed" when another unit is chosen; what is typed
 * is told by the editable.
 */
/* @is_offset: before or after something rather than how long */
GtkWidget   *cpt_node_duration_new          (const char *title,
                                             gboolean    is_offset);
/* (nullable): none */
void         cpt_node_duration_set_value    (CptNodeDuration *self,
                                             JsonNode        *value);
/* @value: (out) (nullable) (transfer full): %NULL where nothing is said. FALSE where what is typed is no number */
gboolean     cpt_node_duration_take         (CptNodeDuration  *self,
                                             JsonNode        **value);
GtkEditable *cpt_node_duration_get_editable (CptNodeDuration *self);
/* At the end of the line */
void         cpt_node_duration_add_suffix   (CptNodeDuration *self,
                                             GtkWidget       *widget);

G_END_DECLS
