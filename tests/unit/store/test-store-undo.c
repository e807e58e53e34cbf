/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Undo and redo of everything, from the log, also after the file was closed;
 * units that are one act, or none at all. */

#include "config.h"

#include "store-fixture.h"

#include "cpt-check.h"
#include "cpt-custom-field.h"
#include "cpt-database-private.h"
#include "cpt-form.h"
#include "cpt-layout.h"
#include "cpt-page-layout.h"
#include "cpt-unit-private.h"

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

static void
undo_ok (Fixture *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptLogEntry) entry = cpt_log_peek_undo (self->database, &error);

  g_assert_no_error (error);
  g_assert_nonnull (entry);
  cpt_log_undo (self->database, entry->sequence, NULL, &error);
  g_assert_no_error (error);
}

static void
redo_ok (Fixture *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptLogEntry) entry = cpt_log_peek_redo (self->database, &error);

  g_assert_no_error (error);
  g_assert_nonnull (entry);
  cpt_log_undo (self->database, entry->sequence, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_nothing_to_undo (Fixture *self)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (cpt_log_peek_undo (self->database, &error));
  g_assert_no_error (error);
}

static void
assert_nothing_to_redo (Fixture *self)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (cpt_log_peek_redo (self->database, &error));
  g_assert_no_error (error);
}

static void
test_walks_back_and_forth (Fixture       *self,
                           gconstpointer  data)
{
  CptUuid id = create_organisation (self, "One");
  gint64 row;

  set_text_ok (self, "organisation", &id, "name", "Two");
  set_text_ok (self, "organisation", &id, "name", "Three");
  delete_ok (self, "organisation", &id);

  for (guint round = 0; round < 2; round++)
    {
      undo_ok (self);
      assert_text (self, "organisation", &id, "name", "Three");
      undo_ok (self);
      assert_text (self, "organisation", &id, "name", "Two");
      fixture_reopen (self);
      undo_ok (self);
      assert_text (self, "organisation", &id, "name", "One");
      undo_ok (self);
      assert_missing (self, "organisation", &id);
      assert_nothing_to_undo (self);
      assert_sound (self);

      redo_ok (self);
      assert_text (self, "organisation", &id, "name", "One");
      fixture_reopen (self);
      redo_ok (self);
      redo_ok (self);
      assert_text (self, "organisation", &id, "name", "Three");
      {
        g_autoptr(CptRecord) live = load_ok (self, "organisation", &id);

        row = live->row;
        g_assert_false (live->in_trash);
      }
      redo_ok (self);
      {
        g_autoptr(CptRecord) trashed = load_ok (self, "organisation", &id);

        g_assert_true (trashed->in_trash);
        g_assert_cmpint (trashed->row, ==, row);
      }
      assert_nothing_to_redo (self);
      assert_sound (self);
    }
}

static void
test_a_new_act_ends_redo (Fixture       *self,
                          gconstpointer  data)
{
  CptUuid id = create_organisation (self, "One");

  set_text_ok (self, "organisation", &id, "name", "Two");
  undo_ok (self);
  set_text_ok (self, "organisation", &id, "sector", "Wine");
  assert_nothing_to_redo (self);
  undo_ok (self);
  undo_ok (self);
  assert_missing (self, "organisation", &id);
}

