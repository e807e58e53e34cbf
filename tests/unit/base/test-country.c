/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cpt-country.h"

#include <string.h>

#include "cpt-locale-private.h"

static void
test_codes_are_sorted (void)
{
  const char *const *codes = cpt_country_get_codes ();
  gsize n = g_strv_length ((char **) codes);

  g_assert_cmpuint (n, ==, 250);
  for (gsize i = 1; i < n; i++)
    g_assert_cmpstr (codes[i - 1], <, codes[i]);
}

static void
test_every_name_finds_its_country (void)
{
  static const char *const locales[] = { "fr_FR", "en_US", "xx" };
  const char *const *codes = cpt_country_get_codes ();

  for (gsize i = 0; i < G_N_ELEMENTS (locales); i++)
    {
      cpt_locale_override (locales[i]);
      for (gsize j = 0; codes[j] != NULL; j++)
        {
          const char *name = cpt_country_get_name (codes[j]);

          g_assert_nonnull (name);
          g_assert_cmpstr (cpt_country_find (name), ==, codes[j]);
          g_assert_cmpstr (cpt_country_find (codes[j]), ==, codes[j]);
        }
    }
  cpt_locale_override (NULL);
}

static void
test_names_are_in_the_language (void)
{
  cpt_locale_override ("fr_FR");
  g_assert_cmpstr (cpt_country_get_name ("DE"), ==, "Allemagne");
  cpt_locale_override ("en_GB");
  g_assert_cmpstr (cpt_country_get_name ("de"), ==, "Germany");
  g_assert_null (cpt_country_get_name ("ZZ"));
  g_assert_null (cpt_country_get_name (""));
  cpt_locale_override (NULL);
}

static void
test_finds_usual_names (void)
{
  static const char *const names[][2] = {
    { "United States", "US" },
    { "USA", "US" },
    { "u.s.a.", "US" },
    { "Etats-Unis", "US" },
    { "UK", "GB" },
    { "England", "GB" },
    { "Korea", "KR" },
    { "COREE DU SUD", "KR" },
    { "north korea", "KP" },
    { "france", "FR" },
    { "La France", "FR" },
    { "The Netherlands", "NL" },
    { "Hollande", "NL" },
    { "FRA", "FR" },
    { "Côte-d'Ivoire", "CI" },
    { "COTE D IVOIRE", "CI" },
    { "Ivory Coast", "CI" },
    { "Czech Republic", "CZ" },
    { "Turkey", "TR" },
    { "Trinidad & Tobago", "TT" },
    { "St. Lucia", "LC" },
    { "Viet Nam", "VN" },
    { "Vietnam", "VN" },
    { "Russian Federation", "RU" },
    { "Deutschland", "DE" },
    { "Hongkong", "HK" },
    { "Kosovo", "XK" },
    { "Réunion", "RE" },
    { "l’Allemagne", "DE" },
    { "Niger", "NE" },
    { "Nigeria", "NG" },
    { "Congo", "CG" },
    { "RDC", "CD" },
    { "Korea, Republic of", "KR" },
    { "Philippines", "PH" },
  };
  static const char *const unknown[] = { "", " ", "Philipines", "Atlantis", "X", "The", "…" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpstr (cpt_country_find (names[i][0]), ==, names[i][1]);
  for (gsize i = 0; i < G_N_ELEMENTS (unknown); i++)
    g_assert_null (cpt_country_find (unknown[i]));
}

static void
test_guesses_misspelt_names (void)
{
  static const char *const names[][2] = {
    { "Philipines", "PH" },
    { "Germny", "DE" },
    { "Untied States", "US" },
    { "Switserland", "CH" },
    { "Belgiqe", "BE" },
    { "Portugall", "PT" },
    { "Poland", "PL" },
    { "Marocco", "MA" },
    { "Allemange", "DE" },
  };
  static const char *const unknown[] = { "", "Xy", "Atlantis", "Somewhere", "Nigera", "1234567" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpstr (cpt_country_guess (names[i][0]), ==, names[i][1]);
  for (gsize i = 0; i < G_N_ELEMENTS (unknown); i++)
    g_assert_null (cpt_country_guess (unknown[i]));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/country/codes-are-sorted", test_codes_are_sorted);
  g_test_add_func ("/country/every-name-finds-its-country", test_every_name_finds_its_country);
  g_test_add_func ("/country/names-are-in-the-language", test_names_are_in_the_language);
  g_test_add_func ("/country/finds-usual-names", test_finds_usual_names);
  g_test_add_func ("/country/guesses-misspelt-names", test_guesses_misspelt_names);

  return g_test_run ();
}
