/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-enrolment.h"

G_BEGIN_DECLS

/**
 * CptEnrolmentHold:
 * @workflow: an id
 * @since: since when its time stands still, microseconds since the Unix epoch
 *
 * A workflow that is held: what its runs wait for counts on when it goes on.
 */
typedef struct
{
  CptUuid workflow;
  gint64  since;
} CptEnrolmentHold;

/* (transfer full) (element-type CptEnrolmentHold) (nullable): workflows that were put on hold, or taken off (@is_ended),
 * without anybody having seen to it yet; @since of the former is 0 */
GArray   *cpt_enrolment_list_holds (CptDatabase  *database,
                                    gboolean      is_ended,
                                    GError      **error);
/* Since when time stands still there; %CPT_ENROLMENT_NEVER: it does not */
gboolean  cpt_enrolment_find_hold  (CptDatabase    *database,
                                    const CptUuid  *workflow,
                                    gint64         *since,
                                    GError        **error);
/* @since: %CPT_ENROLMENT_NEVER ends it */
gboolean  cpt_enrolment_set_hold   (CptDatabase    *database,
                                    const CptUuid  *workflow,
                                    gint64          since,
                                    GError        **error);

G_END_DECLS
