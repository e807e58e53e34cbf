/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpt-field.h"
#include "cpt-value.h"

G_BEGIN_DECLS

#define CPT_TYPE_CHOICE_PICKER (cpt_choice_picker_get_type ())

G_DECLARE_FINAL_TYPE (CptChoicePicker, cpt_choice_picker, CPT, CHOICE_PICKER, GtkPopover)

/**
 * cpt_choice_picker_new:
 * @field: a choice; it lives longer than the popover
 * @value: what the field has
 *
 * A popover in which a choice is found by typing. Emits "picked" (const char
 * *name): the choice, NULL for none.
 *
 * Returns: (transfer floating): the popover
 */
GtkWidget *cpt_choice_picker_new      (const CptField *field,
                                       const CptValue *value);
/* What is looked for, as if it had been typed */
void       cpt_choice_picker_set_text (CptChoicePicker *self,
                                       const char      *text);
/* Picks what is marked; FALSE when nothing is */
gboolean   cpt_choice_picker_pick     (CptChoicePicker *self);

G_END_DECLS
