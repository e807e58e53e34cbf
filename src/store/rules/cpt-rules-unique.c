/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rules that no two records have the same: what "the same" is, an index to find
 * it by, and who has it.
 *
 * Texts are the same when they are folded alike (case, accents), all else when
 * it is equal. The index is on that expression and is there as long as the rule
 * is in force; without it (a file of another program) the answer is the same,
 * if slower. */

#include "config.h"

#include "cpt-rules-private.h"

#include <string.h>

#include "cpt-database-private.h"
#include "cpt-field-type.h"
#include "cpt-filter-private.h"
#include "cpt-sql-private.h"
#include "cpt-text.h"
#include "cpt-unit-private.h"

/* Names of the indexes; what follows is the entity and the field. No kind of
 * record is called so, or its own indexes would be taken for these. */
#define INDEX_PREFIX "same__"

static gboolean
is_folded (const CptField *field)
{
  return cpt_field_type_get (field->kind)->value_type == CPT_VALUE_TEXT;
}

char *
cpt_rule_dup_key (const CptRule  *self,
                  const CptValue *value)
{
  if (value->type == CPT_VALUE_TEXT)
    return cpt_text_fold (value->text);

  return cpt_field_format (self->field, value);
}

/* The same text in queries and in the index, or SQLite does not see that it can
 * be used. Names come from declarations, which have no quotes. @prefix: of the
 * columns, with its point; or "" */
static char *
dup_expression (const char     *prefix,
                const CptField *field)
{
  const char *begin = is_folded (field) ? "cpt_fold(" : "";
  const char *end = is_folded (field) ? ")" : "";

  if (field->is_custom)
    return g_strdup_printf ("%scpt_member(%scustom,'%s')%s", begin, prefix, field->name, end);

  return g_strdup_printf ("%s%s\"%s\"%s", begin, prefix, field->name, end);
}

static void
add_value (CptSql         *sql,
           const CptField *field,
           const CptValue *value)
{
  g_autofree char *text = NULL;

  if (value->type == CPT_VALUE_INTEGER)
    cpt_sql_add_int (sql, value->integer);
  else if (value->type == CPT_VALUE_ID && !field->is_custom)
    cpt_sql_add_id (sql, &value->id);
  else
    {
      text = value->type == CPT_VALUE_ID ? cpt_uuid_dup_text (&value->id) : cpt_text_fold (value->text);
      cpt_sql_add_text (sql, text);
    }
}

static void
add_condition (CptSql           *sql,
               const CptRule    *rule,
               CptFilterSqlMode  mode)
{
  if (rule->condition != NULL)
    {
      cpt_sql_add (sql, " AND (");
      cpt_filter_add_sql (rule->condition, sql, "t", mode);
      cpt_sql_add (sql, ")");
    }
  cpt_sql_add_visible (sql, "t", rule->entity);
}

/**
 * cpt_rule_find_same:
 * @self: a rule of kind %CPT_RULE_UNIQUE
 * @database: a connection
 * @value: not null
 * @func: says of a stored record whether it counts
 * @data: for @func
 * @id: (out): the record; nil when there is none
 * @error: return location for an error
 *
 * The first stored record that meets the condition and has the same value. What
 * is in the trash, or part of an unfinished unit of somebody else, is none.
 *
 * Returns: %FALSE with @error when it can't be read
 */
gboolean
cpt_rule_find_same (const CptRule     *self,
                    CptDatabase       *database,
                    const CptValue    *value,
                    CptRuleCountFunc   func,
                    gpointer           data,
                    CptUuid           *id,
                    GError           **error)
{
  g_autofree char *expression = dup_expression ("t.", self->field);
  g_auto(CptSql) sql = { 0 };
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  memset (id, 0, sizeof *id);
  cpt_sql_init (&sql, database);
  cpt_sql_printf (&sql, "SELECT t.id FROM \"%s\" AS t WHERE ", self->entity->name);
  cpt_sql_add (&sql, expression);
  cpt_sql_add (&sql, "=");
  add_value (&sql, self->field, value);
  add_condition (&sql, self, CPT_FILTER_SQL_ONE);
  statement = cpt_sql_prepare (&sql, error);
  if (statement == NULL)
    return FALSE;

  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      cpt_statement_get_id (statement, 0, id);
      if (func (id, data))
        return TRUE;
      memset (id, 0, sizeof *id);
    }

  return step == CPT_STEP_DONE;
}

