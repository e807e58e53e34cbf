/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which groups a list has, and which of them a record stands in. A million
 * values are looked up as SQLite has them: only what has not been met before is
 * made into a value of the field. */

#include "config.h"

#include "cpt-sections-private.h"

#include <glib/gi18n-lib.h>
#include <sqlite3.h>
#include <string.h>

#include "cpt-aggregate-private.h"
#include "cpt-database-private.h"
#include "cpt-error.h"
#include "cpt-query-private.h"

/* FNV-1a */
static guint64
hash_bytes (guint64     hash,
            const void *data,
            gsize       length)
{
  const guint8 *bytes = data;

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ bytes[i]) * G_GUINT64_CONSTANT (1099511628211);

  return hash;
}

gint64
cpt_section_get_value_key (const CptValue *value)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);
  guint8 type = (guint8) value->type;

  hash = hash_bytes (hash, &type, 1);
  switch (value->type)
    {
    case CPT_VALUE_INTEGER:
      hash = hash_bytes (hash, &value->integer, sizeof value->integer);
      break;
    case CPT_VALUE_TEXT:
      hash = hash_bytes (hash, value->text, strlen (value->text));
      break;
    case CPT_VALUE_MONEY:
      hash = hash_bytes (hash, &value->money.amount, sizeof value->money.amount);
      hash = hash_bytes (hash, value->money.currency, strlen (value->money.currency));
      break;
    case CPT_VALUE_ID:
      hash = hash_bytes (hash, &value->id, sizeof value->id);
      break;
    case CPT_VALUE_NULL:
    case CPT_VALUE_TEXTS:
    case CPT_VALUE_IDS:
    default:
      break;
    }

  return -1 - (gint64) (hash >> 1);
}

/* A value as SQLite has it: integers by themselves, others by their bytes */
typedef struct
{
  gsize length;
  const void *bytes;
} RawValue;

static guint
raw_value_hash (gconstpointer data)
{
  const RawValue *raw = data;
  guint64 hash = hash_bytes (G_GUINT64_CONSTANT (14695981039346656037), raw->bytes, raw->length);

  return (guint) (hash ^ (hash >> 32));
}

static gboolean
raw_value_equal (gconstpointer a,
                 gconstpointer b)
{
  const RawValue *x = a, *y = b;

  return x->length == y->length && memcmp (x->bytes, y->bytes, x->length) == 0;
}

void
cpt_sections_reader_init (CptSectionsReader *self,
                          CptDatabase       *database)
{
  self->database = database;
  self->field = cpt_path_get_field (&self->grouping->path);
  self->sections = cpt_sections_new ();
  self->by_key = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->by_integer = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->by_bytes = g_hash_table_new_full (raw_value_hash, raw_value_equal, g_free, NULL);
  self->last_day = G_MAXINT64;
}

void
cpt_sections_reader_clear (CptSectionsReader *self)
{
  g_clear_pointer (&self->sections, cpt_sections_unref);
  g_clear_pointer (&self->by_key, g_hash_table_unref);
  g_clear_pointer (&self->by_integer, g_hash_table_unref);
  g_clear_pointer (&self->by_bytes, g_hash_table_unref);
}

gboolean
cpt_sections_reader_check (CptSectionsReader  *self,
                           GError            **error)
{
  g_autofree char *label = NULL;

  if (self->sections->list->len <= CPT_SECTIONS_MAX)
    return TRUE;

  label = cpt_path_get_label (&self->grouping->path);
  g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT,
               _("“%s” makes more than %d groups; narrow the list with a condition or group by another field"),
               label, CPT_SECTIONS_MAX);

  return FALSE;
}

guint
cpt_sections_reader_add (CptSectionsReader *self,
                         const CptValue    *value)
{
  CptSection *section = cpt_section_new (value);

  g_ptr_array_add (self->sections->list, section);
  g_hash_table_insert (self->by_key, &section->key, GUINT_TO_POINTER (self->sections->list->len));

  return self->sections->list->len;
}

static JsonObject *
create_object (CptSectionsReader *self)
{
  JsonObject *object = json_object_new ();
  g_autofree char *path = cpt_path_format (&self->grouping->path);
  JsonObject *dimension = json_object_new ();
  JsonArray *dimensions = json_array_new ();

  json_object_set_string_member (object, "source", self->query->entity->name);
  json_object_set_string_member (dimension, "field", path);
  if (self->grouping->bucket != CPT_BUCKET_NONE)
    json_object_set_string_member (dimension, "bucket", cpt_bucket_get_name (self->grouping->bucket));
  json_array_add_object_element (dimensions, dimension);
  json_object_set_array_member (object, "dimensions", dimensions);

  return object;
}

