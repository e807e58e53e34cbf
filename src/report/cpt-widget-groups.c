/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The second dimension of an answer becomes the series of a chart. Where they
 * are told apart by colour, more than the palette has become "Other". */
#include "config.h"
#include "cpt-widget-data-private.h"

#include <glib/gi18n-lib.h>

/* More series than the palette has colours become "Other" */
#define MAX_COLORS CPT_CHART_PALETTE_SIZE

/* Rows or columns of a matrix, and how many cells it may have */
#define MAX_ROWS 60
#define MAX_CELLS 400000

typedef struct
{
  char *key;
  guint row;   /* that names it */
  guint order; /* of appearance */
  double weight;
  int series; /* of the first measure, or -1: "Other" */
} Group;

/* A measure that is shown of each group */
typedef struct
{
  guint index; /* in the answer */
  gboolean is_additive;
  double factor;
  CptChartUnit unit;
} Measure;

#define MAX_MEASURES 2

static void
group_free (gpointer data)
{
  Group *group = data;

  g_free (group->key);
  g_free (group);
}

static int
compare_groups_by_weight (gconstpointer a,
                          gconstpointer b)
{
  const Group *first = *(const Group *const *) a;
  const Group *second = *(const Group *const *) b;

  if (first->weight != second->weight)
    return first->weight > second->weight ? -1 : 1;

  return first->order < second->order ? -1 : first->order > second->order;
}

static int
compare_groups_by_order (gconstpointer a,
                         gconstpointer b)
{
  const Group *first = *(const Group *const *) a;
  const Group *second = *(const Group *const *) b;

  return first->order < second->order ? -1 : first->order > second->order;
}

static GPtrArray *
create_groups (CptWidgetBuilder *self,
               GHashTable       *by_key,
               double            factor)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func (group_free);

  for (guint i = 0; i < self->rows->len; i++)
    {
      guint row = g_array_index (self->rows, guint, i);
      g_autofree char *key = cpt_widget_builder_dup_key (self, row, 1);
      double value = cpt_widget_get_number (cpt_aggregate_result_get_measure (self->result, row, 0), factor);
      Group *group = g_hash_table_lookup (by_key, key);

      if (group == NULL)
        {
          group = g_new0 (Group, 1);
          group->key = g_steal_pointer (&key);
          group->row = row;
          group->order = groups->len;
          group->series = -1;
          g_hash_table_insert (by_key, group->key, group);
          g_ptr_array_add (groups, group);
        }
      group->weight += isnan (value) ? 0 : fabs (value);
    }

  return groups;
}

/* Rows and columns have an order of their own, not that of the numbers */
static int
compare_groups_by_key (gconstpointer a,
                       gconstpointer b,
                       gpointer      user_data)
{
  const CptWidgetBuilder *self = user_data;
  guint first = cpt_aggregate_result_get_rank (self->result, (*(const Group *const *) a)->row, 1);
  guint second = cpt_aggregate_result_get_rank (self->result, (*(const Group *const *) b)->row, 1);

  return (first > second) - (first < second);
}

static gboolean
is_matrix (const CptWidgetBuilder *self)
{
  return self->kind != NULL && (self->kind->needs & CPT_CHART_NEEDS_MATRIX);
}

static guint
get_max_series (const CptWidgetBuilder *self)
{
  guint n_categories = MAX (self->data->n_categories, 1);

  return is_matrix (self) ? CLAMP (MAX_CELLS / n_categories, MAX_COLORS, MAX_ROWS) : MAX_COLORS;
}

/* The first that is a number, and where the kind shows several, the next */
static guint
find_measures (const CptWidgetBuilder *self,
               Measure                *measures)
{
  guint most = self->kind != NULL && (self->kind->needs & CPT_CHART_NEEDS_TOTALS) ? MAX_MEASURES : 1;
  guint n = 0;

  for (guint i = 0; i < cpt_aggregate_spec_get_n_measures (self->spec) && n < most; i++)
    {
      if (!cpt_widget_builder_get_unit (self, i, &measures[n].unit, &measures[n].factor))
        continue;
      measures[n].index = i;
      measures[n++].is_additive = cpt_aggregate_spec_is_additive (self->spec, i);
    }
  for (guint m = 0; m < n && n > 1; m++)
    {
      g_autofree char *label = cpt_aggregate_spec_dup_measure_label (self->spec, measures[m].index);

      cpt_chart_data_add_measure (self->chart, label);
    }

  return n;
}

