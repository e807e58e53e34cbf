/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"

G_BEGIN_DECLS

/* How long a device that does not come back keeps others from going on, seconds */
#define CPT_AUTOMATION_LEASE_SECONDS 120

/* (transfer full): this machine, as nobody else can know it again: machine-id(5) wants it so */
char    *cpt_automation_dup_holder   (void);

/**
 * cpt_automation_lease_take:
 * @database: a connection
 * @holder: which device
 * @now: by its clock, microseconds since the Unix epoch
 * @fence: (out): for cpt_automation_lease_check()
 * @error: %CPT_ERROR_BUSY while another device has it
 *
 * One device at a time runs what happens by itself. Who has it keeps it by going on; who does not come back for
 * %CPT_AUTOMATION_LEASE_SECONDS loses it to who asks first. A lease that reaches further than that was written by a clock
 * that was wrong, or is read by one, and holds nobody up. Processes of one device have it together.
 *
 * Returns: whether it is taken
 */
gboolean cpt_automation_lease_take   (CptDatabase  *database,
                                      const char   *holder,
                                      gint64        now,
                                      gint64       *fence,
                                      GError      **error);
/* Inside a transaction that only the holder may write: takes it where @fence (inout) is 0, or checks it. By the clock
 * of @database */
gboolean cpt_automation_lease_keep   (CptDatabase  *database,
                                      const char   *holder,
                                      gint64       *fence,
                                      GError      **error);
/**
 * cpt_automation_lease_check:
 * @database: a connection, inside the transaction that only the holder may write
 * @holder: which device
 * @fence: as it was given when it took the lease
 * @now: by its clock, microseconds since the Unix epoch
 * @error: %CPT_ERROR_BUSY when another device has taken over since then
 *
 * Makes sure that it still has the lease, and keeps it. Of two that both believe to have it the one that lost it is refused,
 * whatever its clock says.
 *
 * Returns: whether the transaction may be written
 */
gboolean cpt_automation_lease_check  (CptDatabase  *database,
                                      const char   *holder,
                                      gint64        fence,
                                      gint64        now,
                                      GError      **error);

G_END_DECLS
