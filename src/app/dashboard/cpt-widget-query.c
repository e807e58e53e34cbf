/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Between the JSON of a widget's query and what the editor shows of it.
 */

#include "config.h"

#include "cpt-widget-query.h"

#include "cpt-json.h"
#include "cpt-metric.h"

void
cpt_widget_text_set (char       **place,
                     const char  *text)
{
  char *copy = g_strdup (text);

  g_free (*place);
  *place = copy;
}

CptWidgetQuery *
cpt_widget_query_new (const char *source)
{
  CptWidgetQuery *self = g_new0 (CptWidgetQuery, 1);

  self->source = g_strdup (source);
  self->more_metrics = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
cpt_widget_query_free (CptWidgetQuery *self)
{
  if (self == NULL)
    return;

  g_free (self->metric);
  g_ptr_array_unref (self->more_metrics);
  g_free (self->source);
  g_free (self->field);
  g_free (self->more_field);
  g_free (self->path);
  g_free (self->bin);
  g_free (self->by);
  g_free (self->by_bin);
  g_free (self->period);
  g_free (self->with);
  g_free (self->show);
  g_free (self->having_op);
  g_free (self->period_field);
  g_free (self->date);
  g_clear_pointer (&self->where, json_node_unref);
  g_clear_pointer (&self->having_rest, json_array_unref);
  g_clear_pointer (&self->each, json_node_unref);
  g_free (self);
}

/* The object at @index in the array @member, or NULL */
static JsonObject *
get_part (JsonObject *object,
          const char *member,
          guint       index)
{
  JsonArray *array = NULL;

  if (!cpt_json_read_array (object, member, &array, NULL) || array == NULL || json_array_get_length (array) <= index ||
      !JSON_NODE_HOLDS_OBJECT (json_array_get_element (array, index)))
    return NULL;

  return json_array_get_object_element (array, index);
}

static gboolean
read_measure (JsonObject    *object,
              guint          index,
              CptAggregate  *aggregate,
              char         **field)
{
  JsonObject *part = get_part (object, "measures", index);
  g_autofree char *name = NULL;

  if (part == NULL)
    return FALSE;

  name = cpt_json_dup_string (part, "agg");
  if (name == NULL || !cpt_aggregate_parse (name, aggregate))
    *aggregate = CPT_AGGREGATE_COUNT;
  *field = cpt_json_dup_string (part, "field");

  return TRUE;
}

static void
read_dimension (JsonObject  *object,
                guint        index,
                char       **path,
                CptBucket   *bucket,
                char       **bin)
{
  JsonObject *part = get_part (object, "dimensions", index);
  g_autofree char *name = NULL;

  if (part == NULL)
    return;

  *path = json_object_has_member (part, "field") ? cpt_json_dup_string (part, "field") : g_strdup ("");
  if (json_object_has_member (part, "bin"))
    *bin = cpt_json_format (json_object_get_member (part, "bin"));
  name = cpt_json_dup_string (part, "bucket");
  if (name == NULL || !cpt_bucket_parse (name, bucket))
    *bucket = CPT_BUCKET_NONE;
}

/* The first condition on the numbers of groups */
static void
read_having (JsonObject     *object,
             CptWidgetQuery *self)
{
  JsonObject *part = get_part (object, "having", 0);
  JsonNode *value = part != NULL ? json_object_get_member (part, "value") : NULL;
  JsonArray *all = NULL;
  gint64 measure = 0;

  if (value == NULL || !JSON_NODE_HOLDS_VALUE (value))
    return;

  cpt_json_read_int (part, "measure", &measure, NULL);
  self->having_op = cpt_json_dup_string (part, "op");
  self->having_measure = measure == 1 ? 1 : 0;
  self->having_value = json_node_get_double (value);
  cpt_json_read_array (object, "having", &all, NULL);
  self->having_rest = json_array_new ();
  for (guint i = 1; all != NULL && i < json_array_get_length (all); i++)
    json_array_add_element (self->having_rest, json_array_dup_element (all, i));
}

static void
read_metrics (JsonObject     *object,
              CptWidgetQuery *self)
{
  JsonArray *keys = NULL;

  if (!cpt_json_read_array (object, "metrics", &keys, NULL) || keys == NULL)
    return;

  for (guint i = 0; i < json_array_get_length (keys); i++)
    {
      JsonNode *key = json_array_get_element (keys, i);

      if (!JSON_NODE_HOLDS_VALUE (key) || json_node_get_value_type (key) != G_TYPE_STRING)
        continue;
      if (i == 0)
        cpt_widget_text_set (&self->metric, json_node_get_string (key));
      else
        g_ptr_array_add (self->more_metrics, g_strdup (json_node_get_string (key)));
    }
}

CptWidgetQuery *
cpt_widget_query_parse (JsonNode *query)
{
  g_autoptr(CptWidgetQuery) self = cpt_widget_query_new ("deal");
  JsonObject *object;
  JsonObject *part = NULL;

  if (query == NULL || !JSON_NODE_HOLDS_OBJECT (query))
    return g_steal_pointer (&self);

  object = json_node_get_object (query);
  self->metric = cpt_json_dup_string (object, "metric");
  read_metrics (object, self);
  if (json_object_has_member (object, "source"))
    {
      g_free (self->source);
      self->source = cpt_json_dup_string (object, "source");
    }
  if (json_object_has_member (object, "where"))
    self->where = json_node_ref (json_object_get_member (object, "where"));
  if (json_object_has_member (object, "each"))
    self->each = json_node_ref (json_object_get_member (object, "each"));
  cpt_json_read_int (object, "limit", &self->limit, NULL);
  self->date = cpt_metric_is_undated (object) ? g_strdup ("") : cpt_json_dup_string (object, "date");

  read_measure (object, 0, &self->aggregate, &self->field);
  self->has_more = read_measure (object, 1, &self->more_aggregate, &self->more_field);
  if (get_part (object, "measures", 0) != NULL)
    self->show = cpt_json_dup_string (get_part (object, "measures", 0), "show");
  read_dimension (object, 0, &self->path, &self->bucket, &self->bin);
  read_dimension (object, 1, &self->by, &self->by_bucket, &self->by_bin);
  read_having (object, self);

  if (self->metric != NULL)
    {
      self->show = cpt_json_dup_string (object, "show");
      self->with = cpt_json_dup_string (object, "compare");
      if (json_object_has_member (object, "period"))
        self->period = cpt_json_format (json_object_get_member (object, "period"));
      return g_steal_pointer (&self);
    }
  cpt_json_read_object (object, "compare", &part, NULL);
  if (part != NULL && json_object_has_member (part, "period"))
    {
      self->period = cpt_json_format (json_object_get_member (part, "period"));
      self->period_field = cpt_json_dup_string (part, "field");
      self->with = cpt_json_dup_string (part, "with");
    }

  return g_steal_pointer (&self);
}

static void
add_text (JsonBuilder *builder,
          const char  *member,
          const char  *text)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, text);
}

