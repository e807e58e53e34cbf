/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Large imports leave indexes out, and make way for whoever waits. */

#include <sqlite3.h>

#include "cpt-check.h"
#include "cpt-database-private.h"
#include "cpt-late-index-private.h"
#include "cpt-search-index-private.h"
#include "cpt-turn-private.h"
#include "store-fixture.h"

#define N_RECORDS 3000
/* As many as make it worth */
#define N_EXPECTED 50000

/* Parts of the search index, rows in each, and how many rows of the file one commit may change */
#define N_PARTS 20
#define N_ROWS 8000
#define MAX_CHANGES 600

/* In milliseconds: how long somebody else is given to come */
#define PATIENCE 20000

static int
count (Fixture    *fixture,
       const char *sql)
{
  g_autoptr(GError) error = NULL;
  gint64 number = -1;

  g_assert_true (cpt_database_get_number (fixture->database, sql, 0, &number, &error));
  g_assert_no_error (error);

  return (int) number;
}

static int
count_indexes (Fixture *fixture)
{
  return count (fixture, "SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND name LIKE 'contact!_!_%' ESCAPE '!'");
}

static void
assert_clean (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) problems = cpt_check_run (fixture->database, TRUE, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* A unit that makes contacts and keeps the index of their e-mail addresses */
static CptUnit *
begin_unit (Fixture *fixture,
            guint    n_expected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_IMPORT, NULL);
  const CptField *kept[] = { get_field (fixture, "contact", "email"), NULL };
  CptUnit *unit = cpt_unit_begin (fixture->database, CPT_ORIGIN_IMPORT, "Many", &error);

  g_assert_no_error (error);
  g_assert_true (cpt_unit_leave_out_indexes (unit, get_entity (fixture, "contact"), kept, n_expected, &error));
  g_assert_no_error (error);

  for (guint i = 0; i < N_RECORDS; i++)
    {
      g_autofree char *name = g_strdup_printf ("Person %u", (i * 7919) % N_RECORDS);
      g_autoptr(CptRecord) record = new_record (fixture, "contact", "last_name", name);

      cpt_transaction_create (transaction, record);
    }
  g_assert_true (cpt_unit_commit (unit, transaction, NULL, NULL, &error));
  g_assert_no_error (error);

  return unit;
}

static void
test_made_at_the_end (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  int n_indexes = count_indexes (fixture);
  CptUnit *unit = begin_unit (fixture, N_EXPECTED);

  g_assert_cmpint (n_indexes, >, 2);
  g_assert_cmpint (count_indexes (fixture), ==, 1);
  g_assert_true (cpt_unit_finish (unit, NULL, &error));
  g_assert_no_error (error);
  cpt_unit_free (unit);

  g_assert_cmpint (count_indexes (fixture), ==, n_indexes);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM late_index"), ==, 0);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM contact INDEXED BY contact__last_name__index "
                                   "WHERE last_name = 'Person 17'"),
                   ==, 1);
  assert_clean (fixture);
}

static void
test_kept_for_few_rows (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  int n_indexes = count_indexes (fixture);
  CptUnit *unit = begin_unit (fixture, N_RECORDS);

  g_assert_cmpint (count_indexes (fixture), ==, n_indexes);
  g_assert_true (cpt_unit_finish (unit, NULL, &error));
  g_assert_no_error (error);
  cpt_unit_free (unit);
}

/* A search index that is left as imports need it would get slower and slower. */
static void
test_search_index_is_set_back (Fixture       *fixture,
                               gconstpointer  data)
{
  static const char sql[] = "SELECT v FROM search_config WHERE k = 'automerge'";
  g_autoptr(GError) error = NULL;
  CptUnit *unit = begin_unit (fixture, N_RECORDS);

  g_assert_cmpint (count (fixture, sql), ==, 0);
  g_assert_true (cpt_unit_finish (unit, NULL, &error));
  g_assert_no_error (error);
  cpt_unit_free (unit);
  g_assert_cmpint (count (fixture, sql), >, 0);

  unit = begin_unit (fixture, N_RECORDS);
  g_assert_true (cpt_unit_abort (unit, &error));
  g_assert_no_error (error);
  cpt_unit_free (unit);
  g_assert_cmpint (count (fixture, sql), >, 0);
  assert_clean (fixture);
}

static gboolean
never (gpointer data)
{
  return FALSE;
}

static gboolean
always (gpointer data)
{
  return TRUE;
}

static void
test_missing_until_there_is_time (Fixture       *fixture,
                                  gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  int n_indexes = count_indexes (fixture);
  CptUnit *unit = begin_unit (fixture, N_EXPECTED);
  gboolean is_done = TRUE;

  g_assert_true (cpt_unit_abort (unit, &error));
  g_assert_no_error (error);
  cpt_unit_free (unit);

  /* Opening makes what is missing, but not these. */
  fixture_reopen (fixture);
  g_assert_cmpint (count_indexes (fixture), ==, 1);
  assert_clean (fixture);

  g_assert_true (cpt_late_index_build (fixture->database, always, NULL, &is_done, &error));
  g_assert_no_error (error);
  g_assert_false (is_done);
  g_assert_cmpint (count_indexes (fixture), ==, 1);

  g_assert_true (cpt_late_index_build (fixture->database, never, NULL, &is_done, &error));
  g_assert_no_error (error);
  g_assert_true (is_done);
  g_assert_cmpint (count_indexes (fixture), ==, n_indexes);
  assert_clean (fixture);
}

