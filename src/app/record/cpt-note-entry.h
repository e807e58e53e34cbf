/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_NOTE_ENTRY (cpt_note_entry_get_type ())

G_DECLARE_FINAL_TYPE (CptNoteEntry, cpt_note_entry, CPT, NOTE_ENTRY, GtkWidget)

/**
 * cpt_note_entry_new:
 * @window: the window it is for
 * @schema: referenced
 * @entity: kind of the records that something is noted about
 *
 * A line in which what happened with a record is noted, as a note or a call:
 * Enter stores it. Invisible where nothing can be noted.
 *
 * Returns: (transfer floating): the widget
 */
GtkWidget *cpt_note_entry_new        (CptWindow       *window,
                                      CptSchema       *schema,
                                      const CptEntity *entity);
/* About which record, as it is now */
void       cpt_note_entry_set_record (CptNoteEntry *self,
                                      CptRecord    *record);

G_END_DECLS
