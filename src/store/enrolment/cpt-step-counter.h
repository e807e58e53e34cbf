/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"

G_BEGIN_DECLS

/**
 * cpt_step_counter_read:
 * @database: a connection
 * @workflow: an id
 * @node: the id of a node
 * @period: (out): of what it counts, as the engine numbers it
 * @count: (out): how many; 0 where nothing was counted yet
 * @error: as of any reading
 *
 * What a step counts for all who come there, whatever version they follow: whose turn it is, how
 * many went on today. It belongs to the device that runs the automation, and is not in the log.
 *
 * Returns: whether it could be read
 */
gboolean cpt_step_counter_read  (CptDatabase    *database,
                                 const CptUuid  *workflow,
                                 const char     *node,
                                 gint64         *period,
                                 gint64         *count,
                                 GError        **error);
/* Within the transaction of the step that counts */
gboolean cpt_step_counter_write (CptDatabase    *database,
                                 const CptUuid  *workflow,
                                 const char     *node,
                                 gint64          period,
                                 gint64          count,
                                 GError        **error);

G_END_DECLS
