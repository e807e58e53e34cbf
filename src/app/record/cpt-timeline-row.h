/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpt-timeline-page-private.h"
#include "cpt-window.h"

G_BEGIN_DECLS

/* A row for one line of a timeline: opens the record that it is about; a change
 * can be taken back from here where that is possible. Floating. */
GtkWidget *cpt_timeline_row_new (CptWindow             *window,
                                 const CptTimelinePage *page,
                                 CptTimelineLine       *line);

/* (transfer full): the same for rows that show and do the same */
char      *cpt_timeline_row_dup_key (const CptTimelinePage *page,
                                     const CptTimelineLine *line);

G_END_DECLS
