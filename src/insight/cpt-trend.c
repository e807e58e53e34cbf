/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a question about numbers to a series: one aggregate, by the calendar. */

#include "config.h"

#include "cpt-trend.h"

#include <glib/gi18n-lib.h>

#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-metric.h"

void
cpt_trend_free (CptTrend *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->series, cpt_time_series_free);
  g_free (self->label);
  g_free (self);
}

static gboolean
refuse (const char  *message,
        GError     **error)
{
  g_set_error_literal (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED, message);

  return FALSE;
}

/* The dimension of the question, or the date of its metric, by @bucket; (nullable) */
static JsonObject *
create_dimension (JsonObject *query,
                  CptBucket   bucket)
{
  JsonArray *dimensions = NULL;
  JsonObject *former = NULL;
  g_autoptr(JsonObject) dimension = json_object_new ();
  const char *field = NULL, *name = NULL;

  cpt_json_read_array (query, "dimensions", &dimensions, NULL);
  if (dimensions != NULL && json_array_get_length (dimensions) > 0 &&
      JSON_NODE_HOLDS_OBJECT (json_array_get_element (dimensions, 0)))
    former = json_array_get_object_element (dimensions, 0);
  if (former != NULL)
    {
      cpt_json_read_string (former, "field", &field, NULL);
      cpt_json_read_string (former, "bucket", &name, NULL);
    }
  if (bucket != CPT_BUCKET_NONE)
    name = cpt_bucket_get_name (bucket);
  if (name == NULL)
    return NULL;

  if (field != NULL)
    json_object_set_string_member (dimension, "field", field);
  json_object_set_string_member (dimension, "bucket", name);

  return g_steal_pointer (&dimension);
}

/* Whether a condition is a period of the date itself */
static gboolean
is_period (JsonNode   *condition,
           const char *field)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (condition) ? json_node_get_object (condition) : NULL;
  const char *other = NULL, *operator= NULL;

  return object != NULL && cpt_json_read_string (object, "field", &other, NULL) &&
         cpt_json_read_string (object, "op", &operator, NULL) && g_strcmp0 (other, field) == 0 &&
         g_strcmp0 (operator, "within") == 0;
}

/* Takes periods of @field out of the conditions that must all hold */
static void
take_out_periods (JsonObject *question,
                  const char *field)
{
  JsonNode *where = json_object_get_member (question, "where");
  g_autoptr(JsonObject) group = json_object_new ();
  JsonArray *all = NULL;
  JsonArray *rest;

  if (where == NULL || field == NULL)
    return;
  if (is_period (where, field))
    {
      json_object_remove_member (question, "where");
      return;
    }
  if (!JSON_NODE_HOLDS_OBJECT (where) || !cpt_json_read_array (json_node_get_object (where), "all", &all, NULL) || all == NULL)
    return;

  rest = json_array_new ();
  for (guint i = 0; i < json_array_get_length (all); i++)
    if (!is_period (json_array_get_element (all, i), field))
      json_array_add_element (rest, json_node_copy (json_array_get_element (all, i)));
  json_object_set_array_member (group, "all", rest);
  json_object_set_object_member (question, "where", g_steal_pointer (&group));
}

/* The same question over all time */
static JsonNode *
create_question (JsonNode  *question,
                 CptBucket  bucket)
{
  static const char *const kept[] = { "source", "metric", "metrics", "measures", "where", "search", "date", "each" };
  JsonObject *query = JSON_NODE_HOLDS_OBJECT (question) ? json_node_get_object (question) : NULL;
  JsonObject *dimension = query != NULL ? create_dimension (query, bucket) : NULL;
  g_autoptr(JsonObject) object = json_object_new ();
  JsonArray *dimensions;

  if (dimension == NULL)
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    if (json_object_has_member (query, kept[i]))
      json_object_set_member (object, kept[i], json_node_copy (json_object_get_member (query, kept[i])));
  if (json_object_has_member (dimension, "field"))
    take_out_periods (object, json_object_get_string_member (dimension, "field"));
  dimensions = json_array_new ();
  json_array_add_object_element (dimensions, dimension);
  json_object_set_array_member (object, "dimensions", dimensions);

  return json_node_init_object (json_node_alloc (), object);
}

