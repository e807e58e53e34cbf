/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Questions about numbers: from JSON and back, strictly. A spec that was parsed
 * can be answered: whatever does not fit together is refused here, and in
 * cpt-aggregate-measure.c. */

#include "config.h"

#include "cpt-aggregate-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-json.h"

static gboolean
get_element (JsonArray   *array,
             guint        index,
             JsonObject **object,
             GError     **error)
{
  JsonNode *node = json_array_get_element (array, index);

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return cpt_aggregate_refuse (error, _("Measures, dimensions and orders are objects"));

  *object = json_node_get_object (node);

  return TRUE;
}

/* Dimensions */

/* A dimension must be a condition too, so that a mark opens its records */
static gboolean
is_dimension (const CptField *field)
{
  CptValueType type = cpt_field_type_get (field->kind)->value_type;

  return cpt_field_has_operator (field, CPT_OPERATOR_IS) || type == CPT_VALUE_TEXTS || type == CPT_VALUE_IDS;
}

static gboolean
parse_dimension (CptAggregateSpec  *self,
                 JsonObject        *object,
                 GError           **error)
{
  static const char *const known[] = { "field", "bucket", "bin", "fill", "label", NULL };
  CptDimensionSpec *dimension = &self->dimensions[self->n_dimensions];
  const char *name = NULL, *bucket = NULL, *label = NULL;
  const CptField *field;

  if (!cpt_aggregate_check_members (object, known, error) ||
      !cpt_json_read_string (object, "field", &name, error) ||
      !cpt_json_read_string (object, "bucket", &bucket, error) ||
      !cpt_json_read_string (object, "label", &label, error) ||
      !cpt_json_read_boolean (object, "fill", &dimension->fill, error))
    return FALSE;

  self->n_dimensions++;
  dimension->label = g_strdup (label);
  if (name == NULL)
    return cpt_aggregate_refuse (error, _("A dimension needs a field"));
  if (!cpt_path_parse (self->schema, self->entity, name, &dimension->path, error))
    return FALSE;

  field = cpt_path_get_field (&dimension->path);
  if (!is_dimension (field))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("Records can’t be grouped by “%s”"), name);
      return FALSE;
    }

  if (bucket != NULL && (!cpt_bucket_parse (bucket, &dimension->bucket) ||
                         (dimension->bucket != CPT_BUCKET_NONE && !cpt_field_type_get (field->kind)->is_bucketable)))
    return cpt_aggregate_refuse (error, _("“bucket” is one of day, week, month, quarter and year, for dates and times"));
  if (!cpt_bin_spec_parse (&dimension->bin, field, json_object_get_member (object, "bin"), error))
    return FALSE;
  if (dimension->fill && dimension->bucket == CPT_BUCKET_NONE && dimension->bin.form == CPT_BIN_NONE)
    return cpt_aggregate_refuse (error, _("“fill” needs a “bucket” or a “bin”"));

  return TRUE;
}

/* Order */

static gboolean
parse_order (CptAggregateSpec  *self,
             JsonObject        *object,
             GError           **error)
{
  static const char *const known[] = { "measure", "dimension", "descending", NULL };
  CptOrderSpec *order = &self->orders[self->n_orders];
  gint64 measure = -1, dimension = -1;

  if (!cpt_aggregate_check_members (object, known, error) ||
      !cpt_json_read_int (object, "measure", &measure, error) ||
      !cpt_json_read_int (object, "dimension", &dimension, error) ||
      !cpt_json_read_boolean (object, "descending", &order->descending, error))
    return FALSE;

  self->n_orders++;
  order->is_measure = json_object_has_member (object, "measure");
  if (order->is_measure == json_object_has_member (object, "dimension") ||
      (order->is_measure ? measure < 0 || measure >= self->n_figures : dimension < 0 || dimension >= self->n_dimensions))
    return cpt_aggregate_refuse (error, _("An order names one measure or one dimension by its position from 0"));

  order->index = (guint) (order->is_measure ? measure : dimension);

  return TRUE;
}

static gboolean
parse_compare (CptAggregateSpec  *self,
               JsonObject        *object,
               GError           **error)
{
  static const char *const known[] = { "field", "period", "with", NULL };
  const char *field = NULL, *with = "previous";

  if (!cpt_aggregate_check_members (object, known, error) ||
      !cpt_json_read_string (object, "field", &field, error) ||
      !cpt_json_read_string (object, "with", &with, error))
    return FALSE;

  if (field == NULL)
    return cpt_aggregate_refuse (error, _("“compare” needs a field"));
  if (!cpt_path_parse (self->schema, self->entity, field, &self->compare_path, error))
    return FALSE;
  if (!cpt_field_type_get (cpt_path_get_field (&self->compare_path)->kind)->is_bucketable)
    return cpt_aggregate_refuse (error, _("“compare” needs a date or a time"));
  if (!cpt_period_from_json (json_object_get_member (object, "period"), &self->compare_period, error))
    return FALSE;
  if (strcmp (with, "previous") != 0 && strcmp (with, "year") != 0)
    return cpt_aggregate_refuse (error, _("“with” is “previous” or “year”"));

  self->compare_years = strcmp (with, "year") == 0 ? 1 : 0;
  self->has_compare = TRUE;

  return TRUE;
}

