/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Numbers that are made up, in the shape that a widget's question would give. They are only ever
 * drawn where it is said that they are examples: nothing here is counted, and nothing reaches a file.
 */

#include "config.h"

#include "cpt-widget-example.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-chart-format.h"
#include "cpt-chart-kind.h"
#include "cpt-metric.h"
#include "cpt-query.h"

#define MAX_CATEGORIES 6
#define MAX_SERIES 3
#define MIN_LABELS 3
#define N_BUCKETS 12
#define N_DAYS 90
#define SECONDS_PER_DAY 86400.0

/* How a year goes, and how things are when the largest comes first */
static const double of_time[] = { 0.58, 0.66, 0.61, 0.74, 0.79, 0.72, 0.88, 0.7, 0.83, 0.95, 0.9, 1.0 };
static const double by_size[] = { 1.0, 0.82, 0.64, 0.49, 0.37, 0.24 };
static const double of_series[] = { 1.0, 0.7, 0.48 };

static const char *const people[] = { "Anna", "Ben", "Chloé", "David", "Elif", "Farid" };

typedef struct
{
  CptDatabase *database;
  const CptWidget *widget;
  const CptChartKind *kind;
  CptAggregateSpec *spec;
  CptChartData *chart;
} Example;

/* ---------------------------------------------------------------------- labels */

static void
add_records (Example    *self,
             GPtrArray  *labels,
             const char *name)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  const CptEntity *entity = cpt_schema_find_entity (schema, name);
  g_autoptr(CptQuery) query = entity != NULL ? cpt_query_new (schema, entity) : NULL;
  g_autoptr(GPtrArray) records = query != NULL ? cpt_query_load_records (query, self->database, MAX_CATEGORIES, NULL) : NULL;

  for (guint i = 0; records != NULL && i < records->len; i++)
    g_ptr_array_add (labels, cpt_record_dup_title (g_ptr_array_index (records, i)));
}

/* (transfer full): what a dimension may have */
static GPtrArray *
list_labels (Example *self,
             guint    dimension,
             guint    most)
{
  const CptField *field = cpt_aggregate_spec_get_dimension_field (self->spec, dimension);
  GPtrArray *labels = g_ptr_array_new_with_free_func (g_free);

  for (const CptChoice *choice = field->choices; choice != NULL && choice->name != NULL && labels->len < most; choice++)
    g_ptr_array_add (labels, g_strdup (cpt_choice_get_label (choice)));
  if (field->kind == CPT_FIELD_LINK && g_strcmp0 (field->target, "user") != 0)
    add_records (self, labels, field->target);
  if (labels->len < MIN_LABELS)
    g_ptr_array_set_size (labels, 0);
  for (guint i = 0; labels->len < MIN_LABELS + 2 && i < G_N_ELEMENTS (people) && (labels->len == 0 || i > 0); i++)
    g_ptr_array_add (labels, g_strcmp0 (field->target, "user") == 0 ? g_strdup (people[i])
                                                                    : g_strdup_printf ("%c", (char) ('A' + i)));
  if (labels->len > most)
    g_ptr_array_set_size (labels, (int) most);

  return labels;
}

/* -------------------------------------------------------------------- numbers */

static CptChartUnit
get_unit (Example *self,
          guint    measure)
{
  CptChartUnit unit = { .measure = CPT_CHART_NUMBER };

  switch (cpt_aggregate_spec_get_unit (self->spec, measure))
    {
    case CPT_MEASURE_UNIT_COUNT:
      unit.measure = CPT_CHART_COUNT;
      break;
    case CPT_MEASURE_UNIT_MONEY:
      unit.measure = CPT_CHART_MONEY;
      g_strlcpy (unit.currency, cpt_database_get_currency (self->database), sizeof unit.currency);
      break;
    case CPT_MEASURE_UNIT_PERCENT:
      unit.measure = CPT_CHART_PERCENT;
      break;
    case CPT_MEASURE_UNIT_DAYS:
    case CPT_MEASURE_UNIT_DURATION:
      unit.measure = CPT_CHART_DURATION;
      break;
    case CPT_MEASURE_UNIT_NONE:
    case CPT_MEASURE_UNIT_NUMBER:
    case CPT_N_MEASURE_UNITS:
    default:
      break;
    }

  return unit;
}

