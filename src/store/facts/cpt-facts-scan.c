/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Questions over facts, answered.
 *
 *   for each month   the sums that are kept of it, where they tell: when its days
 *                    are in the same groups and meet the same conditions
 *                    its days otherwise, those of them that meet the conditions
 *   for each part    the columns that the question reads
 *                    which rows it takes, which group each of them is in
 *                    count, sum, least, greatest
 *
 * Months are shared out to two threads, each with groups of its own.
 *
 * An answer that is known is brought up to date after one delivery by what it
 * changed alone: rows as they are, less rows as they were. */

#include "config.h"

#include "cpt-facts-question-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-database-private.h"
#include "cpt-database-twin-private.h"
#include "cpt-date.h"
#include "cpt-error.h"

/* Rows from which a second thread is worth it */
#define MIN_TO_DIVIDE 200000
/* As many groups are kept while they are counted */
#define MAX_GROUPS (8 * CPT_AGGREGATE_MAX_ROWS)

typedef struct
{
  gint64 first;  /* its first day */
  gint64 n_rows; /* of its sums */
} Month;

typedef struct _Scan Scan;

/* What one thread has */
typedef struct
{
  Scan *scan;
  CptFactsAsker asker;
  CptGroups *groups; /* (owned) */
  CptFactsTally tallies[2];
  CptFactsBlock block;
  guint8 *where;  /* (owned): mask of rows */
  guint8 *mask;   /* (owned): of one measure */
  guint8 *period; /* (owned): of one part */
  guint *slots;   /* (owned) */
} Reader;

struct _Scan
{
  const CptFactsQuestion *question; /* borrowed */
  gboolean with_sums;
  GArray *months; /* (owned): of Month */
  gint next;      /* atomic */
  gint is_over;   /* atomic: one thread has failed */
  Reader readers[2];
};

/* -------------------------------------------------------------------------- blocks */

static void
reader_init (Reader      *self,
             Scan        *scan,
             CptDatabase *database)
{
  CptAggregateSpec *spec = scan->question->spec;

  self->scan = scan;
  self->asker = (CptFactsAsker){ scan->question, database, cpt_record_new (spec->schema, spec->entity) };
  self->groups = cpt_groups_new (spec);
  for (guint i = 0; i < scan->question->n_parts; i++)
    cpt_facts_tally_init (&self->tallies[i], scan->question, i);
}

static void
reader_clear (Reader *self)
{
  g_clear_pointer (&self->asker.record, cpt_record_unref);
  g_clear_pointer (&self->groups, cpt_groups_unref);
  for (guint i = 0; i < G_N_ELEMENTS (self->tallies); i++)
    cpt_facts_tally_clear (&self->tallies[i]);
  for (guint i = 0; i < CPT_FACTS_MAX_CODES; i++)
    g_free (self->block.codes[i]);
  for (guint i = 0; i < CPT_FACTS_MAX_NUMBERS; i++)
    g_free (self->block.numbers[i]);
  g_free (self->where);
  g_free (self->mask);
  g_free (self->period);
  g_free (self->slots);
}

static void
reserve (Reader *self,
         guint   n_rows)
{
  const CptFactsQuestion *question = self->scan->question;
  CptFactsBlock *block = &self->block;

  block->n_rows = n_rows;
  if (n_rows <= block->n_allocated)
    return;

  block->n_allocated = n_rows + n_rows / 2;
  for (guint i = 0; i < question->shape.n_codes; i++)
    if (question->needed_codes[i])
      block->codes[i] = g_renew (guint32, block->codes[i], block->n_allocated);
  for (guint i = 0; i < question->shape.n_numbers; i++)
    block->numbers[i] = g_renew (gint64, block->numbers[i], block->n_allocated);
  self->where = g_renew (guint8, self->where, block->n_allocated);
  self->mask = g_renew (guint8, self->mask, block->n_allocated);
  self->period = g_renew (guint8, self->period, block->n_allocated);
  self->slots = g_renew (guint, self->slots, block->n_allocated);
}

