/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Kinds that reach somebody or some place: e-mail, phone, URL, country. */

#include "config.h"

#include "cpt-field-type-private.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "cpt-country.h"
#include "cpt-error.h"
#include "cpt-phone.h"
#include "cpt-text.h"

/* RFC 5321, section 4.5.3.1; a path of 256 with its angle brackets */
#define EMAIL_MAX_BYTES 254
#define EMAIL_LOCAL_MAX_BYTES 64
#define DOMAIN_MAX_BYTES 253
#define DOMAIN_LABEL_MAX_BYTES 63

/* E-mail */

/* atext of RFC 5322, section 3.2.3 */
static gboolean
is_atext (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("!#$%&'*+-/=?^_`{|}~", c) != NULL);
}

static const char *
find_fault_in_local (const char *local,
                     gsize       length)
{
  if (length == 0)
    return N_("Something must come before the @");
  if (length > EMAIL_LOCAL_MAX_BYTES)
    return N_("At most 64 characters may come before the @");
  if (local[0] == '.' || local[length - 1] == '.')
    return N_("A dot can’t be the first or the last character before the @");

  for (gsize i = 0; i < length; i++)
    {
      /* SMTPUTF8 (RFC 6531) is offered by few servers: such an address is
       * nearly always a slip, and mail to it comes back. */
      if ((guchar) local[i] >= 0x80)
        return N_("Most mail servers accept only letters without accents before the @");
      if (local[i] == '.' ? local[i + 1] == '.' : !is_atext (local[i]))
        return N_("An e-mail address can’t contain blanks, commas, quotation marks, two dots in a row or the like");
    }

  return NULL;
}

/* Letters, digits and hyphens between dots; at least one dot, and letters
 * behind the last one */
static const char *
find_fault_in_domain (const char *domain)
{
  gsize label = 0;
  gsize length = strlen (domain);
  const char *last_dot = strrchr (domain, '.');

  if (last_dot == NULL || length > DOMAIN_MAX_BYTES)
    return N_("The name of a mail server must follow the @, such as example.org");

  for (gsize i = 0; i <= length; i++)
    {
      char c = domain[i];

      if (c == '.' || c == '\0')
        {
          if (label == 0 || label > DOMAIN_LABEL_MAX_BYTES || domain[i - 1] == '-')
            return N_("The name of a mail server must follow the @, such as example.org");
          label = 0;
        }
      else if (g_ascii_isalnum (c) || (c == '-' && label > 0))
        {
          label++;
        }
      else
        {
          return N_("The name of a mail server must follow the @, such as example.org");
        }
    }

  /* An address in digits is no name. */
  return g_ascii_isalpha (last_dot[1]) ? NULL : N_("The name of a mail server must follow the @, such as example.org");
}

static gboolean
email_normalise (const CptField  *field,
                 CptValue        *value,
                 char           **message)
{
  const char *at = strrchr (value->text, '@');
  g_autofree char *ascii = NULL;
  const char *fault;

  if (at == NULL)
    return cpt_kind_refuse (message, g_strdup (_("An e-mail address has an @, as in name@example.org")));
  if (strlen (value->text) > 4 * EMAIL_MAX_BYTES)
    return cpt_kind_refuse (message, g_strdup (_("At most 254 characters fit into an e-mail address")));

  fault = find_fault_in_local (value->text, (gsize) (at - value->text));
  if (fault == NULL && g_str_is_ascii (at))
    {
      for (char *p = value->text + (at - value->text); *p != '\0'; p++)
        *p = g_ascii_tolower (*p);
    }
  else if (fault == NULL)
    {
      ascii = g_utf8_validate (at, -1, NULL) ? g_hostname_to_ascii (at + 1) : NULL;
      if (ascii == NULL)
        return cpt_kind_refuse (message, g_strdup (_("The name of a mail server must follow the @, such as example.org")));
      cpt_value_take_text (value, g_strdup_printf ("%.*s@%s", (int) (at - value->text), value->text, ascii));
      at = strrchr (value->text, '@');
    }

  if (fault == NULL)
    fault = find_fault_in_domain (at + 1);
  if (fault == NULL && strlen (value->text) > EMAIL_MAX_BYTES)
    fault = N_("At most 254 characters fit into an e-mail address");
  if (fault != NULL)
    return cpt_kind_refuse (message, g_strdup (_(fault)));

  return TRUE;
}

