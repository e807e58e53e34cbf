/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a widget says when nothing falls into the period that it is about: when
 * there was something last, and which records those are. Old data that has just
 * been imported would else look like none at all. */
#include "config.h"
#include "cpt-widget-data-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-json.h"

static const char *
get_string (JsonObject *object,
            const char *member)
{
  const char *text = NULL;

  return cpt_json_read_string (object, member, &text, NULL) ? text : NULL;
}

/* {"field":…,"op":"within","value":{…}} */
static gboolean
read_condition (JsonNode        *node,
                CptWidgetPeriod *periodic)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (object == NULL || g_strcmp0 (get_string (object, "op"), "within") != 0)
    return FALSE;

  periodic->field = get_string (object, "field");

  return cpt_json_read_object (object, "value", &periodic->period, NULL) && periodic->period != NULL;
}

/* A period beside other conditions that must all be met */
static gboolean
read_conditions (JsonArray       *all,
                 CptWidgetPeriod *periodic)
{
  guint length = json_array_get_length (all);
  JsonArray *rest;
  JsonObject *group;

  for (guint i = 0; i < length; i++)
    {
      if (!read_condition (json_array_get_element (all, i), periodic))
        continue;

      rest = json_array_new ();
      group = json_object_new ();
      for (guint other = 0; other < length; other++)
        if (other != i)
          json_array_add_element (rest, json_node_copy (json_array_get_element (all, other)));
      json_object_set_array_member (group, "all", rest);
      periodic->rest = json_node_init_object (json_node_alloc (), group);
      json_object_unref (group);
      return TRUE;
    }

  return FALSE;
}

/* What must all be met, however it was put together: a filter stands around the widget's own conditions */
static void
collect_conditions (JsonNode  *node,
                    JsonArray *all)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonArray *parts = NULL;

  if (object != NULL && cpt_json_read_array (object, "all", &parts, NULL) && parts != NULL)
    for (guint i = 0; i < json_array_get_length (parts); i++)
      collect_conditions (json_array_get_element (parts, i), all);
  else
    json_array_add_element (all, json_node_copy (node));
}

gboolean
cpt_widget_period_find (JsonObject      *query,
                        CptWidgetPeriod *periodic)
{
  JsonNode *where = json_object_get_member (query, "where");
  JsonObject *compare = NULL;
  g_autoptr(JsonArray) all = NULL;

  if (cpt_json_read_object (query, "compare", &compare, NULL) && compare != NULL)
    {
      periodic->field = get_string (compare, "field");
      cpt_json_read_object (compare, "period", &periodic->period, NULL);
      periodic->rest = where != NULL ? json_node_copy (where) : NULL;
      return periodic->period != NULL;
    }

  if (where == NULL || !JSON_NODE_HOLDS_OBJECT (where))
    return FALSE;
  if (read_condition (where, periodic))
    return TRUE;

  all = json_array_new ();
  collect_conditions (where, all);

  return read_conditions (all, periodic);
}

/* The bucket that a relative period is made of; FALSE for one with fixed ends,
 * and for one to come */
static gboolean
get_bucket (JsonObject *period,
            CptBucket  *bucket)
{
  const char *name = get_string (period, json_object_has_member (period, "this") ? "this" : "previous");

  if (json_object_has_member (period, "last"))
    name = get_string (period, "unit");

  return name != NULL && cpt_bucket_parse (name, bucket);
}

/* {"source":…,"where":…,"measures":[{"agg":"max","field":…}]} */
static CptAggregateSpec *
create_spec (CptDatabase           *database,
             const char            *source,
             const CptWidgetPeriod *periodic)
{
  g_autoptr(JsonObject) query = json_object_new ();
  g_autoptr(JsonNode) node = NULL;
  JsonObject *measure = json_object_new ();
  JsonArray *measures = json_array_new ();

  json_object_set_string_member (measure, "agg", "max");
  json_object_set_string_member (measure, "field", periodic->field);
  json_array_add_object_element (measures, measure);
  json_object_set_string_member (query, "source", source);
  if (periodic->rest != NULL)
    json_object_set_member (query, "where", json_node_copy (periodic->rest));
  json_object_set_array_member (query, "measures", measures);
  node = json_node_init_object (json_node_alloc (), query);

  return cpt_aggregate_spec_from_json (cpt_database_get_schema (database), node, NULL);
}

