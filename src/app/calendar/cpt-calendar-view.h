/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_CALENDAR_VIEW (cpt_calendar_view_get_type ())

G_DECLARE_FINAL_TYPE (CptCalendarView, cpt_calendar_view, CPT, CALENDAR_VIEW, CptView)

/* Tasks by the day on which they are due */
CptView *cpt_calendar_view_new       (CptWindow *window);
/* Whether records of @entity have a date; not tasks, which have a calendar of their own */
gboolean cpt_calendar_view_can_show  (CptWindow  *window,
                                      const char *entity);
/* These, by a date that people choose */
CptView *cpt_calendar_view_new_place (CptWindow  *window,
                                      const char *entity);

G_END_DECLS
