/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a widget shows, as rows and columns for spreadsheets. A table is made of
 * columns first; then its cells are filled row by row. */
#include "config.h"

#include "cpt-data-table.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "cpt-chart-format.h"
#include "cpt-chart-kind.h"
#include "cpt-money.h"

void
cpt_data_table_free (CptDataTable *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->title);
  g_array_unref (self->columns);
  g_ptr_array_unref (self->texts);
  g_array_unref (self->numbers);
  g_free (self);
}

static void
clear_column (gpointer data)
{
  g_free (((CptDataColumn *) data)->heading);
}

static CptDataTable *
table_new (const char *title)
{
  CptDataTable *self = g_new0 (CptDataTable, 1);

  self->title = g_strdup (title);
  self->columns = g_array_new (FALSE, FALSE, sizeof (CptDataColumn));
  g_array_set_clear_func (self->columns, clear_column);
  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->numbers = g_array_new (FALSE, FALSE, sizeof (double));

  return self;
}

CptDataColumn *
cpt_data_table_get_column (const CptDataTable *self,
                           guint               column)
{
  return &g_array_index (self->columns, CptDataColumn, column);
}

double
cpt_data_table_get_number (const CptDataTable *self,
                           guint               row,
                           guint               column)
{
  return g_array_index (self->numbers, double, row * self->columns->len + column);
}

const char *
cpt_data_table_get_text (const CptDataTable *self,
                         guint               row,
                         guint               column)
{
  return g_ptr_array_index (self->texts, row * self->columns->len + column);
}

char *
cpt_data_column_dup_heading (const CptDataColumn *self,
                             gboolean             with_currency)
{
  const char *unit = NULL;

  if (self->kind == CPT_COLUMN_NUMBER && self->unit.measure == CPT_CHART_DURATION)
    unit = self->divisor > 3600 ? _("days") : self->divisor > 60 ? _("hours")
                                             : self->divisor > 1  ? _("minutes")
                                                                  : _("seconds");
  else if (self->kind == CPT_COLUMN_NUMBER && self->unit.measure == CPT_CHART_MONEY && with_currency)
    unit = self->unit.currency;
  else if (self->kind == CPT_COLUMN_NUMBER && self->unit.measure == CPT_CHART_PERCENT && with_currency)
    unit = "%";

  if (unit == NULL || *unit == '\0')
    return g_strdup (self->heading);

  /* Translators: what a column holds, and in which unit: "Revenue won (EUR)" */
  return *self->heading == '\0' ? g_strdup (unit) : g_strdup_printf (_("%s (%s)"), self->heading, unit);
}

/* ---- columns ---- */

static void
add_column (CptDataTable  *self,
            const char    *heading,
            CptColumnKind  kind,
            CptColumnRole  role)
{
  CptDataColumn column = { .heading = g_strdup (heading != NULL ? heading : ""), .kind = kind, .role = role, .divisor = 1 };

  g_array_append_val (self->columns, column);
}

/* @largest: of its numbers */
static void
add_number_column (CptDataTable       *self,
                   const char         *heading,
                   CptColumnRole       role,
                   const CptChartUnit *unit,
                   double              largest)
{
  CptDataColumn *column;

  add_column (self, heading, CPT_COLUMN_NUMBER, role);
  column = cpt_data_table_get_column (self, self->columns->len - 1);
  column->unit = *unit;
  if (unit->measure == CPT_CHART_DURATION)
    column->divisor = cpt_chart_get_time_unit (largest);
  for (int i = 0; unit->measure == CPT_CHART_MONEY && i < cpt_currency_get_exponent (unit->currency); i++)
    column->divisor *= 10;
}

static double
get_largest (const CptChartData *data,
             guint               series)
{
  double largest = 0;

  for (guint i = 0; i < data->categories->len; i++)
    {
      double value = cpt_chart_data_get_value (data, series, i);

      if (!isnan (value))
        largest = MAX (largest, fabs (value));
    }

  return largest;
}

static const char *
get_measure_heading (const CptWidget    *widget,
                     const CptChartData *data)
{
  if (data->title != NULL && *data->title != '\0')
    return data->title;

  return *widget->title != '\0' ? widget->title : _("Value");
}

/* Of a group with several measures both, else one of them */
static char *
dup_series_heading (const CptWidget    *widget,
                    const CptChartData *data,
                    guint               index)
{
  const CptChartSeries *series = cpt_chart_data_get_series (data, index);
  const char *label = series->role == CPT_CHART_ROLE_TOTAL ? _("Total") : series->label;

  if (data->measures != NULL && data->measures->len > 1 && label != NULL)
    return g_strdup_printf ("%s – %s", label,
                            (const char *) g_ptr_array_index (data->measures, MIN (series->measure, data->measures->len - 1)));

  return g_strdup (label != NULL ? label : get_measure_heading (widget, data));
}

