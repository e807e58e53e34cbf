/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of kinds, and the null-safe entrances to it.
 *
 * A kind's functions never see a null value, but normalise() may leave one
 * (a text of blanks only). What parse() and from_json() give back has been
 * normalised: it can be stored as it is, and normalising it again changes
 * nothing. On failure the value is as it was. */

#include "config.h"

#include "cpt-field-type-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-text.h"

static const CptFieldType *const types[] = {
  [CPT_FIELD_TEXT] = &cpt_kind_text,
  [CPT_FIELD_LONG_TEXT] = &cpt_kind_long_text,
  [CPT_FIELD_INTEGER] = &cpt_kind_integer,
  [CPT_FIELD_DECIMAL] = &cpt_kind_decimal,
  [CPT_FIELD_MONEY] = &cpt_kind_money,
  [CPT_FIELD_PERCENT] = &cpt_kind_percent,
  [CPT_FIELD_BOOLEAN] = &cpt_kind_boolean,
  [CPT_FIELD_DATE] = &cpt_kind_date,
  [CPT_FIELD_DATETIME] = &cpt_kind_datetime,
  [CPT_FIELD_DURATION] = &cpt_kind_duration,
  [CPT_FIELD_CHOICE] = &cpt_kind_choice,
  [CPT_FIELD_MULTI_CHOICE] = &cpt_kind_multi_choice,
  [CPT_FIELD_TAGS] = &cpt_kind_tags,
  [CPT_FIELD_LINK] = &cpt_kind_link,
  [CPT_FIELD_LINKS] = &cpt_kind_links,
  [CPT_FIELD_EMAIL] = &cpt_kind_email,
  [CPT_FIELD_PHONE] = &cpt_kind_phone,
  [CPT_FIELD_URL] = &cpt_kind_url,
  [CPT_FIELD_COUNTRY] = &cpt_kind_country,
  [CPT_FIELD_ADDRESS] = &cpt_kind_address,
  [CPT_FIELD_IDENTIFIER] = &cpt_kind_identifier,
  [CPT_FIELD_JSON] = &cpt_kind_json,
  [CPT_FIELD_ATTACHMENT] = &cpt_kind_attachment,
  [CPT_FIELD_RECURRENCE] = &cpt_kind_recurrence,
};

G_STATIC_ASSERT (G_N_ELEMENTS (types) == CPT_N_FIELD_KINDS);

const CptFieldType *
cpt_field_type_get (CptFieldKind kind)
{
  g_return_val_if_fail ((guint) kind < CPT_N_FIELD_KINDS, NULL);

  return types[kind];
}

gboolean
cpt_field_kind_parse (const char   *name,
                      CptFieldKind *kind)
{
  if (name == NULL)
    return FALSE;

  for (guint i = 0; i < CPT_N_FIELD_KINDS; i++)
    if (strcmp (types[i]->name, name) == 0)
      {
        *kind = (CptFieldKind) i;
        return TRUE;
      }

  return FALSE;
}

/* What the families share */

gboolean
cpt_kind_refuse (char **message,
                 char  *text)
{
  if (message != NULL)
    *message = text;
  else
    g_free (text);

  return FALSE;
}

gboolean
cpt_kind_refuse_json (const CptField  *field,
                      const char      *expected,
                      GError         **error)
{
  /* Translators: the name of a field, then for example "a text" */
  g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("“%s” must be %s in JSON"), field->name, expected);

  return FALSE;
}

gboolean
cpt_kind_refuse_text (GError     **error,
                      const char  *message)
{
  g_set_error_literal (error, CPT_ERROR, CPT_ERROR_PARSE, message);

  return FALSE;
}

/* Of the Latin letters with accents, U+00C0 to U+024F in two bytes, none has
 * to be composed or left out. */
static gboolean
is_accented (const char *p)
{
  guchar first = (guchar) p[0];
  guchar second = (guchar) p[1];

  return first >= 0xc3 && first <= (second <= 0x8f ? 0xc9 : 0xc8) && second >= 0x80 && second <= 0xbf;
}

gboolean
cpt_kind_text_is_plain (const char *text,
                        gboolean    multiline,
                        gsize      *length)
{
  const char *p = text;

  if (*p == ' ')
    return FALSE;

  for (; *p != '\0'; p++)
    {
      guchar c = (guchar) *p;

      if (c >= 0x20 && c < 0x7f)
        continue;
      if (is_accented (p))
        {
          p++;
          continue;
        }
      if (!multiline || (c != '\n' && c != '\t') || p == text)
        return FALSE;
    }

  if (p > text && (p[-1] == ' ' || p[-1] == '\n' || p[-1] == '\t'))
    return FALSE;

  *length = (gsize) (p - text);

  return TRUE;
}

