/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <sqlite3.h>

#include "cpt-attachment.h"
#include "cpt-blob.h"
#include "cpt-check.h"

#include "store-fixture.h"

static void
add_file (GPtrArray  *files,
          const char *name,
          const void *data,
          gsize       length)
{
  CptAttachmentFile *file = g_new0 (CptAttachmentFile, 1);

  file->name = g_strdup (name);
  file->bytes = g_bytes_new (data, length);
  g_ptr_array_add (files, file);
}

static GPtrArray *
new_files (const char *name,
           const char *text)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_attachment_file_free);

  add_file (files, name, text, strlen (text));

  return files;
}

static gint64
attach_ok (Fixture       *self,
           const CptUuid *id,
           GPtrArray     *files)
{
  g_autoptr(GError) error = NULL;
  CptCommit commit = { 0 };

  cpt_attachment_add (self->database, get_entity (self, "organisation"), id, files, CPT_ORIGIN_FORM, &commit, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (commit.n_created, ==, files->len);

  return commit.sequence;
}

/* The only file that is there */
static CptRecord *
load_file (Fixture *self)
{
  g_autoptr(GError) error = NULL;
  CptRecord *record = cpt_database_load_row (self->database, get_entity (self, "file"), 1, &error);

  g_assert_no_error (error);

  return record;
}

static void
assert_content (Fixture    *self,
                const char *digest,
                const void *data,
                gsize       length)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = cpt_blob_read (self->database, digest, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), data, length);
}

