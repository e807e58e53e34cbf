/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The search of timetables against a second one that knows nothing of it: it goes from
 * minute to minute over ten years, by the clocks of the C library, and counts. Windows are
 * those that random numbers make, from a seed that is fixed.
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cpt-date.h"
#include "cpt-holiday.h"
#include "cpt-json.h"
#include "cpt-timetable.h"

#define FIRST_DAY "2024-01-01"
#define N_DAYS 3653
#define DAY 1440
/* Clocks and windows reach over the ends */
#define MARGIN 3
#define N_MINUTES ((N_DAYS + 2 * MARGIN) * DAY)
/* No clock is further from UTC */
#define MAX_OFFSET (15 * 60)
#define N_TIMETABLES 8
#define N_QUESTIONS 12
#define N_PLANS 20

typedef struct
{
  gint64 first_date;
  gint64 first;   /* minutes since the Unix epoch */
  gint32 *local;  /* of each minute what the clocks show, in minutes since the first day began */
  gint32 *window; /* of each minute the number of the window that it is in, or 0 */
  guint n_windows;
  guint64 limits[2]; /* of a window, of a day */
  gint64 spacing;    /* in minutes */
  GArray *planned;   /* minutes, from 0 */
} Calendar;

static const char *const zones[] = {
  "UTC",
  "Europe/Paris",
  "Europe/London",
  "America/New_York",
  "America/St_Johns",
  "America/Havana",
  "America/Santiago",
  "Africa/Casablanca",
  "Africa/Cairo",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  "Pacific/Chatham",
};

static long
get_offset (gint64 minute)
{
  time_t seconds = (time_t) minute * 60;
  struct tm parts;

  localtime_r (&seconds, &parts);

  return parts.tm_gmtoff / 60;
}

/* Whole hours have one offset where both their ends have it */
static void
fill_clocks (Calendar   *calendar,
             const char *zone)
{
  g_setenv ("TZ", zone, TRUE);
  tzset ();
  for (gint64 hour = 0; hour < N_MINUTES; hour += 60)
    {
      long before = get_offset (calendar->first + hour);
      gboolean is_same = get_offset (calendar->first + hour + 60) == before;

      for (gint64 i = hour; i < hour + 60; i++)
        calendar->local[i] = (gint32) (i - MARGIN * DAY + (is_same ? before : get_offset (calendar->first + i)));
    }
}

/* From the first minute that shows the start or more, to the last one at which the end is reached */
static void
fill_window (Calendar *calendar,
             gint32    start,
             gint32    end)
{
  gint64 from = CLAMP (start + MARGIN * DAY - MAX_OFFSET, 1, N_MINUTES - 1);
  gint64 to = CLAMP (end + MARGIN * DAY + MAX_OFFSET, 1, N_MINUTES - 1);
  gint64 open = -1, close = -1;

  for (gint64 i = from; i < to; i++)
    {
      if (open < 0 && calendar->local[i] >= start && calendar->local[i - 1] < start)
        open = i;
      if (calendar->local[i] >= end && calendar->local[i - 1] < end)
        close = i;
    }
  if (open < 0 || close < 0)
    return;
  calendar->n_windows++;
  for (gint64 i = open; i < close; i++)
    if (calendar->window[i] == 0)
      calendar->window[i] = (gint32) calendar->n_windows;
}

static gint64
get_date (const Calendar *calendar,
          gint64          i)
{
  gint32 local = calendar->local[i] + MARGIN * DAY;

  return calendar->first_date - MARGIN + local / DAY;
}

static gboolean
is_allowed (const Calendar *calendar,
            gint64          i)
{
  guint64 n_window = 0, n_day = 0;

  if (calendar->window[i] == 0)
    return FALSE;
  for (guint k = 0; k < calendar->planned->len; k++)
    {
      gint64 other = g_array_index (calendar->planned, gint64, k);

      n_window += calendar->window[other] == calendar->window[i];
      n_day += get_date (calendar, other) == get_date (calendar, i);
      if (ABS (other - i) < calendar->spacing)
        return FALSE;
    }

  return n_window < calendar->limits[0] && n_day < calendar->limits[1];
}

static guint64
count_cb (gpointer data,
          gint64   from,
          gint64   to)
{
  const Calendar *calendar = data;
  guint64 count = 0;

  for (guint i = 0; i < calendar->planned->len; i++)
    {
      gint64 other = (calendar->first + g_array_index (calendar->planned, gint64, i)) * 60 * G_USEC_PER_SEC;

      count += other >= from && other < to;
    }

  return count;
}

static gboolean
find_last_cb (gpointer  data,
              gint64    from,
              gint64    to,
              gint64   *last)
{
  const Calendar *calendar = data;
  gboolean is_found = FALSE;

  for (guint i = 0; i < calendar->planned->len; i++)
    {
      gint64 other = (calendar->first + g_array_index (calendar->planned, gint64, i)) * 60 * G_USEC_PER_SEC;

      if (other >= from && other < to && (!is_found || other > *last))
        {
          *last = other;
          is_found = TRUE;
        }
    }

  return is_found;
}

static void
add_window (GString *json,
            int      weekday,
            int      start,
            int      end)
{
  end %= DAY;
  g_string_append_printf (json, "%s{\"days\":[%d],\"from\":\"%02d:%02d\",\"to\":\"%02d:%02d\"}",
                          json->str[json->len - 1] == '[' ? "" : ",", weekday, start / 60, start % 60, end / 60, end % 60);
}

