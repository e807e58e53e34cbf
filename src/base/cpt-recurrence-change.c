/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rules that become others, as RFC 5545 has it when one occurrence is not to
 * come (EXDATE), when a series is split (UNTIL, and what is left of COUNT) and
 * when all of it moves to another day.
 *
 * A rule that names its days (BYDAY, BYMONTHDAY, BYMONTH) is told the other day
 * in the place of the one that moves; what is too clever for that is refused. */

#include "config.h"

#include "cpt-recurrence-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-json.h"

#define WEEK 7

static CptRecurrence *
create (struct icalrecurrencetype  *rule,
        GError                    **error)
{
  char *text = icalrecurrencetype_as_string_r (rule);
  CptRecurrence *self = cpt_recurrence_parse (text, error);

  icalmemory_free_buffer (text);

  return self;
}

CptRecurrence *
cpt_recurrence_end_before (const CptRecurrence  *self,
                           gint64                day,
                           GError              **error)
{
  struct icalrecurrencetype rule;

  g_return_val_if_fail (self != NULL, NULL);

  rule = self->rule;
  rule.count = 0;
  rule.until = cpt_recurrence_to_time (day - 1);

  return create (&rule, error);
}

CptRecurrence *
cpt_recurrence_begin_at (const CptRecurrence  *self,
                         gint64                first,
                         gint64                day,
                         GError              **error)
{
  struct icalrecurrencetype rule;

  g_return_val_if_fail (self != NULL, NULL);

  rule = self->rule;
  if (rule.count > 0)
    {
      g_autofree gint64 *dates = g_new (gint64, (gsize) rule.count);
      guint n_before = cpt_recurrence_list (self, first, first, day - 1, dates, (guint) rule.count);

      rule.count = MAX (rule.count - (int) n_before, 1);
    }

  return create (&rule, error);
}

gboolean
cpt_recurrence_equal_but_end (const CptRecurrence *self,
                              const CptRecurrence *other)
{
  const CptRecurrence *both[] = { self, other };
  g_autofree char *text = NULL;
  gboolean is_equal = FALSE;

  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    {
      struct icalrecurrencetype rule = both[i]->rule;
      char *written;

      rule.count = 0;
      rule.until = icaltime_null_time ();
      written = icalrecurrencetype_as_string_r (&rule);
      is_equal = g_strcmp0 (text, written) == 0;
      if (text == NULL)
        text = g_strdup (written);
      icalmemory_free_buffer (written);
    }

  return is_equal;
}

/* Moving */

static guint
get_length (const short *values,
            guint        max)
{
  guint length = 0;

  while (length < max && values[length] != ICAL_RECURRENCE_ARRAY_MAX)
    length++;

  return length;
}

/* 1 is Sunday, as libical counts */
static int
get_weekday (gint64 day)
{
  return cpt_date_get_weekday (day) % WEEK + 1;
}

static short
encode_day (int weekday,
            int position)
{
  int value = ABS (position) * 8 + weekday;

  return (short) (position < 0 ? -value : value);
}

/* Which one of its weekdays within its month @day is; from the end when @from_end
 * and it is the last one */
static int
get_position (gint64   day,
              gboolean from_end)
{
  int year, month, number;
  gint64 next;

  cpt_date_to_ymd (day, &year, &month, &number);
  next = month == 12 ? cpt_date_from_ymd (year + 1, 1, 1) : cpt_date_from_ymd (year, month + 1, 1);
  if (from_end && day + WEEK >= next)
    return -1;

  return (number - 1) / WEEK + 1;
}

/* "Every Monday and Friday": the one that moves is another weekday from now on.
 * Where weeks are left out, days must stay together: all of them move. */
static void
move_weekdays (struct icalrecurrencetype *rule,
               gint64                     from,
               gint64                     to)
{
  guint length = get_length (rule->by_day, G_N_ELEMENTS (rule->by_day));
  guint n_kept = 0;
  int distance = (int) (((to - from) % WEEK + WEEK) % WEEK);

  for (guint i = 0; i < length; i++)
    {
      int weekday = (int) icalrecurrencetype_day_day_of_week (rule->by_day[i]);
      gboolean is_there = FALSE;

      if (rule->interval > 1 || weekday == get_weekday (from))
        weekday = (weekday - 1 + distance) % WEEK + 1;
      for (guint j = 0; j < n_kept; j++)
        is_there = is_there || rule->by_day[j] == weekday;
      if (!is_there)
        rule->by_day[n_kept++] = (short) weekday;
    }
  if (n_kept < length)
    rule->by_day[n_kept] = ICAL_RECURRENCE_ARRAY_MAX;
}

/* "The second Tuesday", "the last working day": the same of another weekday */
static void
move_position (struct icalrecurrencetype *rule,
               gint64                     to)
{
  gboolean from_end = icalrecurrencetype_day_position (rule->by_day[0]) < 0 ||
                      (rule->by_set_pos[0] != ICAL_RECURRENCE_ARRAY_MAX && rule->by_set_pos[0] < 0);

  rule->by_day[0] = encode_day (get_weekday (to), get_position (to, from_end));
  rule->by_day[1] = ICAL_RECURRENCE_ARRAY_MAX;
  rule->by_set_pos[0] = ICAL_RECURRENCE_ARRAY_MAX;
}

