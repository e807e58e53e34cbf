/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files that are no workspace, newer, damaged, in the wrong place: a sentence
 * that says so, and not a byte changed. */

#include "config.h"

#include <sqlite3.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "cpt-check.h"
#include "cpt-database-private.h"
#include "cpt-sql-functions-private.h"
#include "store-fixture.h"

static void
close_database (Fixture *self)
{
  g_clear_pointer (&self->database, cpt_database_close);
}

static char *
hash_file (const char *path)
{
  g_autofree char *content = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));

  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) content, length);
}

static guint
count_files (Fixture *self)
{
  g_autoptr(GDir) dir = g_dir_open (self->folder, 0, NULL);
  guint n_files = 0;

  while (g_dir_read_name (dir) != NULL)
    n_files++;

  return n_files;
}

/* Refused with @code; nothing is changed and nothing lies beside it */
static void
assert_refused (Fixture     *self,
                CptOpenMode  mode,
                CptError     code)
{
  g_autofree char *before = hash_file (self->path);
  g_autofree char *after = NULL;
  g_autoptr(GError) error = NULL;
  guint n_files = count_files (self);

  g_assert_null (cpt_database_open (self->path, mode, &self->config, &error));
  g_assert_error (error, CPT_ERROR, (int) code);
  g_assert_cmpuint (strlen (error->message), >, 20);
  g_assert_cmpuint (count_files (self), ==, n_files);
  after = hash_file (self->path);
  g_assert_cmpstr (before, ==, after);
}

static void
patch_file (Fixture    *self,
            goffset     offset,
            const void *bytes,
            gsize       length)
{
  FILE *file = fopen (self->path, "r+b");

  g_assert_nonnull (file);
  g_assert_cmpint (fseek (file, offset, SEEK_SET), ==, 0);
  g_assert_cmpuint (fwrite (bytes, 1, length, file), ==, length);
  fclose (file);
}

