/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tasks and meetings as a calendar.
 *
 * Of a series only the next task is here, with the rule: that is what repeats, from
 * its day on. Days that are left out are EXDATE, tasks in the place of a day have
 * the UID of the next one and RECURRENCE-ID; so has the next one itself, besides,
 * when it was changed alone. Tasks of the series that are done are tasks like any
 * other: they come no more.
 *
 * What came from another calendar goes back under the UID that it had there; of a series
 * it is the next task that has it. */

#include "config.h"

#include "cpt-calendar-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-recurrence.h"
#include "cpt-task-status.h"

#define PAGE_ROWS 1000

/* The next task of a series that is written */
typedef struct
{
  CptUuid id;
  char *uid; /* (owned) */
  gboolean is_event;
  gint64 day;   /* by the rule */
  int clock;    /* of what those after it get; negative without an hour */
  GArray *days; /* (element-type gint64): of tasks that are written in their place */
} Head;

typedef struct
{
  CptItemExport *job;
  CptDatabase *database;
  GTimeZone *zone;
  gboolean is_event;
  GHashTable *heads; /* text of a series to Head */
  GHashTable *uids;  /* of other calendars that are written */
  GString *out;
} Export;

static void
head_free (gpointer data)
{
  Head *head = data;

  g_array_unref (head->days);
  g_free (head->uid);
  g_free (head);
}

static void
export_clear (Export *self)
{
  g_clear_pointer (&self->heads, g_hash_table_unref);
  g_clear_pointer (&self->uids, g_hash_table_unref);
  g_string_free (self->out, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Export, export_clear)

static gboolean
is_null (const CptRecord *task,
         const char      *field)
{
  return cpt_value_is_null (cpt_record_get_named (task, field));
}

/* To be done, and the next of a series */
static gboolean
is_next (const CptRecord *task)
{
  return !is_null (task, "recurrence") && !is_null (task, "series") && !is_null (task, "occurs_on") &&
         !cpt_task_is_over (task);
}

static int
get_clock (const CptRecord *task,
           GTimeZone       *zone)
{
  g_autoptr(GDateTime) utc = NULL;
  g_autoptr(GDateTime) local = NULL;

  if (is_null (task, "due_at"))
    return -1;

  utc = g_date_time_new_from_unix_utc (cpt_record_get_integer (task, "due_at") / G_USEC_PER_SEC);
  local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  if (local == NULL)
    return -1;

  return g_date_time_get_hour (local) * 3600 + g_date_time_get_minute (local) * 60 + g_date_time_get_second (local);
}

/* (transfer full): @task on its day by the rule, with what those after it get where
 * it was changed alone */
static CptRecord *
create_usual (const CptRecord *task,
              GTimeZone       *zone)
{
  CptRecord *usual = cpt_record_copy (task);
  const char *text = cpt_record_get_text (task, "series_values");
  g_autoptr(JsonNode) node = text != NULL ? cpt_json_parse (text, -1, NULL) : NULL;
  gint64 day = cpt_record_get_integer (task, "occurs_on");
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    {
      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, &name, &member))
        {
          const CptField *field = cpt_entity_find_field (cpt_record_get_entity (task), name);
          CptValue value = CPT_VALUE_INIT;

          if (field != NULL && cpt_field_from_json (field, member, &value, NULL))
            cpt_record_take (usual, field, value);
        }
    }
  cpt_record_set_integer (usual, "due_on", day);
  if (!is_null (usual, "due_at"))
    cpt_record_set_integer (usual, "due_at", cpt_recurrence_move_instant (cpt_record_get_integer (usual, "due_at"), day, zone));

  return usual;
}

/* Whether a calendar would tell them apart */
static gboolean
is_different (const CptRecord *task,
              const CptRecord *usual)
{
  static const char *const fields[] = { "title", "notes", "priority", "reminders", "due_on", "due_at", "duration" };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (!cpt_value_equal (cpt_record_get_named (task, fields[i]), cpt_record_get_named (usual, fields[i])))
      return TRUE;

  return FALSE;
}

/* Series */

typedef void (*TaskFunc) (Export *self,
                          const CptRecord *task);

