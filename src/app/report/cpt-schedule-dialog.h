/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-window.h"

G_BEGIN_DECLS

/**
 * cpt_schedule_dialog_present:
 * @window: on top of which it stands
 * @schedule: a report schedule; one that is not stored yet is created
 * @each: (nullable): what the report is made for, for people: "Customer"; NULL when it
 *   is about everything
 * @sources: (element-type CptEntity): what the report counts, by which it can be filtered
 *
 * When a report is written, where, and what it is about; stored as one act.
 */
void cpt_schedule_dialog_present (CptWindow  *window,
                                  CptRecord  *schedule,
                                  const char *each,
                                  GPtrArray  *sources);

G_END_DECLS
