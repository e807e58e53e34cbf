/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-document.h"
#include "cpt-settings-dialog.h"

G_BEGIN_DECLS

#define CPT_TYPE_PAGE_SETUP_DIALOG (cpt_page_setup_dialog_get_type ())

G_DECLARE_FINAL_TYPE (CptPageSetupDialog, cpt_page_setup_dialog, CPT, PAGE_SETUP_DIALOG, CptSettingsDialog)

/* Paper, head, foot and colour of a report. Emits "edited" when the person is done. */
CptPageSetupDialog *cpt_page_setup_dialog_new   (const CptDocument *document);
/* Writes what was filled in to @document */
void                cpt_page_setup_dialog_apply (CptPageSetupDialog *self,
                                                 CptDocument        *document);

G_END_DECLS
