/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Timetables as JSON. What is read may come from anywhere. */

#include "config.h"

#include "cpt-timetable-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-json.h"

/* More is no timetable of people */
#define MAX_WINDOWS 200
#define MAX_DAYS_OFF 2000
#define MAX_COUNT 1000000
#define MAX_SPACING (30 * 24 * 3600)
#define MINUTES_PER_WEEK (DAYS_PER_WEEK * MINUTES_PER_DAY)

/* --------------------------------------------------------------------- reading */

/* 00:00 to 24:00 */
static gboolean
parse_time (const char *text,
            int        *minute)
{
  int hours, minutes;

  if (text == NULL || strlen (text) != 5 || text[2] != ':' || !g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1]) ||
      !g_ascii_isdigit (text[3]) || !g_ascii_isdigit (text[4]))
    return FALSE;

  hours = (text[0] - '0') * 10 + (text[1] - '0');
  minutes = (text[3] - '0') * 10 + (text[4] - '0');
  *minute = hours * 60 + minutes;

  return minutes < 60 && *minute <= MINUTES_PER_DAY;
}

static gboolean
read_times (JsonObject     *object,
            CptTimeWindow  *window,
            GError        **error)
{
  const char *from = NULL;
  const char *to = NULL;

  if (!cpt_json_read_string (object, "from", &from, error) || !cpt_json_read_string (object, "to", &to, error))
    return FALSE;
  if (!parse_time (from, &window->start) || !parse_time (to, &window->end))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE,
                   _("A window of a timetable needs two times of day, written like 09:00 and 17:30."));
      return FALSE;
    }
  if (window->start == window->end || window->start == MINUTES_PER_DAY)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
                   _("The window from %s to %s has no length. For a whole day, write 00:00 and 24:00."), from, to);
      return FALSE;
    }
  if (window->end < window->start)
    window->end += MINUTES_PER_DAY;

  return TRUE;
}

static gboolean
read_window (CptTimetable  *self,
             JsonNode      *node,
             GError       **error)
{
  JsonArray *days = NULL;
  CptTimeWindow window;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("A window of a timetable has days, a start and an end."));
      return FALSE;
    }
  if (!cpt_json_read_array (json_node_get_object (node), "days", &days, error) ||
      !read_times (json_node_get_object (node), &window, error))
    return FALSE;

  /* Without any it would be as if there were no window, and no window is at any time. */
  if (days == NULL || json_array_get_length (days) == 0)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("A window of a timetable needs at least one day."));
      return FALSE;
    }

  for (guint i = 0; i < json_array_get_length (days); i++)
    {
      JsonNode *day = json_array_get_element (days, i);
      gint64 number = JSON_NODE_HOLDS_VALUE (day) ? json_node_get_int (day) : 0;

      if (number < 1 || number > DAYS_PER_WEEK)
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("Days of a timetable are numbers from 1 (Monday) to 7 (Sunday)."));
          return FALSE;
        }
      if (self->windows->len == MAX_WINDOWS)
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT, _("The timetable has too many windows."));
          return FALSE;
        }
      window.weekday = (int) number;
      g_array_append_val (self->windows, window);
    }

  return TRUE;
}

static int
compare_windows (gconstpointer a,
                 gconstpointer b)
{
  const CptTimeWindow *first = a;
  const CptTimeWindow *second = b;

  return first->weekday != second->weekday ? first->weekday - second->weekday : first->start - second->start;
}

static int
get_minute_of_week (const CptTimeWindow *window)
{
  return (window->weekday - 1) * MINUTES_PER_DAY + window->start;
}

/* Of windows in their order: no hour belongs to two, or what one takes would be unclear. */
static gboolean
check_windows (const GArray  *windows,
               GError       **error)
{
  for (guint i = 0; windows->len > 1 && i < windows->len; i++)
    {
      const CptTimeWindow *window = &g_array_index (windows, CptTimeWindow, i);
      const CptTimeWindow *next = &g_array_index (windows, CptTimeWindow, (i + 1) % windows->len);
      int distance = get_minute_of_week (next) - get_minute_of_week (window);

      if (i + 1 == windows->len)
        distance += MINUTES_PER_WEEK;
      if (window->end - window->start > distance)
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
                       _("Two windows of the timetable overlap. Make one of them shorter, or one window of both."));
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
read_days_off (CptTimetable  *self,
               JsonNode      *node,
               GError       **error)
{
  const char *first = NULL;
  const char *last = NULL;
  CptDaysOff days;

  if (JSON_NODE_HOLDS_OBJECT (node) &&
      (!cpt_json_read_string (json_node_get_object (node), "from", &first, error) ||
       !cpt_json_read_string (json_node_get_object (node), "to", &last, error)))
    return FALSE;
  if (first == NULL || !cpt_date_parse_iso (first, &days.first) ||
      !cpt_date_parse_iso (last != NULL ? last : first, &days.last) || days.last < days.first)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE,
                   _("Days off are a first and a last day, written like 2026-12-24 and 2027-01-02."));
      return FALSE;
    }
  if (self->days_off->len == MAX_DAYS_OFF)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT, _("The timetable has too many days off."));
      return FALSE;
    }
  g_array_append_val (self->days_off, days);

  return TRUE;
}

