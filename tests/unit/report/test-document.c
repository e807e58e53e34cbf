/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reports: what is stored, and what stands on their pages, read back with another
 * program. */

#include "config.h"

#define _GNU_SOURCE /* memmem */

#include <string.h>

#include "../store/store-fixture.h"

#include "cpt-date.h"
#include "cpt-document-report.h"
#include "cpt-error.h"

static CptDocument *
parse_ok (const char *text)
{
  g_autoptr(GError) error = NULL;
  CptDocument *document = cpt_document_parse (text, -1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (document);

  return document;
}

static void
assert_refused (const char *text,
                int         code)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (cpt_document_parse (text, -1, &error));
  g_assert_error (error, CPT_ERROR, code);
}

static void
test_keeps (void)
{
  const char *text =
    "{\"blocks\":[{\"kind\":\"heading\",\"text\":\"One\"},"
    "{\"kind\":\"text\",\"text\":\"Two\\n\\nlines\"},"
    "{\"kind\":\"widgets\",\"widgets\":[{\"h\":4,\"id\":\"a\",\"kind\":\"bar\",\"query\":{\"source\":\"deal\"},\"title\":\"T\",\"w\":6,\"x\":0,\"y\":0}]},"
    "{\"dashboard\":\"0190163d-8694-739b-aea5-966c26f8ad91\",\"kind\":\"widgets\"},"
    "{\"break\":true,\"columns\":[\"name\"],\"entity\":\"deal\",\"group\":\"owner\",\"kind\":\"table\",\"later\":1,\"sort\":\"-amount\","
    "\"totals\":[\"amount:sum\"],\"where\":{\"all\":[]}},"
    "{\"kind\":\"break\"},{\"kind\":\"hologram\",\"power\":11}],"
    "\"colour\":\"#1a5fb4\",\"footer\":[\"organisation\",\"nothing\",\"page\"],\"header\":[\"title\",\"nothing\",\"date\"],"
    "\"landscape\":true,\"margin\":20,\"mood\":\"good\",\"paper\":\"a3\",\"parameter\":\"user\",\"subtitle\":\"S\",\"title\":\"T\",\"version\":1}";
  g_autoptr(CptDocument) document = parse_ok (text);
  g_autoptr(CptDocument) copy = cpt_document_copy (document);
  g_autofree char *written = cpt_document_format (copy);

  g_assert_cmpstr (written, ==, text);
  g_assert_cmpint (cpt_document_get_block (document, 6)->kind, ==, CPT_BLOCK_UNKNOWN);
}

static void
test_refuses (void)
{
  g_autoptr(GString) many = g_string_new ("{\"version\":1,\"blocks\":[");

  assert_refused ("[]", CPT_ERROR_PARSE);
  assert_refused ("{", CPT_ERROR_PARSE);
  assert_refused ("{}", CPT_ERROR_PARSE);
  assert_refused ("{\"version\":2}", CPT_ERROR_TOO_NEW);
  assert_refused ("{\"version\":1,\"paper\":\"papyrus\"}", CPT_ERROR_PARSE);
  assert_refused ("{\"version\":1,\"colour\":\"blue-ish\"}", CPT_ERROR_PARSE);
  assert_refused ("{\"version\":1,\"header\":[1]}", CPT_ERROR_PARSE);
  assert_refused ("{\"version\":1,\"blocks\":[3]}", CPT_ERROR_PARSE);
  assert_refused ("{\"version\":1,\"blocks\":[{\"kind\":\"widgets\",\"widgets\":[{\"id\":\"\"}]}]}", CPT_ERROR_PARSE);
  assert_refused ("{\"version\":1,\"blocks\":[{\"kind\":\"widgets\",\"dashboard\":\"x\"}]}", CPT_ERROR_PARSE);
  assert_refused ("{\"version\":1,\"blocks\":[{\"kind\":\"table\",\"columns\":[{}]}]}", CPT_ERROR_PARSE);
  for (guint i = 0; i <= CPT_DOCUMENT_MAX_BLOCKS; i++)
    g_string_append (many, i == 0 ? "{\"kind\":\"break\"}" : ",{\"kind\":\"break\"}");
  g_string_append (many, "]}");
  assert_refused (many->str, CPT_ERROR_LIMIT);
}

static void
test_repairs (void)
{
  g_autoptr(CptDocument) document =
    parse_ok ("{\"version\":1,\"margin\":-5,\"header\":[\"of 2030\"],\"blocks\":[{\"kind\":\"text\"},{}]}");

  g_assert_cmpfloat (document->margin, ==, 0);
  g_assert_cmpint (document->header[0], ==, CPT_SLOT_NOTHING);
  g_assert_cmpstr (cpt_document_get_block (document, 0)->text, ==, "");
  g_assert_cmpint (cpt_document_get_block (document, 1)->kind, ==, CPT_BLOCK_UNKNOWN);
}

