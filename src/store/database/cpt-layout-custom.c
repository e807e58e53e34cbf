/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Custom fields: one JSON object per record whose members hold what a column
 * would: numbers as they are stored (days, microseconds, scaled integers),
 * links as text, money as {"amount":1250,"currency":"EUR"}, sets as arrays.
 * Filters reach them with json_extract(). */

#include "config.h"

#include <string.h>

#include "cpt-database-private.h"
#include "cpt-field-type.h"
#include "cpt-json.h"
#include "cpt-layout.h"

static JsonNode *
money_to_node (const CptMoney *money)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "amount", money->amount);
  json_object_set_string_member (object, "currency", money->currency);
  json_node_take_object (node, object);

  return node;
}

static JsonNode *
value_to_node (const CptValue *value)
{
  g_autofree char *text = NULL;

  switch (value->type)
    {
    case CPT_VALUE_INTEGER:
      return json_node_init_int (json_node_alloc (), value->integer);

    case CPT_VALUE_TEXT:
      return json_node_init_string (json_node_alloc (), value->text);

    case CPT_VALUE_MONEY:
      return money_to_node (&value->money);

    case CPT_VALUE_ID:
      text = cpt_uuid_dup_text (&value->id);
      return json_node_init_string (json_node_alloc (), text);

    case CPT_VALUE_TEXTS:
    case CPT_VALUE_IDS:
      text = cpt_statement_format_set (value);
      return cpt_json_parse (text, -1, NULL);

    case CPT_VALUE_NULL:
    default:
      return json_node_init_null (json_node_alloc ());
    }
}

static void
read_money (JsonObject *object,
            CptValue   *value)
{
  const char *currency = NULL;
  gint64 amount = 0;

  if (cpt_json_read_int (object, "amount", &amount, NULL) &&
      cpt_json_read_string (object, "currency", &currency, NULL) && currency != NULL)
    cpt_value_set_money (value, amount, currency);
}

static void
read_texts (JsonArray    *array,
            CptValueType  wanted,
            CptValue     *value)
{
  g_autoptr(GStrvBuilder) texts = g_strv_builder_new ();
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (CptUuid));

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      const char *text = JSON_NODE_HOLDS_VALUE (element) ? json_node_get_string (element) : NULL;
      CptUuid id;

      if (text != NULL && wanted == CPT_VALUE_TEXTS)
        g_strv_builder_add (texts, text);
      else if (text != NULL && cpt_uuid_parse (text, &id))
        g_array_append_val (ids, id);
    }

  if (wanted == CPT_VALUE_TEXTS)
    cpt_value_take_texts (value, g_strv_builder_end (texts));
  else
    cpt_value_set_ids (value, (const CptUuid *) (gpointer) ids->data, ids->len);
}

/* What does not fit the field is left out: the field may have been another one
 * before. */
static void
node_to_value (JsonNode       *node,
               const CptField *field,
               CptValue       *value)
{
  CptValueType wanted = cpt_field_type_get (field->kind)->value_type;
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  CptUuid id;

  if (wanted == CPT_VALUE_INTEGER && type == G_TYPE_INT64)
    cpt_value_set_integer (value, json_node_get_int (node));
  else if (wanted == CPT_VALUE_TEXT && type == G_TYPE_STRING)
    cpt_value_set_text (value, json_node_get_string (node));
  else if (wanted == CPT_VALUE_ID && type == G_TYPE_STRING && cpt_uuid_parse (json_node_get_string (node), &id))
    cpt_value_set_id (value, &id);
  else if (wanted == CPT_VALUE_MONEY && JSON_NODE_HOLDS_OBJECT (node))
    read_money (json_node_get_object (node), value);
  else if ((wanted == CPT_VALUE_TEXTS || wanted == CPT_VALUE_IDS) && JSON_NODE_HOLDS_ARRAY (node))
    read_texts (json_node_get_array (node), wanted, value);
}

static JsonNode *
parse_object (const char *custom)
{
  g_autoptr(JsonNode) node = custom == NULL ? NULL : cpt_json_parse (custom, -1, NULL);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return g_steal_pointer (&node);

  return NULL;
}

char *
cpt_layout_dup_custom (const CptRecord *record,
                       const char      *former)
{
  const CptEntity *entity = record->entity;
  g_autoptr(JsonNode) node = NULL;
  JsonObject *object;

  if (former == NULL && entity->n_fields == entity->n_declared)
    return NULL;

  node = parse_object (former);
  if (node == NULL)
    {
      node = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (node, json_object_new ());
    }
  object = json_node_get_object (node);

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CptField *field = entity->fields[i];

      if (!field->is_custom)
        continue;
      if (cpt_value_is_null (&record->values[i]))
        json_object_remove_member (object, field->name);
      else
        json_object_set_member (object, field->name, value_to_node (&record->values[i]));
    }

  return json_object_get_size (object) == 0 ? NULL : cpt_json_format_canonical (node);
}

void
cpt_layout_read_custom (CptRecord  *record,
                        const char *custom)
{
  const CptEntity *entity = record->entity;
  g_autoptr(JsonNode) node = NULL;

  if (custom == NULL || entity->n_fields == entity->n_declared)
    return;

  node = parse_object (custom);
  for (guint i = entity->n_declared; node != NULL && i < entity->n_fields; i++)
    {
      const CptField *field = entity->fields[i];
      JsonNode *member = json_object_get_member (json_node_get_object (node), field->name);

      if (field->is_custom && member != NULL)
        node_to_value (member, field, &record->values[i]);
    }
}