typedef gboolean (*ParseFunc) (CptAggregateSpec *self,
                               JsonObject *object,
                               GError **error);

static gboolean
parse_list (CptAggregateSpec  *self,
            JsonObject        *object,
            const char        *member,
            guint              limit,
            ParseFunc          parse,
            GError           **error)
{
  JsonArray *array = NULL;

  if (!cpt_json_read_array (object, member, &array, error))
    return FALSE;
  if (array == NULL)
    return TRUE;

  if (json_array_get_length (array) > limit)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT,
                   ngettext ("“%s” can’t have more than %u item",
                             "“%s” can’t have more than %u items", limit),
                   member, limit);
      return FALSE;
    }

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *element = NULL;

      if (!get_element (array, i, &element, error) || !parse (self, element, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
parse_source (CptAggregateSpec  *self,
              JsonObject        *object,
              GError           **error)
{
  const char *source = NULL, *search = NULL;
  JsonNode *where = json_object_get_member (object, "where");
  gint64 limit = 0;

  if (!cpt_json_read_string (object, "source", &source, error) ||
      !cpt_json_read_string (object, "search", &search, error) ||
      !cpt_json_read_int (object, "limit", &limit, error))
    return FALSE;

  self->entity = source == NULL ? NULL : cpt_schema_find_entity (self->schema, source);
  if (self->entity == NULL)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("“source” is not a kind of record"));
      return FALSE;
    }

  if (limit < 0 || limit > CPT_AGGREGATE_MAX_ROWS)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT, _("“limit” is at most %d"), CPT_AGGREGATE_MAX_ROWS);
      return FALSE;
    }
  self->limit = (guint) limit;
  self->search = search == NULL || *search == '\0' ? NULL : g_strdup (search);

  if (where == NULL)
    return TRUE;

  self->where = cpt_filter_from_json (self->schema, self->entity, where, error);

  return self->where != NULL;
}

/* The numbers do not depend on it: who filters the question by a period reads it */
static gboolean
check_date (CptAggregateSpec  *self,
            JsonObject        *object,
            GError           **error)
{
  JsonNode *node = json_object_get_member (object, "date");
  const char *date = NULL;
  CptPath path;

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return !json_node_get_boolean (node) || cpt_aggregate_refuse (error, _("“date” is a field with a date or a time"));
  if (!cpt_json_read_string (object, "date", &date, error))
    return FALSE;
  if (date == NULL)
    return TRUE;

  return cpt_path_parse (self->schema, self->entity, date, &path, error) &&
         (cpt_field_type_get (cpt_path_get_field (&path)->kind)->is_bucketable ||
          cpt_aggregate_refuse (error, _("“date” is a field with a date or a time")));
}

static gboolean
parse_spec (CptAggregateSpec  *self,
            JsonObject        *object,
            guint              depth,
            GError           **error)
{
  static const char *const known[] = { "source", "where", "search", "measures", "dimensions",
                                       "having", "order", "limit", "compare", "date", "each", NULL };
  JsonObject *compare = NULL;

  if (!cpt_aggregate_check_members (object, known, error) ||
      !parse_source (self, object, error) || !check_date (self, object, error) ||
      !cpt_aggregate_parse_fold (self, object, error) ||
      !cpt_aggregate_parse_measures (self, object, error) ||
      !cpt_aggregate_parse_having (self, object, error) ||
      !parse_list (self, object, "dimensions", depth == 0 ? CPT_AGGREGATE_MAX_SHOWN : CPT_AGGREGATE_MAX_DIMENSIONS,
                   parse_dimension, error))
    return FALSE;

  if (!parse_list (self, object, "order", CPT_AGGREGATE_MAX_ORDERS, parse_order, error) ||
      !cpt_json_read_object (object, "compare", &compare, error))
    return FALSE;

  if (compare != NULL && !parse_compare (self, compare, error))
    return FALSE;

  return !self->has_each || cpt_aggregate_parse_inner (self, object, depth, error);
}

/**
 * cpt_aggregate_spec_from_json:
 * @schema: the declarations
 * @node: JSON as described at #CptAggregateSpec
 * @error: CPT_ERROR_PARSE, CPT_ERROR_INVALID, CPT_ERROR_NOT_FOUND or CPT_ERROR_LIMIT
 *
 * Without "measures" records are counted.
 *
 * Returns: (transfer full): a spec, or %NULL
 */
