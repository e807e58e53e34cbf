/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What follows from a change of a task: when it was completed, the day and the
 * hour that belong together, its place in a series, and the next one of that
 * series when it is done.
 *
 * Only the next task of a series is there, whatever the rule: it is made in the
 * transaction that does the one before, so that one undo takes both back. A
 * task that is done twice makes it once. */

#include "config.h"

#include "cpt-task-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-behaviours-private.h"
#include "cpt-date.h"
#include "cpt-json.h"
#include "cpt-query.h"
#include "cpt-recurrence.h"
#include "cpt-task-status.h"

/* What the next task does not get from the one before */
static const char *const own_fields[] = {
  "status",
  "due_on",
  "due_at",
  "completed_at",
  "occurs_on",
  "series_values",
  NULL,
};

gboolean
cpt_task_is_own_field (const char *field)
{
  return g_strv_contains (own_fields, field);
}

static const CptField *
find (const CptChange *change,
      const char      *field)
{
  return cpt_entity_find_field (change->entity, field);
}

static gboolean
is_changed (const CptChange *change,
            const char      *field)
{
  const CptValue *after = cpt_record_get_named (change->after, field);

  if (change->before == NULL)
    return !cpt_value_is_null (after);

  return !cpt_value_equal (cpt_record_get_named (change->before, field), after);
}

static gboolean
has (const CptRecord *task,
     const char      *field)
{
  return !cpt_value_is_null (cpt_record_get_named (task, field));
}

static void
note_completion (CptDoor   *door,
                 CptChange *change)
{
  const char *status = cpt_record_get_text (change->after, "status");

  if (!is_changed (change, "status"))
    return;

  if (g_strcmp0 (status, "done") == 0 && !has (change->after, "completed_at"))
    cpt_record_set_integer (change->after, "completed_at", cpt_database_get_now (cpt_door_get_database (door)));
  else if (g_strcmp0 (status, "done") != 0 && change->before != NULL && !is_changed (change, "completed_at"))
    cpt_record_set_null (change->after, "completed_at");
}

/* What became of a task says what became of its place in the plan, and the other way round.
 * That it failed or came too late is more than that it is not to be done any more. */
static void
join_states (CptChange *change)
{
  CptRecord *task = change->after;
  const char *state = cpt_record_get_text (task, "plan_state");
  const char *status = cpt_record_get_text (task, "status");

  if (!has (task, "activity_plan"))
    return;

  if (is_changed (change, "plan_state") && state != NULL)
    {
      if (g_str_equal (state, "planned") && cpt_task_is_over (task))
        cpt_record_set_text (task, "status", "to_do");
      else if (g_str_equal (state, "executed"))
        cpt_record_set_text (task, "status", "done");
      else if (!g_str_equal (state, "planned"))
        cpt_record_set_text (task, "status", "cancelled");
    }
  else if (is_changed (change, "status"))
    {
      if (g_strcmp0 (status, "done") == 0)
        cpt_record_set_text (task, "plan_state", "executed");
      else if (!cpt_task_is_over (task))
        cpt_record_set_text (task, "plan_state", "planned");
      else if (g_strcmp0 (state, "failed") != 0 && g_strcmp0 (state, "expired") != 0)
        cpt_record_set_text (task, "plan_state", "cancelled");
    }
}

/* Whoever moves the day moves the hour with it, and the other way round. */
static void
join_day_and_hour (CptDoor   *door,
                   CptChange *change)
{
  GTimeZone *zone = cpt_database_get_zone (cpt_door_get_database (door));
  CptRecord *task = change->after;
  gint64 hour = cpt_record_get_integer (task, "due_at");

  if (!has (task, "due_at") || (!is_changed (change, "due_at") && !is_changed (change, "due_on")))
    return;

  if (is_changed (change, "due_at") && !(is_changed (change, "due_on") && has (task, "due_on")))
    cpt_record_set_integer (task, "due_on", cpt_instant_get_date (hour, zone));
  else if (!has (task, "due_on"))
    cpt_record_set_null (task, "due_at");
  else if (cpt_instant_get_date (hour, zone) != cpt_record_get_integer (task, "due_on"))
    cpt_record_set_integer (task, "due_at", cpt_recurrence_move_instant (hour, cpt_record_get_integer (task, "due_on"), zone));
}

