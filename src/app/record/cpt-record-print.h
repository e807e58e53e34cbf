/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-window.h"

G_BEGIN_DECLS

/* Asks how, then prints the record: on paper or into a file */
void cpt_record_print (CptWindow       *window,
                       const CptEntity *entity,
                       const CptUuid   *id,
                       gboolean         has_timeline);

G_END_DECLS
