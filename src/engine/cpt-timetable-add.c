/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How late it is when some time of a timetable has passed: hours within its windows, or days that
 * have any. */

#include "config.h"

#include "cpt-timetable-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-date.h"
#include "cpt-error.h"

static void
refuse (GError **error)
{
  g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT,
               ngettext ("The timetable leaves no time within %d day. Allow more hours or days, or more at once.",
                         "The timetable leaves no time within %d days. Allow more hours or days, or more at once.",
                         CPT_TIMETABLE_MAX_DAYS),
               CPT_TIMETABLE_MAX_DAYS);
}

/* Takes of @left what lies between @start and @end; TRUE when that is all */
static gboolean
spend (gint64  start,
       gint64  end,
       gint64 *left,
       gint64 *reached)
{
  if (start >= end)
    return FALSE;
  if (end - start >= *left)
    {
      *reached = start + *left;
      return TRUE;
    }
  *left -= end - start;

  return FALSE;
}

gboolean
cpt_timetable_add_time (const CptTimetable  *self,
                        GTimeZone           *zone,
                        gint64               instant,
                        gint64               length,
                        gint64              *reached,
                        GError             **error)
{
  static const CptTimeWindow whole_day = { .start = 0, .end = MINUTES_PER_DAY };
  gint64 today, last;
  gint64 left = length;
  gint64 taken = instant;

  g_return_val_if_fail (self != NULL && reached != NULL, FALSE);
  g_return_val_if_fail (length >= 0, FALSE);

  /* A window of yesterday may go on today. */
  today = cpt_instant_get_date (instant, zone);
  last = today + CPT_TIMETABLE_MAX_DAYS;
  for (gint64 date = today - 1; date <= last; date++)
    {
      guint n_windows = MAX (self->windows->len, 1);

      if (cpt_timetable_is_day_off (self, date))
        continue;
      for (guint i = 0; i < n_windows; i++)
        {
          const CptTimeWindow *window = self->windows->len > 0 ? &g_array_index (self->windows, CptTimeWindow, i) : &whole_day;
          gint64 start = cpt_instant_from_local (date, window->start, zone, CPT_LOCAL_FIRST);
          gint64 end = cpt_instant_from_local (date, window->end, zone, CPT_LOCAL_LAST);

          if (self->windows->len > 0 && window->weekday != cpt_date_get_weekday (date))
            continue;
          if (spend (MAX (start, taken), end, &left, reached))
            return TRUE;
          taken = MAX (taken, end);
        }
    }
  refuse (error);

  return FALSE;
}

static gboolean
has_window (const CptTimetable *self,
            gint64              date)
{
  int weekday = cpt_date_get_weekday (date);

  if (cpt_timetable_is_day_off (self, date))
    return FALSE;

  for (guint i = 0; i < self->windows->len; i++)
    if (g_array_index (self->windows, CptTimeWindow, i).weekday == weekday)
      return TRUE;

  return self->windows->len == 0;
}

gboolean
cpt_timetable_add_days (const CptTimetable  *self,
                        gint64               date,
                        gint64               n_days,
                        gint64              *reached,
                        GError             **error)
{
  guint idle = 0;

  g_return_val_if_fail (self != NULL && reached != NULL, FALSE);
  g_return_val_if_fail (n_days >= 0, FALSE);

  while (idle < CPT_TIMETABLE_MAX_DAYS)
    {
      gboolean counts = has_window (self, date);

      if (counts && n_days == 0)
        {
          *reached = date;
          return TRUE;
        }
      idle = counts ? 0 : idle + 1;
      date++;
      n_days -= n_days > 0 && has_window (self, date) ? 1 : 0;
    }
  refuse (error);

  return FALSE;
}
