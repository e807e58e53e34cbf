/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The door: what goes in comes out, what is wrong is refused whole, and the log
 * has a line of it. */

#include "config.h"

#include "store-fixture.h"

static void
test_keeps_a_record (Fixture       *self,
                     gconstpointer  data)
{
  g_autoptr(CptRecord) record = new_record (self, "organisation", "name", "  Müller & Fils  ");
  g_autoptr(CptRecord) read = NULL;
  CptValue money = CPT_VALUE_INIT;
  CptValue tags = CPT_VALUE_INIT;
  const CptField *revenue = get_field (self, "organisation", "revenue");

  cpt_value_set_money (&money, 123456789, "EUR");
  cpt_record_take (record, revenue, money);
  cpt_value_take_texts (&tags, g_strsplit ("vip,export,vip", ",", -1));
  cpt_record_take (record, get_field (self, "organisation", "tags"), tags);

  g_assert_cmpint (create_ok (self, record), >, 0);
  g_assert_cmpint (record->row, ==, 1);
  g_assert_cmpint (record->created_at, ==, TEST_NOW);

  fixture_reopen (self);
  read = load_ok (self, "organisation", &record->id);
  g_assert_cmpstr (cpt_record_get_text (read, "name"), ==, "Müller & Fils");
  g_assert_cmpint (cpt_record_get_named (read, "revenue")->money.amount, ==, 123456789);
  g_assert_cmpstr (cpt_record_get_named (read, "revenue")->money.currency, ==, "EUR");
  g_assert_cmpstr (cpt_record_get_named (read, "tags")->texts[0], ==, "export");
  g_assert_cmpstr (cpt_record_get_named (read, "tags")->texts[1], ==, "vip");
  g_assert_cmpint (read->sequence, ==, record->sequence);
  g_assert_cmpint (read->changed_at, ==, TEST_NOW);
  g_assert_false (read->in_trash);
}

static void
test_refuses_an_empty_name (Fixture       *self,
                            gconstpointer  data)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(CptRecord) good = new_record (self, "organisation", "name", "Good");
  g_autoptr(CptRecord) bad = new_record (self, "organisation", "website", "not a URL at all");
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GPtrArray) log = NULL;
  g_autoptr(GError) error = NULL;

  cpt_transaction_create (transaction, good);
  cpt_transaction_create (transaction, bad);
  g_assert_false (cpt_database_commit (self->database, transaction, NULL, &problems, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_INVALID);
  g_assert_cmpuint (problems->len, ==, 2);
  for (guint i = 0; i < problems->len; i++)
    {
      CptProblem *problem = g_ptr_array_index (problems, i);

      g_assert_cmpuint (problem->index, ==, 1);
      g_assert_cmpstr (problem->entity->name, ==, "organisation");
      g_assert_nonnull (problem->field);
    }

  g_assert_true (cpt_uuid_is_nil (&good->id));
  log = cpt_log_list (self->database, 0, 10, NULL);
  g_assert_cmpuint (log->len, ==, 0);
}

static void
test_writes_no_line_for_nothing (Fixture       *self,
                                 gconstpointer  data)
{
  CptUuid id = create_organisation (self, "Same");

  g_assert_cmpint (set_text_ok (self, "organisation", &id, "name", "Same"), ==, 0);
  g_assert_cmpint (set_text_ok (self, "organisation", &id, "name", " Same "), ==, 0);
  g_assert_cmpint (set_text_ok (self, "organisation", &id, "name", "Other"), >, 0);
}

static void
test_refuses_links_to_nowhere (Fixture       *self,
                               gconstpointer  data)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(CptTransaction) arrival = cpt_transaction_new (CPT_ORIGIN_SYNC, NULL);
  g_autoptr(CptRecord) child = new_record (self, "organisation", "name", "Child");
  g_autoptr(CptRecord) parent = new_record (self, "organisation", "name", "Parent");
  g_autoptr(GError) error = NULL;
  CptUuid nowhere;

  cpt_uuid_generate (&nowhere, 1);
  set_link (child, "parent", &nowhere);
  cpt_transaction_create (transaction, child);
  g_assert_false (cpt_database_commit (self->database, transaction, NULL, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_INVALID);

  /* In the other order within one transaction it is right */
  parent->id = nowhere;
  cpt_transaction_create (transaction, parent);
  commit_ok (self, transaction);

  child->id = (CptUuid){ { 0 } };
  cpt_uuid_generate (&nowhere, 2);
  set_link (child, "parent", &nowhere);
  cpt_transaction_create (arrival, child);
  commit_ok (self, arrival);
}

