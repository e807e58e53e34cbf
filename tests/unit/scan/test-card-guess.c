/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cpt-card-guess.h"

#include <string.h>

/* As cards are read, with the errors that are made */
typedef struct
{
  const char *text;
  const char *country;
  const char *fields[CPT_CARD_N_FIELDS];
} Sample;

static const Sample french_company = {
  "ATELIERS BRUNEL\n\nAdèle AUBERT\nDirectrice commerciale\n\n12, rue de la République\n69002 LYON\n"
  "Tél. : 04 72 00 00 01 | Port. : 06 12 34 56 78\nadele.aubert@ateliers-brunel.fr\nwww.ateliers-brunel.fr\n",
  "FR",
  {
    [CPT_CARD_FIRST_NAME] = "Adèle",
    [CPT_CARD_LAST_NAME] = "Aubert",
    [CPT_CARD_COMPANY] = "ATELIERS BRUNEL",
    [CPT_CARD_JOB_TITLE] = "Directrice commerciale",
    [CPT_CARD_EMAIL] = "adele.aubert@ateliers-brunel.fr",
    [CPT_CARD_PHONE] = "+33472000001",
    [CPT_CARD_MOBILE] = "+33612345678",
    [CPT_CARD_WEBSITE] = "https://www.ateliers-brunel.fr",
    [CPT_CARD_STREET] = "12, rue de la République",
    [CPT_CARD_POSTCODE] = "69002",
    [CPT_CARD_CITY] = "Lyon",
  },
};

static const Sample english_company = {
  "Jane Whitfield\nHead of Partnerships\n\nNorthgate Records Ltd\n48 Albion Street\nManchester M1 5LN\nUnited Kingdom\n\n"
  "T +44 (0)161 496 0123\nM +44 7700 900123\njane@northgaterecords.co.uk\nnorthgaterecords.co.uk\n",
  "FR",
  {
    [CPT_CARD_FIRST_NAME] = "Jane",
    [CPT_CARD_LAST_NAME] = "Whitfield",
    [CPT_CARD_COMPANY] = "Northgate Records Ltd",
    [CPT_CARD_JOB_TITLE] = "Head of Partnerships",
    [CPT_CARD_EMAIL] = "jane@northgaterecords.co.uk",
    [CPT_CARD_PHONE] = "+441614960123",
    [CPT_CARD_MOBILE] = "+447700900123",
    [CPT_CARD_WEBSITE] = "https://northgaterecords.co.uk",
    [CPT_CARD_STREET] = "48 Albion Street",
    [CPT_CARD_POSTCODE] = "M1 5LN",
    [CPT_CARD_CITY] = "Manchester",
    [CPT_CARD_COUNTRY] = "GB",
  },
};

/* Blanks beside the @, a letter for a digit, frames read as signs, a fax */
static const Sample badly_read = {
  "| Studio Lyon SARL |\n— Jean-Pierre Lefèvre —\nIngénieur du son\n\nTél O4 78 12 34 56  Fax 04 78 12 34 57\n"
  "jp.lefevre @studio-lyon.com\n*  8 quai Saint-Antoine, 69OO2 Lyon *\n",
  "FR",
  {
    [CPT_CARD_FIRST_NAME] = "Jean-Pierre",
    [CPT_CARD_LAST_NAME] = "Lefèvre",
    [CPT_CARD_COMPANY] = "Studio Lyon SARL",
    [CPT_CARD_JOB_TITLE] = "Ingénieur du son",
    [CPT_CARD_EMAIL] = "jp.lefevre@studio-lyon.com",
    [CPT_CARD_PHONE] = "+33478123456",
    [CPT_CARD_STREET] = "8 quai Saint-Antoine, 69OO2 Lyon",
  },
};

/* The family name first, in capitals; a mailbox that everybody may have */
static const Sample family_name_first = {
  "DE LA TOUR Mathilde\nPhotographe\n06.98.76.54.32\nmathilde.photo@gmail.com\n",
  "FR",
  {
    [CPT_CARD_FIRST_NAME] = "Mathilde",
    [CPT_CARD_LAST_NAME] = "De La Tour",
    [CPT_CARD_JOB_TITLE] = "Photographe",
    [CPT_CARD_EMAIL] = "mathilde.photo@gmail.com",
    [CPT_CARD_MOBILE] = "+33698765432",
  },
};

