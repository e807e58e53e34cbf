/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the calendar shows of tasks with hours and of meetings. */

#include "config.h"

#include <glib/gstdio.h>

#include "cpt-calendar-data-private.h"
#include "cpt-date.h"
#include "cpt-transaction.h"
#include "cpt-week-layout.h"
#include "cpt-workspace.h"

typedef struct
{
  char *folder;
  char *path;
  CptDatabase *database;
  gint64 monday; /* of the week at whose end the clock goes forward in Paris */
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;
  CptWorkspaceOptions options = { .zone = "Europe/Paris" };

  self->folder = g_dir_make_tmp ("cpt-calendar-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "calendar.comptoir", NULL);
  g_assert_true (cpt_workspace_create (self->path, &options, &error));
  self->database = cpt_workspace_open_database (self->path, CPT_OPEN_WRITE, &options, &error);
  g_assert_no_error (error);
  self->monday = cpt_date_from_ymd (2027, 3, 22);
}

static void
tear_down (Fixture       *self,
           gconstpointer  unused)
{
  const char *const ends[] = { "", "-wal", "-shm" };

  cpt_database_close (self->database);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *path = g_strconcat (self->path, ends[i], NULL);

      g_unlink (path);
    }
  g_rmdir (self->folder);
  g_free (self->path);
  g_free (self->folder);
}

/* Pairs of a field and its text, until NULL */
static void
create (Fixture           *self,
        const char        *kind,
        const char *const *values)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  const CptEntity *entity = cpt_schema_find_entity (schema, kind);
  g_autoptr(CptRecord) record = cpt_record_new (schema, entity);
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(GError) error = NULL;
  CptCommit commit;

  cpt_record_apply_initial (record, cpt_database_get_now (self->database), NULL, cpt_database_get_zone (self->database));
  for (guint i = 0; values[i] != NULL; i += 2)
    {
      const CptField *field = cpt_entity_find_field (entity, values[i]);
      CptValue value = CPT_VALUE_INIT;

      g_assert_true (cpt_field_parse (field, values[i + 1], NULL, &value, &error));
      g_assert_no_error (error);
      cpt_record_take (record, field, value);
    }
  cpt_transaction_create (transaction, record);
  cpt_database_commit (self->database, transaction, &commit, NULL, &error);
  g_assert_no_error (error);
}

/* "day title hour+minutes" of two weeks, one a line, days from the Monday */
static char *
read_items (Fixture    *self,
            const char *conditions,
            gboolean    with_meetings)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  g_autoptr(GError) error = NULL;
  g_autoptr(CptFilter) filter =
    conditions != NULL ? cpt_filter_parse (schema, cpt_schema_find_entity (schema, "task"), conditions, &error) : NULL;
  CptCalendarQuestion question = {
    .schema = schema,
    .filter = filter,
    .from = self->monday,
    .to = self->monday + 13,
    .with_meetings = with_meetings,
  };
  g_autoptr(GPtrArray) items = cpt_calendar_data_read (self->database, &question, &error);
  g_autoptr(GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < items->len; i++)
    {
      const CptCalendarItem *item = g_ptr_array_index (items, i);
      int minute = item->hour != G_MAXINT64 ? item->minute : -1;

      g_string_append_printf (text, "%d %s%s %d+%d\n", (int) (item->day - self->monday), item->is_meeting ? "*" : "",
                              item->title, minute, (int) item->length / 60);
      if (item->hour != G_MAXINT64)
        g_assert_cmpint (cpt_week_get_minute (item->hour, cpt_database_get_zone (self->database)), ==, item->minute);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_hours (Fixture       *self,
            gconstpointer  unused)
{
  static const char *const timed[] = { "title", "Visit", "due_at", "2027-03-22T08:30:00Z", "duration", "1:15", NULL };
  static const char *const untimed[] = { "title", "Read", "due_on", "2027-03-23", NULL };
  g_autofree char *text = NULL;

  create (self, "task", timed);
  create (self, "task", untimed);
  text = read_items (self, NULL, FALSE);
  g_assert_cmpstr (text, ==, "0 Visit 570+75\n1 Read -1+0\n");
}

static void
test_coming (Fixture       *self,
             gconstpointer  unused)
{
  static const char *const values[] = {
    "title", "Report", "due_at", "2027-03-26T08:30:00Z", "duration", "30 min", "recurrence", "FREQ=WEEKLY", NULL,
  };
  g_autofree char *text = NULL;

  create (self, "task", values);
  text = read_items (self, NULL, FALSE);
  g_assert_cmpstr (text, ==, "4 Report 570+30\n11 Report 570+30\n");
}

static void
test_meetings (Fixture       *self,
               gconstpointer  unused)
{
  static const char *const meeting[] = {
    "kind", "meeting", "subject", "Review", "at", "2027-03-22T13:00:00Z", "duration", "0:45", NULL,
  };
  static const char *const fair[] = { "kind", "meeting", "subject", "Fair", "at", "2027-03-23T23:00:00Z", NULL };
  static const char *const call[] = { "kind", "call", "subject", "Call", "at", "2027-03-22T13:00:00Z", NULL };
  static const char *const later[] = { "kind", "meeting", "subject", "Later", "at", "2027-04-05T13:00:00Z", NULL };
  static const char *const task[] = { "title", "Read", "due_on", "2027-03-23", NULL };
  g_autofree char *all = NULL;
  g_autofree char *narrowed = NULL;
  g_autofree char *tasks = NULL;

  create (self, "activity", meeting);
  create (self, "activity", fair);
  create (self, "activity", call);
  create (self, "activity", later);
  create (self, "task", task);
  all = read_items (self, NULL, TRUE);
  g_assert_cmpstr (all, ==, "0 *Review 840+45\n1 Read -1+0\n2 *Fair -1+0\n");
  narrowed = read_items (self, "{\"field\":\"title\",\"op\":\"is\",\"value\":\"Read\"}", TRUE);
  g_assert_cmpstr (narrowed, ==, "1 Read -1+0\n");
  tasks = read_items (self, NULL, FALSE);
  g_assert_cmpstr (tasks, ==, narrowed);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/calendar/knows-hours-and-lengths", Fixture, NULL, set_up, test_hours, tear_down);
  g_test_add ("/calendar/what-comes-again-stays-at-its-hour", Fixture, NULL, set_up, test_coming, tear_down);
  g_test_add ("/calendar/shows-meetings-where-no-condition-is-about-tasks", Fixture, NULL, set_up, test_meetings, tear_down);

  return g_test_run ();
}
