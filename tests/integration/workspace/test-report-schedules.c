/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reports that are written when they are due: weeks pass in a moment, folders are
 * taken away, programs are killed, and two of them are there at once. */

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cpt-error.h"
#include "cpt-report-schedules.h"
#include "cpt-transaction.h"
#include "cpt-workspace.h"

/* A Friday; in Paris */
#define NOON_OF_2026_11_20 (G_GINT64_CONSTANT (1795172400) * 1000000)
/* The Monday after it at 9 */
#define MONDAY (NOON_OF_2026_11_20 + 2 * G_TIME_SPAN_DAY + 21 * G_TIME_SPAN_HOUR)
#define WEEK (7 * G_TIME_SPAN_DAY)

typedef struct
{
  char *folder;
  char *path;
  char *reports;
  CptClock *clock;
  CptWorkspaceOptions options;
  CptDatabase *database;
  CptUuid report;
  CptUuid schedule;
} Fixture;

static CptUuid
create (Fixture    *self,
        const char *kind,
        ...)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  g_autoptr(CptRecord) record = cpt_record_new (schema, cpt_schema_find_entity (schema, kind));
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(GError) error = NULL;
  const char *name;
  va_list list;

  cpt_record_apply_initial (record, cpt_database_get_now (self->database), NULL, cpt_database_get_zone (self->database));
  va_start (list, kind);
  while ((name = va_arg (list, const char *)) != NULL)
    {
      const CptField *field = cpt_entity_find_field (cpt_record_get_entity (record), name);
      CptValue value = CPT_VALUE_INIT;

      g_assert_true (cpt_field_parse (field, va_arg (list, const char *), NULL, &value, &error));
      cpt_record_take (record, field, value);
    }
  va_end (list);
  cpt_transaction_create (transaction, record);
  cpt_database_commit (self->database, transaction, NULL, NULL, &error);
  g_assert_no_error (error);

  return record->id;
}

static const char definition[] =
  "{\"version\":1,\"title\":\"Firms\",\"parameter\":\"organisation\",\"blocks\":["
  "{\"kind\":\"table\",\"entity\":\"organisation\",\"columns\":[\"name\"]}]}";

static void
fixture_set_up (Fixture       *self,
                gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *report = NULL;

  self->folder = g_dir_make_tmp ("comptoir-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "test.comptoir", NULL);
  self->reports = g_build_filename (self->folder, "reports", NULL);
  g_mkdir (self->reports, 0700);
  self->clock = cpt_clock_new_virtual (NOON_OF_2026_11_20);
  self->options = (CptWorkspaceOptions){ .zone = "Europe/Paris", .clock = self->clock };
  g_assert_true (cpt_workspace_create (self->path, &self->options, &error));
  self->database = cpt_workspace_open_database (self->path, CPT_OPEN_WRITE, &self->options, &error);
  g_assert_no_error (error);
  create (self, "organisation", "name", "Alpha", NULL);
  create (self, "organisation", "name", "Beta", NULL);
  self->report = create (self, "report", "name", "Firms", "definition", definition, NULL);
  report = cpt_uuid_dup_text (&self->report);
  self->schedule = create (self, "report_schedule", "name", "Weekly", "report", report, "folder", self->reports, "recurrence",
                           "FREQ=WEEKLY;BYDAY=MO", "at_time", "9:00", "is_each", "true", NULL);
}

static void
remove_folder (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      if (g_file_test (file, G_FILE_TEST_IS_DIR))
        remove_folder (file);
      else
        g_unlink (file);
    }
  g_rmdir (path);
}

static void
fixture_tear_down (Fixture       *self,
                   gconstpointer  unused)
{
  cpt_database_close (self->database);
  g_assert_finalize_object (self->clock);
  remove_folder (self->folder);
  g_free (self->reports);
  g_free (self->path);
  g_free (self->folder);
}

/* ---------------------------------------------------------------------- what is there */

static guint
count_files (Fixture    *self,
             const char *day)
{
  g_autoptr(GDir) dir = g_dir_open (self->reports, 0, NULL);
  g_autofree char *end = g_strdup_printf (" – %s.pdf", day);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += *day == '\0' || g_str_has_suffix (name, end);

  return n;
}

