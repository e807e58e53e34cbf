/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the statuses of tasks mean (see entities/cpt-entity-task.c). */

#include "config.h"

#include "cpt-task-status.h"

gboolean
cpt_task_status_is_over (const char *status)
{
  return g_strcmp0 (status, "done") == 0 || g_strcmp0 (status, "cancelled") == 0;
}

gboolean
cpt_task_is_over (const CptRecord *task)
{
  return cpt_task_status_is_over (cpt_record_get_text (task, "status"));
}