/* Adds words of @n_rows to the search index as one of its parts */
static void
add_part (Fixture *fixture,
          guint    part,
          guint    n_rows)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (cpt_database_begin (fixture->database, &error));
  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *sql = g_strdup_printf ("INSERT INTO search (rowid, words) VALUES (%u, 'w%u x%u y%u')",
                                              (part * n_rows + i + 1) << 8, i * 7919 % 10007, i * 104729 % 10009 + part, i);

      g_assert_true (cpt_database_exec (fixture->database, sql, &error));
    }
  g_assert_true (cpt_database_end (fixture->database, TRUE, &error));
  g_assert_no_error (error);
}

/* Whoever writes after an import must not have to clear up behind it: one
 * commit merged everything that had been left, and took seconds. */
static void
test_little_is_merged_at_once (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  gboolean is_done = FALSE;
  int before;

  g_assert_true (cpt_search_index_set_bulk (fixture->database, TRUE, &error));
  for (guint i = 0; i < N_PARTS; i++)
    add_part (fixture, i, N_ROWS);
  g_assert_true (cpt_search_index_set_bulk (fixture->database, FALSE, &error));
  g_assert_true (cpt_late_index_note_search (fixture->database, &error));
  g_assert_no_error (error);

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr(CptRecord) record = new_record (fixture, "organisation", "name", "One more");

      before = sqlite3_total_changes (fixture->database->handle);
      create_ok (fixture, record);
      g_assert_cmpint (sqlite3_total_changes (fixture->database->handle) - before, <, MAX_CHANGES);
    }

  g_assert_cmpint (count (fixture, "SELECT count(*) FROM late_index"), ==, 1);
  g_assert_true (cpt_late_index_build (fixture->database, always, NULL, &is_done, &error));
  g_assert_no_error (error);
  g_assert_false (is_done);
  g_assert_true (cpt_late_index_build (fixture->database, never, NULL, &is_done, &error));
  g_assert_no_error (error);
  g_assert_true (is_done);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM late_index"), ==, 0);
}

static gpointer
commit_beside (gpointer data)
{
  Fixture *fixture = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  CptDatabase *database = cpt_database_open (fixture->path, CPT_OPEN_WRITE, &fixture->config, &error);
  g_autoptr(CptRecord) record = NULL;
  const CptEntity *entity;

  g_assert_no_error (error);
  entity = cpt_schema_find_entity (cpt_database_get_schema (database), "organisation");
  record = cpt_record_new (cpt_database_get_schema (database), entity);
  set_text (record, "name", "Beside");
  cpt_transaction_create (transaction, record);
  g_assert_true (cpt_database_commit (database, transaction, NULL, NULL, &error));
  g_assert_no_error (error);
  cpt_database_close (database);

  return NULL;
}

static goffset
get_file_size (Fixture *fixture)
{
  GStatBuf status;

  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);

  return status.st_size;
}

static void
test_told_who_waits (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  int watch = cpt_turn_watch (fixture->path);
  gboolean is_asked = FALSE;
  GThread *thread;

  g_assert_false (cpt_turn_is_asked (watch));
  g_assert_true (cpt_database_begin (fixture->database, &error));
  g_assert_no_error (error);
  thread = g_thread_new ("beside", commit_beside, fixture);
  for (guint i = 0; i < PATIENCE && !is_asked; i++)
    {
      g_usleep (1000);
      is_asked = cpt_turn_is_asked (watch);
    }
  g_assert_true (is_asked);
  g_assert_true (cpt_database_end (fixture->database, FALSE, &error));
  g_assert_no_error (error);
  g_thread_join (thread);

  g_assert_false (cpt_turn_is_asked (watch));
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM organisation"), ==, 1);
  cpt_turn_end (&watch);
}

/* Whoever commits one row would wait until all the pages of others are moved. */
static void
test_log_is_not_moved_by_a_commit (Fixture       *fixture,
                                   gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  goffset size = get_file_size (fixture);

  g_assert_true (cpt_database_exec (fixture->database, "CREATE TABLE filler AS SELECT zeroblob (20000000)", &error));
  g_assert_no_error (error);
  commit_beside (fixture);
  g_assert_cmpint (get_file_size (fixture), ==, size);

  cpt_database_checkpoint (fixture->database, 1);
  g_assert_cmpint (get_file_size (fixture), >, size + 20000000);
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/store/late-indexes/are-made-at-the-end", test_made_at_the_end },
    { "/store/late-indexes/are-kept-for-few-rows", test_kept_for_few_rows },
    { "/store/late-indexes/are-missing-until-there-is-time", test_missing_until_there_is_time },
    { "/store/unit/sets-the-search-index-back", test_search_index_is_set_back },
    { "/store/unit/leaves-little-to-merge-to-the-next", test_little_is_merged_at_once },
    { "/store/turn/tells-who-holds-the-file-that-somebody-waits", test_told_who_waits },
    { "/store/log/is-not-moved-by-who-commits", test_log_is_not_moved_by_a_commit },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, fixture_set_up, tests[i].test, fixture_tear_down);

  return g_test_run ();
}
