/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Filters asked of one record in memory. Says what cpt-filter-sql.c says: a
 * condition on nothing is not met, and what is negated is met exactly when the
 * rest is not. */

#include "config.h"

#include "cpt-filter-private.h"

#include <string.h>

#include "cpt-text.h"

static const CptOperand *
get_operand (CptFilter *filter,
             guint      index)
{
  return &g_array_index (filter->operands, CptOperand, index);
}

static gboolean
match_integer (CptFilter           *filter,
               CptOperator          op,
               const CptFilterHost *host,
               gint64               value)
{
  const CptField *field = cpt_path_get_field (&filter->path);
  gint64 low, high, ignored;

  if (op == CPT_OPERATOR_WITHIN)
    {
      cpt_filter_get_period_range (filter, host, &low, &high);
      return value >= low && value <= high;
    }

  cpt_operand_get_range (get_operand (filter, 0), field, host, &low, &high);
  switch ((int) op)
    {
    case CPT_OPERATOR_LESS:
      return value < low;
    case CPT_OPERATOR_LESS_OR_EQUAL:
      return value <= high;
    case CPT_OPERATOR_GREATER:
      return value > high;
    case CPT_OPERATOR_GREATER_OR_EQUAL:
      return value >= low;
    case CPT_OPERATOR_BETWEEN:
      cpt_operand_get_range (get_operand (filter, 1), field, host, &ignored, &high);
      return value >= low && value <= high;
    default:
      for (guint i = 0; i < filter->operands->len; i++)
        {
          cpt_operand_get_range (get_operand (filter, i), field, host, &low, &high);
          if (value >= low && value <= high)
            return TRUE;
        }
      return FALSE;
    }
}

static gboolean
match_money (CptFilter      *filter,
             CptOperator     op,
             const CptMoney *value)
{
  const CptOperand *operand = get_operand (filter, 0);
  gint64 amount;

  if (operand->form == CPT_OPERAND_CURRENCY)
    return strcmp (operand->value.text, value->currency) == 0;

  if (strcmp (operand->value.money.currency, value->currency) != 0)
    return FALSE;

  amount = operand->value.money.amount;
  switch ((int) op)
    {
    case CPT_OPERATOR_LESS:
      return value->amount < amount;
    case CPT_OPERATOR_LESS_OR_EQUAL:
      return value->amount <= amount;
    case CPT_OPERATOR_GREATER:
      return value->amount > amount;
    case CPT_OPERATOR_GREATER_OR_EQUAL:
      return value->amount >= amount;
    case CPT_OPERATOR_BETWEEN:
      return value->amount >= amount && value->amount <= get_operand (filter, 1)->value.money.amount;
    default:
      return value->amount == amount;
    }
}

static gboolean
match_words (CptFilter   *filter,
             CptOperator  op,
             const char  *value)
{
  gboolean is_structured = cpt_path_get_field (&filter->path)->kind == CPT_FIELD_ADDRESS;
  g_autofree char *plain = is_structured ? cpt_sql_dup_plain_text (value) : NULL;
  g_autofree char *text = cpt_text_fold (is_structured ? plain : value);
  g_autofree char *part = cpt_text_fold (get_operand (filter, 0)->value.text);

  if (op == CPT_OPERATOR_CONTAINS)
    return strstr (text, part) != NULL;

  return op == CPT_OPERATOR_STARTS_WITH ? g_str_has_prefix (text, part) : g_str_has_suffix (text, part);
}

static const CptUuid *
get_operand_id (const CptOperand    *operand,
                const CptFilterHost *host)
{
  static const CptUuid nobody = { 0 };

  if (operand->form != CPT_OPERAND_ME)
    return &operand->value.id;

  return host->author != NULL ? host->author : &nobody;
}

static gboolean
match_id (CptFilter           *filter,
          const CptFilterHost *host,
          const CptUuid       *value)
{
  for (guint i = 0; i < filter->operands->len; i++)
    if (cpt_uuid_equal (get_operand_id (get_operand (filter, i), host), value))
      return TRUE;

  return FALSE;
}

static gboolean
has_member (const CptValue      *value,
            const CptOperand    *operand,
            const CptFilterHost *host)
{
  if (value->type == CPT_VALUE_TEXTS)
    return g_strv_contains ((const char *const *) value->texts, operand->value.text);

  return cpt_value_has_id (value, get_operand_id (operand, host));
}

static gboolean
match_set (CptFilter           *filter,
           CptOperator          op,
           const CptFilterHost *host,
           const CptValue      *value)
{
  gboolean all = op == CPT_OPERATOR_CONTAINS_ALL;

  for (guint i = 0; i < filter->operands->len; i++)
    if (has_member (value, get_operand (filter, i), host) != all)
      return !all;

  return all;
}

