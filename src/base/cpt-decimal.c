/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Exact decimal numbers as integers scaled by a power of ten.
 *
 * Reading goes in two steps: the text becomes a short one of ASCII where each
 * kind of mark is one character (is a blank of any width still a blank), then
 * that is taken apart. No floating point anywhere; every step that can
 * overflow is checked. */

#include "config.h"

#include "cpt-money.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-locale-private.h"

#define MAX_SCALE 18
#define MAX_TEXT 64
#define MAX_EXPONENT 40
#define MAX_MAGNITUDE ((guint64) G_MAXINT64)

typedef struct
{
  char marks[MAX_TEXT]; /* digits and . , blank ' */
  gsize length;
  gboolean is_negative;
  int exponent;
  gboolean is_beyond; /* its exponent is more than MAX_EXPONENT */
} Number;

static gboolean
fail (GError **error)
{
  g_set_error_literal (error, CPT_ERROR, CPT_ERROR_PARSE, _("This is not a number"));

  return FALSE;
}

static gboolean
fail_too_large (GError **error)
{
  g_set_error_literal (error, CPT_ERROR, CPT_ERROR_LIMIT, _("This number is too large"));

  return FALSE;
}

/* The one ASCII character that stands for all of its kind; 0 for what no
 * number has. */
static char
get_mark (gunichar c)
{
  if (c < 0x80 && (g_ascii_isdigit ((char) c) || (c != 0 && strchr ("+-.,()eE'", (int) c) != NULL)))
    return (char) c;
  if (c == 0x2019 || c == 0x02bc)
    return '\'';
  if (c == 0x2212 || c == 0x2010 || c == 0x2011 || c == 0x2013)
    return '-';
  if (g_unichar_isspace (c))
    return ' ';
  if (c == 0x066b)
    return '.';
  if (g_unichar_type (c) == G_UNICODE_DECIMAL_NUMBER)
    return (char) ('0' + g_unichar_digit_value (c));

  return 0;
}

static gboolean
reduce (const char *text,
        char        marks[MAX_TEXT])
{
  gsize n = 0;

  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      char mark = get_mark (g_utf8_get_char (p));

      if (mark == 0 || n == MAX_TEXT - 1)
        return FALSE;
      marks[n++] = mark;
    }
  marks[n] = '\0';
  g_strstrip (marks);

  return TRUE;
}

/* -12, 12-, (12) */
static char *
take_sign (char   *text,
           Number *number)
{
  gsize length = strlen (text);

  if (length >= 2 && text[0] == '(' && text[length - 1] == ')')
    {
      text[length - 1] = '\0';
      number->is_negative = TRUE;
      return g_strstrip (text + 1);
    }
  if (text[0] == '-' || text[0] == '+')
    {
      number->is_negative = text[0] == '-';
      return g_strchug (text + 1);
    }
  if (length >= 2 && text[length - 1] == '-')
    {
      number->is_negative = TRUE;
      text[length - 1] = '\0';
      return g_strchomp (text);
    }

  return text;
}

/* 1.2E+05, as spreadsheets write large numbers */
static gboolean
take_exponent (char   *text,
               Number *number)
{
  char *e = strpbrk (text, "eE");
  char *end;
  gint64 exponent;

  if (e == NULL)
    return TRUE;
  if (!g_ascii_isdigit (e[1]) && !((e[1] == '+' || e[1] == '-') && g_ascii_isdigit (e[2])))
    return FALSE;

  exponent = g_ascii_strtoll (e + 1, &end, 10);
  if (*end != '\0' || exponent < -MAX_EXPONENT)
    return FALSE;
  number->is_beyond = exponent > MAX_EXPONENT;
  number->exponent = (int) MIN (exponent, MAX_EXPONENT);
  *e = '\0';

  return TRUE;
}

static gboolean
read_number (const char *text,
             Number     *number)
{
  char marks[MAX_TEXT];
  char *rest;

  if (!reduce (text, marks))
    return FALSE;
  rest = take_sign (marks, number);
  if (!take_exponent (rest, number))
    return FALSE;

  number->length = strlen (rest);
  memcpy (number->marks, rest, number->length + 1);

  return strpbrk (rest, "0123456789") != NULL && strspn (rest, "0123456789., '") == number->length;
}

/* Whether the only mark of a text, with three digits behind it, is the
 * decimal one. */
static gboolean
is_lone_mark_decimal (const Number *number,
                      const char   *mark,
                      int           scale)
{
  gsize before = (gsize) (mark - number->marks);
  CptLocale locale;

  if (strlen (mark + 1) != 3 || before == 0 || before > 3 || number->marks[0] == '0')
    return TRUE;
  if (scale < 3)
    return FALSE;

  /* Both are possible: as the session writes. */
  cpt_locale_get (&locale);

  return locale.decimal_mark[0] == *mark;
}

static char
guess_decimal (const Number *number,
               int           scale)
{
  const char *last_point = strrchr (number->marks, '.');
  const char *last_comma = strrchr (number->marks, ',');
  const char *last;

  if (last_point == NULL && last_comma == NULL)
    return '.';
  if (last_point != NULL && last_comma != NULL)
    return last_point > last_comma ? '.' : ',';

  last = last_point != NULL ? last_point : last_comma;
  /* The same mark twice groups thousands; with a blank or apostrophe before
   * it, it can't. */
  if (strchr (number->marks, *last) != last)
    return *last == '.' ? ',' : '.';
  if (strpbrk (number->marks, " '") != NULL || is_lone_mark_decimal (number, last, scale))
    return *last;

  return *last == '.' ? ',' : '.';
}

