/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Filters from JSON and back. Strict: unknown members, operators that do not
 * fit and values of another shape are refused with a sentence that names the
 * culprit. The JSON may come from anywhere: every limit is checked on the way
 * down, before anything is built. */

#include "config.h"

#include "cpt-filter-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-money.h"

#define MAX_TODAY_OFFSET 1000000
/* Groups and conditions together: empty groups are nodes too */
#define MAX_NODES (4 * CPT_FILTER_MAX_CONDITIONS)

/* Values */

static gboolean
holds (JsonNode *node,
       GType     type)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

static gboolean
refuse_value (CptFilter  *self,
              GError    **error)
{
  g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("The value for “%s” (%s) is not valid"),
               cpt_path_get_field (&self->path)->name, cpt_operator_get_name (self->op));

  return FALSE;
}

/* {"today":-30}, {"me":true} and {"currency":"EUR"} where they fit */
static gboolean
read_special (const CptField *field,
              JsonNode       *node,
              CptOperand     *operand)
{
  JsonObject *object;
  JsonNode *member;

  if (!JSON_NODE_HOLDS_OBJECT (node) || json_object_get_size (json_node_get_object (node)) != 1)
    return FALSE;

  object = json_node_get_object (node);
  member = json_object_get_member (object, "today");
  if (member != NULL && (field->kind == CPT_FIELD_DATE || field->kind == CPT_FIELD_DATETIME) &&
      holds (member, G_TYPE_INT64) && ABS (json_node_get_int (member) / 2) <= MAX_TODAY_OFFSET / 2)
    {
      operand->form = CPT_OPERAND_TODAY;
      cpt_value_set_integer (&operand->value, json_node_get_int (member));
      return TRUE;
    }

  member = json_object_get_member (object, "me");
  if (member != NULL && cpt_field_kind_is_link (field->kind) &&
      g_strcmp0 (field->target, "user") == 0 &&
      holds (member, G_TYPE_BOOLEAN) && json_node_get_boolean (member))
    {
      operand->form = CPT_OPERAND_ME;
      return TRUE;
    }

  member = json_object_get_member (object, "currency");
  if (member != NULL && field->kind == CPT_FIELD_MONEY && holds (member, G_TYPE_STRING) &&
      cpt_currency_get_exponent (json_node_get_string (member)) >= 0)
    {
      operand->form = CPT_OPERAND_CURRENCY;
      cpt_value_set_text (&operand->value, json_node_get_string (member));
      return TRUE;
    }

  return FALSE;
}

/* As the field reads it, but without the field's bounds: "more than -1" is a
 * fair question about a field that starts at 0. Choices must exist. */
static gboolean
read_field_value (const CptField  *field,
                  JsonNode        *node,
                  CptValue        *value,
                  GError         **error)
{
  const CptFieldType *type = cpt_field_type_get (field->kind);
  g_autofree char *message = NULL;
  g_auto(CptValue) normal = CPT_VALUE_INIT;

  if (!type->from_json (field, node, value, error))
    return FALSE;

  cpt_value_copy (value, &normal);
  if (cpt_field_normalise (field, &normal, &message))
    {
      cpt_value_clear (value);
      *value = cpt_value_steal (&normal);
    }
  else if (field->choices != NULL)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_INVALID, message);
      return FALSE;
    }

  return TRUE;
}

/* One member of a set: a text, or an identifier */
static gboolean
read_member (const CptField  *field,
             JsonNode        *node,
             CptValue        *value,
             GError         **error)
{
  g_autoptr(JsonArray) array = json_array_new ();
  g_autoptr(JsonNode) set = NULL;
  g_auto(CptValue) read = CPT_VALUE_INIT;

  json_array_add_element (array, json_node_copy (node));
  set = json_node_init_array (json_node_alloc (), array);
  if (!read_field_value (field, set, &read, error))
    return FALSE;

  if (read.type == CPT_VALUE_TEXTS && read.texts[0] != NULL)
    cpt_value_set_text (value, read.texts[0]);
  else if (read.type == CPT_VALUE_IDS && read.ids.length == 1)
    cpt_value_set_id (value, &read.ids.items[0]);

  return TRUE;
}

