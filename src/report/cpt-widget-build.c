/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the rows of an answer to the numbers of a chart.
 *
 * The first dimension becomes the categories, a second one the series. Without
 * a second one each measure that has the unit of the first is a series. Every
 * cell remembers its row, so that a mark leads to its records. What a chart
 * can't show (other currencies, records without a date) is said in its note. */
#include "config.h"
#include "cpt-widget-data-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-chart-kind.h"
#include "cpt-money.h"

#define SECONDS_PER_DAY 86400.0

/* ---- units ---- */

/* What the units of measures are in a chart. Without a row here (a date, a text)
 * there is nothing that a chart could draw. */
static const struct
{
  gboolean is_number;
  CptChartMeasure measure;
  double factor; /* from the answer's unit to that of the chart */
} units[CPT_N_MEASURE_UNITS] = {
  [CPT_MEASURE_UNIT_COUNT] = { TRUE, CPT_CHART_COUNT, 1 },
  [CPT_MEASURE_UNIT_NUMBER] = { TRUE, CPT_CHART_NUMBER, 1 },
  [CPT_MEASURE_UNIT_MONEY] = { TRUE, CPT_CHART_MONEY, 1 },
  [CPT_MEASURE_UNIT_PERCENT] = { TRUE, CPT_CHART_PERCENT, 1 },
  [CPT_MEASURE_UNIT_DAYS] = { TRUE, CPT_CHART_DURATION, SECONDS_PER_DAY },
  [CPT_MEASURE_UNIT_DURATION] = { TRUE, CPT_CHART_DURATION, 1 },
};

gboolean
cpt_widget_builder_get_unit (const CptWidgetBuilder *self,
                             guint                   measure,
                             CptChartUnit           *unit,
                             double                 *factor)
{
  CptMeasureUnit own = cpt_aggregate_spec_get_unit (self->spec, measure);

  if (!units[own].is_number)
    return FALSE;

  *unit = (CptChartUnit){ .measure = units[own].measure };
  *factor = units[own].factor * cpt_aggregate_spec_get_factor (self->spec, measure);
  if (unit->measure == CPT_CHART_MONEY)
    g_strlcpy (unit->currency, self->currency, sizeof unit->currency);

  return TRUE;
}

double
cpt_widget_get_number (const CptMeasure *measure,
                       double            factor)
{
  return measure == NULL || measure->is_null ? NAN : measure->number * factor;
}

/* ---- which rows ---- */

/* A sum of money splits the rows by currency, those of other measures too */
const char *
cpt_widget_builder_get_currency (const CptWidgetBuilder *self,
                                 guint                   row)
{
  guint n_measures = cpt_aggregate_spec_get_n_measures (self->spec);

  for (guint i = 0; i < n_measures; i++)
    {
      const CptMeasure *measure = cpt_aggregate_result_get_measure (self->result, row, i);

      if (measure->currency[0] != '\0')
        return measure->currency;
    }

  return "";
}

static gboolean
is_nothing (const CptMeasure *measure)
{
  return measure == NULL || measure->is_null || measure->currency[0] == '\0' || measure->number == 0;
}

/* Records without an amount have a row too, in the currency of the workspace:
 * it adds nothing to any currency. */
static gboolean
is_without_amount (const CptWidgetBuilder *self,
                   guint                   row)
{
  guint n_measures = cpt_aggregate_spec_get_n_measures (self->spec);

  for (guint i = 0; i < n_measures; i++)
    if (!is_nothing (cpt_aggregate_result_get_measure (self->result, row, i)) ||
        !is_nothing (cpt_aggregate_result_get_compared (self->result, row, i)))
      return FALSE;

  return TRUE;
}

