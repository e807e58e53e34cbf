/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cpt-text.h"

#include <string.h>

static int
get_sign (int number)
{
  return (number > 0) - (number < 0);
}

static void
test_folds (void)
{
  static const char *const texts[][2] = {
    { "", "" },
    { "Œuvre Élégante", "oeuvre elegante" },
    { "Straße ŁÓDŹ Ørsted Þór", "strasse lodz orsted thor" },
    { "A\t\n  b\xc2\xa0\xe2\x80\xaf c", "a b c" },
    { "e\xcc\x81t\xc3\xa9", "ete" },
    { "ΟΔΥΣΣΕΎΣ", "οδυσσευσ" },
    { "ЁЛКА Й", "елка и" },
    { "Nguyễn Ứng", "nguyen ung" },
    { "ﬁn № ２０", "fin no 20" },
    { "L’Oréal – x", "l'oreal - x" },
    { "İstanbul ıI", "istanbul ii" },
    { "한국", "한국" },
    { "a\xff" "b\xc3", "a\xef\xbf\xbd" "b\xef\xbf\xbd" },
    { "½", "1\xe2\x81\x84" "2" },
    { "soft\xc2\xadhyphen", "softhyphen" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *folded = cpt_text_fold (texts[i][0]);
      g_autofree char *twice = cpt_text_fold (folded);

      g_assert_cmpstr (folded, ==, texts[i][1]);
      g_assert_cmpstr (twice, ==, folded);
    }
}

static const char *const names[] = {
  "", " ", "  ", "a", "A", "á", "a ", "a  ", "a\xc2\xa0", "a b", "a  b", "a\tb", "ab", "aB", "Åb", "Z", "z", "é", "e", "E",
  "e\xcc\x81", "f", "œuvre", "oeuvre", "Oeuvre", "of", "Straße", "strasse", "strassf", "x\xff", "x", "x\xef\xbf\xbd",
  "한", "日本", "ω", "Ω", "Ώ", "a\xc2\xad", "a\xc2\xad" "b", "1", "10", "2", "-", "'", "’", "½", "1⁄2", "\xcc\x81", "a\xcc\x81",
};

static int
collate (const char *a,
         const char *b)
{
  return cpt_text_collate (a, (gssize) strlen (a), b, (gssize) strlen (b));
}

static void
test_collation_is_a_total_order (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      for (gsize j = 0; j < G_N_ELEMENTS (names); j++)
        {
          int order = collate (names[i], names[j]);

          g_assert_cmpint (order, ==, -collate (names[j], names[i]));
          g_assert_cmpint (order == 0, ==, i == j);
          for (gsize k = 0; k < G_N_ELEMENTS (names); k++)
            {
              if (order <= 0 && collate (names[j], names[k]) <= 0)
                g_assert_cmpint (collate (names[i], names[k]), <=, 0);
            }
        }
    }
}

static void
test_collation_agrees_with_folding (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      for (gsize j = 0; j < G_N_ELEMENTS (names); j++)
        {
          g_autofree char *a = cpt_text_fold (names[i]);
          g_autofree char *b = cpt_text_fold (names[j]);
          int expected = get_sign (strcmp (a, b));

          if (expected == 0)
            expected = get_sign (strcmp (names[i], names[j]));
          g_assert_cmpint (collate (names[i], names[j]), ==, expected);
        }
    }
}

static void
test_collates_parts_of_texts (void)
{
  g_assert_cmpint (cpt_text_collate ("abX", 2, "abY", 2), ==, 0);
  g_assert_cmpint (cpt_text_collate ("\xc3\xa9", 1, "\xc3\xa8", 1), ==, 0);
  g_assert_cmpint (cpt_text_collate ("a\0b", 3, "a\0c", 3), <, 0);
  g_assert_cmpint (cpt_text_collate (NULL, 0, NULL, 0), ==, 0);
  g_assert_cmpint (cpt_text_collate (NULL, 0, "a", 1), <, 0);
}

static void
test_splits_words (void)
{
  g_autoptr(GString) words = g_string_new ("x ");

  cpt_text_append_words (words, "  L'Été (2026), déjà-vu… Ünïcode_x ");
  g_assert_cmpstr (words->str, ==, "x l ete 2026 deja vu unicode x ");
  cpt_text_append_words (words, "…");
  g_assert_cmpstr (words->str, ==, "x l ete 2026 deja vu unicode x ");
}