/**
 * cpt_rule_foreach_same:
 * @self: a rule of kind %CPT_RULE_UNIQUE
 * @database: a connection
 * @limit: how many groups are told
 * @func: (nullable): told of two records of a group, oldest first
 * @data: for @func
 * @n_records: (out): records that are not alone with what they have
 * @error: return location for an error
 *
 * Returns: %FALSE with @error when it can't be read
 */
gboolean
cpt_rule_foreach_same (const CptRule    *self,
                       CptDatabase      *database,
                       guint             limit,
                       CptRulePairFunc   func,
                       gpointer          data,
                       guint64          *n_records,
                       GError          **error)
{
  g_autofree char *expression = dup_expression ("t.", self->field);
  g_auto(CptSql) sql = { 0 };
  g_autoptr(CptStatement) statement = NULL;
  guint n_groups = 0;
  CptStep step;

  *n_records = 0;
  cpt_sql_init (&sql, database);
  cpt_sql_add (&sql, "SELECT count(*), min(t.row_id), max(t.row_id) FROM ");
  cpt_sql_printf (&sql, "\"%s\" AS t WHERE ", self->entity->name);
  cpt_sql_add (&sql, expression);
  cpt_sql_add (&sql, " IS NOT NULL");
  add_condition (&sql, self, CPT_FILTER_SQL_MANY);
  cpt_sql_add (&sql, " GROUP BY ");
  cpt_sql_add (&sql, expression);
  cpt_sql_add (&sql, " HAVING count(*)>1");
  statement = cpt_sql_prepare (&sql, error);
  if (statement == NULL)
    return FALSE;

  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      *n_records += (guint64) cpt_statement_get_int (statement, 0);
      if (func != NULL && n_groups++ < limit)
        func (cpt_statement_get_int (statement, 1), cpt_statement_get_int (statement, 2), data);
    }

  return step == CPT_STEP_DONE;
}

/* Indexes */

static char *
dup_index_name (const CptRule *rule)
{
  return g_strdup_printf (INDEX_PREFIX "%s__%s", rule->entity->name, rule->field->name);
}

/* The columns of an index have no table in front of them. */
static char *
dup_index_sql (const CptRule *rule,
               const char    *name)
{
  g_autofree char *expression = dup_expression ("", rule->field);

  return g_strdup_printf ("CREATE INDEX IF NOT EXISTS \"%s\" ON \"%s\" (%s)", name, rule->entity->name, expression);
}

/* (element-type utf8): names of those that are there; NULL with @error */
static GPtrArray *
list_present (CptDatabase  *database,
              GError      **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  statement = cpt_database_prepare (database, "SELECT name FROM sqlite_schema WHERE type = 'index' AND "
                                              "substr (name, 1, 6) = '" INDEX_PREFIX "'",
                                    error);
  if (statement == NULL)
    return NULL;

  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    g_ptr_array_add (names, g_strdup (cpt_statement_get_text (statement, 0)));

  return step == CPT_STEP_DONE ? g_steal_pointer (&names) : NULL;
}

static gboolean
add_indexes (CptDatabase  *database,
             CptRules     *rules,
             GHashTable   *wanted,
             GError      **error)
{
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (database->schema, &n_entities);

  for (guint i = 0; i < n_entities; i++)
    {
      guint n_rules;
      const CptRule *const *list = cpt_rules_list (rules, entities[i], &n_rules);

      for (guint j = 0; j < n_rules; j++)
        {
          g_autofree char *sql = NULL;
          char *name;

          if (list[j]->kind != CPT_RULE_UNIQUE)
            continue;
          name = dup_index_name (list[j]);
          g_hash_table_add (wanted, name);
          sql = dup_index_sql (list[j], name);
          if (!cpt_database_exec (database, sql, error))
            return FALSE;
        }
    }

  return TRUE;
}

gboolean
cpt_rules_keep_indexes (CptDatabase  *database,
                        CptRules     *rules,
                        GError      **error)
{
  g_autoptr(GHashTable) wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GPtrArray) present = list_present (database, error);
  gboolean is_other_there;

  if (present == NULL || !add_indexes (database, rules, wanted, error) ||
      !cpt_unit_find_other (database, &is_other_there, error))
    return FALSE;

  /* It may have rules that only it can see yet. */
  for (guint i = 0; !is_other_there && i < present->len; i++)
    {
      g_autofree char *sql = g_strdup_printf ("DROP INDEX IF EXISTS \"%s\"", (const char *) g_ptr_array_index (present, i));

      if (!g_hash_table_contains (wanted, g_ptr_array_index (present, i)) && !cpt_database_exec (database, sql, error))
        return FALSE;
    }

  return TRUE;
}