/* A part from before a field was declared has nothing of it */
static gboolean
read_column (Reader      *self,
             const char  *name,
             guint        size,
             guint32     *codes,
             gint64      *numbers,
             GError     **error)
{
  const CptFactsShape *shape = &self->scan->question->shape;
  const CptFactsBlock *block = &self->block;
  CptFactsColumn column = { .n_rows = block->n_rows };
  g_autoptr(CptStatement) statement = NULL;
  gint64 limit = cpt_facts_get_limit (block->span);
  CptStep step;

  statement = cpt_database_prepare (
    self->asker.database, "SELECT data FROM fact_column WHERE entity = ? AND span = ? AND number = ? AND name = ?", error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, shape->entity->number);
  cpt_statement_bind_int (statement, 2, block->span);
  cpt_statement_bind_int (statement, 3, block->number);
  cpt_statement_bind_static (statement, 4, name);
  step = cpt_statement_step (statement, error);
  if (step == CPT_STEP_ROW)
    {
      gsize length;
      gconstpointer data = cpt_statement_get_blob (statement, 0, &length);

      if (!cpt_facts_column_init (&column, data, length) || column.n_rows != block->n_rows)
        return cpt_facts_set_damaged (shape, block->number, error);
    }

  if (step == CPT_STEP_ERROR)
    return FALSE;

  if (codes != NULL ? !cpt_facts_column_unpack_codes (&column, size, codes)
                    : !cpt_facts_column_unpack_numbers (&column, limit, numbers))
    return cpt_facts_set_damaged (shape, block->number, error);

  return TRUE;
}

/* How many rows of days each row of a month stands for */
static gboolean
check_weights (Reader  *self,
               GError **error)
{
  const CptFactsShape *shape = &self->scan->question->shape;
  const CptFactsBlock *block = &self->block;
  const gint64 *weights = block->numbers[shape->n_numbers - 1];
  gboolean is_sound = TRUE;

  for (guint i = 0; i < block->n_rows; i++)
    is_sound &= weights[i] > 0 && weights[i] <= CPT_FACTS_MAX_PER_MONTH;

  return is_sound || cpt_facts_set_damaged (shape, block->number, error);
}

static gboolean
read_block (Reader        *self,
            CptFactsSpan   span,
            gint64         number,
            guint          n_rows,
            GError       **error)
{
  const CptFactsQuestion *question = self->scan->question;
  const CptFactsShape *shape = &question->shape;
  CptFactsBlock *block = &self->block;

  reserve (self, n_rows);
  block->span = span;
  block->number = number;
  for (guint i = 0; i < shape->n_codes; i++)
    if (question->needed_codes[i] &&
        !read_column (self, shape->code_names[i], question->sizes[i], block->codes[i], NULL, error))
      return FALSE;
  for (guint i = 0; i < shape->n_numbers; i++)
    {
      gboolean is_weight = i + 1 == shape->n_numbers;

      if ((is_weight ? span == CPT_FACTS_MONTH : question->needed_numbers[i]) &&
          !read_column (self, shape->number_names[i], 0, NULL, block->numbers[i], error))
        return FALSE;
    }

  return span == CPT_FACTS_DAY || check_weights (self, error);
}

/* -------------------------------------------------------------------------- adding */

/* Rows that two conditions take; @other is a condition's own mask */
static const guint8 *
both (CptFactsAnswer  answer,
      const guint8   *mask,
      CptFactsAnswer  other_answer,
      guint8         *other,
      guint           n_rows)
{
  if (other_answer == CPT_FACTS_ALL_ROWS)
    return answer == CPT_FACTS_ALL_ROWS ? NULL : mask;

  for (guint i = 0; answer == CPT_FACTS_SOME_ROWS && i < n_rows; i++)
    other[i] &= mask[i];

  return other;
}

/* The rows that @mask (nullable) takes, in one part */
static void
add_rows (Reader       *self,
          guint         part,
          const guint8 *mask)
{
  const CptFactsQuestion *question = self->scan->question;
  CptFactsTally *tally = &self->tallies[part];
  CptFactsAnswer answer = mask == NULL ? CPT_FACTS_ALL_ROWS : CPT_FACTS_SOME_ROWS;

  cpt_facts_tally_begin (tally, self->block.number, self->groups);
  cpt_facts_tally_find (tally, &self->block, mask, self->slots);
  cpt_facts_tally_count (tally, &self->block, mask, self->slots);
  for (guint i = 0; i < question->spec->n_measures; i++)
    {
      CptFactsAnswer own = cpt_facts_condition_ask (question->measures[i].filter, &self->asker, &self->block, self->mask);

      if (own != CPT_FACTS_NO_ROW)
        cpt_facts_tally_add (tally, i, &self->block, both (answer, mask, own, self->mask, self->block.n_rows), self->slots);
    }
}

/* Whether days meet a condition can be told before anything is read */
static gboolean
may_matter (Reader       *self,
            CptFactsSpan  span,
            gint64        number)
{
  const CptFactsQuestion *question = self->scan->question;
  const CptFactsCondition *where = question->where;
  const CptFactsBlock empty = { .span = span, .number = number };
  gboolean is_in_period = FALSE;
  guint8 none;

  for (guint i = 0; i < question->n_parts; i++)
    is_in_period = is_in_period ||
                   cpt_facts_condition_ask (question->periods[i], &self->asker, &empty, &none) != CPT_FACTS_NO_ROW;

  return is_in_period && cpt_facts_condition_ask (where, &self->asker, &empty, &none) != CPT_FACTS_NO_ROW;
}