/* Whether it comes again in another way. When it ends is no other way. */
static gboolean
has_other_rule (const CptChange *change)
{
  const char *before = change->before != NULL ? cpt_record_get_text (change->before, "recurrence") : NULL;
  g_autoptr(CptRecurrence) former = before != NULL ? cpt_recurrence_parse (before, NULL) : NULL;
  g_autoptr(CptRecurrence) rule = cpt_recurrence_parse (cpt_record_get_text (change->after, "recurrence"), NULL);

  return former == NULL || rule == NULL || !cpt_recurrence_equal_but_end (former, rule);
}

static gboolean
is_first_rule (const CptChange *change)
{
  return change->before != NULL && !has (change->before, "recurrence");
}

/* A task that begins to repeat, or by another rule, begins a series with itself;
 * unless whoever changes it says where the series begins. */
static void
begin_series (CptDoor   *door,
              CptChange *change)
{
  CptRecord *task = change->after;
  CptValue value = CPT_VALUE_INIT;

  if (!has (task, "recurrence"))
    {
      if (is_changed (change, "recurrence"))
        cpt_record_set_null (task, "series_values");
      return;
    }
  if (!has (task, "due_on"))
    cpt_record_set_integer (task, "due_on", cpt_database_get_today (cpt_door_get_database (door)));
  if (has (task, "series") &&
      (change->before == NULL || !has_other_rule (change) || is_changed (change, "series_start")))
    return;

  if (!has (task, "series") || is_first_rule (change))
    {
      cpt_value_take_text (&value, cpt_uuid_dup_text (&task->id));
      cpt_record_take (task, find (change, "series"), value);
    }
  cpt_record_set_integer (task, "series_start", cpt_record_get_integer (task, "due_on"));
  cpt_record_set_integer (task, "occurs_on", cpt_record_get_integer (task, "due_on"));
}

/* A rule that is over before its first day says nothing. */
static void
check_end (CptDoor   *door,
           CptChange *change)
{
  const char *end = strstr (cpt_record_get_text (change->after, "recurrence"), "UNTIL=");
  g_autofree char *day = end != NULL ? g_strndup (end + strlen ("UNTIL="), 8) : NULL;
  gint64 last;

  if (day != NULL && cpt_date_parse (day, CPT_DATE_ORDER_YMD, &last) &&
      last < cpt_record_get_integer (change->after, "due_on"))
    cpt_door_add_problem (door, find (change, "recurrence"),
                          _("This ends before the task is due. Choose a later last day, or an earlier due date."));
}

/* The day of the next one: after this one's by the rule, and not in the past */
gboolean
cpt_task_find_next_day (CptDatabase     *database,
                        const CptRecord *task,
                        gint64          *date)
{
  g_autoptr(CptRecurrence) rule = cpt_recurrence_parse (cpt_record_get_text (task, "recurrence"), NULL);
  g_autoptr(GArray) skips = cpt_recurrence_read_skips (cpt_record_get_text (task, "series_skips"));
  gint64 after = MAX (cpt_record_get_integer (task, "occurs_on"), cpt_database_get_today (database) - 1);

  return rule != NULL &&
         cpt_recurrence_find_next_but (rule, cpt_record_get_integer (task, "series_start"), after, skips, date);
}

/* Whether the series goes on already: somebody did this one before, or another
 * computer did. Days that were changed alone do not go on. */
static gboolean
has_later (CptDoor          *door,
           const CptRecord  *task,
           gboolean         *is_there,
           GError          **error)
{
  CptDatabase *database = cpt_door_get_database (door);
  const CptEntity *entity = cpt_record_get_entity (task);
  g_autofree char *day = cpt_date_format_iso (cpt_record_get_integer (task, "occurs_on"));
  g_autofree char *json = g_strdup_printf ("{\"all\":[{\"field\":\"series\",\"op\":\"is\",\"value\":\"%s\"},"
                                           "{\"field\":\"occurs_on\",\"op\":\"greater\",\"value\":\"%s\"},"
                                           "{\"field\":\"recurrence\",\"op\":\"is-not-empty\"}]}",
                                           cpt_record_get_text (task, "series"), day);
  g_autoptr(CptQuery) query = cpt_query_new (cpt_database_get_schema (database), entity);
  g_autoptr(CptFilter) filter = cpt_filter_parse (query->schema, query->entity, json, error);
  guint64 n_later;

  if (filter == NULL)
    return FALSE;
  cpt_query_set_filter (query, filter);
  if (!cpt_query_count (query, database, &n_later, error))
    return FALSE;
  *is_there = n_later > 0;

  return TRUE;
}