static void
test_moves_blocks (void)
{
  g_autoptr(CptDocument) document = cpt_document_new ("T");

  cpt_document_insert_block (document, 0, CPT_BLOCK_HEADING);
  cpt_document_insert_block (document, 1, CPT_BLOCK_TEXT);
  cpt_document_insert_block (document, 2, CPT_BLOCK_BREAK);
  cpt_document_move_block (document, 2, 0);
  g_assert_cmpint (cpt_document_get_block (document, 0)->kind, ==, CPT_BLOCK_BREAK);
  cpt_document_remove_block (document, 1);
  g_assert_cmpuint (cpt_document_get_n_blocks (document), ==, 2);
  g_assert_cmpint (cpt_document_get_block (document, 1)->kind, ==, CPT_BLOCK_TEXT);
}

/* --------------------------------------------------------------------- on paper */

static void
init_setup (CptReportSetup *setup,
            Fixture        *fixture)
{
  cpt_report_setup_init (setup, CPT_REPORT_PDF);
  setup->organization = "Verdier & Fils";
  setup->now = TEST_NOW;
  setup->zone = cpt_database_get_zone (fixture->database);
  setup->language = "en";
}

static GBytes *
write_ok (Fixture    *fixture,
          const char *text)
{
  g_autoptr(CptDocument) document = parse_ok (text);
  g_autoptr(GError) error = NULL;
  CptReportSetup setup;
  GBytes *bytes;

  init_setup (&setup, fixture);
  bytes = cpt_document_to_pdf (document, &setup, NULL, fixture->database, NULL, &error);
  g_assert_no_error (error);

  return bytes;
}

/* What another program finds in the pages, each ended by a form feed */
static char *
read_pdf (GBytes *pdf)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GSubprocess) process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "pdftotext", "-layout", "-", "-", NULL);
  g_autoptr(GBytes) out = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate (process, pdf, NULL, &out, NULL, &error);
  g_assert_no_error (error);

  return g_strndup (g_bytes_get_data (out, NULL), g_bytes_get_size (out));
}

static guint
count_pages (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == '\f';

  return n;
}

static void
add_organisations (Fixture *fixture,
                   guint    n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("Firm %03u", i + 1);
      g_autoptr(CptRecord) record = new_record (fixture, "organisation", "name", name);

      set_text (record, "country", i % 2 == 0 ? "FR" : "DE");
      create_ok (fixture, record);
    }
}

static const char parts[] =
  "{\"version\":1,\"title\":\"Our firms\",\"subtitle\":\"All of them\",\"colour\":\"#1a5fb4\",\"blocks\":["
  "{\"kind\":\"heading\",\"text\":\"What it is about\"},"
  "{\"kind\":\"text\",\"text\":\"A first paragraph.\\n\\n- a point of a list\\n- another\"},"
  "{\"kind\":\"widgets\",\"widgets\":[{\"id\":\"n\",\"kind\":\"number\",\"title\":\"How many\",\"w\":4,\"h\":2,"
  "\"query\":{\"source\":\"organisation\",\"measures\":[{\"agg\":\"count\"}]}}]},"
  "{\"kind\":\"table\",\"text\":\"By country\",\"entity\":\"organisation\",\"columns\":[\"name\",\"country\"],\"sort\":\"name\","
  "\"group\":\"country\"},"
  "{\"kind\":\"table\",\"entity\":\"organisation\",\"columns\":[\"no_such_field\"]},"
  "{\"kind\":\"break\"},"
  "{\"kind\":\"text\",\"text\":\"The end.\"}]}";

