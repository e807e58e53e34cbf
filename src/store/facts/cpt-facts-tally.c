/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows of columns added up in groups. The codes of a row make one number: where
 * there are few combinations it is the place of the group's sums, else it is
 * looked up. Days are the same for a whole part, so they are no part of that
 * number: when they change, what was added up is put into the groups.
 *
 * A slot has a cell for its rows, then two for each measure: how many, and their
 * sum, or the least or greatest. */

#include "config.h"

#include "cpt-facts-question-private.h"

#include <string.h>

/* Combinations up to which each has a slot of its own */
#define MAX_DENSE 65536
#define FIRST_TABLE 1024

#define GET_COUNT(measure) (1 + 2 * (measure))
#define GET_SUM(measure) (2 + 2 * (measure))

void
cpt_facts_tally_init (CptFactsTally          *self,
                      const CptFactsQuestion *question,
                      guint                   part)
{
  *self = (CptFactsTally){
    .question = question,
    .part = part,
    .n_keys = 1,
    .stride = 1 + 2 * question->spec->n_measures,
    .touched = g_array_new (FALSE, FALSE, sizeof (guint)),
  };
  for (guint i = 0; i < CPT_AGGREGATE_MAX_DIMENSIONS; i++)
    self->buckets[i] = G_MININT64;
  for (guint i = 0; i < question->n_places; i++)
    self->n_keys *= question->sizes[question->places[i]];

  self->is_dense = self->n_keys <= MAX_DENSE;
  if (self->is_dense)
    {
      self->n_allocated = (guint) self->n_keys;
      self->cells = g_new0 (gint64, (gsize) self->n_allocated * self->stride);
    }
  else
    {
      self->n_table = FIRST_TABLE;
      self->table = g_new0 (guint, self->n_table);
    }
}

void
cpt_facts_tally_clear (CptFactsTally *self)
{
  g_clear_pointer (&self->cells, g_free);
  g_clear_pointer (&self->keys, g_free);
  g_clear_pointer (&self->table, g_free);
  g_clear_pointer (&self->touched, g_array_unref);
}

/* -------------------------------------------------------------------------- slots */

static guint64
hash_key (guint64 key)
{
  key ^= key >> 31;
  key *= G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  return key ^ (key >> 29);
}

static void
grow_table (CptFactsTally *self)
{
  self->n_table *= 2;
  g_free (self->table);
  self->table = g_new0 (guint, self->n_table);
  for (guint i = 0; i < self->n_slots; i++)
    {
      guint64 place = hash_key (self->keys[i]) & (self->n_table - 1);

      while (self->table[place] != 0)
        place = (place + 1) & (self->n_table - 1);
      self->table[place] = i + 1;
    }
}

static guint
add_slot (CptFactsTally *self,
          guint64        key)
{
  if (self->n_slots == self->n_allocated)
    {
      self->n_allocated = MAX (self->n_allocated * 2, FIRST_TABLE);
      self->cells = g_renew (gint64, self->cells, (gsize) self->n_allocated * self->stride);
      self->keys = g_renew (guint64, self->keys, self->n_allocated);
    }
  memset (self->cells + (gsize) self->n_slots * self->stride, 0, self->stride * sizeof (gint64));
  self->keys[self->n_slots] = key;

  return self->n_slots++;
}

static guint
find_slot (CptFactsTally *self,
           guint64        key)
{
  guint64 place = hash_key (key) & (self->n_table - 1);

  while (self->table[place] != 0)
    {
      guint slot = self->table[place] - 1;

      if (self->keys[slot] == key)
        return slot;
      place = (place + 1) & (self->n_table - 1);
    }

  self->table[place] = self->n_slots + 1;
  add_slot (self, key);
  if (self->n_slots > self->n_table / 2)
    grow_table (self);

  return self->n_slots - 1;
}

static void
find_dense (CptFactsTally       *self,
            const CptFactsBlock *block,
            guint               *slots)
{
  const CptFactsQuestion *question = self->question;

  memset (slots, 0, block->n_rows * sizeof (guint));
  for (guint i = 0; i < question->n_places; i++)
    {
      const guint32 *codes = block->codes[question->places[i]];
      guint size = question->sizes[question->places[i]];

      for (guint j = 0; j < block->n_rows; j++)
        slots[j] = slots[j] * size + codes[j];
    }
}

