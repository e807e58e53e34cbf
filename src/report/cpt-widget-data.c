/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers of a widget and the way back from a mark to its records. */
#include "config.h"
#include "cpt-widget-data-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-json.h"
#include "cpt-metric.h"

GType
cpt_widget_data_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    {
      GType registered = g_boxed_type_register_static (g_intern_static_string ("CptWidgetData"),
                                                       (GBoxedCopyFunc) cpt_widget_data_ref,
                                                       (GBoxedFreeFunc) cpt_widget_data_unref);

      g_once_init_leave (&type, registered);
    }

  return type;
}

CptWidgetData *
cpt_widget_data_ref (CptWidgetData *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
widget_data_clear (gpointer data)
{
  CptWidgetData *self = data;

  cpt_chart_data_unref (self->chart);
  g_clear_pointer (&self->result, cpt_aggregate_result_unref);
  g_clear_pointer (&self->latest, cpt_filter_unref);
  g_array_unref (self->cells);
  g_clear_pointer (&self->beginners, g_array_unref);
  g_clear_pointer (&self->totals, g_ptr_array_unref);
  g_clear_pointer (&self->filters, g_ptr_array_unref);
  g_clear_pointer (&self->total_cells, g_array_unref);
}

void
cpt_widget_data_unref (CptWidgetData *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, widget_data_clear);
}

/* Takes @chart */
static CptWidgetData *
create_data (CptChartData       *chart,
             CptAggregateResult *result)
{
  CptWidgetData *self = g_atomic_rc_box_new0 (CptWidgetData);

  self->chart = chart;
  self->result = result != NULL ? cpt_aggregate_result_ref (result) : NULL;
  self->total_row = CPT_WIDGET_NO_ROW;
  self->cells = g_array_new (FALSE, FALSE, sizeof (CptWidgetCell));

  return self;
}

/* The question of a widget, and of the metric that it names first whether a rise
 * is good, and its date; what the widget says itself counts more. */
static JsonNode *
expand_query (CptDatabase        *database,
              const CptWidget    *widget,
              CptChartDirection  *direction,
              char              **date,
              GError            **error)
{
  static const CptChartDirection directions[] = {
    [CPT_METRIC_UP_IS_GOOD] = CPT_CHART_UP_IS_GOOD,
    [CPT_METRIC_DOWN_IS_GOOD] = CPT_CHART_DOWN_IS_GOOD,
    [CPT_METRIC_NEUTRAL] = CPT_CHART_NEUTRAL,
  };
  JsonObject *query = JSON_NODE_HOLDS_OBJECT (widget->query) ? json_node_get_object (widget->query) : NULL;
  g_autoptr(CptMetric) metric = NULL;
  const char *key = NULL;

  if (query != NULL && cpt_json_read_string (query, "metric", &key, NULL) && key != NULL)
    metric = cpt_metric_find (database, key, error);
  if (key != NULL && metric == NULL)
    return NULL;
  if (metric != NULL && (widget->options == NULL || !json_object_has_member (widget->options, "direction")))
    *direction = directions[metric->direction];
  if (query != NULL && !cpt_metric_is_undated (query))
    *date = cpt_json_dup_string (query, "date");
  if (*date == NULL && metric != NULL && metric->query != NULL && JSON_NODE_HOLDS_OBJECT (metric->query))
    *date = cpt_json_dup_string (json_node_get_object (metric->query), "date");

  return cpt_metric_expand (database, widget->query, error);
}

/* Who leads is who has most, also where the question does not say so; least where that is better.
 * Where only some groups are asked for, and not which, they are the largest. */
static JsonNode *
create_ranked (JsonNode *question,
               gboolean  is_descending)
{
  JsonNode *ranked = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonObject *order = json_object_new ();
  JsonArray *orders = json_array_new ();

  json_object_set_int_member (order, "measure", 0);
  json_object_set_boolean_member (order, "descending", is_descending);
  json_array_add_object_element (orders, order);
  cpt_json_add_members (object, json_node_get_object (question));
  json_object_set_array_member (object, "order", orders);
  json_node_take_object (ranked, object);

  return ranked;
}

static gboolean
is_without_ranks (const CptWidget *widget,
                  JsonNode        *question)
{
  JsonObject *query = JSON_NODE_HOLDS_OBJECT (question) ? json_node_get_object (question) : NULL;
  JsonArray *dimensions = NULL;
  JsonNode *first = NULL;

  if (query == NULL || json_object_has_member (query, "order"))
    return FALSE;
  if (g_strcmp0 (widget->kind, "leaderboard") == 0)
    return TRUE;

  cpt_json_read_array (query, "dimensions", &dimensions, NULL);
  if (dimensions != NULL && json_array_get_length (dimensions) == 1)
    first = json_array_get_element (dimensions, 0);

  return json_object_has_member (query, "limit") && first != NULL && JSON_NODE_HOLDS_OBJECT (first) &&
         !json_object_has_member (json_node_get_object (first), "bucket") &&
         !json_object_has_member (json_node_get_object (first), "bin");
}

