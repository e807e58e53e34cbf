/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of kinds and what users choose for them. */
#include "config.h"
#include "cpt-chart-private.h"

#include <glib/gi18n-lib.h>

static const CptChartKind *const kinds[] = {
  &cpt_chart_number,
  &cpt_chart_bar,
  &cpt_chart_line,
  &cpt_chart_combo,
  &cpt_chart_funnel,
  &cpt_chart_leaderboard,
  &cpt_chart_goals,
  &cpt_chart_pie,
  &cpt_chart_gauge,
  &cpt_chart_heat,
  &cpt_chart_table,
  &cpt_chart_pivot,
  &cpt_chart_cohort,
  &cpt_chart_treemap,
  &cpt_chart_radar,
  &cpt_chart_scatter,
  &cpt_chart_timeline,
  &cpt_chart_text,
  &cpt_chart_image,
};

const CptChartChoice cpt_chart_directions[] = {
  { "up", N_("Good") },
  { "down", N_("Bad") },
  { "neutral", N_("Neither") },
  { NULL },
};

const CptChartKind *const *
cpt_chart_kind_list (guint *n_kinds)
{
  if (n_kinds != NULL)
    *n_kinds = G_N_ELEMENTS (kinds);

  return kinds;
}

const CptChartKind *
cpt_chart_kind_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i]->name, name) == 0)
      return kinds[i];

  return NULL;
}

static const CptChartOption *
find_option (const CptChartKind *kind,
             const char         *name)
{
  for (const CptChartOption *option = kind->options; option != NULL && option->name != NULL;
       option++)
    if (g_str_equal (option->name, name))
      return option;

  return NULL;
}

gboolean
cpt_chart_kind_has_option (const CptChartKind *kind,
                           const char         *name)
{
  g_return_val_if_fail (kind != NULL, FALSE);

  return find_option (kind, name) != NULL;
}

static const char *
read_boolean (JsonNode             *node,
              const CptChartOption *option)
{
  if (json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return option->fallback;

  return json_node_get_boolean (node) ? "true" : "false";
}

static const char *
read_choice (JsonNode             *node,
             const CptChartOption *option)
{
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return option->fallback;

  for (const CptChartChoice *choice = option->choices; choice->name != NULL; choice++)
    if (g_strcmp0 (choice->name, json_node_get_string (node)) == 0)
      return choice->name;

  return option->fallback;
}

const char *
cpt_chart_get_option (const CptChart *chart,
                      const char     *name)
{
  const CptChartOption *option;
  JsonNode *node;

  g_return_val_if_fail (chart != NULL && chart->kind != NULL, NULL);

  option = find_option (chart->kind, name);
  g_return_val_if_fail (option != NULL, NULL);

  node = chart->options != NULL ? json_object_get_member (chart->options, name) : NULL;
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || option->fallback == NULL)
    return option->fallback;

  return option->choices == NULL ? read_boolean (node, option) : read_choice (node, option);
}

const char *
cpt_chart_get_text (const CptChart *chart,
                    const char     *name)
{
  JsonNode *node;

  g_return_val_if_fail (chart != NULL, NULL);

  node = chart->options != NULL ? json_object_get_member (chart->options, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

double
cpt_chart_get_number (const CptChart *chart,
                      const char     *name)
{
  const CptChartOption *option;
  JsonNode *node;
  GType type;

  g_return_val_if_fail (chart != NULL && chart->kind != NULL, NAN);

  option = find_option (chart->kind, name);
  if (option == NULL || option->fallback != NULL || chart->options == NULL)
    return NAN;

  node = json_object_get_member (chart->options, name);
  type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return NAN;

  return json_node_get_double (node);
}

gboolean
cpt_chart_is_option (const CptChart *chart,
                     const char     *name,
                     const char     *value)
{
  return g_strcmp0 (cpt_chart_get_option (chart, name), value) == 0;
}
