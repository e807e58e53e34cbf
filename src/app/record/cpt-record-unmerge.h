/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-window.h"

G_BEGIN_DECLS

/* Takes a merge back, however long ago it was, with a toast about it; what was
 * changed since and stays is named in a dialogue. @button is dead unless it is
 * refused. */
void cpt_record_unmerge (CptWindow *window,
                         gint64     sequence,
                         GtkWidget *button);

G_END_DECLS
