/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What repeats in a calendar, into the form that tasks have here.
 *
 *   VTODO with RRULE           the task that is next, with the rule
 *   EXDATE                     a day that is left out
 *   VTODO with RECURRENCE-ID   a task of its own in the place of that day; of the
 *                              next one: that one itself, which keeps what those
 *                              after it shall get
 *
 * A series that is here already has gone on since: its next task stays on its day
 * if the rule still names that. What is done here is not opened again.
 *
 * A VEVENT with RRULE is a task that repeats, too, from the next day on which it takes
 * place: what happened with somebody (an activity) does not come again. Of days that
 * are past, those that were changed alone are meetings; so is the first one of what is
 * over altogether. */

#include "config.h"

#include "cpt-calendar-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-date.h"
#include "cpt-find.h"
#include "cpt-json.h"
#include "cpt-recurrence.h"
#include "cpt-task-status.h"

/* What one task of a series can have alone */
static const char *const own_fields[] = { "title", "notes", "priority", "reminders", "duration" };

typedef struct
{
  CptDatabase *database;
  CptItemImport *import;
  const CptCalendarGroup *group;
  CptSchema *schema;
  const CptEntity *entity;
  CptRecurrence *rule; /* (owned) (nullable) */
  CptRecord *stored;   /* (owned) (nullable): the next task of the series, as it is here */
  CptUuid id;          /* of the next task, if it is new */
  char *series;        /* (owned) */
  GArray *left_out;    /* (owned) (element-type gint64): days on which it does not come */
  GArray *skips;       /* (owned) (element-type gint64): these, and those with a task of their own */
  gint64 start;
  gint64 day; /* of the next task, by the rule */
} Series;

static void
series_clear (Series *self)
{
  g_clear_pointer (&self->rule, cpt_recurrence_free);
  g_clear_pointer (&self->stored, cpt_record_unref);
  g_clear_pointer (&self->series, g_free);
  g_clear_pointer (&self->left_out, g_array_unref);
  g_clear_pointer (&self->skips, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Series, series_clear)

static gboolean
is_null (const CptRecord *task,
         const char      *field)
{
  return cpt_value_is_null (cpt_record_get_named (task, field));
}

static void
take_text (CptRecord  *task,
           const char *field,
           char       *text)
{
  CptValue value = CPT_VALUE_INIT;

  if (text != NULL)
    cpt_value_take_text (&value, text);
  cpt_record_take (task, cpt_entity_find_field (cpt_record_get_entity (task), field), value);
}

/* What is here already */

/* (nullable): the first live task of a series that meets @json besides */
static CptRecord *
find_in_series (Series     *self,
                const char *series,
                const char *json)
{
  g_autofree char *all = g_strdup_printf ("{\"all\":[{\"field\":\"series\",\"op\":\"is\",\"value\":\"%s\"},%s]}", series, json);
  g_autoptr(CptQuery) query = cpt_query_new (self->schema, self->entity);
  g_autoptr(CptFilter) filter = cpt_filter_parse (self->schema, self->entity, all, NULL);
  g_autoptr(GPtrArray) records = NULL;

  if (filter == NULL)
    return NULL;
  cpt_query_set_filter (query, filter);
  records = cpt_query_load_records (query, self->database, 1, NULL);

  return records != NULL && records->len > 0 ? cpt_record_ref (g_ptr_array_index (records, 0)) : NULL;
}

/* Only the next task of a series has the rule and is to be done. */
static void
find_stored (Series          *self,
             const CptRecord *existing)
{
  const char *series = cpt_record_get_text (existing, "series");
  CptUuid id;

  g_free (self->series);
  self->series = series != NULL ? g_strdup (series) : cpt_uuid_dup_text (&existing->id);
  if (!cpt_task_is_over (existing) && (!is_null (existing, "recurrence") || series == NULL))
    self->stored = cpt_record_copy (existing);
  else if (series != NULL && cpt_uuid_parse (series, &id))
    self->stored = find_in_series (self, series,
                                   "{\"field\":\"recurrence\",\"op\":\"is-not-empty\"},"
                                   "{\"field\":\"status\",\"op\":\"in\",\"value\":[\"to_do\",\"in_progress\"]}");
}

/* Days */

static gboolean
has_day (GArray *days,
         gint64  day)
{
  for (guint i = 0; days != NULL && i < days->len; i++)
    if (g_array_index (days, gint64, i) == day)
      return TRUE;

  return FALSE;
}

static void
add_day (GArray *days,
         gint64  day)
{
  if (!has_day (days, day))
    g_array_append_val (days, day);
}

/* The next day of what begins on @start and comes by @rule, from @from on */
static gboolean
find_day (const CptRecurrence *rule,
          gint64               start,
          gint64               from,
          GArray              *skips,
          gint64              *day)
{
  g_autoptr(GArray) sorted = skips != NULL ? g_array_copy (skips) : NULL;
  g_autofree char *written = sorted != NULL ? cpt_recurrence_write_skips (sorted) : NULL; /* sorts */

  if (from <= start && !has_day (skips, start))
    {
      *day = start;
      return TRUE;
    }

  return cpt_recurrence_find_next_but (rule, start, MAX (from - 1, start), sorted, day);
}

/* EXDATE, and meetings that were called off */
static void
fill_left_out (Series *self)
{
  const CptIcalendarItem *item = self->group->series;

  self->left_out = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; item->skips != NULL && i < item->skips->len; i++)
    add_day (self->left_out, g_array_index (item->skips, gint64, i));
  for (guint i = 0; i < self->group->days->len; i++)
    {
      const CptIcalendarItem *day = g_ptr_array_index (self->group->days, i);

      if (day->is_event && day->is_cancelled)
        add_day (self->left_out, day->occurrence);
    }
}

