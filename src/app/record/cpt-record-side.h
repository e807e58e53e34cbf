/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-record-data-private.h"
#include "cpt-window.h"

G_BEGIN_DECLS

/* Beside the fields of a record: what links to it, and its history. */

/* The title of an AdwPreferencesGroup, also for who can't see that the list of
 * its rows belongs to it */
void       cpt_record_side_set_title      (GtkWidget  *group,
                                           const char *title);
/* A group per kind and field, each with the newest records, "show all" and a
 * button that makes another one linked to this. Floating. */
GtkWidget *cpt_record_side_create_linked  (CptWindow              *window,
                                           const CptRecordData    *data,
                                           const CptLinkedRecords *linked);
/* Who did what when. Floating. */
GtkWidget *cpt_record_side_create_history (CptWindow           *window,
                                           const CptRecordData *data);

G_END_DECLS
