/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Kinds whose value is the canonical text of a JSON value: address, JSON,
 * attachment. Equal values are equal texts. */

#include "config.h"

#include "cpt-field-type-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-country.h"
#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-text.h"

/* 2^53 - 1: exact in every reader of JSON */
#define MAX_SIZE G_GINT64_CONSTANT (9007199254740991)
#define ADDRESS_MEMBER_MAX_CHARS 200

static void
take_canonical (CptValue *value,
                JsonNode *node)
{
  cpt_value_take_text (value, cpt_json_format_canonical (node));
}

static JsonNode *
structured_to_json (const CptField *field,
                    const CptValue *value)
{
  JsonNode *node = cpt_json_parse (value->text, -1, NULL);

  return node == NULL ? json_node_new (JSON_NODE_NULL) : node;
}

static gboolean
structured_from_json (const CptField  *field,
                      JsonNode        *node,
                      CptValue        *value,
                      GError         **error)
{
  take_canonical (value, node);

  return TRUE;
}

static gboolean
structured_parse (const CptField         *field,
                  const char             *text,
                  const CptParseOptions  *options,
                  CptValue               *value,
                  GError                **error)
{
  g_autoptr(JsonNode) node = cpt_json_parse (text, -1, error);

  if (node == NULL)
    return FALSE;

  if (!JSON_NODE_HOLDS_NULL (node))
    take_canonical (value, node);

  return TRUE;
}

/* JSON */

static gboolean
json_normalise (const CptField  *field,
                CptValue        *value,
                char           **message)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = NULL;

  if (strlen (value->text) > CPT_JSON_VALUE_MAX_BYTES)
    return cpt_kind_refuse (message, g_strdup (_("This is too long: at most 4 MB fit")));

  node = cpt_json_parse (value->text, -1, &error);
  if (node == NULL)
    return cpt_kind_refuse (message, g_strdup (error->message));

  if (JSON_NODE_HOLDS_NULL (node))
    cpt_value_clear (value);
  else
    take_canonical (value, node);

  return TRUE;
}

const CptFieldType cpt_kind_json = {
  .name = "json",
  .label = N_("Structured data"),
  .value_type = CPT_VALUE_TEXT,
  .sql_type = "TEXT",
  .operators = CPT_OPERATORS_EMPTY,
  .aggregates = 1u << CPT_AGGREGATE_COUNT,
  .normalise = json_normalise,
  .parse = structured_parse,
  .format = cpt_kind_text_format,
  .format_local = cpt_kind_text_format_local,
  .to_json = structured_to_json,
  .from_json = structured_from_json,
  .compare = cpt_kind_text_compare,
};

/* Address */

static const char *const address_members[] = {
  "street",
  "complement",
  "postcode",
  "city",
  "region",
  "country",
};

/* Keeps members that are not known here as they are: a newer version may. */
static gboolean
clean_address_member (JsonObject  *object,
                      const char  *member,
                      char       **message)
{
  JsonNode *node = json_object_get_member (object, member);
  g_auto(CptValue) text = CPT_VALUE_INIT;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_NULL (node) &&
      (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING))
    return cpt_kind_refuse (message, g_strdup_printf (_("“%s” of an address must be a text"), member));

  cpt_value_set_text (&text, JSON_NODE_HOLDS_NULL (node) ? NULL : json_node_get_string (node));
  if (!cpt_value_is_null (&text) &&
      !cpt_kind_clean_text (&text, FALSE, ADDRESS_MEMBER_MAX_CHARS, message))
    return FALSE;

  if (!cpt_value_is_null (&text) && strcmp (member, "country") == 0)
    {
      const char *code = cpt_country_find (text.text);

      if (code == NULL)
        return cpt_kind_refuse (message, g_strdup (_("The country of the address is not known: write its code, such as FR")));
      cpt_value_set_text (&text, code);
    }

  if (cpt_value_is_null (&text))
    json_object_remove_member (object, member);
  else
    json_object_set_string_member (object, member, text.text);

  return TRUE;
}

