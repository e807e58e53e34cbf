/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Of which tasks somebody is to be told, and until when that was done.
 *
 * A setting of the file, one for each user, says
 *
 *   {"told":"2026-11-21T09:00:00Z","again":{"IDENTIFIER":"2026-11-21T10:00:00Z"}}
 *
 * It is a mark of this machine: it is not in the log, and undo leaves it alone. */

#include "config.h"

#include "cpt-reminders.h"

#include "cpt-date.h"
#include "cpt-json.h"
#include "cpt-query.h"

#define MORNING (9 * G_TIME_SPAN_HOUR)
#define MAX_TASKS 1000
/* Who was never told anything is not told of last year. */
#define FIRST_TIME G_TIME_SPAN_DAY

static const char *const columns[] = { "title", "due_on", "due_at", "reminders" };

enum
{
  COLUMN_TITLE,
  COLUMN_DUE_ON,
  COLUMN_DUE_AT,
  COLUMN_REMINDERS,
  N_COLUMNS
};

G_STATIC_ASSERT (G_N_ELEMENTS (columns) == N_COLUMNS);

/* What the setting says */
typedef struct
{
  char *key;
  char *text; /* (nullable): as it was read */
  gint64 told;
  JsonObject *again;
} Mark;

void
cpt_reminder_free (CptReminder *self)
{
  if (self == NULL)
    return;

  g_free (self->title);
  g_free (self);
}

static void
mark_clear (Mark *self)
{
  g_free (self->key);
  g_free (self->text);
  g_clear_pointer (&self->again, json_object_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Mark, mark_clear)

static void
read_mark (CptDatabase *database,
           Mark        *mark)
{
  const CptUuid *author = cpt_database_get_author (database);
  g_autofree char *id = author != NULL ? cpt_uuid_dup_text (author) : g_strdup ("");
  g_autoptr(JsonNode) node = NULL;
  JsonObject *object;
  const char *told = NULL;

  mark->key = g_strconcat ("reminders:", id, NULL);
  mark->text = cpt_database_dup_setting (database, mark->key);
  mark->told = cpt_database_get_now (database) - FIRST_TIME;
  node = mark->text != NULL ? cpt_json_parse (mark->text, -1, NULL) : NULL;
  object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  if (object != NULL && cpt_json_read_string (object, "told", &told, NULL) && told != NULL)
    cpt_instant_parse_iso (told, cpt_database_get_zone (database), &mark->told);
  if (object != NULL && json_object_has_member (object, "again") &&
      JSON_NODE_HOLDS_OBJECT (json_object_get_member (object, "again")))
    mark->again = json_object_ref (json_object_get_object_member (object, "again"));
  else
    mark->again = json_object_new ();
}

/* FALSE without @error when somebody else was quicker */
static gboolean
write_mark (CptDatabase  *database,
            Mark         *mark,
            GError      **error)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *told = cpt_instant_format_iso (mark->told);
  g_autofree char *text = NULL;
  gboolean is_written = FALSE;

  json_object_set_string_member (object, "told", told);
  json_object_set_object_member (object, "again", json_object_ref (mark->again));
  text = cpt_json_format (node);

  return cpt_database_exchange_mark (database, mark->key, mark->text, text, &is_written, error) && is_written;
}

gint64
cpt_reminders_get_morning (CptDatabase *database,
                           gint64       day)
{
  g_autoptr(GDateTime) morning = NULL;
  int year, month, number;

  cpt_date_to_ymd (day, &year, &month, &number);
  morning = g_date_time_new (cpt_database_get_zone (database), year, month, number, (int) (MORNING / G_TIME_SPAN_HOUR), 0, 0);

  return morning != NULL ? g_date_time_to_unix (morning) * G_USEC_PER_SEC
                         : cpt_instant_from_date (day, cpt_database_get_zone (database)) + MORNING;
}

/* Takes the later one */
static void
consider (CptReminder       *reminder,
          const Mark        *mark,
          gint64             now,
          gint64             at,
          CptReminderReason  reason)
{
  if (at <= mark->told || at > now || at < reminder->at)
    return;

  reminder->at = at;
  reminder->reason = reason;
}

