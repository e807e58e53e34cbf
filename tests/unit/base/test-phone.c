/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cpt-phone.h"

#include <string.h>

#include "cpt-country.h"
#include "cpt-error.h"
#include "cpt-phone-private.h"

static const struct
{
  const char *text;
  const char *country;
  const char *e164;
  const char *national;      /* within @country */
  const char *international; /* elsewhere */
} numbers[] = {
  { "06 12 34 56 78", "FR", "+33612345678", "06 12 34 56 78", "+33 6 12 34 56 78" },
  { "01.23.45.67.89", "FR", "+33123456789", "01 23 45 67 89", "+33 1 23 45 67 89" },
  { "+33 (0)1 23 45 67 89", "FR", "+33123456789", "01 23 45 67 89", "+33 1 23 45 67 89" },
  { "0033123456789", "FR", "+33123456789", "01 23 45 67 89", "+33 1 23 45 67 89" },
  { "33123456789", "FR", "+33123456789", "01 23 45 67 89", "+33 1 23 45 67 89" },
  { "123456789", "FR", "+33123456789", "01 23 45 67 89", "+33 1 23 45 67 89" },
  { "0800 123 456", "FR", "+33800123456", "0 800 12 34 56", "+33 800 12 34 56" },
  { "tel:+33-6-12-34-56-78", "DE", "+33612345678", "+33 6 12 34 56 78", "+33 6 12 34 56 78" },
  { "+33 06 12 34 56 78", "FR", "+33612345678", "06 12 34 56 78", "+33 6 12 34 56 78" },
  { "０６ １２ ３４ ５６ ７８", "FR", "+33612345678", "06 12 34 56 78", "+33 6 12 34 56 78" },
  { "0262 12 34 56", "RE", "+262262123456", "0262 12 34 56", "+262 262 12 34 56" },
  { "0262 12 34 56", "FR", "+262262123456", "+262 262 12 34 56", "+262 262 12 34 56" },
  { "0692 12 34 56", "FR", "+262692123456", "+262 692 12 34 56", "+262 692 12 34 56" },
  { "0590 12 34 56", "GP", "+590590123456", "0590 12 34 56", "+590 590 12 34 56" },
  { "0594 12 34 56", "GF", "+594594123456", "0594 12 34 56", "+594 594 12 34 56" },
  { "0696 12 34 56", "FR", "+596696123456", "+596 696 12 34 56", "+596 696 12 34 56" },
  { "02 123 45 67", "BE", "+3221234567", "02 123 45 67", "+32 2 123 45 67" },
  { "0470 12 34 56", "BE", "+32470123456", "0470 12 34 56", "+32 470 12 34 56" },
  { "010/12.34.56", "BE", "+3210123456", "010 12 34 56", "+32 10 12 34 56" },
  { "044 668 18 00", "CH", "+41446681800", "044 668 18 00", "+41 44 668 18 00" },
  { "0800 123 456", "CH", "+41800123456", "0800 123 456", "+41 800 123 456" },
  { "621 123 456", "LU", "+352621123456", "621 123 456", "+352 621 123 456" },
  { "27 12 34", "LU", "+352271234", "27 12 34", "+352 27 12 34" },
  { "030 12345678", "DE", "+493012345678", "030 12345678", "+49 30 12345678" },
  { "0151 23456789", "DE", "+4915123456789", "0151 23456789", "+49 151 23456789" },
  { "06221 123456", "DE", "+496221123456", "06221 123456", "+49 6221 123456" },
  { "0211-123456", "DE", "+49211123456", "0211 123456", "+49 211 123456" },
  { "912 34 56 78", "ES", "+34912345678", "912 34 56 78", "+34 912 34 56 78" },
  { "02 1234 5678", "IT", "+390212345678", "02 1234 5678", "+39 02 1234 5678" },
  { "312 345 6789", "IT", "+393123456789", "312 345 6789", "+39 312 345 6789" },
  { "011 123 4567", "IT", "+390111234567", "011 123 4567", "+39 011 123 4567" },
  { "020 7946 0958", "GB", "+442079460958", "020 7946 0958", "+44 20 7946 0958" },
  { "(0161) 496 0000", "GB", "+441614960000", "0161 496 0000", "+44 161 496 0000" },
  { "07400 123456", "GB", "+447400123456", "07400 123456", "+44 7400 123456" },
  { "01632 960001", "GB", "+441632960001", "01632 960001", "+44 1632 960001" },
  { "(201) 555-0123", "US", "+12015550123", "(201) 555-0123", "+1 201-555-0123" },
  { "1-201-555-0123", "CA", "+12015550123", "(201) 555-0123", "+1 201-555-0123" },
  { "011 33 6 12 34 56 78", "US", "+33612345678", "+33 6 12 34 56 78", "+33 6 12 34 56 78" },
  { "8 (912) 345-67-89", "RU", "+79123456789", "8 912 345 67 89", "+7 912 345 67 89" },
  { "0412 345 678", "AU", "+61412345678", "0412 345 678", "+61 412 345 678" },
  { "0011 33 612345678", "AU", "+33612345678", "+33 6 12 34 56 78", "+33 6 12 34 56 78" },
  { "06 20 123 4567", "HU", "+36201234567", "06 20 123 4567", "+36 20 123 4567" },
  { "93 12 34 56", "MC", "+37793123456", "93 12 34 56", "+377 93 12 34 56" },
  { "06 12 34 56 78", "MC", "+377612345678", "06 12 34 56 78", "+377 6 12 34 56 78" },
  { "8 029 491-19-11", "BY", "+375294911911", "80 29 491 19 11", "+375 29 491 19 11" },
};