void
cpt_facts_tally_find (CptFactsTally       *self,
                      const CptFactsBlock *block,
                      const guint8        *mask,
                      guint               *slots)
{
  const CptFactsQuestion *question = self->question;
  guint64 last_key = G_MAXUINT64;
  guint last = 0;

  if (self->is_dense)
    {
      find_dense (self, block, slots);
      return;
    }

  for (guint i = 0; i < block->n_rows; i++)
    {
      guint64 key = 0;

      if (mask != NULL && !mask[i])
        {
          slots[i] = 0;
          continue;
        }
      for (guint j = 0; j < question->n_places; j++)
        key = key * question->sizes[question->places[j]] + block->codes[question->places[j]][i];
      if (key != last_key)
        last = find_slot (self, key);
      last_key = key;
      slots[i] = last;
    }
}

/* ------------------------------------------------------------------------- adding */

static gint64
get_weight (const CptFactsTally *self,
            const CptFactsBlock *block,
            guint                row)
{
  return block->span == CPT_FACTS_DAY ? 1 : block->numbers[self->question->shape.n_numbers - 1][row];
}

void
cpt_facts_tally_count (CptFactsTally       *self,
                       const CptFactsBlock *block,
                       const guint8        *mask,
                       const guint         *slots)
{
  for (guint i = 0; i < block->n_rows; i++)
    {
      gint64 *cell;

      if (mask != NULL && !mask[i])
        continue;
      cell = &self->cells[(gsize) slots[i] * self->stride];
      if (*cell == 0 && self->is_dense)
        g_array_append_val (self->touched, slots[i]);
      *cell += get_weight (self, block, i);
    }
}

static void
add_extreme (gint64       *cells,
             CptAggregate  aggregate,
             gint64        number)
{
  if (cells[0] == 0)
    cells[1] = number;
  else
    cells[1] = aggregate == CPT_AGGREGATE_MIN ? MIN (cells[1], number) : MAX (cells[1], number);
}

void
cpt_facts_tally_add (CptFactsTally       *self,
                     guint                measure,
                     const CptFactsBlock *block,
                     const guint8        *mask,
                     const guint         *slots)
{
  const CptFactsMeasure *own = &self->question->measures[measure];
  const gint64 *numbers = own->counts || own->is_day ? NULL : block->numbers[own->place];
  gboolean is_extreme = own->aggregate == CPT_AGGREGATE_MIN || own->aggregate == CPT_AGGREGATE_MAX;
  gboolean is_beyond = FALSE;

  for (guint i = 0; i < block->n_rows; i++)
    {
      gint64 *cells;

      if (mask != NULL && !mask[i])
        continue;
      cells = &self->cells[(gsize) slots[i] * self->stride + GET_COUNT (measure)];
      if (is_extreme && !own->counts)
        add_extreme (cells, own->aggregate, numbers != NULL ? numbers[i] : block->number);
      else if (numbers != NULL)
        is_beyond |= __builtin_add_overflow (cells[1], numbers[i], &cells[1]);
      cells[0] += get_weight (self, block, i);
    }
  self->is_beyond = self->is_beyond || is_beyond;
}

/* ------------------------------------------------------------------------- groups */

/* A sum beyond 64 bits is marked as one that is not exact */
static void
add_cell (CptAggregate  aggregate,
          CptCell      *cell,
          gint64        count,
          gint64        sum)
{
  if (count == 0)
    return;

  if (aggregate == CPT_AGGREGATE_MIN)
    cell->sum = cell->count == 0 ? sum : MIN (cell->sum, sum);
  else if (aggregate == CPT_AGGREGATE_MAX)
    cell->sum = cell->count == 0 ? sum : MAX (cell->sum, sum);
  else if (aggregate != CPT_AGGREGATE_COUNT && __builtin_add_overflow (cell->sum, sum, &cell->sum))
    cell->is_real = TRUE;
  cell->count += count;
  cell->real = (double) cell->sum;
}

