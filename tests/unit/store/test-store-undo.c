/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Undo and redo of everything, from the log, also after the file was closed. */

#include "config.h"

#include "undo-fixture.h"

#include "cpt-custom-field.h"
#include "cpt-database-private.h"
#include "cpt-form.h"
#include "cpt-own-choices.h"
#include "cpt-page-layout.h"
#include "cpt-trash.h"

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
  aborted = cpt_unit_begin (self->database, CPT_ORIGIN_IMPORT, "Twice", NULL);
  change_and_delete (self, aborted, ids, n_ids);
  assert_all_deleted (self, ids, n_ids);
  g_assert_true (cpt_unit_abort (aborted, NULL));
  fixture_reopen (self);
  assert_all_live (self, ids, n_ids);
  assert_sound (self);
  g_clear_pointer (&aborted, cpt_unit_free);

  unit = cpt_unit_begin (self->database, CPT_ORIGIN_IMPORT, "Twice", NULL);
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

static void
set_sector_of_all (Fixture       *self,
                   CptUnit       *unit,
                   const CptUuid *ids,
                   guint          n_ids,
                   const char    *text)
{
  g_autoptr(CptTransaction) changes = cpt_transaction_new (CPT_ORIGIN_IMPORT, NULL);
  g_auto(CptValue) value = CPT_VALUE_INIT;

  cpt_value_set_text (&value, text);
  for (guint i = 0; i < n_ids; i++)
    cpt_transaction_set (changes, get_entity (self, "organisation"), &ids[i], get_field (self, "organisation", "sector"), &value);
  g_assert_true (cpt_unit_commit (unit, changes, NULL, NULL, NULL));
}

static void
assert_all_second (Fixture       *self,
                   const CptUuid *ids,
                   guint          n_ids)
{
  for (guint i = 0; i < n_ids; i += 1 + n_ids / 10)
    {
      g_autoptr(CptRecord) record = load_ok (self, "organisation", &ids[i]);

      g_assert_cmpstr (cpt_record_get_text (record, "sector"), ==, "Second");
    }
}

static void
test_takes_back_many_changed_twice (Fixture       *self,
                                    gconstpointer  data)
{
  const guint n_ids = 700;
  g_autofree CptUuid *ids = g_new0 (CptUuid, n_ids);
  g_autoptr(CptUnit) unit = NULL;

  create_organisations (self, ids, n_ids);
  unit = cpt_unit_begin (self->database, CPT_ORIGIN_IMPORT, "Twice", NULL);
  set_sector_of_all (self, unit, ids, n_ids, "First");
  set_sector_of_all (self, unit, ids, n_ids, "Second");
  g_assert_true (cpt_unit_finish (unit, NULL, NULL));
  g_clear_pointer (&unit, cpt_unit_free);

  assert_undone_and_redone (self, assert_all_live, assert_all_second, ids, n_ids);
}

