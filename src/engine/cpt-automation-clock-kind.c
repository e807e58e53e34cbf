/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is due by the clock: at the times of a schedule, when a date of the record has come, when
 * nothing has happened with it for some time. */

#include "config.h"

#include "cpt-automation-clock-private.h"

#include <string.h>

#include "cpt-date.h"
#include "cpt-field-type.h"
#include "cpt-json.h"
#include "cpt-query.h"
#include "cpt-recurrence.h"
#include "cpt-timeline.h"
#include "cpt-workflow-duration.h"

/* Months differ by so much, and clocks by an hour: what is read may be more than what is due */
#define MARGIN (4 * G_TIME_SPAN_DAY)

/* ------------------------------------------------------------------- settings */

static int
get_minute (const CptAutomationClock *self)
{
  g_autofree char *text = cpt_json_dup_string (self->settings, "time");
  int minute = 0;

  return text != NULL && cpt_workflow_time_parse (text, &minute) ? minute : 0;
}

/* The first time after @instant at which the clocks show the start's time of the day */
static gint64
find_time (const CptAutomationClock *self,
           gint64                    instant)
{
  GTimeZone *zone = cpt_database_get_zone (self->database);
  gint64 date = cpt_instant_get_date (instant, zone);
  gint64 next = cpt_instant_from_local (date, get_minute (self), zone, CPT_LOCAL_FIRST);

  return next > instant ? next : cpt_instant_from_local (date + 1, get_minute (self), zone, CPT_LOCAL_FIRST);
}

/* @instant and the duration @member, or less it */
static gint64
shift (const CptAutomationClock *self,
       const char               *member,
       gint64                    instant,
       gboolean                  is_back)
{
  JsonObject *duration = NULL;
  g_autoptr(JsonObject) turned = NULL;
  gint64 amount = 0;

  if (!cpt_json_read_object (self->settings, member, &duration, NULL) || duration == NULL)
    return instant;

  turned = json_object_new ();
  cpt_json_add_members (turned, duration);
  if (is_back && cpt_json_read_int (duration, "amount", &amount, NULL))
    json_object_set_int_member (turned, "amount", -amount);
  cpt_workflow_duration_add (turned, &instant, cpt_database_get_zone (self->database));

  return instant;
}

static gboolean
is_in_hours (const CptAutomationClock *self,
             const char               *member)
{
  JsonObject *duration = NULL;
  g_autofree char *unit = NULL;

  if (!cpt_json_read_object (self->settings, member, &duration, NULL) || duration == NULL)
    return FALSE;
  unit = cpt_json_dup_string (duration, "unit");

  return g_strcmp0 (unit, "minutes") == 0 || g_strcmp0 (unit, "hours") == 0;
}

/* --------------------------------------------------------------------- rows */

static GArray *
list_met (const CptAutomationClock  *self,
          const CptEntity           *entity,
          CptFilter                 *filter,
          GError                   **error)
{
  g_autoptr(CptQuery) query = cpt_query_new (cpt_database_get_schema (self->database), entity);

  if (filter != NULL)
    cpt_query_set_filter (query, filter);
  if (!cpt_query_set_sort (query, "", error))
    return NULL;

  return cpt_query_get_rows (query, self->database, 0, 0, error);
}

/* The JSON form of an instant for @field: its day where it has days */
static JsonNode *
create_bound (const CptAutomationClock *self,
              const CptField           *field,
              gint64                    instant)
{
  g_autofree char *text = NULL;

  if (field->kind == CPT_FIELD_DATE)
    text = cpt_date_format_iso (cpt_instant_get_date (instant, cpt_database_get_zone (self->database)));
  else
    text = cpt_instant_format_iso (instant);

  return json_node_init_string (json_node_alloc (), text);
}

