/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which bucket of a time axis still fills up: the last one, when today is in it. Not where the
 * question is about days that are over, as "the last twelve months without this one" is: then
 * nothing more comes in. */

#include "config.h"

#include "cpt-widget-data-private.h"

#include "cpt-json.h"
#include "cpt-metric.h"

/* Conditions within conditions; a question that people made has two or three */
#define MAX_DEPTH 16

/* The path of the date that the axis is of; borrowed from @query */
static const char *
get_axis_field (JsonObject *query)
{
  JsonArray *dimensions = NULL;
  const char *field = NULL;
  JsonNode *first;

  if (!cpt_json_read_array (query, "dimensions", &dimensions, NULL) || dimensions == NULL ||
      json_array_get_length (dimensions) == 0)
    return NULL;
  first = json_array_get_element (dimensions, 0);
  if (JSON_NODE_HOLDS_OBJECT (first))
    cpt_json_read_string (json_node_get_object (first), "field", &field, NULL);

  return field;
}

static gboolean
ends_before (CptDatabase *database,
             JsonObject  *condition,
             const char  *member,
             const char  *field,
             gint64       today)
{
  const char *own = NULL;
  gint64 first, last;

  return cpt_json_read_string (condition, "field", &own, NULL) && g_strcmp0 (own, field) == 0 &&
         cpt_question_resolve_period (database, json_object_get_member (condition, member), &first, &last) && last < today;
}

/* Whether what must hold leaves out today: {"field":…,"op":"within","value":…}, alone or among others */
static gboolean
is_over (CptDatabase *database,
         JsonNode    *where,
         const char  *field,
         gint64       today,
         int          depth)
{
  JsonObject *object = where != NULL && JSON_NODE_HOLDS_OBJECT (where) ? json_node_get_object (where) : NULL;
  JsonArray *all = NULL;
  const char *operator= NULL;

  if (object == NULL || depth > MAX_DEPTH)
    return FALSE;
  if (cpt_json_read_string (object, "op", &operator, NULL) && g_strcmp0 (operator, "within") == 0)
    return ends_before (database, object, "value", field, today);

  cpt_json_read_array (object, "all", &all, NULL);
  for (guint i = 0; all != NULL && i < json_array_get_length (all); i++)
    if (is_over (database, json_array_get_element (all, i), field, today, depth + 1))
      return TRUE;

  return FALSE;
}

void
cpt_widget_data_find_running (CptWidgetData    *self,
                              CptDatabase      *database,
                              CptAggregateSpec *spec,
                              JsonNode         *question)
{
  CptChartData *chart = self->chart;
  guint n = cpt_chart_data_get_n_categories (chart);
  gint64 today = cpt_database_get_today (database);
  JsonObject *query = JSON_NODE_HOLDS_OBJECT (question) ? json_node_get_object (question) : NULL;
  JsonObject *compare = NULL;
  const char *field;
  gint64 start;

  if (query == NULL || chart->error != NULL || chart->bucket == CPT_BUCKET_NONE || n == 0 ||
      cpt_aggregate_spec_get_n_dimensions (spec) == 0)
    return;

  start = g_array_index (chart->categories, CptChartCategory, n - 1).start;
  field = get_axis_field (query);
  if (today < start || today >= cpt_bucket_add (chart->bucket, start, 1) || field == NULL ||
      is_over (database, json_object_get_member (query, "where"), field, today, 0))
    return;
  if (cpt_json_read_object (query, "compare", &compare, NULL) && compare != NULL &&
      ends_before (database, compare, "period", field, today))
    return;

  cpt_chart_data_set_running (chart, n - 1);
}
