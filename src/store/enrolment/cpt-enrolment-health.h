/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"

G_BEGIN_DECLS

/**
 * CptEnrolmentHealth:
 * @since: since when is counted, microseconds since the Unix epoch; 0: nothing is
 * @n_well: runs and effects that went well since then
 * @n_failed: those that did not
 *
 * How a workflow does. Nothing is counted while nothing fails.
 */
typedef struct
{
  gint64 since;
  gint64 n_well;
  gint64 n_failed;
} CptEnrolmentHealth;

gboolean cpt_enrolment_load_health (CptDatabase         *database,
                                    const CptUuid       *workflow,
                                    CptEnrolmentHealth  *self,
                                    GError             **error);
/* One whose @since is 0 is forgotten */
gboolean cpt_enrolment_save_health (CptDatabase               *database,
                                    const CptUuid             *workflow,
                                    const CptEnrolmentHealth  *self,
                                    GError                   **error);

G_END_DECLS