/* Records of @entity whose @field is between both */
static GArray *
list_between (const CptAutomationClock  *self,
              const CptEntity           *entity,
              const CptField            *field,
              gint64                     from,
              gint64                     to,
              GError                   **error)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  g_autoptr(JsonNode) low = create_bound (self, field, from);
  g_autoptr(JsonNode) high = create_bound (self, field, to);
  g_autoptr(CptFilter) least =
    cpt_filter_new_condition (schema, entity, field->name, CPT_OPERATOR_GREATER_OR_EQUAL, low, error);
  g_autoptr(CptFilter) most = NULL;
  g_autoptr(CptFilter) both = NULL;

  if (least == NULL)
    return NULL;
  most = cpt_filter_new_condition (schema, entity, field->name, CPT_OPERATOR_LESS_OR_EQUAL, high, error);
  if (most == NULL)
    return NULL;
  both = cpt_filter_and (least, most);

  return list_met (self, entity, both, error);
}

/* ------------------------------------------------------------------- schedule */

/* The first time of the rule after @instant */
static gint64
find_occurrence (const CptAutomationClock *self,
                 gint64                    instant)
{
  GTimeZone *zone = cpt_database_get_zone (self->database);
  g_autofree char *text = cpt_json_dup_string (self->settings, "rule");
  g_autoptr(CptRecurrence) rule = text != NULL ? cpt_recurrence_parse (text, NULL) : NULL;
  gint64 first = cpt_instant_get_date (self->timer->began, zone);
  gint64 date = cpt_instant_get_date (instant, zone) - 1;

  while (rule != NULL && cpt_recurrence_find_next (rule, first, date, &date))
    {
      gint64 next = cpt_instant_from_local (date, get_minute (self), zone, CPT_LOCAL_FIRST);

      if (next > instant)
        return next;
    }

  return CPT_ENROLMENT_NEVER;
}

static gint64
find_next_time (const CptAutomationClock *self)
{
  return find_occurrence (self, self->timer->at);
}

/* All times that were missed are one. */
static gint64
find_last_time (const CptAutomationClock *self)
{
  gint64 last = self->timer->due;
  gint64 next = last;

  while ((next = find_occurrence (self, next)) <= self->now)
    last = next;

  return last;
}

static GArray *
list_scheduled (const CptAutomationClock  *self,
                GError                   **error)
{
  return list_met (self, self->entity, self->where, error);
}

static gboolean
is_scheduled (const CptAutomationClock *self,
              const CptRecord          *record,
              gint64                   *instant)
{
  *instant = self->timer->until;

  return TRUE;
}

/* ----------------------------------------------------------------------- dates */

/* (nullable) */
static const CptField *
get_field (const CptAutomationClock *self)
{
  g_autofree char *name = cpt_json_dup_string (self->settings, "field");

  return name != NULL ? cpt_entity_find_field (self->entity, name) : NULL;
}

static gint64
find_now (const CptAutomationClock *self)
{
  return self->now;
}

/* Days come once a day; what has hours is looked at each minute */
static gint64
find_next_look (const CptAutomationClock *self)
{
  const CptField *field = get_field (self);

  if (field == NULL)
    return CPT_ENROLMENT_NEVER;
  if (field->kind == CPT_FIELD_DATE && !is_in_hours (self, "offset"))
    return find_time (self, self->timer->at);

  return (self->timer->at / G_TIME_SPAN_MINUTE + 1) * G_TIME_SPAN_MINUTE;
}

static GArray *
list_dated (const CptAutomationClock  *self,
            GError                   **error)
{
  const CptField *field = get_field (self);

  if (field == NULL)
    return g_array_new (FALSE, FALSE, sizeof (gint64));

  return list_between (self, self->entity, field, shift (self, "offset", self->timer->at, TRUE) - MARGIN,
                       shift (self, "offset", self->timer->until, TRUE) + MARGIN, error);
}

