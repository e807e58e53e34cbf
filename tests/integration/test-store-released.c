/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Workspaces of every released schema are opened, found sound and gone on with.
 * Their texts (schema/schema-N.sql) are what that version wrote and are never
 * made anew; their checksums are here so that nobody does so unnoticed. One that
 * has to be brought up to date is also killed meanwhile. */

#include "config.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../unit/store/store-fixture.h"

#include "cpt-check.h"
#include "cpt-database-private.h"
#include "cpt-sql-functions-private.h"

/* CPT_KILLS says another number. */
#ifdef __SANITIZE_ADDRESS__
#define DEFAULT_KILLS 8
#else
#define DEFAULT_KILLS 30
#endif

typedef struct
{
  const char *file;
  const char *checksum;
} Release;

static const Release releases[] = {
  { "schema-1.sql", "cc6161a4a41a4ce97bd7a900ca60b7c70613a1e20968351c301144185e98c8aa" },
};

/* All but the one that is being made */
/* What a file of an older version may lack */
static const char *const lacking[] = {
  "DROP TABLE goal",
  "DROP TABLE team; DROP TABLE aggregate_cache",
  "ALTER TABLE contact DROP COLUMN birthday",
  "ALTER TABLE product DROP COLUMN price; ALTER TABLE product DROP COLUMN price_currency",
  "DROP INDEX log_change_id",
  "DROP INDEX contact__email__index",
  "DROP TABLE contact__tags; UPDATE contact SET tags = NULL",
  NULL,
};

G_STATIC_ASSERT (G_N_ELEMENTS (releases) == CPT_SCHEMA_VERSION - 1);

static char *
load_sql (const Release *release)
{
  g_autofree char *path = g_build_filename (g_getenv ("CPT_SOURCE_ROOT"), "tests", "integration", "schema", release->file, NULL);
  g_autofree char *checksum = NULL;
  g_autoptr(GError) error = NULL;
  char *sql = NULL;
  gsize length;

  g_file_get_contents (path, &sql, &length, &error);
  g_assert_no_error (error);
  checksum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) sql, length);
  g_assert_cmpstr (checksum, ==, release->checksum);

  return sql;
}

/* The file as SQLite makes it from the text, then as @more changes it */
static void
build (Fixture       *self,
       const Release *release,
       const char    *more)
{
  g_autofree char *sql = load_sql (release);
  g_autofree char *message = NULL;
  GTimeZone *zone = NULL;
  sqlite3 *handle = NULL;

  g_clear_pointer (&self->database, cpt_database_close);
  g_assert_cmpint (g_unlink (self->path), ==, 0);
  g_assert_cmpint (sqlite3_open (self->path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (cpt_sql_functions_register (handle, &zone), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, more, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

static void
assert_sound (Fixture *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) findings = cpt_check_run (self->database, TRUE, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (findings, i));
  g_assert_cmpuint (findings->len, ==, 0);
}

static CptUuid
find (Fixture    *self,
      const char *entity,
      const char *field,
      const char *text)
{
  g_autoptr(GError) error = NULL;
  g_auto(CptValue) value = CPT_VALUE_INIT;
  CptUuid id = { 0 };

  cpt_value_set_text (&value, text);
  g_assert_true (cpt_database_find (self->database, get_entity (self, entity), get_field (self, entity, field), &value,
                                    FALSE, &id, &error));
  g_assert_no_error (error);

  return id;
}

static void
assert_contents (Fixture *self)
{
  CptUuid acier = find (self, "organisation", "name", "Acier Lorrain");
  CptUuid anne = find (self, "contact", "full_name", "Anne Müller");
  g_autoptr(CptRecord) organisation = load_ok (self, "organisation", &acier);
  g_autoptr(CptRecord) contact = load_ok (self, "contact", &anne);

  g_assert_cmpint (cpt_record_get_named (organisation, "revenue")->money.amount, ==, 123456789);
  g_assert_cmpstr (cpt_record_get_named (organisation, "tags")->texts[0], ==, "export");
  g_assert_true (cpt_uuid_equal (&cpt_record_get_named (contact, "organisation")->id, &acier));
  g_assert_cmpint (cpt_record_get_named (contact, "x_shoe_size")->integer, ==, 39);
  g_assert_cmpstr (cpt_record_get_text (contact, "job_title"), ==, "CEO");
}

static gint64
count_found (Fixture    *self,
             const char *words)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM search WHERE search MATCH '%s'", words);
  gint64 n_found = 0;

  g_assert_true (cpt_database_get_number (self->database, sql, 0, &n_found, NULL));

  return n_found;
}

static void
undo_all (Fixture *self)
{
  CptLogEntry *entry;

  while ((entry = cpt_log_peek_undo (self->database, NULL)) != NULL)
    {
      g_autoptr(GError) error = NULL;

      cpt_log_undo (self->database, entry->sequence, NULL, &error);
      g_assert_no_error (error);
      cpt_log_entry_free (entry);
    }
}

/* Reading, searching, changing, restoring, and undoing all that was ever done */
static void
test_goes_on (Fixture       *self,
              gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (releases); i++)
    {
      CptUuid acier;

      build (self, &releases[i], "");
      self->config.device = "office";
      fixture_open (self, CPT_OPEN_WRITE);
      assert_sound (self);
      assert_contents (self);
      g_assert_cmpint (count_found (self, "boulangerie"), ==, 1);

      acier = find (self, "organisation", "name", "Acier Lorrain");
      set_text_ok (self, "organisation", &acier, "name", "Acier Alsacien");
      g_assert_cmpint (count_found (self, "alsacien"), ==, 1);
      g_assert_cmpint (count_found (self, "lorrain"), ==, 0);
      undo_all (self);
      assert_missing (self, "organisation", &acier);
      fixture_reopen (self);
      assert_sound (self);
    }
}

/* Declarations that grew since: a table, columns, indexes and a side table that
 * the file lacks are added, and what is in it stays. */
static void
test_grows (Fixture       *self,
            gconstpointer  data)
{
  for (guint i = 0; lacking[i] != NULL; i++)
    {
      g_test_message ("without: %s", lacking[i]);
      build (self, &releases[0], lacking[i]);
      fixture_open (self, CPT_OPEN_WRITE);
      assert_sound (self);
      assert_contents (self);
      fixture_reopen (self);
      assert_sound (self);
    }
}

/* A process that opens the file and brings it up to date */
static GPid
bear (Fixture *self)
{
  GPid child = fork ();

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    _exit (cpt_database_open (self->path, CPT_OPEN_WRITE, &self->config, NULL) != NULL ? EXIT_SUCCESS : EXIT_FAILURE);

  return child;
}

/* How long that takes when nobody kills it, in microseconds */
static gint64
measure (Fixture *self)
{
  gint64 begun = g_get_monotonic_time ();
  int status;

  g_assert_cmpint (waitpid (bear (self), &status, 0), >, 0);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == EXIT_SUCCESS);

  return g_get_monotonic_time () - begun;
}