CptAggregateSpec *
cpt_aggregate_spec_from_json (CptSchema  *schema,
                              JsonNode   *node,
                              GError    **error)
{
  return cpt_aggregate_spec_from_inner_json (schema, node, 0, error);
}

CptAggregateSpec *
cpt_aggregate_spec_from_inner_json (CptSchema  *schema,
                                    JsonNode   *node,
                                    guint       depth,
                                    GError    **error)
{
  g_autoptr(CptAggregateSpec) self = g_new0 (CptAggregateSpec, 1);

  g_atomic_ref_count_init (&self->count);
  self->schema = cpt_schema_ref (schema);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      cpt_aggregate_refuse (error, _("A question is an object with “source”, “measures” and “dimensions”"));
      return NULL;
    }

  return parse_spec (self, json_node_get_object (node), depth, error) ? g_steal_pointer (&self) : NULL;
}

CptAggregateSpec *
cpt_aggregate_spec_parse (CptSchema   *schema,
                          const char  *json,
                          GError     **error)
{
  g_autoptr(JsonNode) node = cpt_json_parse (json, -1, error);

  return node == NULL ? NULL : cpt_aggregate_spec_from_json (schema, node, error);
}

CptAggregateSpec *
cpt_aggregate_spec_ref (CptAggregateSpec *self)
{
  g_atomic_ref_count_inc (&self->count);

  return self;
}

void
cpt_aggregate_spec_unref (CptAggregateSpec *self)
{
  if (!g_atomic_ref_count_dec (&self->count))
    return;

  g_clear_pointer (&self->inner, cpt_aggregate_spec_unref);
  cpt_aggregate_clear_measures (self);
  for (guint i = 0; i < self->n_dimensions; i++)
    g_free (self->dimensions[i].label);
  g_clear_pointer (&self->where, cpt_filter_unref);
  g_free (self->search);
  cpt_schema_unref (self->schema);
  g_free (self);
}

/* Back to JSON */

static JsonObject *
dimension_to_json (const CptDimensionSpec *dimension)
{
  JsonObject *object = json_object_new ();
  g_autofree char *path = cpt_path_format (&dimension->path);

  json_object_set_string_member (object, "field", path);
  if (dimension->bucket != CPT_BUCKET_NONE)
    json_object_set_string_member (object, "bucket", cpt_bucket_get_name (dimension->bucket));
  if (dimension->bin.form != CPT_BIN_NONE)
    json_object_set_member (object, "bin", cpt_bin_spec_to_json (&dimension->bin));
  if (dimension->fill)
    json_object_set_boolean_member (object, "fill", TRUE);
  if (dimension->label != NULL)
    json_object_set_string_member (object, "label", dimension->label);

  return object;
}

static void
add_orders (CptAggregateSpec *self,
            JsonObject       *object)
{
  JsonArray *orders;

  if (self->n_orders == 0)
    return;

  orders = json_array_new ();
  for (guint i = 0; i < self->n_orders; i++)
    {
      JsonObject *order = json_object_new ();

      json_object_set_int_member (order, self->orders[i].is_measure ? "measure" : "dimension", self->orders[i].index);
      if (self->orders[i].descending)
        json_object_set_boolean_member (order, "descending", TRUE);
      json_array_add_object_element (orders, order);
    }
  json_object_set_array_member (object, "order", orders);
}

static void
add_compare (CptAggregateSpec *self,
             JsonObject       *object)
{
  g_autofree char *path = NULL;
  JsonObject *compare;

  if (!self->has_compare)
    return;

  path = cpt_path_format (&self->compare_path);
  compare = json_object_new ();
  json_object_set_string_member (compare, "field", path);
  json_object_set_member (compare, "period", cpt_period_to_json (&self->compare_period));
  json_object_set_string_member (compare, "with", self->compare_years > 0 ? "year" : "previous");
  json_object_set_object_member (object, "compare", compare);
}

/**
 * cpt_aggregate_spec_to_json:
 * @self: a spec
 *
 * Returns: (transfer full): what cpt_aggregate_spec_from_json() reads
 */
JsonNode *
cpt_aggregate_spec_to_json (CptAggregateSpec *self)
{
  g_autoptr(JsonObject) object = json_object_new ();
  JsonArray *dimensions;

  json_object_set_string_member (object, "source", self->entity->name);
  if (self->where != NULL)
    json_object_set_member (object, "where", cpt_filter_to_json (self->where));
  if (self->search != NULL)
    json_object_set_string_member (object, "search", self->search);

  json_object_set_array_member (object, "measures", cpt_aggregate_measures_to_json (self));

  if (self->n_dimensions > 0)
    {
      dimensions = json_array_new ();
      for (guint i = 0; i < self->n_dimensions; i++)
        json_array_add_object_element (dimensions, dimension_to_json (&self->dimensions[i]));
      json_object_set_array_member (object, "dimensions", dimensions);
    }

  cpt_aggregate_add_having (self, object);
  add_orders (self, object);
  if (self->limit > 0)
    json_object_set_int_member (object, "limit", self->limit);
  add_compare (self, object);
  cpt_aggregate_add_each (self, object);

  return json_node_init_object (json_node_alloc (), object);
}