static void
test_undoes_an_old_act (Fixture       *self,
                        gconstpointer  data)
{
  CptUuid id = create_organisation (self, "One");
  gint64 first = set_text_ok (self, "organisation", &id, "name", "Two");
  gint64 second = set_text_ok (self, "organisation", &id, "sector", "Wine");
  g_autoptr(GError) error = NULL;

  /* Another field was changed since: that is no reason */
  g_assert_true (cpt_log_undo (self->database, first, NULL, &error));
  assert_text (self, "organisation", &id, "name", "One");
  assert_text (self, "organisation", &id, "sector", "Wine");
  g_assert_false (cpt_log_undo (self->database, first, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_CONFLICT);
  g_clear_error (&error);

  set_text_ok (self, "organisation", &id, "sector", "Beer");
  g_assert_false (cpt_log_undo (self->database, second, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "One"));
  assert_sound (self);
}

static void
test_undoes_a_purge (Fixture       *self,
                     gconstpointer  data)
{
  g_autoptr(CptTransaction) purge = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  CptUuid id = create_organisation (self, "One");

  delete_ok (self, "organisation", &id);
  cpt_transaction_purge (purge, get_entity (self, "organisation"), &id);
  commit_ok (self, purge);
  assert_missing (self, "organisation", &id);
  undo_ok (self);
  {
    g_autoptr(CptRecord) trashed = load_ok (self, "organisation", &id);

    g_assert_true (trashed->in_trash);
  }
  undo_ok (self);
  assert_text (self, "organisation", &id, "name", "One");
  redo_ok (self);
  redo_ok (self);
  assert_missing (self, "organisation", &id);
  assert_sound (self);
}

static void
test_leaves_others_alone (Fixture       *self,
                          gconstpointer  data)
{
  CptDatabaseConfig config = self->config;
  g_autoptr(CptDatabase) other = NULL;
  g_autoptr(CptLogEntry) entry = NULL;

  create_organisation (self, "Mine");
  config.device = "elsewhere";
  other = cpt_database_open (self->path, CPT_OPEN_WRITE, &config, NULL);
  entry = cpt_log_peek_undo (other, NULL);
  g_assert_null (entry);
}

/* Units */

static CptUnit *
begin_ok (Fixture *self)
{
  g_autoptr(GError) error = NULL;
  CptUnit *unit = cpt_unit_begin (self->database, CPT_ORIGIN_IMPORT, "Import people", &error);

  g_assert_no_error (error);

  return unit;
}

static void
add_people (Fixture *self,
            CptUnit *unit,
            guint    n_people)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_IMPORT, NULL);
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GError) error = NULL;
  CptCommit commit = { 0 };

  for (guint i = 0; i < n_people; i++)
    {
      g_autoptr(CptRecord) record = new_record (self, "organisation", "name", i % 10 == 3 ? "" : "Somebody");
      CptValue tags = CPT_VALUE_INIT;

      cpt_value_take_texts (&tags, g_strsplit ("import,new", ",", -1));
      cpt_record_take (record, get_field (self, "organisation", "tags"), tags);
      cpt_transaction_create (transaction, record);
    }

  cpt_unit_commit (unit, transaction, &commit, &problems, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (commit.n_created, ==, n_people - problems->len);
  g_assert_cmpuint (problems->len, ==, (n_people + 6) / 10);
  if (problems->len > 1)
    g_assert_cmpuint (((CptProblem *) g_ptr_array_index (problems, 1))->index, ==, 13);
}

static gboolean
count_rows (CptDatabase  *database,
            gpointer      data,
            GError      **error)
{
  const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (database), "organisation");
  g_autoptr(GString) sql = g_string_new ("SELECT count(*) FROM organisation WHERE row_id > 0");

  cpt_layout_append_visible (sql, database, entity, NULL);

  return cpt_database_get_number (database, sql->str, 0, data, error);
}

static guint
count_visible (CptDatabase *database,
               Fixture     *self)
{
  g_autoptr(GError) error = NULL;
  gint64 n_rows = 0;

  cpt_database_snapshot (database, count_rows, &n_rows, &error);
  g_assert_no_error (error);

  return (guint) n_rows;
}

static void
test_hides_a_unit_until_it_is_finished (Fixture       *self,
                                        gconstpointer  data)
{
  CptUuid mine = create_organisation (self, "Mine");
  g_autoptr(CptDatabase) other = cpt_database_open (self->path, CPT_OPEN_WRITE, &self->config, NULL);
  g_autoptr(CptUnit) unit = begin_ok (self);
  g_autoptr(CptChangeSet) set = NULL;
  g_autoptr(GPtrArray) log = NULL;
  g_autoptr(GError) error = NULL;
  const CptRowChange *rows;
  gint64 sequence = 0;
  gint64 cursor;
  guint n_rows;

  add_people (self, unit, 500);
  add_people (self, unit, 1000);
  g_assert_cmpuint (count_visible (other, self), ==, 1);
  g_assert_cmpuint (count_visible (self->database, self), ==, 1351);
  cursor = cpt_database_get_sequence (other);
  g_assert_true (cpt_unit_finish (unit, &sequence, &error));
  g_assert_cmpuint (count_visible (other, self), ==, 1351);

  set = cpt_log_read (other, cursor, 100, NULL);
  rows = cpt_change_set_get_rows (set, &n_rows);
  g_assert_cmpuint (n_rows, ==, 1);
  g_assert_cmpint (rows[0].row, ==, 2);
  g_assert_cmpint (rows[0].last_row, ==, 1351);
  g_assert_cmpint (rows[0].kind, ==, CPT_CHANGE_CREATE);

  log = cpt_log_list (other, 0, 10, NULL);
  g_assert_cmpuint (log->len, ==, 2);
  g_assert_cmpuint (((CptLogEntry *) g_ptr_array_index (log, 0))->n_changes, ==, 1350);
  assert_sound (self);

  undo_ok (self);
  g_assert_cmpuint (count_visible (other, self), ==, 1);
  assert_text (self, "organisation", &mine, "name", "Mine");
  fixture_reopen (self);
  redo_ok (self);
  g_assert_cmpuint (count_visible (other, self), ==, 1351);
  assert_sound (self);
}