/* Nothing says what the company is but the domain */
static const Sample only_a_domain = {
  "Dr. Marie Curie-Dubois\nmarie@radium-labs.eu\n+33 1 44 27 00 00\n",
  NULL,
  {
    [CPT_CARD_FIRST_NAME] = "Marie",
    [CPT_CARD_LAST_NAME] = "Curie-Dubois",
    [CPT_CARD_COMPANY] = "Radium Labs",
    [CPT_CARD_EMAIL] = "marie@radium-labs.eu",
    [CPT_CARD_PHONE] = "+33144270000",
  },
};

static const Sample swiss = {
  "Banque du Léman SA\nLuca Bernasconi, MBA\nConseiller en placements\nRue du Rhône 14\n1204 Genève\nSuisse\n"
  "Direct +41 22 555 01 02\nMobile +41 79 555 01 03\nluca.bernasconi@banque-leman.ch\nlinkedin.com/in/lucabernasconi\n",
  "CH",
  {
    [CPT_CARD_FIRST_NAME] = "Luca",
    [CPT_CARD_LAST_NAME] = "Bernasconi",
    [CPT_CARD_COMPANY] = "Banque du Léman SA",
    [CPT_CARD_JOB_TITLE] = "Conseiller en placements",
    [CPT_CARD_EMAIL] = "luca.bernasconi@banque-leman.ch",
    [CPT_CARD_PHONE] = "+41225550102",
    [CPT_CARD_MOBILE] = "+41795550103",
    [CPT_CARD_LINKEDIN] = "https://linkedin.com/in/lucabernasconi",
    [CPT_CARD_STREET] = "Rue du Rhône 14",
    [CPT_CARD_POSTCODE] = "1204",
    [CPT_CARD_CITY] = "Genève",
    [CPT_CARD_COUNTRY] = "CH",
  },
};

/* Numbers of registers are no telephones; a CEDEX is no city */
static const Sample registers = {
  "Verreries du Nord SAS\nHugo Carpentier\nGérant\nZone industrielle Est\n59500 DOUAI CEDEX\nSIREN 732 829 320\n"
  "RCS Douai 732 829 320\nTVA FR 44 732829320\nhugo@verreries-nord.fr\n03 27 00 00 00\n",
  "FR",
  {
    [CPT_CARD_FIRST_NAME] = "Hugo",
    [CPT_CARD_LAST_NAME] = "Carpentier",
    [CPT_CARD_COMPANY] = "Verreries du Nord SAS",
    [CPT_CARD_JOB_TITLE] = "Gérant",
    [CPT_CARD_EMAIL] = "hugo@verreries-nord.fr",
    [CPT_CARD_PHONE] = "+33327000000",
    [CPT_CARD_STREET] = "Zone industrielle Est",
    [CPT_CARD_POSTCODE] = "59500",
    [CPT_CARD_CITY] = "Douai",
  },
};

static const Sample american = {
  "ACME CORPORATION\nRobert \"Bob\" Miller\nVice President, Sales\n350 Fifth Avenue, Suite 3300\nNew York, NY 10118\nUSA\n"
  "Office: (212) 555-0123\nCell: (917) 555-0145\nbmiller@acme.com\n",
  "US",
  {
    [CPT_CARD_COMPANY] = "ACME CORPORATION",
    [CPT_CARD_JOB_TITLE] = "Vice President, Sales",
    [CPT_CARD_EMAIL] = "bmiller@acme.com",
    [CPT_CARD_PHONE] = "+12125550123",
    [CPT_CARD_MOBILE] = "+19175550145",
    [CPT_CARD_STREET] = "350 Fifth Avenue, Suite 3300",
    [CPT_CARD_POSTCODE] = "10118",
    [CPT_CARD_CITY] = "New York",
    [CPT_CARD_COUNTRY] = "US",
  },
};

static const char *const names[CPT_CARD_N_FIELDS] = {
  "first name", "last name", "company", "job", "mail", "phone", "mobile",
  "website", "linkedin", "street", "postcode", "city", "country", "rest",
};

static void
test_sample (gconstpointer data)
{
  const Sample *sample = data;
  g_autoptr(CptCardGuess) guess = cpt_card_guess_read (sample->text, sample->country);

  for (guint i = 0; i < CPT_CARD_N_FIELDS; i++)
    g_test_message ("%s: %s", names[i], guess->fields[i] != NULL ? guess->fields[i] : "-");
  for (guint i = 0; i < CPT_CARD_REST; i++)
    if (sample->fields[i] != NULL)
      g_assert_cmpstr (guess->fields[i], ==, sample->fields[i]);
}