/* A row of the answer that is in the series; what has no amount is in none of them. */
static gboolean
read_row (const CptMeasure *measure,
          const CptValue   *key,
          const char       *currency)
{
  if (measure == NULL || measure->is_null || key == NULL || key->type != CPT_VALUE_INTEGER)
    return FALSE;

  return measure->currency[0] == '\0' || g_str_equal (measure->currency, currency);
}

static guint
count_buckets (CptBucket bucket,
               gint64    from,
               gint64    to)
{
  guint count = 0;

  for (gint64 start = from; start < to; start = cpt_bucket_add (bucket, start, 1))
    count++;

  return count;
}

/* The first day that is looked at: ten years ago, or when there was something first */
static gint64
find_start (CptTrend           *self,
            CptAggregateResult *result,
            CptBucket           bucket,
            gint64              now)
{
  guint length = cpt_time_series_get_year_length (bucket);
  gint64 oldest = cpt_bucket_add (bucket, now, -(int) (CPT_TREND_YEARS * length));
  gint64 start = now;

  for (guint i = 0; i < cpt_aggregate_result_get_n_rows (result); i++)
    {
      const CptValue *key = cpt_aggregate_result_get_key (result, i, 0);

      if (read_row (cpt_aggregate_result_get_measure (result, i, 0), key, self->currency))
        start = MIN (start, key->integer);
    }

  return MAX (start, oldest);
}

static void
fill (CptTrend           *self,
      CptAggregateResult *result,
      double              factor,
      CptBucket           bucket,
      gint64              now)
{
  gint64 start = find_start (self, result, bucket, now);
  guint n = count_buckets (bucket, start, now);

  self->series = cpt_time_series_new (bucket, start, NULL, n);
  for (guint i = 0; i < n && self->is_additive; i++)
    self->series->values[i] = 0;
  self->running = self->is_additive ? 0 : NAN;

  for (guint i = 0; i < cpt_aggregate_result_get_n_rows (result); i++)
    {
      const CptMeasure *measure = cpt_aggregate_result_get_measure (result, i, 0);
      const CptValue *key = cpt_aggregate_result_get_key (result, i, 0);

      if (!read_row (measure, key, self->currency))
        {
          if (measure != NULL && measure->currency[0] != '\0' && measure->number != 0 &&
              !g_str_equal (measure->currency, self->currency))
            self->n_other_currencies++;
        }
      else if (key->integer == now)
        self->running = measure->number * factor;
      else if (key->integer >= start && key->integer < now)
        self->series->values[count_buckets (bucket, start, key->integer)] = measure->number * factor;
    }
}

CptTrend *
cpt_trend_read (CptDatabase  *database,
                JsonNode     *question,
                CptBucket     bucket,
                const char   *currency,
                GError      **error)
{
  g_autoptr(CptTrend) self = NULL;
  g_autoptr(JsonNode) whole = NULL;
  g_autoptr(CptAggregateSpec) spec = NULL;
  g_autoptr(CptAggregateResult) result = NULL;

  g_return_val_if_fail (database != NULL, NULL);
  g_return_val_if_fail (question != NULL, NULL);

  whole = create_question (question, bucket);
  if (whole == NULL || (spec = cpt_metric_create_spec (database, whole, error)) == NULL)
    {
      if (whole == NULL)
        refuse (_("A trend is told of dates; break the number down by week, month or quarter."), error);
      return NULL;
    }
  bucket = cpt_aggregate_spec_get_bucket (spec, 0);
  if (cpt_time_series_get_year_length (bucket) == 0)
    refuse (_("A trend is told of dates; break the number down by week, month or quarter."), error);
  else if (cpt_aggregate_spec_get_unit (spec, 0) == CPT_MEASURE_UNIT_NONE)
    refuse (_("This measure is not a number; choose another one."), error);
  else
    result = cpt_aggregate_run (database, spec, error);
  if (result == NULL)
    return NULL;

  self = g_new0 (CptTrend, 1);
  self->is_additive = cpt_aggregate_spec_is_additive (spec, 0);
  self->unit = cpt_aggregate_spec_get_unit (spec, 0);
  self->label = cpt_aggregate_spec_dup_measure_label (spec, 0);
  if (self->unit == CPT_MEASURE_UNIT_MONEY)
    g_strlcpy (self->currency, currency != NULL ? currency : cpt_database_get_currency (database), sizeof self->currency);
  fill (self, result, cpt_aggregate_spec_get_factor (spec, 0), bucket,
        cpt_bucket_get_start (bucket, cpt_database_get_today (database)));

  return g_steal_pointer (&self);
}
