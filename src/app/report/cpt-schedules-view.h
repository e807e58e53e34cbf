/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_SCHEDULES_VIEW (cpt_schedules_view_get_type ())

G_DECLARE_FINAL_TYPE (CptSchedulesView, cpt_schedules_view, CPT, SCHEDULES_VIEW, CptView)

/* When a report is written, again and again. @title: what the report is called */
CptView *cpt_schedules_view_new (CptWindow     *window,
                                 const CptUuid *report,
                                 const char    *title);

G_END_DECLS