/* "On the 15th", "on the last day" */
static void
move_month_day (struct icalrecurrencetype *rule,
                gint64                     from,
                gint64                     to)
{
  guint length = get_length (rule->by_month_day, G_N_ELEMENTS (rule->by_month_day));
  int before, after, next;

  cpt_date_to_ymd (from, NULL, NULL, &before);
  cpt_date_to_ymd (to, NULL, NULL, &after);
  cpt_date_to_ymd (to + 1, NULL, NULL, &next);
  for (guint i = 0; i < length; i++)
    {
      gboolean is_last = rule->by_month_day[i] == -1 && next == 1;

      if (length == 1 || rule->by_month_day[i] == before)
        rule->by_month_day[i] = (short) (is_last ? -1 : after);
    }
}

static void
move_month (struct icalrecurrencetype *rule,
            gint64                     from,
            gint64                     to)
{
  guint length = get_length (rule->by_month, G_N_ELEMENTS (rule->by_month));
  int before, after;

  cpt_date_to_ymd (from, NULL, &before, NULL);
  cpt_date_to_ymd (to, NULL, &after, NULL);
  for (guint i = 0; i < length; i++)
    if (rule->by_month[i] == before)
      rule->by_month[i] = (short) after;
}

static void
move_rule (struct icalrecurrencetype *rule,
           gint64                     from,
           gint64                     to)
{
  gboolean has_days = rule->by_day[0] != ICAL_RECURRENCE_ARRAY_MAX;
  gboolean is_within_week = rule->freq == ICAL_DAILY_RECURRENCE || rule->freq == ICAL_WEEKLY_RECURRENCE;

  if (has_days && is_within_week)
    move_weekdays (rule, from, to);
  else if (has_days)
    move_position (rule, to);
  if (rule->by_month_day[0] != ICAL_RECURRENCE_ARRAY_MAX)
    move_month_day (rule, from, to);
  if (rule->by_month[0] != ICAL_RECURRENCE_ARRAY_MAX)
    move_month (rule, from, to);
  if (!icaltime_is_null_time (rule->until))
    rule->until = cpt_recurrence_to_time (cpt_recurrence_from_time (rule->until) + to - from);
}

CptRecurrence *
cpt_recurrence_move (const CptRecurrence  *self,
                     gint64                from,
                     gint64                to,
                     GError              **error)
{
  g_autoptr(CptRecurrence) moved = NULL;
  struct icalrecurrencetype rule;
  gint64 date = 0;

  g_return_val_if_fail (self != NULL, NULL);

  rule = self->rule;
  move_rule (&rule, from, to);
  moved = create (&rule, NULL);
  if (moved != NULL && cpt_recurrence_list (moved, to, to, to, &date, 1) == 1)
    return g_steal_pointer (&moved);

  g_set_error_literal (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED,
                       _("This rule can’t be moved to that day. Move only this one, or choose another rule."));

  return NULL;
}

gint64
cpt_recurrence_move_instant (gint64     instant,
                             gint64     date,
                             GTimeZone *zone)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (instant / G_USEC_PER_SEC);
  g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  g_autoptr(GDateTime) moved = NULL;
  int year;
  int month;
  int day;

  cpt_date_to_ymd (date, &year, &month, &day);
  if (local != NULL)
    moved = g_date_time_new (zone, year, month, day, g_date_time_get_hour (local), g_date_time_get_minute (local),
                             g_date_time_get_second (local));

  return moved != NULL ? g_date_time_to_unix (moved) * G_USEC_PER_SEC : cpt_instant_from_date (date, zone);
}

/* Days that are left out */

static int
compare_days (gconstpointer a,
              gconstpointer b)
{
  gint64 one = *(const gint64 *) a;
  gint64 other = *(const gint64 *) b;

  return one < other ? -1 : one > other;
}

GArray *
cpt_recurrence_read_skips (const char *json)
{
  g_autoptr(JsonNode) node = json != NULL ? cpt_json_parse (json, -1, NULL) : NULL;
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  GArray *days = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; array != NULL && i < json_array_get_length (array) && i < CPT_RECURRENCE_MAX_SKIPS; i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      const char *text = JSON_NODE_HOLDS_VALUE (element) ? json_node_get_string (element) : NULL;
      gint64 day;

      if (text != NULL && cpt_date_parse_iso (text, &day))
        g_array_append_val (days, day);
    }
  g_array_sort (days, compare_days);

  return days;
}

char *
cpt_recurrence_write_skips (GArray *days)
{
  g_autoptr(JsonBuilder) builder = NULL;
  g_autoptr(JsonNode) node = NULL;
  guint first;

  g_return_val_if_fail (days != NULL, NULL);

  if (days->len == 0)
    return NULL;

  g_array_sort (days, compare_days);
  /* The oldest ones are over long since. */
  first = days->len > CPT_RECURRENCE_MAX_SKIPS ? days->len - CPT_RECURRENCE_MAX_SKIPS : 0;
  builder = json_builder_new ();
  json_builder_begin_array (builder);
  for (guint i = first; i < days->len; i++)
    {
      gint64 day = g_array_index (days, gint64, i);
      g_autofree char *text = cpt_date_format_iso (day);

      if (i == first || g_array_index (days, gint64, i - 1) != day)
        json_builder_add_string_value (builder, text);
    }
  json_builder_end_array (builder);
  node = json_builder_get_root (builder);

  return cpt_json_format (node);
}

gboolean
cpt_recurrence_skips (GArray *days,
                      gint64  day)
{
  return days != NULL && g_array_binary_search (days, &day, compare_days, NULL);
}

gboolean
cpt_recurrence_find_next_but (const CptRecurrence *self,
                              gint64               first,
                              gint64               after,
                              GArray              *days,
                              gint64              *date)
{
  do
    {
      if (!cpt_recurrence_find_next (self, first, after, date))
        return FALSE;
      after = *date;
    }
  while (cpt_recurrence_skips (days, *date));

  return TRUE;
}
