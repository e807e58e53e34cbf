/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Of what somebody is told, and that she is told once: a day in several windows. */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-reminders.h"
#include "cpt-transaction.h"
#include "cpt-workspace.h"

#define NOON_OF_2026_11_20 (G_GINT64_CONSTANT (1795172400) * 1000000)

typedef struct
{
  char *folder;
  char *path;
  CptClock *clock;
  CptWorkspaceOptions options;
  CptDatabase *database;
  CptDatabase *other; /* of the same file */
} Fixture;

static void
fixture_set_up (Fixture       *self,
                gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  self->folder = g_dir_make_tmp ("comptoir-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "test.comptoir", NULL);
  self->clock = cpt_clock_new_virtual (NOON_OF_2026_11_20);
  self->options = (CptWorkspaceOptions){ .zone = "Europe/Paris", .clock = self->clock };
  g_assert_true (cpt_workspace_create (self->path, &self->options, &error));
  self->database = cpt_workspace_open_database (self->path, CPT_OPEN_WRITE, &self->options, &error);
  g_assert_no_error (error);
  self->other = cpt_workspace_open_database (self->path, CPT_OPEN_WRITE, &self->options, &error);
  g_assert_no_error (error);
}

static void
fixture_tear_down (Fixture       *self,
                   gconstpointer  unused)
{
  g_autoptr(GDir) dir = NULL;
  const char *name;

  cpt_database_close (self->other);
  cpt_database_close (self->database);
  g_assert_finalize_object (self->clock);
  dir = g_dir_open (self->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->folder);
  g_free (self->path);
  g_free (self->folder);
}

static const CptField *
get_field (Fixture    *self,
           const char *name)
{
  return cpt_entity_find_field (cpt_schema_find_entity (cpt_database_get_schema (self->database), "task"), name);
}

static void
take (Fixture    *self,
      CptRecord  *record,
      const char *name,
      const char *text)
{
  CptValue value = CPT_VALUE_INIT;

  g_assert_true (cpt_field_parse (get_field (self, name), text, NULL, &value, NULL));
  cpt_record_take (record, get_field (self, name), value);
}

/* One that is to be told of on the day itself */
static CptUuid
create_task (Fixture *self)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  g_autoptr(CptRecord) record = cpt_record_new (schema, cpt_schema_find_entity (schema, "task"));
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(GError) error = NULL;

  take (self, record, "title", "Call Ada");
  take (self, record, "status", "to_do");
  take (self, record, "due_on", "2026-11-20");
  take (self, record, "reminders", "day");
  cpt_transaction_create (transaction, record);
  cpt_database_commit (self->database, transaction, NULL, NULL, &error);
  g_assert_no_error (error);

  return record->id;
}

static void
set_done (Fixture       *self,
          const CptUuid *id)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_autoptr(GError) error = NULL;

  cpt_value_set_text (&value, "done");
  cpt_transaction_set (transaction, cpt_schema_find_entity (cpt_database_get_schema (self->database), "task"), id,
                       get_field (self, "status"), &value);
  cpt_database_commit (self->database, transaction, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* How many are told now, all of them for @reason */
static guint
claim (CptDatabase       *database,
       CptReminderReason  reason)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) reminders = cpt_reminders_claim (database, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < reminders->len; i++)
    g_assert_cmpint (((const CptReminder *) g_ptr_array_index (reminders, i))->reason, ==, reason);

  return reminders->len;
}

static void
test_told_once (Fixture       *self,
                gconstpointer  unused)
{
  create_task (self);
  g_assert_cmpuint (claim (self->database, CPT_REMINDER_DAY), ==, 1);
  g_assert_cmpuint (claim (self->other, CPT_REMINDER_DAY), ==, 0);
  g_assert_cmpuint (claim (self->database, CPT_REMINDER_DAY), ==, 0);
}

typedef struct
{
  Fixture *fixture;
  guint n_told;
} Window;

