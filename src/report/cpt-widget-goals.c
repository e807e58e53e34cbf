/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The goals that run today, for a widget: an item for each, the part that is
 * reached, and the part that there should be by today. A mark leads to what counts for its goal. */
#include "config.h"

#include "cpt-widget-data-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "cpt-chart-format.h"
#include "cpt-goal.h"
#include "cpt-json.h"
#include "cpt-metric.h"
#include "cpt-money.h"

#define MAX_GOALS 60
#define SECONDS_PER_DAY 86400.0

static gboolean
is_shown (CptDatabase    *database,
          const CptGoal  *goal,
          const CptChart *chart)
{
  gboolean is_of_person = !cpt_uuid_is_nil (&goal->user);
  gboolean is_of_team = !is_of_person && !cpt_uuid_is_nil (&goal->team);
  const CptUuid *author = cpt_database_get_author (database);

  if (cpt_chart_is_option (chart, "whose", "everybody"))
    return !is_of_person && !is_of_team;
  if (cpt_chart_is_option (chart, "whose", "teams"))
    return is_of_team;
  if (cpt_chart_is_option (chart, "whose", "people"))
    return is_of_person;
  if (cpt_chart_is_option (chart, "whose", "mine"))
    return is_of_person && author != NULL && cpt_uuid_equal (&goal->user, author);

  return TRUE;
}

/* As charts write it: without cents where there are none */
static char *
format_number (const CptGoal *goal,
               double         number,
               gboolean       is_exact)
{
  static const CptChartMeasure measures[CPT_N_MEASURE_UNITS] = {
    [CPT_MEASURE_UNIT_COUNT] = CPT_CHART_COUNT,
    [CPT_MEASURE_UNIT_MONEY] = CPT_CHART_MONEY,
    [CPT_MEASURE_UNIT_PERCENT] = CPT_CHART_PERCENT,
    [CPT_MEASURE_UNIT_DAYS] = CPT_CHART_DURATION,
    [CPT_MEASURE_UNIT_DURATION] = CPT_CHART_DURATION,
  };
  CptChartUnit unit = { .measure = measures[goal->shape->unit] };
  int exponent = cpt_currency_get_exponent (goal->shape->currency);

  g_strlcpy (unit.currency, goal->shape->currency, sizeof unit.currency);
  if (unit.measure == CPT_CHART_MONEY)
    number *= pow (10, exponent < 0 ? 2 : exponent);
  else if (unit.measure == CPT_CHART_PERCENT)
    number /= 100;
  else if (goal->shape->unit == CPT_MEASURE_UNIT_DAYS)
    number *= SECONDS_PER_DAY;

  return is_exact ? cpt_chart_format_value (&unit, number) : cpt_chart_format_short (&unit, number);
}

/* "€12,000 of €20,000, €22K expected" */
static char *
describe_numbers (const CptGoal *goal)
{
  g_autofree char *actual = NULL;
  g_autofree char *target = NULL;
  g_autofree char *expected = NULL;

  if (goal->problem != NULL)
    return g_strdup (goal->problem);

  actual = format_number (goal, goal->actual, TRUE);
  target = format_number (goal, goal->target, TRUE);
  if (!goal->is_additive || !isfinite (goal->expected) || goal->expected == goal->actual)
    /* Translators: what there is, and the goal: "€12,000 of €20,000" */
    return g_strdup_printf (_("%s of %s"), actual, target);

  expected = format_number (goal, goal->expected, FALSE);

  /* Translators: what there is, the goal, and what comes of it when it goes on so */
  return g_strdup_printf (_("%s of %s, %s expected"), actual, target, expected);
}

/* "Q4 2026"; NULL for days that are no month, quarter or year */
static char *
describe_period (const CptGoal *goal)
{
  static const CptBucket buckets[] = { CPT_BUCKET_MONTH, CPT_BUCKET_QUARTER, CPT_BUCKET_YEAR, CPT_BUCKET_WEEK, CPT_BUCKET_DAY };

  for (guint i = 0; i < G_N_ELEMENTS (buckets); i++)
    if (cpt_bucket_get_start (buckets[i], goal->first) == goal->first &&
        cpt_bucket_add (buckets[i], goal->first, 1) - 1 == goal->last)
      return cpt_bucket_format (buckets[i], goal->first);

  return NULL;
}

/* Goals of months and of quarters stand below each other: each says which it is */
static char *
describe_goal (const CptGoal *goal)
{
  g_autofree char *numbers = describe_numbers (goal);
  g_autofree char *period = describe_period (goal);

  /* Translators: the period of a goal and its numbers: "Q4 2026: €12,000 of €20,000" */
  return period != NULL ? g_strdup_printf (_("%s: %s"), period, numbers) : g_steal_pointer (&numbers);
}

