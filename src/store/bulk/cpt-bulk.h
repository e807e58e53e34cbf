/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-query.h"
#include "cpt-transaction.h"

G_BEGIN_DECLS

/* Most changes of one record that one bulk can hold */
#define CPT_BULK_MAX_CHANGES 50
/* Refused records that are told one by one */
#define CPT_BULK_MAX_REFUSALS 100

typedef enum
{
  CPT_BULK_SET, /* null clears */
  CPT_BULK_ADD, /* members of a set */
  CPT_BULK_REMOVE,
  CPT_BULK_DELETE, /* the whole record, to the trash */
} CptBulkKind;

/**
 * CptBulk:
 *
 * The same changes for many records: one act for people, however many there
 * are. Built anywhere, run on a worker; not to be changed while it runs.
 */
typedef struct _CptBulk CptBulk;

/**
 * CptBulkProgress:
 * @n_records: that it is about
 * @n_done: looked at so far
 * @n_changed: changed or deleted; 0 in the report of one that failed or was cancelled, since nothing is kept
 * @n_same: had the values already
 * @n_gone: deleted by somebody else meanwhile
 * @n_refused: left out because a rule says no
 *
 * How far it came.
 */
typedef struct
{
  guint64 n_records;
  guint64 n_done;
  guint64 n_changed;
  guint64 n_same;
  guint64 n_gone;
  guint64 n_refused;
} CptBulkProgress;

/**
 * CptBulkRefusal:
 * @id: of the record
 * @title: its title
 * @field: (nullable): name of the field, if it is about one
 * @message: translated, one sentence
 *
 * A record that was left out, and why.
 */
typedef struct
{
  CptUuid id;
  char   *title;
  char   *field;
  char   *message;
} CptBulkRefusal;

/**
 * CptBulkReport:
 * @counts: at the end
 * @sequence: what undo takes; 0 when nothing changed
 * @refusals: (element-type CptBulkRefusal): the first ones
 *
 * What became of it.
 */
typedef struct
{
  CptBulkProgress counts;
  gint64          sequence;
  GPtrArray      *refusals;
} CptBulkReport;

/**
 * CptBulkStepsFunc:
 * @bulk: what is done to every record; see cpt_bulk_get_change()
 * @database: the connection that stores it
 * @row: of a record that the changes would change
 * @transaction: for its steps
 * @is_made: (out): whether the steps for this record are in @transaction; %FALSE
 *   for one that is changed as any other
 * @user_data: of cpt_bulk_set_steps_func()
 * @error: %CPT_ERROR_INVALID or %CPT_ERROR_UNSUPPORTED refuses this record, as a
 *   rule would: what is in @transaction then is taken out; anything else stops
 *   everything
 *
 * What the changes mean for a record for which they mean more than its own
 * fields. The steps may name other records.
 *
 * Returns: %FALSE with @error
 */
typedef gboolean (*CptBulkStepsFunc) (CptBulk         *bulk,
                                      CptDatabase     *database,
                                      gint64           row,
                                      CptTransaction  *transaction,
                                      gboolean        *is_made,
                                      gpointer         user_data,
                                      GError         **error);

typedef void (*CptBulkProgressFunc) (const CptBulkProgress *progress,
                                     gpointer               user_data);

/**
 * cpt_bulk_new:
 * @schema: what @entity belongs to
 * @entity: kind of the records
 * @origin: who asks: %CPT_ORIGIN_FORM, %CPT_ORIGIN_COMMAND
 *
 * Returns: (transfer full): a bulk that does nothing to no record
 */
CptBulk       *cpt_bulk_new         (CptSchema       *schema,
                                     const CptEntity *entity,
                                     CptOrigin        origin);
void           cpt_bulk_free        (CptBulk *self);
/* Changes are made in the order in which they are given. @value (nullable): null
 * for %CPT_BULK_SET clears; NULL for %CPT_BULK_DELETE, which stands alone. */
void           cpt_bulk_add_change  (CptBulk        *self,
                                     CptBulkKind     kind,
                                     const CptField *field,
                                     const CptValue *value);
guint          cpt_bulk_get_n_changes (CptBulk *self);
/* (out) (transfer none) (nullable): as it was added */
void           cpt_bulk_get_change  (CptBulk         *self,
                                     guint            number,
                                     CptBulkKind     *kind,
                                     const CptField **field,
                                     const CptValue **value);
/* @func makes the steps of some records, on the worker that runs it; of such a
 * record in many, one refused step stops everything */
void           cpt_bulk_set_steps_func (CptBulk          *self,
                                        CptBulkStepsFunc  func,
                                        gpointer          user_data,
                                        GDestroyNotify    destroy);
/* Whether records that a rule refuses are left out; otherwise one refusal stops
 * everything, as it does at first */
void           cpt_bulk_set_lenient (CptBulk  *self,
                                     gboolean  is_lenient);
/* Exactly these rows; copied */
void           cpt_bulk_set_rows    (CptBulk      *self,
                                     const gint64 *rows,
                                     guint         n_rows);
/* All records that @query finds when it is run, in its order; copied */
void           cpt_bulk_set_query   (CptBulk        *self,
                                     const CptQuery *query);
/* "Change Owner of 1,204 Contacts" */
char          *cpt_bulk_dup_label   (CptBulk *self,
                                     guint64  n_records);

/**
 * cpt_bulk_run:
 * @self: what to do
 * @database: a connection for writing
 * @progress: (nullable): called on this thread about ten times a second
 * @user_data: for @progress
 * @cancellable: (nullable): stops it; nothing is left then
 * @report: (out): also set when it was refused, with the refusals
 * @error: return location for an error
 *
 * Does it: one undoable act, all or nothing also after a crash. A few records
 * are one transaction; many are a unit in slices, between which others write.
 *
 * Returns: %TRUE if it was done, also when nothing had to be changed
 */
gboolean       cpt_bulk_run         (CptBulk              *self,
                                     CptDatabase          *database,
                                     CptBulkProgressFunc   progress,
                                     gpointer              user_data,
                                     GCancellable         *cancellable,
                                     CptBulkReport       **report,
                                     GError              **error);
/* How many records it is about at present */
gboolean       cpt_bulk_count       (CptBulk      *self,
                                     CptDatabase  *database,
                                     guint64      *count,
                                     GError      **error);
void           cpt_bulk_report_free (CptBulkReport *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptBulk, cpt_bulk_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptBulkReport, cpt_bulk_report_free)

G_END_DECLS
