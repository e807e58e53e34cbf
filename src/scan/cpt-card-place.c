/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The address of a card: found from its post code, which has a form of its own;
 * the street stands before it. */

#include "config.h"

#include <string.h>

#include "cpt-card-private.h"
#include "cpt-country.h"
#include "cpt-text.h"

/* Post codes: which match is the code, which the city, and the country when the
 * form tells */
static const struct
{
  const char *pattern;
  guint code;
  guint city;
  const char *country; /* (nullable) */
} codes[] = {
  { "\\b(?:F[- ]?)?(\\d{5})\\s+(?!cedex)(\\p{L}[\\p{L}' .-]+)", 1, 2, NULL },
  { "\\b(?:(?:B|L|CH|A)[- ])?(\\d{4})\\s+(\\p{L}[\\p{L}' .-]{2,})$", 1, 2, NULL },
  { "\\b(\\d{4} [A-Z]{2})\\s+(\\p{L}[\\p{L}' .-]+)", 1, 2, "NL" },
  { "(?:(\\p{L}[\\p{L}' .-]+?),?\\s+)?\\b([A-Z]{1,2}\\d[A-Z\\d]? \\d[A-Z]{2})\\b", 2, 1, "GB" },
  { "(\\p{L}[\\p{L}' .-]+?),?\\s+[A-Z]{2}\\s+(\\d{5}(?:-\\d{4})?)\\b", 2, 1, "US" },
};

#define STREETS                                                                                                        \
  "rue|avenue|av|ave|bd|bld|boulevard|place|pl|quai|chemin|impasse|allee|allees|route|rte|cours|square|passage|villa|" \
  "faubourg|fg|sentier|zone|za|zi|zac|parc|lieu-dit|bp|cs|street|st|road|rd|lane|drive|way|court|floor|suite|strasse|" \
  "str|platz|weg|straat|laan|plein|calle|via|piazza|plaza|batiment|bat|immeuble|etage"

/* What stands behind the city on its line: a country, or nobody knows what */
static void
take_behind (CptCard    *card,
             const char *text)
{
  g_autofree char *words = g_strstrip (g_strdup (text + strspn (text, " ,.-0123456789")));
  g_autofree char *behind = g_strstrip (g_strdup (text + strspn (text, " ,.-")));
  const char *country;

  /* Numbers alone are of the post ("CEDEX 03") or of a quarter that the code tells. */
  if (*words == '\0')
    return;

  country = cpt_country_find (words);
  if (country == NULL)
    g_ptr_array_add (card->more, g_steal_pointer (&behind));
  else
    cpt_card_take (card, CPT_CARD_COUNTRY, g_strdup (country));
}

static char *
dup_city (const char *text)
{
  g_autofree char *city = g_strdup (text);

  g_strstrip (city);
  g_strdelimit (city, ".", ' ');
  g_strstrip (city);

  return *city != '\0' ? cpt_card_dup_calm (city) : NULL;
}

/* "69002 Lyon - France", "69002 LYON, FRANCE": the country behind the city */
static void
take_city (CptCard *card,
           char    *text)
{
  g_autofree char *given = text;
  g_autofree char *folded = g_ascii_strdown (text, -1);
  char *separator = strstr (given, " - ");
  const char *country = separator != NULL ? cpt_country_find (separator + 3) : NULL;
  const char *cedex;

  if (country != NULL)
    {
      *separator = '\0';
      cpt_card_take (card, CPT_CARD_COUNTRY, g_strdup (country));
    }
  /* "CEDEX 03" is not of the city's name. */
  cedex = strstr (folded, "cedex");
  if (cedex != NULL && (separator == NULL || country == NULL || given + (cedex - folded) < separator))
    {
      gsize at = (gsize) (cedex - folded);

      if (strlen (given) > at + strlen ("cedex"))
        take_behind (card, given + at + strlen ("cedex"));
      given[at] = '\0';
    }
  cpt_card_take (card, CPT_CARD_CITY, dup_city (given));
}