/* The task stays where it is, if it still comes then. Meetings that are past were
 * held, or were not. */
static gboolean
choose_day (Series *self)
{
  gint64 from = self->start;

  if (self->stored != NULL && !is_null (self->stored, "occurs_on"))
    from = MAX (from, cpt_record_get_integer (self->stored, "occurs_on"));
  else if (self->group->series->is_event)
    from = MAX (from, cpt_database_get_today (self->database));

  return find_day (self->rule, self->start, from, self->left_out, &self->day);
}

/* (nullable): what says of @day that it was changed alone */
static const CptIcalendarItem *
find_changed (Series *self,
              gint64  day)
{
  for (guint i = 0; i < self->group->days->len; i++)
    {
      const CptIcalendarItem *item = g_ptr_array_index (self->group->days, i);

      if (item->occurrence == day)
        return item;
    }

  return NULL;
}

/* The next task */

static void
shift (CptRecord *task,
       gint64     distance,
       GTimeZone *zone)
{
  gint64 day = cpt_record_get_integer (task, "due_on") + distance;

  cpt_record_set_integer (task, "due_on", day);
  if (!is_null (task, "due_at"))
    cpt_record_set_integer (task, "due_at",
                            cpt_recurrence_move_instant (cpt_record_get_integer (task, "due_at"), day, zone));
}

