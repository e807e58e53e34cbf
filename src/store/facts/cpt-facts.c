/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Storing facts: days are rewritten as a whole, the sums of their months follow
 * within the same transaction from what changed alone, and what was there before
 * is kept for undo. */

#include "config.h"

#include "cpt-facts-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-database-private.h"
#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-log-private.h"

/* ----------------------------------------------------------------------- writer */

void
cpt_facts_writer_init (CptFactsWriter      *self,
                       CptDatabase         *database,
                       const CptFactsShape *shape,
                       gint64               sequence)
{
  *self = (CptFactsWriter){ .database = database, .shape = shape, .sequence = sequence, .first = G_MAXINT64, .last = G_MININT64 };
}

void
cpt_facts_writer_clear (CptFactsWriter *self)
{
  g_clear_pointer (&self->changes, cpt_facts_rows_free);
}

static gboolean
end_month (CptFactsWriter  *self,
           GError         **error)
{
  g_autoptr(CptFactsRows) changes = g_steal_pointer (&self->changes);
  g_autoptr(CptFactsRows) sums = NULL;
  g_autoptr(CptFactsRows) afterwards = NULL;

  if (changes == NULL)
    return TRUE;
  sums = cpt_facts_part_load (self->database, self->shape, CPT_FACTS_MONTH, self->month, error);
  if (sums == NULL)
    return FALSE;

  for (guint i = 0; i < sums->n_rows; i++)
    cpt_facts_rows_add (changes, sums, i);
  afterwards = cpt_facts_rows_sum (self->shape, changes);
  if (afterwards == NULL)
    return cpt_facts_set_damaged (self->shape, self->month, error);

  return cpt_facts_part_save (self->database, self->shape, CPT_FACTS_MONTH, self->month, afterwards, error);
}

/* For the sums of the month: what is there now, less what was */
static void
note_changes (CptFactsWriter      *self,
              const CptFactsMerge *merge)
{
  guint n_numbers = self->shape->n_numbers;

  if (self->changes == NULL)
    self->changes = cpt_facts_rows_new (self->shape);

  for (guint i = 0; i < merge->before->n_rows; i++)
    {
      if (merge->after->numbers[n_numbers - 1][i] != 0)
        cpt_facts_rows_add (self->changes, merge->after, i);
      if (merge->before->numbers[n_numbers - 1][i] == 0)
        continue;

      cpt_facts_rows_add (self->changes, merge->before, i);
      for (guint j = 0; j < n_numbers; j++)
        self->changes->numbers[j][self->changes->n_rows - 1] *= -1;
    }
}

static void
count_changes (CptFactsWriter      *self,
               const CptFactsMerge *merge)
{
  const gint64 *before = merge->before->numbers[self->shape->n_numbers - 1];
  const gint64 *after = merge->after->numbers[self->shape->n_numbers - 1];

  self->commit.n_same += merge->n_same;
  for (guint i = 0; i < merge->before->n_rows; i++)
    {
      self->commit.n_added += before[i] == 0;
      self->commit.n_removed += after[i] == 0;
      self->commit.n_replaced += before[i] != 0 && after[i] != 0;
    }
}

static gboolean
write_day (CptFactsWriter       *self,
           gint64                day,
           gboolean              was_empty,
           const CptFactsMerge  *merge,
           GError              **error)
{
  guint8 digest[CPT_FACTS_DIGEST_SIZE];

  cpt_facts_rows_digest (merge->after, self->shape, digest);
  self->first = MIN (self->first, day);
  self->last = MAX (self->last, day);
  count_changes (self, merge);
  note_changes (self, merge);

  return cpt_facts_part_save (self->database, self->shape, CPT_FACTS_DAY, day, merge->merged, error) &&
         cpt_facts_former_save (self->database, self->shape, self->sequence, day, was_empty ? NULL : merge->before, digest,
                                error);
}

gboolean
cpt_facts_writer_change (CptFactsWriter      *self,
                         gint64               day,
                         const CptFactsRows  *coming,
                         const guint8        *expected,
                         gboolean            *is_conflict,
                         GError             **error)
{
  gint64 month = cpt_bucket_get_start (CPT_BUCKET_MONTH, day);
  g_autoptr(CptFactsRows) present = NULL;
  g_auto(CptFactsMerge) merge = { 0 };

  if (month != self->month && !end_month (self, error))
    return FALSE;
  self->month = month;

  present = cpt_facts_part_load (self->database, self->shape, CPT_FACTS_DAY, day, error);
  if (present == NULL)
    return FALSE;
  cpt_facts_merge_init (&merge, self->shape, present, coming);
  if (expected != NULL)
    {
      guint8 digest[CPT_FACTS_DIGEST_SIZE];

      cpt_facts_rows_digest (merge.before, self->shape, digest);
      *is_conflict = memcmp (digest, expected, sizeof digest) != 0;
      if (*is_conflict)
        return TRUE;
    }
  if (merge.before->n_rows == 0)
    {
      self->commit.n_same += merge.n_same;
      return TRUE;
    }

  return write_day (self, day, present->n_rows == 0, &merge, error);
}

