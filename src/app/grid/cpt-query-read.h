/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-query-groups.h"

G_BEGIN_DECLS

/* Which rows a list has: what a model asks workers. */

#define CPT_QUERY_FIRST_ROWS 128

typedef struct _CptQueryReading CptQueryReading;

/**
 * CptQueryFound:
 * @rows: (element-type gint64): in order
 * @page: (nullable): their values, of the first rows
 * @groups: (nullable): of a list that is divided
 *
 * What was found.
 */
typedef struct
{
  GArray         *rows;
  CptPage        *page;
  CptQueryGroups *groups;
} CptQueryFound;

/* Copies everything; @groups (nullable) */
CptQueryReading *cpt_query_reading_new  (const CptQuery       *query,
                                         const CptQueryGroups *groups,
                                         const CptPath        *columns,
                                         guint                 n_columns);
void             cpt_query_reading_free (gpointer data);
void             cpt_query_found_free   (CptQueryFound *self);

/* Of type #CptStoreFunc, with a #CptQueryReading; they give a #CptQueryFound:
 * the first rows with their values, all rows, all groups with their rows */
gpointer         cpt_query_read_first   (CptDatabase   *database,
                                         gpointer       data,
                                         GCancellable  *cancellable,
                                         GError       **error);
gpointer         cpt_query_read_all     (CptDatabase   *database,
                                         gpointer       data,
                                         GCancellable  *cancellable,
                                         GError       **error);
gpointer         cpt_query_read_groups  (CptDatabase   *database,
                                         gpointer       data,
                                         GCancellable  *cancellable,
                                         GError       **error);

G_END_DECLS
