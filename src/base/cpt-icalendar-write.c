/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tasks and events as a calendar has them. Properties that were kept as another
 * program wrote them are read by libical before they are written again: one that it
 * does not understand is left out. */

#include "config.h"

#include "cpt-icalendar-private.h"

#include <libical/ical.h>

#include "cpt-date.h"

void
cpt_icalendar_append_begin (GString *out)
{
  cpt_content_line_append (out, "BEGIN", "VCALENDAR");
  cpt_content_line_append (out, "VERSION", "2.0");
  cpt_content_line_append (out, "PRODID", "-//Comptoir//Comptoir " CPT_VERSION "//EN");
}

void
cpt_icalendar_append_end (GString *out)
{
  cpt_content_line_append (out, "END", "VCALENDAR");
}

static struct icaltimetype
create_time (gint64 instant)
{
  return icaltime_from_timet_with_zone ((time_t) (instant / G_USEC_PER_SEC), 0, icaltimezone_get_utc_timezone ());
}

static struct icaltimetype
create_start (const CptIcalendarItem *item)
{
  struct icaltimetype time = icaltime_null_time ();

  if (item->has_instant)
    return create_time (item->instant);

  time.is_date = 1;
  cpt_date_to_ymd (item->day, &time.year, &time.month, &time.day);

  return time;
}

/* @clock: negative for a whole day */
static struct icaltimetype
create_local (gint64 day,
              int    clock)
{
  struct icaltimetype time = icaltime_null_time ();

  cpt_date_to_ymd (day, &time.year, &time.month, &time.day);
  time.is_date = clock < 0;
  if (clock >= 0)
    {
      time.hour = clock / 3600;
      time.minute = clock / 60 % 60;
      time.second = clock % 60;
    }

  return time;
}

/* Of a task only with an hour: it is from there on that it takes so long */
static gboolean
has_length (const CptIcalendarItem *item)
{
  return item->duration > 0 && (item->is_event || item->has_instant);
}

static void
add_series (icalcomponent          *component,
            const CptIcalendarItem *item)
{
  int clock = item->has_instant ? item->clock : -1;

  icalcomponent_add_property (component, icalproperty_new_dtstart (create_local (item->has_start ? item->start : item->day,
                                                                                 clock)));
  if (!item->is_event && !has_length (item))
    icalcomponent_add_property (component, icalproperty_new_due (create_local (item->day, clock)));
  if (item->has_occurrence)
    icalcomponent_add_property (component, icalproperty_new_recurrenceid (create_local (item->occurrence, item->series_clock)));
  for (guint i = 0; item->skips != NULL && i < item->skips->len; i++)
    {
      struct icaltimetype skip = create_local (g_array_index (item->skips, gint64, i), clock);

      icalcomponent_add_property (component, icalproperty_new_exdate (skip));
    }
}

static void
add_members (icalcomponent          *component,
             const CptIcalendarItem *item)
{
  if (item->record != NULL)
    {
      icalproperty *record = icalproperty_new_x (item->record);

      icalproperty_set_x_name (record, CPT_ICALENDAR_RECORD);
      icalcomponent_add_property (component, record);
    }
  for (guint i = 0; item->members != NULL && i < item->members->len; i++)
    {
      icalproperty *member = icalproperty_new_from_string (g_ptr_array_index (item->members, i));

      if (member != NULL)
        icalcomponent_add_property (component, member);
    }
}

static void
add_alarms (icalcomponent          *component,
            const CptIcalendarItem *item)
{
  static const struct
  {
    CptIcalendarReminders reminder;
    int days;
  } alarms[] = {
    { CPT_ICALENDAR_DAY_BEFORE, -1 },
    { CPT_ICALENDAR_DAY, 0 },
    { CPT_ICALENDAR_DAY_AFTER, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (alarms); i++)
    {
      struct icaltriggertype trigger = { .time = icaltime_null_time () };
      icalcomponent *alarm;

      if ((item->reminders & alarms[i].reminder) == 0)
        continue;
      trigger.duration = icaldurationtype_from_int (alarms[i].days * CPT_ICALENDAR_DAY_SECONDS);
      alarm = icalcomponent_new_valarm ();
      icalcomponent_add_property (alarm, icalproperty_new_action (ICAL_ACTION_DISPLAY));
      icalcomponent_add_property (alarm, icalproperty_new_description (item->summary != NULL ? item->summary : ""));
      icalcomponent_add_property (alarm, icalproperty_new_trigger (trigger));
      icalcomponent_add_component (component, alarm);
    }
}

static void
add_status (icalcomponent          *component,
            const CptIcalendarItem *item)
{
  static const struct
  {
    const char *name;
    icalproperty_status status;
  } statuses[] = {
    { "to_do", ICAL_STATUS_NEEDSACTION },
    { "in_progress", ICAL_STATUS_INPROCESS },
    { "done", ICAL_STATUS_COMPLETED },
    { "cancelled", ICAL_STATUS_CANCELLED },
  };
  static const struct
  {
    const char *name;
    int priority;
  } priorities[] = { { "urgent", 1 }, { "high", 3 }, { "normal", 5 }, { "low", 9 } };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (g_strcmp0 (item->status, statuses[i].name) == 0)
      icalcomponent_add_property (component, icalproperty_new_status (statuses[i].status));
  for (guint i = 0; i < G_N_ELEMENTS (priorities); i++)
    if (g_strcmp0 (item->priority, priorities[i].name) == 0)
      icalcomponent_add_property (component, icalproperty_new_priority (priorities[i].priority));
}

static void
add_texts (icalcomponent          *component,
           const CptIcalendarItem *item)
{
  if (item->uid != NULL)
    icalcomponent_add_property (component, icalproperty_new_uid (item->uid));
  if (item->summary != NULL)
    icalcomponent_add_property (component, icalproperty_new_summary (item->summary));
  if (item->description != NULL)
    icalcomponent_add_property (component, icalproperty_new_description (item->description));
  if (item->rule != NULL)
    icalcomponent_add_property (component, icalproperty_new_rrule (icalrecurrencetype_from_string (item->rule)));
}

void
cpt_icalendar_append (GString                *out,
                      const CptIcalendarItem *item)
{
  icalcomponent *component = item->is_event ? icalcomponent_new_vevent () : icalcomponent_new_vtodo ();
  char *text;

  icalcomponent_add_property (component, icalproperty_new_dtstamp (create_time (item->stamp)));
  add_texts (component, item);
  if (item->has_day && (item->rule != NULL || item->has_occurrence))
    add_series (component, item);
  else if (item->has_day && (item->is_event || has_length (item)))
    icalcomponent_add_property (component, icalproperty_new_dtstart (create_start (item)));
  else if (item->has_day)
    icalcomponent_add_property (component, icalproperty_new_due (create_start (item)));
  /* With a beginning in the place of DUE, which may not stand beside it */
  if (has_length (item))
    icalcomponent_add_property (component, icalproperty_new_duration (icaldurationtype_from_int (
                                             (int) MIN (item->duration, CPT_ICALENDAR_MAX_DURATION))));
  add_status (component, item);
  add_members (component, item);
  add_alarms (component, item);

  text = icalcomponent_as_ical_string_r (component);
  g_string_append (out, text);
  icalmemory_free_buffer (text);
  icalcomponent_free (component);
}
