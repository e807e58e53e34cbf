/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-timetable.h"

G_BEGIN_DECLS

#define MINUTES_PER_DAY 1440
#define DAYS_PER_WEEK 7
/* A limit that is not set; 0 is one: nothing may happen */
#define NO_LIMIT (-1)

typedef struct
{
  int weekday; /* 1 Monday to 7 Sunday */
  int start;   /* minutes from its midnight */
  int end;     /* above @start; above 1440 on the next day */
} CptTimeWindow;

typedef struct
{
  gint64 first;
  gint64 last; /* a day off too */
} CptDaysOff;

struct _CptTimetable
{
  GArray *windows;   /* CptTimeWindow, as they follow each other in a week; none: at any time */
  GArray *days_off;  /* CptDaysOff, by their first day */
  char *holidays;    /* (nullable): whose public holidays are days off */
  gint64 per_window; /* at most */
  gint64 per_day;
  gint64 spacing;    /* at least, microseconds */
};

/* cpt-timetable.c: also a public holiday */
gboolean cpt_timetable_is_day_off (const CptTimetable *self,
                                   gint64              date);

G_END_DECLS
