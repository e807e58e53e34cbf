/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Badges: rules that are records, asked of a metric by person. */

#include "config.h"

#include "cpt-badge.h"

#include <math.h>
#include <string.h>

#include "cpt-query.h"
#include "cpt-ranking.h"

#define MAX_BADGES 100
#define MAX_USERS 10000
#define HUNDREDTHS 100.0

void
cpt_badge_free (CptBadge *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->icon);
  g_free (self);
}

/* ---- who is compared with whom ---- */

/* (element-type CptUuid CptUuid): the team of each user who is in one */
static GHashTable *
read_teams (CptDatabase *database)
{
  CptSchema *schema = cpt_database_get_schema (database);
  g_autoptr(CptQuery) query = cpt_query_new (schema, cpt_schema_find_entity (schema, "user"));
  g_autoptr(GPtrArray) users = cpt_query_load_records (query, database, MAX_USERS, NULL);
  GHashTable *teams = g_hash_table_new_full (cpt_uuid_hash, cpt_uuid_equal, g_free, g_free);

  for (guint i = 0; users != NULL && i < users->len; i++)
    {
      const CptRecord *user = g_ptr_array_index (users, i);
      const CptValue *team = cpt_record_get_named (user, "team");

      if (team->type == CPT_VALUE_ID)
        g_hash_table_insert (teams, g_memdup2 (&user->id, sizeof (CptUuid)), g_memdup2 (&team->id, sizeof (CptUuid)));
    }

  return teams;
}

/* The metric by person, this period beside the one before; NULL when it can't be asked */
static CptMetricRows *
read_people (CptDatabase     *database,
             const CptRecord *record,
             gboolean        *is_low_good)
{
  g_autoptr(CptMetric) metric = cpt_metric_find (database, cpt_record_get_text (record, "metric"), NULL);
  g_autoptr(JsonNode) question = metric != NULL ? cpt_metric_question_new (metric->key, NULL, NULL) : NULL;
  g_autoptr(CptAggregateSpec) spec = question != NULL ? cpt_metric_create_spec (database, question, NULL) : NULL;
  const char *owner = spec != NULL ? cpt_metric_find_owner (cpt_aggregate_spec_get_entity (spec)) : NULL;
  const char *period = cpt_record_get_text (record, "period");
  JsonObject *object, *dimension, *within;
  JsonArray *dimensions;

  if (owner == NULL || period == NULL)
    return NULL;

  *is_low_good = metric->direction == CPT_METRIC_DOWN_IS_GOOD;
  object = json_node_get_object (question);
  dimension = json_object_new ();
  json_object_set_string_member (dimension, "field", owner);
  dimensions = json_array_new ();
  json_array_add_object_element (dimensions, dimension);
  json_object_set_array_member (object, "dimensions", dimensions);
  within = json_object_new ();
  json_object_set_string_member (within, "this", period);
  json_object_set_object_member (object, "period", within);
  json_object_set_string_member (object, "compare", "previous");

  return cpt_metric_rows_read (database, question, NULL);
}

/* ---- who has it ---- */

typedef struct
{
  const CptRecord *record;
  const char *rule;
  gboolean is_low_good;
  GHashTable *teams;
} Rule;

/* What is compared: the more the better; NAN: not in the running */
static double
get_score (const Rule         *rule,
           const CptMetricRow *row)
{
  double rise;

  if (cpt_uuid_is_nil (&row->id) || !isfinite (row->number))
    return NAN;
  if (strcmp (rule->rule, "improved") != 0)
    return rule->is_low_good ? -row->number : row->number;
  if (!isfinite (row->before) || row->before <= 0)
    return NAN;

  rise = (row->number - row->before) / row->before;

  return rule->is_low_good ? -rise : rise;
}

static gboolean
is_same_team (const Rule         *rule,
              const CptMetricRow *first,
              const CptMetricRow *second)
{
  const CptUuid *team = g_hash_table_lookup (rule->teams, &first->id);
  const CptUuid *other = g_hash_table_lookup (rule->teams, &second->id);

  return team != NULL && other != NULL && cpt_uuid_equal (team, other);
}

/* Nobody else in the running is ahead */
static gboolean
is_first (const Rule          *rule,
          const CptMetricRows *rows,
          const CptMetricRow  *row)
{
  gboolean is_of_team = strcmp (rule->rule, "first_of_team") == 0;
  double score = get_score (rule, row);

  if (!rule->is_low_good && score <= 0)
    return FALSE;
  if (strcmp (rule->rule, "improved") == 0 && score <= 0)
    return FALSE;
  if (is_of_team && !g_hash_table_contains (rule->teams, &row->id))
    return FALSE;

  for (guint i = 0; i < rows->rows->len; i++)
    {
      const CptMetricRow *other = g_ptr_array_index (rows->rows, i);

      if ((!is_of_team || is_same_team (rule, row, other)) && get_score (rule, other) > score)
        return FALSE;
    }

  return TRUE;
}

static gboolean
has_reached (const Rule         *rule,
             const CptMetricRow *row)
{
  double threshold = (double) cpt_record_get_integer (rule->record, "threshold") / HUNDREDTHS;

  return rule->is_low_good ? row->number <= threshold : row->number >= threshold;
}

static void
add_holders (const Rule          *rule,
             const CptMetricRows *rows,
             GPtrArray           *badges)
{
  for (guint i = 0; i < rows->rows->len; i++)
    {
      const CptMetricRow *row = g_ptr_array_index (rows->rows, i);
      CptBadge *badge;

      if (isnan (get_score (rule, row)) ||
          !(strcmp (rule->rule, "reached") == 0 ? has_reached (rule, row) : is_first (rule, rows, row)))
        continue;
      badge = g_new0 (CptBadge, 1);
      badge->user = row->id;
      badge->id = rule->record->id;
      badge->name = cpt_record_dup_title (rule->record);
      badge->icon = g_strdup (cpt_record_get_text (rule->record, "icon"));
      g_ptr_array_add (badges, badge);
    }
}

GPtrArray *
cpt_badges_read (CptDatabase  *database,
                 GError      **error)
{
  g_autoptr(GPtrArray) badges = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_badge_free);
  g_autoptr(GHashTable) teams = NULL;
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(CptQuery) query = NULL;
  CptSchema *schema;

  g_return_val_if_fail (database != NULL, NULL);

  if (!cpt_ranking_is_on (database, CPT_RANKING_BADGES))
    return g_steal_pointer (&badges);

  schema = cpt_database_get_schema (database);
  query = cpt_query_new (schema, cpt_schema_find_entity (schema, CPT_BADGE_ENTITY));
  records = cpt_query_load_records (query, database, MAX_BADGES, error);
  if (records == NULL)
    return NULL;

  teams = read_teams (database);
  for (guint i = 0; i < records->len; i++)
    {
      const CptRecord *record = g_ptr_array_index (records, i);
      Rule rule = { record, cpt_record_get_text (record, "rule"), FALSE, teams };
      g_autoptr(CptMetricRows) rows = NULL;

      if (cpt_record_get_integer (record, "is_active") == 0 || rule.rule == NULL)
        continue;
      rows = read_people (database, record, &rule.is_low_good);
      if (rows != NULL)
        add_holders (&rule, rows, badges);
    }

  return g_steal_pointer (&badges);
}
