/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A rule as people say it. What few people use is shown as it is written. */

#include "config.h"

#include "cpt-recurrence-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-date.h"

/* By libical's number, Sunday first */
static const char *const weekdays[] = {
  NULL,
  NC_("recurrence", "Sunday"),
  NC_("recurrence", "Monday"),
  NC_("recurrence", "Tuesday"),
  NC_("recurrence", "Wednesday"),
  NC_("recurrence", "Thursday"),
  NC_("recurrence", "Friday"),
  NC_("recurrence", "Saturday"),
};

static const char *const months[] = {
  NULL,
  NC_("recurrence", "January"),
  NC_("recurrence", "February"),
  NC_("recurrence", "March"),
  NC_("recurrence", "April"),
  NC_("recurrence", "May"),
  NC_("recurrence", "June"),
  NC_("recurrence", "July"),
  NC_("recurrence", "August"),
  NC_("recurrence", "September"),
  NC_("recurrence", "October"),
  NC_("recurrence", "November"),
  NC_("recurrence", "December"),
};

static const char *
translate (const char *text)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "recurrence", text);
}

static guint
count (const short *list)
{
  guint n = 0;

  while (list[n] != ICAL_RECURRENCE_ARRAY_MAX)
    n++;

  return n;
}

/* A part of a rule that no sentence here tells */
static gboolean
is_rare (const struct icalrecurrencetype *rule)
{
  return count (rule->by_year_day) > 0 || count (rule->by_week_no) > 0 || count (rule->by_set_pos) > 0 ||
         (rule->week_start != ICAL_MONDAY_WEEKDAY && rule->interval > 1);
}

static char *
join (char       *so_far,
      const char *more,
      gboolean    is_last)
{
  char *joined;

  if (so_far == NULL)
    return g_strdup (more);

  /* Translators: the parts of a list: "Monday, Wednesday" and "… and Friday" */
  joined = g_strdup_printf (is_last ? C_("list", "%s and %s") : C_("list", "%s, %s"), so_far, more);
  g_free (so_far);

  return joined;
}

static gboolean
is_working_week (const short *days)
{
  guint seen = 0;

  for (guint i = 0; i < count (days); i++)
    if (icalrecurrencetype_day_position (days[i]) == 0)
      seen |= 1u << icalrecurrencetype_day_day_of_week (days[i]);

  return seen == 0x7c && count (days) == 5;
}

/* NULL when one of them has a position */
static char *
dup_weekdays (const short *days)
{
  char *text = NULL;
  guint n = count (days);

  for (guint i = 0; i < n; i++)
    {
      if (icalrecurrencetype_day_position (days[i]) != 0)
        {
          g_free (text);
          return NULL;
        }
      text = join (text, translate (weekdays[icalrecurrencetype_day_day_of_week (days[i])]), i == n - 1);
    }

  return text;
}

/* NULL for the fifth from the end and such */
static char *
dup_nth_weekday (int         position,
                 const char *weekday)
{
  switch (position)
    {
    case 1:
      /* Translators: %s is a day of the week: "Every month on the first Monday" */
      return g_strdup_printf (C_("recurrence", "the first %s"), weekday);
    case 2:
      return g_strdup_printf (C_("recurrence", "the second %s"), weekday);
    case 3:
      return g_strdup_printf (C_("recurrence", "the third %s"), weekday);
    case 4:
      return g_strdup_printf (C_("recurrence", "the fourth %s"), weekday);
    case 5:
      return g_strdup_printf (C_("recurrence", "the fifth %s"), weekday);
    case -1:
      return g_strdup_printf (C_("recurrence", "the last %s"), weekday);
    default:
      return NULL;
    }
}

/* "the second Tuesday", "day 15", "the last day"; NULL when it is more */
static char *
dup_day_of_month (const struct icalrecurrencetype *rule)
{
  if (count (rule->by_day) == 1 && count (rule->by_month_day) == 0)
    return dup_nth_weekday (icalrecurrencetype_day_position (rule->by_day[0]),
                            translate (weekdays[icalrecurrencetype_day_day_of_week (rule->by_day[0])]));

  if (count (rule->by_month_day) != 1 || count (rule->by_day) != 0)
    return NULL;
  if (rule->by_month_day[0] == -1)
    return g_strdup (C_("recurrence", "the last day"));
  if (rule->by_month_day[0] < 0)
    return NULL;

  /* Translators: a day of the month: "Every month on day 15" */
  return g_strdup_printf (C_("recurrence", "day %d"), rule->by_month_day[0]);
}

static char *
dup_daily (const struct icalrecurrencetype *rule)
{
  if (count (rule->by_day) + count (rule->by_month_day) + count (rule->by_month) > 0)
    return NULL;
  if (rule->interval <= 1)
    return g_strdup (_("Every day"));

  return g_strdup_printf (ngettext ("Every %d day", "Every %d days", rule->interval), rule->interval);
}