/* Who works on during an import takes back the import first: it came last. */
static void
test_counts_a_unit_from_its_end (Fixture       *self,
                                 gconstpointer  data)
{
  CptUuid mine = create_organisation (self, "Mine");
  g_autoptr(CptUnit) unit = begin_ok (self);
  CptDatabase *database = self->database;
  g_autoptr(GError) error = NULL;

  add_people (self, unit, 100);
  fixture_open (self, CPT_OPEN_WRITE);
  set_text_ok (self, "organisation", &mine, "name", "First");
  set_text_ok (self, "organisation", &mine, "name", "Second");
  undo_ok (self);
  g_assert_true (cpt_unit_finish (unit, NULL, &error));
  g_assert_null (cpt_log_peek_redo (self->database, NULL));

  undo_ok (self);
  g_assert_cmpuint (count_visible (self->database, self), ==, 1);
  assert_text (self, "organisation", &mine, "name", "First");
  undo_ok (self);
  assert_text (self, "organisation", &mine, "name", "Mine");
  redo_ok (self);
  redo_ok (self);
  g_assert_cmpuint (count_visible (self->database, self), >, 1);
  assert_text (self, "organisation", &mine, "name", "First");
  assert_sound (self);
  cpt_database_close (database);
}

static void
change_and_add (Fixture       *self,
                CptUnit       *unit,
                const CptUuid *id)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_IMPORT, NULL);
  g_auto(CptValue) value = CPT_VALUE_INIT;

  cpt_value_set_text (&value, "Changed");
  cpt_transaction_set (transaction, get_entity (self, "organisation"), id, get_field (self, "organisation", "sector"), &value);
  g_assert_true (cpt_unit_commit (unit, transaction, NULL, NULL, NULL));
  add_people (self, unit, 700);
}

static void
test_takes_an_aborted_unit_back (Fixture       *self,
                                 gconstpointer  data)
{
  CptUuid mine = create_organisation (self, "Mine");
  g_autoptr(CptUnit) unit = begin_ok (self);
  g_autoptr(CptLogEntry) entry = NULL;
  g_autoptr(GError) error = NULL;
  gint64 began;

  change_and_add (self, unit, &mine);
  assert_text (self, "organisation", &mine, "sector", "Changed");
  began = g_get_monotonic_time ();
  g_assert_true (cpt_unit_abort (unit, &error));
  g_assert_cmpint (g_get_monotonic_time () - began, <, 200000);
  g_assert_cmpuint (count_visible (self->database, self), ==, 1);
  assert_text (self, "organisation", &mine, "sector", NULL);
  assert_sound (self);

  entry = cpt_log_peek_undo (self->database, NULL);
  g_assert_cmpstr (entry->label, ==, "Create Organisation “Mine”");
}

/* What somebody else is to take back is taken back, also when it stops half-way. */
static void
test_takes_a_unit_back_later (Fixture       *self,
                              gconstpointer  data)
{
  CptUuid ids[250];
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_IMPORT, NULL);
  g_autoptr(CptUnit) unit = NULL;
  g_auto(CptValue) value = CPT_VALUE_INIT;
  gboolean is_done = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    ids[i] = create_organisation (self, "As it was");
  unit = begin_ok (self);
  cpt_value_set_text (&value, "Renamed");
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    cpt_transaction_set (transaction, get_entity (self, "organisation"), &ids[i], get_field (self, "organisation", "name"), &value);
  g_assert_true (cpt_unit_commit (unit, transaction, NULL, NULL, NULL));
  add_people (self, unit, 100);

  self->database->is_swept = TRUE;
  g_assert_true (cpt_unit_abort (unit, NULL));
  assert_text (self, "organisation", &ids[249], "name", "Renamed");
  g_assert_true (cpt_unit_sweep (self->database, 1, &is_done, NULL));
  g_assert_false (is_done);
  assert_text (self, "organisation", &ids[249], "name", "As it was");
  assert_text (self, "organisation", &ids[0], "name", "Renamed");

  fixture_reopen (self);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    assert_text (self, "organisation", &ids[i], "name", "As it was");
  g_assert_cmpuint (count_visible (self->database, self), ==, G_N_ELEMENTS (ids));
  assert_sound (self);
}

