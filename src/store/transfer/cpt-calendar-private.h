/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-icalendar.h"
#include "cpt-item-import.h"

G_BEGIN_DECLS

/* The items of a calendar that have one UID: what repeats, and its days that were
 * changed alone, in whatever order they stand in the file */
typedef struct
{
  CptIcalendarItem *series; /* (owned) (nullable): the one with the rule */
  GPtrArray        *days; /* (owned) (element-type CptIcalendarItem) */
} CptCalendarGroup;

/* Names of reminders, and what calendars know of them */
CptIcalendarReminders cpt_calendar_get_reminders (const CptRecord *task);

/* (transfer full): what the item says, without its place in a series */
CptRecord *cpt_calendar_create_task    (CptItemImport          *import,
                                        CptSchema              *schema,
                                        const CptIcalendarItem *item);
CptRecord *cpt_calendar_create_meeting (CptItemImport          *import,
                                        CptDatabase            *database,
                                        const CptIcalendarItem *item);
/* The identifier that an item has as a record of @entity, or would have; nil without a
 * UID. @day: %G_MININT64, or the day of the series that is meant */
void       cpt_calendar_choose_id      (CptDatabase            *database,
                                        const CptEntity        *entity,
                                        const CptIcalendarItem *item,
                                        gint64                  day,
                                        CptUuid                *id);
/* Whether the item says which record it is, and that is here: then @id */
gboolean   cpt_calendar_find_record    (CptDatabase            *database,
                                        const CptEntity        *entity,
                                        const CptIcalendarItem *item,
                                        CptUuid                *id);
/* Tells what of @item is not read */
void       cpt_calendar_note_unread    (CptItemImport          *import,
                                        const CptIcalendarItem *item);
/* Creates @record, or gives what is there already under @id what @record has.
 * @origin (nullable): the item that it keeps for other calendars */
void       cpt_calendar_store          (CptDatabase            *database,
                                        CptItemImport          *import,
                                        CptRecord              *record,
                                        const CptUuid          *id,
                                        const CptIcalendarItem *origin);

/* cpt-calendar-origin.c */

/* What @record, which has its identifier, is in other calendars. @with_uid: its UID too
 * when it is that identifier */
void       cpt_calendar_keep_origin    (CptRecord              *record,
                                        const CptIcalendarItem *item,
                                        gboolean                with_uid);
/* Gives @item, whose UID is not set, what is known of @record there: it has none
 * still when that is its identifier */
void       cpt_calendar_read_origin    (const CptRecord  *record,
                                        CptIcalendarItem *item);

/* cpt-calendar-series.c */

gboolean   cpt_calendar_take_group     (CptDatabase             *database,
                                        CptItemImport           *import,
                                        const CptCalendarGroup  *group,
                                        GError                 **error);

G_END_DECLS
