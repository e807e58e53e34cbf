/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How records lie in tables: SQL from declarations.
 *
 * A table per entity holds its live records: system columns first, then the
 * standard fields in the order of their declaration; custom fields are one
 * JSON object. Texts that people sort by have the collation of people in the
 * column, so that every comparison and index agrees. Names come from
 * declarations only and are lower-case SQL identifiers; they are quoted since
 * one may be a keyword of a later SQLite. */

#include "config.h"

#include "cpt-layout.h"

#include <glib/gi18n-lib.h>

#include "cpt-database-private.h"
#include "cpt-error.h"
#include "cpt-field-type.h"

/* In the order of the select and the insert */
#define SYSTEM_COLUMNS "id, created_at, created_by, changed_at, changed_by, sequence, dirty, base_rev, unknown, custom"
#define N_SYSTEM_COLUMNS 10
/* Bytes of a statement that names all columns, roughly */
#define LONG_STATEMENT 1024
/* As many hidden ranges are named in a statement; SQLite takes a thousand terms at most */
#define MAX_NAMED_RANGES 100

CptLayoutForm
cpt_layout_get_form (const CptField *field)
{
  switch (cpt_field_type_get (field->kind)->value_type)
    {
    case CPT_VALUE_MONEY:
      return CPT_LAYOUT_MONEY;

    case CPT_VALUE_TEXTS:
      return CPT_LAYOUT_TEXTS;

    case CPT_VALUE_IDS:
      return CPT_LAYOUT_IDS;

    case CPT_VALUE_NULL:
    case CPT_VALUE_INTEGER:
    case CPT_VALUE_TEXT:
    case CPT_VALUE_ID:
    default:
      return CPT_LAYOUT_PLAIN;
    }
}

gboolean
cpt_layout_has_side_table (const CptField *field)
{
  CptLayoutForm form = cpt_layout_get_form (field);

  return !field->is_custom && (form == CPT_LAYOUT_TEXTS || form == CPT_LAYOUT_IDS);
}

gboolean
cpt_layout_is_collated (const CptField *field)
{
  return cpt_field_kind_is_text (field->kind);
}

guint
cpt_layout_get_n_columns (const CptField *field)
{
  return field->kind == CPT_FIELD_MONEY ? 2 : 1;
}

void
cpt_layout_append_definition (GString        *sql,
                              const CptField *field)
{
  g_string_append_printf (sql, "\"%s\" %s%s", field->name, cpt_field_type_get (field->kind)->sql_type,
                          cpt_layout_is_collated (field) ? " COLLATE CPT_TEXT" : "");
  if (field->kind == CPT_FIELD_MONEY)
    g_string_append_printf (sql, ", \"%s_currency\" TEXT", field->name);
}

/* Statements are put together for every record that is read or written. */
static void
append_column (GString    *sql,
               const char *name,
               const char *end)
{
  g_string_append_c (sql, '"');
  g_string_append (sql, name);
  g_string_append (sql, end);
}

void
cpt_layout_append_columns (GString        *sql,
                           const CptField *field,
                           const char     *suffix)
{
  append_column (sql, field->name, "\"");
  g_string_append (sql, suffix);
  if (field->kind != CPT_FIELD_MONEY)
    return;

  g_string_append (sql, ", ");
  append_column (sql, field->name, "_currency\"");
  g_string_append (sql, suffix);
}

char *
cpt_layout_dup_table_sql (const CptEntity *entity)
{
  GString *sql = g_string_new (NULL);

  g_string_append_printf (sql,
                          "CREATE TABLE \"%s\" (row_id INTEGER PRIMARY KEY AUTOINCREMENT, id BLOB NOT NULL UNIQUE, "
                          "created_at INTEGER, created_by BLOB, changed_at INTEGER, changed_by BLOB, "
                          "sequence INTEGER, dirty INTEGER, base_rev TEXT, unknown TEXT, custom TEXT",
                          entity->name);
  for (guint i = 0; i < entity->n_fields; i++)
    if (!entity->fields[i]->is_custom)
      {
        g_string_append (sql, ", ");
        cpt_layout_append_definition (sql, entity->fields[i]);
      }
  g_string_append (sql, ") STRICT");

  return g_string_free (sql, FALSE);
}

