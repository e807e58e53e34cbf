/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Records that are only imagined: a table of them, one of the keys by which
 * they are found and one of what only one record may have. Values are kept byte
 * for byte as they are in memory: nothing but this process reads them.
 *
 * Keys are kept as hashes, and those that a record had before stay: who is
 * found is asked whether it still has the value. The same goes for claims. */

#include "config.h"

#include "cpt-imagined-private.h"

#include <string.h>

#include "cpt-database-private.h"
#include "cpt-field-type.h"
#include "cpt-text.h"

/* Of pages, for PRAGMA cache_size: beyond, they go to the file */
#define CACHE_SIZE "-32000"

struct _CptImagined
{
  CptDatabase scratch; /* only what statements need of one */
  GPtrArray *shapes;   /* (element-type CptEntity): as records were put, by number; of schemas that @schemas holds */
  GPtrArray *schemas;  /* (element-type CptSchema) (owned) */
  GHashTable *keys;    /* number of a kind -> GPtrArray of names of fields (owned) */
  GByteArray *bytes;   /* of one record */
};

/* The file */

CptImagined *
cpt_imagined_new (GError **error)
{
  static const char *const tables =
    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; "
    "PRAGMA temp_store = FILE; PRAGMA cache_size = " CACHE_SIZE "; "
    "CREATE TABLE record (place INTEGER PRIMARY KEY, kind INTEGER NOT NULL, id BLOB NOT NULL, shape INTEGER NOT NULL, "
    "stored INTEGER NOT NULL, bytes BLOB); "
    "CREATE UNIQUE INDEX record_id ON record (kind, id); "
    "CREATE TABLE key (hash INTEGER, place INTEGER, PRIMARY KEY (hash, place)) WITHOUT ROWID; "
    "CREATE TABLE claim (claim TEXT PRIMARY KEY, id BLOB NOT NULL) WITHOUT ROWID; "
    "BEGIN";
  g_autoptr(CptImagined) self = g_new0 (CptImagined, 1);
  int result;

  self->scratch.statements = cpt_statement_cache_new ();
  self->scratch.damage = &self->scratch.own_damage;
  self->shapes = g_ptr_array_new ();
  self->schemas = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_schema_unref);
  self->keys = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  self->bytes = g_byte_array_new ();

  /* Without a name it is a file of its own, which SQLite removes */
  result = sqlite3_open_v2 ("", &self->scratch.handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
  if (result != SQLITE_OK)
    {
      cpt_database_set_error (&self->scratch, result, error);
      return NULL;
    }

  return cpt_database_exec (&self->scratch, tables, error) ? g_steal_pointer (&self) : NULL;
}

void
cpt_imagined_free (CptImagined *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->scratch.statements);
  sqlite3_close_v2 (self->scratch.handle);
  g_ptr_array_unref (self->shapes);
  g_ptr_array_unref (self->schemas);
  g_hash_table_unref (self->keys);
  g_byte_array_unref (self->bytes);
  g_free (self);
}

void
cpt_imagined_add_key (CptImagined     *self,
                      const CptEntity *entity,
                      const CptField  *field)
{
  GPtrArray *names = g_hash_table_lookup (self->keys, GUINT_TO_POINTER (entity->number));

  if (names == NULL)
    {
      names = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->keys, GUINT_TO_POINTER (entity->number), names);
    }
  if (!g_ptr_array_find_with_equal_func (names, field->name, g_str_equal, NULL))
    g_ptr_array_add (names, g_strdup (field->name));
}

void
cpt_imagined_add_names (CptImagined     *self,
                        const CptEntity *entity)
{
  for (guint i = 0; i < entity->n_fields; i++)
    if ((entity->fields[i]->flags & CPT_FIELD_KEY) != 0 || g_strcmp0 (entity->fields[i]->name, entity->title) == 0)
      cpt_imagined_add_key (self, entity, entity->fields[i]);
}

/* The place of the record's declaration; @schema stays as long as it is used */
static guint
get_shape (CptImagined     *self,
           const CptRecord *record)
{
  guint place;

  if (g_ptr_array_find (self->shapes, record->entity, &place))
    return place;

  if (!g_ptr_array_find (self->schemas, record->schema, NULL))
    g_ptr_array_add (self->schemas, cpt_schema_ref (record->schema));
  g_ptr_array_add (self->shapes, (gpointer) record->entity);

  return self->shapes->len - 1;
}

/* Records as bytes */

static void
add_bytes (CptImagined   *self,
           gconstpointer  data,
           gsize          length)
{
  g_byte_array_append (self->bytes, data, (guint) length);
}