/* Groups of three behind the first; of two before the last, as in India. */
static gboolean
is_grouping_right (const char *text,
                   gsize       length)
{
  char separator = 0;
  gsize run = 0;
  gsize previous_run = 0;
  gboolean has_short_group = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (g_ascii_isdigit (text[i]))
        {
          run++;
          continue;
        }
      if ((separator != 0 && text[i] != separator) || run == 0 || run > 3 || (separator != 0 && run < 2))
        return FALSE;
      has_short_group = has_short_group || (separator != 0 && run == 2);
      previous_run = run;
      separator = text[i];
      run = 0;
    }

  return separator == 0 || (run == 3 && !(has_short_group && previous_run == 3));
}

static gboolean
append_digits (guint64    *magnitude,
               const char *digits,
               gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (digits[i]))
        continue;
      if (!g_uint64_checked_mul (magnitude, *magnitude, 10) ||
          !g_uint64_checked_add (magnitude, *magnitude, (guint64) (digits[i] - '0')))
        return FALSE;
    }

  return TRUE;
}

/* Brings @magnitude, which has @places digits behind the mark, to @scale. */
static gboolean
rescale (guint64  *magnitude,
         gint64    places,
         int       scale,
         GError  **error)
{
  for (; *magnitude != 0 && places < scale; places++)
    {
      if (!g_uint64_checked_mul (magnitude, *magnitude, 10))
        return fail_too_large (error);
    }
  for (; *magnitude != 0 && places > scale; places--)
    {
      if (*magnitude % 10 != 0)
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE,
                       g_dngettext (GETTEXT_PACKAGE,
                                    "At most %d digit is allowed after the decimal mark",
                                    "At most %d digits are allowed after the decimal mark",
                                    (gulong) scale),
                       scale);
          return FALSE;
        }
      *magnitude /= 10;
    }

  return TRUE;
}

gboolean
cpt_decimal_parse (const char  *text,
                   int          scale,
                   char         decimal,
                   gint64      *value,
                   GError     **error)
{
  Number number = { .is_negative = FALSE };
  guint64 magnitude = 0;
  const char *mark;
  gsize whole, places;

  g_return_val_if_fail (text != NULL && value != NULL, FALSE);
  g_return_val_if_fail (scale >= 0 && scale <= MAX_SCALE, FALSE);
  g_return_val_if_fail (decimal == 0 || decimal == '.' || decimal == ',', FALSE);

  if (!read_number (text, &number))
    return fail (error);
  if (number.is_beyond)
    return fail_too_large (error);
  if (decimal == 0)
    decimal = guess_decimal (&number, scale);

  mark = strchr (number.marks, decimal);
  whole = mark != NULL ? (gsize) (mark - number.marks) : number.length;
  places = mark != NULL ? strlen (mark + 1) : 0;
  if (!is_grouping_right (number.marks, whole) ||
      (mark != NULL && strspn (mark + 1, "0123456789") != places))
    return fail (error);

  /* Zeros at the end say nothing and must not overflow. */
  while (places > 0 && mark[places] == '0')
    places--;
  if (!append_digits (&magnitude, number.marks, whole) ||
      (places > 0 && !append_digits (&magnitude, mark + 1, places)))
    return fail_too_large (error);
  if (!rescale (&magnitude, (gint64) places - number.exponent, scale, error))
    return FALSE;
  if (magnitude > MAX_MAGNITUDE)
    return fail_too_large (error);

  *value = number.is_negative ? -(gint64) magnitude : (gint64) magnitude;

  return TRUE;
}

static guint64
get_magnitude (gint64 value)
{
  return value < 0 ? (guint64) - (value + 1) + 1 : (guint64) value;
}

/* Digits with at least one before the mark: 5 at scale 2 is "005". */
static char *
format_digits (gint64 value,
               int    scale)
{
  return g_strdup_printf ("%0*" G_GUINT64_FORMAT, scale + 1, get_magnitude (value));
}

char *
cpt_decimal_format (gint64 value,
                    int    scale)
{
  g_autofree char *digits = NULL;
  int whole;

  g_return_val_if_fail (scale >= 0 && scale <= MAX_SCALE, NULL);

  digits = format_digits (value, scale);
  whole = (int) strlen (digits) - scale;

  return g_strdup_printf ("%s%.*s%s%s", value < 0 ? "-" : "", whole, digits, scale > 0 ? "." : "", digits + whole);
}

char *
cpt_decimal_format_local (gint64 value,
                          int    scale,
                          int    min_digits)
{
  g_autofree char *digits = NULL;
  GString *text;
  CptLocale locale;
  gsize whole, length;

  g_return_val_if_fail (scale >= 0 && scale <= MAX_SCALE, NULL);

  cpt_locale_get (&locale);
  digits = format_digits (value, scale);
  length = strlen (digits);
  whole = length - (gsize) scale;
  while (length > whole + (gsize) MAX (min_digits, 0) && digits[length - 1] == '0')
    length--;

  text = g_string_new (value < 0 ? "-" : NULL);
  for (gsize i = 0; i < whole; i++)
    {
      if (i > 0 && (whole - i) % 3 == 0)
        g_string_append (text, locale.thousands_mark);
      g_string_append_c (text, digits[i]);
    }
  if (length > whole)
    {
      g_string_append (text, locale.decimal_mark);
      g_string_append_len (text, digits + whole, (gssize) (length - whole));
    }

  return g_string_free (text, FALSE);
}
