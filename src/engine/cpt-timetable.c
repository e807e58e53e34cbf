/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The next instant at which something may happen. Windows are turned into instants day by
 * day, and each is asked for its first free place; only instants are compared, never the
 * hours of two clocks, so that no change of the clocks can send the search in circles. The
 * hours where the clocks change are treated as RFC 5545 does for the first of two, but a window
 * holds both; what lies in a jump moves to its end.
 */

#include "config.h"

#include "cpt-timetable-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-holiday.h"

static const CptTimeWindow whole_day = { .start = 0, .end = MINUTES_PER_DAY };

/* A search on its way */
typedef struct
{
  const CptTimetable *timetable;
  const CptTimetableUse *use; /* (nullable) */
  GTimeZone *zone;            /* (nullable) */
  gint64 from;
  gint64 taken; /* before this all belongs to windows that were tried */
  gint64 end;   /* of the window in which a place was found */
  guint holds;
} Search;

void
cpt_timetable_free (CptTimetable *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->windows);
  g_array_unref (self->days_off);
  g_free (self->holidays);
  g_free (self);
}

gboolean
cpt_timetable_is_day_off (const CptTimetable *self,
                          gint64              date)
{
  for (guint i = 0; i < self->days_off->len; i++)
    {
      const CptDaysOff *days = &g_array_index (self->days_off, CptDaysOff, i);

      if (date >= days->first && date <= days->last)
        return TRUE;
    }

  return self->holidays != NULL && cpt_holiday_get_name (self->holidays, date) != NULL;
}

static gboolean
is_full (const Search *search,
         gint64        limit,
         gint64        from,
         gint64        to)
{
  if (limit == NO_LIMIT)
    return FALSE;
  if (limit == 0)
    return TRUE;

  return search->use != NULL && search->use->count (search->use->data, from, to) >= (guint64) limit;
}

/* Whether there is another one closer than the distance; @free is then behind the last of them */
static gboolean
is_too_close (const Search *search,
              gint64        instant,
              gint64       *free)
{
  gint64 spacing = search->timetable->spacing;
  gint64 other;

  if (spacing == 0 || search->use == NULL || search->use->find_last == NULL ||
      !search->use->find_last (search->use->data, instant - spacing + 1, instant + spacing, &other))
    return FALSE;
  *free = other + spacing;

  return TRUE;
}

/* The first free place from @instant on before @end, of the window that begins at @start */
static gboolean
find_place (Search *search,
            gint64  start,
            gint64  end,
            gint64 *instant)
{
  if (is_full (search, search->timetable->per_window, start, end))
    {
      search->holds |= CPT_HOLD_WINDOW_FULL;
      return FALSE;
    }

  while (*instant < end)
    {
      gint64 date = cpt_instant_get_date (*instant, search->zone);
      gint64 midnight = cpt_instant_from_date (date + 1, search->zone);
      gint64 free;

      if (is_full (search, search->timetable->per_day, cpt_instant_from_date (date, search->zone), midnight))
        {
          search->holds |= CPT_HOLD_DAY_FULL;
          *instant = midnight;
        }
      else if (is_too_close (search, *instant, &free))
        {
          search->holds |= CPT_HOLD_SPACING;
          *instant = free;
        }
      else
        {
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
try_window (Search              *search,
            const CptTimeWindow *window,
            gint64               date,
            gint64              *next)
{
  gint64 start = cpt_instant_from_local (date, window->start, search->zone, CPT_LOCAL_FIRST);
  gint64 end = cpt_instant_from_local (date, window->end, search->zone, CPT_LOCAL_LAST);
  gboolean is_off = cpt_timetable_is_day_off (search->timetable, date);
  gint64 instant;

  /* Of two windows that meet in an hour that is there twice, the first has both. */
  start = MAX (start, search->taken);
  instant = MAX (start, search->from);
  if (!is_off)
    search->taken = MAX (end, search->taken);
  if (instant >= end)
    return FALSE;
  if (is_off)
    {
      search->holds |= CPT_HOLD_DAY_OFF;
      return FALSE;
    }
  if (start > search->from && search->holds == 0)
    search->holds |= CPT_HOLD_WINDOW;
  if (!find_place (search, start, end, &instant))
    return FALSE;
  *next = instant;
  search->end = end;

  return TRUE;
}

static gboolean
try_day (Search *search,
         gint64  date,
         gint64 *next)
{
  const GArray *windows = search->timetable->windows;
  int weekday = cpt_date_get_weekday (date);

  if (windows->len == 0)
    return try_window (search, &whole_day, date, next);

  for (guint i = 0; i < windows->len; i++)
    {
      const CptTimeWindow *window = &g_array_index (windows, CptTimeWindow, i);

      if (window->weekday == weekday && try_window (search, window, date, next))
        return TRUE;
    }

  return FALSE;
}

static gboolean
run_search (Search  *search,
            gint64  *next,
            GError **error)
{
  gint64 today = cpt_instant_get_date (search->from, search->zone);

  /* A window of yesterday may go on today */
  for (gint64 date = today - 1; date <= today + CPT_TIMETABLE_MAX_DAYS; date++)
    if (try_day (search, date, next))
      return TRUE;

  g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT,
               ngettext ("The timetable leaves no time within %d day. Allow more hours or days, or more at once.",
                         "The timetable leaves no time within %d days. Allow more hours or days, or more at once.",
                         CPT_TIMETABLE_MAX_DAYS),
               CPT_TIMETABLE_MAX_DAYS);

  return FALSE;
}

gboolean
cpt_timetable_find_next (const CptTimetable     *self,
                         GTimeZone              *zone,
                         gint64                  instant,
                         const CptTimetableUse  *use,
                         gint64                 *next,
                         guint                  *holds,
                         GError                **error)
{
  Search search = { .timetable = self, .use = use, .zone = zone, .from = instant, .taken = G_MININT64 };

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (next != NULL, FALSE);

  if (!run_search (&search, next, error))
    return FALSE;
  if (holds != NULL)
    *holds = search.holds;

  return TRUE;
}

gboolean
cpt_timetable_find_open (const CptTimetable  *self,
                         GTimeZone           *zone,
                         gint64               instant,
                         gint64              *from,
                         gint64              *to,
                         GError             **error)
{
  Search search = { .timetable = self, .zone = zone, .from = instant, .taken = G_MININT64 };

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (from != NULL, FALSE);
  g_return_val_if_fail (to != NULL, FALSE);

  if (!run_search (&search, from, error))
    return FALSE;
  *to = search.end;

  return TRUE;
}