gboolean
cpt_facts_writer_end (CptFactsWriter  *self,
                      GError         **error)
{
  const gboolean is_changed = self->first <= self->last;
  CptLogChange change = {
    .entity = self->shape->entity->number,
    .row = self->first,
    .last_row = self->last,
    .kind = CPT_CHANGE_UPDATE,
  };

  if (!is_changed)
    return TRUE;
  self->commit.sequence = self->sequence;

  return end_month (self, error) && cpt_log_add (self->database, self->sequence, &change, error);
}

/* ------------------------------------------------------------------------ append */

typedef struct
{
  CptFactsBatch *batch;
  CptOrigin origin;
  CptFactsCommit commit;
} Appending;

/* The rows of the batch in their order, with the codes of the file; of several
 * with the same keys the last one */
static CptFactsRows *
take_day (CptFactsWriter     *writer,
          const CptFactsRows *rows,
          const guint        *order,
          guint               first,
          guint               last)
{
  const CptFactsShape *shape = writer->shape;
  CptFactsRows *day = cpt_facts_rows_new (shape);

  for (guint i = first; i < last; i++)
    {
      if (day->n_rows > 0 && cpt_facts_rows_compare (day, day->n_rows - 1, rows, order[i], shape->n_keys) == 0)
        {
          day->n_rows--;
          writer->commit.n_repeated++;
        }
      cpt_facts_rows_add (day, rows, order[i]);
    }

  return day;
}

static gboolean
write_days (CptFactsWriter      *writer,
            const CptFactsRows  *rows,
            const guint32       *days,
            GError             **error)
{
  g_autofree guint *order = cpt_facts_rows_sort (rows, days, writer->shape->n_keys);

  for (guint i = 0, next = 0; i < rows->n_rows; i = next)
    {
      g_autoptr(CptFactsRows) coming = NULL;

      for (next = i + 1; next < rows->n_rows && days[order[next]] == days[order[i]];)
        next++;
      coming = take_day (writer, rows, order, i, next);
      if (!cpt_facts_writer_change (writer, days[order[i]], coming, NULL, NULL, error))
        return FALSE;
    }

  return cpt_facts_writer_end (writer, error);
}

/* How many rows changed is known only now. A delivery that changes nothing leaves
 * no line in the log. */
static gboolean
end_line (CptDatabase           *database,
          const CptFactsCommit  *commit,
          gint64                 sequence,
          GError               **error)
{
  const gint64 numbers[] = { sequence, (gint64) (commit->n_added + commit->n_replaced) };

  return commit->sequence == 0
           ? cpt_database_run_numbers (database, "DELETE FROM log WHERE sequence = ?", &sequence, 1, error)
           : cpt_database_run_numbers (database, "UPDATE log SET n_changes = ?2 WHERE sequence = ?1", numbers,
                                       G_N_ELEMENTS (numbers), error);
}

static gboolean
append (CptDatabase  *database,
        gpointer      data,
        GError      **error)
{
  Appending *self = data;
  const CptFactsShape *shape = cpt_facts_batch_get_shape (self->batch);
  guint n_rows = cpt_facts_batch_get_n_rows (self->batch);
  g_autofree char *label = NULL;
  g_autoptr(CptFactsRows) rows = NULL;
  g_auto(CptFactsWriter) writer = { 0 };
  CptLogHead head = { .origin = self->origin, .state = CPT_LOG_DONE, .n_changes = n_rows };
  gint64 sequence;

  /* Translators: a number, and what they are: "Ad results" */
  label = g_strdup_printf (ngettext ("Received %u row: %s", "Received %u rows: %s", n_rows), n_rows,
                           cpt_entity_get_label_plural (shape->entity));
  head.label = label;
  rows = cpt_facts_batch_encode (self->batch, database, error);
  if (rows == NULL || !cpt_log_begin (database, &head, &sequence, error))
    return FALSE;

  cpt_facts_writer_init (&writer, database, shape, sequence);
  if (!write_days (&writer, rows, cpt_facts_batch_get_days (self->batch), error))
    return FALSE;
  self->commit = writer.commit;

  return end_line (database, &self->commit, sequence, error);
}

gboolean
cpt_facts_append (CptDatabase     *database,
                  CptFactsBatch   *batch,
                  CptOrigin        origin,
                  CptFactsCommit  *commit,
                  GError         **error)
{
  Appending appending = { .batch = batch, .origin = origin };

  if (!cpt_database_transact (database, append, &appending, error))
    return FALSE;
  if (commit != NULL)
    *commit = appending.commit;

  return TRUE;
}

/* ------------------------------------------------------------------------ extent */

gboolean
cpt_facts_get_extent (CptDatabase      *database,
                      const CptEntity  *entity,
                      CptFactsExtent   *extent,
                      GError          **error)
{
  g_autoptr(CptStatement) statement = NULL;

  *extent = (CptFactsExtent){ 0 };
  statement = cpt_database_prepare (
    database, "SELECT sum (n_rows), min (number), max (number) FROM fact_part WHERE entity = ? AND span = 0", error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, entity->number);
  if (cpt_statement_step (statement, error) != CPT_STEP_ROW)
    return FALSE;
  extent->n_rows = (guint64) cpt_statement_get_int (statement, 0);
  extent->first = cpt_statement_get_int (statement, 1);
  extent->last = cpt_statement_get_int (statement, 2);

  return TRUE;
}
