/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-settings-page.h"

G_BEGIN_DECLS

#define CPT_TYPE_FIELDS_PAGE (cpt_fields_page_get_type ())

G_DECLARE_FINAL_TYPE (CptFieldsPage, cpt_fields_page, CPT, FIELDS_PAGE, CptSettingsPage)

/* The fields that the workspace adds to its kinds of records */

G_END_DECLS