static gboolean
is_text_operator (CptOperator op)
{
  return op == CPT_OPERATOR_CONTAINS || op == CPT_OPERATOR_STARTS_WITH || op == CPT_OPERATOR_ENDS_WITH;
}

static gboolean
read_operand (CptFilter    *self,
              CptOperator   positive,
              JsonNode     *node,
              GError      **error)
{
  const CptField *field = cpt_path_get_field (&self->path);
  CptValueType type = cpt_field_type_get (field->kind)->value_type;
  CptOperand operand = { .form = CPT_OPERAND_VALUE };
  gboolean done = TRUE;
  gint64 day;

  if (read_special (field, node, &operand))
    done = operand.form != CPT_OPERAND_CURRENCY || positive == CPT_OPERATOR_IS;
  else if (type == CPT_VALUE_TEXT && is_text_operator (positive))
    {
      if (holds (node, G_TYPE_STRING))
        cpt_value_set_text (&operand.value, json_node_get_string (node));
    }
  else if (type == CPT_VALUE_TEXTS || type == CPT_VALUE_IDS)
    done = read_member (field, node, &operand.value, error);
  else if (field->kind == CPT_FIELD_DATETIME && holds (node, G_TYPE_STRING) &&
           cpt_date_parse_iso (json_node_get_string (node), &day))
    {
      operand.form = CPT_OPERAND_DAY;
      cpt_value_set_integer (&operand.value, day);
    }
  else
    done = read_field_value (field, node, &operand.value, error);

  if (done && (operand.form == CPT_OPERAND_ME || !cpt_value_is_null (&operand.value)))
    {
      g_array_append_val (self->operands, operand);
      return TRUE;
    }

  cpt_value_clear (&operand.value);

  return error != NULL && *error != NULL ? FALSE : refuse_value (self, error);
}

/* Which operators take a list; "is" does for kinds that know "in" */
static gboolean
takes_list (CptFilter   *self,
            CptOperator  positive)
{
  return positive == CPT_OPERATOR_IN || positive == CPT_OPERATOR_BETWEEN ||
         positive == CPT_OPERATOR_CONTAINS_ALL || positive == CPT_OPERATOR_CONTAINS_ANY ||
         (positive == CPT_OPERATOR_IS && JSON_NODE_HOLDS_ARRAY (self->value) &&
          cpt_field_has_operator (cpt_path_get_field (&self->path), CPT_OPERATOR_IN));
}

static gboolean
read_list (CptFilter    *self,
           CptOperator   positive,
           GError      **error)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (self->value) ? json_node_get_array (self->value) : NULL;
  guint length = array == NULL ? 0 : json_array_get_length (array);

  if (length == 0 || (positive == CPT_OPERATOR_BETWEEN && length != 2))
    return refuse_value (self, error);

  if (length > CPT_FILTER_MAX_VALUES)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT,
                   ngettext ("A condition can’t have more than %d value",
                             "A condition can’t have more than %d values", CPT_FILTER_MAX_VALUES),
                   CPT_FILTER_MAX_VALUES);
      return FALSE;
    }

  for (guint i = 0; i < length; i++)
    if (!read_operand (self, positive, json_array_get_element (array, i), error))
      return FALSE;

  return TRUE;
}

/* Amounts of two currencies can't be ends of one range */
static gboolean
check_between (CptFilter  *self,
               GError    **error)
{
  const CptOperand *a = &g_array_index (self->operands, CptOperand, 0);
  const CptOperand *b = &g_array_index (self->operands, CptOperand, 1);

  if (a->value.type == CPT_VALUE_MONEY && strcmp (a->value.money.currency, b->value.money.currency) != 0)
    return refuse_value (self, error);

  return TRUE;
}

