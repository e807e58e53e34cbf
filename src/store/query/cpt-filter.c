/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tree of a filter. Immutable after construction, so that it can be shared
 * by threads and trees; depth and number of conditions are known at each node,
 * so that limits hold however a tree is put together. */

#include "config.h"

#include "cpt-filter-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"

static void
clear_operand (gpointer data)
{
  CptOperand *operand = data;

  cpt_value_clear (&operand->value);
}

static CptFilter *
filter_alloc (CptSchema       *schema,
              const CptEntity *entity,
              CptFilterForm    form)
{
  CptFilter *self = g_new0 (CptFilter, 1);

  g_atomic_ref_count_init (&self->count);
  self->form = form;
  self->schema = cpt_schema_ref (schema);
  self->entity = entity;

  return self;
}

CptFilter *
cpt_filter_ref (CptFilter *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->count);

  return self;
}

void
cpt_filter_unref (CptFilter *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->count))
    return;

  for (guint i = 0; i < self->n_children; i++)
    cpt_filter_unref (self->children[i]);
  g_free (self->children);
  g_clear_pointer (&self->value, json_node_unref);
  g_clear_pointer (&self->operands, g_array_unref);
  cpt_schema_unref (self->schema);
  g_free (self);
}

CptFilter *
cpt_filter_alloc_condition (CptSchema       *schema,
                            const CptEntity *entity,
                            const CptPath   *path,
                            CptOperator      op)
{
  CptFilter *self = filter_alloc (schema, entity, CPT_FILTER_CONDITION);

  self->path = *path;
  self->op = op;
  self->operands = g_array_new (FALSE, TRUE, sizeof (CptOperand));
  g_array_set_clear_func (self->operands, clear_operand);
  self->depth = 1;
  self->n_conditions = 1;

  return self;
}

/**
 * cpt_filter_new_group:
 * @schema: the declarations
 * @entity: kind of record
 * @form: all, any, or not, which has exactly one child
 * @children: (array length=n_children): referenced
 * @n_children: how many
 *
 * Puts filters of one entity together.
 *
 * Returns: (transfer full): a new filter
 */
CptFilter *
cpt_filter_new_group (CptSchema        *schema,
                      const CptEntity  *entity,
                      CptFilterForm     form,
                      CptFilter *const *children,
                      guint             n_children)
{
  CptFilter *self;

  g_return_val_if_fail (form != CPT_FILTER_CONDITION, NULL);
  g_return_val_if_fail (form != CPT_FILTER_NOT || n_children == 1, NULL);

  self = filter_alloc (schema, entity, form);
  self->children = g_new0 (CptFilter *, n_children);
  self->n_children = n_children;
  for (guint i = 0; i < n_children; i++)
    {
      self->children[i] = cpt_filter_ref (children[i]);
      self->depth = MAX (self->depth, children[i]->depth);
      self->n_conditions += children[i]->n_conditions;
    }
  self->depth++;

  return self;
}

char *
cpt_filter_dup_operators (const CptField *field)
{
  g_autoptr(GString) names = g_string_new (NULL);

  for (guint op = 0; op < CPT_N_OPERATORS; op++)
    {
      if (cpt_field_has_operator (field, op))
        g_string_append_printf (names, names->len > 0 ? ", %s" : "%s", cpt_operator_get_name (op));
    }

  return g_string_free (g_steal_pointer (&names), FALSE);
}

/**
 * cpt_filter_new_condition:
 * @schema: the declarations
 * @entity: kind of record
 * @path: field, also through links
 * @op: operator
 * @value: (nullable): what "value" is in JSON
 * @error: CPT_ERROR_NOT_FOUND for an unknown field, CPT_ERROR_INVALID when the
 *   operator does not fit the field, CPT_ERROR_PARSE for a value of another shape
 *
 * Returns: (transfer full): a condition, or %NULL
 */
