/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"

G_BEGIN_DECLS

/* A workflow stops by itself when so many of its steps failed within so many minutes, and these are at least one in so
 * many of all that went on since the first of them */
#define CPT_BREAKER_FAILURES 20
#define CPT_BREAKER_MINUTES 15
#define CPT_BREAKER_SHARE 4

/**
 * CptBreakerCount:
 * @n_well: how many runs or effects went well
 * @n_failed: how many did not, and wait for a person
 * @why: (nullable): a sentence of the last one that failed
 */
typedef struct
{
  guint       n_well;
  guint       n_failed;
  const char *why;
} CptBreakerCount;

/**
 * cpt_automation_breaker_add:
 * @database: a connection, inside a transaction
 * @workflow: the id of a workflow
 * @count: what is to be counted
 * @now: microseconds since the Unix epoch
 * @is_stopped: (out): whether the workflow rests from now on
 * @error: as of any writing
 *
 * Counts, and puts a workflow on hold in which too much fails, so that a mistake reaches some and not all. A person lets
 * it go on.
 *
 * Returns: whether it is written
 */
gboolean cpt_automation_breaker_add (CptDatabase            *database,
                                     const CptUuid          *workflow,
                                     const CptBreakerCount  *count,
                                     gint64                  now,
                                     gboolean               *is_stopped,
                                     GError                **error);

G_END_DECLS
