/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Filters as SQL.
 *
 * Only positive conditions are compiled as they are; they are true, or else
 * false or null. A negated operator and a "not" group ask whether the positive
 * form IS NOT TRUE, so that "is not Won" keeps records without a stage, and
 * cpt-filter-match.c, which knows no null, agrees. Positive conditions at the
 * top stay plain, so that indexes serve them. */

#include "config.h"

#include "cpt-filter-private.h"

#include <string.h>

#include "cpt-text.h"

typedef struct
{
  CptSql *sql;
  CptFilterSqlMode mode;
} Compiler;

static void
add_operand_id (CptSql           *sql,
                const CptOperand *operand)
{
  cpt_sql_add_id (sql, operand->form == CPT_OPERAND_ME ? cpt_database_get_author (sql->database) : &operand->value.id);
}

/* Identifiers inside JSON are texts */
static void
add_operand_text (CptSql           *sql,
                  const CptOperand *operand)
{
  char text[CPT_UUID_TEXT_SIZE];

  if (operand->form == CPT_OPERAND_ME || operand->value.type == CPT_VALUE_ID)
    {
      cpt_uuid_format (operand->form == CPT_OPERAND_ME ? cpt_database_get_author (sql->database) : &operand->value.id, text);
      cpt_sql_add_text (sql, text);
    }
  else
    cpt_sql_add_text (sql, operand->value.text);
}

static const CptOperand *
get_operand (CptFilter *filter,
             guint      index)
{
  return &g_array_index (filter->operands, CptOperand, index);
}

/* Whole numbers */

static void
add_bound (CptSql         *sql,
           const char     *alias,
           const CptField *field,
           const char     *comparison,
           gint64          value)
{
  cpt_sql_add_column (sql, alias, field);
  cpt_sql_add (sql, comparison);
  cpt_sql_add_int (sql, value);
}

static void
add_range (CptSql         *sql,
           const char     *alias,
           const CptField *field,
           gint64          low,
           gint64          high)
{
  if (low == high)
    {
      add_bound (sql, alias, field, "=", low);
      return;
    }

  cpt_sql_add (sql, "(");
  add_bound (sql, alias, field, ">=", low);
  cpt_sql_add (sql, " AND ");
  add_bound (sql, alias, field, "<=", high);
  cpt_sql_add (sql, ")");
}

static void
add_integer_condition (CptSql         *sql,
                       CptFilter      *filter,
                       CptOperator     op,
                       const char     *alias,
                       const CptField *field)
{
  gint64 low = 0, high = 0, ignored;
  CptFilterHost host = { 0 };

  if (sql->database != NULL)
    cpt_filter_host_init (&host, sql->database);

  if (op == CPT_OPERATOR_WITHIN)
    {
      cpt_filter_get_period_range (filter, &host, &low, &high);
      add_range (sql, alias, field, low, high);
      return;
    }

  cpt_operand_get_range (get_operand (filter, 0), field, &host, &low, &high);
  switch ((int) op)
    {
    case CPT_OPERATOR_LESS:
      add_bound (sql, alias, field, "<", low);
      break;
    case CPT_OPERATOR_LESS_OR_EQUAL:
      add_bound (sql, alias, field, "<=", high);
      break;
    case CPT_OPERATOR_GREATER:
      add_bound (sql, alias, field, ">", high);
      break;
    case CPT_OPERATOR_GREATER_OR_EQUAL:
      add_bound (sql, alias, field, ">=", low);
      break;
    case CPT_OPERATOR_BETWEEN:
      cpt_operand_get_range (get_operand (filter, 1), field, &host, &ignored, &high);
      cpt_sql_add (sql, "(");
      add_bound (sql, alias, field, ">=", low);
      cpt_sql_add (sql, " AND ");
      add_bound (sql, alias, field, "<=", high);
      cpt_sql_add (sql, ")");
      break;
    default:
      cpt_sql_add (sql, "(");
      for (guint i = 0; i < filter->operands->len; i++)
        {
          cpt_sql_add (sql, i > 0 ? " OR " : "");
          cpt_operand_get_range (get_operand (filter, i), field, &host, &low, &high);
          add_range (sql, alias, field, low, high);
        }
      cpt_sql_add (sql, ")");
      break;
    }
}

/* Money: only amounts of the same currency compare */

