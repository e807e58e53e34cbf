/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Questions about numbers as SQL: one parameterised statement. A comparison is
 * a second SELECT behind UNION ALL, whose dates are moved into the period that
 * they are compared with. Order, limit and titles come afterwards, in
 * cpt-aggregate-order.c: what is kept in the cache does not depend on them.
 *
 * The statement gives a row for each group, or one for each record, which
 * cpt-aggregate-scan.c groups: SQLite sorts what it groups. */

#include "config.h"

#include "cpt-aggregate-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-database-private.h"
#include "cpt-error.h"
#include "cpt-facts-question-private.h"

typedef struct
{
  CptAggregateSpec *spec;
  CptDatabase *database;
  gboolean by_record;       /* a row for each record: nothing is grouped */
  const CptRowRange *range; /* (nullable) */
  guint part;
  int months;
  gint64 days;
  CptJoins joins;
  CptSql sets; /* joins of members of sets */
} Part;

static const char *
reach (Part          *part,
       const CptPath *path)
{
  return cpt_joins_reach (&part->joins, path, path->n_steps - 1, NULL);
}

static gboolean
is_same_path (const CptPath *a,
              const CptPath *b)
{
  if (a->n_steps != b->n_steps)
    return FALSE;

  for (guint i = 0; i < a->n_steps; i++)
    if (strcmp (a->fields[i]->name, b->fields[i]->name) != 0)
      return FALSE;

  return TRUE;
}

/* An index gives groups in order, but reading a million amounts in the order of
 * another column takes longer than sorting them: unless the index alone answers,
 * "+" keeps the groups off it. */
static gboolean
is_answered_by_index (CptAggregateSpec *spec)
{
  if (spec->n_dimensions != 1 || spec->where != NULL || spec->search != NULL || spec->has_compare)
    return FALSE;

  for (guint i = 0; i < spec->n_measures; i++)
    if (spec->measures[i].path.n_steps > 0 || spec->measures[i].filter != NULL)
      return FALSE;

  return TRUE;
}

/* A date or the day of an instant, moved when it is compared, as a bucket */
static void
add_bucket (Part                   *part,
            CptSql                 *sql,
            const CptDimensionSpec *dimension,
            const char             *alias)
{
  const CptField *field = cpt_path_get_field (&dimension->path);
  gboolean is_instant = field->kind == CPT_FIELD_DATETIME;
  gboolean shifts = part->part == 1 && is_same_path (&dimension->path, &part->spec->compare_path);

  if (dimension->bucket == CPT_BUCKET_NONE && (is_instant || !shifts))
    {
      cpt_sql_add_column (sql, alias, field);
      return;
    }

  cpt_sql_add (sql, shifts ? "cpt_bucket(cpt_add_months(" : "cpt_bucket(");
  cpt_sql_add (sql, is_instant ? "cpt_local_date(" : "");
  cpt_sql_add_column (sql, alias, field);
  cpt_sql_add (sql, is_instant ? ")" : "");
  if (shifts)
    {
      cpt_sql_add (sql, ",");
      cpt_sql_add_int (sql, part->months);
      cpt_sql_add (sql, ")+");
      cpt_sql_add_int (sql, part->days);
    }
  cpt_sql_printf (sql, ",%d)", (int) dimension->bucket);
}

/* The first number of the bin, and of money its currency */
static void
add_bin (CptSql                 *sql,
         const CptDimensionSpec *dimension,
         const char             *alias)
{
  const CptField *field = cpt_path_get_field (&dimension->path);

  cpt_sql_add (sql, "cpt_bin(");
  cpt_sql_add_column (sql, alias, field);
  cpt_sql_printf (sql, ",%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ")", dimension->bin.step,
                  dimension->bin.low, dimension->bin.high);
  if (field->kind == CPT_FIELD_MONEY)
    {
      cpt_sql_add (sql, ",");
      cpt_sql_add_currency (sql, alias, field);
    }
}

static void
add_dimension (Part   *part,
               CptSql *sql,
               guint   index)
{
  const CptDimensionSpec *dimension = &part->spec->dimensions[index];
  const CptField *field = cpt_path_get_field (&dimension->path);
  const char *alias = reach (part, &dimension->path);

  if (cpt_aggregate_spec_is_set_dimension (part->spec, index))
    {
      cpt_sql_add (&part->sets, " LEFT JOIN json_each(");
      cpt_sql_add_column (&part->sets, alias, field);
      cpt_sql_printf (&part->sets, ") AS e%u", index);
      cpt_sql_printf (sql, field->kind == CPT_FIELD_LINKS ? "cpt_id(e%u.value)," : "e%u.value,", index);
      return;
    }

  cpt_sql_add (sql, is_answered_by_index (part->spec) ? "" : "+");
  if (cpt_field_type_get (field->kind)->is_bucketable &&
      !(part->by_record && cpt_aggregate_scan_makes_bucket (part->spec, index)))
    add_bucket (part, sql, dimension, alias);
  else if (dimension->bin.form != CPT_BIN_NONE)
    add_bin (sql, dimension, alias);
  else
    cpt_sql_add_value (sql, alias, field);
  cpt_sql_add (sql, ",");
}

