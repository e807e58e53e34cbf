/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One report that becomes many: what they are about, what is in them, and the files. */

#include "config.h"

#include "../store/store-fixture.h"

#include <glib/gstdio.h>

#include "cpt-date.h"
#include "cpt-document-each.h"
#include "cpt-document-report.h"
#include "cpt-error.h"

#define TABLE(parameter)                                                            \
  "{\"version\":1,\"title\":\"Deals\",\"parameter\":\"" parameter "\",\"blocks\":[" \
  "{\"kind\":\"heading\",\"text\":\"About {name}\"},"                               \
  "{\"kind\":\"text\",\"text\":\"{period}, {date}, {other}, {\"},"                  \
  "{\"kind\":\"table\",\"entity\":\"deal\",\"columns\":[\"name\",\"opened_on\"]}]}"

typedef struct
{
  CptDocument *document;
  CptReportSetup setup;
  char *folder;
  GPtrArray *written;
} Case;

static void
case_init (Case       *self,
           Fixture    *fixture,
           const char *definition)
{
  g_autoptr(GError) error = NULL;

  self->document = cpt_document_parse (definition, -1, &error);
  g_assert_no_error (error);
  cpt_report_setup_init (&self->setup, CPT_REPORT_PDF);
  self->setup.now = TEST_NOW;
  self->setup.zone = cpt_database_get_zone (fixture->database);
  self->folder = g_dir_make_tmp ("comptoir-each-XXXXXX", &error);
  g_assert_no_error (error);
  self->written = g_ptr_array_new_with_free_func (g_free);
}

static guint
count_files (const char *folder)
{
  GDir *dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  g_dir_close (dir);

  return n;
}

static void
case_clear (Case *self)
{
  GDir *dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_remove (path);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_rmdir (self->folder);
  g_free (self->folder);
  g_ptr_array_unref (self->written);
  cpt_document_free (self->document);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Case, case_clear)

static gboolean
run (Case          *self,
     Fixture       *fixture,
     gboolean       replaces,
     GCancellable  *cancellable,
     GError       **error)
{
  CptDocumentEach each = {
    .document = self->document,
    .setup = &self->setup,
    .folder = self->folder,
    .replaces = replaces,
  };

  g_ptr_array_set_size (self->written, 0);

  return cpt_document_write_each (&each, fixture->database, self->written, cancellable, error);
}

static void
assert_names (Case              *self,
              const char *const *names)
{
  g_assert_cmpuint (self->written->len, ==, g_strv_length ((char **) names));
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *name = g_path_get_basename (g_ptr_array_index (self->written, i));

      g_assert_cmpstr (name, ==, names[i]);
    }
}

static char *
read_file (Case  *self,
           guint  index)
{
  const char *argv[] = { "pdftotext", "-layout", g_ptr_array_index (self->written, index), "-", NULL };
  g_autoptr(GError) error = NULL;
  char *text = NULL;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, NULL, &error);
  g_assert_no_error (error);

  return text;
}

static void
add_deal (Fixture       *fixture,
          const char    *name,
          const CptUuid *organisation,
          gint64         opened)
{
  g_autoptr(CptRecord) record = new_record (fixture, "deal", "name", name);
  CptValue value = { .type = CPT_VALUE_INTEGER, .integer = opened };

  set_link (record, "organisation", organisation);
  cpt_record_set (record, cpt_entity_find_field (cpt_record_get_entity (record), "opened_on"), &value);
  create_ok (fixture, record);
}

/* Three organisations, one of them without deals */
static void
add_deals (Fixture *fixture)
{
  CptUuid beta = create_organisation (fixture, "Beta");
  CptUuid alpha = create_organisation (fixture, "Alpha");

  create_organisation (fixture, "Nobody");
  add_deal (fixture, "Chairs", &alpha, cpt_date_from_ymd (2025, 12, 31));
  add_deal (fixture, "Tables", &alpha, cpt_date_from_ymd (2026, 1, 1));
  add_deal (fixture, "Lamps", &beta, cpt_date_from_ymd (2026, 3, 31));
}

static void
test_records (Fixture       *fixture,
              gconstpointer  unused)
{
  static const char *const names[] = { "Deals – Alpha.pdf", "Deals – Beta.pdf", NULL };
  g_auto(Case) test = { 0 };
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  add_deals (fixture);
  case_init (&test, fixture, TABLE ("organisation"));
  run (&test, fixture, FALSE, NULL, &error);
  g_assert_no_error (error);
  assert_names (&test, names);
  text = read_file (&test, 0);
  g_assert_nonnull (strstr (text, "Deals – Alpha"));
  g_assert_nonnull (strstr (text, "About Alpha"));
  g_assert_nonnull (strstr (text, "all time, "));
  g_assert_nonnull (strstr (text, ", {other}, {"));
  g_assert_nonnull (strstr (text, "Chairs"));
  g_assert_nonnull (strstr (text, "Tables"));
  g_assert_null (strstr (text, "Lamps"));
}