static void
add_text (CptImagined *self,
          const char  *text)
{
  guint32 length = (guint32) strlen (text) + 1;

  add_bytes (self, &length, sizeof length);
  add_bytes (self, text, length);
}

static void
add_value (CptImagined    *self,
           guint32         index,
           const CptValue *value)
{
  guint32 head[2] = { index, value->type };
  guint32 length;

  add_bytes (self, head, sizeof head);
  switch (value->type)
    {
    case CPT_VALUE_INTEGER:
      add_bytes (self, &value->integer, sizeof value->integer);
      break;

    case CPT_VALUE_TEXT:
      add_text (self, value->text);
      break;

    case CPT_VALUE_MONEY:
      add_bytes (self, &value->money, sizeof value->money);
      break;

    case CPT_VALUE_ID:
      add_bytes (self, &value->id, sizeof value->id);
      break;

    case CPT_VALUE_TEXTS:
      length = g_strv_length (value->texts);
      add_bytes (self, &length, sizeof length);
      for (guint i = 0; i < length; i++)
        add_text (self, value->texts[i]);
      break;

    case CPT_VALUE_IDS:
      length = value->ids.length;
      add_bytes (self, &length, sizeof length);
      add_bytes (self, value->ids.items, length * sizeof *value->ids.items);
      break;

    case CPT_VALUE_NULL:
    default:
      break;
    }
}

typedef struct
{
  gint64 row;
  gint64 sequence;
  gint64 created_at;
  gint64 changed_at;
  CptUuid created_by;
  CptUuid changed_by;
} Head;

static void
pack (CptImagined     *self,
      const CptRecord *record)
{
  Head head = { record->row, record->sequence, record->created_at, record->changed_at, record->created_by, record->changed_by };

  g_byte_array_set_size (self->bytes, 0);
  add_bytes (self, &head, sizeof head);
  for (guint i = 0; i < record->entity->n_fields; i++)
    if (!cpt_value_is_null (&record->values[i]))
      add_value (self, i, &record->values[i]);
}

/* Bytes that pack() made */
static gconstpointer
take (const guint8 **bytes,
      gsize          length)
{
  const guint8 *taken = *bytes;

  *bytes += length;

  return taken;
}

static guint32
take_length (const guint8 **bytes)
{
  guint32 length;

  memcpy (&length, take (bytes, sizeof length), sizeof length);

  return length;
}

static const char *
take_text (const guint8 **bytes)
{
  guint32 length = take_length (bytes);

  return take (bytes, length);
}

static void
take_texts (const guint8 **bytes,
            CptValue      *value)
{
  guint32 length = take_length (bytes);
  char **texts = g_new0 (char *, length + 1);

  for (guint i = 0; i < length; i++)
    texts[i] = g_strdup (take_text (bytes));
  cpt_value_take_texts (value, texts);
}

static void
take_ids (const guint8 **bytes,
          CptValue      *value)
{
  guint32 length = take_length (bytes);

  cpt_value_set_ids (value, take (bytes, length * sizeof (CptUuid)), length);
}

static void
take_value (const guint8 **bytes,
            CptValueType   type,
            CptValue      *value)
{
  switch (type)
    {
    case CPT_VALUE_INTEGER:
      value->type = type;
      memcpy (&value->integer, take (bytes, sizeof value->integer), sizeof value->integer);
      break;

    case CPT_VALUE_TEXT:
      cpt_value_set_text (value, take_text (bytes));
      break;

    case CPT_VALUE_MONEY:
      value->type = type;
      memcpy (&value->money, take (bytes, sizeof value->money), sizeof value->money);
      break;

    case CPT_VALUE_ID:
      value->type = type;
      memcpy (&value->id, take (bytes, sizeof value->id), sizeof value->id);
      break;

    case CPT_VALUE_TEXTS:
      take_texts (bytes, value);
      break;

    case CPT_VALUE_IDS:
      take_ids (bytes, value);
      break;

    case CPT_VALUE_NULL:
    default:
      break;
    }
}