/* "Zoë <zoe@example.org>" and "mailto:zoe@example.org" too */
static gboolean
email_parse (const CptField         *field,
             const char             *text,
             const CptParseOptions  *options,
             CptValue               *value,
             GError                **error)
{
  char *trimmed = cpt_kind_dup_trimmed (text);
  gsize length = strlen (trimmed);
  const char *open = strrchr (trimmed, '<');

  if (open != NULL && trimmed[length - 1] == '>')
    {
      memmove (trimmed, open + 1, (gsize) (trimmed + length - open));
      trimmed[strlen (trimmed) - 1] = '\0';
    }
  else if (g_ascii_strncasecmp (trimmed, "mailto:", 7) == 0)
    {
      memmove (trimmed, trimmed + 7, length - 6);
    }

  if (*trimmed == '\0' && length > 0)
    {
      g_free (trimmed);
      return cpt_kind_refuse_text (error, _("An e-mail address has an @, as in name@example.org"));
    }

  cpt_value_take_text (value, trimmed);

  return TRUE;
}

/* Domains of other scripts as people write them */
static char *
email_format_local (const CptField *field,
                    const CptValue *value,
                    GTimeZone      *zone)
{
  const char *at = strrchr (value->text, '@');
  g_autofree char *host = NULL;

  if (at == NULL || !g_hostname_is_ascii_encoded (at + 1))
    return g_strdup (value->text);

  host = g_hostname_to_unicode (at + 1);
  if (host == NULL)
    return g_strdup (value->text);

  return g_strdup_printf ("%.*s@%s", (int) (at - value->text), value->text, host);
}

const CptFieldType cpt_kind_email = {
  .name = "email",
  .label = N_("E-mail address"),
  .value_type = CPT_VALUE_TEXT,
  .sql_type = "TEXT",
  .operators = CPT_OPERATORS_TEXT,
  .aggregates = CPT_AGGREGATES_COUNT,
  .is_distinctive = TRUE,
  .normalise = email_normalise,
  .parse = email_parse,
  .format = cpt_kind_text_format,
  .format_local = email_format_local,
  .to_json = cpt_kind_text_to_json,
  .from_json = cpt_kind_text_from_json,
  .compare = cpt_kind_text_compare,
  .append_words = cpt_kind_text_append_words,
};

/* Phone */

static gboolean
is_e164 (const char *text)
{
  gsize digits;

  if (text[0] != '+' || text[1] < '1' || text[1] > '9')
    return FALSE;

  digits = strspn (text + 1, "0123456789");

  return text[digits + 1] == '\0' && digits >= 7 && digits <= 15;
}

static gboolean
phone_normalise (const CptField  *field,
                 CptValue        *value,
                 char           **message)
{
  g_autoptr(GError) error = NULL;
  char *e164;

  if (is_e164 (value->text))
    return TRUE;

  e164 = cpt_phone_normalise (value->text, NULL, &error);
  if (e164 == NULL)
    return cpt_kind_refuse (message, g_strdup (error->message));

  cpt_value_take_text (value, e164);

  return TRUE;
}

static gboolean
phone_parse (const CptField         *field,
             const char             *text,
             const CptParseOptions  *options,
             CptValue               *value,
             GError                **error)
{
  char *e164 = cpt_phone_normalise (text, options->country, error);

  if (e164 == NULL)
    return FALSE;

  cpt_value_take_text (value, e164);

  return TRUE;
}

/* The number says its own country; which one is at home here is France, as
 * for the names of countries and identifiers. */
static char *
phone_format_local (const CptField *field,
                    const CptValue *value,
                    GTimeZone      *zone)
{
  return cpt_phone_format (value->text, "FR");
}

/* In both ways in which people look for it */
static void
phone_append_words (const CptField *field,
                    const CptValue *value,
                    GString        *words)
{
  cpt_text_append_words (words, value->text);
  if (g_str_has_prefix (value->text, "+33"))
    g_string_append_printf (words, "0%s ", value->text + 3);
}

const CptFieldType cpt_kind_phone = {
  .name = "phone",
  .label = N_("Phone number"),
  .value_type = CPT_VALUE_TEXT,
  .sql_type = "TEXT",
  .operators = CPT_OPERATORS_TEXT,
  .aggregates = CPT_AGGREGATES_COUNT,
  .is_distinctive = TRUE,
  .normalise = phone_normalise,
  .parse = phone_parse,
  .format = cpt_kind_text_format,
  .format_local = phone_format_local,
  .to_json = cpt_kind_text_to_json,
  .from_json = cpt_kind_text_from_json,
  .compare = cpt_kind_text_compare,
  .append_words = phone_append_words,
};

/* URL */

/* Lower case up to the path: the rest may tell cases apart */
static void
lower_origin (char *url)
{
  char *p = strstr (url, "://");

  if (p == NULL)
    return;

  for (char *q = url; q < p; q++)
    *q = g_ascii_tolower (*q);
  for (p += 3; *p != '\0' && strchr ("/?#", *p) == NULL; p++)
    *p = g_ascii_tolower (*p);
}