static gboolean
needs_no_numbers (const CptWidget *widget)
{
  const CptChartKind *kind = cpt_chart_kind_find (widget->kind);

  return kind != NULL && (kind->needs & (CPT_CHART_NEEDS_NOTHING | CPT_CHART_NEEDS_RECORDS));
}

static CptWidgetData *
read_without_numbers (CptDatabase     *database,
                      const CptWidget *widget)
{
  CptWidgetData *self = create_data (cpt_chart_data_new (widget->title, NULL), NULL);

  if (cpt_chart_kind_find (widget->kind)->needs & CPT_CHART_NEEDS_RECORDS)
    {
      self->is_personal = TRUE;
      cpt_widget_data_read_records (self, database, widget);
    }
  else if (g_str_equal (widget->kind, "goals"))
    cpt_widget_data_read_goals (self, database, widget);

  return self;
}

/* Names of colleagues are on the dashboards of all of them. */
static gboolean
names_people (CptSchema        *schema,
              CptAggregateSpec *spec)
{
  for (guint i = 0; i < cpt_aggregate_spec_get_n_dimensions (spec); i++)
    {
      const CptField *field = cpt_aggregate_spec_get_dimension_field (spec, i);
      const CptEntity *target = cpt_field_kind_is_link (field->kind) ? cpt_schema_find_entity (schema, field->target) : NULL;
      const CptField *title = target != NULL ? cpt_entity_get_title_field (target) : NULL;

      if (field->privacy != CPT_PRIVACY_NONE ||
          (title != NULL && title->privacy != CPT_PRIVACY_NONE && !g_str_equal (target->name, "user")))
        return TRUE;
    }

  return FALSE;
}

static CptWidgetData *
read_titled (CptDatabase     *database,
             const CptWidget *widget)
{
  CptWidgetData *self;
  g_autoptr(JsonNode) query = NULL;
  g_autoptr(CptAggregateSpec) spec = NULL;
  g_autoptr(CptAggregateResult) result = NULL;
  g_autoptr(CptWidgetSteps) steps = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *date = NULL;
  CptChartDirection direction = CPT_CHART_UP_IS_GOOD;

  if (needs_no_numbers (widget))
    return read_without_numbers (database, widget);
  if (widget->query == NULL)
    return create_data (cpt_chart_data_new_error (widget->title, _("Choose what to show.")), NULL);

  query = expand_query (database, widget, &direction, &date, &error);
  if (query != NULL && is_without_ranks (widget, query))
    {
      g_autoptr(JsonNode) question = g_steal_pointer (&query);

      query = create_ranked (question, direction != CPT_CHART_DOWN_IS_GOOD || g_strcmp0 (widget->kind, "leaderboard") != 0);
    }
  if (query != NULL)
    spec = cpt_aggregate_spec_from_json (cpt_database_get_schema (database), query, &error);
  if (spec != NULL)
    result = cpt_aggregate_run (database, spec, &error);
  if (result == NULL)
    return create_data (cpt_chart_data_new_error (widget->title, error->message), NULL);

  steps = cpt_widget_steps_read (database, widget, spec, result);
  self = create_data (cpt_chart_data_new (widget->title, NULL), result);
  cpt_widget_data_build (self, widget, spec, steps, cpt_database_get_currency (database));
  cpt_widget_data_note_left_out (self, widget, query);
  self->is_personal = names_people (cpt_database_get_schema (database), spec);
  if (direction != CPT_CHART_UP_IS_GOOD)
    self->chart->direction = direction;
  cpt_widget_data_add_target (self, database, widget);
  cpt_widget_data_add_rest (self, database, widget, spec, query);
  cpt_widget_data_add_totals (self, database, widget, spec, query);
  cpt_widget_data_add_cohort_sizes (self, database, widget, spec, query);
  cpt_widget_data_find_latest (self, database, query);
  cpt_widget_data_find_running (self, database, spec, query);
  cpt_widget_data_add_trend (self, database, widget, query, date);
  cpt_widget_data_add_outlook (self, database, widget);
  cpt_widget_data_add_leaders (self, database, widget, spec);

  return self;
}

CptWidgetData *
cpt_widget_data_read (CptDatabase     *database,
                      const CptWidget *widget)
{
  g_autofree char *title = NULL;
  CptWidget titled;

  g_return_val_if_fail (database != NULL, NULL);
  g_return_val_if_fail (widget != NULL, NULL);

  title = cpt_widget_dup_title (widget, NULL);
  titled = *widget;
  titled.title = title;

  return read_titled (database, &titled);
}

CptChartData *
cpt_widget_data_get_chart (CptWidgetData *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->chart;
}

gboolean
cpt_widget_data_is_personal (CptWidgetData *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->is_personal;
}

