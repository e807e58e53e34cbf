/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-connector.h"
#include "cpt-database.h"
#include "cpt-outbox.h"

G_BEGIN_DECLS

/**
 * CptDeliveryReport:
 * @n_done: effects that were done
 * @n_again: attempts that failed and will be made again
 * @n_failed: effects that were given up
 * @n_unknown: effects of which nobody knows whether they were done
 * @next_due: when somebody has to look at the next one, microseconds since the Unix epoch;
 *   %CPT_OUTBOX_NEVER: nobody has to
 */
typedef struct
{
  guint  n_done;
  guint  n_again;
  guint  n_failed;
  guint  n_unknown;
  gint64 next_due;
} CptDeliveryReport;

/**
 * cpt_delivery_run:
 * @database: a connection
 * @connectors: (element-type CptConnector): what can be brought away
 * @now: microseconds since the Unix epoch
 * @report: (out): what happened
 * @cancellable: (nullable): ends the calls that are under way, too
 * @error: %CPT_ERROR_BUSY while another process does the same, as of any writing;
 *   %G_IO_ERROR_CANCELLED
 *
 * Brings away what is due in the outbox. Before the other side is called, it is written down
 * that it will be; what that has come to is written together with how its run goes on. Who
 * finds a call without an end knows that nobody knows, and does what the kind of the effect
 * allows: it never does again what may have been done. Blocks; calls in its own main context.
 *
 * Returns: whether all was written
 */
gboolean cpt_delivery_run (CptDatabase        *database,
                           GPtrArray          *connectors,
                           gint64              now,
                           CptDeliveryReport  *report,
                           GCancellable       *cancellable,
                           GError            **error);

/**
 * CptDeliveryChoice:
 * @CPT_DELIVERY_RETRY: it is done again, though it may have been done
 * @CPT_DELIVERY_SKIP: it is not done; the run goes on as if it were
 * @CPT_DELIVERY_CONFIRM: it was done, as the person found out
 *
 * What a person decides of something that failed, or that may have been done.
 */
typedef enum
{
  CPT_DELIVERY_RETRY,
  CPT_DELIVERY_SKIP,
  CPT_DELIVERY_CONFIRM,
} CptDeliveryChoice;

/**
 * cpt_delivery_decide:
 * @database: a connection
 * @row: of the outbox
 * @choice: what is to become of it
 * @request: (nullable): what is to be done instead; of %CPT_DELIVERY_RETRY
 * @error: %CPT_ERROR_CONFLICT where it does not wait for a person, %CPT_ERROR_NOT_FOUND
 *
 * Returns: whether it is written
 */
gboolean cpt_delivery_decide (CptDatabase        *database,
                              gint64              row,
                              CptDeliveryChoice   choice,
                              JsonObject         *request,
                              GError            **error);

G_END_DECLS
