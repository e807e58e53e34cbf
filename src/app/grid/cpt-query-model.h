/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-grid-model.h"
#include "cpt-grouping.h"
#include "cpt-store.h"
#include "cpt-totals.h"

G_BEGIN_DECLS

#define CPT_TYPE_QUERY_MODEL (cpt_query_model_get_type ())

G_DECLARE_FINAL_TYPE (CptQueryModel, cpt_query_model, CPT, QUERY_MODEL, GObject)

/* The records of a query for a data grid. Beside the model's "changed" there is
 * "updated" (): the length is final or the work began or ended; "failed"
 * (GError *error); and "folded" (): the person folded or opened a group. */

/* Takes @query; @columns NULL-terminated paths; those that do not exist are left out */
CptQueryModel *cpt_query_model_new         (CptStore          *store,
                                            CptQuery          *query,
                                            const char *const *columns);
/* As above; the rows stay as they are */
void           cpt_query_model_set_columns (CptQueryModel     *self,
                                            const char *const *columns);
/* Of the schema that the model was made with; not to be changed */
CptQuery      *cpt_query_model_get_query   (CptQueryModel *self);
/* Takes @query, of the same entity and schema; reads everything anew */
void           cpt_query_model_set_query   (CptQueryModel *self,
                                            CptQuery      *query);
/* FALSE while only the first rows are known */
gboolean       cpt_query_model_is_complete (CptQueryModel *self);
/* Whether rows are being looked for */
gboolean       cpt_query_model_is_busy     (CptQueryModel *self);
/* Divides it into groups, or no longer when @grouping is %NULL, and reads
 * everything anew. @folded (nullable): those that show no rows, as
 * cpt_query_model_dup_folded() gives them */
void           cpt_query_model_set_grouping (CptQueryModel     *self,
                                             const CptGrouping *grouping,
                                             const char        *folded);
/* (nullable) */
const CptGrouping *cpt_query_model_get_grouping (CptQueryModel *self);
void           cpt_query_model_fold_all    (CptQueryModel *self,
                                            gboolean       folded);
/* Never %NULL */
char          *cpt_query_model_dup_folded  (CptQueryModel *self);
/* What rows that name groups say: @columns (element-type int): for each column
 * which of @totals (nullable), or -1; until the columns change */
void           cpt_query_model_set_totals  (CptQueryModel *self,
                                            CptTotals     *totals,
                                            GArray        *columns);
/* Records, where the length counts rows that name groups too */
guint          cpt_query_model_get_n_records (CptQueryModel *self);
/* FALSE when the row has not been read yet, and for those that name groups */
gboolean       cpt_query_model_get_id      (CptQueryModel *self,
                                            guint          position,
                                            CptUuid       *id);
/* (nullable): NULL when the row has not been read yet */
const CptValue *cpt_query_model_get_value  (CptQueryModel *self,
                                            guint          position,
                                            guint          column);
/* Reads again what a transaction changed, and nothing else */
void           cpt_query_model_apply       (CptQueryModel *self,
                                            CptChangeSet  *set);
/* (transfer full) (element-type gint64): the rows in order as known now, below
 * 0 where they name groups; shared with workers: not to be changed */
GArray        *cpt_query_model_ref_rows    (CptQueryModel *self);

G_END_DECLS
