/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which records in which order: the question itself, and what its WHERE and
 * ORDER BY are made of. Answers are in cpt-query-rows.c and
 * cpt-query-locate.c. */

#include "config.h"

#include "cpt-query-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-layout.h"

/**
 * cpt_query_new:
 * @schema: the declarations; referenced
 * @entity: kind of record
 *
 * Returns: (transfer full): all records in the entity's default order
 */
CptQuery *
cpt_query_new (CptSchema       *schema,
               const CptEntity *entity)
{
  CptQuery *self = g_new0 (CptQuery, 1);

  self->schema = cpt_schema_ref (schema);
  self->entity = entity;
  if (entity->sort != NULL)
    cpt_query_set_sort (self, entity->sort, NULL);

  return self;
}

CptQuery *
cpt_query_copy (const CptQuery *self)
{
  CptQuery *copy = g_new (CptQuery, 1);

  *copy = *self;
  cpt_schema_ref (copy->schema);
  if (copy->filter != NULL)
    cpt_filter_ref (copy->filter);
  copy->search = g_strdup (self->search);

  return copy;
}

void
cpt_query_free (CptQuery *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->filter, cpt_filter_unref);
  cpt_schema_unref (self->schema);
  g_free (self->search);
  g_free (self);
}

/**
 * cpt_query_set_filter:
 * @self: a query
 * @filter: (nullable): referenced
 *
 * Restricts the query, in place of an earlier filter.
 */
void
cpt_query_set_filter (CptQuery  *self,
                      CptFilter *filter)
{
  if (filter != NULL)
    cpt_filter_ref (filter);
  g_clear_pointer (&self->filter, cpt_filter_unref);
  self->filter = filter;
}

/**
 * cpt_query_set_search:
 * @self: a query
 * @text: (nullable): words as a person types them
 *
 * Restricts the query to records with these words. A text without letters and
 * digits restricts nothing.
 */
void
cpt_query_set_search (CptQuery   *self,
                      const char *text)
{
  g_free (self->search);
  self->search = text == NULL || *text == '\0' ? NULL : g_strdup (text);
}

static gboolean
is_sortable (const CptField *field)
{
  CptValueType type = cpt_field_type_get (field->kind)->value_type;

  return type != CPT_VALUE_TEXTS && type != CPT_VALUE_IDS && field->kind != CPT_FIELD_JSON;
}

/**
 * cpt_query_set_sort:
 * @self: a query
 * @sort: fields and paths with "-" in front for descending, separated by commas
 * @error: CPT_ERROR_NOT_FOUND, CPT_ERROR_UNSUPPORTED for sets, CPT_ERROR_LIMIT
 *
 * Replaces the order. Unchanged on failure.
 */
gboolean
cpt_query_set_sort (CptQuery    *self,
                    const char  *sort,
                    GError     **error)
{
  g_auto(GStrv) names = g_strsplit (sort, ",", CPT_QUERY_MAX_SORTS + 1);
  CptQuery changed = *self;

  changed.n_sorts = 0;
  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *name = g_strstrip (names[i]);

      if (*name == '\0')
        continue;
      if (changed.n_sorts == CPT_QUERY_MAX_SORTS)
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT,
                       ngettext ("A list can be sorted by at most %d field",
                                 "A list can be sorted by at most %d fields", CPT_QUERY_MAX_SORTS),
                       CPT_QUERY_MAX_SORTS);
          return FALSE;
        }

      changed.sorts[changed.n_sorts].descending = *name == '-';
      name += *name == '-';
      if (!cpt_path_parse (self->schema, self->entity, name, &changed.sorts[changed.n_sorts].path, error))
        return FALSE;
      if (!is_sortable (cpt_path_get_field (&changed.sorts[changed.n_sorts].path)))
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED, _("A list can’t be sorted by “%s”"), name);
          return FALSE;
        }
      changed.n_sorts++;
    }

  *self = changed;

  return TRUE;
}

/* WHERE and ORDER BY */

void
cpt_query_add_search (CptSql           *sql,
                      const CptEntity  *entity,
                      const char       *text,
                      CptFilterSqlMode  mode)
{
  g_autofree char *match = text == NULL ? NULL : cpt_search_dup_match (text);

  if (match == NULL)
    return;

  if (mode == CPT_FILTER_SQL_MANY)
    {
      cpt_sql_printf (sql, " AND t.row_id IN (SELECT rowid>>%d FROM search WHERE rowid&%d=%u AND search MATCH ",
                      CPT_LAYOUT_SEARCH_SHIFT, CPT_LAYOUT_ENTITY_MAX, entity->number);
      cpt_sql_add_text (sql, match);
    }
  else
    {
      cpt_sql_add (sql, " AND EXISTS (SELECT 1 FROM search WHERE search MATCH ");
      cpt_sql_add_text (sql, match);
      cpt_sql_printf (sql, " AND rowid=(t.row_id<<%d)+%u", CPT_LAYOUT_SEARCH_SHIFT, entity->number);
    }
  cpt_sql_add (sql, ")");
}

void
cpt_query_add_where (CptQuery         *self,
                     CptSql           *sql,
                     CptFilterSqlMode  mode)
{
  cpt_sql_add (sql, " WHERE 1");
  cpt_sql_add_visible (sql, "t", self->entity);

  if (self->filter != NULL)
    {
      cpt_sql_add (sql, " AND ");
      cpt_filter_add_sql (self->filter, sql, "t", mode);
    }

  cpt_query_add_search (sql, self->entity, self->search, mode);
}

char *
cpt_query_dup_sort (const CptQuery *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->n_sorts; i++)
    {
      g_autofree char *name = cpt_path_format (&self->sorts[i].path);

      g_string_append_printf (text, "%s%s%s", i > 0 ? "," : "", self->sorts[i].descending ? "-" : "", name);
    }

  return g_string_free (text, FALSE);
}

