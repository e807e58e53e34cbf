/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_BEGIN_DIALOG (cpt_begin_dialog_get_type ())

G_DECLARE_FINAL_TYPE (CptBeginDialog, cpt_begin_dialog, CPT, BEGIN_DIALOG, AdwWindow)

/**
 * cpt_begin_dialog_new:
 * @templates: (element-type CptRecord): reports that somebody keeps as templates
 * @is_writable: whether those can be deleted
 *
 * What a new report begins with: nothing, a ready one, or a template of one's own.
 * Emits "chosen" (const char *title, const char *definition, both nullable) and closes, and
 * "removed" (CptRecord *) when a template is to go.
 *
 * Returns: (transfer none): the dialogue, to be presented
 */
CptBeginDialog *cpt_begin_dialog_new     (GPtrArray *templates,
                                          gboolean   is_writable);
void               cpt_begin_dialog_present (CptBeginDialog *self,
                                             CptWindow      *window);

G_END_DECLS
