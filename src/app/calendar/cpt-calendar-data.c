/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The tasks of some days, read on a reading thread: those that are due then, and
 * the days on which tasks that repeat will come again. Of a series only the next
 * task is stored; what comes after it is told by its rule. Meetings, where they
 * are asked for, are activities of that kind.
 */

#include "config.h"

#include "cpt-calendar-data-private.h"

#include <string.h>

#include "cpt-date.h"
#include "cpt-query.h"
#include "cpt-recurrence.h"
#include "cpt-task-status.h"
#include "cpt-week-layout.h"

#define MAX_TASKS 2000
#define MAX_COMING 42

static const char *const columns[] = {
  "title", "due_on", "due_at", "status", "priority", "recurrence", "series_start", "occurs_on", "series_skips",
  "duration",
};

enum
{
  COLUMN_TITLE,
  COLUMN_DUE_ON,
  COLUMN_DUE_AT,
  COLUMN_STATUS,
  COLUMN_PRIORITY,
  COLUMN_RULE,
  COLUMN_START,
  COLUMN_OCCURS,
  COLUMN_SKIPS,
  COLUMN_LENGTH,
  N_COLUMNS
};

G_STATIC_ASSERT (G_N_ELEMENTS (columns) == N_COLUMNS);

static const char *const meeting_columns[] = { "subject", "at", "duration" };

enum
{
  MEETING_SUBJECT,
  MEETING_AT,
  MEETING_LENGTH,
  N_MEETING_COLUMNS
};

G_STATIC_ASSERT (G_N_ELEMENTS (meeting_columns) == N_MEETING_COLUMNS);

static void
item_free (gpointer pointer)
{
  CptCalendarItem *item = pointer;

  g_free (item->title);
  g_free (item->when);
  g_free (item->colour);
  g_free (item);
}

void
cpt_calendar_question_free (CptCalendarQuestion *self)
{
  g_clear_pointer (&self->filter, cpt_filter_unref);
  g_free (self->search);
  cpt_schema_unref (self->schema);
  g_free (self);
}

/* Of those that are asked for the ones that meet the conditions in @json */
static CptPage *
load_tasks (CptDatabase                *database,
            const CptCalendarQuestion  *question,
            const char                 *json,
            GError                    **error)
{
  CptSchema *schema = question->schema;
  const CptEntity *tasks = cpt_schema_find_entity (schema, "task");
  g_autoptr(CptQuery) query = cpt_query_new (schema, tasks);
  g_autoptr(CptFilter) filter = cpt_filter_parse (schema, tasks, json, error);
  g_autoptr(CptFilter) both = filter != NULL ? cpt_filter_and (question->filter, filter) : NULL;
  g_autoptr(GArray) rows = NULL;
  CptPath paths[N_COLUMNS];

  if (both == NULL)
    return NULL;
  cpt_query_set_filter (query, both);
  cpt_query_set_search (query, question->search);
  for (guint i = 0; i < N_COLUMNS; i++)
    if (!cpt_path_parse (schema, tasks, columns[i], &paths[i], error))
      return NULL;

  rows = cpt_query_get_rows (query, database, 0, MAX_TASKS, error);
  if (rows == NULL)
    return NULL;

  return cpt_page_load (database, schema, tasks, paths, N_COLUMNS, (const gint64 *) (gpointer) rows->data, rows->len, error);
}

/* Out of the way in which a whole moment is written */
char *
cpt_calendar_data_dup_hour (gint64     instant,
                            GTimeZone *zone)
{
  g_autofree char *day = cpt_date_format (cpt_instant_get_date (instant, zone));
  g_autofree char *whole = cpt_instant_format (instant, zone);

  return g_strstrip (g_str_has_prefix (whole, day) ? g_strdup (whole + strlen (day)) : g_strdup (whole));
}

static gint64
get_length (const CptValue *value)
{
  return value->type == CPT_VALUE_INTEGER ? MAX (value->integer, 0) : 0;
}

void
cpt_calendar_item_set_hour (CptCalendarItem *self,
                            const gint64    *hour,
                            GTimeZone       *zone)
{
  self->hour = hour != NULL ? *hour : G_MAXINT64;
  self->minute = hour != NULL ? cpt_week_get_minute (*hour, zone) : 0;
  self->when = hour != NULL ? cpt_calendar_data_dup_hour (*hour, zone) : g_strdup ("");
}