static gint64
count_rows (Fixture    *self,
            const char *sql)
{
  sqlite3 *handle;
  sqlite3_stmt *statement;
  gint64 count;

  g_assert_cmpint (sqlite3_open_v2 (self->path, &handle, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  count = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (handle);

  return count;
}

static void
assert_sound (Fixture *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) findings = cpt_check_run (self->database, TRUE, NULL, &error);

  g_assert_no_error (error);
  if (findings->len > 0)
    g_test_message ("%s", (const char *) findings->pdata[0]);
  g_assert_cmpuint (findings->len, ==, 0);
}

static void
test_attach (Fixture       *self,
             gconstpointer  data)
{
  CptUuid acme = create_organisation (self, "Acme");
  g_autoptr(GPtrArray) files = new_files ("../../pla\nn.txt", "hello");
  g_autoptr(CptRecord) record = NULL;
  g_autoptr(CptAttachment) attachment = NULL;

  attach_ok (self, &acme, files);
  record = load_file (self);
  attachment = cpt_attachment_from_value (cpt_record_get_named (record, "content"));
  g_assert_cmpstr (attachment->name, ==, "pla n.txt");
  g_assert_cmpstr (cpt_record_get_text (record, "name"), ==, "pla n.txt");
  g_assert_cmpstr (attachment->type, ==, "text/plain");
  g_assert_cmpint (attachment->size, ==, 5);
  g_assert_cmpstr (attachment->sha256, ==, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
  g_assert_true (cpt_uuid_equal (&cpt_record_get_named (record, "organisation")->id, &acme));
  assert_content (self, attachment->sha256, "hello", 5);
  assert_sound (self);
}

static void
test_once (Fixture       *self,
           gconstpointer  data)
{
  CptUuid acme = create_organisation (self, "Acme");
  gsize length = 3 * 256 * 1024 + 7;
  g_autofree guint8 *large = g_malloc (length);
  g_autoptr(GPtrArray) files = new_files ("a", "same");
  g_autofree char *digest = NULL;

  for (gsize i = 0; i < length; i++)
    large[i] = (guint8) (i * 31 + i / 251);
  add_file (files, "b", "same", 4);
  add_file (files, "large", large, length);
  add_file (files, "empty", "", 0);
  attach_ok (self, &acme, files);
  g_assert_cmpint (count_rows (self, "SELECT count(*) FROM blob"), ==, 3);
  g_assert_cmpint (count_rows (self, "SELECT count(*) FROM blob_chunk"), ==, 5);
  digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, large, length);
  assert_content (self, digest, large, length);
  assert_content (self, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "", 0);
  assert_sound (self);
}

static void
test_undo (Fixture       *self,
           gconstpointer  data)
{
  CptUuid acme = create_organisation (self, "Acme");
  g_autoptr(GPtrArray) files = new_files ("a", "hello");
  g_autoptr(CptRecord) record = NULL;
  g_autoptr(CptLogEntry) redo = NULL;
  g_autoptr(GError) error = NULL;
  guint64 n_removed, n_bytes;
  gint64 sequence;

  add_file (files, "b", "more", 4);
  sequence = attach_ok (self, &acme, files);
  record = load_file (self);
  g_assert_true (cpt_log_undo (self->database, sequence, NULL, &error));
  g_assert_cmpint (count_rows (self, "SELECT count(*) FROM file"), ==, 0);

  /* The log can bring it back: it stays. */
  g_assert_true (cpt_blob_clean (self->database, &n_removed, &n_bytes, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_removed, ==, 0);
  redo = cpt_log_peek_redo (self->database, &error);
  g_assert_true (cpt_log_undo (self->database, redo->sequence, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_rows (self, "SELECT count(*) FROM file"), ==, 2);

  delete_ok (self, "file", &record->id);
  g_assert_true (cpt_blob_clean (self->database, &n_removed, &n_bytes, &error));
  g_assert_cmpuint (n_removed, ==, 0);
  assert_sound (self);
}

static void
test_clean (Fixture       *self,
            gconstpointer  data)
{
  CptUuid acme = create_organisation (self, "Acme");
  g_autoptr(GPtrArray) files = new_files ("a", "hello");
  g_autoptr(GError) error = NULL;
  guint64 n_removed, n_bytes;
  sqlite3 *handle;

  attach_ok (self, &acme, files);
  g_clear_pointer (&self->database, cpt_database_close);
  g_assert_cmpint (sqlite3_open (self->path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle,
                                 "INSERT INTO blob (digest, size) VALUES (zeroblob (32), 3);"
                                 "INSERT INTO blob_chunk VALUES (last_insert_rowid (), 0, x'414243')",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (handle);
  fixture_open (self, CPT_OPEN_WRITE);
  g_assert_true (cpt_blob_clean (self->database, &n_removed, &n_bytes, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_removed, ==, 1);
  g_assert_cmpuint (n_bytes, ==, 3);
  g_assert_cmpint (count_rows (self, "SELECT count(*) FROM blob_chunk"), ==, 1);
  assert_sound (self);
}

static void
test_check (Fixture       *self,
            gconstpointer  data)
{
  CptUuid acme = create_organisation (self, "Acme");
  g_autoptr(GPtrArray) files = new_files ("a", "hello");
  g_autoptr(GPtrArray) findings = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;
  sqlite3 *handle;

  attach_ok (self, &acme, files);
  g_clear_pointer (&self->database, cpt_database_close);
  g_assert_cmpint (sqlite3_open (self->path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, "UPDATE blob_chunk SET data = x'68656c6c70'", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
  fixture_open (self, CPT_OPEN_WRITE);
  findings = cpt_check_run (self->database, FALSE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 1);
  bytes = cpt_blob_read (self->database, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", &error);
  g_assert_error (error, CPT_ERROR, CPT_ERROR_DAMAGED);
  g_assert_null (bytes);
}

static void
test_refused (Fixture       *self,
              gconstpointer  data)
{
  CptUuid acme = create_organisation (self, "Acme");
  g_autoptr(GPtrArray) files = new_files ("a", "hello");
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(CptRecord) forged = new_record (self, "file", "name", "forged");
  g_autoptr(GError) error = NULL;
  CptUuid nobody = { 0 };

  /* To nobody: nothing is kept. */
  cpt_uuid_generate (&nobody, 1);
  g_assert_false (cpt_attachment_add (self->database, get_entity (self, "organisation"), &nobody, files, CPT_ORIGIN_FORM, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_cmpint (count_rows (self, "SELECT count(*) FROM blob"), ==, 0);

  g_assert_false (cpt_attachment_add (self->database, get_entity (self, "tag"), &acme, files, CPT_ORIGIN_FORM, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED);
  g_clear_error (&error);

  g_assert_true (cpt_database_set_setting (self->database, CPT_ATTACHMENT_LIMIT_SETTING, "4", &error));
  g_assert_false (cpt_attachment_add (self->database, get_entity (self, "organisation"), &acme, files, CPT_ORIGIN_FORM, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_LIMIT);
  g_clear_error (&error);

  /* A record can't say that it has what is not here. */
  set_text (forged, "content",
            "{\"name\":\"a\",\"sha256\":\"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824\",\"size\":5,"
            "\"type\":\"text/plain\"}");
  cpt_transaction_create (transaction, forged);
  g_assert_false (cpt_database_commit (self->database, transaction, NULL, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_INVALID);
}

static void
test_alone (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr(GPtrArray) files = new_files ("../map.png", "hello");
  g_autoptr(CptRecord) record = NULL;
  g_autofree char *name = NULL;
  g_autoptr(GError) error = NULL;
  CptUuid id = { 0 };

  g_assert_true (cpt_attachment_add_alone (self->database, g_ptr_array_index (files, 0), CPT_ORIGIN_FORM, &id, NULL, &error));
  g_assert_no_error (error);
  record = load_file (self);
  g_assert_true (cpt_uuid_equal (&record->id, &id));
  name = g_strdup (cpt_record_get (record, cpt_entity_get_title_field (get_entity (self, "file")))->text);
  g_assert_cmpstr (name, ==, "map.png");
  g_assert_cmpint (count_rows (self, "SELECT count(*) FROM blob"), ==, 1);

  g_assert_true (cpt_database_set_setting (self->database, CPT_ATTACHMENT_LIMIT_SETTING, "4", &error));
  g_assert_false (cpt_attachment_add_alone (self->database, g_ptr_array_index (files, 0), CPT_ORIGIN_FORM, &id, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_LIMIT);
}

static void
test_read (Fixture       *self,
           gconstpointer  data)
{
  g_autofree char *path = g_build_filename (self->folder, "a.txt", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFile) folder = g_file_new_for_path (self->folder);
  g_autoptr(CptAttachmentFile) read = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "hello", 5, NULL));
  read = cpt_attachment_file_read (file, 5, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (read->name, ==, "a.txt");
  g_assert_null (cpt_attachment_file_read (file, 4, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_LIMIT);
  g_clear_error (&error);
  g_assert_null (cpt_attachment_file_read (folder, 4, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_test ("/attachment/is-a-record-with-a-content", test_attach);
  add_test ("/attachment/keeps-equal-contents-once", test_once);
  add_test ("/attachment/is-undone-and-redone-with-its-content", test_undo);
  add_test ("/attachment/removes-contents-that-nobody-can-bring-back", test_clean);
  add_test ("/attachment/check-finds-what-was-changed", test_check);
  add_test ("/attachment/refuses-what-is-too-large-or-not-there", test_refused);
  add_test ("/attachment/belongs-to-no-record", test_alone);
  add_test ("/attachment/reads-plain-files-alone", test_read);

  return g_test_run ();
}
