/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Kinds of words out of a list: choice, multiple choice, and free tags. */

#include "config.h"

#include "cpt-field-type-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-text.h"

/* What stands between the members of a set in text */
#define SEPARATORS ",;\n"

/* By name, then by label in English or in the language of the session,
 * without regard to case and accents */
static const CptChoice *
match_choice (const CptField *field,
              const char     *text)
{
  const CptChoice *choice = cpt_field_find_choice (field, text);
  g_autofree char *wanted = NULL;

  if (choice != NULL || field->choices == NULL)
    return choice;

  /* Nearly always, and without a copy */
  for (choice = field->choices; choice->name != NULL; choice++)
    if (g_ascii_strcasecmp (choice->label, text) == 0 || g_ascii_strcasecmp (cpt_choice_get_label (choice), text) == 0)
      return choice;

  wanted = cpt_text_fold (text);
  g_strstrip (wanted);
  for (choice = field->choices; choice->name != NULL; choice++)
    {
      g_autofree char *label = cpt_text_fold (choice->label);
      g_autofree char *local = cpt_text_fold (cpt_choice_get_label (choice));

      if (strcmp (choice->name, wanted) == 0 || strcmp (label, wanted) == 0 || strcmp (local, wanted) == 0)
        return choice;
    }

  return NULL;
}

static char *
dup_unknown_choice (const char *text)
{
  g_autofree char *shown = cpt_text_shorten (text, 60);

  return g_strdup_printf (_("“%s” is not one of the choices"), shown);
}

static const char *
get_choice_label (const CptField *field,
                  const char     *name)
{
  const CptChoice *choice = cpt_field_find_choice (field, name);

  return choice == NULL ? name : cpt_choice_get_label (choice);
}

/* One choice */

static gboolean
choice_normalise (const CptField  *field,
                  CptValue        *value,
                  char           **message)
{
  if (cpt_field_find_choice (field, value->text) == NULL)
    return cpt_kind_refuse (message, dup_unknown_choice (value->text));

  return TRUE;
}

static gboolean
choice_parse (const CptField         *field,
              const char             *text,
              const CptParseOptions  *options,
              CptValue               *value,
              GError                **error)
{
  const CptChoice *choice = match_choice (field, text);

  if (choice == NULL)
    {
      g_autofree char *message = dup_unknown_choice (text);

      return cpt_kind_refuse_text (error, message);
    }

  cpt_value_set_text (value, choice->name);

  return TRUE;
}

static char *
choice_format_local (const CptField *field,
                     const CptValue *value,
                     GTimeZone      *zone)
{
  return g_strdup (get_choice_label (field, value->text));
}

const CptFieldType cpt_kind_choice = {
  .name = "choice",
  .label = N_("Choice"),
  .value_type = CPT_VALUE_TEXT,
  .sql_type = "TEXT",
  .operators = CPT_OPERATORS_CHOICE,
  .aggregates = CPT_AGGREGATES_COUNT,
  .is_distinctive = TRUE,
  .normalise = choice_normalise,
  .parse = choice_parse,
  .format = cpt_kind_text_format,
  .format_local = choice_format_local,
  .to_json = cpt_kind_text_to_json,
  .from_json = cpt_kind_text_from_json,
  .compare = cpt_kind_text_compare,
};

/* Sets of texts */

static gboolean
check_set_size (guint   length,
                char  **message)
{
  if (length > CPT_SET_MAX_ITEMS)
    return cpt_kind_refuse (message, g_strdup_printf (ngettext ("At most %d item fits",
                                                                "At most %d items fit", CPT_SET_MAX_ITEMS),
                                                      CPT_SET_MAX_ITEMS));

  return TRUE;
}

static char *
set_format (const CptField *field,
            const CptValue *value)
{
  return g_strjoinv (";", value->texts);
}

static JsonNode *
set_to_json (const CptField *field,
             const CptValue *value)
{
  g_autoptr(JsonArray) array = json_array_sized_new (g_strv_length (value->texts));

  for (guint i = 0; value->texts[i] != NULL; i++)
    json_array_add_string_element (array, value->texts[i]);

  return json_node_init_array (json_node_alloc (), array);
}

static gboolean
set_from_json (const CptField  *field,
               JsonNode        *node,
               CptValue        *value,
               GError         **error)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint length = array == NULL ? 0 : json_array_get_length (array);
  g_autofree char *message = NULL;

  if (array == NULL)
    return cpt_kind_refuse_json (field, _("an array of texts"), error);
  if (!check_set_size (length, &message))
    return cpt_kind_refuse_text (error, message);

  for (guint i = 0; i < length; i++)
    {
      JsonNode *item = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (item) || json_node_get_value_type (item) != G_TYPE_STRING)
        return cpt_kind_refuse_json (field, _("an array of texts"), error);
      g_strv_builder_add (builder, json_node_get_string (item));
    }

  cpt_value_take_texts (value, g_strv_builder_end (builder));

  return TRUE;
}

/* As SQL compares the JSON arrays in which sets are stored: byte by byte, a
 * quotation mark behind each member */
static int
set_compare (const CptField *field,
             const CptValue *a,
             const CptValue *b)
{
  g_autoptr(JsonNode) node_a = set_to_json (field, a);
  g_autoptr(JsonNode) node_b = set_to_json (field, b);
  g_autofree char *text_a = json_to_string (node_a, FALSE);
  g_autofree char *text_b = json_to_string (node_b, FALSE);

  return strcmp (text_a, text_b);
}

/* Several choices */

