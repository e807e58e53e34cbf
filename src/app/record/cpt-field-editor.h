/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpt-field-type.h"
#include "cpt-store.h"

G_BEGIN_DECLS

#define CPT_TYPE_FIELD_EDITOR (cpt_field_editor_get_type ())

G_DECLARE_FINAL_TYPE (CptFieldEditor, cpt_field_editor, CPT, FIELD_EDITOR, GObject)

/**
 * CptFieldEditor:
 *
 * The row in which a person edits one field, whatever its kind. Holds the
 * value; the widget is its face. Emits "committed" when the person has made
 * another value (left the entry, chosen, toggled), "typed" at each change of
 * the text in the entry, "open-link" (entity name, identifier) when she follows
 * a link.
 */

/* @field lives as long as @schema, which is referenced */
CptFieldEditor *cpt_field_editor_new       (CptStore       *store,
                                            CptSchema      *schema,
                                            const CptField *field);
const CptField *cpt_field_editor_get_field (CptFieldEditor *self);
/* An AdwPreferencesRow; owned by the editor */
GtkWidget      *cpt_field_editor_get_row   (CptFieldEditor *self);
const CptValue *cpt_field_editor_get_value (CptFieldEditor *self);
/* From outside: shown without "committed". Text that is being typed stays; the
 * row is marked and says what the value is now. */
void            cpt_field_editor_set_value (CptFieldEditor *self,
                                            const CptValue *value);
void            cpt_field_editor_set_read_only (CptFieldEditor *self,
                                                gboolean        read_only);
/* Marked as one that can't be empty */
void            cpt_field_editor_set_required (CptFieldEditor *self,
                                               gboolean        required);
/* Of a choice: the names of those that may be taken, NULL-terminated; all when
 * NULL. What is there already stays. */
void            cpt_field_editor_set_allowed (CptFieldEditor    *self,
                                              const char *const *allowed);
/* (nullable): beside the field until the value changes */
void            cpt_field_editor_set_error (CptFieldEditor *self,
                                            const char     *message);
/* The store has refused the value: @stored is the one that counts; what was
 * typed stays, so that it can be put right */
void            cpt_field_editor_refuse    (CptFieldEditor *self,
                                            const CptValue *stored,
                                            const char     *message);
/* The person would rather not: what is @stored is shown again */
void            cpt_field_editor_reset     (CptFieldEditor *self,
                                            const CptValue *stored);
/* Of a link: @id is not stored yet and is called @title; it will be, with the
 * record that links to it. (nullable): both, when nothing is to be any more */
void            cpt_field_editor_expect    (CptFieldEditor *self,
                                            const CptUuid  *id,
                                            const char     *title);
/* What it would be if the entry were left now, into @value; null where that
 * can't be read yet */
void            cpt_field_editor_peek      (CptFieldEditor *self,
                                            CptValue       *value);
/* Whether something is typed that was not taken yet */
gboolean        cpt_field_editor_is_typing (CptFieldEditor *self);
/* Whether there is text that is not the value, even where it can't be taken any
 * more */
gboolean        cpt_field_editor_holds_text (CptFieldEditor *self);
/* Takes what is in the entry now, as leaving it would; FALSE when it is not valid */
gboolean        cpt_field_editor_flush     (CptFieldEditor *self);
/* How people write here; the texts belong to @store */
void            cpt_field_editor_init_options (CptStore        *store,
                                               CptParseOptions *options);

G_END_DECLS