/* @part: of the largest */
static double
get_value (const CptChartUnit *unit,
           double              part)
{
  switch (unit->measure)
    {
    case CPT_CHART_MONEY:
      return round (part * 84) * 50000;
    case CPT_CHART_PERCENT:
      return round (part * 64) / 100;
    case CPT_CHART_DURATION:
      return round (part * 42) * SECONDS_PER_DAY;
    case CPT_CHART_COUNT:
    case CPT_CHART_NUMBER:
    default:
      return round (part * 36);
    }
}

/* Without a second dimension each measure is a series */
static void
add_series (Example *self)
{
  guint n_measures = cpt_aggregate_spec_get_n_measures (self->spec);
  g_autoptr(GPtrArray) labels = NULL;

  self->chart->is_grouped = cpt_aggregate_spec_get_n_dimensions (self->spec) > 1;
  if (self->chart->is_grouped)
    labels = list_labels (self, 1, MAX_SERIES);
  for (guint i = 0; i < (labels != NULL ? labels->len : n_measures); i++)
    {
      guint measure = labels != NULL ? 0 : i;
      g_autofree char *label = labels != NULL ? g_strdup (g_ptr_array_index (labels, i))
                                              : cpt_aggregate_spec_dup_measure_label (self->spec, measure);
      guint index = cpt_chart_data_add_series (self->chart, label, CPT_CHART_ROLE_VALUE);
      CptChartSeries *series = cpt_chart_data_get_series (self->chart, index);

      series->is_additive = cpt_aggregate_spec_is_additive (self->spec, measure);
      series->unit = get_unit (self, measure);
      series->has_unit = TRUE;
    }
}

static void
add_categories (Example *self)
{
  CptBucket bucket = cpt_aggregate_spec_get_bucket (self->spec, 0);
  gint64 today = cpt_database_get_today (self->database);
  guint count = bucket == CPT_BUCKET_DAY ? N_DAYS : N_BUCKETS;
  g_autoptr(GPtrArray) labels = NULL;

  if (bucket != CPT_BUCKET_NONE)
    {
      gint64 first = cpt_bucket_add (bucket, cpt_bucket_get_start (bucket, today), 1 - (int) count);

      for (guint i = 0; i < count; i++)
        cpt_chart_data_add_bucket (self->chart, bucket, cpt_bucket_add (bucket, first, (int) i));
      return;
    }

  labels = list_labels (self, 0, MAX_CATEGORIES);
  for (guint i = 0; i < labels->len; i++)
    cpt_chart_data_add_category (self->chart, g_ptr_array_index (labels, i));
}

static void
add_values (Example *self)
{
  guint n = self->chart->categories->len;

  for (guint series = 0; series < cpt_chart_data_get_n_series (self->chart); series++)
    for (guint i = 0; i < n; i++)
      {
        const CptChartUnit *unit = cpt_chart_data_get_unit (self->chart, series);
        gboolean is_time = self->chart->bucket != CPT_BUCKET_NONE;
        /* Series are not all alike */
        guint at = (i + 5 * series) % (is_time ? G_N_ELEMENTS (of_time) : n);
        double part = is_time ? of_time[(series == 0 ? i : at) % G_N_ELEMENTS (of_time)]
                              : by_size[(series == 0 ? i : at) % G_N_ELEMENTS (by_size)];

        cpt_chart_data_set_value (self->chart, series, i, get_value (unit, part * of_series[series % G_N_ELEMENTS (of_series)]));
      }
}

/* One number with a line of its development */
static void
fill_number (Example *self)
{
  CptChartUnit unit = get_unit (self, 0);
  gint64 month = cpt_bucket_get_start (CPT_BUCKET_MONTH, cpt_database_get_today (self->database));
  guint series = cpt_chart_data_add_series (self->chart, NULL, CPT_CHART_ROLE_TREND);

  self->chart->unit = unit;
  self->chart->total = get_value (&unit, of_time[N_BUCKETS - 1]);
  for (guint i = 0; i < N_BUCKETS; i++)
    {
      cpt_chart_data_add_bucket (self->chart, CPT_BUCKET_MONTH,
                                 cpt_bucket_add (CPT_BUCKET_MONTH, month, (int) i + 1 - N_BUCKETS));
      cpt_chart_data_set_value (self->chart, series, i, get_value (&unit, of_time[i]));
    }
  if (g_strcmp0 (self->widget->kind, "gauge") == 0)
    self->chart->target = get_value (&unit, 1.4);
  else
    cpt_chart_data_set_comparison (self->chart, get_value (&unit, of_time[N_BUCKETS - 2]), NULL);
}

