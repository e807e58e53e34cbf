/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "cpt-uuid.h"

G_BEGIN_DECLS

/**
 * CptPlan:
 *
 * How what is to be done with many is spread over days: so many in each period, or some
 * days after a date that each of them has. It never changes once it is read, so any thread
 * may ask it.
 */
typedef struct _CptPlan CptPlan;

/* What a subject without the date has from which its days are counted */
#define CPT_PLAN_NO_DATE G_MININT64

/* More is no plan of people */
#define CPT_PLAN_MAX_QUANTITY 1000
#define CPT_PLAN_MAX_OFFSETS 50

/**
 * CptPlanSubject:
 * @id: with whom something is to be done
 * @owner: who is to do it; nil where it is nobody yet
 * @anchor: for plans with offsets: the day from which they count; else CPT_PLAN_NO_DATE
 *
 * One of an audience. The order of an audience is the order in which they come.
 */
typedef struct
{
  CptUuid id;
  CptUuid owner;
  gint64  anchor;
} CptPlanSubject;

/**
 * CptPlanned:
 * @subject: with whom
 * @owner: who does it; or nil
 * @step: which of the offsets, from 0; 0 in plans without
 * @instant: when, microseconds since the Unix epoch
 *
 * One thing to be done.
 */
typedef struct
{
  CptUuid subject;
  CptUuid owner;
  guint   step;
  gint64  instant;
} CptPlanned;

/**
 * CptPlanAudience:
 * @subjects: (array length=n_subjects): in order
 * @n_subjects: how many
 * @kept: (array length=n_kept): what was planned before and stays as it is, since it was
 *   done, changed by a person, or is over: nobody gets that step again, and it takes the
 *   place at which it was planned
 * @n_kept: how many
 *
 * What a plan is asked about. Nothing of it is kept.
 */
typedef struct
{
  const CptPlanSubject *subjects;
  guint                 n_subjects;
  const CptPlanned     *kept;
  guint                 n_kept;
} CptPlanAudience;

/**
 * cpt_plan_parse:
 * @object: a plan as JSON; see README.md of the room
 * @error: %CPT_ERROR_PARSE where it is none, %CPT_ERROR_INVALID where it can't be kept,
 *   and as of cpt_timetable_parse()
 *
 * Returns: (transfer full) (nullable): what it says; %NULL with @error
 */
CptPlan  *cpt_plan_parse       (JsonObject  *object,
                                GError     **error) G_GNUC_WARN_UNUSED_RESULT;
void      cpt_plan_free        (CptPlan *self);
/* How often it comes to each subject: the number of its offsets, or 1 */
guint     cpt_plan_get_n_steps (const CptPlan *self);
/* Whether its days count from a date that each subject has */
gboolean  cpt_plan_has_offsets (const CptPlan *self);

/**
 * cpt_plan_spread:
 * @self: a plan
 * @zone: (nullable): the clocks that are meant; %NULL is UTC
 * @now: nothing is planned before it
 * @audience: with whom, and what stays
 * @n_left: (out) (optional): how many of them got no place: their days are over, they have
 *   no date, or the plan ends before
 * @error: %CPT_ERROR_LIMIT when the timetable leaves no time
 *
 * The places of a period depend on the plan alone, not on @now and not on who has them:
 * asked again when nothing has changed but the time, it gives the same to all who are
 * still to come. The same question has the same answer on each machine.
 *
 * Returns: (transfer full) (element-type CptPlanned) (nullable): what is to be done beside
 *   what is kept, in order of time; %NULL with @error
 */
GArray   *cpt_plan_spread      (const CptPlan          *self,
                                GTimeZone              *zone,
                                gint64                  now,
                                const CptPlanAudience  *audience,
                                guint                  *n_left,
                                GError                **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptPlan, cpt_plan_free)

G_END_DECLS
