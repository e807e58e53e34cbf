/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Doing a bulk change.
 *
 *   rows -> batches: what each record has is compared with what it shall have
 *   -> steps for those that differ -> the door, as one transaction for a few
 *   records, as a unit for many
 *
 * Within a unit each batch is read in the slice that changes it: nobody writes
 * in between.
 *
 * Records for which the changes mean more come first in each batch: what they
 * take with them is not to be done a second time. */

#include "config.h"

#include "cpt-bulk-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-database-private.h"
#include "cpt-error.h"
#include "cpt-field-type.h"
#include "cpt-transaction-private.h"
#include "cpt-unit-private.h"

/* Up to so many records are one transaction */
#define MAX_AT_ONCE 200
/* How often a transaction is tried again without what was refused */
#define MAX_TRIES 20
/* Between two calls of the progress function, in microseconds */
#define PROGRESS_INTERVAL 100000

/* A record that is changed, and where its steps are in the transaction */
typedef struct
{
  CptUuid id;
  guint first;
  guint end;
  gboolean is_special; /* its steps are of the bulk's function */
} Made;

typedef struct
{
  CptBulk *bulk;
  CptDatabase *database;
  const CptEntity *entity; /* of the connection's schema */
  CptBulkProgressFunc progress;
  gpointer user_data;
  GCancellable *cancellable;
  gint64 last_progress;
  GArray *rows;    /* (owned): of gint64 */
  GArray *paths;   /* (owned): of CptPath: the fields that are changed, each once */
  GArray *columns; /* (owned): of guint: the path of each change */
  GArray *made;    /* (owned): of Made: the records in the transaction, in its order */
  CptUnit *unit;   /* (owned) (nullable) */
  CptBulkReport *report;
} Run;

static void
run_clear (Run *self)
{
  g_clear_pointer (&self->unit, cpt_unit_free);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->paths, g_array_unref);
  g_clear_pointer (&self->columns, g_array_unref);
  g_clear_pointer (&self->made, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

/* Beginning */

static gboolean
refuse_field (const CptField  *field,
              const char      *message,
              GError         **error)
{
  g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
               /* Translators: the name of a field and what is wrong with its value */
               C_("problem", "%s: %s"), cpt_field_get_label (field), message);

  return FALSE;
}

static gboolean
is_set (const CptField *field)
{
  CptValueType type = cpt_field_type_get (field->kind)->value_type;

  return type == CPT_VALUE_TEXTS || type == CPT_VALUE_IDS;
}

/* What is wrong for every record is said before the first one is touched. */
static gboolean
check_change (CptBulkChange  *change,
              GError        **error)
{
  const CptField *field = change->field;
  g_autofree char *message = NULL;

  if (change->kind == CPT_BULK_DELETE)
    return TRUE;
  if (field->flags & CPT_FIELD_READ_ONLY)
    return refuse_field (field, _("Comptoir fills this field in by itself. Leave it as it is."), error);
  if (change->kind != CPT_BULK_SET && !is_set (field))
    return refuse_field (field, _("This field holds one value: set it instead of adding to it."), error);
  if (!cpt_value_is_null (&change->value) && !cpt_field_normalise (field, &change->value, &message))
    return refuse_field (field, message, error);
  if (change->kind == CPT_BULK_SET && cpt_value_is_null (&change->value) && (field->flags & CPT_FIELD_REQUIRED))
    return refuse_field (field, _("This can’t be empty."), error);

  return TRUE;
}

static guint
find_path (Run            *self,
           const CptField *field)
{
  CptPath path;

  for (guint i = 0; i < self->paths->len; i++)
    if (g_array_index (self->paths, CptPath, i).fields[0] == field)
      return i;

  memset (&path, 0, sizeof path);
  if (cpt_path_parse (self->bulk->schema, self->bulk->entity, field->name, &path, NULL))
    g_array_append_val (self->paths, path);

  return self->paths->len - 1;
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  gint64 one = *(const gint64 *) a, other = *(const gint64 *) b;

  return one < other ? -1 : one > other;
}

static void
sort_rows (Run *self)
{
  GArray *sorted = g_array_copy (self->rows);

  g_array_sort (sorted, compare_rows);
  g_array_unref (self->rows);
  self->rows = sorted;
}

