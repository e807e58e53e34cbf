/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a list shows of some rows: one statement for the whole page, the titles
 * of linked records by joins. */

#include "config.h"

#include "cpt-query-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"

struct _CptPage
{
  gatomicrefcount count;
  CptSchema *schema; /* (owned) */
  CptPath *columns;  /* (owned) */
  guint n_columns;
  guint n_rows;
  CptUuid *ids;     /* nil when the row is gone */
  CptValue *values; /* n_rows * n_columns */
  char **titles;    /* likewise; for links */
};

typedef struct
{
  CptPage *page;
  CptDatabase *database;
  const CptEntity *entity;
  const gint64 *rows;
  CptJoins joins;
} Loader;

/* What a column shows of the records it links to; NULL when it links to none */
static const CptEntity *
get_target (CptPage *page,
            guint    column)
{
  const CptField *field = cpt_path_get_field (&page->columns[column]);

  if (!cpt_field_kind_is_link (field->kind) || field->target == NULL)
    return NULL;

  return cpt_schema_get_target (page->schema, field);
}

static void
add_titles (CptSql          *sql,
            const char      *alias,
            const CptField  *field,
            const CptEntity *target)
{
  const CptField *title = cpt_entity_get_title_field (target);

  /* Translators: between the items of a list; keep the blank */
  cpt_sql_add (sql, ",(SELECT group_concat(x.title,");
  cpt_sql_add_text (sql, _(", "));
  cpt_sql_add (sql, ") FROM (SELECT ");
  cpt_sql_add_column (sql, "l", title);
  cpt_sql_add (sql, " AS title FROM json_each(");
  cpt_sql_add_column (sql, alias, field);
  cpt_sql_printf (sql, ") AS e CROSS JOIN \"%s\" AS l ON l.id=cpt_id(e.value)", target->name);
  cpt_sql_add_visible (sql, "l", target);
  cpt_sql_printf (sql, " ORDER BY title%s) AS x)", cpt_sql_get_collation (title));
}

static void
add_page_column (Loader *loader,
                 CptSql *sql,
                 guint   column)
{
  const CptPath *path = &loader->page->columns[column];
  const CptField *field = cpt_path_get_field (path);
  const CptEntity *target = get_target (loader->page, column);
  const char *alias = cpt_joins_reach (&loader->joins, path, path->n_steps - 1, NULL);

  cpt_sql_add (sql, ",");
  cpt_sql_add_value (sql, alias, field);
  if (target == NULL)
    return;

  if (field->kind == CPT_FIELD_LINKS)
    {
      add_titles (sql, alias, field, target);
      return;
    }

  alias = cpt_joins_reach (&loader->joins, path, path->n_steps, target);
  cpt_sql_printf (sql, ",%s.row_id,", alias);
  cpt_sql_add_value (sql, alias, cpt_entity_get_title_field (target));
}

/* The title of a linked record, as cpt_record_dup_title() says it */
static char *
read_title (CptStatement    *statement,
            int             *column,
            const CptEntity *target)
{
  const CptField *field = cpt_entity_get_title_field (target);
  gboolean is_here = !cpt_statement_is_null (statement, (*column)++);
  g_auto(CptValue) value = CPT_VALUE_INIT;

  *column += cpt_sql_read (statement, *column, field, &value);
  if (!is_here)
    return NULL;

  if (cpt_value_is_null (&value))
    return g_strdup_printf (_("Unnamed %s"), cpt_entity_get_label (target));

  return cpt_field_format_local (field, &value, NULL);
}

static void
read_row (Loader       *loader,
          CptStatement *statement)
{
  CptPage *page = loader->page;
  gint64 index = cpt_statement_get_int (statement, 0);
  int column = 2;

  cpt_statement_get_id (statement, 1, &page->ids[index]);
  for (guint i = 0; i < page->n_columns; i++)
    {
      const CptField *field = cpt_path_get_field (&page->columns[i]);
      const CptEntity *target = get_target (page, i);
      gsize cell = (gsize) index * page->n_columns + i;

      column += cpt_sql_read (statement, column, field, &page->values[cell]);
      if (target == NULL)
        continue;

      if (field->kind == CPT_FIELD_LINKS)
        page->titles[cell] = g_strdup (cpt_statement_get_text (statement, column++));
      else
        page->titles[cell] = read_title (statement, &column, target);
    }
}

