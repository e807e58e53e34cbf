/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-calendar-dates.h"
#include "cpt-calendar-view.h"
#include "cpt-query-bar.h"
#include "cpt-views-button.h"

G_BEGIN_DECLS

struct _CptCalendarView
{
  CptView parent_instance;

  CptSchema *schema;
  const CptEntity *entity; /* of @schema: tasks, or records that stand on their dates */
  GCancellable *cancellable;
  gint64 shown; /* a day of what is shown */
  gboolean is_week;
  CptUuid focused; /* the task that is to have the keyboard; nil for none */
  GPtrArray *days; /* CptCalendarDay, borrowed from grid */

  /* Borrowed from the child */
  CptQueryBar *bar;
  CptCalendarDates *dates; /* (nullable): of records */
  CptViewsButton *views;
  GtkWidget *grid;
  GtkWidget *scroller; /* of the grid */
  GtkWidget *hours;
  GtkWidget *hours_scroller;
  GtkWidget *heading;
  GtkWidget *forms;
};

typedef struct
{
  gint64 from;
  gint64 to;
} CptCalendarSpan;

/* cpt-calendar-view.c */

CptCalendarSpan          cpt_calendar_view_get_span   (CptCalendarView *self);
/* (nullable): of records other than tasks */
const CptCalendarSource *cpt_calendar_view_get_source (CptCalendarView *self);
/* Shows the days as they are stored */
void                     cpt_calendar_view_read       (CptCalendarView *self);

/* cpt-calendar-requests.c */

/* @day: a CptCalendarDay */
void                     cpt_calendar_view_serve_day   (CptCalendarView *self,
                                                        GtkWidget       *day);
/* @hours: a CptCalendarHours */
void                     cpt_calendar_view_serve_hours (CptCalendarView *self,
                                                        GtkWidget       *hours);
/* @minute: of that day; -1 without an hour */
void                     cpt_calendar_view_open_draft  (CptCalendarView *self,
                                                        gint64           day,
                                                        int              minute);

G_END_DECLS