/* All tasks of series among @rows */
static gboolean
each_task (Export    *self,
           GArray    *rows,
           TaskFunc   func,
           GError   **error)
{
  const CptEntity *entity = self->job->query->entity;
  CptPath path;

  if (!cpt_path_parse (cpt_database_get_schema (self->database), entity, "series", &path, error))
    return FALSE;

  for (guint first = 0; first < rows->len; first += PAGE_ROWS)
    {
      guint n_rows = MIN (rows->len - first, PAGE_ROWS);
      const gint64 *page_rows = &g_array_index (rows, gint64, first);
      g_autoptr(CptPage) page = cpt_page_load (self->database, cpt_database_get_schema (self->database), entity, &path, 1,
                                               page_rows, n_rows, error);

      if (page == NULL)
        return FALSE;
      for (guint i = 0; i < n_rows; i++)
        {
          g_autoptr(CptRecord) task = NULL;

          if (!cpt_page_has_row (page, i) || cpt_value_is_null (cpt_page_get_value (page, i, 0)))
            continue;
          task = cpt_database_load_row (self->database, entity, page_rows[i], NULL);
          if (task != NULL)
            func (self, task);
        }
    }

  return TRUE;
}

static void
note_head (Export          *self,
           const CptRecord *task)
{
  const char *series = cpt_record_get_text (task, "series");
  const Head *known = g_hash_table_lookup (self->heads, series);
  g_autoptr(CptRecord) usual = NULL;
  CptIcalendarItem origin = { 0 };
  Head *head;

  if (!is_next (task) || (known != NULL && known->day >= cpt_record_get_integer (task, "occurs_on")))
    return;

  usual = create_usual (task, self->zone);
  head = g_new0 (Head, 1);
  head->id = task->id;
  cpt_calendar_read_origin (task, &origin);
  head->uid = origin.uid != NULL ? g_steal_pointer (&origin.uid) : cpt_uuid_dup_text (&task->id);
  head->is_event = origin.is_event;
  g_clear_pointer (&origin.members, g_ptr_array_unref);
  head->day = cpt_record_get_integer (task, "occurs_on");
  head->clock = get_clock (usual, self->zone);
  head->days = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_hash_table_replace (self->heads, g_strdup (series), head);
}

/* (nullable): the next task of the series in which @task has the place of a day */
static Head *
find_head (Export          *self,
           const CptRecord *task)
{
  const char *series = is_null (task, "recurrence") && !is_null (task, "occurs_on") ? cpt_record_get_text (task, "series") : NULL;

  return series != NULL ? g_hash_table_lookup (self->heads, series) : NULL;
}

static void
note_day (Export          *self,
          const CptRecord *task)
{
  Head *head = find_head (self, task);
  gint64 day = cpt_record_get_integer (task, "occurs_on");

  if (head != NULL)
    g_array_append_val (head->days, day);
}

/* Items */

/* What was there twice already, as copies of it are, is an item of its own. */
static void
take_uid (Export           *self,
          CptIcalendarItem *item,
          const CptRecord  *record)
{
  cpt_calendar_read_origin (record, item);
  if (item->uid == NULL || !g_hash_table_add (self->uids, g_strdup (item->uid)))
    {
      g_free (item->uid);
      item->uid = cpt_uuid_dup_text (&record->id);
    }
}

static CptIcalendarItem *
create_meeting (const CptRecord *record,
                GTimeZone       *zone)
{
  CptIcalendarItem *item = g_new0 (CptIcalendarItem, 1);

  item->is_event = TRUE;
  item->summary = g_strdup (cpt_record_get_text (record, "subject"));
  item->description = g_strdup (cpt_record_get_text (record, "body"));
  item->stamp = record->changed_at != 0 ? record->changed_at : record->created_at;
  item->has_day = item->has_instant = !is_null (record, "at");
  item->instant = cpt_record_get_integer (record, "at");
  item->day = cpt_instant_get_date (item->instant, zone);
  item->duration = cpt_record_get_integer (record, "duration");

  return item;
}

