/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cleaned text is in Normalization Form C, in linear time. */

#include "config.h"

#include <glib.h>
#include <string.h>
#include <time.h>

#include "cpt-text.h"

/* Characters that change, join, or stand beside such ones */
static const gunichar alphabet[] = {
  'a', 'e', 'o', '-', 0xe9, 0x300, 0x301, 0x308, 0x323, 0x327, 0x338, 0x345, 0x37e, 0x3b1, 0x391, 0x415, 0x431, 0x5d0, 0x5bc,
  0x627, 0x653, 0x928, 0x93c, 0x9c7, 0x9be, 0xb47, 0xb3e, 0x1025, 0x102e, 0x1100, 0x1161, 0x11a8, 0xac00, 0xac01, 0x1f71, 0x2001,
  0x2126, 0x212b, 0x304b, 0x3099, 0x4e00, 0xf900, 0xfb1d, 0xfb2a, 0x1d15e, 0x1d165, 0x1f600, 0x110a5, 0x110ba,
};

static void
test_as_glib (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (5);

  for (guint round = 0; round < 20000; round++)
    {
      g_autoptr(GString) text = g_string_new (".");
      g_autofree char *clean = NULL;
      g_autofree char *again = NULL;
      g_autofree char *wanted = NULL;

      for (gint n = g_rand_int_range (rand, 1, 9); n > 0; n--)
        g_string_append_unichar (text, alphabet[g_rand_int_range (rand, 0, G_N_ELEMENTS (alphabet))]);
      g_string_append_c (text, '.');

      clean = cpt_text_clean (text->str, FALSE);
      wanted = g_utf8_normalize (text->str, -1, G_NORMALIZE_NFC);
      g_assert_cmpstr (clean, ==, wanted);
      again = cpt_text_clean (clean, FALSE);
      g_assert_cmpstr (again, ==, clean);
    }
}

static char *
repeat (gunichar c,
        guint    n)
{
  GString *text = g_string_new ("a");

  while (n-- > 0)
    g_string_append_unichar (text, c);

  return g_string_free (text, FALSE);
}

/* A quadratic way would take minutes. Time of the processor: the machine may
 * be busy with other tests. */
static void
test_is_linear (void)
{
  static const gunichar characters[] = { 0xe9, 0x301, 0x1161, 0x9be, 0x5d0, 0x1f71, 0x4e00 };

  for (guint i = 0; i < G_N_ELEMENTS (characters); i++)
    {
      g_autofree char *text = repeat (characters[i], 100000);
      g_autofree char *clean = NULL;
      clock_t start = clock ();

      clean = cpt_text_clean (text, TRUE);
      g_assert_cmpint ((clock () - start) / CLOCKS_PER_SEC, <, 5);
      g_assert_true (g_utf8_validate (clean, -1, NULL));
    }
}

static void
test_marks_are_limited (void)
{
  g_autofree char *text = repeat (0x316, 100);
  g_autofree char *clean = cpt_text_clean (text, FALSE);

  g_assert_cmpint (g_utf8_strlen (clean, -1), ==, 31);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/clean-text-is-normal", test_as_glib);
  g_test_add_func ("/text/cleaning-takes-linear-time", test_is_linear);
  g_test_add_func ("/text/a-character-has-at-most-thirty-marks", test_marks_are_limited);

  return g_test_run ();
}
