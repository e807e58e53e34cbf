/* SPDX-License-Identifier: GPL-3.0-or-later */

#define _GNU_SOURCE /* memmem */

/* The picture in the head of reports: whose it is, and that none does no harm. */

#include "config.h"

#include "../store/store-fixture.h"

#include <cairo.h>
#include <string.h>

#include "cpt-attachment.h"
#include "cpt-document-report.h"

static cairo_status_t
append_bytes (void                *png,
              const unsigned char *bytes,
              unsigned int         length)
{
  g_byte_array_append (png, bytes, length);

  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
create_png (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 40, 20);
  GByteArray *png = g_byte_array_new ();
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 0.8, 0.1, 0.1);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_write_to_png_stream (surface, append_bytes, png);
  cairo_surface_destroy (surface);

  return g_byte_array_free_to_bytes (png);
}

/* Takes @bytes; what the field says then */
static char *
keep (Fixture *fixture,
      GBytes  *bytes)
{
  CptAttachmentFile file = { (char *) "logo.png", bytes };
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_autoptr(GError) error = NULL;

  cpt_attachment_keep (fixture->database, &file, &value, &error);
  g_assert_no_error (error);
  g_bytes_unref (bytes);

  return g_strdup (value.text);
}

/* Whether a picture is on the paper */
static gboolean
has_picture (Fixture    *fixture,
             const char *header,
             const char *logo)
{
  g_autofree char *definition = g_strdup_printf ("{\"version\":1,\"title\":\"T\",\"header\":[\"title\",\"nothing\",\"%s\"],"
                                                 "\"blocks\":[{\"kind\":\"text\",\"text\":\"A\"},{\"kind\":\"break\"},"
                                                 "{\"kind\":\"text\",\"text\":\"B\"}]}",
                                                 header);
  g_autoptr(GError) error = NULL;
  g_autoptr(CptDocument) document = cpt_document_parse (definition, -1, &error);
  g_autofree char *again = NULL;
  g_autoptr(GBytes) pdf = NULL;
  CptReportSetup setup;

  g_assert_no_error (error);
  again = cpt_document_format (document);
  g_assert_nonnull (strstr (again, header));
  document->logo = g_strdup (logo);
  cpt_report_setup_init (&setup, CPT_REPORT_PDF);
  setup.now = TEST_NOW;
  pdf = cpt_document_to_pdf (document, &setup, NULL, fixture->database, NULL, &error);
  g_assert_no_error (error);

  return memmem (g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), "/Subtype /Image", 15) != NULL;
}

static void
test_own (Fixture       *fixture,
          gconstpointer  unused)
{
  g_autofree char *logo = keep (fixture, create_png ());

  g_assert_false (has_picture (fixture, "logo", NULL));
  g_assert_false (has_picture (fixture, "date", logo));
  g_assert_true (has_picture (fixture, "logo", logo));
}

static void
test_of_the_company (Fixture       *fixture,
                     gconstpointer  unused)
{
  g_autofree char *logo = keep (fixture, create_png ());
  g_autoptr(CptRecord) company = new_record (fixture, "organisation", "name", "Maison Verdier");
  g_autoptr(GError) error = NULL;

  cpt_record_set_text (company, "logo", logo);
  create_ok (fixture, company);
  cpt_database_set_setting (fixture->database, "name", "Somebody else", &error);
  g_assert_no_error (error);
  g_assert_false (has_picture (fixture, "logo", NULL));
  cpt_database_set_setting (fixture->database, "name", "Maison Verdier", &error);
  g_assert_no_error (error);
  g_assert_true (has_picture (fixture, "logo", NULL));
}

static void
test_damaged (Fixture       *fixture,
              gconstpointer  unused)
{
  g_autofree char *logo = keep (fixture, g_bytes_new_static ("\x89PNG\r\n\x1a\nnothing", 15));
  g_autoptr(GBytes) whole = create_png ();
  g_autofree char *half = keep (fixture, g_bytes_new_from_bytes (whole, 0, g_bytes_get_size (whole) - 14));

  g_assert_false (has_picture (fixture, "logo", logo));
  /* Its end is missing: it would be drawn as if it were whole */
  g_assert_false (has_picture (fixture, "logo", half));
  g_assert_false (has_picture (fixture, "logo", "{}"));
  g_assert_false (has_picture (fixture, "logo", "{\"name\":\"a\",\"type\":\"image/png\",\"size\":1,\"sha256\":\"00\"}"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_test ("/report-logo/is-the-report's", test_own);
  add_test ("/report-logo/is-the-company's", test_of_the_company);
  add_test ("/report-logo/that-is-damaged-is-none", test_damaged);

  return g_test_run ();
}