static CptCalendarItem *
create_item (CptPage   *page,
             guint      index,
             GTimeZone *zone)
{
  CptCalendarItem *item = g_new0 (CptCalendarItem, 1);
  const CptValue *hour = cpt_page_get_value (page, index, COLUMN_DUE_AT);
  const CptValue *status = cpt_page_get_value (page, index, COLUMN_STATUS);
  const CptValue *priority = cpt_page_get_value (page, index, COLUMN_PRIORITY);

  item->id = *cpt_page_get_id (page, index);
  item->day = cpt_page_get_value (page, index, COLUMN_DUE_ON)->integer;
  item->title = cpt_page_dup_text (page, index, COLUMN_TITLE, zone);
  cpt_calendar_item_set_hour (item, hour->type == CPT_VALUE_INTEGER ? &hour->integer : NULL, zone);
  item->length = get_length (cpt_page_get_value (page, index, COLUMN_LENGTH));
  item->is_repeating = cpt_page_get_value (page, index, COLUMN_RULE)->type == CPT_VALUE_TEXT;
  item->is_over = status->type == CPT_VALUE_TEXT && cpt_task_status_is_over (status->text);
  if (priority->type == CPT_VALUE_TEXT && g_str_equal (priority->text, "urgent"))
    item->colour = g_strdup ("red");
  else if (priority->type == CPT_VALUE_TEXT && g_str_equal (priority->text, "high"))
    item->colour = g_strdup ("orange");

  return item;
}

static gboolean
add_tasks (GPtrArray                  *items,
           CptDatabase                *database,
           const CptCalendarQuestion  *question,
           GError                    **error)
{
  g_autofree char *first = cpt_date_format_iso (question->from);
  g_autofree char *last = cpt_date_format_iso (question->to);
  g_autofree char *json =
    g_strdup_printf ("{\"field\":\"due_on\",\"op\":\"between\",\"value\":[\"%s\",\"%s\"]}", first, last);
  g_autoptr(CptPage) page = load_tasks (database, question, json, error);

  for (guint i = 0; page != NULL && i < cpt_page_get_length (page); i++)
    if (cpt_page_has_row (page, i))
      g_ptr_array_add (items, create_item (page, i, cpt_database_get_zone (database)));

  return page != NULL;
}

static void
add_coming (GPtrArray *items,
            CptPage   *page,
            guint      index,
            GTimeZone *zone,
            gint64     from,
            gint64     to)
{
  const CptValue *text = cpt_page_get_value (page, index, COLUMN_RULE);
  const CptValue *start = cpt_page_get_value (page, index, COLUMN_START);
  const CptValue *occurs = cpt_page_get_value (page, index, COLUMN_OCCURS);
  const CptValue *skipped = cpt_page_get_value (page, index, COLUMN_SKIPS);
  g_autoptr(GArray) skips = cpt_recurrence_read_skips (skipped->type == CPT_VALUE_TEXT ? skipped->text : NULL);
  g_autoptr(CptRecurrence) rule = text->type == CPT_VALUE_TEXT ? cpt_recurrence_parse (text->text, NULL) : NULL;
  gint64 days[MAX_COMING];
  guint n_days;

  if (rule == NULL || start->type != CPT_VALUE_INTEGER || occurs->type != CPT_VALUE_INTEGER)
    return;

  n_days = cpt_recurrence_list (rule, start->integer, MAX (from, occurs->integer + 1), to, days, G_N_ELEMENTS (days));
  for (guint i = 0; i < n_days; i++)
    {
      CptCalendarItem *item;

      if (cpt_recurrence_skips (skips, days[i]))
        continue;
      item = create_item (page, index, zone);
      if (item->hour != G_MAXINT64)
        item->hour = cpt_recurrence_move_instant (item->hour, days[i], zone);
      item->day = days[i];
      item->is_coming = TRUE;
      g_ptr_array_add (items, item);
    }
}

static gboolean
add_series (GPtrArray                  *items,
            CptDatabase                *database,
            const CptCalendarQuestion  *question,
            GError                    **error)
{
  g_autoptr(CptPage) page =
    load_tasks (database, question,
                "{\"all\":[{\"field\":\"recurrence\",\"op\":\"is-not-empty\"},"
                "{\"field\":\"status\",\"op\":\"in\",\"value\":[\"to_do\",\"in_progress\"]}]}",
                error);

  for (guint i = 0; page != NULL && i < cpt_page_get_length (page); i++)
    if (cpt_page_has_row (page, i))
      add_coming (items, page, i, cpt_database_get_zone (database), question->from, question->to);

  return page != NULL;
}

