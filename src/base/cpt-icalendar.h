/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-content-line.h"

G_BEGIN_DECLS

/* A task or an event that is larger is cut: attachments inside */
#define CPT_ICALENDAR_MAX_ITEM_BYTES (1024 * 1024)

typedef enum
{
  CPT_ICALENDAR_DAY_BEFORE = 1 << 0,
  CPT_ICALENDAR_DAY = 1 << 1,
  CPT_ICALENDAR_DAY_AFTER = 1 << 2,
} CptIcalendarReminders;

/* What is not read where it stands */
typedef enum
{
  CPT_ICALENDAR_RDATE, /* days beside those of the rule */
  CPT_ICALENDAR_EXRULE, /* a rule for days that are left out */
  CPT_ICALENDAR_RANGE, /* RECURRENCE-ID;RANGE=THISANDFUTURE: those after it too */
  CPT_ICALENDAR_N_UNREAD,
} CptIcalendarUnread;

/**
 * CptIcalendarItem:
 * @is_event: a VEVENT rather than a VTODO
 * @uid: (nullable): what other programs know it by
 * @summary: (nullable): its title
 * @description: (nullable)
 * @status: (nullable): "to_do", "in_progress", "done" or "cancelled", of a task
 * @priority: (nullable): "urgent", "high", "normal" or "low", of a task
 * @rule: (nullable): how it comes again, as it is written
 * @is_cancelled: whether it does not take place after all
 * @has_start: whether @start is known
 * @start: where the rule begins, in days, in the zone that it was read for
 * @has_occurrence: whether it is one day of a series that was changed alone: the
 *   item with the rule has the same @uid
 * @occurrence: that day by the rule (RECURRENCE-ID)
 * @skips: (nullable) (element-type gint64): days on which the series does not come
 *   (EXDATE), at most %CPT_RECURRENCE_MAX_SKIPS
 * @record: (nullable): our own identifier, where @uid does not say it: of a day that
 *   was changed alone, of what is done
 * @members: (nullable) (element-type utf8): lines that mean nothing here and something
 *   to others, as they were written: "LOCATION:Lyon"
 * @member_bytes: of all of them; only for reading
 * @unread: the lines of what is not read (#CptIcalendarUnread); 0 where there is none
 * @clock: the hour of @instant in seconds of its day, on the clock where it is
 *   written; only for writing
 * @series_clock: likewise, of the series; negative without an hour
 * @has_day: whether @day is known: when it is due or begins
 * @has_instant: whether it has an hour too
 * @day: in the zone that it was read for
 * @instant: UTC
 * @duration: in seconds; 0 when not known
 * @stamp: when it was changed; only for writing
 * @reminders: see #CptIcalendarReminders
 * @line: where it begins in the file
 * @is_cut: whether something of it was left out
 *
 * A task or an event of a calendar (RFC 5545).
 */
typedef struct
{
  gboolean              is_event;
  char                 *uid;
  char                 *summary;
  char                 *description;
  const char           *status;
  const char           *priority;
  char                 *rule;
  gboolean              is_cancelled;
  gboolean              has_start;
  gint64                start;
  gboolean              has_occurrence;
  gint64                occurrence;
  GArray               *skips;
  char                 *record;
  GPtrArray            *members;
  gsize                 member_bytes;
  guint64               unread[CPT_ICALENDAR_N_UNREAD];
  int                   clock;
  int                   series_clock;
  gboolean              has_day;
  gboolean              has_instant;
  gint64                day;
  gint64                instant;
  gint64                duration;
  gint64                stamp;
  CptIcalendarReminders reminders;
  guint64               line;
  gboolean              is_cut;
} CptIcalendarItem;

void              cpt_icalendar_item_free    (CptIcalendarItem *self);
/* (nullable) (transfer full): the next task or event; NULL without @error at the
 * end. Times without a zone, or of one that is not known here, are of @zone. */
CptIcalendarItem *cpt_icalendar_read         (CptContentReader  *reader,
                                              GTimeZone         *zone,
                                              GCancellable      *cancellable,
                                              GError           **error);
/* Between the two, items as they are appended. What belongs to a series is
 * written as the clock shows it, so that it stays at that hour all year. */
void              cpt_icalendar_append_begin (GString *out);
void              cpt_icalendar_append       (GString                *out,
                                              const CptIcalendarItem *item);
void              cpt_icalendar_append_end   (GString *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptIcalendarItem, cpt_icalendar_item_free)

G_END_DECLS
