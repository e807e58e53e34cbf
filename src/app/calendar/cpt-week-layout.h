/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CPT_WEEK_DAY_MINUTES (24 * 60)
/* What the pointer and the keys move and resize by */
#define CPT_WEEK_STEP 15
/* Of what has an hour and no length */
#define CPT_WEEK_USUAL_LENGTH 30
/* What is shorter is drawn as if it took so long */
#define CPT_WEEK_LEAST_DRAWN 20

/**
 * CptWeekSlot:
 * @day: from 0, the first one that is shown
 * @start: minute of the day, as the clock shows it
 * @length: in minutes; it may end on a later day
 *
 * When something takes place, among some days that stand side by side.
 */
typedef struct
{
  int day;
  int start;
  int length;
} CptWeekSlot;

/**
 * CptWeekBlock:
 * @slot: when it takes place
 * @lane: from 0, its place beside those that it overlaps
 * @n_lanes: how many stand side by side there
 *
 * Where it is drawn within its day.
 */
typedef struct
{
  CptWeekSlot slot;
  int         lane;
  int         n_lanes;
} CptWeekBlock;

/* The minutes of its day between which it is drawn: whole within the day */
void        cpt_week_slot_get_drawn (const CptWeekSlot *self,
                                     int               *from,
                                     int               *to);
/* What of it there is @days later, from midnight on; FALSE for nothing */
gboolean    cpt_week_slot_find_rest (const CptWeekSlot *self,
                                     int                days,
                                     CptWeekSlot       *rest);
/* Gives @blocks lanes, so that none covers another. Their order does not matter. */
void        cpt_week_layout         (CptWeekBlock *blocks,
                                     guint         n_blocks);

/**
 * cpt_week_slot_move:
 * @origin: where it was when the drag began
 * @days: how far it was dragged since, in days
 * @minutes: likewise, in minutes
 * @n_days: how many days there are
 *
 * Where a drag takes it. Another hour is a whole quarter of an hour; one that is
 * not changed stays as it is.
 */
CptWeekSlot cpt_week_slot_move      (const CptWeekSlot *origin,
                                     double             days,
                                     double             minutes,
                                     int                n_days);
/* What a drag of its lower edge by @minutes makes of it: it ends on a quarter of
 * an hour of its day, and takes a quarter at least */
CptWeekSlot cpt_week_slot_resize    (const CptWeekSlot *origin,
                                     double             minutes);

/* The minute of its day that the clock in @zone (NULL: UTC) shows at @instant */
int         cpt_week_get_minute     (gint64     instant,
                                     GTimeZone *zone);
/* When the clock in @zone shows @minute of @day; see cpt_instant_parse_iso() for
 * hours that it jumps over */
gint64      cpt_week_get_instant    (gint64     day,
                                     int        minute,
                                     GTimeZone *zone);

G_END_DECLS
