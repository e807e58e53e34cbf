/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-paste.h"
#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_PASTE_DIALOG (cpt_paste_dialog_get_type ())

G_DECLARE_FINAL_TYPE (CptPasteDialog, cpt_paste_dialog, CPT, PASTE_DIALOG, AdwWindow)

/**
 * cpt_paste_dialog_show:
 * @window: the window that it is about
 * @paste: (transfer full): what would be
 * @n_rows: rows of the block that lie beyond the end of the list
 * @n_columns: columns of the block that lie beyond its last column
 *
 * Shows what a block of cells would change, and changes it when the person
 * says so: one act. What can't be used is shown with the reason and left out.
 */
void cpt_paste_dialog_show (CptWindow *window,
                            CptPaste  *paste,
                            guint      n_rows,
                            guint      n_columns);

G_END_DECLS