static void
add_block (Reader *self)
{
  const CptFactsQuestion *question = self->scan->question;
  CptFactsAnswer answer;

  answer = cpt_facts_condition_ask (question->where, &self->asker, &self->block, self->where);
  for (guint i = 0; answer != CPT_FACTS_NO_ROW && i < question->n_parts; i++)
    {
      CptFactsAnswer in_period = cpt_facts_condition_ask (question->periods[i], &self->asker, &self->block, self->period);

      if (in_period != CPT_FACTS_NO_ROW)
        add_rows (self, i, both (answer, self->where, in_period, self->period, self->block.n_rows));
    }
}

static gboolean
add_part (Reader        *self,
          CptFactsSpan   span,
          gint64         number,
          gint64         n_rows,
          GError       **error)
{
  if (!may_matter (self, span, number))
    return TRUE;
  if (!cpt_facts_part_check_size (self->asker.database, &self->scan->question->shape, span, number, n_rows, error) ||
      !read_block (self, span, number, (guint) n_rows, error))
    return FALSE;
  add_block (self);

  return TRUE;
}

/* -------------------------------------------------------------------------- months */

static gboolean
is_even (Reader                  *self,
         const CptFactsCondition *condition,
         gint64                   first,
         gint64                   last)
{
  return cpt_facts_condition_is_even (condition, &self->asker, first, last);
}

/* Whether all days of the month are in the same groups and meet the same conditions */
static gboolean
is_told_by_sums (Reader *self,
                 gint64  first)
{
  const CptFactsQuestion *question = self->scan->question;
  gint64 last = cpt_date_add_months (first, 1) - 1;

  if (!self->scan->with_sums || question->needs_days || !is_even (self, question->where, first, last))
    return FALSE;

  for (guint i = 0; i < question->n_parts; i++)
    {
      if (!is_even (self, question->periods[i], first, last))
        return FALSE;
      for (guint j = 0; j < question->spec->n_dimensions; j++)
        if (question->dimension_places[j] < 0 &&
            cpt_facts_question_get_bucket (question, j, i, first) != cpt_facts_question_get_bucket (question, j, i, last))
          return FALSE;
    }
  for (guint i = 0; i < question->spec->n_measures; i++)
    if (!is_even (self, question->measures[i].filter, first, last))
      return FALSE;

  return TRUE;
}

static gboolean
set_beyond (GError **error)
{
  g_set_error_literal (error, CPT_ERROR, CPT_ERROR_LIMIT, _("The sum is too large to be exact. Ask for a part of it."));

  return FALSE;
}

/* Each slot becomes a group */
static gboolean
has_too_many_groups (const Reader *self)
{
  gboolean has = g_hash_table_size (self->groups->table) > MAX_GROUPS;

  for (guint i = 0; i < self->scan->question->n_parts; i++)
    has = has || self->tallies[i].n_slots > MAX_GROUPS;

  return has;
}

static gboolean
check_going_on (Reader  *self,
                GError **error)
{
  if (g_cancellable_set_error_if_cancelled (self->asker.database->cancellable, error))
    return FALSE;
  if (self->tallies[0].is_beyond || self->tallies[1].is_beyond)
    return set_beyond (error);
  if (has_too_many_groups (self))
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_LIMIT, _("This question has too many groups. Use fewer dimensions."));
      return FALSE;
    }

  return TRUE;
}

static gboolean
add_days (Reader  *self,
          gint64   first,
          GError **error)
{
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  statement = cpt_database_prepare (self->asker.database,
                                    "SELECT number, n_rows FROM fact_part WHERE entity = ? AND span = 0 "
                                    "AND number >= ? AND number < ? ORDER BY number",
                                    error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, self->scan->question->shape.entity->number);
  cpt_statement_bind_int (statement, 2, first);
  cpt_statement_bind_int (statement, 3, cpt_date_add_months (first, 1));
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    if (!check_going_on (self, error) ||
        !add_part (self, CPT_FACTS_DAY, cpt_statement_get_int (statement, 0), cpt_statement_get_int (statement, 1), error))
      return FALSE;

  return step == CPT_STEP_DONE;
}

void
cpt_facts_watch_progress (CptDatabase      *database,
                          CptFactsProgress  func,
                          gpointer          data)
{
  database->facts_progress = func;
  database->facts_progress_data = data;
}

