/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Values in and out of statements. */

#include "config.h"

#include "cpt-statement.h"

#include <string.h>

#include "cpt-database-private.h"
#include "cpt-field-type.h"
#include "cpt-json.h"
#include "cpt-layout.h"

static void
note_bind (CptStatement *self,
           int           result)
{
  if (self->bind_result == SQLITE_OK)
    self->bind_result = result;
}

void
cpt_statement_bind_null (CptStatement *self,
                         int           position)
{
  note_bind (self, sqlite3_bind_null (self->handle, position));
}

void
cpt_statement_bind_int (CptStatement *self,
                        int           position,
                        gint64        value)
{
  note_bind (self, sqlite3_bind_int64 (self->handle, position, value));
}

static void
bind_text (CptStatement            *self,
           int                      position,
           const char              *value,
           sqlite3_destructor_type  destructor)
{
  if (value == NULL)
    cpt_statement_bind_null (self, position);
  else
    note_bind (self, sqlite3_bind_text (self->handle, position, value, -1, destructor));
}

void
cpt_statement_bind_text (CptStatement *self,
                         int           position,
                         const char   *value)
{
  bind_text (self, position, value, SQLITE_TRANSIENT);
}

void
cpt_statement_bind_static (CptStatement *self,
                           int           position,
                           const char   *value)
{
  bind_text (self, position, value, SQLITE_STATIC);
}

void
cpt_statement_bind_blob (CptStatement  *self,
                         int            position,
                         gconstpointer  data,
                         gsize          length)
{
  note_bind (self, sqlite3_bind_blob64 (self->handle, position, data, length, SQLITE_STATIC));
}

void
cpt_statement_bind_id (CptStatement  *self,
                       int            position,
                       const CptUuid *id)
{
  if (id == NULL || cpt_uuid_is_nil (id))
    cpt_statement_bind_null (self, position);
  else
    note_bind (self, sqlite3_bind_blob (self->handle, position, id->bytes, sizeof id->bytes, SQLITE_TRANSIENT));
}

char *
cpt_statement_format_set (const CptValue *value)
{
  g_autoptr(JsonNode) node = json_node_alloc ();
  JsonArray *array = json_array_new ();

  if (value->type == CPT_VALUE_TEXTS)
    for (guint i = 0; value->texts[i] != NULL; i++)
      json_array_add_string_element (array, value->texts[i]);

  for (guint i = 0; value->type == CPT_VALUE_IDS && i < value->ids.length; i++)
    {
      char text[CPT_UUID_TEXT_SIZE];

      cpt_uuid_format (&value->ids.items[i], text);
      json_array_add_string_element (array, text);
    }

  json_node_init_array (node, array);
  json_array_unref (array);

  return cpt_json_format_canonical (node);
}

static void
bind_value (CptStatement            *self,
            int                      position,
            const CptValue          *value,
            sqlite3_destructor_type  destructor)
{
  switch (value->type)
    {
    case CPT_VALUE_INTEGER:
      cpt_statement_bind_int (self, position, value->integer);
      break;

    case CPT_VALUE_TEXT:
      bind_text (self, position, value->text, destructor);
      break;

    case CPT_VALUE_MONEY:
      cpt_statement_bind_int (self, position, value->money.amount);
      break;

    case CPT_VALUE_ID:
      note_bind (self, sqlite3_bind_blob (self->handle, position, value->id.bytes, sizeof value->id.bytes, destructor));
      break;

    case CPT_VALUE_TEXTS:
    case CPT_VALUE_IDS:
      note_bind (self, sqlite3_bind_text (self->handle, position, cpt_statement_format_set (value), -1, g_free));
      break;

    case CPT_VALUE_NULL:
    default:
      cpt_statement_bind_null (self, position);
    }
}

static int
bind_field (CptStatement            *self,
            int                      position,
            const CptField          *field,
            const CptValue          *value,
            sqlite3_destructor_type  destructor)
{
  bind_value (self, position, value, destructor);
  if (field->kind != CPT_FIELD_MONEY)
    return 1;

  bind_text (self, position + 1, value->type == CPT_VALUE_MONEY ? value->money.currency : NULL, destructor);

  return 2;
}

int
cpt_statement_bind_field (CptStatement   *self,
                          int             position,
                          const CptField *field,
                          const CptValue *value)
{
  return bind_field (self, position, field, value, SQLITE_TRANSIENT);
}