static gboolean
begin (Run     *self,
       GError **error)
{
  CptBulk *bulk = self->bulk;

  self->paths = g_array_new (FALSE, TRUE, sizeof (CptPath));
  self->columns = g_array_new (FALSE, TRUE, sizeof (guint));
  self->made = g_array_new (FALSE, FALSE, sizeof (Made));
  for (guint i = 0; i < bulk->changes->len; i++)
    {
      CptBulkChange *change = &g_array_index (bulk->changes, CptBulkChange, i);
      guint column = 0;

      if (!check_change (change, error))
        return FALSE;
      if (change->field != NULL)
        column = find_path (self, change->field);
      g_array_append_val (self->columns, column);
    }

  if (bulk->query != NULL)
    self->rows = cpt_query_get_rows (bulk->query, self->database, 0, 0, error);
  else
    self->rows = bulk->rows == NULL ? g_array_new (FALSE, FALSE, sizeof (gint64)) : g_array_ref (bulk->rows);
  if (self->rows == NULL)
    return FALSE;

  /* What lies side by side in the file is changed together. */
  if (self->rows->len > MAX_AT_ONCE)
    sort_rows (self);
  self->report->counts.n_records = self->rows->len;

  return TRUE;
}

static gboolean
tell_progress (Run       *self,
               gboolean   at_once,
               GError   **error)
{
  gint64 now = g_get_monotonic_time ();

  if (self->progress != NULL && (at_once || now - self->last_progress >= PROGRESS_INTERVAL))
    {
      self->last_progress = now;
      self->progress (&self->report->counts, self->user_data);
    }

  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

/* Steps */

/* What the record will have after all changes; FALSE when that is what it has */
static gboolean
is_changed (Run     *self,
            CptPage *page,
            guint    index)
{
  for (guint column = 0; column < self->paths->len; column++)
    {
      const CptValue *before = cpt_page_get_value (page, index, column);
      g_auto(CptValue) value = CPT_VALUE_INIT;

      cpt_value_copy (before, &value);
      for (guint i = 0; i < self->columns->len; i++)
        {
          const CptBulkChange *change = &g_array_index (self->bulk->changes, CptBulkChange, i);

          if (g_array_index (self->columns, guint, i) != column)
            continue;
          if (change->kind == CPT_BULK_SET)
            cpt_value_copy (&change->value, &value);
          else if (change->kind == CPT_BULK_ADD)
            cpt_value_add_members (&value, &change->value);
          else
            cpt_value_remove_members (&value, &change->value);
        }
      if (!cpt_value_equal (before, &value))
        return TRUE;
    }

  return self->paths->len == 0;
}

static void
add_steps (Run            *self,
           CptTransaction *transaction,
           const CptUuid  *id)
{
  CptBulk *bulk = self->bulk;

  for (guint i = 0; i < bulk->changes->len; i++)
    {
      const CptBulkChange *change = &g_array_index (bulk->changes, CptBulkChange, i);

      switch (change->kind)
        {
        case CPT_BULK_SET:
          cpt_transaction_set (transaction, bulk->entity, id, change->field, &change->value);
          break;

        case CPT_BULK_ADD:
          cpt_transaction_add_members (transaction, bulk->entity, id, change->field, &change->value);
          break;

        case CPT_BULK_REMOVE:
          cpt_transaction_remove_members (transaction, bulk->entity, id, change->field, &change->value);
          break;

        case CPT_BULK_DELETE:
        default:
          cpt_transaction_delete (transaction, bulk->entity, id);
          break;
        }
    }
}

/* Refusals */

static void
add_refusal (Run           *self,
             const CptUuid *id,
             const char    *field,
             const char    *message)
{
  CptBulkRefusal *refusal;

  if (self->report->refusals->len >= CPT_BULK_MAX_REFUSALS)
    return;

  refusal = g_new0 (CptBulkRefusal, 1);
  refusal->id = *id;
  refusal->title = cpt_database_dup_title (self->database, self->entity, id);
  if (refusal->title == NULL)
    refusal->title = g_strdup (cpt_entity_get_label (self->entity));
  refusal->field = g_strdup (field);
  refusal->message = g_strdup (message);
  g_ptr_array_add (self->report->refusals, refusal);
}

/* (nullable): the record that the step is for */
static const Made *
find_made (Run   *self,
           guint  step)
{
  for (guint low = 0, high = self->made->len; low < high;)
    {
      guint middle = (low + high) / 2;
      const Made *made = &g_array_index (self->made, Made, middle);

      if (step < made->first)
        high = middle;
      else if (step >= made->end)
        low = middle + 1;
      else
        return made;
    }

  return NULL;
}

/* The records that @problems are about: each is told once. Their number;
 * @special (out) (optional) (nullable): of one for which the bulk's function made
 * the steps */
static guint
take_problems (Run               *self,
               GPtrArray         *problems,
               GHashTable        *left_out,
               const CptProblem **special)
{
  guint n_refused = 0;

  for (guint i = 0; i < problems->len; i++)
    {
      const CptProblem *problem = g_ptr_array_index (problems, i);
      const Made *made = find_made (self, problem->index);

      if (made == NULL || !g_hash_table_add (left_out, g_memdup2 (&made->id, sizeof made->id)))
        continue;
      add_refusal (self, &made->id, problem->field == NULL ? NULL : problem->field->name, problem->message);
      if (made->is_special && special != NULL)
        *special = problem;
      n_refused++;
    }

  return n_refused;
}

/* Batches */

static gboolean
refuse (Run     *self,
        GError **error)
{
  const CptBulkRefusal *refusal = g_ptr_array_index (self->report->refusals, 0);
  const CptField *field = refusal->field == NULL ? NULL : cpt_entity_find_field (self->entity, refusal->field);

  if (field != NULL)
    g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
                 /* Translators: a record, a field of it, and what is wrong: "Anne Martin: Phone: This can't be empty." */
                 C_("problem", "%s: %s: %s"), refusal->title, cpt_field_get_label (field), refusal->message);
  else
    g_set_error_literal (error, CPT_ERROR, CPT_ERROR_INVALID, refusal->message);

  return FALSE;
}

