/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rows of a query in order.
 *
 * A million rows must come in about a tenth of a second, so each order is read
 * as an index can give it: records with a value of the first key first, then
 * those without, in two statements ("NULLS LAST" in one would sort everything).
 * An index read backwards gives equal values backwards too, and targets of
 * links with equal titles follow one another: there the runs of equal values
 * are put in order here. */

#include "config.h"

#include "cpt-query-private.h"

#include <string.h>

#include "cpt-database-private.h"

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

/* Sorted by a link alone: the targets in their order, and for each the rows
 * that link to it. Both sides have an index for that; the other way round every
 * row would be looked up and all would be sorted. */
static gboolean
is_through_target (Reader *reader)
{
  const CptPath *path = &reader->query->sorts[0].path;

  return reader->query->filter == NULL && reader->query->search == NULL &&
         reader->order->n_keys == 1 && reader->order->joins.prefixes->len == 1 && path->n_steps == 1 &&
         (path->fields[0]->flags & CPT_FIELD_INDEXED) != 0 && !path->fields[0]->is_custom &&
         (reader->order->keys[0].field->flags & CPT_FIELD_INDEXED) != 0;
}

/* For rows that have a value of the first key */
static void
add_from_with_value (Reader *reader,
                     CptSql *sql)
{
  const CptPath *path = &reader->query->sorts[0].path;
  const CptEntity *target;

  if (!is_through_target (reader))
    {
      add_from (reader, sql);
      return;
    }

  target = cpt_schema_get_target (reader->query->schema, path->fields[0]);
  cpt_sql_printf (sql, " FROM \"%s\" AS j0 CROSS JOIN \"%s\" AS t ON t.\"%s\"=j0.id", target->name,
                  reader->query->entity->name, path->fields[0]->name);
  cpt_sql_add_visible (sql, "j0", target);
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
    cpt_rows_sort (reader->rows, 0);

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
  add_from_with_value (reader, &sql);
  add_where_key (reader, &sql, " IS NOT NULL");
  cpt_sql_add (&sql, " ORDER BY ");
  cpt_sort_key_add (&reader->order->keys[0], &sql);
  cpt_sql_add (&sql, ",");
  cpt_order_add_sql (reader->order, &sql, 1);
  cpt_sql_add (&sql, "t.row_id");
  add_limit (&sql, reader->offset, reader->limit);

  return read_rows (reader, &sql, error);
}

/* A run of equal values by creation */
static void
arrange_run (GArray *rows,
             guint   first)
{
  guint end = rows->len;
  gboolean sorted = TRUE;

  if (end - first > 1 && g_array_index (rows, gint64, first) > g_array_index (rows, gint64, end - 1))
    for (guint i = first, j = end; i + 1 < j; i++)
      {
        gint64 row = g_array_index (rows, gint64, i);

        j--;
        g_array_index (rows, gint64, i) = g_array_index (rows, gint64, j);
        g_array_index (rows, gint64, j) = row;
      }

  for (guint i = first + 1; i < end && sorted; i++)
    sorted = g_array_index (rows, gint64, i - 1) < g_array_index (rows, gint64, i);
  if (!sorted)
    cpt_rows_sort (rows, first);
}

/* The value of a key at one row, as far as telling equal ones apart needs */
typedef struct
{
  gint64 integer;
  char currency[4];
  gsize length; /* of the currency */
  GString *text;
} RunKey;

/* Whether the row's key is the same as before; remembers it */
static gboolean
continues_run (RunKey       *last,
               CptValueType  type,
               CptStatement *statement)
{
  gint64 integer = last->integer;
  const char *text;
  gsize length;
  gboolean same;

  if (type == CPT_VALUE_INTEGER || type == CPT_VALUE_MONEY)
    {
      last->integer = cpt_statement_get_int (statement, 1);
      if (type == CPT_VALUE_INTEGER)
        return integer == last->integer;

      /* As it lies in the page: a text would be copied to get its end mark */
      text = sqlite3_column_blob (statement->handle, 2);
      length = MIN ((gsize) sqlite3_column_bytes (statement->handle, 2), sizeof last->currency);
      same = integer == last->integer && length == last->length && memcmp (text, last->currency, length) == 0;
      memcpy (last->currency, text, length);
      last->length = length;
      return same;
    }

  text = cpt_statement_get_text (statement, 1);
  same = text != NULL && strcmp (text, last->text->str) == 0;
  if (!same)
    g_string_assign (last->text, text != NULL ? text : "");

  return same;
}

