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

G_END_DECLS