int
cpt_statement_bind_field_static (CptStatement   *self,
                                 int             position,
                                 const CptField *field,
                                 const CptValue *value)
{
  return bind_field (self, position, field, value, SQLITE_STATIC);
}

gboolean
cpt_statement_is_null (CptStatement *self,
                       int           column)
{
  return sqlite3_column_type (self->handle, column) == SQLITE_NULL;
}

gint64
cpt_statement_get_int (CptStatement *self,
                       int           column)
{
  return sqlite3_column_int64 (self->handle, column);
}

double
cpt_statement_get_double (CptStatement *self,
                          int           column)
{
  return sqlite3_column_double (self->handle, column);
}

const char *
cpt_statement_get_text (CptStatement *self,
                        int           column)
{
  return (const char *) sqlite3_column_text (self->handle, column);
}

gconstpointer
cpt_statement_get_blob (CptStatement *self,
                        int           column,
                        gsize        *length)
{
  gconstpointer blob = sqlite3_column_blob (self->handle, column);

  *length = blob == NULL ? 0 : (gsize) sqlite3_column_bytes (self->handle, column);

  return blob;
}

void
cpt_statement_get_id (CptStatement *self,
                      int           column,
                      CptUuid      *id)
{
  const void *blob = NULL;

  memset (id, 0, sizeof *id);
  if (sqlite3_column_type (self->handle, column) == SQLITE_BLOB)
    blob = sqlite3_column_blob (self->handle, column);
  if (blob != NULL && sqlite3_column_bytes (self->handle, column) == (int) sizeof id->bytes)
    memcpy (id->bytes, blob, sizeof id->bytes);
}

static void
read_texts (JsonArray *array,
            CptValue  *value)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (node));
    }

  cpt_value_take_texts (value, g_strv_builder_end (builder));
}

static void
read_ids (JsonArray *array,
          CptValue  *value)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (CptUuid));

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      CptUuid id;

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
          cpt_uuid_parse (json_node_get_string (node), &id))
        g_array_append_val (ids, id);
    }

  cpt_value_set_ids (value, (const CptUuid *) (gpointer) ids->data, ids->len);
}

static void
get_set (const char    *text,
         CptLayoutForm  form,
         CptValue      *value)
{
  g_autoptr(JsonNode) node = cpt_json_parse (text, -1, NULL);

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return;

  if (form == CPT_LAYOUT_TEXTS)
    read_texts (json_node_get_array (node), value);
  else
    read_ids (json_node_get_array (node), value);
}

/* A file may hold anything: what is not of the field's type is left out. */
static void
get_plain (CptStatement   *self,
           int             column,
           const CptField *field,
           CptValue       *value)
{
  CptValueType wanted = cpt_field_type_get (field->kind)->value_type;
  int type = sqlite3_column_type (self->handle, column);
  CptUuid id;

  if (wanted == CPT_VALUE_INTEGER && (type == SQLITE_INTEGER || type == SQLITE_FLOAT))
    {
      cpt_value_set_integer (value, cpt_statement_get_int (self, column));
    }
  else if (wanted == CPT_VALUE_TEXT && type == SQLITE_TEXT)
    {
      cpt_value_set_text (value, cpt_statement_get_text (self, column));
    }
  else if (wanted == CPT_VALUE_ID && type == SQLITE_BLOB)
    {
      cpt_statement_get_id (self, column, &id);
      if (!cpt_uuid_is_nil (&id))
        cpt_value_set_id (value, &id);
    }
  else if (wanted == CPT_VALUE_ID && type == SQLITE_TEXT)
    {
      if (cpt_uuid_parse (cpt_statement_get_text (self, column), &id))
        cpt_value_set_id (value, &id);
    }
}

int
cpt_statement_get_field (CptStatement   *self,
                         int             column,
                         const CptField *field,
                         CptValue       *value)
{
  CptLayoutForm form = cpt_layout_get_form (field);

  cpt_value_clear (value);

  if (form == CPT_LAYOUT_MONEY)
    {
      const char *currency = cpt_statement_get_text (self, column + 1);

      if (!cpt_statement_is_null (self, column))
        cpt_value_set_money (value, cpt_statement_get_int (self, column), currency == NULL ? "" : currency);

      return 2;
    }

  if (cpt_statement_is_null (self, column))
    return 1;

  if (form == CPT_LAYOUT_PLAIN)
    get_plain (self, column, field, value);
  else
    get_set (cpt_statement_get_text (self, column), form, value);

  return 1;
}