gboolean
cpt_kind_clean_text (CptValue  *value,
                     gboolean   multiline,
                     gsize      max_chars,
                     char     **message)
{
  gsize length;

  if (!cpt_kind_text_is_plain (value->text, multiline, &length))
    {
      cpt_value_take_text (value, cpt_text_clean (value->text, multiline));
      if (cpt_value_is_null (value))
        return TRUE;
      length = strlen (value->text);
    }

  if (length > max_chars)
    length = (gsize) g_utf8_strlen (value->text, -1);
  if (length > max_chars)
    return cpt_kind_refuse (message, g_strdup_printf (ngettext ("This is too long: at most %lu character fits",
                                                                "This is too long: at most %lu characters fit", max_chars),
                                                      (gulong) max_chars));

  return TRUE;
}

gsize
cpt_kind_get_max_chars (const CptField *field,
                        gsize           limit)
{
  return field->max_length > 0 && field->max_length < limit ? field->max_length : limit;
}

char *
cpt_kind_dup_trimmed (const char *text)
{
  gsize length;

  return cpt_kind_text_is_plain (text, FALSE, &length) ? g_strndup (text, length) : cpt_text_clean (text, FALSE);
}

gboolean
cpt_kind_finish (const CptField  *field,
                 CptValue        *value,
                 GError         **error)
{
  g_autofree char *message = NULL;

  if (cpt_value_is_null (value) || types[field->kind]->normalise (field, value, &message))
    return TRUE;

  g_set_error_literal (error, CPT_ERROR, CPT_ERROR_INVALID, message);

  return FALSE;
}

/* The null-safe entrances */

gboolean
cpt_field_normalise (const CptField  *self,
                     CptValue        *value,
                     char           **message)
{
  const CptFieldType *type = types[self->kind];

  if (value->type == CPT_VALUE_NULL)
    return TRUE;

  if (value->type != type->value_type)
    return cpt_kind_refuse (message, g_strdup (_("This value does not fit this kind of field")));

  return type->normalise (self, value, message);
}

gboolean
cpt_field_parse (const CptField         *self,
                 const char             *text,
                 const CptParseOptions  *options,
                 CptValue               *value,
                 GError                **error)
{
  static const CptParseOptions machine = { .decimal = '.' };
  CptValue read = CPT_VALUE_INIT;

  while (text != NULL && g_ascii_isspace (*text))
    text++;

  if (text != NULL && *text != '\0' &&
      (!types[self->kind]->parse (self, text, options == NULL ? &machine : options, &read, error) ||
       !cpt_kind_finish (self, &read, error)))
    {
      cpt_value_clear (&read);
      return FALSE;
    }

  cpt_value_clear (value);
  *value = read;

  return TRUE;
}

char *
cpt_field_format (const CptField *self,
                  const CptValue *value)
{
  return cpt_value_is_null (value) ? g_strdup ("") : types[self->kind]->format (self, value);
}

char *
cpt_field_format_local (const CptField *self,
                        const CptValue *value,
                        GTimeZone      *zone)
{
  return cpt_value_is_null (value) ? g_strdup ("") : types[self->kind]->format_local (self, value, zone);
}

JsonNode *
cpt_field_to_json (const CptField *self,
                   const CptValue *value)
{
  return cpt_value_is_null (value) ? json_node_new (JSON_NODE_NULL) : types[self->kind]->to_json (self, value);
}

gboolean
cpt_field_from_json (const CptField  *self,
                     JsonNode        *node,
                     CptValue        *value,
                     GError         **error)
{
  CptValue read = CPT_VALUE_INIT;

  if (node != NULL && !JSON_NODE_HOLDS_NULL (node) &&
      (!types[self->kind]->from_json (self, node, &read, error) ||
       !cpt_kind_finish (self, &read, error)))
    {
      cpt_value_clear (&read);
      return FALSE;
    }

  cpt_value_clear (value);
  *value = read;

  return TRUE;
}

int
cpt_field_compare (const CptField *self,
                   const CptValue *a,
                   const CptValue *b)
{
  if (cpt_value_is_null (a) || cpt_value_is_null (b))
    return (int) cpt_value_is_null (a) - (int) cpt_value_is_null (b);

  return types[self->kind]->compare (self, a, b);
}

void
cpt_field_append_words (const CptField *self,
                        const CptValue *value,
                        GString        *words)
{
  if (types[self->kind]->append_words != NULL && !cpt_value_is_null (value))
    types[self->kind]->append_words (self, value, words);
}

gboolean
cpt_field_has_operator (const CptField *self,
                        CptOperator     op)
{
  return (guint) op < CPT_N_OPERATORS && (types[self->kind]->operators & (1u << op)) != 0;
}
