/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Totals of a pivot table. They are answers of the store to the same question with
 * fewer dimensions: the average of a row is that of its records, and who is in two
 * columns is counted once. */
#include "config.h"
#include "cpt-widget-data-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-chart-kind.h"

/* Which dimensions of the question a total keeps */
#define ROWS 0
#define COLUMNS 1
#define NEITHER 2

typedef struct
{
  CptWidgetData *data;
  CptDatabase *database;
  CptAggregateSpec *spec;
  JsonObject *query;
  GHashTable *rows;    /* key to index of a category */
  GHashTable *columns; /* key to index of the first series of a group */
  guint n_measures;    /* series that a group has */
} Totals;

/* Rows without a date have no place on the axis: nor have they in a total. */
static JsonNode *
create_where (const Totals *self)
{
  JsonNode *where = json_object_get_member (self->query, "where");
  JsonArray *dimensions = json_object_get_array_member (self->query, "dimensions");
  g_autoptr(JsonObject) object = json_object_new ();
  JsonObject *dated = json_object_new ();
  JsonArray *all = json_array_new ();

  json_object_set_string_member (dated, "field",
                                 json_object_get_string_member (json_array_get_object_element (dimensions, 0), "field"));
  json_object_set_string_member (dated, "op", "is-not-empty");
  json_array_add_object_element (all, dated);
  if (where != NULL)
    json_array_add_element (all, json_node_copy (where));
  json_object_set_array_member (object, "all", all);

  return json_node_init_object (json_node_alloc (), object);
}

/* (nullable): the question with one dimension, or none */
static CptAggregateResult *
ask (const Totals *self,
     guint         kept)
{
  static const char *const same[] = { "source", "search", "where", "measures", "compare", "each" };
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(CptAggregateSpec) spec = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    if (json_object_has_member (self->query, same[i]))
      json_object_set_member (object, same[i], json_object_dup_member (self->query, same[i]));
  if (cpt_aggregate_spec_get_bucket (self->spec, 0) != CPT_BUCKET_NONE)
    json_object_set_member (object, "where", create_where (self));
  if (kept != NEITHER)
    {
      JsonArray *given = json_object_get_array_member (self->query, "dimensions");
      JsonArray *dimensions = json_array_new ();

      json_array_add_element (dimensions, json_array_dup_element (given, kept));
      json_object_set_array_member (object, "dimensions", dimensions);
    }
  node = json_node_init_object (json_node_alloc (), object);
  spec = cpt_aggregate_spec_from_json (cpt_database_get_schema (self->database), node, NULL);

  return spec != NULL ? cpt_aggregate_run (self->database, spec, NULL) : NULL;
}

/* Which measure of the answer a series shows */
static guint
find_measure (const Totals *self,
              guint         series)
{
  CptWidgetData *data = self->data;

  for (guint i = 0; i < data->n_categories; i++)
    {
      guint place = series * data->n_categories + i;

      if (place < data->cells->len && g_array_index (data->cells, CptWidgetCell, place).row != CPT_WIDGET_NO_ROW)
        return g_array_index (data->cells, CptWidgetCell, place).measure;
    }

  return cpt_chart_data_get_series (data->chart, series)->measure;
}

static void
find_keys (Totals *self)
{
  CptWidgetData *data = self->data;
  CptWidgetBuilder builder = { .spec = self->spec, .result = data->result };
  guint n_dimensions = cpt_aggregate_spec_get_n_dimensions (self->spec);

  for (guint place = 0; place < data->cells->len; place++)
    {
      const CptWidgetCell *cell = &g_array_index (data->cells, CptWidgetCell, place);
      guint series = place / data->n_categories;

      if (cell->row == CPT_WIDGET_NO_ROW)
        continue;
      g_hash_table_replace (self->rows, cpt_widget_builder_dup_key (&builder, cell->row, 0),
                            GUINT_TO_POINTER (place % data->n_categories));
      if (n_dimensions > 1)
        g_hash_table_replace (self->columns, cpt_widget_builder_dup_key (&builder, cell->row, 1),
                              GUINT_TO_POINTER (series - series % self->n_measures));
    }
}

