/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_RECORD_TIMELINE (cpt_record_timeline_get_type ())

G_DECLARE_FINAL_TYPE (CptRecordTimeline, cpt_record_timeline, CPT, RECORD_TIMELINE, GtkWidget)

/**
 * cpt_record_timeline_new:
 * @window: the window it is for
 * @schema: referenced
 * @entity: kind of the records whose timelines it shows
 *
 * What happened with a record: a line to note something, a choice of what is
 * shown, and the newest page; older ones come when they are asked for.
 *
 * Returns: (transfer floating): the widget, with nothing in it
 */
GtkWidget *cpt_record_timeline_new   (CptWindow       *window,
                                      CptSchema       *schema,
                                      const CptEntity *entity);
/* Reads the newest again, as many as are shown. @record is as it is now. */
void       cpt_record_timeline_show  (CptRecordTimeline *self,
                                      CptRecord         *record);
/* Puts the keyboard into the line in which something is noted; FALSE when
 * nothing can be */
gboolean   cpt_record_timeline_begin (CptRecordTimeline *self);

G_END_DECLS