/* The records that count; where there are none, the goal itself */
static CptFilter *
dup_behind (CptDatabase   *database,
            const CptGoal *goal)
{
  CptSchema *schema = cpt_database_get_schema (database);
  g_autofree char *id = cpt_uuid_dup_text (&goal->id);
  g_autoptr(JsonNode) value = NULL;

  if (goal->shape != NULL && goal->shape->behind != NULL)
    return cpt_filter_ref (goal->shape->behind);

  value = json_node_init_string (json_node_alloc (), id);

  return cpt_filter_new_condition (schema, cpt_schema_find_entity (schema, "goal"), "id", CPT_OPERATOR_IS, value, NULL);
}

static void
add_goal (CptWidgetData *self,
          CptDatabase   *database,
          const CptGoal *goal)
{
  /* Translators: whose goal it is, and of what: "Anna Martin, Revenue won" */
  g_autofree char *title = g_strdup_printf (_("%s, %s"), goal->who, goal->metric != NULL ? goal->metric : goal->title);
  g_autofree char *detail = describe_goal (goal);
  gboolean is_bad = goal->state == CPT_GOAL_BEHIND || goal->state == CPT_GOAL_MISSED || goal->state == CPT_GOAL_FAILED;
  guint category = cpt_chart_data_add_category (self->chart, title);

  cpt_chart_data_add_item (self->chart, title, detail, cpt_goal_state_get_label (goal->state));
  cpt_chart_data_set_value (self->chart, 0, category, cpt_goal_get_share (goal));
  if (goal->is_additive && goal->target > 0)
    cpt_chart_data_set_value (self->chart, 1, category, goal->pace / goal->target);
  cpt_chart_data_set_flag (self->chart, 0, category, is_bad ? CPT_CHART_FLAG_LOW : CPT_CHART_FLAG_NONE);
  g_ptr_array_add (self->filters, dup_behind (database, goal));
}

static void
free_filter (gpointer data)
{
  if (data != NULL)
    cpt_filter_unref (data);
}

void
cpt_widget_data_read_goals (CptWidgetData   *self,
                            CptDatabase     *database,
                            const CptWidget *widget)
{
  const CptChart chart = { .kind = cpt_chart_kind_find (widget->kind), .options = widget->options, .data = self->chart };
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) goals = cpt_goals_read (database, cpt_database_get_today (database), &error);

  if (goals == NULL)
    {
      self->chart->error = g_strdup (error->message);
      return;
    }

  self->filters = g_ptr_array_new_with_free_func (free_filter);
  self->chart->unit = (CptChartUnit){ .measure = CPT_CHART_PERCENT };
  cpt_chart_data_add_series (self->chart, _("Reached"), CPT_CHART_ROLE_VALUE);
  cpt_chart_data_add_series (self->chart, _("By today"), CPT_CHART_ROLE_COMPARISON);
  for (guint i = 0; i < goals->len && self->filters->len < MAX_GOALS; i++)
    if (is_shown (database, g_ptr_array_index (goals, i), &chart))
      add_goal (self, database, g_ptr_array_index (goals, i));
}

/* ---- compared with a goal ---- */

/* "No goal is set for this month." */
static void
note_no_goal (CptChartData *chart,
              JsonNode     *period)
{
  g_autofree char *phrase = cpt_question_describe_period (period);
  /* Translators: %s is a period: "this month", "from 1 Jan 2026 to 31 Mar 2026" */
  g_autofree char *note = g_strdup_printf (_("There is no goal for %s."), phrase);

  cpt_chart_data_set_note (chart, note);
}

void
cpt_widget_data_add_target (CptWidgetData   *self,
                            CptDatabase     *database,
                            const CptWidget *widget)
{
  const CptChartKind *kind = cpt_chart_kind_find (widget->kind);
  JsonObject *query = JSON_NODE_HOLDS_OBJECT (widget->query) ? json_node_get_object (widget->query) : NULL;
  JsonNode *period = query != NULL ? json_object_get_member (query, "period") : NULL;
  const char *with = NULL, *metric = NULL;
  g_autoptr(GError) error = NULL;
  gint64 first, last;
  double target;

  if (query == NULL || self->chart->error != NULL || kind == NULL || (kind->needs & CPT_CHART_NEEDS_DIMENSION) ||
      !cpt_json_read_string (query, "compare", &with, NULL) || g_strcmp0 (with, "goal") != 0 ||
      !cpt_json_read_string (query, "metric", &metric, NULL) || metric == NULL ||
      !cpt_question_resolve_period (database, period, &first, &last))
    return;

  if (cpt_goal_find_target (database, metric, first, last, &target, &error))
    self->chart->target = cpt_widget_read_number (&self->chart->unit, target);
  else if (error != NULL)
    cpt_chart_data_set_note (self->chart, error->message);
  else
    note_no_goal (self->chart, period);
}
