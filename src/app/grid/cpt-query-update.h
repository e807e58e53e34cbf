/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-log.h"
#include "cpt-query-groups.h"
#include "cpt-row-edit.h"

G_BEGIN_DECLS

/* What transactions do to a list: worked out on a worker from the rows that it
 * had and the changes. */

typedef struct _CptQueryUpdateJob CptQueryUpdateJob;

/**
 * CptQueryUpdate:
 * @groups: (nullable): of a list that is divided, as they are now
 * @rows: (element-type gint64): the rows as they are now
 * @edits: (element-type CptRowEdit): the way there from the rows that it had
 */
typedef struct
{
  CptQueryGroups *groups;
  GArray         *rows;
  GArray         *edits;
} CptQueryUpdate;

/* NULL when none of @sets can change which rows there are or their order.
 * Refers to @rows, copies the rest. @groups (nullable): how it is divided, with
 * its sections */
CptQueryUpdateJob *cpt_query_update_job_new  (CptQuery       *query,
                                              CptQueryGroups *groups,
                                              GArray         *rows,
                                              GPtrArray      *sets);
void               cpt_query_update_job_free (gpointer job);
/* A #CptStoreFunc; gives a CptQueryUpdate */
gpointer           cpt_query_update_run      (CptDatabase   *database,
                                              gpointer       data,
                                              GCancellable  *cancellable,
                                              GError       **error);
void               cpt_query_update_free     (CptQueryUpdate *self);
/* Whether a list with these columns shows something of records of @entity
 * through links */
gboolean           cpt_query_shows_entity    (const CptPath *columns,
                                              guint          n_columns,
                                              const char    *entity);
/* Whether which records a query gives, or their order, hangs on records of
 * @entity through links */
gboolean           cpt_query_reaches         (const CptQuery *query,
                                              const char     *entity);

G_END_DECLS
