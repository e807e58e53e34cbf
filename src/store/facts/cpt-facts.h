/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"
#include "cpt-filter.h"
#include "cpt-transaction.h"

G_BEGIN_DECLS

/* Rows that one day of one kind of facts can have */
#define CPT_FACTS_MAX_PER_DAY 2000000
/* Rows that one month of them can have, in all days and in its sums */
#define CPT_FACTS_MAX_PER_MONTH (31 * CPT_FACTS_MAX_PER_DAY)
/* Rows that one batch can have */
#define CPT_FACTS_MAX_PER_BATCH 1000000
/* A number is at most this, and at least minus this: sums of all rows stay exact */
#define CPT_FACTS_MAX_NUMBER G_GINT64_CONSTANT (100000000000)

/**
 * CptFactsBatch:
 *
 * Rows of facts that are delivered together: numbers of a day, told apart by a
 * few texts, as ad platforms and other programs report them. The kind of facts
 * is an entity with %CPT_ENTITY_FACTS: its first field is the day, its texts and
 * choices tell rows of a day apart, its numbers and amounts are what is
 * measured. Facts are no records: nobody opens or changes a single one.
 *
 * Pure data, confined to one thread at a time.
 */
typedef struct _CptFactsBatch CptFactsBatch;

CptFactsBatch *cpt_facts_batch_new        (CptSchema       *schema,
                                           const CptEntity *entity);
void           cpt_facts_batch_free       (CptFactsBatch *self);
/**
 * cpt_facts_batch_add:
 * @self: a batch
 * @values: (array): one for each field of the entity, in its order. A text may be
 *   null, which is a value like any other; a number that is null is 0
 * @error: %CPT_ERROR_INVALID where there is no day or it is not between 1990 and 2199,
 *   where a number is beyond %CPT_FACTS_MAX_NUMBER; %CPT_ERROR_LIMIT when the batch is full
 *
 * Adds a row. Of two with the same day and texts the later one counts.
 *
 * Returns: whether it was added; the batch is as before otherwise
 */
gboolean       cpt_facts_batch_add        (CptFactsBatch   *self,
                                           const CptValue  *values,
                                           GError         **error);
guint          cpt_facts_batch_get_n_rows (CptFactsBatch *self);

/**
 * CptFactsCommit:
 * @sequence: of the log entry, 0 when nothing changed
 * @n_added: rows that were not there
 * @n_replaced: rows that were there with other numbers
 * @n_same: rows that were there like this
 * @n_removed: rows that are no longer there, after an undo
 * @n_repeated: rows of the batch that did not count, as a later one has their day and texts
 *
 * What became of a batch.
 */
typedef struct
{
  gint64  sequence;
  guint64 n_added;
  guint64 n_replaced;
  guint64 n_same;
  guint64 n_removed;
  guint64 n_repeated;
} CptFactsCommit;

/**
 * CptFactsDelivery:
 *
 * Batches that are one act: one transaction, one line of the log, one undo.
 * What is there already with the same day and texts is replaced, so that a
 * delivery may come twice, and corrections replace what they correct. Memory is
 * that of one batch. Others can't write to the workspace from the first batch to
 * the end.
 */
typedef struct _CptFactsDelivery CptFactsDelivery;

/**
 * CptFactsSum:
 * @field: what is added up
 * @currency: of amounts, else empty
 * @sum: in the unit of the field; %G_MAXINT64 or %G_MININT64 beyond that
 */
typedef struct
{
  const CptField *field;
  char            currency[4];
  gint64          sum;
} CptFactsSum;

CptFactsDelivery  *cpt_facts_delivery_new      (CptDatabase     *database,
                                                const CptEntity *entity,
                                                CptOrigin        origin);
/* Ends it without storing anything, unless it has ended */
void               cpt_facts_delivery_free     (CptFactsDelivery *self);
/**
 * cpt_facts_delivery_add:
 * @self: a delivery that has not ended
 * @batch: rows; of two in one delivery with the same day and texts the later counts
 * @error: as of writing; %CPT_ERROR_LIMIT beyond %CPT_FACTS_MAX_PER_DAY;
 *   %CPT_ERROR_DAMAGED when what is there can't be read
 *
 * Writes a batch, inside a transaction that is there already or one of its own, for good when the delivery ends. Blocks.
 *
 * Returns: whether it could; after FALSE the delivery can only be freed
 */
