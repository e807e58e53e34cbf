/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_RECORD_PEEK (cpt_record_peek_get_type ())

G_DECLARE_FINAL_TYPE (CptRecordPeek, cpt_record_peek, CPT, RECORD_PEEK, GtkWidget)

/**
 * cpt_record_peek_new:
 * @window: the window it is for
 * @schema: referenced
 * @entity: kind of the records
 *
 * A record at a glance, beside the list that it is in: its main fields and the
 * top of its timeline, to be read only.
 *
 * Returns: (transfer floating): the widget, with nothing in it
 */
GtkWidget     *cpt_record_peek_new    (CptWindow       *window,
                                       CptSchema       *schema,
                                       const CptEntity *entity);
/* @id (nullable): nothing is shown when NULL. Reading begins a moment later, so
 * that whoever passes by many records reads the last one alone. */
void           cpt_record_peek_show   (CptRecordPeek *self,
                                       const CptUuid *id);
/* After a change of whatever it shows */
void           cpt_record_peek_reload (CptRecordPeek *self);

G_END_DECLS