static CptGroup *
reach_group (CptFactsTally *self,
             guint          slot,
             CptGroups     *groups)
{
  const CptFactsQuestion *question = self->question;
  guint64 key = self->is_dense ? slot : self->keys[slot];
  const char *texts[CPT_FACTS_MAX_CODES];
  CptValue keys[CPT_AGGREGATE_MAX_DIMENSIONS] = { CPT_VALUE_INIT };
  char currencies[CPT_AGGREGATE_MAX_MEASURES][4] = { { '\0' } };
  guint next = 0;

  for (guint i = question->n_places; i > 0; i--)
    {
      guint place = question->places[i - 1];

      texts[i - 1] = g_ptr_array_index (question->texts[place], key % question->sizes[place]);
      key /= question->sizes[place];
    }

  for (guint i = 0; i < question->spec->n_dimensions; i++)
    if (question->dimension_places[i] < 0)
      cpt_value_set_integer (&keys[i], self->buckets[i]);
    else
      cpt_value_set_text (&keys[i], texts[next++]);
  for (guint i = 0; i < question->spec->n_currencies; i++, next++)
    g_strlcpy (currencies[i], texts[next] != NULL ? texts[next] : cpt_database_get_currency (question->database),
               sizeof currencies[i]);

  return cpt_groups_reach (groups, keys, (const char (*)[4]) currencies);
}

static void
put_slot (CptFactsTally *self,
          guint          slot,
          CptGroups     *groups)
{
  const CptFactsQuestion *question = self->question;
  gint64 *cells = &self->cells[(gsize) slot * self->stride];
  CptGroup *group = reach_group (self, slot, groups);
  guint n_measures = question->spec->n_measures;

  group->n_records[self->part] += cells[0];
  for (guint i = 0; i < n_measures; i++)
    {
      CptCell *cell = &group->cells[self->part * n_measures + i];

      add_cell (question->measures[i].aggregate, cell, cells[GET_COUNT (i)], cells[GET_SUM (i)]);
      self->is_beyond = self->is_beyond || cell->is_real;
    }
  memset (cells, 0, self->stride * sizeof (gint64));
}

void
cpt_facts_tally_flush (CptFactsTally *self,
                       CptGroups     *groups)
{
  guint n_slots = self->is_dense ? self->touched->len : self->n_slots;

  for (guint i = 0; i < n_slots; i++)
    put_slot (self, self->is_dense ? g_array_index (self->touched, guint, i) : i, groups);

  g_array_set_size (self->touched, 0);
  self->n_slots = 0;
  if (self->table != NULL)
    memset (self->table, 0, self->n_table * sizeof (guint));
}

void
cpt_facts_tally_begin (CptFactsTally *self,
                       gint64         day,
                       CptGroups     *groups)
{
  const CptFactsQuestion *question = self->question;
  gint64 buckets[CPT_AGGREGATE_MAX_DIMENSIONS] = { 0 };

  for (guint i = 0; i < question->spec->n_dimensions; i++)
    if (question->dimension_places[i] < 0)
      buckets[i] = cpt_facts_question_get_bucket (question, i, self->part, day);

  if (memcmp (buckets, self->buckets, sizeof buckets) != 0)
    cpt_facts_tally_flush (self, groups);
  memcpy (self->buckets, buckets, sizeof buckets);
}

gboolean
cpt_facts_tally_merge (CptGroups *groups,
                       CptGroups *other,
                       int        sign)
{
  guint n_measures = groups->spec->n_measures;
  gboolean is_beyond = FALSE;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, other->table);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const CptGroup *from = value;
      CptValue keys[CPT_AGGREGATE_MAX_DIMENSIONS] = { CPT_VALUE_INIT };
      CptGroup *to;

      for (guint i = 0; i < groups->spec->n_dimensions; i++)
        cpt_value_copy (&from->keys[i], &keys[i]);
      to = cpt_groups_reach (groups, keys, from->currencies);
      to->n_records[0] += sign * from->n_records[0];
      to->n_records[1] += sign * from->n_records[1];
      for (guint i = 0; i < 2 * n_measures; i++)
        {
          to->cells[i].is_real = to->cells[i].is_real || from->cells[i].is_real;
          add_cell (groups->spec->measures[i % n_measures].aggregate, &to->cells[i], sign * from->cells[i].count,
                    sign * from->cells[i].sum);
          is_beyond = is_beyond || to->cells[i].is_real;
        }
    }

  return !is_beyond;
}
