/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"

G_BEGIN_DECLS

/* Why somebody is reminded */
typedef enum
{
  CPT_REMINDER_DAY_BEFORE,
  CPT_REMINDER_DAY,
  CPT_REMINDER_DAY_AFTER,
  CPT_REMINDER_HOUR, /* it is due now */
  CPT_REMINDER_AGAIN, /* it was put off */
} CptReminderReason;

/**
 * CptReminder:
 * @id: the task
 * @title: of the task
 * @reason: the last one, when there are several
 * @at: when it was to be told
 *
 * A task of which the person at this machine is to be told.
 */
typedef struct
{
  CptUuid           id;
  char             *title;
  CptReminderReason reason;
  gint64            at;
} CptReminder;

void       cpt_reminder_free    (CptReminder *self);

/**
 * cpt_reminders_claim:
 * @database: a connection that writes
 * @error: return location for an error
 *
 * What is to be told now to the author of the connection: open tasks that are
 * hers or nobody's, on the day before, on the day, the day after and at the hour,
 * as they say. Until when it was told is kept in the file in the same moment,
 * so that nobody is told twice, whatever windows are open.
 *
 * Returns: (transfer full) (element-type CptReminder): each task once, by time
 */
GPtrArray *cpt_reminders_claim  (CptDatabase  *database,
                                 GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * cpt_reminders_snooze:
 * @database: a connection that writes
 * @task: of which to tell once more
 * @until: an instant
 * @error: return location for an error
 *
 * Returns: %TRUE when it is kept
 */
gboolean   cpt_reminders_snooze (CptDatabase    *database,
                                 const CptUuid  *task,
                                 gint64          until,
                                 GError        **error);
/* The hour at which reminders of whole days come, on @day */
gint64     cpt_reminders_get_morning (CptDatabase *database,
                                      gint64       day);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptReminder, cpt_reminder_free)

G_END_DECLS
