/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-record-data-private.h"
#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_RECORD_SIDE (cpt_record_side_get_type ())

G_DECLARE_FINAL_TYPE (CptRecordSide, cpt_record_side, CPT, RECORD_SIDE, GtkWidget)

/**
 * cpt_record_side_new:
 * @window: the window it is for
 * @schema: referenced
 * @entity: kind of the record
 *
 * What stands beside the fields of a record: its timeline, and the records
 * that link to it.
 *
 * Returns: (transfer floating): the widget, with nothing in it
 */
GtkWidget *cpt_record_side_new        (CptWindow       *window,
                                       CptSchema       *schema,
                                       const CptEntity *entity);
void       cpt_record_side_show       (CptRecordSide       *self,
                                       const CptRecordData *data);
/* Files that are dropped on @widget, the page, are attached to its record. */
void       cpt_record_side_take_drops (CptRecordSide *self,
                                       GtkWidget     *widget);
/* Puts the keyboard where something is noted in the timeline; FALSE when
 * nothing can be */
gboolean   cpt_record_side_begin_note (CptRecordSide *self);

/* (nullable): the list of the rows of an AdwPreferencesGroup */
GtkWidget *cpt_record_side_find_list (GtkWidget *group);
/* The title of an AdwPreferencesGroup, also for who can't see that the list of
 * its rows belongs to it */
void       cpt_record_side_set_title  (GtkWidget  *group,
                                       const char *title);

G_END_DECLS