gboolean
cpt_filter_read_value (CptFilter  *self,
                       GError    **error)
{
  g_autoptr(GError) local_error = NULL;
  gboolean negated;
  CptOperator positive = cpt_operator_get_positive (self->op, &negated);
  gboolean done;

  if (positive == CPT_OPERATOR_IS_NOT_EMPTY || positive == CPT_OPERATOR_IS_TRUE)
    return self->value == NULL ? TRUE : refuse_value (self, error);

  if (self->value == NULL)
    return refuse_value (self, error);

  if (positive == CPT_OPERATOR_WITHIN)
    return cpt_period_from_json (self->value, &self->period, error);

  if (takes_list (self, positive))
    done = read_list (self, positive, &local_error) &&
           (positive != CPT_OPERATOR_BETWEEN || check_between (self, &local_error));
  else
    done = read_operand (self, positive, self->value, &local_error);

  if (!done)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return done;
}

/* Trees */

typedef struct
{
  CptSchema *schema;
  const CptEntity *entity;
  guint n_conditions;
  guint n_nodes;
} Parser;

static CptFilter *parse_node (Parser *parser,
                              JsonNode *node,
                              guint depth,
                              GError **error);

static CptFilter *
refuse_shape (GError **error)
{
  g_set_error_literal (error, CPT_ERROR, CPT_ERROR_PARSE,
                       _("A filter is an object with “all”, “any”, “not”, or “field”, “op” and “value”"));

  return NULL;
}

static CptFilter *
refuse_size (GError **error)
{
  g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT,
               ngettext ("A filter can’t have more than %d condition",
                         "A filter can’t have more than %d conditions", CPT_FILTER_MAX_CONDITIONS),
               CPT_FILTER_MAX_CONDITIONS);

  return NULL;
}

/* Says which there are for the field, when there is one */
static void
refuse_operator (Parser      *parser,
                 const char  *path,
                 const char  *name,
                 GError     **error)
{
  g_autofree char *names = NULL;
  CptPath parsed;

  if (!cpt_path_parse (parser->schema, parser->entity, path, &parsed, error))
    return;

  names = cpt_filter_dup_operators (cpt_path_get_field (&parsed));
  g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("There is no operator “%s”; the field “%s” takes: %s"), name, path, names);
}

static CptFilter *
parse_condition (Parser      *parser,
                 JsonObject  *object,
                 GError     **error)
{
  JsonNode *field = json_object_get_member (object, "field");
  JsonNode *op = json_object_get_member (object, "op");
  JsonNode *value = json_object_get_member (object, "value");
  CptOperator parsed;

  if (!holds (field, G_TYPE_STRING) || !holds (op, G_TYPE_STRING) ||
      json_object_get_size (object) != (value == NULL ? 2 : 3))
    return refuse_shape (error);

  if (!cpt_operator_parse (json_node_get_string (op), &parsed))
    {
      refuse_operator (parser, json_node_get_string (field), json_node_get_string (op), error);
      return NULL;
    }

  if (++parser->n_conditions > CPT_FILTER_MAX_CONDITIONS)
    return refuse_size (error);

  return cpt_filter_new_condition (parser->schema, parser->entity, json_node_get_string (field), parsed, value, error);
}

static CptFilter *
parse_group (Parser         *parser,
             CptFilterForm   form,
             JsonNode       *node,
             guint           depth,
             GError        **error)
{
  g_autoptr(GPtrArray) children = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_filter_unref);
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return refuse_shape (error);

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      CptFilter *child = parse_node (parser, json_array_get_element (array, i), depth + 1, error);

      if (child == NULL)
        return NULL;
      g_ptr_array_add (children, child);
    }

  return cpt_filter_new_group (parser->schema, parser->entity, form,
                               (CptFilter *const *) children->pdata, children->len);
}

