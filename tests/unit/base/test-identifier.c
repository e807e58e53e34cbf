/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cpt-identifier.h"

#include <string.h>

#include "cpt-error.h"

static const struct
{
  CptIdentifier scheme;
  const char *text;
  const char *value;
  const char *formatted;
} right[] = {
  /* INSEE's example, La Poste's head office and two of its post offices */
  { CPT_IDENTIFIER_SIREN, "732 829 320", "732829320", "732 829 320" },
  { CPT_IDENTIFIER_SIREN, "356.000.000", "356000000", "356 000 000" },
  { CPT_IDENTIFIER_SIRET, "732 829 320 00074", "73282932000074", "732 829 320 00074" },
  { CPT_IDENTIFIER_SIRET, "35600000000048", "35600000000048", "356 000 000 00048" },
  { CPT_IDENTIFIER_SIRET, "35600000049837", "35600000049837", "356 000 000 49837" },
  /* The tax office's examples of both kinds of keys; Monaco */
  { CPT_IDENTIFIER_FR_VAT, "fr 40 303 265 045", "FR40303265045", "FR 40 303 265 045" },
  { CPT_IDENTIFIER_FR_VAT, "23 334 175 221", "FR23334175221", "FR 23 334 175 221" },
  { CPT_IDENTIFIER_FR_VAT, "FRK7399859412", "FRK7399859412", "FR K7 399 859 412" },
  { CPT_IDENTIFIER_FR_VAT, "FR 53 000004605", "FR53000004605", "FR 53 000 004 605" },
  /* Examples of the IBAN registry (ISO 13616) */
  { CPT_IDENTIFIER_IBAN, "FR14 2004 1010 0505 0001 3M02 606", "FR1420041010050500013M02606", "FR14 2004 1010 0505 0001 3M02 606" },
  { CPT_IDENTIFIER_IBAN, "iban gb29-nwbk-6016-1331-9268-19", "GB29NWBK60161331926819", "GB29 NWBK 6016 1331 9268 19" },
  { CPT_IDENTIFIER_IBAN, "DE89370400440532013000", "DE89370400440532013000", "DE89 3704 0044 0532 0130 00" },
  { CPT_IDENTIFIER_IBAN, "BE68539007547034", "BE68539007547034", "BE68 5390 0754 7034" },
  { CPT_IDENTIFIER_IBAN, "CH9300762011623852957", "CH9300762011623852957", "CH93 0076 2011 6238 5295 7" },
  { CPT_IDENTIFIER_IBAN, "LU280019400644750000", "LU280019400644750000", "LU28 0019 4006 4475 0000" },
  { CPT_IDENTIFIER_IBAN, "ES9121000418450200051332", "ES9121000418450200051332", "ES91 2100 0418 4502 0005 1332" },
  { CPT_IDENTIFIER_IBAN, "IT60X0542811101000000123456", "IT60X0542811101000000123456", "IT60 X054 2811 1010 0000 0123 456" },
  { CPT_IDENTIFIER_IBAN, "MT84MALT011000012345MTLCAST001S", "MT84MALT011000012345MTLCAST001S", "MT84 MALT 0110 0001 2345 MTLC AST0 01S" },
  { CPT_IDENTIFIER_IBAN, "NO9386011117947", "NO9386011117947", "NO93 8601 1117 947" },
  { CPT_IDENTIFIER_IBAN, "MC5811222000010123456789030", "MC5811222000010123456789030", "MC58 1122 2000 0101 2345 6789 030" },
  { CPT_IDENTIFIER_IBAN, "NL91ABNA0417164300", "NL91ABNA0417164300", "NL91 ABNA 0417 1643 00" },
  { CPT_IDENTIFIER_IBAN, "PL61109010140000071219812874", "PL61109010140000071219812874", "PL61 1090 1014 0000 0712 1981 2874" },
  { CPT_IDENTIFIER_IBAN, "PT50000201231234567890154", "PT50000201231234567890154", "PT50 0002 0123 1234 5678 9015 4" },
  { CPT_IDENTIFIER_IBAN, "SA0380000000608010167519", "SA0380000000608010167519", "SA03 8000 0000 6080 1016 7519" },
};