/* Without an hour where it is a whole day: that is how one is imported */
static CptCalendarItem *
create_meeting (CptPage   *page,
                guint      index,
                GTimeZone *zone)
{
  CptCalendarItem *item = g_new0 (CptCalendarItem, 1);
  gint64 at = cpt_page_get_value (page, index, MEETING_AT)->integer;

  item->id = *cpt_page_get_id (page, index);
  item->is_meeting = TRUE;
  item->day = cpt_instant_get_date (at, zone);
  item->title = cpt_page_dup_text (page, index, MEETING_SUBJECT, zone);
  item->length = get_length (cpt_page_get_value (page, index, MEETING_LENGTH));
  cpt_calendar_item_set_hour (item, item->length == 0 && at == cpt_instant_from_date (item->day, zone) ? NULL : &at, zone);

  return item;
}

static CptPage *
load_meetings (CptDatabase                *database,
               const CptCalendarQuestion  *question,
               GError                    **error)
{
  const CptEntity *activities = cpt_schema_find_entity (question->schema, "activity");
  g_autoptr(CptQuery) query = cpt_query_new (question->schema, activities);
  g_autofree char *first = cpt_date_format_iso (question->from);
  g_autofree char *last = cpt_date_format_iso (question->to);
  g_autofree char *json = g_strdup_printf ("{\"all\":[{\"field\":\"kind\",\"op\":\"is\",\"value\":\"meeting\"},"
                                           "{\"field\":\"at\",\"op\":\"between\",\"value\":[\"%s\",\"%s\"]}]}",
                                           first, last);
  g_autoptr(CptFilter) filter = cpt_filter_parse (question->schema, activities, json, error);
  g_autoptr(GArray) rows = NULL;
  CptPath paths[N_MEETING_COLUMNS];

  if (filter == NULL)
    return NULL;
  cpt_query_set_filter (query, filter);
  cpt_query_set_search (query, question->search);
  for (guint i = 0; i < N_MEETING_COLUMNS; i++)
    if (!cpt_path_parse (question->schema, activities, meeting_columns[i], &paths[i], error))
      return NULL;

  rows = cpt_query_get_rows (query, database, 0, MAX_TASKS, error);

  return rows != NULL ? cpt_page_load (database, question->schema, activities, paths, N_MEETING_COLUMNS,
                                       (const gint64 *) (gpointer) rows->data, rows->len, error)
                      : NULL;
}

static gboolean
add_meetings (GPtrArray                  *items,
              CptDatabase                *database,
              const CptCalendarQuestion  *question,
              GError                    **error)
{
  g_autoptr(CptPage) page = NULL;

  if (!question->with_meetings || question->filter != NULL)
    return TRUE;

  page = load_meetings (database, question, error);
  for (guint i = 0; page != NULL && i < cpt_page_get_length (page); i++)
    if (cpt_page_has_row (page, i) && cpt_page_get_value (page, i, MEETING_AT)->type == CPT_VALUE_INTEGER)
      g_ptr_array_add (items, create_meeting (page, i, cpt_database_get_zone (database)));

  return page != NULL;
}

static int
compare_items (gconstpointer a,
               gconstpointer b)
{
  const CptCalendarItem *one = *(const CptCalendarItem *const *) a;
  const CptCalendarItem *other = *(const CptCalendarItem *const *) b;

  if (one->day != other->day)
    return one->day < other->day ? -1 : 1;
  if (one->is_over != other->is_over)
    return one->is_over ? 1 : -1;
  if (one->hour != other->hour)
    return one->hour < other->hour ? -1 : 1;

  return cpt_uuid_compare (&one->id, &other->id);
}

GPtrArray *
cpt_calendar_data_read (CptDatabase                *database,
                        const CptCalendarQuestion  *question,
                        GError                    **error)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (item_free);

  gboolean done;

  if (question->source.day != NULL)
    done = cpt_calendar_data_add_records (items, database, question, error);
  else
    done = add_tasks (items, database, question, error) && add_series (items, database, question, error) &&
           add_meetings (items, database, question, error);
  if (!done)
    return NULL;

  g_ptr_array_sort (items, compare_items);

  return g_steal_pointer (&items);
}
