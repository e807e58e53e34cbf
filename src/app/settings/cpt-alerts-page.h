/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-settings-page.h"

G_BEGIN_DECLS

#define CPT_TYPE_ALERTS_PAGE (cpt_alerts_page_get_type ())

/* Of whom is told when, and what holds now */
G_DECLARE_FINAL_TYPE (CptAlertsPage, cpt_alerts_page, CPT, ALERTS_PAGE, CptSettingsPage)

G_END_DECLS