static gboolean
is_reached (const CptAutomationClock *self,
            const CptRecord          *record,
            gint64                   *instant)
{
  const CptField *field = get_field (self);
  const CptValue *value = field != NULL ? cpt_record_get (record, field) : NULL;

  if (value == NULL || value->type != CPT_VALUE_INTEGER)
    return FALSE;

  *instant = value->integer;
  if (field->kind == CPT_FIELD_DATE)
    {
      GTimeZone *zone = cpt_database_get_zone (self->database);

      *instant = cpt_instant_from_local (value->integer, get_minute (self), zone, CPT_LOCAL_FIRST);
    }
  *instant = shift (self, "offset", *instant, FALSE);

  return *instant > self->timer->at && *instant <= self->timer->until;
}

/* -------------------------------------------------------------------- activity */

/* Those whom an activity is about, by whichever link */
static gboolean
add_subjects (const CptAutomationClock  *self,
              const CptRecord           *activity,
              GArray                    *rows,
              GError                   **error)
{
  const CptEntity *entity = cpt_record_get_entity (activity);

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CptValue *value = cpt_record_get (activity, entity->fields[i]);
      g_autoptr(CptRecord) subject = NULL;

      if (value->type != CPT_VALUE_ID || g_strcmp0 (entity->fields[i]->target, self->entity->name) != 0)
        continue;
      subject = cpt_database_load (self->database, self->entity, &value->id, NULL);
      if (subject != NULL && !subject->in_trash)
        g_array_append_val (rows, subject->row);
    }

  return TRUE;
}

/* Who was changed, or was the subject of an activity, as long ago as makes him due now */
static GArray *
list_idle (const CptAutomationClock  *self,
           GError                   **error)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  const CptEntity *activity = cpt_schema_find_entity (schema, "activity");
  gint64 from = shift (self, "for", self->timer->at, TRUE) - MARGIN;
  gint64 to = shift (self, "for", self->timer->until, TRUE) + MARGIN;
  g_autoptr(GArray) rows = list_between (self, self->entity, cpt_field_get_system ("changed_at"), from, to, error);
  g_autoptr(GArray) activities =
    rows != NULL ? list_between (self, activity, cpt_entity_find_field (activity, activity->moment), from, to, error) : NULL;

  for (guint i = 0; activities != NULL && i < activities->len; i++)
    {
      g_autoptr(CptRecord) record =
        cpt_database_load_row (self->database, activity, g_array_index (activities, gint64, i), NULL);

      if (record != NULL && !add_subjects (self, record, rows, error))
        return NULL;
    }

  return activities != NULL ? g_steal_pointer (&rows) : NULL;
}

static gboolean
is_idle (const CptAutomationClock *self,
         const CptRecord          *record,
         gint64                   *instant)
{
  CptTimelineCursor cursor = { 0 };
  g_autoptr(GPtrArray) items =
    cpt_timeline_read (self->database, self->entity, &record->id, "activity", &cursor, 1, NULL);

  *instant = record->changed_at;
  if (items != NULL && items->len > 0)
    *instant = MAX (*instant, ((const CptTimelineItem *) g_ptr_array_index (items, 0))->at);
  *instant = shift (self, "for", *instant, FALSE);

  return *instant > self->timer->at && *instant <= self->timer->until;
}

static gint64
find_next_idle (const CptAutomationClock *self)
{
  gint64 step = is_in_hours (self, "for") ? G_TIME_SPAN_MINUTE : G_TIME_SPAN_HOUR;

  return (self->timer->at / step + 1) * step;
}

static const CptAutomationClockKind kinds[] = {
  { "schedule", find_next_time, find_last_time, list_scheduled, is_scheduled },
  { "date_reached", find_next_look, find_now, list_dated, is_reached },
  { "no_activity", find_next_idle, find_now, list_idle, is_idle },
};

const CptAutomationClockKind *
cpt_automation_clock_kind_find (const char *name)
{
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].kind, name) == 0)
      return &kinds[i];

  return NULL;
}
