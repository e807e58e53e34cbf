/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The store for a main loop: work is done elsewhere, results and changes come
 * back here. */

#include "config.h"

#include "cpt-database-private.h"
#include "store-fixture.h"

#include "cpt-store.h"

typedef struct
{
  Fixture base;
  CptStore *store;
  GThread *owner;
  GMainLoop *loop;
  GAsyncResult *result;
  guint n_changed;
  gint64 announced;
} StoreFixture;

static void
changed_cb (CptStore     *store,
            CptChangeSet *set,
            StoreFixture *self)
{
  g_assert_true (g_thread_self () == self->owner);
  g_assert_cmpint (cpt_change_set_get_sequence (set), >, self->announced);
  self->announced = cpt_change_set_get_sequence (set);
  self->n_changed++;
}

static void
set_up (StoreFixture  *self,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture_set_up (&self->base, data);
  self->owner = g_thread_self ();
  self->loop = g_main_loop_new (NULL, FALSE);
  self->store = cpt_store_open (self->base.path, CPT_OPEN_WRITE, &self->base.config, &error);
  g_assert_no_error (error);
  g_signal_connect (self->store, "changed", G_CALLBACK (changed_cb), self);
}

static void
tear_down (StoreFixture  *self,
           gconstpointer  data)
{
  g_clear_object (&self->result);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  /* What a worker told at the very end comes to nobody */
  g_clear_object (&self->store);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_main_loop_unref (self->loop);
  fixture_tear_down (&self->base, data);
}

static void
ready_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  StoreFixture *self = user_data;

  g_assert_true (g_thread_self () == self->owner);
  g_set_object (&self->result, result);
  g_main_loop_quit (self->loop);
}

static gboolean
late_cb (gpointer user_data)
{
  g_error ("Nothing happened for too long");

  return G_SOURCE_REMOVE;
}

static void
wait_for_change (StoreFixture *self,
                 gint64        sequence)
{
  guint late = g_timeout_add_seconds (20, late_cb, NULL);

  while (self->announced < sequence)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (late);
}

static CptTransaction *
create_transaction (StoreFixture *self,
                    const char   *name)
{
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(CptRecord) record = new_record (&self->base, "organisation", "name", name);

  cpt_transaction_create (transaction, record);

  return transaction;
}

