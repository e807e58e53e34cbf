/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Amounts of money: read with their currency, written for machines and for
 * people. Numbers are in cpt-decimal.c, currencies in cpt-currency.c. */

#include "config.h"

#include "cpt-money.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-currency-private.h"
#include "cpt-error.h"
#include "cpt-locale-private.h"

#define NO_BREAK_SPACE "\xc2\xa0"
#define MAX_TEXT 96
/* Of an amount without a currency */
#define DEFAULT_EXPONENT 2

typedef struct
{
  int power; /* of ten */
  const char *english;
  const char *french;
  const char *other; /* translatable */
} Unit;

/* The first that the amount reaches is used. */
static const Unit units[] = {
  { 9, "B", "Md", NC_("billions of money", "B") },
  { 6, "M", "M", NC_("millions of money", "M") },
  { 3, "K", "k", NC_("thousands of money", "K") },
};

static int
get_exponent (const char *currency)
{
  int exponent = cpt_currency_get_exponent (currency);

  return exponent >= 0 ? exponent : DEFAULT_EXPONENT;
}

static gboolean
fail (GError **error)
{
  g_set_error_literal (error, CPT_ERROR, CPT_ERROR_PARSE, _("This is not an amount of money"));

  return FALSE;
}

/* Takes signs, parentheses and blanks out of what stands beside the number;
 * what is left names a currency. NULL when nothing stands there. */
static char *
extract_currency (const char *text,
                  gsize       length,
                  gboolean   *is_negative)
{
  g_autoptr(GString) name = NULL;
  const char *end = text + length;

  if (length == 0)
    return NULL;

  name = g_string_new (NULL);
  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '-' || c == 0x2212 || c == '(')
        *is_negative = TRUE;
      else if (g_unichar_isspace (c))
        g_string_append_c (name, ' ');
      else if (c != '+' && c != ')')
        g_string_append_unichar (name, c);
    }

  return g_strstrip (g_strdup (name->str));
}

static gboolean
find_currency (const char         *name,
               const char         *local,
               const CptCurrency **currency,
               GError            **error)
{
  const CptCurrency *found;

  if (name == NULL || name[0] == '\0')
    return TRUE;

  found = cpt_currency_find_written (name, local);
  if (found == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("“%s” is not a known currency"), name);
      return FALSE;
    }
  if (*currency != NULL && *currency != found)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_PARSE, _("An amount has only one currency"));
      return FALSE;
    }
  *currency = found;

  return TRUE;
}

/* Where the number in @text begins and ends. */
static gboolean
find_number (const char  *text,
             const char **start,
             const char **end)
{
  *start = strpbrk (text, "0123456789");
  if (*start == NULL)
    return FALSE;

  *end = *start;
  for (const char *p = *start; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p))
        *end = p + 1;
    }
  /* .50 */
  if (*start > text && ((*start)[-1] == '.' || (*start)[-1] == ',') &&
      (*start == text + 1 || g_ascii_isspace ((*start)[-2]) || !g_ascii_isalnum ((*start)[-2])))
    (*start)--;

  return TRUE;
}

/* Behind "12.-", as the Swiss write whole francs. */
static const char *
skip_whole_mark (const char *text)
{
  static const char *const marks[] = { ".-", ",-", ".–", ",–", ".—", ",—" };

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      if (g_str_has_prefix (text, marks[i]))
        return text + strlen (marks[i]);
    }

  return text;
}

gboolean
cpt_money_parse (const char  *text,
                 const char  *currency,
                 char         decimal,
                 CptMoney    *money,
                 GError     **error)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  char number[MAX_TEXT + 1];
  const CptCurrency *found = NULL;
  const char *start, *end, *rest;
  gboolean is_negative = FALSE;
  CptMoney result = { 0 };

  g_return_val_if_fail (text != NULL && money != NULL, FALSE);

  if (strnlen (text, MAX_TEXT) == MAX_TEXT || !g_utf8_validate (text, -1, NULL) ||
      !find_number (text, &start, &end))
    return fail (error);

  rest = skip_whole_mark (end);
  before = extract_currency (text, (gsize) (start - text), &is_negative);
  after = extract_currency (rest, strlen (rest), &is_negative);
  if (!find_currency (before, currency, &found, error) || !find_currency (after, currency, &found, error))
    return FALSE;

  if (found != NULL)
    currency = found->code;
  g_strlcpy (result.currency, currency != NULL ? currency : "", sizeof result.currency);
  g_strlcpy (number, start, (gsize) (end - start) + 1);
  if (!cpt_decimal_parse (number, get_exponent (result.currency), decimal, &result.amount, error))
    return FALSE;
  if (is_negative)
    result.amount = -result.amount;
  *money = result;

  return TRUE;
}

