/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-settings-page.h"

G_BEGIN_DECLS

#define CPT_TYPE_SCHEDULES_PAGE (cpt_schedules_page_get_type ())

G_DECLARE_FINAL_TYPE (CptSchedulesPage, cpt_schedules_page, CPT, SCHEDULES_PAGE, CptSettingsPage)

/* The schedules of one report, and what came of them */
CptSettingsPage *cpt_schedules_page_new (CptWindow     *window,
                                         const CptUuid *report);

G_END_DECLS
