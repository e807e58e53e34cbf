/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tasks and events of calendars, one at a time: lines are gathered until one is
 * whole, and libical is given that and no more. Rules are taken as they are
 * written, since libical drops those that it does not understand.
 *
 * A zone is known by the identifier that nearly all programs use, that of the
 * tz database; descriptions of zones inside the file are not followed. */

#include "config.h"

#include "cpt-icalendar.h"

#include <libical/ical.h>
#include <string.h>

#include "cpt-date.h"
#include "cpt-recurrence.h"
#include "cpt-text.h"

#define DAY_SECONDS 86400
/* Of one day of a series, whose UID is that of the series */
#define RECORD_NAME "X-COMPTOIR-ID"
/* Longer than any meeting; what is more is a mistake */
#define MAX_DURATION (366 * (gint64) DAY_SECONDS)

/* What Outlook calls zones, where people who use this are likely to be */
static const struct
{
  const char *name;
  const char *identifier;
} windows_zones[] = {
  { "Romance Standard Time", "Europe/Paris" },
  { "W. Europe Standard Time", "Europe/Berlin" },
  { "Central Europe Standard Time", "Europe/Budapest" },
  { "Central European Standard Time", "Europe/Warsaw" },
  { "GMT Standard Time", "Europe/London" },
  { "Greenwich Standard Time", "Atlantic/Reykjavik" },
  { "E. Europe Standard Time", "Europe/Chisinau" },
  { "FLE Standard Time", "Europe/Kiev" },
  { "GTB Standard Time", "Europe/Bucharest" },
  { "Turkey Standard Time", "Europe/Istanbul" },
  { "Russian Standard Time", "Europe/Moscow" },
  { "Morocco Standard Time", "Africa/Casablanca" },
  { "W. Central Africa Standard Time", "Africa/Lagos" },
  { "South Africa Standard Time", "Africa/Johannesburg" },
  { "Egypt Standard Time", "Africa/Cairo" },
  { "Israel Standard Time", "Asia/Jerusalem" },
  { "Arabian Standard Time", "Asia/Dubai" },
  { "India Standard Time", "Asia/Kolkata" },
  { "China Standard Time", "Asia/Shanghai" },
  { "Singapore Standard Time", "Asia/Singapore" },
  { "Tokyo Standard Time", "Asia/Tokyo" },
  { "AUS Eastern Standard Time", "Australia/Sydney" },
  { "Eastern Standard Time", "America/New_York" },
  { "Central Standard Time", "America/Chicago" },
  { "Mountain Standard Time", "America/Denver" },
  { "Pacific Standard Time", "America/Los_Angeles" },
  { "Atlantic Standard Time", "America/Halifax" },
  { "E. South America Standard Time", "America/Sao_Paulo" },
};

void
cpt_icalendar_item_free (CptIcalendarItem *self)
{
  if (self == NULL)
    return;

  g_free (self->uid);
  g_free (self->summary);
  g_free (self->description);
  g_free (self->rule);
  g_free (self->record);
  g_clear_pointer (&self->skips, g_array_unref);
  g_free (self);
}

static char *
dup_clean (const char *text,
           gboolean    multiline)
{
  g_autofree char *cleaned = text != NULL ? cpt_text_clean (text, multiline) : NULL;

  return cleaned != NULL && *cleaned != '\0' ? g_steal_pointer (&cleaned) : NULL;
}

/* Times */

/* (nullable): "Europe/Paris", "Romance Standard Time" or
 * "/mozilla.org/20050126_1/Europe/Paris" */
static GTimeZone *
find_zone (const char *name)
{
  GTimeZone *zone = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (windows_zones); i++)
    if (g_ascii_strcasecmp (windows_zones[i].name, name) == 0)
      return g_time_zone_new_identifier (windows_zones[i].identifier);

  /* A name that is a path would be opened, whatever it leads to. */
  if (strstr (name, "..") != NULL)
    return NULL;
  if (*name != '/')
    return g_time_zone_new_identifier (name);

  for (const char *rest = name; zone == NULL && rest != NULL; rest = strchr (rest, '/'))
    {
      rest += strspn (rest, "/");
      zone = *rest != '\0' ? g_time_zone_new_identifier (rest) : NULL;
    }

  return zone;
}

