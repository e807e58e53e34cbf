/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-calendar-block.h"
#include "cpt-calendar-hours.h"

G_BEGIN_DECLS

typedef enum
{
  CPT_HOURS_IDLE,
  CPT_HOURS_MOVE,
  CPT_HOURS_RESIZE,
} CptHoursMode;

struct _CptCalendarHours
{
  GtkWidget parent_instance;

  CptStore *store;
  gint64 from;
  int n_days;
  GPtrArray *blocks; /* CptCalendarBlock: children */
  GArray *places;    /* CptWeekBlock of each */
  guint tick;        /* that moves the line of the hour */
  gboolean has_scrolled;

  CptHoursMode mode;
  gboolean has_moved;
  gboolean is_above;         /* it is dragged out of the hours */
  CptCalendarBlock *dragged; /* (nullable): borrowed from blocks */
  CptWeekSlot origin;        /* of what is dragged */
};

/* cpt-calendar-hours.c */

/* As high as it takes for the least that is drawn to show a line of text */
int               cpt_hours_get_hour_height (CptCalendarHours *self);
double            cpt_hours_get_day_width   (CptCalendarHours *self);
GtkAdjustment    *cpt_hours_get_adjustment  (CptCalendarHours *self);
/* Brings what @block covers into sight */
void              cpt_hours_scroll_to       (CptCalendarHours *self,
                                             CptCalendarBlock *block);
/* Where @block is to stand */
void              cpt_hours_set_slot        (CptCalendarHours  *self,
                                             CptCalendarBlock  *block,
                                             const CptWeekSlot *slot);
gboolean          cpt_hours_may_change      (CptCalendarHours *self);
/* (nullable): what has the keyboard and can be changed */
CptCalendarBlock *cpt_hours_get_focused     (CptCalendarHours *self);
/* What became of @block since it was at @before, if anything */
void              cpt_hours_emit_change     (CptCalendarHours  *self,
                                             CptCalendarBlock  *block,
                                             const CptWeekSlot *before);

/* cpt-hours-drag.c */

void              cpt_hours_add_drag        (CptCalendarHours *self);
/* As it was */
void              cpt_hours_cancel_drag     (CptCalendarHours *self);
/* What was dragged is not any more */
void              cpt_hours_finish_drag     (CptCalendarHours *self);

/* cpt-hours-keys.c */

void              cpt_hours_add_keys        (CptCalendarHours *self);

G_END_DECLS
