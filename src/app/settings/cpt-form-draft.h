/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-field-editor.h"

G_BEGIN_DECLS

/* A record in a dialogue: as it is stored, as it is filled in, and an editor for
 * some of its fields. What has no editor is set in the draft by who owns it. */
typedef struct _CptFormDraft CptFormDraft;

/* A copy of @record is edited, which is stored, or new (its row is 0) */
CptFormDraft   *cpt_form_draft_new                (CptStore        *store,
                                                   const CptRecord *record);
void            cpt_form_draft_free               (CptFormDraft *self);
/* (transfer none): as filled in, as far as taken */
CptRecord      *cpt_form_draft_get_record         (CptFormDraft *self);
gboolean        cpt_form_draft_is_new             (CptFormDraft *self);
const CptField *cpt_form_draft_get_field          (CptFormDraft *self,
                                                   const char   *name);
/* (transfer none): with its row at the end of @group, and what the draft has in it */
CptFieldEditor *cpt_form_draft_add_editor         (CptFormDraft *self,
                                                   GtkWidget    *group,
                                                   const char   *name);
/* (nullable) (transfer none) */
CptFieldEditor *cpt_form_draft_find_editor        (CptFormDraft *self,
                                                   const char   *name);
/* Shows the rows of the fields that @shows says, of the draft; the others are hidden */
void            cpt_form_draft_show_rows          (CptFormDraft *self,
                                                   gboolean (*shows) (const CptRecord *draft, const char *field));
/* From the editors into the draft; FALSE when one of them says what is wrong */
gboolean        cpt_form_draft_take               (CptFormDraft *self);
/* (transfer full): what was filled in: a new record, or what became other than it was stored */
CptTransaction *cpt_form_draft_create_transaction (CptFormDraft *self);
/* Each beside the row of its field, or in @message when there is none to be seen */
gboolean        cpt_form_draft_show_problems      (CptFormDraft *self,
                                                   GPtrArray    *problems,
                                                   GtkWidget    *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptFormDraft, cpt_form_draft_free)

G_END_DECLS