static CptRecord *
load (Fixture *self)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  g_autoptr(GError) error = NULL;
  CptRecord *record =
    cpt_database_load (self->database, cpt_schema_find_entity (schema, CPT_REPORT_SCHEDULE_ENTITY), &self->schedule, &error);

  g_assert_no_error (error);

  return record;
}

static void
assert_stored (Fixture    *self,
               const char *state,
               gint64      next,
               const char *words)
{
  g_autoptr(CptRecord) record = load (self);

  g_assert_cmpstr (cpt_record_get_text (record, "state"), ==, state);
  g_assert_cmpint (cpt_record_get_integer (record, "next_at"), ==, next);
  g_assert_nonnull (strstr (cpt_record_get_text (record, "last_result"), words));
}

static GPtrArray *
run (Fixture *self)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *runs = cpt_report_schedules_run (self->database, NULL, NULL, NULL, NULL, &error);

  g_assert_no_error (error);

  return runs;
}

/* How many were done at @at */
static guint
count_runs (Fixture *self,
            gint64   at)
{
  g_autoptr(GPtrArray) runs = NULL;
  gboolean are_due;

  cpt_clock_set_now (self->clock, at);
  are_due = cpt_report_schedules_are_due (self->database);
  runs = run (self);
  g_assert_true (are_due == (runs->len > 0));

  return runs->len;
}

/* ------------------------------------------------------------------------- the tests */

static void
test_comes_again (Fixture       *self,
                  gconstpointer  unused)
{
  g_autoptr(CptRecord) record = load (self);

  g_assert_cmpstr (cpt_record_get_text (record, "at_time"), ==, "09:00");
  g_assert_cmpint (cpt_record_get_integer (record, "next_at"), ==, MONDAY);
  g_assert_cmpuint (count_runs (self, MONDAY - 1), ==, 0);
  g_assert_cmpuint (count_runs (self, MONDAY), ==, 1);
  g_assert_cmpuint (count_files (self, "2026-11-23"), ==, 2);
  assert_stored (self, "done", MONDAY + WEEK, "2 reports were written.");
  g_assert_cmpuint (count_runs (self, MONDAY + G_TIME_SPAN_HOUR), ==, 0);
  g_assert_cmpuint (count_runs (self, MONDAY + WEEK + G_TIME_SPAN_HOUR), ==, 1);
  g_assert_cmpuint (count_files (self, "2026-11-30"), ==, 2);
  g_assert_cmpuint (count_files (self, ""), ==, 4);
}

/* The hour is that of the clock on the wall, in summer and in winter. */
static void
test_keeps_its_hour (Fixture       *self,
                     gconstpointer  unused)
{
  gint64 summer = MONDAY + 18 * WEEK; /* 2027-03-29, the day after the clocks went forward */

  g_assert_cmpuint (count_runs (self, summer - WEEK), ==, 1);
  assert_stored (self, "done", summer - G_TIME_SPAN_HOUR, "17 earlier times were missed.");
}

static void
test_absence (Fixture       *self,
              gconstpointer  unused)
{
  g_assert_cmpuint (count_runs (self, MONDAY + 3 * WEEK + G_TIME_SPAN_DAY), ==, 1);
  g_assert_cmpuint (count_files (self, "2026-12-14"), ==, 2);
  g_assert_cmpuint (count_files (self, ""), ==, 2);
  assert_stored (self, "done", MONDAY + 4 * WEEK, "3 earlier times were missed.");
}

static void
test_clock_back (Fixture       *self,
                 gconstpointer  unused)
{
  g_assert_cmpuint (count_runs (self, MONDAY + G_TIME_SPAN_HOUR), ==, 1);
  g_assert_cmpuint (count_runs (self, MONDAY - G_TIME_SPAN_DAY), ==, 0);
  g_assert_cmpuint (count_runs (self, MONDAY), ==, 0);
  g_assert_cmpuint (count_runs (self, MONDAY + WEEK), ==, 1);
}