static void
test_keeps_what_is_not_understood (void)
{
  g_autoptr(CptCardGuess) guess = cpt_card_guess_read ("Anna Berg\nanna@berg.de\nOpen 7/7 since 1902 *\n", "DE");

  g_assert_cmpstr (guess->fields[CPT_CARD_LAST_NAME], ==, "Berg");
  g_assert_nonnull (guess->fields[CPT_CARD_REST]);
  g_assert_nonnull (strstr (guess->fields[CPT_CARD_REST], "1902"));
}

/* Two numbers of the same kind both stay. */
static void
test_keeps_two_numbers (void)
{
  g_autoptr(CptCardGuess) guess = cpt_card_guess_read ("Tel 04 72 00 00 01\nTel 04 72 00 00 02\nTel 04 72 00 00 01\n", "FR");

  g_assert_cmpstr (guess->fields[CPT_CARD_PHONE], ==, "+33472000001");
  g_assert_cmpstr (guess->fields[CPT_CARD_MOBILE], ==, "+33472000002");
}

/* What has no place of its own is not lost. */
static void
test_keeps_what_has_no_place (void)
{
  static const char *const kept[] = { "Tél 04 72 00 00 03", "Fax 04 72 00 00 04", "Bât. 3" };
  g_autoptr(CptCardGuess) guess =
    cpt_card_guess_read ("Anna Berg\nTél 04 72 00 00 01  Tél 04 72 00 00 02\nTél 04 72 00 00 03 | Fax : 04 72 00 00 04\n"
                         "12 rue Garibaldi\n69003 LYON, Bât. 3\n",
                         "FR");
  g_autoptr(CptCardGuess) cedex = cpt_card_guess_read ("Anna Berg\n12 rue Garibaldi\n59500 DOUAI CEDEX 03 FRANCE\n", "FR");

  g_assert_cmpstr (guess->fields[CPT_CARD_CITY], ==, "Lyon");
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    g_assert_nonnull (strstr (guess->fields[CPT_CARD_REST], kept[i]));
  g_assert_cmpstr (cedex->fields[CPT_CARD_CITY], ==, "Douai");
  g_assert_cmpstr (cedex->fields[CPT_CARD_COUNTRY], ==, "FR");
  g_assert_null (cedex->fields[CPT_CARD_REST]);
}

static void
test_survives_anything (void)
{
  static const char *const texts[] = { "", "\n\n\n", "@", "@.@.@", "+", "....", "\xff\xfe\x01", "0000000000000000000000000000000000",
                                       "a@b.c d@e.f", "https://", "(((((((((((((((((((((", "Tel Tel Tel", "www.", "É", "ſ ſ ſ" };
  g_autoptr(GString) longest = g_string_new (NULL);
  GRand *rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    cpt_card_guess_free (cpt_card_guess_read (texts[i], "FR"));
  for (guint i = 0; i < 20000; i++)
    g_string_append_c (longest, (char) g_rand_int_range (rand, 1, 256));
  cpt_card_guess_free (cpt_card_guess_read (longest->str, "FR"));
  for (guint n = 0; n < 200; n++)
    {
      g_string_truncate (longest, 0);
      for (guint i = 0; i < 300; i++)
        g_string_append_c (longest, "0123456789 +()./-@abcdeABCDEO\n"[g_rand_int_range (rand, 0, 30)]);
      cpt_card_guess_free (cpt_card_guess_read (longest->str, n % 2 == 0 ? "FR" : NULL));
    }
  g_rand_free (rand);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/card-guess/a-french-company", &french_company, test_sample);
  g_test_add_data_func ("/card-guess/an-english-company", &english_company, test_sample);
  g_test_add_data_func ("/card-guess/a-card-that-is-badly-read", &badly_read, test_sample);
  g_test_add_data_func ("/card-guess/the-family-name-first", &family_name_first, test_sample);
  g_test_add_data_func ("/card-guess/only-a-domain", &only_a_domain, test_sample);
  g_test_add_data_func ("/card-guess/a-swiss-bank", &swiss, test_sample);
  g_test_add_data_func ("/card-guess/numbers-of-registers", &registers, test_sample);
  g_test_add_data_func ("/card-guess/an-american", &american, test_sample);
  g_test_add_func ("/card-guess/keeps-what-is-not-understood", test_keeps_what_is_not_understood);
  g_test_add_func ("/card-guess/keeps-two-numbers", test_keeps_two_numbers);
  g_test_add_func ("/card-guess/keeps-what-has-no-place", test_keeps_what_has_no_place);
  g_test_add_func ("/card-guess/survives-anything", test_survives_anything);

  return g_test_run ();
}
