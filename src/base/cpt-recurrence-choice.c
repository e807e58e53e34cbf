/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rules as forms offer them: on days of the week, or on a day of the month. */

#include "config.h"

#include "cpt-recurrence-private.h"

#include <string.h>

#include "cpt-date.h"

#define ALL_DAYS 0x7fu

/* By the bit, Monday first */
static const char *const weekday_names[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };

static guint
count (const short *list)
{
  guint n = 0;

  while (list[n] != ICAL_RECURRENCE_ARRAY_MAX)
    n++;

  return n;
}

/* What no form here can say */
static gboolean
is_more (const struct icalrecurrencetype *rule)
{
  return rule->count > 0 || !icaltime_is_null_time (rule->until) || count (rule->by_month) > 0 ||
         count (rule->by_year_day) > 0 || count (rule->by_week_no) > 0 || count (rule->by_set_pos) > 0 ||
         (rule->week_start != ICAL_MONDAY_WEEKDAY && rule->interval > 1);
}

static gboolean
read_weekdays (const short *days,
               guint       *weekdays)
{
  for (guint i = 0; i < count (days); i++)
    {
      int day = (int) icalrecurrencetype_day_day_of_week (days[i]);

      if (icalrecurrencetype_day_position (days[i]) != 0 || day < 1 || day > 7)
        return FALSE;
      /* libical has Sunday first */
      *weekdays |= 1u << ((day + 5) % 7);
    }

  return TRUE;
}

static gboolean
read_choice (const struct icalrecurrencetype *rule,
             gint64                           first,
             CptRecurrenceChoice             *choice)
{
  guint n_days = count (rule->by_day);
  guint n_month_days = count (rule->by_month_day);

  if (is_more (rule))
    return FALSE;

  choice->interval = MAX (rule->interval, 1);
  switch (rule->freq)
    {
    case ICAL_DAILY_RECURRENCE:
      choice->unit = CPT_RECURRENCE_DAYS;
      return n_days + n_month_days == 0;
    case ICAL_WEEKLY_RECURRENCE:
      choice->unit = CPT_RECURRENCE_WEEKS;
      if (n_days == 0)
        choice->weekdays = 1u << (cpt_date_get_weekday (first) - 1);
      return n_month_days == 0 && read_weekdays (rule->by_day, &choice->weekdays);
    case ICAL_MONTHLY_RECURRENCE:
      choice->unit = CPT_RECURRENCE_MONTHS;
      if (n_month_days == 0)
        cpt_date_to_ymd (first, NULL, NULL, &choice->month_day);
      else
        choice->month_day = rule->by_month_day[0];
      return n_days == 0 && n_month_days <= 1 && choice->month_day >= -1;
    default:
      return FALSE;
    }
}

void
cpt_recurrence_get_choice (const CptRecurrence *self,
                           gint64               first,
                           CptRecurrenceChoice *choice)
{
  g_return_if_fail (self != NULL && choice != NULL);

  memset (choice, 0, sizeof *choice);
  if (!read_choice (&self->rule, first, choice))
    *choice = (CptRecurrenceChoice){ .unit = CPT_RECURRENCE_OTHER, .interval = 1 };
}

char *
cpt_recurrence_format_choice (const CptRecurrenceChoice *choice)
{
  static const char *const units[] = {
    [CPT_RECURRENCE_DAYS] = "DAILY",
    [CPT_RECURRENCE_WEEKS] = "WEEKLY",
    [CPT_RECURRENCE_MONTHS] = "MONTHLY",
  };
  GString *text;

  g_return_val_if_fail (choice != NULL, NULL);

  if (choice->unit >= G_N_ELEMENTS (units) ||
      (choice->unit == CPT_RECURRENCE_WEEKS && (choice->weekdays & ALL_DAYS) == 0))
    return NULL;

  text = g_string_new ("FREQ=");
  g_string_append (text, units[choice->unit]);
  if (choice->interval > 1)
    g_string_append_printf (text, ";INTERVAL=%d", choice->interval);
  if (choice->unit == CPT_RECURRENCE_MONTHS)
    g_string_append_printf (text, ";BYMONTHDAY=%d", choice->month_day);
  if (choice->unit == CPT_RECURRENCE_WEEKS)
    {
      const char *before = ";BYDAY=";

      for (guint i = 0; i < G_N_ELEMENTS (weekday_names); i++)
        if ((choice->weekdays & (1u << i)) != 0)
          {
            g_string_append_printf (text, "%s%s", before, weekday_names[i]);
            before = ",";
          }
    }

  return g_string_free (text, FALSE);
}