/* The second window of a Wednesday ends on Thursday */
static void
choose_times (GRand *random,
              int    day,
              int    times[2][2])
{
  times[0][0] = g_rand_int_range (random, 30, 3 * 60);
  times[0][1] = times[0][0] + g_rand_int_range (random, 15, 2 * 60);
  times[1][0] = times[0][1] + g_rand_int_range (random, 0, 10 * 60);
  times[1][1] = day == 2 ? DAY + 30 : MIN (times[1][0] + g_rand_int_range (random, 1, 10 * 60), DAY);
}

/* How many there are on each day of the week */
static const int n_windows[7] = { 2, 0, 2, 2, 1, 2, 2 };

/* One or two windows on most days, some of them in the hours where clocks change, some over midnight */
static CptTimetable *
create_timetable (Calendar *calendar,
                  GRand    *random)
{
  g_autoptr(GString) json = g_string_new ("{\"holidays\":\"FR\",\"windows\":[");
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(GError) error = NULL;
  int times[7][2][2];
  CptTimetable *timetable;

  memset (calendar->window, 0, N_MINUTES * sizeof *calendar->window);
  for (int day = 0; day < 7; day++)
    choose_times (random, day, times[day]);
  for (int day = 0; day < 7; day++)
    for (int i = 0; i < n_windows[day]; i++)
      add_window (json, day + 1, times[day][i][0], times[day][i][1]);
  for (gint64 date = calendar->first_date - 1; date <= calendar->first_date + N_DAYS; date++)
    {
      int day = cpt_date_get_weekday (date) - 1;
      gint32 midnight = (gint32) (date - calendar->first_date) * DAY;

      for (int i = 0; cpt_holiday_get_name ("FR", date) == NULL && i < n_windows[day]; i++)
        fill_window (calendar, midnight + times[day][i][0], midnight + times[day][i][1]);
    }

  calendar->limits[0] = (guint64) g_rand_int_range (random, 1, 6);
  calendar->limits[1] = (guint64) g_rand_int_range (random, 1, 9);
  calendar->spacing = g_rand_int_range (random, 1, 90);
  g_string_append_printf (json, "],\"per_window\":%d,\"per_day\":%d,\"spacing\":%d}", (int) calendar->limits[0],
                          (int) calendar->limits[1], (int) calendar->spacing * 60);
  node = cpt_json_parse (json->str, -1, NULL);
  timetable = cpt_timetable_parse (json_node_get_object (node), &error);
  g_assert_no_error (error);

  return timetable;
}

static void
compare (Calendar     *calendar,
         CptTimetable *timetable,
         GTimeZone    *zone,
         gint64        from)
{
  CptTimetableUse use = { .count = count_cb, .find_last = find_last_cb, .data = calendar };
  g_autoptr(GError) error = NULL;
  gint64 expected = from;
  gint64 next;

  while (!is_allowed (calendar, expected))
    expected++;
  g_assert_true (cpt_timetable_find_next (timetable, zone, (calendar->first + from) * 60 * G_USEC_PER_SEC, &use, &next, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (next, ==, (calendar->first + expected) * 60 * G_USEC_PER_SEC);
  g_array_append_val (calendar->planned, expected);
}

/* Where the clocks change, and anywhere */
static gint64
choose_minute (const Calendar *calendar,
               GRand          *random)
{
  const gint64 from = 2 * MARGIN * DAY;
  const gint64 to = N_MINUTES - 60 * DAY;
  gint64 i = g_rand_int_range (random, (gint32) from, (gint32) to);

  if (g_rand_boolean (random))
    return i;
  for (gint64 k = i; k < to; k++)
    if (calendar->local[k] != calendar->local[k - 1] + 1)
      return k - g_rand_int_range (random, 0, DAY);

  return i;
}

static void
test_zone (gconstpointer data)
{
  const char *name = data;
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier (name);
  g_autoptr(GRand) random = g_rand_new_with_seed (20261122);
  g_autofree gint32 *local = g_new (gint32, N_MINUTES);
  g_autofree gint32 *window = g_new (gint32, N_MINUTES);
  g_autoptr(GArray) planned = g_array_new (FALSE, FALSE, sizeof (gint64));
  Calendar calendar = { .local = local, .window = window, .planned = planned };

  g_assert_nonnull (zone);
  g_assert_true (cpt_date_parse_iso (FIRST_DAY, &calendar.first_date));
  calendar.first = (calendar.first_date - MARGIN) * DAY;
  fill_clocks (&calendar, name);

  for (guint n = 0; n < N_TIMETABLES; n++)
    {
      g_autoptr(CptTimetable) timetable = create_timetable (&calendar, random);

      for (guint i = 0; i < N_QUESTIONS; i++)
        {
          gint64 from = choose_minute (&calendar, random);

          g_array_set_size (planned, 0);
          for (guint k = 0; k < N_PLANS; k++)
            compare (&calendar, timetable, zone, from);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autofree char *path = g_strdup_printf ("/timetable/search/%s", zones[i]);

      g_test_add_data_func (path, zones[i], test_zone);
    }

  return g_test_run ();
}