static GHashTable *
create_ids (void)
{
  return g_hash_table_new_full (cpt_uuid_hash, cpt_uuid_equal, g_free, NULL);
}

/* What is to be done to some rows */
typedef struct
{
  CptPage *page; /* (owned) */
  CptTransaction *transaction;
  GHashTable *left_out; /* CptUuid of records that were refused; more are added */
  GHashTable *special;  /* (owned): CptUuid of those that the bulk's function took to why it refused, or NULL */
  GHashTable *taken;    /* (owned): CptUuid of all records that it made steps for */
  CptBulkProgress *counts;
} Batch;

static void
batch_clear (Batch *self)
{
  g_clear_pointer (&self->page, cpt_page_unref);
  g_clear_pointer (&self->special, g_hash_table_unref);
  g_clear_pointer (&self->taken, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Batch, batch_clear)

static void
note_made (Run            *self,
           CptTransaction *transaction,
           const CptUuid  *id,
           guint           first,
           gboolean        is_special)
{
  Made made = { .id = *id, .first = first, .end = cpt_transaction_get_length (transaction), .is_special = is_special };

  g_array_append_val (self->made, made);
}

static gboolean
add_special (Run     *self,
             Batch   *batch,
             guint    index,
             gint64   row,
             GError **error)
{
  const CptUuid *id = cpt_page_get_id (batch->page, index);
  CptTransaction *transaction = batch->transaction;
  guint first = cpt_transaction_get_length (transaction);
  g_autoptr(GError) problem = NULL;
  gboolean is_made = FALSE;

  if (self->bulk->steps_func (self->bulk, self->database, row, transaction, &is_made, self->bulk->steps_data, &problem))
    {
      if (!is_made)
        return TRUE;
      note_made (self, transaction, id, first, TRUE);
      for (guint i = first; i < cpt_transaction_get_length (transaction); i++)
        g_hash_table_add (batch->taken, g_memdup2 (&cpt_transaction_get_step (transaction, i)->id, sizeof (CptUuid)));
    }
  else if (!g_error_matches (problem, CPT_ERROR, CPT_ERROR_INVALID) &&
           !g_error_matches (problem, CPT_ERROR, CPT_ERROR_UNSUPPORTED))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  else
    {
      cpt_transaction_truncate (transaction, first);
    }
  g_hash_table_insert (batch->special, g_memdup2 (id, sizeof *id), problem != NULL ? g_strdup (problem->message) : NULL);

  return TRUE;
}

static gboolean
add_all_special (Run           *self,
                 Batch         *batch,
                 const gint64  *rows,
                 guint          n_rows,
                 GError       **error)
{
  batch->special = g_hash_table_new_full (cpt_uuid_hash, cpt_uuid_equal, g_free, g_free);
  batch->taken = create_ids ();
  for (guint i = 0; self->bulk->steps_func != NULL && i < n_rows; i++)
    if (cpt_page_has_row (batch->page, i) && !g_hash_table_contains (batch->left_out, cpt_page_get_id (batch->page, i)) &&
        is_changed (self, batch->page, i) && !add_special (self, batch, i, rows[i], error))
      return FALSE;

  return TRUE;
}

/* Whether nothing is left to be done to the record: it was special, or is deleted
 * with one that was. One that was refused by itself may be changed with another. */
static gboolean
is_settled (Run           *self,
            Batch         *batch,
            const CptUuid *id)
{
  gboolean is_taken = g_hash_table_contains (batch->taken, id);
  gpointer message = NULL;

  if (!g_hash_table_lookup_extended (batch->special, id, NULL, &message) && (!is_taken || self->paths->len > 0))
    return FALSE;

  if (message != NULL && !is_taken)
    {
      g_hash_table_add (batch->left_out, g_memdup2 (id, sizeof *id));
      add_refusal (self, id, NULL, message);
      batch->counts->n_refused++;
    }
  else
    {
      batch->counts->n_changed++;
    }

  return TRUE;
}

static void
add_plain (Run   *self,
           Batch *batch,
           guint  index)
{
  const CptUuid *id = cpt_page_get_id (batch->page, index);
  guint first = cpt_transaction_get_length (batch->transaction);

  batch->counts->n_done++;
  if (!cpt_page_has_row (batch->page, index))
    batch->counts->n_gone++;
  else if (g_hash_table_contains (batch->left_out, id))
    batch->counts->n_refused++;
  else if (!is_changed (self, batch->page, index))
    batch->counts->n_same++;
  else if (!is_settled (self, batch, id))
    {
      batch->counts->n_changed++;
      add_steps (self, batch->transaction, id);
      note_made (self, batch->transaction, id, first, FALSE);
    }
}

/* Fills @transaction with what has to be done to some rows. @left_out: CptUuid of
 * records that were refused */
static gboolean
add_batch (Run              *self,
           CptTransaction   *transaction,
           guint             first,
           guint             n_rows,
           GHashTable       *left_out,
           CptBulkProgress  *counts,
           GError          **error)
{
  const gint64 *rows = &g_array_index (self->rows, gint64, first);
  g_auto(Batch) batch = { .transaction = transaction, .left_out = left_out, .counts = counts };

  batch.page = cpt_page_load (self->database, self->bulk->schema, self->bulk->entity,
                              (const CptPath *) (gpointer) self->paths->data, self->paths->len, rows, n_rows, error);
  if (batch.page == NULL)
    return FALSE;

  g_array_set_size (self->made, 0);
  if (!add_all_special (self, &batch, rows, n_rows, error))
    return FALSE;
  for (guint i = 0; i < n_rows; i++)
    add_plain (self, &batch, i);

  return TRUE;
}

/* A few records: one transaction, tried again without what was refused */

static gboolean
run_at_once (Run     *self,
             GError **error)
{
  g_autoptr(GHashTable) left_out = create_ids ();
  g_autofree char *label = cpt_bulk_dup_label (self->bulk, self->rows->len);

  for (guint i = 0; i < MAX_TRIES; i++)
    {
      g_autoptr(CptTransaction) transaction = cpt_transaction_new (self->bulk->origin, label);
      g_autoptr(GError) own_error = NULL;
      GPtrArray *problems = NULL;
      CptBulkProgress counts = { .n_records = self->rows->len };
      CptCommit commit = { 0 };
      guint n_refused;

      if (self->rows->len > 0 && !add_batch (self, transaction, 0, self->rows->len, left_out, &counts, error))
        return FALSE;
      self->report->counts.n_refused = counts.n_refused;
      if (counts.n_refused > 0 && !self->bulk->is_lenient)
        return refuse (self, error);
      if (cpt_transaction_is_empty (transaction) ||
          cpt_database_commit (self->database, transaction, &commit, &problems, &own_error))
        {
          self->report->counts = counts;
          self->report->sequence = commit.sequence;
          return TRUE;
        }

      n_refused = problems == NULL ? 0 : take_problems (self, problems, left_out, NULL);
      g_clear_pointer (&problems, g_ptr_array_unref);
      self->report->counts.n_refused += n_refused;
      if (n_refused > 0 && !self->bulk->is_lenient)
        return refuse (self, error);
      if (n_refused == 0 || i + 1 == MAX_TRIES)
        {
          g_propagate_error (error, g_steal_pointer (&own_error));
          return FALSE;
        }
    }

  return FALSE;
}

/* Many: a unit */

static gboolean
run_batch (Run     *self,
           guint    first,
           guint    n_rows,
           GError **error)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (self->bulk->origin, NULL);
  g_autoptr(GHashTable) left_out = create_ids ();
  g_autoptr(GPtrArray) problems = NULL;
  CptBulkProgress *counts = &self->report->counts;
  const CptProblem *special = NULL;
  guint64 n_refused = counts->n_refused;
  guint n_unmade;

  if (!add_batch (self, transaction, first, n_rows, left_out, counts, error) ||
      !cpt_unit_commit (self->unit, transaction, NULL, &problems, error))
    return FALSE;

  n_unmade = take_problems (self, problems, left_out, &special);
  counts->n_refused += n_unmade;
  counts->n_changed -= n_unmade;

  /* The unit keeps what was not refused: of a special record, that is half of it. */
  if (special != NULL)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_INVALID, special->message);
      return FALSE;
    }

  return counts->n_refused == n_refused || self->bulk->is_lenient || refuse (self, error);
}