char *
cpt_money_format (const CptMoney *money)
{
  g_autofree char *number = NULL;

  g_return_val_if_fail (money != NULL, NULL);

  number = cpt_decimal_format (money->amount, get_exponent (money->currency));
  if (money->currency[0] == '\0')
    return g_steal_pointer (&number);

  return g_strdup_printf ("%s %s", number, money->currency);
}

static const char *
get_symbol (const CptMoney  *money,
            const CptLocale *locale)
{
  const CptCurrency *currency = cpt_currency_find (money->currency);

  if (currency == NULL)
    return money->currency;
  if (locale->language == CPT_LANGUAGE_FRENCH && currency->french != NULL)
    return currency->french;

  return currency->symbol != NULL ? currency->symbol : currency->code;
}

/* Puts @number (its sign in front) and the currency together. */
static char *
add_symbol (const char      *number,
            const char      *unit,
            const CptMoney  *money,
            const CptLocale *locale)
{
  const char *symbol = get_symbol (money, locale);
  gboolean is_word = g_ascii_isalpha (symbol[0]) && g_ascii_isalpha (symbol[strlen (symbol) - 1]);
  gboolean has_sign = number[0] == '-';

  if (symbol[0] == '\0')
    return g_strconcat (number, unit[0] != '\0' && !locale->currency_first ? NO_BREAK_SPACE : "", unit, NULL);
  if (locale->currency_first)
    return g_strconcat (has_sign ? "-" : "", symbol, is_word ? NO_BREAK_SPACE : "",
                        number + (has_sign ? 1 : 0), unit, NULL);

  return g_strconcat (number, NO_BREAK_SPACE, unit, unit[0] != '\0' && is_word ? NO_BREAK_SPACE : "", symbol, NULL);
}

char *
cpt_money_format_local (const CptMoney *money)
{
  g_autofree char *number = NULL;
  CptLocale locale;
  int exponent;

  g_return_val_if_fail (money != NULL, NULL);

  cpt_locale_get (&locale);
  exponent = get_exponent (money->currency);
  number = cpt_decimal_format_local (money->amount, exponent, exponent);

  return add_symbol (number, "", money, &locale);
}

char *
cpt_money_format_whole (const CptMoney *money)
{
  g_autofree char *number = NULL;
  CptLocale locale;
  gint64 unit = 1;
  int exponent;

  g_return_val_if_fail (money != NULL, NULL);

  cpt_locale_get (&locale);
  exponent = get_exponent (money->currency);
  for (int i = 0; i < exponent; i++)
    unit *= 10;
  number = cpt_decimal_format_local (money->amount, exponent, money->amount % unit == 0 ? 0 : exponent);

  return add_symbol (number, "", money, &locale);
}

static const char *
get_unit_text (const Unit      *unit,
               const CptLocale *locale)
{
  if (locale->language == CPT_LANGUAGE_FRENCH)
    return unit->french;
  if (locale->language == CPT_LANGUAGE_ENGLISH)
    return unit->english;

  return g_dpgettext2 (GETTEXT_PACKAGE,
                       unit->power == 9   ? "billions of money"
                       : unit->power == 6 ? "millions of money"
                                          : "thousands of money",
                       unit->other);
}

static guint64
get_power_of_ten (int power)
{
  guint64 result = 1;

  while (power-- > 0)
    result *= 10;

  return result;
}

/* Half away from zero. */
static guint64
divide_rounded (guint64 dividend,
                guint64 divisor)
{
  return dividend / divisor + (dividend % divisor >= divisor - divisor / 2);
}

char *
cpt_money_format_short (const CptMoney *money)
{
  g_autofree char *number = NULL;
  const char *unit_text = "";
  CptLocale locale;
  guint64 magnitude, tenths;
  int exponent, scale;

  g_return_val_if_fail (money != NULL, NULL);

  cpt_locale_get (&locale);
  exponent = get_exponent (money->currency);
  magnitude = money->amount < 0 ? (guint64) - (money->amount + 1) + 1 : (guint64) money->amount;
  tenths = divide_rounded (magnitude, get_power_of_ten (exponent)) * 10;
  scale = 1;

  /* 10 000 and more get a unit; the second digit behind the mark would not
   * be seen from afar. 999,950 is 1 M already. */
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      guint64 in_unit = divide_rounded (magnitude, get_power_of_ten (exponent + units[i].power - 1));

      if (in_unit < (units[i].power == 3 ? 100 : 10))
        continue;
      unit_text = get_unit_text (&units[i], &locale);
      tenths = in_unit < 1000 ? in_unit
                              : divide_rounded (magnitude, get_power_of_ten (exponent + units[i].power)) * 10;
      break;
    }

  number = cpt_decimal_format_local (money->amount < 0 ? -(gint64) tenths : (gint64) tenths, scale, 0);

  return add_symbol (number, unit_text, money, &locale);
}
