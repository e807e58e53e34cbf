/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Single rows of facts, as records that are stored nowhere: what a sum is made of. */

#include "config.h"

#include "cpt-facts-question-private.h"

#include <string.h>

#include "cpt-date.h"

typedef struct
{
  const CptEntity *entity;
  CptFilter *filter; /* (nullable) */
  CptFactsRowFunc func;
  gpointer data;    /* of @func */
  gboolean is_over; /* nobody wants more */
  const CptFactsQuestion *question;
  CptFactsAsker asker;
} Listing;

static CptRecord *
create_record (Listing            *self,
               gint64              day,
               const CptFactsRows *rows,
               guint               row)
{
  const CptFactsQuestion *question = self->question;
  const CptFactsShape *shape = &question->shape;
  CptRecord *record = cpt_record_new (question->spec->schema, self->entity);

  cpt_record_set_integer (record, shape->day->name, day);
  for (guint i = 0; i < shape->n_keys; i++)
    cpt_record_set_text (record, shape->code_fields[i]->name, g_ptr_array_index (question->texts[i], rows->codes[i][row]));
  for (guint i = 0; i + 1 < shape->n_numbers; i++)
    {
      guint place = shape->currencies[i];
      const char *currency = place != 0 ? g_ptr_array_index (question->texts[place], rows->codes[place][row]) : NULL;
      g_auto(CptValue) value = CPT_VALUE_INIT;

      if (place == 0)
        cpt_value_set_integer (&value, rows->numbers[i][row]);
      else if (currency != NULL)
        cpt_value_set_money (&value, rows->numbers[i][row], currency);
      cpt_record_set (record, shape->number_fields[i], &value);
    }

  return record;
}

static gboolean
add_day (Listing  *self,
         gint64    day,
         GError  **error)
{
  const CptFactsQuestion *question = self->question;
  CptFactsBlock block = { .span = CPT_FACTS_DAY, .number = day };
  g_autoptr(CptFactsRows) rows = NULL;
  g_autofree guint8 *mask = NULL;
  CptFactsAnswer answer;
  guint8 none;

  /* Whether the day meets the conditions can be told before anything is read */
  if (cpt_facts_condition_ask (question->where, &self->asker, &block, &none) == CPT_FACTS_NO_ROW)
    return TRUE;
  rows = cpt_facts_part_load (question->database, &question->shape, CPT_FACTS_DAY, day, error);
  if (rows == NULL)
    return FALSE;

  block.n_rows = rows->n_rows;
  memcpy (block.codes, rows->codes, sizeof block.codes);
  memcpy (block.numbers, rows->numbers, sizeof block.numbers);
  mask = g_new0 (guint8, rows->n_rows + 1);
  answer = cpt_facts_condition_ask (question->where, &self->asker, &block, mask);
  for (guint i = 0; answer != CPT_FACTS_NO_ROW && i < rows->n_rows && !self->is_over; i++)
    if (answer == CPT_FACTS_ALL_ROWS || mask[i])
      {
        g_autoptr(CptRecord) record = create_record (self, day, rows, i);
        g_autoptr(GError) local_error = NULL;

        self->is_over = !self->func (record, self->data, &local_error);
        if (local_error == NULL)
          continue;
        g_propagate_error (error, g_steal_pointer (&local_error));
        return FALSE;
      }

  return TRUE;
}

static gboolean
add_days (Listing      *self,
          CptDatabase  *database,
          GError      **error)
{
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  statement = cpt_database_prepare (
    database, "SELECT number FROM fact_part WHERE entity = ? AND span = 0 ORDER BY number DESC", error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, self->entity->number);
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      if (!add_day (self, cpt_statement_get_int (statement, 0), error))
        return FALSE;
      if (self->is_over)
        return TRUE;
    }

  return step == CPT_STEP_DONE;
}

/* The question of how many rows there are knows conditions and texts */
static CptAggregateSpec *
create_spec (Listing      *self,
             CptDatabase  *database,
             GError      **error)
{
  JsonObject *object = json_object_new ();
  JsonObject *measure = json_object_new ();
  JsonArray *measures = json_array_new ();
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);

  json_object_set_string_member (object, "source", self->entity->name);
  json_object_set_string_member (measure, "agg", "count");
  json_array_add_object_element (measures, measure);
  json_object_set_array_member (object, "measures", measures);
  if (self->filter != NULL)
    json_object_set_member (object, "where", cpt_filter_to_json (self->filter));
  json_object_unref (object);

  return cpt_aggregate_spec_from_json (cpt_database_get_schema (database), node, error);
}

static gboolean
list (CptDatabase  *database,
      gpointer      data,
      GError      **error)
{
  Listing *self = data;
  g_autoptr(CptAggregateSpec) spec = create_spec (self, database, error);
  g_autoptr(CptFactsQuestion) question = spec != NULL ? cpt_facts_question_new (database, spec, error) : NULL;
  g_autoptr(CptRecord) record = NULL;

  if (question == NULL)
    return FALSE;
  for (guint i = 0; i < question->shape.n_codes; i++)
    if (!cpt_facts_question_need_code (question, i, error))
      return FALSE;

  record = cpt_record_new (spec->schema, self->entity);
  self->question = question;
  self->asker = (CptFactsAsker){ question, database, record };

  return add_days (self, database, error);
}

gboolean
cpt_facts_foreach (CptDatabase      *database,
                   const CptEntity  *entity,
                   CptFilter        *filter,
                   CptFactsRowFunc   func,
                   gpointer          data,
                   GError          **error)
{
  Listing self = { .entity = entity, .filter = filter, .func = func, .data = data };

  g_return_val_if_fail (database != NULL && func != NULL, FALSE);
  g_return_val_if_fail (entity != NULL && (entity->flags & CPT_ENTITY_FACTS) != 0, FALSE);

  return cpt_database_snapshot (database, list, &self, error);
}

typedef struct
{
  GPtrArray *rows; /* CptRecord */
  guint limit;
} Collection;

static gboolean
collect (CptRecord  *row,
         gpointer    data,
         GError    **error)
{
  Collection *self = data;

  if (self->rows->len < self->limit)
    g_ptr_array_add (self->rows, cpt_record_ref (row));

  return self->rows->len < self->limit;
}

GPtrArray *
cpt_facts_list (CptDatabase      *database,
                const CptEntity  *entity,
                CptFilter        *filter,
                guint             limit,
                GError          **error)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_record_unref);
  Collection collection = { rows, limit };

  return cpt_facts_foreach (database, entity, filter, collect, &collection, error) ? g_steal_pointer (&rows) : NULL;
}
