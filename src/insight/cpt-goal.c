/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Goals: what was wanted of a metric, against what there is and what there
 * should be by today. */

#include "config.h"

#include "cpt-goal.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-holiday.h"
#include "cpt-query.h"

#define MAX_GOALS 1000
#define HUNDREDTHS 100.0

void
cpt_goal_free (CptGoal *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->shape, cpt_metric_rows_free);
  g_free (self->title);
  g_free (self->who);
  g_free (self->metric);
  g_free (self->problem);
  g_free (self);
}

double
cpt_goal_get_share (const CptGoal *self)
{
  g_return_val_if_fail (self != NULL, NAN);

  return self->target > 0 ? self->actual / self->target : NAN;
}

static const struct
{
  const char *name;
  const char *label;
} states[] = {
  [CPT_GOAL_UPCOMING] = { "upcoming", N_("To come") },
  [CPT_GOAL_BEHIND] = { "behind", N_("Behind") },
  [CPT_GOAL_ON_PACE] = { "on-pace", N_("On pace") },
  [CPT_GOAL_REACHED] = { "reached", N_("Reached") },
  [CPT_GOAL_MISSED] = { "missed", N_("Missed") },
  [CPT_GOAL_FAILED] = { "failed", N_("Can’t be counted") },
};

const char *
cpt_goal_state_get_name (CptGoalState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (states), NULL);

  return states[state].name;
}

const char *
cpt_goal_state_get_label (CptGoalState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (states), NULL);

  return _(states[state].label);
}

const char *
cpt_metric_find_owner (const CptEntity *entity)
{
  const CptField *owner;

  g_return_val_if_fail (entity != NULL, NULL);

  owner = cpt_entity_find_field (entity, "owner");
  if (owner != NULL && owner->kind == CPT_FIELD_LINK && g_strcmp0 (owner->target, "user") == 0)
    return owner->name;

  for (guint i = 0; i < entity->n_fields; i++)
    if (entity->fields[i]->kind == CPT_FIELD_LINK && g_strcmp0 (entity->fields[i]->target, "user") == 0)
      return entity->fields[i]->name;

  return NULL;
}

JsonNode *
cpt_metric_period_new (gint64 first,
                       gint64 last)
{
  g_autoptr(JsonObject) period = json_object_new ();
  g_autofree char *from = cpt_date_format_iso (first);
  g_autofree char *to = cpt_date_format_iso (last);

  json_object_set_string_member (period, "from", from);
  json_object_set_string_member (period, "to", to);

  return json_node_init_object (json_node_alloc (), period);
}

/* ---- what is counted ---- */

/* {"field":@path,"op":"is","value":@id} */
static JsonObject *
create_condition (const char    *path,
                  const CptUuid *id)
{
  JsonObject *condition = json_object_new ();
  g_autofree char *text = cpt_uuid_dup_text (id);

  json_object_set_string_member (condition, "field", path);
  json_object_set_string_member (condition, "op", "is");
  json_object_set_string_member (condition, "value", text);

  return condition;
}

/* Restricts the question to whose goal it is; FALSE with @error */
static gboolean
add_who (const CptGoal    *self,
         const CptEntity  *entity,
         JsonObject       *question,
         GError          **error)
{
  const char *owner = cpt_metric_find_owner (entity);
  g_autofree char *path = NULL;

  if (cpt_uuid_is_nil (&self->user) && cpt_uuid_is_nil (&self->team))
    return TRUE;
  if (owner == NULL)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED,
                           _("What this metric counts belongs to nobody; make it a goal of everybody."));
      return FALSE;
    }

  path = cpt_uuid_is_nil (&self->user) ? g_strconcat (owner, ".team", NULL) : g_strdup (owner);
  json_object_set_object_member (question, "where",
                                 create_condition (path, cpt_uuid_is_nil (&self->user) ? &self->team : &self->user));

  return TRUE;
}