/* One key, all rows: as the index gives them, with runs put in order */
static gboolean
read_in_runs (Reader  *reader,
              GError **error)
{
  const CptSortKey *key = &reader->order->keys[0];
  CptValueType type = cpt_field_type_get (key->field->kind)->value_type;
  g_auto(CptSql) sql = { 0 };
  g_autoptr(GString) text = g_string_new (NULL);
  RunKey last = { .integer = G_MININT64, .text = text };
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
  add_from_with_value (reader, &sql);
  add_where_key (reader, &sql, " IS NOT NULL");
  cpt_sql_add (&sql, " ORDER BY ");
  cpt_sort_key_add (key, &sql);
  cpt_sql_add (&sql, is_through_target (reader) ? "" : ",t.row_id DESC");

  statement = cpt_sql_prepare (&sql, error);
  if (statement == NULL)
    return FALSE;

  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      gint64 row = cpt_statement_get_int (statement, 0);

      if (!continues_run (&last, type, statement))
        {
          arrange_run (reader->rows, run);
          run = reader->rows->len;
        }
      g_array_append_val (reader->rows, row);
    }
  arrange_run (reader->rows, run);

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

/* Mostly every record links to something with a title; counting costs less
 * than looking for those that don't */
static gboolean
is_complete (Reader    *reader,
             gboolean  *complete,
             GError   **error)
{
  g_auto(CptSql) sql = { 0 };
  g_autoptr(CptStatement) statement = NULL;

  *complete = FALSE;
  if (!is_through_target (reader))
    return TRUE;

  cpt_sql_init (&sql, reader->database);
  cpt_sql_printf (&sql, "SELECT count(*) FROM \"%s\" AS t", reader->query->entity->name);
  cpt_query_add_where (reader->query, &sql, CPT_FILTER_SQL_MANY);
  statement = cpt_sql_prepare (&sql, error);
  if (statement == NULL || cpt_statement_step (statement, error) != CPT_STEP_ROW)
    return FALSE;

  *complete = cpt_statement_get_int (statement, 0) == (gint64) reader->rows->len;

  return TRUE;
}

static gboolean
read_in_order (Reader  *reader,
               GError **error)
{
  gboolean single_descending = reader->order->n_keys == 1 && reader->order->keys[0].descending;
  gboolean whole = reader->offset == 0 && reader->limit == 0;
  guint64 offset = 0, count;
  gboolean done, complete;

  if (whole && (single_descending || is_through_target (reader)))
    done = read_in_runs (reader, error);
  else if (single_descending && is_stepwise (reader))
    done = read_stepwise (reader, error);
  else
    done = read_with_value (reader, error);

  if (!done || !is_complete (reader, &complete, error))
    return FALSE;
  if (complete || (reader->limit > 0 && reader->rows->len >= reader->limit))
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

typedef struct
{
  CptQuery *query;
  guint64 limit;
  GPtrArray *records;
} Loading;

static gboolean
load_records (CptDatabase  *database,
              gpointer      data,
              GError      **error)
{
  Loading *self = data;
  g_autoptr(GArray) rows = cpt_query_get_rows (self->query, database, 0, self->limit, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      CptRecord *record = cpt_database_load_row (database, self->query->entity, g_array_index (rows, gint64, i), error);

      if (record == NULL)
        return FALSE;
      g_ptr_array_add (self->records, record);
    }

  return rows != NULL;
}

GPtrArray *
cpt_query_load_records (CptQuery     *self,
                        CptDatabase  *database,
                        guint64       limit,
                        GError      **error)
{
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_record_unref);
  Loading loading = { .query = self, .limit = limit, .records = records };

  return cpt_database_snapshot (database, load_records, &loading, error) ? g_steal_pointer (&records) : NULL;
}