static void
add_measure (JsonBuilder  *builder,
             CptAggregate  aggregate,
             const char   *field,
             const char   *show)
{
  json_builder_begin_object (builder);
  add_text (builder, "agg", cpt_aggregate_get_name (aggregate));
  if (field != NULL)
    add_text (builder, "field", field);
  if (show != NULL)
    add_text (builder, "show", show);
  json_builder_end_object (builder);
}

static void
add_dimension (JsonBuilder *builder,
               const char  *path,
               CptBucket    bucket,
               const char  *bin)
{
  g_autoptr(JsonNode) bins = bin != NULL ? cpt_json_parse (bin, -1, NULL) : NULL;
  gboolean fills = bucket != CPT_BUCKET_NONE || bins != NULL;

  json_builder_begin_object (builder);
  if (*path != '\0')
    {
      json_builder_set_member_name (builder, "field");
      json_builder_add_string_value (builder, path);
    }
  if (bucket != CPT_BUCKET_NONE)
    {
      json_builder_set_member_name (builder, "bucket");
      json_builder_add_string_value (builder, cpt_bucket_get_name (bucket));
    }
  if (bins != NULL)
    {
      json_builder_set_member_name (builder, "bin");
      json_builder_add_value (builder, g_steal_pointer (&bins));
    }
  if (fills)
    {
      json_builder_set_member_name (builder, "fill");
      json_builder_add_boolean_value (builder, TRUE);
    }
  json_builder_end_object (builder);
}

static void
add_order (JsonBuilder *builder,
           const char  *what,
           int          index)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, what);
  json_builder_add_int_value (builder, index);
  if (g_str_equal (what, "measure"))
    {
      json_builder_set_member_name (builder, "descending");
      json_builder_add_boolean_value (builder, TRUE);
    }
  json_builder_end_object (builder);
}

static void
add_having (JsonBuilder          *builder,
            const CptWidgetQuery *self)
{
  if (self->having_op == NULL)
    return;

  json_builder_set_member_name (builder, "having");
  json_builder_begin_array (builder);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "measure");
  json_builder_add_int_value (builder, self->having_measure);
  add_text (builder, "op", self->having_op);
  json_builder_set_member_name (builder, "value");
  json_builder_add_double_value (builder, self->having_value);
  json_builder_end_object (builder);
  for (guint i = 0; self->having_rest != NULL && i < json_array_get_length (self->having_rest); i++)
    json_builder_add_value (builder, json_array_dup_element (self->having_rest, i));
  json_builder_end_array (builder);
}

static void
add_dimensions (JsonBuilder          *builder,
                const CptWidgetQuery *self,
                gboolean              is_ordered)
{
  json_builder_set_member_name (builder, "dimensions");
  json_builder_begin_array (builder);
  add_dimension (builder, self->path, self->bucket, self->bin);
  if (self->by != NULL)
    add_dimension (builder, self->by, self->by_bucket, self->by_bin);
  json_builder_end_array (builder);

  add_having (builder, self);
  json_builder_set_member_name (builder, "order");
  json_builder_begin_array (builder);
  if (is_ordered && self->bucket == CPT_BUCKET_NONE && self->bin == NULL && self->by == NULL)
    add_order (builder, "measure", 0);
  else
    add_order (builder, "dimension", 0);
  if (self->by != NULL)
    add_order (builder, "dimension", 1);
  json_builder_end_array (builder);
  if (self->limit > 0)
    {
      json_builder_set_member_name (builder, "limit");
      json_builder_add_int_value (builder, self->limit);
    }
}