/* Of the amounts that the chart shows; "" where it shows none */
static const char *
get_currency (const Totals *self)
{
  for (guint i = 0; i < self->n_measures; i++)
    {
      const CptChartUnit *unit = cpt_chart_data_get_unit (self->data->chart, i);

      if (unit->currency[0] != '\0')
        return unit->currency;
    }

  return "";
}

static gboolean
is_shown (const Totals       *self,
          CptAggregateResult *result,
          guint               row)
{
  CptWidgetBuilder builder = { .spec = self->spec, .result = result };
  const char *currency = cpt_widget_builder_get_currency (&builder, row);
  const char *shown = get_currency (self);

  return currency[0] == '\0' || shown[0] == '\0' || g_str_equal (currency, shown);
}

/* The number of a total, in the unit of the series */
static double
get_number (const Totals       *self,
            CptAggregateResult *result,
            guint               row,
            guint               measure)
{
  CptWidgetBuilder builder = { .spec = self->spec, .result = result };
  CptChartUnit unit;
  double factor;

  if (!cpt_widget_builder_get_unit (&builder, measure, &unit, &factor))
    return NAN;

  return cpt_widget_get_number (cpt_aggregate_result_get_measure (result, row, measure), factor);
}

/* The total of each row becomes a series of its own; its index */
static guint
add_row_totals (Totals             *self,
                CptAggregateResult *result,
                guint               answer)
{
  CptWidgetData *data = self->data;
  CptWidgetBuilder builder = { .data = data, .chart = data->chart, .spec = self->spec, .result = result };
  guint first = cpt_chart_data_get_n_series (data->chart);

  for (guint m = 0; m < self->n_measures; m++)
    {
      guint index = cpt_chart_data_add_series (data->chart, _("Total"), CPT_CHART_ROLE_TOTAL);
      CptChartSeries *series = cpt_chart_data_get_series (data->chart, index);
      const CptChartSeries *like = cpt_chart_data_get_series (data->chart, m);
      guint measure = find_measure (self, m);

      series->measure = m;
      series->has_unit = like->has_unit;
      series->unit = like->unit;
      for (guint row = 0; row < cpt_aggregate_result_get_n_rows (result); row++)
        {
          g_autofree char *key = cpt_widget_builder_dup_key (&builder, row, 0);
          gpointer category;

          if (!is_shown (self, result, row) || !g_hash_table_lookup_extended (self->rows, key, NULL, &category))
            continue;
          cpt_chart_data_set_value (data->chart, index, GPOINTER_TO_UINT (category), get_number (self, result, row, measure));
          cpt_widget_builder_set_cell (&builder, index, GPOINTER_TO_UINT (category),
                                       (CptWidgetCell){ .row = row, .measure = measure, .answer = answer });
        }
    }

  return first;
}

/* Over all categories, of the series from @first on: as many as a group has */
static void
set_totals (Totals             *self,
            CptAggregateResult *result,
            guint               row,
            guint               first,
            guint               answer)
{
  for (guint m = 0; m < self->n_measures; m++)
    {
      guint measure = find_measure (self, first + m);

      cpt_chart_data_get_series (self->data->chart, first + m)->total = get_number (self, result, row, measure);
      g_array_index (self->data->total_cells, CptWidgetCell, first + m) =
        (CptWidgetCell){ .row = row, .measure = measure, .answer = answer };
    }
}

static void
set_column_totals (Totals             *self,
                   CptAggregateResult *result,
                   guint               answer)
{
  CptWidgetBuilder builder = { .spec = self->spec, .result = result };

  for (guint row = 0; row < cpt_aggregate_result_get_n_rows (result); row++)
    {
      g_autofree char *key = cpt_widget_builder_dup_key (&builder, row, 0);
      gpointer series;

      if (is_shown (self, result, row) && g_hash_table_lookup_extended (self->columns, key, NULL, &series))
        set_totals (self, result, row, GPOINTER_TO_UINT (series), answer);
    }
}

