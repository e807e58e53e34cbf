/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cpt-money.h"

#include <string.h>

#include "cpt-error.h"
#include "cpt-locale-private.h"

#define NBSP "\xc2\xa0"
#define NNBSP "\xe2\x80\xaf"

static void
test_reads_decimals (void)
{
  static const struct
  {
    const char *text;
    int scale;
    char decimal;
    gint64 value;
  } cases[] = {
    { "0", 2, 0, 0 },
    { "1234.5", 2, 0, 123450 },
    { "1234,5", 2, 0, 123450 },
    { "1,234.50", 2, 0, 123450 },
    { "1.234,50", 2, 0, 123450 },
    { "1 234,50", 2, 0, 123450 },
    { "1" NBSP "234,50", 2, 0, 123450 },
    { "1" NNBSP "234" NNBSP "567,8", 2, ',', 123456780 },
    { "1'234.50", 2, 0, 123450 },
    { "1’234’567", 0, 0, 1234567 },
    { "1.234.567", 2, 0, 123456700 },
    { "1,234,567", 2, 0, 123456700 },
    { "12,34,567.89", 2, 0, 123456789 },
    { "1,234", 2, 0, 123400 },
    { "1.234", 2, 0, 123400 },
    { "1.234", 3, 0, 1234 },
    { "1,234", 3, 0, 1234000 },
    { "0.125", 3, 0, 125 },
    { "0,500", 2, 0, 50 },
    { "1234.567", 3, 0, 1234567 },
    { ".5", 1, 0, 5 },
    { "5.", 1, 0, 50 },
    { "1,234", 3, ',', 1234 },
    { "1.234", 2, ',', 123400 },
    { "1,234", 2, '.', 123400 },
    { "-12.50", 2, '.', -1250 },
    { "\xe2\x88\x92" "12.50", 2, '.', -1250 },
    { "(12.50)", 2, '.', -1250 },
    { "12.50-", 2, '.', -1250 },
    { "+3", 0, '.', 3 },
    { "- 3", 0, '.', -3 },
    { "1.2E+05", 0, '.', 120000 },
    { "1e-2", 2, '.', 1 },
    { "10005534.0", 0, '.', 10005534 },
    { "1.50000000000000000000000000000", 2, '.', 150 },
    { "9223372036854775807", 0, '.', G_MAXINT64 },
    { "-9223372036854775807", 0, '.', -G_MAXINT64 },
    { "0000000000000000000000000000012", 0, '.', 12 },
    { "0e40", 18, '.', 0 },
    { "٣٫٥", 1, 0, 35 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      gint64 value = -1;

      g_test_message ("%s", cases[i].text);
      g_assert_true (cpt_decimal_parse (cases[i].text, cases[i].scale, cases[i].decimal, &value, &error));
      g_assert_no_error (error);
      g_assert_cmpint (value, ==, cases[i].value);
    }
}

static void
test_refuses_what_is_no_number (void)
{
  static const struct
  {
    const char *text;
    int scale;
    char decimal;
    int code;
  } cases[] = {
    { "", 2, 0, CPT_ERROR_PARSE },
    { " ", 2, 0, CPT_ERROR_PARSE },
    { "abc", 2, 0, CPT_ERROR_PARSE },
    { "12a", 2, 0, CPT_ERROR_PARSE },
    { ".", 2, 0, CPT_ERROR_PARSE },
    { "-", 2, 0, CPT_ERROR_PARSE },
    { "()", 2, 0, CPT_ERROR_PARSE },
    { "--1", 2, 0, CPT_ERROR_PARSE },
    { "1-2", 2, 0, CPT_ERROR_PARSE },
    { "1 2", 2, 0, CPT_ERROR_PARSE },
    { "12 34", 2, 0, CPT_ERROR_PARSE },
    { "12,34", 2, '.', CPT_ERROR_PARSE },
    { "1,2345", 2, '.', CPT_ERROR_PARSE },
    { "1,234.567,890", 2, 0, CPT_ERROR_PARSE },
    { "1.2.3", 2, 0, CPT_ERROR_PARSE },
    { "1.234 567,8", 2, 0, CPT_ERROR_PARSE },
    { "1234,567.8", 2, 0, CPT_ERROR_PARSE },
    { "1,,234", 2, '.', CPT_ERROR_PARSE },
    { ",123,456", 2, '.', CPT_ERROR_PARSE },
    { "1e", 2, '.', CPT_ERROR_PARSE },
    { "1e+", 2, '.', CPT_ERROR_PARSE },
    { "e5", 2, '.', CPT_ERROR_PARSE },
    { "0x10", 2, '.', CPT_ERROR_PARSE },
    { "1\xff", 2, '.', CPT_ERROR_PARSE },
    { "1.005", 2, '.', CPT_ERROR_PARSE },
    { "1.5", 0, '.', CPT_ERROR_PARSE },
    { "1e-3", 2, '.', CPT_ERROR_PARSE },
    { "9223372036854775808", 0, '.', CPT_ERROR_LIMIT },
    { "92233720368547758.08", 2, '.', CPT_ERROR_LIMIT },
    { "99999999999999999999999", 0, '.', CPT_ERROR_LIMIT },
    { "1e30", 0, '.', CPT_ERROR_LIMIT },
    { "1e99", 2, '.', CPT_ERROR_LIMIT },
    { "-1e300", 2, '.', CPT_ERROR_LIMIT },
    { "10", 18, '.', CPT_ERROR_LIMIT },
    { "1111111111222222222233333333334444444444555555555566666666667777777777", 0, '.', CPT_ERROR_PARSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      gint64 value = -1;

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_false (cpt_decimal_parse (cases[i].text, cases[i].scale, cases[i].decimal, &value, &error));
      g_assert_error (error, CPT_ERROR, cases[i].code);
      g_assert_cmpint (value, ==, -1);
    }
}

static void
test_decimals_come_back (void)
{
  static const gint64 values[] = { 0, 1, -1, 5, -5, 99, 100, 123456789, G_MAXINT64, -G_MAXINT64 };

  for (int scale = 0; scale <= 18; scale++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
        {
          g_autofree char *text = cpt_decimal_format (values[i], scale);
          gint64 value = 42;

          g_assert_true (cpt_decimal_parse (text, scale, '.', &value, NULL));
          g_assert_cmpint (value, ==, values[i]);
        }
    }
}

static void
test_writes_decimals (void)
{
  g_autofree char *plain = cpt_decimal_format (123450, 2);
  g_autofree char *small = cpt_decimal_format (-5, 2);
  g_autofree char *least = cpt_decimal_format (G_MININT64, 2);
  g_autofree char *french = NULL;
  g_autofree char *english = NULL;
  g_autofree char *short_one = NULL;

  g_assert_cmpstr (plain, ==, "1234.50");
  g_assert_cmpstr (small, ==, "-0.05");
  g_assert_cmpstr (least, ==, "-92233720368547758.08");

  cpt_locale_override ("fr_FR");
  french = cpt_decimal_format_local (-123456780, 2, 2);
  g_assert_cmpstr (french, ==, "-1" NNBSP "234" NNBSP "567,80");
  cpt_locale_override ("en_US");
  english = cpt_decimal_format_local (123456780, 2, 0);
  g_assert_cmpstr (english, ==, "1,234,567.8");
  short_one = cpt_decimal_format_local (100, 2, 0);
  g_assert_cmpstr (short_one, ==, "1");
  cpt_locale_override (NULL);
}

static void
test_knows_currencies (void)
{
  const char *const *codes = cpt_currency_get_codes ();

  g_assert_cmpint (cpt_currency_get_exponent ("EUR"), ==, 2);
  g_assert_cmpint (cpt_currency_get_exponent ("JPY"), ==, 0);
  g_assert_cmpint (cpt_currency_get_exponent ("TND"), ==, 3);
  g_assert_cmpint (cpt_currency_get_exponent ("CLF"), ==, 4);
  g_assert_cmpint (cpt_currency_get_exponent ("XXX"), ==, -1);
  g_assert_cmpint (cpt_currency_get_exponent ("eur"), ==, -1);
  g_assert_cmpint (cpt_currency_get_exponent (""), ==, -1);
  for (gsize i = 0; codes[i] != NULL; i++)
    {
      g_assert_cmpuint (strlen (codes[i]), ==, 3);
      g_assert_cmpint (cpt_currency_get_exponent (codes[i]), >=, 0);
      if (i > 0)
        g_assert_cmpstr (codes[i - 1], <, codes[i]);
    }
}

static const struct
{
  const char *text;
  const char *currency;
  gint64 amount;
  const char *expected; /* the currency; NULL: refused */
} written[] = {
  { "1" NNBSP "234,50" NBSP "€", "USD", 123450, "EUR" },
  { "EUR 12", NULL, 1200, "EUR" },
  { "12.5 USD", "EUR", 1250, "USD" },
  { "-3", "EUR", -300, "EUR" },
  { "3", NULL, 300, "" },
  { "3", "JPY", 3, "JPY" },
  { "€1,234.50", "USD", 123450, "EUR" },
  { "-€12", "USD", -1200, "EUR" },
  { "€-12", "USD", -1200, "EUR" },
  { "(12,50 €)", "USD", -1250, "EUR" },
  { "12 €-", "USD", -1200, "EUR" },
  { "$12", "EUR", 1200, "USD" },
  { "$12", "CAD", 1200, "CAD" },
  { "12 $CA", "EUR", 1200, "CAD" },
  { "US$ 12", "EUR", 1200, "USD" },
  { "¥1200", "EUR", 1200, "JPY" },
  { "¥12", "CNY", 1200, "CNY" },
  { "Fr. 12.-", "EUR", 1200, "CHF" },
  { "CHF 12.–", "EUR", 1200, "CHF" },
  { "10 euros", "USD", 1000, "EUR" },
  { "5000 F CFA", "EUR", 5000, "XOF" },
  { "12,50 zł", "EUR", 1250, "PLN" },
  { "€ .50", "USD", 50, "EUR" },
  { "1.250 TND", "EUR", 1250, "TND" },
  { "0,250 TND", "EUR", 250, "TND" },
  { "£5", "EUR", 500, "GBP" },
  { "eur 5", "USD", 500, "EUR" },
  { "€5 EUR", "USD", 500, "EUR" },
  { "", "EUR", 0, NULL },
  { "€", "EUR", 0, NULL },
  { "12 apples", "EUR", 0, NULL },
  { "12 € 50", "EUR", 0, NULL },
  { "$5 EUR", "EUR", 0, NULL },
  { "5.001 EUR.5", "EUR", 0, NULL },
  { "12.345,678 EUR", "EUR", 0, NULL },
  { "5 JPY 5", "EUR", 0, NULL },
  { "1.5 JPY", "EUR", 0, NULL },
  { "12\xff", "EUR", 0, NULL },
};

static void
test_reads_money (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (written); i++)
    {
      g_autoptr(GError) error = NULL;
      CptMoney money = { 42, "XYZ" };
      gboolean is_read = cpt_money_parse (written[i].text, written[i].currency, 0, &money, &error);

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (is_read, ==, written[i].expected != NULL);
      if (written[i].expected == NULL)
        {
          g_assert_error (error, CPT_ERROR, CPT_ERROR_PARSE);
          g_assert_cmpint (money.amount, ==, 42);
          continue;
        }
      g_assert_cmpint (money.amount, ==, written[i].amount);
      g_assert_cmpstr (money.currency, ==, written[i].expected);
    }
}

static void
test_writes_money (void)
{
  static const struct
  {
    CptMoney money;
    const char *plain;
    const char *french;
    const char *english;
    const char *french_short;
    const char *english_short;
  } cases[] = {
    { { 123450, "EUR" }, "1234.50 EUR", "1" NNBSP "234,50" NBSP "€", "€1,234.50", "1" NNBSP "235" NBSP "€", "€1,235" },
    { { -5, "EUR" }, "-0.05 EUR", "-0,05" NBSP "€", "-€0.05", "0" NBSP "€", "€0" },
    { { 1234, "JPY" }, "1234 JPY", "1" NNBSP "234" NBSP "¥", "¥1,234", "1" NNBSP "234" NBSP "¥", "¥1,234" },
    { { 1234500, "CHF" }, "12345.00 CHF", "12" NNBSP "345,00" NBSP "CHF", "CHF" NBSP "12,345.00", "12,3" NBSP "k" NBSP "CHF", "CHF" NBSP "12.3K" },
    { { 120000000, "USD" }, "1200000.00 USD", "1" NNBSP "200" NNBSP "000,00" NBSP "$US", "$1,200,000.00", "1,2" NBSP "M$US", "$1.2M" },
    { { 99995000, "EUR" }, "999950.00 EUR", "999" NNBSP "950,00" NBSP "€", "€999,950.00", "1" NBSP "M€", "€1M" },
    { { 85000000, "EUR" }, "850000.00 EUR", "850" NNBSP "000,00" NBSP "€", "€850,000.00", "850" NBSP "k€", "€850K" },
    { { -123456789012, "EUR" }, "-1234567890.12 EUR", "-1" NNBSP "234" NNBSP "567" NNBSP "890,12" NBSP "€", "-€1,234,567,890.12", "-1,2" NBSP "Md€", "-€1.2B" },
    { { 150, "" }, "1.50", "1,50", "1.50", "2", "2" },
    { { 150000000, "" }, "1500000.00", "1" NNBSP "500" NNBSP "000,00", "1,500,000.00", "1,5" NBSP "M", "1.5M" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const CptMoney *money = &cases[i].money;
      g_autofree char *plain = cpt_money_format (money);
      g_autofree char *french = NULL;
      g_autofree char *french_short = NULL;
      g_autofree char *english = NULL;
      g_autofree char *english_short = NULL;

      cpt_locale_override ("fr_FR");
      french = cpt_money_format_local (money);
      french_short = cpt_money_format_short (money);
      cpt_locale_override ("en_US");
      english = cpt_money_format_local (money);
      english_short = cpt_money_format_short (money);

      g_assert_cmpstr (plain, ==, cases[i].plain);
      g_assert_cmpstr (french, ==, cases[i].french);
      g_assert_cmpstr (english, ==, cases[i].english);
      g_assert_cmpstr (french_short, ==, cases[i].french_short);
      g_assert_cmpstr (english_short, ==, cases[i].english_short);
    }
  cpt_locale_override (NULL);
}

static void
test_reads_back_what_it_writes (void)
{
  static const char *const locales[] = { "fr_FR", "en_US", "xx" };
  const char *const *codes = cpt_currency_get_codes ();

  for (gsize i = 0; i < G_N_ELEMENTS (locales); i++)
    {
      cpt_locale_override (locales[i]);
      for (gsize j = 0; codes[j] != NULL; j++)
        {
          CptMoney money = { -123456789, "" };
          CptMoney again;
          g_autofree char *text = NULL;
          g_autofree char *plain = NULL;

          g_strlcpy (money.currency, codes[j], sizeof money.currency);
          text = cpt_money_format_local (&money);
          plain = cpt_money_format (&money);
          g_assert_true (cpt_money_parse (text, NULL, i == 0 ? ',' : '.', &again, NULL));
          g_assert_cmpint (again.amount, ==, money.amount);
          g_assert_cmpstr (again.currency, ==, money.currency);
          g_assert_true (cpt_money_parse (plain, NULL, '.', &again, NULL));
          g_assert_cmpint (again.amount, ==, money.amount);
        }
    }
  cpt_locale_override (NULL);
}

static void
test_survives_extremes (void)
{
  static const gint64 amounts[] = { G_MININT64, G_MAXINT64, G_MININT64 + 1 };
  static const char *const currencies[] = { "EUR", "JPY", "CLF", "", "??" };

  for (gsize i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      for (gsize j = 0; j < G_N_ELEMENTS (currencies); j++)
        {
          CptMoney money = { amounts[i], "" };
          g_autofree char *plain = NULL;
          g_autofree char *local = NULL;
          g_autofree char *brief = NULL;

          g_strlcpy (money.currency, currencies[j], sizeof money.currency);
          plain = cpt_money_format (&money);
          local = cpt_money_format_local (&money);
          brief = cpt_money_format_short (&money);
          g_assert_nonnull (strstr (plain, "922"));
          g_assert_nonnull (local);
          g_assert_nonnull (brief);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/decimal/reads-decimals", test_reads_decimals);
  g_test_add_func ("/decimal/refuses-what-is-no-number", test_refuses_what_is_no_number);
  g_test_add_func ("/decimal/decimals-come-back", test_decimals_come_back);
  g_test_add_func ("/decimal/writes-decimals", test_writes_decimals);
  g_test_add_func ("/money/knows-currencies", test_knows_currencies);
  g_test_add_func ("/money/reads-money", test_reads_money);
  g_test_add_func ("/money/writes-money", test_writes_money);
  g_test_add_func ("/money/reads-back-what-it-writes", test_reads_back_what_it_writes);
  g_test_add_func ("/money/survives-extremes", test_survives_extremes);

  return g_test_run ();
}
