/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-node-input.h"

G_BEGIN_DECLS

/* Places in texts, such as “{{organisation.name}}”, that get what the record has when it comes to that */

/* A button that asks which field; @callback is called with @object first, then the path */
GtkWidget *cpt_node_places_create_button (const CptNodeContext *context,
                                          GCallback             callback,
                                          gpointer              object);
/* The same, which writes the place into @row, an AdwEntryRow, at its cursor */
void       cpt_node_places_add_to_entry  (const CptNodeContext *context,
                                          GtkWidget            *row);
/* (transfer full): the place */
char      *cpt_node_places_format        (const char *path);

G_END_DECLS
