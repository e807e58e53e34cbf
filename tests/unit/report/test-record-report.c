/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Records on paper: what stands there is read back with another program. */

#include "config.h"

#include "../store/store-fixture.h"

#include "cpt-page-layout.h"
#include "cpt-record-report.h"

#define A4_WIDTH 595.0
#define A4_HEIGHT 842.0

/* What the program prints of the report as a PDF; NULL when it is not installed */
static char *
ask (Fixture         *self,
     CptRecordReport *report,
     const char      *program,
     const char      *option,
     gboolean         to_stdout)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = cpt_record_report_to_pdf (report, A4_WIDTH, A4_HEIGHT, &error);
  g_autofree char *path = g_build_filename (self->folder, "record.pdf", NULL);
  g_autofree char *found = g_find_program_in_path (program);
  const char *argv[] = { found, option, path, to_stdout ? "-" : NULL, NULL };
  char *output = NULL;
  int status = 0;

  g_assert_no_error (error);
  if (found == NULL)
    return NULL;

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL));
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &output, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));

  return output;
}

static void
assert_contains (const char        *text,
                 const char *const *parts)
{
  for (; *parts != NULL; parts++)
    if (strstr (text, *parts) == NULL)
      g_error ("“%s” is not in: %s", *parts, text);
}

static CptRecordReport *
read_ok (Fixture       *self,
         const CptUuid *id)
{
  g_autoptr(GError) error = NULL;
  CptRecordReport *report = cpt_record_report_read (self->database, get_entity (self, "organisation"), id, TRUE, &error);

  g_assert_no_error (error);

  return report;
}

static void
create_linked (Fixture       *self,
               const char    *entity,
               const char    *title,
               const char    *text,
               const CptUuid *organisation)
{
  g_autoptr(CptRecord) record = new_record (self, entity, title, text);
  const CptEntity *kind = cpt_record_get_entity (record);
  g_auto(CptValue) at = CPT_VALUE_INIT;

  set_link (record, "organisation", organisation);
  if (g_str_equal (entity, "activity"))
    {
      set_text (record, "kind", "call");
      cpt_value_set_integer (&at, TEST_NOW);
      cpt_record_set (record, cpt_entity_find_field (kind, kind->moment), &at);
    }
  create_ok (self, record);
}

static void
test_says_what_happened (Fixture       *self,
                         gconstpointer  unused)
{
  static const char *const parts[] = { "Acme", "Acme SAS 99", "Ada Lovelace", "Hello there", "Page 1 of 1", NULL };
  CptUuid id = create_organisation (self, "Acme");
  g_autoptr(CptRecordReport) report = NULL;
  g_autofree char *text = NULL;

  create_linked (self, "contact", "full_name", "Ada Lovelace", &id);
  create_linked (self, "activity", "subject", "Hello there", &id);
  /* More changes than anything is printed of */
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *name = g_strdup_printf ("Acme SAS %u", i);

      cpt_clock_set_now (self->clock, TEST_NOW + (i + 1) * G_USEC_PER_SEC);
      set_text_ok (self, "organisation", &id, "legal_name", name);
    }

  report = read_ok (self, &id);
  g_assert_cmpstr (cpt_record_report_get_title (report), ==, "Acme");
  text = ask (self, report, "pdftotext", "-layout", TRUE);
  if (text == NULL)
    g_test_skip ("pdftotext is not installed");
  else
    assert_contains (text, parts);
}

static void
test_tells_about_itself (Fixture       *self,
                         gconstpointer  unused)
{
  static const char *const parts[] = { "Title:           Acme\n", "Tagged:          yes\n", "2026-11-21", NULL };
  CptUuid id = create_organisation (self, "Acme");
  g_autoptr(CptRecordReport) report = read_ok (self, &id);
  g_autoptr(GBytes) first = cpt_record_report_to_pdf (report, A4_WIDTH, A4_HEIGHT, NULL);
  g_autoptr(GBytes) again = cpt_record_report_to_pdf (report, A4_WIDTH, A4_HEIGHT, NULL);
  g_autofree char *text = ask (self, report, "pdfinfo", "-isodates", FALSE);

  g_assert_true (g_bytes_equal (first, again));
  if (text == NULL)
    g_test_skip ("pdfinfo is not installed");
  else
    assert_contains (text, parts);
}

static void
test_goes_over_pages (Fixture       *self,
                      gconstpointer  unused)
{
  CptUuid id = create_organisation (self, "Acme");
  g_autoptr(GString) notes = g_string_new (NULL);
  g_autoptr(CptRecordReport) report = NULL;
  guint n_pages;

  for (guint i = 0; i < 500; i++)
    g_string_append_printf (notes, "Line %u\n", i);
  set_text_ok (self, "organisation", &id, "notes", notes->str);
  report = read_ok (self, &id);
  n_pages = cpt_record_report_lay_out (report, A4_WIDTH, A4_HEIGHT);
  g_assert_cmpuint (n_pages, >, 5);
  g_assert_cmpuint (cpt_record_report_lay_out (report, A4_HEIGHT, 2 * A4_WIDTH), <, n_pages);
  /* Less room than anything needs */
  g_assert_cmpuint (cpt_record_report_lay_out (report, 1, 1), >, n_pages);
}

/* In the groups and the order of the workspace, without what it does not show */
static void
test_follows_the_layout (Fixture       *self,
                         gconstpointer  unused)
{
  CptUuid id = create_organisation (self, "Acme");
  g_autoptr(CptRecord) layout = new_record (self, CPT_PAGE_LAYOUT_ENTITY, "entity_name", "organisation");
  g_autoptr(CptRecordReport) report = NULL;
  g_autofree char *text = NULL;

  set_text_ok (self, "organisation", &id, "legal_name", "Acme SAS");
  set_text_ok (self, "organisation", &id, "email", "desk@acme.example");
  set_text_ok (self, "organisation", &id, "phone", "+33123456789");
  set_text (layout, "layout", "{\"groups\":[{\"name\":\"first\",\"title\":\"Above all\",\"fields\":[\"legal_name\",\"email\"]}],"
                              "\"hidden\":[\"phone\",\"name\"]}");
  create_ok (self, layout);
  report = read_ok (self, &id);
  text = ask (self, report, "pdftotext", "-layout", TRUE);
  if (text == NULL)
    {
      g_test_skip ("pdftotext is not installed");
      return;
    }

  g_assert_nonnull (strstr (text, "Above all"));
  g_assert_true (strstr (text, "Above all") < strstr (text, "Acme SAS"));
  g_assert_true (strstr (text, "Acme SAS") < strstr (text, "desk@acme.example"));
  g_assert_true (strstr (text, "desk@acme.example") < strstr (text, "Name"));
  g_assert_null (strstr (text, "Phone"));
}

static void
test_missing (Fixture       *self,
              gconstpointer  unused)
{
  CptUuid id;
  g_autoptr(GError) error = NULL;

  cpt_uuid_derive (&id, 1, "nobody");
  g_assert_null (cpt_record_report_read (self->database, get_entity (self, "organisation"), &id, TRUE, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_test ("/report/record/says-what-happened-however-often-it-was-changed", test_says_what_happened);
  add_test ("/report/record/tells-about-itself", test_tells_about_itself);
  add_test ("/report/record/goes-over-as-many-pages-as-it-needs", test_goes_over_pages);
  add_test ("/report/record/follows-the-layout-of-the-page", test_follows_the_layout);
  add_test ("/report/record/says-when-there-is-none", test_missing);

  return g_test_run ();
}
