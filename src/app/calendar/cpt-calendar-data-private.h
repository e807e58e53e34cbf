/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-calendar-source.h"
#include "cpt-database.h"
#include "cpt-filter.h"

G_BEGIN_DECLS

/* A task on a day, the day on which a task will come again, a meeting, or a record of
 * another kind */
typedef struct
{
  CptUuid  id;
  gint64   day;
  gint64   hour; /* instant, for the order within the day; G_MAXINT64 without one */
  int      minute; /* of the day, as the clock shows it, of what has an hour */
  gint64   length; /* seconds; 0 when it has none */
  char    *title;
  char    *when;   /* "9:30"; empty without an hour */
  char    *colour; /* (nullable): of its priority */
  gboolean is_over; /* done or cancelled */
  gboolean is_repeating; /* by a rule of its own */
  gboolean is_coming; /* not there yet: the rule says that it will be */
  gboolean is_meeting; /* a meeting or a record of another kind: no task */
  int      offset; /* days since its first one, of a record that lasts */
  gint64   first; /* as the fields of a record have it */
  gint64   last;
  gboolean has_last;
} CptCalendarItem;

/**
 * CptCalendarQuestion:
 * @schema: (owned)
 * @filter: (owned) (nullable): conditions that the tasks meet
 * @search: (owned) (nullable): words that they have
 * @from: the first day
 * @to: the last one
 * @with_meetings: meetings too, unless there is a @filter: that is about tasks
 * @source: without a day: tasks; otherwise records
 *
 * What is asked for.
 */
typedef struct
{
  CptSchema *schema;
  CptFilter *filter;
  char      *search;
  gint64     from;
  gint64     to;
  gboolean   with_meetings;
  CptCalendarSource source;
} CptCalendarQuestion;

void       cpt_calendar_question_free (CptCalendarQuestion *self);
/* The hour of @instant as people write it: "9:30", "9:30 AM" */
char      *cpt_calendar_data_dup_hour (gint64     instant,
                                       GTimeZone *zone);
/* @hour (nullable): without one */
void       cpt_calendar_item_set_hour (CptCalendarItem *self,
                                       const gint64    *hour,
                                       GTimeZone       *zone);
/* (element-type CptCalendarItem): by day and hour */
GPtrArray *cpt_calendar_data_read     (CptDatabase                *database,
                                       const CptCalendarQuestion  *question,
                                       GError                    **error);

/* cpt-calendar-records.c */

gboolean   cpt_calendar_data_add_records (GPtrArray                  *items,
                                          CptDatabase                *database,
                                          const CptCalendarQuestion  *question,
                                          GError                    **error);

G_END_DECLS