static void
test_tries_again (Fixture       *self,
                  gconstpointer  unused)
{
  static const gint64 minutes[] = { 0, 1, 6, 36, 156, 516 };

  remove_folder (self->reports);
  for (guint i = 0; i < G_N_ELEMENTS (minutes); i++)
    {
      gint64 at = MONDAY + minutes[i] * G_TIME_SPAN_MINUTE;
      gboolean is_last = i + 1 == CPT_REPORT_SCHEDULES_MAX_ATTEMPTS;

      g_assert_cmpuint (count_runs (self, at), ==, 1);
      g_assert_cmpuint (count_runs (self, at + G_TIME_SPAN_MINUTE - 1), ==, 0);
      assert_stored (self, is_last ? "failed" : "waiting", is_last ? MONDAY + WEEK : MONDAY, "There is no folder");
    }
  g_assert_cmpuint (count_runs (self, MONDAY + G_TIME_SPAN_DAY), ==, 0);

  /* The next time is a new one. */
  g_mkdir (self->reports, 0700);
  g_assert_cmpuint (count_runs (self, MONDAY + WEEK), ==, 1);
  assert_stored (self, "done", MONDAY + 2 * WEEK, "2 reports were written.");
}

static void
test_recovers (Fixture       *self,
               gconstpointer  unused)
{
  remove_folder (self->reports);
  g_assert_cmpuint (count_runs (self, MONDAY), ==, 1);
  g_mkdir (self->reports, 0700);
  g_assert_cmpuint (count_runs (self, MONDAY + G_TIME_SPAN_MINUTE), ==, 1);
  g_assert_cmpuint (count_files (self, "2026-11-23"), ==, 2);
  assert_stored (self, "done", MONDAY + WEEK, "2 reports were written.");
}

/* Connections are not for forked processes. */
static void
reopen (Fixture *self)
{
  g_autoptr(GError) error = NULL;

  self->database = cpt_workspace_open_database (self->path, CPT_OPEN_WRITE, &self->options, &error);
  g_assert_no_error (error);
}

/* A program in a process of its own, with its own connection; its exit status is
 * how many schedules it followed */
static pid_t
start (Fixture             *self,
       CptDocumentEachFunc  func,
       int                  gate)
{
  pid_t pid = fork ();

  if (pid == 0)
    {
      CptDatabase *database = cpt_workspace_open_database (self->path, CPT_OPEN_WRITE, &self->options, NULL);
      GPtrArray *runs;
      char byte;

      if (gate >= 0 && read (gate, &byte, 1) < 0)
        _exit (99);
      runs = cpt_report_schedules_run (database, NULL, func, NULL, NULL, NULL);
      _exit (runs != NULL ? (int) runs->len : 98);
    }

  return pid;
}

static void
die_at_second (guint    n_done,
               guint    n,
               gpointer data)
{
  if (n_done == 1)
    kill (getpid (), SIGKILL);
}

static void
test_killed (Fixture       *self,
             gconstpointer  unused)
{
  g_autofree char *left = g_build_filename (self->reports, ".Firms – Beta – 2026-11-23.pdf-0123456789abcdef", NULL);
  g_autofree char *other = g_build_filename (self->reports, ".Firms – Beta – 2026-11-23.pdf-mine", NULL);
  int status;

  cpt_clock_set_now (self->clock, MONDAY);
  cpt_database_close (self->database);
  g_assert_cmpint (waitpid (start (self, die_at_second, -1), &status, 0), >, 0);
  g_assert_true (WIFSIGNALED (status));
  reopen (self);
  g_assert_cmpuint (count_files (self, "2026-11-23"), ==, 1);
  /* As if it had been killed within a file */
  g_assert_true (g_file_set_contents (left, "%PDF", -1, NULL));
  g_assert_true (g_file_set_contents (other, "mine", -1, NULL));

  g_assert_cmpuint (count_runs (self, MONDAY + 9 * G_TIME_SPAN_MINUTE), ==, 0);
  g_assert_cmpuint (count_runs (self, MONDAY + 11 * G_TIME_SPAN_MINUTE), ==, 1);
  g_assert_cmpuint (count_files (self, "2026-11-23"), ==, 2);
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
  assert_stored (self, "done", MONDAY + WEEK, "2 reports were written.");
}