static GTimeZone *
dup_zone (icalproperty *property,
          GTimeZone    *zone)
{
  icalparameter *parameter = icalproperty_get_first_parameter (property, ICAL_TZID_PARAMETER);
  const char *name = parameter != NULL ? icalparameter_get_tzid (parameter) : NULL;
  GTimeZone *named = name != NULL ? find_zone (name) : NULL;

  return named != NULL ? named : g_time_zone_ref (zone);
}

static void
take_time (CptIcalendarItem    *self,
           icalproperty        *property,
           struct icaltimetype  time,
           GTimeZone           *zone)
{
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr(GTimeZone) own = dup_zone (property, zone);
  g_autoptr(GDateTime) moment = NULL;

  if (icaltime_is_null_time (time) || !cpt_date_is_valid_ymd (time.year, time.month, time.day))
    return;

  if (!time.is_date)
    moment = g_date_time_new (icaltime_is_utc (time) ? utc : own, time.year, time.month, time.day, time.hour, time.minute,
                              MIN (time.second, 59));
  self->has_day = TRUE;
  self->has_instant = moment != NULL;
  self->day = cpt_date_from_ymd (time.year, time.month, time.day);
  if (moment == NULL)
    return;

  self->instant = g_date_time_to_unix (moment) * G_USEC_PER_SEC;
  self->day = cpt_instant_get_date (self->instant, zone);
}

static void
take_start (CptIcalendarItem *self,
            icalcomponent    *component,
            GTimeZone        *zone)
{
  icalproperty *due = icalcomponent_get_first_property (component, ICAL_DUE_PROPERTY);
  icalproperty *start = icalcomponent_get_first_property (component, ICAL_DTSTART_PROPERTY);

  if (!self->is_event && due != NULL)
    take_time (self, due, icalproperty_get_due (due), zone);
  else if (start != NULL)
    take_time (self, start, icalproperty_get_dtstart (start), zone);
}

/* Whether @property names a day, in @zone */
static gboolean
read_day (icalproperty        *property,
          struct icaltimetype  time,
          GTimeZone           *zone,
          gint64              *day)
{
  CptIcalendarItem item = { 0 };

  take_time (&item, property, time, zone);
  *day = item.day;

  return item.has_day;
}

static void
take_series (CptIcalendarItem *self,
             icalcomponent    *component,
             GTimeZone        *zone)
{
  icalproperty *start = icalcomponent_get_first_property (component, ICAL_DTSTART_PROPERTY);
  icalproperty *occurrence = icalcomponent_get_first_property (component, ICAL_RECURRENCEID_PROPERTY);
  gint64 day;

  if (start != NULL)
    self->has_start = read_day (start, icalproperty_get_dtstart (start), zone, &self->start);
  if (occurrence != NULL)
    self->has_occurrence = read_day (occurrence, icalproperty_get_recurrenceid (occurrence), zone, &self->occurrence);
  for (icalproperty *skip = icalcomponent_get_first_property (component, ICAL_EXDATE_PROPERTY); skip != NULL;
       skip = icalcomponent_get_next_property (component, ICAL_EXDATE_PROPERTY))
    {
      if (!read_day (skip, icalproperty_get_exdate (skip), zone, &day))
        continue;
      if (self->skips == NULL)
        self->skips = g_array_new (FALSE, FALSE, sizeof (gint64));
      if (self->skips->len < CPT_RECURRENCE_MAX_SKIPS)
        g_array_append_val (self->skips, day);
    }
}