static void
add_measure_filter (CptSql               *sql,
                    const CptMeasureSpec *measure)
{
  if (measure->filter == NULL)
    return;

  cpt_sql_add (sql, " FILTER (WHERE ");
  cpt_filter_add_sql (measure->filter, sql, "t", CPT_FILTER_SQL_MANY);
  cpt_sql_add (sql, ")");
}

/* A date, or the day of an instant */
static void
add_day (Part          *part,
         CptSql        *sql,
         const CptPath *path)
{
  const CptField *field = cpt_path_get_field (path);
  gboolean is_instant = field->kind == CPT_FIELD_DATETIME;

  cpt_sql_add (sql, is_instant ? "cpt_local_date(" : "");
  cpt_sql_add_column (sql, reach (part, path), field);
  cpt_sql_add (sql, is_instant ? ")" : "");
}

/* What a record gives: a field, days between two, a part of one */
static void
add_own_value (Part                 *part,
               CptSql               *sql,
               const CptMeasureSpec *measure)
{
  const CptField *field = cpt_path_get_field (&measure->path);

  switch (measure->form)
    {
    case CPT_MEASURE_SINCE:
      add_day (part, sql, &measure->path);
      cpt_sql_add (sql, "-");
      add_day (part, sql, &measure->other);
      break;
    case CPT_MEASURE_WEIGHTED:
      cpt_sql_add (sql, "cpt_part(");
      cpt_sql_add_column (sql, reach (part, &measure->path), field);
      cpt_sql_add (sql, ",");
      cpt_sql_add_column (sql, reach (part, &measure->other), cpt_path_get_field (&measure->other));
      cpt_sql_add (sql, ")");
      break;
    case CPT_MEASURE_PLAIN:
    default:
      cpt_sql_add_column (sql, reach (part, &measure->path), field);
      break;
    }
}

static void
add_call (Part                 *part,
          CptSql               *sql,
          const CptMeasureSpec *measure,
          const char           *function)
{
  const CptField *field = measure->path.n_steps == 0 ? NULL : cpt_path_get_field (&measure->path);

  cpt_sql_printf (sql, ",%s", function);
  if (field == NULL)
    cpt_sql_add (sql, "*");
  else
    add_own_value (part, sql, measure);

  if (field != NULL && field->kind == CPT_FIELD_MONEY && measure->aggregate == CPT_AGGREGATE_DISTINCT)
    {
      cpt_sql_add (sql, "||");
      cpt_sql_add_currency (sql, reach (part, &measure->path), field);
    }
  cpt_sql_add (sql, ")");
  add_measure_filter (sql, measure);
}

static void
add_measure (Part                 *part,
             CptSql               *sql,
             const CptMeasureSpec *measure)
{
  static const char *const functions[CPT_N_AGGREGATES] = {
    [CPT_AGGREGATE_COUNT] = "count(",
    [CPT_AGGREGATE_SUM] = "cpt_sum(",
    [CPT_AGGREGATE_AVERAGE] = "cpt_sum(",
    [CPT_AGGREGATE_MIN] = "min(",
    [CPT_AGGREGATE_MAX] = "max(",
    [CPT_AGGREGATE_MEDIAN] = "cpt_median(",
    [CPT_AGGREGATE_DISTINCT] = "count(DISTINCT ",
  };

  add_call (part, sql, measure, functions[measure->aggregate]);
  if (measure->aggregate != CPT_AGGREGATE_COUNT && measure->aggregate != CPT_AGGREGATE_DISTINCT)
    add_call (part, sql, measure, "count(");
}

/* Of a record: whether the measure's filter takes it, and the value */
static void
add_value (Part                 *part,
           CptSql               *sql,
           const CptMeasureSpec *measure)
{
  if (measure->filter != NULL)
    {
      cpt_sql_add (sql, ",(");
      cpt_filter_add_sql (measure->filter, sql, "t", CPT_FILTER_SQL_MANY);
      cpt_sql_add (sql, ") IS TRUE");
    }
  if (measure->path.n_steps > 0)
    {
      cpt_sql_add (sql, ",");
      add_own_value (part, sql, measure);
    }
}

