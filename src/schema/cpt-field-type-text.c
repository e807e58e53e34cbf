/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Kinds whose value is one text: text, long text, identifiers and rules of
 * recurrence, with the text functions that other families share. */

#include "config.h"

#include "cpt-field-type-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-identifier.h"
#include "cpt-recurrence.h"
#include "cpt-text.h"

JsonNode *
cpt_kind_text_to_json (const CptField *field,
                       const CptValue *value)
{
  return json_node_init_string (json_node_alloc (), value->text);
}

gboolean
cpt_kind_text_from_json (const CptField  *field,
                         JsonNode        *node,
                         CptValue        *value,
                         GError         **error)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return cpt_kind_refuse_json (field, _("a text"), error);

  cpt_value_set_text (value, json_node_get_string (node));

  return TRUE;
}

char *
cpt_kind_text_format (const CptField *field,
                      const CptValue *value)
{
  return g_strdup (value->text);
}

char *
cpt_kind_text_format_local (const CptField *field,
                            const CptValue *value,
                            GTimeZone      *zone)
{
  return g_strdup (value->text);
}

int
cpt_kind_text_compare (const CptField *field,
                       const CptValue *a,
                       const CptValue *b)
{
  return strcmp (a->text, b->text);
}

void
cpt_kind_text_append_words (const CptField *field,
                            const CptValue *value,
                            GString        *words)
{
  cpt_text_append_words (words, value->text);
}

/* Text and long text */

static int
collate (const CptField *field,
         const CptValue *a,
         const CptValue *b)
{
  return cpt_text_collate (a->text, (gssize) strlen (a->text), b->text, (gssize) strlen (b->text));
}

static gboolean
text_normalise (const CptField  *field,
                CptValue        *value,
                char           **message)
{
  return cpt_kind_clean_text (value, FALSE, cpt_kind_get_max_chars (field, CPT_TEXT_MAX_CHARS), message);
}

static gboolean
long_text_normalise (const CptField  *field,
                     CptValue        *value,
                     char           **message)
{
  return cpt_kind_clean_text (value, TRUE, cpt_kind_get_max_chars (field, CPT_LONG_TEXT_MAX_CHARS), message);
}

static gboolean
text_parse (const CptField         *field,
            const char             *text,
            const CptParseOptions  *options,
            CptValue               *value,
            GError                **error)
{
  cpt_value_set_text (value, text);

  return TRUE;
}

const CptFieldType cpt_kind_text = {
  .name = "text",
  .label = N_("Text"),
  .value_type = CPT_VALUE_TEXT,
  .sql_type = "TEXT",
  .operators = CPT_OPERATORS_TEXT,
  .aggregates = CPT_AGGREGATES_COUNT,
  .is_distinctive = TRUE,
  .normalise = text_normalise,
  .parse = text_parse,
  .format = cpt_kind_text_format,
  .format_local = cpt_kind_text_format_local,
  .to_json = cpt_kind_text_to_json,
  .from_json = cpt_kind_text_from_json,
  .compare = collate,
  .append_words = cpt_kind_text_append_words,
};

const CptFieldType cpt_kind_long_text = {
  .name = "long-text",
  .label = N_("Long text"),
  .value_type = CPT_VALUE_TEXT,
  .sql_type = "TEXT",
  .operators = CPT_OPERATORS_WORDS | CPT_OPERATORS_EMPTY,
  .aggregates = CPT_AGGREGATES_COUNT,
  .normalise = long_text_normalise,
  .parse = text_parse,
  .format = cpt_kind_text_format,
  .format_local = cpt_kind_text_format_local,
  .to_json = cpt_kind_text_to_json,
  .from_json = cpt_kind_text_from_json,
  .compare = collate,
  .append_words = cpt_kind_text_append_words,
};

/* Identifiers */

static gboolean
identifier_normalise (const CptField  *field,
                      CptValue        *value,
                      char           **message)
{
  g_autoptr(GError) error = NULL;
  char *normal = cpt_identifier_normalise (field->scheme, value->text, &error);

  if (normal == NULL)
    return cpt_kind_refuse (message, g_strdup (error->message));

  cpt_value_take_text (value, normal);

  return TRUE;
}

static gboolean
identifier_parse (const CptField         *field,
                  const char             *text,
                  const CptParseOptions  *options,
                  CptValue               *value,
                  GError                **error)
{
  char *normal = cpt_identifier_normalise (field->scheme, text, error);

  if (normal == NULL)
    return FALSE;

  cpt_value_take_text (value, normal);

  return TRUE;
}

static char *
identifier_format_local (const CptField *field,
                         const CptValue *value,
                         GTimeZone      *zone)
{
  return cpt_identifier_format (field->scheme, value->text);
}

const CptFieldType cpt_kind_identifier = {
  .name = "identifier",
  .label = N_("Identifier"),
  .value_type = CPT_VALUE_TEXT,
  .sql_type = "TEXT",
  .operators = CPT_OPERATORS_TEXT,
  .aggregates = CPT_AGGREGATES_COUNT,
  .is_distinctive = TRUE,
  .normalise = identifier_normalise,
  .parse = identifier_parse,
  .format = cpt_kind_text_format,
  .format_local = identifier_format_local,
  .to_json = cpt_kind_text_to_json,
  .from_json = cpt_kind_text_from_json,
  .compare = cpt_kind_text_compare,
  .append_words = cpt_kind_text_append_words,
};

/* Rules of recurrence */

static gboolean
recurrence_parse (const CptField         *field,
                  const char             *text,
                  const CptParseOptions  *options,
                  CptValue               *value,
                  GError                **error)
{
  g_autoptr(CptRecurrence) rule = cpt_recurrence_parse (text, error);

  if (rule == NULL)
    return FALSE;

  cpt_value_set_text (value, cpt_recurrence_get_text (rule));

  return TRUE;
}

static gboolean
recurrence_normalise (const CptField  *field,
                      CptValue        *value,
                      char           **message)
{
  g_autoptr(GError) error = NULL;

  if (!recurrence_parse (field, value->text, NULL, value, &error))
    return cpt_kind_refuse (message, g_strdup (error->message));

  return TRUE;
}

static char *
recurrence_format_local (const CptField *field,
                         const CptValue *value,
                         GTimeZone      *zone)
{
  g_autoptr(CptRecurrence) rule = cpt_recurrence_parse (value->text, NULL);

  return rule != NULL ? cpt_recurrence_format_local (rule) : g_strdup (value->text);
}

const CptFieldType cpt_kind_recurrence = {
  .name = "recurrence",
  .label = N_("Recurrence"),
  .value_type = CPT_VALUE_TEXT,
  .sql_type = "TEXT",
  .operators = CPT_OPERATORS_EMPTY,
  .aggregates = CPT_AGGREGATES_COUNT,
  .normalise = recurrence_normalise,
  .parse = recurrence_parse,
  .format = cpt_kind_text_format,
  .format_local = recurrence_format_local,
  .to_json = cpt_kind_text_to_json,
  .from_json = cpt_kind_text_from_json,
  .compare = cpt_kind_text_compare,
};
