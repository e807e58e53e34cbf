/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What rows of the editor of widgets offer: periods, what they are compared
 * with, intervals, kinds of charts, and metrics.
 */

#include "config.h"

#include "cpt-widget-choices.h"

#include <glib/gi18n.h>

#include "cpt-combo-labels.h"
#include "cpt-json.h"

const CptWidgetChoice cpt_widget_periods[] = {
  { N_("All time"), NULL },
  { N_("This week"), "{\"this\":\"week\"}" },
  { N_("This month"), "{\"this\":\"month\"}" },
  { N_("This quarter"), "{\"this\":\"quarter\"}" },
  { N_("This year"), "{\"this\":\"year\"}" },
  { N_("Last month"), "{\"previous\":\"month\"}" },
  { N_("Last quarter"), "{\"previous\":\"quarter\"}" },
  { N_("Last year"), "{\"previous\":\"year\"}" },
  { N_("Last 30 days"), "{\"last\":30,\"unit\":\"day\"}" },
  { N_("Last 12 months"), "{\"last\":12,\"unit\":\"month\"}" },
  { NULL },
};

const CptWidgetChoice cpt_widget_comparisons[] = {
  { NC_("compared with", "Nothing"), NULL },
  { NC_("compared with", "The period before"), "previous" },
  { NC_("compared with", "The same period last year"), "year" },
  { NULL },
};

const CptWidgetChoice cpt_widget_metric_comparisons[] = {
  { NC_("compared with", "Nothing"), NULL },
  { NC_("compared with", "The period before"), "previous" },
  { NC_("compared with", "The same period last year"), "year" },
  { NC_("compared with", "The goal"), "goal" },
  { NULL },
};

const CptWidgetChoice cpt_widget_buckets[] = {
  { N_("Day"), "day" },
  { N_("Week"), "week" },
  { N_("Month"), "month" },
  { N_("Quarter"), "quarter" },
  { N_("Year"), "year" },
  { NULL },
};

const CptWidgetChoice cpt_widget_having_comparisons[] = {
  { N_("All groups"), NULL },
  { N_("With more than…"), "greater" },
  { N_("With at least…"), "greater-or-equal" },
  { N_("With less than…"), "less" },
  { N_("With at most…"), "less-or-equal" },
  { N_("With exactly…"), "is" },
  { NULL },
};

const CptWidgetChoice cpt_widget_shows[] = {
  { N_("The number itself"), NULL },
  { N_("Share of the total"), "share" },
  { N_("Running total"), "running" },
  { NULL },
};

static const char *
get_label (const CptWidgetChoice *choices,
           guint                  index)
{
  return choices == cpt_widget_comparisons || choices == cpt_widget_metric_comparisons
           ? g_dpgettext2 (NULL, "compared with", choices[index].label)
           : _(choices[index].label);
}

void
cpt_widget_choices_show (const CptWidgetChoice *choices,
                         AdwComboRow           *row,
                         const char            *value,
                         guint                  first,
                         guint                  otherwise)
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  guint selected = otherwise;

  for (guint i = first; choices[i].label != NULL; i++)
    {
      if (g_strcmp0 (choices[i].value, value) == 0)
        selected = i;
      g_ptr_array_add (labels, g_strdup (get_label (choices, i)));
    }
  cpt_combo_row_set_labels (row, labels, selected - first);
}

const char *
cpt_widget_choices_read (const CptWidgetChoice *choices,
                         AdwComboRow           *row,
                         guint                  first)
{
  guint selected = adw_combo_row_get_selected (row);

  for (guint i = first; choices[i].label != NULL; i++)
    if (i - first == selected)
      return choices[i].value;

  return choices[first].value;
}

void
cpt_widget_kinds_show (AdwComboRow *row,
                       const char  *name)
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  guint n_kinds;
  const CptChartKind *const *kinds = cpt_chart_kind_list (&n_kinds);
  guint selected = 0;

  for (guint i = 0; i < n_kinds; i++)
    {
      g_ptr_array_add (labels, g_strdup (_(kinds[i]->label)));
      if (g_strcmp0 (kinds[i]->name, name) == 0)
        selected = i;
    }
  cpt_combo_row_set_labels (row, labels, selected);
}

const CptChartKind *
cpt_widget_kinds_read (AdwComboRow *row)
{
  guint n_kinds;
  const CptChartKind *const *kinds = cpt_chart_kind_list (&n_kinds);

  return kinds[MIN (adw_combo_row_get_selected (row), n_kinds - 1)];
}

const CptMetric *
cpt_widget_metrics_find (GPtrArray  *metrics,
                         const char *key)
{
  for (guint i = 0; key != NULL && i < metrics->len; i++)
    {
      const CptMetric *metric = g_ptr_array_index (metrics, i);

      if (g_strcmp0 (metric->key, key) == 0)
        return metric;
    }

  return NULL;
}

const char *
cpt_widget_metrics_get (const CptMetric *metric,
                        const char      *member)
{
  const char *text = NULL;

  if (metric != NULL && metric->query != NULL && JSON_NODE_HOLDS_OBJECT (metric->query))
    cpt_json_read_string (json_node_get_object (metric->query), member, &text, NULL);

  return text;
}

void
cpt_widget_metrics_show (GPtrArray   *metrics,
                         AdwComboRow *row,
                         const char  *key)
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  const CptMetric *chosen = cpt_widget_metrics_find (metrics, key);
  guint selected = 0;

  g_ptr_array_add (labels, g_strdup (C_("metric", "None")));
  for (guint i = 0; i < metrics->len; i++)
    {
      const CptMetric *metric = g_ptr_array_index (metrics, i);

      if (metric == chosen)
        selected = labels->len;
      g_ptr_array_add (labels, g_strdup (metric->title));
    }
  if (key != NULL && chosen == NULL)
    {
      selected = labels->len;
      g_ptr_array_add (labels, g_strdup (key));
    }
  cpt_combo_row_set_labels (row, labels, selected);
  cpt_widget_metrics_explain (row, chosen);
}

void
cpt_widget_metrics_explain (AdwComboRow     *row,
                            const CptMetric *metric)
{
  const char *text = metric != NULL && metric->description != NULL ? metric->description : "";

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
}

const char *
cpt_widget_metrics_read (GPtrArray   *metrics,
                         AdwComboRow *row,
                         const char  *key)
{
  guint selected = adw_combo_row_get_selected (row);

  if (selected == 0 || selected == GTK_INVALID_LIST_POSITION)
    return NULL;

  return selected <= metrics->len ? ((const CptMetric *) g_ptr_array_index (metrics, selected - 1))->key : key;
}
