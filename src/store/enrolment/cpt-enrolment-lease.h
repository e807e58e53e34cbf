/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"

G_BEGIN_DECLS

/**
 * CptEnrolmentLease:
 * @holder: (owned) (nullable): which device; %NULL: none ever did
 * @fence: how often it went from one device to another
 * @until: when it lapses, microseconds since the Unix epoch
 *
 * Which device runs what happens by itself in a file.
 */
typedef struct
{
  char   *holder;
  gint64  fence;
  gint64  until;
} CptEnrolmentLease;

void     cpt_enrolment_lease_clear (CptEnrolmentLease *self);
/* @self: (out): to be cleared */
gboolean cpt_enrolment_load_lease  (CptDatabase        *database,
                                    CptEnrolmentLease  *self,
                                    GError            **error);
gboolean cpt_enrolment_save_lease  (CptDatabase              *database,
                                    const CptEnrolmentLease  *self,
                                    GError                  **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CptEnrolmentLease, cpt_enrolment_lease_clear)

G_END_DECLS