static void
test_flows (Fixture       *fixture,
            gconstpointer  unused)
{
  g_autoptr(GBytes) pdf = NULL;
  g_autoptr(GBytes) again = NULL;
  g_autofree char *text = NULL;
  g_auto(GStrv) pages = NULL;
  guint n;

  add_organisations (fixture, 150);
  pdf = write_ok (fixture, parts);
  again = write_ok (fixture, parts);
  g_assert_true (g_bytes_equal (pdf, again));

  text = read_pdf (pdf);
  n = count_pages (text);
  pages = g_strsplit (text, "\f", -1);
  g_assert_cmpuint (n, >=, 4);
  g_assert_nonnull (strstr (pages[0], "Our firms"));
  g_assert_nonnull (strstr (pages[0], "All of them"));
  g_assert_nonnull (strstr (pages[0], "another"));
  g_assert_nonnull (strstr (pages[0], "150"));
  g_assert_nonnull (strstr (pages[0], "Name"));
  /* The heads of the columns and the group go on; all records are there */
  g_assert_nonnull (strstr (pages[1], "Name"));
  for (guint i = 0; i < 150; i++)
    {
      g_autofree char *name = g_strdup_printf ("Firm %03u", i + 1);

      g_assert_nonnull (strstr (text, name));
    }
  /* What can't be shown says so, and the rest stands on a page of its own */
  g_assert_nonnull (strstr (text, "This part can’t be shown."));
  g_assert_nonnull (strstr (pages[n - 1], "The end."));
  g_assert_null (strstr (pages[n - 1], "Name"));
  g_assert_nonnull (strstr (pages[n - 1], "Verdier & Fils"));
}

/* There is nothing behind it that a page could be for */
static void
test_breaks_at_the_end (Fixture       *fixture,
                        gconstpointer  unused)
{
  g_autoptr(GBytes) pdf = write_ok (fixture, "{\"version\":1,\"blocks\":[{\"kind\":\"text\",\"text\":\"One\"},"
                                              "{\"kind\":\"break\"},{\"kind\":\"text\",\"text\":\"Two\"},"
                                              "{\"kind\":\"break\"},{\"kind\":\"break\"}]}");
  g_autofree char *text = read_pdf (pdf);

  g_assert_cmpuint (count_pages (text), ==, 2);
}

static void
assert_page_drawn (Fixture           *fixture,
                   CptDocumentReport *report,
                   guint              page)
{
  g_autoptr(GError) error = NULL;
  double width, height;
  cairo_rectangle_t area;
  cairo_surface_t *surface;
  cairo_t *cr;

  cpt_document_report_get_paper (report, &width, &height);
  area = (cairo_rectangle_t){ 0, 0, width, height };
  surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &area);
  cr = cairo_create (surface);
  cpt_document_report_draw (report, fixture->database, cr, page, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_recording_surface_ink_extents (surface, &area.x, &area.y, &area.width, &area.height);
  g_assert_cmpfloat (area.width, >, width / 2);
  cairo_surface_destroy (surface);
}

static void
test_draws_one_page (Fixture       *fixture,
                     gconstpointer  unused)
{
  g_autoptr(CptDocument) document = parse_ok (parts);
  g_autoptr(CptDocumentReport) report = NULL;
  g_autoptr(GError) error = NULL;
  CptReportSetup setup;

  add_organisations (fixture, 150);
  init_setup (&setup, fixture);
  report = cpt_document_report_new (document, &setup, NULL, fixture->database, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < cpt_document_report_get_n_pages (report); i++)
    assert_page_drawn (fixture, report, i);
  assert_page_drawn (fixture, report, 0);
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  unused)
{
  g_autoptr(GBytes) pdf = write_ok (fixture, "{\"version\":1,\"title\":\"Nothing yet\"}");
  g_autofree char *text = read_pdf (pdf);

  g_assert_cmpuint (count_pages (text), ==, 1);
  g_assert_nonnull (strstr (text, "Nothing yet"));
}

/* ---------------------------------------------------------------------- filters */

static char *
read_filtered (Fixture    *fixture,
               const char *text,
               const char *filters)
{
  g_autoptr(CptDocument) document = parse_ok (text);
  g_autoptr(JsonNode) node = json_from_string (filters, NULL);
  g_autoptr(GBytes) pdf = NULL;
  g_autoptr(GError) error = NULL;
  CptReportSetup setup;

  init_setup (&setup, fixture);
  pdf = cpt_document_to_pdf (document, &setup, node, fixture->database, NULL, &error);
  g_assert_no_error (error);

  return read_pdf (pdf);
}

static void
test_filters (Fixture       *fixture,
              gconstpointer  unused)
{
  g_autofree char *text = NULL;

  add_organisations (fixture, 11);
  text = read_filtered (fixture, parts, "[{\"source\":\"organisation\",\"field\":\"country\",\"op\":\"in\",\"value\":[\"FR\"]}]");
  g_assert_nonnull (strstr (text, "All of them · Country is France"));
  g_assert_nonnull (strstr (text, "Firm 011"));
  g_assert_null (strstr (text, "Firm 010"));
  g_assert_null (strstr (text, "Not filtered"));
}

