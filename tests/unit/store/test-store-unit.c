/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Many transactions that are one act, or none at all: hidden until they are
 * finished, taken back by whoever is left. */

#include "config.h"

#include "undo-fixture.h"

#include "cpt-database-private.h"
#include "cpt-layout.h"
#include "cpt-unit-private.h"

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

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_test ("/store/unit/is-hidden-until-it-is-finished", test_hides_a_unit_until_it_is_finished);
  add_test ("/store/unit/counts-from-its-end", test_counts_a_unit_from_its_end);
  add_test ("/store/unit/is-taken-back-when-aborted", test_takes_an_aborted_unit_back);
  add_test ("/store/unit/is-taken-back-later", test_takes_a_unit_back_later);
  add_test ("/store/unit/is-taken-back-without-its-process", test_takes_an_orphaned_unit_back);
  add_test ("/store/unit/lets-others-write-between-slices", test_lets_others_write_between_slices);
  add_test ("/store/unit/takes-many-slices-back-as-one-range", test_takes_many_slices_back_as_one_range);
  add_test ("/store/unit/reads-beside-many-hidden-ranges", test_reads_beside_many_hidden_ranges);

  return g_test_run ();
}
