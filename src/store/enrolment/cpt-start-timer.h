/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-enrolment.h"

G_BEGIN_DECLS

/**
 * CptStartTimer:
 * @workflow: which workflow it starts
 * @node: the id of the start
 * @settings: what the start said when it was made, as JSON
 * @began: since when, microseconds since the Unix epoch
 * @due: when somebody has to look next; %CPT_ENROLMENT_NEVER: not again
 * @at: what was due until then has begun
 * @until: what is due until then is being begun; %CPT_ENROLMENT_NEVER: nothing is
 * @row: of the record that was looked at last for that
 *
 * How far a start that follows the clock has come.
 */
typedef struct
{
  CptUuid  workflow;
  char    *node;
  char    *settings;
  gint64   began;
  gint64   due;
  gint64   at;
  gint64   until;
  gint64   row;
} CptStartTimer;

void       cpt_start_timer_free         (CptStartTimer *self);
/* (transfer full) (element-type CptStartTimer): those due at @now; %G_MAXINT64: all */
GPtrArray *cpt_start_timer_list         (CptDatabase  *database,
                                         gint64        now,
                                         GError      **error);
/* Writes one; it is known by its workflow and node */
gboolean   cpt_start_timer_save         (CptDatabase          *database,
                                         const CptStartTimer  *self,
                                         GError              **error);
gboolean   cpt_start_timer_remove       (CptDatabase          *database,
                                         const CptStartTimer  *self,
                                         GError              **error);
/* When the next one is due; %CPT_ENROLMENT_NEVER: none is */
gboolean   cpt_start_timer_get_next_due (CptDatabase  *database,
                                         gint64       *due,
                                         GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptStartTimer, cpt_start_timer_free)

G_END_DECLS