static gboolean
load_rows (CptDatabase  *database,
           gpointer      data,
           GError      **error)
{
  Loader *loader = data;
  g_autofree char *rows = cpt_rows_dup_json (loader->rows, loader->page->n_rows);
  g_auto(CptSql) sql = { 0 };
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  cpt_sql_init (&sql, database);
  cpt_sql_add (&sql, "SELECT r.key,t.id");
  for (guint i = 0; i < loader->page->n_columns; i++)
    add_page_column (loader, &sql, i);

  if (loader->joins.prefixes->len > CPT_SQL_MAX_JOINS)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT,
                   ngettext ("A list can’t show more than %d linked record side by side",
                             "A list can’t show more than %d linked records side by side", CPT_SQL_MAX_JOINS),
                   CPT_SQL_MAX_JOINS);
      return FALSE;
    }

  cpt_sql_add (&sql, " FROM json_each(");
  cpt_sql_add_text (&sql, rows);
  cpt_sql_printf (&sql, ") AS r CROSS JOIN \"%s\" AS t ON t.row_id=r.value", loader->entity->name);
  cpt_sql_add_visible (&sql, "t", loader->entity);
  cpt_sql_add_sql (&sql, &loader->joins.sql);

  statement = cpt_sql_prepare (&sql, error);
  if (statement == NULL)
    return FALSE;

  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    read_row (loader, statement);

  return step == CPT_STEP_DONE;
}

/**
 * cpt_page_load:
 * @database: a connection
 * @schema: the declarations that @entity and @columns are of; referenced
 * @entity: kind of record
 * @columns: (array length=n_columns): what to show; copied
 * @n_columns: how many
 * @rows: (array length=n_rows): which records
 * @n_rows: how many
 * @error: return location for an error
 *
 * Returns: (transfer full): the values, or %NULL
 */
CptPage *
cpt_page_load (CptDatabase      *database,
               CptSchema        *schema,
               const CptEntity  *entity,
               const CptPath    *columns,
               guint             n_columns,
               const gint64     *rows,
               guint             n_rows,
               GError          **error)
{
  CptPage *page = g_new0 (CptPage, 1);
  Loader loader = { .page = page, .database = database, .entity = entity, .rows = rows };
  gboolean done;

  g_atomic_ref_count_init (&page->count);
  page->schema = cpt_schema_ref (schema);
  page->columns = g_memdup2 (columns, sizeof (CptPath) * n_columns);
  page->n_columns = n_columns;
  page->n_rows = n_rows;
  page->ids = g_new0 (CptUuid, n_rows);
  page->values = g_new0 (CptValue, (gsize) n_rows * n_columns);
  page->titles = g_new0 (char *, (gsize) n_rows *n_columns);

  cpt_joins_init (&loader.joins, database);
  done = cpt_database_snapshot (database, load_rows, &loader, error);
  cpt_joins_clear (&loader.joins);
  if (!done)
    g_clear_pointer (&page, cpt_page_unref);

  return page;
}

CptPage *
cpt_page_ref (CptPage *self)
{
  g_atomic_ref_count_inc (&self->count);

  return self;
}

void
cpt_page_unref (CptPage *self)
{
  gsize n_cells;

  if (!g_atomic_ref_count_dec (&self->count))
    return;

  n_cells = (gsize) self->n_rows * self->n_columns;
  for (gsize i = 0; i < n_cells; i++)
    {
      cpt_value_clear (&self->values[i]);
      g_free (self->titles[i]);
    }
  g_free (self->values);
  g_free (self->titles);
  g_free (self->ids);
  g_free (self->columns);
  cpt_schema_unref (self->schema);
  g_free (self);
}

guint
cpt_page_get_length (CptPage *self)
{
  return self->n_rows;
}

gboolean
cpt_page_has_row (CptPage *self,
                  guint    index)
{
  g_return_val_if_fail (index < self->n_rows, FALSE);

  return !cpt_uuid_is_nil (&self->ids[index]);
}

const CptUuid *
cpt_page_get_id (CptPage *self,
                 guint    index)
{
  g_return_val_if_fail (index < self->n_rows, NULL);

  return &self->ids[index];
}

const CptValue *
cpt_page_get_value (CptPage *self,
                    guint    index,
                    guint    column)
{
  g_return_val_if_fail (index < self->n_rows && column < self->n_columns, NULL);

  return &self->values[(gsize) index * self->n_columns + column];
}

const char *
cpt_page_get_title (CptPage *self,
                    guint    index,
                    guint    column)
{
  g_return_val_if_fail (index < self->n_rows && column < self->n_columns, NULL);

  return self->titles[(gsize) index * self->n_columns + column];
}

char *
cpt_page_dup_text (CptPage   *self,
                   guint      index,
                   guint      column,
                   GTimeZone *zone)
{
  const CptValue *value = cpt_page_get_value (self, index, column);

  if (get_target (self, column) != NULL)
    {
      const char *title = cpt_page_get_title (self, index, column);

      return g_strdup (title != NULL ? title : "");
    }

  return cpt_field_format_local (cpt_path_get_field (&self->columns[column]), value, zone);
}
