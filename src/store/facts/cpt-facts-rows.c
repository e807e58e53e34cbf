/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows of facts in memory: put in order, merged, added up. */

#include "config.h"

#include "cpt-facts-private.h"

#include <string.h>

#include "cpt-field-type.h"

#define CURRENCY_SUFFIX "_currency"
#define WEIGHT_NAME "weight"

/* ------------------------------------------------------------------------ shape */

static void
add_code (CptFactsShape  *self,
          const CptField *field,
          const char     *suffix)
{
  g_return_if_fail (self->n_codes < CPT_FACTS_MAX_CODES);

  self->code_fields[self->n_codes] = field;
  g_snprintf (self->code_names[self->n_codes], CPT_FACTS_MAX_NAME, "%s%s", field->name, suffix);
  self->n_codes++;
}

static void
add_number (CptFactsShape  *self,
            const CptField *field,
            const char     *name)
{
  g_return_if_fail (self->n_numbers < CPT_FACTS_MAX_NUMBERS);

  self->number_fields[self->n_numbers] = field;
  g_strlcpy (self->number_names[self->n_numbers], name, CPT_FACTS_MAX_NAME);
  self->n_numbers++;
}

void
cpt_facts_shape_init (CptFactsShape   *self,
                      const CptEntity *entity)
{
  *self = (CptFactsShape){ .entity = entity };

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CptField *field = entity->fields[i];

      if (field->kind == CPT_FIELD_DATE && self->day == NULL)
        self->day = field;
      else if (cpt_field_type_get (field->kind)->value_type == CPT_VALUE_TEXT)
        add_code (self, field, "");
      else
        add_number (self, field, field->name);
    }

  self->n_keys = self->n_codes;
  for (guint i = 0; i < self->n_numbers; i++)
    if (self->number_fields[i]->kind == CPT_FIELD_MONEY)
      {
        self->currencies[i] = self->n_codes;
        add_code (self, self->number_fields[i], CURRENCY_SUFFIX);
      }
  add_number (self, NULL, WEIGHT_NAME);
}

const char *
cpt_facts_shape_get_name (const CptFactsShape *self,
                          guint                place)
{
  return place < self->n_codes ? self->code_names[place] : self->number_names[place - self->n_codes];
}

/* ------------------------------------------------------------------------- rows */

CptFactsRows *
cpt_facts_rows_new (const CptFactsShape *shape)
{
  CptFactsRows *self = g_new0 (CptFactsRows, 1);

  self->n_codes = shape->n_codes;
  self->n_numbers = shape->n_numbers;

  return self;
}

void
cpt_facts_rows_free (CptFactsRows *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < self->n_codes; i++)
    g_free (self->codes[i]);
  for (guint i = 0; i < self->n_numbers; i++)
    g_free (self->numbers[i]);
  g_free (self);
}

guint
cpt_facts_rows_extend (CptFactsRows *self,
                       guint         n_rows)
{
  guint first = self->n_rows;

  self->n_rows += n_rows;
  if (self->n_rows <= self->n_allocated)
    return first;

  self->n_allocated = MAX (self->n_rows, MAX (self->n_allocated * 2, 64));
  for (guint i = 0; i < self->n_codes; i++)
    self->codes[i] = g_renew (guint32, self->codes[i], self->n_allocated);
  for (guint i = 0; i < self->n_numbers; i++)
    self->numbers[i] = g_renew (gint64, self->numbers[i], self->n_allocated);

  return first;
}

void
cpt_facts_rows_add (CptFactsRows       *self,
                    const CptFactsRows *from,
                    guint               row)
{
  guint to = cpt_facts_rows_extend (self, 1);

  for (guint i = 0; i < self->n_codes; i++)
    self->codes[i][to] = from->codes[i][row];
  for (guint i = 0; i < self->n_numbers; i++)
    self->numbers[i][to] = from->numbers[i][row];
}

