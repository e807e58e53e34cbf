/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-metric-rows.h"

G_BEGIN_DECLS

typedef enum
{
  CPT_GOAL_UPCOMING, /* its period has not begun */
  CPT_GOAL_BEHIND, /* below what there should be by today */
  CPT_GOAL_ON_PACE,
  CPT_GOAL_REACHED,
  CPT_GOAL_MISSED, /* its period is over */
  CPT_GOAL_FAILED, /* it can't be counted; the problem says why */
} CptGoalState;

/**
 * CptGoal:
 * @id: of its record
 * @title: of its record
 * @user: whose it is; nil for that of a team or of everybody
 * @team: likewise
 * @who: the name of the person or team; "Everybody"
 * @metric: what it is about, for people
 * @first: first day of its period
 * @last: last day
 * @state: where it stands today
 * @target: as people write it: in euros, percent, days
 * @actual: what there is; NAN: nothing can be told
 * @pace: what there should be by today: the part of the target that the working days that are
 *   over have of all working days, today included: Monday to Friday without public holidays; of what does not add up the
 *   target itself
 * @expected: at the end of the period, when it goes on as until now: what there is, for the
 *   working days that are over, for all of them; of what does not add up what there is
 * @is_low_good: the target is not to be passed: reached is what is at most that
 * @is_additive: whether days add up
 * @shape: (nullable): formats its numbers; no rows
 * @problem: (nullable): a sentence
 *
 * A goal and how far it is.
 */
typedef struct
{
  CptUuid        id;
  char          *title;
  CptUuid        user;
  CptUuid        team;
  char          *who;
  char          *metric;
  gint64         first;
  gint64         last;
  CptGoalState   state;
  double         target;
  double         actual;
  double         pace;
  double         expected;
  gboolean       is_low_good;
  gboolean       is_additive;
  CptMetricRows *shape;
  char          *problem;
} CptGoal;

void       cpt_goal_free        (CptGoal *self);
/* Of the target: 0.5 is half of it; NAN: it can't be told */
double     cpt_goal_get_share   (const CptGoal *self);
/* "reached", "behind": for programs */
const char *cpt_goal_state_get_name (CptGoalState state);
/* For people, short: "Behind" */
const char *cpt_goal_state_get_label (CptGoalState state);

/**
 * cpt_goals_read:
 * @database: a connection, on its own thread
 * @day: the goals whose period holds this day
 * @error: return location for an error
 *
 * Counts each of them by its metric. Of a person's goal only records that are hers count, of a
 * team's those of its members: by the field “owner”, else the first link to a user that the
 * metric's kind of records has.
 *
 * Returns: (transfer full) (element-type CptGoal): of everybody first, then of teams, then of
 *   people, by name
 */
GPtrArray *cpt_goals_read       (CptDatabase  *database,
                                 gint64        day,
                                 GError      **error) G_GNUC_WARN_UNUSED_RESULT;
/**
 * cpt_goal_find_target:
 * @database: a connection, on its own thread
 * @metric: key of a metric
 * @first: first day of a period
 * @last: last day
 * @target: (out): as people write it: in euros, percent, days
 * @error: return location for an error
 *
 * The goal of everybody for this metric and just this period; where there is none and
 * days add up, the sum of goals that make up the period one after the other: of
 * twelve months for a year.
 *
 * Returns: whether there is one; without @error when there is none
 */
gboolean   cpt_goal_find_target (CptDatabase  *database,
                                 const char   *metric,
                                 gint64        first,
                                 gint64        last,
                                 double       *target,
                                 GError      **error);
/* (nullable): name of the field of @entity that says whose a record is */
const char *cpt_metric_find_owner (const CptEntity *entity);
/* {"from":…,"to":…}, both included */
JsonNode  *cpt_metric_period_new (gint64 first,
                                  gint64 last) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptGoal, cpt_goal_free)

G_END_DECLS
