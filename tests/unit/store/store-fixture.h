/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the tests of the store share: a workspace in a folder of its own, and
 * short ways to make and look at records. */

#include <glib/gstdio.h>

#include <string.h>

#include "cpt-database.h"
#include "cpt-error.h"
#include "cpt-log.h"
#include "cpt-transaction.h"

/* 2026-11-21T10:00:00Z */
#define TEST_NOW G_GINT64_CONSTANT (1795255200000000)

typedef struct
{
  char *folder;
  char *path;
  CptClock *clock;
  CptDatabaseConfig config;
  CptDatabase *database;
} Fixture;

static inline void
fixture_open (Fixture     *self,
              CptOpenMode  mode)
{
  g_autoptr(GError) error = NULL;

  self->database = cpt_database_open (self->path, mode, &self->config, &error);
  g_assert_no_error (error);
  g_assert_nonnull (self->database);
}

static inline void
fixture_set_up (Fixture       *self,
                gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  self->folder = g_dir_make_tmp ("cpt-store-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "test.comptoir", NULL);
  self->clock = cpt_clock_new_virtual (TEST_NOW);
  self->config = (CptDatabaseConfig) { .clock = self->clock, .device = "here" };
  fixture_open (self, CPT_OPEN_CREATE);
}

static inline void
fixture_reopen (Fixture *self)
{
  g_clear_pointer (&self->database, cpt_database_close);
  fixture_open (self, CPT_OPEN_WRITE);
}

static inline void
remove_folder (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      if (g_file_test (file, G_FILE_TEST_IS_DIR) && !g_file_test (file, G_FILE_TEST_IS_SYMLINK))
        remove_folder (file);
      else
        g_unlink (file);
    }
  g_rmdir (path);
}

static inline void
fixture_tear_down (Fixture       *self,
                   gconstpointer  data)
{
  g_clear_pointer (&self->database, cpt_database_close);
  g_assert_finalize_object (self->clock);
  remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->path);
}

static inline const CptEntity *
get_entity (Fixture    *self,
            const char *name)
{
  const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (self->database), name);

  g_assert_nonnull (entity);

  return entity;
}

static inline const CptField *
get_field (Fixture    *self,
           const char *entity,
           const char *name)
{
  const CptField *field = cpt_entity_find_field (get_entity (self, entity), name);

  g_assert_nonnull (field);

  return field;
}

static inline void
set_text (CptRecord  *record,
          const char *field,
          const char *text)
{
  CptValue value = CPT_VALUE_INIT;

  cpt_value_set_text (&value, text);
  cpt_record_take (record, cpt_entity_find_field (cpt_record_get_entity (record), field), value);
}

static inline void
set_link (CptRecord     *record,
          const char    *field,
          const CptUuid *id)
{
  CptValue value = CPT_VALUE_INIT;

  cpt_value_set_id (&value, id);
  cpt_record_take (record, cpt_entity_find_field (cpt_record_get_entity (record), field), value);
}

static inline CptRecord *
new_record (Fixture    *self,
            const char *entity,
            const char *field,
            const char *text)
{
  CptRecord *record = cpt_record_new (cpt_database_get_schema (self->database), get_entity (self, entity));

  set_text (record, field, text);

  return record;
}

static inline gint64
commit_ok (Fixture        *self,
           CptTransaction *transaction)
{
  g_autoptr(GError) error = NULL;
  CptCommit commit = { 0 };

  cpt_database_commit (self->database, transaction, &commit, NULL, &error);
  g_assert_no_error (error);

  return commit.sequence;
}

static inline gint64
create_ok (Fixture   *self,
           CptRecord *record)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);

  cpt_transaction_create (transaction, record);

  return commit_ok (self, transaction);
}

static inline CptUuid
create_organisation (Fixture    *self,
                     const char *name)
{
  g_autoptr(CptRecord) record = new_record (self, "organisation", "name", name);

  create_ok (self, record);

  return record->id;
}

static inline gint64
set_text_ok (Fixture       *self,
             const char    *entity,
             const CptUuid *id,
             const char    *field,
             const char    *text)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_auto(CptValue) value = CPT_VALUE_INIT;

  cpt_value_set_text (&value, text);
  cpt_transaction_set (transaction, get_entity (self, entity), id, get_field (self, entity, field), &value);

  return commit_ok (self, transaction);
}

static inline gint64
delete_ok (Fixture       *self,
           const char    *entity,
           const CptUuid *id)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);

  cpt_transaction_delete (transaction, get_entity (self, entity), id);

  return commit_ok (self, transaction);
}

static inline CptRecord *
load_ok (Fixture       *self,
         const char    *entity,
         const CptUuid *id)
{
  g_autoptr(GError) error = NULL;
  CptRecord *record = cpt_database_load (self->database, get_entity (self, entity), id, &error);

  g_assert_no_error (error);
  g_assert_nonnull (record);

  return record;
}

static inline void
assert_text (Fixture       *self,
             const char    *entity,
             const CptUuid *id,
             const char    *field,
             const char    *text)
{
  g_autoptr(CptRecord) record = load_ok (self, entity, id);

  g_assert_cmpstr (cpt_record_get_text (record, field), ==, text);
}

static inline void
assert_missing (Fixture       *self,
                const char    *entity,
                const CptUuid *id)
{
  g_autoptr(GError) error = NULL;
  CptRecord *record = cpt_database_load (self->database, get_entity (self, entity), id, &error);

  g_assert_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND);
  g_assert_null (record);
}

#define add_test(name, func) g_test_add (name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
