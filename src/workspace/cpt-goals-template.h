/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-transaction.h"

G_BEGIN_DECLS

/**
 * cpt_goals_template_create:
 * @database: a connection
 * @origin: who asks
 * @error: CPT_ERROR_INVALID should a part of it not be readable
 *
 * A dashboard of goals: how far they are, who leads by revenue, deals and conversion, what teams do, and
 * where revenue goes; with two badges where the workspace has none.
 *
 * Returns: (transfer full): what makes it, to be committed
 */
CptTransaction *cpt_goals_template_create (CptDatabase  *database,
                                           CptOrigin     origin,
                                           GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
