/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a leaderboard of people or teams tells beside its numbers: the places of
 * the period before, of everybody and not only of those that are shown, and what
 * people have earned. A workspace may do without. */
#include "config.h"

#include "cpt-widget-data-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "cpt-badge.h"
#include "cpt-json.h"
#include "cpt-ranking.h"

/* "user" or "team" of a leaderboard of such; NULL of anything else */
static const char *
get_target (const CptWidget  *widget,
            CptAggregateSpec *spec)
{
  const CptField *field = NULL;

  if (g_strcmp0 (widget->kind, "leaderboard") == 0 && cpt_aggregate_spec_get_n_dimensions (spec) == 1)
    field = cpt_aggregate_spec_get_dimension_field (spec, 0);
  if (field == NULL || field->kind != CPT_FIELD_LINK || field->target == NULL)
    return NULL;

  return g_str_equal (field->target, "user") || g_str_equal (field->target, "team") ? field->target : NULL;
}

/* (nullable): whose row a category is */
static const CptUuid *
get_id (CptWidgetData *self,
        guint          category)
{
  const CptWidgetCell *cell = category < self->cells->len ? &g_array_index (self->cells, CptWidgetCell, category) : NULL;
  const CptValue *key = cell != NULL && cell->row != CPT_WIDGET_NO_ROW ? cpt_aggregate_result_get_key (self->result, cell->row, 0)
                                                                       : NULL;

  return key != NULL && key->type == CPT_VALUE_ID ? &key->id : NULL;
}

/* The same question of everybody: without what restricts its rows */
static JsonNode *
create_whole_question (JsonNode *query)
{
  static const char *const rest[] = { "limit", "order", "having", "show" };
  g_autoptr(JsonObject) copy = json_object_new ();

  cpt_json_add_members (copy, json_node_get_object (query));
  for (guint i = 0; i < G_N_ELEMENTS (rest); i++)
    if (json_object_has_member (copy, rest[i]))
      json_object_remove_member (copy, rest[i]);

  return json_node_init_object (json_node_alloc (), copy);
}

/* From 1; 0 for who had nothing */
static guint
find_rank_before (const CptMetricRows *rows,
                  const CptMetricRow  *row,
                  gboolean             is_low_good)
{
  guint rank = 1;

  if (!isfinite (row->before) || (row->before == 0 && !is_low_good))
    return 0;

  for (guint i = 0; i < rows->rows->len; i++)
    {
      const CptMetricRow *other = g_ptr_array_index (rows->rows, i);

      if (isfinite (other->before) && (is_low_good ? other->before < row->before : other->before > row->before))
        rank++;
    }

  return rank;
}

static void
add_ranks (CptWidgetData   *self,
           CptDatabase     *database,
           const CptWidget *widget)
{
  g_autoptr(JsonNode) question = create_whole_question (widget->query);
  g_autoptr(CptMetricRows) rows = cpt_metric_rows_read (database, question, NULL);

  for (guint i = 0; rows != NULL && i < self->n_categories; i++)
    {
      const CptUuid *id = get_id (self, i);
      const CptMetricRow *row = id != NULL ? cpt_metric_rows_find (rows, id) : NULL;

      if (row != NULL)
        cpt_chart_data_set_rank_before (self->chart, i,
                                        find_rank_before (rows, row, self->chart->direction == CPT_CHART_DOWN_IS_GOOD));
    }
}

static void
add_badges (CptWidgetData *self,
            CptDatabase   *database)
{
  g_autoptr(GPtrArray) badges = cpt_badges_read (database, NULL);

  for (guint i = 0; badges != NULL && i < badges->len; i++)
    {
      const CptBadge *badge = g_ptr_array_index (badges, i);

      for (guint category = 0; category < self->n_categories; category++)
        {
          const CptUuid *id = get_id (self, category);

          if (id != NULL && cpt_uuid_equal (id, &badge->user))
            cpt_chart_data_add_badge (self->chart, category, badge->name, badge->icon);
        }
    }
}

void
cpt_widget_data_add_leaders (CptWidgetData    *self,
                             CptDatabase      *database,
                             const CptWidget  *widget,
                             CptAggregateSpec *spec)
{
  const char *target = get_target (widget, spec);

  if (target == NULL || self->chart->error != NULL)
    return;
  if (!cpt_ranking_is_on (database, CPT_RANKING_BOARDS))
    {
      self->chart->error = g_strdup (_("Leaderboards are switched off in this workspace."));
      return;
    }

  if (JSON_NODE_HOLDS_OBJECT (widget->query) && json_object_has_member (json_node_get_object (widget->query), "compare"))
    add_ranks (self, database, widget);
  if (g_str_equal (target, "user"))
    add_badges (self, database);
}
