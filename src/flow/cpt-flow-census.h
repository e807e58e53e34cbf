/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"
#include "cpt-flow-picture.h"

G_BEGIN_DECLS

/**
 * cpt_flow_numbers_read:
 * @database: a connection
 * @workflow: the id of a workflow
 * @error: as of any reading
 *
 * How many runs wait at each node, have passed it and are parked there, and which way they
 * went, over all versions.
 *
 * Returns: (transfer full) (nullable): %NULL with @error
 */
CptFlowNumbers *cpt_flow_numbers_read (CptDatabase    *database,
                                       const CptUuid  *workflow,
                                       GError        **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