/* Where this task alone was changed, the next one gets what it had before. */
static void
put_series_values (CptRecord       *next,
                   const CptRecord *task,
                   CptValue        *hour)
{
  const char *text = cpt_record_get_text (task, "series_values");
  g_autoptr(JsonNode) node = text != NULL ? cpt_json_parse (text, -1, NULL) : NULL;
  const CptEntity *entity = cpt_record_get_entity (next);
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;

  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &member))
    {
      const CptField *field = cpt_entity_find_field (entity, name);
      CptValue value = CPT_VALUE_INIT;

      if (field == NULL || !cpt_field_from_json (field, member, &value, NULL))
        continue;
      if (g_str_equal (name, "due_at"))
        *hour = value;
      else if (!g_strv_contains (own_fields, name))
        cpt_record_take (next, field, value);
      else
        cpt_value_clear (&value);
    }
}

CptRecord *
cpt_task_create_next (CptDatabase     *database,
                      const CptRecord *task,
                      gint64           date)
{
  GTimeZone *zone = cpt_database_get_zone (database);
  const CptEntity *entity = cpt_record_get_entity (task);
  CptRecord *next = cpt_record_new (cpt_database_get_schema (database), entity);
  CptValue hour = *cpt_record_get_named (task, "due_at");

  for (guint i = 0; i < entity->n_fields; i++)
    if (!g_strv_contains (own_fields, entity->fields[i]->name))
      cpt_record_set (next, entity->fields[i], cpt_record_get (task, entity->fields[i]));

  put_series_values (next, task, &hour);
  cpt_record_set_text (next, "status", "to_do");
  cpt_record_set_integer (next, "due_on", date);
  cpt_record_set_integer (next, "occurs_on", date);
  if (hour.type == CPT_VALUE_INTEGER)
    cpt_record_set_integer (next, "due_at", cpt_recurrence_move_instant (hour.integer, date, zone));

  return next;
}

static gboolean
continue_series (CptDoor    *door,
                 CptChange  *change,
                 GError    **error)
{
  CptRecord *task = change->after;
  gboolean is_there;
  gint64 date;

  if (change->before == NULL || change->kind != CPT_CHANGE_UPDATE || change->origin == CPT_ORIGIN_SYNC)
    return TRUE;
  if (!cpt_task_is_over (task) || cpt_task_is_over (change->before) || !has (task, "recurrence") || !has (task, "series"))
    return TRUE;
  if (!cpt_task_find_next_day (cpt_door_get_database (door), task, &date))
    return TRUE;
  if (!has_later (door, task, &is_there, error))
    return FALSE;

  if (!is_there)
    {
      g_autoptr(CptRecord) next = cpt_task_create_next (cpt_door_get_database (door), task, date);

      cpt_transaction_create (cpt_door_get_transaction (door), next);
    }

  return TRUE;
}

gboolean
cpt_task_before_commit (CptDoor    *door,
                        CptChange  *change,
                        GError    **error)
{
  if (change->after == NULL)
    return TRUE;

  if (change->kind != CPT_CHANGE_RESTORE && change->origin != CPT_ORIGIN_SYNC)
    join_states (change);
  note_completion (door, change);
  if (change->kind == CPT_CHANGE_RESTORE || change->origin == CPT_ORIGIN_SYNC)
    return TRUE;

  join_day_and_hour (door, change);
  begin_series (door, change);
  if (has (change->after, "recurrence") && (change->before == NULL || is_first_rule (change)))
    check_end (door, change);

  return continue_series (door, change, error);
}
