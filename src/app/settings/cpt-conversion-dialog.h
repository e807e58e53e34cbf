/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-window.h"

G_BEGIN_DECLS

/* A dialogue in which a field gets another kind: what would become of its values
 * and of what names it is shown before anything is done. @entity and @field: of
 * @schema */
void cpt_conversion_dialog_present (CptWindow       *window,
                                    CptSchema       *schema,
                                    const CptEntity *entity,
                                    const CptField  *field);

G_END_DECLS