static void
fill_goals (Example *self)
{
  static const double shares[] = { 1.08, 0.74, 0.41 };

  self->chart->unit = (CptChartUnit){ .measure = CPT_CHART_PERCENT };
  cpt_chart_data_add_series (self->chart, _("Reached"), CPT_CHART_ROLE_VALUE);
  cpt_chart_data_add_series (self->chart, _("By today"), CPT_CHART_ROLE_COMPARISON);
  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      CptChartUnit unit = { .measure = CPT_CHART_MONEY };
      g_autofree char *actual = NULL;
      g_autofree char *target = NULL;
      g_autofree char *numbers = NULL;
      guint category = cpt_chart_data_add_category (self->chart, people[i]);

      g_strlcpy (unit.currency, cpt_database_get_currency (self->database), sizeof unit.currency);
      actual = cpt_chart_format_value (&unit, shares[i] * 5000000);
      target = cpt_chart_format_value (&unit, 5000000);
      numbers = g_strdup_printf (_("%s of %s"), actual, target);
      cpt_chart_data_add_item (self->chart, people[i], numbers, NULL);
      cpt_chart_data_set_value (self->chart, 0, category, shares[i]);
      cpt_chart_data_set_value (self->chart, 1, category, 0.6);
    }
}

static void
fill_timeline (Example *self)
{
  static const struct
  {
    const char *title;
    const char *who;
  } items[] = {
    { N_("Call about the offer"), "Atelier Nord" },
    { N_("First meeting"), "Maison Lenoir" },
    { N_("Price list sent"), "Studio Verdier" },
    { N_("Contract signed"), "Hôtel du Lac" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    cpt_chart_data_add_item (self->chart, _(items[i].title), items[i].who, i == 0 ? _("Today") : _("Yesterday"));
}

/* --------------------------------------------------------------------- public */

static gboolean
fill (Example *self)
{
  CptChartNeeds needs = self->kind->needs;

  if (g_str_equal (self->kind->name, "goals"))
    fill_goals (self);
  else if (g_str_equal (self->kind->name, "timeline"))
    fill_timeline (self);
  if (needs & (CPT_CHART_NEEDS_NOTHING | CPT_CHART_NEEDS_RECORDS))
    return !g_str_equal (self->kind->name, "image");

  if (self->widget->query != NULL)
    self->spec = cpt_metric_create_spec (self->database, self->widget->query, NULL);
  if (self->spec == NULL || (needs & CPT_CHART_NEEDS_COHORT) || cpt_aggregate_spec_get_n_measures (self->spec) == 0)
    return FALSE;

  if (cpt_aggregate_spec_get_n_dimensions (self->spec) == 0)
    {
      fill_number (self);
      return TRUE;
    }

  self->chart->unit = get_unit (self, 0);
  add_categories (self);
  add_series (self);
  add_values (self);

  return TRUE;
}

CptChartData *
cpt_widget_example_new (CptDatabase     *database,
                        const CptWidget *widget)
{
  Example self = { .database = database, .widget = widget };
  g_autofree char *title = NULL;
  gboolean is_filled;

  g_return_val_if_fail (database != NULL, NULL);
  g_return_val_if_fail (widget != NULL, NULL);

  self.kind = cpt_chart_kind_find (widget->kind);
  if (self.kind == NULL)
    return NULL;

  title = cpt_widget_dup_title (widget, NULL);
  self.chart = cpt_chart_data_new (title, NULL);
  is_filled = fill (&self);
  g_clear_pointer (&self.spec, cpt_aggregate_spec_unref);
  if (!is_filled)
    g_clear_pointer (&self.chart, cpt_chart_data_unref);

  return self.chart;
}

gboolean
cpt_widget_data_is_bare (const CptChartData *data)
{
  g_return_val_if_fail (data != NULL, TRUE);

  if (data->error != NULL)
    return FALSE;
  if ((data->items != NULL && data->items->len > 0) || data->image != NULL || (isfinite (data->total) && data->total != 0))
    return FALSE;

  for (guint series = 0; series < cpt_chart_data_get_n_series (data); series++)
    for (guint i = 0; i < data->categories->len; i++)
      {
        double value = cpt_chart_data_get_value (data, series, i);

        if (isfinite (value) && value != 0)
          return FALSE;
      }

  return TRUE;
}
