/* SPDX-License-Identifier: GPL-3.0-or-later */
/* goals list, people badges: how far goals are, and who has earned what. */
#include "config.h"

#include "cpt-ctl.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "cpt-badge.h"
#include "cpt-dashboard-template.h"
#include "cpt-ranking.h"

/* ---- goals ---- */

static void
add_number (JsonBuilder *builder,
            const char  *member,
            double       number)
{
  json_builder_set_member_name (builder, member);
  if (isfinite (number))
    json_builder_add_double_value (builder, number);
  else
    json_builder_add_null_value (builder);
}

static void
add_day (JsonBuilder *builder,
         const char  *member,
         gint64       day)
{
  g_autofree char *text = cpt_date_format_iso (day);

  cpt_ctl_json_text (builder, member, text);
}

static void
add_goal (JsonBuilder   *builder,
          const CptGoal *goal)
{
  json_builder_begin_object (builder);
  cpt_ctl_json_id (builder, "id", &goal->id);
  cpt_ctl_json_text (builder, "name", goal->title);
  cpt_ctl_json_text (builder, "who", goal->who);
  cpt_ctl_json_text (builder, "metric", goal->metric);
  add_day (builder, "first", goal->first);
  add_day (builder, "last", goal->last);
  cpt_ctl_json_text (builder, "state", cpt_goal_state_get_name (goal->state));
  add_number (builder, "target", goal->target);
  add_number (builder, "actual", goal->actual);
  add_number (builder, "share", cpt_goal_get_share (goal));
  add_number (builder, "pace", goal->pace);
  add_number (builder, "expected", goal->expected);
  cpt_ctl_json_text (builder, "problem", goal->problem);
  json_builder_end_object (builder);
}

static void
print_goals_json (GPtrArray *goals)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "goals");
  json_builder_begin_array (builder);
  for (guint i = 0; i < goals->len; i++)
    add_goal (builder, g_ptr_array_index (goals, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  cpt_ctl_print_builder (builder);
}

enum
{
  COLUMN_WHO,
  COLUMN_NAME,
  COLUMN_ACTUAL,
  COLUMN_TARGET,
  COLUMN_PACE,
  COLUMN_EXPECTED,
  COLUMN_STATE,
  N_COLUMNS
};

static char *
format_number (const CptGoal *goal,
               double         number)
{
  return goal->shape != NULL && isfinite (number) ? cpt_metric_rows_format (goal->shape, number) : g_strdup ("–");
}

static void
print_goals (GPtrArray *goals)
{
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (N_COLUMNS);
  char **titles = g_new0 (char *, N_COLUMNS + 1);

  titles[COLUMN_WHO] = g_strdup (_("Who"));
  titles[COLUMN_NAME] = g_strdup (_("Goal"));
  titles[COLUMN_ACTUAL] = g_strdup (_("Actual"));
  titles[COLUMN_TARGET] = g_strdup (_("Target"));
  titles[COLUMN_PACE] = g_strdup (_("By today"));
  titles[COLUMN_EXPECTED] = g_strdup (_("Expected"));
  titles[COLUMN_STATE] = g_strdup (_("State"));
  cpt_ctl_table_take_row (table, titles);
  for (guint i = 0; i < goals->len; i++)
    {
      const CptGoal *goal = g_ptr_array_index (goals, i);
      char **cells = g_new0 (char *, N_COLUMNS + 1);

      cells[COLUMN_WHO] = g_strdup (goal->who);
      cells[COLUMN_NAME] = g_strdup (goal->title);
      cells[COLUMN_ACTUAL] = format_number (goal, goal->actual);
      cells[COLUMN_TARGET] = format_number (goal, goal->target);
      cells[COLUMN_PACE] = format_number (goal, goal->pace);
      cells[COLUMN_EXPECTED] = format_number (goal, goal->expected);
      cells[COLUMN_STATE] = g_strdup (goal->problem != NULL ? goal->problem : cpt_goal_state_get_label (goal->state));
      cpt_ctl_table_take_row (table, cells);
    }
  for (guint i = COLUMN_ACTUAL; i <= COLUMN_EXPECTED; i++)
    cpt_ctl_table_align (table, i);
  cpt_ctl_table_print (table);
}

static gboolean
run_goals (CptCtl  *self,
           GError **error)
{
  gint64 day = cpt_database_get_today (self->database);
  g_autoptr(GPtrArray) goals = NULL;

  if (self->n_args > 0 && !cpt_date_parse_iso (self->args[0], &day))
    {
      g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("A day is written 2026-11-21, not “%s”."), self->args[0]);
      return FALSE;
    }

  goals = cpt_goals_read (self->database, day, error);
  if (goals == NULL)
    return FALSE;
  if (self->options.json)
    print_goals_json (goals);
  else
    print_goals (goals);

  return TRUE;
}

/* ---- badges ---- */