static void
test_refuses_circles (Fixture       *self,
                      gconstpointer  data)
{
  CptUuid a = create_organisation (self, "A");
  CptUuid b = create_organisation (self, "B");
  g_autoptr(CptTransaction) up = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(CptTransaction) down = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(GPtrArray) problems = NULL;
  g_auto(CptValue) value = CPT_VALUE_INIT;
  const CptEntity *entity = get_entity (self, "organisation");
  const CptField *parent = get_field (self, "organisation", "parent");

  cpt_value_set_id (&value, &b);
  cpt_transaction_set (up, entity, &a, parent, &value);
  commit_ok (self, up);

  cpt_value_set_id (&value, &a);
  cpt_transaction_set (down, entity, &b, parent, &value);
  g_assert_false (cpt_database_commit (self->database, down, NULL, &problems, NULL));
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_true (((CptProblem *) g_ptr_array_index (problems, 0))->field == parent);
}

static void
test_expects_a_sequence (Fixture       *self,
                         gconstpointer  data)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(GError) error = NULL;
  CptUuid id = create_organisation (self, "A");
  g_autoptr(CptRecord) read = load_ok (self, "organisation", &id);

  set_text_ok (self, "organisation", &id, "name", "B");
  cpt_transaction_expect (transaction, get_entity (self, "organisation"), &id, read->sequence);
  cpt_transaction_delete (transaction, get_entity (self, "organisation"), &id);
  g_assert_false (cpt_database_commit (self->database, transaction, NULL, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_CONFLICT);
}

static void
test_deletes_and_restores (Fixture       *self,
                           gconstpointer  data)
{
  g_autoptr(CptTransaction) restore = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(CptTransaction) purge = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  const CptEntity *entity = get_entity (self, "organisation");
  CptUuid id = create_organisation (self, "A");
  g_autoptr(CptRecord) before = load_ok (self, "organisation", &id);
  g_autoptr(CptRecord) trashed = NULL;
  g_autoptr(CptRecord) after = NULL;

  delete_ok (self, "organisation", &id);
  trashed = load_ok (self, "organisation", &id);
  g_assert_true (trashed->in_trash);

  cpt_transaction_restore (restore, entity, &id);
  commit_ok (self, restore);
  after = load_ok (self, "organisation", &id);
  g_assert_false (after->in_trash);
  g_assert_cmpint (after->row, ==, before->row);
  g_assert_cmpint (after->created_at, ==, before->created_at);

  delete_ok (self, "organisation", &id);
  cpt_transaction_purge (purge, entity, &id);
  commit_ok (self, purge);
  assert_missing (self, "organisation", &id);
}

static void
test_tells_readers_of_the_log (Fixture       *self,
                               gconstpointer  data)
{
  CptUuid a = create_organisation (self, "A");
  gint64 cursor = cpt_database_get_sequence (self->database);
  g_autoptr(CptChangeSet) set = NULL;
  const CptRowChange *rows;
  const CptField *name = get_field (self, "organisation", "name");
  guint n_rows;

  set_text_ok (self, "organisation", &a, "name", "B");
  create_organisation (self, "C");
  set = cpt_log_read (self->database, cursor, 100, NULL);
  rows = cpt_change_set_get_rows (set, &n_rows);
  g_assert_cmpuint (n_rows, ==, 2);
  g_assert_cmpint (rows[0].kind, ==, CPT_CHANGE_UPDATE);
  g_assert_cmpuint (rows[0].fields, ==, G_GUINT64_CONSTANT (1) << name->index);
  g_assert_true (cpt_uuid_equal (&rows[0].id, &a));
  g_assert_cmpint (rows[1].kind, ==, CPT_CHANGE_CREATE);
  g_assert_cmpint (cpt_change_set_get_sequence (set), ==, cpt_database_get_sequence (self->database));
  g_assert_true (cpt_change_set_has_entity (set, "organisation"));
  g_assert_false (cpt_change_set_has_entity (set, "deal"));
}

