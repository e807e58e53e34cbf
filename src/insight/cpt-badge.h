/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-goal.h"

G_BEGIN_DECLS

#define CPT_BADGE_ENTITY "badge"

/**
 * CptBadge:
 * @user: who has it
 * @id: of its record
 * @name: of the badge
 * @icon: "star", "medal", "rise" or "flag"
 *
 * A badge that somebody has earned at present.
 */
typedef struct
{
  CptUuid  user;
  CptUuid  id;
  char    *name;
  char    *icon;
} CptBadge;

void       cpt_badge_free   (CptBadge *self);

/**
 * cpt_badges_read:
 * @database: a connection, on its own thread
 * @error: return location for an error
 *
 * Who has earned which badges, by the rules in force. Who is first has the largest number of
 * everybody, or of a team; where a rise of the metric is bad the smallest. Nothing at all is
 * never first. Who rose most has the largest rise in percent since the same part of the period
 * before, above nothing. Of equals each has it. A rule that can't be asked gives nobody a badge.
 *
 * Returns: (transfer full) (element-type CptBadge): by the names of badges; none while badges
 *   are switched off
 */
GPtrArray *cpt_badges_read  (CptDatabase  *database,
                             GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptBadge, cpt_badge_free)

G_END_DECLS