static gboolean
has_band (const CptChartData *data,
          guint               series)
{
  double low, high;

  for (guint i = 0; i < data->categories->len; i++)
    if (cpt_chart_data_get_band (data, series, i, &low, &high))
      return TRUE;

  return FALSE;
}

static void
add_series_columns (CptDataTable       *self,
                    const CptWidget    *widget,
                    const CptChartData *data,
                    guint               index)
{
  g_autofree char *heading = dup_series_heading (widget, data, index);
  const CptChartUnit *unit = cpt_chart_data_get_unit (data, index);
  double largest = get_largest (data, index);

  add_number_column (self, heading, CPT_COLUMN_SERIES, unit, largest);
  cpt_data_table_get_column (self, self->columns->len - 1)->series = index;
  if (!has_band (data, index))
    return;

  for (guint end = 0; end < 2; end++)
    {
      /* Translators: %s is what is measured: the bounds of what is expected */
      g_autofree char *bound = g_strdup_printf (end == 0 ? _("%s: at least") : _("%s: at most"), heading);

      add_number_column (self, bound, end == 0 ? CPT_COLUMN_LOW : CPT_COLUMN_HIGH, unit, largest);
      cpt_data_table_get_column (self, self->columns->len - 1)->series = index;
    }
}

/* ---- cells ---- */

static void
add_text (CptDataTable *self,
          const char   *text)
{
  double number = NAN;

  g_ptr_array_add (self->texts, g_strdup (text));
  g_array_append_val (self->numbers, number);
}

/* In the unit of the chart */
static void
add_number (CptDataTable *self,
            double        number)
{
  guint column = self->numbers->len % self->columns->len;

  if (isfinite (number))
    number /= cpt_data_table_get_column (self, column)->divisor;
  else
    number = NAN;
  g_ptr_array_add (self->texts, NULL);
  g_array_append_val (self->numbers, number);
}

/* ---- of categories ---- */

static gboolean
has_totals (const CptChartData *data)
{
  for (guint s = 0; s < data->series->len; s++)
    if (cpt_chart_data_get_series (data, s)->role == CPT_CHART_ROLE_TOTAL)
      return TRUE;

  return FALSE;
}

static double
add_up_row (const CptChartData *data,
            guint               row)
{
  double sum = NAN;

  for (guint s = 0; s < data->series->len; s++)
    {
      double value = cpt_chart_data_get_value (data, s, row);

      if (!isnan (value))
        sum = isnan (sum) ? value : sum + value;
    }

  return sum;
}

/* Of a series over all rows */
static double
add_up_column (const CptChartData *data,
               guint               series)
{
  double sum = NAN;

  for (guint i = 0; i < data->categories->len; i++)
    {
      double value = cpt_chart_data_get_value (data, series, i);

      if (!isnan (value))
        sum = isnan (sum) ? value : sum + value;
    }

  return sum;
}

static void
add_ranks_and_badges (CptDataTable       *self,
                      const CptChartData *data)
{
  static const CptChartUnit count = { CPT_CHART_COUNT, "", NULL };
  gboolean has_ranks = FALSE;
  gboolean has_badges = FALSE;

  for (guint i = 0; i < data->categories->len; i++)
    {
      const CptChartCategory *category = &g_array_index (data->categories, CptChartCategory, i);

      has_ranks |= category->rank_before > 0;
      has_badges |= category->badges != NULL && category->badges->len > 0;
    }

  if (has_ranks)
    add_number_column (self, _("Place before"), CPT_COLUMN_RANK, &count, 1);
  if (has_badges)
    add_column (self, _("Badges"), CPT_COLUMN_TEXT, CPT_COLUMN_BADGES);
}

/* What is behind the series, by kind */
static void
add_other_columns (CptDataTable       *self,
                   const CptWidget    *widget,
                   const CptChartData *data)
{
  static const CptChartUnit percent = { CPT_CHART_PERCENT, "", NULL };
  const CptChartKind *kind = cpt_chart_kind_find (widget->kind);

  if (kind == NULL)
    return;

  if (g_str_equal (kind->name, "table") && data->is_grouped && !data->is_part && data->series->len > 1 &&
      data->measures == NULL && !has_totals (data))
    add_number_column (self, _("Total"), CPT_COLUMN_SUM, &data->unit, get_largest (data, 0));
  if ((kind->needs & CPT_CHART_NEEDS_WHOLE) && add_up_column (data, 0) > 0)
    add_number_column (self, _("Share"), CPT_COLUMN_SHARE, &percent, 1);
  if (isfinite (data->target) && cpt_chart_kind_has_option (kind, "target"))
    add_number_column (self, _("Goal"), CPT_COLUMN_TARGET, &data->unit, get_largest (data, 0));
  add_ranks_and_badges (self, data);
}