static void
set_grand_totals (Totals             *self,
                  CptAggregateResult *result,
                  guint               first,
                  guint               answer)
{
  for (guint row = 0; row < cpt_aggregate_result_get_n_rows (result); row++)
    if (is_shown (self, result, row))
      {
        set_totals (self, result, row, first, answer);
        return;
      }
}

/* The answers stay with the data: filters come from them */
static void
add_all (Totals *self)
{
  CptWidgetData *data = self->data;
  gboolean is_crossed = cpt_aggregate_spec_get_n_dimensions (self->spec) > 1;
  CptAggregateResult *rows = is_crossed ? ask (self, ROWS) : NULL;
  CptAggregateResult *columns = is_crossed ? ask (self, COLUMNS) : NULL;
  CptAggregateResult *all = ask (self, NEITHER);
  const CptWidgetCell none = { .row = CPT_WIDGET_NO_ROW };
  guint first = 0;

  data->totals = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_aggregate_result_unref);
  if (rows != NULL)
    {
      g_ptr_array_add (data->totals, rows);
      first = add_row_totals (self, rows, data->totals->len);
    }
  data->total_cells = g_array_new (FALSE, FALSE, sizeof (CptWidgetCell));
  for (guint i = 0; i < cpt_chart_data_get_n_series (data->chart); i++)
    g_array_append_val (data->total_cells, none);
  if (columns != NULL)
    {
      g_ptr_array_add (data->totals, columns);
      set_column_totals (self, columns, data->totals->len);
    }
  if (all != NULL)
    {
      g_ptr_array_add (data->totals, all);
      if (rows != NULL || !is_crossed)
        set_grand_totals (self, all, first, data->totals->len);
    }
}

/* What runs on from row to row has no total but its last value. */
static gboolean
runs_on (JsonObject *query)
{
  JsonArray *measures = json_object_has_member (query, "measures") ? json_object_get_array_member (query, "measures") : NULL;

  for (guint i = 0; measures != NULL && i < json_array_get_length (measures); i++)
    {
      JsonObject *measure = json_array_get_object_element (measures, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (measure, "show", NULL), "running") == 0)
        return TRUE;
    }

  return FALSE;
}

void
cpt_widget_data_add_totals (CptWidgetData    *self,
                            CptDatabase      *database,
                            const CptWidget  *widget,
                            CptAggregateSpec *spec,
                            JsonNode         *question)
{
  const CptChartKind *kind = cpt_chart_kind_find (widget->kind);
  Totals totals = { .data = self, .database = database, .spec = spec };

  if (kind == NULL || !(kind->needs & CPT_CHART_NEEDS_TOTALS) || self->chart->error != NULL ||
      cpt_chart_data_get_n_series (self->chart) == 0 || self->n_categories == 0 ||
      cpt_aggregate_spec_get_n_dimensions (spec) == 0 || runs_on (json_node_get_object (question)))
    return;

  totals.query = json_node_get_object (question);
  totals.rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  totals.columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  /* With one dimension the measures themselves are the columns */
  totals.n_measures = cpt_aggregate_spec_get_n_dimensions (spec) == 1 ? cpt_chart_data_get_n_series (self->chart)
                      : self->chart->measures != NULL                 ? self->chart->measures->len
                                                                      : 1;
  find_keys (&totals);
  add_all (&totals);
  g_hash_table_unref (totals.rows);
  g_hash_table_unref (totals.columns);
  if (cpt_aggregate_result_is_truncated (self->result) && self->chart->note == NULL)
    cpt_chart_data_set_note (self->chart, _("Totals are of all groups, also of those that are not shown."));
}