CptAggregateSpec *
cpt_sections_reader_create_question (CptSectionsReader *self)
{
  g_autoptr(JsonObject) object = NULL;
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(CptAggregateSpec) spec = NULL;

  if (cpt_grouping_is_set (self->grouping))
    return NULL;

  object = create_object (self);
  node = json_node_init_object (json_node_alloc (), object);
  if (self->query->filter != NULL)
    json_object_set_member (object, "where", cpt_filter_to_json (self->query->filter));
  if (self->query->search != NULL)
    json_object_set_string_member (object, "search", self->query->search);
  spec = cpt_aggregate_spec_from_json (self->query->schema, node, NULL);

  return spec != NULL && cpt_aggregate_scan_is_possible (spec) ? g_steal_pointer (&spec) : NULL;
}

/* What an aggregate would be asked: it knows labels and the order of values */
static CptAggregateSpec *
create_spec (CptSectionsReader  *self,
             GError            **error)
{
  g_autoptr(JsonObject) object = create_object (self);
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);
  JsonObject *order = json_object_new ();
  JsonArray *orders = json_array_new ();

  json_object_set_int_member (order, "dimension", 0);
  json_object_set_boolean_member (order, "descending", self->grouping->descending);
  json_array_add_object_element (orders, order);
  json_object_set_array_member (object, "order", orders);

  return cpt_aggregate_spec_from_json (self->query->schema, node, error);
}

/* Groups with the values of the sections */
static CptGroups *
create_groups (CptSectionsReader *self,
               CptAggregateSpec  *spec)
{
  CptGroups *groups = cpt_groups_new (spec);

  for (guint i = 0; i < self->sections->list->len; i++)
    {
      const CptSection *section = g_ptr_array_index (self->sections->list, i);
      CptValue keys[CPT_AGGREGATE_MAX_DIMENSIONS] = { CPT_VALUE_INIT };

      if (section->rows->len == 0)
        continue;
      cpt_value_copy (&section->value, &keys[0]);
      cpt_groups_reach (groups, keys, NULL)->n_records[0] = section->rows->len;
    }

  return groups;
}

gboolean
cpt_sections_reader_arrange (CptSectionsReader  *self,
                             GError            **error)
{
  g_autoptr(CptAggregateSpec) spec = create_spec (self, error);
  g_autoptr(CptGroups) groups = spec != NULL ? create_groups (self, spec) : NULL;
  g_autoptr(CptAggregateResult) result = groups != NULL ? cpt_aggregate_present (self->database, groups, error) : NULL;
  g_autoptr(GPtrArray) list = NULL;

  if (result == NULL)
    return FALSE;

  list = g_ptr_array_new_with_free_func (cpt_section_unref);
  for (guint i = 0; i < cpt_aggregate_result_get_n_rows (result); i++)
    {
      const CptValue *value = cpt_aggregate_result_get_key (result, i, 0);
      gint64 key = cpt_section_get_value_key (value);
      guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_key, &key));
      CptSection *section = g_ptr_array_index (self->sections->list, number - 1);

      section->label = g_strdup (cpt_value_is_null (value) ? C_("group of records without a value", "(empty)")
                                                           : cpt_aggregate_result_get_label (result, i, 0));
      g_ptr_array_add (list, g_atomic_rc_box_acquire (section));
    }
  g_hash_table_remove_all (self->by_key);
  g_ptr_array_unref (self->sections->list);
  self->sections->list = g_steal_pointer (&list);

  return TRUE;
}

/* "SELECT row, value FROM ...": where @row is not 0, of that one only */
CptStatement *
cpt_sections_reader_prepare_values (CptSectionsReader  *self,
                                    gint64              row,
                                    GError            **error)
{
  const CptPath *path = &self->grouping->path;
  g_auto(CptJoins) joins = { 0 };
  g_auto(CptSql) sql = { 0 };
  g_auto(CptSql) sets = { 0 };
  const char *alias;

  cpt_joins_init (&joins, self->database);
  cpt_sql_init (&sql, self->database);
  cpt_sql_init (&sets, self->database);
  alias = cpt_joins_reach (&joins, path, path->n_steps - 1, NULL);

  cpt_sql_add (&sql, "SELECT t.row_id,");
  if (cpt_grouping_is_set (self->grouping))
    {
      cpt_sql_add (&sql, self->field->kind == CPT_FIELD_LINKS ? "cpt_id(e.value)" : "e.value");
      cpt_sql_add (&sets, " LEFT JOIN json_each(");
      cpt_sql_add_column (&sets, alias, self->field);
      cpt_sql_add (&sets, ") AS e");
    }
  else
    {
      cpt_sql_add_value (&sql, alias, self->field);
    }
  cpt_sql_printf (&sql, " FROM \"%s\" AS t", self->query->entity->name);
  cpt_sql_add_sql (&sql, &joins.sql);
  cpt_sql_add_sql (&sql, &sets);
  cpt_query_add_where (self->query, &sql, row != 0 ? CPT_FILTER_SQL_ONE : CPT_FILTER_SQL_MANY);
  if (row != 0)
    {
      cpt_sql_add (&sql, " AND t.row_id=");
      cpt_sql_add_int (&sql, row);
    }

  return cpt_sql_prepare (&sql, error);
}