static void
test_normalises_and_formats (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *e164 = cpt_phone_normalise (numbers[i].text, numbers[i].country, &error);
      g_autofree char *again = NULL;
      g_autofree char *national = NULL;
      g_autofree char *international = NULL;
      g_autofree char *back = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (e164, ==, numbers[i].e164);
      again = cpt_phone_normalise (e164, NULL, &error);
      g_assert_cmpstr (again, ==, e164);

      national = cpt_phone_format (e164, numbers[i].country);
      international = cpt_phone_format (e164, NULL);
      g_assert_cmpstr (national, ==, numbers[i].national);
      g_assert_cmpstr (international, ==, numbers[i].international);
      back = cpt_phone_normalise (national, numbers[i].country, &error);
      g_assert_cmpstr (back, ==, e164);
    }
}

static void
test_refuses_what_can_be_no_number (void)
{
  static const char *const texts[][2] = {
    { "", "FR" },
    { "+", "FR" },
    { "abc", "FR" },
    { "15", "FR" },
    { "3631", "FR" },
    { "06 12 34 56 7", "FR" },
    { "06 12 34 56 789", "FR" },
    { "06 12 34 56 78 ext. 5", "FR" },
    { "06 12 34 56 78", "" },
    { "06 12 34 56 78", NULL },
    { "06 12 34 56 78", "XX" },
    { "+0612345678", "FR" },
    { "+999123456", "FR" },
    { "+336", "FR" },
    { "+33 6 12 34 56 78 90", "FR" },
    { "06+12345678", "FR" },
    { "555-0123", "US" },
    { "06123\xff", "FR" },
    { "1234567890123456789012345678901234567890123456789012345678901234567890", "FR" },
    { "000000000000", "FR" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *e164 = cpt_phone_normalise (texts[i][0], texts[i][1], &error);

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_null (e164);
      g_assert_error (error, CPT_ERROR, CPT_ERROR_PARSE);
    }
}

static void
test_shows_what_is_no_number_as_it_is (void)
{
  static const char *const texts[] = { "", "x", "+", "+33", "0612", "+999123", "+33 6", "+3361234567890123456" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = cpt_phone_format (texts[i], "FR");

      g_assert_cmpstr (text, ==, texts[i]);
    }
}

static void
test_every_country_has_a_plan (void)
{
  const char *const *codes = cpt_country_get_codes ();

  for (gsize i = 0; codes[i] != NULL; i++)
    {
      const CptPhonePlan *plan = cpt_phone_plan_find_for_country (codes[i]);
      g_autofree char *digits = NULL;
      const char *national;

      g_test_message ("%s", codes[i]);
      g_assert_nonnull (plan);
      g_assert_cmpuint (plan->shortest, <=, plan->longest);
      digits = g_strdup_printf ("%d234567", plan->code);
      g_assert_true (cpt_phone_plan_match (digits, &national) == plan);
      g_assert_cmpstr (national, ==, "234567");
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/phone/normalises-and-formats", test_normalises_and_formats);
  g_test_add_func ("/phone/refuses-what-can-be-no-number", test_refuses_what_can_be_no_number);
  g_test_add_func ("/phone/shows-what-is-no-number-as-it-is", test_shows_what_is_no_number_as_it_is);
  g_test_add_func ("/phone/every-country-has-a-plan", test_every_country_has_a_plan);

  return g_test_run ();
}