static void
add_date (JsonBuilder          *builder,
          const CptWidgetQuery *self)
{
  if (self->date == NULL)
    return;

  json_builder_set_member_name (builder, "date");
  if (*self->date == '\0')
    json_builder_add_boolean_value (builder, FALSE);
  else
    json_builder_add_string_value (builder, self->date);
}

static void
add_each (JsonBuilder          *builder,
          const CptWidgetQuery *self)
{
  if (self->each == NULL)
    return;

  json_builder_set_member_name (builder, "each");
  json_builder_add_value (builder, json_node_copy (self->each));
}

static void
add_metrics (JsonBuilder          *builder,
             const CptWidgetQuery *self)
{
  if (self->more_metrics->len == 0)
    {
      add_text (builder, "metric", self->metric);
      return;
    }

  json_builder_set_member_name (builder, "metrics");
  json_builder_begin_array (builder);
  json_builder_add_string_value (builder, self->metric);
  for (guint i = 0; i < self->more_metrics->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (self->more_metrics, i));
  json_builder_end_array (builder);
}

static JsonNode *
metric_to_json (const CptWidgetQuery *self,
                gboolean              is_ordered)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) period = self->period != NULL ? cpt_json_parse (self->period, -1, NULL) : NULL;

  json_builder_begin_object (builder);
  add_metrics (builder, self);
  if (self->show != NULL)
    add_text (builder, "show", self->show);
  if (self->where != NULL)
    {
      json_builder_set_member_name (builder, "where");
      json_builder_add_value (builder, json_node_copy (self->where));
    }
  if (period != NULL)
    {
      json_builder_set_member_name (builder, "period");
      json_builder_add_value (builder, g_steal_pointer (&period));
      if (self->with != NULL)
        add_text (builder, "compare", self->with);
    }
  add_date (builder, self);
  add_each (builder, self);
  if (self->path != NULL)
    add_dimensions (builder, self, is_ordered);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

JsonNode *
cpt_widget_query_to_json (const CptWidgetQuery *self,
                          gboolean              is_ordered)
{
  g_autoptr(JsonBuilder) builder = NULL;
  g_autoptr(JsonNode) period = NULL;
  gboolean has_date = self->date != NULL && *self->date != '\0';

  if (self->metric != NULL)
    return metric_to_json (self, is_ordered);

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  add_text (builder, "source", self->source);
  if (self->where != NULL)
    {
      json_builder_set_member_name (builder, "where");
      json_builder_add_value (builder, json_node_copy (self->where));
    }
  json_builder_set_member_name (builder, "measures");
  json_builder_begin_array (builder);
  add_measure (builder, self->aggregate, self->field, self->show);
  if (self->has_more)
    add_measure (builder, self->more_aggregate, self->more_field, NULL);
  json_builder_end_array (builder);
  add_date (builder, self);
  add_each (builder, self);
  if (self->path != NULL)
    add_dimensions (builder, self, is_ordered);

  if (self->period != NULL && self->period_field != NULL)
    period = cpt_json_parse (self->period, -1, NULL);
  if (period != NULL)
    {
      json_builder_set_member_name (builder, "compare");
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "field");
      json_builder_add_string_value (builder, has_date ? self->date : self->period_field);
      json_builder_set_member_name (builder, "period");
      json_builder_add_value (builder, g_steal_pointer (&period));
      add_text (builder, "with", self->with != NULL ? self->with : "previous");
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

JsonNode *
cpt_widget_query_records_to_json (const CptWidgetQuery *self,
                                  const char           *source)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_text (builder, "source", source);
  if (self->where != NULL)
    {
      json_builder_set_member_name (builder, "where");
      json_builder_add_value (builder, json_node_copy (self->where));
    }
  add_date (builder, self);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

void
cpt_widget_query_choose_record (CptWidgetQuery *self,
                                const char     *id)
{
  g_autoptr(JsonObject) condition = json_object_new ();

  g_clear_pointer (&self->where, json_node_unref);
  if (id == NULL)
    return;

  json_object_set_string_member (condition, "field", "id");
  json_object_set_string_member (condition, "op", "is");
  json_object_set_string_member (condition, "value", id);
  self->where = json_node_init_object (json_node_alloc (), condition);
}

gboolean
cpt_widget_query_has_record (const CptWidgetQuery *self)
{
  const char *field = NULL, *op = NULL;

  return self->where != NULL && JSON_NODE_HOLDS_OBJECT (self->where) &&
         cpt_json_read_string (json_node_get_object (self->where), "field", &field, NULL) && g_strcmp0 (field, "id") == 0 &&
         cpt_json_read_string (json_node_get_object (self->where), "op", &op, NULL) && g_strcmp0 (op, "is") == 0;
}
