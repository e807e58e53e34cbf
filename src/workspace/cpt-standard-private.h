/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-workspace.h"

G_BEGIN_DECLS

/* What every new workspace has: the first user, a pipeline with stages and a
 * dashboard, in the language of the session, as one transaction. The user
 * becomes the connection's author. */
gboolean cpt_standard_fill (CptDatabase  *database,
                            GError      **error);

G_END_DECLS
