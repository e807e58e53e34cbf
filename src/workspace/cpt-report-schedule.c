/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One schedule of a report: when it is to be followed, and whether it can be. */

#include "config.h"

#include "cpt-report-schedule-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-behaviours-private.h"
#include "cpt-dashboard-filter.h"
#include "cpt-date.h"
#include "cpt-json.h"
#include "cpt-recurrence.h"
#include "cpt-report-schedules.h"
#include "cpt-time-of-day.h"

/* Of times that were missed; that is ten years of days */
#define MAX_MISSED 4000

/* Where the clocks skip the hour, the one after it */
static gint64
get_instant (CptDatabase *database,
             gint64       day,
             int          minute)
{
  GTimeZone *zone = cpt_database_get_zone (database);
  g_autoptr(GDateTime) time = NULL;
  int year, month, number;

  cpt_date_to_ymd (day, &year, &month, &number);
  time = g_date_time_new (zone, year, month, number, minute / 60, minute % 60, 0);

  return time != NULL ? g_date_time_to_unix (time) * G_USEC_PER_SEC
                      : cpt_instant_from_date (day, zone) + minute * G_TIME_SPAN_MINUTE;
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
  int minute;

  if (rule == NULL || !cpt_time_of_day_parse (cpt_record_get_text (schedule, "at_time"), &minute))
    return FALSE;

  while (cpt_recurrence_find_next (rule, first, day, &day))
    {
      gint64 instant = get_instant (database, day, minute);

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

/* -------------------------------------------------------------------- for people */

char *
cpt_report_schedule_describe (const CptRecord *schedule)
{
  const char *text = cpt_record_get_text (schedule, "recurrence");
  g_autofree char *time = NULL;
  g_autoptr(CptRecurrence) rule = text != NULL ? cpt_recurrence_parse (text, NULL) : NULL;
  g_autofree char *sentence = rule != NULL ? cpt_recurrence_format_local (rule) : g_strdup (text != NULL ? text : "");
  int minute;

  if (!cpt_time_of_day_parse (cpt_record_get_text (schedule, "at_time"), &minute))
    return g_steal_pointer (&sentence);

  time = cpt_time_of_day_format (minute);

  /* Translators: how something comes again, and a time of day: "Every week on Monday at 09:00" */
  return g_strdup_printf (_("%s at %s"), sentence, time);
}

void
cpt_report_past_free (CptReportPast *self)
{
  if (self == NULL)
    return;

  g_free (self->folder);
  g_strfreev (self->files);
  g_free (self->error);
  g_free (self);
}

static GStrv
read_names (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "files");
  JsonArray *list = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *name = json_array_get_element (list, i);

      if (json_node_get_value_type (name) == G_TYPE_STRING)
        g_strv_builder_add (names, json_node_get_string (name));
    }

  return g_strv_builder_end (names);
}

static CptReportPast *
read_past (JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *at = NULL, *folder = NULL, *problem = NULL;
  gint64 n_files = 0, n_missed = 0;
  CptReportPast *past;
  gint64 instant;

  if (object == NULL || !cpt_json_read_string (object, "at", &at, NULL) || at == NULL ||
      !cpt_instant_parse_iso (at, NULL, &instant))
    return NULL;

  cpt_json_read_string (object, "folder", &folder, NULL);
  cpt_json_read_string (object, "error", &problem, NULL);
  cpt_json_read_int (object, "n_files", &n_files, NULL);
  cpt_json_read_int (object, "missed", &n_missed, NULL);
  past = g_new0 (CptReportPast, 1);
  past->at = instant;
  past->folder = g_strdup (folder);
  past->files = read_names (object);
  past->n_files = (guint) CLAMP (n_files, 0, G_MAXINT);
  past->n_missed = (guint) CLAMP (n_missed, 0, G_MAXINT);
  past->error = g_strdup (problem);

  return past;
}

GPtrArray *
cpt_report_schedule_list_past (const CptRecord *schedule)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_report_past_free);
  const char *text = cpt_record_get_text (schedule, "runs");
  g_autoptr(JsonNode) node = text != NULL ? cpt_json_parse (text, -1, NULL) : NULL;
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      CptReportPast *past = read_past (json_array_get_element (array, i));

      if (past != NULL)
        g_ptr_array_add (list, past);
    }

  return list;
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
  int minute;

  if (time != NULL && !cpt_time_of_day_parse (time, &minute))
    cpt_door_add_problem (door, cpt_entity_find_field (change->entity, "at_time"),
                          _("A time of day is hours and minutes: 09:00."));
  else if (time != NULL)
    {
      g_auto(CptValue) value = CPT_VALUE_INIT;

      cpt_value_take_text (&value, cpt_time_of_day_to_iso (minute));
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