static gboolean
count (CptGoal      *self,
       CptDatabase  *database,
       const char   *key,
       GError      **error)
{
  g_autoptr(CptMetric) metric = cpt_metric_find (database, key != NULL ? key : "", error);
  g_autoptr(JsonNode) question = metric != NULL ? cpt_metric_question_new (metric->key, NULL, error) : NULL;
  g_autoptr(CptAggregateSpec) spec = question != NULL ? cpt_metric_create_spec (database, question, error) : NULL;

  if (spec == NULL || !add_who (self, cpt_aggregate_spec_get_entity (spec), json_node_get_object (question), error))
    return FALSE;

  self->metric = g_strdup (metric->title);
  self->is_low_good = metric->direction == CPT_METRIC_DOWN_IS_GOOD;
  self->is_additive = cpt_aggregate_spec_is_additive (spec, 0);
  json_object_set_member (json_node_get_object (question), "period", cpt_metric_period_new (self->first, self->last));
  self->shape = cpt_metric_rows_read (database, question, error);
  if (self->shape == NULL)
    return FALSE;

  if (self->shape->rows->len > 0)
    self->actual = ((const CptMetricRow *) g_ptr_array_index (self->shape->rows, 0))->number;
  else if (self->is_additive)
    self->actual = 0;

  return TRUE;
}

/* ---- where it stands ---- */

static void
set_pace (CptGoal    *self,
          const char *country,
          gint64      today)
{
  gint64 all = cpt_holiday_count_working_days (country, self->first, self->last);
  gint64 over = cpt_holiday_count_working_days (country, self->first, MIN (today, self->last));

  self->pace = self->target;
  self->expected = self->actual;
  if (!self->is_additive || today > self->last)
    return;

  self->pace = all > 0 ? self->target * (double) over / (double) all : 0;
  self->expected = over > 0 ? self->actual / (double) over * (double) all : NAN;
}

static CptGoalState
find_state (const CptGoal *self,
            gint64         today)
{
  gboolean is_over = today > self->last;

  if (today < self->first)
    return CPT_GOAL_UPCOMING;
  if (isnan (self->actual))
    return is_over ? CPT_GOAL_MISSED : CPT_GOAL_BEHIND;
  /* What must stay low is reached when nothing more can be added. */
  if (self->is_low_good && self->actual > self->target)
    return is_over ? CPT_GOAL_MISSED : CPT_GOAL_BEHIND;
  if (self->is_low_good)
    return is_over ? CPT_GOAL_REACHED : CPT_GOAL_ON_PACE;
  if (self->actual >= self->target)
    return CPT_GOAL_REACHED;
  if (is_over)
    return CPT_GOAL_MISSED;

  return self->actual >= self->pace ? CPT_GOAL_ON_PACE : CPT_GOAL_BEHIND;
}

/* (transfer full): the title of a linked record */
static char *
dup_linked_title (CptDatabase   *database,
                  const char    *kind,
                  const CptUuid *id)
{
  const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (database), kind);
  g_autoptr(CptRecord) record = cpt_database_load (database, entity, id, NULL);

  return record != NULL ? cpt_record_dup_title (record) : g_strdup ("–");
}

static void
read_who (CptGoal         *self,
          CptDatabase     *database,
          const CptRecord *record)
{
  const CptValue *user = cpt_record_get_named (record, "user");
  const CptValue *team = cpt_record_get_named (record, "team");

  if (user->type == CPT_VALUE_ID)
    {
      self->user = user->id;
      self->who = dup_linked_title (database, "user", &user->id);
    }
  else if (team->type == CPT_VALUE_ID)
    {
      self->team = team->id;
      self->who = dup_linked_title (database, "team", &team->id);
    }
  else
    {
      self->who = g_strdup (_("Everybody"));
    }
}

static void
read_period (CptGoal         *self,
             const CptRecord *record)
{
  const char *name = cpt_record_get_text (record, "period");
  CptBucket bucket = CPT_BUCKET_MONTH;

  if (name != NULL)
    cpt_bucket_parse (name, &bucket);
  self->first = cpt_record_get_integer (record, "starts_on");
  /* A month that begins on the 15th ends on the 14th. */
  switch (bucket)
    {
    case CPT_BUCKET_QUARTER:
      self->last = cpt_date_add_months (self->first, 3) - 1;
      break;

    case CPT_BUCKET_YEAR:
      self->last = cpt_date_add_months (self->first, 12) - 1;
      break;

    case CPT_BUCKET_NONE:
    case CPT_BUCKET_DAY:
    case CPT_BUCKET_WEEK:
    case CPT_BUCKET_MONTH:
    default:
      self->last = cpt_date_add_months (self->first, 1) - 1;
      break;
    }
}

