/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Official identifiers with their check rules.
 *
 * SIREN and SIRET: INSEE, Luhn's formula. VAT: article 286 ter of the French
 * tax code, keys as published by the tax office. IBAN: ISO 13616, ISO 7064
 * (mod 97-10), lengths as registered with SWIFT. */

#include "config.h"

#include "cpt-identifier.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"

#define LA_POSTE "356000000"
#define SIREN_LENGTH 9
#define SIRET_LENGTH 14
#define FR_VAT_LENGTH 13
#define MAX_IBAN_LENGTH 34
#define MAX_TEXT 128

typedef struct
{
  const char *name;
  const char *groups; /* lengths of the groups for people; the last repeats */
  /* NULL when @value is right, else why not (translated) */
  const char *(*check) (const char *value);
} Scheme;

static const struct
{
  const char country[3];
  guint8 length;
} iban_lengths[] = {
  { "AD", 24 },
  { "AE", 23 },
  { "AL", 28 },
  { "AT", 20 },
  { "AZ", 28 },
  { "BA", 20 },
  { "BE", 16 },
  { "BG", 22 },
  { "BH", 22 },
  { "BI", 27 },
  { "BR", 29 },
  { "BY", 28 },
  { "CH", 21 },
  { "CR", 22 },
  { "CY", 28 },
  { "CZ", 24 },
  { "DE", 22 },
  { "DJ", 27 },
  { "DK", 18 },
  { "DO", 28 },
  { "EE", 20 },
  { "EG", 29 },
  { "ES", 24 },
  { "FI", 18 },
  { "FK", 18 },
  { "FO", 18 },
  { "FR", 27 },
  { "GB", 22 },
  { "GE", 22 },
  { "GI", 23 },
  { "GL", 18 },
  { "GR", 27 },
  { "GT", 28 },
  { "HN", 28 },
  { "HR", 21 },
  { "HU", 28 },
  { "IE", 22 },
  { "IL", 23 },
  { "IQ", 23 },
  { "IS", 26 },
  { "IT", 27 },
  { "JO", 30 },
  { "KW", 30 },
  { "KZ", 20 },
  { "LB", 28 },
  { "LC", 32 },
  { "LI", 21 },
  { "LT", 20 },
  { "LU", 20 },
  { "LV", 21 },
  { "LY", 25 },
  { "MC", 27 },
  { "MD", 24 },
  { "ME", 22 },
  { "MK", 19 },
  { "MN", 20 },
  { "MR", 27 },
  { "MT", 31 },
  { "MU", 30 },
  { "NI", 28 },
  { "NL", 18 },
  { "NO", 15 },
  { "OM", 23 },
  { "PK", 24 },
  { "PL", 28 },
  { "PS", 29 },
  { "PT", 25 },
  { "QA", 29 },
  { "RO", 24 },
  { "RS", 22 },
  { "RU", 33 },
  { "SA", 24 },
  { "SC", 31 },
  { "SD", 18 },
  { "SE", 24 },
  { "SI", 19 },
  { "SK", 24 },
  { "SM", 27 },
  { "SO", 23 },
  { "ST", 25 },
  { "SV", 28 },
  { "TL", 23 },
  { "TN", 24 },
  { "TR", 26 },
  { "UA", 29 },
  { "VA", 22 },
  { "VG", 24 },
  { "XK", 20 },
  { "YE", 30 },
};

static gboolean
are_digits (const char *text,
            gsize       n)
{
  for (gsize i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
    }

  return TRUE;
}

static guint
get_luhn_sum (const char *digits,
              gsize       n)
{
  guint sum = 0;

  for (gsize i = 0; i < n; i++)
    {
      guint digit = (guint) (digits[n - 1 - i] - '0');

      if (i % 2 == 1)
        digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
      sum += digit;
    }

  return sum;
}

static gboolean
is_siren (const char *digits)
{
  return get_luhn_sum (digits, SIREN_LENGTH) % 10 == 0 && strncmp (digits, "000000000", SIREN_LENGTH) != 0;
}

static const char *
check_siren (const char *value)
{
  if (strlen (value) != SIREN_LENGTH || !are_digits (value, SIREN_LENGTH))
    return _("A SIREN number has 9 digits");

  return is_siren (value) ? NULL : _("This is not a SIREN number: its check digit is wrong");
}

/* Establishments of La Poste, being too many, only have a sum of digits that
 * 5 divides. */
static gboolean
is_la_poste (const char *digits)
{
  guint sum = 0;

  if (strncmp (digits, LA_POSTE, SIREN_LENGTH) != 0)
    return FALSE;
  for (gsize i = 0; i < SIRET_LENGTH; i++)
    sum += (guint) (digits[i] - '0');

  return sum % 5 == 0;
}

static const char *
check_siret (const char *value)
{
  if (strlen (value) != SIRET_LENGTH || !are_digits (value, SIRET_LENGTH))
    return _("A SIRET number has 14 digits");
  if (!is_siren (value))
    return _("This is not a SIRET number: the SIREN number in it is wrong");

  return get_luhn_sum (value, SIRET_LENGTH) % 10 == 0 || is_la_poste (value)
           ? NULL
           : _("This is not a SIRET number: its check digit is wrong");
}

/* @key: two characters, not both digits. The letters are those of the tax
 * office, without I and O. */
static gboolean
is_letter_key (const char *key,
               guint       siren)
{
  static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  const char *first = strchr (alphabet, key[0]);
  const char *second = strchr (alphabet, key[1]);
  int number;

  if (first == NULL || second == NULL)
    return FALSE;
  if (g_ascii_isdigit (key[0]))
    number = (int) (first - alphabet) * 24 + (int) (second - alphabet) - 10;
  else
    number = (int) (first - alphabet) * 34 + (int) (second - alphabet) - 100;

  return number >= 0 && (siren + 1 + (guint) number / 11) % 11 == (guint) number % 11;
}