/* What those after @task get where it was changed alone (nullable) */
static char *
dup_values (const CptRecord *usual,
            const CptRecord *task,
            GTimeZone       *zone)
{
  const CptEntity *entity = cpt_record_get_entity (usual);
  const CptField *hour = cpt_entity_find_field (entity, "due_at");
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), json_object_new ());
  JsonObject *object = json_node_get_object (node);
  gint64 usual_hour = cpt_record_get_integer (usual, "due_at");
  gint64 own_hour = cpt_recurrence_move_instant (cpt_record_get_integer (task, "due_at"),
                                                 cpt_record_get_integer (usual, "due_on"), zone);

  json_object_unref (object);
  for (guint i = 0; i < G_N_ELEMENTS (own_fields); i++)
    {
      const CptField *field = cpt_entity_find_field (entity, own_fields[i]);

      if (!cpt_value_equal (cpt_record_get (usual, field), cpt_record_get (task, field)))
        json_object_set_member (object, field->name, cpt_field_to_json (field, cpt_record_get (usual, field)));
    }
  if (is_null (usual, "due_at") != is_null (task, "due_at") ||
      (!is_null (usual, "due_at") && own_hour != usual_hour))
    json_object_set_member (object, hour->name, cpt_field_to_json (hour, cpt_record_get (usual, hour)));

  return json_object_get_size (object) > 0 ? cpt_json_format (node) : NULL;
}

/* The task with what is changed in it alone; @item (nullable) says what */
static CptRecord *
create_changed (Series                 *self,
                const CptRecord        *usual,
                const CptIcalendarItem *item)
{
  GTimeZone *zone = cpt_database_get_zone (self->database);
  CptRecord *task;

  if (item == NULL)
    return cpt_record_copy (usual);

  task = cpt_calendar_create_task (self->import, self->schema, item);
  take_text (task, "recurrence", g_strdup (cpt_record_get_text (usual, "recurrence")));
  if (is_null (task, "due_on"))
    cpt_record_set_integer (task, "due_on", self->day);
  take_text (task, "series_values", dup_values (usual, task, zone));

  return task;
}

/* Whether the file has the rule of the task that is here, or what is left of it */
static gboolean
has_same_rule (Series *self)
{
  const char *text = cpt_record_get_text (self->stored, "recurrence");
  g_autoptr(CptRecurrence) rule = text != NULL ? cpt_recurrence_parse (text, NULL) : NULL;
  gint64 start = cpt_record_get_integer (self->stored, "series_start");
  g_autoptr(CptRecurrence) rest =
    rule != NULL && start <= self->start ? cpt_recurrence_begin_at (rule, start, self->start, NULL) : NULL;

  if (rest == NULL || strcmp (cpt_recurrence_get_text (rest), cpt_recurrence_get_text (self->rule)) != 0)
    return FALSE;

  return start == self->start || self->start == cpt_record_get_integer (self->stored, "occurs_on");
}

/* Of the one that is here. A UID that is an identifier may be that of one before. */
static void
keep_origin (Series    *self,
             CptRecord *task)
{
  CptUuid id;

  if (is_null (self->stored, "calendar_item") && cpt_uuid_parse (self->group->series->uid, &id))
    return;

  task->id = self->stored->id;
  cpt_calendar_keep_origin (task, self->group->series, TRUE);
}

static void
store_next (Series    *self,
            CptRecord *task)
{
  g_autoptr(GArray) skips = g_array_copy (self->skips);

  cpt_record_set_text (task, "series", self->series);
  cpt_record_set_integer (task, "series_start", self->start);
  cpt_record_set_integer (task, "occurs_on", self->day);
  if (self->stored == NULL)
    {
      take_text (task, "series_skips", cpt_recurrence_write_skips (skips));
      task->id = self->id;
      cpt_calendar_keep_origin (task, self->group->series, self->group->series->record == NULL);
      cpt_record_apply_initial (task, cpt_database_get_now (self->database), cpt_database_get_author (self->database),
                                cpt_database_get_zone (self->database));
      cpt_item_import_create (self->import, task);
    }
  else
    {
      g_autoptr(GArray) known = cpt_recurrence_read_skips (cpt_record_get_text (self->stored, "series_skips"));

      for (guint i = 0; i < skips->len; i++)
        add_day (known, g_array_index (skips, gint64, i));
      take_text (task, "series_skips", cpt_recurrence_write_skips (known));
      if (has_same_rule (self))
        {
          cpt_record_set_null (task, "recurrence");
          cpt_record_set_null (task, "series_start");
          self->start = cpt_record_get_integer (self->stored, "series_start");
        }
      if (!is_null (self->stored, "series_values"))
        cpt_record_set_null (task, "series_values");
      keep_origin (self, task);
      cpt_item_import_update (self->import, self->stored, task, FALSE);
    }
}