static void
test_commits_and_announces (StoreFixture  *self,
                            gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  CptCommit commit = { 0 };

  cpt_store_commit_async (self->store, create_transaction (self, "A"), NULL, ready_cb, self);
  g_main_loop_run (self->loop);
  g_assert_true (cpt_store_commit_finish (self->store, self->result, &commit, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (commit.n_created, ==, 1);
  g_assert_cmpuint (self->n_changed, ==, 1);
  g_assert_cmpint (self->announced, ==, commit.sequence);
  g_assert_cmpint (cpt_store_get_sequence (self->store), ==, commit.sequence);
}

static void
test_gives_all_problems (StoreFixture  *self,
                         gconstpointer  data)
{
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GError) error = NULL;

  cpt_store_commit_async (self->store, create_transaction (self, "  "), NULL, ready_cb, self);
  g_main_loop_run (self->loop);
  g_assert_false (cpt_store_commit_finish (self->store, self->result, NULL, &problems, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_INVALID);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_cmpuint (self->n_changed, ==, 0);
}

static void
test_notices_other_writers (StoreFixture  *self,
                            gconstpointer  data)
{
  gint64 began = g_get_monotonic_time ();
  CptUuid id = create_organisation (&self->base, "Elsewhere");

  wait_for_change (self, cpt_database_get_sequence (self->base.database));
  g_assert_cmpuint (self->n_changed, ==, 1);
  if (g_test_verbose ())
    g_test_message ("noticed after %.0f ms", (double) (g_get_monotonic_time () - began) / 1000);

  set_text_ok (&self->base, "organisation", &id, "name", "Again");
  wait_for_change (self, cpt_database_get_sequence (self->base.database));
  g_assert_cmpuint (self->n_changed, ==, 2);
}

static gpointer
count_to_the_end (CptDatabase   *database,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  GCancellable *own = data;

  /* Nothing in this room counts for ever: a job that looks after itself */
  while (!g_cancellable_is_cancelled (cancellable))
    {
      g_usleep (1000);
      g_cancellable_cancel (own);
    }
  g_cancellable_set_error_if_cancelled (cancellable, error);

  return NULL;
}

typedef struct
{
  GCancellable *seen; /* cancelled by the job once it runs */
  GCancellable *cancellable;
} Wish;

static gboolean
cancel_cb (gpointer user_data)
{
  Wish *wish = user_data;

  if (!g_cancellable_is_cancelled (wish->seen))
    return G_SOURCE_CONTINUE;
  g_cancellable_cancel (wish->cancellable);

  return G_SOURCE_REMOVE;
}

static void
test_cancels (StoreFixture  *self,
              gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GCancellable) seen = g_cancellable_new ();
  Wish wish = { seen, cancellable };
  g_autoptr(GError) error = NULL;

  /* During */
  cpt_store_read_async (self->store, G_PRIORITY_DEFAULT, count_to_the_end, seen, NULL, NULL, cancellable, ready_cb, self);
  g_timeout_add (5, cancel_cb, &wish);
  g_main_loop_run (self->loop);
  g_assert_null (cpt_store_finish (self->store, self->result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (g_cancellable_is_cancelled (seen));
  g_clear_error (&error);

  /* Before */
  cpt_store_commit_async (self->store, create_transaction (self, "Never"), cancellable, ready_cb, self);
  g_main_loop_run (self->loop);
  g_assert_false (cpt_store_commit_finish (self->store, self->result, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (self->n_changed, ==, 0);
}

static gpointer
find_at_once (CptDatabase   *database,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  g_atomic_int_set ((int *) data, TRUE);

  return g_strdup ("An answer");
}

/* A list asks anew while the answer to what it asked before is on its way. */
static void
test_drops_answers_that_are_not_wanted (StoreFixture  *self,
                                        gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  int is_found = FALSE;

  cpt_store_read_async (self->store, G_PRIORITY_DEFAULT, find_at_once, &is_found, NULL, g_free, cancellable, ready_cb, self);
  while (!g_atomic_int_get (&is_found))
    g_usleep (100);
  g_usleep (20 * 1000);
  g_cancellable_cancel (cancellable);
  g_main_loop_run (self->loop);
  g_assert_null (cpt_store_finish (self->store, self->result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gpointer
make_many (CptDatabase   *database,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (database), "organisation");
  g_autoptr(CptUnit) unit = cpt_unit_begin (database, CPT_ORIGIN_IMPORT, "Many", error);
  gint64 *sequence = g_new0 (gint64, 1);

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_IMPORT, NULL);

      for (guint n = 0; n < 50; n++)
        {
          g_autoptr(CptRecord) record = cpt_record_new (cpt_database_get_schema (database), entity);

          set_text (record, "name", "One of many");
          cpt_transaction_create (transaction, record);
        }
      cpt_unit_commit (unit, transaction, NULL, NULL, error);
    }
  cpt_unit_finish (unit, sequence, error);

  return sequence;
}

static void
test_announces_a_unit_once (StoreFixture  *self,
                            gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree gint64 *sequence = NULL;

  cpt_store_work_async (self->store, make_many, NULL, NULL, g_free, NULL, ready_cb, self);
  g_main_loop_run (self->loop);
  sequence = cpt_store_finish (self->store, self->result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (*sequence, >, 0);

  cpt_store_undo_async (self->store, 0, FALSE, NULL, ready_cb, self);
  g_main_loop_run (self->loop);
  g_assert_true (cpt_store_undo_finish (self->store, self->result, NULL, &error));
  g_assert_no_error (error);
}

/* 8 MB in one commit */
static gpointer
write_much (CptDatabase   *database,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  return GINT_TO_POINTER (cpt_database_exec (database, "CREATE TABLE filler AS SELECT zeroblob (8000000)", error));
}

static goffset
get_file_size (StoreFixture *self)
{
  GStatBuf status;

  g_assert_cmpint (g_stat (self->base.path, &status), ==, 0);

  return status.st_size;
}

static void
test_moves_the_log_when_it_is_quiet (StoreFixture  *self,
                                     gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  goffset size = get_file_size (self);
  guint late = g_timeout_add_seconds (20, late_cb, NULL);

  cpt_store_write_async (self->store, write_much, NULL, NULL, NULL, NULL, ready_cb, self);
  g_main_loop_run (self->loop);
  g_assert_nonnull (cpt_store_finish (self->store, self->result, &error));
  g_assert_no_error (error);

  while (get_file_size (self) < size + 8000000)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_source_remove (late);
}

static void
test_undoes_and_says_what (StoreFixture  *self,
                           gconstpointer  data)
{
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;
  g_autoptr(GError) error = NULL;

  cpt_store_undo_async (self->store, 0, FALSE, NULL, ready_cb, self);
  g_main_loop_run (self->loop);
  g_assert_false (cpt_store_undo_finish (self->store, self->result, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND);
  g_clear_error (&error);

  cpt_store_commit_async (self->store, create_transaction (self, "A"), NULL, ready_cb, self);
  g_main_loop_run (self->loop);
  g_assert_true (cpt_store_commit_finish (self->store, self->result, NULL, NULL, NULL));
  cpt_store_undo_async (self->store, 0, FALSE, NULL, ready_cb, self);
  g_main_loop_run (self->loop);
  g_assert_true (cpt_store_undo_finish (self->store, self->result, &undone, &error));
  g_assert_cmpstr (undone, ==, "Create Organisation “A”");
  cpt_store_undo_async (self->store, 0, TRUE, NULL, ready_cb, self);
  g_main_loop_run (self->loop);
  g_assert_true (cpt_store_undo_finish (self->store, self->result, &redone, &error));
  g_assert_cmpstr (redone, ==, "Create Organisation “A”");
}

#define N_RENAMED 3000

/* Renames all and gives up; how long giving up took, in microseconds */
static gpointer
rename_and_abort (CptDatabase   *database,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  CptUuid *ids = data;
  const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (database), "organisation");
  g_autoptr(CptUnit) unit = cpt_unit_begin (database, CPT_ORIGIN_IMPORT, "Rename", error);
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_IMPORT, NULL);
  g_auto(CptValue) value = CPT_VALUE_INIT;
  gint64 *elapsed = g_new0 (gint64, 1);
  gint64 began;

  cpt_value_set_text (&value, "Renamed");
  for (guint i = 0; i < N_RENAMED; i++)
    cpt_transaction_set (transaction, entity, &ids[i], cpt_entity_find_field (entity, "name"), &value);
  g_assert_true (cpt_unit_commit (unit, transaction, NULL, NULL, error));
  began = g_get_monotonic_time ();
  g_assert_true (cpt_unit_abort (unit, error));
  *elapsed = g_get_monotonic_time () - began;

  return elapsed;
}

static gint64
count_renamed (StoreFixture *self)
{
  gint64 n_renamed = -1;

  g_assert_true (cpt_database_get_number (self->base.database, "SELECT count(*) FROM organisation WHERE name = 'Renamed'", 0,
                                          &n_renamed, NULL));

  return n_renamed;
}

/* Giving up does not wait until everything is as it was. */
static void
test_takes_back_meanwhile (StoreFixture  *self,
                           gconstpointer  data)
{
  g_autofree CptUuid *ids = g_new0 (CptUuid, N_RENAMED);
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autofree gint64 *elapsed = NULL;
  guint late;

  for (guint i = 0; i < N_RENAMED; i++)
    {
      g_autoptr(CptRecord) record = new_record (&self->base, "organisation", "name", "As it was");

      cpt_uuid_generate (&ids[i], TEST_NOW / 1000);
      record->id = ids[i];
      cpt_transaction_create (transaction, record);
    }
  commit_ok (&self->base, transaction);

  cpt_store_work_async (self->store, rename_and_abort, ids, NULL, g_free, NULL, ready_cb, self);
  g_main_loop_run (self->loop);
  elapsed = cpt_store_finish (self->store, self->result, NULL);
  g_test_message ("aborted in %" G_GINT64_FORMAT " ms", *elapsed / 1000);
  g_assert_cmpint (*elapsed, <, 200000);

  late = g_timeout_add_seconds (60, late_cb, NULL);
  while (count_renamed (self) > 0)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (5000);
    }
  g_source_remove (late);
}

/* What others wrote is told by a worker at any time, also while the last
 * reference goes. */
static void
test_closes_while_others_write (StoreFixture  *self,
                                gconstpointer  data)
{
  for (guint i = 0; i < 30; i++)
    {
      g_autoptr(GError) error = NULL;
      CptStore *store = cpt_store_open (self->base.path, CPT_OPEN_WRITE, &self->base.config, &error);

      g_assert_no_error (error);
      create_organisation (&self->base, "Another");
      /* The first look of the writer comes after 20 ms */
      g_usleep (18000 + i * 100);
      g_object_unref (store);
      while (g_main_context_iteration (NULL, FALSE))
        continue;
    }
}

#define add_store_test(name, func) g_test_add (name, StoreFixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_store_test ("/store/async/commits-and-announces", test_commits_and_announces);
  add_store_test ("/store/async/gives-all-problems", test_gives_all_problems);
  add_store_test ("/store/async/notices-other-writers", test_notices_other_writers);
  add_store_test ("/store/async/cancels", test_cancels);
  add_store_test ("/store/async/drops-answers-that-are-not-wanted", test_drops_answers_that_are_not_wanted);
  add_store_test ("/store/async/closes-while-others-write", test_closes_while_others_write);
  add_store_test ("/store/async/announces-a-unit-once", test_announces_a_unit_once);
  add_store_test ("/store/async/moves-the-log-when-it-is-quiet", test_moves_the_log_when_it_is_quiet);
  add_store_test ("/store/async/undoes-and-says-what", test_undoes_and_says_what);
  add_store_test ("/store/async/takes-back-meanwhile", test_takes_back_meanwhile);

  return g_test_run ();
}
