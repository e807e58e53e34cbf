/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cpt-scan.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-sniff.h"

static cairo_status_t
append_cb (void                *closure,
           const unsigned char *data,
           unsigned int         length)
{
  g_byte_array_append (closure, data, length);

  return CAIRO_STATUS_SUCCESS;
}

static void
write_lines (cairo_t    *cr,
             const char *text)
{
  g_autoptr(PangoLayout) layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string ("Sans 22");

  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_text (layout, text, -1);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_move_to (cr, 60, 60);
  pango_cairo_show_layout (cr, layout);
}

static GBytes *
create_pdf (double width,
            double height)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_cb, bytes, width, height);
  cairo_t *cr = cairo_create (surface);

  write_lines (cr, "A page");
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/* A card as it would be photographed, perhaps on its side */
static GBytes *
create_card (const char *text,
             gboolean    is_turned)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, is_turned ? 600 : 1000, is_turned ? 1000 : 600);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 0.96, 0.96, 0.93);
  cairo_paint (cr);
  if (is_turned)
    {
      cairo_translate (cr, 600, 0);
      cairo_rotate (cr, G_PI / 2);
    }
  write_lines (cr, text);
  cairo_destroy (cr);
  cairo_surface_write_to_png_stream (surface, append_cb, bytes);
  cairo_surface_destroy (surface);

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static void
get_size (GBytes *png,
          guint  *width,
          guint  *height)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (png, &length);

  g_assert_true (cpt_sniff_get_picture_size (bytes, length, width, height));
}

static gboolean
skip_without (gboolean can)
{
  if (!can)
    g_test_skip ("not built with it");

  return !can;
}

static void
test_draws_the_first_page (void)
{
  g_autoptr(GBytes) pdf = create_pdf (595, 842);
  g_autoptr(GBytes) wide = create_pdf (842, 595);
  g_autoptr(GBytes) png = NULL;
  g_autoptr(GBytes) other = NULL;
  g_autoptr(GError) error = NULL;
  guint width, height;

  if (skip_without (cpt_scan_can_draw ()))
    return;

  png = cpt_scan_draw_pdf (pdf, 96, NULL, &error);
  g_assert_no_error (error);
  get_size (png, &width, &height);
  g_assert_cmpuint (height, ==, 96);
  g_assert_cmpuint (width, ==, 68);
  other = cpt_scan_draw_pdf (wide, 96, NULL, &error);
  g_assert_no_error (error);
  get_size (other, &width, &height);
  g_assert_cmpuint (width, ==, 96);
}

/* A page as long as a street takes no more memory than any other. */
static void
test_draws_a_page_of_any_size (void)
{
  g_autoptr(GBytes) pdf = create_pdf (1000000, 10);
  g_autoptr(GBytes) png = NULL;
  g_autoptr(GError) error = NULL;
  guint width, height;

  if (skip_without (cpt_scan_can_draw ()))
    return;

  png = cpt_scan_draw_pdf (pdf, 640, NULL, &error);
  if (png == NULL)
    {
      g_assert_error (error, CPT_ERROR, CPT_ERROR_DAMAGED);
      return;
    }
  get_size (png, &width, &height);
  g_assert_cmpuint (width, ==, 640);
  g_assert_cmpuint (height, ==, 1);
}

static void
assert_refused (const char *text,
                gsize       length)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, length);
  g_autoptr(GBytes) png = NULL;
  g_autoptr(GError) error = NULL;

  png = cpt_scan_draw_pdf (bytes, 96, NULL, &error);
  g_assert_null (png);
  g_assert_error (error, CPT_ERROR, CPT_ERROR_DAMAGED);
}

static void
test_refuses_what_is_damaged (void)
{
  static const char no_pages[] = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\n"
                                 "trailer<</Root 1 0 R>>\n%%EOF";
  g_autoptr(GBytes) pdf = create_pdf (100, 100);
  gsize length;
  const char *bytes = g_bytes_get_data (pdf, &length);

  if (skip_without (cpt_scan_can_draw ()))
    return;

  assert_refused ("", 0);
  assert_refused ("%PDF-1.7", 8);
  assert_refused (no_pages, strlen (no_pages));
  assert_refused (bytes, length / 3);
}

static void
test_ends_at_once_when_cancelled (void)
{
  g_autoptr(GBytes) pdf = create_pdf (100, 100);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GBytes) png = NULL;
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  png = cpt_scan_draw_pdf (pdf, 96, cancellable, &error);
  g_assert_null (png);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gpointer
cancel_in_thread (gpointer data)
{
  g_usleep (100000);
  g_cancellable_cancel (data);

  return NULL;
}

static void
test_ends_while_it_reads (void)
{
  g_autoptr(GBytes) card = create_card ("Adèle Aubert\nAteliers Brunel", FALSE);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  GThread *thread = g_thread_new ("cancel", cancel_in_thread, cancellable);

  /* It may have been quicker. */
  text = cpt_scan_can_read () ? cpt_scan_read_text (card, cancellable, &error) : NULL;
  g_thread_join (thread);
  if (error != NULL)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_reads_a_card (void)
{
  const char *const lines = "Adèle Aubert\nDirectrice commerciale\n\nAteliers Brunel\nadele@ateliers-brunel.fr\n04 72 00 00 01";

  if (skip_without (cpt_scan_can_read ()))
    return;

  for (guint turned = 0; turned < 2; turned++)
    {
      g_autoptr(GBytes) card = create_card (lines, turned == 1);
      g_autoptr(GError) error = NULL;
      g_autofree char *text = cpt_scan_read_text (card, NULL, &error);

      if (g_error_matches (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED))
        {
          g_test_skip ("no language is installed");
          return;
        }
      g_assert_no_error (error);
      g_test_message ("%s", text);
      g_assert_nonnull (strstr (text, "Aubert"));
      g_assert_nonnull (strstr (text, "Ateliers Brunel"));
    }
}

static void
assert_no_picture (const char *bytes,
                   gsize       length,
                   int         code)
{
  g_autoptr(GBytes) picture = g_bytes_new (bytes, length);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  text = cpt_scan_read_text (picture, NULL, &error);
  g_assert_null (text);
  g_assert_error (error, CPT_ERROR, code);
}

static void
test_refuses_pictures_without_looking (void)
{
  static const char huge[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\xff\xff\xff\0\xff\xff\xff\x08\2\0\0\0";
  static const char empty[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0\0\0\x08\2\0\0\0";

  assert_no_picture ("", 0, CPT_ERROR_UNSUPPORTED);
  assert_no_picture ("hello", 5, CPT_ERROR_UNSUPPORTED);
  assert_no_picture (empty, sizeof empty - 1, CPT_ERROR_UNSUPPORTED);
  assert_no_picture (huge, sizeof huge - 1, CPT_ERROR_LIMIT);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/scan/draws-the-first-page", test_draws_the_first_page);
  g_test_add_func ("/scan/draws-a-page-of-any-size", test_draws_a_page_of_any_size);
  g_test_add_func ("/scan/refuses-what-is-damaged", test_refuses_what_is_damaged);
  g_test_add_func ("/scan/ends-at-once-when-cancelled", test_ends_at_once_when_cancelled);
  g_test_add_func ("/scan/ends-while-it-reads", test_ends_while_it_reads);
  g_test_add_func ("/scan/reads-a-card", test_reads_a_card);
  g_test_add_func ("/scan/refuses-pictures-without-looking", test_refuses_pictures_without_looking);

  return g_test_run ();
}
