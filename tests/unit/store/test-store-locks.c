/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The locks on a workspace hold until it is closed, whatever else in the
 * program opens and closes its files. */

#define _GNU_SOURCE

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "store-fixture.h"

/* Where SQLite locks a -shm while it has it open, and while it writes
 * (sqlite.org/walformat.html, “WAL locks”) */
#define SHM_WRITER 120
#define SHM_IN_USE 128

/* Whether a stranger would be refused to write a byte of one of the files */
static gboolean
is_locked (Fixture    *fixture,
           const char *suffix,
           gint64      byte)
{
  g_autofree char *path = g_strconcat (fixture->path, suffix, NULL);
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1 };
  int fd = open (path, O_RDWR | O_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (fcntl (fd, F_OFD_GETLK, &lock), ==, 0);
  close (fd);

  return lock.l_type != F_UNLCK;
}

/* What a file chooser does with every file that it lists */
static void
look_into_all (Fixture *fixture)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (fixture->path, suffixes[i], NULL);
      g_autofree char *bytes = NULL;

      g_assert_true (g_file_get_contents (path, &bytes, NULL, NULL));
    }
}

/* A write by SQLite alone, in the middle of which somebody looks into all files */
static void
write_and_look (Fixture *fixture)
{
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open (fixture->path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  look_into_all (fixture);
  g_assert_true (is_locked (fixture, "-shm", SHM_WRITER));
  g_assert_cmpint (sqlite3_exec (handle, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_false (is_locked (fixture, "-shm", SHM_WRITER));
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

static void
test_outlive_a_stranger (Fixture       *fixture,
                         gconstpointer  data)
{
  g_assert_true (is_locked (fixture, "-shm", SHM_IN_USE));
  look_into_all (fixture);
  g_assert_true (is_locked (fixture, "-shm", SHM_IN_USE));
}

static void
test_outlive_a_stranger_in_a_write (Fixture       *fixture,
                                    gconstpointer  data)
{
  write_and_look (fixture);
}

static void
test_outlive_another_connection (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  CptDatabase *reader = cpt_database_open (fixture->path, CPT_OPEN_READ, &fixture->config, &error);

  g_assert_no_error (error);
  cpt_database_close (reader);
  g_assert_true (is_locked (fixture, "-shm", SHM_IN_USE));
}

static void
test_end_with_the_last_connection (Fixture       *fixture,
                                   gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *index = g_strconcat (fixture->path, "-shm", NULL);
  CptDatabase *other;

  other = cpt_database_open (fixture->path, CPT_OPEN_WRITE, &fixture->config, &error);
  g_assert_no_error (error);
  g_clear_pointer (&fixture->database, cpt_database_close);
  g_assert_true (is_locked (fixture, "-shm", SHM_IN_USE));
  cpt_database_close (other);

  /* The last one has moved the log into the file and taken the index away. */
  g_assert_cmpint (g_access (index, F_OK), !=, 0);
  g_assert_false (is_locked (fixture, "", 0x40000000));
  fixture_open (fixture, CPT_OPEN_WRITE);
  g_assert_true (is_locked (fixture, "-shm", SHM_IN_USE));
}

/* A connection that can only read came first; the one that writes must get its locks all the same. */
static void
test_do_not_keep_a_writer_out (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  CptDatabase *reader;

  g_clear_pointer (&fixture->database, cpt_database_close);
  reader = cpt_database_open (fixture->path, CPT_OPEN_READ, &fixture->config, &error);
  g_assert_no_error (error);
  fixture_open (fixture, CPT_OPEN_WRITE);
  write_and_look (fixture);
  cpt_database_close (reader);
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
    { "/store/locks/outlive-a-stranger", test_outlive_a_stranger },
    { "/store/locks/outlive-a-stranger-in-a-write", test_outlive_a_stranger_in_a_write },
    { "/store/locks/outlive-another-connection", test_outlive_another_connection },
    { "/store/locks/end-with-the-last-connection", test_end_with_the_last_connection },
    { "/store/locks/do-not-keep-a-writer-out", test_do_not_keep_a_writer_out },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, fixture_set_up, tests[i].test, fixture_tear_down);

  return g_test_run ();
}