static void
test_takes_an_orphaned_unit_back (Fixture       *self,
                                  gconstpointer  data)
{
  CptUuid mine = create_organisation (self, "Mine");
  g_autofree char *copy = g_build_filename (self->folder, "copy.comptoir", NULL);
  g_autofree char *command = NULL;
  g_autoptr(CptUnit) unit = begin_ok (self);
  g_autoptr(CptDatabase) other = NULL;
  g_autoptr(GPtrArray) findings = NULL;
  g_autoptr(GError) error = NULL;

  change_and_add (self, unit, &mine);

  /* Two files without their process are what a crash leaves */
  command = g_strdup_printf ("cp '%s' '%s' && cp '%s-wal' '%s-wal'", self->path, copy, self->path, copy);
  g_assert_cmpint (system (command), ==, 0);
  other = cpt_database_open (copy, CPT_OPEN_WRITE, &self->config, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_visible (other, self), ==, 1);
  findings = cpt_check_run (other, TRUE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 0);

  /* And one whose process lives is left alone */
  g_clear_pointer (&other, cpt_database_close);
  other = cpt_database_open (self->path, CPT_OPEN_WRITE, &self->config, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_visible (self->database, self), ==, 631);
  g_assert_true (cpt_unit_finish (unit, NULL, &error));
  g_assert_cmpuint (count_visible (other, self), ==, 631);
}

static void
test_lets_others_write_between_slices (Fixture       *self,
                                       gconstpointer  data)
{
  g_autoptr(CptDatabase) other = cpt_database_open (self->path, CPT_OPEN_WRITE, &self->config, NULL);
  g_autoptr(CptUnit) unit = begin_ok (self);
  g_autoptr(CptRecord) record = new_record (self, "organisation", "name", "Between");
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(GError) error = NULL;
  gint64 sequence = 0;

  add_people (self, unit, 100);
  cpt_transaction_create (transaction, record);
  g_assert_true (cpt_database_commit (other, transaction, NULL, NULL, &error));
  add_people (self, unit, 100);
  g_assert_cmpuint (count_visible (other, self), ==, 1);
  g_assert_true (cpt_unit_finish (unit, &sequence, &error));
  g_assert_cmpuint (count_visible (other, self), ==, 181);

  /* A record of the unit that was changed since: it can't be taken back */
  {
    g_autoptr(CptRecord) first = cpt_database_load_row (self->database, get_entity (self, "organisation"), 1, NULL);

    set_text_ok (self, "organisation", &first->id, "sector", "Wine");
  }
  g_assert_false (cpt_log_undo (self->database, sequence, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_CONFLICT);
  g_clear_error (&error);
  undo_ok (self);
  undo_ok (self);
  undo_ok (self);
  g_assert_cmpuint (count_visible (other, self), ==, 0);
}

static gint64
count_hidden (Fixture *self)
{
  gint64 n_ranges = -1;

  cpt_database_get_number (self->database, "SELECT count(*) FROM hidden", 0, &n_ranges, NULL);

  return n_ranges;
}

/* Slices are small while others write: thousands of them make an import */
static void
test_takes_many_slices_back_as_one_range (Fixture       *self,
                                          gconstpointer  data)
{
  g_autoptr(CptUnit) unit = begin_ok (self);

  for (guint i = 0; i < 130; i++)
    add_people (self, unit, 1);
  g_assert_true (cpt_unit_finish (unit, NULL, NULL));

  for (guint round = 0; round < 2; round++)
    {
      undo_ok (self);
      g_assert_cmpint (count_hidden (self), ==, 1);
      g_assert_cmpuint (count_visible (self->database, self), ==, 0);
      redo_ok (self);
      g_assert_cmpint (count_hidden (self), ==, 0);
      g_assert_cmpuint (count_visible (self->database, self), ==, 130);
    }
  assert_sound (self);
}

/* More ranges than a statement can name, when others write in between */
static void
test_reads_beside_many_hidden_ranges (Fixture       *self,
                                      gconstpointer  data)
{
  g_autoptr(CptDatabase) other = cpt_database_open (self->path, CPT_OPEN_WRITE, &self->config, NULL);
  g_autoptr(CptUnit) unit = begin_ok (self);

  for (guint i = 0; i < 130; i++)
    {
      g_autoptr(CptRecord) record = new_record (self, "organisation", "name", "Between");
      g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);

      add_people (self, unit, 1);
      cpt_transaction_create (transaction, record);
      g_assert_true (cpt_database_commit (other, transaction, NULL, NULL, NULL));
    }
  g_assert_cmpint (count_hidden (self), ==, 130);
  g_assert_cmpuint (count_visible (other, self), ==, 130);
  g_assert_cmpuint (count_visible (self->database, self), ==, 260);
  g_assert_true (cpt_unit_finish (unit, NULL, NULL));

  undo_ok (self);
  g_assert_cmpint (count_hidden (self), ==, 130);
  g_assert_cmpuint (count_visible (other, self), ==, 130);
  redo_ok (self);
  g_assert_cmpint (count_hidden (self), ==, 0);
  g_assert_cmpuint (count_visible (other, self), ==, 260);
  assert_sound (self);
}