/* @shape: as the record was put; @entity: as it is declared now */
static CptRecord *
unpack (CptSchema       *schema,
        const CptEntity *entity,
        const CptEntity *shape,
        const CptUuid   *id,
        const guint8    *bytes,
        gsize            length)
{
  CptRecord *record = cpt_record_new (schema, entity);
  const guint8 *end = bytes + length;
  Head head;

  memcpy (&head, take (&bytes, sizeof head), sizeof head);
  record->id = *id;
  record->row = head.row;
  record->sequence = head.sequence;
  record->created_at = head.created_at;
  record->changed_at = head.changed_at;
  record->created_by = head.created_by;
  record->changed_by = head.changed_by;
  while (bytes < end)
    {
      const CptField *former = shape->fields[take_length (&bytes)];
      const CptField *field = shape == entity ? former : cpt_entity_find_field (entity, former->name);
      g_auto(CptValue) value = CPT_VALUE_INIT;

      take_value (&bytes, (CptValueType) take_length (&bytes), &value);
      if (field != NULL && field->kind == former->kind)
        cpt_record_take (record, field, cpt_value_steal (&value));
    }

  return record;
}

/* Keys */

/* As of cpt_find_value(): text whatever its case and accents */
static char *
dup_key (const CptField *field,
         const CptValue *value)
{
  gboolean is_folded = !field->is_custom && cpt_field_kind_is_text (field->kind);
  g_autofree char *text = is_folded ? cpt_text_fold (value->text) : cpt_field_format (field, value);

  return g_strconcat (field->name, " ", text, NULL);
}

/* FNV-1a */
static gint64
hash_key (guint       kind,
          const char *key)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037) ^ kind;

  for (const char *p = key; *p != '\0'; p++)
    hash = (hash ^ (guchar) *p) * G_GUINT64_CONSTANT (1099511628211);

  return (gint64) hash;
}

static gboolean
put_keys (CptImagined      *self,
          const CptRecord  *record,
          gint64            place,
          GError          **error)
{
  GPtrArray *names = g_hash_table_lookup (self->keys, GUINT_TO_POINTER (record->entity->number));

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      const CptField *field = cpt_entity_find_field (record->entity, names->pdata[i]);
      g_autofree char *key = NULL;
      gint64 numbers[2];

      if (field == NULL || cpt_value_is_null (&record->values[field->index]))
        continue;
      key = dup_key (field, &record->values[field->index]);
      numbers[0] = hash_key (record->entity->number, key);
      numbers[1] = place;
      if (!cpt_database_run_numbers (&self->scratch, "INSERT OR IGNORE INTO key VALUES (?, ?)", numbers, G_N_ELEMENTS (numbers),
                                     error))
        return FALSE;
    }

  return TRUE;
}

gboolean
cpt_imagined_put (CptImagined      *self,
                  const CptEntity  *entity,
                  const CptUuid    *id,
                  const CptRecord  *record,
                  GError          **error)
{
  g_autoptr(CptStatement) statement = NULL;
  gint64 place;

  statement = cpt_database_prepare (&self->scratch,
                                    "INSERT INTO record (kind, id, shape, stored, bytes) VALUES (?, ?, ?, ?, ?) "
                                    "ON CONFLICT (kind, id) DO UPDATE SET shape = excluded.shape, bytes = excluded.bytes "
                                    "RETURNING place",
                                    error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, entity->number);
  cpt_statement_bind_id (statement, 2, id);
  cpt_statement_bind_int (statement, 3, record != NULL ? get_shape (self, record) : 0);
  cpt_statement_bind_int (statement, 4, record == NULL || record->row != 0 ? 1 : 0);
  if (record != NULL)
    {
      pack (self, record);
      cpt_statement_bind_blob (statement, 5, self->bytes->data, self->bytes->len);
    }
  else
    {
      cpt_statement_bind_null (statement, 5);
    }
  if (cpt_statement_step (statement, error) != CPT_STEP_ROW)
    return FALSE;
  place = cpt_statement_get_int (statement, 0);

  return cpt_statement_step (statement, error) != CPT_STEP_ERROR && (record == NULL || put_keys (self, record, place, error));
}

/* The record of a row: columns id, shape, bytes; NULL for one that would be gone */
static CptRecord *
read_record (CptImagined     *self,
             CptStatement    *statement,
             CptSchema       *schema,
             const CptEntity *entity)
{
  CptUuid id;

  if (cpt_statement_is_null (statement, 2))
    return NULL;

  cpt_statement_get_id (statement, 0, &id);

  return unpack (schema, entity, g_ptr_array_index (self->shapes, (guint) cpt_statement_get_int (statement, 1)), &id,
                 sqlite3_column_blob (statement->handle, 2), (gsize) sqlite3_column_bytes (statement->handle, 2));
}

