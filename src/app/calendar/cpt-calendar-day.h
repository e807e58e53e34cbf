/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpt-calendar-data-private.h"
#include "cpt-series-change.h"

G_BEGIN_DECLS

#define CPT_TYPE_CALENDAR_DAY (cpt_calendar_day_get_type ())

G_DECLARE_FINAL_TYPE (CptCalendarDay, cpt_calendar_day, CPT, CALENDAR_DAY, GtkWidget)

/* A task that can be pressed and dragged: a button would keep the pointer to itself */
#define CPT_TYPE_CALENDAR_CHIP (cpt_calendar_chip_get_type ())

G_DECLARE_FINAL_TYPE (CptCalendarChip, cpt_calendar_chip, CPT, CALENDAR_CHIP, GtkWidget)

/* Borrowed from the chip: whoever takes a drop gets the chip */
const CptCalendarTask *cpt_calendar_chip_get_task (CptCalendarChip *self);

/* One day of the calendar. Signals: "opened" (gpointer task: const CptCalendarTask);
 * "moved" (gpointer task: const CptCalendarTask, gint64 day): a task to another
 * day, by pointer or key; "deleted" (gpointer task: likewise): by key;
 * "created" (): a task on this day; "listed" (): all tasks of this day. */
/* @entity (nullable): what is made on it; tasks */
GtkWidget *cpt_calendar_day_new        (gint64           day,
                                        const char      *title,
                                        const CptEntity *entity) G_GNUC_WARN_UNUSED_RESULT;
gint64     cpt_calendar_day_get_day    (CptCalendarDay *self);
/* Up and down a week, or a day where days stand one below the other */
void       cpt_calendar_day_set_step   (CptCalendarDay *self,
                                        int             step);
void       cpt_calendar_day_add_item   (CptCalendarDay        *self,
                                        const CptCalendarItem *item);
void       cpt_calendar_day_add_more   (CptCalendarDay *self,
                                        guint           n_more);
/* Gives the keyboard to a task; FALSE when it is not here */
gboolean   cpt_calendar_day_focus_item (CptCalendarDay *self,
                                        const CptUuid  *id);
/* (nullable): the task that has the keyboard */
const CptUuid *cpt_calendar_day_get_focused (CptCalendarDay *self);

G_END_DECLS