static int
compare_days (gconstpointer a,
              gconstpointer b)
{
  const CptDaysOff *first = a;
  const CptDaysOff *second = b;

  if (first->first != second->first)
    return first->first < second->first ? -1 : 1;

  return (first->last > second->last) - (first->last < second->last);
}

static gboolean
read_lists (CptTimetable  *self,
            JsonObject    *object,
            GError       **error)
{
  JsonArray *windows = NULL;
  JsonArray *days = NULL;

  if (!cpt_json_read_array (object, "windows", &windows, error) || !cpt_json_read_array (object, "days_off", &days, error))
    return FALSE;

  for (guint i = 0; windows != NULL && i < json_array_get_length (windows); i++)
    if (!read_window (self, json_array_get_element (windows, i), error))
      return FALSE;
  for (guint i = 0; days != NULL && i < json_array_get_length (days); i++)
    if (!read_days_off (self, json_array_get_element (days, i), error))
      return FALSE;
  g_array_sort (self->windows, compare_windows);
  g_array_sort (self->days_off, compare_days);

  return check_windows (self->windows, error);
}

static gboolean
read_limit (JsonObject  *object,
            const char  *member,
            int          max,
            gint64      *limit,
            GError     **error)
{
  if (!cpt_json_read_int (object, member, limit, error))
    return FALSE;
  if (*limit == NO_LIMIT || (*limit >= 0 && *limit <= max))
    return TRUE;

  g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE,
               /* Translators: the first %s is a name in a file */
               _("“%s” of a timetable is a number from 0 to %d."), member, max);

  return FALSE;
}

CptTimetable *
cpt_timetable_parse (JsonObject  *object,
                     GError     **error)
{
  g_autoptr(CptTimetable) self = g_new0 (CptTimetable, 1);
  const char *holidays = NULL;

  g_return_val_if_fail (object != NULL, NULL);

  self->windows = g_array_new (FALSE, FALSE, sizeof (CptTimeWindow));
  self->days_off = g_array_new (FALSE, FALSE, sizeof (CptDaysOff));
  self->per_window = NO_LIMIT;
  self->per_day = NO_LIMIT;
  if (!read_lists (self, object, error) || !cpt_json_read_string (object, "holidays", &holidays, error) ||
      !read_limit (object, "per_window", MAX_COUNT, &self->per_window, error) ||
      !read_limit (object, "per_day", MAX_COUNT, &self->per_day, error) ||
      !read_limit (object, "spacing", MAX_SPACING, &self->spacing, error))
    return NULL;
  self->holidays = g_strdup (holidays);
  self->spacing = MAX (self->spacing, 0) * G_USEC_PER_SEC;

  return g_steal_pointer (&self);
}

/* --------------------------------------------------------------------- writing */

static void
add_time (JsonObject *object,
          const char *member,
          int         minute)
{
  char text[8];

  g_snprintf (text, sizeof text, "%02d:%02d", minute / 60, minute % 60);
  json_object_set_string_member (object, member, text);
}

static JsonArray *
create_windows (const CptTimetable *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->windows->len; i++)
    {
      const CptTimeWindow *window = &g_array_index (self->windows, CptTimeWindow, i);
      JsonObject *object = json_object_new ();
      JsonArray *days = json_array_new ();

      json_array_add_int_element (days, window->weekday);
      json_object_set_array_member (object, "days", days);
      add_time (object, "from", window->start);
      add_time (object, "to", window->end > MINUTES_PER_DAY ? window->end - MINUTES_PER_DAY : window->end);
      json_array_add_object_element (array, object);
    }

  return array;
}

static JsonArray *
create_days_off (const CptTimetable *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->days_off->len; i++)
    {
      const CptDaysOff *days = &g_array_index (self->days_off, CptDaysOff, i);
      JsonObject *object = json_object_new ();
      g_autofree char *first = cpt_date_format_iso (days->first);
      g_autofree char *last = cpt_date_format_iso (days->last);

      json_object_set_string_member (object, "from", first);
      json_object_set_string_member (object, "to", last);
      json_array_add_object_element (array, object);
    }

  return array;
}

JsonObject *
cpt_timetable_to_json (const CptTimetable *self)
{
  JsonObject *object = json_object_new ();

  g_return_val_if_fail (self != NULL, object);

  json_object_set_array_member (object, "windows", create_windows (self));
  json_object_set_array_member (object, "days_off", create_days_off (self));
  if (self->holidays != NULL)
    json_object_set_string_member (object, "holidays", self->holidays);
  if (self->per_window != NO_LIMIT)
    json_object_set_int_member (object, "per_window", self->per_window);
  if (self->per_day != NO_LIMIT)
    json_object_set_int_member (object, "per_day", self->per_day);
  if (self->spacing != 0)
    json_object_set_int_member (object, "spacing", self->spacing / G_USEC_PER_SEC);

  return object;
}