/* Days that were changed alone */

static void
take_meeting (Series                 *self,
              const CptIcalendarItem *item)
{
  g_autoptr(CptRecord) meeting = cpt_calendar_create_meeting (self->import, self->database, item);
  CptUuid id;

  cpt_calendar_choose_id (self->database, cpt_record_get_entity (meeting), item, item->occurrence, &id);
  cpt_calendar_store (self->database, self->import, meeting, &id, NULL);
}

static void
take_task (Series                 *self,
           const CptIcalendarItem *item)
{
  g_autoptr(CptRecord) task = cpt_calendar_create_task (self->import, self->schema, item);
  gboolean is_called_off = item->is_event && item->is_cancelled;
  g_autoptr(CptRecord) existing = NULL;
  CptUuid id;

  if (item->record == NULL || !cpt_uuid_parse (item->record, &id))
    cpt_calendar_choose_id (self->database, self->entity, item, item->occurrence, &id);
  cpt_find_free_id (self->database, self->entity, &id);
  cpt_record_set_null (task, "recurrence");
  cpt_record_set_text (task, "series", self->series);
  cpt_record_set_integer (task, "series_start", self->start);
  cpt_record_set_integer (task, "occurs_on", item->occurrence);
  if (is_null (task, "due_on"))
    cpt_record_set_integer (task, "due_on", item->occurrence);
  if (is_called_off)
    cpt_record_set_text (task, "status", "cancelled");

  existing = cpt_database_load (self->database, self->entity, &id, NULL);
  if (existing == NULL && self->stored != NULL)
    {
      g_autofree char *day = cpt_date_format_iso (item->occurrence);
      g_autofree char *json = g_strdup_printf ("{\"field\":\"occurs_on\",\"op\":\"is\",\"value\":\"%s\"}", day);

      existing = find_in_series (self, self->series, json);
    }
  if (existing == NULL && is_called_off)
    return;
  if (existing == NULL || existing->in_trash)
    cpt_calendar_store (self->database, self->import, task, &id, NULL);
  else if (!cpt_task_is_over (existing))
    cpt_item_import_update (self->import, existing, task, FALSE);
}

static void
take_changed (Series                 *self,
              const CptIcalendarItem *item)
{
  if (item->is_event && !item->is_cancelled && item->has_day && item->day < cpt_database_get_today (self->database))
    take_meeting (self, item);
  else
    take_task (self, item);
}

/* Series */

static gboolean
begin_item (Series                  *self,
            const CptIcalendarItem  *item,
            GError                 **error)
{
  if (!cpt_item_import_next (self->import, item->line, error))
    return FALSE;
  if (item->is_cut)
    cpt_item_import_note (self->import, g_strdup (_("A part was too large, or the file ends here: it was left out.")));
  cpt_calendar_note_unread (self->import, item);

  return TRUE;
}

/* Each for itself: what they belong to is not in the file, or is no series here. */
static gboolean
take_days_alone (Series  *self,
                 GError **error)
{
  for (guint i = 0; i < self->group->days->len; i++)
    {
      const CptIcalendarItem *item = g_ptr_array_index (self->group->days, i);
      g_autoptr(CptRecord) record = NULL;
      CptUuid id;

      if (!begin_item (self, item, error))
        return FALSE;
      if (item->is_event && item->is_cancelled)
        continue;
      record = item->is_event ? cpt_calendar_create_meeting (self->import, self->database, item)
                              : cpt_calendar_create_task (self->import, self->schema, item);
      if (!item->is_event)
        cpt_record_set_null (record, "recurrence");
      cpt_calendar_choose_id (self->database, cpt_record_get_entity (record), item, item->occurrence, &id);
      cpt_calendar_store (self->database, self->import, record, &id, NULL);
    }

  return TRUE;
}