static void
take_duration (CptIcalendarItem *self,
               icalcomponent    *component,
               GTimeZone        *zone)
{
  icalproperty *end = icalcomponent_get_first_property (component, ICAL_DTEND_PROPERTY);
  icalproperty *duration = icalcomponent_get_first_property (component, ICAL_DURATION_PROPERTY);
  CptIcalendarItem until = { 0 };

  if (duration != NULL)
    {
      struct icaldurationtype value = icalproperty_get_duration (duration);

      self->duration = value.is_neg ? 0
                                    : (gint64) value.weeks * 7 * DAY_SECONDS + (gint64) value.days * DAY_SECONDS +
                                        (gint64) value.hours * 3600 + (gint64) value.minutes * 60 + value.seconds;
    }
  else if (end != NULL && self->has_instant)
    {
      take_time (&until, end, icalproperty_get_dtend (end), zone);
      if (until.has_instant)
        self->duration = (until.instant - self->instant) / G_USEC_PER_SEC;
    }
  if (self->duration < 0 || self->duration > MAX_DURATION)
    self->duration = 0;
}

static void
take_reminders (CptIcalendarItem *self,
                icalcomponent    *component)
{
  for (icalcomponent *alarm = icalcomponent_get_first_component (component, ICAL_VALARM_COMPONENT); alarm != NULL;
       alarm = icalcomponent_get_next_component (component, ICAL_VALARM_COMPONENT))
    {
      icalproperty *trigger = icalcomponent_get_first_property (alarm, ICAL_TRIGGER_PROPERTY);
      struct icaltriggertype value;
      int seconds;

      if (trigger == NULL)
        continue;
      value = icalproperty_get_trigger (trigger);
      seconds = icaldurationtype_as_int (value.duration);
      if (!icaltime_is_null_time (value.time))
        seconds = 0;
      if (seconds <= -DAY_SECONDS)
        self->reminders |= CPT_ICALENDAR_DAY_BEFORE;
      else if (seconds >= DAY_SECONDS)
        self->reminders |= CPT_ICALENDAR_DAY_AFTER;
      else
        self->reminders |= CPT_ICALENDAR_DAY;
    }
}

/* 1 is the highest, 9 the lowest, 0 says nothing */
static const char *
get_priority (int priority)
{
  if (priority <= 0 || priority > 9)
    return NULL;
  if (priority <= 2)
    return "urgent";
  if (priority <= 4)
    return "high";

  return priority == 5 ? "normal" : "low";
}

static const char *
get_status (icalcomponent *component)
{
  switch (icalcomponent_get_status (component))
    {
    case ICAL_STATUS_COMPLETED:
      return "done";
    case ICAL_STATUS_INPROCESS:
      return "in_progress";
    case ICAL_STATUS_CANCELLED:
      return "cancelled";
    default:
      return icalcomponent_get_first_property (component, ICAL_COMPLETED_PROPERTY) != NULL ? "done" : "to_do";
    }
}

static void
take_component (CptIcalendarItem *self,
                icalcomponent    *component,
                GTimeZone        *zone)
{
  icalproperty *priority = icalcomponent_get_first_property (component, ICAL_PRIORITY_PROPERTY);

  self->uid = dup_clean (icalcomponent_get_uid (component), FALSE);
  self->summary = dup_clean (icalcomponent_get_summary (component), FALSE);
  self->description = dup_clean (icalcomponent_get_description (component), TRUE);
  self->is_cancelled = icalcomponent_get_status (component) == ICAL_STATUS_CANCELLED;
  take_start (self, component, zone);
  take_series (self, component, zone);
  take_duration (self, component, zone);
  take_reminders (self, component);
  if (self->is_event)
    return;

  self->status = get_status (component);
  if (priority != NULL)
    self->priority = get_priority (icalproperty_get_priority (priority));
}

/* Reading */

/* A value that was decoded may hold line breaks; put back as they are, what
 * follows them would be lines of the calendar. */
static void
append_value (GString    *text,
              const char *value)
{
  for (const char *c = value; *c != '\0'; c++)
    if (*c == '\n')
      g_string_append (text, "\\n");
    else if (*c != '\r')
      g_string_append_c (text, *c);
}