/* FALSE when there is none before today */
static gboolean
read_latest (CptDatabase      *database,
             CptAggregateSpec *spec,
             gint64           *date)
{
  const CptField *field = cpt_aggregate_spec_get_measure_field (spec, 0);
  g_autoptr(CptAggregateResult) result = cpt_aggregate_run (database, spec, NULL);
  const CptMeasure *latest;

  if (result == NULL || field == NULL || cpt_aggregate_result_get_n_rows (result) == 0)
    return FALSE;

  latest = cpt_aggregate_result_get_measure (result, 0, 0);
  if (latest->is_null)
    return FALSE;

  *date = latest->exact;
  if (field->kind == CPT_FIELD_DATETIME)
    *date = cpt_instant_get_date (latest->exact, cpt_database_get_zone (database));

  return *date < cpt_database_get_today (database);
}

/* The records of the bucket, and the other conditions */
static CptFilter *
create_filter (CptDatabase           *database,
               const CptEntity       *entity,
               const CptWidgetPeriod *periodic,
               gint64                 first,
               gint64                 last)
{
  CptSchema *schema = cpt_database_get_schema (database);
  g_autofree char *from = cpt_date_format_iso (first);
  g_autofree char *to = cpt_date_format_iso (last);
  g_autoptr(JsonObject) period = json_object_new ();
  g_autoptr(JsonNode) value = NULL;
  g_autoptr(CptFilter) rest = NULL;
  g_autoptr(CptFilter) within = NULL;

  json_object_set_string_member (period, "from", from);
  json_object_set_string_member (period, "to", to);
  value = json_node_init_object (json_node_alloc (), period);
  within = cpt_filter_new_condition (schema, entity, periodic->field, CPT_OPERATOR_WITHIN, value, NULL);
  if (periodic->rest != NULL)
    rest = cpt_filter_from_json (schema, entity, periodic->rest, NULL);

  return within != NULL ? cpt_filter_and (rest, within) : NULL;
}

static gboolean
shows_nothing (const CptChartData *chart)
{
  guint n_series = cpt_chart_data_get_n_series (chart);

  if ((isfinite (chart->total) && chart->total != 0) || (isfinite (chart->comparison) && chart->comparison != 0))
    return FALSE;

  for (guint series = 0; series < n_series; series++)
    for (guint i = 0; i < chart->categories->len; i++)
      {
        double value = cpt_chart_data_get_value (chart, series, i);

        if (!isnan (value) && value != 0)
          return FALSE;
      }

  return TRUE;
}

void
cpt_widget_data_find_latest (CptWidgetData *self,
                             CptDatabase   *database,
                             JsonNode      *question)
{
  JsonObject *query = JSON_NODE_HOLDS_OBJECT (question) ? json_node_get_object (question) : NULL;
  CptWidgetPeriod periodic = { 0 };
  g_autoptr(CptAggregateSpec) spec = NULL;
  g_autofree char *when = NULL;
  g_autofree char *note = NULL;
  CptBucket bucket;
  gint64 date, start;

  if (query == NULL || self->chart->error != NULL || !shows_nothing (self->chart))
    return;

  if (cpt_widget_period_find (query, &periodic) && periodic.field != NULL && get_bucket (periodic.period, &bucket))
    spec = create_spec (database, get_string (query, "source"), &periodic);
  if (spec != NULL && read_latest (database, spec, &date))
    {
      start = cpt_bucket_get_start (bucket, date);
      when = cpt_bucket_format (bucket, start);
      /* Translators: said where a chart has nothing to show; %s is when there was something last: "Dec 2017", "2017" */
      note = g_strdup_printf (_("Nothing since %s."), when);
      cpt_chart_data_set_note (self->chart, note);
      self->latest = create_filter (database, cpt_aggregate_spec_get_entity (spec), &periodic, start,
                                    cpt_bucket_add (bucket, start, 1) - 1);
    }
  g_clear_pointer (&periodic.rest, json_node_unref);
}