int
cpt_facts_rows_compare (const CptFactsRows *a,
                        guint               row_a,
                        const CptFactsRows *b,
                        guint               row_b,
                        guint               n_codes)
{
  for (guint i = 0; i < n_codes; i++)
    if (a->codes[i][row_a] != b->codes[i][row_b])
      return a->codes[i][row_a] < b->codes[i][row_b] ? -1 : 1;

  return 0;
}

/* One pass of a sort by counting: @from in the order of @keys to @to */
static void
sort_by (const guint32 *keys,
         guint          n_rows,
         const guint   *from,
         guint         *to)
{
  guint32 least = G_MAXUINT32;
  guint32 greatest = 0;
  g_autofree guint *places = NULL;
  guint place = 0;

  for (guint i = 0; i < n_rows; i++)
    {
      least = MIN (least, keys[i]);
      greatest = MAX (greatest, keys[i]);
    }

  places = g_new0 (guint, (gsize) (greatest - least) + 2);
  for (guint i = 0; i < n_rows; i++)
    places[keys[i] - least]++;
  for (guint32 i = 0; i <= greatest - least; i++)
    {
      guint n = places[i];

      places[i] = place;
      place += n;
    }
  for (guint i = 0; i < n_rows; i++)
    to[places[keys[from[i]] - least]++] = from[i];
}

guint *
cpt_facts_rows_sort (const CptFactsRows *self,
                     const guint32      *first,
                     guint               n_codes)
{
  guint *order = g_new (guint, self->n_rows + 1);
  g_autofree guint *other = g_new (guint, self->n_rows + 1);

  for (guint i = 0; i < self->n_rows; i++)
    order[i] = i;

  /* From the last key to the first one */
  for (guint i = n_codes + 1; self->n_rows > 1 && i > 0; i--)
    {
      const guint32 *keys = i == 1 ? first : self->codes[i - 2];
      guint *swap = order;

      if (keys == NULL)
        continue;
      sort_by (keys, self->n_rows, order, other);
      order = other;
      other = swap;
    }

  return order;
}

/* ------------------------------------------------------------------------ merge */

static void
add_absent (CptFactsRows       *self,
            const CptFactsRows *like,
            guint               row)
{
  guint to = cpt_facts_rows_extend (self, 1);

  for (guint i = 0; i < self->n_codes; i++)
    self->codes[i][to] = like->codes[i][row];
  for (guint i = 0; i < self->n_numbers; i++)
    self->numbers[i][to] = 0;
}

static gboolean
has_weight (const CptFactsRows *self,
            guint               row)
{
  return self->numbers[self->n_numbers - 1][row] != 0;
}

static gboolean
is_equal (const CptFactsRows *a,
          guint               row_a,
          const CptFactsRows *b,
          guint               row_b)
{
  for (guint i = 0; i < a->n_numbers; i++)
    if (a->numbers[i][row_a] != b->numbers[i][row_b])
      return FALSE;

  return cpt_facts_rows_compare (a, row_a, b, row_b, a->n_codes) == 0;
}

static void
merge_new (CptFactsMerge      *self,
           const CptFactsRows *coming,
           guint               row)
{
  if (!has_weight (coming, row))
    {
      self->n_same++;
      return;
    }

  add_absent (self->before, coming, row);
  cpt_facts_rows_add (self->after, coming, row);
  cpt_facts_rows_add (self->merged, coming, row);
}

static void
merge_both (CptFactsMerge      *self,
            const CptFactsRows *present,
            guint               row,
            const CptFactsRows *coming,
            guint               coming_row)
{
  if (is_equal (present, row, coming, coming_row))
    {
      self->n_same++;
      cpt_facts_rows_add (self->merged, present, row);
      return;
    }

  cpt_facts_rows_add (self->before, present, row);
  if (has_weight (coming, coming_row))
    {
      cpt_facts_rows_add (self->after, coming, coming_row);
      cpt_facts_rows_add (self->merged, coming, coming_row);
    }
  else
    {
      add_absent (self->after, present, row);
    }
}

static int
compare_next (const CptFactsShape *shape,
              const CptFactsRows  *a,
              guint                i,
              const CptFactsRows  *b,
              guint                j)
{
  if (i == a->n_rows)
    return 1;
  if (j == b->n_rows)
    return -1;

  return cpt_facts_rows_compare (a, i, b, j, shape->n_keys);
}