void
cpt_widget_builder_choose_currency (CptWidgetBuilder *self,
                                    const char       *preferred)
{
  g_autoptr(GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_rows = cpt_aggregate_result_get_n_rows (self->result);
  const char *best = "";
  guint most = 0;

  for (guint i = 0; i < n_rows; i++)
    {
      const char *currency = cpt_widget_builder_get_currency (self, i);
      guint count;

      if (currency[0] != '\0' && best[0] == '\0')
        best = currency;
      if (is_without_amount (self, i))
        continue;
      count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, currency)) + 1;
      g_hash_table_replace (counts, (gpointer) currency, GUINT_TO_POINTER (count));
      if (count > most)
        {
          most = count;
          best = currency;
        }
    }
  if (preferred != NULL && g_hash_table_contains (counts, preferred))
    best = preferred;
  g_strlcpy (self->currency, best, sizeof self->currency);
}

static gboolean
has_date_axis (const CptWidgetBuilder *self)
{
  return cpt_aggregate_spec_get_n_dimensions (self->spec) > 0 &&
         cpt_aggregate_spec_get_bucket (self->spec, 0) != CPT_BUCKET_NONE;
}

static int
compare_rows_by_date (gconstpointer a,
                      gconstpointer b,
                      gpointer      user_data)
{
  CptAggregateResult *result = user_data;
  gint64 first = cpt_aggregate_result_get_key (result, *(const guint *) a, 0)->integer;
  gint64 second = cpt_aggregate_result_get_key (result, *(const guint *) b, 0)->integer;

  return (first > second) - (first < second);
}

/* What tells two keys apart: titles may be the same */
char *
cpt_widget_builder_dup_key (const CptWidgetBuilder *self,
                            guint                   row,
                            guint                   dimension)
{
  const CptValue *key = cpt_aggregate_result_get_key (self->result, row, dimension);
  char text[CPT_UUID_TEXT_SIZE];

  switch (key->type)
    {
    case CPT_VALUE_INTEGER:
      return g_strdup_printf ("i%" G_GINT64_FORMAT, key->integer);

    case CPT_VALUE_ID:
      cpt_uuid_format (&key->id, text);
      return g_strconcat ("u", text, NULL);

    case CPT_VALUE_NULL:
      return g_strdup ("n");

    case CPT_VALUE_TEXT:
    case CPT_VALUE_MONEY:
    case CPT_VALUE_TEXTS:
    case CPT_VALUE_IDS:
    default:
      return g_strconcat ("t", cpt_aggregate_result_get_label (self->result, row, dimension), NULL);
    }
}

/* Of all dimensions */
static char *
dup_keys (const CptWidgetBuilder *self,
          guint                   row)
{
  guint n_dimensions = cpt_aggregate_spec_get_n_dimensions (self->spec);
  GString *keys = g_string_new (NULL);

  for (guint i = 0; i < n_dimensions; i++)
    {
      g_autofree char *key = cpt_widget_builder_dup_key (self, row, i);

      g_string_append_printf (keys, "%zu:%s", strlen (key), key);
    }

  return g_string_free (keys, FALSE);
}

static gboolean
is_in_currency (const CptWidgetBuilder *self,
                guint                   row)
{
  const char *currency = cpt_widget_builder_get_currency (self, row);

  return currency[0] == '\0' || g_str_equal (currency, self->currency);
}

static gboolean
is_undated (const CptWidgetBuilder *self,
            guint                   row)
{
  return has_date_axis (self) && cpt_value_is_null (cpt_aggregate_result_get_key (self->result, row, 0));
}

/* Rows in the currency; where a group has none, its row without an amount, so
 * that the group is not forgotten */