static double
get_bound (const CptChartData  *data,
           const CptDataColumn *column,
           guint                row)
{
  double low, high;

  cpt_chart_data_get_band (data, column->series, row, &low, &high);

  return column->role == CPT_COLUMN_LOW ? low : high;
}

static void
add_badges (CptDataTable           *self,
            const CptChartCategory *category)
{
  g_autoptr(GString) names = g_string_new (NULL);

  for (guint i = 0; category->badges != NULL && i < category->badges->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", ((CptChartBadge *) g_ptr_array_index (category->badges, i))->name);
  add_text (self, names->len > 0 ? names->str : NULL);
}

static void
add_label (CptDataTable       *self,
           const CptChartData *data,
           guint               row)
{
  const CptChartCategory *category = &g_array_index (data->categories, CptChartCategory, row);
  g_autofree char *label = NULL;

  if (cpt_data_table_get_column (self, 0)->kind == CPT_COLUMN_DATE && category->label == NULL)
    {
      add_number (self, (double) category->start);
      return;
    }

  label = cpt_chart_data_dup_label (data, row);
  add_text (self, label);
}

static void
add_row (CptDataTable       *self,
         const CptChartData *data,
         double              whole,
         guint               row)
{
  const CptChartCategory *category = &g_array_index (data->categories, CptChartCategory, row);

  for (guint c = 0; c < self->columns->len; c++)
    {
      const CptDataColumn *column = cpt_data_table_get_column (self, c);

      if (column->role == CPT_COLUMN_LABEL)
        add_label (self, data, row);
      else if (column->role == CPT_COLUMN_SERIES)
        add_number (self, cpt_chart_data_get_value (data, column->series, row));
      else if (column->role == CPT_COLUMN_LOW || column->role == CPT_COLUMN_HIGH)
        add_number (self, get_bound (data, column, row));
      else if (column->role == CPT_COLUMN_SUM)
        add_number (self, add_up_row (data, row));
      else if (column->role == CPT_COLUMN_SHARE)
        add_number (self, cpt_chart_data_get_value (data, 0, row) / whole);
      else if (column->role == CPT_COLUMN_TARGET)
        add_number (self, data->target);
      else if (column->role == CPT_COLUMN_RANK)
        add_number (self, category->rank_before > 0 ? category->rank_before : NAN);
      else
        add_badges (self, category);
    }
}

/* Known, or added up where values may be */
static double
get_total (const CptChartData *data,
           guint               series)
{
  const CptChartSeries *entry = cpt_chart_data_get_series (data, series);

  return isfinite (entry->total) || !entry->is_additive || data->is_part ? entry->total : add_up_column (data, series);
}

static double
get_sum_of_totals (const CptChartData *data)
{
  double sum = NAN;

  for (guint s = 0; s < data->series->len; s++)
    sum = isnan (sum) ? get_total (data, s) : sum + get_total (data, s);

  return sum;
}

/* Steps of a funnel count what is behind them too */
static gboolean
may_add_up (const CptWidget *widget)
{
  const CptChartKind *kind = cpt_chart_kind_find (widget->kind);

  return kind == NULL || (kind->needs & CPT_CHART_NEEDS_ORDER) == 0;
}

static void
add_total_row (CptDataTable       *self,
               const CptChartData *data)
{
  for (guint s = 0; s < data->series->len && !self->has_total && self->n_rows > 1; s++)
    self->has_total = isfinite (get_total (data, s));
  if (!self->has_total)
    return;

  add_text (self, _("Total"));
  for (guint c = 1; c < self->columns->len; c++)
    {
      const CptDataColumn *column = cpt_data_table_get_column (self, c);

      if (column->role == CPT_COLUMN_SERIES)
        add_number (self, get_total (data, column->series));
      else if (column->role == CPT_COLUMN_SUM)
        add_number (self, get_sum_of_totals (data));
      else
        add_text (self, NULL);
    }
}

static const char *
get_label_heading (const CptChartData *data,
                   const char         *label)
{
  if (label != NULL && *label != '\0')
    return label;

  return data->bucket != CPT_BUCKET_NONE ? _("Date") : _("Name");
}

static CptDataTable *
create_of_categories (const CptWidget    *widget,
                      const CptChartData *data,
                      const char         *label)
{
  CptDataTable *self = table_new (NULL);
  double whole = data->series->len > 0 ? add_up_column (data, 0) : NAN;

  add_column (self, get_label_heading (data, label), data->bucket != CPT_BUCKET_NONE ? CPT_COLUMN_DATE : CPT_COLUMN_TEXT,
              CPT_COLUMN_LABEL);
  cpt_data_table_get_column (self, 0)->bucket = data->bucket;
  for (guint s = 0; s < data->series->len; s++)
    add_series_columns (self, widget, data, s);
  add_other_columns (self, widget, data);

  self->n_rows = data->categories->len;
  for (guint i = 0; i < self->n_rows; i++)
    add_row (self, data, whole, i);
  if (may_add_up (widget))
    add_total_row (self, data);

  return self;
}

/* ---- of one number, of records, of words ---- */

/* What it is, what it was before, and what it is to be */
static CptDataTable *
create_of_number (const CptWidget    *widget,
                  const CptChartData *data)
{
  CptDataTable *self = table_new (NULL);
  double total = cpt_chart_data_get_total (data);
  double largest = MAX (isnan (total) ? 0 : fabs (total), isnan (data->comparison) ? 0 : fabs (data->comparison));

  add_column (self, _("Name"), CPT_COLUMN_TEXT, CPT_COLUMN_LABEL);
  add_number_column (self, _("Value"), CPT_COLUMN_SERIES, &data->unit, largest);
  add_text (self, get_measure_heading (widget, data));
  add_number (self, total);
  self->n_rows = 1;
  if (isfinite (data->comparison))
    {
      add_text (self, data->comparison_label != NULL ? data->comparison_label : _("Before"));
      add_number (self, data->comparison);
      self->n_rows++;
    }
  if (isfinite (data->target))
    {
      add_text (self, _("Goal"));
      add_number (self, data->target);
      self->n_rows++;
    }

  return self;
}

static CptDataTable *
create_of_items (const CptChartData *data)
{
  CptDataTable *self = table_new (NULL);
  gboolean has_values = data->series->len > 0;

  add_column (self, _("Name"), CPT_COLUMN_TEXT, CPT_COLUMN_LABEL);
  for (guint s = 0; s < data->series->len; s++)
    {
      const CptChartSeries *series = cpt_chart_data_get_series (data, s);

      add_number_column (self, series->label, CPT_COLUMN_SERIES, cpt_chart_data_get_unit (data, s), 1);
      cpt_data_table_get_column (self, self->columns->len - 1)->series = s;
    }
  add_column (self, _("Details"), CPT_COLUMN_TEXT, CPT_COLUMN_DETAIL);
  add_column (self, has_values ? _("State") : _("When"), CPT_COLUMN_TEXT, CPT_COLUMN_DETAIL);

  self->n_rows = data->items->len;
  for (guint i = 0; i < self->n_rows; i++)
    {
      const CptChartItem *item = g_ptr_array_index (data->items, i);

      add_text (self, item->title);
      for (guint s = 0; s < data->series->len; s++)
        add_number (self, cpt_chart_data_get_value (data, s, i));
      add_text (self, item->detail);
      add_text (self, item->when);
    }

  return self;
}

static CptDataTable *
create_of_words (const CptWidget *widget)
{
  const CptChart chart = { .kind = cpt_chart_kind_find (widget->kind), .options = widget->options };
  const char *text = chart.kind != NULL ? cpt_chart_get_text (&chart, "text") : NULL;
  CptDataTable *self = table_new (NULL);
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_auto(GStrv) lines = g_strsplit (valid, "\n", -1);

  add_column (self, _("Text"), CPT_COLUMN_TEXT, CPT_COLUMN_LABEL);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      {
        add_text (self, lines[i]);
        self->n_rows++;
      }

  return self;
}

static gboolean
is_trend (const CptChartData *data)
{
  return data->series->len > 0 && cpt_chart_data_get_series (data, 0)->role == CPT_CHART_ROLE_TREND;
}

GPtrArray *
cpt_data_tables_new (const CptWidget    *widget,
                     const CptChartData *data,
                     const char         *label)
{
  GPtrArray *tables = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_data_table_free);
  const CptChartKind *kind;
  gboolean is_number;

  g_return_val_if_fail (widget != NULL && data != NULL, tables);

  kind = cpt_chart_kind_find (widget->kind);
  is_number = kind != NULL && (g_str_equal (kind->name, "number") || g_str_equal (kind->name, "gauge"));
  if (data->error != NULL)
    return tables;
  if (kind != NULL && cpt_chart_kind_has_option (kind, "text"))
    g_ptr_array_add (tables, create_of_words (widget));
  else if (data->items != NULL && data->items->len > 0)
    g_ptr_array_add (tables, create_of_items (data));
  else if (is_number && !cpt_chart_data_is_empty (data))
    g_ptr_array_add (tables, create_of_number (widget, data));

  if (data->items == NULL && data->categories->len > 0 && data->series->len > 0)
    {
      CptDataTable *table = create_of_categories (widget, data, label);

      if (is_number || is_trend (data))
        table->title = g_strdup (_("Development"));
      g_ptr_array_add (tables, table);
    }

  for (guint i = tables->len; i > 0; i--)
    if (((CptDataTable *) g_ptr_array_index (tables, i - 1))->n_rows == 0)
      g_ptr_array_remove_index (tables, i - 1);

  return tables;
}