static void
test_two_at_once (Fixture       *self,
                  gconstpointer  unused)
{
  cpt_database_close (self->database);
  for (guint round = 0; round < 5; round++)
    {
      int gate[2];
      pid_t pids[4];
      int n_runs = 0;

      cpt_clock_set_now (self->clock, MONDAY + round * WEEK);
      g_assert_cmpint (pipe (gate), ==, 0);
      for (guint i = 0; i < G_N_ELEMENTS (pids); i++)
        pids[i] = start (self, NULL, gate[0]);
      g_assert_cmpint (write (gate[1], "gogo", 4), ==, 4);
      for (guint i = 0; i < G_N_ELEMENTS (pids); i++)
        {
          int status;

          g_assert_cmpint (waitpid (pids[i], &status, 0), ==, pids[i]);
          g_assert_true (WIFEXITED (status));
          n_runs += WEXITSTATUS (status);
        }
      close (gate[0]);
      close (gate[1]);
      g_assert_cmpint (n_runs, ==, 1);
      g_assert_cmpuint (count_files (self, ""), ==, 2 * (round + 1));
    }
  reopen (self);
}

static void
test_asked_for (Fixture       *self,
                gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) runs = cpt_report_schedules_run (self->database, &self->schedule, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (runs->len, ==, 1);
  g_assert_cmpuint (count_files (self, "2026-11-20"), ==, 2);
  assert_stored (self, "done", MONDAY, "2 reports were written.");
  g_assert_cmpuint (count_runs (self, MONDAY), ==, 1);
}

/* Nothing of the one takes the place of what the other wrote. */
static void
test_same_folder (Fixture       *self,
                  gconstpointer  unused)
{
  g_autofree char *report = cpt_uuid_dup_text (&self->report);

  create (self, "report_schedule", "name", "All of them", "report", report, "folder", self->reports, "recurrence",
          "FREQ=WEEKLY;BYDAY=MO", "at_time", "9:00", "is_each", "true", NULL);
  g_assert_cmpuint (count_runs (self, MONDAY), ==, 2);
  g_assert_cmpuint (count_files (self, "Weekly – 2026-11-23"), ==, 2);
  g_assert_cmpuint (count_files (self, "All of them – 2026-11-23"), ==, 2);
}

static void
set (Fixture    *self,
     const char *name,
     const char *text,
     int         code)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (self->database), CPT_REPORT_SCHEDULE_ENTITY);
  const CptField *field = cpt_entity_find_field (entity, name);
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_autoptr(GError) error = NULL;

  g_assert_true (cpt_field_parse (field, text, NULL, &value, &error));
  cpt_transaction_set (transaction, entity, &self->schedule, field, &value);
  cpt_database_commit (self->database, transaction, NULL, NULL, &error);
  if (code < 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, CPT_ERROR, code);
}

static void
test_is_changed (Fixture       *self,
                 gconstpointer  unused)
{
  g_autoptr(CptRecord) record = NULL;

  set (self, "at_time", "24:00", CPT_ERROR_INVALID);
  set (self, "at_time", "nine", CPT_ERROR_INVALID);
  set (self, "folder", "reports", CPT_ERROR_INVALID);
  set (self, "filters", "{\"a\":1}", CPT_ERROR_INVALID);
  set (self, "at_time", "2:30 PM", -1);
  record = load (self);
  g_assert_cmpstr (cpt_record_get_text (record, "at_time"), ==, "14:30");
  g_clear_pointer (&record, cpt_record_unref);
  g_assert_cmpuint (count_runs (self, MONDAY), ==, 0);
  g_assert_cmpuint (count_runs (self, MONDAY + 330 * G_TIME_SPAN_MINUTE), ==, 1);

  set (self, "is_active", "false", -1);
  g_assert_cmpuint (count_runs (self, MONDAY + 2 * WEEK), ==, 0);
  /* What was missed meanwhile is past. */
  set (self, "is_active", "true", -1);
  g_assert_cmpuint (count_runs (self, MONDAY + 2 * WEEK), ==, 0);

  /* A rule that has come to its end */
  set (self, "recurrence", "FREQ=DAILY;UNTIL=20261101", -1);
  record = load (self);
  g_assert_true (cpt_value_is_null (cpt_record_get_named (record, "next_at")));
}

