/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long something takes, by the clocks of those whom it is about. */

#include "config.h"

#include "cpt-workflow-duration.h"

#include <string.h>

#include "cpt-date.h"
#include "cpt-json.h"

/* As many months are 8,000 years. */
#define MAX_AMOUNT 100000
#define USEC_PER_MINUTE (60 * G_USEC_PER_SEC)

typedef enum
{
  MINUTES,
  DAYS,
  MONTHS,
} Count;

static const struct
{
  const char *name;
  Count count;
  gint64 factor;
} units[] = {
  { "minutes", MINUTES, 1 },
  { "hours", MINUTES, 60 },
  { "days", DAYS, 1 },
  { "weeks", DAYS, 7 },
  { "months", MONTHS, 1 },
};

/* The same time of another day */
static gint64
move_date (gint64     instant,
           gint64     date,
           GTimeZone *zone)
{
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr(GDateTime) then = g_date_time_new_from_unix_utc (instant / G_USEC_PER_SEC - (instant % G_USEC_PER_SEC < 0));
  g_autoptr(GDateTime) local = then != NULL ? g_date_time_to_timezone (then, zone != NULL ? zone : utc) : NULL;
  int minute = local != NULL ? g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local) : 0;
  gint64 rest = instant % USEC_PER_MINUTE;

  return cpt_instant_from_local (date, minute, zone, CPT_LOCAL_FIRST) + (rest < 0 ? rest + USEC_PER_MINUTE : rest);
}

gboolean
cpt_workflow_duration_add (JsonObject *duration,
                           gint64     *instant,
                           GTimeZone  *zone)
{
  g_autofree char *unit = NULL;
  gint64 amount = 0;

  g_return_val_if_fail (instant != NULL, FALSE);

  if (duration == NULL || !cpt_json_read_int (duration, "amount", &amount, NULL) || amount < -MAX_AMOUNT || amount > MAX_AMOUNT)
    return FALSE;

  unit = cpt_json_dup_string (duration, "unit");
  for (guint i = 0; unit != NULL && i < G_N_ELEMENTS (units); i++)
    {
      if (strcmp (units[i].name, unit) != 0)
        continue;

      amount *= units[i].factor;
      if (units[i].count == MINUTES)
        *instant += amount * USEC_PER_MINUTE;
      else if (amount != 0)
        {
          gint64 date = cpt_instant_get_date (*instant, zone);

          date = units[i].count == DAYS ? date + amount : cpt_date_add_months (date, (int) amount);
          *instant = move_date (*instant, date, zone);
        }
      return TRUE;
    }

  return FALSE;
}

gboolean
cpt_workflow_time_parse (const char *text,
                         int        *minute)
{
  g_return_val_if_fail (text != NULL && minute != NULL, FALSE);

  if (strlen (text) != 5 || strspn (text, "0123456789") != 2 || text[2] != ':' || strspn (text + 3, "0123456789") != 2)
    return FALSE;

  *minute = (int) (g_ascii_strtoll (text, NULL, 10) * 60 + g_ascii_strtoll (text + 3, NULL, 10));

  return *minute < 24 * 60 && text[3] < '6';
}
