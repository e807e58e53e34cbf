/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tasks and events of calendars, one at a time: lines are gathered until one is
 * whole, and libical is given that and no more. Rules are taken as they are
 * written, since libical drops those that it does not understand.
 *
 * A zone is known by the identifier that nearly all programs use, that of the
 * tz database; descriptions of zones inside the file are not followed. */

#include "config.h"

#include "cpt-icalendar-private.h"

#include <libical/ical.h>
#include <string.h>

#include "cpt-date.h"
#include "cpt-recurrence.h"
#include "cpt-text.h"

/* Of what is kept as it is written, in all */
#define MAX_MEMBERS 100
#define MAX_MEMBER_BYTES (16 * 1024)

/* Properties that say something to others and nothing here. Those that begin with X-
 * are kept too, but for descriptions in another form. */
static const char *const kept_members[] = {
  "ATTENDEE", "CATEGORIES", "CLASS", "COMMENT", "CONTACT", "CREATED", "EXRULE", "GEO", "LOCATION", "ORGANIZER", "RDATE",
  "RELATED-TO", "RESOURCES", "SEQUENCE", "TRANSP", "URL", NULL,
};

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
  g_clear_pointer (&self->members, g_ptr_array_unref);
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
                                    : ((gint64) value.weeks * 7 + value.days) * CPT_ICALENDAR_DAY_SECONDS +
                                        (gint64) value.hours * 3600 + (gint64) value.minutes * 60 + value.seconds;
    }
  else if (end != NULL && self->has_instant)
    {
      take_time (&until, end, icalproperty_get_dtend (end), zone);
      if (until.has_instant)
        self->duration = (until.instant - self->instant) / G_USEC_PER_SEC;
    }
  if (self->duration < 0 || self->duration > CPT_ICALENDAR_MAX_DURATION)
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
      if (seconds <= -CPT_ICALENDAR_DAY_SECONDS)
        self->reminders |= CPT_ICALENDAR_DAY_BEFORE;
      else if (seconds >= CPT_ICALENDAR_DAY_SECONDS)
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

/* The line as it stands in the file, unfolded */
static void
append_line (GString              *text,
             const CptContentLine *line)
{
  g_string_append (text, line->name);
  for (guint i = 0; line->params[i] != NULL; i++)
    g_string_append_printf (text, ";%s", line->params[i]);
  g_string_append_c (text, ':');
  append_value (text, line->value);
}

static gboolean
is_kept (const char *name)
{
  static const char *const other_forms[] = { "X-ALT-DESC", "X-LIC-ERROR", NULL };

  return g_str_has_prefix (name, "X-") ? !g_strv_contains (other_forms, name) : g_strv_contains (kept_members, name);
}

static void
keep_member (CptIcalendarItem     *self,
             const CptContentLine *line)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *member = NULL;

  append_line (text, line);
  member = dup_clean (text->str, FALSE);
  if (self->members == NULL)
    self->members = g_ptr_array_new_with_free_func (g_free);
  if (member == NULL || self->members->len >= MAX_MEMBERS || self->member_bytes + strlen (member) > MAX_MEMBER_BYTES)
    return;

  self->member_bytes += strlen (member);
  g_ptr_array_add (self->members, g_steal_pointer (&member));
}

/* What calendars can say and tasks here can't do */
static void
note_unread (CptIcalendarItem     *self,
             const CptContentLine *line)
{
  const char *range = cpt_content_line_get_param (line, "RANGE");

  if (g_str_equal (line->name, "RDATE"))
    self->unread[CPT_ICALENDAR_RDATE] = line->line;
  else if (g_str_equal (line->name, "EXRULE"))
    self->unread[CPT_ICALENDAR_EXRULE] = line->line;
  else if (g_str_equal (line->name, "RECURRENCE-ID") && range != NULL && g_ascii_strcasecmp (range, "THISANDFUTURE") == 0)
    self->unread[CPT_ICALENDAR_RANGE] = line->line;
}

/* Of the item itself rather than of a part of it; TRUE when libical need not see it */
static gboolean
take_line (CptIcalendarItem     *self,
           const CptContentLine *line)
{
  note_unread (self, line);
  if (self->rule == NULL && g_str_equal (line->name, "RRULE"))
    self->rule = g_strdup (line->value);
  else if (self->record == NULL && g_str_equal (line->name, CPT_ICALENDAR_RECORD))
    self->record = dup_clean (line->value, FALSE);
  else if (is_kept (line->name))
    keep_member (self, line);
  else
    return FALSE;

  return TRUE;
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
  if (*line->name == '\0' || (depth == 1 && take_line (self, line)))
    return;

  append_line (text, line);
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