static gpointer
claim_in_thread (gpointer data)
{
  Window *window = data;
  CptDatabase *database =
    cpt_workspace_open_database (window->fixture->path, CPT_OPEN_WRITE, &window->fixture->options, NULL);

  g_assert_nonnull (database);
  window->n_told = claim (database, CPT_REMINDER_DAY);
  cpt_database_close (database);

  return NULL;
}

static void
test_race (Fixture       *self,
           gconstpointer  unused)
{
  GThread *threads[4];
  Window windows[G_N_ELEMENTS (threads)];
  guint n_told = 0;

  create_task (self);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      windows[i] = (Window){ .fixture = self };
      threads[i] = g_thread_new (NULL, claim_in_thread, &windows[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_thread_join (threads[i]);
      n_told += windows[i].n_told;
    }
  g_assert_cmpuint (n_told, ==, 1);
}

static void
test_snooze (Fixture       *self,
             gconstpointer  unused)
{
  CptUuid task = create_task (self);
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (claim (self->database, CPT_REMINDER_DAY), ==, 1);
  g_assert_true (cpt_reminders_snooze (self->database, &task, NOON_OF_2026_11_20 + G_TIME_SPAN_HOUR, &error));
  g_assert_cmpuint (claim (self->other, CPT_REMINDER_AGAIN), ==, 0);
  cpt_clock_set_now (self->clock, NOON_OF_2026_11_20 + G_TIME_SPAN_HOUR);
  g_assert_cmpuint (claim (self->other, CPT_REMINDER_AGAIN), ==, 1);
  g_assert_cmpuint (claim (self->database, CPT_REMINDER_AGAIN), ==, 0);
}

/* What was put off and then done is not carried along for ever. */
static void
test_stale (Fixture       *self,
            gconstpointer  unused)
{
  CptUuid task = create_task (self);
  g_autofree char *id = cpt_uuid_dup_text (&task);
  g_autofree char *author = cpt_uuid_dup_text (cpt_database_get_author (self->database));
  g_autofree char *key = g_strconcat ("reminders:", author, NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (claim (self->database, CPT_REMINDER_DAY), ==, 1);
  g_assert_true (cpt_reminders_snooze (self->database, &task, NOON_OF_2026_11_20 + G_TIME_SPAN_HOUR, &error));
  before = cpt_database_dup_setting (self->database, key);
  g_assert_nonnull (strstr (before, id));
  set_done (self, &task);
  cpt_clock_set_now (self->clock, NOON_OF_2026_11_20 + 2 * G_TIME_SPAN_HOUR);
  g_assert_cmpuint (claim (self->database, CPT_REMINDER_AGAIN), ==, 0);
  after = cpt_database_dup_setting (self->database, key);
  g_assert_null (strstr (after, id));
}

static void
test_mark (Fixture       *self,
           gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  gboolean is_written;

  g_assert_true (cpt_database_exchange_mark (self->database, "mark", NULL, "one", &is_written, &error));
  g_assert_true (is_written);
  /* Who read before that is told so, and nothing is lost. */
  g_assert_true (cpt_database_exchange_mark (self->other, "mark", NULL, "other", &is_written, &error));
  g_assert_false (is_written);
  g_assert_true (cpt_database_exchange_mark (self->other, "mark", "one", "two", &is_written, &error));
  g_assert_true (is_written);
  text = cpt_database_dup_setting (self->database, "mark");
  g_assert_cmpstr (text, ==, "two");
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/reminders/tell-once", test_told_once);
  ADD ("/reminders/tell-once-whoever-asks-at-once", test_race);
  ADD ("/reminders/tell-again-what-was-put-off", test_snooze);
  ADD ("/reminders/forget-what-was-put-off-and-done", test_stale);
  ADD ("/reminders/marks-are-exchanged-whole", test_mark);

  return g_test_run ();
}
