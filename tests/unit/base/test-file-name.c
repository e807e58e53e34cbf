/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cpt-file-name.h"

#include <string.h>

static void
test_clean (void)
{
  static const struct
  {
    const char *name;
    const char *clean;
  } names[] = {
    { "offer.pdf", "offer.pdf" },
    { "../../x", "x" },
    { "..\\..\\x.txt", "x.txt" },
    { "/etc/passwd", "passwd" },
    { "C:\\Users\\a\\b.doc", "b.doc" },
    { "folder/", "folder_" },
    { "", "file" },
    { "...", "file" },
    { "..", "file" },
    { " . ", "file" },
    { ".bashrc", "bashrc" },
    { "a\nb\x01\x7f.txt", "a b.txt" },
    { "photo\xe2\x80\xaegpj.exe", "photogpj.exe" },
    { "a:b*c?.txt", "a_b_c_.txt" },
    { "trailing. ", "trailing" },
    { "CON", "_CON" },
    { "nul.txt", "_nul.txt" },
    { "console.txt", "console.txt" },
    { "com1", "_com1" },
    { "LPT9.txt", "_LPT9.txt" },
    { "com0", "com0" },
    { "com10.txt", "com10.txt" },
    { "\xc3\xa9t\xc3\xa9.pdf", "\xc3\xa9t\xc3\xa9.pdf" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *clean = cpt_file_name_clean (names[i].name);
      g_autofree char *again = cpt_file_name_clean (clean);

      g_assert_cmpstr (clean, ==, names[i].clean);
      g_assert_cmpstr (again, ==, clean);
    }
}

static void
test_long (void)
{
  g_autoptr(GString) name = g_string_new (NULL);
  g_autofree char *clean = NULL;
  g_autofree char *stem = NULL;

  for (guint i = 0; i < 400; i++)
    g_string_append (name, "\xc3\xa9");
  stem = cpt_file_name_clean (name->str);
  g_assert_cmpuint (strlen (stem), <=, CPT_FILE_NAME_MAX_BYTES);
  g_assert_true (g_utf8_validate (stem, -1, NULL));

  g_string_append (name, ".pdf");
  clean = cpt_file_name_clean (name->str);
  g_assert_cmpuint (strlen (clean), <=, CPT_FILE_NAME_MAX_BYTES);
  g_assert_true (g_str_has_suffix (clean, ".pdf"));
  g_assert_true (g_utf8_validate (clean, -1, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/file-name/is-made-safe", test_clean);
  g_test_add_func ("/file-name/keeps-its-extension-when-it-is-cut", test_long);

  return g_test_run ();
}
