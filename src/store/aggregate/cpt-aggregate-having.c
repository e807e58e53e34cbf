/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked of the groups of an answer rather than of records: that their
 * numbers are large enough, their part of all of them, and sums that run on
 * from row to row. All of it is worked out when an answer is shown. */

#include "config.h"

#include "cpt-aggregate-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-money.h"

/* ------------------------------------------------------------------- having */

static gboolean
is_comparison (CptOperator op)
{
  return op == CPT_OPERATOR_IS || op == CPT_OPERATOR_LESS || op == CPT_OPERATOR_LESS_OR_EQUAL ||
         op == CPT_OPERATOR_GREATER || op == CPT_OPERATOR_GREATER_OR_EQUAL;
}

static gboolean
parse_one (CptAggregateSpec  *self,
           JsonNode          *node,
           GError           **error)
{
  static const char *const known[] = { "measure", "op", "value", NULL };
  CptHavingSpec *having = &self->havings[self->n_havings];
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *op = NULL;
  JsonNode *value;
  gint64 figure = 0;

  if (object == NULL)
    return cpt_aggregate_refuse (error, _("“having” is a list of objects with “measure”, “op” and “value”"));
  if (!cpt_aggregate_check_members (object, known, error) || !cpt_json_read_int (object, "measure", &figure, error) ||
      !cpt_json_read_string (object, "op", &op, error))
    return FALSE;

  value = json_object_get_member (object, "value");
  if (figure < 0 || figure >= self->n_figures ||
      op == NULL || !cpt_operator_parse (op, &having->op) || !is_comparison (having->op) ||
      value == NULL || !JSON_NODE_HOLDS_VALUE (value) ||
      (json_node_get_value_type (value) != G_TYPE_INT64 && json_node_get_value_type (value) != G_TYPE_DOUBLE))
    return cpt_aggregate_refuse (error, _("“having” takes the position of a measure from 0, is, less, less-or-equal, greater or "
                                          "greater-or-equal, and a number"));

  if (self->figures[figure].show != CPT_SHOW_VALUE)
    return cpt_aggregate_refuse (error, _("“having” is about numbers as they are, not about shares and running totals"));

  having->figure = (guint) figure;
  having->value = json_node_get_double (value);
  self->n_havings++;

  return TRUE;
}

gboolean
cpt_aggregate_parse_having (CptAggregateSpec  *self,
                            JsonObject        *object,
                            GError           **error)
{
  JsonArray *array = NULL;

  if (!cpt_json_read_array (object, "having", &array, error))
    return FALSE;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      if (i == CPT_AGGREGATE_MAX_HAVINGS)
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT,
                       ngettext ("“%s” can’t have more than %u item",
                                 "“%s” can’t have more than %u items", CPT_AGGREGATE_MAX_HAVINGS),
                       "having", CPT_AGGREGATE_MAX_HAVINGS);
          return FALSE;
        }
      if (!parse_one (self, json_array_get_element (array, i), error))
        return FALSE;
    }

  return TRUE;
}

void
cpt_aggregate_add_having (CptAggregateSpec *self,
                          JsonObject       *object)
{
  JsonArray *array;

  if (self->n_havings == 0)
    return;

  array = json_array_new ();
  for (guint i = 0; i < self->n_havings; i++)
    {
      JsonObject *having = json_object_new ();

      json_object_set_int_member (having, "measure", self->havings[i].figure);
      json_object_set_string_member (having, "op", cpt_operator_get_name (self->havings[i].op));
      json_object_set_double_member (having, "value", self->havings[i].value);
      json_array_add_object_element (array, having);
    }
  json_object_set_array_member (object, "having", array);
}

/* As people write it: in euros, percent, days */
static double
get_number (CptAggregateSpec *self,
            guint             figure,
            const CptMeasure *measure)
{
  double number = measure->number * cpt_aggregate_spec_get_factor (self, figure);
  int exponent = measure->currency[0] != '\0' ? cpt_currency_get_exponent (measure->currency) : 0;

  switch (cpt_aggregate_spec_get_unit (self, figure))
    {
    case CPT_MEASURE_UNIT_PERCENT:
      return number * 100;
    case CPT_MEASURE_UNIT_MONEY:
      return number / pow (10, exponent < 0 ? 2 : exponent);
    case CPT_MEASURE_UNIT_NONE:
    case CPT_MEASURE_UNIT_COUNT:
    case CPT_MEASURE_UNIT_NUMBER:
    case CPT_MEASURE_UNIT_DAYS:
    case CPT_MEASURE_UNIT_DURATION:
    case CPT_N_MEASURE_UNITS:
    default:
      return number;
    }
}

