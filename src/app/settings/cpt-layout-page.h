/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-settings-page.h"

G_BEGIN_DECLS

#define CPT_TYPE_LAYOUT_PAGE (cpt_layout_page_get_type ())

G_DECLARE_FINAL_TYPE (CptLayoutPage, cpt_layout_page, CPT, LAYOUT_PAGE, CptSettingsPage)

/* How the fields stand on the pages of records, for each kind */

G_END_DECLS