static const char *
check_fr_vat (const char *value)
{
  const char *siren = value + 4;
  guint number = 0;
  gboolean fits;

  if (strlen (value) != FR_VAT_LENGTH || strncmp (value, "FR", 2) != 0 || !are_digits (siren, SIREN_LENGTH))
    return _("A French VAT number is FR, two characters and the 9 digits of the SIREN number");

  for (gsize i = 0; i < SIREN_LENGTH; i++)
    number = number * 10 + (guint) (siren[i] - '0');

  /* Companies of Monaco have 000 in place of the start of a SIREN number. */
  if (strncmp (siren, "000", 3) != 0 && !is_siren (siren))
    return _("This is not a French VAT number: the SIREN number in it is wrong");

  if (are_digits (value + 2, 2))
    fits = (guint) (value[2] - '0') * 10 + (guint) (value[3] - '0') == (12 + 3 * (number % 97)) % 97;
  else
    fits = is_letter_key (value + 2, number);

  return fits ? NULL : _("This is not a French VAT number: its key is wrong");
}

static guint
get_iban_length (const char *value)
{
  for (gsize i = 0; i < G_N_ELEMENTS (iban_lengths); i++)
    {
      if (strncmp (iban_lengths[i].country, value, 2) == 0)
        return iban_lengths[i].length;
    }

  return 0;
}

/* The rest of dividing the text's number by 97, letters counting from 10. */
static guint
get_rest (guint       rest,
          const char *text,
          gsize       n)
{
  for (gsize i = 0; i < n; i++)
    {
      if (g_ascii_isdigit (text[i]))
        rest = (rest * 10 + (guint) (text[i] - '0')) % 97;
      else
        rest = (rest * 100 + (guint) (text[i] - 'A') + 10) % 97;
    }

  return rest;
}

static const char *
check_iban (const char *value)
{
  gsize length = strlen (value);

  if (length < 15 || length > MAX_IBAN_LENGTH || !g_ascii_isalpha (value[0]) || !g_ascii_isalpha (value[1]) ||
      !are_digits (value + 2, 2))
    return _("An IBAN begins with two letters for the country and two digits");
  if (get_iban_length (value) == 0)
    return _("No country’s IBAN begins with these letters");
  if (length != get_iban_length (value))
    return _("An IBAN of this country has a different length");

  return get_rest (get_rest (0, value + 4, length - 4), value, 4) == 1
           ? NULL
           : _("This is not an IBAN: its check digits are wrong");
}

static const Scheme schemes[] = {
  [CPT_IDENTIFIER_SIREN] = { "siren", "333", check_siren },
  [CPT_IDENTIFIER_SIRET] = { "siret", "3335", check_siret },
  [CPT_IDENTIFIER_FR_VAT] = { "fr_vat", "22333", check_fr_vat },
  [CPT_IDENTIFIER_IBAN] = { "iban", "4", check_iban },
};

G_STATIC_ASSERT (G_N_ELEMENTS (schemes) == CPT_N_IDENTIFIERS);

const char *
cpt_identifier_get_name (CptIdentifier scheme)
{
  g_return_val_if_fail (scheme < CPT_N_IDENTIFIERS, NULL);

  return schemes[scheme].name;
}

/* Upper case without separators; NULL when there is a character that no
 * identifier has. */
static char *
compact (const char *text)
{
  g_autoptr(GString) value = g_string_new (NULL);

  if (strnlen (text, MAX_TEXT) == MAX_TEXT || !g_utf8_validate (text, -1, NULL))
    return NULL;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0x80 && g_ascii_isalnum ((char) c))
        g_string_append_c (value, g_ascii_toupper ((char) c));
      else if (!g_unichar_isspace (c) && c != '.' && c != '-' && c != '/' && c != 0x2011)
        return NULL;
    }

  return g_strdup (value->str);
}

char *
cpt_identifier_normalise (CptIdentifier   scheme,
                          const char     *text,
                          GError        **error)
{
  g_autofree char *value = NULL;
  const char *problem;

  g_return_val_if_fail (scheme < CPT_N_IDENTIFIERS, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  value = compact (text);
  if (value == NULL)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_PARSE,
                           _("Use only letters and digits, with blanks between groups"));
      return NULL;
    }
  if (scheme == CPT_IDENTIFIER_IBAN && g_str_has_prefix (value, "IBAN"))
    memmove (value, value + 4, strlen (value + 4) + 1);
  if (scheme == CPT_IDENTIFIER_FR_VAT && strlen (value) == FR_VAT_LENGTH - 2)
    {
      char *with_country = g_strconcat ("FR", value, NULL);

      g_free (value);
      value = with_country;
    }

  problem = schemes[scheme].check (value);
  if (problem != NULL)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_PARSE, problem);
      return NULL;
    }

  return g_steal_pointer (&value);
}

char *
cpt_identifier_format (CptIdentifier  scheme,
                       const char    *value)
{
  GString *text;
  const char *group;
  gsize left;

  g_return_val_if_fail (scheme < CPT_N_IDENTIFIERS, NULL);
  g_return_val_if_fail (value != NULL, NULL);

  text = g_string_new (NULL);
  group = schemes[scheme].groups;
  left = (gsize) (*group - '0');
  for (const char *p = value; *p != '\0'; p++)
    {
      if (left == 0)
        {
          g_string_append_c (text, ' ');
          if (group[1] != '\0')
            group++;
          left = (gsize) (*group - '0');
        }
      g_string_append_c (text, *p);
      left--;
    }

  return g_string_free (text, FALSE);
}
