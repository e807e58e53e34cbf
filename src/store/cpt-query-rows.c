/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rows of a query in order.
 *
 * A million rows must come in about a tenth of a second, so each order is read
 * as an index can give it: records with a value of the first key first, then
 * those without, in two statements ("NULLS LAST" in one would sort everything).
 * An index read backwards gives equal values backwards too: in descending
 * order the runs of equal values are turned round here. */

#include "config.h"

#include "cpt-query-private.h"

#include <string.h>

/* First pages in descending order are read value by value up to this length */
#define MAX_STEPWISE 1000

typedef struct
{
  CptQuery *query;
  CptDatabase *database;
  CptOrder *order;
  guint64 offset;
  guint64 limit;
  GArray *rows;
} Reader;

static void
add_from (Reader *reader,
          CptSql *sql)
{
  cpt_sql_printf (sql, " FROM \"%s\" AS t", reader->query->entity->name);
  cpt_sql_add_sql (sql, &reader->order->joins.sql);
}

static void
add_limit (CptSql  *sql,
           guint64  offset,
           guint64  limit)
{
  if (limit == 0 && offset == 0)
    return;

  cpt_sql_add (sql, " LIMIT ");
  cpt_sql_add_int (sql, limit == 0 || limit > G_MAXINT64 ? -1 : (gint64) limit);
  cpt_sql_add (sql, " OFFSET ");
  cpt_sql_add_int (sql, (gint64) MIN (offset, G_MAXINT64));
}

/* Appends the first column of @sql to the rows */
static gboolean
read_rows (Reader  *reader,
           CptSql  *sql,
           GError **error)
{
  g_autoptr(CptStatement) statement = cpt_sql_prepare (sql, error);
  CptStep step;

  if (statement == NULL)
    return FALSE;

  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      gint64 row = cpt_statement_get_int (statement, 0);

      g_array_append_val (reader->rows, row);
    }

  return step == CPT_STEP_DONE;
}

/* By creation. Without a limit the rows come from the narrowest index and are
 * sorted here: the table itself is ten times as wide. */
static gboolean
read_by_creation (Reader  *reader,
                  GError **error)
{
  g_auto(CptSql) sql = { 0 };
  gboolean whole = reader->limit == 0 && reader->offset == 0;

  cpt_sql_init (&sql, reader->database);
  cpt_sql_add (&sql, "SELECT t.row_id");
  add_from (reader, &sql);
  cpt_query_add_where (reader->query, &sql, CPT_FILTER_SQL_MANY);
  if (!whole)
    cpt_sql_add (&sql, " ORDER BY t.row_id");
  add_limit (&sql, reader->offset, reader->limit);

  if (!read_rows (reader, &sql, error))
    return FALSE;

  if (whole)
    cpt_rows_sort (reader->rows);

  return TRUE;
}

static void
add_where_key (Reader     *reader,
               CptSql     *sql,
               const char *test)
{
  cpt_query_add_where (reader->query, sql, CPT_FILTER_SQL_MANY);
  cpt_sql_add (sql, " AND ");
  cpt_sql_add_sql (sql, &reader->order->keys[0].sql);
  cpt_sql_add (sql, test);
}

static gboolean
read_with_value (Reader  *reader,
                 GError **error)
{
  g_auto(CptSql) sql = { 0 };

  cpt_sql_init (&sql, reader->database);
  cpt_sql_add (&sql, "SELECT t.row_id");
  add_from (reader, &sql);
  add_where_key (reader, &sql, " IS NOT NULL");
  cpt_sql_add (&sql, " ORDER BY ");
  cpt_sort_key_add (&reader->order->keys[0], &sql);
  cpt_sql_add (&sql, ",");
  cpt_order_add_sql (reader->order, &sql, 1);
  cpt_sql_add (&sql, "t.row_id");
  add_limit (&sql, reader->offset, reader->limit);

  return read_rows (reader, &sql, error);
}