static void
run_sql (Fixture    *self,
         const char *sql)
{
  GTimeZone *zone = NULL;
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open (self->path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (cpt_sql_functions_register (handle, &zone), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
}

static void
test_is_private (Fixture       *self,
                 gconstpointer  data)
{
  struct stat status;

  g_assert_cmpint (stat (self->path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
}

static void
test_leaves_nothing_behind (Fixture       *self,
                            gconstpointer  data)
{
  create_organisation (self, "A");
  close_database (self);
  g_assert_cmpuint (count_files (self), ==, 1);
  fixture_open (self, CPT_OPEN_READ);
  close_database (self);
  g_assert_cmpuint (count_files (self), ==, 1);
}

static void
test_does_not_replace_files (Fixture       *self,
                             gconstpointer  data)
{
  close_database (self);
  assert_refused (self, CPT_OPEN_CREATE, CPT_ERROR_CONFLICT);
}

static void
test_refuses_what_is_not_there (Fixture       *self,
                                gconstpointer  data)
{
  g_autofree char *path = g_build_filename (self->folder, "nowhere", NULL);
  g_autofree char *deep = g_build_filename (self->folder, "no", "folder", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_null (cpt_database_open (path, CPT_OPEN_WRITE, &self->config, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (cpt_database_open (path, CPT_OPEN_READ, &self->config, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (cpt_database_open (deep, CPT_OPEN_CREATE, &self->config, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND);
}

static void
test_refuses_other_files (Fixture       *self,
                          gconstpointer  data)
{
  static const char *const contents[] = { "", "x", "name,email\nAnne,anne@example.org\n", "SQLite format 3" };

  close_database (self);
  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_assert_true (g_file_set_contents (self->path, contents[i], -1, NULL));
      assert_refused (self, CPT_OPEN_WRITE, CPT_ERROR_NOT_WORKSPACE);
      assert_refused (self, CPT_OPEN_READ, CPT_ERROR_NOT_WORKSPACE);
    }

  g_unlink (self->path);
  run_sql (self, "CREATE TABLE contact (id); INSERT INTO contact VALUES (1)");
  assert_refused (self, CPT_OPEN_WRITE, CPT_ERROR_NOT_WORKSPACE);
}

static void
test_refuses_other_places (Fixture       *self,
                           gconstpointer  data)
{
  g_autofree char *link = g_build_filename (self->folder, "link", NULL);
  g_autofree char *pipe = g_build_filename (self->folder, "pipe", NULL);
  const char *places[] = { link, pipe, self->folder };

  close_database (self);
  g_assert_cmpint (symlink (self->path, link), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (cpt_database_open (places[i], CPT_OPEN_WRITE, &self->config, &error));
      g_assert_error (error, CPT_ERROR, CPT_ERROR_NOT_WORKSPACE);
    }
}

static void
test_refuses_newer_ones (Fixture       *self,
                         gconstpointer  data)
{
  close_database (self);
  run_sql (self, "PRAGMA user_version = 99; PRAGMA wal_checkpoint (TRUNCATE)");
  assert_refused (self, CPT_OPEN_WRITE, CPT_ERROR_TOO_NEW);
  assert_refused (self, CPT_OPEN_READ, CPT_ERROR_TOO_NEW);
}

static void
test_rescues_cut_off_ones (Fixture       *self,
                           gconstpointer  data)
{
  g_autoptr(GPtrArray) findings = NULL;
  g_autoptr(GError) error = NULL;
  CptUuid id = create_organisation (self, "Kept");
  struct stat status;

  close_database (self);
  g_assert_cmpint (stat (self->path, &status), ==, 0);
  g_assert_cmpint (truncate (self->path, status.st_size - 8 * 4096), ==, 0);
  assert_refused (self, CPT_OPEN_WRITE, CPT_ERROR_DAMAGED);

  fixture_open (self, CPT_OPEN_READ);
  assert_text (self, "organisation", &id, "name", "Kept");
  findings = cpt_check_run (self->database, TRUE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, >, 0);
}

/* Overwrites the page that the table begins with, while it is open or not */
static void
destroy_table (Fixture    *self,
               const char *name)
{
  g_autofree char *sql = g_strdup_printf ("SELECT rootpage FROM sqlite_schema WHERE name = '%s'", name);
  static const guint8 noise[4096] = { 0xee, 0xee, 0xee };
  sqlite3 *handle = NULL;
  sqlite3_stmt *statement = NULL;
  g_autofree char *content = NULL;
  gsize length;
  gint64 page;

  g_assert_cmpint (sqlite3_open (self->path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, "PRAGMA wal_checkpoint (TRUNCATE)", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  page = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (handle);

  g_assert_true (g_file_get_contents (self->path, &content, &length, NULL));
  memcpy (content + (page - 1) * (gint64) sizeof noise, noise, sizeof noise);
  g_assert_true (g_file_set_contents_full (self->path, content, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static void
test_refuses_a_destroyed_table (Fixture       *self,
                                gconstpointer  data)
{
  create_organisation (self, "Kept");
  close_database (self);
  destroy_table (self, "contact");

  assert_refused (self, CPT_OPEN_WRITE, CPT_ERROR_DAMAGED);
}

/* Damage that is met later: whatever is written from then on is refused. */
static void
test_writes_no_more_after_damage (Fixture       *self,
                                  gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  gint64 number;

  g_assert_true (cpt_database_set_setting (self->database, "name", "Before", &error));
  g_assert_no_error (error);
  g_assert_false (cpt_database_set_error (self->database, SQLITE_CORRUPT, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_DAMAGED);
  g_clear_error (&error);

  g_assert_false (cpt_database_set_setting (self->database, "name", "After", &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_true (cpt_database_get_number (self->database, "SELECT count(*) FROM setting WHERE value = 'After'", -1, &number,
                                          &error));
  g_assert_no_error (error);
  g_assert_cmpint (number, ==, 0);
}

/* Whatever is overwritten: never a crash, and reading stays possible or is
 * refused with a reason. */
static void
test_survives_damage (Fixture       *self,
                      gconstpointer  data)
{
  g_autofree char *content = NULL;
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);
  gsize length;

  for (guint i = 0; i < 50; i++)
    create_organisation (self, "One of many");
  close_database (self);
  g_assert_true (g_file_get_contents (self->path, &content, &length, NULL));

  for (guint i = 0; i < 60; i++)
    {
      g_autoptr(CptDatabase) database = NULL;
      g_autoptr(GError) error = NULL;
      guint8 noise[64];

      g_assert_true (g_file_set_contents (self->path, content, (gssize) length, NULL));
      for (guint n = 0; n < sizeof noise; n++)
        noise[n] = (guint8) g_rand_int_range (rand, 0, 256);
      patch_file (self, g_rand_int_range (rand, i < 10 ? 0 : 4096, (gint32) length - 64), noise, sizeof noise);

      database = cpt_database_open (self->path, i % 2 == 0 ? CPT_OPEN_READ : CPT_OPEN_WRITE, &self->config, &error);
      if (database != NULL)
        {
          g_autoptr(GPtrArray) findings = cpt_check_run (database, TRUE, NULL, &error);
          g_autoptr(CptRecord) record = cpt_database_load_row (database, get_entity (&(Fixture){ .database = database }, "organisation"),
                                                               1 + i % 50, NULL);

          g_assert_no_error (error);
          g_assert_nonnull (findings);
        }
      else
        {
          g_assert_true (error->domain == CPT_ERROR);
        }
    }
}

/* The power went while a checkpoint wrote the first page. */
static void
test_takes_the_first_page_from_the_log (Fixture       *self,
                                        gconstpointer  data)
{
  g_autofree guint8 *rubbish = g_malloc (512);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) findings = NULL;
  CptUuid id = { 0 };

  memset (rubbish, 0xa5, 512);
  fixture_reopen (self);
  for (guint i = 0; i < 100; i++)
    id = create_organisation (self, "Whose pages make the file longer than it was");
  sqlite3_db_config (self->database->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  close_database (self);
  g_assert_cmpuint (count_files (self), >, 1);
  patch_file (self, 0, rubbish, 512);

  fixture_open (self, CPT_OPEN_WRITE);
  assert_text (self, "organisation", &id, "name", "Whose pages make the file longer than it was");
  findings = cpt_check_run (self->database, TRUE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 0);
}

static void
test_ignores_triggers (Fixture       *self,
                       gconstpointer  data)
{
  g_autoptr(GPtrArray) findings = NULL;
  g_autoptr(GError) error = NULL;
  CptUuid id;

  close_database (self);
  run_sql (self, "CREATE TRIGGER evil AFTER INSERT ON log BEGIN DELETE FROM setting; INSERT INTO setting VALUES ('evil', '1'); END");
  fixture_open (self, CPT_OPEN_WRITE);
  id = create_organisation (self, "A");
  assert_text (self, "organisation", &id, "name", "A");
  g_assert_null (cpt_database_dup_setting (self->database, "evil"));
  findings = cpt_check_run (self->database, FALSE, NULL, &error);
  g_assert_cmpuint (findings->len, ==, 1);
}

static void
test_reads_read_only_files (Fixture       *self,
                            gconstpointer  data)
{
  CptUuid id = create_organisation (self, "A");
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(GError) error = NULL;

  close_database (self);
  fixture_open (self, CPT_OPEN_READ);
  g_assert_true (cpt_database_is_read_only (self->database));
  assert_text (self, "organisation", &id, "name", "A");
  cpt_transaction_delete (transaction, get_entity (self, "organisation"), &id);
  g_assert_false (cpt_database_commit (self->database, transaction, NULL, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_READ_ONLY);
  g_clear_error (&error);
  close_database (self);

  /* To root nothing is read-only. */
  if (geteuid () == 0)
    return;
  g_assert_cmpint (chmod (self->path, 0400), ==, 0);
  assert_refused (self, CPT_OPEN_WRITE, CPT_ERROR_READ_ONLY);
  g_assert_cmpint (chmod (self->folder, 0500), ==, 0);
  fixture_open (self, CPT_OPEN_READ);
  assert_text (self, "organisation", &id, "name", "A");
  close_database (self);
  g_assert_cmpint (chmod (self->folder, 0700), ==, 0);
}

static void
test_says_when_another_one_writes (Fixture       *self,
                                   gconstpointer  data)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(CptRecord) record = new_record (self, "organisation", "name", "A");
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  sqlite3 *other = NULL;

  g_assert_cmpint (sqlite3_open (self->path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  cpt_transaction_create (transaction, record);

  /* Not for five seconds: whoever gives up need not wait */
  g_cancellable_cancel (cancellable);
  cpt_database_watch (self->database, cancellable);
  g_assert_false (cpt_database_commit (self->database, transaction, NULL, NULL, &error));
  g_assert_nonnull (error);
  cpt_database_watch (self->database, NULL);
  sqlite3_close (other);

  commit_ok (self, transaction);
}

/* No room: nothing is lost, and it works again when there is some */
static void
test_survives_a_full_disk (Fixture       *self,
                           gconstpointer  data)
{
  CptUuid id = create_organisation (self, "Before");
  struct rlimit unlimited;
  struct rlimit limit;
  struct stat status;
  gboolean was_refused = FALSE;
  guint n_stored = 0;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &unlimited), ==, 0);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (stat (self->path, &status), ==, 0);
  limit = unlimited;
  limit.rlim_cur = (rlim_t) status.st_size + 300 * 1024;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);

  for (guint i = 0; i < 3000 && !was_refused; i++)
    {
      g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
      g_autoptr(GError) error = NULL;

      for (guint n = 0; n < 20; n++)
        {
          g_autofree char *name = g_strdup_printf ("Organisation %u of batch %u with a long name", n, i);
          g_autoptr(CptRecord) record = new_record (self, "organisation", "name", name);

          cpt_transaction_create (transaction, record);
        }
      was_refused = !cpt_database_commit (self->database, transaction, NULL, NULL, &error);
      if (was_refused)
        g_assert_error (error, CPT_ERROR, CPT_ERROR_FULL);
      else
        n_stored += 20;
    }
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &unlimited), ==, 0);
  g_assert_true (was_refused);

  create_organisation (self, "After");
  fixture_reopen (self);
  assert_text (self, "organisation", &id, "name", "Before");
  {
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) findings = cpt_check_run (self->database, TRUE, NULL, &error);
    g_autoptr(CptRecord) last = cpt_database_load_row (self->database, get_entity (self, "organisation"), n_stored + 2, NULL);

    g_assert_no_error (error);
    g_assert_cmpuint (findings->len, ==, 0);
    g_assert_nonnull (last);
    g_assert_cmpstr (cpt_record_get_text (last, "name"), ==, "After");
  }
}

/* By a year in the middle of a session: what comes later comes later all the same. */
static void
test_goes_on_when_the_clock_goes_back (Fixture       *self,
                                       gconstpointer  data)
{
  CptUuid first = create_organisation (self, "A");
  gint64 sequence = cpt_database_get_sequence (self->database);
  g_autoptr(CptRecord) changed = NULL;
  g_autoptr(GPtrArray) log = NULL;
  g_autoptr(GError) error = NULL;
  CptUuid second;

  cpt_clock_set_now (self->clock, TEST_NOW - G_GINT64_CONSTANT (365) * 86400 * G_USEC_PER_SEC);
  second = create_organisation (self, "B");
  g_assert_cmpint (cpt_database_get_sequence (self->database), >, sequence);
  g_assert_cmpint (cpt_uuid_compare (&first, &second), <, 0);

  set_text_ok (self, "organisation", &first, "name", "C");
  changed = load_ok (self, "organisation", &first);
  g_assert_cmpint (changed->changed_at, >=, changed->created_at);

  log = cpt_log_list (self->database, 0, 10, NULL);
  g_assert_cmpuint (log->len, ==, 3);
  g_assert_nonnull (strstr (((CptLogEntry *) g_ptr_array_index (log, 0))->label, "C"));
  for (guint i = 0; i < log->len; i++)
    {
      g_autoptr(CptLogEntry) entry = cpt_log_peek_undo (self->database, NULL);

      g_assert_cmpint (entry->sequence, ==, ((CptLogEntry *) g_ptr_array_index (log, i))->sequence);
      g_assert_true (cpt_log_undo (self->database, entry->sequence, NULL, &error));
      if (i == 0)
        assert_text (self, "organisation", &first, "name", "A");
    }
  assert_missing (self, "organisation", &first);
  assert_missing (self, "organisation", &second);
}

/* What version 1 wrote: a file without what later versions add gets it. */
static void
test_adds_what_is_missing (Fixture       *self,
                           gconstpointer  data)
{
  CptUuid id = create_organisation (self, "Old");
  g_autoptr(GPtrArray) findings = NULL;
  g_autoptr(GError) error = NULL;

  close_database (self);
  run_sql (self, "DROP TABLE goal; DROP TABLE aggregate_cache; DROP TABLE organisation__tags;"
                 "ALTER TABLE organisation DROP COLUMN founded_year; ALTER TABLE organisation DROP COLUMN revenue;"
                 "ALTER TABLE organisation DROP COLUMN revenue_currency; PRAGMA wal_checkpoint (TRUNCATE)");
  fixture_open (self, CPT_OPEN_WRITE);
  assert_text (self, "organisation", &id, "name", "Old");
  set_text_ok (self, "organisation", &id, "name", "New");
  findings = cpt_check_run (self->database, TRUE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_test ("/store/open/is-private", test_is_private);
  add_test ("/store/open/leaves-nothing-behind", test_leaves_nothing_behind);
  add_test ("/store/open/does-not-replace-files", test_does_not_replace_files);
  add_test ("/store/open/refuses-what-is-not-there", test_refuses_what_is_not_there);
  add_test ("/store/open/refuses-other-files", test_refuses_other_files);
  add_test ("/store/open/refuses-other-places", test_refuses_other_places);
  add_test ("/store/open/refuses-newer-ones", test_refuses_newer_ones);
  add_test ("/store/open/rescues-cut-off-ones", test_rescues_cut_off_ones);
  add_test ("/store/open/refuses-a-destroyed-table", test_refuses_a_destroyed_table);
  add_test ("/store/open/writes-no-more-after-damage", test_writes_no_more_after_damage);
  add_test ("/store/open/survives-damage", test_survives_damage);
  add_test ("/store/open/takes-the-first-page-from-the-log", test_takes_the_first_page_from_the_log);
  add_test ("/store/open/ignores-triggers", test_ignores_triggers);
  add_test ("/store/open/reads-read-only-files", test_reads_read_only_files);
  add_test ("/store/open/says-when-another-one-writes", test_says_when_another_one_writes);
  add_test ("/store/open/survives-a-full-disk", test_survives_a_full_disk);
  add_test ("/store/open/goes-on-when-the-clock-goes-back", test_goes_on_when_the_clock_goes_back);
  add_test ("/store/open/adds-what-is-missing", test_adds_what_is_missing);

  return g_test_run ();
}
