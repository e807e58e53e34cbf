/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-window.h"

G_BEGIN_DECLS

/* A dialogue in which a field is added or changed. @entity: name of the kind of
 * record; @record (nullable): of entity "custom_field"; NULL adds one */
void cpt_field_form_present (CptWindow       *window,
                             const char      *entity,
                             const CptRecord *record);

G_END_DECLS
