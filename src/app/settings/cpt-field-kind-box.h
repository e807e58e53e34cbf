/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

#include "cpt-schema.h"

G_BEGIN_DECLS

#define CPT_TYPE_FIELD_KIND_BOX (cpt_field_kind_box_get_type ())

G_DECLARE_FINAL_TYPE (CptFieldKindBox, cpt_field_kind_box, CPT, FIELD_KIND_BOX, AdwBin)

/* What a field holds, and what its kind has to know: choices, digits, a target.
 * Emits "changed" when another kind is chosen or what it has to know is. */
GtkWidget   *cpt_field_kind_box_new      (CptSchema *schema);
/* Shows what @field has */
void         cpt_field_kind_box_show     (CptFieldKindBox *self,
                                          const CptField  *field);
/* Whether another kind can be chosen */
void         cpt_field_kind_box_set_open (CptFieldKindBox *self,
                                          gboolean         is_open);
/* Whether the choices are those that the values need: none are asked for */
void         cpt_field_kind_box_set_growing (CptFieldKindBox *self,
                                             gboolean         is_growing);
CptFieldKind cpt_field_kind_box_get_kind (CptFieldKindBox *self);
/* Sets the members of a definition that its kind has, and removes those that it has not */
void         cpt_field_kind_box_fill     (CptFieldKindBox *self,
                                          JsonObject      *definition);
/* Sets a member of a definition, and removes it where nothing was typed */
void         cpt_field_kind_box_set_text (JsonObject *definition,
                                          const char *member,
                                          const char *text);

G_END_DECLS