static guint
count_key_columns (CptAggregateSpec *spec)
{
  guint n = spec->n_currencies;

  for (guint i = 0; i < spec->n_dimensions; i++)
    n += cpt_path_get_field (&spec->dimensions[i].path)->kind == CPT_FIELD_MONEY ? 2 : 1;

  return n;
}

static void
add_part_where (Part   *part,
                CptSql *sql)
{
  g_autoptr(CptFilter) period = NULL;

  period = cpt_aggregate_spec_dup_part_filter (part->spec, part->database, part->part, &part->months, &part->days);
  cpt_sql_add (sql, " WHERE 1");
  cpt_sql_add_visible (sql, "t", part->spec->entity);
  if (part->spec->where != NULL)
    {
      cpt_sql_add (sql, " AND ");
      cpt_filter_add_sql (part->spec->where, sql, "t", CPT_FILTER_SQL_MANY);
    }
  if (period != NULL)
    {
      cpt_sql_add (sql, " AND ");
      cpt_filter_add_sql (period, sql, "t", CPT_FILTER_SQL_MANY);
    }
  cpt_query_add_search (sql, part->spec->entity, part->spec->search, CPT_FILTER_SQL_MANY);
  if (part->range != NULL)
    {
      cpt_sql_add (sql, " AND t.row_id BETWEEN ");
      cpt_sql_add_int (sql, part->range->first);
      cpt_sql_add (sql, " AND ");
      cpt_sql_add_int (sql, part->range->last);
    }
}

static void
add_part (Part   *part,
          CptSql *sql)
{
  CptAggregateSpec *spec = part->spec;
  g_auto(CptSql) where = { 0 };
  guint n_keys = count_key_columns (spec);

  cpt_sql_init (&where, part->database);
  where.n_aliases = 1000 * (part->part + 1); /* apart from those of the measures' filters */
  add_part_where (part, &where);

  cpt_sql_printf (sql, "SELECT %u,", part->part);
  for (guint i = 0; i < spec->n_dimensions; i++)
    add_dimension (part, sql, i);
  for (guint i = 0; i < spec->n_currencies; i++)
    {
      cpt_sql_add (sql, "ifnull(");
      cpt_sql_add_currency (sql, reach (part, &spec->currencies[i]), cpt_path_get_field (&spec->currencies[i]));
      cpt_sql_add (sql, ",");
      cpt_sql_add_text (sql, cpt_database_get_currency (part->database));
      cpt_sql_add (sql, "),");
    }
  cpt_sql_add (sql, part->by_record ? "t.row_id" : "count(*)");
  for (guint i = 0; i < spec->n_measures; i++)
    {
      if (part->by_record)
        add_value (part, sql, &spec->measures[i]);
      else
        add_measure (part, sql, &spec->measures[i]);
    }

  cpt_sql_printf (sql, " FROM \"%s\" AS t", spec->entity->name);
  cpt_sql_add_sql (sql, &part->joins.sql);
  cpt_sql_add_sql (sql, &part->sets);
  cpt_sql_add_sql (sql, &where);

  for (guint i = 0; i < n_keys && !part->by_record; i++)
    cpt_sql_printf (sql, "%s%u", i == 0 ? " GROUP BY " : ",", i + 2);
}

/* Answers */

int
cpt_aggregate_read_key (CptStatement     *statement,
                        int               column,
                        CptAggregateSpec *spec,
                        guint             dimension,
                        CptValue         *key)
{
  const CptField *field = cpt_path_get_field (&spec->dimensions[dimension].path);
  CptUuid id;

  if (!cpt_aggregate_spec_is_set_dimension (spec, dimension))
    return cpt_sql_read (statement, column, field, key);

  if (field->kind != CPT_FIELD_LINKS)
    cpt_value_set_text (key, cpt_statement_get_text (statement, column));
  else
    {
      cpt_statement_get_id (statement, column, &id);
      if (!cpt_uuid_is_nil (&id))
        cpt_value_set_id (key, &id);
    }

  return 1;
}

static int
read_cell (CptStatement         *statement,
           int                   column,
           const CptMeasureSpec *measure,
           CptCell              *cell)
{
  gint64 rounded;

  if (measure->aggregate == CPT_AGGREGATE_COUNT || measure->aggregate == CPT_AGGREGATE_DISTINCT)
    {
      cell->count = cpt_statement_get_int (statement, column);
      return 1;
    }

  cell->count = cpt_statement_get_int (statement, column + 1);
  cell->real = cpt_statement_get_double (statement, column);
  rounded = cpt_statement_get_int (statement, column);
  cell->is_real = measure->aggregate == CPT_AGGREGATE_MEDIAN || sqlite3_column_type (statement->handle, column) == SQLITE_FLOAT;
  cell->sum = cell->is_real ? 0 : rounded;

  return 2;
}

