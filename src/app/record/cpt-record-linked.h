/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-record-data-private.h"
#include "cpt-window.h"

G_BEGIN_DECLS

/* The records that link to the one on the page by one field of one kind: the
 * newest of them and how many there are; opens them, makes another one, links
 * one that is there, takes a link away, and shows the list of all. Floating. */
GtkWidget *cpt_record_linked_new (CptWindow              *window,
                                  const CptRecordData    *data,
                                  const CptLinkedRecords *linked);

/* Everything that these groups show, to find out whether it has changed */
char      *cpt_record_linked_dup_key (const CptRecordData *data);

G_END_DECLS