/* A series for each measure; the index of the first */
static guint
add_measure_series (CptWidgetBuilder *self,
                    const char       *label,
                    const Measure    *measures,
                    guint             n_measures)
{
  guint first = cpt_chart_data_get_n_series (self->chart);

  for (guint m = 0; m < n_measures; m++)
    {
      guint index = cpt_chart_data_add_series (self->chart, label, CPT_CHART_ROLE_VALUE);
      CptChartSeries *series = cpt_chart_data_get_series (self->chart, index);

      series->measure = m;
      series->is_additive = measures[m].is_additive;
      series->has_unit = m > 0;
      series->unit = measures[m].unit;
    }

  return first;
}

/* The heaviest groups get a series */
static guint
add_group_series (CptWidgetBuilder *self,
                  GPtrArray        *groups,
                  const Measure    *measures,
                  guint             n_measures)
{
  guint most = get_max_series (self) / MAX (n_measures, 1);
  guint n_shown = groups->len > most ? most - 1 : groups->len;
  g_autoptr(GPtrArray) shown = g_ptr_array_new ();

  g_ptr_array_sort (groups, compare_groups_by_weight);
  for (guint i = 0; i < n_shown; i++)
    g_ptr_array_add (shown, g_ptr_array_index (groups, i));
  if (is_matrix (self))
    g_ptr_array_sort_with_data (shown, compare_groups_by_key, self);
  else
    g_ptr_array_sort (shown, compare_groups_by_order);
  for (guint i = 0; i < shown->len; i++)
    {
      Group *group = g_ptr_array_index (shown, i);
      const char *label = cpt_aggregate_result_get_label (self->result, group->row, 1);

      group->series = (int) add_measure_series (self, label, measures, n_measures);
    }

  return groups->len - n_shown;
}

static void
add_to_other (CptWidgetBuilder *self,
              guint             series,
              guint             category,
              double            value)
{
  double sum = cpt_chart_data_get_value (self->chart, series, category);

  if (!isnan (value))
    cpt_chart_data_set_value (self->chart, series, category, (isnan (sum) ? 0 : sum) + value);
}

/* Where a group has no records, their sum is nothing, not unknown */
static void
fill_with_zero (CptWidgetBuilder *self)
{
  for (guint s = 0; s < cpt_chart_data_get_n_series (self->chart); s++)
    for (guint i = 0; i < self->data->n_categories && cpt_chart_data_get_series (self->chart, s)->is_additive; i++)
      if (isnan (cpt_chart_data_get_value (self->chart, s, i)))
        cpt_chart_data_set_value (self->chart, s, i, 0);
}

/* What a row has of each measure */
static void
set_row (CptWidgetBuilder *self,
         const Group      *group,
         guint             row,
         guint             category,
         const Measure    *measures,
         guint             n_measures,
         guint             other)
{
  for (guint m = 0; m < n_measures; m++)
    {
      double value = cpt_widget_get_number (cpt_aggregate_result_get_measure (self->result, row, measures[m].index),
                                            measures[m].factor);

      if (group->series >= 0)
        {
          cpt_chart_data_set_value (self->chart, (guint) group->series + m, category, value);
          cpt_widget_builder_set_cell (self, (guint) group->series + m, category,
                                       (CptWidgetCell){ .row = row, .measure = measures[m].index });
        }
      else if (measures[m].is_additive)
        add_to_other (self, other + m, category, value);
    }
}

/* Averages of averages would be wrong: the others are left out, and said so */
static void
note_others (CptWidgetBuilder *self,
             guint             n_others)
{
  g_autofree char *note = NULL;

  note = g_strdup_printf (ngettext ("%u smaller group is left out.", "%u smaller groups are left out.", n_others), n_others);
  cpt_chart_data_set_note (self->chart, note);
}

void
cpt_widget_builder_add_groups (CptWidgetBuilder *self,
                               GArray           *categories,
                               double            factor)
{
  g_autoptr(GHashTable) by_key = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) groups = create_groups (self, by_key, factor);
  Measure measures[MAX_MEASURES];
  guint n_measures = find_measures (self, measures);
  gboolean additive = TRUE;
  guint n_others = add_group_series (self, groups, measures, n_measures);
  guint other = 0;

  for (guint m = 0; m < n_measures; m++)
    additive = additive && measures[m].is_additive;
  if (n_others > 0 && additive)
    other = add_measure_series (self, C_("the remaining groups", "Other"), measures, n_measures);
  for (guint i = 0; i < self->rows->len; i++)
    {
      guint row = g_array_index (self->rows, guint, i);
      g_autofree char *key = cpt_widget_builder_dup_key (self, row, 1);
      const Group *group = g_hash_table_lookup (by_key, key);

      if (group->series >= 0 || additive)
        set_row (self, group, row, g_array_index (categories, guint, i), measures, n_measures, other);
    }
  self->chart->is_grouped = additive;
  fill_with_zero (self);
  if (n_others > 0 && !additive)
    note_others (self, n_others);
}
