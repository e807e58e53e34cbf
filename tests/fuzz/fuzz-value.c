/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Dates, numbers, money, telephone numbers, identifiers and countries: what is
 * read is within its limits, and is read as the same again when written. */

#include "config.h"

#include <string.h>

#include "cpt-country.h"
#include "cpt-date.h"
#include "cpt-identifier.h"
#include "cpt-money.h"
#include "cpt-phone.h"
#include "cpt-recurrence.h"
#include "fuzz.h"

const char *const fuzz_seeds[] = {
  "2026-11-21",
  "21 novembre 2026 14h30",
  "Sat, 21 Nov 2026 14:30:00 +0100",
  "2026-11-21T09:30:00.123456+01:30",
  "1 234 567,89",
  "1,234,567.89",
  "(1.2E+05)",
  "-1’234.50 CHF",
  "12,50 €",
  "$1,234.50",
  "+33 (0)6 12 34 56 78",
  "0011 44 20 7946 0958",
  "FR14 2004 1010 0505 0001 3M02 606",
  "732 829 320 00074",
  "FR 40 303 265 045",
  "Côte-d'Ivoire",
  "Philipines",
  "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR,2TU;UNTIL=20301231",
  "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=5;WKST=SU",
  NULL,
};

static void
check_dates (const char *text,
             GTimeZone  *zone)
{
  gint64 date, again, instant;

  for (int order = CPT_DATE_ORDER_YMD; order <= CPT_DATE_ORDER_MDY; order++)
    {
      g_autofree char *iso = NULL;

      if (!cpt_date_parse (text, (CptDateOrder) order, &date))
        continue;
      g_assert_cmpint (date, >=, CPT_DATE_MIN);
      g_assert_cmpint (date, <=, CPT_DATE_MAX);
      iso = cpt_date_format_iso (date);
      g_assert_true (cpt_date_parse_iso (iso, &again));
      g_assert_cmpint (again, ==, date);
    }
  if (cpt_instant_parse_iso (text, zone, &instant))
    {
      g_autofree char *iso = cpt_instant_format_iso (instant);

      g_assert_true (cpt_instant_parse_iso (iso, NULL, &again));
      g_assert_cmpint (again, ==, instant);
      date = cpt_instant_get_date (instant, zone);
      g_assert_cmpint (cpt_instant_from_date (date, zone), <=, instant);
    }
}

static void
check_numbers (const char *text)
{
  static const char marks[] = { 0, '.', ',' };

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      gint64 value, again;
      CptMoney money, money_again;

      for (int scale = 0; scale <= 18; scale += 3)
        {
          g_autofree char *written = NULL;

          if (!cpt_decimal_parse (text, scale, marks[i], &value, NULL))
            continue;
          written = cpt_decimal_format (value, scale);
          g_assert_true (cpt_decimal_parse (written, scale, '.', &again, NULL));
          g_assert_cmpint (again, ==, value);
        }
      if (cpt_money_parse (text, "EUR", marks[i], &money, NULL))
        {
          g_autofree char *written = cpt_money_format (&money);
          g_autofree char *local = cpt_money_format_local (&money);
          g_autofree char *brief = cpt_money_format_short (&money);

          g_assert_true (g_utf8_validate (local, -1, NULL) && g_utf8_validate (brief, -1, NULL));
          g_assert_true (cpt_money_parse (written, NULL, '.', &money_again, NULL));
          g_assert_cmpint (money_again.amount, ==, money.amount);
          g_assert_cmpstr (money_again.currency, ==, money.currency);
        }
    }
}

static void
check_phone (const char *text,
             const char *country)
{
  g_autofree char *e164 = cpt_phone_normalise (text, country, NULL);
  g_autofree char *again = NULL;
  g_autofree char *shown = cpt_phone_format (text, country);

  g_assert_nonnull (shown);
  if (e164 == NULL)
    return;

  again = cpt_phone_normalise (e164, NULL, NULL);
  g_assert_cmpstr (again, ==, e164);
  g_assert_cmpuint (strlen (e164), <=, 16);
}

static void
check_identifiers (const char *text)
{
  gsize length = strlen (text);

  for (int i = 0; i < CPT_N_IDENTIFIERS; i++)
    {
      g_autofree char *value = cpt_identifier_normalise ((CptIdentifier) i, text, NULL);
      g_autofree char *formatted = cpt_identifier_format ((CptIdentifier) i, text);
      g_autofree char *again = NULL;

      g_assert_cmpuint (strlen (formatted), >=, length);
      if (value == NULL)
        continue;
      again = cpt_identifier_normalise ((CptIdentifier) i, value, NULL);
      g_assert_cmpstr (again, ==, value);
    }
}

/* What is read is written the same again, and never goes backwards */
static void
check_recurrence (const char *text)
{
  g_autoptr(CptRecurrence) rule = cpt_recurrence_parse (text, NULL);
  g_autoptr(CptRecurrence) again = NULL;
  g_autofree char *sentence = NULL;
  gint64 first = cpt_date_from_ymd (2026, 11, 21);
  gint64 dates[20];
  guint n_dates;

  if (rule == NULL)
    return;

  again = cpt_recurrence_parse (cpt_recurrence_get_text (rule), NULL);
  g_assert_nonnull (again);
  g_assert_cmpstr (cpt_recurrence_get_text (again), ==, cpt_recurrence_get_text (rule));
  sentence = cpt_recurrence_format_local (rule);
  g_assert_true (g_utf8_validate (sentence, -1, NULL));
  n_dates = cpt_recurrence_list (rule, first, first, CPT_DATE_MAX, dates, G_N_ELEMENTS (dates));
  for (guint i = 1; i < n_dates; i++)
    g_assert_cmpint (dates[i], >, dates[i - 1]);
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         length)
{
  g_autofree char *text = g_strndup ((const char *) bytes, length);
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("Europe/Paris");
  const char *code = cpt_country_find (text);

  check_dates (text, zone);
  check_numbers (text);
  check_phone (text, "FR");
  check_phone (text, "US");
  check_phone (text, NULL);
  check_identifiers (text);
  check_recurrence (text);
  g_assert_cmpstr (cpt_country_guess (text), ==, code != NULL ? code : cpt_country_guess (text));

  return 0;
}
