/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-settings-page.h"

G_BEGIN_DECLS

#define CPT_TYPE_RULES_PAGE (cpt_rules_page_get_type ())

G_DECLARE_FINAL_TYPE (CptRulesPage, cpt_rules_page, CPT, RULES_PAGE, CptSettingsPage)

/* What the workspace asks of its records besides what is declared */

G_END_DECLS