/* Without a UID */
static CptIcalendarItem *
create_task (const CptRecord *record,
             GTimeZone       *zone)
{
  CptIcalendarItem *item = g_new0 (CptIcalendarItem, 1);

  item->summary = g_strdup (cpt_record_get_text (record, "title"));
  item->description = g_strdup (cpt_record_get_text (record, "notes"));
  item->stamp = record->changed_at != 0 ? record->changed_at : record->created_at;
  item->has_instant = !is_null (record, "due_at");
  item->instant = cpt_record_get_integer (record, "due_at");
  item->has_day = item->has_instant || !is_null (record, "due_on");
  item->day = item->has_instant ? cpt_instant_get_date (item->instant, zone) : cpt_record_get_integer (record, "due_on");
  item->clock = get_clock (record, zone);
  item->duration = cpt_record_get_integer (record, "duration");
  item->status = cpt_record_get_text (record, "status");
  item->priority = cpt_record_get_text (record, "priority");
  item->reminders = cpt_calendar_get_reminders (record);

  return item;
}

/* Events are no tasks that are done or not. */
static void
make_event (CptIcalendarItem *item)
{
  item->is_event = TRUE;
  item->status = NULL;
}

/* One day of what has the UID of @head */
static void
append_day (Export          *self,
            const CptRecord *task,
            const Head      *head)
{
  g_autoptr(CptIcalendarItem) item = create_task (task, self->zone);

  item->record = cpt_uuid_dup_text (&task->id);
  item->uid = g_strdup (head->uid);
  if (head->is_event)
    make_event (item);
  item->has_occurrence = TRUE;
  item->occurrence = cpt_record_get_integer (task, "occurs_on");
  item->series_clock = head->clock;
  cpt_icalendar_append (self->out, item);
}

/* What is left of the rule from the task's day on */
static char *
dup_rule (const CptRecord *task)
{
  g_autoptr(CptRecurrence) rule = cpt_recurrence_parse (cpt_record_get_text (task, "recurrence"), NULL);
  g_autoptr(CptRecurrence) rest =
    rule != NULL ? cpt_recurrence_begin_at (rule, cpt_record_get_integer (task, "series_start"),
                                            cpt_record_get_integer (task, "occurs_on"), NULL)
                 : NULL;

  return g_strdup (rest != NULL ? cpt_recurrence_get_text (rest) : cpt_record_get_text (task, "recurrence"));
}

static GArray *
list_skips (const CptRecord *task,
            const Head      *head)
{
  g_autoptr(GArray) all = cpt_recurrence_read_skips (cpt_record_get_text (task, "series_skips"));
  GArray *skips = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < all->len; i++)
    {
      gint64 day = g_array_index (all, gint64, i);
      gboolean has_task = FALSE;

      for (guint j = 0; j < head->days->len; j++)
        has_task = has_task || g_array_index (head->days, gint64, j) == day;
      if (!has_task && day >= head->day)
        g_array_append_val (skips, day);
    }

  return skips;
}

static void
append_series (Export          *self,
               const CptRecord *task)
{
  g_autoptr(GArray) none = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *id = cpt_uuid_dup_text (&task->id);
  Head own = { .id = task->id, .uid = id, .day = cpt_record_get_integer (task, "occurs_on"), .days = none };
  Head *head = g_hash_table_lookup (self->heads, cpt_record_get_text (task, "series"));
  g_autoptr(CptRecord) usual = create_usual (task, self->zone);
  g_autoptr(CptIcalendarItem) item = create_task (usual, self->zone);

  /* Another computer may have gone on with it, too: the later one has the days. */
  if (head == NULL || !cpt_uuid_equal (&head->id, &task->id))
    head = &own;
  own.clock = item->clock;
  if (head != &own)
    take_uid (self, item, task);
  else
    item->uid = g_strdup (id);
  if (strcmp (item->uid, id) == 0)
    item->record = g_strdup (id);
  if (item->is_event)
    make_event (item);
  item->has_start = TRUE;
  item->start = head->day;
  item->rule = dup_rule (task);
  item->skips = list_skips (task, head);
  cpt_icalendar_append (self->out, item);
  if (is_different (task, usual))
    append_day (self, task, head);
}

/* One of a series that is none there: done, or without those that it belongs to. It must
 * not have their UID; see cpt_calendar_find_record(). */