static void
tell_progress (CptDatabase *database,
               double       fraction)
{
  if (database->facts_progress != NULL)
    database->facts_progress (fraction, database->facts_progress_data);
}

static gboolean
read_months (Reader  *self,
             GError **error)
{
  Scan *scan = self->scan;

  while (g_atomic_int_get (&scan->is_over) == 0)
    {
      guint number = (guint) g_atomic_int_add (&scan->next, 1);
      const Month *month;

      if (number >= scan->months->len)
        break;
      month = &g_array_index (scan->months, Month, number);
      if (self == &scan->readers[0])
        tell_progress (self->asker.database, (double) number / scan->months->len);
      if (is_told_by_sums (self, month->first)
            ? !add_part (self, CPT_FACTS_MONTH, month->first, month->n_rows, error)
            : !add_days (self, month->first, error))
        return FALSE;
      if (!check_going_on (self, error))
        return FALSE;
    }

  for (guint i = 0; i < scan->question->n_parts; i++)
    cpt_facts_tally_flush (&self->tallies[i], self->groups);

  return check_going_on (self, error);
}

/* In the other thread */
static gboolean
read_beside (CptDatabase  *database,
             gpointer      data,
             GError      **error)
{
  Scan *scan = data;
  Reader *reader = &scan->readers[1];

  reader->asker.database = database;
  if (read_months (reader, error))
    return TRUE;
  g_atomic_int_set (&scan->is_over, 1);

  return FALSE;
}

/* ------------------------------------------------------------------------ together */

static GArray *
list_months (CptDatabase          *database,
             const CptFactsShape  *shape,
             gint64               *n_rows,
             GError              **error)
{
  g_autoptr(GArray) months = g_array_new (FALSE, FALSE, sizeof (Month));
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  *n_rows = 0;
  statement = cpt_database_prepare (
    database, "SELECT number, n_rows FROM fact_part WHERE entity = ? AND span = 1 ORDER BY number", error);
  if (statement == NULL)
    return NULL;

  cpt_statement_bind_int (statement, 1, shape->entity->number);
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      Month month = { cpt_statement_get_int (statement, 0), cpt_statement_get_int (statement, 1) };

      *n_rows += month.n_rows;
      g_array_append_val (months, month);
    }

  return step == CPT_STEP_DONE ? g_steal_pointer (&months) : NULL;
}

static gboolean
run (Scan      *self,
     gboolean   is_large,
     GError   **error)
{
  CptDatabase *database = self->readers[0].asker.database;
  CptTwin *twin = is_large ? cpt_twin_start (database, read_beside, self) : NULL;
  gboolean is_done = read_months (&self->readers[0], error);

  if (!is_done)
    g_atomic_int_set (&self->is_over, 1);

  return cpt_twin_finish (twin, is_done ? error : NULL) && is_done;
}

/* Where there is nothing at all, and nothing divides it, that is an answer too. */
static CptGroups *
take_groups (Scan    *self,
             GError **error)
{
  g_autoptr(CptGroups) groups = g_steal_pointer (&self->readers[0].groups);
  CptAggregateSpec *spec = self->question->spec;

  if (!cpt_facts_tally_merge (groups, self->readers[1].groups, 1))
    {
      set_beyond (error);
      return NULL;
    }
  if (spec->n_dimensions + spec->n_currencies == 0)
    cpt_groups_reach (groups, NULL, NULL);
  if (g_hash_table_size (groups->table) > 2 * CPT_AGGREGATE_MAX_ROWS &&
      !cpt_aggregate_prune (self->question->database, groups, CPT_AGGREGATE_MAX_ROWS, error))
    return NULL;

  return g_steal_pointer (&groups);
}

CptGroups *
cpt_facts_compute_from (CptDatabase       *database,
                        CptAggregateSpec  *spec,
                        gboolean           with_sums,
                        GError           **error)
{
  g_autoptr(CptFactsQuestion) question = cpt_facts_question_new (database, spec, error);
  Scan scan = { .question = question, .with_sums = with_sums };
  CptGroups *groups = NULL;
  gint64 n_rows;

  if (question == NULL)
    return NULL;
  scan.months = list_months (database, &question->shape, &n_rows, error);
  if (scan.months == NULL)
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (scan.readers); i++)
    reader_init (&scan.readers[i], &scan, database);
  if (run (&scan, n_rows >= MIN_TO_DIVIDE, error))
    groups = take_groups (&scan, error);
  for (guint i = 0; i < G_N_ELEMENTS (scan.readers); i++)
    reader_clear (&scan.readers[i]);
  g_array_unref (scan.months);

  return groups;
}

