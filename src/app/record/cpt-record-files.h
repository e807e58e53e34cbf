/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_RECORD_FILES (cpt_record_files_get_type ())

G_DECLARE_FINAL_TYPE (CptRecordFiles, cpt_record_files, CPT, RECORD_FILES, GtkWidget)

/**
 * cpt_record_files_new:
 * @window: the window it is for
 * @schema: referenced
 * @entity: kind of the record
 *
 * The files of a record, or the file that a record is: opened, saved, taken
 * away, and more of them dropped here or chosen.
 *
 * Returns: (transfer floating): the widget, with nothing in it
 */
GtkWidget *cpt_record_files_new         (CptWindow       *window,
                                         CptSchema       *schema,
                                         const CptEntity *entity);
/* Reads again. @record is as it is now. */
void       cpt_record_files_show        (CptRecordFiles *self,
                                         CptRecord      *record);
/* Files may be dropped anywhere on @widget, which is above */
void       cpt_record_files_take_drops  (CptRecordFiles *self,
                                         GtkWidget      *widget);
/* Whether records of @entity have files, or are one */
gboolean   cpt_record_files_is_possible (CptSchema       *schema,
                                         const CptEntity *entity);

G_END_DECLS