CptFilter *
cpt_filter_new_condition (CptSchema        *schema,
                          const CptEntity  *entity,
                          const char       *path,
                          CptOperator       op,
                          JsonNode         *value,
                          GError          **error)
{
  g_autoptr(CptFilter) self = NULL;
  CptPath parsed;
  const CptField *field;

  if (!cpt_path_parse (schema, entity, path, &parsed, error))
    return NULL;

  field = cpt_path_get_field (&parsed);
  if (!cpt_field_has_operator (field, op))
    {
      g_autofree char *names = cpt_filter_dup_operators (field);

      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("“%s” does not apply to the field “%s”, which takes: %s"),
                   cpt_operator_get_name (op), path, names);
      return NULL;
    }

  self = cpt_filter_alloc_condition (schema, entity, &parsed, op);
  if (value != NULL && !JSON_NODE_HOLDS_NULL (value))
    {
      self->value = json_node_copy (value);
      json_node_seal (self->value);
    }

  if (!cpt_filter_read_value (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

static CptFilter *
take_value (CptFilter *self,
            JsonNode  *value)
{
  self->value = value;
  if (value != NULL)
    json_node_seal (value);

  return self;
}

CptFilter *
cpt_filter_new_for_value (CptSchema       *schema,
                          const CptEntity *entity,
                          const CptPath   *path,
                          CptOperator      op,
                          const CptValue  *value)
{
  CptFilter *self = cpt_filter_alloc_condition (schema, entity, path, op);
  const CptField *field = cpt_path_get_field (path);
  CptOperand operand = { .form = CPT_OPERAND_VALUE };

  if (cpt_value_is_null (value))
    return self;

  cpt_value_copy (value, &operand.value);
  g_array_append_val (self->operands, operand);

  /* A member of a set stands alone */
  if (cpt_field_type_get (field->kind)->value_type == CPT_VALUE_TEXTS)
    return take_value (self, json_node_init_string (json_node_alloc (), value->text));
  if (value->type == CPT_VALUE_ID)
    {
      char text[CPT_UUID_TEXT_SIZE];

      cpt_uuid_format (&value->id, text);
      return take_value (self, json_node_init_string (json_node_alloc (), text));
    }

  return take_value (self, cpt_field_to_json (field, value));
}

CptFilter *
cpt_filter_new_for_range (CptSchema       *schema,
                          const CptEntity *entity,
                          const CptPath   *path,
                          const CptValue  *first,
                          const CptValue  *last)
{
  CptFilter *self = cpt_filter_alloc_condition (schema, entity, path, CPT_OPERATOR_BETWEEN);
  const CptField *field = cpt_path_get_field (path);
  const CptValue *ends[] = { first, last };
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_init_array (json_node_alloc (), array);

  json_array_unref (array);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      CptOperand operand = { .form = CPT_OPERAND_VALUE };

      cpt_value_copy (ends[i], &operand.value);
      g_array_append_val (self->operands, operand);
      json_array_add_element (array, cpt_field_to_json (field, ends[i]));
    }

  return take_value (self, node);
}

CptFilter *
cpt_filter_new_for_period (CptSchema       *schema,
                           const CptEntity *entity,
                           const CptPath   *path,
                           const CptPeriod *period)
{
  CptFilter *self = cpt_filter_alloc_condition (schema, entity, path, CPT_OPERATOR_WITHIN);

  self->period = *period;

  return take_value (self, cpt_period_to_json (period));
}

CptFilter *
cpt_filter_new_for_currency (CptSchema       *schema,
                             const CptEntity *entity,
                             const CptPath   *path,
                             const char      *currency)
{
  CptFilter *self = cpt_filter_alloc_condition (schema, entity, path, CPT_OPERATOR_IS);
  g_autoptr(JsonObject) object = json_object_new ();
  CptOperand operand = { .form = CPT_OPERAND_CURRENCY };

  cpt_value_set_text (&operand.value, currency);
  g_array_append_val (self->operands, operand);
  json_object_set_string_member (object, "currency", currency);

  return take_value (self, json_node_init_object (json_node_alloc (), object));
}

/**
 * cpt_filter_and:
 * @a: (nullable): a filter
 * @b: (nullable): a filter of the same entity
 *
 * Returns: (transfer full) (nullable): what matches when both match
 */
CptFilter *
cpt_filter_and (CptFilter *a,
                CptFilter *b)
{
  CptFilter *children[] = { a, b };

  if (a == NULL || b == NULL)
    return a != NULL ? cpt_filter_ref (a) : b != NULL ? cpt_filter_ref (b)
                                                      : NULL;

  g_return_val_if_fail (strcmp (a->entity->name, b->entity->name) == 0, NULL);

  return cpt_filter_new_group (a->schema, a->entity, CPT_FILTER_ALL, children, 2);
}

CptFilter *
cpt_filter_or (CptFilter *a,
               CptFilter *b)
{
  CptFilter *children[] = { a, b };

  if (a == NULL || b == NULL)
    return a != NULL ? cpt_filter_ref (a) : b != NULL ? cpt_filter_ref (b)
                                                      : NULL;

  g_return_val_if_fail (strcmp (a->entity->name, b->entity->name) == 0, NULL);

  return cpt_filter_new_group (a->schema, a->entity, CPT_FILTER_ANY, children, 2);
}

CptFilterForm
cpt_filter_get_form (CptFilter *self)
{
  return self->form;
}

const CptEntity *
cpt_filter_get_entity (CptFilter *self)
{
  return self->entity;
}

CptFilter *const *
cpt_filter_get_children (CptFilter *self,
                         guint     *n_children)
{
  *n_children = self->n_children;

  return self->children;
}

const CptPath *
cpt_filter_get_path (CptFilter *self)
{
  return self->form == CPT_FILTER_CONDITION ? &self->path : NULL;
}

CptOperator
cpt_filter_get_operator (CptFilter *self)
{
  return self->op;
}

JsonNode *
cpt_filter_get_value (CptFilter *self)
{
  return self->value;
}

CptOperator
cpt_operator_get_positive (CptOperator  op,
                           gboolean    *negated)
{
  static const struct
  {
    CptOperator op;
    CptOperator positive;
  } pairs[] = {
    { CPT_OPERATOR_IS_NOT, CPT_OPERATOR_IS },
    { CPT_OPERATOR_NOT_IN, CPT_OPERATOR_IN },
    { CPT_OPERATOR_NOT_CONTAINS, CPT_OPERATOR_CONTAINS },
    { CPT_OPERATOR_NOT_WITHIN, CPT_OPERATOR_WITHIN },
    { CPT_OPERATOR_IS_EMPTY, CPT_OPERATOR_IS_NOT_EMPTY },
    { CPT_OPERATOR_IS_FALSE, CPT_OPERATOR_IS_TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (pairs[i].op == op)
      {
        *negated = TRUE;
        return pairs[i].positive;
      }

  *negated = FALSE;

  return op;
}

static void
days_to_instants (GTimeZone *zone,
                  gint64     from,
                  gint64     to,
                  gint64    *low,
                  gint64    *high)
{
  *low = from <= CPT_DATE_MIN ? G_MININT64 : cpt_instant_from_date (from, zone);
  *high = to >= CPT_DATE_MAX ? G_MAXINT64 : cpt_instant_from_date (to + 1, zone) - 1;
}

void
cpt_operand_get_range (const CptOperand    *self,
                       const CptField      *field,
                       const CptFilterHost *host,
                       gint64              *low,
                       gint64              *high)
{
  gint64 day = self->value.integer;

  if (self->form == CPT_OPERAND_TODAY)
    day = CLAMP (cpt_instant_get_date (host->now, host->zone) + day, CPT_DATE_MIN, CPT_DATE_MAX);

  if (self->form != CPT_OPERAND_VALUE && field->kind == CPT_FIELD_DATETIME)
    {
      days_to_instants (host->zone, day, day, low, high);
      return;
    }

  *low = day;
  *high = day;
}

void
cpt_filter_get_period_range (CptFilter           *self,
                             const CptFilterHost *host,
                             gint64              *low,
                             gint64              *high)
{
  gint64 from, to;

  cpt_period_resolve (&self->period, cpt_instant_get_date (host->now, host->zone), &from, &to);
  *low = from;
  *high = to;
  if (cpt_path_get_field (&self->path)->kind == CPT_FIELD_DATETIME)
    {
      days_to_instants (host->zone, from, to, low, high);
      if (from > to)
        *high = *low - 1;
    }
}

void
cpt_filter_foreach (CptFilter     *self,
                    CptFilterFunc  func,
                    gpointer       data)
{
  if (self->form == CPT_FILTER_CONDITION)
    func (self, data);

  for (guint i = 0; i < self->n_children; i++)
    cpt_filter_foreach (self->children[i], func, data);
}

static void
check_today (CptFilter *condition,
             gpointer   data)
{
  gboolean *depends = data;
  gboolean negated;

  if (cpt_operator_get_positive (condition->op, &negated) == CPT_OPERATOR_WITHIN &&
      cpt_period_is_relative (&condition->period))
    *depends = TRUE;

  for (guint i = 0; i < condition->operands->len; i++)
    if (g_array_index (condition->operands, CptOperand, i).form == CPT_OPERAND_TODAY)
      *depends = TRUE;
}

gboolean
cpt_filter_depends_on_today (CptFilter *self)
{
  gboolean depends = FALSE;

  cpt_filter_foreach (self, check_today, &depends);

  return depends;
}

static void
check_user (CptFilter *condition,
            gpointer   data)
{
  gboolean *depends = data;

  for (guint i = 0; i < condition->operands->len; i++)
    if (g_array_index (condition->operands, CptOperand, i).form == CPT_OPERAND_ME)
      *depends = TRUE;
}

gboolean
cpt_filter_depends_on_user (CptFilter *self)
{
  gboolean depends = FALSE;

  cpt_filter_foreach (self, check_user, &depends);

  return depends;
}
