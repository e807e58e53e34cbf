/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names of operators and aggregates: for JSON and for people. */

#include "config.h"

#include "cpt-field-type.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How an operator reads behind the name of a field. Dates, numbers and sets
 * have their own words; NULL takes the general one. */
typedef struct
{
  const char *name;
  const char *label;
  const char *for_date;
  const char *for_set;
} OperatorInfo;

static const OperatorInfo operators[] = {
  [CPT_OPERATOR_IS] = { "is", NC_("operator", "is"), NC_("operator", "is on"), NULL },
  [CPT_OPERATOR_IS_NOT] = { "is-not", NC_("operator", "is not"), NC_("operator", "is not on"), NULL },
  [CPT_OPERATOR_IN] = { "in", NC_("operator", "is one of"), NULL, NULL },
  [CPT_OPERATOR_NOT_IN] = { "not-in", NC_("operator", "is none of"), NULL, NULL },
  [CPT_OPERATOR_CONTAINS] = { "contains", NC_("operator", "contains"), NULL, NC_("operator", "has") },
  [CPT_OPERATOR_NOT_CONTAINS] = { "not-contains", NC_("operator", "does not contain"),
                                  NULL, NC_("operator", "lacks") },
  [CPT_OPERATOR_STARTS_WITH] = { "starts-with", NC_("operator", "starts with"), NULL, NULL },
  [CPT_OPERATOR_ENDS_WITH] = { "ends-with", NC_("operator", "ends with"), NULL, NULL },
  [CPT_OPERATOR_LESS] = { "less", NC_("operator", "is less than"), NC_("operator", "is before"), NULL },
  [CPT_OPERATOR_LESS_OR_EQUAL] = { "less-or-equal", NC_("operator", "is at most"), NC_("operator", "is on or before"), NULL },
  [CPT_OPERATOR_GREATER] = { "greater", NC_("operator", "is greater than"), NC_("operator", "is after"), NULL },
  [CPT_OPERATOR_GREATER_OR_EQUAL] = {
    "greater-or-equal",
    NC_("operator", "is at least"),
    NC_("operator", "is on or after"),
    NULL,
  },
  [CPT_OPERATOR_BETWEEN] = { "between", NC_("operator", "is between"), NULL, NULL },
  [CPT_OPERATOR_WITHIN] = { "within", NC_("operator", "is within"), NULL, NULL },
  [CPT_OPERATOR_NOT_WITHIN] = { "not-within", NC_("operator", "is not within"), NULL, NULL },
  [CPT_OPERATOR_CONTAINS_ALL] = { "contains-all", NC_("operator", "has all of"), NULL, NULL },
  [CPT_OPERATOR_CONTAINS_ANY] = { "contains-any", NC_("operator", "has any of"), NULL, NULL },
  [CPT_OPERATOR_IS_EMPTY] = { "is-empty", NC_("operator", "is empty"), NULL, NULL },
  [CPT_OPERATOR_IS_NOT_EMPTY] = { "is-not-empty", NC_("operator", "is not empty"), NULL, NULL },
  [CPT_OPERATOR_IS_TRUE] = { "is-true", NC_("operator", "is yes"), NULL, NULL },
  [CPT_OPERATOR_IS_FALSE] = { "is-false", NC_("operator", "is no"), NULL, NULL },
};

G_STATIC_ASSERT (G_N_ELEMENTS (operators) == CPT_N_OPERATORS);

static const struct
{
  const char *name;
  const char *label;
} aggregates[] = {
  [CPT_AGGREGATE_COUNT] = { "count", NC_("aggregate", "Number") },
  [CPT_AGGREGATE_SUM] = { "sum", NC_("aggregate", "Sum") },
  [CPT_AGGREGATE_AVERAGE] = { "avg", NC_("aggregate", "Average") },
  [CPT_AGGREGATE_MIN] = { "min", NC_("aggregate", "Smallest") },
  [CPT_AGGREGATE_MAX] = { "max", NC_("aggregate", "Largest") },
  [CPT_AGGREGATE_MEDIAN] = { "median", NC_("aggregate", "Median") },
  [CPT_AGGREGATE_DISTINCT] = { "distinct", NC_("aggregate", "Different values") },
};

G_STATIC_ASSERT (G_N_ELEMENTS (aggregates) == CPT_N_AGGREGATES);

const char *
cpt_operator_get_name (CptOperator op)
{
  g_return_val_if_fail ((guint) op < CPT_N_OPERATORS, NULL);

  return operators[op].name;
}

const char *
cpt_operator_get_label (CptOperator  op,
                        CptFieldKind kind)
{
  const OperatorInfo *info;
  const CptFieldType *type = cpt_field_type_get (kind);
  const char *label = NULL;

  g_return_val_if_fail ((guint) op < CPT_N_OPERATORS, NULL);

  info = &operators[op];
  if (type->is_bucketable)
    label = info->for_date;
  else if (type->value_type == CPT_VALUE_TEXTS || type->value_type == CPT_VALUE_IDS)
    label = info->for_set;

  return g_dpgettext2 (GETTEXT_PACKAGE, "operator", label == NULL ? info->label : label);
}

gboolean
cpt_operator_parse (const char  *name,
                    CptOperator *op)
{
  if (name == NULL)
    return FALSE;

  for (guint i = 0; i < CPT_N_OPERATORS; i++)
    if (strcmp (operators[i].name, name) == 0)
      {
        *op = (CptOperator) i;
        return TRUE;
      }

  return FALSE;
}

const char *
cpt_aggregate_get_name (CptAggregate aggregate)
{
  g_return_val_if_fail ((guint) aggregate < CPT_N_AGGREGATES, NULL);

  return aggregates[aggregate].name;
}

const char *
cpt_aggregate_get_label (CptAggregate aggregate)
{
  g_return_val_if_fail ((guint) aggregate < CPT_N_AGGREGATES, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "aggregate", aggregates[aggregate].label);
}

gboolean
cpt_aggregate_parse (const char   *name,
                     CptAggregate *aggregate)
{
  if (name == NULL)
    return FALSE;

  for (guint i = 0; i < CPT_N_AGGREGATES; i++)
    if (strcmp (aggregates[i].name, name) == 0)
      {
        *aggregate = (CptAggregate) i;
        return TRUE;
      }

  if (strcmp (name, "average") == 0)
    {
      *aggregate = CPT_AGGREGATE_AVERAGE;
      return TRUE;
    }

  return FALSE;
}