static CptFilter *
parse_node (Parser    *parser,
            JsonNode  *node,
            guint      depth,
            GError   **error)
{
  JsonObject *object;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return refuse_shape (error);

  if (++parser->n_nodes > MAX_NODES)
    return refuse_size (error);

  if (depth > CPT_FILTER_MAX_DEPTH)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT,
                   ngettext ("A filter can’t be nested more than %d level deep",
                             "A filter can’t be nested more than %d levels deep", CPT_FILTER_MAX_DEPTH),
                   CPT_FILTER_MAX_DEPTH);
      return NULL;
    }

  object = json_node_get_object (node);
  if (json_object_get_size (object) == 1)
    {
      if (json_object_has_member (object, "all"))
        return parse_group (parser, CPT_FILTER_ALL, json_object_get_member (object, "all"), depth, error);
      if (json_object_has_member (object, "any"))
        return parse_group (parser, CPT_FILTER_ANY, json_object_get_member (object, "any"), depth, error);
      if (json_object_has_member (object, "not"))
        {
          g_autoptr(CptFilter) child = parse_node (parser, json_object_get_member (object, "not"), depth + 1, error);

          return child == NULL ? NULL
                               : cpt_filter_new_group (parser->schema, parser->entity, CPT_FILTER_NOT, &child, 1);
        }
    }

  return parse_condition (parser, object, error);
}

/**
 * cpt_filter_from_json:
 * @schema: the declarations
 * @entity: kind of record
 * @node: JSON as described at #CptFilter
 * @error: CPT_ERROR_PARSE, CPT_ERROR_INVALID, CPT_ERROR_NOT_FOUND or CPT_ERROR_LIMIT
 *
 * Returns: (transfer full): a filter, or %NULL
 */
CptFilter *
cpt_filter_from_json (CptSchema        *schema,
                      const CptEntity  *entity,
                      JsonNode         *node,
                      GError          **error)
{
  Parser parser = { .schema = schema, .entity = entity };

  g_return_val_if_fail (schema != NULL, NULL);
  g_return_val_if_fail (entity != NULL, NULL);

  return parse_node (&parser, node, 1, error);
}

/**
 * cpt_filter_parse:
 * @schema: the declarations
 * @entity: kind of record
 * @json: JSON as text
 * @error: as cpt_filter_from_json()
 *
 * Returns: (transfer full): a filter, or %NULL
 */
CptFilter *
cpt_filter_parse (CptSchema        *schema,
                  const CptEntity  *entity,
                  const char       *json,
                  GError          **error)
{
  g_autoptr(JsonNode) node = cpt_json_parse (json, -1, error);

  return node == NULL ? NULL : cpt_filter_from_json (schema, entity, node, error);
}

/**
 * cpt_filter_to_json:
 * @self: a filter
 *
 * Returns: (transfer full): what cpt_filter_from_json() reads
 */
JsonNode *
cpt_filter_to_json (CptFilter *self)
{
  static const char *const names[] = {
    [CPT_FILTER_ALL] = "all",
    [CPT_FILTER_ANY] = "any",
    [CPT_FILTER_NOT] = "not",
  };
  g_autoptr(JsonObject) object = json_object_new ();

  if (self->form == CPT_FILTER_CONDITION)
    {
      g_autofree char *path = cpt_path_format (&self->path);

      json_object_set_string_member (object, "field", path);
      json_object_set_string_member (object, "op", cpt_operator_get_name (self->op));
      if (self->value != NULL)
        json_object_set_member (object, "value", json_node_copy (self->value));
    }
  else if (self->form == CPT_FILTER_NOT)
    json_object_set_member (object, names[self->form], cpt_filter_to_json (self->children[0]));
  else
    {
      JsonArray *array = json_array_sized_new (self->n_children);

      for (guint i = 0; i < self->n_children; i++)
        json_array_add_element (array, cpt_filter_to_json (self->children[i]));
      json_object_set_array_member (object, names[self->form], array);
    }

  return json_node_init_object (json_node_alloc (), object);
}