/* All declarations in the file, read from a copy: the file stays as the killed
 * process has left it. */
static char *
dup_declarations (Fixture *self)
{
  static const char *const suffixes[] = { "", "-wal" };
  g_autofree char *copy = g_strconcat (self->path, "-copy", NULL);
  sqlite3 *handle = NULL;
  sqlite3_stmt *statement = NULL;
  char *text;

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (self->path, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (copy, suffixes[i], NULL);
      g_autofree char *content = NULL;
      gsize length;

      if (g_file_get_contents (from, &content, &length, NULL))
        g_assert_true (g_file_set_contents (to, content, (gssize) length, NULL));
    }

  g_assert_cmpint (sqlite3_open (copy, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, "SELECT group_concat (sql, ';') FROM (SELECT sql FROM sqlite_schema ORDER BY name)",
                                       -1, &statement, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  text = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
  g_assert_cmpint (g_unlink (copy), ==, 0);

  return text;
}

/* Killed while it brings an old file up to date: all of that has happened or
 * nothing, and the next opening does the rest. */
static void
test_survives_kills (Fixture       *self,
                     gconstpointer  data)
{
  g_autofree char *lacking_all = g_strjoinv (";", (char **) lacking);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  const char *wanted = g_getenv ("CPT_KILLS");
  guint n_kills = wanted != NULL ? (guint) g_ascii_strtoull (wanted, NULL, 10) : DEFAULT_KILLS;
  guint n_before = 0;
  gint64 duration;

  build (self, &releases[0], lacking_all);
  before = dup_declarations (self);
  duration = measure (self);
  after = dup_declarations (self);
  g_assert_cmpstr (before, !=, after);

  for (guint i = 0; i < n_kills; i++)
    {
      g_autofree char *found = NULL;
      GPid child;

      fixture_open (self, CPT_OPEN_WRITE);
      build (self, &releases[0], lacking_all);
      child = bear (self);
      g_usleep ((gulong) (duration * (i + 1) / (n_kills + 1)));
      g_assert_cmpint (kill (child, SIGKILL), ==, 0);
      g_assert_cmpint (waitpid (child, NULL, 0), ==, child);

      found = dup_declarations (self);
      n_before += g_str_equal (found, before);
      g_assert_true (g_str_equal (found, before) || g_str_equal (found, after));
      fixture_open (self, CPT_OPEN_WRITE);
      assert_sound (self);
      assert_contents (self);
      g_clear_pointer (&self->database, cpt_database_close);
    }
  g_test_message ("%u kills, %u before it was done", n_kills, n_before);
  fixture_open (self, CPT_OPEN_WRITE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_test ("/store/released/goes-on", test_goes_on);
  add_test ("/store/released/grows", test_grows);
  add_test ("/store/released/survives-kills", test_survives_kills);

  return g_test_run ();
}