static gboolean
compare (CptOperator op,
         double      number,
         double      value)
{
  switch ((int) op)
    {
    case CPT_OPERATOR_LESS:
      return number < value;
    case CPT_OPERATOR_LESS_OR_EQUAL:
      return number <= value;
    case CPT_OPERATOR_GREATER:
      return number > value;
    case CPT_OPERATOR_GREATER_OR_EQUAL:
      return number >= value;
    case CPT_OPERATOR_IS:
    default:
      return !(number < value) && !(number > value);
    }
}

/* No number is neither large nor small */
gboolean
cpt_aggregate_has (CptAggregateSpec *self,
                   const CptGroup   *group,
                   guint             part)
{
  for (guint i = 0; i < self->n_havings; i++)
    {
      const CptHavingSpec *having = &self->havings[i];
      CptMeasure measure = cpt_aggregate_figure (self, group, part, having->figure);

      if (measure.is_null || !compare (having->op, get_number (self, having->figure, &measure), having->value))
        return FALSE;
    }

  return TRUE;
}

/* ------------------------------------------------ parts and running totals */

/* Numbers that may be added: of a figure, in a currency, for running ones of a series */
static char *
make_name (CptAggregateSpec *spec,
           const CptGroup   *group,
           guint             part,
           guint             figure)
{
  GString *name = g_string_new (NULL);
  CptMeasure measure = cpt_aggregate_figure (spec, group, part, figure);

  g_string_printf (name, "%u %u %s ", figure, part, measure.currency);
  if (spec->figures[figure].show == CPT_SHOW_RUNNING)
    for (guint i = 1; i < spec->n_dimensions; i++)
      cpt_groups_append_key (name, &group->keys[i]);

  return g_string_free (name, FALSE);
}

static double
add (CptShower      *self,
     const CptGroup *group,
     guint           part,
     guint           figure)
{
  CptMeasure measure = cpt_aggregate_figure (self->spec, group, part, figure);
  char *name = make_name (self->spec, group, part, figure);
  double *sum = g_hash_table_lookup (self->sums, name);

  if (sum == NULL)
    {
      sum = g_new0 (double, 1);
      g_hash_table_insert (self->sums, name, sum);
    }
  else
    g_free (name);
  if (!measure.is_null)
    *sum += measure.number;

  return *sum;
}

void
cpt_shower_init (CptShower *self,
                 CptGroups *groups)
{
  CptAggregateSpec *spec = groups->spec;
  GHashTableIter iter;
  gpointer group;

  self->spec = spec;
  self->sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_iter_init (&iter, groups->table);
  while (g_hash_table_iter_next (&iter, NULL, &group))
    for (guint i = 0; i < (spec->has_compare ? 2 : 1) * spec->n_figures; i++)
      if (spec->figures[i % spec->n_figures].show == CPT_SHOW_SHARE)
        add (self, group, i / spec->n_figures, i % spec->n_figures);
}

void
cpt_shower_clear (CptShower *self)
{
  g_clear_pointer (&self->sums, g_hash_table_unref);
}

static CptMeasure
get_share (CptShower      *self,
           const CptGroup *group,
           guint           part,
           guint           figure)
{
  CptMeasure measure = cpt_aggregate_figure (self->spec, group, part, figure);
  g_autofree char *name = make_name (self->spec, group, part, figure);
  const double *sum = g_hash_table_lookup (self->sums, name);

  measure.is_null = measure.is_null || sum == NULL || !(fabs (*sum) > 0);
  measure.number = measure.is_null ? 0 : measure.number / *sum * 1e4;
  measure.exact = (gint64) llround (CLAMP (measure.number, -CPT_AGGREGATE_MAX_WHOLE, CPT_AGGREGATE_MAX_WHOLE));

  return measure;
}

CptMeasure
cpt_shower_show (CptShower      *self,
                 const CptGroup *group,
                 guint           part,
                 guint           figure)
{
  CptMeasure measure;

  switch (self->spec->figures[figure].show)
    {
    case CPT_SHOW_SHARE:
      return get_share (self, group, part, figure);
    case CPT_SHOW_RUNNING:
      measure = cpt_aggregate_figure (self->spec, group, part, figure);
      measure.is_null = FALSE;
      measure.number = add (self, group, part, figure);
      measure.exact = (gint64) llround (CLAMP (measure.number, -CPT_AGGREGATE_MAX_WHOLE, CPT_AGGREGATE_MAX_WHOLE));
      return measure;
    case CPT_SHOW_VALUE:
    default:
      return cpt_aggregate_figure (self->spec, group, part, figure);
    }
}