static gboolean
run_in_unit (Run     *self,
             GError **error)
{
  g_autofree char *label = cpt_bulk_dup_label (self->bulk, self->rows->len);
  guint step;

  self->unit = cpt_unit_begin (self->database, self->bulk->origin, label, error);
  if (self->unit == NULL)
    return FALSE;

  for (guint first = 0; first < self->rows->len; first += step)
    {
      if (!tell_progress (self, FALSE, error) || !cpt_unit_open_slice (self->unit, error))
        return FALSE;
      step = MAX (cpt_unit_get_n_steps (self->unit) / self->bulk->changes->len, 1);
      if (!run_batch (self, first, MIN (step, self->rows->len - first), error))
        return FALSE;
    }

  if (!tell_progress (self, TRUE, error))
    return FALSE;
  if (self->report->counts.n_changed == 0)
    return cpt_unit_abort (self->unit, error);

  return cpt_unit_finish (self->unit, &self->report->sequence, error);
}

gboolean
cpt_bulk_run (CptBulk              *self,
              CptDatabase          *database,
              CptBulkProgressFunc   progress,
              gpointer              user_data,
              GCancellable         *cancellable,
              CptBulkReport       **report,
              GError              **error)
{
  g_autoptr(CptBulkReport) own_report = cpt_bulk_report_new ();
  g_auto(Run) run = {
    .bulk = self,
    .database = database,
    .entity = cpt_database_localise (database, self->entity),
    .progress = progress,
    .user_data = user_data,
    .cancellable = cancellable,
    .report = own_report,
  };
  gboolean done;

  g_return_val_if_fail (self->changes->len > 0, FALSE);

  if (run.entity == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("There is no kind of record “%s”."), self->entity->name);
      return FALSE;
    }

  if (cancellable != NULL)
    cpt_database_watch (database, cancellable);
  done = begin (&run, error) && (run.rows->len <= MAX_AT_ONCE ? run_at_once (&run, error) : run_in_unit (&run, error));
  if (!done)
    own_report->counts.n_changed = 0;
  g_clear_pointer (&run.unit, cpt_unit_free);
  if (cancellable != NULL)
    cpt_database_watch (database, NULL);
  if (report != NULL)
    *report = g_steal_pointer (&own_report);

  return done;
}
