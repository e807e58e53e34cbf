/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

#include "cpt-field.h"

G_BEGIN_DECLS

#define CPT_TYPE_CHOICE_LIST (cpt_choice_list_get_type ())

G_DECLARE_FINAL_TYPE (CptChoiceList, cpt_choice_list, CPT, CHOICE_LIST, AdwBin)

/* The choices of a field: each has a label and a colour, and they are put in
 * order. Names are kept: records hold them. */
GtkWidget *cpt_choice_list_new         (void);
/* None can be added: before its choices are set */
void       cpt_choice_list_set_fixed   (CptChoiceList *self);
/* @choices (nullable): ended by a NULL name; those that are needed can't be removed */
void       cpt_choice_list_set_choices (CptChoiceList   *self,
                                        const CptChoice *choices);
/* As a field's definition has them; those without a label are left out */
JsonArray *cpt_choice_list_to_json     (CptChoiceList *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