static void
append_alone (Export          *self,
              const CptRecord *task)
{
  g_autoptr(CptIcalendarItem) item = create_task (task, self->zone);
  CptIcalendarItem origin = { 0 };
  g_autofree char *day = cpt_date_format_iso (cpt_record_get_integer (task, "occurs_on"));

  cpt_calendar_read_origin (task, &origin);
  if (origin.uid != NULL)
    {
      item->record = cpt_uuid_dup_text (&task->id);
      item->uid = g_strdup_printf ("%s/%s", origin.uid, day);
    }
  else
    {
      item->uid = cpt_uuid_dup_text (&task->id);
    }
  g_clear_pointer (&origin.members, g_ptr_array_unref);
  g_free (origin.uid);
  cpt_icalendar_append (self->out, item);
}

static void
append_record (Export          *self,
               const CptRecord *record)
{
  g_autoptr(CptIcalendarItem) item = NULL;
  const Head *head = self->is_event ? NULL : find_head (self, record);

  if (!self->is_event && is_next (record))
    append_series (self, record);
  else if (head != NULL)
    append_day (self, record, head);
  else if (!self->is_event && !is_null (record, "series") && !is_null (record, "occurs_on"))
    append_alone (self, record);
  else
    {
      item = self->is_event ? create_meeting (record, self->zone) : create_task (record, self->zone);
      take_uid (self, item, record);
      if (!self->is_event && item->is_event)
        make_event (item);
      cpt_icalendar_append (self->out, item);
    }
}

static gboolean
write_text (Export         *self,
            GOutputStream  *stream,
            GCancellable   *cancellable,
            GError        **error)
{
  gboolean done = g_output_stream_write_all (stream, self->out->str, self->out->len, NULL, cancellable, error);

  g_string_truncate (self->out, 0);

  return done;
}

/* Meetings are the only activities in it. FALSE when reading failed; what is gone
 * meanwhile is left out. */
static gboolean
take_row (Export  *self,
          gint64   row,
          GError **error)
{
  g_autoptr(GError) problem = NULL;
  g_autoptr(CptRecord) record = cpt_database_load_row (self->database, self->job->query->entity, row, &problem);

  if (g_error_matches (problem, CPT_ERROR, CPT_ERROR_NOT_FOUND))
    return TRUE;
  if (record == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (self->is_event && g_strcmp0 (cpt_record_get_text (record, "kind"), "meeting") != 0)
    {
      self->job->n_unfit++;
      return TRUE;
    }

  append_record (self, record);
  self->job->n_written++;

  return TRUE;
}

gboolean
cpt_calendar_export (CptItemExport  *self,
                     CptDatabase    *database,
                     GOutputStream  *stream,
                     GCancellable   *cancellable,
                     GError        **error)
{
  g_auto(Export) export = { .job = self, .database = database, .out = g_string_new (NULL) };
  g_autoptr(GArray) rows = NULL;

  g_return_val_if_fail (self != NULL && self->query != NULL && database != NULL && G_IS_OUTPUT_STREAM (stream), FALSE);

  self->n_written = self->n_unfit = 0;
  if (cpt_item_file_for_entity (self->query->entity) != CPT_ITEM_FILE_ICALENDAR)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED, _("Only tasks and meetings can be written as a calendar."));
      return FALSE;
    }

  export.is_event = g_str_equal (self->query->entity->name, "activity");
  export.zone = cpt_database_get_zone (database);
  export.heads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, head_free);
  export.uids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  rows = self->rows != NULL ? g_array_ref (self->rows) : cpt_query_get_rows (self->query, database, 0, 0, error);
  if (rows == NULL ||
      (!export.is_event && (!each_task (&export, rows, note_head, error) || !each_task (&export, rows, note_day, error))))
    return FALSE;

  cpt_icalendar_append_begin (export.out);
  for (guint i = 0; i < rows->len; i++)
    if (!take_row (&export, g_array_index (rows, gint64, i), error) || !write_text (&export, stream, cancellable, error))
      return FALSE;
  cpt_icalendar_append_end (export.out);

  return write_text (&export, stream, cancellable, error);
}
