/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How many may go on by a step in a day, a week or a month of the workspace's clocks. */

#include "config.h"

#include <string.h>

#include "cpt-automation-action-private.h"
#include "cpt-date.h"
#include "cpt-json.h"
#include "cpt-step-counter.h"

/* The same number for all instants of one day, week or month, and for nothing else */
static gint64
get_period (CptAutomationWorld *self,
            const char         *per)
{
  gint64 date = cpt_instant_get_date (self->now, cpt_database_get_zone (self->database));
  int year, month, day;

  if (g_strcmp0 (per, "week") == 0)
    return (date - (cpt_date_get_weekday (date) - 1)) * 3 + 1;
  if (g_strcmp0 (per, "month") != 0)
    return date * 3;

  cpt_date_to_ymd (date, &year, &month, &day);

  return (date - (day - 1)) * 3 + 2;
}

gboolean
cpt_automation_count (gpointer                data,
                      const CptWorkflowNode  *node,
                      gboolean               *is_within,
                      GError                **error)
{
  CptAutomationWorld *self = data;
  const CptUuid *workflow = &self->enrolment->workflow;
  g_autofree char *per = cpt_json_dup_string (node->settings, "per");
  g_autoptr(GError) local_error = NULL;
  gint64 period = get_period (self, per);
  gint64 most = 0;
  gint64 counted, count;

  if (!cpt_json_read_int (node->settings, "count", &most, error))
    return FALSE;
  if (!cpt_step_counter_read (self->database, workflow, node->id, &counted, &count, &local_error))
    return cpt_automation_world_fail (self, g_steal_pointer (&local_error), error);

  if (counted != period)
    count = 0;
  *is_within = count < most;
  if (*is_within && !cpt_step_counter_write (self->database, workflow, node->id, period, count + 1, &local_error))
    return cpt_automation_world_fail (self, g_steal_pointer (&local_error), error);

  return TRUE;
}
