/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-alert.h"
#include "cpt-application.h"
#include "cpt-reminders.h"
#include "cpt-report-schedules.h"

G_BEGIN_DECLS

/* What notifications may say, a setting of this machine */
typedef enum
{
  CPT_NOTIFY_FULL, /* titles of tasks */
  CPT_NOTIFY_DISCREET, /* nothing that others should not read over a shoulder */
  CPT_NOTIFY_NONE,
} CptNotify;

/* Adds what the buttons of notifications do, "app.task-*" and others, and the setting */
void cpt_reminder_actions_add (CptApplication *application);
/* Shows a notification for each of @reminders (element-type CptReminder), or one
 * for all of them when they are many: after a night, say. @path: of the
 * workspace */
void cpt_reminder_actions_tell (CptApplication *application,
                                const char     *path,
                                GPtrArray      *reminders);
/* Shows what began or ended, in place of what was shown of the same alert before */
void cpt_reminder_actions_tell_alert (CptApplication      *application,
                                      const char          *path,
                                      const CptAlertEvent *event);
/* Shows what workflows tell (element-type CptRecord): what it is about opens with a click. FALSE when nothing is to
 * be shown on this machine: it stays for later */
gboolean cpt_reminder_actions_tell_notices (CptApplication *application,
                                            const char     *path,
                                            GPtrArray      *notices);
/* Shows that a scheduled report was written, which a click opens, or why it was not */
void cpt_reminder_actions_tell_report (CptApplication     *application,
                                       const CptReportRun *run);
/* Takes the notification of a task away, if there is one */
void cpt_reminder_actions_withdraw (CptApplication *application,
                                    const CptUuid  *task);

G_END_DECLS
