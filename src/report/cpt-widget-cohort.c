/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cohorts: what began in the same month, and in which month after that something
 * happened with it. The first date is the row, the distance of the second one from
 * it the column. How large a cohort is, is asked of the store: what nothing has
 * happened with counts too. */
#include "config.h"
#include "cpt-widget-data-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-chart-kind.h"

/* Columns, at most */
#define MAX_DISTANCE 60

static gboolean
is_cohort (const CptChartKind *kind)
{
  return kind != NULL && (kind->needs & CPT_CHART_NEEDS_COHORT);
}

const char *
cpt_widget_builder_refuse_cohort (const CptWidgetBuilder *self)
{
  if (!is_cohort (self->kind))
    return NULL;

  if (cpt_aggregate_spec_get_n_dimensions (self->spec) != 2 ||
      cpt_aggregate_spec_get_bucket (self->spec, 0) == CPT_BUCKET_NONE ||
      cpt_aggregate_spec_get_bucket (self->spec, 0) != cpt_aggregate_spec_get_bucket (self->spec, 1))
    return _("A cohort needs two dates at the same interval: when it began, and when something happened.");

  return NULL;
}

/* How many buckets after @from @to is; negative when it is before */
static gint64
get_distance (CptBucket bucket,
              gint64    from,
              gint64    to)
{
  int from_year, from_month, to_year, to_month, day;
  gint64 months;

  cpt_date_to_ymd (from, &from_year, &from_month, &day);
  cpt_date_to_ymd (to, &to_year, &to_month, &day);
  months = (gint64) (to_year - from_year) * 12 + to_month - from_month;

  switch (bucket)
    {
    case CPT_BUCKET_YEAR:
      return to_year - from_year;

    case CPT_BUCKET_QUARTER:
      return months / 3;

    case CPT_BUCKET_MONTH:
      return months;

    case CPT_BUCKET_WEEK:
      return (to - from) / 7;

    case CPT_BUCKET_DAY:
    case CPT_BUCKET_NONE:
    default:
      return to - from;
    }
}

static char *
dup_distance_label (CptBucket bucket,
                    guint     distance)
{
  switch (bucket)
    {
    case CPT_BUCKET_YEAR:
      return g_strdup_printf (ngettext ("after %u year", "after %u years", distance), distance);

    case CPT_BUCKET_QUARTER:
      return g_strdup_printf (ngettext ("after %u quarter", "after %u quarters", distance), distance);

    case CPT_BUCKET_MONTH:
      return g_strdup_printf (ngettext ("after %u month", "after %u months", distance), distance);

    case CPT_BUCKET_WEEK:
      return g_strdup_printf (ngettext ("after %u week", "after %u weeks", distance), distance);

    case CPT_BUCKET_DAY:
    case CPT_BUCKET_NONE:
    default:
      return g_strdup_printf (ngettext ("after %u day", "after %u days", distance), distance);
    }
}

/* Of a row; FALSE when nothing happened, or before it began */
static gboolean
read_distance (const CptWidgetBuilder *self,
               guint                   row,
               gint64                 *distance)
{
  const CptValue *from = cpt_aggregate_result_get_key (self->result, row, 0);
  const CptValue *to = cpt_aggregate_result_get_key (self->result, row, 1);

  if (cpt_value_is_null (from) || cpt_value_is_null (to))
    return FALSE;

  *distance = get_distance (cpt_aggregate_spec_get_bucket (self->spec, 0), from->integer, to->integer);

  return *distance >= 0;
}

void
cpt_widget_builder_add_cohorts (CptWidgetBuilder *self,
                                GArray           *categories,
                                double            factor)
{
  CptBucket bucket = cpt_aggregate_spec_get_bucket (self->spec, 0);
  gboolean is_cut = FALSE;
  gint64 distance, largest = 0;

  for (guint i = 0; i < self->rows->len; i++)
    if (read_distance (self, g_array_index (self->rows, guint, i), &distance))
      largest = MAX (largest, distance);
  is_cut = largest >= MAX_DISTANCE;
  largest = MIN (largest, MAX_DISTANCE - 1);
  for (guint i = 0; i <= (guint) largest; i++)
    {
      g_autofree char *label = dup_distance_label (bucket, i);

      cpt_chart_data_add_series (self->chart, label, CPT_CHART_ROLE_VALUE);
    }

  for (guint i = 0; i < self->rows->len; i++)
    {
      guint row = g_array_index (self->rows, guint, i);
      guint category = g_array_index (categories, guint, i);

      if (!read_distance (self, row, &distance) || distance > largest)
        continue;
      cpt_chart_data_set_value (self->chart, (guint) distance, category,
                                cpt_widget_get_number (cpt_aggregate_result_get_measure (self->result, row, 0), factor));
      cpt_widget_builder_set_cell (self, (guint) distance, category, (CptWidgetCell){ .row = row });
    }
  if (is_cut)
    cpt_chart_data_set_note (self->chart, _("What happened later is left out."));
}

/* ---- how large they are ---- */

/* "organisation.created_at" of different organisations: as many as began then. Else
 * what is measured, of all that began then. */
