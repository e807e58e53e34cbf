/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-recurrence.h"
#include "cpt-series.h"

G_BEGIN_DECLS

typedef struct
{
  char *field;
  CptValue value;
} CptSeriesSetting;

struct _CptSeriesEdit
{
  CptUuid task;
  gint64 day;
  CptSeriesScope scope;
  gboolean is_deletion;
  GPtrArray *settings; /* (element-type CptSeriesSetting) */
};

/* What a transaction is made from */
typedef struct
{
  const CptSeriesEdit *edit;
  CptDatabase *database;
  const CptEntity *entity;
  CptRecord *head;     /* (owned): the stored task with the rule */
  GPtrArray *others;   /* (owned) (element-type CptRecord): of its series, whatever they are */
  CptRecurrence *rule; /* (owned) */
  GArray *skips;       /* (owned) (element-type gint64) */
  gint64 start;        /* of the series */
  gint64 day;          /* by the rule, of the task or to come */
  gint64 distance;     /* days by which it moves */
  gboolean is_coming;  /* there is no record of that day */
  CptTransaction *out;
  const CptRecord *expected; /* (nullable): the last task of whose state the transaction says something */
} CptSeries;

/* Whether the field has a value */
gboolean        cpt_series_has              (const CptRecord *task,
                                             const char      *field);
/* Whether the tasks of a series share the field */
gboolean        cpt_series_shares           (const CptField *field);
/* (nullable): the value that the field is to have */
const CptValue *cpt_series_edit_find        (const CptSeriesEdit *self,
                                             const char          *field);

/* cpt-series-change.c */

/* The transaction is for @task, a stored one, as it was read */
void            cpt_series_expect           (CptSeries       *self,
                                             const CptRecord *task);
/* A step that gives @task a text. Takes @text (nullable) */
void            cpt_series_take_text        (CptSeries       *self,
                                             const CptRecord *task,
                                             const char      *field,
                                             char            *text);
/* The day of a task by the rule */
gint64          cpt_series_get_day          (const CptRecord *task);
/* Whether the series goes on after the task that is stored: somebody did it before
 * and has taken it up again */
gboolean        cpt_series_has_later        (CptSeries *self);
/* Those that are before the day end with the day before it. */
gboolean        cpt_series_end_earlier      (CptSeries  *self,
                                             GError    **error);
gboolean        cpt_series_change_one       (CptSeries  *self,
                                             GError    **error);
gboolean        cpt_series_change_following (CptSeries  *self,
                                             GError    **error);
gboolean        cpt_series_change_all       (CptSeries  *self,
                                             GError    **error);

G_END_DECLS