void
cpt_facts_merge_init (CptFactsMerge       *self,
                      const CptFactsShape *shape,
                      const CptFactsRows  *present,
                      const CptFactsRows  *coming)
{
  guint i = 0;
  guint j = 0;

  *self = (CptFactsMerge){
    .merged = cpt_facts_rows_new (shape),
    .before = cpt_facts_rows_new (shape),
    .after = cpt_facts_rows_new (shape),
  };

  while (i < present->n_rows || j < coming->n_rows)
    {
      int order = compare_next (shape, present, i, coming, j);

      if (order < 0)
        cpt_facts_rows_add (self->merged, present, i++);
      else if (order > 0)
        merge_new (self, coming, j++);
      else
        merge_both (self, present, i++, coming, j++);
    }
}

void
cpt_facts_merge_clear (CptFactsMerge *self)
{
  g_clear_pointer (&self->merged, cpt_facts_rows_free);
  g_clear_pointer (&self->before, cpt_facts_rows_free);
  g_clear_pointer (&self->after, cpt_facts_rows_free);
}

CptFactsRows *
cpt_facts_rows_unite (const CptFactsShape *shape,
                      const CptFactsRows  *a,
                      const CptFactsRows  *b,
                      guint64             *n_both)
{
  CptFactsRows *united = cpt_facts_rows_new (shape);
  guint i = 0;
  guint j = 0;

  *n_both = 0;
  while (i < a->n_rows || j < b->n_rows)
    {
      int order = compare_next (shape, a, i, b, j);

      if (order == 0)
        *n_both += has_weight (b, j);
      if (order <= 0)
        cpt_facts_rows_add (united, a, i++);
      else
        cpt_facts_rows_add (united, b, j);
      j += order >= 0;
    }

  return united;
}

CptFactsRows *
cpt_facts_rows_pick (const CptFactsShape *shape,
                     const CptFactsRows  *from,
                     const CptFactsRows  *keys)
{
  CptFactsRows *picked = cpt_facts_rows_new (shape);
  guint j = 0;

  for (guint i = 0; i < keys->n_rows; i++)
    {
      while (compare_next (shape, keys, i, from, j) > 0)
        j++;
      if (compare_next (shape, keys, i, from, j) == 0)
        cpt_facts_rows_add (picked, from, j);
      else
        add_absent (picked, keys, i);
    }

  return picked;
}

/* -------------------------------------------------------------------------- sum */

static gboolean
add_numbers (CptFactsRows       *self,
             guint               to,
             const CptFactsRows *from,
             guint               row)
{
  for (guint i = 0; i < self->n_numbers; i++)
    if (__builtin_add_overflow (self->numbers[i][to], from->numbers[i][row], &self->numbers[i][to]))
      return FALSE;

  return TRUE;
}

CptFactsRows *
cpt_facts_rows_sum (const CptFactsShape *shape,
                    const CptFactsRows  *self)
{
  g_autoptr(CptFactsRows) sum = cpt_facts_rows_new (shape);
  g_autofree guint *order = cpt_facts_rows_sort (self, NULL, self->n_codes);

  for (guint i = 0; i < self->n_rows; i++)
    {
      guint last = sum->n_rows - 1;

      if (sum->n_rows > 0 && cpt_facts_rows_compare (sum, last, self, order[i], self->n_codes) == 0)
        {
          if (!add_numbers (sum, last, self, order[i]))
            return NULL;
          continue;
        }

      if (sum->n_rows > 0 && !has_weight (sum, last))
        sum->n_rows--;
      cpt_facts_rows_add (sum, self, order[i]);
    }
  if (sum->n_rows > 0 && !has_weight (sum, sum->n_rows - 1))
    sum->n_rows--;

  for (guint i = 0; i < sum->n_rows; i++)
    if (sum->numbers[sum->n_numbers - 1][i] < 0)
      return NULL;

  return g_steal_pointer (&sum);
}
