/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The currencies of ISO 4217 (list one of 2026, and the lev, which old
 * documents still have), without funds of metal and test codes. Signs are
 * those of the Unicode CLDR. */

#include "config.h"

#include "cpt-currency-private.h"

#include <string.h>

#include "cpt-money.h"

/* Sorted by code. */
static const CptCurrency currencies[] = {
  { "AED", 2 },
  { "AFN", 2 },
  { "ALL", 2 },
  { "AMD", 2 },
  { "ANG", 2 },
  { "AOA", 2 },
  { "ARS", 2 },
  { "AUD", 2, "A$", "$AU" },
  { "AWG", 2 },
  { "AZN", 2 },
  { "BAM", 2 },
  { "BBD", 2 },
  { "BDT", 2 },
  { "BGN", 2 },
  { "BHD", 3 },
  { "BIF", 0 },
  { "BMD", 2 },
  { "BND", 2 },
  { "BOB", 2 },
  { "BOV", 2 },
  { "BRL", 2, "R$", NULL },
  { "BSD", 2 },
  { "BTN", 2 },
  { "BWP", 2 },
  { "BYN", 2 },
  { "BZD", 2 },
  { "CAD", 2, "CA$", "$CA" },
  { "CDF", 2 },
  { "CHE", 2 },
  { "CHF", 2 },
  { "CHW", 2 },
  { "CLF", 4 },
  { "CLP", 0 },
  { "CNY", 2, "CN¥", "¥CN" },
  { "COP", 2 },
  { "COU", 2 },
  { "CRC", 2 },
  { "CUP", 2 },
  { "CVE", 2 },
  { "CZK", 2 },
  { "DJF", 0 },
  { "DKK", 2 },
  { "DOP", 2 },
  { "DZD", 2 },
  { "EGP", 2 },
  { "ERN", 2 },
  { "ETB", 2 },
  { "EUR", 2, "€", NULL },
  { "FJD", 2 },
  { "FKP", 2 },
  { "GBP", 2, "£", "£GB" },
  { "GEL", 2 },
  { "GHS", 2 },
  { "GIP", 2 },
  { "GMD", 2 },
  { "GNF", 0 },
  { "GTQ", 2 },
  { "GYD", 2 },
  { "HKD", 2, "HK$", "$HK" },
  { "HNL", 2 },
  { "HTG", 2 },
  { "HUF", 2 },
  { "IDR", 2 },
  { "ILS", 2, "₪", NULL },
  { "INR", 2, "₹", NULL },
  { "IQD", 3 },
  { "IRR", 2 },
  { "ISK", 0 },
  { "JMD", 2 },
  { "JOD", 3 },
  { "JPY", 0, "¥", NULL },
  { "KES", 2 },
  { "KGS", 2 },
  { "KHR", 2 },
  { "KMF", 0 },
  { "KPW", 2 },
  { "KRW", 0, "₩", NULL },
  { "KWD", 3 },
  { "KYD", 2 },
  { "KZT", 2 },
  { "LAK", 2 },
  { "LBP", 2 },
  { "LKR", 2 },
  { "LRD", 2 },
  { "LSL", 2 },
  { "LYD", 3 },
  { "MAD", 2 },
  { "MDL", 2 },
  { "MGA", 2 },
  { "MKD", 2 },
  { "MMK", 2 },
  { "MNT", 2 },
  { "MOP", 2 },
  { "MRU", 2 },
  { "MUR", 2 },
  { "MVR", 2 },
  { "MWK", 2 },
  { "MXN", 2, "MX$", "$MX" },
  { "MXV", 2 },
  { "MYR", 2 },
  { "MZN", 2 },
  { "NAD", 2 },
  { "NGN", 2 },
  { "NIO", 2 },
  { "NOK", 2 },
  { "NPR", 2 },
  { "NZD", 2, "NZ$", "$NZ" },
  { "OMR", 3 },
  { "PAB", 2 },
  { "PEN", 2 },
  { "PGK", 2 },
  { "PHP", 2, "₱", NULL },
  { "PKR", 2 },
  { "PLN", 2 },
  { "PYG", 0 },
  { "QAR", 2 },
  { "RON", 2 },
  { "RSD", 2 },
  { "RUB", 2 },
  { "RWF", 0 },
  { "SAR", 2 },
  { "SBD", 2 },
  { "SCR", 2 },
  { "SDG", 2 },
  { "SEK", 2 },
  { "SGD", 2, "S$", "$SG" },
  { "SHP", 2 },
  { "SLE", 2 },
  { "SOS", 2 },
  { "SRD", 2 },
  { "SSP", 2 },
  { "STN", 2 },
  { "SVC", 2 },
  { "SYP", 2 },
  { "SZL", 2 },
  { "THB", 2 },
  { "TJS", 2 },
  { "TMT", 2 },
  { "TND", 3 },
  { "TOP", 2 },
  { "TRY", 2 },
  { "TTD", 2 },
  { "TWD", 2, "NT$", "$TW" },
  { "TZS", 2 },
  { "UAH", 2 },
  { "UGX", 0 },
  { "USD", 2, "$", "$US" },
  { "USN", 2 },
  { "UYI", 0 },
  { "UYU", 2 },
  { "UYW", 4 },
  { "UZS", 2 },
  { "VED", 2 },
  { "VES", 2 },
  { "VND", 0, "₫", NULL },
  { "VUV", 0 },
  { "WST", 2 },
  { "XAF", 0, "FCFA", NULL },
  { "XCD", 2, "EC$", "$EC" },
  { "XCG", 2 },
  { "XOF", 0, "F CFA", NULL },
  { "XPF", 0, "CFPF", "FCFP" },
  { "YER", 2 },
  { "ZAR", 2 },
  { "ZMW", 2 },
  { "ZWG", 2 },
};

