/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Filters asked of columns. Each single condition is answered by the filter
 * itself, of a record with one field: once for each text of a dictionary, once
 * for each day, and for numbers once for each that is met. So facts are asked
 * what records are asked, and nothing here knows an operator. */

#include "config.h"

#include "cpt-facts-question-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"

/* Numbers whose answer is remembered; a power of two */
#define N_REMEMBERED 1024

void
cpt_facts_condition_free (CptFactsCondition *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->children, g_ptr_array_unref);
  cpt_filter_unref (self->filter);
  g_free (self->table);
  g_free (self);
}

/* -------------------------------------------------------------------------- making */

static gboolean
fill_table (CptFactsCondition  *self,
            CptFactsQuestion   *question,
            GError            **error)
{
  g_autoptr(CptRecord) record = NULL;
  const CptField *field = question->shape.code_fields[self->place];
  GPtrArray *texts;

  if (!cpt_facts_question_need_code (question, self->place, error))
    return FALSE;

  texts = question->texts[self->place];
  record = cpt_record_new (question->spec->schema, question->spec->entity);
  self->table = g_new0 (guint8, texts->len);
  for (guint i = 0; i < texts->len; i++)
    {
      cpt_record_set_text (record, field->name, g_ptr_array_index (texts, i));
      self->table[i] = cpt_filter_matches (self->filter, question->database, record) ? 1 : 0;
    }

  return TRUE;
}

static gboolean
fill_single (CptFactsCondition  *self,
             CptFactsQuestion   *question,
             GError            **error)
{
  const CptPath *path = cpt_filter_get_path (self->filter);
  const CptField *field = cpt_path_get_field (path);
  int code = cpt_facts_question_find_code (question, field);
  int number = cpt_facts_question_find_number (question, field);

  if (path->n_steps == 1 && code >= 0)
    {
      self->form = CPT_FACTS_ON_CODE;
      self->place = (guint) code;
      return fill_table (self, question, error);
    }
  if (path->n_steps == 1 && g_str_equal (field->name, question->shape.day->name))
    {
      self->form = CPT_FACTS_ON_DAY;
      return TRUE;
    }
  if (path->n_steps == 1 && number >= 0)
    {
      self->form = CPT_FACTS_ON_NUMBER;
      self->place = (guint) number;
      question->needs_days = TRUE;
      question->needed_numbers[number] = TRUE;
      return question->shape.currencies[number] == 0 ||
             cpt_facts_question_need_code (question, question->shape.currencies[number], error);
    }

  g_set_error (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED, _("“%s” is not known of %s."), cpt_field_get_label (field),
               cpt_entity_get_label_plural (question->spec->entity));

  return FALSE;
}

CptFactsCondition *
cpt_facts_condition_new (CptFactsQuestion  *question,
                         CptFilter         *filter,
                         GError           **error)
{
  g_autoptr(CptFactsCondition) self = g_new0 (CptFactsCondition, 1);
  CptFilter *const *children;
  guint n_children;

  self->filter = cpt_filter_ref (filter);
  if (cpt_filter_get_form (filter) == CPT_FILTER_CONDITION)
    return fill_single (self, question, error) ? g_steal_pointer (&self) : NULL;

  children = cpt_filter_get_children (filter, &n_children);
  self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_facts_condition_free);
  for (guint i = 0; i < n_children; i++)
    {
      CptFactsCondition *child = cpt_facts_condition_new (question, children[i], error);

      if (child == NULL)
        return NULL;
      g_ptr_array_add (self->children, child);
    }

  return g_steal_pointer (&self);
}

/* -------------------------------------------------------------------------- asking */

static CptFactsAnswer
negate (CptFactsAnswer  answer,
        guint8         *mask,
        guint           n_rows)
{
  if (answer != CPT_FACTS_SOME_ROWS)
    return answer == CPT_FACTS_NO_ROW ? CPT_FACTS_ALL_ROWS : CPT_FACTS_NO_ROW;

  for (guint i = 0; i < n_rows; i++)
    mask[i] ^= 1;

  return answer;
}

/* All are met where none is not met, so only one of the two is written out:
 * @settles is the answer that one member is enough for */
