/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every way of writing, stopped at every place: a progress handler ends SQLite's
 * work at step n, for n = 1, 2, 3, ... until it gets through. Each time it is
 * all there or nothing, and the workspace is sound. */

#include "config.h"

#include "store-fixture.h"

#include "cpt-check.h"
#include "cpt-custom-field.h"
#include "cpt-database-private.h"

/* Steps between two stops grow with n: early ones matter most */
#ifdef __SANITIZE_ADDRESS__
#define GROWTH 4
#else
#define GROWTH 20
#endif

typedef struct
{
  guint left;
  gboolean was_stopped;
} Stop;

static int
count_down (void *data)
{
  Stop *self = data;

  if (self->left > 0 && --self->left > 0)
    return 0;

  self->was_stopped = TRUE;

  return 1;
}

/* As one who cancels a moment too early for what comes next */
static int
stop_once (void *data)
{
  Stop *self = data;

  if (self->left == 0 || --self->left > 0)
    return 0;

  self->was_stopped = TRUE;

  return 1;
}

typedef gboolean (*Operation) (Fixture *self,
                               GError **error);

/* What the operations work on; made anew for each round */
static CptUuid first;
static CptUuid second;

static char *
take_picture (Fixture *self)
{
  GString *picture = g_string_new (NULL);
  const CptUuid *ids[] = { &first, &second };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr(CptRecord) record = cpt_database_load (self->database, get_entity (self, "organisation"), ids[i], NULL);
      g_autofree char *json = record == NULL ? g_strdup ("gone") : cpt_record_format_json (record);

      g_string_append_printf (picture, "%s %s\n", json, record != NULL && record->in_trash ? "in the trash" : "");
    }
  g_string_append_printf (picture, "%" G_GINT64_FORMAT, cpt_database_get_sequence (self->database));

  return g_string_free (picture, FALSE);
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

static void
torture (Fixture   *self,
         Operation  prepare,
         Operation  operate)
{
  guint n_stops = 0;

  first = create_organisation (self, "First");
  second = create_organisation (self, "Second");
  if (prepare != NULL)
    g_assert_true (prepare (self, NULL));

  for (guint n = 1;; n += 1 + n / GROWTH)
    {
      g_autofree char *before = take_picture (self);
      g_autofree char *after = NULL;
      g_autoptr(GError) error = NULL;
      Stop stop = { .left = n };
      gboolean done;

      sqlite3_progress_handler (self->database->handle, 1, count_down, &stop);
      done = operate (self, &error);
      sqlite3_progress_handler (self->database->handle, 0, NULL, NULL);
      g_assert_true (sqlite3_get_autocommit (self->database->handle));
      g_assert_cmpuint (self->database->depth, ==, 0);

      after = take_picture (self);
      if (done)
        {
          g_assert_no_error (error);
          g_assert_false (stop.was_stopped);
          g_assert_cmpstr (before, !=, after);
          break;
        }
      g_assert_true (stop.was_stopped);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpstr (before, ==, after);
      if (++n_stops % 32 == 0)
        assert_sound (self);
    }

  assert_sound (self);
  g_test_message ("stopped at %u places", n_stops);
  g_assert_cmpuint (n_stops, >, 10);
}

static gboolean
commit (Fixture         *self,
        CptTransaction  *transaction,
        GError         **error)
{
  return cpt_database_commit (self->database, transaction, NULL, NULL, error);
}

static gboolean
create (Fixture  *self,
        GError  **error)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(CptRecord) record = new_record (self, "organisation", "name", "Created");
  g_autoptr(CptRecord) child = new_record (self, "organisation", "name", "Child");
  CptValue tags = CPT_VALUE_INIT;

  cpt_value_take_texts (&tags, g_strsplit ("a,b", ",", -1));
  cpt_record_take (record, get_field (self, "organisation", "tags"), tags);
  set_link (child, "parent", &first);
  cpt_transaction_create (transaction, record);
  cpt_transaction_create (transaction, child);

  return commit (self, transaction, error);
}

static gboolean
update (Fixture  *self,
        GError  **error)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_auto(CptValue) tags = CPT_VALUE_INIT;

  cpt_value_set_text (&value, "Renamed");
  cpt_value_take_texts (&tags, g_strsplit ("x,y,z", ",", -1));
  cpt_transaction_set (transaction, get_entity (self, "organisation"), &first, get_field (self, "organisation", "name"), &value);
  cpt_transaction_set (transaction, get_entity (self, "organisation"), &second, get_field (self, "organisation", "tags"), &tags);

  return commit (self, transaction, error);
}