static gboolean
address_normalise (const CptField  *field,
                   CptValue        *value,
                   char           **message)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = NULL;
  JsonObject *object;

  if (strlen (value->text) > CPT_ADDRESS_MAX_BYTES)
    return cpt_kind_refuse (message, g_strdup (_("This address is too long")));

  node = cpt_json_parse (value->text, -1, &error);
  if (node == NULL)
    return cpt_kind_refuse (message, g_strdup (error->message));
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return cpt_kind_refuse (message, g_strdup (_("An address must be an object with members such as \"street\" and \"city\"")));

  object = json_node_get_object (node);
  for (guint i = 0; i < G_N_ELEMENTS (address_members); i++)
    if (!clean_address_member (object, address_members[i], message))
      return FALSE;

  if (json_object_get_size (object) == 0)
    cpt_value_clear (value);
  else
    take_canonical (value, node);

  return TRUE;
}

/* "75001 Paris": five digits, a blank, the rest (France and most neighbours) */
static gboolean
take_postcode_and_city (JsonObject *address,
                        const char *line)
{
  gsize digits = strspn (line, "0123456789");
  g_autofree char *postcode = NULL;

  if (digits < 4 || digits > 5 || line[digits] != ' ')
    return FALSE;

  postcode = g_strndup (line, digits);
  json_object_set_string_member (address, "postcode", postcode);
  json_object_set_string_member (address, "city", line + digits + 1);

  return TRUE;
}

/* Lines as on an envelope: street, complements, postcode and city, country.
 * What can't be told apart is street and complement: nothing is lost. */
static void
read_address_lines (JsonObject  *address,
                    char       **lines)
{
  guint length = g_strv_length (lines);
  const char *country = length > 1 ? cpt_country_find (lines[length - 1]) : NULL;
  g_autoptr(GString) complement = g_string_new (NULL);
  gboolean has_city = FALSE;

  if (country != NULL)
    {
      json_object_set_string_member (address, "country", country);
      length--;
    }

  for (guint i = 0; i < length; i++)
    {
      if (!has_city && take_postcode_and_city (address, lines[i]))
        has_city = TRUE;
      else if (i == 0)
        json_object_set_string_member (address, "street", lines[i]);
      else
        g_string_append_printf (complement, "%s%s", complement->len > 0 ? ", " : "", lines[i]);
    }

  if (complement->len > 0)
    json_object_set_string_member (address, "complement", complement->str);
}

static gboolean
address_parse (const CptField         *field,
               const char             *text,
               const CptParseOptions  *options,
               CptValue               *value,
               GError                **error)
{
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(JsonObject) address = NULL;
  g_autoptr(GStrvBuilder) builder = NULL;
  g_autofree char *clean = NULL;
  g_auto(GStrv) parts = NULL;
  g_auto(GStrv) lines = NULL;

  if (*text == '{')
    return structured_parse (field, text, options, value, error);
  if (strlen (text) > CPT_ADDRESS_MAX_BYTES)
    return cpt_kind_refuse_text (error, _("This address is too long"));

  clean = cpt_text_clean (text, TRUE);
  parts = g_strsplit_set (clean, ",\n", -1);
  builder = g_strv_builder_new ();
  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_strv_builder_add (builder, parts[i]);
  lines = g_strv_builder_end (builder);
  if (lines[0] == NULL)
    return TRUE;

  address = json_object_new ();
  read_address_lines (address, lines);
  node = json_node_init_object (json_node_alloc (), address);
  take_canonical (value, node);

  return TRUE;
}

static const char *
get_member (JsonObject *object,
            const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

static void
append_line (GString    *lines,
             const char *line)
{
  if (line == NULL || *line == '\0')
    return;

  if (lines->len > 0)
    g_string_append_c (lines, '\n');
  g_string_append (lines, line);
}

/* As on an envelope, with lines */
static char *
address_format_local (const CptField *field,
                      const CptValue *value,
                      GTimeZone      *zone)
{
  g_autoptr(JsonNode) node = cpt_json_parse (value->text, -1, NULL);
  g_autoptr(GString) lines = g_string_new (NULL);
  JsonObject *object;
  const char *postcode;
  const char *city;
  const char *country;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return g_strdup (value->text);

  object = json_node_get_object (node);
  append_line (lines, get_member (object, "street"));
  append_line (lines, get_member (object, "complement"));

  postcode = get_member (object, "postcode");
  city = get_member (object, "city");
  if (postcode != NULL && city != NULL)
    {
      g_autofree char *both = g_strdup_printf ("%s %s", postcode, city);

      append_line (lines, both);
    }
  else
    {
      append_line (lines, postcode == NULL ? city : postcode);
    }

  append_line (lines, get_member (object, "region"));
  country = get_member (object, "country");
  if (country != NULL && cpt_country_get_name (country) != NULL)
    country = cpt_country_get_name (country);
  append_line (lines, country);

  return g_strdup (lines->str);
}

static void
address_append_words (const CptField *field,
                      const CptValue *value,
                      GString        *words)
{
  g_autoptr(JsonNode) node = cpt_json_parse (value->text, -1, NULL);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (address_members); i++)
    {
      const char *text = get_member (json_node_get_object (node), address_members[i]);

      if (text != NULL)
        cpt_text_append_words (words, text);
    }
}