static gboolean
match_value (CptFilter           *filter,
             CptOperator          op,
             const CptFilterHost *host,
             const CptValue      *value)
{
  if (cpt_value_is_null (value))
    return FALSE;
  if (op == CPT_OPERATOR_IS_NOT_EMPTY)
    return TRUE;
  if (op == CPT_OPERATOR_IS_TRUE)
    return value->integer == 1;

  switch (value->type)
    {
    case CPT_VALUE_INTEGER:
      return match_integer (filter, op, host, value->integer);
    case CPT_VALUE_MONEY:
      return match_money (filter, op, &value->money);
    case CPT_VALUE_ID:
      return match_id (filter, host, &value->id);
    case CPT_VALUE_TEXTS:
    case CPT_VALUE_IDS:
      return match_set (filter, op, host, value);
    case CPT_VALUE_TEXT:
      if (op == CPT_OPERATOR_CONTAINS || op == CPT_OPERATOR_STARTS_WITH || op == CPT_OPERATOR_ENDS_WITH)
        return match_words (filter, op, value->text);
      for (guint i = 0; i < filter->operands->len; i++)
        if (strcmp (get_operand (filter, i)->value.text, value->text) == 0)
          return TRUE;
      return FALSE;
    case CPT_VALUE_NULL:
    default:
      return FALSE;
    }
}

/* The record may come from another state of the declarations than the filter */
static const CptValue *
get_value (CptFilter       *filter,
           const CptRecord *record,
           const CptField  *field)
{
  static const CptValue null_value = CPT_VALUE_INIT;

  if (record->schema != filter->schema && field->index != G_MAXUINT)
    field = cpt_entity_find_field (record->entity, field->name);

  return field == NULL ? &null_value : cpt_record_get (record, field);
}

/* The record @n_links links away, or NULL when a link leads nowhere: to
 * nothing, to the trash, or to a record that has not arrived */
static CptRecord *
follow_links (CptFilter           *filter,
              const CptFilterHost *host,
              const CptRecord     *record,
              guint                n_links)
{
  g_autoptr(CptRecord) current = NULL;

  for (guint i = 0; i < n_links; i++)
    {
      const CptValue *link = get_value (filter, current != NULL ? current : record, filter->path.fields[i]);
      CptRecord *next = NULL;

      if (link->type == CPT_VALUE_ID && host->load != NULL)
        next = host->load (host->data, filter->path.entities[i + 1], &link->id);
      g_clear_pointer (&current, cpt_record_unref);
      if (next == NULL)
        return NULL;

      current = next;
      if (current->in_trash)
        return NULL;
    }

  return g_steal_pointer (&current);
}

static gboolean
match_condition (CptFilter           *filter,
                 const CptFilterHost *host,
                 const CptRecord     *record)
{
  guint n_links = filter->path.n_steps - 1;
  g_autoptr(CptRecord) target = NULL;
  const CptField *field;
  CptOperator op;
  gboolean negated, met = FALSE;

  op = cpt_operator_get_positive (filter->op, &negated);
  field = filter->path.fields[n_links];
  if (n_links > 0)
    target = follow_links (filter, host, record, n_links);
  if (n_links == 0 || target != NULL)
    met = match_value (filter, op, host, get_value (filter, target != NULL ? target : record, field));

  return met != negated;
}

/* The face that looks at memory: see cpt_filter_matches() */
gboolean
cpt_filter_matches_in (CptFilter           *self,
                       const CptFilterHost *host,
                       const CptRecord     *record)
{
  switch (self->form)
    {
    case CPT_FILTER_CONDITION:
      return match_condition (self, host, record);

    case CPT_FILTER_NOT:
      return !cpt_filter_matches_in (self->children[0], host, record);

    case CPT_FILTER_ALL:
    case CPT_FILTER_ANY:
    default:
      for (guint i = 0; i < self->n_children; i++)
        if (cpt_filter_matches_in (self->children[i], host, record) != (self->form == CPT_FILTER_ALL))
          return self->form == CPT_FILTER_ANY;
      return self->form == CPT_FILTER_ALL;
    }
}

static CptRecord *
load (gpointer         data,
      const CptEntity *entity,
      const CptUuid   *id)
{
  return cpt_database_load (data, entity, id, NULL);
}

void
cpt_filter_host_init (CptFilterHost *self,
                      CptDatabase   *database)
{
  *self = (CptFilterHost){
    .now = cpt_database_get_now (database),
    .zone = cpt_database_get_zone (database),
    .author = cpt_database_get_author (database),
    .load = load,
    .data = database,
  };
}

/**
 * cpt_filter_matches:
 * @self: a filter
 * @database: answers paths through links, what day it is and who asks
 * @record: a record of the filter's entity
 *
 * Returns: what SQL would say of the record if it were stored like that
 */
gboolean
cpt_filter_matches (CptFilter       *self,
                    CptDatabase     *database,
                    const CptRecord *record)
{
  CptFilterHost host;

  cpt_filter_host_init (&host, database);

  return cpt_filter_matches_in (self, &host, record);
}
