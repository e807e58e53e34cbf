/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_RECORD_TWINS (cpt_record_twins_get_type ())

G_DECLARE_FINAL_TYPE (CptRecordTwins, cpt_record_twins, CPT, RECORD_TWINS, AdwBin)

/**
 * CptRecordTwins:
 *
 * Tells which records are perhaps the one that is being typed. Looks on a
 * reading thread a moment after the last key; nothing waits for it. Emits "open"
 * and "merge" (identifier) when the person asks for that.
 */
GtkWidget *cpt_record_twins_new  (CptWindow *window);
/* @record as it is now, copied; NULL forgets what was found */
void       cpt_record_twins_look (CptRecordTwins  *self,
                                  const CptRecord *record);

G_END_DECLS
