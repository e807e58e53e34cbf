/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Where things of some days stand on a grid of hours, and where a drag takes
 * them: functions of numbers alone. A drag is always computed from where it
 * began, never from what is on the screen: going back restores.
 *
 * What overlaps, itself or by way of others, is one cluster. Its members stand
 * side by side in as many lanes as are needed at the fullest moment, each in the
 * first one that is free when it begins.
 */

#include "config.h"

#include "cpt-week-layout.h"

#include <math.h>

#include "cpt-date.h"

void
cpt_week_slot_get_drawn (const CptWeekSlot *self,
                         int               *from,
                         int               *to)
{
  g_return_if_fail (self != NULL && from != NULL && to != NULL);

  *from = CLAMP (self->start, 0, CPT_WEEK_DAY_MINUTES - CPT_WEEK_LEAST_DRAWN);
  *to = *from + CLAMP (self->length, CPT_WEEK_LEAST_DRAWN, CPT_WEEK_DAY_MINUTES - *from);
}

gboolean
cpt_week_slot_find_rest (const CptWeekSlot *self,
                         int                days,
                         CptWeekSlot       *rest)
{
  int left;

  g_return_val_if_fail (self != NULL && days > 0 && rest != NULL, FALSE);

  left = self->start + self->length - days * CPT_WEEK_DAY_MINUTES;
  if (left <= 0)
    return FALSE;
  *rest = (CptWeekSlot){ self->day + days, 0, MIN (left, CPT_WEEK_DAY_MINUTES) };

  return TRUE;
}

/* By day and beginning, the longer one first */
static int
compare_blocks (gconstpointer a,
                gconstpointer b)
{
  const CptWeekSlot *one = &(*(const CptWeekBlock *const *) a)->slot;
  const CptWeekSlot *other = &(*(const CptWeekBlock *const *) b)->slot;

  if (one->day != other->day)
    return one->day < other->day ? -1 : 1;
  if (one->start != other->start)
    return one->start < other->start ? -1 : 1;
  if (one->length != other->length)
    return one->length > other->length ? -1 : 1;

  /* As they were given: sorting keeps no order of its own. */
  return *(const CptWeekBlock *const *) a < *(const CptWeekBlock *const *) b ? -1 : 1;
}

/* The first lane that is free from @from on; taken until @to */
static int
take_lane (GArray *ends,
           int     from,
           int     to)
{
  for (guint i = 0; i < ends->len; i++)
    if (g_array_index (ends, int, i) <= from)
      {
        g_array_index (ends, int, i) = to;
        return (int) i;
      }
  g_array_append_val (ends, to);

  return (int) ends->len - 1;
}

static void
close_cluster (GPtrArray *sorted,
               guint      first,
               guint      end,
               GArray    *ends)
{
  for (guint i = first; i < end; i++)
    ((CptWeekBlock *) g_ptr_array_index (sorted, i))->n_lanes = (int) ends->len;
  g_array_set_size (ends, 0);
}

void
cpt_week_layout (CptWeekBlock *blocks,
                 guint         n_blocks)
{
  g_autoptr(GPtrArray) sorted = g_ptr_array_new ();
  g_autoptr(GArray) ends = g_array_new (FALSE, FALSE, sizeof (int)); /* of the lanes of a cluster */
  guint first = 0;                                                    /* of the cluster */
  int end = 0;                                                        /* of it, in minutes */
  int day = 0;

  g_return_if_fail (blocks != NULL || n_blocks == 0);

  for (guint i = 0; i < n_blocks; i++)
    g_ptr_array_add (sorted, &blocks[i]);
  g_ptr_array_sort (sorted, compare_blocks);

  for (guint i = 0; i < sorted->len; i++)
    {
      CptWeekBlock *block = g_ptr_array_index (sorted, i);
      int from;
      int to;

      cpt_week_slot_get_drawn (&block->slot, &from, &to);
      if (block->slot.day != day || from >= end)
        {
          close_cluster (sorted, first, i, ends);
          first = i;
          end = to;
          day = block->slot.day;
        }
      end = MAX (end, to);
      block->lane = take_lane (ends, from, to);
    }
  close_cluster (sorted, first, sorted->len, ends);
}

/* The quarter of an hour that is nearest to @minute */
static int
snap (double minute)
{
  return (int) floor (minute / CPT_WEEK_STEP + 0.5) * CPT_WEEK_STEP;
}

/* Whether a drag goes so far that something else is meant */
static gboolean
is_far (double minutes)
{
  return fabs (minutes) * 2 >= CPT_WEEK_STEP;
}

/* A pointer may be anywhere, but no further than some days away. */
static double
limit (double minutes)
{
  return CLAMP (minutes, -2.0 * CPT_WEEK_DAY_MINUTES, 2.0 * CPT_WEEK_DAY_MINUTES);
}

CptWeekSlot
cpt_week_slot_move (const CptWeekSlot *origin,
                    double             days,
                    double             minutes,
                    int                n_days)
{
  CptWeekSlot slot = { 0 };

  g_return_val_if_fail (origin != NULL && n_days > 0, slot);

  slot = *origin;
  slot.day = CLAMP (origin->day + (int) floor (CLAMP (days, -n_days, n_days) + 0.5), 0, n_days - 1);
  if (is_far (minutes))
    slot.start = CLAMP (snap (origin->start + limit (minutes)), 0, CPT_WEEK_DAY_MINUTES - CPT_WEEK_STEP);

  return slot;
}

CptWeekSlot
cpt_week_slot_resize (const CptWeekSlot *origin,
                      double             minutes)
{
  CptWeekSlot slot = { 0 };
  int end;

  g_return_val_if_fail (origin != NULL, slot);

  slot = *origin;
  /* What goes on on the next day has its edge at midnight, and gets no longer there. */
  if (!is_far (minutes) || (minutes > 0 && origin->start + origin->length > CPT_WEEK_DAY_MINUTES))
    return slot;

  end = origin->start + MIN (origin->length, CPT_WEEK_DAY_MINUTES - origin->start);
  end = CLAMP (snap (end + limit (minutes)), 0, CPT_WEEK_DAY_MINUTES);
  slot.length = MAX (end - origin->start, CPT_WEEK_STEP);

  return slot;
}

int
cpt_week_get_minute (gint64     instant,
                     GTimeZone *zone)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (instant / G_USEC_PER_SEC);
  g_autoptr(GDateTime) local = NULL;

  if (utc == NULL)
    return 0;
  local = zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_ref (utc);

  return local != NULL ? g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local) : 0;
}

gint64
cpt_week_get_instant (gint64     day,
                      int        minute,
                      GTimeZone *zone)
{
  g_autofree char *date = cpt_date_format_iso (day);
  g_autofree char *text = g_strdup_printf ("%sT%02d:%02d:00", date, minute / 60, minute % 60);
  gint64 instant;

  if (!cpt_instant_parse_iso (text, zone, &instant))
    return cpt_instant_from_date (day, zone);

  return instant;
}
