/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * CptTimetable:
 *
 * When something may happen: windows of the week, days without any, and how much at
 * most. It says so in the hours that clocks show; which clocks, the caller says each
 * time. It never changes once it is read, so any thread may ask it.
 *
 * A window belongs to the day on which it begins, also when it ends after midnight, and
 * so do the days off. A window that begins in an hour that the clocks show twice begins
 * with the first and one that ends there ends with the second; in an hour that they jump
 * over, it begins and ends with the jump. Where two would then have the same minutes, they
 * belong to the first. One that lies within such a jump is not there
 * that day.
 */
typedef struct _CptTimetable CptTimetable;

/**
 * CptHold:
 * @CPT_HOLD_WINDOW: it was outside the windows
 * @CPT_HOLD_DAY_OFF: a day off
 * @CPT_HOLD_WINDOW_FULL: as much as one window takes
 * @CPT_HOLD_DAY_FULL: as much as one day takes
 * @CPT_HOLD_SPACING: too close to another one
 *
 * What an instant was put off by.
 */
typedef enum
{
  CPT_HOLD_WINDOW = 1 << 0,
  CPT_HOLD_DAY_OFF = 1 << 1,
  CPT_HOLD_WINDOW_FULL = 1 << 2,
  CPT_HOLD_DAY_FULL = 1 << 3,
  CPT_HOLD_SPACING = 1 << 4,
} CptHold;

/**
 * CptTimetableUse:
 * @count: how many there are from @from to before @to
 * @find_last: (nullable): the last one from @from to before @to; %FALSE without one.
 *   Needed for timetables with a distance between two
 * @data: for both
 *
 * What happened and what is planned already, as far as it counts for a timetable.
 * Instants are microseconds since the Unix epoch.
 */
typedef struct
{
  guint64 (*count) (gpointer data,
                    gint64   from,
                    gint64   to);
  gboolean (*find_last) (gpointer data,
                         gint64   from,
                         gint64   to,
                         gint64  *instant);
  gpointer data;
} CptTimetableUse;

/* How many days are looked at before it is said that there will be none */
#define CPT_TIMETABLE_MAX_DAYS 400

/**
 * cpt_timetable_parse:
 * @object: a timetable as JSON; see README.md of the room
 * @error: %CPT_ERROR_PARSE where it is none, %CPT_ERROR_INVALID where windows overlap or
 *   have no length, %CPT_ERROR_LIMIT where there are too many
 *
 * Returns: (transfer full) (nullable): what it says; %NULL with @error
 */
CptTimetable *cpt_timetable_parse     (JsonObject  *object,
                                       GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): as it is parsed; equal timetables give equal JSON */
JsonObject   *cpt_timetable_to_json   (const CptTimetable *self) G_GNUC_WARN_UNUSED_RESULT;
void          cpt_timetable_free      (CptTimetable *self);

/**
 * cpt_timetable_find_next:
 * @self: when it may happen
 * @zone: (nullable): the clocks that are meant; %NULL is UTC
 * @instant: from when on it may, microseconds since the Unix epoch
 * @use: (nullable): what there is already; without it nothing is full
 * @next: (out): the first instant from @instant on at which it may happen
 * @holds: (out) (optional): what it was put off by, of #CptHold; 0 when it may at once
 * @error: %CPT_ERROR_LIMIT when it may not within CPT_TIMETABLE_MAX_DAYS
 *
 * The same question has the same answer on each machine; no clock is read. On another
 * day it begins again with that day's first window. @next and @holds keep what they are
 * when there is no such instant.
 */
gboolean      cpt_timetable_find_next (const CptTimetable     *self,
                                       GTimeZone              *zone,
                                       gint64                  instant,
                                       const CptTimetableUse  *use,
                                       gint64                 *next,
                                       guint                  *holds,
                                       GError                **error);

/**
 * cpt_timetable_find_open:
 * @self: when it may happen
 * @zone: (nullable): the clocks that are meant; %NULL is UTC
 * @instant: from when on it may, microseconds since the Unix epoch
 * @from: (out): the first instant from @instant on that is in a window
 * @to: (out): the end of that window, which is not in it
 * @error: %CPT_ERROR_LIMIT when there is no window within CPT_TIMETABLE_MAX_DAYS
 *
 * Where there is room, whatever there is already: what cpt_timetable_find_next() without
 * anything else says, and for how long it stays so. Asked again from @to on, it goes from
 * window to window.
 */
gboolean      cpt_timetable_find_open (const CptTimetable  *self,
                                       GTimeZone           *zone,
                                       gint64               instant,
                                       gint64              *from,
                                       gint64              *to,
                                       GError             **error);

/**
 * cpt_timetable_add_time:
 * @self: when time counts; what may be at most, and distances, do not matter here
 * @zone: (nullable): the clocks that are meant; %NULL is UTC
 * @instant: from when on, microseconds since the Unix epoch
 * @length: how much time, microseconds, not below 0
 * @reached: (out): when so much time within windows has passed
 * @error: %CPT_ERROR_LIMIT when it has not within CPT_TIMETABLE_MAX_DAYS
 */
gboolean      cpt_timetable_add_time  (const CptTimetable  *self,
                                       GTimeZone           *zone,
                                       gint64               instant,
                                       gint64               length,
                                       gint64              *reached,
                                       GError             **error);
/**
 * cpt_timetable_add_days:
 * @self: which days count: those on which a window begins, and that are no days off
 * @date: from which day on
 * @n_days: how many of them later, not below 0; 0 is the day itself or the next that counts
 * @reached: (out): that day
 * @error: %CPT_ERROR_LIMIT when none of CPT_TIMETABLE_MAX_DAYS in a row counts
 */
gboolean      cpt_timetable_add_days  (const CptTimetable  *self,
                                       gint64               date,
                                       gint64               n_days,
                                       gint64              *reached,
                                       GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptTimetable, cpt_timetable_free)

G_END_DECLS