static const struct
{
  CptIdentifier scheme;
  const char *text;
} wrong[] = {
  { CPT_IDENTIFIER_SIREN, "" },
  { CPT_IDENTIFIER_SIREN, "732829321" },
  { CPT_IDENTIFIER_SIREN, "73282932" },
  { CPT_IDENTIFIER_SIREN, "7328293200" },
  { CPT_IDENTIFIER_SIREN, "73282932A" },
  { CPT_IDENTIFIER_SIREN, "000000000" },
  { CPT_IDENTIFIER_SIREN, "732829320?" },
  { CPT_IDENTIFIER_SIREN, "732829320\xff" },
  { CPT_IDENTIFIER_SIRET, "73282932000075" },
  { CPT_IDENTIFIER_SIRET, "73282932100074" },
  { CPT_IDENTIFIER_SIRET, "732829320" },
  { CPT_IDENTIFIER_SIRET, "35600000049838" },
  { CPT_IDENTIFIER_FR_VAT, "FR41303265045" },
  { CPT_IDENTIFIER_FR_VAT, "FR84323140391" },
  { CPT_IDENTIFIER_FR_VAT, "FRK8399859412" },
  { CPT_IDENTIFIER_FR_VAT, "FRIO399859412" },
  { CPT_IDENTIFIER_FR_VAT, "DE40303265045" },
  { CPT_IDENTIFIER_FR_VAT, "FR4030326504" },
  { CPT_IDENTIFIER_FR_VAT, "FR" },
  { CPT_IDENTIFIER_IBAN, "FR1420041010050500013M02607" },
  { CPT_IDENTIFIER_IBAN, "FR1420041010050500013M0260" },
  { CPT_IDENTIFIER_IBAN, "FR1420041010050500013M026060" },
  { CPT_IDENTIFIER_IBAN, "XX1420041010050500013M02606" },
  { CPT_IDENTIFIER_IBAN, "FRAA20041010050500013M02606" },
  { CPT_IDENTIFIER_IBAN, "IBAN" },
  { CPT_IDENTIFIER_IBAN, "1400FR20041010050500" },
};

static void
test_accepts_the_published_examples (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *value = cpt_identifier_normalise (right[i].scheme, right[i].text, &error);
      g_autofree char *formatted = NULL;
      g_autofree char *again = NULL;

      g_test_message ("%s", right[i].text);
      g_assert_no_error (error);
      g_assert_cmpstr (value, ==, right[i].value);
      formatted = cpt_identifier_format (right[i].scheme, value);
      g_assert_cmpstr (formatted, ==, right[i].formatted);
      again = cpt_identifier_normalise (right[i].scheme, formatted, &error);
      g_assert_cmpstr (again, ==, value);
    }
}

static void
test_refuses_wrong_ones (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) error = NULL;

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_null (cpt_identifier_normalise (wrong[i].scheme, wrong[i].text, &error));
      g_assert_error (error, CPT_ERROR, CPT_ERROR_PARSE);
    }
}

static void
test_notices_every_wrong_digit (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (right); i++)
    {
      for (gsize j = 0; right[i].value[j] != '\0'; j++)
        {
          g_autofree char *value = g_strdup (right[i].value);

          /* La Poste's rule can't see all. */
          if (!g_ascii_isdigit (value[j]) || g_str_has_prefix (value, "356"))
            continue;
          value[j] = value[j] == '9' ? '0' : (char) (value[j] + 1);
          g_assert_null (cpt_identifier_normalise (right[i].scheme, value, NULL));
        }
    }
}

static void
test_has_names (void)
{
  for (int i = 0; i < CPT_N_IDENTIFIERS; i++)
    g_assert_cmpuint (strlen (cpt_identifier_get_name ((CptIdentifier) i)), >, 0);
  g_assert_cmpstr (cpt_identifier_get_name (CPT_IDENTIFIER_FR_VAT), ==, "fr_vat");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/identifier/accepts-the-published-examples", test_accepts_the_published_examples);
  g_test_add_func ("/identifier/refuses-wrong-ones", test_refuses_wrong_ones);
  g_test_add_func ("/identifier/notices-every-wrong-digit", test_notices_every_wrong_digit);
  g_test_add_func ("/identifier/has-names", test_has_names);

  return g_test_run ();
}