static void
add_money_condition (CptSql         *sql,
                     CptFilter      *filter,
                     CptOperator     op,
                     const char     *alias,
                     const CptField *field)
{
  static const char *const comparisons[CPT_N_OPERATORS] = {
    [CPT_OPERATOR_IS] = "=",
    [CPT_OPERATOR_LESS] = "<",
    [CPT_OPERATOR_LESS_OR_EQUAL] = "<=",
    [CPT_OPERATOR_GREATER] = ">",
    [CPT_OPERATOR_GREATER_OR_EQUAL] = ">=",
    [CPT_OPERATOR_BETWEEN] = ">=",
  };
  const CptOperand *operand = get_operand (filter, 0);

  cpt_sql_add (sql, "(");
  cpt_sql_add_currency (sql, alias, field);
  cpt_sql_add (sql, "=");
  if (operand->form == CPT_OPERAND_CURRENCY)
    cpt_sql_add_text (sql, operand->value.text);
  else
    {
      cpt_sql_add_text (sql, operand->value.money.currency);
      cpt_sql_add (sql, " AND ");
      add_bound (sql, alias, field, comparisons[op], operand->value.money.amount);
    }

  if (op == CPT_OPERATOR_BETWEEN)
    {
      cpt_sql_add (sql, " AND ");
      add_bound (sql, alias, field, "<=", get_operand (filter, 1)->value.money.amount);
    }
  cpt_sql_add (sql, ")");
}

/* Texts and links */

static void
add_folded_column (CptSql         *sql,
                   const char     *alias,
                   const CptField *field)
{
  gboolean is_structured = field->kind == CPT_FIELD_ADDRESS;

  cpt_sql_add (sql, is_structured ? "cpt_fold(cpt_plain(" : "cpt_fold(");
  cpt_sql_add_column (sql, alias, field);
  cpt_sql_add (sql, is_structured ? "))" : ")");
}

static void
add_words_condition (CptSql         *sql,
                     CptFilter      *filter,
                     CptOperator     op,
                     const char     *alias,
                     const CptField *field)
{
  g_autofree char *folded = cpt_text_fold (get_operand (filter, 0)->value.text);
  glong length = g_utf8_strlen (folded, -1);

  if (op == CPT_OPERATOR_CONTAINS)
    {
      cpt_sql_add (sql, "instr(");
      add_folded_column (sql, alias, field);
      cpt_sql_add (sql, ",");
      cpt_sql_add_text (sql, folded);
      cpt_sql_add (sql, ")>0");
      return;
    }

  /* An empty end: substr (x, -0) would be all of x */
  cpt_sql_add (sql, "substr(");
  add_folded_column (sql, alias, field);
  if (op == CPT_OPERATOR_STARTS_WITH || length == 0)
    cpt_sql_printf (sql, ",1,%ld)=", length);
  else
    cpt_sql_printf (sql, ",-%ld)=", length);
  cpt_sql_add_text (sql, folded);
}

static void
add_equal_condition (CptSql         *sql,
                     CptFilter      *filter,
                     const char     *alias,
                     const CptField *field)
{
  gboolean is_id = field->kind == CPT_FIELD_LINK && !field->is_custom;

  cpt_sql_add_column (sql, alias, field);
  cpt_sql_add (sql, cpt_sql_get_collation (field));
  cpt_sql_add (sql, filter->operands->len == 1 ? "=" : " IN (");
  for (guint i = 0; i < filter->operands->len; i++)
    {
      cpt_sql_add (sql, i > 0 ? "," : "");
      if (is_id)
        add_operand_id (sql, get_operand (filter, i));
      else
        add_operand_text (sql, get_operand (filter, i));
    }
  cpt_sql_add (sql, filter->operands->len == 1 ? "" : ")");
}

/* Sets: a standard set has a table (value, row_id) beside it */

static void
add_member_condition (Compiler         *compiler,
                      const CptOperand *operand,
                      const char       *alias,
                      const CptEntity  *entity,
                      const CptField   *field)
{
  CptSql *sql = compiler->sql;

  if (compiler->mode == CPT_FILTER_SQL_MANY && !field->is_custom)
    {
      cpt_sql_printf (sql, "%s.row_id IN (SELECT row_id FROM \"%s__%s\" WHERE value=", alias, entity->name, field->name);
      if (field->kind == CPT_FIELD_LINKS)
        add_operand_id (sql, operand);
      else
        cpt_sql_add_text (sql, operand->value.text);
      cpt_sql_add (sql, ")");
      return;
    }

  cpt_sql_add (sql, "EXISTS (SELECT 1 FROM json_each(");
  cpt_sql_add_column (sql, alias, field);
  cpt_sql_add (sql, ") AS e WHERE e.value=");
  add_operand_text (sql, operand);
  cpt_sql_add (sql, ")");
}