static void
test_names_what_was_done (Fixture       *self,
                          gconstpointer  data)
{
  CptUuid id = create_organisation (self, "Anne Martin");
  g_autoptr(GPtrArray) log = NULL;
  g_autoptr(GPtrArray) history = NULL;
  CptHistoryEntry *entry;

  set_text_ok (self, "organisation", &id, "sector", "Wine");
  log = cpt_log_list (self->database, 0, 10, NULL);
  g_assert_cmpuint (log->len, ==, 2);
  g_assert_cmpstr (((CptLogEntry *) g_ptr_array_index (log, 1))->label, ==, "Create Organisation “Anne Martin”");
  g_assert_cmpstr (((CptLogEntry *) g_ptr_array_index (log, 0))->label, ==, "Change Organisation “Anne Martin”");

  history = cpt_log_get_history (self->database, get_entity (self, "organisation"), &id, 0, NULL);
  g_assert_cmpuint (history->len, ==, 2);
  entry = g_ptr_array_index (history, 0);
  g_assert_cmpuint (entry->changes->len, ==, 1);
  g_assert_cmpstr (((CptFieldChange *) g_ptr_array_index (entry->changes, 0))->after.text, ==, "Wine");
}

static gboolean
commit_completion (Fixture        *self,
                   CptOrigin       origin,
                   const CptUuid  *task,
                   gint64          at,
                   GPtrArray     **problems)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (origin, NULL);
  g_auto(CptValue) value = CPT_VALUE_INIT;

  cpt_value_set_integer (&value, at);
  cpt_transaction_set (transaction, get_entity (self, "task"), task, get_field (self, "task", "completed_at"), &value);

  return cpt_database_commit (self->database, transaction, NULL, problems, NULL);
}

/* What behaviours fill in is not for people to set, but for sync and undo. */
static void
test_refuses_read_only_fields (Fixture       *self,
                               gconstpointer  data)
{
  static const CptOrigin people[] = { CPT_ORIGIN_FORM, CPT_ORIGIN_IMPORT, CPT_ORIGIN_COMMAND, CPT_ORIGIN_API };
  g_autoptr(CptRecord) task = new_record (self, "task", "title", "Call back");
  g_autoptr(CptTransaction) creation = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(CptRecord) done = new_record (self, "task", "title", "Done");
  g_autoptr(GPtrArray) refused = NULL;
  CptValue at = CPT_VALUE_INIT;

  cpt_record_apply_initial (task, TEST_NOW, cpt_database_get_author (self->database), cpt_database_get_zone (self->database));
  cpt_record_apply_initial (done, TEST_NOW, cpt_database_get_author (self->database), cpt_database_get_zone (self->database));
  create_ok (self, task);
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autoptr(GPtrArray) problems = NULL;

      g_assert_false (commit_completion (self, people[i], &task->id, TEST_NOW, &problems));
      g_assert_cmpuint (problems->len, ==, 1);
      g_assert_true (((CptProblem *) g_ptr_array_index (problems, 0))->field == get_field (self, "task", "completed_at"));
    }

  g_assert_true (commit_completion (self, CPT_ORIGIN_SYNC, &task->id, TEST_NOW, NULL));
  /* As it is already */
  g_assert_true (commit_completion (self, CPT_ORIGIN_FORM, &task->id, TEST_NOW, NULL));

  cpt_value_set_integer (&at, TEST_NOW);
  cpt_record_take (done, get_field (self, "task", "completed_at"), at);
  cpt_transaction_create (creation, done);
  g_assert_false (cpt_database_commit (self->database, creation, NULL, &refused, NULL));
  g_assert_cmpuint (refused->len, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_test ("/store/keeps-a-record", test_keeps_a_record);
  add_test ("/store/refuses-an-empty-name", test_refuses_an_empty_name);
  add_test ("/store/writes-no-line-for-nothing", test_writes_no_line_for_nothing);
  add_test ("/store/refuses-links-to-nowhere", test_refuses_links_to_nowhere);
  add_test ("/store/refuses-circles", test_refuses_circles);
  add_test ("/store/refuses-read-only-fields", test_refuses_read_only_fields);
  add_test ("/store/expects-a-sequence", test_expects_a_sequence);
  add_test ("/store/deletes-and-restores", test_deletes_and_restores);
  add_test ("/store/tells-readers-of-the-log", test_tells_readers_of_the_log);
  add_test ("/store/names-what-was-done", test_names_what_was_done);

  return g_test_run ();
}
