/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpt-series-change.h"

G_BEGIN_DECLS

/* Left of the first day: the hours */
#define CPT_CALENDAR_HOURS_GUTTER 56

#define CPT_TYPE_CALENDAR_HOURS (cpt_calendar_hours_get_type ())

G_DECLARE_FINAL_TYPE (CptCalendarHours, cpt_calendar_hours, CPT, CALENDAR_HOURS, GtkWidget)

/* Some days side by side, 24 hours high; to be put into a GtkScrolledWindow that
 * leaves it to them to scroll to what has the keyboard. Signals, with (gpointer task: const
 * CptCalendarTask): "opened" (task); "placed" (task, gint64 day, int minute, -1: without an hour) and
 * "resized" (task, int minutes), by pointer or key: it stands there already, and
 * goes back only when it is shown again; "deleted" (task), by key; and "created"
 * (gint64 day, int minute): something new is wanted there. */
GtkWidget     *cpt_calendar_hours_new         (CptStore *store) G_GNUC_WARN_UNUSED_RESULT;

/**
 * cpt_calendar_hours_show:
 * @self: the days
 * @from: the first one
 * @n_days: how many
 * @items: (element-type CptCalendarItem): those without an hour are passed over;
 *   of what began before @from, the rest
 *
 * Makes all blocks anew. What is being dragged is let go where it was.
 */
void           cpt_calendar_hours_show        (CptCalendarHours *self,
                                               gint64            from,
                                               int               n_days,
                                               GPtrArray        *items);
/* Gives the keyboard to a task; FALSE when it is not here */
gboolean       cpt_calendar_hours_focus_item  (CptCalendarHours *self,
                                               const CptUuid    *id);
/* (nullable): the task that has the keyboard */
const CptUuid *cpt_calendar_hours_get_focused (CptCalendarHours *self);

G_END_DECLS