static gboolean delete (Fixture *self,
                        GError **error)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);

  cpt_transaction_delete (transaction, get_entity (self, "organisation"), &first);
  cpt_transaction_delete (transaction, get_entity (self, "organisation"), &second);

  return commit (self, transaction, error);
}

static gboolean
restore (Fixture  *self,
         GError  **error)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);

  cpt_transaction_restore (transaction, get_entity (self, "organisation"), &first);
  cpt_transaction_restore (transaction, get_entity (self, "organisation"), &second);

  return commit (self, transaction, error);
}

static gboolean
purge (Fixture  *self,
       GError  **error)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);

  cpt_transaction_purge (transaction, get_entity (self, "organisation"), &first);

  return commit (self, transaction, error);
}

static gboolean
undo (Fixture  *self,
      GError  **error)
{
  g_autoptr(CptLogEntry) entry = cpt_log_peek_undo (self->database, error);

  return entry != NULL && cpt_log_undo (self->database, entry->sequence, NULL, error);
}

static gboolean
redo (Fixture  *self,
      GError  **error)
{
  g_autoptr(CptLogEntry) entry = cpt_log_peek_redo (self->database, error);

  return entry != NULL && cpt_log_undo (self->database, entry->sequence, NULL, error);
}

static gboolean
set_setting (Fixture  *self,
             GError  **error)
{
  return cpt_database_set_setting (self->database, "name", "Workspace", error);
}

/* A unit that is stopped is taken back when it goes, without being stopped again. */
static gboolean
fill (Fixture  *self,
      GError  **error)
{
  g_autoptr(CptUnit) unit = cpt_unit_begin (self->database, CPT_ORIGIN_IMPORT, "Fill", error);
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_IMPORT, NULL);
  g_auto(CptValue) value = CPT_VALUE_INIT;
  gboolean done;

  if (unit == NULL)
    return FALSE;

  cpt_value_set_text (&value, "Filled");
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(CptRecord) record = new_record (self, "organisation", "name", "Filled");

      cpt_transaction_create (transaction, record);
    }
  cpt_transaction_set (transaction, get_entity (self, "organisation"), &first, get_field (self, "organisation", "name"), &value);
  done = cpt_unit_commit (unit, transaction, NULL, NULL, error) && cpt_unit_finish (unit, NULL, error);
  sqlite3_progress_handler (self->database->handle, 0, NULL, NULL);

  return done;
}

static void
test_create (Fixture       *self,
             gconstpointer  data)
{
  torture (self, NULL, create);
}

static void
test_update (Fixture       *self,
             gconstpointer  data)
{
  torture (self, NULL, update);
}

static void
test_delete (Fixture       *self,
             gconstpointer  data)
{
  torture (self, NULL, delete);
}

static void
test_restore (Fixture       *self,
              gconstpointer  data)
{
  torture (self, delete, restore);
}

static void
test_purge (Fixture       *self,
            gconstpointer  data)
{
  torture (self, delete, purge);
}

static void
test_undo (Fixture       *self,
           gconstpointer  data)
{
  torture (self, update, undo);
}

static gboolean
update_and_undo (Fixture  *self,
                 GError  **error)
{
  return update (self, error) && undo (self, error);
}

static void
test_redo (Fixture       *self,
           gconstpointer  data)
{
  torture (self, update_and_undo, redo);
}

static void
test_setting (Fixture       *self,
              gconstpointer  data)
{
  torture (self, NULL, set_setting);
}

/* The log has a line of a unit that was begun, so that only the records can be
 * compared. */
static void
test_unit (Fixture       *self,
           gconstpointer  data)
{
  first = create_organisation (self, "First");
  second = create_organisation (self, "Second");

  for (guint n = 1;; n += 1 + n / GROWTH)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(CptRecord) record = NULL;
      Stop stop = { .left = n };
      gboolean done;

      sqlite3_progress_handler (self->database->handle, 1, count_down, &stop);
      done = fill (self, &error);
      sqlite3_progress_handler (self->database->handle, 0, NULL, NULL);
      g_assert_cmpint (self->database->unit, ==, 0);
      g_assert_cmpuint (self->database->depth, ==, 0);
      record = load_ok (self, "organisation", &first);
      g_assert_cmpstr (cpt_record_get_text (record, "name"), ==, done ? "Filled" : "First");
      if (done)
        break;
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
  assert_sound (self);
}