static void
add_line (CptIcalendarItem     *self,
          GString              *text,
          const CptContentLine *line,
          guint                 depth)
{
  if (line->is_cut || text->len > CPT_ICALENDAR_MAX_ITEM_BYTES)
    {
      self->is_cut = TRUE;
      return;
    }
  if (*line->name == '\0')
    return;
  if (depth == 1 && self->rule == NULL && g_str_equal (line->name, "RRULE"))
    {
      self->rule = g_strdup (line->value);
      return;
    }
  if (depth == 1 && self->record == NULL && g_str_equal (line->name, RECORD_NAME))
    {
      self->record = dup_clean (line->value, FALSE);
      return;
    }

  g_string_append (text, line->name);
  for (guint i = 0; line->params[i] != NULL; i++)
    g_string_append_printf (text, ";%s", line->params[i]);
  g_string_append_c (text, ':');
  append_value (text, line->value);
  g_string_append (text, "\r\n");
}

static gboolean
is_item (const CptContentLine *line)
{
  return g_str_equal (line->name, "BEGIN") &&
         (g_ascii_strcasecmp (line->value, "VTODO") == 0 || g_ascii_strcasecmp (line->value, "VEVENT") == 0);
}

/* The rest of the item that @line begins */
static gboolean
read_item (CptIcalendarItem  *self,
           GString           *text,
           CptContentReader  *reader,
           GCancellable      *cancellable,
           GError           **error)
{
  const CptContentLine *line;
  guint depth = 1;

  while (depth > 0 && cpt_content_reader_next (reader, &line, cancellable, error))
    {
      gboolean is_end = g_str_equal (line->name, "END");

      if (g_str_equal (line->name, "BEGIN"))
        depth++;
      if (!is_end || depth > 1)
        add_line (self, text, line, depth);
      if (is_end)
        depth--;
    }
  if (depth > 0)
    self->is_cut = TRUE;

  return error == NULL || *error == NULL;
}

CptIcalendarItem *
cpt_icalendar_read (CptContentReader  *reader,
                    GTimeZone         *zone,
                    GCancellable      *cancellable,
                    GError           **error)
{
  g_autoptr(CptIcalendarItem) self = NULL;
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GError) local_error = NULL;
  const CptContentLine *line;
  icalcomponent *component;

  g_return_val_if_fail (reader != NULL && zone != NULL, NULL);

  while (self == NULL && cpt_content_reader_next (reader, &line, cancellable, &local_error))
    if (is_item (line))
      {
        self = g_new0 (CptIcalendarItem, 1);
        self->is_event = g_ascii_strcasecmp (line->value, "VEVENT") == 0;
        self->line = line->line;
      }
  if (self != NULL && local_error == NULL)
    {
      g_string_append_printf (text, "BEGIN:%s\r\n", self->is_event ? "VEVENT" : "VTODO");
      read_item (self, text, reader, cancellable, &local_error);
      g_string_append_printf (text, "END:%s\r\n", self->is_event ? "VEVENT" : "VTODO");
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (self == NULL)
    return NULL;

  component = icalcomponent_new_from_string (text->str);
  if (component != NULL)
    {
      take_component (self, component, zone);
      icalcomponent_free (component);
    }

  return g_steal_pointer (&self);
}

/* Writing */

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
  icalproperty *record;

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
  if (item->record != NULL)
    {
      record = icalproperty_new_x (item->record);
      icalproperty_set_x_name (record, RECORD_NAME);
      icalcomponent_add_property (component, record);
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
      trigger.duration = icaldurationtype_from_int (alarms[i].days * DAY_SECONDS);
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
                                             (int) MIN (item->duration, MAX_DURATION))));
  add_status (component, item);
  add_alarms (component, item);

  text = icalcomponent_as_ical_string_r (component);
  g_string_append (out, text);
  icalmemory_free_buffer (text);
  icalcomponent_free (component);
}