static void
reverse_run (GArray *rows,
             guint   first,
             guint   end)
{
  while (first + 1 < end)
    {
      gint64 row = g_array_index (rows, gint64, first);

      end--;
      g_array_index (rows, gint64, first) = g_array_index (rows, gint64, end);
      g_array_index (rows, gint64, end) = row;
      first++;
    }
}

/* One descending key, all rows: as the index gives them, with runs turned round */
static gboolean
read_backwards (Reader  *reader,
                GError **error)
{
  const CptSortKey *key = &reader->order->keys[0];
  g_auto(CptSql) sql = { 0 };
  g_auto(CptValue) last = CPT_VALUE_INIT;
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_autoptr(CptStatement) statement = NULL;
  guint run = reader->rows->len;
  CptStep step;

  cpt_sql_init (&sql, reader->database);
  cpt_sql_add (&sql, "SELECT t.row_id,");
  cpt_sql_add_sql (&sql, &key->sql);
  if (key->second.text->len > 0)
    {
      cpt_sql_add (&sql, ",");
      cpt_sql_add_sql (&sql, &key->second);
    }
  add_from (reader, &sql);
  add_where_key (reader, &sql, " IS NOT NULL");
  cpt_sql_add (&sql, " ORDER BY ");
  cpt_sort_key_add (key, &sql);
  cpt_sql_add (&sql, ",t.row_id DESC");

  statement = cpt_sql_prepare (&sql, error);
  if (statement == NULL)
    return FALSE;

  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      gint64 row = cpt_statement_get_int (statement, 0);

      cpt_sql_read (statement, 1, key->field, &value);
      if (!cpt_value_equal (&value, &last))
        {
          reverse_run (reader->rows, run, reader->rows->len);
          run = reader->rows->len;
          cpt_value_clear (&last);
          last = cpt_value_steal (&value);
        }
      g_array_append_val (reader->rows, row);
    }
  reverse_run (reader->rows, run, reader->rows->len);

  return step == CPT_STEP_DONE;
}

/* The first page in descending order: the greatest value, its rows, the next
 * smaller value... Sorting a run of a hundred thousand equal values to show
 * forty of them would take longer. For integer columns with an index. */