/* The title of a user; (transfer full) */
static char *
dup_user (CptCtl        *self,
          const CptUuid *id)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  g_autoptr(CptRecord) user = cpt_database_load (self->database, cpt_schema_find_entity (schema, "user"), id, NULL);

  return user != NULL ? cpt_record_dup_title (user) : g_strdup ("–");
}

static void
print_badges_json (CptCtl    *self,
                   GPtrArray *badges)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "badges");
  json_builder_begin_array (builder);
  for (guint i = 0; i < badges->len; i++)
    {
      const CptBadge *badge = g_ptr_array_index (badges, i);
      g_autofree char *user = dup_user (self, &badge->user);

      json_builder_begin_object (builder);
      cpt_ctl_json_text (builder, "badge", badge->name);
      cpt_ctl_json_text (builder, "icon", badge->icon);
      cpt_ctl_json_id (builder, "user", &badge->user);
      cpt_ctl_json_text (builder, "name", user);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  cpt_ctl_json_boolean (builder, "leaderboards_on", cpt_ranking_is_on (self->database, CPT_RANKING_BOARDS));
  cpt_ctl_json_boolean (builder, "badges_on", cpt_ranking_is_on (self->database, CPT_RANKING_BADGES));
  json_builder_end_object (builder);
  cpt_ctl_print_builder (builder);
}

static gboolean
run_badges (CptCtl  *self,
            GError **error)
{
  g_autoptr(GPtrArray) badges = cpt_badges_read (self->database, error);
  g_autoptr(CptCtlTable) table = NULL;

  if (badges == NULL)
    return FALSE;
  if (self->options.json)
    {
      print_badges_json (self, badges);
      return TRUE;
    }

  table = cpt_ctl_table_new (2);
  for (guint i = 0; i < badges->len; i++)
    {
      const CptBadge *badge = g_ptr_array_index (badges, i);
      char **cells = g_new0 (char *, 3);

      cells[0] = g_strdup (badge->name);
      cells[1] = dup_user (self, &badge->user);
      cpt_ctl_table_take_row (table, cells);
    }
  cpt_ctl_table_print (table);

  return TRUE;
}

static gboolean
run_switch (CptCtl  *self,
            GError **error)
{
  gboolean is_on = g_str_equal (self->args[1], "on");

  for (CptRanking i = 0; i < CPT_N_RANKINGS; i++)
    if (g_str_equal (self->args[0], cpt_ranking_get_name (i)) && (is_on || g_str_equal (self->args[1], "off")))
      {
        g_autoptr(CptTransaction) transaction = cpt_ranking_switch (self->database, i, is_on, CPT_ORIGIN_COMMAND, error);

        if (transaction == NULL)
          return FALSE;

        return cpt_transaction_is_empty (transaction) || cpt_database_commit (self->database, transaction, NULL, NULL, error);
      }

  g_set_error_literal (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("Switch leaderboards or badges on or off."));

  return FALSE;
}

static gboolean
run_dashboard (CptCtl  *self,
               GError **error)
{
  g_autoptr(CptDashboardTemplate) template = cpt_dashboard_template_find ("goals", error);
  g_autoptr(CptTransaction) transaction = NULL;

  if (template != NULL)
    transaction = cpt_dashboard_template_create (template, self->database, NULL, CPT_ORIGIN_COMMAND, NULL, error);

  return transaction != NULL && cpt_database_commit (self->database, transaction, NULL, NULL, error);
}

const CptCtlCommand cpt_ctl_goal_commands[] = {
  {
    .name = "goals list",
    .arguments = N_("[DAY]"),
    .summary = N_("Show how far goals are: those that run today, or ran on a day"),
    .details = N_("What there should be by today is the part of the target that the working days that are over have of all; "
                  "what is expected goes on as until now. Goals are records: new, set and delete change them."),
    .access = CPT_CTL_READ,
    .min_args = 0,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON),
    .run = run_goals,
  },
  {
    .name = "people badges",
    .arguments = "",
    .summary = N_("Show who has earned which badges"),
    .details = N_("Badges are records: new, set and delete change them."),
    .access = CPT_CTL_READ,
    .min_args = 0,
    .max_args = 0,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON),
    .run = run_badges,
  },
  {
    .name = "people dashboard",
    .arguments = "",
    .summary = N_("Add a dashboard of goals, leaderboards and teams"),
    .details = N_("With two badges where the workspace has none."),
    .access = CPT_CTL_WRITE,
    .min_args = 0,
    .max_args = 0,
    .options = CPT_CTL_TAKES (WORKSPACE),
    .run = run_dashboard,
  },
  {
    .name = "people switch",
    .arguments = N_("leaderboards|badges on|off"),
    .summary = N_("Do with or without leaderboards or badges in this workspace"),
    .access = CPT_CTL_WRITE,
    .min_args = 2,
    .max_args = 2,
    .options = CPT_CTL_TAKES (WORKSPACE),
    .run = run_switch,
  },
  { NULL },
};