/* -------------------------------------------- one act that does several things */

static void
assert_undone_and_redone (Fixture       *self,
                          void (*assert_before) (Fixture *, const CptUuid *, guint),
                          void (*assert_after) (Fixture *, const CptUuid *, guint),
                          const CptUuid *ids,
                          guint          n_ids)
{
  for (guint round = 0; round < 2; round++)
    {
      assert_after (self, ids, n_ids);
      undo_ok (self);
      assert_before (self, ids, n_ids);
      assert_sound (self);
      redo_ok (self);
      assert_after (self, ids, n_ids);
      assert_sound (self);
      fixture_reopen (self);
    }
  undo_ok (self);
  assert_before (self, ids, n_ids);
}

static void
create_organisations (Fixture *self,
                      CptUuid *ids,
                      guint    n_ids)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);

  for (guint i = 0; i < n_ids; i++)
    {
      g_autoptr(CptRecord) record = new_record (self, "organisation", "name", "As it was");

      cpt_uuid_generate (&ids[i], TEST_NOW / 1000 + i);
      record->id = ids[i];
      cpt_transaction_create (transaction, record);
    }
  commit_ok (self, transaction);
}

static void
assert_all_live (Fixture       *self,
                 const CptUuid *ids,
                 guint          n_ids)
{
  for (guint i = 0; i < n_ids; i += 1 + n_ids / 10)
    {
      g_autoptr(CptRecord) record = load_ok (self, "organisation", &ids[i]);

      g_assert_false (record->in_trash);
      g_assert_null (cpt_record_get_text (record, "sector"));
    }
}

static void
assert_all_deleted (Fixture       *self,
                    const CptUuid *ids,
                    guint          n_ids)
{
  for (guint i = 0; i < n_ids; i += 1 + n_ids / 10)
    {
      g_autoptr(CptRecord) record = load_ok (self, "organisation", &ids[i]);

      g_assert_true (record->in_trash);
      g_assert_cmpstr (cpt_record_get_text (record, "sector"), ==, "Changed");
    }
}

static void
change_and_delete (Fixture       *self,
                   CptUnit       *unit,
                   const CptUuid *ids,
                   guint          n_ids)
{
  g_autoptr(CptTransaction) changes = cpt_transaction_new (CPT_ORIGIN_IMPORT, NULL);
  g_autoptr(CptTransaction) deletions = cpt_transaction_new (CPT_ORIGIN_IMPORT, NULL);
  g_auto(CptValue) value = CPT_VALUE_INIT;

  cpt_value_set_text (&value, "Changed");
  for (guint i = 0; i < n_ids; i++)
    {
      cpt_transaction_set (changes, get_entity (self, "organisation"), &ids[i], get_field (self, "organisation", "sector"), &value);
      cpt_transaction_delete (deletions, get_entity (self, "organisation"), &ids[i]);
    }
  g_assert_true (cpt_unit_commit (unit, changes, NULL, NULL, NULL));
  g_assert_true (cpt_unit_commit (unit, deletions, NULL, NULL, NULL));
}