static gboolean
read_groups (CptStatement  *statement,
             CptDatabase   *database,
             CptGroups     *groups,
             GError       **error)
{
  CptAggregateSpec *spec = groups->spec;
  CptStep step;

  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      CptValue keys[CPT_AGGREGATE_MAX_DIMENSIONS] = { CPT_VALUE_INIT };
      char currencies[CPT_AGGREGATE_MAX_MEASURES][4] = { { '\0' } };
      guint part = (guint) cpt_statement_get_int (statement, 0);
      int column = 1;
      CptGroup *group;

      for (guint i = 0; i < spec->n_dimensions; i++)
        column += cpt_aggregate_read_key (statement, column, spec, i, &keys[i]);
      for (guint i = 0; i < spec->n_currencies; i++)
        g_strlcpy (currencies[i], cpt_statement_get_text (statement, column++), sizeof currencies[i]);

      group = cpt_groups_reach (groups, keys, (const char (*)[4]) currencies);
      group->n_records[part] = cpt_statement_get_int (statement, column++);
      for (guint i = 0; i < spec->n_measures; i++)
        column += read_cell (statement, column, &spec->measures[i], &group->cells[part * spec->n_measures + i]);

      if (g_hash_table_size (groups->table) > 2 * CPT_AGGREGATE_MAX_ROWS &&
          !cpt_aggregate_prune (database, groups, CPT_AGGREGATE_MAX_ROWS, error))
        return FALSE;
    }

  return step == CPT_STEP_DONE;
}

CptStatement *
cpt_aggregate_prepare (CptDatabase        *database,
                       CptAggregateSpec   *spec,
                       gboolean            by_record,
                       const CptRowRange  *range,
                       GError            **error)
{
  g_auto(CptSql) sql = { 0 };
  gboolean fits = TRUE;

  cpt_sql_init (&sql, database);
  for (guint i = 0; i < (spec->has_compare ? 2 : 1); i++)
    {
      Part part = { .spec = spec, .database = database, .by_record = by_record, .range = range, .part = i };

      cpt_joins_init (&part.joins, database);
      cpt_sql_init (&part.sets, database);
      cpt_sql_add (&sql, i > 0 ? " UNION ALL " : "");
      add_part (&part, &sql);
      fits = fits && part.joins.prefixes->len <= CPT_SQL_MAX_JOINS;
      cpt_sql_clear (&part.sets);
      cpt_joins_clear (&part.joins);
    }

  if (!fits)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_LIMIT, _("This question follows too many links"));
      return NULL;
    }

  return cpt_sql_prepare (&sql, error);
}

/* An index has the records in the order of their groups */
static gboolean
is_in_order (CptAggregateSpec *spec)
{
  const CptDimensionSpec *dimension = &spec->dimensions[0];
  const CptField *field = dimension->path.fields[0];

  return is_answered_by_index (spec) && dimension->path.n_steps == 1 && dimension->bucket == CPT_BUCKET_NONE &&
         dimension->bin.form == CPT_BIN_NONE &&
         (field->flags & CPT_FIELD_INDEXED) != 0 && !field->is_custom;
}

/* Grouped by SQLite, where that needs no sorting or where a group is more than
 * sums */
static gboolean
is_for_sqlite (CptAggregateSpec *spec)
{
  return (spec->n_dimensions > 0 && is_in_order (spec)) || !cpt_aggregate_scan_is_possible (spec);
}

CptGroups *
cpt_aggregate_compute_by_sql (CptDatabase       *database,
                              CptAggregateSpec  *spec,
                              GError           **error)
{
  g_autoptr(CptGroups) groups = cpt_groups_new (spec);
  g_autoptr(CptStatement) statement = cpt_aggregate_prepare (database, spec, FALSE, NULL, error);

  if (statement == NULL || !read_groups (statement, database, groups, error))
    return NULL;

  return g_steal_pointer (&groups);
}

CptGroups *
cpt_aggregate_compute (CptDatabase       *database,
                       CptAggregateSpec  *spec,
                       GError           **error)
{
  CptGroups *groups = NULL;

  if ((spec->entity->flags & CPT_ENTITY_FACTS) != 0)
    return cpt_facts_compute (database, spec, error);

  if (!is_for_sqlite (spec) && !cpt_aggregate_scan (database, spec, &groups, error))
    return NULL;

  return groups != NULL ? groups : cpt_aggregate_compute_by_sql (database, spec, error);
}