static JsonNode *
create_size_query (CptDatabase      *database,
                   CptAggregateSpec *spec,
                   JsonObject       *query)
{
  JsonObject *dimension = json_array_get_object_element (json_object_get_array_member (query, "dimensions"), 0);
  const char *path = json_object_get_string_member (dimension, "field");
  const CptField *link = cpt_aggregate_spec_get_measure_field (spec, 0);
  const char *dot = strchr (path, '.');
  const CptEntity *target = NULL;
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonArray) dimensions = json_array_new ();
  JsonObject *copy = json_object_new ();

  if (cpt_aggregate_spec_get_measure_aggregate (spec, 0) == CPT_AGGREGATE_DISTINCT && link != NULL && dot != NULL &&
      strchr (dot + 1, '.') == NULL && strncmp (path, link->name, (gsize) (dot - path)) == 0 && link->name[dot - path] == '\0')
    target = cpt_schema_get_target (cpt_database_get_schema (database), link);

  json_object_set_string_member (copy, "field", target != NULL ? dot + 1 : path);
  json_object_set_string_member (copy, "bucket", cpt_bucket_get_name (cpt_aggregate_spec_get_bucket (spec, 0)));
  json_array_add_object_element (dimensions, copy);
  json_object_set_array_member (object, "dimensions", json_array_ref (dimensions));
  if (target != NULL)
    {
      JsonArray *measures = json_array_new ();
      JsonObject *count = json_object_new ();

      json_object_set_string_member (count, "agg", "count");
      json_array_add_object_element (measures, count);
      json_object_set_string_member (object, "source", target->name);
      json_object_set_array_member (object, "measures", measures);
      return json_node_init_object (json_node_alloc (), object);
    }

  for (guint i = 0; i < 5; i++)
    {
      static const char *const same[] = { "source", "search", "where", "measures", "each" };

      if (json_object_has_member (query, same[i]))
        json_object_set_member (object, same[i], json_object_dup_member (query, same[i]));
    }

  return json_node_init_object (json_node_alloc (), object);
}

static void
add_sizes (CptWidgetData      *self,
           CptAggregateSpec   *spec,
           CptAggregateResult *result)
{
  CptChartData *chart = self->chart;
  CptWidgetBuilder builder = { .data = self, .chart = chart, .spec = spec, .result = result };
  guint series = cpt_chart_data_add_series (chart, C_("of a cohort", "Size"), CPT_CHART_ROLE_TOTAL);
  CptChartUnit unit;
  double factor;

  if (!cpt_widget_builder_get_unit (&builder, 0, &unit, &factor))
    return;

  g_ptr_array_add (self->totals, cpt_aggregate_result_ref (result));
  for (guint row = 0; row < cpt_aggregate_result_get_n_rows (result); row++)
    {
      const CptValue *key = cpt_aggregate_result_get_key (result, row, 0);
      const char *currency = cpt_widget_builder_get_currency (&builder, row);

      if (cpt_value_is_null (key) || (currency[0] != '\0' && !g_str_equal (currency, chart->unit.currency)))
        continue;
      for (guint i = 0; i < self->n_categories; i++)
        {
          if (g_array_index (chart->categories, CptChartCategory, i).start != key->integer)
            continue;
          cpt_chart_data_set_value (chart, series, i,
                                    cpt_widget_get_number (cpt_aggregate_result_get_measure (result, row, 0), factor));
          cpt_widget_builder_set_cell (&builder, series, i, (CptWidgetCell){ .row = row, .answer = self->totals->len });
        }
    }
}

/* Up to now nothing is nothing; what is still to come is not known. */
static void
fill_past (CptWidgetData *self,
           gint64         today)
{
  CptChartData *chart = self->chart;
  gint64 now = cpt_bucket_get_start (chart->bucket, today);

  for (guint i = 0; i < self->n_categories; i++)
    {
      gint64 distance = get_distance (chart->bucket, g_array_index (chart->categories, CptChartCategory, i).start, now);

      for (guint s = 0; s < cpt_chart_data_get_n_series (chart) && (gint64) s <= distance; s++)
        if (isnan (cpt_chart_data_get_value (chart, s, i)))
          cpt_chart_data_set_value (chart, s, i, 0);
    }
}

void
cpt_widget_data_add_cohort_sizes (CptWidgetData    *self,
                                  CptDatabase      *database,
                                  const CptWidget  *widget,
                                  CptAggregateSpec *spec,
                                  JsonNode         *question)
{
  g_autoptr(JsonNode) query = NULL;
  g_autoptr(CptAggregateSpec) sizes = NULL;
  g_autoptr(CptAggregateResult) result = NULL;

  if (!is_cohort (cpt_chart_kind_find (widget->kind)) || self->chart->error != NULL || self->n_categories == 0)
    return;

  if (cpt_aggregate_spec_is_additive (spec, 0) || cpt_aggregate_spec_get_measure_aggregate (spec, 0) == CPT_AGGREGATE_DISTINCT)
    fill_past (self, cpt_database_get_today (database));
  self->totals = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_aggregate_result_unref);
  query = create_size_query (database, spec, json_node_get_object (question));
  sizes = cpt_aggregate_spec_from_json (cpt_database_get_schema (database), query, NULL);
  if (sizes != NULL)
    result = cpt_aggregate_run (database, sizes, NULL);
  if (result != NULL)
    add_sizes (self, sizes, result);
}