static gboolean
multi_choice_normalise (const CptField  *field,
                        CptValue        *value,
                        char           **message)
{
  for (guint i = 0; value->texts[i] != NULL; i++)
    if (cpt_field_find_choice (field, value->texts[i]) == NULL)
      return cpt_kind_refuse (message, dup_unknown_choice (value->texts[i]));

  return check_set_size (g_strv_length (value->texts), message);
}

static gboolean
multi_choice_parse (const CptField         *field,
                    const char             *text,
                    const CptParseOptions  *options,
                    CptValue               *value,
                    GError                **error)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  const CptChoice *whole = match_choice (field, text);
  g_auto(GStrv) parts = NULL;

  /* A label may have a comma in it. */
  if (whole != NULL)
    {
      g_strv_builder_add (builder, whole->name);
      cpt_value_take_texts (value, g_strv_builder_end (builder));
      return TRUE;
    }

  parts = g_strsplit_set (text, strchr (text, ';') != NULL ? ";\n" : SEPARATORS, -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      const CptChoice *choice;

      g_strstrip (parts[i]);
      if (*parts[i] == '\0')
        continue;

      choice = match_choice (field, parts[i]);
      if (choice == NULL)
        {
          g_autofree char *message = dup_unknown_choice (parts[i]);

          return cpt_kind_refuse_text (error, message);
        }
      g_strv_builder_add (builder, choice->name);
    }

  cpt_value_take_texts (value, g_strv_builder_end (builder));

  return TRUE;
}

static char *
multi_choice_format_local (const CptField *field,
                           const CptValue *value,
                           GTimeZone      *zone)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) labels = NULL;

  /* In the order of the declaration, which means something to people */
  for (const CptChoice *choice = field->choices; choice != NULL && choice->name != NULL; choice++)
    if (g_strv_contains ((const char *const *) value->texts, choice->name))
      g_strv_builder_add (builder, cpt_choice_get_label (choice));
  for (guint i = 0; value->texts[i] != NULL; i++)
    if (cpt_field_find_choice (field, value->texts[i]) == NULL)
      g_strv_builder_add (builder, value->texts[i]);

  labels = g_strv_builder_end (builder);

  return g_strjoinv (", ", labels);
}

const CptFieldType cpt_kind_multi_choice = {
  .name = "multi-choice",
  .label = N_("Several choices"),
  .value_type = CPT_VALUE_TEXTS,
  .sql_type = "TEXT",
  .operators = CPT_OPERATORS_SET,
  .aggregates = 1u << CPT_AGGREGATE_COUNT,
  .normalise = multi_choice_normalise,
  .parse = multi_choice_parse,
  .format = set_format,
  .format_local = multi_choice_format_local,
  .to_json = set_to_json,
  .from_json = set_from_json,
  .compare = set_compare,
};

/* Tags */

static gboolean
are_clean_tags (char  **tags,
                gsize   max_chars)
{
  guint n = 0;
  gsize length;

  for (; tags[n] != NULL; n++)
    if (!cpt_kind_text_is_plain (tags[n], FALSE, &length) || length > max_chars || strpbrk (tags[n], SEPARATORS) != NULL)
      return FALSE;

  return n <= CPT_SET_MAX_ITEMS;
}

/* Splits at separators, so that a set reads back from text as it was */
static gboolean
tags_normalise (const CptField  *field,
                CptValue        *value,
                char           **message)
{
  g_autoptr(GStrvBuilder) builder = NULL;
  gsize max_chars = cpt_kind_get_max_chars (field, CPT_TAG_MAX_CHARS);

  if (are_clean_tags (value->texts, max_chars))
    return TRUE;

  builder = g_strv_builder_new ();
  for (guint i = 0; value->texts[i] != NULL; i++)
    {
      g_auto(GStrv) parts = g_strsplit_set (value->texts[i], SEPARATORS, CPT_SET_MAX_ITEMS + 1);

      for (guint j = 0; parts[j] != NULL; j++)
        {
          g_auto(CptValue) tag = CPT_VALUE_INIT;

          cpt_value_set_text (&tag, parts[j]);
          if (cpt_value_is_null (&tag))
            continue;
          if (!cpt_kind_clean_text (&tag, FALSE, max_chars, message))
            return FALSE;
          if (!cpt_value_is_null (&tag))
            g_strv_builder_add (builder, tag.text);
        }
    }

  cpt_value_take_texts (value, g_strv_builder_end (builder));

  return cpt_value_is_null (value) || check_set_size (g_strv_length (value->texts), message);
}

static gboolean
tags_parse (const CptField         *field,
            const char             *text,
            const CptParseOptions  *options,
            CptValue               *value,
            GError                **error)
{
  cpt_value_take_texts (value, g_strsplit_set (text, SEPARATORS, -1));

  return TRUE;
}

static char *
tags_format_local (const CptField *field,
                   const CptValue *value,
                   GTimeZone      *zone)
{
  return g_strjoinv (", ", value->texts);
}

static void
tags_append_words (const CptField *field,
                   const CptValue *value,
                   GString        *words)
{
  for (guint i = 0; value->texts[i] != NULL; i++)
    cpt_text_append_words (words, value->texts[i]);
}

const CptFieldType cpt_kind_tags = {
  .name = "tags",
  .label = N_("Tags"),
  .value_type = CPT_VALUE_TEXTS,
  .sql_type = "TEXT",
  .operators = CPT_OPERATORS_SET,
  .aggregates = 1u << CPT_AGGREGATE_COUNT,
  .normalise = tags_normalise,
  .parse = tags_parse,
  .format = set_format,
  .format_local = tags_format_local,
  .to_json = set_to_json,
  .from_json = set_from_json,
  .compare = set_compare,
  .append_words = tags_append_words,
};