static gboolean
says (const CptValue *reminders,
      const char     *name)
{
  return reminders->type == CPT_VALUE_TEXTS && g_strv_contains ((const char *const *) reminders->texts, name);
}

static void
consider_days (CptReminder *reminder,
               const Mark  *mark,
               CptDatabase *database,
               CptPage     *page,
               guint        row)
{
  const CptValue *due = cpt_page_get_value (page, row, COLUMN_DUE_ON);
  const CptValue *hour = cpt_page_get_value (page, row, COLUMN_DUE_AT);
  const CptValue *reminders = cpt_page_get_value (page, row, COLUMN_REMINDERS);
  gint64 now = cpt_database_get_now (database);
  gint64 day;

  if (due->type != CPT_VALUE_INTEGER)
    return;

  day = due->integer;
  if (says (reminders, "day_before"))
    consider (reminder, mark, now, cpt_reminders_get_morning (database, day - 1), CPT_REMINDER_DAY_BEFORE);
  if (says (reminders, "day"))
    consider (reminder, mark, now,
              hour->type == CPT_VALUE_INTEGER ? MIN (hour->integer, cpt_reminders_get_morning (database, day))
                                              : cpt_reminders_get_morning (database, day),
              CPT_REMINDER_DAY);
  if (hour->type == CPT_VALUE_INTEGER)
    consider (reminder, mark, now, hour->integer, CPT_REMINDER_HOUR);
  if (says (reminders, "day_after"))
    consider (reminder, mark, now, cpt_reminders_get_morning (database, day + 1), CPT_REMINDER_DAY_AFTER);
}

/* What was put off until now; it is told once. */
static void
consider_again (CptReminder *reminder,
                const Mark  *mark,
                GTimeZone   *zone,
                gint64       now)
{
  g_autofree char *id = cpt_uuid_dup_text (&reminder->id);
  const char *text = NULL;
  gint64 at;

  if (!json_object_has_member (mark->again, id) || !cpt_json_read_string (mark->again, id, &text, NULL) || text == NULL ||
      !cpt_instant_parse_iso (text, zone, &at) || at > now)
    return;

  reminder->at = at;
  reminder->reason = CPT_REMINDER_AGAIN;
  json_object_remove_member (mark->again, id);
}

/* Of what was put off until now and is in no page of what is to be told there is
 * nothing to tell: it was done, deleted or moved. FALSE when there is none. */
static gboolean
drop_stale (Mark      *mark,
            GTimeZone *zone,
            gint64     now)
{
  g_autoptr(GList) members = json_object_get_members (mark->again);
  gboolean is_changed = FALSE;

  for (GList *member = members; member != NULL; member = member->next)
    {
      g_autofree char *id = g_strdup (member->data);
      const char *text = NULL;
      gint64 at = G_MININT64;

      if (cpt_json_read_string (mark->again, id, &text, NULL) && text != NULL &&
          cpt_instant_parse_iso (text, zone, &at) && at > now)
        continue;
      json_object_remove_member (mark->again, id);
      is_changed = TRUE;
    }

  return is_changed;
}

