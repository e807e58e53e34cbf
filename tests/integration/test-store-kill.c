/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Processes that write are killed at any moment, one or two at a time. What
 * they were told is stored is stored, every transaction is there whole or not
 * at all, units that were not finished are gone, and the check finds nothing.
 *
 * CPT_KILLS says how often, 30 without it; a build with sanitizers is killed less
 * often, since it takes long to get anywhere. */

#include "config.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../unit/store/store-fixture.h"

#include "cpt-check.h"
#include "cpt-database-private.h"
#include "cpt-layout.h"

#ifdef __SANITIZE_ADDRESS__
#define DEFAULT_KILLS 8
#else
#define DEFAULT_KILLS 30
#endif
/* In microseconds */
#define LIFE_MIN 3000
#define LIFE_MAX 200000

/* The child */

static void
tell (int    pipe,
      gint64 sequence)
{
  if (write (pipe, &sequence, sizeof sequence) != (gssize) sizeof sequence)
    _exit (2);
}

/* Two records that link to each other: both or none */
static void
write_pair (Fixture *self,
            int      pipe,
            guint    number)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autofree char *name = g_strdup_printf ("Pair %u", number);
  g_autoptr(CptRecord) parent = new_record (self, "organisation", "name", name);
  g_autoptr(CptRecord) child = new_record (self, "organisation", "name", name);
  CptValue tags = CPT_VALUE_INIT;
  CptCommit commit = { 0 };

  cpt_uuid_generate (&parent->id, g_get_real_time () / 1000);
  cpt_value_take_texts (&tags, g_strsplit ("pair,killed", ",", -1));
  cpt_record_take (child, get_field (self, "organisation", "tags"), tags);
  set_link (child, "parent", &parent->id);
  cpt_transaction_create (transaction, parent);
  cpt_transaction_create (transaction, child);
  if (!cpt_database_commit (self->database, transaction, &commit, NULL, NULL))
    _exit (3);
  tell (pipe, commit.sequence);

  if (number % 3 == 0)
    tell (pipe, set_text_ok (self, "organisation", &child->id, "name", "Renamed"));
  if (number % 5 == 0)
    tell (pipe, delete_ok (self, "organisation", &child->id));
  if (number % 10 == 0)
    {
      g_autoptr(CptLogEntry) entry = cpt_log_peek_undo (self->database, NULL);

      if (entry == NULL || !cpt_log_undo (self->database, entry->sequence, &commit, NULL))
        _exit (4);
      tell (pipe, commit.sequence);
    }
}

/* A thousand records or none */
static void
write_unit (Fixture *self,
            int      pipe)
{
  g_autoptr(CptUnit) unit = cpt_unit_begin (self->database, CPT_ORIGIN_IMPORT, "Thousand", NULL);
  gint64 sequence = 0;

  if (unit == NULL)
    _exit (5);
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_IMPORT, NULL);

      for (guint n = 0; n < 100; n++)
        {
          g_autoptr(CptRecord) record = new_record (self, "product", "name", "One of a thousand");

          cpt_transaction_create (transaction, record);
        }
      if (!cpt_unit_commit (unit, transaction, NULL, NULL, NULL))
        _exit (6);
    }
  if (!cpt_unit_finish (unit, &sequence, NULL))
    _exit (7);
  tell (pipe, sequence);
}

/* Somebody else's act may be the last by now: that one is undone instead. */
static void
undo_unit (Fixture *self,
           int      pipe)
{
  g_autoptr(CptLogEntry) entry = cpt_log_peek_undo (self->database, NULL);
  CptCommit commit = { 0 };

  if (entry != NULL && cpt_log_undo (self->database, entry->sequence, &commit, NULL))
    tell (pipe, commit.sequence);
}

G_GNUC_NORETURN static void
live (Fixture *self,
      int      pipe)
{
  self->database = cpt_database_open (self->path, CPT_OPEN_WRITE, &self->config, NULL);
  if (self->database == NULL)
    _exit (8);

  for (guint i = 1;; i++)
    {
      write_pair (self, pipe, i);
      if (i % 4 == 0)
        write_unit (self, pipe);
      if (i % 8 == 0)
        undo_unit (self, pipe);
    }
}

