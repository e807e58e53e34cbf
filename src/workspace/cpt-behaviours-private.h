/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-transaction.h"

G_BEGIN_DECLS

/* What declarations can't say, for every connection that writes; ended by a
 * NULL entity. */
extern const CptBehaviour cpt_behaviours[];

/* Of tasks: when one was completed, and the next one of its series */
gboolean cpt_task_before_commit (CptDoor    *door,
                                 CptChange  *change,
                                 GError    **error);

/* Of schedules of reports: whether they can be followed, and when that is next */
gboolean cpt_report_schedule_before_commit (CptDoor    *door,
                                            CptChange  *change,
                                            GError    **error);

G_END_DECLS
