/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Days are rewritten as a whole, the sums of their months follow within the same
 * transaction from what changed alone, and what was there before is kept for undo. */

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

static guint64
count_present (const CptFactsRows *rows)
{
  const gint64 *weights = rows->numbers[rows->n_numbers - 1];
  guint64 n = 0;

  for (guint i = 0; i < rows->n_rows; i++)
    n += weights[i] != 0;

  return n;
}

/* What an act changed in a day that it had changed before: rows are as they were
 * before all of it. @was_empty: (inout): before the act */
static gboolean
join_former (CptFactsWriter       *self,
             gint64                day,
             gboolean             *was_empty,
             const CptFactsMerge  *merge,
             CptFactsRows        **before,
             GError              **error)
{
  g_autoptr(CptFactsRows) own = NULL;
  guint64 n_again = 0;
  gboolean is_found;

  if (!cpt_facts_former_load (self->database, self->shape, self->sequence, day, &is_found, &own, error))
    return FALSE;
  if (!is_found)
    return TRUE;

  *was_empty = own == NULL;
  if (own != NULL)
    *before = cpt_facts_rows_unite (self->shape, own, merge->before, &n_again);
  else
    n_again = count_present (merge->before);
  self->commit.n_replaced -= n_again;
  self->commit.n_repeated += n_again;

  return TRUE;
}

static gboolean
save_former (CptFactsWriter       *self,
             gint64                day,
             gboolean              was_empty,
             const CptFactsMerge  *merge,
             GError              **error)
{
  g_autoptr(CptFactsRows) before = NULL;
  g_autoptr(CptFactsRows) after = NULL;
  guint8 digest[CPT_FACTS_DIGEST_SIZE];

  if (self->may_come_again && !join_former (self, day, &was_empty, merge, &before, error))
    return FALSE;

  /* Where there was nothing, all that is there now is to go */
  if (before != NULL)
    after = cpt_facts_rows_pick (self->shape, merge->merged, before);
  cpt_facts_rows_digest (was_empty ? merge->merged : after != NULL ? after
                                                                   : merge->after,
                         self->shape, digest);

  return cpt_facts_former_save (self->database, self->shape, self->sequence, day,
                                was_empty ? NULL : before != NULL ? before
                                                                  : merge->before,
                                digest, error);
}

static gboolean
write_day (CptFactsWriter       *self,
           gint64                day,
           gboolean              was_empty,
           const CptFactsMerge  *merge,
           GError              **error)
{
  self->first = MIN (self->first, day);
  self->last = MAX (self->last, day);
  count_changes (self, merge);
  note_changes (self, merge);

  return cpt_facts_part_save (self->database, self->shape, CPT_FACTS_DAY, day, merge->merged, error) &&
         save_former (self, day, was_empty, merge, error);
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
