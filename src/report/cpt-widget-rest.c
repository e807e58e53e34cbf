/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the parts of a whole come to that a question leaves out by its limit, or because there are
 * too many: shares are of the whole, not of what is shown. It is an answer of the store to the
 * same question without groups. */

#include "config.h"

#include "cpt-widget-data-private.h"

#include "cpt-chart-kind.h"

/* (nullable): over all groups */
static CptAggregateResult *
ask_whole (CptDatabase       *database,
           JsonObject        *query,
           CptAggregateSpec **spec)
{
  static const char *const same[] = { "source", "search", "where", "measures", "compare", "each" };
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) node = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    if (json_object_has_member (query, same[i]))
      json_object_set_member (object, same[i], json_object_dup_member (query, same[i]));
  node = json_node_init_object (json_node_alloc (), object);
  *spec = cpt_aggregate_spec_from_json (cpt_database_get_schema (database), node, NULL);

  return *spec != NULL ? cpt_aggregate_run (database, *spec, NULL) : NULL;
}

/* In the currency of the chart; NAN where nothing is in it */
static double
find_whole (const CptChartData *chart,
            CptAggregateSpec   *spec,
            CptAggregateResult *result)
{
  CptWidgetBuilder builder = { .spec = spec, .result = result };
  CptChartUnit unit;
  double factor;

  if (!cpt_widget_builder_get_unit (&builder, 0, &unit, &factor))
    return NAN;

  for (guint row = 0; row < cpt_aggregate_result_get_n_rows (result); row++)
    {
      const char *currency = cpt_widget_builder_get_currency (&builder, row);

      if (currency[0] == '\0' || chart->unit.currency[0] == '\0' || g_str_equal (currency, chart->unit.currency))
        return cpt_widget_get_number (cpt_aggregate_result_get_measure (result, row, 0), factor);
    }

  return NAN;
}

void
cpt_widget_data_add_rest (CptWidgetData    *self,
                          CptDatabase      *database,
                          const CptWidget  *widget,
                          CptAggregateSpec *spec,
                          JsonNode         *question)
{
  const CptChartKind *kind = cpt_chart_kind_find (widget->kind);
  JsonObject *query = JSON_NODE_HOLDS_OBJECT (question) ? json_node_get_object (question) : NULL;
  CptChartData *chart = self->chart;
  g_autoptr(CptAggregateSpec) whole_spec = NULL;
  g_autoptr(CptAggregateResult) result = NULL;
  double whole, shown = 0;

  /* Groups that are left out on purpose are no part; records without a date are none of a calendar */
  if (query == NULL || kind == NULL || !(kind->needs & CPT_CHART_NEEDS_WHOLE) || chart->error != NULL ||
      !cpt_aggregate_result_is_truncated (self->result) || json_object_has_member (query, "having") ||
      cpt_aggregate_spec_get_bucket (spec, 0) != CPT_BUCKET_NONE || cpt_chart_data_get_n_series (chart) == 0)
    return;

  result = ask_whole (database, query, &whole_spec);
  whole = result != NULL ? find_whole (chart, whole_spec, result) : NAN;
  for (guint i = 0; i < cpt_chart_data_get_n_categories (chart); i++)
    {
      double value = cpt_chart_data_get_value (chart, 0, i);

      shown += isnan (value) ? 0 : value;
    }
  /* Where a record is in several groups these come to more than the whole */
  if (isnan (whole) || whole < shown)
    return;

  chart->rest = whole - shown;
  chart->total = whole;
  cpt_chart_data_set_note (chart, NULL);
}