/* What people write besides codes and the signs above. */
static const struct
{
  const char *text; /* folded where it is a word */
  const char *code;
} writings[] = {
  { "euro", "EUR" },
  { "euros", "EUR" },
  { "us$", "USD" },
  { "usd$", "USD" },
  { "$usd", "USD" },
  { "c$", "CAD" },
  { "can$", "CAD" },
  { "cad$", "CAD" },
  { "au$", "AUD" },
  { "sfr", "CHF" },
  { "sfr.", "CHF" },
  { "fr.", "CHF" },
  { "chf.", "CHF" },
  { "zł", "PLN" },
  { "zl", "PLN" },
  { "kč", "CZK" },
  { "kc", "CZK" },
  { "ft", "HUF" },
  { "lei", "RON" },
  { "₺", "TRY" },
  { "₽", "RUB" },
  { "₴", "UAH" },
  { "฿", "THB" },
  { "rmb", "CNY" },
  { "元", "CNY" },
  { "円", "JPY" },
  { "￥", "JPY" },
  { "dh", "MAD" },
  { "dhs", "MAD" },
  { "fcfp", "XPF" },
  { "rs", "INR" },
  { "rs.", "INR" },
  { "dollar", "USD" },
  { "dollars", "USD" },
  { "f cfp", "XPF" },
};

const CptCurrency *
cpt_currency_find (const char *code)
{
  gsize low = 0;
  gsize high = G_N_ELEMENTS (currencies);

  while (low < high)
    {
      gsize middle = (low + high) / 2;
      int order = strcmp (code, currencies[middle].code);

      if (order == 0)
        return &currencies[middle];
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }

  return NULL;
}

/* "$" means the dollar of the place, where there is one. */
static const CptCurrency *
find_ambiguous (const char *text,
                const char *local)
{
  gboolean is_dollar = strcmp (text, "$") == 0;
  gboolean is_yen = strcmp (text, "¥") == 0 || strcmp (text, "￥") == 0;

  if (is_dollar && local[0] != '\0' && strstr ("AUD CAD NZD HKD SGD TWD MXN XCD BBD BSD", local) != NULL)
    return cpt_currency_find (local);
  if (is_yen && strcmp (local, "CNY") == 0)
    return cpt_currency_find (local);

  return NULL;
}

const CptCurrency *
cpt_currency_find_written (const char *text,
                           const char *local)
{
  const CptCurrency *currency = cpt_currency_find (text);
  g_autofree char *upper = NULL;
  g_autofree char *lower = NULL;

  if (currency != NULL)
    return currency;
  /* Most amounts here */
  if (strcmp (text, "€") == 0)
    return cpt_currency_find ("EUR");

  upper = g_ascii_strup (text, -1);
  lower = g_utf8_strdown (text, -1);
  currency = find_ambiguous (text, local != NULL ? local : "");
  if (currency == NULL)
    currency = cpt_currency_find (upper);
  for (gsize i = 0; currency == NULL && i < G_N_ELEMENTS (currencies); i++)
    {
      if (g_strcmp0 (currencies[i].symbol, upper) == 0 || g_strcmp0 (currencies[i].french, upper) == 0)
        currency = &currencies[i];
    }
  for (gsize i = 0; currency == NULL && i < G_N_ELEMENTS (writings); i++)
    {
      if (strcmp (writings[i].text, lower) == 0)
        currency = cpt_currency_find (writings[i].code);
    }

  return currency;
}

int
cpt_currency_get_exponent (const char *currency)
{
  const CptCurrency *found;

  g_return_val_if_fail (currency != NULL, -1);

  found = cpt_currency_find (currency);

  return found != NULL ? found->exponent : -1;
}

const char *const *
cpt_currency_get_codes (void)
{
  static const char **codes;

  if (g_once_init_enter (&codes))
    {
      const char **list = g_new0 (const char *, G_N_ELEMENTS (currencies) + 1);

      for (gsize i = 0; i < G_N_ELEMENTS (currencies); i++)
        list[i] = currencies[i].code;
      g_once_init_leave (&codes, list);
    }

  return codes;
}