/* More than are looked at in one go: nothing of it is taken back */
static void
test_refuses_many_when_one_was_touched (Fixture       *self,
                                        gconstpointer  data)
{
  const guint n_ids = 1200;
  g_autofree CptUuid *ids = g_new0 (CptUuid, n_ids);
  g_autoptr(CptTransaction) deletions = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(CptTransaction) restoration = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(GError) error = NULL;
  gint64 act;

  create_organisations (self, ids, n_ids);
  for (guint i = 0; i < n_ids; i++)
    cpt_transaction_delete (deletions, get_entity (self, "organisation"), &ids[i]);
  act = commit_ok (self, deletions);
  cpt_transaction_restore (restoration, get_entity (self, "organisation"), &ids[10]);
  commit_ok (self, restoration);
  delete_ok (self, "organisation", &ids[10]);

  g_assert_false (cpt_log_undo (self->database, act, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_CONFLICT);
  for (guint i = 0; i < n_ids; i += 200)
    {
      g_autoptr(CptRecord) record = load_ok (self, "organisation", &ids[i]);

      g_assert_true (record->in_trash);
    }
  assert_sound (self);

  /* Where that was taken back, nobody touched it */
  undo_ok (self);
  undo_ok (self);
  undo_ok (self);
  assert_all_live (self, ids, n_ids);
  assert_sound (self);
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

/* Likewise */
static void
test_takes_back_a_list_of_choices (Fixture       *self,
                                   gconstpointer  data)
{
  g_autoptr(CptRecord) record = new_record (self, CPT_CHOICE_LIST_ENTITY, "entity_name", "organisation");

  set_text (record, "field_name", "kind");
  set_text (record, "choices", "[{\"name\":\"fair\",\"label\":\"Fair\"},{\"name\":\"supplier\",\"hidden\":true}]");
  create_ok (self, record);
  g_assert_true (cpt_database_refresh (self->database, NULL));
  g_assert_nonnull (cpt_field_find_choice (get_field (self, "organisation", "kind"), "fair"));
  g_assert_null (cpt_field_find_choice (get_field (self, "organisation", "kind"), "supplier"));
  fixture_reopen (self);
  g_assert_nonnull (cpt_field_find_choice (get_field (self, "organisation", "kind"), "fair"));
  undo_ok (self);
  g_assert_true (cpt_database_refresh (self->database, NULL));
  g_assert_null (cpt_field_find_choice (get_field (self, "organisation", "kind"), "fair"));
  g_assert_nonnull (cpt_field_find_choice (get_field (self, "organisation", "kind"), "supplier"));
  assert_sound (self);
}

/* What people never look through can be undone, and is in the trash only for who asks for it */
static void
test_keeps_notes_out_of_the_trash (Fixture       *self,
                                   gconstpointer  data)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  const CptEntity *setting = cpt_schema_find_entity (schema, "workspace_setting");
  g_autoptr(CptRecord) record = new_record (self, "workspace_setting", "name", "badges");
  CptUuid organisation = create_organisation (self, "One");
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GPtrArray) settings = NULL;
  g_autoptr(GError) error = NULL;
  guint64 count;

  create_ok (self, record);
  delete_ok (self, "workspace_setting", &record->id);
  delete_ok (self, "organisation", &organisation);

  all = cpt_trash_list (self->database, schema, NULL, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 1);
  g_assert_cmpstr (((CptTrashItem *) g_ptr_array_index (all, 0))->title, ==, "One");
  g_assert_true (cpt_trash_count (self->database, NULL, &count, &error));
  g_assert_cmpuint (count, ==, 1);

  settings = cpt_trash_list (self->database, schema, setting, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (settings->len, ==, 1);
  g_assert_true (cpt_trash_count (self->database, setting, &count, &error));
  g_assert_cmpuint (count, ==, 1);
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
  add_test ("/store/undo/takes-back-what-was-changed-and-deleted", test_takes_back_what_was_changed_and_deleted);
  add_test ("/store/undo/takes-back-many-changed-and-deleted", test_takes_back_many_changed_and_deleted);
  add_test ("/store/undo/takes-back-many-changed-twice", test_takes_back_many_changed_twice);
  add_test ("/store/undo/refuses-many-when-one-was-touched", test_refuses_many_when_one_was_touched);
  add_test ("/store/undo/takes-back-a-field-with-its-values", test_takes_back_a_field_with_its_values);
  add_test ("/store/undo/takes-back-a-field-with-many-values", test_takes_back_a_field_with_many_values);
  add_test ("/store/undo/refuses-a-field-whose-values-changed", test_refuses_a_field_whose_values_changed);
  add_test ("/store/undo/takes-back-a-page-layout", test_takes_back_a_page_layout);
  add_test ("/store/undo/takes-back-a-list-of-choices", test_takes_back_a_list_of_choices);
  add_test ("/store/undo/keeps-notes-out-of-the-trash", test_keeps_notes_out_of_the_trash);

  return g_test_run ();
}
