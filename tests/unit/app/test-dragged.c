/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What other programs get of records that are dragged, and which links there
 * are between two kinds. */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "cpt-dragged-content.h"
#include "cpt-link-options.h"
#include "cpt-transaction.h"
#include "cpt-workspace.h"

typedef struct
{
  char *folder;
  char *path;
  CptStore *store;
  gint64 rows[2]; /* of contacts */
} Fixture;

static gint64
create_contact (CptDatabase *database,
                const char  *name,
                const char  *email)
{
  CptSchema *schema = cpt_database_get_schema (database);
  const CptEntity *entity = cpt_schema_find_entity (schema, "contact");
  g_autoptr(CptRecord) record = cpt_record_new (schema, entity);
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(GError) error = NULL;
  CptValue value = CPT_VALUE_INIT;
  CptCommit commit;

  cpt_value_set_text (&value, name);
  cpt_record_take (record, cpt_entity_find_field (entity, "last_name"), value);
  value = (CptValue) CPT_VALUE_INIT;
  cpt_value_set_text (&value, email);
  cpt_record_take (record, cpt_entity_find_field (entity, "email"), value);
  cpt_transaction_create (transaction, record);
  cpt_database_commit (database, transaction, &commit, NULL, &error);
  g_assert_no_error (error);

  return record->row;
}

static void
set_up (Fixture       *self,
        gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;
  CptDatabase *database;

  self->folder = g_dir_make_tmp ("cpt-dragged-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "drag.comptoir", NULL);
  g_assert_true (cpt_workspace_create (self->path, NULL, &error));
  database = cpt_workspace_open_database (self->path, CPT_OPEN_WRITE, NULL, &error);
  g_assert_no_error (error);
  self->rows[0] = create_contact (database, "Durand/Noël", "noel@example.com");
  self->rows[1] = create_contact (database, "Morel", "morel@example.com");
  cpt_database_close (database);
  self->store = cpt_workspace_open_store (self->path, CPT_OPEN_READ, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *self,
           gconstpointer  unused)
{
  const char *const ends[] = { "", "-wal", "-shm" };

  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (self->store);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *path = g_strconcat (self->path, ends[i], NULL);

      g_unlink (path);
    }
  g_rmdir (self->folder);
  g_free (self->path);
  g_free (self->folder);
}

static CptDragged *
drag (Fixture *self,
      guint    n_rows)
{
  CptSchema *schema = cpt_store_get_schema (self->store);

  return cpt_dragged_new (self->store, schema, cpt_schema_find_entity (schema, "contact"), self->rows, n_rows);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  gboolean *is_done = user_data;

  g_assert_true (gdk_content_provider_write_mime_type_finish (GDK_CONTENT_PROVIDER (source), result, &error));
  g_assert_no_error (error);
  *is_done = TRUE;
}

static char *
write_type (GdkContentProvider *content,
            const char         *type)
{
  g_autoptr(GOutputStream) stream = g_memory_output_stream_new_resizable ();
  gboolean is_done = FALSE;
  gsize size;

  gdk_content_provider_write_mime_type_async (content, type, stream, G_PRIORITY_DEFAULT, NULL, written_cb, &is_done);
  while (!is_done)
    g_main_context_iteration (NULL, TRUE);
  size = g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream));

  return g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)), size);
}

static void
test_types (Fixture       *self,
            gconstpointer  unused)
{
  g_autoptr(CptDragged) dragged = drag (self, 2);
  g_autoptr(GdkContentProvider) content = cpt_dragged_content_new (dragged);
  g_autoptr(GdkContentFormats) formats = gdk_content_provider_ref_formats (content);
  g_autofree char *csv = write_type (content, "text/csv");
  g_autofree char *cards = write_type (content, "text/vcard");
  g_autofree char *titles = write_type (content, "text/plain;charset=utf-8");
  g_auto(GValue) value = G_VALUE_INIT;

  g_assert_true (gdk_content_formats_contain_mime_type (formats, "text/uri-list"));
  g_assert_true (gdk_content_formats_contain_gtype (formats, CPT_TYPE_DRAGGED));
  g_assert_nonnull (strstr (csv, "morel@example.com"));
  g_assert_nonnull (strstr (csv, "noel@example.com"));
  g_assert_true (g_str_has_prefix (cards, "BEGIN:VCARD"));
  g_assert_nonnull (strstr (cards, "EMAIL:morel@example.com"));
  g_assert_cmpstr (titles, ==, "Durand/Noël\nMorel\n");
  g_value_init (&value, CPT_TYPE_DRAGGED);
  g_assert_true (gdk_content_provider_get_value (content, &value, NULL));
  g_assert_true (g_value_get_boxed (&value) == dragged);
}

static void
test_file (Fixture       *self,
           gconstpointer  unused)
{
  g_autoptr(CptDragged) dragged = drag (self, 1);
  g_autoptr(GdkContentProvider) content = cpt_dragged_content_new (dragged);
  g_autofree char *uris = write_type (content, "text/uri-list");
  g_auto(GStrv) lines = g_uri_list_extract_uris (uris);
  g_autoptr(GFile) file = g_file_new_for_uri (lines[0]);
  g_autoptr(GFile) folder = g_file_get_parent (file);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *text = NULL;
  GStatBuf status;

  g_assert_cmpuint (g_strv_length (lines), ==, 1);
  g_assert_cmpstr (name, ==, "Durand-Noël.vcf");
  g_assert_true (g_file_get_contents (g_file_peek_path (file), &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "BEGIN:VCARD"));
  g_assert_cmpint (g_stat (g_file_peek_path (folder), &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);
  g_unlink (g_file_peek_path (file));
  g_rmdir (g_file_peek_path (folder));
}

/* "Deal: Main contact, Deal: Other contacts" */
static char *
list_options (const char *dragged,
              guint       n_records,
              const char *target)
{
  g_autoptr(CptSchema) schema = cpt_schema_new ();
  g_autoptr(GArray) options = cpt_link_options_list (cpt_schema_find_entity (schema, dragged), n_records,
                                                     cpt_schema_find_entity (schema, target));
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < options->len; i++)
    {
      g_autofree char *label = cpt_link_option_dup_label (&g_array_index (options, CptLinkOption, i));

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", label);
    }

  return g_string_free (text, FALSE);
}

static void
test_options (void)
{
  static const struct
  {
    const char *dragged;
    guint n_records;
    const char *target;
    const char *options;
  } cases[] = {
    { "contact", 2, "organisation", "Contact: Organisation" },
    { "organisation", 1, "contact", "Contact: Organisation" },
    { "organisation", 2, "contact", "" },
    { "contact", 1, "deal", "Deal: Main contact, Deal: Other contacts" },
    { "contact", 2, "deal", "Deal: Other contacts" },
    { "deal", 2, "contact", "Deal: Main contact, Deal: Other contacts" },
    { "organisation", 1, "organisation", "Organisation: Parent organisation" },
    { "product", 1, "contact", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *options = list_options (cases[i].dragged, cases[i].n_records, cases[i].target);

      g_assert_cmpstr (options, ==, cases[i].options);
    }
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *cache = g_build_filename (g_get_tmp_dir (), "cpt-dragged-cache", NULL);

  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/drag/gives-tables-cards-and-titles", Fixture, NULL, set_up, test_types, tear_down);
  g_test_add ("/drag/gives-a-file-that-nobody-else-reads", Fixture, NULL, set_up, test_file, tear_down);
  g_test_add_func ("/drag/knows-the-links-between-two-kinds", test_options);

  return g_test_run ();
}