gboolean
cpt_imagined_load (CptDatabase      *database,
                   const CptEntity  *entity,
                   const CptUuid    *id,
                   gboolean         *is_known,
                   CptRecord       **record,
                   GError          **error)
{
  CptImagined *self = database->imagined;
  g_autoptr(CptStatement) statement =
    cpt_database_prepare (&self->scratch, "SELECT id, shape, bytes FROM record WHERE kind = ? AND id = ?", error);
  CptStep step;

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, entity->number);
  cpt_statement_bind_id (statement, 2, id);
  step = cpt_statement_step (statement, error);
  *is_known = step == CPT_STEP_ROW;
  if (*is_known && record != NULL)
    *record = read_record (self, statement, database->schema, entity);

  return step != CPT_STEP_ERROR;
}

/* Whether the record has what @key says in @field */
static gboolean
has_key (const CptRecord *record,
         const CptField  *field,
         const char      *key)
{
  const CptField *own = record == NULL ? NULL : cpt_entity_find_field (record->entity, field->name);
  const CptValue *value = own == NULL ? NULL : &record->values[own->index];
  g_autofree char *other = value == NULL || cpt_value_is_null (value) ? NULL : dup_key (own, value);

  return g_strcmp0 (key, other) == 0;
}

/* What was found among what is stored may have another value by now */
static gboolean
check_found (CptDatabase      *database,
             const CptEntity  *entity,
             const CptField   *field,
             const char       *key,
             const CptUuid    *id,
             guint            *n_found,
             GError          **error)
{
  g_autoptr(CptRecord) record = NULL;
  gboolean is_known;

  if (!cpt_imagined_load (database, entity, id, &is_known, &record, error))
    return FALSE;
  if (is_known && !has_key (record, field, key))
    *n_found = 0;

  return TRUE;
}

gboolean
cpt_imagined_find (CptDatabase      *database,
                   const CptEntity  *entity,
                   const CptField   *field,
                   const CptValue   *value,
                   CptUuid          *id,
                   guint            *n_found,
                   GError          **error)
{
  CptImagined *self = database->imagined;
  g_autofree char *key = dup_key (field, value);
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  if (*n_found == 1 && !check_found (database, entity, field, key, id, n_found, error))
    return FALSE;

  statement = cpt_database_prepare (&self->scratch,
                                    "SELECT id, shape, bytes FROM key JOIN record USING (place) WHERE hash = ? ORDER BY place", error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, hash_key (entity->number, key));
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW && *n_found < 2)
    {
      g_autoptr(CptRecord) record = read_record (self, statement, database->schema, entity);

      if (!has_key (record, field, key) || (*n_found == 1 && cpt_uuid_equal (&record->id, id)))
        continue;
      if ((*n_found)++ == 0)
        *id = record->id;
    }

  return step != CPT_STEP_ERROR;
}

gboolean
cpt_imagined_each_title (CptDatabase       *database,
                         const CptEntity   *entity,
                         guint              limit,
                         CptFindTitleFunc   func,
                         gpointer           user_data,
                         GError           **error)
{
  CptImagined *self = database->imagined;
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  statement = cpt_database_prepare (&self->scratch,
                                    "SELECT id, shape, bytes FROM record WHERE kind = ? AND stored = 0 AND bytes IS NOT NULL "
                                    "ORDER BY place LIMIT ?",
                                    error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, entity->number);
  cpt_statement_bind_int (statement, 2, limit);
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      g_autoptr(CptRecord) record = read_record (self, statement, database->schema, entity);
      const char *title = cpt_record_get_text (record, entity->title);

      if (title != NULL)
        func (&record->id, title, user_data);
    }

  return step != CPT_STEP_ERROR;
}

/* Claims */

gboolean
cpt_imagined_claim (CptImagined    *self,
                    const char     *claim,
                    const CptUuid  *id,
                    GError        **error)
{
  g_autoptr(CptStatement) statement = cpt_database_prepare (&self->scratch, "INSERT OR REPLACE INTO claim VALUES (?, ?)", error);

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_text (statement, 1, claim);
  cpt_statement_bind_id (statement, 2, id);

  return cpt_statement_run (statement, error);
}

gboolean
cpt_imagined_get_claim (CptImagined  *self,
                        const char   *claim,
                        CptUuid      *id,
                        GError      **error)
{
  g_autoptr(CptStatement) statement = cpt_database_prepare (&self->scratch, "SELECT id FROM claim WHERE claim = ?", error);
  CptStep step;

  memset (id, 0, sizeof *id);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_text (statement, 1, claim);
  step = cpt_statement_step (statement, error);
  if (step == CPT_STEP_ROW)
    cpt_statement_get_id (statement, 0, id);

  return step != CPT_STEP_ERROR;
}
