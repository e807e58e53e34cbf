/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-filter.h"
#include "cpt-plan-private.h"
#include "cpt-plan-record.h"

G_BEGIN_DECLS

#define CPT_PLAN_TASK "task"

/* A task of a plan, and where the plan put it */
typedef struct
{
  CptRecord *task; /* (owned) */
  CptPlanned mark;
  char *title;     /* (owned) (nullable): as the plan called it */
} CptPlanTask;

/* A plan with all that it is about, as it is now */
typedef struct
{
  CptDatabase *database;
  CptSchema *schema; /* borrowed from the connection */
  GTimeZone *zone;   /* (owned) */
  gint64 now;
  CptRecord *record; /* (owned) */
  CptPlan *plan;     /* (owned) (nullable) */
  const CptEntity *tasks;
  const CptEntity *entity; /* (nullable): of the audience */
  const CptField *link;    /* (nullable): of tasks, to the audience */
  CptFilter *who;          /* (owned) (nullable): none: all */
  CptFilter *stop;         /* (owned) (nullable) */
  char *sort;              /* (owned) (nullable) */
  GPtrArray *subjects;     /* CptRecord, in order; see cpt_plan_work_read_audience() */
  GPtrArray *existing;     /* CptPlanTask; see cpt_plan_work_read_tasks() */
} CptPlanWork;

/* Loads the plan and what its views say. @is_whole: or it is an error when something can't be read */
CptPlanWork *cpt_plan_work_open          (CptDatabase    *database,
                                          const CptUuid  *plan,
                                          gboolean        is_whole,
                                          GError        **error) G_GNUC_WARN_UNUSED_RESULT;
void         cpt_plan_work_free          (CptPlanWork *self);
gboolean     cpt_plan_work_read_audience (CptPlanWork  *self,
                                          GError      **error);
/* @state (nullable): those in it only */
gboolean     cpt_plan_work_read_tasks    (CptPlanWork  *self,
                                          const char   *state,
                                          GError      **error);
/* Whose turn it is with @subject; nil: nobody's */
CptUuid      cpt_plan_work_get_owner     (const CptPlanWork *self,
                                          const CptRecord   *subject);
/* (transfer full) (nullable): what a task with @subject is called */
char        *cpt_plan_work_dup_title     (const CptPlanWork  *self,
                                          const CptRecord    *subject,
                                          GError            **error);
/* Whether it is to come and nobody but the plan has changed it */
gboolean     cpt_plan_work_is_free       (const CptPlanWork *self,
                                          const CptPlanTask *task);
/* (transfer full): what is remembered of where a task was put */
char        *cpt_plan_mark_format        (const CptPlanned *planned,
                                          const char       *title);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptPlanWork, cpt_plan_work_free)

G_END_DECLS
