/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Kinds that point to other records by identifier: one, or a set. Whether the
 * record exists is not asked here: parents may arrive after children. */

#include "config.h"

#include "cpt-field-type-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"

static gboolean
link_normalise (const CptField  *field,
                CptValue        *value,
                char           **message)
{
  if (cpt_uuid_is_nil (&value->id))
    cpt_value_clear (value);

  return TRUE;
}

static gboolean
refuse_identifier (GError **error)
{
  return cpt_kind_refuse_text (error, _("This is not the identifier of a record"));
}

static gboolean
link_parse (const CptField         *field,
            const char             *text,
            const CptParseOptions  *options,
            CptValue               *value,
            GError                **error)
{
  g_autofree char *trimmed = cpt_kind_dup_trimmed (text);
  CptUuid id;

  if (!cpt_uuid_parse (trimmed, &id))
    return refuse_identifier (error);

  cpt_value_set_id (value, &id);

  return TRUE;
}

static char *
link_format (const CptField *field,
             const CptValue *value)
{
  return cpt_uuid_dup_text (&value->id);
}

static char *
link_format_local (const CptField *field,
                   const CptValue *value,
                   GTimeZone      *zone)
{
  return cpt_uuid_dup_text (&value->id);
}

static JsonNode *
link_to_json (const CptField *field,
              const CptValue *value)
{
  char text[CPT_UUID_TEXT_SIZE];

  cpt_uuid_format (&value->id, text);

  return json_node_init_string (json_node_alloc (), text);
}

static gboolean
read_id_json (JsonNode *node,
              CptUuid  *id)
{
  const char *text = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

  return text != NULL && cpt_uuid_parse (text, id);
}

static gboolean
link_from_json (const CptField  *field,
                JsonNode        *node,
                CptValue        *value,
                GError         **error)
{
  CptUuid id;

  if (!read_id_json (node, &id))
    return cpt_kind_refuse_json (field, _("the identifier of a record"), error);

  cpt_value_set_id (value, &id);

  return TRUE;
}

static int
link_compare (const CptField *field,
              const CptValue *a,
              const CptValue *b)
{
  return cpt_uuid_compare (&a->id, &b->id);
}

const CptFieldType cpt_kind_link = {
  .name = "link",
  .label = N_("Link"),
  .value_type = CPT_VALUE_ID,
  .sql_type = "BLOB",
  .operators = CPT_OPERATORS_CHOICE,
  .aggregates = CPT_AGGREGATES_COUNT,
  .is_distinctive = TRUE,
  .normalise = link_normalise,
  .parse = link_parse,
  .format = link_format,
  .format_local = link_format_local,
  .to_json = link_to_json,
  .from_json = link_from_json,
  .compare = link_compare,
};

/* Sets of links */

static gboolean
links_normalise (const CptField  *field,
                 CptValue        *value,
                 char           **message)
{
  /* The nil identifier sorts first. */
  if (cpt_uuid_is_nil (&value->ids.items[0]))
    {
      CptValue old = cpt_value_steal (value);

      cpt_value_set_ids (value, old.ids.items + 1, old.ids.length - 1);
      cpt_value_clear (&old);
    }

  if (!cpt_value_is_null (value) && value->ids.length > CPT_SET_MAX_ITEMS)
    return cpt_kind_refuse (message, g_strdup_printf (ngettext ("At most %d item fits",
                                                                "At most %d items fit", CPT_SET_MAX_ITEMS),
                                                      CPT_SET_MAX_ITEMS));

  return TRUE;
}

static gboolean
links_parse (const CptField         *field,
             const char             *text,
             const CptParseOptions  *options,
             CptValue               *value,
             GError                **error)
{
  g_auto(GStrv) parts = g_strsplit_set (text, ";, \t\r\n", -1);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (CptUuid));

  for (guint i = 0; parts[i] != NULL; i++)
    {
      CptUuid id;

      if (*parts[i] == '\0')
        continue;
      if (!cpt_uuid_parse (parts[i], &id))
        return refuse_identifier (error);
      g_array_append_val (ids, id);
    }

  cpt_value_set_ids (value, (const CptUuid *) (gpointer) ids->data, ids->len);

  return TRUE;
}

static char *
join_ids (const CptValue *value,
          const char     *separator)
{
  GString *text = g_string_sized_new (value->ids.length * (CPT_UUID_TEXT_SIZE + 1));

  for (guint i = 0; i < value->ids.length; i++)
    {
      char id[CPT_UUID_TEXT_SIZE];

      if (i > 0)
        g_string_append (text, separator);
      cpt_uuid_format (&value->ids.items[i], id);
      g_string_append (text, id);
    }

  return g_string_free (text, FALSE);
}

static char *
links_format (const CptField *field,
              const CptValue *value)
{
  return join_ids (value, ";");
}

static char *
links_format_local (const CptField *field,
                    const CptValue *value,
                    GTimeZone      *zone)
{
  return join_ids (value, ", ");
}

static JsonNode *
links_to_json (const CptField *field,
               const CptValue *value)
{
  g_autoptr(JsonArray) array = json_array_sized_new (value->ids.length);

  for (guint i = 0; i < value->ids.length; i++)
    {
      char id[CPT_UUID_TEXT_SIZE];

      cpt_uuid_format (&value->ids.items[i], id);
      json_array_add_string_element (array, id);
    }

  return json_node_init_array (json_node_alloc (), array);
}

static gboolean
links_from_json (const CptField  *field,
                 JsonNode        *node,
                 CptValue        *value,
                 GError         **error)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint length = array == NULL ? 0 : json_array_get_length (array);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (CptUuid));

  if (array == NULL)
    return cpt_kind_refuse_json (field, _("an array of identifiers of records"), error);

  for (guint i = 0; i < length; i++)
    {
      CptUuid id;

      if (!read_id_json (json_array_get_element (array, i), &id))
        return cpt_kind_refuse_json (field, _("an array of identifiers of records"), error);
      g_array_append_val (ids, id);
    }

  cpt_value_set_ids (value, (const CptUuid *) (gpointer) ids->data, ids->len);

  return TRUE;
}

/* The order of the identifiers' texts is that of their bytes, and the JSON
 * array of a set that begins another one is longer by "," against "]". */
static int
links_compare (const CptField *field,
               const CptValue *a,
               const CptValue *b)
{
  guint shared = MIN (a->ids.length, b->ids.length);
  int order = memcmp (a->ids.items, b->ids.items, shared * sizeof (CptUuid));

  if (order != 0)
    return order;

  return (a->ids.length < b->ids.length) - (a->ids.length > b->ids.length);
}

const CptFieldType cpt_kind_links = {
  .name = "links",
  .label = N_("Several links"),
  .value_type = CPT_VALUE_IDS,
  .sql_type = "TEXT",
  .operators = CPT_OPERATORS_SET,
  .aggregates = 1u << CPT_AGGREGATE_COUNT,
  .normalise = links_normalise,
  .parse = links_parse,
  .format = links_format,
  .format_local = links_format_local,
  .to_json = links_to_json,
  .from_json = links_from_json,
  .compare = links_compare,
};