static void
add_set_condition (Compiler        *compiler,
                   CptFilter       *filter,
                   CptOperator      op,
                   const char      *alias,
                   const CptEntity *entity,
                   const CptField  *field)
{
  cpt_sql_add (compiler->sql, "(");
  for (guint i = 0; i < filter->operands->len; i++)
    {
      cpt_sql_add (compiler->sql, i == 0 ? "" : op == CPT_OPERATOR_CONTAINS_ALL ? " AND "
                                                                                : " OR ");
      add_member_condition (compiler, get_operand (filter, i), alias, entity, field);
    }
  cpt_sql_add (compiler->sql, ")");
}

/* The condition on the last field of the path */
static void
add_condition (Compiler    *compiler,
               CptFilter   *filter,
               CptOperator  op,
               const char  *alias)
{
  const CptEntity *entity = filter->path.entities[filter->path.n_steps - 1];
  const CptField *field = cpt_path_get_field (&filter->path);
  CptValueType type = cpt_field_type_get (field->kind)->value_type;
  CptSql *sql = compiler->sql;

  if (op == CPT_OPERATOR_IS_NOT_EMPTY)
    {
      cpt_sql_add_column (sql, alias, field);
      cpt_sql_add (sql, " IS NOT NULL");
    }
  else if (op == CPT_OPERATOR_IS_TRUE)
    add_bound (sql, alias, field, "=", 1);
  else if (type == CPT_VALUE_INTEGER)
    add_integer_condition (sql, filter, op, alias, field);
  else if (type == CPT_VALUE_MONEY)
    add_money_condition (sql, filter, op, alias, field);
  else if (type == CPT_VALUE_TEXTS || type == CPT_VALUE_IDS)
    add_set_condition (compiler, filter, op, alias, entity, field);
  else if (op == CPT_OPERATOR_CONTAINS || op == CPT_OPERATOR_STARTS_WITH || op == CPT_OPERATOR_ENDS_WITH)
    add_words_condition (sql, filter, op, alias, field);
  else
    add_equal_condition (sql, filter, alias, field);
}

/* Walks the links from step @step on */
static void
add_path (Compiler    *compiler,
          CptFilter   *filter,
          CptOperator  op,
          guint        step,
          const char  *alias)
{
  CptSql *sql = compiler->sql;
  const CptEntity *target;
  char next[16];

  if (step + 1 == filter->path.n_steps)
    {
      add_condition (compiler, filter, op, alias);
      return;
    }

  target = filter->path.entities[step + 1];
  g_snprintf (next, sizeof next, "f%u", sql->n_aliases++);

  if (compiler->mode == CPT_FILTER_SQL_MANY)
    {
      cpt_sql_add_link (sql, alias, filter->path.fields[step]);
      cpt_sql_printf (sql, " IN (SELECT %s.id FROM \"%s\" AS %s WHERE ", next, target->name, next);
    }
  else
    {
      cpt_sql_printf (sql, "EXISTS (SELECT 1 FROM \"%s\" AS %s WHERE %s.id=", target->name, next, next);
      cpt_sql_add_link (sql, alias, filter->path.fields[step]);
      cpt_sql_add (sql, " AND ");
    }

  add_path (compiler, filter, op, step + 1, next);
  cpt_sql_add_visible (sql, next, target);
  cpt_sql_add (sql, ")");
}

static void
add_filter (Compiler   *compiler,
            CptFilter  *filter,
            const char *alias)
{
  CptSql *sql = compiler->sql;
  CptOperator op;
  gboolean negated;

  switch (filter->form)
    {
    case CPT_FILTER_CONDITION:
      op = cpt_operator_get_positive (filter->op, &negated);
      cpt_sql_add (sql, negated ? "((" : "(");
      add_path (compiler, filter, op, 0, alias);
      cpt_sql_add (sql, negated ? ") IS NOT TRUE)" : ")");
      break;

    case CPT_FILTER_NOT:
      cpt_sql_add (sql, "(");
      add_filter (compiler, filter->children[0], alias);
      cpt_sql_add (sql, " IS NOT TRUE)");
      break;

    case CPT_FILTER_ALL:
    case CPT_FILTER_ANY:
    default:
      cpt_sql_add (sql, "(");
      for (guint i = 0; i < filter->n_children; i++)
        {
          cpt_sql_add (sql, i == 0 ? "" : filter->form == CPT_FILTER_ALL ? " AND "
                                                                         : " OR ");
          add_filter (compiler, filter->children[i], alias);
        }
      if (filter->n_children == 0)
        cpt_sql_add (sql, filter->form == CPT_FILTER_ALL ? "1" : "0");
      cpt_sql_add (sql, ")");
      break;
    }
}

void
cpt_filter_add_sql (CptFilter        *self,
                    CptSql           *sql,
                    const char       *alias,
                    CptFilterSqlMode  mode)
{
  Compiler compiler = { .sql = sql, .mode = mode };

  add_filter (&compiler, self, alias);
}
