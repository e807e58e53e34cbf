/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the days and the hours of a calendar ask for. */

#include "config.h"

#include "cpt-calendar-view-private.h"

#include "cpt-calendar-day.h"
#include "cpt-calendar-edit.h"
#include "cpt-calendar-hours.h"
#include "cpt-date.h"
#include "cpt-week-layout.h"

#define FIRST_MINUTE (9 * 60)

static CptStore *
get_store (CptCalendarView *self)
{
  return cpt_view_get_store (CPT_VIEW (self));
}

static void
opened_cb (GtkWidget             *days,
           const CptCalendarTask *task,
           CptCalendarView       *self)
{
  gboolean is_meeting = self->dates == NULL && task->is_meeting;

  cpt_window_open_record (cpt_view_get_window (CPT_VIEW (self)),
                          is_meeting ? cpt_schema_find_entity (self->schema, "activity") : self->entity, &task->id);
}

/* What was moved on the screen goes back. */
static void
refused_cb (GObject *view)
{
  CptCalendarView *self = CPT_CALENDAR_VIEW (view);

  if (self->days != NULL)
    cpt_calendar_view_read (self);
}

static CptCalendarEdit
get_edit (CptCalendarView *self)
{
  return (CptCalendarEdit){ cpt_view_get_window (CPT_VIEW (self)), G_OBJECT (self), refused_cb,
                            cpt_calendar_view_get_source (self) };
}

/* The task keeps the keyboard where it goes; others than those that repeat are
 * followed to days that are not shown. */
static void
follow (CptCalendarView       *self,
        const CptCalendarTask *task,
        gint64                 day)
{
  CptCalendarSpan span = cpt_calendar_view_get_span (self);

  if (cpt_store_is_read_only (get_store (self)))
    return;

  self->focused = task->id;
  if (!task->is_repeating && (day < span.from || day > span.to))
    self->shown = day;
}

static void
day_moved_cb (CptCalendarDay        *day,
              const CptCalendarTask *task,
              gint64                 to,
              CptCalendarView       *self)
{
  CptCalendarEdit edit = get_edit (self);

  follow (self, task, to);
  cpt_calendar_edit_move (&edit, task, to);
}

static void
hours_placed_cb (CptCalendarHours      *hours,
                 const CptCalendarTask *task,
                 gint64                 day,
                 int                    minute,
                 CptCalendarView       *self)
{
  CptCalendarEdit edit = get_edit (self);

  follow (self, task, day);
  if (minute >= 0)
    cpt_calendar_edit_place (&edit, task, day, minute);
  else
    cpt_calendar_edit_take_hour (&edit, task, day);
}

static void
hours_resized_cb (CptCalendarHours      *hours,
                  const CptCalendarTask *task,
                  int                    minutes,
                  CptCalendarView       *self)
{
  CptCalendarEdit edit = get_edit (self);

  cpt_calendar_edit_resize (&edit, task, minutes);
}

static void
deleted_cb (GtkWidget             *days,
            const CptCalendarTask *task,
            CptCalendarView       *self)
{
  CptCalendarEdit edit = get_edit (self);

  cpt_calendar_edit_delete (&edit, task);
}

/* What people do in the day begins at nine, if nothing else is said. */
static void
set_moment (CptCalendarView *self,
            CptRecord       *draft,
            gint64           day,
            int              minute)
{
  GTimeZone *zone = cpt_store_get_zone (get_store (self));
  const CptCalendarSource *source = cpt_calendar_view_get_source (self);

  if (source == NULL)
    {
      cpt_record_set_integer (draft, "due_on", day);
      if (minute >= 0)
        cpt_record_set_integer (draft, "due_at", cpt_week_get_instant (day, minute, zone));
    }
  else if (cpt_calendar_source_has_hours (source))
    {
      cpt_record_set_integer (draft, source->day->name, cpt_week_get_instant (day, minute >= 0 ? minute : FIRST_MINUTE, zone));
    }
  else
    {
      cpt_record_set_integer (draft, source->day->name, day);
    }
}

void
cpt_calendar_view_open_draft (CptCalendarView *self,
                              gint64           day,
                              int              minute)
{
  CptStore *store = get_store (self);
  g_autoptr(CptRecord) draft = cpt_record_new (self->schema, self->entity);

  cpt_record_apply_initial (draft, cpt_clock_get_now (cpt_store_get_clock (store)), cpt_store_get_author (store),
                            cpt_store_get_zone (store));
  set_moment (self, draft, day, minute);
  cpt_window_open_draft (cpt_view_get_window (CPT_VIEW (self)), draft);
}

static void
day_created_cb (CptCalendarDay  *day,
                CptCalendarView *self)
{
  if (!cpt_store_is_read_only (get_store (self)))
    cpt_calendar_view_open_draft (self, cpt_calendar_day_get_day (day), -1);
}

static void
hours_created_cb (CptCalendarHours *hours,
                  gint64            day,
                  int               minute,
                  CptCalendarView  *self)
{
  cpt_calendar_view_open_draft (self, day, minute);
}

static void
day_listed_cb (CptCalendarDay  *day,
               CptCalendarView *self)
{
  const CptCalendarSource *source = cpt_calendar_view_get_source (self);
  g_autofree char *iso = cpt_date_format_iso (cpt_calendar_day_get_day (day));
  g_autofree char *date = cpt_date_format (cpt_calendar_day_get_day (day));
  g_autofree char *json = g_strdup_printf ("{\"field\":\"%s\",\"op\":\"between\",\"value\":[\"%s\",\"%s\"]}",
                                           source != NULL ? source->day->name : "due_on", iso, iso);
  g_autoptr(CptFilter) filter = cpt_filter_parse (self->schema, self->entity, json, NULL);

  cpt_window_open_list (cpt_view_get_window (CPT_VIEW (self)), self->entity, filter, date);
}

void
cpt_calendar_view_serve_day (CptCalendarView *self,
                             GtkWidget       *day)
{
  g_signal_connect_object (day, "opened", G_CALLBACK (opened_cb), self, 0);
  g_signal_connect_object (day, "moved", G_CALLBACK (day_moved_cb), self, 0);
  g_signal_connect_object (day, "deleted", G_CALLBACK (deleted_cb), self, 0);
  g_signal_connect_object (day, "created", G_CALLBACK (day_created_cb), self, 0);
  g_signal_connect_object (day, "listed", G_CALLBACK (day_listed_cb), self, 0);
}

void
cpt_calendar_view_serve_hours (CptCalendarView *self,
                               GtkWidget       *hours)
{
  g_signal_connect_object (hours, "opened", G_CALLBACK (opened_cb), self, 0);
  g_signal_connect_object (hours, "placed", G_CALLBACK (hours_placed_cb), self, 0);
  g_signal_connect_object (hours, "resized", G_CALLBACK (hours_resized_cb), self, 0);
  g_signal_connect_object (hours, "deleted", G_CALLBACK (deleted_cb), self, 0);
  g_signal_connect_object (hours, "created", G_CALLBACK (hours_created_cb), self, 0);
}