static CptFactsAnswer
ask_members (const CptFactsCondition *self,
             CptFactsAsker           *asker,
             const CptFactsBlock     *block,
             guint8                  *mask,
             CptFactsAnswer           settles)
{
  CptFactsAnswer answer = settles == CPT_FACTS_ALL_ROWS ? CPT_FACTS_NO_ROW : CPT_FACTS_ALL_ROWS;
  g_autofree guint8 *own = NULL;

  for (guint i = 0; i < self->children->len; i++)
    {
      gboolean is_first = answer != CPT_FACTS_SOME_ROWS;
      CptFactsAnswer next;

      if (!is_first && own == NULL)
        own = g_malloc (block->n_rows);
      next = cpt_facts_condition_ask (g_ptr_array_index (self->children, i), asker, block, is_first ? mask : own);
      if (next == settles)
        return settles;
      if (next != CPT_FACTS_SOME_ROWS)
        continue;

      answer = CPT_FACTS_SOME_ROWS;
      for (guint j = 0; !is_first && j < block->n_rows; j++)
        mask[j] = settles == CPT_FACTS_ALL_ROWS ? mask[j] | own[j] : mask[j] & own[j];
    }

  return answer;
}

static gboolean
is_met_on (const CptFactsCondition *self,
           CptFactsAsker           *asker,
           gint64                   day)
{
  cpt_record_set_integer (asker->record, asker->question->shape.day->name, day);

  return cpt_filter_matches (self->filter, asker->database, asker->record);
}

static gboolean
is_met_by (const CptFactsCondition *self,
           CptFactsAsker           *asker,
           const CptField          *field,
           gint64                   number,
           const char              *currency)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;

  if (field->kind == CPT_FIELD_MONEY)
    cpt_value_set_money (&value, number, currency != NULL ? currency : cpt_database_get_currency (asker->database));
  else
    cpt_value_set_integer (&value, number);
  cpt_record_set (asker->record, field, &value);

  return cpt_filter_matches (self->filter, asker->database, asker->record);
}

typedef struct
{
  gint64 number;
  guint32 code;
  guint8 answer; /* 0: not known, else 1 more than it */
} Remembered;

static void
ask_numbers (const CptFactsCondition *self,
             CptFactsAsker           *asker,
             const CptFactsBlock     *block,
             guint8                  *mask)
{
  const CptFactsShape *shape = &asker->question->shape;
  const CptField *field = shape->number_fields[self->place];
  guint currency = shape->currencies[self->place];
  g_autofree Remembered *known = g_new0 (Remembered, N_REMEMBERED);

  for (guint i = 0; i < block->n_rows; i++)
    {
      gint64 number = block->numbers[self->place][i];
      guint32 code = currency != 0 ? block->codes[currency][i] : 0;
      Remembered *own = &known[((guint64) number ^ code) % N_REMEMBERED];

      if (own->answer == 0 || own->number != number || own->code != code)
        {
          const char *text = currency != 0 ? g_ptr_array_index (asker->question->texts[currency], code) : NULL;

          *own = (Remembered){ number, code, is_met_by (self, asker, field, number, text) ? 2 : 1 };
        }
      mask[i] = own->answer - 1;
    }
}

CptFactsAnswer
cpt_facts_condition_ask (const CptFactsCondition *self,
                         CptFactsAsker           *asker,
                         const CptFactsBlock     *block,
                         guint8                  *mask)
{
  if (self == NULL)
    return CPT_FACTS_ALL_ROWS;

  switch (self->form)
    {
    case CPT_FACTS_ON_DAY:
      return is_met_on (self, asker, block->number) ? CPT_FACTS_ALL_ROWS : CPT_FACTS_NO_ROW;
    case CPT_FACTS_ON_CODE:
      for (guint i = 0; i < block->n_rows; i++)
        mask[i] = self->table[block->codes[self->place][i]];
      return CPT_FACTS_SOME_ROWS;
    case CPT_FACTS_ON_NUMBER:
      ask_numbers (self, asker, block, mask);
      return CPT_FACTS_SOME_ROWS;
    case CPT_FACTS_GROUP:
    default:
      break;
    }

  if (cpt_filter_get_form (self->filter) == CPT_FILTER_ANY)
    return ask_members (self, asker, block, mask, CPT_FACTS_ALL_ROWS);
  if (cpt_filter_get_form (self->filter) == CPT_FILTER_ALL)
    return ask_members (self, asker, block, mask, CPT_FACTS_NO_ROW);

  return negate (ask_members (self, asker, block, mask, CPT_FACTS_NO_ROW), mask, block->n_rows);
}

gboolean
cpt_facts_condition_is_even (const CptFactsCondition *self,
                             CptFactsAsker           *asker,
                             gint64                   first,
                             gint64                   last)
{
  if (self == NULL)
    return TRUE;

  for (guint i = 0; self->children != NULL && i < self->children->len; i++)
    if (!cpt_facts_condition_is_even (g_ptr_array_index (self->children, i), asker, first, last))
      return FALSE;
  if (self->form == CPT_FACTS_ON_DAY)
    for (gint64 day = first + 1; day <= last; day++)
      if (is_met_on (self, asker, day) != is_met_on (self, asker, first))
        return FALSE;

  return TRUE;
}