static void
check_changed_and_deleted (Fixture *self,
                           guint    n_ids)
{
  g_autofree CptUuid *ids = g_new0 (CptUuid, n_ids);
  g_autoptr(CptUnit) unit = NULL;
  g_autoptr(CptUnit) aborted = NULL;

  create_organisations (self, ids, n_ids);
  aborted = begin_ok (self);
  change_and_delete (self, aborted, ids, n_ids);
  assert_all_deleted (self, ids, n_ids);
  g_assert_true (cpt_unit_abort (aborted, NULL));
  fixture_reopen (self);
  assert_all_live (self, ids, n_ids);
  assert_sound (self);
  g_clear_pointer (&aborted, cpt_unit_free);

  unit = begin_ok (self);
  change_and_delete (self, unit, ids, n_ids);
  g_assert_true (cpt_unit_finish (unit, NULL, NULL));
  g_clear_pointer (&unit, cpt_unit_free);
  assert_undone_and_redone (self, assert_all_live, assert_all_deleted, ids, n_ids);
}

static void
test_takes_back_what_was_changed_and_deleted (Fixture       *self,
                                              gconstpointer  data)
{
  check_changed_and_deleted (self, 3);
}

static void
test_takes_back_many_changed_and_deleted (Fixture       *self,
                                          gconstpointer  data)
{
  check_changed_and_deleted (self, 700);
}

static CptUuid
create_colour_field (Fixture *self)
{
  g_autoptr(CptRecord) record = cpt_record_new (cpt_database_get_schema (self->database), get_entity (self, "custom_field"));
  CptField field = { .name = "x_colour", .label = "Colour", .kind = CPT_FIELD_TEXT, .flags = CPT_FIELD_SEARCHABLE };

  cpt_custom_field_set_record (record, "organisation", &field);
  create_ok (self, record);

  return record->id;
}

static void
assert_coloured (Fixture       *self,
                 const CptUuid *ids,
                 guint          n_ids)
{
  for (guint i = 0; i < n_ids; i += 1 + n_ids / 10)
    assert_text (self, "organisation", &ids[i], "x_colour", "Blue");
}

static void
assert_colourless (Fixture       *self,
                   const CptUuid *ids,
                   guint          n_ids)
{
  g_autoptr(CptRecord) record = load_ok (self, "organisation", &ids[0]);

  g_assert_null (cpt_entity_find_field (cpt_record_get_entity (record), "x_colour"));
}

/* As packs are taken away with what is in their fields: in one transaction */
static void
check_field_with_values (Fixture *self,
                         guint    n_ids)
{
  g_autofree CptUuid *ids = g_new0 (CptUuid, n_ids);
  g_autoptr(CptTransaction) filling = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(CptTransaction) removal = cpt_transaction_new (CPT_ORIGIN_COMMAND, "Remove the pack");
  g_auto(CptValue) value = CPT_VALUE_INIT, nothing = CPT_VALUE_INIT;
  CptUuid field;

  create_organisations (self, ids, n_ids);
  field = create_colour_field (self);
  fixture_reopen (self);
  cpt_value_set_text (&value, "Blue");
  for (guint i = 0; i < n_ids; i++)
    {
      const CptField *colour = get_field (self, "organisation", "x_colour");

      cpt_transaction_set (filling, get_entity (self, "organisation"), &ids[i], colour, &value);
      cpt_transaction_set (removal, get_entity (self, "organisation"), &ids[i], colour, &nothing);
    }
  commit_ok (self, filling);
  assert_coloured (self, ids, n_ids);
  cpt_transaction_delete (removal, get_entity (self, "custom_field"), &field);
  commit_ok (self, removal);
  assert_undone_and_redone (self, assert_coloured, assert_colourless, ids, n_ids);
}

static void
test_takes_back_a_field_with_its_values (Fixture       *self,
                                         gconstpointer  data)
{
  check_field_with_values (self, 3);
}

static void
test_takes_back_a_field_with_many_values (Fixture       *self,
                                          gconstpointer  data)
{
  check_field_with_values (self, 1200);
}