char *
cpt_layout_dup_side_sql (const CptEntity *entity,
                         const CptField  *field)
{
  return g_strdup_printf ("CREATE TABLE \"%s__%s\" (value %s NOT NULL, row_id INTEGER NOT NULL, "
                          "PRIMARY KEY (value, row_id)) STRICT, WITHOUT ROWID",
                          entity->name, field->name,
                          cpt_layout_get_form (field) == CPT_LAYOUT_IDS ? "BLOB" : "TEXT");
}

char *
cpt_layout_dup_index_name (const CptEntity *entity,
                           const CptField  *field)
{
  return g_strdup_printf ("%s__%s__index", entity->name, field->name);
}

/* The row number is the last part of every index, so that a sorted list is read
 * from the index alone. */
char *
cpt_layout_dup_index_sql (const CptEntity *entity,
                          const CptField  *field)
{
  GString *sql = g_string_new (NULL);
  g_autofree char *name = cpt_layout_dup_index_name (entity, field);

  g_string_append_printf (sql, "CREATE INDEX \"%s\" ON \"%s\" (", name, entity->name);
  cpt_layout_append_columns (sql, field, "");
  g_string_append (sql, ")");

  return g_string_free (sql, FALSE);
}

char *
cpt_layout_dup_insert_sql (const CptEntity *entity)
{
  GString *sql = g_string_sized_new (LONG_STATEMENT);
  guint n_columns = 1 + N_SYSTEM_COLUMNS;

  g_string_append_printf (sql, "INSERT INTO \"%s\" (row_id, " SYSTEM_COLUMNS, entity->name);
  for (guint i = 0; i < entity->n_fields; i++)
    if (!entity->fields[i]->is_custom)
      {
        g_string_append (sql, ", ");
        cpt_layout_append_columns (sql, entity->fields[i], "");
        n_columns += cpt_layout_get_n_columns (entity->fields[i]);
      }
  g_string_append (sql, ") VALUES (?");
  for (guint i = 1; i < n_columns; i++)
    g_string_append (sql, ",?");
  g_string_append_c (sql, ')');

  return g_string_free (sql, FALSE);
}

char *
cpt_layout_dup_select_sql (const CptEntity *entity)
{
  GString *sql = g_string_sized_new (LONG_STATEMENT);

  g_string_append (sql, "SELECT row_id, " SYSTEM_COLUMNS);
  for (guint i = 0; i < entity->n_fields; i++)
    if (!entity->fields[i]->is_custom)
      {
        g_string_append (sql, ", ");
        cpt_layout_append_columns (sql, entity->fields[i], "");
      }
  g_string_append_printf (sql, " FROM \"%s\" ", entity->name);

  return g_string_free (sql, FALSE);
}

static void
bind_id_static (CptStatement  *statement,
                int            position,
                const CptUuid *id)
{
  if (cpt_uuid_is_nil (id))
    cpt_statement_bind_null (statement, position);
  else
    cpt_statement_bind_blob (statement, position, id->bytes, sizeof id->bytes);
}

void
cpt_layout_bind_record (CptStatement    *statement,
                        const CptRecord *record,
                        gboolean         dirty,
                        const char      *custom)
{
  const CptEntity *entity = record->entity;
  int position = 1;

  if (record->row > 0)
    cpt_statement_bind_int (statement, position, record->row);
  else
    cpt_statement_bind_null (statement, position);
  bind_id_static (statement, ++position, &record->id);
  cpt_statement_bind_int (statement, ++position, record->created_at);
  bind_id_static (statement, ++position, &record->created_by);
  cpt_statement_bind_int (statement, ++position, record->changed_at);
  bind_id_static (statement, ++position, &record->changed_by);
  cpt_statement_bind_int (statement, ++position, record->sequence);
  cpt_statement_bind_int (statement, ++position, dirty);
  cpt_statement_bind_null (statement, ++position); /* base_rev: sync writes it */
  cpt_statement_bind_static (statement, ++position, record->unknown);
  cpt_statement_bind_text (statement, ++position, custom);
  position++;

  for (guint i = 0; i < entity->n_fields; i++)
    if (!entity->fields[i]->is_custom)
      position += cpt_statement_bind_field_static (statement, position, entity->fields[i], &record->values[i]);
}