const CptFieldType cpt_kind_address = {
  .name = "address",
  .label = N_("Postal address"),
  .value_type = CPT_VALUE_TEXT,
  .sql_type = "TEXT",
  .operators = (1u << CPT_OPERATOR_CONTAINS) | (1u << CPT_OPERATOR_NOT_CONTAINS) | CPT_OPERATORS_EMPTY,
  .aggregates = CPT_AGGREGATES_COUNT,
  .normalise = address_normalise,
  .parse = address_parse,
  .format = cpt_kind_text_format,
  .format_local = address_format_local,
  .to_json = structured_to_json,
  .from_json = structured_from_json,
  .compare = cpt_kind_text_compare,
  .append_words = address_append_words,
};

/* Attachments */

static gboolean
is_sha256 (const char *text)
{
  return text != NULL && strlen (text) == 64 && text[strspn (text, "0123456789abcdef")] == '\0';
}

/* A name that is safe as a file name wherever it is saved */
static gboolean
is_file_name (const char *name)
{
  g_autofree char *clean = NULL;

  if (name == NULL || *name == '\0' || strpbrk (name, "/\\") != NULL || strlen (name) > 255 ||
      strcmp (name, ".") == 0 || strcmp (name, "..") == 0)
    return FALSE;

  clean = cpt_text_clean (name, FALSE);

  return strcmp (clean, name) == 0;
}

static gboolean
is_media_type (const char *type)
{
  const char *slash = type == NULL ? NULL : strchr (type, '/');

  return slash != NULL && slash != type && slash[1] != '\0' && strlen (type) <= 127 &&
         type[strspn (type, "abcdefghijklmnopqrstuvwxyz0123456789!#$&-^_.+/")] == '\0' &&
         strchr (slash + 1, '/') == NULL;
}

static gboolean
attachment_normalise (const CptField  *field,
                      CptValue        *value,
                      char           **message)
{
  g_autoptr(JsonNode) node = NULL;
  JsonObject *object;
  JsonNode *size;

  node = strlen (value->text) > CPT_ADDRESS_MAX_BYTES ? NULL : cpt_json_parse (value->text, -1, NULL);
  object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  size = object == NULL ? NULL : json_object_get_member (object, "size");

  if (size == NULL || !JSON_NODE_HOLDS_VALUE (size) || json_node_get_value_type (size) != G_TYPE_INT64 ||
      json_node_get_int (size) < 0 || json_node_get_int (size) > MAX_SIZE ||
      !is_file_name (get_member (object, "name")) || !is_media_type (get_member (object, "type")) ||
      !is_sha256 (get_member (object, "sha256")))
    return cpt_kind_refuse (message, g_strdup (_("A file needs a simple name, a media type, a size and a SHA-256 checksum")));

  take_canonical (value, node);

  return TRUE;
}

static char *
attachment_format_local (const CptField *field,
                         const CptValue *value,
                         GTimeZone      *zone)
{
  g_autoptr(JsonNode) node = cpt_json_parse (value->text, -1, NULL);
  const char *name = NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    name = get_member (json_node_get_object (node), "name");

  return g_strdup (name == NULL ? value->text : name);
}

static void
attachment_append_words (const CptField *field,
                         const CptValue *value,
                         GString        *words)
{
  g_autofree char *name = attachment_format_local (field, value, NULL);

  cpt_text_append_words (words, name);
}

const CptFieldType cpt_kind_attachment = {
  .name = "attachment",
  .label = N_("File"),
  .value_type = CPT_VALUE_TEXT,
  .sql_type = "TEXT",
  .operators = CPT_OPERATORS_EMPTY,
  .aggregates = 1u << CPT_AGGREGATE_COUNT,
  .normalise = attachment_normalise,
  .parse = structured_parse,
  .format = cpt_kind_text_format,
  .format_local = attachment_format_local,
  .to_json = structured_to_json,
  .from_json = structured_from_json,
  .compare = cpt_kind_text_compare,
  .append_words = attachment_append_words,
};
