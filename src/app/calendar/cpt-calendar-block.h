/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpt-calendar-data-private.h"
#include "cpt-series-change.h"
#include "cpt-week-layout.h"

G_BEGIN_DECLS

#define CPT_TYPE_CALENDAR_BLOCK (cpt_calendar_block_get_type ())

G_DECLARE_FINAL_TYPE (CptCalendarBlock, cpt_calendar_block, CPT, CALENDAR_BLOCK, GtkWidget)

/* What has an hour, on a grid of hours. Signal: "pressed" (). */

/**
 * cpt_calendar_block_new:
 * @item: what it is about, with an hour
 * @from: the day that slots count from
 * @zone: whose clock it is
 *
 * Returns: (transfer floating): a widget, at the item's day and hour
 */
GtkWidget             *cpt_calendar_block_new      (const CptCalendarItem *item,
                                                    gint64                 from,
                                                    GTimeZone             *zone) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer floating) (nullable): what of the item of @self there is @days later;
 * it can be opened, and stays where it is */
GtkWidget             *cpt_calendar_block_new_rest (CptCalendarBlock *self,
                                                    int               days) G_GNUC_WARN_UNUSED_RESULT;
gboolean               cpt_calendar_block_is_rest  (CptCalendarBlock *self);
const CptCalendarTask *cpt_calendar_block_get_task (CptCalendarBlock *self);
const CptWeekSlot     *cpt_calendar_block_get_slot (CptCalendarBlock *self);
/* Says the hours of @slot, and nothing to anybody else */
void                   cpt_calendar_block_set_slot (CptCalendarBlock  *self,
                                                    const CptWeekSlot *slot);
/* While that lasts, its hours come before its title */
void                   cpt_calendar_block_set_dragged (CptCalendarBlock *self,
                                                       gboolean          is_dragged);
/* Whether it keeps its hour; until the drag ends */
void                   cpt_calendar_block_set_has_hour (CptCalendarBlock *self,
                                                        gboolean          has_hour);

G_END_DECLS