CptRecord *
cpt_layout_read_record (CptDatabase      *database,
                        CptStatement     *statement,
                        const CptEntity  *entity,
                        GError          **error)
{
  CptRecord *record = cpt_record_new (database->schema, entity);
  int column = 0;

  record->row = cpt_statement_get_int (statement, column++);
  cpt_statement_get_id (statement, column++, &record->id);
  record->created_at = cpt_statement_get_int (statement, column++);
  cpt_statement_get_id (statement, column++, &record->created_by);
  record->changed_at = cpt_statement_get_int (statement, column++);
  cpt_statement_get_id (statement, column++, &record->changed_by);
  record->sequence = cpt_statement_get_int (statement, column++);
  column += 2; /* dirty and base_rev are for sync alone */
  record->unknown = g_strdup (cpt_statement_get_text (statement, column++));
  cpt_layout_read_custom (record, cpt_statement_get_text (statement, column++));

  for (guint i = 0; i < entity->n_fields; i++)
    if (!entity->fields[i]->is_custom)
      column += cpt_statement_get_field (statement, column, entity->fields[i], &record->values[i]);

  if (cpt_uuid_is_nil (&record->id))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_DAMAGED,
                   /* Translators: a kind of record and its number */
                   _("%s %ld can’t be read: the workspace file is damaged."),
                   cpt_entity_get_label (entity), (glong) record->row);
      cpt_record_unref (record);
      return NULL;
    }

  return record;
}

/* What is visible */

static guint
count_ranges (CptDatabase     *database,
              const CptEntity *entity)
{
  guint n_ranges = 0;

  for (guint i = 0; i < database->hidden->len; i++)
    n_ranges += g_array_index (database->hidden, CptHiddenRange, i).entity == entity->number;

  return n_ranges;
}

void
cpt_layout_append_visible (GString         *sql,
                           CptDatabase     *database,
                           const CptEntity *entity,
                           const char      *alias)
{
  const char *name = alias == NULL ? "" : alias;
  const char *dot = alias == NULL ? "" : ".";

  /* Ranges do not overlap: the last one that begins before a row tells. */
  if (count_ranges (database, entity) > MAX_NAMED_RANGES)
    {
      g_string_append_printf (sql,
                              " AND %s%srow_id > ifnull ((SELECT h.last_row FROM hidden AS h WHERE h.entity = %u "
                              "AND h.first_row <= %s%srow_id AND h.sequence <> %" G_GINT64_FORMAT
                              " ORDER BY h.first_row DESC LIMIT 1), 0)",
                              name, dot, entity->number, name, dot, database->unit);
      return;
    }

  for (guint i = 0; i < database->hidden->len; i++)
    {
      const CptHiddenRange *range = &g_array_index (database->hidden, CptHiddenRange, i);

      if (range->entity == entity->number)
        g_string_append_printf (sql, " AND %s%srow_id NOT BETWEEN %" G_GINT64_FORMAT " AND %" G_GINT64_FORMAT, name, dot,
                                range->first, range->last);
    }
}

static int
compare_range (gconstpointer a,
               gconstpointer b)
{
  const CptHiddenRange *key = a;
  const CptHiddenRange *range = b;

  if (key->entity != range->entity)
    return key->entity < range->entity ? -1 : 1;
  if (key->first < range->first)
    return -1;

  return key->first > range->last;
}

gboolean
cpt_layout_is_visible (CptDatabase     *database,
                       const CptEntity *entity,
                       gint64           row)
{
  const CptHiddenRange key = { .entity = entity->number, .first = row };

  return database->hidden->len == 0 ||
         bsearch (&key, database->hidden->data, database->hidden->len, sizeof key, compare_range) == NULL;
}
