/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CptMoney:
 * @amount: in minor units of @currency (cents of EUR, yen of JPY)
 * @currency: ISO 4217 code, or empty
 *
 * An exact amount of money.
 */
typedef struct
{
  gint64 amount;
  char   currency[4];
} CptMoney;

/* Digits behind the decimal point in ISO 4217; -1 for an unknown code */
int      cpt_currency_get_exponent (const char *currency);
/* NULL-terminated, sorted */
const char *const *cpt_currency_get_codes (void);

/* Exact decimal text to an integer scaled by 10^@scale, and back. Accepts what
 * people write: spaces (also no-break and narrow), apostrophes and the other
 * mark as thousands separators. @decimal is '.' or ',' or 0 to guess from the
 * text alone: the last of two kinds of marks is the decimal one; a mark that
 * comes twice groups thousands; a lone mark with one to three digits before it
 * (no zero at the front) and exactly three behind it groups thousands, unless
 * @scale has room for three digits and the mark is the session's decimal one.
 * Groups must be of three digits (of two in front, as in India), so that
 * "12,34" is never read as 1234. Also read: (12) and 12- as negative, 1.2E+05.
 * More digits than @scale (0 to 18) are refused unless they are zeros.
 * CPT_ERROR_PARSE, or CPT_ERROR_LIMIT for what 64 bits can't hold. */
gboolean cpt_decimal_parse         (const char  *text,
                                    int          scale,
                                    char         decimal,
                                    gint64      *value,
                                    GError     **error);
/* With a point, no grouping: 1234.50 */
char    *cpt_decimal_format        (gint64 value,
                                    int    scale);
/* The locale's marks and grouping, for people; trailing zeros beyond
 * @min_digits are left out: (123450, 2, 0) is "1 234,5" in French */
char    *cpt_decimal_format_local  (gint64 value,
                                    int    scale,
                                    int    min_digits);

/* "1 234,50 €", "EUR 12", "12.5 USD", "-3"; @currency (NULL or "" for none) is
 * used where the text names none, and says which dollar "$" is. Without any
 * currency the amount is in hundredths. */
gboolean cpt_money_parse           (const char  *text,
                                    const char  *currency,
                                    char         decimal,
                                    CptMoney    *money,
                                    GError     **error);
/* "1234.50 EUR", for machines; without a currency only the number */
char    *cpt_money_format          (const CptMoney *money);
/* "1 234,50 €" in French, "€1,234.50" in English; for people */
char    *cpt_money_format_local    (const CptMoney *money);
/* The same, but without minor units where there are none: "1 234 €" */
char    *cpt_money_format_whole    (const CptMoney *money);
/* For charts and tiles: no minor units, and from ten thousand on a unit with
 * at most three digits: "9 850 €", "12,3 k€", "1,2 M€"; "€1.2M" in English */
char    *cpt_money_format_short    (const CptMoney *money);

G_END_DECLS
