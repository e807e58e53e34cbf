/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the JSON of a metric and what the form shows of it. What the form can't
 * show whole it leaves alone: nothing is lost that somebody wrote by hand. */
#include "config.h"

#include "cpt-metric-definition.h"

#include <glib/gi18n-lib.h>

#include "cpt-json.h"

static const char *const names[] = { "part", "whole" };

#define RATIO "part / whole"

CptMetricDefinition *
cpt_metric_definition_new (const char *source)
{
  CptMetricDefinition *self = g_new0 (CptMetricDefinition, 1);

  self->source = g_strdup (source);
  self->unit = CPT_MEASURE_UNIT_PERCENT;

  return self;
}

void
cpt_metric_definition_free (CptMetricDefinition *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (self->parts); i++)
    {
      g_free (self->parts[i].field);
      g_clear_pointer (&self->parts[i].where, json_node_unref);
    }
  g_clear_pointer (&self->where, json_node_unref);
  g_free (self->source);
  g_free (self->date);
  g_free (self);
}

/* Writing */

static JsonObject *
part_to_json (const CptMetricDefinition *self,
              guint                      index)
{
  const CptMetricPart *part = &self->parts[index];
  JsonObject *object = json_object_new ();

  if (self->is_ratio)
    json_object_set_string_member (object, "name", names[index]);
  json_object_set_string_member (object, "agg", cpt_aggregate_get_name (part->aggregate));
  if (part->field != NULL)
    json_object_set_string_member (object, "field", part->field);
  if (self->is_ratio && part->where != NULL)
    json_object_set_member (object, "where", json_node_copy (part->where));

  return object;
}

JsonNode *
cpt_metric_definition_to_json (const CptMetricDefinition *self)
{
  g_autoptr(JsonObject) object = json_object_new ();
  JsonArray *measures = json_array_new ();

  json_object_set_string_member (object, "source", self->source);
  if (self->date != NULL)
    json_object_set_string_member (object, "date", self->date);
  if (self->where != NULL)
    json_object_set_member (object, "where", json_node_copy (self->where));
  json_array_add_object_element (measures, part_to_json (self, 0));
  if (self->is_ratio)
    json_array_add_object_element (measures, part_to_json (self, 1));
  json_object_set_array_member (object, "measures", measures);
  if (self->is_ratio)
    {
      json_object_set_string_member (object, "formula", RATIO);
      json_object_set_string_member (object, "unit", cpt_measure_unit_get_name (self->unit));
    }

  return json_node_init_object (json_node_alloc (), object);
}

/* Reading */

static void
read_part (CptMetricDefinition *self,
           JsonArray           *measures,
           guint                index)
{
  CptMetricPart *part = &self->parts[index];
  JsonNode *node = json_array_get_element (measures, index);
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autofree char *name = object != NULL ? cpt_json_dup_string (object, "agg") : NULL;

  if (object == NULL)
    return;

  if (name == NULL || !cpt_aggregate_parse (name, &part->aggregate))
    part->aggregate = CPT_AGGREGATE_COUNT;
  part->field = cpt_json_dup_string (object, "field");
  if (json_object_has_member (object, "where"))
    part->where = json_node_ref (json_object_get_member (object, "where"));
}

static void
read_definition (CptMetricDefinition *self,
                 JsonObject          *object)
{
  JsonArray *measures = NULL;
  g_autofree char *unit = cpt_json_dup_string (object, "unit");

  self->date = cpt_json_dup_string (object, "date");
  self->is_ratio = json_object_has_member (object, "formula");
  if (unit != NULL)
    cpt_measure_unit_parse (unit, &self->unit);
  cpt_json_read_array (object, "measures", &measures, NULL);
  for (guint i = 0; measures != NULL && i < MIN (json_array_get_length (measures), G_N_ELEMENTS (self->parts)); i++)
    read_part (self, measures, i);
  if (json_object_has_member (object, "where"))
    self->where = json_node_ref (json_object_get_member (object, "where"));
}

/* Read and written again it must be the same */
CptMetricDefinition *
cpt_metric_definition_parse (JsonNode *query)
{
  g_autoptr(CptMetricDefinition) self = NULL;
  g_autoptr(JsonNode) again = NULL;
  g_autofree char *source = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  if (query == NULL || !JSON_NODE_HOLDS_OBJECT (query))
    return NULL;

  source = cpt_json_dup_string (json_node_get_object (query), "source");
  if (source == NULL)
    return NULL;

  self = cpt_metric_definition_new (source);
  read_definition (self, json_node_get_object (query));
  again = cpt_metric_definition_to_json (self);
  before = cpt_json_format_canonical (query);
  after = cpt_json_format_canonical (again);

  return g_strcmp0 (before, after) == 0 ? g_steal_pointer (&self) : NULL;
}

/* Words */

/* (nullable): what all records must be, and those of one part */
static JsonNode *
join_conditions (const CptMetricDefinition *self,
                 guint                      index)
{
  JsonNode *own = self->is_ratio ? self->parts[index].where : NULL;
  g_autoptr(JsonObject) object = NULL;
  JsonArray *all;

  if (self->where == NULL || own == NULL)
    return self->where != NULL ? json_node_copy (self->where) : own != NULL ? json_node_copy (own)
                                                                            : NULL;

  object = json_object_new ();
  all = json_array_new ();
  json_array_add_element (all, json_node_copy (own));
  json_array_add_element (all, json_node_copy (self->where));
  json_object_set_array_member (object, "all", all);

  return json_node_init_object (json_node_alloc (), object);
}

static char *
describe_part (CptDatabase               *database,
               const CptMetricDefinition *self,
               guint                      index)
{
  g_autoptr(JsonNode) where = join_conditions (self, index);
  CptMetricDefinition one = { .source = self->source, .where = where, .parts = { self->parts[index] } };
  g_autoptr(JsonNode) node = cpt_metric_definition_to_json (&one);

  return cpt_question_to_sentence (database, node);
}

char *
cpt_metric_definition_describe (CptDatabase *database,
                                JsonNode    *query)
{
  g_autoptr(CptMetricDefinition) self = cpt_metric_definition_parse (query);
  g_autofree char *part = self != NULL ? describe_part (database, self, 0) : NULL;
  g_autofree char *whole = NULL;

  if (part == NULL || !self->is_ratio)
    return g_steal_pointer (&part);

  whole = describe_part (database, self, 1);
  if (whole == NULL)
    return NULL;

  /* Translators: how a ratio is counted: "Deals, where Stage is Won, divided by Deals" */
  return g_strdup_printf (C_("metric", "%s, divided by %s"), part, whole);
}
