/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names of countries: shown in the language of the session, found under many
 * spellings.
 *
 * A name is looked up by its key: its folded letters and digits without
 * articles, "and" and blanks, so that "Côte-d'Ivoire" and "COTE D IVOIRE" are
 * one. The index of keys is made once and only read afterwards. */

#include "config.h"

#include "cpt-country.h"

#include <glib/gi18n-lib.h>
#include <libintl.h>
#include <stdlib.h>
#include <string.h>

#include "cpt-country-private.h"
#include "cpt-locale-private.h"
#include "cpt-text.h"

#define ISO_DOMAIN "iso_3166-1"
#define ISO_LOCALE_DIR "/usr/share/locale"

/* A guess may be this far from the text, and must be this much nearer than
 * the next country */
#define MAX_DISTANCE 0.12
#define MIN_LEAD 0.015
#define MIN_GUESS_LENGTH 4

static const CptCountry *
find_by_code (const char *code)
{
  gsize low = 0;
  gsize high = cpt_n_countries;

  while (low < high)
    {
      gsize middle = (low + high) / 2;
      int order = g_ascii_strcasecmp (code, cpt_countries[middle].code);

      if (order == 0)
        return &cpt_countries[middle];
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }

  return NULL;
}

const char *const *
cpt_country_get_codes (void)
{
  static const char **codes;

  if (g_once_init_enter (&codes))
    {
      const char **list = g_new0 (const char *, cpt_n_countries + 1);

      for (gsize i = 0; i < cpt_n_countries; i++)
        list[i] = cpt_countries[i].code;
      g_once_init_leave (&codes, list);
    }

  return codes;
}

/* The name in iso-codes' catalogue; NULL when that isn't installed or lacks
 * the language. */
static const char *
translate (const CptCountry *country)
{
  static gsize is_bound;
  const char *msgid = country->iso_name != NULL ? country->iso_name : country->english;
  const char *name;

  if (g_once_init_enter (&is_bound))
    {
      bindtextdomain (ISO_DOMAIN, ISO_LOCALE_DIR);
      bind_textdomain_codeset (ISO_DOMAIN, "UTF-8");
      g_once_init_leave (&is_bound, 1);
    }

  name = g_dgettext (ISO_DOMAIN, msgid);

  return name != msgid ? name : NULL;
}

const char *
cpt_country_get_name (const char *code)
{
  const CptCountry *country;
  const char *name = NULL;
  CptLocale locale;

  g_return_val_if_fail (code != NULL, NULL);

  country = find_by_code (code);
  if (country == NULL)
    return NULL;

  cpt_locale_get (&locale);
  if (locale.language == CPT_LANGUAGE_FRENCH)
    return country->french;
  if (locale.language == CPT_LANGUAGE_OTHER)
    name = translate (country);

  return name != NULL ? name : country->english;
}

static gboolean
is_article (const char *word)
{
  static const char *const articles[] = { "the", "la", "le", "les", "l", NULL };

  return g_strv_contains (articles, word);
}

static char *
create_key (const char *text)
{
  g_autoptr(GString) words = g_string_new (NULL);
  g_autoptr(GString) key = g_string_new (NULL);
  g_auto(GStrv) list = NULL;

  cpt_text_append_words (words, text);
  list = g_strsplit (words->str, " ", -1);
  for (guint i = 0; list[i] != NULL; i++)
    {
      if ((i == 0 && is_article (list[i]) && list[1] != NULL && list[1][0] != '\0') ||
          (i > 0 && (strcmp (list[i], "and") == 0 || strcmp (list[i], "et") == 0)))
        continue;
      if (strcmp (list[i], "st") == 0)
        g_string_append (key, "saint");
      else if (strcmp (list[i], "ste") == 0)
        g_string_append (key, "sainte");
      else
        g_string_append (key, list[i]);
    }

  return g_strdup (key->str);
}

static void
add_key (GHashTable       *index,
         const char       *name,
         const CptCountry *country)
{
  char *key;

  if (name == NULL)
    return;

  /* The first that claims a name keeps it. */
  key = create_key (name);
  if (g_hash_table_contains (index, key))
    g_free (key);
  else
    g_hash_table_insert (index, key, (gpointer) country);
}

