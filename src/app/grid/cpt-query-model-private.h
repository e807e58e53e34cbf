/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-query-groups.h"
#include "cpt-query-model.h"
#include "cpt-row-cache.h"

G_BEGIN_DECLS

struct _CptQueryModel
{
  GObject parent_instance;

  CptStore *store;
  CptQuery *query;
  GArray *columns; /* (element-type CptGridColumn) */
  GArray *paths;   /* (element-type CptPath), of @columns */
  CptRowCache *cache;

  GArray *rows;           /* (element-type gint64), shared with workers */
  CptQueryGroups *groups; /* (nullable): how it is divided, or shall be */
  CptSections *shown;     /* (nullable): the groups among @rows */
  guint64 header_version; /* of the rows of groups */
  CptTotals *totals;      /* (nullable): what rows of groups say */
  GArray *total_columns;  /* (nullable) (element-type int): for each column which of them, or -1 */
  gboolean is_complete;
  GCancellable *cancellable; /* (nullable): of the work under way */
  GPtrArray *changes;        /* (element-type CptChangeSet): not looked at yet */
  guint first;               /* on the screen */
  guint last;
};

void     cpt_query_model_start_over (CptQueryModel *self);

/* Groups: cpt-query-model-groups.c */

/* Of the interface */
gboolean cpt_query_model_get_group  (CptGridModel *model,
                                     guint         position,
                                     CptGridGroup *group);
void     cpt_query_model_fold       (CptGridModel *model,
                                     guint         position,
                                     gboolean      folded);
/* What the row of the section with @key says in a column */
void     cpt_query_model_fill_total (CptQueryModel *self,
                                     gint64         key,
                                     guint          column,
                                     CptGridCell   *cell);

G_END_DECLS
