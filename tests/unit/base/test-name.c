/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cpt-name.h"

#include <string.h>

#include "cpt-text.h"

typedef struct
{
  CptNameKind kind;
  const char *text;
  const char *normalised;
} Form;

static void
test_leaves_out_what_people_leave_out (void)
{
  static const Form forms[] = {
    { CPT_NAME_COMPANY, "S.A.R.L. Les Frères Müller & Cie", "freres muller" },
    { CPT_NAME_COMPANY, "Boulangerie du Port SAS", "boulangerie port" },
    { CPT_NAME_COMPANY, "LA BOULANGERIE DU PORT", "boulangerie port" },
    { CPT_NAME_COMPANY, "SCI de l’Étang", "etang" },
    { CPT_NAME_COMPANY, "Müller GmbH & Co. KG", "muller" },
    { CPT_NAME_COMPANY, "Acme, Inc.", "acme" },
    { CPT_NAME_COMPANY, "Cabinet Lévy-Strauss S.C.P.", "cabinet levy strauss" },
    { CPT_NAME_COMPANY, "SA", "sa" },
    { CPT_NAME_COMPANY, "Ltd SA", "ltd" },
    { CPT_NAME_COMPANY, "3M", "3m" },
    { CPT_NAME_COMPANY, "«»", "" },
    { CPT_NAME_COMPANY, "", "" },
    { CPT_NAME_PERSON, "M. Jean-François DUPONT", "jean francois dupont" },
    { CPT_NAME_PERSON, "Mme le Dr Anne Sá", "le dr anne sa" },
    { CPT_NAME_PERSON, "Dr", "dr" },
    { CPT_NAME_PERSON, "Œuvrard  Élodie", "oeuvrard elodie" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *normalised = cpt_name_normalise (forms[i].text, forms[i].kind);

      g_assert_cmpstr (normalised, ==, forms[i].normalised);
    }
}

static void
test_normalises_twice_as_once (void)
{
  static const char *const names[] = { "S A R L Dupont", "Ets A. B. Martin et Cie", "the the", "les SARL les", "co co co", "de SARL la", "Société Générale de et de Plomberie" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *once = cpt_name_normalise (names[i], CPT_NAME_COMPANY);
      g_autofree char *twice = cpt_name_normalise (once, CPT_NAME_COMPANY);

      g_assert_cmpstr (once, ==, twice);
    }
}

static char *
get_code (const char *word)
{
  GString *code = g_string_new (NULL);

  cpt_name_append_phonetic (code, word, strlen (word));

  return g_string_free (code, FALSE);
}

static void
test_hears_names_as_the_french_do (void)
{
  static const char *const same[][2] = {
    { "lefevre", "lefebvre" },
    { "faure", "phore" },
    { "thomas", "tomas" },
    { "martin", "martain" },
    { "dupont", "dupond" },
    { "petit", "petits" },
    { "gauthier", "gotier" },
    { "benoit", "benoist" },
    { "philippe", "filip" },
    { "durand", "durant" },
    { "catherine", "katerine" },
    { "chevalier", "shevalier" },
    { "thibault", "tibo" },
    { "renault", "renaud" },
  };
  static const char *const other[][2] = {
    { "martin", "morel" },
    { "dupont", "durand" },
    { "petit", "perez" },
    { "robert", "roussel" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autofree char *a = get_code (same[i][0]);
      g_autofree char *b = get_code (same[i][1]);

      g_assert_cmpstr (a, ==, b);
    }
  for (guint i = 0; i < G_N_ELEMENTS (other); i++)
    {
      g_autofree char *a = get_code (other[i][0]);
      g_autofree char *b = get_code (other[i][1]);

      g_assert_cmpstr (a, !=, b);
    }
}

static void
test_hears_anything (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (3);

  for (guint i = 0; i < 20000; i++)
    {
      char word[80];
      guint n = (guint) g_rand_int_range (random, 0, sizeof word);
      g_autoptr(GString) code = g_string_new (NULL);

      for (guint k = 0; k < n; k++)
        word[k] = (char) (g_rand_int_range (random, 0, 4) == 0 ? g_rand_int_range (random, 1, 256)
                                                               : g_rand_int_range (random, 'a', 'z' + 1));
      cpt_name_append_phonetic (code, word, n);
      g_assert_cmpuint (code->len, <=, 32);
    }
}

typedef struct
{
  const char *a;
  const char *b;
  CptNameLikeness likeness;
} Pair;

static void
test_compares_word_by_word (void)
{
  static const Pair pairs[] = {
    { "jean martin", "jean martin", CPT_NAME_SAME },
    { "jean martin", "martin jean", CPT_NAME_SWAPPED },
    { "jean martin", "jean matrin", CPT_NAME_CLOSE },
    { "martin jean", "jean matrin", CPT_NAME_CLOSE },
    { "cyrille faure", "cirille phaure", CPT_NAME_SOUND },
    { "jean martin", "jean pierre martin", CPT_NAME_PART },
    { "jean martin", "marie martin", CPT_NAME_DIFFERENT },
    { "jean martin", "jean dupont", CPT_NAME_DIFFERENT },
    { "boulangerie du port", "boulangerie dupont", CPT_NAME_ALIKE },
    { "j martin", "jean martin", CPT_NAME_SOUND },
    { "catherine thibault", "katerine tibo", CPT_NAME_SOUND },
    { "jean martin", "", CPT_NAME_MISSING },
    { "", "", CPT_NAME_MISSING },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      double there, back;

      g_test_message ("“%s” and “%s”", pairs[i].a, pairs[i].b);
      g_assert_cmpint (cpt_name_compare (pairs[i].a, pairs[i].b, &there), ==, pairs[i].likeness);
      g_assert_cmpint (cpt_name_compare (pairs[i].b, pairs[i].a, &back), ==, pairs[i].likeness);
      g_assert_cmpfloat (there, >=, 0.0);
      g_assert_cmpfloat (there, <=, 1.0);
    }
}

static void
test_agrees_with_the_distance_of_texts (void)
{
  static const char *const words[] = { "martha", "marhta", "dixon", "dicksonx", "", "élan", "elan", "日本", "日本語" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    for (guint k = 0; k < G_N_ELEMENTS (words); k++)
      {
        g_autofree char *a = cpt_text_fold (words[i]);
        g_autofree char *b = cpt_text_fold (words[k]);
        double similarity = cpt_text_get_folded_similarity (a, strlen (a), b, strlen (b));

        g_assert_cmpfloat_with_epsilon (similarity, 1.0 - cpt_text_get_distance (words[i], words[k]), 1e-12);
      }

  /* Winkler (1990) */
  g_assert_cmpfloat_with_epsilon (cpt_text_get_folded_similarity ("martha", 6, "marhta", 6), 0.961, 0.001);
  g_assert_cmpfloat_with_epsilon (cpt_text_get_folded_similarity ("dixon", 5, "dicksonx", 8), 0.813, 0.001);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/name/leaves-out-what-people-leave-out", test_leaves_out_what_people_leave_out);
  g_test_add_func ("/name/normalises-twice-as-once", test_normalises_twice_as_once);
  g_test_add_func ("/name/hears-names-as-the-french-do", test_hears_names_as_the_french_do);
  g_test_add_func ("/name/hears-anything", test_hears_anything);
  g_test_add_func ("/name/compares-word-by-word", test_compares_word_by_word);
  g_test_add_func ("/name/agrees-with-the-distance-of-texts", test_agrees_with_the_distance_of_texts);

  return g_test_run ();
}
