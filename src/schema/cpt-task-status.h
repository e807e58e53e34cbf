/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-record.h"

G_BEGIN_DECLS

/* Done or cancelled; @status (nullable): the name of the choice */
gboolean cpt_task_status_is_over (const char *status);
/* The same of a record of entity "task" */
gboolean cpt_task_is_over        (const CptRecord *task);

G_END_DECLS