static void
test_history (Fixture       *self,
              gconstpointer  unused)
{
  g_autoptr(CptRecord) record = NULL;
  g_autoptr(JsonNode) runs = NULL;
  JsonArray *list;

  for (guint i = 0; i < 40; i++)
    g_assert_cmpuint (count_runs (self, MONDAY + i * WEEK), ==, 1);
  record = load (self);
  runs = json_from_string (cpt_record_get_text (record, "runs"), NULL);
  list = json_node_get_array (runs);
  g_assert_cmpuint (json_array_get_length (list), ==, 30);
  g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (list, 0), "n_files"), ==, 2);
}

/* What a person reads of it: when, what was written and where, and why not */
static void
test_is_told (Fixture       *self,
              gconstpointer  unused)
{
  g_autoptr(CptRecord) record = NULL;
  g_autoptr(GPtrArray) list = NULL;
  g_autofree char *sentence = NULL;
  const CptReportPast *past;

  g_assert_cmpuint (count_runs (self, MONDAY), ==, 1);
  remove_folder (self->reports);
  g_assert_cmpuint (count_runs (self, MONDAY + 2 * WEEK), ==, 1);
  record = load (self);
  list = cpt_report_schedule_list_past (record);
  g_assert_cmpuint (list->len, ==, 2);
  past = g_ptr_array_index (list, 0);
  g_assert_cmpint (past->at, ==, MONDAY + 2 * WEEK);
  g_assert_nonnull (strstr (past->error, "There is no folder"));
  g_assert_cmpuint (past->n_missed, ==, 1);
  past = g_ptr_array_index (list, 1);
  g_assert_null (past->error);
  g_assert_cmpstr (past->folder, ==, self->reports);
  g_assert_cmpuint (past->n_files, ==, 2);
  g_assert_cmpstr (past->files[0], ==, "Firms – Alpha – 2026-11-23.pdf");
  sentence = cpt_report_schedule_describe (record);
  g_assert_cmpstr (sentence, ==, "Every week on Monday at 9:00 AM");

  /* What another program wrote there */
  g_clear_pointer (&list, g_ptr_array_unref);
  cpt_record_set_text (record, "runs", "[7,{},{\"at\":\"never\"},{\"at\":\"2026-11-23T08:00:00Z\",\"files\":[7,\"a\"],\"n_files\":-1}]");
  list = cpt_report_schedule_list_past (record);
  g_assert_cmpuint (list->len, ==, 1);
  past = g_ptr_array_index (list, 0);
  g_assert_cmpuint (past->n_files, ==, 0);
  g_assert_cmpuint (g_strv_length (past->files), ==, 1);
  g_assert_null (past->folder);
}

static void
add_test (const char *path,
          void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_test ("/report-schedules/come-again", test_comes_again);
  add_test ("/report-schedules/keep-their-hour", test_keeps_its_hour);
  add_test ("/report-schedules/make-one-after-an-absence", test_absence);
  add_test ("/report-schedules/a-clock-that-goes-back-repeats-nothing", test_clock_back);
  add_test ("/report-schedules/are-tried-again", test_tries_again);
  add_test ("/report-schedules/recover", test_recovers);
  add_test ("/report-schedules/go-on-when-somebody-was-killed", test_killed);
  add_test ("/report-schedules/are-written-once-by-several", test_two_at_once);
  add_test ("/report-schedules/tell-what-they-did", test_is_told);
  add_test ("/report-schedules/are-written-when-asked-for", test_asked_for);
  add_test ("/report-schedules/replace-nothing-of-others", test_same_folder);
  add_test ("/report-schedules/heed-what-is-changed", test_is_changed);
  add_test ("/report-schedules/tell-what-happened", test_history);

  return g_test_run ();
}