/* (nullable): when its period does not hold @day */
static CptGoal *
create_goal (CptDatabase     *database,
             const CptRecord *record,
             gint64           day)
{
  g_autoptr(CptGoal) self = g_new0 (CptGoal, 1);
  g_autoptr(GError) error = NULL;
  gint64 today = cpt_database_get_today (database);

  read_period (self, record);
  if (day < self->first || day > self->last)
    return NULL;

  self->id = record->id;
  self->title = cpt_record_dup_title (record);
  self->target = (double) cpt_record_get_integer (record, "target") / HUNDREDTHS;
  self->actual = self->pace = self->expected = NAN;
  read_who (self, database, record);
  if (!count (self, database, cpt_record_get_text (record, "metric"), &error))
    {
      self->state = CPT_GOAL_FAILED;
      self->problem = g_strdup (error->message);
      return g_steal_pointer (&self);
    }

  set_pace (self, cpt_database_get_country (database), today);
  self->state = find_state (self, today);

  return g_steal_pointer (&self);
}

/* Everybody, teams, people */
static int
get_level (const CptGoal *self)
{
  if (!cpt_uuid_is_nil (&self->user))
    return 2;

  return cpt_uuid_is_nil (&self->team) ? 0 : 1;
}

static int
compare_goals (gconstpointer a,
               gconstpointer b)
{
  const CptGoal *first = *(const CptGoal *const *) a;
  const CptGoal *second = *(const CptGoal *const *) b;
  int names;

  if (get_level (first) != get_level (second))
    return get_level (first) - get_level (second);
  names = g_utf8_collate (first->who, second->who);

  return names != 0 ? names : g_utf8_collate (first->title, second->title);
}

static GPtrArray *
load_goals (CptDatabase  *database,
            GError      **error)
{
  CptSchema *schema = cpt_database_get_schema (database);
  g_autoptr(CptQuery) query = cpt_query_new (schema, cpt_schema_find_entity (schema, "goal"));

  return cpt_query_load_records (query, database, MAX_GOALS, error);
}

static int
compare_records_by_start (gconstpointer a,
                          gconstpointer b)
{
  gint64 first = cpt_record_get_integer (*(CptRecord *const *) a, "starts_on");
  gint64 second = cpt_record_get_integer (*(CptRecord *const *) b, "starts_on");

  return (first > second) - (first < second);
}

static gboolean
adds_up (CptDatabase *database,
         const char  *metric)
{
  g_autoptr(JsonNode) question = cpt_metric_question_new (metric, NULL, NULL);
  g_autoptr(CptAggregateSpec) spec = question != NULL ? cpt_metric_create_spec (database, question, NULL) : NULL;

  return spec != NULL && cpt_aggregate_spec_is_additive (spec, 0);
}

gboolean
cpt_goal_find_target (CptDatabase  *database,
                      const char   *metric,
                      gint64        first,
                      gint64        last,
                      double       *target,
                      GError      **error)
{
  g_autoptr(GPtrArray) records = NULL;
  gint64 next = first;
  double sum = 0;

  g_return_val_if_fail (database != NULL && metric != NULL, FALSE);

  records = load_goals (database, error);
  if (records == NULL)
    return FALSE;

  g_ptr_array_sort (records, compare_records_by_start);
  for (guint i = 0; i < records->len; i++)
    {
      const CptRecord *record = g_ptr_array_index (records, i);
      CptGoal goal = { .state = CPT_GOAL_UPCOMING };

      if (g_strcmp0 (cpt_record_get_text (record, "metric"), metric) != 0 ||
          !cpt_value_is_null (cpt_record_get_named (record, "user")) ||
          !cpt_value_is_null (cpt_record_get_named (record, "team")))
        continue;

      read_period (&goal, record);
      *target = (double) cpt_record_get_integer (record, "target") / HUNDREDTHS;
      if (goal.first == first && goal.last == last)
        return TRUE;
      if (goal.first != next || goal.last > last)
        continue;
      sum += *target;
      next = goal.last + 1;
    }
  *target = sum;

  return next == last + 1 && first <= last && adds_up (database, metric);
}

GPtrArray *
cpt_goals_read (CptDatabase  *database,
                gint64        day,
                GError      **error)
{
  g_autoptr(GPtrArray) goals = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_goal_free);
  g_autoptr(GPtrArray) records = NULL;

  g_return_val_if_fail (database != NULL, NULL);

  records = load_goals (database, error);
  if (records == NULL)
    return NULL;

  for (guint i = 0; i < records->len; i++)
    {
      CptGoal *goal = create_goal (database, g_ptr_array_index (records, i), day);

      if (goal != NULL)
        g_ptr_array_add (goals, goal);
    }
  g_ptr_array_sort (goals, compare_goals);

  return g_steal_pointer (&goals);
}