static void
choose_rows (CptWidgetBuilder *self)
{
  g_autoptr(GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_rows = cpt_aggregate_result_get_n_rows (self->result);

  for (guint i = 0; i < n_rows; i++)
    if (is_in_currency (self, i))
      g_hash_table_add (groups, dup_keys (self, i));

  for (guint i = 0; i < n_rows; i++)
    {
      gboolean is_shown = is_in_currency (self, i);

      if (!is_shown && !is_without_amount (self, i))
        self->n_other_currencies++;
      else if (is_undated (self, i))
        self->n_undated++;
      else if (is_shown || g_hash_table_add (groups, dup_keys (self, i)))
        g_array_append_val (self->rows, i);
    }
  if (has_date_axis (self))
    g_array_sort_with_data (self->rows, compare_rows_by_date, self->result);
}

/* ---- categories and series ---- */

static guint
add_category (CptWidgetBuilder *self,
              GHashTable       *known,
              guint             row)
{
  g_autofree char *key = cpt_widget_builder_dup_key (self, row, 0);
  gpointer found = NULL;
  guint index;

  if (g_hash_table_lookup_extended (known, key, NULL, &found))
    return GPOINTER_TO_UINT (found);

  if (has_date_axis (self))
    index = cpt_chart_data_add_bucket (self->chart, cpt_aggregate_spec_get_bucket (self->spec, 0),
                                       cpt_aggregate_result_get_key (self->result, row, 0)->integer);
  else
    index = cpt_chart_data_add_category (self->chart,
                                         cpt_aggregate_result_get_label (self->result, row, 0));
  g_hash_table_insert (known, g_steal_pointer (&key), GUINT_TO_POINTER (index));

  return index;
}

/* Those of a process, whether a row is about them or not */
static void
add_steps (CptWidgetBuilder *self,
           GHashTable       *known)
{
  for (guint i = 0; self->steps != NULL && i < self->steps->keys->len; i++)
    g_hash_table_insert (known, g_strdup (g_ptr_array_index (self->steps->keys, i)),
                         GUINT_TO_POINTER (cpt_chart_data_add_category (self->chart,
                                                                        g_ptr_array_index (self->steps->labels, i))));
}

/* The category of each shown row; adds them */
static GArray *
add_categories (CptWidgetBuilder *self)
{
  g_autoptr(GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GArray *categories = g_array_sized_new (FALSE, FALSE, sizeof (guint), self->rows->len);

  add_steps (self, known);
  for (guint i = 0; i < self->rows->len; i++)
    {
      guint category = add_category (self, known, g_array_index (self->rows, guint, i));

      g_array_append_val (categories, category);
    }
  self->data->n_categories = cpt_chart_data_get_n_categories (self->chart);

  return categories;
}

void
cpt_widget_builder_set_cell (CptWidgetBuilder *self,
                             guint             series,
                             guint             category,
                             CptWidgetCell     cell)
{
  const CptWidgetCell none = { .row = CPT_WIDGET_NO_ROW };
  guint place = series * self->data->n_categories + category;

  while (self->data->cells->len <= place)
    g_array_append_val (self->data->cells, none);
  g_array_index (self->data->cells, CptWidgetCell, place) = cell;
}

static void
add_measure_series (CptWidgetBuilder *self,
                    GArray           *categories,
                    guint             measure,
                    double            factor)
{
  g_autofree char *label = cpt_aggregate_spec_dup_measure_label (self->spec, measure);
  guint series = cpt_chart_data_add_series (self->chart, label, CPT_CHART_ROLE_VALUE);

  cpt_chart_data_get_series (self->chart, series)->is_additive =
    cpt_aggregate_spec_is_additive (self->spec, measure);
  for (guint i = 0; i < self->rows->len; i++)
    {
      guint row = g_array_index (self->rows, guint, i);
      guint category = g_array_index (categories, guint, i);
      const CptMeasure *value = cpt_aggregate_result_get_measure (self->result, row, measure);

      cpt_chart_data_set_value (self->chart, series, category, cpt_widget_get_number (value, factor));
      cpt_widget_builder_set_cell (self, series, category, (CptWidgetCell){ .row = row, .measure = measure });
    }
}

static void
add_comparison_series (CptWidgetBuilder *self,
                       GArray           *categories,
                       double            factor)
{
  guint series = 0;
  gboolean any = FALSE;

  for (guint i = 0; i < self->rows->len; i++)
    {
      guint row = g_array_index (self->rows, guint, i);
      const CptMeasure *before = cpt_aggregate_result_get_compared (self->result, row, 0);

      if (before == NULL || before->is_null)
        continue;
      if (!any)
        series = cpt_chart_data_add_series (self->chart, self->chart->comparison_label,
                                            CPT_CHART_ROLE_COMPARISON);
      any = TRUE;
      cpt_chart_data_set_value (self->chart, series, g_array_index (categories, guint, i),
                                cpt_widget_get_number (before, factor));
    }
}

static gboolean
is_same_unit (const CptChartUnit *a,
              const CptChartUnit *b)
{
  return a->measure == b->measure && g_str_equal (a->currency, b->currency);
}

static void
add_measures (CptWidgetBuilder *self,
              GArray           *categories,
              double            factor)
{
  guint n_measures = cpt_aggregate_spec_get_n_measures (self->spec);

  add_measure_series (self, categories, 0, factor);
  for (guint i = 1; i < n_measures; i++)
    {
      CptChartUnit unit;
      double other_factor;

      if (!cpt_widget_builder_get_unit (self, i, &unit, &other_factor))
        continue;
      if (is_same_unit (&unit, &self->chart->unit))
        add_measure_series (self, categories, i, other_factor);
      else if (self->kind != NULL && (self->kind->needs & (CPT_CHART_NEEDS_MEASURES | CPT_CHART_NEEDS_PAIR)))
        {
          CptChartSeries *series;

          add_measure_series (self, categories, i, other_factor);
          series = cpt_chart_data_get_series (self->chart, cpt_chart_data_get_n_series (self->chart) - 1);
          series->has_unit = TRUE;
          series->unit = unit;
        }
    }
  if (n_measures == 1)
    add_comparison_series (self, categories, factor);
}

/* ---- one number ---- */

/* What of the other period is compared with: all of it, or the same part */
static const char *
get_comparison_label (CptAggregateSpec   *spec,
                      CptAggregateResult *result)
{
  static const struct
  {
    const char *unit;
    const char *label;
  } labels[] = {
    { "day", N_("previous day") },
    { "week", N_("previous week") },
    { "month", N_("previous month") },
    { "quarter", N_("previous quarter") },
    { "year", N_("previous year") },
  };
  g_autoptr(JsonNode) node = cpt_aggregate_spec_to_json (spec);
  JsonObject *object = json_node_get_object (node);
  JsonObject *compare = json_object_has_member (object, "compare")
                          ? json_object_get_object_member (object, "compare")
                          : NULL;
  JsonNode *period = compare != NULL ? json_object_get_member (compare, "period") : NULL;
  const char *unit = NULL;
  const char *part = cpt_aggregate_result_get_part_label (result);

  if (part != NULL)
    return part;
  if (compare != NULL && g_strcmp0 (json_object_get_string_member_with_default (compare, "with", NULL), "year") == 0)
    return _("same period last year");
  if (period != NULL && JSON_NODE_HOLDS_OBJECT (period))
    unit = json_object_get_string_member_with_default (json_node_get_object (period), "this", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (g_strcmp0 (labels[i].unit, unit) == 0)
      return _(labels[i].label);

  return _("previous period");
}

/* Over all shown rows */
static double
add_up (const CptWidgetBuilder *self,
        gboolean                compared,
        double                  factor)
{
  double sum = 0;
  gboolean any = FALSE;

  for (guint i = 0; i < self->rows->len; i++)
    {
      guint row = g_array_index (self->rows, guint, i);
      double value = cpt_widget_get_number (compared ? cpt_aggregate_result_get_compared (self->result, row, 0)
                                                     : cpt_aggregate_result_get_measure (self->result, row, 0),
                                            factor);

      if (isnan (value))
        continue;
      sum += value;
      any = TRUE;
    }

  return any ? sum : NAN;
}

/* A total of averages would be wrong; of one row it is that row */
static void
set_total (CptWidgetBuilder *self,
           double            factor)
{
  gboolean additive = cpt_aggregate_spec_is_additive (self->spec, 0);

  if (!additive && self->rows->len != 1)
    return;

  self->chart->total = add_up (self, FALSE, factor);
  cpt_chart_data_set_comparison (self->chart, add_up (self, TRUE, factor),
                                 get_comparison_label (self->spec, self->result));
}

/* ---- all together ---- */

/* Whether the categories stand in no order that the question asks for, or that they have themselves */
static gboolean
is_unordered (const CptWidgetBuilder *self)
{
  g_autoptr(JsonNode) node = NULL;
  double width;

  if (cpt_aggregate_spec_get_n_dimensions (self->spec) == 0 || has_date_axis (self) ||
      cpt_aggregate_spec_has_bins (self->spec, 0, &width))
    return FALSE;

  node = cpt_aggregate_spec_to_json (self->spec);

  return !json_object_has_member (json_node_get_object (node), "order");
}

static gboolean
has_value (const CptChartData *chart)
{
  for (guint s = 0; s < chart->series->len; s++)
    for (guint i = 0; i < chart->categories->len; i++)
      if (!isnan (cpt_chart_data_get_value (chart, s, i)))
        return TRUE;

  return !isnan (chart->total);
}

/* A rate of nothing, an average of nothing: why there is no number, in its place */
static void
note_nothing (CptWidgetBuilder *self)
{
  g_autoptr(JsonNode) node = cpt_aggregate_spec_to_json (self->spec);
  g_autoptr(JsonNode) rest = NULL;
  CptWidgetPeriod period = { 0 };
  gboolean is_rate = self->chart->unit.measure == CPT_CHART_PERCENT;
  gboolean has_period;

  if (self->rows->len == 0 || cpt_aggregate_spec_is_additive (self->spec, 0) || has_value (self->chart))
    return;

  has_period = cpt_widget_period_find (json_node_get_object (node), &period);
  rest = period.rest;
  if (has_period)
    cpt_chart_data_set_note (self->chart, is_rate ? _("Nothing in this period to divide by, so there is no rate.")
                                                  : _("Nothing in this period to work this number out from."));
  else
    cpt_chart_data_set_note (self->chart, is_rate ? _("Nothing to divide by, so there is no rate.")
                                                  : _("Nothing to work this number out from."));
}

static void
add_notes (CptWidgetBuilder *self)
{
  g_autofree char *note = NULL;

  if (self->n_other_currencies > 0)
    note = g_strdup_printf (_("Only amounts in %s are shown."), self->currency);
  else if (self->n_undated > 0)
    note = g_strdup (_("Records without a date are left out."));
  else if (cpt_aggregate_result_get_n_rows (self->result) >= CPT_AGGREGATE_MAX_ROWS || self->is_cut_whole)
    note = g_strdup (_("Only the first rows are shown."));
  if (note != NULL && self->chart->note == NULL)
    cpt_chart_data_set_note (self->chart, note);
}

static gboolean
has_pair (const CptWidgetBuilder *self)
{
  CptChartUnit unit;
  double factor;

  return cpt_aggregate_spec_get_n_measures (self->spec) > 1 && cpt_widget_builder_get_unit (self, 1, &unit, &factor);
}

/* A sentence when the kind can't draw what the query gives; NULL otherwise */
static const char *
find_misfit (const CptWidgetBuilder *self,
             const CptChartKind     *kind)
{
  guint n_dimensions = cpt_aggregate_spec_get_n_dimensions (self->spec);

  if (n_dimensions > 2)
    return _("A chart shows at most two groupings; remove one.");
  if (kind == NULL)
    return NULL;
  if ((kind->needs & (CPT_CHART_NEEDS_WHOLE | CPT_CHART_NEEDS_PAIR)) && n_dimensions > 1)
    return _("This chart shows one grouping; remove the other.");
  if ((kind->needs & CPT_CHART_NEEDS_PAIR) && !has_pair (self))
    return _("This chart sets two measures against each other; choose a second one.");
  if ((kind->needs & CPT_CHART_NEEDS_WHOLE) && !cpt_aggregate_spec_is_additive (self->spec, 0))
    return _("Parts of a whole need a number of records or a sum; choose another measure.");
  if ((kind->needs & CPT_CHART_NEEDS_DIMENSION) && n_dimensions == 0)
    return _("This chart needs a grouping; choose what to break the numbers down by.");
  if (!(kind->needs & CPT_CHART_NEEDS_DIMENSION) && n_dimensions > 0 && !cpt_aggregate_spec_is_additive (self->spec, 0))
    return _("One number can’t be made of groups of this kind; remove the grouping.");
  if (!(kind->needs & CPT_CHART_NEEDS_DIMENSION) && cpt_aggregate_result_is_truncated (self->result))
    return _("One number can’t be made of a part of the groups; remove the limit.");

  return cpt_widget_builder_refuse_cohort (self);
}

double
cpt_widget_read_number (const CptChartUnit *unit,
                        double              number)
{
  int exponent = unit->currency[0] != '\0' ? cpt_currency_get_exponent (unit->currency) : 2;

  if (unit->measure == CPT_CHART_MONEY)
    return number * pow (10, exponent < 0 ? 2 : exponent);
  if (unit->measure == CPT_CHART_PERCENT)
    return number / 100;

  return unit->measure == CPT_CHART_DURATION ? number * SECONDS_PER_DAY : number;
}

/* The goal is given as people write it: in euros, percent, days */
static void
read_target (CptChartData    *chart,
             const CptWidget *widget)
{
  const CptChart declared = { .kind = cpt_chart_kind_find (widget->kind), .options = widget->options };
  double number = declared.kind != NULL ? cpt_chart_get_number (&declared, "target") : NAN;

  number = cpt_widget_read_number (&chart->unit, number);
  chart->target = isfinite (number) ? number : NAN;
}

static void
read_direction (CptChartData    *chart,
                const CptWidget *widget)
{
  const char *direction = NULL;

  if (widget->options != NULL && json_object_has_member (widget->options, "direction"))
    {
      JsonNode *node = json_object_get_member (widget->options, "direction");

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        direction = json_node_get_string (node);
    }
  if (g_strcmp0 (direction, "down") == 0)
    chart->direction = CPT_CHART_DOWN_IS_GOOD;
  else if (g_strcmp0 (direction, "neutral") == 0)
    chart->direction = CPT_CHART_NEUTRAL;
}

static void
fill (CptWidgetBuilder *self,
      double            factor)
{
  guint n_dimensions = cpt_aggregate_spec_get_n_dimensions (self->spec);
  g_autoptr(GArray) categories = NULL;

  choose_rows (self);
  set_total (self, factor);
  cpt_widget_builder_take_beginners (self);
  if (n_dimensions == 0)
    {
      if (self->rows->len > 0)
        self->data->total_row = g_array_index (self->rows, guint, 0);
      return;
    }

  categories = add_categories (self);
  if (n_dimensions == 1)
    add_measures (self, categories, factor);
  else if (self->kind != NULL && (self->kind->needs & CPT_CHART_NEEDS_COHORT))
    cpt_widget_builder_add_cohorts (self, categories, factor);
  else
    cpt_widget_builder_add_groups (self, categories, factor);
}

void
cpt_widget_data_build (CptWidgetData        *self,
                       const CptWidget      *widget,
                       CptAggregateSpec     *spec,
                       const CptWidgetSteps *steps,
                       const char           *currency)
{
  const CptChartKind *kind = cpt_chart_kind_find (widget->kind);
  CptWidgetBuilder builder = { .data = self, .chart = self->chart, .spec = spec, .result = self->result, .kind = kind };
  const char *message = find_misfit (&builder, kind);
  double factor = 1;

  builder.steps = steps;
  read_direction (self->chart, widget);
  cpt_widget_builder_choose_currency (&builder, currency);
  if (message == NULL && !cpt_widget_builder_get_unit (&builder, 0, &self->chart->unit, &factor))
    message = _("This measure is not a number; choose another one.");
  if (message != NULL)
    {
      self->chart->error = g_strdup (message);
      return;
    }

  read_target (self->chart, widget);
  builder.is_cut_whole = kind != NULL && (kind->needs & CPT_CHART_NEEDS_WHOLE) &&
                         cpt_aggregate_result_is_truncated (self->result);
  builder.rows = g_array_new (FALSE, FALSE, sizeof (guint));
  self->chart->is_part = cpt_aggregate_result_is_truncated (self->result);
  self->chart->is_unordered = is_unordered (&builder);
  fill (&builder, factor);
  note_nothing (&builder);
  add_notes (&builder);
  cpt_widget_builder_count_reached (&builder, widget, factor);
  g_array_unref (builder.rows);
}
