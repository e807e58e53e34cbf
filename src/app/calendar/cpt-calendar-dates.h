/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpt-calendar-source.h"

G_BEGIN_DECLS

#define CPT_TYPE_CALENDAR_DATES (cpt_calendar_dates_get_type ())

G_DECLARE_FINAL_TYPE (CptCalendarDates, cpt_calendar_dates, CPT, CALENDAR_DATES, GtkWidget)

/* A button that says by which field the records of @entity, which has one, stand on
 * days, and lets people choose that and another one until which they last. Signal:
 * "changed" (): by somebody. */
GtkWidget               *cpt_calendar_dates_new        (const CptEntity *entity) G_GNUC_WARN_UNUSED_RESULT;
const CptCalendarSource *cpt_calendar_dates_get_source (CptCalendarDates *self);
/* By their names (nullable): what is not there is as at first. No signal. */
void                     cpt_calendar_dates_choose     (CptCalendarDates *self,
                                                        const char       *day,
                                                        const char       *end);
/* Without words */
void                     cpt_calendar_dates_set_narrow (CptCalendarDates *self,
                                                        gboolean          is_narrow);

G_END_DECLS