/* Links sort by what people see of them */
static void
resolve_key (CptOrder      *order,
             CptQuery      *query,
             const CptPath *path,
             CptSortKey    *key)
{
  const CptField *field = cpt_path_get_field (path);
  const CptEntity *target = NULL;
  guint n_links = path->n_steps - 1;
  const char *alias;

  if (field->kind == CPT_FIELD_LINK && field->target != NULL)
    target = cpt_schema_get_target (query->schema, field);
  if (target != NULL && cpt_entity_get_title_field (target) != NULL)
    {
      field = cpt_entity_get_title_field (target);
      n_links++;
    }

  alias = cpt_joins_reach (&order->joins, path, n_links, target);
  key->field = field;
  cpt_sql_add_column (&key->sql, alias, field);
  if (field->kind == CPT_FIELD_MONEY)
    cpt_sql_add_currency (&key->second, alias, field);
}

void
cpt_order_init (CptOrder    *self,
                CptQuery    *query,
                CptDatabase *database)
{
  cpt_joins_init (&self->joins, database);
  self->n_keys = query->n_sorts;
  for (guint i = 0; i < query->n_sorts; i++)
    {
      cpt_sql_init (&self->keys[i].sql, database);
      cpt_sql_init (&self->keys[i].second, database);
      self->keys[i].descending = query->sorts[i].descending;
      resolve_key (self, query, &query->sorts[i].path, &self->keys[i]);
    }
}

void
cpt_order_clear (CptOrder *self)
{
  for (guint i = 0; i < self->n_keys; i++)
    {
      cpt_sql_clear (&self->keys[i].sql);
      cpt_sql_clear (&self->keys[i].second);
    }
  cpt_joins_clear (&self->joins);
}

void
cpt_sort_key_add (const CptSortKey *self,
                  CptSql           *sql)
{
  cpt_sql_add_sql (sql, &self->sql);
  cpt_sql_add (sql, cpt_sql_get_collation (self->field));
  cpt_sql_add (sql, self->descending ? " DESC" : "");
  if (self->second.text->len > 0)
    {
      cpt_sql_add (sql, ",");
      cpt_sql_add_sql (sql, &self->second);
      cpt_sql_add (sql, self->descending ? " DESC" : "");
    }
}

void
cpt_order_add_sql (CptOrder *self,
                   CptSql   *sql,
                   guint     first)
{
  for (guint i = first; i < self->n_keys; i++)
    {
      cpt_sql_add_sql (sql, &self->keys[i].sql);
      cpt_sql_add (sql, " IS NULL,");
      cpt_sort_key_add (&self->keys[i], sql);
      cpt_sql_add (sql, ",");
    }
}

/* Counting */

typedef struct
{
  CptQuery *query;
  guint64 count;
} Count;

static gboolean
count_rows (CptDatabase  *database,
            gpointer      data,
            GError      **error)
{
  Count *count = data;
  g_auto(CptSql) sql = { 0 };
  g_autoptr(CptStatement) statement = NULL;

  cpt_sql_init (&sql, database);
  cpt_sql_printf (&sql, "SELECT count(*) FROM \"%s\" AS t", count->query->entity->name);
  cpt_query_add_where (count->query, &sql, CPT_FILTER_SQL_MANY);

  statement = cpt_sql_prepare (&sql, error);
  if (statement == NULL || cpt_statement_step (statement, error) != CPT_STEP_ROW)
    return FALSE;

  count->count = (guint64) cpt_statement_get_int (statement, 0);

  return TRUE;
}

/**
 * cpt_query_count:
 * @self: a query
 * @database: a connection
 * @count: (out): number of records
 * @error: return location for an error
 *
 * Counts without reading the records.
 */
gboolean
cpt_query_count (CptQuery     *self,
                 CptDatabase  *database,
                 guint64      *count,
                 GError      **error)
{
  Count data = { .query = self };

  if (!cpt_database_snapshot (database, count_rows, &data, error))
    return FALSE;

  *count = data.count;

  return TRUE;
}

/* Rows */

/* One pass of a radix sort by the byte at @shift */
static void
sort_by_byte (const gint64 *from,
              gint64       *to,
              gsize         n,
              guint         shift)
{
  gsize places[257] = { 0 };

  for (gsize i = 0; i < n; i++)
    places[((guint64) from[i] >> shift & 0xff) + 1]++;
  for (guint i = 1; i < G_N_ELEMENTS (places); i++)
    places[i] += places[i - 1];
  for (gsize i = 0; i < n; i++)
    to[places[(guint64) from[i] >> shift & 0xff]++] = from[i];
}

void
cpt_rows_sort (GArray *rows,
               guint   first)
{
  gint64 *a = (gint64 *) (gpointer) rows->data + first;
  guint n = rows->len - first;
  g_autofree gint64 *b = NULL;
  gboolean sorted = TRUE;
  gint64 most = 0;

  for (guint i = 0; i < n; i++)
    {
      sorted = sorted && (i == 0 || a[i - 1] <= a[i]);
      most = MAX (most, a[i]);
    }
  if (sorted)
    return;

  /* Two passes at a time, so that the result is where it was */
  b = g_new (gint64, n);
  for (guint shift = 0; shift < 64 && most >> shift > 0; shift += 16)
    {
      sort_by_byte (a, b, n, shift);
      sort_by_byte (b, a, n, shift + 8);
    }
}

char *
cpt_rows_dup_json (const gint64 *rows,
                   guint         n_rows)
{
  GString *text = g_string_new ("[");

  for (guint i = 0; i < n_rows; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", rows[i]);
  g_string_append_c (text, ']');

  return g_string_free (text, FALSE);
}
