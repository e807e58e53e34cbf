/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-enrolment.h"

G_BEGIN_DECLS

/**
 * CptEnrolmentWaiter:
 * @enrolment: (owned): which one
 * @node: where it waits for something to happen with its subject
 * @visit: which visit of it
 *
 * One that has to be told what happens.
 */
typedef struct
{
  CptEnrolment *enrolment;
  char         *node;
  guint         visit;
} CptEnrolmentWaiter;

void       cpt_enrolment_waiter_free   (CptEnrolmentWaiter *self);
/* That @enrolment waits there for what happens with its subject behind everything that is in the log now */
gboolean   cpt_enrolment_add_waiter    (CptDatabase         *database,
                                        const CptEnrolment  *enrolment,
                                        const char          *node,
                                        guint                visit,
                                        GError             **error);
gboolean   cpt_enrolment_remove_waiter (CptDatabase         *database,
                                        const CptEnrolment  *enrolment,
                                        const char          *node,
                                        guint                visit,
                                        GError             **error);
/* Wherever it waits */
gboolean   cpt_enrolment_remove_waiters (CptDatabase         *database,
                                         const CptEnrolment  *enrolment,
                                         GError             **error);
/* What waited at @from waits at @to, for what is behind the same line of the log */
gboolean   cpt_enrolment_move_waiter   (CptDatabase         *database,
                                        const CptEnrolment  *enrolment,
                                        const char          *from,
                                        guint                from_visit,
                                        const char          *to,
                                        guint                to_visit,
                                        GError             **error);
/* (transfer full) (nullable) (element-type utf8) a set: where @enrolment waits, the visit and the node with a blank between */
GHashTable *cpt_enrolment_list_places  (CptDatabase         *database,
                                        const CptEnrolment  *enrolment,
                                        GError             **error);
/* (transfer full) (nullable): the same with since when, as text for cpt_enrolment_restore_waiters() */
char      *cpt_enrolment_dup_waiters   (CptDatabase         *database,
                                        const CptEnrolment  *enrolment,
                                        GError             **error);
/* It waits there, since then, and nowhere else */
gboolean   cpt_enrolment_restore_waiters (CptDatabase         *database,
                                          const CptEnrolment  *enrolment,
                                          const char          *waiters,
                                          GError             **error);
/**
 * cpt_enrolment_list_waiters:
 * @database: a connection
 * @subject: with whom something happened
 * @sequence: in which line of the log
 * @error: as of any reading
 *
 * Those who wait for what happens with @subject since before @sequence. Takes no longer when
 * millions wait for others.
 *
 * Returns: (transfer full) (element-type CptEnrolmentWaiter) (nullable): %NULL with @error
 */
GPtrArray *cpt_enrolment_list_waiters  (CptDatabase    *database,
                                        const CptUuid  *subject,
                                        gint64          sequence,
                                        GError        **error);
/* Whether anybody waits, and for what is behind which line of the log; %G_MAXINT64: nobody */
gboolean   cpt_enrolment_find_waiting  (CptDatabase  *database,
                                        gint64       *since,
                                        GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptEnrolmentWaiter, cpt_enrolment_waiter_free)

G_END_DECLS