static GHashTable *
create_index (void)
{
  GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  /* Names before aliases: "Congo" must not hide a country's own name. */
  for (gsize i = 0; i < cpt_n_countries; i++)
    {
      add_key (index, cpt_countries[i].english, &cpt_countries[i]);
      add_key (index, cpt_countries[i].french, &cpt_countries[i]);
    }
  for (gsize i = 0; i < cpt_n_countries; i++)
    {
      g_auto(GStrv) aliases = NULL;

      add_key (index, cpt_countries[i].code, &cpt_countries[i]);
      add_key (index, cpt_countries[i].alpha3, &cpt_countries[i]);
      if (cpt_countries[i].aliases == NULL)
        continue;
      aliases = g_strsplit (cpt_countries[i].aliases, "|", -1);
      for (guint j = 0; aliases[j] != NULL; j++)
        add_key (index, aliases[j], &cpt_countries[i]);
    }
  for (gsize i = 0; i < cpt_n_countries; i++)
    add_key (index, cpt_countries[i].iso_name, &cpt_countries[i]);

  return index;
}

static GHashTable *
get_index (void)
{
  static GHashTable *index;

  if (g_once_init_enter (&index))
    g_once_init_leave (&index, create_index ());

  return index;
}

/* What the session itself shows must be found again in any language. */
static const char *
find_translated (const char *key)
{
  CptLocale locale;

  cpt_locale_get (&locale);
  if (locale.language != CPT_LANGUAGE_OTHER)
    return NULL;

  for (gsize i = 0; i < cpt_n_countries; i++)
    {
      const char *name = translate (&cpt_countries[i]);
      g_autofree char *name_key = name != NULL ? create_key (name) : NULL;

      if (name_key != NULL && strcmp (name_key, key) == 0)
        return cpt_countries[i].code;
    }

  return NULL;
}

const char *
cpt_country_find (const char *text)
{
  g_autofree char *key = NULL;
  const CptCountry *country;

  g_return_val_if_fail (text != NULL, NULL);

  if (strnlen (text, 128) == 128)
    return NULL;

  /* As it is stored, nearly always */
  country = find_by_code (text);
  if (country != NULL)
    return country->code;

  key = create_key (text);
  if (key[0] == '\0')
    return NULL;

  country = g_hash_table_lookup (get_index (), key);

  return country != NULL ? country->code : find_translated (key);
}

gboolean
cpt_country_is_ambiguous (const char *text)
{
  static const char *const names[] = { "Korea", "Corée", "Congo", "Virgin Islands", "Îles Vierges" };

  g_return_val_if_fail (text != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (names) && strnlen (text, 32) < 32; i++)
    {
      g_autofree char *key = create_key (text);
      g_autofree char *name = create_key (names[i]);

      if (strcmp (key, name) == 0)
        return TRUE;
    }

  return FALSE;
}

const char *
cpt_country_guess (const char *text)
{
  const char *code = cpt_country_find (text);
  const CptCountry *best = NULL;
  double best_distance = 1.0;
  double next_distance = 1.0;
  g_autofree char *key = NULL;
  GHashTableIter iter;
  gpointer name, country;

  if (code != NULL || strnlen (text, 128) == 128)
    return code;

  key = create_key (text);
  if (strlen (key) < MIN_GUESS_LENGTH)
    return NULL;

  g_hash_table_iter_init (&iter, get_index ());
  while (g_hash_table_iter_next (&iter, &name, &country))
    {
      double distance;

      if (strlen (name) < MIN_GUESS_LENGTH)
        continue;
      distance = cpt_text_get_distance (key, name);
      if (distance < best_distance)
        {
          if (best != country)
            next_distance = best_distance;
          best = country;
          best_distance = distance;
        }
      else if (best != country && distance < next_distance)
        {
          next_distance = distance;
        }
    }

  return best != NULL && best_distance <= MAX_DISTANCE && next_distance - best_distance >= MIN_LEAD ? best->code : NULL;
}