static void
test_cleans (void)
{
  static const struct
  {
    const char *text;
    const char *line;
    const char *lines;
  } cases[] = {
    { "", "", "" },
    { "  a b  ", "a b", "a b" },
    { "a\r\nb\rc\nd", "a b c d", "a\nb\nc\nd" },
    { "a\tb", "a\tb", "a\tb" },
    { "\x01" "a\x1b[31mb\x7f\xc2\x80", "a[31mb", "a[31mb" },
    { "e\xcc\x81", "é", "é" },
    { "abc\xe2\x80\xae" "def\xe2\x81\xa6\xe2\x80\x8f\xd8\x9c", "abcdef", "abcdef" },
    { "\xef\xb7\x90x\xef\xbf\xbe\xef\xbb\xbf", "x", "x" },
    { "\xc2\xa0x\xe2\x80\x83", "x", "x" },
    { "a\xff", "a\xef\xbf\xbd", "a\xef\xbf\xbd" },
    { "e\x01\xcc\x81", "é", "é" },
    { "x\xe2\x80\xa8y\n", "x y", "x\ny" },
    { "👩\xe2\x80\x8d💻", "👩\xe2\x80\x8d💻", "👩\xe2\x80\x8d💻" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *line = cpt_text_clean (cases[i].text, FALSE);
      g_autofree char *lines = cpt_text_clean (cases[i].text, TRUE);
      g_autofree char *twice = cpt_text_clean (lines, TRUE);

      g_assert_cmpstr (line, ==, cases[i].line);
      g_assert_cmpstr (lines, ==, cases[i].lines);
      g_assert_cmpstr (twice, ==, lines);
    }
}

static void
test_finds_unwanted (void)
{
  static const char *const right[] = { "", "a\tb \r\nc", "Zo\xc3\xab", "👩\xe2\x80\x8d💻", "x\xe2\x80\xa8y" };
  static const char *const wrong[] = { "a\x01", "\x1b[m", "a\x7f", "\xc2\x80", "a\xe2\x80\xae", "\xd8\x9c", "\xef\xbb\xbf" };

  for (gsize i = 0; i < G_N_ELEMENTS (right); i++)
    g_assert_false (cpt_text_has_unwanted (right[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_true (cpt_text_has_unwanted (wrong[i]));
}

static void
test_measures_distance (void)
{
  g_autofree char *long_text = g_strnfill (100000, 'x');

  /* W. E. Winkler's examples: similarity 0.961, 0.840, 0.813 */
  g_assert_cmpfloat_with_epsilon (cpt_text_get_distance ("MARTHA", "MARHTA"), 1 - 0.9611, 0.0005);
  g_assert_cmpfloat_with_epsilon (cpt_text_get_distance ("DWAYNE", "DUANE"), 1 - 0.84, 0.0005);
  g_assert_cmpfloat_with_epsilon (cpt_text_get_distance ("DIXON", "DICKSONX"), 1 - 0.8133, 0.0005);
  g_assert_cmpfloat (cpt_text_get_distance ("Société", "SOCIETE "), ==, 0.0);
  g_assert_cmpfloat (cpt_text_get_distance ("abc", "xyz"), ==, 1.0);
  g_assert_cmpfloat (cpt_text_get_distance ("", "xyz"), ==, 1.0);
  g_assert_cmpfloat (cpt_text_get_distance ("", " "), ==, 0.0);
  g_assert_cmpfloat (cpt_text_get_distance (long_text, long_text), ==, 0.0);
}

static void
test_shortens (void)
{
  static const struct
  {
    const char *text;
    gsize max;
    const char *expected;
  } cases[] = {
    { "abc", 3, "abc" },
    { "abcd", 3, "…" },
    { "abcdef", 5, "ab…" },
    { "abcd", 2, "ab" },
    { "ab cdef", 6, "ab…" },
    { "ééé", 5, "é…" },
    { "ééé", 4, "…" },
    { "abe\xcc\x81xx", 6, "ab…" },
    { "x", 0, "" },
    { "\xff\xff", 3, "…" },
    { "", 0, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = cpt_text_shorten (cases[i].text, cases[i].max);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text/folds", test_folds);
  g_test_add_func ("/text/collation-is-a-total-order", test_collation_is_a_total_order);
  g_test_add_func ("/text/collation-agrees-with-folding", test_collation_agrees_with_folding);
  g_test_add_func ("/text/collates-parts-of-texts", test_collates_parts_of_texts);
  g_test_add_func ("/text/splits-words", test_splits_words);
  g_test_add_func ("/text/cleans", test_cleans);
  g_test_add_func ("/text/finds-what-cleaning-takes-out", test_finds_unwanted);
  g_test_add_func ("/text/measures-distance", test_measures_distance);
  g_test_add_func ("/text/shortens", test_shortens);

  return g_test_run ();
}