/* Of a series that is not in the file, but may be here */
static gboolean
take_days (Series  *self,
           GError **error)
{
  const CptIcalendarItem *first = g_ptr_array_index (self->group->days, 0);
  g_autoptr(CptRecord) existing = NULL;

  cpt_calendar_choose_id (self->database, self->entity, first, G_MININT64, &self->id);
  existing = cpt_database_load (self->database, self->entity, &self->id, NULL);
  if (existing == NULL || existing->in_trash)
    return take_days_alone (self, error);
  find_stored (self, existing);
  if (self->stored == NULL || is_null (self->stored, "occurs_on"))
    return take_days_alone (self, error);

  self->start = cpt_record_get_integer (self->stored, "series_start");
  self->skips = cpt_recurrence_read_skips (cpt_record_get_text (self->stored, "series_skips"));
  for (guint i = 0; i < self->group->days->len; i++)
    {
      const CptIcalendarItem *item = g_ptr_array_index (self->group->days, i);

      if (!begin_item (self, item, error))
        return FALSE;
      take_changed (self, item);
      add_day (self->skips, item->occurrence);
    }
  if (!has_day (self->skips, cpt_record_get_integer (self->stored, "occurs_on")))
    {
      g_autoptr(CptRecord) task = cpt_record_new (self->schema, self->entity);

      take_text (task, "series_skips", cpt_recurrence_write_skips (self->skips));
      cpt_item_import_update (self->import, self->stored, task, FALSE);
    }

  return TRUE;
}

/* Which days it does not come on by itself */
static void
fill_skips (Series *self)
{
  self->skips = g_array_copy (self->left_out);
  for (guint i = 0; i < self->group->days->len; i++)
    {
      gint64 day = ((const CptIcalendarItem *) g_ptr_array_index (self->group->days, i))->occurrence;

      if (day != self->day)
        add_day (self->skips, day);
    }
}

/* What became of a meeting: said once */
static void
note_meeting (Series *self)
{
  g_autofree char *day = cpt_date_format (self->day);

  if (self->stored == NULL && self->group->series->is_event)
    cpt_item_import_note (self->import,
                          g_strdup_printf (_("A meeting that repeats is a task that repeats here: it comes next on %s."), day));
}

static gboolean
take_rule (Series     *self,
           CptRecord  *usual,
           GError    **error)
{
  g_autoptr(CptRecord) task = NULL;

  if (is_null (usual, "due_on"))
    cpt_record_set_integer (usual, "due_on", self->start);
  shift (usual, self->day - self->start, cpt_database_get_zone (self->database));
  fill_skips (self);
  note_meeting (self);
  task = create_changed (self, usual, find_changed (self, self->day));
  store_next (self, task);

  for (guint i = 0; i < self->group->days->len; i++)
    {
      const CptIcalendarItem *item = g_ptr_array_index (self->group->days, i);

      if (!begin_item (self, item, error))
        return FALSE;
      if (item->occurrence != self->day)
        take_changed (self, item);
    }

  return TRUE;
}

