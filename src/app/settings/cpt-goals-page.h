/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-settings-page.h"

G_BEGIN_DECLS

#define CPT_TYPE_GOALS_PAGE (cpt_goals_page_get_type ())

/* Goals, badges, and whether people are compared at all */
G_DECLARE_FINAL_TYPE (CptGoalsPage, cpt_goals_page, CPT, GOALS_PAGE, CptSettingsPage)

G_END_DECLS
