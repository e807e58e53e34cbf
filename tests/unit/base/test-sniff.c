/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cpt-sniff.h"

#include <string.h>

static void
test_types (void)
{
  static const struct
  {
    const char *bytes;
    gsize length; /* 0: to its end */
    const char *type;
    CptSniffClass class;
  } files[] = {
    { "\x89PNG\r\n\x1a\n....", 0, "image/png", CPT_SNIFF_IMAGE },
    { "\xff\xd8\xff\xe0", 0, "image/jpeg", CPT_SNIFF_IMAGE },
    { "%PDF-1.7\n", 0, "application/pdf", CPT_SNIFF_DOCUMENT },
    { "\x7f"
      "ELF\x02",
      0, "application/x-executable", CPT_SNIFF_PROGRAM },
    { "#!/bin/sh\nrm -rf /\n", 0, "text/x-script", CPT_SNIFF_PROGRAM },
    { "[Desktop Entry]\nExec=evil\n", 0, "application/x-desktop", CPT_SNIFF_PROGRAM },
    { "MZ\x90\0\x03", 5, "application/vnd.microsoft.portable-executable", CPT_SNIFF_PROGRAM },
    { "MZ is how this text begins", 0, "text/plain", CPT_SNIFF_TEXT },
    { "Bonjour \xc3\xa9t\xc3\xa9\n", 0, "text/plain", CPT_SNIFF_TEXT },
    { "\xef\xbb\xbf  <!DOCTYPE HTML>", 0, "text/html", CPT_SNIFF_TEXT },
    { "<?xml version='1.0'?><svg/>", 0, "image/svg+xml", CPT_SNIFF_OTHER },
    { "BEGIN:VCARD\r\n", 0, "text/vcard", CPT_SNIFF_TEXT },
    { "PK\3\4..............................word/document.xml", 0,
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document", CPT_SNIFF_OTHER },
    { "PK\3\4....", 0, "application/zip", CPT_SNIFF_OTHER },
    { "a\0b", 3, "application/octet-stream", CPT_SNIFF_OTHER },
    { "\xff\xfe\xfd", 0, "application/octet-stream", CPT_SNIFF_OTHER },
    { "", 0, "application/octet-stream", CPT_SNIFF_OTHER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      gsize length = files[i].length > 0 ? files[i].length : strlen (files[i].bytes);
      const char *type = cpt_sniff_type ((const guint8 *) files[i].bytes, length);

      g_assert_cmpstr (type, ==, files[i].type);
      g_assert_cmpint (cpt_sniff_get_class (type), ==, files[i].class);
    }
}

/* Whatever is cut off */
static void
test_cut (void)
{
  const char *bytes = "PK\3\4 word/ <?xml \xc3\xa9 <svg \x89PNG\r\n\x1a\n";

  for (gsize length = 0; length <= strlen (bytes); length++)
    {
      g_autofree guint8 *copy = g_memdup2 (bytes, length);

      g_assert_nonnull (cpt_sniff_type (copy, length));
    }
}

static void
test_sizes (void)
{
  static const struct
  {
    const char *bytes;
    gsize length;
    guint width, height;
  } pictures[] = {
    { "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xea\x60\0\0\0\x02", 24, 60000, 2 },
    { "GIF89a\x03\0\x02\x01", 10, 3, 258 },
    { "\xff\xd8\xff\xe0\0\4ab\xff\xff\xc2\0\x11\x08\0\x10\0\x20\3", 19, 32, 16 },
    { "RIFF....WEBPVP8X....\0\0\0\0\x0f\0\0\x07\0\0", 30, 16, 8 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    for (gsize length = 0; length <= pictures[i].length; length++)
      {
        g_autofree guint8 *copy = g_memdup2 (pictures[i].bytes, length);
        guint width = 0, height = 0;
        gboolean is_known = cpt_sniff_get_picture_size (copy, length, &width, &height);

        g_assert_true (is_known || length < pictures[i].length);
        if (length == pictures[i].length)
          g_assert_cmpuint (width, ==, pictures[i].width);
        if (length == pictures[i].length)
          g_assert_cmpuint (height, ==, pictures[i].height);
      }
}

static void
test_names (void)
{
  g_assert_true (cpt_sniff_is_program_name ("invoice.pdf.EXE"));
  g_assert_true (cpt_sniff_is_program_name ("x.desktop"));
  g_assert_false (cpt_sniff_is_program_name ("exe"));
  g_assert_false (cpt_sniff_is_program_name ("offer.pdf"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sniff/tells-files-by-what-is-in-them", test_types);
  g_test_add_func ("/sniff/looks-at-nothing-behind-the-end", test_cut);
  g_test_add_func ("/sniff/reads-the-size-of-pictures", test_sizes);
  g_test_add_func ("/sniff/knows-names-of-programs", test_names);

  return g_test_run ();
}