static void
test_periods (Fixture       *fixture,
              gconstpointer  unused)
{
  static const char *const months[] = { "Deals – Dec 2025.pdf", "Deals – Jan 2026.pdf", "Deals – Mar 2026.pdf", NULL };
  static const char *const years[] = { "Deals – 2025.pdf", "Deals – 2026.pdf", NULL };
  g_autoptr(GError) error = NULL;

  add_deals (fixture);
  for (guint i = 0; i < 2; i++)
    {
      g_auto(Case) test = { 0 };
      g_autofree char *text = NULL;

      case_init (&test, fixture, i == 0 ? TABLE ("month") : TABLE ("year"));
      run (&test, fixture, FALSE, NULL, &error);
      g_assert_no_error (error);
      assert_names (&test, i == 0 ? months : years);
      text = read_file (&test, 1);
      g_assert_nonnull (strstr (text, "Tables"));
      g_assert_null (strstr (text, "Chairs"));
      g_assert_true ((strstr (text, "Lamps") != NULL) == (i == 1));
    }
}

/* Widgets are asked as well, and records that the report itself lists */
static void
test_sources (Fixture       *fixture,
              gconstpointer  unused)
{
  static const char *const definitions[] = {
    "{\"version\":1,\"title\":\"T\",\"parameter\":\"organisation\",\"blocks\":[{\"kind\":\"widgets\",\"widgets\":[{\"id\":\"n\",\"kind\":"
    "\"number\",\"title\":\"N\",\"query\":{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}]}}]}]}",
    "{\"version\":1,\"title\":\"T\",\"parameter\":\"organisation\",\"blocks\":[{\"kind\":\"table\",\"entity\":\"organisation\"}]}",
    "{\"version\":1,\"title\":\"T\",\"parameter\":\"organisation\",\"blocks\":[{\"kind\":\"text\",\"text\":\"Nothing\"},"
    "{\"kind\":\"table\",\"entity\":\"bogus\"}]}",
  };
  static const guint counts[] = { 2, 3, 0 };

  add_deals (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (definitions); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(CptDocument) document = cpt_document_parse (definitions[i], -1, &error);
      g_autoptr(GPtrArray) subjects = cpt_document_list_subjects (document, NULL, fixture->database, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (subjects->len, ==, counts[i]);
      for (guint j = 0; j < subjects->len; j++)
        {
          const CptDocumentSubject *subject = g_ptr_array_index (subjects, j);
          CptUuid id;

          g_assert_true (cpt_uuid_parse (subject->key, &id));
        }
    }
}

static void
test_refuses (Fixture       *fixture,
              gconstpointer  unused)
{
  g_autoptr(CptDocument) none = cpt_document_new ("T");
  g_autoptr(CptDocument) bogus = cpt_document_new ("T");
  g_autoptr(GError) error = NULL;

  g_assert_null (cpt_document_list_subjects (none, NULL, fixture->database, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_INVALID);
  g_clear_error (&error);
  bogus->parameter = g_strdup ("bogus");
  g_assert_null (cpt_document_list_subjects (bogus, NULL, fixture->database, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND);
}

/* What the report can be filtered by: each kind once, whatever counts it */
static void
test_kinds (Fixture       *fixture,
            gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptDocument) document = cpt_document_parse (
    "{\"version\":1,\"title\":\"T\",\"blocks\":[{\"kind\":\"widgets\",\"widgets\":[{\"id\":\"n\",\"kind\":"
    "\"number\",\"title\":\"N\",\"query\":{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}]}}]},"
    "{\"kind\":\"table\",\"entity\":\"organisation\"},{\"kind\":\"table\",\"entity\":\"deal\"},"
    "{\"kind\":\"table\",\"entity\":\"bogus\"},{\"kind\":\"text\",\"text\":\"Words\"}]}",
    -1, &error);
  g_autoptr(GPtrArray) kinds = NULL;
  CptSchema *schema = cpt_database_get_schema (fixture->database);

  g_assert_no_error (error);
  kinds = cpt_document_list_kinds (document, fixture->database);
  g_assert_cmpuint (kinds->len, ==, 2);
  g_assert_cmpstr (((const CptEntity *) g_ptr_array_index (kinds, 0))->name, ==, "deal");
  g_assert_cmpstr (((const CptEntity *) g_ptr_array_index (kinds, 1))->name, ==, "organisation");

  g_assert_cmpstr (cpt_document_get_parameter_label ("month", schema), ==, "Month");
  g_assert_cmpstr (cpt_document_get_parameter_label ("deal", schema), ==, "Deal");
  g_assert_null (cpt_document_get_parameter_label ("bogus", schema));
  g_assert_null (cpt_document_get_parameter_label (NULL, schema));
}

/* Words stand as they are meant; why a part can't be shown is said as it is */
static void
test_markup (Fixture       *fixture,
             gconstpointer  unused)
{
  g_auto(Case) test = { 0 };
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  add_deals (fixture);
  case_init (&test, fixture,
             "{\"version\":1,\"title\":\"T\",\"parameter\":\"organisation\",\"blocks\":[{\"kind\":\"text\",\"text\":"
             "\"## About {name}\\nWe did **very** well.\\n\\n1. First\\n2. Second\\n\\n[Us](https://us.example)\"},"
             "{\"kind\":\"table\",\"entity\":\"deal\"},{\"kind\":\"table\",\"entity\":\"*bogus*\"}]}");
  run (&test, fixture, FALSE, NULL, &error);
  g_assert_no_error (error);
  text = read_file (&test, 0);
  g_assert_nonnull (strstr (text, "About Alpha\n"));
  g_assert_null (strstr (text, "##"));
  g_assert_nonnull (strstr (text, "We did very well."));
  g_assert_nonnull (strstr (text, "1. First"));
  g_assert_nonnull (strstr (text, "Us (https://us.example)"));
  g_assert_nonnull (strstr (text, "*bogus*"));
}

/* Equal names, names that are none, and names that lead elsewhere */
static void
test_names (Fixture       *fixture,
            gconstpointer  unused)
{
  static const char *const titles[] = { "Twin", "TWIN", "../../etc/x", "{date}", "a\nb" };
  g_auto(Case) test = { 0 };
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      CptUuid id = create_organisation (fixture, titles[i]);

      add_deal (fixture, "D", &id, cpt_date_from_ymd (2026, 1, 1));
    }
  case_init (&test, fixture, TABLE ("organisation"));
  run (&test, fixture, FALSE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (test.written->len, ==, G_N_ELEMENTS (titles));
  g_assert_cmpuint (count_files (test.folder), ==, G_N_ELEMENTS (titles));
  for (guint i = 0; i < test.written->len; i++)
    {
      g_autofree char *parent = g_path_get_dirname (g_ptr_array_index (test.written, i));

      g_assert_cmpstr (parent, ==, test.folder);
    }
}

static void
test_keeps_files (Fixture       *fixture,
                  gconstpointer  unused)
{
  g_auto(Case) test = { 0 };
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;

  add_deals (fixture);
  case_init (&test, fixture, TABLE ("organisation"));
  path = g_build_filename (test.folder, "Deals – Beta.pdf", NULL);
  g_file_set_contents (path, "mine", -1, NULL);
  g_assert_false (run (&test, fixture, FALSE, NULL, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_CONFLICT);
  g_assert_cmpuint (test.written->len, ==, 0);
  g_assert_cmpuint (count_files (test.folder), ==, 1);
  g_clear_error (&error);

  g_assert_true (run (&test, fixture, TRUE, NULL, &error));
  g_assert_cmpuint (count_files (test.folder), ==, 2);
  for (guint i = 0; i < test.written->len; i++)
    {
      mode_t mask = umask (0);
      GStatBuf status;

      umask (mask);
      g_assert_cmpint (g_stat (g_ptr_array_index (test.written, i), &status), ==, 0);
      g_assert_cmphex (status.st_mode & 0777, ==, 0666 & ~mask);
    }
}

static void
cancel_second (guint    n_done,
               guint    n,
               gpointer data)
{
  if (n_done == 1)
    g_cancellable_cancel (data);
}

/* What was written before it was stopped is told, and nothing is half there */
static void
test_stops (Fixture       *fixture,
            gconstpointer  unused)
{
  g_auto(Case) test = { 0 };
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  CptDocumentEach each = { 0 };

  add_deals (fixture);
  case_init (&test, fixture, TABLE ("organisation"));
  each = (CptDocumentEach){
    .document = test.document,
    .setup = &test.setup,
    .folder = test.folder,
    .func = cancel_second,
    .data = cancellable,
  };
  g_assert_false (cpt_document_write_each (&each, fixture->database, test.written, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (test.written->len, ==, 1);
  g_assert_cmpuint (count_files (test.folder), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_test ("/document-each/one-for-each-record", test_records);
  add_test ("/document-each/one-for-each-period", test_periods);
  add_test ("/document-each/asks-all-parts", test_sources);
  add_test ("/document-each/knows-what-is-counted", test_kinds);
  add_test ("/document-each/texts-have-markup", test_markup);
  add_test ("/document-each/refuses-what-is-about-nothing", test_refuses);
  add_test ("/document-each/files-have-names-of-their-own", test_names);
  add_test ("/document-each/keeps-what-is-there", test_keeps_files);
  add_test ("/document-each/stops-when-asked-to", test_stops);

  return g_test_run ();
}
