/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-plan.h"
#include "cpt-timetable.h"

G_BEGIN_DECLS

typedef enum
{
  PERIOD_DAYS, /* of @every days, from the start on */
  PERIOD_WEEKS, /* from Monday */
  PERIOD_MONTHS,
} CptPlanPeriod;

struct _CptPlan
{
  CptTimetable *timetable;
  CptPlanPeriod period;
  int every;          /* days of a period; 1 with weeks and months */
  guint quantity;     /* in each period */
  gint64 start;       /* the first day */
  gint64 until;       /* the last day, or CPT_DATE_MAX */
  gint64 per_owner;   /* at most, on a day; G_MAXINT64: no limit */
  GArray *offsets;    /* int, days, rising; empty: so many in each period */
};

G_END_DECLS
