/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where one record belongs in a list that is right but for it: a binary search
 * that reads the keys of about log2(length) rows, so that one changed record
 * does not read a list of a million again. */

#include "config.h"

#include "cpt-query-private.h"

typedef struct
{
  gint64 row;
  CptValue values[CPT_QUERY_MAX_SORTS];
} RowKeys;

typedef struct
{
  CptQuery *query;
  CptDatabase *database;
  CptOrder *order;
  GArray *rows;
  gint64 row;
  gint64 position;
} Locator;

static void
row_keys_clear (RowKeys *self)
{
  for (guint i = 0; i < CPT_QUERY_MAX_SORTS; i++)
    cpt_value_clear (&self->values[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RowKeys, row_keys_clear)

static gboolean
row_belongs (Locator   *locator,
             gboolean  *belongs,
             GError   **error)
{
  g_auto(CptSql) sql = { 0 };
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  cpt_sql_init (&sql, locator->database);
  cpt_sql_printf (&sql, "SELECT 1 FROM \"%s\" AS t", locator->query->entity->name);
  cpt_query_add_where (locator->query, &sql, CPT_FILTER_SQL_ONE);
  cpt_sql_add (&sql, " AND t.row_id=");
  cpt_sql_add_int (&sql, locator->row);

  statement = cpt_sql_prepare (&sql, error);
  if (statement == NULL)
    return FALSE;

  step = cpt_statement_step (statement, error);
  *belongs = step == CPT_STEP_ROW;

  return step != CPT_STEP_ERROR;
}

/* A row that is gone has no keys: all null */
static gboolean
read_keys (Locator  *locator,
           gint64    row,
           RowKeys  *keys,
           GError  **error)
{
  g_auto(CptSql) sql = { 0 };
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;
  int column = 1;

  cpt_sql_init (&sql, locator->database);
  cpt_sql_add (&sql, "SELECT t.row_id");
  for (guint i = 0; i < locator->order->n_keys; i++)
    {
      cpt_sql_add (&sql, ",");
      cpt_sql_add_sql (&sql, &locator->order->keys[i].sql);
      cpt_sql_add (&sql, locator->order->keys[i].second.text->len > 0 ? "," : "");
      cpt_sql_add_sql (&sql, &locator->order->keys[i].second);
    }
  cpt_sql_printf (&sql, " FROM \"%s\" AS t", locator->query->entity->name);
  cpt_sql_add_sql (&sql, &locator->order->joins.sql);
  cpt_sql_add (&sql, " WHERE t.row_id=");
  cpt_sql_add_int (&sql, row);

  statement = cpt_sql_prepare (&sql, error);
  if (statement == NULL)
    return FALSE;

  keys->row = row;
  step = cpt_statement_step (statement, error);
  for (guint i = 0; i < locator->order->n_keys; i++)
    {
      cpt_value_clear (&keys->values[i]);
      if (step == CPT_STEP_ROW)
        column += cpt_sql_read (statement, column, locator->order->keys[i].field, &keys->values[i]);
    }

  return step != CPT_STEP_ERROR;
}

static int
compare_keys (Locator       *locator,
              const RowKeys *a,
              const RowKeys *b)
{
  for (guint i = 0; i < locator->order->n_keys; i++)
    {
      const CptSortKey *key = &locator->order->keys[i];
      gboolean a_null = cpt_value_is_null (&a->values[i]);
      gboolean b_null = cpt_value_is_null (&b->values[i]);
      int compared;

      if (a_null || b_null)
        compared = (int) a_null - (int) b_null;
      else
        compared = cpt_field_compare (key->field, &a->values[i], &b->values[i]) * (key->descending ? -1 : 1);

      if (compared != 0)
        return compared;
    }

  return (a->row > b->row) - (a->row < b->row);
}

/* The list without the row itself */
static gint64
get_other (Locator *locator,
           guint    own,
           guint    index)
{
  return g_array_index (locator->rows, gint64, index < own ? index : index + 1);
}

static gboolean
search_position (Locator  *locator,
                 GError  **error)
{
  g_auto(RowKeys) wanted = { 0 };
  guint own, low = 0, high;

  for (own = 0; own < locator->rows->len; own++)
    if (g_array_index (locator->rows, gint64, own) == locator->row)
      break;

  high = own < locator->rows->len ? locator->rows->len - 1 : locator->rows->len;
  if (!read_keys (locator, locator->row, &wanted, error))
    return FALSE;

  while (low < high)
    {
      g_auto(RowKeys) keys = { 0 };
      guint middle = low + (high - low) / 2;

      if (!read_keys (locator, get_other (locator, own, middle), &keys, error))
        return FALSE;

      if (compare_keys (locator, &keys, &wanted) < 0)
        low = middle + 1;
      else
        high = middle;
    }

  locator->position = low;

  return TRUE;
}

static gboolean
locate (CptDatabase  *database,
        gpointer      data,
        GError      **error)
{
  Locator *locator = data;
  g_auto(CptOrder) order = { 0 };
  gboolean belongs;

  cpt_order_init (&order, locator->query, database);
  locator->order = &order;
  locator->database = database;
  locator->position = -1;

  return row_belongs (locator, &belongs, error) && (!belongs || search_position (locator, error));
}

/**
 * cpt_query_locate:
 * @self: a query
 * @database: a connection
 * @rows: (element-type gint64): rows in order, right but perhaps for @row
 * @row: the row that changed; it may be among @rows or not
 * @position: (out): its position among the others, -1 when it does not belong
 * @error: return location for an error
 *
 * Reads about log2(length) rows.
 */
gboolean
cpt_query_locate (CptQuery     *self,
                  CptDatabase  *database,
                  GArray       *rows,
                  gint64        row,
                  gint64       *position,
                  GError      **error)
{
  Locator locator = { .query = self, .rows = rows, .row = row };

  if (!cpt_database_snapshot (database, locate, &locator, error))
    return FALSE;

  *position = locator.position;

  return TRUE;
}
