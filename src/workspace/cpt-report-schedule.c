/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One schedule of a report: when it is to be followed, and whether it can be. */

#include "config.h"

#include "cpt-report-schedule-private.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "cpt-behaviours-private.h"
#include "cpt-dashboard-filter.h"
#include "cpt-date.h"
#include "cpt-json.h"
#include "cpt-recurrence.h"

/* Of times that were missed; that is ten years of days */
#define MAX_MISSED 4000

static gboolean
parse_time (const char *text,
            int        *hour,
            int        *minute)
{
  char rest;

  return text != NULL && g_ascii_isdigit (*text) && sscanf (text, "%2d:%2d%c", hour, minute, &rest) == 2 && *hour <= 23 &&
         *minute >= 0 && *minute <= 59;
}

/* Where the clocks skip the hour, the one after it */
static gint64
get_instant (CptDatabase *database,
             gint64       day,
             int          hour,
             int          minute)
{
  GTimeZone *zone = cpt_database_get_zone (database);
  g_autoptr(GDateTime) time = NULL;
  int year, month, number;

  cpt_date_to_ymd (day, &year, &month, &number);
  time = g_date_time_new (zone, year, month, number, hour, minute, 0);

  return time != NULL ? g_date_time_to_unix (time) * G_USEC_PER_SEC
                      : cpt_instant_from_date (day, zone) + hour * G_TIME_SPAN_HOUR + minute * G_TIME_SPAN_MINUTE;
}

gboolean
cpt_report_schedule_find_next (const CptRecord *schedule,
                               CptDatabase     *database,
                               gint64           after,
                               gint64          *at)
{
  const char *text = cpt_record_get_text (schedule, "recurrence");
  g_autoptr(CptRecurrence) rule = text != NULL ? cpt_recurrence_parse (text, NULL) : NULL;
  gint64 first = cpt_record_get_integer (schedule, "starts_on");
  gint64 day = MAX (cpt_instant_get_date (after, cpt_database_get_zone (database)), first) - 1;
  int hour, minute;

  if (rule == NULL || !parse_time (cpt_record_get_text (schedule, "at_time"), &hour, &minute))
    return FALSE;

  while (cpt_recurrence_find_next (rule, first, day, &day))
    {
      gint64 instant = get_instant (database, day, hour, minute);

      if (instant > after)
        {
          *at = instant;
          return TRUE;
        }
    }

  return FALSE;
}

gint64
cpt_report_schedule_find_last (const CptRecord *schedule,
                               CptDatabase     *database,
                               gint64           first,
                               gint64           now,
                               guint           *n_missed)
{
  gint64 last = first;
  gint64 next;

  *n_missed = 0;
  while (*n_missed < MAX_MISSED && cpt_report_schedule_find_next (schedule, database, last, &next) && next <= now)
    {
      last = next;
      (*n_missed)++;
    }

  return last;
}

/* ------------------------------------------------------------------- at the door */

static void
check (CptDoor   *door,
       CptChange *change)
{
  const char *time = cpt_record_get_text (change->after, "at_time");
  const char *folder = cpt_record_get_text (change->after, "folder");
  const char *text = cpt_record_get_text (change->after, "filters");
  g_autoptr(JsonNode) filters = text != NULL ? cpt_json_parse (text, -1, NULL) : NULL;
  g_autoptr(GError) local_error = NULL;
  int hour, minute;

  if (time != NULL && !parse_time (time, &hour, &minute))
    cpt_door_add_problem (door, cpt_entity_find_field (change->entity, "at_time"),
                          _("A time of day is hours and minutes: 09:00."));
  else if (time != NULL)
    {
      g_auto(CptValue) value = CPT_VALUE_INIT;

      cpt_value_take_text (&value, g_strdup_printf ("%02d:%02d", hour, minute));
      cpt_record_set (change->after, cpt_entity_find_field (change->entity, "at_time"), &value);
    }
  if (folder != NULL && !g_path_is_absolute (folder))
    cpt_door_add_problem (door, cpt_entity_find_field (change->entity, "folder"),
                          _("Write the whole path of the folder, from the / on."));
  if (filters != NULL && !cpt_dashboard_filters_check (filters, &local_error))
    cpt_door_add_problem (door, cpt_entity_find_field (change->entity, "filters"), local_error->message);
}

static gboolean
is_other (const CptChange *change)
{
  static const char *const asked[] = { "recurrence", "starts_on", "at_time", "is_active" };

  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    if (change->before == NULL || !cpt_value_equal (cpt_record_get_named (change->before, asked[i]),
                                                    cpt_record_get_named (change->after, asked[i])))
      return TRUE;

  return FALSE;
}

gboolean
cpt_report_schedule_before_commit (CptDoor    *door,
                                   CptChange  *change,
                                   GError    **error)
{
  CptDatabase *database = cpt_door_get_database (door);
  gint64 at;

  if (change->after == NULL || change->origin == CPT_ORIGIN_SYNC || change->origin == CPT_ORIGIN_WORKFLOW)
    return TRUE;

  check (door, change);
  if (!is_other (change))
    return TRUE;

  /* What was missed while it was not in force, or asked for something else, is past. */
  if (cpt_record_get_integer (change->after, "is_active") != 0 &&
      cpt_report_schedule_find_next (change->after, database, cpt_database_get_now (database), &at))
    cpt_record_set_integer (change->after, "next_at", at);
  else
    cpt_record_set_null (change->after, "next_at");

  return TRUE;
}
