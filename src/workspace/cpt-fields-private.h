/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-fields.h"
#include "cpt-transaction.h"

G_BEGIN_DECLS

/* The behaviour of custom fields. One that can't be declared is refused before it
 * is stored: it would be left out of the schema later, with nobody there to mend it. */
gboolean cpt_fields_before_commit (CptDoor    *door,
                                   CptChange  *change,
                                   GError    **error);

/* Likewise, of lists of choices: one that says nothing, or takes away what a record has */
gboolean cpt_choices_before_commit (CptDoor    *door,
                                    CptChange  *change,
                                    GError    **error);
/* Why @choice of @field can't be taken away in @message (out) (nullable): a
 * record will have it, or one in the trash; FALSE when the file can't be read */
gboolean cpt_fields_check_choice   (CptDoor          *door,
                                    const CptEntity  *entity,
                                    const CptField   *field,
                                    const CptChoice  *choice,
                                    char            **message,
                                    GError          **error);

G_END_DECLS