static gboolean
take_task_series (Series  *self,
                  GError **error)
{
  const CptIcalendarItem *item = self->group->series;
  g_autoptr(CptRecord) usual = cpt_calendar_create_task (self->import, self->schema, item);
  const char *rule = cpt_record_get_text (usual, "recurrence");
  g_autoptr(CptRecord) existing = NULL;

  self->rule = rule != NULL ? cpt_recurrence_parse (rule, NULL) : NULL;
  if (self->rule == NULL)
    {
      cpt_calendar_store (self->database, self->import, usual, &self->id, NULL);
      return take_days_alone (self, error);
    }

  self->series = cpt_uuid_dup_text (&self->id);
  existing = cpt_database_load (self->database, self->entity, &self->id, NULL);
  if (existing != NULL && !existing->in_trash)
    find_stored (self, existing);
  self->start = item->has_start ? item->start : item->has_day ? item->day
                                                              : cpt_database_get_today (self->database);
  if (existing != NULL && existing->in_trash)
    cpt_item_import_note (self->import, g_strdup (_("This one is in the trash here, and stays there.")));
  else if (existing != NULL && self->stored == NULL)
    cpt_item_import_note (self->import, g_strdup (_("This series is over here, and stays so.")));
  else if (!choose_day (self))
    cpt_item_import_note (self->import, g_strdup (_("All days of this series are left out: nothing was taken.")));
  else
    return take_rule (self, usual, error);

  return TRUE;
}

/* Of what is over, or comes by a rule that can't be kept: the first one that took
 * place, as it did. It goes nowhere as the whole series. */
static gboolean
take_meetings (Series  *self,
               GError **error)
{
  const CptIcalendarItem *item = self->group->series;
  g_autoptr(CptRecurrence) rule = cpt_recurrence_parse (item->rule, NULL);
  GTimeZone *zone = cpt_database_get_zone (self->database);
  g_autoptr(CptRecord) meeting = NULL;
  const CptIcalendarItem *changed;
  CptUuid id;

  self->day = item->day;
  if (rule != NULL && !find_day (rule, item->day, item->day, self->left_out, &self->day))
    return take_days_alone (self, error);

  changed = find_changed (self, self->day);
  meeting = cpt_calendar_create_meeting (self->import, self->database, changed != NULL ? changed : item);
  if (changed == NULL && self->day != item->day && !is_null (meeting, "at"))
    cpt_record_set_integer (meeting, "at",
                            cpt_recurrence_move_instant (cpt_record_get_integer (meeting, "at"), self->day, zone));
  cpt_item_import_note (self->import, g_strdup (_("Only the first of these meetings was taken.")));
  cpt_calendar_choose_id (self->database, cpt_record_get_entity (meeting), item, G_MININT64, &id);
  cpt_calendar_store (self->database, self->import, meeting, &id, NULL);
  for (guint i = 0; i < self->group->days->len; i++)
    {
      const CptIcalendarItem *one = g_ptr_array_index (self->group->days, i);

      if (!begin_item (self, one, error))
        return FALSE;
      if (one != changed && !one->is_cancelled)
        take_meeting (self, one);
    }

  return TRUE;
}

/* Whether the meeting is a task here, or is to become one */
static gboolean
is_task (Series *self)
{
  const CptIcalendarItem *item = self->group->series;
  g_autoptr(CptRecord) existing = cpt_database_load (self->database, self->entity, &self->id, NULL);
  g_autoptr(CptRecurrence) rule = cpt_recurrence_parse (item->rule, NULL);
  gint64 today = cpt_database_get_today (self->database);
  gint64 day;

  if (!item->is_event || existing != NULL)
    return TRUE;

  return rule != NULL && item->has_day && find_day (rule, item->day, MAX (item->day, today), self->left_out, &day);
}

gboolean
cpt_calendar_take_group (CptDatabase             *database,
                         CptItemImport           *import,
                         const CptCalendarGroup  *group,
                         GError                 **error)
{
  g_auto(Series) self = { .database = database, .import = import, .group = group };

  self.schema = cpt_database_get_schema (database);
  self.entity = cpt_schema_find_entity (self.schema, "task");
  if (group->series == NULL)
    return take_days (&self, error);
  if (!begin_item (&self, group->series, error))
    return FALSE;

  fill_left_out (&self);
  cpt_calendar_choose_id (database, self.entity, group->series, G_MININT64, &self.id);

  return is_task (&self) ? take_task_series (&self, error) : take_meetings (&self, error);
}