/* Organisations of a French one need a legal name, and no two have the same. */
static gboolean
make_rules (Fixture  *self,
            GError  **error)
{
  static const char *const kinds[] = { "required", "unique" };
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);

  set_text_ok (self, "organisation", &first, "country", "FR");
  set_text_ok (self, "organisation", &first, "legal_name", "First SAS");
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(CptRecord) rule = new_record (self, "rule", "name", kinds[i]);

      set_text (rule, "entity_name", "organisation");
      set_text (rule, "field_name", "legal_name");
      set_text (rule, "kind", kinds[i]);
      set_text (rule, "condition", "{\"field\":\"parent.country\",\"op\":\"is\",\"value\":\"FR\"}");
      cpt_transaction_create (transaction, rule);
    }

  return commit (self, transaction, error);
}

/* A rule that can't be asked is no rule that is met. */
static void
test_rules (Fixture       *self,
            gconstpointer  data)
{
  gboolean was_stopped = TRUE;

  first = create_organisation (self, "First");
  second = create_organisation (self, "Second");
  g_assert_true (make_rules (self, NULL));
  for (guint n = 1; was_stopped; n++)
    {
      g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
      g_autoptr(GError) error = NULL;
      g_auto(CptValue) value = CPT_VALUE_INIT;
      Stop stop = { .left = n };

      cpt_value_set_id (&value, &first);
      cpt_transaction_set (transaction, get_entity (self, "organisation"), &second, get_field (self, "organisation", "parent"), &value);
      sqlite3_progress_handler (self->database->handle, 1, stop_once, &stop);
      g_assert_false (commit (self, transaction, &error));
      sqlite3_progress_handler (self->database->handle, 0, NULL, NULL);
      was_stopped = stop.was_stopped;
      if (was_stopped && error->domain != CPT_ERROR)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      else
        g_assert_error (error, CPT_ERROR, CPT_ERROR_INVALID);
    }
}

static gboolean
look (CptDatabase  *database,
      gpointer      data,
      GError      **error)
{
  return TRUE;
}

static void
add_custom_field (Fixture *self)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(CptRecord) record = cpt_record_new (cpt_database_get_schema (self->database), get_entity (self, "custom_field"));
  const CptField field = { .name = "x_colour", .label = "Colour", .kind = CPT_FIELD_TEXT };

  cpt_custom_field_set_record (record, "organisation", &field);
  cpt_transaction_create (transaction, record);
  commit_ok (self, transaction);
}

/* What a stopped reader did not read is not taken for nothing. */
static void
torture_reading (CptDatabase *database)
{
  gboolean was_stopped = TRUE;

  for (guint n = 1; was_stopped; n++)
    {
      g_autoptr(GError) error = NULL;
      Stop stop = { .left = n };
      const CptEntity *entity;

      database->custom_sequence = CPT_SEQUENCE_UNKNOWN;
      cpt_database_forget (database);
      sqlite3_progress_handler (database->handle, 1, count_down, &stop);
      if (!cpt_database_snapshot (database, look, NULL, &error))
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      sqlite3_progress_handler (database->handle, 0, NULL, NULL);
      was_stopped = stop.was_stopped;

      g_assert_true (cpt_database_snapshot (database, look, NULL, NULL));
      entity = cpt_schema_find_entity (cpt_database_get_schema (database), "organisation");
      g_assert_nonnull (cpt_entity_find_field (entity, "x_colour"));
    }
}

static void
test_declarations (Fixture       *self,
                   gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  CptDatabase *reader;

  add_custom_field (self);
  torture_reading (self->database);
  reader = cpt_database_open (self->path, CPT_OPEN_READ, &self->config, &error);
  g_assert_no_error (error);
  torture_reading (reader);
  cpt_database_close (reader);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_test ("/store/torture/create", test_create);
  add_test ("/store/torture/update", test_update);
  add_test ("/store/torture/delete", test_delete);
  add_test ("/store/torture/restore", test_restore);
  add_test ("/store/torture/purge", test_purge);
  add_test ("/store/torture/undo", test_undo);
  add_test ("/store/torture/redo", test_redo);
  add_test ("/store/torture/setting", test_setting);
  add_test ("/store/torture/unit", test_unit);
  add_test ("/store/torture/rules", test_rules);
  add_test ("/store/torture/declarations", test_declarations);

  return g_test_run ();
}
