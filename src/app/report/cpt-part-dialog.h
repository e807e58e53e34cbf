/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-document.h"
#include "cpt-settings-dialog.h"

G_BEGIN_DECLS

#define CPT_TYPE_PART_DIALOG (cpt_part_dialog_get_type ())

G_DECLARE_FINAL_TYPE (CptPartDialog, cpt_part_dialog, CPT, PART_DIALOG, CptSettingsDialog)

/**
 * cpt_part_dialog_new:
 * @window: on top of which it will stand
 * @block: what it begins with: a heading, a text, the widgets of a dashboard or a
 *   table
 * @dashboards: (element-type CptRecord): of which one can be chosen
 * @is_new: it is being added
 *
 * What one part of a report says. Emits "edited" when the person is done.
 *
 * Returns: (transfer none): the dialogue, to be presented
 */
CptPartDialog *cpt_part_dialog_new     (CptWindow      *window,
                                        const CptBlock *block,
                                        GPtrArray      *dashboards,
                                        gboolean        is_new);
void           cpt_part_dialog_present (CptPartDialog *self);
/* Writes what was filled in to @block, which is of the same kind */
void           cpt_part_dialog_apply   (CptPartDialog *self,
                                        CptBlock      *block);
/* What people call a kind of part */
const char    *cpt_part_get_kind_label (const CptBlock *block);

G_END_DECLS
