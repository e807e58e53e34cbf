/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Doing a bulk change.
 *
 *   rows -> batches: what each record has is compared with what it shall have
 *   -> steps for those that differ -> the door, as one transaction for a few
 *   records, as a unit for many
 *
 * Within a unit each batch is read in the slice that changes it: nobody writes
 * in between. */

#include "config.h"

#include "cpt-bulk-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-database-private.h"
#include "cpt-error.h"
#include "cpt-field-type.h"
#include "cpt-unit-private.h"

/* Up to so many records are one transaction */
#define MAX_AT_ONCE 200
/* How often a transaction is tried again without what was refused */
#define MAX_TRIES 20
/* Between two calls of the progress function, in microseconds */
#define PROGRESS_INTERVAL 100000

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
  GPtrArray *ids;  /* (owned): CptUuid of the records in the transaction, in its order */
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
  g_clear_pointer (&self->ids, g_ptr_array_unref);
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
  self->ids = g_ptr_array_new_with_free_func (g_free);
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

/* Fills @transaction with what has to be done to some rows. @left_out (nullable):
 * CptUuid of records that were refused */
static gboolean
add_batch (Run              *self,
           CptTransaction   *transaction,
           guint             first,
           guint             n_rows,
           GHashTable       *left_out,
           CptBulkProgress  *counts,
           GError          **error)
{
  g_autoptr(CptPage) page = NULL;

  page = cpt_page_load (self->database, self->bulk->schema, self->bulk->entity,
                        (const CptPath *) (gpointer) self->paths->data, self->paths->len,
                        &g_array_index (self->rows, gint64, first), n_rows, error);
  if (page == NULL)
    return FALSE;

  g_ptr_array_set_size (self->ids, 0);
  for (guint i = 0; i < n_rows; i++)
    {
      const CptUuid *id = cpt_page_get_id (page, i);

      counts->n_done++;
      if (!cpt_page_has_row (page, i))
        counts->n_gone++;
      else if (left_out != NULL && g_hash_table_contains (left_out, id))
        counts->n_refused++;
      else if (!is_changed (self, page, i))
        counts->n_same++;
      else
        {
          g_ptr_array_add (self->ids, g_memdup2 (id, sizeof *id));
          add_steps (self, transaction, id);
        }
    }

  return TRUE;
}

/* Refusals */

static void
add_refusal (Run              *self,
             const CptUuid    *id,
             const CptProblem *problem)
{
  CptBulkRefusal *refusal;

  if (self->report->refusals->len >= CPT_BULK_MAX_REFUSALS)
    return;

  refusal = g_new0 (CptBulkRefusal, 1);
  refusal->id = *id;
  refusal->title = cpt_database_dup_title (self->database, self->entity, id);
  if (refusal->title == NULL)
    refusal->title = g_strdup (cpt_entity_get_label (self->entity));
  refusal->field = problem->field == NULL ? NULL : g_strdup (problem->field->name);
  refusal->message = g_strdup (problem->message);
  g_ptr_array_add (self->report->refusals, refusal);
}

/* The records that @problems are about: each is told once. Their number */
static guint
take_problems (Run        *self,
               GPtrArray  *problems,
               GHashTable *left_out)
{
  guint n_steps = self->bulk->changes->len;
  guint n_refused = 0;

  for (guint i = 0; i < problems->len; i++)
    {
      const CptProblem *problem = g_ptr_array_index (problems, i);
      guint index = problem->index / n_steps;
      const CptUuid *id;

      if (index >= self->ids->len)
        continue;
      id = g_ptr_array_index (self->ids, index);
      if (!g_hash_table_add (left_out, g_memdup2 (id, sizeof *id)))
        continue;
      add_refusal (self, id, problem);
      n_refused++;
    }

  return n_refused;
}

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
      counts.n_changed = self->ids->len;
      if (cpt_transaction_is_empty (transaction) ||
          cpt_database_commit (self->database, transaction, &commit, &problems, &own_error))
        {
          self->report->counts = counts;
          self->report->sequence = commit.sequence;
          return TRUE;
        }

      n_refused = problems == NULL ? 0 : take_problems (self, problems, left_out);
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
  guint n_refused;

  if (!add_batch (self, transaction, first, n_rows, NULL, counts, error) ||
      !cpt_unit_commit (self->unit, transaction, NULL, &problems, error))
    return FALSE;

  n_refused = take_problems (self, problems, left_out);
  counts->n_refused += n_refused;
  counts->n_changed += self->ids->len - n_refused;

  return n_refused == 0 || self->bulk->is_lenient || refuse (self, error);
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
