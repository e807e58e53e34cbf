/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"

G_BEGIN_DECLS

/**
 * CptEnrolmentTally:
 * @node: the id of a node
 * @what: as of steps (“left”), or the state of who stands there (“timer”, “parked”)
 * @detail: (nullable): of a step that was left, by which outcome
 * @count: how many
 *
 * What was counted at one node.
 */
typedef struct
{
  char    *node;
  char    *what;
  char    *detail;
  guint64  count;
} CptEnrolmentTally;

void       cpt_enrolment_tally_free   (CptEnrolmentTally *self);
/**
 * cpt_enrolment_count_steps:
 * @database: a connection
 * @workflow: an id
 * @error: as of any reading
 *
 * What happened in all runs of a workflow, whatever version they follow. Reads all their steps: for
 * a reading thread.
 *
 * Returns: (transfer full) (element-type CptEnrolmentTally) (nullable): %NULL with @error
 */
GPtrArray *cpt_enrolment_count_steps  (CptDatabase    *database,
                                       const CptUuid  *workflow,
                                       GError        **error);
/* Where those stand who are under way; likewise. States that can't be read are left out */
GPtrArray *cpt_enrolment_count_places (CptDatabase    *database,
                                       const CptUuid  *workflow,
                                       GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptEnrolmentTally, cpt_enrolment_tally_free)

G_END_DECLS
