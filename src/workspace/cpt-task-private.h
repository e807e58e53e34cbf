/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-transaction.h"

G_BEGIN_DECLS

/* Whether each task of a series has its own value of @field */
gboolean   cpt_task_is_own_field  (const char *field);
/* The day of the next one: after this one's by the rule, and not in the past */
gboolean   cpt_task_find_next_day (CptDatabase     *database,
                                   const CptRecord *task,
                                   gint64          *date);
/* The task of the same series on @date, with what was not changed in @task alone;
 * not stored yet */
CptRecord *cpt_task_create_next   (CptDatabase     *database,
                                   const CptRecord *task,
                                   gint64           date);

G_END_DECLS
