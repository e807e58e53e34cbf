/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers of a dashboard: dashboard numbers. What stands in the charts, widget by
 * widget, in the units in which people write it. */
#include "config.h"

#include "cpt-ctl.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "cpt-chart-kind.h"
#include "cpt-dashboard-filter.h"
#include "cpt-money.h"

static const char *const measures[] = {
  [CPT_CHART_NUMBER] = "number",
  [CPT_CHART_COUNT] = "count",
  [CPT_CHART_MONEY] = "money",
  [CPT_CHART_PERCENT] = "percent",
  [CPT_CHART_DURATION] = "seconds",
};

static const char *const roles[] = {
  [CPT_CHART_ROLE_VALUE] = "value",
  [CPT_CHART_ROLE_COMPARISON] = "comparison",
  [CPT_CHART_ROLE_TOTAL] = "total",
  [CPT_CHART_ROLE_TREND] = "trend",
};

/* ----------------------------------------------------------------------- JSON */

static void
add_number (JsonBuilder        *builder,
            const char         *member,
            double              value,
            const CptChartUnit *unit)
{
  if (member != NULL)
    json_builder_set_member_name (builder, member);
  if (unit->measure == CPT_CHART_MONEY)
    value /= pow (10, cpt_currency_get_exponent (unit->currency));
  if (isfinite (value))
    json_builder_add_double_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_unit (JsonBuilder        *builder,
          const CptChartUnit *unit)
{
  cpt_ctl_json_text (builder, "unit", measures[unit->measure]);
  if (unit->measure == CPT_CHART_MONEY)
    cpt_ctl_json_text (builder, "currency", unit->currency);
}

/* The first day of a bucket, or the label */
static void
add_categories (JsonBuilder        *builder,
                const CptChartData *data)
{
  json_builder_set_member_name (builder, "categories");
  json_builder_begin_array (builder);
  for (guint i = 0; i < data->categories->len; i++)
    {
      const CptChartCategory *category = &g_array_index (data->categories, CptChartCategory, i);
      g_autofree char *label = data->bucket != CPT_BUCKET_NONE ? cpt_date_format_iso (category->start)
                                                               : cpt_chart_data_dup_label (data, i);

      json_builder_add_string_value (builder, label != NULL ? label : "");
    }
  json_builder_end_array (builder);
}

static void
add_series (JsonBuilder        *builder,
            const CptChartData *data)
{
  json_builder_set_member_name (builder, "series");
  json_builder_begin_array (builder);
  for (guint i = 0; i < data->series->len; i++)
    {
      const CptChartSeries *series = cpt_chart_data_get_series (data, i);
      const CptChartUnit *unit = cpt_chart_data_get_unit (data, i);

      json_builder_begin_object (builder);
      cpt_ctl_json_text (builder, "label", series->label);
      cpt_ctl_json_text (builder, "role", series->is_continuation ? "forecast" : roles[series->role]);
      add_unit (builder, unit);
      if (series->forecast_from != CPT_CHART_NO_FORECAST)
        cpt_ctl_json_int (builder, "forecast_from", series->forecast_from);
      json_builder_set_member_name (builder, "values");
      json_builder_begin_array (builder);
      for (guint at = 0; at < data->categories->len; at++)
        add_number (builder, NULL, cpt_chart_data_get_value (data, i, at), unit);
      json_builder_end_array (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_items (JsonBuilder        *builder,
           const CptChartData *data)
{
  json_builder_set_member_name (builder, "items");
  json_builder_begin_array (builder);
  for (guint i = 0; i < data->items->len; i++)
    {
      const CptChartItem *item = g_ptr_array_index (data->items, i);

      json_builder_begin_object (builder);
      cpt_ctl_json_text (builder, "title", item->title);
      cpt_ctl_json_text (builder, "detail", item->detail);
      cpt_ctl_json_text (builder, "when", item->when);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_widget (JsonBuilder        *builder,
            const CptWidget    *widget,
            const CptChartData *data)
{
  json_builder_begin_object (builder);
  cpt_ctl_json_text (builder, "id", widget->id);
  cpt_ctl_json_text (builder, "kind", widget->kind);
  cpt_ctl_json_text (builder, "title", data->title);
  cpt_ctl_json_int (builder, "page", widget->page);
  cpt_ctl_json_text (builder, "error", data->error);
  cpt_ctl_json_text (builder, "note", data->note);
  add_unit (builder, &data->unit);
  add_number (builder, "total", cpt_chart_data_get_total (data), &data->unit);
  add_number (builder, "comparison", data->comparison, &data->unit);
  add_categories (builder, data);
  if (isfinite (data->rest))
    add_number (builder, "rest", data->rest, &data->unit);
  if (data->running != CPT_CHART_NONE_RUNNING)
    cpt_ctl_json_int (builder, "running", data->running);
  add_series (builder, data);
  if (data->items != NULL)
    add_items (builder, data);
  json_builder_end_object (builder);
}

/* --------------------------------------------------------------------- people */

/* What a screen reader says of each */
static void
print_sentences (const CptDashboard *dashboard,
                 GPtrArray          *data)
{
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (2);

  for (guint i = 0; i < cpt_dashboard_get_n_widgets (dashboard); i++)
    {
      const CptWidget *widget = cpt_dashboard_get_widget (dashboard, i);
      CptChartData *numbers = g_ptr_array_index (data, i);
      CptChart chart = { cpt_chart_kind_find (widget->kind), widget->options, numbers };
      char **cells = g_new0 (char *, 3);

      cells[0] = g_strdup (numbers->title != NULL ? numbers->title : widget->title);
      cells[1] = cpt_chart_dup_summary (&chart);
      cpt_ctl_table_take_row (table, cells);
    }
  cpt_ctl_table_print (table);
}

gboolean
cpt_ctl_run_numbers (CptCtl  *self,
                     GError **error)
{
  g_autoptr(CptDashboard) dashboard = cpt_ctl_load_dashboard (self, error);
  g_autoptr(GPtrArray) data = NULL;
  g_autoptr(JsonBuilder) builder = NULL;
  g_autofree char *filters = NULL;

  if (dashboard == NULL)
    return FALSE;

  data = cpt_widget_data_read_all_filtered (self->database, dashboard, dashboard->filters);
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  if (!self->options.json)
    {
      print_sentences (dashboard, data);
      return TRUE;
    }

  filters = cpt_dashboard_filters_to_sentence (dashboard->filters, cpt_database_get_schema (self->database), self->database);
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  cpt_ctl_json_text (builder, "dashboard", dashboard->title);
  cpt_ctl_json_text (builder, "filters", filters);
  json_builder_set_member_name (builder, "widgets");
  json_builder_begin_array (builder);
  for (guint i = 0; i < cpt_dashboard_get_n_widgets (dashboard); i++)
    add_widget (builder, cpt_dashboard_get_widget (dashboard, i), g_ptr_array_index (data, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  cpt_ctl_print_builder (builder);

  return TRUE;
}