static gboolean
url_normalise (const CptField  *field,
               CptValue        *value,
               char           **message)
{
  g_autoptr(GUri) uri = NULL;
  const char *scheme;

  if (!cpt_kind_clean_text (value, FALSE, cpt_kind_get_max_chars (field, CPT_URL_MAX_CHARS), message))
    return FALSE;
  if (cpt_value_is_null (value))
    return TRUE;

  uri = strpbrk (value->text, " \t\"<>\\^`{|}") != NULL ? NULL : g_uri_parse (value->text, G_URI_FLAGS_ENCODED, NULL);
  if (uri == NULL)
    return cpt_kind_refuse (message, g_strdup (_("This is not a web address, such as https://example.org")));

  scheme = g_uri_get_scheme (uri);
  if ((g_ascii_strcasecmp (scheme, "https") != 0 && g_ascii_strcasecmp (scheme, "http") != 0) ||
      g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return cpt_kind_refuse (message, g_strdup (_("A web address begins with https:// or http://")));
  if (g_uri_get_userinfo (uri) != NULL)
    return cpt_kind_refuse (message, g_strdup (_("Leave the user name and the password out of the web address")));

  lower_origin (value->text);

  return TRUE;
}

static gboolean
url_parse (const CptField         *field,
           const char             *text,
           const CptParseOptions  *options,
           CptValue               *value,
           GError                **error)
{
  char *trimmed = cpt_kind_dup_trimmed (text);

  /* As people write it: no scheme; "example.org:8080" has none either. */
  if (strstr (trimmed, "://") == NULL && strchr (trimmed, '.') != NULL &&
      (strchr (trimmed, ':') == NULL || g_ascii_isdigit (strchr (trimmed, ':')[1])))
    {
      cpt_value_take_text (value, g_strconcat ("https://", trimmed, NULL));
      g_free (trimmed);
    }
  else
    {
      cpt_value_take_text (value, trimmed);
    }

  return TRUE;
}

const CptFieldType cpt_kind_url = {
  .name = "url",
  .label = N_("Web address"),
  .value_type = CPT_VALUE_TEXT,
  .sql_type = "TEXT",
  .operators = CPT_OPERATORS_TEXT,
  .aggregates = CPT_AGGREGATES_COUNT,
  .is_distinctive = TRUE,
  .normalise = url_normalise,
  .parse = url_parse,
  .format = cpt_kind_text_format,
  .format_local = cpt_kind_text_format_local,
  .to_json = cpt_kind_text_to_json,
  .from_json = cpt_kind_text_from_json,
  .compare = cpt_kind_text_compare,
  .append_words = cpt_kind_text_append_words,
};

/* Country */

static int
compare_codes (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
is_country (const char *code)
{
  static gsize n_codes;
  const char *const *codes = cpt_country_get_codes ();

  if (g_once_init_enter (&n_codes))
    g_once_init_leave (&n_codes, g_strv_length ((char **) codes));

  return bsearch (&code, codes, n_codes, sizeof *codes, compare_codes) != NULL;
}

static gboolean
country_normalise (const CptField  *field,
                   CptValue        *value,
                   char           **message)
{
  for (char *p = value->text; *p != '\0'; p++)
    *p = g_ascii_toupper (*p);

  if (!is_country (value->text))
    return cpt_kind_refuse (message, g_strdup (_("This is not the code of a country in ISO 3166-1, such as FR")));

  return TRUE;
}

static gboolean
country_parse (const CptField         *field,
               const char             *text,
               const CptParseOptions  *options,
               CptValue               *value,
               GError                **error)
{
  g_autofree char *trimmed = cpt_kind_dup_trimmed (text);
  g_autofree char *shown = NULL;
  const char *code;
  const char *guess;

  if (is_country (trimmed))
    {
      cpt_value_take_text (value, g_steal_pointer (&trimmed));
      return TRUE;
    }

  code = cpt_country_find (trimmed);
  if (code != NULL)
    {
      cpt_value_set_text (value, code);
      return TRUE;
    }

  shown = cpt_text_shorten (trimmed, 60);
  guess = cpt_country_guess (trimmed);
  if (guess != NULL)
    g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("No country is called “%s”; did you mean %s?"),
                 shown, cpt_country_get_name (guess));
  else
    g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("No country is called “%s”"), shown);

  return FALSE;
}

static char *
country_format_local (const CptField *field,
                      const CptValue *value,
                      GTimeZone      *zone)
{
  const char *name = cpt_country_get_name (value->text);

  return g_strdup (name == NULL ? value->text : name);
}

const CptFieldType cpt_kind_country = {
  .name = "country",
  .label = N_("Country"),
  .value_type = CPT_VALUE_TEXT,
  .sql_type = "TEXT",
  .operators = CPT_OPERATORS_CHOICE,
  .aggregates = CPT_AGGREGATES_COUNT,
  .is_distinctive = TRUE,
  .normalise = country_normalise,
  .parse = country_parse,
  .format = cpt_kind_text_format,
  .format_local = country_format_local,
  .to_json = cpt_kind_text_to_json,
  .from_json = cpt_kind_text_from_json,
  .compare = cpt_kind_text_compare,
};
