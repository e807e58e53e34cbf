/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cpt-match.h"

#include <string.h>

/* "[Dup]ont": what is pointed at, in brackets */
static char *
mark (const char *text,
      GArray     *ranges)
{
  GString *marked = g_string_new (NULL);
  guint at = 0;

  for (guint i = 0; i < ranges->len; i++)
    {
      CptMatchRange range = g_array_index (ranges, CptMatchRange, i);

      g_assert_cmpuint (range.start, >=, at);
      g_assert_cmpuint (range.end, >, range.start);
      g_assert_cmpuint (range.end, <=, strlen (text));
      g_string_append_len (marked, text + at, range.start - at);
      g_string_append_c (marked, '[');
      g_string_append_len (marked, text + range.start, range.end - range.start);
      g_string_append_c (marked, ']');
      at = range.end;
    }
  g_string_append (marked, text + at);

  return g_string_free (marked, FALSE);
}

static void
assert_words (const char *text,
              const char *typed,
              guint       found,
              const char *expected)
{
  g_autoptr(GArray) ranges = g_array_new (FALSE, FALSE, sizeof (CptMatchRange));
  g_auto(GStrv) words = cpt_match_split (typed);
  g_autofree char *marked = NULL;

  g_assert_cmpuint (cpt_match_words (text, (const char *const *) words, ranges), ==, found);
  marked = mark (text, ranges);
  g_assert_cmpstr (marked, ==, expected);
}

static void
test_words (void)
{
  assert_words ("Élodie Dupont", "elo dup", 3, "[Élo]die [Dup]ont");
  assert_words ("Élodie Dupont", "dup", 1, "Élodie [Dup]ont");
  assert_words ("Élodie Dupont", "pont", 0, "Élodie Dupont");
  assert_words ("Œuvres de l’Œil", "oe", 1, "[Œ]uvres de l’[Œ]il");
  assert_words ("Noe\xcc\x88l  Noël", "noel", 1, "[Noe\xcc\x88l]  [Noël]");
  assert_words ("a@dupont.example", "dupont ex", 3, "a@[dupont].[ex]ample");
  assert_words ("x", "", 0, "x");
  assert_words ("", "x", 0, "");
  /* A word does not go on in the next one */
  assert_words ("du pont", "dupont", 0, "du pont");
  assert_words ("Dupond dupont", "dupo dupont", 3, "[Dupo]nd [dupont]");
}

static void
test_hostile (void)
{
  assert_words ("\xff\xfe Dup\xc3", "dup", 1, "\xff\xfe [Dup]\xc3");
  assert_words ("\xcc\x81\xcc\x81 dup", "dup", 1, "\xcc\x81\xcc\x81 [dup]");
}

static void
test_splits (void)
{
  g_auto(GStrv) words = cpt_match_split ("  L’Été, 12 a b c d e f g h i j k l m n o p q");

  g_assert_cmpuint (g_strv_length (words), ==, CPT_MATCH_MAX_WORDS);
  g_assert_cmpstr (words[0], ==, "l");
  g_assert_cmpstr (words[1], ==, "ete");
  g_assert_cmpstr (words[2], ==, "12");
}

static void
assert_fuzzy (const char *text,
              const char *pattern,
              const char *expected)
{
  g_autoptr(GArray) ranges = g_array_new (FALSE, FALSE, sizeof (CptMatchRange));
  g_autofree char *marked = NULL;
  guint score = cpt_match_fuzzy (text, pattern, ranges);

  g_assert_true ((score > 0) == (expected != NULL));
  marked = mark (text, ranges);
  g_assert_cmpstr (marked, ==, expected != NULL ? expected : text);
}

static void
test_fuzzy (void)
{
  assert_fuzzy ("New Contact", "nc", "[N]ew [C]ontact");
  assert_fuzzy ("New Contact", "new con", "[New] [Con]tact");
  assert_fuzzy ("Élargir l’équipe", "eq", "Élargir l’[éq]uipe");
  assert_fuzzy ("Raccourcis clavier", "racc clav", "[Racc]ourcis [clav]ier");
  assert_fuzzy ("Organisations", "orgni", "[Org]a[ni]sations");
  assert_fuzzy ("Contacts", "xy", NULL);
  assert_fuzzy ("Contacts", "", NULL);
  assert_fuzzy ("", "a", NULL);
  assert_fuzzy ("An extremely long text with letters", "aeiou", NULL);
}

static void
test_fuzzy_order (void)
{
  g_assert_cmpuint (cpt_match_fuzzy ("New Contact", "nc", NULL), >, cpt_match_fuzzy ("Function", "nc", NULL));
  g_assert_cmpuint (cpt_match_fuzzy ("Contacts", "con", NULL), >, cpt_match_fuzzy ("My contacts", "con", NULL));
  g_assert_cmpuint (cpt_match_fuzzy ("Contacts", "contac", NULL), >, cpt_match_fuzzy ("Contracts", "contac", NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/match/points-at-words-that-begin-so", test_words);
  g_test_add_func ("/match/stands-broken-text", test_hostile);
  g_test_add_func ("/match/splits-what-was-typed", test_splits);
  g_test_add_func ("/match/finds-letters-here-and-there", test_fuzzy);
  g_test_add_func ("/match/likes-beginnings-and-neighbours", test_fuzzy_order);

  return g_test_run ();
}