gboolean           cpt_facts_delivery_add      (CptFactsDelivery  *self,
                                                CptFactsBatch     *batch,
                                                GError           **error);
/**
 * cpt_facts_delivery_end:
 * @self: a delivery that has not ended
 * @is_kept: FALSE stores nothing: only what would become of the rows was wanted. Not inside a transaction
 * @commit: (out) (optional): what became or would become of them; @sequence is 0 unless kept
 * @error: as of writing
 *
 * Blocks.
 */
gboolean           cpt_facts_delivery_end      (CptFactsDelivery  *self,
                                                gboolean           is_kept,
                                                CptFactsCommit    *commit,
                                                GError           **error);
/* Sums of all rows, those that do not count too, in the order of the fields; borrowed, until it is freed */
const CptFactsSum *cpt_facts_delivery_get_sums (CptFactsDelivery *self,
                                                guint            *n_sums);
/* How many different days they have, the first and the last one; 0 without rows */
guint              cpt_facts_delivery_get_days (CptFactsDelivery *self,
                                                gint64           *first,
                                                gint64           *last);
/* A delivery of one batch, kept */
gboolean           cpt_facts_append            (CptDatabase     *database,
                                                CptFactsBatch   *batch,
                                                CptOrigin        origin,
                                                CptFactsCommit  *commit,
                                                GError         **error);

/**
 * CptFactsExtent:
 * @n_rows: how many there are
 * @first: the first day that has any; meaningless without rows
 * @last: the last one
 *
 * What there is of a kind of facts.
 */
typedef struct
{
  guint64 n_rows;
  gint64  first;
  gint64  last;
} CptFactsExtent;

gboolean       cpt_facts_get_extent       (CptDatabase      *database,
                                           const CptEntity  *entity,
                                           CptFactsExtent   *extent,
                                           GError          **error);

/* @row is of the function that calls, in the thread of the connection; it may be kept by a
 * reference. Returns: whether more is wanted; FALSE with @error when it failed */
typedef gboolean (*CptFactsRowFunc) (CptRecord  *row,
                                     gpointer    data,
                                     GError    **error);

/**
 * cpt_facts_foreach:
 * @database: a connection
 * @entity: a kind of facts
 * @filter: (nullable): on its fields
 * @func: called for each row, newest day first
 * @data: for @func
 * @error: what @func says; %CPT_ERROR_UNSUPPORTED for what facts can't be asked,
 *   %CPT_ERROR_DAMAGED
 *
 * All rows at one moment, in the memory of one day. They are no records: they have neither
 * identifiers nor history. Blocks.
 *
 * Returns: whether all rows were read, or @func wanted no more
 */
gboolean       cpt_facts_foreach          (CptDatabase      *database,
                                           const CptEntity  *entity,
                                           CptFilter        *filter,
                                           CptFactsRowFunc   func,
                                           gpointer          data,
                                           GError          **error);
/**
 * cpt_facts_list:
 * @database: a connection
 * @entity: a kind of facts
 * @filter: (nullable): on its fields
 * @limit: as many rows at most, which is also what memory is taken for
 * @error: %CPT_ERROR_UNSUPPORTED for what facts can't be asked, %CPT_ERROR_DAMAGED
 *
 * Single rows, for somebody who wants to see what a sum is made of: newest day
 * first. They are no records: they have neither identifiers nor history. Blocks.
 *
 * Returns: (transfer full) (element-type CptRecord): values of the fields
 */
GPtrArray     *cpt_facts_list             (CptDatabase      *database,
                                           const CptEntity  *entity,
                                           CptFilter        *filter,
                                           guint             limit,
                                           GError          **error);

typedef void (*CptFactsProgress) (double   fraction,
                                  gpointer data);
/* While a question over facts is answered by the columns @func (nullable) is told how
 * far that is, from 0 to 1, in the thread of the connection */
void           cpt_facts_watch_progress   (CptDatabase      *database,
                                           CptFactsProgress  func,
                                           gpointer          data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptFactsBatch, cpt_facts_batch_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptFactsDelivery, cpt_facts_delivery_free)

G_END_DECLS