static CptPage *
load_tasks (CptDatabase  *database,
            GError      **error)
{
  CptSchema *schema = cpt_database_get_schema (database);
  const CptEntity *tasks = cpt_schema_find_entity (schema, "task");
  g_autoptr(CptQuery) query = cpt_query_new (schema, tasks);
  g_autoptr(CptFilter) filter =
    cpt_filter_parse (schema, tasks,
                      "{\"all\":[{\"field\":\"status\",\"op\":\"in\",\"value\":[\"to_do\",\"in_progress\"]},"
                      "{\"field\":\"due_on\",\"op\":\"less-or-equal\",\"value\":{\"today\":1}},"
                      "{\"any\":[{\"field\":\"assignee\",\"op\":\"is\",\"value\":{\"me\":true}},"
                      "{\"field\":\"assignee\",\"op\":\"is-empty\"}]},"
                      "{\"any\":[{\"field\":\"reminders\",\"op\":\"is-not-empty\"},"
                      "{\"field\":\"due_at\",\"op\":\"is-not-empty\"}]}]}",
                      error);
  g_autoptr(GArray) rows = NULL;
  CptPath paths[N_COLUMNS];

  if (filter == NULL || !cpt_query_set_sort (query, "-due_on", error))
    return NULL;
  cpt_query_set_filter (query, filter);
  for (guint i = 0; i < N_COLUMNS; i++)
    if (!cpt_path_parse (schema, tasks, columns[i], &paths[i], error))
      return NULL;

  rows = cpt_query_get_rows (query, database, 0, MAX_TASKS, error);
  if (rows == NULL)
    return NULL;

  return cpt_page_load (database, schema, tasks, paths, N_COLUMNS, (const gint64 *) (gpointer) rows->data, rows->len, error);
}

static int
compare_reminders (gconstpointer a,
                   gconstpointer b)
{
  const CptReminder *one = *(const CptReminder *const *) a;
  const CptReminder *other = *(const CptReminder *const *) b;

  if (one->at != other->at)
    return one->at < other->at ? -1 : 1;

  return cpt_uuid_compare (&one->id, &other->id);
}

GPtrArray *
cpt_reminders_claim (CptDatabase  *database,
                     GError      **error)
{
  g_autoptr(GPtrArray) reminders = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_reminder_free);
  g_autoptr(CptPage) page = load_tasks (database, error);
  gint64 now = cpt_database_get_now (database);
  g_auto(Mark) mark = { 0 };
  gboolean is_changed = FALSE;
  GError *own_error = NULL;

  if (page == NULL)
    return NULL;

  read_mark (database, &mark);
  for (guint i = 0; i < cpt_page_get_length (page); i++)
    {
      g_autoptr(CptReminder) reminder = g_new0 (CptReminder, 1);

      if (!cpt_page_has_row (page, i))
        continue;
      reminder->id = *cpt_page_get_id (page, i);
      reminder->at = G_MININT64;
      consider_days (reminder, &mark, database, page, i);
      consider_again (reminder, &mark, cpt_database_get_zone (database), now);
      if (reminder->at == G_MININT64)
        continue;
      reminder->title = cpt_page_dup_text (page, i, COLUMN_TITLE, cpt_database_get_zone (database));
      g_ptr_array_add (reminders, g_steal_pointer (&reminder));
    }
  g_ptr_array_sort (reminders, compare_reminders);
  if (cpt_page_get_length (page) < MAX_TASKS)
    is_changed = drop_stale (&mark, cpt_database_get_zone (database), now);

  /* Nothing to tell is no reason to write, but the first time and when the clock was
   * put back. */
  if (reminders->len == 0 && !is_changed && mark.text != NULL && mark.told <= now)
    return g_steal_pointer (&reminders);

  mark.told = now;
  if (!write_mark (database, &mark, &own_error))
    g_ptr_array_set_size (reminders, 0);
  if (own_error != NULL)
    {
      g_propagate_error (error, own_error);
      return NULL;
    }

  return g_steal_pointer (&reminders);
}

gboolean
cpt_reminders_snooze (CptDatabase    *database,
                      const CptUuid  *task,
                      gint64          until,
                      GError        **error)
{
  g_autofree char *id = NULL;
  g_autofree char *text = NULL;
  GError *own_error = NULL;
  gboolean done = FALSE;

  g_return_val_if_fail (task != NULL, FALSE);

  id = cpt_uuid_dup_text (task);
  text = cpt_instant_format_iso (until);
  /* Whoever was quicker has written something else: it is read again. */
  while (!done && own_error == NULL)
    {
      g_auto(Mark) mark = { 0 };

      read_mark (database, &mark);
      json_object_set_string_member (mark.again, id, text);
      done = write_mark (database, &mark, &own_error);
    }
  if (own_error != NULL)
    g_propagate_error (error, own_error);

  return done;
}
