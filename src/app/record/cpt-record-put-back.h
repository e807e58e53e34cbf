/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpt-timeline-page-private.h"
#include "cpt-window.h"

G_BEGIN_DECLS

/* A button in the @row of a change that gives its fields the values that they
 * had before; none where they have them, or where nobody may change them */
void cpt_record_put_back_add_button (CptWindow             *window,
                                     const CptTimelinePage *page,
                                     const CptTimelineLine *line,
                                     GtkWidget             *row);
/* (transfer full): the same for buttons that do the same */
char *cpt_record_put_back_dup_key (const CptTimelinePage *page,
                                   const CptTimelineLine *line);

G_END_DECLS