/* The parent */

typedef struct
{
  GPid pid;
  int pipe;
} Child;

static void
bear (Fixture *self,
      Child   *child)
{
  int ends[2];

  g_assert_cmpint (pipe (ends), ==, 0);
  child->pid = fork ();
  g_assert_cmpint (child->pid, >=, 0);
  if (child->pid == 0)
    {
      close (ends[0]);
      live (self, ends[1]);
    }
  close (ends[1]);
  child->pipe = ends[0];
}

/* Kills it and takes what it was told */
static void
bury (Child  *child,
      GArray *told)
{
  gint64 sequence;
  int status;

  g_assert_cmpint (kill (child->pid, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (child->pid, &status, 0), ==, child->pid);
  g_assert_true (WIFSIGNALED (status));
  while (read (child->pipe, &sequence, sizeof sequence) == (gssize) sizeof sequence)
    g_array_append_val (told, sequence);
  close (child->pipe);
}

static void
assert_all_told (Fixture *self,
                 GArray  *told)
{
  g_autoptr(GPtrArray) log = cpt_log_list (self->database, 0, 0, NULL);
  g_autoptr(GHashTable) known = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < log->len; i++)
    g_hash_table_add (known, &((CptLogEntry *) g_ptr_array_index (log, i))->sequence);
  for (guint i = 0; i < told->len; i++)
    g_assert_true (g_hash_table_contains (known, &g_array_index (told, gint64, i)));
}

static gboolean
count_products (CptDatabase  *database,
                gpointer      data,
                GError      **error)
{
  const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (database), "product");
  g_autoptr(GString) sql = g_string_new ("SELECT count(*) FROM product WHERE row_id > 0");

  cpt_layout_append_visible (sql, database, entity, NULL);

  return cpt_database_get_number (database, sql->str, 0, data, error);
}

static guint
count_finished (Fixture *self)
{
  g_autoptr(GPtrArray) log = cpt_log_list (self->database, 0, 0, NULL);
  guint n_units = 0;

  for (guint i = 0; i < log->len; i++)
    {
      const CptLogEntry *entry = g_ptr_array_index (log, i);

      n_units += g_strcmp0 (entry->label, "Thousand") == 0 && entry->undoes == 0 && entry->undone_by == 0;
    }

  return n_units;
}

static void
assert_sound (Fixture  *self,
              GArray   *told,
              gboolean  whole)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) findings = NULL;

  fixture_open (self, CPT_OPEN_WRITE);
  findings = cpt_check_run (self->database, whole, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (findings, i));
  g_assert_cmpuint (findings->len, ==, 0);
  assert_all_told (self, told);
}

static void
test_kills (Fixture       *self,
            gconstpointer  data)
{
  const char *wanted = g_getenv ("CPT_KILLS");
  guint n_kills = wanted != NULL ? (guint) g_ascii_strtoull (wanted, NULL, 10) : DEFAULT_KILLS;
  g_autoptr(GArray) told = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GRand) rand = g_rand_new_with_seed (20261121);
  gint64 n_products = 0;

  g_clear_pointer (&self->database, cpt_database_close);
  for (guint i = 0; i < n_kills; i++)
    {
      Child children[2];
      guint n_children = 1 + i % 2;

      for (guint n = 0; n < n_children; n++)
        bear (self, &children[n]);
      g_usleep ((gulong) g_rand_int_range (rand, LIFE_MIN, LIFE_MAX));
      for (guint n = 0; n < n_children; n++)
        bury (&children[n], told);

      assert_sound (self, told, i % 8 == 7 || i + 1 == n_kills);
      g_clear_pointer (&self->database, cpt_database_close);
    }

  fixture_open (self, CPT_OPEN_WRITE);
  g_test_message ("%u kills, %u commits told", n_kills, told->len);
  g_assert_true (cpt_database_snapshot (self->database, count_products, &n_products, NULL));
  g_assert_cmpint (n_products, ==, 1000 * (gint64) count_finished (self));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_test ("/store/kill/is-whole-after-any", test_kills);

  return g_test_run ();
}