static char *
dup_weekly (const struct icalrecurrencetype *rule)
{
  g_autofree char *days = NULL;

  if (count (rule->by_month_day) + count (rule->by_month) > 0)
    return NULL;
  if (count (rule->by_day) == 0)
    return rule->interval <= 1
             ? g_strdup (_("Every week"))
             : g_strdup_printf (ngettext ("Every %d week", "Every %d weeks", rule->interval), rule->interval);
  if (is_working_week (rule->by_day) && rule->interval <= 1)
    return g_strdup (_("Every working day"));

  days = dup_weekdays (rule->by_day);
  if (days == NULL)
    return NULL;
  if (rule->interval <= 1)
    /* Translators: %s are days: "Every week on Monday and Friday" */
    return g_strdup_printf (_("Every week on %s"), days);

  /* Translators: %s are days: "Every 2 weeks on Monday and Friday" */
  return g_strdup_printf (ngettext ("Every %d week on %s", "Every %d weeks on %s", rule->interval), rule->interval, days);
}

static char *
dup_monthly (const struct icalrecurrencetype *rule)
{
  g_autofree char *day = NULL;

  if (count (rule->by_month) > 0)
    return NULL;
  if (count (rule->by_day) + count (rule->by_month_day) == 0)
    return rule->interval <= 1
             ? g_strdup (_("Every month"))
             : g_strdup_printf (ngettext ("Every %d month", "Every %d months", rule->interval), rule->interval);

  day = dup_day_of_month (rule);
  if (day == NULL)
    return NULL;
  if (rule->interval <= 1)
    /* Translators: %s is a day: "Every month on the last day" */
    return g_strdup_printf (_("Every month on %s"), day);

  /* Translators: %s is a day: "Every 3 months on the last day" */
  return g_strdup_printf (ngettext ("Every %d month on %s", "Every %d months on %s", rule->interval), rule->interval, day);
}

/* In one month of every year */
static char *
dup_in_month (const struct icalrecurrencetype *rule,
              const char                      *month)
{
  g_autofree char *day = NULL;

  if (count (rule->by_day) + count (rule->by_month_day) == 0)
    /* Translators: %s is a month: "Every year in March" */
    return g_strdup_printf (_("Every year in %s"), month);
  if (count (rule->by_day) == 0 && count (rule->by_month_day) == 1 && rule->by_month_day[0] > 0)
    /* Translators: a month and its day: "Every year on March 15" */
    return g_strdup_printf (_("Every year on %s %d"), month, rule->by_month_day[0]);

  day = dup_day_of_month (rule);

  /* Translators: a day and a month: "Every year on the last Friday of March" */
  return day != NULL ? g_strdup_printf (_("Every year on %s of %s"), day, month) : NULL;
}

static char *
dup_yearly (const struct icalrecurrencetype *rule)
{
  if (count (rule->by_day) + count (rule->by_month_day) + count (rule->by_month) == 0)
    return rule->interval <= 1
             ? g_strdup (_("Every year"))
             : g_strdup_printf (ngettext ("Every %d year", "Every %d years", rule->interval), rule->interval);
  if (rule->interval > 1 || count (rule->by_month) != 1 || rule->by_month[0] < 1 || rule->by_month[0] > 12)
    return NULL;

  return dup_in_month (rule, translate (months[rule->by_month[0]]));
}

static char *
dup_how_often (const struct icalrecurrencetype *rule)
{
  if (is_rare (rule))
    return NULL;

  switch (rule->freq)
    {
    case ICAL_DAILY_RECURRENCE:
      return dup_daily (rule);
    case ICAL_WEEKLY_RECURRENCE:
      return dup_weekly (rule);
    case ICAL_MONTHLY_RECURRENCE:
      return dup_monthly (rule);
    case ICAL_YEARLY_RECURRENCE:
      return dup_yearly (rule);
    case ICAL_SECONDLY_RECURRENCE:
    case ICAL_MINUTELY_RECURRENCE:
    case ICAL_HOURLY_RECURRENCE:
    case ICAL_NO_RECURRENCE:
    default:
      return NULL;
    }
}

char *
cpt_recurrence_format_local (const CptRecurrence *self)
{
  g_autofree char *often = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  often = dup_how_often (&self->rule);
  if (often == NULL)
    return g_strdup (self->text);

  if (!icaltime_is_null_time (self->rule.until))
    {
      g_autofree char *day =
        cpt_date_format (cpt_date_from_ymd (self->rule.until.year, self->rule.until.month, self->rule.until.day));

      /* Translators: how often and the last day: "Every week, until 12/31/2026" */
      return g_strdup_printf (_("%s, until %s"), often, day);
    }
  if (self->rule.count > 0)
    /* Translators: how often and how many times: "Every week, 10 times" */
    return g_strdup_printf (ngettext ("%s, %d time", "%s, %d times", self->rule.count), often, self->rule.count);

  return g_steal_pointer (&often);
}