static CptFilter *
or_row (CptWidgetData *self,
        CptFilter     *former,
        guint          row,
        guint          measure)
{
  g_autoptr(CptFilter) mine = former;
  g_autoptr(CptFilter) more = NULL;

  if (row == CPT_WIDGET_NO_ROW)
    return g_steal_pointer (&mine);
  more = cpt_aggregate_result_dup_filter (self->result, row, measure);

  return cpt_filter_or (mine, more);
}

/* Who reached a step is at it or at one behind it; who only began, at the first. */
static CptFilter *
dup_reached_filter (CptWidgetData *self,
                    guint          place,
                    guint          category)
{
  CptFilter *filter = NULL;

  for (guint i = 0; category == 0 && self->beginners != NULL && i < self->beginners->len; i++)
    filter = or_row (self, filter, g_array_index (self->beginners, guint, i), 0);
  for (; category < self->n_categories && place < self->cells->len; category++, place++)
    {
      const CptWidgetCell *cell = &g_array_index (self->cells, CptWidgetCell, place);

      filter = or_row (self, filter, cell->row, cell->measure);
    }

  return filter;
}

static CptFilter *
dup_cell_filter (CptWidgetData       *self,
                 const CptWidgetCell *cell)
{
  CptAggregateResult *result = cell->answer == 0 ? self->result : g_ptr_array_index (self->totals, cell->answer - 1);

  return cell->row != CPT_WIDGET_NO_ROW ? cpt_aggregate_result_dup_filter (result, cell->row, cell->measure) : NULL;
}

CptFilter *
cpt_widget_data_dup_filter (CptWidgetData *self,
                            int            series,
                            int            category)
{
  CptWidgetCell cell = { .row = CPT_WIDGET_NO_ROW };
  guint place;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->filters != NULL && category >= 0 && (guint) category < self->filters->len &&
      g_ptr_array_index (self->filters, category) != NULL)
    return cpt_filter_ref (g_ptr_array_index (self->filters, category));
  if (self->result == NULL || self->chart->error != NULL)
    return NULL;
  if (self->latest != NULL)
    return cpt_filter_ref (self->latest);

  if (category == CPT_CHART_TOTAL && series >= 0 && self->total_cells != NULL && (guint) series < self->total_cells->len)
    return dup_cell_filter (self, &g_array_index (self->total_cells, CptWidgetCell, series));
  if (category < 0 && self->total_row != CPT_WIDGET_NO_ROW)
    return cpt_aggregate_result_dup_filter (self->result, self->total_row, 0);
  if (series < 0 || category < 0 || (guint) category >= self->n_categories)
    return NULL;

  place = (guint) series * self->n_categories + (guint) category;
  if (self->is_reached)
    return dup_reached_filter (self, place, (guint) category);
  if (place < self->cells->len)
    cell = g_array_index (self->cells, CptWidgetCell, place);

  return dup_cell_filter (self, &cell);
}

/* Of guint: the row of a mark; where each category counts what is behind it, of
 * those behind too */
static GArray *
list_rows (CptWidgetData *self,
           int            series,
           int            category)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint));
  guint end = self->is_reached ? self->n_categories : (guint) category + 1;

  if (self->beginners != NULL && category == 0)
    g_array_append_vals (rows, self->beginners->data, self->beginners->len);
  for (guint i = (guint) category; i < end; i++)
    {
      guint place = (guint) series * self->n_categories + i;
      guint row = place < self->cells->len ? g_array_index (self->cells, CptWidgetCell, place).row : CPT_WIDGET_NO_ROW;

      if (row != CPT_WIDGET_NO_ROW)
        g_array_append_val (rows, row);
    }

  return rows;
}

GPtrArray *
cpt_widget_data_list_conditions (CptWidgetData *self,
                                 int            series,
                                 int            category)
{
  GPtrArray *conditions = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_filter_unref);
  g_autoptr(GArray) rows = NULL;

  g_return_val_if_fail (self != NULL, conditions);

  if (self->result == NULL || self->chart->error != NULL || self->latest != NULL || series < 0 || category < 0 ||
      (guint) category >= self->n_categories)
    return conditions;

  rows = list_rows (self, series, category);
  for (guint i = 0; rows->len > 0 && i < cpt_aggregate_result_get_n_dimensions (self->result); i++)
    {
      CptFilter *condition = cpt_aggregate_result_dup_key_condition (self->result, (const guint *) rows->data, rows->len, i);

      if (condition != NULL)
        g_ptr_array_add (conditions, condition);
    }

  return conditions;
}

GPtrArray *
cpt_widget_data_read_all (CptDatabase        *database,
                          const CptDashboard *dashboard)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_chart_data_unref);

  g_return_val_if_fail (database != NULL, all);
  g_return_val_if_fail (dashboard != NULL, all);

  for (guint i = 0; i < cpt_dashboard_get_n_widgets (dashboard); i++)
    {
      g_autoptr(CptWidgetData) data = cpt_widget_data_read (database, cpt_dashboard_get_widget (dashboard, i));

      g_ptr_array_add (all, cpt_chart_data_ref (data->chart));
    }

  return all;
}