static gboolean
read_stepwise (Reader  *reader,
               GError **error)
{
  const CptSortKey *key = &reader->order->keys[0];
  gint64 below = G_MAXINT64;
  gboolean first = TRUE;

  while (reader->rows->len < reader->limit)
    {
      g_auto(CptSql) next = { 0 };
      g_auto(CptSql) run = { 0 };
      g_autoptr(CptStatement) statement = NULL;

      cpt_sql_init (&next, reader->database);
      cpt_sql_add (&next, "SELECT max(");
      cpt_sql_add_sql (&next, &key->sql);
      cpt_sql_add (&next, ")");
      add_from (reader, &next);
      cpt_query_add_where (reader->query, &next, CPT_FILTER_SQL_MANY);
      cpt_sql_add (&next, " AND ");
      cpt_sql_add_sql (&next, &key->sql);
      cpt_sql_add (&next, first ? "<=" : "<");
      cpt_sql_add_int (&next, below);
      first = FALSE;

      statement = cpt_sql_prepare (&next, error);
      if (statement == NULL || cpt_statement_step (statement, error) != CPT_STEP_ROW)
        return FALSE;
      if (cpt_statement_is_null (statement, 0))
        return TRUE;
      below = cpt_statement_get_int (statement, 0);

      cpt_sql_init (&run, reader->database);
      cpt_sql_add (&run, "SELECT t.row_id");
      add_from (reader, &run);
      cpt_query_add_where (reader->query, &run, CPT_FILTER_SQL_MANY);
      cpt_sql_add (&run, " AND ");
      cpt_sql_add_sql (&run, &key->sql);
      cpt_sql_add (&run, "=");
      cpt_sql_add_int (&run, below);
      cpt_sql_add (&run, " ORDER BY t.row_id");
      add_limit (&run, 0, reader->limit - reader->rows->len);
      if (!read_rows (reader, &run, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_stepwise (Reader *reader)
{
  const CptField *field = reader->order->keys[0].field;

  return reader->offset == 0 && reader->limit > 0 && reader->limit <= MAX_STEPWISE &&
         reader->order->joins.prefixes->len == 0 &&
         reader->query->filter == NULL && reader->query->search == NULL &&
         (field->flags & CPT_FIELD_INDEXED) != 0 && !field->is_custom &&
         cpt_field_type_get (field->kind)->value_type == CPT_VALUE_INTEGER;
}

static gboolean
read_without_value (Reader   *reader,
                    guint64   offset,
                    guint64   limit,
                    GError  **error)
{
  g_auto(CptSql) sql = { 0 };

  cpt_sql_init (&sql, reader->database);
  cpt_sql_add (&sql, "SELECT t.row_id");
  add_from (reader, &sql);
  add_where_key (reader, &sql, " IS NULL");
  cpt_sql_add (&sql, " ORDER BY ");
  cpt_order_add_sql (reader->order, &sql, 1);
  cpt_sql_add (&sql, "t.row_id");
  add_limit (&sql, offset, limit);

  return read_rows (reader, &sql, error);
}

static gboolean
count_with_value (Reader   *reader,
                  guint64  *count,
                  GError  **error)
{
  g_auto(CptSql) sql = { 0 };
  g_autoptr(CptStatement) statement = NULL;

  cpt_sql_init (&sql, reader->database);
  cpt_sql_add (&sql, "SELECT count(*)");
  add_from (reader, &sql);
  add_where_key (reader, &sql, " IS NOT NULL");

  statement = cpt_sql_prepare (&sql, error);
  if (statement == NULL || cpt_statement_step (statement, error) != CPT_STEP_ROW)
    return FALSE;

  *count = (guint64) cpt_statement_get_int (statement, 0);

  return TRUE;
}

static gboolean
read_in_order (Reader  *reader,
               GError **error)
{
  gboolean single_descending = reader->order->n_keys == 1 && reader->order->keys[0].descending;
  guint64 offset = 0, count;
  gboolean done;

  if (single_descending && reader->offset == 0 && reader->limit == 0)
    done = read_backwards (reader, error);
  else if (single_descending && is_stepwise (reader))
    done = read_stepwise (reader, error);
  else
    done = read_with_value (reader, error);

  if (!done)
    return FALSE;
  if (reader->limit > 0 && reader->rows->len >= reader->limit)
    return TRUE;

  /* The page may begin among the rows without a value */
  if (reader->offset > 0 && reader->rows->len == 0)
    {
      if (!count_with_value (reader, &count, error))
        return FALSE;
      offset = reader->offset > count ? reader->offset - count : 0;
    }

  return read_without_value (reader, offset, reader->limit == 0 ? 0 : reader->limit - reader->rows->len, error);
}

static gboolean
read_all (CptDatabase  *database,
          gpointer      data,
          GError      **error)
{
  Reader *reader = data;
  g_auto(CptOrder) order = { 0 };
  gboolean done;

  cpt_order_init (&order, reader->query, database);
  reader->order = &order;
  reader->database = database;
  done = order.n_keys == 0 ? read_by_creation (reader, error) : read_in_order (reader, error);
  reader->order = NULL;

  return done;
}

/**
 * cpt_query_get_rows:
 * @self: a query
 * @database: a connection
 * @offset: rows left out at the beginning
 * @limit: most rows, or 0 for all
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type gint64): rows in order, or %NULL
 */
GArray *
cpt_query_get_rows (CptQuery     *self,
                    CptDatabase  *database,
                    guint64       offset,
                    guint64       limit,
                    GError      **error)
{
  g_autoptr(GArray) rows = g_array_sized_new (FALSE, FALSE, sizeof (gint64), limit > 0 && limit < 1024 ? (guint) limit : 1024);
  Reader reader = { .query = self, .offset = offset, .limit = limit, .rows = rows };

  if (!cpt_database_snapshot (database, read_all, &reader, error))
    return NULL;

  return g_steal_pointer (&rows);
}