/* Getters */

const CptEntity *
cpt_aggregate_spec_get_entity (CptAggregateSpec *self)
{
  return self->entity;
}

CptAggregateSpec *
cpt_aggregate_spec_get_inner (CptAggregateSpec *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->inner;
}

guint
cpt_aggregate_spec_get_n_dimensions (CptAggregateSpec *self)
{
  return self->n_dimensions;
}

const CptField *
cpt_aggregate_spec_get_dimension_field (CptAggregateSpec *self,
                                        guint             dimension)
{
  g_return_val_if_fail (dimension < self->n_dimensions, NULL);

  return cpt_path_get_field (&self->dimensions[dimension].path);
}

CptBucket
cpt_aggregate_spec_get_bucket (CptAggregateSpec *self,
                               guint             dimension)
{
  g_return_val_if_fail (dimension < self->n_dimensions, CPT_BUCKET_NONE);

  return self->dimensions[dimension].bucket;
}

gboolean
cpt_aggregate_spec_has_bins (CptAggregateSpec *self,
                             guint             dimension,
                             double           *width)
{
  const CptBinSpec *bin;

  g_return_val_if_fail (dimension < self->n_dimensions, FALSE);

  bin = &self->dimensions[dimension].bin;
  *width = bin->form == CPT_BIN_WIDTH ? bin->width : 0;

  return bin->form != CPT_BIN_NONE;
}

char *
cpt_aggregate_spec_dup_dimension_label (CptAggregateSpec *self,
                                        guint             dimension)
{
  g_return_val_if_fail (dimension < self->n_dimensions, NULL);

  return self->dimensions[dimension].label != NULL ? g_strdup (self->dimensions[dimension].label)
                                                   : cpt_path_get_label (&self->dimensions[dimension].path);
}

gboolean
cpt_aggregate_spec_is_set_dimension (CptAggregateSpec *self,
                                     guint             dimension)
{
  CptValueType type = cpt_field_type_get (cpt_path_get_field (&self->dimensions[dimension].path)->kind)->value_type;

  return type == CPT_VALUE_TEXTS || type == CPT_VALUE_IDS;
}

gboolean
cpt_aggregate_spec_depends_on_today (CptAggregateSpec *self)
{
  if ((self->where != NULL && cpt_filter_depends_on_today (self->where)) ||
      (self->has_compare && cpt_period_is_relative (&self->compare_period)))
    return TRUE;

  for (guint i = 0; i < self->n_measures; i++)
    if (self->measures[i].filter != NULL && cpt_filter_depends_on_today (self->measures[i].filter))
      return TRUE;

  return FALSE;
}

gboolean
cpt_aggregate_spec_depends_on_user (CptAggregateSpec *self)
{
  if (self->where != NULL && cpt_filter_depends_on_user (self->where))
    return TRUE;

  for (guint i = 0; i < self->n_measures; i++)
    if (self->measures[i].filter != NULL && cpt_filter_depends_on_user (self->measures[i].filter))
      return TRUE;

  return FALSE;
}

CptFilter *
cpt_aggregate_spec_dup_part_filter (CptAggregateSpec *self,
                                    CptDatabase      *database,
                                    guint             part,
                                    int              *months,
                                    gint64           *days)
{
  CptPeriod period = { .form = CPT_PERIOD_RANGE };
  gint64 today;

  *months = 0;
  *days = 0;
  if (!self->has_compare)
    return NULL;

  today = cpt_database_get_today (database);
  if (part == 0)
    cpt_period_resolve (&self->compare_period, today, &period.from, &period.to);
  else
    cpt_period_resolve_before (&self->compare_period, today, self->compare_years, &period.from, &period.to, months, days);

  return cpt_filter_new_for_period (self->schema, self->entity, &self->compare_path, &period);
}

gboolean
cpt_aggregate_spec_get_part (CptAggregateSpec *self,
                             gint64            today,
                             gint64           *from,
                             gint64           *to)
{
  gint64 start, end, days;
  int months;

  if (!self->has_compare || self->compare_period.form != CPT_PERIOD_THIS)
    return FALSE;

  cpt_period_resolve (&self->compare_period, today, &start, &end);
  cpt_period_resolve_before (&self->compare_period, today, self->compare_years, from, to, &months, &days);

  return today < end;
}
