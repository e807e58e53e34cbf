/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-enrolment.h"

G_BEGIN_DECLS

/**
 * CptEnrolmentFormer:
 * @before: (owned): the enrolment as it was; it was under way
 * @after: the state that it was given
 * @waiters: where it waited for something to happen, as cpt_enrolment_dup_waiters() has it
 * @step: the last step that there was when it was moved
 *
 * What an enrolment was before it was taken into another version.
 */
typedef struct
{
  CptEnrolment *before;
  char         *after;
  char         *waiters;
  gint64        step;
} CptEnrolmentFormer;

void       cpt_enrolment_former_free          (CptEnrolmentFormer *self);

/* Inside a transaction: that enrolments of @workflow were taken into @version. Returns its number; 0 with @error */
gint64     cpt_enrolment_migration_add        (CptDatabase    *database,
                                               const CptUuid  *workflow,
                                               guint           version,
                                               gint64          at,
                                               GError        **error);
gboolean   cpt_enrolment_migration_keep       (CptDatabase               *database,
                                               gint64                     migration,
                                               const CptEnrolmentFormer  *former,
                                               GError                   **error);
/* The last one of @workflow that was not undone; @migration is 0 when there is none */
gboolean   cpt_enrolment_migration_find_last  (CptDatabase    *database,
                                               const CptUuid  *workflow,
                                               gint64         *migration,
                                               GError        **error);
/* (transfer full) (element-type CptEnrolmentFormer): behind the row @after, in the order of the rows. @before is read
 * from what is there now, and has what it had */
GPtrArray *cpt_enrolment_migration_list       (CptDatabase  *database,
                                               gint64        migration,
                                               gint64        after,
                                               guint         limit,
                                               GError      **error);
/* Whether something happened to it since then: more than that it waits for a person */
gboolean   cpt_enrolment_migration_has_gone_on (CptDatabase               *database,
                                                const CptEnrolmentFormer  *former,
                                                gboolean                  *has_gone_on,
                                                GError                   **error);
gboolean   cpt_enrolment_migration_set_undone (CptDatabase  *database,
                                               gint64        migration,
                                               gint64        at,
                                               GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptEnrolmentFormer, cpt_enrolment_former_free)

G_END_DECLS