static void
add_deal (Fixture    *fixture,
          const char *name,
          gint64      opened,
          gint64      closed)
{
  g_autoptr(CptRecord) record = new_record (fixture, "deal", "name", name);
  CptValue value = { .type = CPT_VALUE_INTEGER };

  value.integer = opened;
  cpt_record_set (record, cpt_entity_find_field (record->entity, "opened_on"), &value);
  if (closed != 0)
    {
      value.integer = closed;
      cpt_record_set (record, cpt_entity_find_field (record->entity, "closed_on"), &value);
    }
  create_ok (fixture, record);
}

/* The date by which a table is restricted, divided or sorted, or that it shows */
static void
test_periods (Fixture       *fixture,
              gconstpointer  unused)
{
  const char *period = "[{\"period\":{\"from\":\"2026-01-01\",\"to\":\"2026-01-31\"}}]";
  struct
  {
    const char *table;
    const char *note;
    const char *in;
    const char *out;
  } cases[] = {
    { "\"sort\":\"-closed_on\"", "by “Closed”", "Late", "Early" },
    { "\"group\":\"closed_on:month\"", "by “Closed”", "Late", "Early" },
    { "\"columns\":[\"name\",\"closed_on\"]", "by “Closed”", "Late", "Early" },
    { "\"columns\":[\"name\",\"opened_on\"]", "by “Opened”", "Early", "Late" },
    { "\"where\":{\"field\":\"opened_on\",\"op\":\"within\",\"value\":{\"from\":\"2025-12-01\",\"to\":\"2025-12-31\"}},"
      "\"sort\":\"closed_on\"",
      "by “Opened”", "Early", "Late" },
  };
  gint64 december = cpt_date_from_ymd (2025, 12, 5);
  gint64 january = cpt_date_from_ymd (2026, 1, 5);

  add_deal (fixture, "Early", january, 0);
  add_deal (fixture, "Late", december, january);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *definition = g_strdup_printf ("{\"version\":1,\"title\":\"T\",\"blocks\":[{\"kind\":\"table\",\"entity\":"
                                                     "\"deal\",%s}]}",
                                                     cases[i].table);
      g_autofree char *text = read_filtered (fixture, definition, period);

      g_assert_nonnull (strstr (text, cases[i].note));
      g_assert_nonnull (strstr (text, cases[i].in));
      g_assert_null (strstr (text, cases[i].out));
    }
}

/* A table of what has no date, and no owner */
static void
test_filters_without_meaning (Fixture       *fixture,
                              gconstpointer  unused)
{
  g_autoptr(CptRecord) product = new_record (fixture, "product", "name", "Chair");
  g_autofree char *text = NULL;

  create_ok (fixture, product);
  text = read_filtered (fixture,
                        "{\"version\":1,\"title\":\"T\",\"blocks\":[{\"kind\":\"table\",\"entity\":\"product\",\"columns\":[\"name\"]}]}",
                        "[{\"period\":{\"this\":\"year\"}},"
                        "{\"source\":\"organisation\",\"field\":\"country\",\"op\":\"is\",\"value\":\"FR\"}]");
  g_assert_nonnull (strstr (text, "Not filtered by Period, Country."));
  g_assert_nonnull (strstr (text, "Chair"));
}

/* Paragraphs, words and titles without an end */
static void
test_long_texts (Fixture       *fixture,
                 gconstpointer  unused)
{
  g_autofree char *word = g_strnfill (3000, 'w');
  g_autoptr(GString) lines = g_string_new ("- ");
  g_autofree char *definition = NULL;
  g_autoptr(GBytes) pdf = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < 1500; i++)
    g_string_append (lines, "عربى 中文 🙂 ab ");
  definition = g_strdup_printf ("{\"version\":1,\"title\":\"%s\",\"margin\":60,\"blocks\":["
                                "{\"kind\":\"heading\",\"text\":\"%s\"},{\"kind\":\"text\",\"text\":\"%s %s\"}]}",
                                word, word, word, lines->str);
  pdf = write_ok (fixture, definition);
  text = read_pdf (pdf);
  g_assert_cmpuint (count_pages (text), >, 3);
}

