/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-settings-page.h"

G_BEGIN_DECLS

#define CPT_TYPE_FILES_PAGE (cpt_files_page_get_type ())

G_DECLARE_FINAL_TYPE (CptFilesPage, cpt_files_page, CPT, FILES_PAGE, CptSettingsPage)

/* How large attached files may be */

G_END_DECLS