/* What is refused when some of it was written already leaves nothing of it */
static void
test_refuses_a_field_whose_values_changed (Fixture       *self,
                                           gconstpointer  data)
{
  CptUuid id = create_organisation (self, "One");
  CptUuid field = create_colour_field (self);
  g_autoptr(CptTransaction) removal = cpt_transaction_new (CPT_ORIGIN_COMMAND, "Remove the pack");
  g_auto(CptValue) nothing = CPT_VALUE_INIT;
  g_autoptr(GError) error = NULL;
  gint64 sequence;

  fixture_reopen (self);
  set_text_ok (self, "organisation", &id, "x_colour", "Blue");
  cpt_transaction_set (removal, get_entity (self, "organisation"), &id, get_field (self, "organisation", "x_colour"), &nothing);
  cpt_transaction_delete (removal, get_entity (self, "custom_field"), &field);
  sequence = commit_ok (self, removal);
  delete_ok (self, "organisation", &id);

  g_assert_false (cpt_log_undo (self->database, sequence, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_CONFLICT);
  assert_colourless (self, &id, 1);
  assert_sound (self);
  undo_ok (self);
  undo_ok (self);
  assert_text (self, "organisation", &id, "x_colour", "Blue");
}

/* The first field of the pages of organisations */
static void
assert_first (Fixture    *self,
              const char *name)
{
  g_assert_true (cpt_database_refresh (self->database, NULL));
  g_assert_cmpstr (cpt_entity_get_form (get_entity (self, "organisation"))->groups[0].fields[0].field->name, ==, name);
}

/* The declarations are new after each, also for who opens the file later. */
static void
test_takes_back_a_page_layout (Fixture       *self,
                               gconstpointer  data)
{
  g_autoptr(CptRecord) record = new_record (self, CPT_PAGE_LAYOUT_ENTITY, "entity_name", "organisation");

  set_text (record, "layout", "{\"groups\":[{\"name\":\"main\",\"fields\":[\"website\"]}]}");
  assert_first (self, "name");
  create_ok (self, record);
  assert_first (self, "website");
  set_text_ok (self, CPT_PAGE_LAYOUT_ENTITY, &record->id, "layout",
               "{\"groups\":[{\"name\":\"main\",\"fields\":[\"email\"]}]}");
  assert_first (self, "email");
  fixture_reopen (self);
  assert_first (self, "email");
  delete_ok (self, CPT_PAGE_LAYOUT_ENTITY, &record->id);
  assert_first (self, "name");
  undo_ok (self);
  assert_first (self, "email");
  undo_ok (self);
  assert_first (self, "website");
  undo_ok (self);
  assert_first (self, "name");
  redo_ok (self);
  assert_first (self, "website");
  assert_sound (self);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_test ("/store/undo/walks-back-and-forth", test_walks_back_and_forth);
  add_test ("/store/undo/a-new-act-ends-redo", test_a_new_act_ends_redo);
  add_test ("/store/undo/undoes-an-old-act", test_undoes_an_old_act);
  add_test ("/store/undo/undoes-a-purge", test_undoes_a_purge);
  add_test ("/store/undo/leaves-others-alone", test_leaves_others_alone);
  add_test ("/store/unit/is-hidden-until-it-is-finished", test_hides_a_unit_until_it_is_finished);
  add_test ("/store/unit/counts-from-its-end", test_counts_a_unit_from_its_end);
  add_test ("/store/unit/is-taken-back-when-aborted", test_takes_an_aborted_unit_back);
  add_test ("/store/unit/is-taken-back-later", test_takes_a_unit_back_later);
  add_test ("/store/unit/is-taken-back-without-its-process", test_takes_an_orphaned_unit_back);
  add_test ("/store/unit/lets-others-write-between-slices", test_lets_others_write_between_slices);
  add_test ("/store/unit/takes-many-slices-back-as-one-range", test_takes_many_slices_back_as_one_range);
  add_test ("/store/unit/reads-beside-many-hidden-ranges", test_reads_beside_many_hidden_ranges);
  add_test ("/store/undo/takes-back-what-was-changed-and-deleted", test_takes_back_what_was_changed_and_deleted);
  add_test ("/store/undo/takes-back-many-changed-and-deleted", test_takes_back_many_changed_and_deleted);
  add_test ("/store/undo/takes-back-a-field-with-its-values", test_takes_back_a_field_with_its_values);
  add_test ("/store/undo/takes-back-a-field-with-many-values", test_takes_back_a_field_with_many_values);
  add_test ("/store/undo/refuses-a-field-whose-values-changed", test_refuses_a_field_whose_values_changed);
  add_test ("/store/undo/takes-back-a-page-layout", test_takes_back_a_page_layout);

  return g_test_run ();
}