static gint64
get_bucket_start (CptSectionsReader *self,
                  gint64             value)
{
  gint64 day = value;

  if (self->field->kind == CPT_FIELD_DATETIME)
    day = cpt_instant_get_date (value, cpt_database_get_zone (self->database));
  if (day != self->last_day)
    {
      self->last_day = day;
      self->last_start = cpt_bucket_get_start (self->grouping->bucket, day);
    }

  return self->last_start;
}

/* The value as the groups have it */
static void
read_value (CptSectionsReader *self,
            CptStatement      *statement,
            CptValue          *value)
{
  CptUuid id;

  if (self->grouping->bucket != CPT_BUCKET_NONE && !cpt_statement_is_null (statement, 1))
    {
      cpt_value_set_integer (value, get_bucket_start (self, cpt_statement_get_int (statement, 1)));
    }
  else if (!cpt_grouping_is_set (self->grouping))
    {
      cpt_sql_read (statement, 1, self->field, value);
    }
  else if (self->field->kind != CPT_FIELD_LINKS)
    {
      cpt_value_set_text (value, cpt_statement_get_text (statement, 1));
    }
  else
    {
      cpt_statement_get_id (statement, 1, &id);
      cpt_value_clear (value);
      if (!cpt_uuid_is_nil (&id))
        cpt_value_set_id (value, &id);
    }
}

static guint
find_by_value (CptSectionsReader *self,
               CptStatement      *statement)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;
  gint64 key;
  guint found;

  read_value (self, statement, &value);
  key = cpt_section_get_value_key (&value);
  found = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_key, &key));
  if (found == 0 && self->sections->list->len <= CPT_SECTIONS_MAX)
    found = cpt_sections_reader_add (self, &value);

  return found;
}

/* An index gives runs of equal values. */
static void
remember_bytes (CptSectionsReader *self,
                const RawValue    *raw,
                guint              found)
{
  self->last_found = raw->length <= sizeof self->last_bytes ? found : 0;
  self->last_length = raw->length;
  if (self->last_found != 0)
    memcpy (self->last_bytes, raw->bytes, raw->length);
}

guint
cpt_sections_reader_find (CptSectionsReader *self,
                          CptStatement      *statement)
{
  int type = sqlite3_column_type (statement->handle, 1);
  RawValue raw = { 0 };
  RawValue *copy;
  gint64 integer;
  guint found;

  if (type == SQLITE_INTEGER && self->field->kind != CPT_FIELD_MONEY)
    {
      integer = cpt_statement_get_int (statement, 1);
      if (self->grouping->bucket != CPT_BUCKET_NONE)
        integer = get_bucket_start (self, integer);
      if (self->last_found != 0 && integer == self->last_integer)
        return self->last_found;
      found = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_integer, &integer));
      if (found == 0 && (found = find_by_value (self, statement)) != 0)
        g_hash_table_insert (self->by_integer, g_memdup2 (&integer, sizeof integer), GUINT_TO_POINTER (found));
      self->last_integer = integer;
      self->last_found = found;

      return found;
    }
  if (type != SQLITE_TEXT && type != SQLITE_BLOB)
    return find_by_value (self, statement);

  /* As it lies in the page: a text would be copied to get its end mark */
  raw.bytes = sqlite3_column_blob (statement->handle, 1);
  raw.length = (gsize) sqlite3_column_bytes (statement->handle, 1);
  /* Nothing of ours is empty, but for what another program wrote. */
  if (raw.bytes == NULL)
    return find_by_value (self, statement);
  if (self->last_found != 0 && raw.length == self->last_length && raw.length <= sizeof self->last_bytes &&
      memcmp (raw.bytes, self->last_bytes, raw.length) == 0)
    return self->last_found;

  found = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_bytes, &raw));
  if (found != 0)
    remember_bytes (self, &raw, found);
  if (found != 0)
    return found;

  copy = g_malloc (sizeof *copy + raw.length);
  copy->length = raw.length;
  copy->bytes = memcpy (copy + 1, raw.bytes, raw.length);
  found = find_by_value (self, statement);
  if (found != 0)
    g_hash_table_insert (self->by_bytes, copy, GUINT_TO_POINTER (found));
  else
    g_free (copy);

  return found;
}