CptGroups *
cpt_facts_compute (CptDatabase       *database,
                   CptAggregateSpec  *spec,
                   GError           **error)
{
  return cpt_facts_compute_from (database, spec, TRUE, error);
}

/* ------------------------------------------------------------------- what changed */

/* The rows that are there, as a part of a day. FALSE when the dictionaries do not
 * have their texts. */
static gboolean
add_from_memory (Reader             *self,
                 gint64              day,
                 const CptFactsRows *rows)
{
  const CptFactsQuestion *question = self->scan->question;
  const gint64 *weights = rows->numbers[rows->n_numbers - 1];
  CptFactsBlock *block = &self->block;
  guint n_rows = 0;

  reserve (self, rows->n_rows);
  block->span = CPT_FACTS_DAY;
  block->number = day;
  for (guint i = 0; i < rows->n_rows; i++)
    {
      if (weights[i] == 0)
        continue;
      for (guint j = 0; j < rows->n_codes; j++)
        {
          if (!question->needed_codes[j])
            continue;
          if (rows->codes[j][i] >= question->sizes[j])
            return FALSE;
          block->codes[j][n_rows] = rows->codes[j][i];
        }
      for (guint j = 0; j < rows->n_numbers; j++)
        block->numbers[j][n_rows] = rows->numbers[j][i];
      n_rows++;
    }
  block->n_rows = n_rows;
  if (n_rows > 0)
    add_block (self);

  return TRUE;
}

/* What the act made of one day: the first reader has rows as they are, the
 * second one as they were. @former NULL: the day was empty. */
static gboolean
add_change (Scan          *self,
            gint64         day,
            gconstpointer  former,
            gsize          length)
{
  const CptFactsShape *shape = &self->question->shape;
  g_autoptr(CptFactsRows) present = NULL;
  g_autoptr(CptFactsRows) rows = NULL;
  g_auto(CptFactsMerge) merge = { 0 };

  if (!may_matter (&self->readers[0], CPT_FACTS_DAY, day))
    return TRUE;
  present = cpt_facts_part_load (self->question->database, shape, CPT_FACTS_DAY, day, NULL);
  if (present == NULL)
    return FALSE;
  if (former == NULL)
    return add_from_memory (&self->readers[0], day, present);

  rows = cpt_facts_former_unpack (shape, NULL, former, length, NULL);
  if (rows == NULL)
    return FALSE;
  cpt_facts_merge_init (&merge, shape, present, rows);

  return add_from_memory (&self->readers[0], day, merge.before) && add_from_memory (&self->readers[1], day, merge.after);
}

static gboolean
add_changes (Scan   *self,
             gint64  sequence)
{
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  statement = cpt_database_prepare (self->question->database,
                                    "SELECT day, data FROM fact_former WHERE sequence = ? ORDER BY day", NULL);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, sequence);
  while ((step = cpt_statement_step (statement, NULL)) == CPT_STEP_ROW)
    {
      gsize length;
      gconstpointer data = cpt_statement_get_blob (statement, 1, &length);

      if (!add_change (self, cpt_statement_get_int (statement, 0), data, length) ||
          !check_going_on (&self->readers[0], NULL) || !check_going_on (&self->readers[1], NULL))
        return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (self->readers); i++)
    for (guint j = 0; j < self->question->n_parts; j++)
      cpt_facts_tally_flush (&self->readers[i].tallies[j], self->readers[i].groups);

  return step == CPT_STEP_DONE;
}

gboolean
cpt_facts_put_right (CptDatabase *database,
                     CptGroups   *groups,
                     gint64       sequence)
{
  g_autoptr(CptFactsQuestion) question = cpt_facts_question_new (database, groups->spec, NULL);
  Scan scan = { .question = question };
  gboolean is_done;

  /* What is least can't be told from what is no longer there. */
  if (question == NULL || groups->is_pruned)
    return FALSE;
  for (guint i = 0; i < groups->spec->n_measures; i++)
    if (question->measures[i].aggregate == CPT_AGGREGATE_MIN || question->measures[i].aggregate == CPT_AGGREGATE_MAX)
      return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (scan.readers); i++)
    reader_init (&scan.readers[i], &scan, database);
  is_done = add_changes (&scan, sequence);
  if (is_done)
    {
      is_done = cpt_facts_tally_merge (groups, scan.readers[0].groups, 1) &&
                cpt_facts_tally_merge (groups, scan.readers[1].groups, -1);
    }
  for (guint i = 0; i < G_N_ELEMENTS (scan.readers); i++)
    reader_clear (&scan.readers[i]);

  return is_done;
}