/* Addresses lead somewhere, also on the page of a preview, where they may not be tags */
static void
test_links (Fixture       *fixture,
            gconstpointer  unused)
{
  static const char *const targets[] = {
    "/URI (https://example.org/a_%28b%29)",
    "/URI (mailto:anna@example.org)",
    "/URI (http://x.example/%C3%A9?a=1&b=2)",
    "/URI (https://named.example/)",
    "/URI (mailto:bo@example.org)",
  };
  const char *text = "{\"version\":1,\"title\":\"Links\",\"blocks\":[{\"kind\":\"text\",\"text\":"
                     "\"Read (https://example.org/a_(b)), or write to anna@example.org. No link: @home, a://, 3@\\n"
                     "- see http://x.example/é?a=1&b=2!\\n\\n[The **site**](https://named.example/), [Bo](mailto:bo@example.org), "
                     "[no](javascript:alert(1)), [none](file:///etc/passwd)\"}]}";
  g_autoptr(GBytes) pdf = write_ok (fixture, text);
  g_autoptr(CptDocument) document = parse_ok (text);
  g_autoptr(CptDocumentReport) report = NULL;
  CptReportSetup setup;
  gsize length;
  const char *bytes = g_bytes_get_data (pdf, &length);
  guint n = 0;
  cairo_surface_t *surface;
  cairo_t *cr;

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    g_assert_nonnull (memmem (bytes, length, targets[i], strlen (targets[i])));
  for (const char *at = bytes; (at = memmem (at, length - (gsize) (at - bytes), "/URI (", 6)) != NULL; at++)
    n++;
  /* What words lead to stands behind them */
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (targets) + 2);

  init_setup (&setup, fixture);
  report = cpt_document_report_new (document, &setup, NULL, fixture->database, NULL, NULL);
  surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cr = cairo_create (surface);
  g_assert_true (cpt_document_report_draw (report, fixture->database, cr, 0, NULL, NULL));
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/* How many pixels of the first page have the colour of headings: those of the rule below its title at least */
static guint
count_coloured (Fixture    *fixture,
                const char *text)
{
  g_autofree char *definition = g_strdup_printf ("{\"version\":1,\"colour\":\"#ff0000\",\"header\":[\"nothing\",\"nothing\","
                                                 "\"nothing\"],\"blocks\":[{\"kind\":\"text\",\"text\":\"%s\"}]}",
                                                 text);
  g_autoptr(CptDocument) document = parse_ok (definition);
  g_autoptr(CptDocumentReport) report = NULL;
  CptReportSetup setup;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 600, 850);
  cairo_t *cr = cairo_create (surface);
  const guchar *data;
  guint n = 0;

  init_setup (&setup, fixture);
  report = cpt_document_report_new (document, &setup, NULL, fixture->database, NULL, NULL);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  g_assert_true (cpt_document_report_draw (report, fixture->database, cr, 0, NULL, NULL));
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  for (int y = 0; y < 850; y++)
    for (int x = 0; x < 600; x++)
      {
        guint32 pixel = ((const guint32 *) (data + (gsize) y * (gsize) cairo_image_surface_get_stride (surface)))[x];

        n += (pixel >> 16 & 0xff) > 200 && (pixel & 0xff) < 120 ? 1 : 0;
      }
  cairo_surface_destroy (surface);

  return n;
}

static void
test_headings_in_texts_have_the_colour (Fixture       *fixture,
                                        gconstpointer  unused)
{
  g_assert_cmpuint (count_coloured (fixture, "# Summary"), >, count_coloured (fixture, "Summary") + 50);
  g_assert_cmpuint (count_coloured (fixture, "**Summary**"), ==, count_coloured (fixture, "Summary"));
}

static void
test_stops (Fixture       *fixture,
            gconstpointer  unused)
{
  g_autoptr(CptDocument) document = parse_ok (parts);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  CptReportSetup setup;

  init_setup (&setup, fixture);
  g_cancellable_cancel (cancellable);
  g_assert_null (cpt_document_to_pdf (document, &setup, NULL, fixture->database, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/document/is-kept-as-it-was", test_keeps);
  g_test_add_func ("/document/refuses-what-it-does-not-understand", test_refuses);
  g_test_add_func ("/document/repairs-what-it-can", test_repairs);
  g_test_add_func ("/document/blocks-are-moved-and-removed", test_moves_blocks);
  add_test ("/document/flows-over-pages", test_flows);
  add_test ("/document/breaks-at-the-end", test_breaks_at_the_end);
  add_test ("/document/draws-one-page", test_draws_one_page);
  add_test ("/document/can-be-empty", test_empty);
  add_test ("/document/long-texts-go-on", test_long_texts);
  add_test ("/document/is-filtered", test_filters);
  add_test ("/document/tables-have-a-date-of-a-period", test_periods);
  add_test ("/document/says-what-it-is-not-filtered-by", test_filters_without_meaning);
  add_test ("/document/addresses-can-be-clicked", test_links);
  add_test ("/document/headings-in-texts-have-the-colour", test_headings_in_texts_have_the_colour);
  add_test ("/document/stops-when-asked-to", test_stops);

  return g_test_run ();
}
