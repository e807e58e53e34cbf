/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-window.h"

G_BEGIN_DECLS

/* A dialogue in which the choices of a declared field are changed. @entity and
 * @field: names; @record (nullable): of entity "choice_list", that keeps them;
 * NULL where nobody changed them yet */
void cpt_choices_form_present (CptWindow       *window,
                               const char      *entity,
                               const char      *field,
                               const CptRecord *record);

G_END_DECLS
