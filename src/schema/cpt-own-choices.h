/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-record.h"

G_BEGIN_DECLS

/* The kind of record that keeps them */
#define CPT_CHOICE_LIST_ENTITY "choice_list"

/* Says in JSON that a choice has no colour, whatever is declared */
#define CPT_CHOICE_NO_COLOUR "none"

/* The choices of one declared field as a workspace wants them */
typedef struct _CptOwnChoices CptOwnChoices;

/**
 * cpt_own_choices_parse:
 * @field: as declared: not of a schema, which may have others already
 * @text: (nullable): JSON, as README.md has it
 * @error: %CPT_ERROR_PARSE, %CPT_ERROR_INVALID, %CPT_ERROR_LIMIT
 *
 * Declared choices that @text does not name come behind those that it names.
 *
 * Returns: (transfer full) (nullable): the choices; %NULL with @error
 */
CptOwnChoices   *cpt_own_choices_parse    (const CptField  *field,
                                           const char      *text,
                                           GError         **error) G_GNUC_WARN_UNUSED_RESULT;
void             cpt_own_choices_free     (CptOwnChoices *self);
/* Ended by a NULL name; owned by @self */
const CptChoice *cpt_own_choices_get_list (const CptOwnChoices *self);

/* (nullable): the field of @schema that @record, of entity "choice_list", is
 * about: a declared one with choices, of records that people keep */
const CptField  *cpt_own_choices_find_field (CptSchema        *schema,
                                             const CptRecord  *record,
                                             const CptEntity **entity);
/* Whether the choices of a declared field can be a workspace's own */
gboolean         cpt_own_choices_is_open  (const CptEntity *entity,
                                           const CptField  *field);
/* Whether @choice of @field, as declared, has to stay: behaviours know it, or
 * new records get it */
gboolean         cpt_own_choices_is_needed (const CptField  *field,
                                            const CptChoice *choice);

/**
 * cpt_own_choices_check_record:
 * @record: of entity "choice_list"
 * @field: (out) (optional) (nullable): the name of the field that is wrong
 * @error: %CPT_ERROR_PARSE, %CPT_ERROR_INVALID, %CPT_ERROR_LIMIT
 *
 * Whether @record says something about choices: what the door asks before it
 * takes it.
 *
 * Returns: %TRUE if it does
 */
gboolean         cpt_own_choices_check_record (const CptRecord  *record,
                                               const char      **field,
                                               GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptOwnChoices, cpt_own_choices_free)

G_END_DECLS