static gboolean
looks_like_street (const CptCardLine *line)
{
  const char *text = line->text;
  gboolean has_digit = strpbrk (text, "0123456789") != NULL;

  return !line->is_used && ((has_digit && cpt_card_has_word (line->folded, STREETS)) ||
                            (g_ascii_isdigit (*text) && has_digit && strchr (text, ' ') != NULL));
}

static char *
dup_street (const char *text)
{
  g_autofree char *street = g_strdup (text);
  gsize length = strlen (street);

  while (length > 0 && strchr (" ,-.", street[length - 1]) != NULL)
    street[--length] = '\0';

  return length > 0 ? g_steal_pointer (&street) : NULL;
}

/* What stands before the code on its line, or the line above */
static void
find_street (CptCard *card,
             guint    at,
             gsize    start)
{
  CptCardLine *line = cpt_card_get_line (card, at);

  if (start > 3)
    {
      g_autofree char *before = g_strndup (line->text, start);

      cpt_card_take (card, CPT_CARD_STREET, dup_street (before));
    }
  for (guint i = at; i > 0 && i + 2 > at && card->guess->fields[CPT_CARD_STREET] == NULL; i--)
    {
      CptCardLine *above = cpt_card_get_line (card, i - 1);

      if (looks_like_street (above) || (!above->is_used && cpt_card_has_word (above->folded, STREETS)))
        {
          cpt_card_take (card, CPT_CARD_STREET, dup_street (above->text));
          above->is_used = TRUE;
        }
    }
}

static gboolean
find_code (CptCard *card,
           guint    row)
{
  g_autoptr(GRegex) regex = g_regex_new (codes[row].pattern, row == 0 ? G_REGEX_CASELESS : 0, 0, NULL);

  for (guint i = 0; i < card->lines->len; i++)
    {
      CptCardLine *line = cpt_card_get_line (card, i);
      g_autoptr(GMatchInfo) match = NULL;
      int start, end, city_start;

      if (line->is_used || !g_regex_match (regex, line->text, 0, &match))
        continue;
      g_match_info_fetch_pos (match, 0, &start, &end);
      g_match_info_fetch_pos (match, (int) codes[row].city, &city_start, NULL);
      cpt_card_take (card, CPT_CARD_POSTCODE, g_match_info_fetch (match, (int) codes[row].code));
      if (city_start >= 0)
        take_city (card, g_match_info_fetch (match, (int) codes[row].city));
      take_behind (card, line->text + end);
      if (codes[row].country != NULL)
        cpt_card_take (card, CPT_CARD_COUNTRY, g_strdup (codes[row].country));
      find_street (card, i, (gsize) start);
      line->is_used = TRUE;
      return TRUE;
    }

  return FALSE;
}

/* A line of its own, near the end: names of people are names of countries too. */
static void
find_country (CptCard *card)
{
  for (guint i = card->lines->len; i > 1; i--)
    {
      CptCardLine *line = cpt_card_get_line (card, i - 1);
      const char *code = line->is_used || !cpt_card_is_wordy (line->text) ? NULL : cpt_country_find (line->text);

      if (code != NULL && cpt_card_take (card, CPT_CARD_COUNTRY, g_strdup (code)))
        line->is_used = TRUE;
    }
}

void
cpt_card_find_place (CptCard *card)
{
  for (guint i = 0; i < G_N_ELEMENTS (codes) && card->guess->fields[CPT_CARD_POSTCODE] == NULL; i++)
    if (find_code (card, i))
      break;

  for (guint i = 0; i < card->lines->len; i++)
    {
      CptCardLine *line = cpt_card_get_line (card, i);

      if (looks_like_street (line) && cpt_card_take (card, CPT_CARD_STREET, dup_street (line->text)))
        line->is_used = TRUE;
    }
  if (card->guess->fields[CPT_CARD_POSTCODE] != NULL)
    find_country (card);
}
